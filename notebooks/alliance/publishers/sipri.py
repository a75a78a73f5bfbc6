"""SIPRI: the workbook of the Military Expenditure Database to rows of military_expenditure.csv.

The status of a figure is the colour of its font: blue is SIPRI's estimate, red is highly uncertain. The base year of
constant prices stands in the name of a sheet and moves with each release. Columns are found by the row that begins
with "Country", for they differ from sheet to sheet. Countries that our table does not have are left out.
"""

import re
from itertools import combinations

from .. import data
from ..words import named
from . import Issue, Part, Refused, check_rows, month, number, one_base, plain, text_of, workbook

NAME = "SIPRI"
TABLE = "military_expenditure"
COLUMNS = {  # our column: what the sheet is called, factor, decimals kept
    "share_of_gdp": (r"Share of GDP", 100, 6),
    "usd_current_millions": (r"Current US\$", 1, 3),
    "usd_constant_millions": (r"Constant \((\d{4})\) US\$", 1, 3),
}
OTHER_NAMES = {
    "ussr": "SUN",
    "german democratic republic": "DDR",
    "united states of america": "USA",
    "czech republic": "CZE",
    "slovak republic": "SVK",
    "turkey": "TUR",
    "macedonia, north": "MKD",
}
NO_STATE = "xxx"  # the country did not exist or was not independent
DOUBTFUL = (10, 12, "FFFF0000", "FF0000FF")  # red and blue, as Excel's own palette and as RGB
TWINS = 5  # as many shares alike to the last digit, in whatever years, are one country's printed twice


def names(key):
    """How prose names a release, by the month it came out ("2026-04") or by its source's year:
    it is April each year.
    """
    return f"sipri-{key[:4]}", f"{key[:4]} release", month(key if "-" in key else f"{key}-04", NAME)


def read(path, key, spared=(), since=None):
    """The rows of the workbook at `path` as the release `key`; Refused where it holds what is not known here.

    Countries in `spared` are not read: our newest rows of them stand in the release, with the source that they have, as
    Belarus's do where the workbook of 2026 prints Georgia's; but for amounts in prices of another year than the
    workbook's, which are left out.

    `since`: the first year that is kept of an older release, where its whole past is not wanted beside the newest's.
    """
    month(key, NAME)  # refuses a release that is not a month
    ours = _ours(spared)
    book, source = workbook(path), f"sipri-{key[:4]}"
    wanted = set(data.load(TABLE)["iso3"]) - set(spared)
    rows, doubtful, seen, bases = {}, set(), {}, {}
    for column, (called, factor, digits) in COLUMNS.items():
        sheet, base = _sheet(book, called)
        if base:
            bases[base] = sheet.title
        for code, name, year, cell in _figures(sheet, _named(wanted)):
            where = f"Sheet {sheet.title!r}, {name}, {year}"
            row = rows.setdefault((code, year), {})
            if column in row:
                raise Refused(f"{where} stands twice.")
            row[column] = _figure(cell.value, where, factor, digits)
            if row[column]:
                seen.setdefault(column, set()).add(code)
                doubtful |= {(code, year)} if _doubtful(cell) else set()
        check_rows(seen.get(column), f"Sheet {sheet.title!r}")
    rows = {place: row for place, row in rows.items() if any(row.values())}
    _check(rows, wanted, key[:4])
    base = one_base(bases, int(key[:4]) - 1)
    filled = [
        _filled(place, row, key, source, base, place in doubtful)
        for place, row in rows.items()
        if place[1] >= (since or 0)
    ]
    filled = sorted([*filled, *_kept(ours, key, spared, base)], key=lambda row: (row["iso3"], row["year"]))
    return Issue(key, source, f"{key[:4]} release", (Part(TABLE, filled, {"release": key}),))


def _filled(place, row, key, source, base, doubtful):
    """A row of ours for a country and a year of the release `key`."""
    code, year = place
    status = "estimate" if doubtful else "actual"
    base_year = base if row.get("usd_constant_millions") else ""
    return {"iso3": code, "year": str(year), "release": key, "base_year": base_year, **row} | {
        "status": status,
        "source": source,
    }


def _ours(spared):
    """Our rows, all releases, as text; Refused where a country that is to be spared has none."""
    _, ours = text_of(f"{TABLE}.csv")
    if strangers := sorted(set(spared) - {row["iso3"] for row in ours}):
        raise Refused(f"{TABLE} has no rows of {', '.join(strangers)} to spare.")
    return ours


def _kept(ours, key, spared, base):
    """Our rows of the countries spared, of this release or else of the newest, as rows of this release, whose constant
    prices are those of the year `base`.
    """
    release = max((row["release"] for row in ours), key=lambda release: (release == key, release))
    rows = [row for row in ours if row["iso3"] in spared and row["release"] == release]
    return [_in_prices_of(base, row) | {"release": key} for row in rows]


def _in_prices_of(base, row):
    """A row of ours that is kept, without its amount in the prices of another year: one release never mixes two."""
    return row if row["base_year"] in ("", base) else row | {"usd_constant_millions": "", "base_year": ""}


def _named(wanted):
    countries = data.load("countries")
    names = dict(zip(countries["name"].str.lower(), countries["iso3"])) | OTHER_NAMES
    return {name: code for name, code in names.items() if code in wanted}


def _sheet(book, called):
    """The sheet of that name, and the base year in it ("" if none)."""
    found = [(sheet, match) for sheet in book if (match := re.fullmatch(called, sheet.title.strip()))]
    if len(found) != 1:
        raise Refused(f"The workbook has {len(found)} sheets like {called!r}; it has {', '.join(book.sheetnames)}.")
    sheet, match = found[0]
    return sheet, "".join(match.groups())


def _figures(sheet, names):
    """Each cell of the countries wanted: code, name, year, cell."""
    years = {}
    for row in sheet.iter_rows():
        name = plain(row[0].value)
        if name == "Country":
            years = {
                at: int(cell.value) for at, cell in enumerate(row) if re.fullmatch(r"(19|20)\d\d", str(cell.value))
            }
        elif name.lower() in names:
            for at, year in years.items():
                yield names[name.lower()], name, year, row[at]
    if not years:
        raise Refused(f"Sheet {sheet.title!r} has no row of years that begins with 'Country'.")


def _figure(value, where, factor, digits):
    """A cell as text for a CSV; "" where absent, or where the country was no state."""
    if plain(value) == NO_STATE:
        return ""
    return number(value * factor if isinstance(value, int | float) else value, where, digits)


def _doubtful(cell):
    colour = cell.font.color
    if colour is None:
        return False
    return (colour.rgb if colour.type == "rgb" else colour.indexed if colour.type == "indexed" else None) in DOUBTFUL


def _check(rows, wanted, release):
    """Refuse a workbook of another release, without a country of ours, or with one country's shares printed twice."""
    last = max(year for _, year in rows)
    if last != int(release) - 1:
        raise Refused(f"The last year in the workbook is {last}: it is not the release of {release}.")
    if missing := sorted(wanted - {code for code, _ in rows}):
        raise Refused(f"The workbook has no figures for {', '.join(missing)}: is the country called otherwise in it?")
    shares = {}
    for (code, _), row in rows.items():
        if row.get("share_of_gdp", "") not in ("", "0"):
            shares.setdefault(code, set()).add(row["share_of_gdp"])
    for one, other in combinations(sorted(shares), 2):
        if len(same := shares[one] & shares[other]) >= TWINS:
            raise Refused(
                f"{one} and {other} have {len(same)} shares of GDP alike to the last digit: one country's are printed "
                f"for both, perhaps in other years. Keep our rows of the wrong one with --spare {one} or --spare "
                f"{other}."
            )


def describe(entry, issue, rows):
    """Bring what the descriptor says of our table up to its `rows`: which release, and to which year."""
    newest = issue.key == max(row["release"] for row in rows)
    if newest and not entry["edition"].startswith(f"SIPRI {issue.words}"):
        countries = data.load("countries").set_index("iso3")["name"]
        here = [row for row in rows if row["release"] == issue.key]
        older = sorted({row["iso3"] for row in here if row["source"] != issue.source})
        kept = f"; {named(countries[code] for code in older)} from an older release" if older else ""
        entry["edition"] = f"SIPRI {issue.words}{kept}"
    last = max(row["year"] for row in rows)
    entry["coverage"] = re.sub(r"\b1949 to \d{4}\b", f"1949 to {last}", entry["coverage"])
