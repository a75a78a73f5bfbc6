"""Transparency International: the workbook of the Corruption Perceptions Index to the scores in institutions.csv.

The workbook is Strict OOXML, in which openpyxl and pandas find no sheet and say nothing; so its XML is read here, by
the local names of its elements, which are the same in both kinds. Scores before 2012 are not comparable and have no
sheet here. Countries that our table does not have are left out.
"""

import re
import zipfile
from xml.etree import ElementTree

from .. import data
from . import Issue, Part, Refused, absent, check_rows

NAME = "Transparency International"
TABLE = "institutions"
SHEET = r"cpi timeseries.*"
HEADING = re.compile(r"cpi score (\d{4})")


def names(key):
    """How prose names an index ("2025")."""
    return f"cpi-{key}", f"CPI {key}", f"Index {key}"


def read(path, key):
    """The scores of the workbook at `path` as the index of `key`; Refused where it holds what is not known here."""
    if not re.fullmatch(r"20\d\d", key):
        raise Refused(f"An edition of the index is named by its year, like 2026; {key!r} is not.")
    wanted = set(data.load(TABLE)["iso3"])
    last, found = _scores(_sheet(path), wanted)
    if last is None:
        raise Refused("The workbook has no row with ISO3 and 'CPI score' of a year.")
    if last != key:
        raise Refused(f"The last year in the workbook is {last}: it is not the index of {key}.")
    filled = [
        {"iso3": code, "year": year, "cpi_score": score} for (code, year), score in sorted(found.items()) if score
    ]
    check_rows(filled, "The workbook")
    if missing := sorted(wanted - {code for code, _ in found}):
        raise Refused(f"The workbook has no row for {', '.join(missing)}.")
    return Issue(key, f"cpi-{key}", key, (Part(TABLE, filled, {}, removes=False),))


def _scores(rows, wanted):
    """The last year that has a heading (None without one), and each score ("" where absent) by code and year."""
    codes_at, scores_at, found = None, {}, {}
    for row in rows:
        if "ISO3" in row.values():
            codes_at = next(at for at, text in row.items() if text == "ISO3")
            scores_at = {at: match[1] for at, text in row.items() if (match := HEADING.fullmatch(text.strip().lower()))}
        elif (code := row.get(codes_at)) in wanted:
            for at, year in scores_at.items():
                where = f"{code}, {year}"
                if (code, year) in found:
                    raise Refused(f"The workbook has {where} twice.")
                found[code, year] = _score(row.get(at, ""), where)
    return max(scores_at.values(), default=None), found


def _score(text, where):
    """A cell as a whole number in text; "" where absent, Refused if it is neither."""
    if absent(text):
        return ""
    if not re.fullmatch(r"\d{1,3}(\.0+)?", text):
        raise Refused(f"{where} holds {text!r}, neither a whole number nor a known mark of absence.")
    return text.split(".")[0]


def _sheet(path):
    """The rows of the sheet with the time series: {letters of the column: text}, a dict a row."""
    try:
        with zipfile.ZipFile(path) as book:
            strings = []
            if "xl/sharedStrings.xml" in book.namelist():
                strings = [_text(item) for item in _elements(book, "xl/sharedStrings.xml", "si")]
            return [
                {re.sub(r"\d", "", cell.get("r")): _value(cell, strings) for cell in row}
                for row in _elements(book, _member(book), "row")
            ]
    except (OSError, zipfile.BadZipFile, KeyError, StopIteration, ElementTree.ParseError) as error:
        raise Refused(f"{path} cannot be opened as a workbook ({error}).") from None


def _member(book):
    """Which file of a workbook's archive holds the time series: its sheet's name leads to a link, the link to it."""
    sheets = {sheet.get("name"): sheet for sheet in _elements(book, "xl/workbook.xml", "sheet")}
    named = [name for name in sheets if re.fullmatch(SHEET, name.strip().lower())]
    if len(named) != 1:
        raise Refused(f"The workbook has {len(named)} sheets like {SHEET!r}; it has {', '.join(sheets)}.")
    linked = next(value for key, value in sheets[named[0]].attrib.items() if key.endswith("}id"))
    links = _elements(book, "xl/_rels/workbook.xml.rels", "Relationship")
    target = next(link.get("Target") for link in links if link.get("Id") == linked).lstrip("/")
    return target if target.startswith("xl/") else f"xl/{target}"


def _elements(book, member, local):
    return [
        entry for entry in ElementTree.fromstring(book.read(member)).iter() if entry.tag.rpartition("}")[2] == local
    ]


def _text(element):
    return "".join(part.text or "" for part in element.iter() if part.tag.rpartition("}")[2] == "t")


def _value(cell, strings):
    """A cell's text, as it stands in the file."""
    held = next((part.text or "" for part in cell if part.tag.rpartition("}")[2] == "v"), "")
    if cell.get("t") == "s":
        return strings[int(held)]
    return _text(cell) if cell.get("t") == "inlineStr" else held


def describe(entry, issue, rows):
    """Bring what the descriptor says of our table up to its `rows`: which index, and to which year."""
    last = max(row["year"] for row in rows if row["cpi_score"])
    entry["edition"] = re.sub(r"\bCPI \d{4}", f"CPI {issue.key}", entry["edition"])
    entry["coverage"] = re.sub(r"\bCPI 2012 to \d{4}", f"CPI 2012 to {last}", entry["coverage"])
    for field in entry["schema"]["fields"]:
        if field["name"] == "cpi_score":
            field["source"] = issue.source
