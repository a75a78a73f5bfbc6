"""A publisher's own file, as issued, to rows of our tables: one module a publisher.

Each has `read(path, key)`, which gives an `Issue`; `describe(entry, issue, rows)`, which brings the descriptor's own
words on a table up to it; and `names(key)`, the ways in which prose of ours names an edition.

A reader takes what it knows and refuses the rest in a sentence (`Refused`): a country, a sheet, a block or a base
year that it does not know, a cell that is neither a number nor a mark of absence, a part without rows.
`python -m alliance.update` writes what a reader returns; nothing here writes.
"""

import csv
import dataclasses
import re

from .. import data, words

ABSENT = ("", "..", "...", ". .", "…", "-", "–", "n/a")  # how publishers mark a figure that they do not have
MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip
IN_PRICES = ("usd_constant_millions", "per_capita_usd")  # columns of ours in the prices of a row's base_year


class Refused(ValueError):
    """What a publisher's file holds that its reader does not know, in a sentence."""


@dataclasses.dataclass(frozen=True)
class Part:
    """The rows that a file gives one of our tables.

    `rows`: a dict each, column to text as it stands in a CSV; columns that a row does not name keep what they hold.
    `within`: which rows of ours these take the place of ({"edition": "2027-07"}), where our table has that column;
    otherwise the whole table. `removes`: whether a row of ours that the file lacks goes; if not, it only loses the
    columns named in `rows`.
    """

    table: str
    rows: list
    within: dict
    removes: bool = True


@dataclasses.dataclass(frozen=True)
class Issue:
    """What a publisher's file is, and what it gives our tables.

    `key`: the edition as our tables name it ("2027-07", "R31"). `source`: its id in sources. `words`: what `edition` of
    that source says ("July 2027"). `parts`: the rows for each table.
    """

    key: str
    source: str
    words: str
    parts: tuple


def workbook(path):
    """The workbook at `path`, with values instead of formulas; Refused where it cannot be opened."""
    try:
        import openpyxl
    except ImportError:
        raise Refused(
            "Reading a workbook needs openpyxl, a requirement of the maintainer: pip install -r tests/requirements.txt"
        ) from None
    try:
        book = openpyxl.load_workbook(path, data_only=True)
    except (OSError, ValueError, KeyError, openpyxl.utils.exceptions.InvalidFileException) as error:
        raise Refused(f"{path} cannot be opened as a workbook ({str(error).strip('.')}).") from None
    if not book.sheetnames:
        raise Refused(
            f"{path} shows no sheet: it is Strict OOXML, which openpyxl does not read. Save it as .xlsx anew."
        )
    return book


def plain(value):
    """A cell's text with single spaces and no spaces around; "" for a number or an empty cell."""
    return re.sub(r"\s+", " ", value).strip() if isinstance(value, str) else ""


def absent(value):
    """Whether a cell is empty or holds a known mark of absence."""
    return value is None or (isinstance(value, str) and plain(value) in ABSENT)


def number(value, where, digits):
    """A cell as text for a CSV, rounded to `digits` decimals; "" where absent, Refused if it is no number."""
    if absent(value):
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused(
            f"{where} holds {value!r}, neither a number nor a known mark of absence ({' '.join(ABSENT[1:])})."
        )
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def month(key, publisher):
    """ "July 2027" for "2027-07"; Refused if it is not a month."""
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", key)
    if not match:
        raise Refused(f"An edition of {publisher} is named by the month it came out, like 2027-07; {key!r} is none.")
    return f"{MONTHS[int(match[2]) - 1]} {match[1]}"


def one_base(found, last):
    """The year in whose prices a file's constant amounts are; `found`: {that year: the sheet that says so}.

    Refused where its sheets name two, for dollars of two years are never mixed, and where it lies after `last`, the
    last year of the file.
    """
    if len(found) != 1:
        said = ", ".join(f"{year} ({sheet!r})" for year, sheet in sorted(found.items()))
        raise Refused(f"The sheets are not in the prices of one year: {said or 'none is named'}.")
    (base,) = found
    if int(base) > last:
        raise Refused(f"Sheet {found[base]!r} is in the prices of {base}, after the last year of the file, {last}.")
    return base


def text_of(path):
    """Columns and rows of a CSV of ours, each cell as the text that stands there."""
    with (data.FOLDER / path).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        rows = list(reader)
    return list(reader.fieldnames), rows


def codes():
    """Codes by the name that our table of countries has, in small letters."""
    countries = data.load("countries")
    return dict(zip(countries["name"].str.lower(), countries["iso3"]))


def check_rows(rows, what):
    """Refuse a file that gives no rows."""
    if not rows:
        raise Refused(f"{what} gives no rows: not the file it should be, or its layout is new.")


def counted(text, count, noun):
    """`text` with the number before `noun` made `count`, in digits or in words as it stands there."""

    def renewed(match):
        said = str(count) if match[1].isdigit() else words.spelt(count)
        return f"{said} {match[2]}"

    return re.sub(rf"\b(\d+|{'|'.join(words.NUMBERS[1:])}) ({noun})\b", renewed, text)
