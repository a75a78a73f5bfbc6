"""Kiel Institute: the CSV files of a release of the Ukraine Support Tracker to rows of our two tables of aid.

A release is a folder with the six files that the tracker's own pages draw from; four are read: release_info.csv (which
release, to which month), data_explorer.csv (a donor's months) and eu_aid_shares.csv (a member's share of EU aid).
Each release counts the whole past anew. A zero in a month is empty with us; a month of zeros has no row.
Weapons are not read: their kinds are sorted by hand.
"""

import calendar
import csv
import pathlib
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from .. import data, words
from ..words import named
from . import MONTHS, Issue, Part, Refused, absent, check_rows, codes, counted

NAME = "Kiel Institute"
DONORS, BY_MONTH = "aid_by_donor", "aid_by_month"
OWN_CODES = {"EU": "XEU"}
OTHER_NAMES = {"turkiye": "TUR", "turkey": "TUR", "eu (commission and council)": "XEU", "eu institutions": "XEU"}
TYPES = ("military", "financial", "humanitarian")
EUROPE = ("XEU", "GBR", "NOR", "CHE", "ISL")  # besides the members of the EU
SUMMED = ("total", *TYPES, "commitments", "pct_gdp")  # columns of data_explorer.csv that add up over months
EU_SHARE = ("bilateral_pct_gdp", "eu_share_bn", "total_pct_gdp")  # columns of eu_aid_shares.csv
START = "2022-01-24"  # the count of every release begins there
AMOUNT, SHARE = Decimal("0.000001"), Decimal("0.0001")


def names(key):
    """How prose names a release ("R30")."""
    return key, f"release {key[1:]}", f"Release {key[1:]}"


def read(path, key):
    """The rows of the folder of CSV files at `path` as the release `key`;
    Refused where it holds what is not known here.
    """
    if not re.fullmatch(r"R\d+", key):
        raise Refused(f"A release of {NAME} is named like R31; {key!r} is not.")
    folder, source = pathlib.Path(path), f"kiel-r{key[1:]}"
    end = _period(folder, key)
    by_month, sums = _months(
        _table(folder / "data_explorer.csv", ("country", "iso", "year", "month", "gdp", *SUMMED)), end
    )
    members = _members(_table(folder / "eu_aid_shares.csv", ("country", "iso", *EU_SHARE)))
    check_rows(by_month, "data_explorer.csv")
    check_rows(members, "eu_aid_shares.csv")
    if strangers := sorted(set(members) - set(sums)):
        raise Refused(f"eu_aid_shares.csv names {', '.join(strangers)}, which data_explorer.csv does not.")

    def donor(code, measure, with_share, total, percent=None, types=()):
        found = dict(zip(TYPES, types or [None] * len(TYPES))) | {"total": total}
        return (
            {"release": key, "iso3": code, "measure": measure, "eu_share_included": with_share}
            | {column: "" if amount is None else _text(amount) for column, amount in found.items()}
            | {"share_of_gdp_2021": "" if percent is None else _text(percent, SHARE)}
            | {"period_start": START, "period_end": end, "source": source}
        )

    donors = []
    for code, found in sums.items():
        # Of a member Kiel prints the share itself; it is not always the sum of the months.
        percent = members[code]["bilateral_pct_gdp"] if code in members else found["pct_gdp"]
        donors.append(donor(code, "allocation", "false", found["total"], percent, [found[kind] for kind in TYPES]))
    for code, found in members.items():
        total = sums[code]["total"] + found["eu_share_bn"]
        donors.append(donor(code, "allocation", "true", total, found["total_pct_gdp"]))
    donors += [donor(code, "commitment", "false", found["commitments"]) for code, found in sums.items()]
    by_month = [row | {"release": key, "source": source} for row in by_month]
    words = f"Release {key[1:]}, data to {_day(end)}"
    return Issue(
        key, source, words, (Part(DONORS, donors, {"release": key}), Part(BY_MONTH, by_month, {"release": key}))
    )


def _period(folder, key):
    """The last day that a release counts, as release_info.csv has it."""
    rows = _table(folder / "release_info.csv", ("release", "period"))
    check_rows(rows, "release_info.csv")
    if f"R{rows[0]['release']}" != key:
        raise Refused(f"release_info.csv says that this is release {rows[0]['release']}, not {key}.")
    match = re.fullmatch(r"(0[1-9]|1[0-2])/(20\d\d)", rows[0]["period"])
    if not match:
        raise Refused(
            f"release_info.csv gives the period {rows[0]['period']!r}, where a month like 04/2026 was expected."
        )
    year, number = int(match[2]), int(match[1])
    return f"{year}-{number:02}-{calendar.monthrange(year, number)[1]}"


def _table(path, columns):
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            rows, header = list(reader), reader.fieldnames or []
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Refused(f"{path.name} cannot be read ({error}); a release is a folder of CSV files.") from None
    if missing := [column for column in columns if column not in header]:
        raise Refused(f"{path.name} has no column {', '.join(missing)}; it has {', '.join(header)}.")
    return rows


def _code(row, file):
    """The donor's code; Refused unless name and code are both known and the same donor."""
    code = OWN_CODES.get(row["iso"], row["iso"])
    names = codes() | OTHER_NAMES
    if names.get(row["country"].strip().lower()) != code:
        raise Refused(f"{file} names {row['country']!r} ({row['iso']}), a donor that is not in our table of countries.")
    return code


def _members(rows):
    """Of each member of the EU, by code, what EU_SHARE names."""
    found = {}
    for row in rows:
        amounts = {column: _amount(row, column, "eu_aid_shares.csv") for column in EU_SHARE}
        if empty := [column for column, amount in amounts.items() if amount is None]:
            raise Refused(f"eu_aid_shares.csv, {row['country']}: {', '.join(empty)} is empty.")
        if (code := _code(row, "eu_aid_shares.csv")) in found:
            raise Refused(f"eu_aid_shares.csv has {row['country']} twice.")
        found[code] = amounts
    return dict(sorted(found.items()))


def _amount(row, column, file):
    """A cell as a number; None where absent."""
    if absent(row[column]):
        return None
    try:
        value = Decimal(row[column])
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise Refused(
            f"{file}, {row['country']}, {column} holds {row[column]!r}, neither a number nor a known mark of absence."
        )
    return value


def _text(value, step=AMOUNT):
    text = f"{value.quantize(step, ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _months(rows, end):
    """The rows of the table by month, and each donor's sums by code ("pct_gdp" None where Kiel has no GDP),
    both sorted.
    """
    countries = data.load("countries")
    europe = {*countries.loc[countries["is_eu_member"].eq(True), "iso3"], *EUROPE}
    known, found, sums = {}, {}, {}
    for row in rows:
        donor = row["country"], row["iso"]
        code = known[donor] if donor in known else known.setdefault(donor, _code(row, "data_explorer.csv"))
        month = _month(row, end[:7])
        if (month, code) in found:
            raise Refused(f"data_explorer.csv has {row['country']} in {month} twice.")
        amounts = _amounts(row)
        sums[code] = _added(sums.get(code, {}), amounts)
        group = "United States" if code == "USA" else "Europe" if code in europe else "Other donors"
        types = {kind: _text(amounts[kind]) if amounts[kind] else "" for kind in TYPES}
        found[month, code] = {"month": month, "iso3": code, "donor_group": group} | types
    return [row for _, row in sorted(found.items()) if any(row[kind] for kind in TYPES)], dict(sorted(sums.items()))


def _month(row, last):
    """A row's month ("2026-04"); Refused if it is none, or comes after the `last` of the release."""
    if not (re.fullmatch(r"20\d\d", row["year"]) and re.fullmatch(r"[1-9]|1[0-2]", row["month"])):
        raise Refused(f"data_explorer.csv, {row['country']}: {row['year']!r}, {row['month']!r} is no year and month.")
    month = f"{row['year']}-{int(row['month']):02}"
    if month > last:
        raise Refused(f"data_explorer.csv has {row['country']} in {month}, after the release's last month, {last}.")
    return month


def _amounts(row):
    """A donor's amounts in a month, by column of SUMMED; no share of GDP where Kiel has no GDP."""
    amounts = {column: _amount(row, column, "data_explorer.csv") for column in SUMMED}
    return amounts if _amount(row, "gdp", "data_explorer.csv") else amounts | {"pct_gdp": None}


def _added(sums, amounts):
    """A donor's sums by column with a month's amounts added; None only while no month has had an amount."""
    return {
        column: amount if sums.get(column) is None else sums[column] + (amount or 0)
        for column, amount in amounts.items()
    }


def _day(text):
    year, number, day = text.split("-")
    return f"{int(day)} {MONTHS[int(number) - 1]} {year}"


def describe(entry, issue, rows):
    """Bring what the descriptor says of one of our two tables up to its `rows`: which releases, how many donors."""
    donors = len({row["iso3"] for row in rows})
    for said in ("description", "coverage"):
        entry[said] = counted(entry[said], donors, "donors")
    releases = sorted({row["release"] for row in rows}, key=lambda release: int(release[1:]))
    if entry["name"] == DONORS:
        _describe_donors(entry, issue, rows, releases)
    elif issue.key == releases[-1]:  # beside an older release, what is said of the table stays with the newest
        _describe_months(entry, issue, rows)


def _describe_donors(entry, issue, rows, releases):
    with_share = {row["release"] for row in rows if row["eu_share_included"] == "true"}
    shared = named([release for release in releases if release in with_share])
    entry["description"] = counted(entry["description"], len(releases), "releases")
    entry["coverage"] = re.sub(r"totals in R\d+.*? and R\d+", f"totals in {shared}", entry["coverage"])
    if issue.key == releases[-1]:
        older = f", and {words.spelt(len(releases) - 1)} older releases"
        entry["edition"] = issue.words + older


def _describe_months(entry, issue, rows):
    months = sorted({row["month"] for row in rows if row["release"] == issue.key})
    span = " to ".join(f"{MONTHS[int(month[5:]) - 1]} {month[:4]}" for month in (months[0], months[-1]))
    entry["edition"] = issue.words
    entry["coverage"] = counted(re.sub(r"\w+ \d{4} to \w+ \d{4}", span, entry["coverage"]), len(months), "months")
