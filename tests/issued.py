"""Files as publishers issue them, made from our rows: what their readers are tested with where the originals are not at hand."""

import csv
import pathlib
import zipfile

import openpyxl
from openpyxl.styles import Font
from openpyxl.styles.colors import Color

from alliance import data

ORIGINALS = pathlib.Path(__file__).resolve().parents[2] / "shared" / "publishers"
ALLIES = {"XNT": "NATO Total", "XNE": "NATO Europe and Canada", "SVK": "Slovak Republic"}
SIPRI_NAMES = {"USA": "United States of America", "SUN": "USSR", "DDR": "German Democratic Republic"}
BLUE, RED = 12, 10  # of Excel's own palette


def rows(table, **where):
    """Rows of a table of ours as text, where each column named holds that value."""
    with (data.FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if all(row[column] == value for column, value in where.items())]


def names():
    countries = data.load("countries")
    return dict(zip(countries["iso3"], countries["name"]))


def nato(path, ours, base, one_row_of_years):
    """NATO's workbook of `ours`, rows of one edition: the layout of 2024 (one row of years a sheet) or that of 2026."""
    book, by, name = openpyxl.Workbook(), {(row["iso3"], row["year"]): row for row in ours}, names() | ALLIES
    book.remove(book.active)
    codes, years = list(dict.fromkeys(row["iso3"] for row in ours)), sorted({row["year"] for row in ours})
    estimates = {row["year"] for row in ours if row["status"] == "estimate"}
    shift = 2 if one_row_of_years else 0  # empty columns before the labels
    # 2024 has a year as text without an e, too
    heads = [
        f"{year}e" if year in estimates else year if year == "2019" and one_row_of_years else int(year)
        for year in years
    ]
    header = [None] * (shift + 1) + heads

    def sheet(title, says, unit, *blocks):
        page = book.create_sheet(title)
        for line in (says, unit):
            page.append([None] * bool(shift) + [line])
        if one_row_of_years:
            page.append(header)
        for words, column in blocks:
            page.append([None] * bool(shift) + [words])
            if not one_row_of_years:
                page.append(header)
            for code in codes:
                cells = [by.get((code, year), {}).get(column, "") if column else "1" for year in years]
                label = [None] * shift + [name[code] + ("*" if code == "SVN" else "")]
                if any(cells):
                    page.append(label + [float(cell) if cell else ".." for cell in cells])
        page.append([None, None, None, "#REF!", "#REF!"])
        page.append([f"Notes: Figures for {years[-2]} and {years[-1]} are estimates."])
        page.append(["-9-"])

    called = "TABLE{}" if one_row_of_years else "Table {}"
    sheet(
        called.format("2"), "Table 2: Defence expenditure", "Million US dollars",
        ("Current prices and exchange rates", "usd_current_millions"),
        (f"Constant {base} prices and exchange rates", "usd_constant_millions"),
    )  # fmt: skip
    sheet(
        called.format("3"), "Table 3: Defence expenditure as a share of GDP and annual real change", f"Based on {base} prices",
        ("Share of real GDP (%)", "share_of_gdp"),
        ("Annual real change (%)", None),
    )  # fmt: skip
    sheet(
        called.format("6"), "Table 6: GDP per capita and defence expenditure per capita", f"{base} prices and exchange rates",
        ("GDP per capita (thousand US dollars)", None),
        ("Defence expenditure per capita (US dollars)", "per_capita_usd"),
    )  # fmt: skip
    sheet(called.format("7"), "Table 7: Military personnel", None, ("Thousands", "personnel_thousands"))
    sheet(
        called.format("8a"), "Table 8a: Distribution of defence expenditure by main category", "Percentage of total",
        ("Equipment (a)", "equipment_share"),
        ("Personnel (b)", None),
    )  # fmt: skip
    book.save(path)
    return path


def sipri(path, ours, base=None):
    """SIPRI's workbook of `ours`, in the prices of `base` or those that they are in: a sheet a measure, columns that differ by
    sheet, a blue or red font where it is uncertain.
    """
    base = base or max(row["base_year"] for row in ours)
    book, name = openpyxl.Workbook(), names() | SIPRI_NAMES
    book.active.title = "Front page"
    years = sorted({int(row["year"]) for row in ours})
    held = {(row["iso3"], int(row["year"])): row for row in ours}
    for title, lead, column, factor in (
        (f"Constant ({base}) US$", ["", "Notes"], "usd_constant_millions", 1),
        ("Current US$", ["Notes"], "usd_current_millions", 1),
        ("Share of GDP", ["Notes"], "share_of_gdp", 0.01),
    ):
        page = book.create_sheet(title)
        for line in (title, "Figures in blue are SIPRI estimates.", "", ["Country", *lead, *years], ["Europe"]):
            page.append(line if isinstance(line, list) else [line])
        page.append(["Ruritania", *["" for _ in lead], *[1.5 for _ in years]])
        for code in dict.fromkeys(row["iso3"] for row in ours):
            page.append([name[code], *["§4" for _ in lead]])
            line = page.max_row
            for at, year in enumerate(years, 2 + len(lead)):
                row = held.get((code, year))
                text = row[column] if row else ""
                cell = page.cell(line, at, float(text) * factor if text else "xxx" if row is None else ". .")
                if text and row["status"] == "estimate":
                    cell.font = Font(color=Color(indexed=BLUE if year % 2 else RED))
    book.save(path)
    return path


def kiel(folder, donors, months, release, period):
    """The CSV files of a Kiel release: each donor's months, with what is missing of its sums in the first of them."""
    folder.mkdir(exist_ok=True)
    name, types = (
        names() | {"XEU": "EU (Commission and Council)", "TUR": "Turkiye"},
        ("military", "financial", "humanitarian"),
    )
    sums = {(row["iso3"], row["measure"], row["eu_share_included"]): row for row in donors}
    first, lines = set(), []
    for row in months:
        code, amounts = row["iso3"], [float(row[kind] or 0) for kind in types]
        promised, share = (
            sums[code, "commitment", "false"]["total"],
            sums[code, "allocation", "false"]["share_of_gdp_2021"],
        )
        once = code not in first
        first.add(code)
        lines.append(
            [
                name[code],
                {"XEU": "EU"}.get(code, code),
                int(row["month"][:4]),
                int(row["month"][5:]),
                row.get("total") or f"{sum(amounts):.6f}",
            ]
            + amounts
            + [promised if once else 0, "100" if share else "0", share if once and share else 0]
        )
    _csv(
        folder / "data_explorer.csv",
        ["country", "iso", "year", "month", "total", *types, "commitments", "gdp", "pct_gdp"],
        lines,
    )
    shares = []
    for row in donors:
        if row["eu_share_included"] == "true":
            own = sums[row["iso3"], "allocation", "false"]
            eu = f"{float(row['total']) - float(own['total']):.6f}"
            shares.append([name[row["iso3"]], row["iso3"], own["share_of_gdp_2021"], eu, row["share_of_gdp_2021"]])
    _csv(folder / "eu_aid_shares.csv", ["country", "iso", "bilateral_pct_gdp", "eu_share_bn", "total_pct_gdp"], shares)
    _csv(folder / "release_info.csv", ["release", "period"], [[release, period]])
    return folder


def cpi(path, ours):
    """The index's workbook in Strict OOXML, in which openpyxl finds no sheet."""
    book = openpyxl.Workbook()
    book.active.title = "CPI2024"
    page = book.create_sheet("CPI Timeseries 2012 - 2024")
    years = sorted({row["year"] for row in ours}, reverse=True)
    header = ["Country / Territory", "ISO3", "Region"]
    for year in years:
        header += [f"CPI {'Score' if year == '2013' else 'score'} {year}", f"Rank {year}"]
    for line in (
        ["Corruption Perceptions Index"],
        ["EMBARGOED UNTIL 10.02.2026"],
        [],
        header,
        ["Ruritania", "RUR", "WE/EU", 50],
    ):
        page.append(line)
    scores = {(row["iso3"], row["year"]): row["cpi_score"] for row in ours}
    for code, name in names().items():
        if any((code, year) in scores for year in years):
            cells = [
                part for year in years for part in (int(scores[code, year]) if scores.get((code, year)) else None, 1)
            ]
            page.append([name, code, "WE/EU", *cells])
    book.save(path)
    strict = path.with_suffix(".strict")
    with zipfile.ZipFile(path) as usual, zipfile.ZipFile(strict, "w") as other:
        for member in usual.namelist():
            text = usual.read(member)
            for old, new in (
                (
                    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                    b"http://purl.oclc.org/ooxml/spreadsheetml/main",
                ),
                (
                    b"http://schemas.openxmlformats.org/officeDocument/2006",
                    b"http://purl.oclc.org/ooxml/officeDocument",
                ),
            ):
                text = text.replace(old, new)
            other.writestr(member, text)
    strict.replace(path)
    return path


def _csv(path, header, lines):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *lines])
