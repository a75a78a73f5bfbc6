"""NATO: the workbook "Defence Expenditure (2026: Investment) of NATO Countries" to rows of defence_expenditure.csv.

Reads both layouts by what stands in the cells: that of 2024 (sheets TABLE2 ..., one row of years a sheet, labels in
column C) and that of 2025 and 2026 (sheets "Table 2" ..., a row of years a block, labels in column A).
An annual report has no workbook: its figures are typed.
"""

import re

from ..words import named
from . import (
    IN_PRICES,
    Issue,
    Part,
    Refused,
    absent,
    check_rows,
    codes,
    counted,
    month,
    number,
    one_base,
    plain,
    workbook,
)

NAME = "NATO"
TABLE = "defence_expenditure"
COLUMNS = {  # our column: sheet, what the title of its block says, decimals kept
    "share_of_gdp": ("table3", r"share of (real )?gdp", 4),
    "usd_current_millions": ("table2", r"current prices", 2),
    "usd_constant_millions": ("table2", r"constant \d{4} prices", 2),
    "equipment_share": ("table8a", r"equipment", 4),
    "personnel_thousands": ("table7", r"thousands|military personnel", 3),
    "per_capita_usd": ("table6", r"defence expenditure per capita", 2),
}
OTHERS = {  # blocks that stand beside those in the same sheets and that no table of ours holds
    "table3": r"annual real change",
    "table8a": r"personnel",
    "table6": r"gdp per capita",
}
GROUPS = {"nato total": "XNT", "nato europe and canada": "XNE"}
OTHER_NAMES = {
    "slovak republic": "SVK",
    "czech republic": "CZE",
    "turkey": "TUR",
    "republic of türkiye": "TUR",
    "the netherlands": "NLD",
    "the united states": "USA",
    "the united kingdom": "GBR",
}
YEAR = re.compile(r"((?:19|20)\d\d)(e?)")
LEAST_YEARS = 5  # a row of years has at least as many


def names(key):
    """How prose names an edition ("2026-07")."""
    return month(key, NAME), key


def read(path, key):
    """The rows of the workbook at `path` as the edition `key`; Refused where it holds what is not known here."""
    book, words, source = workbook(path), month(key, NAME), f"nato-{key}"
    sheets = {_key(sheet): sheet for sheet in book}
    names, rows, estimated, bases = codes() | OTHER_NAMES | GROUPS, {}, {}, {}
    _check_sheets(sheets, book)
    for column, (sheet, says, digits) in COLUMNS.items():
        title, years, cells, top = _block(sheets[sheet], says, OTHERS.get(sheet), names)
        if column in IN_PRICES:
            bases[_base(title, top, sheets[sheet].title)] = sheets[sheet].title
        for place, text in _figures(sheets[sheet], title, years, cells, names, digits):
            rows.setdefault(place, {})[column] = text
        estimated |= {year: estimated.get(year, False) or estimate for year, estimate in years.values()}
    last = max(estimated)
    if last != int(key[:4]):
        raise Refused(f"The last year in the workbook is {last}: it is not the edition of {words}.")
    base = one_base(bases, last)
    filled = [
        {"iso3": code, "year": str(year), "edition": key, "status": "estimate" if estimated[year] else "actual"}
        | row
        | {"base_year": _of(base, row), "source": source}
        for (code, year), row in sorted(_with_shares(rows).items())
    ]
    check_rows(filled, "The workbook")
    return Issue(key, source, words, (Part(TABLE, filled, {"edition": key}),))


def _check_sheets(sheets, book):
    """Refuse a workbook without a sheet that a column of ours comes from."""
    for sheet, _, _ in COLUMNS.values():
        if sheet not in sheets:
            raise Refused(f"The workbook has no sheet {sheet}; it has {', '.join(book.sheetnames)}.")


def _figures(sheet, title, years, cells, names, digits):
    """Each figure of a block: (code, year), text; Refused where one stands twice."""
    seen = set()
    for name, values in cells:
        for at, (year, _) in years.items():
            where, place = f"Sheet {sheet.title!r}, {name}, {year}", (names[_bare(name)], year)
            if place in seen:
                raise Refused(f"{where} stands twice in the block {title!r}.")
            seen.add(place)
            yield place, number(values[at], where, digits)


def _of(base, row):
    """The year of the prices, for a row that holds an amount in constant prices; "" for another."""
    return base if any(row.get(column) for column in IN_PRICES) else ""


def _with_shares(rows):
    """The rows that hold a figure; Refused where one has none as a share of GDP."""
    rows = {place: row for place, row in rows.items() if any(row.values())}
    for (code, year), row in rows.items():
        if not row.get("share_of_gdp"):
            raise Refused(f"{code} has figures for {year} but no share of GDP, with which each row of ours begins.")
    return rows


def _block(sheet, says, beside, names):
    """The block of a sheet whose title `says`: title, {place: (year, estimate)}, [(name, cells)],
    the sheet's first words.
    """
    found, top = [], []
    known = [other for where, other, _ in COLUMNS.values() if where == _key(sheet)] + ([beside] if beside else [])
    for title, years, cells in _blocks(sheet, names, top):
        if not any(re.search(words, title.lower()) for words in known):
            raise Refused(f"Sheet {sheet.title!r} has a block {title!r} that is not known here.")
        if re.search(says, title.lower()):
            found.append((title, years, cells))
    if len(found) != 1:
        raise Refused(
            f"Sheet {sheet.title!r} has {len(found)} blocks whose title says {says!r}, where one was expected."
        )
    return *found[0], " ".join(top)


def _key(sheet):
    return re.sub(r"\W", "", sheet.title).lower()


def _bare(name):
    """A name without the currency in brackets and the marks of its notes, in small letters."""
    return plain(re.sub(r"\(.*?\)|[*¹²³†‡]", "", name)).lower()


def _years(row):
    """{place: (year, is an estimate)} if the row is one of years."""
    found = {at: YEAR.fullmatch(str(cell).strip()) for at, cell in enumerate(row) if cell is not None}
    years = {at: (int(match[1]), match[2] == "e") for at, match in found.items() if match}
    return years if len(years) >= LEAST_YEARS else {}


def _blocks(sheet, names, top):
    """Each block of a sheet: its title, its years, its rows; the words above the first go into `top`."""
    title, years, cells = "", {}, []
    for row in sheet.iter_rows(values_only=True):
        found = _years(row)
        name = _label(row, years)
        if not (found or name):
            continue
        if not found and (_bare(name) in names or any(not absent(row[at]) for at in years)):
            _check_row(sheet, name, years, names)
            cells.append((name, row))
            continue
        if cells:
            yield title, years, cells
        if found:
            years = found
        else:
            top += [] if years else [name]
            title = name
        cells = []
    if cells:
        yield title, years, cells


def _label(row, years):
    """The first words of a row, left of its years; "" if there are none."""
    return next((plain(cell) for cell in row[: min(years, default=4)] if plain(cell)), "")


def _check_row(sheet, name, years, names):
    """Refuse a row with figures that has no years above it, or that is no ally's."""
    if not years:
        raise Refused(f"Sheet {sheet.title!r}: {name} stands above any row of years.")
    if _bare(name) not in names:
        raise Refused(f"Sheet {sheet.title!r} has a row {name!r}, which is no ally and no group known here.")


def _base(title, top, sheet):
    """The year of the prices: in the title of the block, or above the first block of its sheet."""
    match = re.search(r"(\d{4}) prices", f"{title} {top}".lower())
    if not match:
        raise Refused(f"Sheet {sheet!r} does not say of which year its prices are, in {title!r} or above it.")
    return match[1]


def describe(entry, issue, rows):
    """Bring what the descriptor says of our table up to its `rows`: which editions there are, and what each holds."""
    editions = sorted({row["edition"] for row in rows}, reverse=True)
    newest = month(editions[0], NAME)
    entry["edition"] = counted(
        re.sub(r"^NATO, \w+ \d{4}", f"NATO, {newest}", entry["edition"]), len(editions) - 1, "older"
    )
    entry["description"] = counted(entry["description"], len(editions), "editions")
    part = [row for row in rows if row["edition"] == issue.key]
    years = sorted({row["year"] for row in part})
    estimates = sorted({row["year"] for row in part if row["status"] == "estimate"})
    held = f"{issue.key}: {years[0]} to {years[-1]}, all columns, {named(estimates) if estimates else 'no'} estimates."
    if f"{issue.key}: " not in entry["coverage"]:
        entry["coverage"] = re.sub(r"(?=\b\d{4}-\d{2}: )", f"{held} ", entry["coverage"], count=1)
    for field in entry["schema"]["fields"]:
        _describe_field(field, issue.key, editions, rows)


def _describe_field(field, key, editions, rows):
    """Bring what the descriptor says of one column up to the rows: which editions there are, which have the column."""
    if field["name"] == "edition" and key not in field["description"]:
        field["description"] = re.sub(r"(?=\b\d{4}-\d{2}\b)", f"{key}, ", field["description"], count=1)
    filled = {row["edition"] for row in rows if row[field["name"]]}
    holding = [edition for edition in editions if edition in filled]
    only = f"Edition{'s' * (len(holding) > 1)} {named(holding)} only"
    field["description"] = re.sub(r"\bEditions? \d{4}-\d{2}.*? only\b", only, field["description"])
