"""A publisher's file, as issued, gives exactly our rows; what a reader does not know it refuses; an edition is written whole or not at all.

The publishers' own files are not part of the project. Where they are at hand, in a folder beside it, our rows are
compared with them; everywhere else, with files made from our rows in the publishers' layouts (issued.py).
"""

import json
import shutil
import sys

import nbformat
import openpyxl
import pandas as pd
import pytest
from openpyxl.styles import Font

import issued
from alliance import data, publishers, words
from alliance.publishers import Part, Refused, cpi, kiel, nato, sipri
from alliance.update import __main__ as update
from alliance.update import files, plan, report, saved
from alliance.update.plan import _written as written
from alliance.update.plan import merge
from alliance.world import World

originals = pytest.mark.skipif(
    not issued.ORIGINALS.is_dir(),
    reason="the publishers' files are not on this machine, and are not part of the project",
)
# The newest that our tables hold, and what would come next: an update moves them on, and these tests with them.
SPENDING, SIPRIS, DONORS, BY_MONTH, SCORES = (
    issued.rows(name)
    for name in ("defence_expenditure", "military_expenditure", "aid_by_donor", "aid_by_month", "institutions")
)
RELEASE = max(row["release"] for row in SIPRIS)
SIPRIS = [row for row in SIPRIS if row["release"] == RELEASE]
MONTHS_OF = f"R{max(int(row['release'][1:]) for row in BY_MONTH)}"
ALL_MONTHS, BY_MONTH = BY_MONTH, [row for row in BY_MONTH if row["release"] == MONTHS_OF]
SCORES = [row for row in SCORES if row["cpi_score"]]
NATO = max(row["edition"] for row in SPENDING if row["equipment_share"])
NATO_YEAR, SIPRI_YEAR, CPI_YEAR = (
    int(max(row["year"] for row in rows))
    for rows in ([row for row in SPENDING if row["edition"] == NATO], SIPRIS, SCORES)
)
SIPRI_BASE = max(row["base_year"] for row in SIPRIS)
NATO_BASE = max(row["base_year"] for row in SPENDING if row["edition"] == NATO)
NEXT_NATO, SIPRI, NEXT_SIPRI = f"{NATO_YEAR + 1}-07", f"{SIPRI_YEAR + 1}-04", f"{SIPRI_YEAR + 2}-04"
KIEL = max(int(row["release"][1:]) for row in DONORS)
LAST_MONTH = max(row["month"] for row in BY_MONTH)
NEXT_MONTH = f"{int(LAST_MONTH[:4]) + (LAST_MONTH[5:] == '12')}-{int(LAST_MONTH[5:]) % 12 + 1:02}"

LAYOUTS = pytest.mark.parametrize(
    "key, base, one_row_of_years", [("2024-06", "2015", True), ("2026-07", "2021", False)], ids=["2024", "2026"]
)


def same(part, ours, leave_out=()):
    """What differs between a part's rows and ours, over the columns of both; numbers are compared as numbers."""
    fields = [field["name"] for field in data.resource(part.table)["schema"]["fields"]]
    keys = data.resource(part.table)["schema"]["primaryKey"]
    theirs = {tuple(row[key] for key in keys): row for row in part.rows}
    known = {tuple(row[key] for key in keys): row for row in ours}
    found = [f"{place} only in one" for place in theirs.keys() ^ known.keys()]
    for place in theirs.keys() & known.keys():
        for column in set(fields) & set(theirs[place]) - set(leave_out):
            one, other = theirs[place][column], known[place][column]
            if one != other and not (one and other and column not in keys and float(one) == float(other)):
                found.append(f"{place} {column}: {one!r}, ours {other!r}")
    return sorted(found)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """data/ in a folder of its own, to be written into."""
    shutil.copytree(data.FOLDER, tmp_path / "data")
    monkeypatch.setattr(data, "FOLDER", tmp_path / "data")
    return tmp_path / "data"


def test_a_figure_of_a_publisher_has_room_to_grow_before_the_descriptor_refuses_it():
    """A limit is there for a slip of the comma; the next edition's figures are no slip."""
    full = []
    for name in ("defence_expenditure", "military_expenditure", "aid_by_donor", "aid_by_month"):
        table = data.load(name)
        for field in data.resource(name)["schema"]["fields"]:
            rules = field.get("constraints", {})
            if field["type"] == "number" and rules.get("maximum", 100) != 100:
                full += [f"{name}.{field['name']}"] * bool(1.5 * table[field["name"]].max() > rules["maximum"])
    assert not full


# Rows, workbook, rows -----------------------------------------------------------------------


@LAYOUTS
def test_nato_goes_round(tmp_path, key, base, one_row_of_years):
    ours = issued.rows("defence_expenditure", edition=key)
    (part,) = nato.read(issued.nato(tmp_path / "nato.xlsx", ours, base, one_row_of_years), key).parts
    assert not same(part, ours)
    assert part.within == {"edition": key}


def test_sipri_goes_round_and_its_colours_are_the_status(tmp_path):
    (part,) = sipri.read(issued.sipri(tmp_path / "sipri.xlsx", SIPRIS), SIPRI).parts
    assert not same(part, SIPRIS, leave_out=["source"])
    assert {row["source"] for row in part.rows} == {f"sipri-{SIPRI_YEAR + 1}"}
    assert {row["release"] for row in part.rows} == {SIPRI}


def test_kiel_goes_round(tmp_path):
    ours = issued.rows("aid_by_donor", release="R29")
    given = [row for row in ours if row["measure"] == "allocation" and row["eu_share_included"] == "false"]
    months = [{**row, "month": "2022-03"} for row in given]
    donors, _ = kiel.read(issued.kiel(tmp_path / "R29", ours, months, "29", "04/2026"), "R29").parts
    assert not same(donors, ours)
    ours, period = issued.rows("aid_by_donor", release=f"R{KIEL}"), f"{LAST_MONTH[5:]}/{LAST_MONTH[:4]}"
    donors, by_month = kiel.read(issued.kiel(tmp_path / "newest", ours, BY_MONTH, KIEL, period), f"R{KIEL}").parts
    assert not same(by_month, BY_MONTH)
    assert {(row["iso3"], row["measure"], row["eu_share_included"]) for row in donors.rows} == {
        (row["iso3"], row["measure"], row["eu_share_included"]) for row in ours
    }
    assert {row["period_end"] for row in donors.rows} == {row["period_end"] for row in ours}


def test_the_corruption_index_goes_round_in_the_kind_of_workbook_that_openpyxl_cannot_see(tmp_path):
    path = issued.cpi(tmp_path / "cpi.xlsx", SCORES)
    with pytest.warns(UserWarning, match="invalid specification"):
        assert openpyxl.load_workbook(path).sheetnames == []
    (part,) = cpi.read(path, f"{CPI_YEAR}").parts
    assert not same(part, SCORES)


# The publishers' own files ------------------------------------------------------------------


@originals
def test_natos_own_workbook_gives_our_rows():
    (part,) = nato.read(issued.ORIGINALS / "nato_240617-def-exp-2024-TABLES-en.xlsx", "2024-06").parts
    assert len(part.rows) == 363
    assert not same(part, issued.rows("defence_expenditure", edition="2024-06"))


@originals
def test_sipris_own_workbook_gives_our_rows_but_for_belarus_whose_shares_are_georgias():
    path = issued.ORIGINALS / "sipri_1949-2025_v1.2.xlsx"
    with pytest.raises(Refused, match=r"BLR and GEO have 30 shares of GDP alike"):
        sipri.read(path, "2026-04")
    (part,) = sipri.read(path, "2026-04", spared=["BLR"]).parts
    ours = issued.rows("military_expenditure", release="2026-04")
    assert len(part.rows) == len(ours) == 2408
    assert not same(part, ours)


@originals
def test_sipris_older_workbook_is_in_the_prices_of_another_year():
    (part,) = sipri.read(issued.ORIGINALS / "sipri_1949-2024_2.xlsx", "2025-04").parts
    assert {row["base_year"] for row in part.rows if row["usd_constant_millions"]} == {"2023"}
    assert {row["base_year"] for row in part.rows if not row["usd_constant_millions"]} == {""}
    (part,) = sipri.read(issued.ORIGINALS / "sipri_1949-2024_2.xlsx", "2025-04", since=2014).parts
    assert len(part.rows) == 451 and not same(part, issued.rows("military_expenditure", release="2025-04"))


@originals
def test_kiels_own_files_give_our_rows():
    donors, months = kiel.read(issued.ORIGINALS / "kiel_R29", "R29").parts
    assert len(donors.rows) == 111 and len(months.rows) == 1039
    assert not same(months, issued.rows("aid_by_month", release="R29"))
    assert not same(donors, issued.rows("aid_by_donor", release="R29"))


# Refused ------------------------------------------------------------------------------------


def edited(path, change):
    """The workbook at `path` after `change(book)`."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def cell_of(sheet, text):
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == text)


def put(sheet, old, new):
    """Change the first cell of a sheet that holds `old`."""
    return lambda book: setattr(cell_of(book[sheet], old), "value", new)


def beside(sheet, name, value, step=3):
    """Change a figure in the row of a name."""

    def change(book):
        found = cell_of(book[sheet], name)
        book[sheet].cell(found.row, found.column + step).value = value

    return change


def without(sheet):
    return lambda book: book.remove(book[sheet])


def emptied(sheet):
    return lambda book: book[sheet].delete_rows(4, book[sheet].max_row)


NATO_FAULTS = [
    (put("Table 3", "Belgium", "Belgia"), "Sheet 'Table 3' has a row 'Belgia', which is no ally"),
    (put("Table 3", "Denmark", "Belgium"), "Belgium, 2014 stands twice"),
    (put("Table 3", "Annual real change (%)", "Resilience, share of GDP (%)"), "2 blocks whose title says"),
    (put("Table 8a", "Personnel (b)", "Drones (e)"), "has a block 'Drones (e)' that is not known here"),
    (
        put("Table 2", "Current prices and exchange rates", "Annual real change"),
        "a block 'Annual real change' that is not",
    ),
    (
        put("Table 2", "Constant 2021 prices and exchange rates", "Constant 2020 prices"),
        "not in the prices of one year: 2020 ('Table 2'), 2021 ('Table 6')",
    ),
    (put("Table 6", "2021 prices and exchange rates", "US dollars"), "does not say of which year its prices are"),
    (put("Table 6", "2021 prices and exchange rates", "2024 prices"), "2021 ('Table 2'), 2024 ('Table 6')"),
    (beside("Table 3", "Belgium", "#REF!"), "Belgium, 2016 holds '#REF!', neither a number nor a known mark"),
    (beside("Table 3", "Belgium", True), "holds True, neither a number"),
    (beside("Table 3", "Belgium", ".."), "BEL has figures for 2016 but no share of GDP"),
    (without("Table 7"), "The workbook has no sheet table7; it has Table 2,"),
    (emptied("Table 7"), "Sheet 'Table 7' has 0 blocks whose title says"),
]


@pytest.mark.parametrize("fault, told", NATO_FAULTS, ids=[told for _, told in NATO_FAULTS])
def test_a_workbook_of_nato_is_refused(tmp_path, fault, told):
    ours = [
        row for row in issued.rows("defence_expenditure", edition="2026-07") if row["iso3"] in ("BEL", "DNK", "XNT")
    ]
    with pytest.raises(Refused) as refused:
        nato.read(edited(issued.nato(tmp_path / "nato.xlsx", ours, "2021", False), fault), "2026-07")
    assert told in str(refused.value)


SIPRI_FAULTS = [
    (put("Share of GDP", "Albania", "Albany"), None),  # the other sheets have it
    (lambda book: [put(name, "Albania", "Albany")(book) for name in book.sheetnames[1:]], "no figures for ALB"),
    (
        lambda book: setattr(book[f"Constant ({SIPRI_BASE}) US$"], "title", f"Constant ({SIPRI_YEAR + 1}) US$"),
        f"prices of {SIPRI_YEAR + 1}, after the last year of the file",
    ),
    (beside("Current US$", "Albania", "about 5", 4), "Sheet 'Current US$', Albania, 2016 holds 'about 5'"),
    (without("Share of GDP"), "has 0 sheets like 'Share of GDP'"),
    (put("Share of GDP", "Country", "State"), "has no row of years that begins with 'Country'"),
    (put("Share of GDP", "Belgium", "Albania"), "Sheet 'Share of GDP', Albania, 1988 stands twice"),
    (emptied("Current US$"), "has no row of years"),
]


@pytest.fixture(scope="module")
def sipri_book(tmp_path_factory):
    """Its last years, and a few of the states that are no more."""
    gone = [row for row in SIPRIS if row["year"] in ("1988", "1989")]
    last = [row for row in SIPRIS if row["year"] > "2015"]
    return issued.sipri(tmp_path_factory.mktemp("sipri") / "sipri.xlsx", gone + last)


@pytest.mark.parametrize("fault, told", SIPRI_FAULTS, ids=range(len(SIPRI_FAULTS)))
def test_a_workbook_of_sipri_is_refused(tmp_path, sipri_book, fault, told):
    path = edited(shutil.copy(sipri_book, tmp_path / "sipri.xlsx"), fault)
    if told is None:
        assert sipri.read(path, SIPRI).parts[0].rows
    else:
        with pytest.raises(Refused) as refused:
            sipri.read(path, SIPRI)
        assert told in str(refused.value)


def lines(name, change):
    """Change the text of one CSV file of a release."""
    return lambda folder: (folder / name).write_text(
        change((folder / name).read_text(encoding="utf-8")), encoding="utf-8"
    )


KIEL_FAULTS = [
    (lines("data_explorer.csv", lambda text: text.replace("Belgium", "Belgia")), "names 'Belgia' (BEL), a donor that"),
    (
        lines("data_explorer.csv", lambda text: text + "Ruritania,RUR,2022,3,1,0,0,1,1,1,1\n"),
        "'Ruritania' (RUR)",
    ),
    (lines("data_explorer.csv", lambda text: text.replace("humanitarian", "relief")), "has no column humanitarian"),
    (lines("data_explorer.csv", lambda text: text + "Belgium,BEL,2026,5,1,1,0,0,1,1,1\n"), "Belgium in 2026-05, after"),
    (lines("data_explorer.csv", lambda text: text + "Belgium,BEL,2022,3,1,1,0,0,1,1,1\n"), "Belgium in 2022-03 twice"),
    (
        lines("data_explorer.csv", lambda text: text + "Belgium,BEL,2022,13,1,1,0,0,1,1,1\n"),
        "'13' is no year and month",
    ),
    (lines("data_explorer.csv", lambda text: text + "Belgium,BEL,2022,4,1,many,0,0,1,1,1\n"), "military holds 'many'"),
    (lines("data_explorer.csv", lambda text: text + "Belgium,BEL,2022,4,1,nan,0,0,1,1,1\n"), "military holds 'nan'"),
    (lines("data_explorer.csv", lambda text: text.splitlines()[0] + "\n"), "data_explorer.csv gives no rows"),
    (lines("eu_aid_shares.csv", lambda text: text.splitlines()[0] + "\n"), "eu_aid_shares.csv gives no rows"),
    (
        lines("eu_aid_shares.csv", lambda text: text + "Albania,ALB,1,1,1\n"),
        "names ALB, which data_explorer.csv does not",
    ),
    (lines("release_info.csv", lambda text: text.replace("29,", "30,")), "says that this is release 30, not R29"),
    (lines("release_info.csv", lambda text: text.replace("04/2026", "spring")), "gives the period 'spring'"),
    (lambda folder: (folder / "release_info.csv").unlink(), "release_info.csv cannot be read"),
]


@pytest.mark.parametrize("fault, told", KIEL_FAULTS, ids=[told for _, told in KIEL_FAULTS])
def test_a_release_of_kiel_is_refused(tmp_path, fault, told):
    ours = issued.rows("aid_by_donor", release="R29")
    months = [{**row, "month": "2022-03"} for row in ours if row["military"]]
    fault(issued.kiel(tmp_path / "R29", ours, months, "29", "04/2026"))
    with pytest.raises(Refused) as refused:
        kiel.read(tmp_path / "R29", "R29")
    assert told in str(refused.value)


@pytest.mark.parametrize(
    "change, told",
    [
        (lambda row: row | {"cpi_score": "39.5"}, "holds '39.5', neither a whole number"),
        (lambda row: row if row["year"] < "2025" else row | {"year": "2024"}, "last year in the workbook is 2024"),
    ],
)
def test_a_corruption_index_is_refused(tmp_path, monkeypatch, change, told):
    ours = [change(row) for row in SCORES]
    monkeypatch.setattr(issued, "int", float, raising=False)
    with pytest.raises(Refused) as refused:
        cpi.read(issued.cpi(tmp_path / "cpi.xlsx", ours), f"{CPI_YEAR}")
    assert told in str(refused.value)


def test_a_corruption_index_without_a_country_of_ours_or_its_sheet_is_refused(tmp_path):
    ours = [row for row in SCORES if row["iso3"] != "UKR"]
    with pytest.raises(Refused, match="The workbook has no row for UKR"):
        cpi.read(issued.cpi(tmp_path / "cpi.xlsx", ours), f"{CPI_YEAR}")
    book = openpyxl.Workbook()
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(Refused, match="0 sheets like 'cpi timeseries"):
        cpi.read(tmp_path / "other.xlsx", "2025")


def test_a_corruption_index_with_a_country_twice_is_refused(tmp_path, monkeypatch):
    line = {"B": "UKR", "D": "36"}
    monkeypatch.setattr(cpi, "_sheet", lambda path: [{"B": "ISO3", "D": "CPI score 2025"}, line, line])
    with pytest.raises(Refused, match="UKR, 2025 twice"):
        cpi.read(tmp_path, "2025")


@pytest.mark.parametrize("reader, key, told", [
    (nato, "July 2027", "named by the month it came out"),
    (sipri, "2027", "named by the month it came out"),
    (kiel, "31", "named like R31"),
    (cpi, "R1", "named by its year"),
])  # fmt: skip
def test_an_edition_is_named_as_our_tables_name_it(tmp_path, reader, key, told):
    path = tmp_path / "book.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(Refused, match=told):
        reader.read(path, key)


@pytest.mark.parametrize("reader, key", [(nato, "2027-07"), (sipri, "2027-04"), (kiel, "R31"), (cpi, "2026")])
def test_what_is_no_file_of_a_publisher_is_refused(tmp_path, reader, key):
    (tmp_path / "torn").write_bytes(b"PK no workbook")
    for path in (tmp_path / "torn", tmp_path / "missing"):
        with pytest.raises(Refused):
            reader.read(path, key)


def test_the_edition_of_another_year_is_refused(tmp_path, sipri_book):
    ours = issued.rows("defence_expenditure", edition="2026-07")
    with pytest.raises(Refused, match="last year in the workbook is 2026: it is not the edition of July 2027"):
        nato.read(issued.nato(tmp_path / "nato.xlsx", ours, "2021", False), "2027-07")
    told = f"last year in the workbook is {SIPRI_YEAR}: it is not the release of {SIPRI_YEAR + 2}"
    with pytest.raises(Refused, match=told):
        sipri.read(sipri_book, NEXT_SIPRI)


def test_one_countrys_shares_printed_for_another_are_refused(tmp_path, sipri_book):
    def georgias_for_belarus(book):
        page = book["Share of GDP"]
        ours, theirs = (cell_of(page, name).row for name in ("Belarus", "Georgia"))
        for at in range(3, page.max_column + 1):
            page.cell(ours, at).value = page.cell(theirs, at).value

    path = edited(shutil.copy(sipri_book, tmp_path / "sipri.xlsx"), georgias_for_belarus)
    with pytest.raises(Refused, match="BLR and GEO have .* alike"):
        sipri.read(path, SIPRI)
    (part,) = sipri.read(path, SIPRI, spared=["BLR"]).parts
    ours = [row for row in SIPRIS if row["iso3"] == "BLR"]
    assert [row for row in part.rows if row["iso3"] == "BLR"] == ours, (
        "our rows stand in the release, with their source"
    )
    with pytest.raises(Refused, match="has no rows of XXX to spare"):
        sipri.read(path, SIPRI, spared=["XXX"])


@pytest.mark.parametrize(
    "colour, status", [("FF00FF00", {"actual"}), ("FFFF0000", {"estimate"}), ("FF0000FF", {"estimate"})]
)
def test_red_and_blue_are_doubts_and_no_other_colour_is(tmp_path, sipri_book, colour, status):
    def coloured(book):
        for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
            cell.font = Font(color=colour)

    path = edited(shutil.copy(sipri_book, tmp_path / "sipri.xlsx"), coloured)
    assert {row["status"] for row in sipri.read(path, SIPRI).parts[0].rows} == status


# Written whole, or not at all ---------------------------------------------------------------

READ = f"{NATO_YEAR + 9}-07-09"
ADDRESS = ["--address", "https://example.org/file", "--read", READ]


def next_years(path):
    """NATO's next workbook: the newest with a year more, and Germany's past revised."""
    ours = issued.rows("defence_expenditure", edition=NATO)
    more = [{**row, "year": f"{NATO_YEAR + 1}"} for row in ours if row["year"] == f"{NATO_YEAR}"]
    ours = [row | {"status": "actual" if int(row["year"]) < NATO_YEAR else "estimate"} for row in [*ours, *more]]
    revised = [row | {"share_of_gdp": "2.07"} if (row["iso3"], row["year"]) == ("DEU", "2024") else row for row in ours]
    return issued.nato(path, revised, NATO_BASE, one_row_of_years=False)


def bytes_of(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def quiet(monkeypatch):
    """No lesson is run and no claim is asked: only what is written counts."""
    monkeypatch.setattr(report, "LESSONS", [])
    monkeypatch.setattr(report, "of_claims", lambda *asked: [])
    monkeypatch.setattr(report, "of_states", lambda save: [])


def test_nothing_is_written_unless_asked_and_what_would_be_is_told(tmp_path, folder, quiet, capsys):
    before, ours = bytes_of(folder), issued.rows("defence_expenditure", edition=NATO)
    years = NATO_YEAR + 1 - 2013
    was = next(row["share_of_gdp"] for row in ours if (row["iso3"], row["year"]) == ("DEU", "2024"))
    assert update.main(["nato", str(next_years(tmp_path / "nato.xlsx")), "--edition", NEXT_NATO, *ADDRESS]) == 0
    told = capsys.readouterr().out
    assert bytes_of(folder) == before
    for line in (
        f"defence_expenditure.csv: {len({row['iso3'] for row in ours}) * years} rows new, 0 revised, 0 gone.",
        f"{years} each for Albania, Belgium,",
        f"1 of {len(ours)} rows that {NATO} has too say another number:",
        f"Germany 2024, share_of_gdp: {was}, now 2.07",
        f"sources.csv: 1 row new, nato-{NEXT_NATO}: publisher NATO; owner intergovernmental; title Defence Investment of NATO Countries (2014-",
        f"defence_expenditure.year.maximum: {NATO_YEAR}, now {NATO_YEAR + 1}",
        f"defence_expenditure.edition.enum: {NEXT_NATO} added",
    ):
        assert line in told


def test_a_new_edition_of_nato_is_written_and_all_that_names_the_newest_follows(tmp_path, folder, quiet, capsys):
    kept, count = data.load("defence_expenditure"), len({row["edition"] for row in SPENDING})
    asked = ["nato", str(next_years(tmp_path / "nato.xlsx")), "--edition", NEXT_NATO, *ADDRESS]
    assert update.main([*asked, "--write"]) == 0
    table, said = data.load("defence_expenditure"), data.resource("defence_expenditure")
    assert data.newest("defence_expenditure") == NEXT_NATO and table["year"].max() == NATO_YEAR + 1
    assert table.iloc[-len(kept) :].reset_index(drop=True).equals(kept), "what we had stands as it stood"
    assert (
        said["edition"] == f"NATO, July {NATO_YEAR + 1}, and {words.spelt(count)} older editions"
        and said["read"] == READ
    )
    assert (
        f"{NEXT_NATO}: 2014 to {NATO_YEAR + 1}, all columns, {NATO_YEAR} and {NATO_YEAR + 1} estimates. {NATO}: "
        in said["coverage"]
    )
    assert (
        said["sources"][0]["id"] == f"nato-{NEXT_NATO}" and f"{words.spelt(count + 1)} editions" in said["description"]
    )
    assert {source["id"] for source in said["sources"]} == set(table["source"])
    line = str(data.cited("defence_expenditure", edition=NEXT_NATO))
    assert line.endswith(f"(2014-{NATO_YEAR + 1}), July {NATO_YEAR + 1}")
    capsys.readouterr()
    assert update.main([*asked, "--write"]) == 0
    assert "data/ holds this already" in capsys.readouterr().out


def test_a_new_release_of_kiel_stands_beside_the_older_ones(tmp_path, folder, quiet):
    ours, key = issued.rows("aid_by_donor", release=f"R{KIEL}"), f"R{KIEL + 1}"
    more = [{**row, "month": NEXT_MONTH} for row in BY_MONTH if row["month"] == LAST_MONTH]
    revised = [
        row | {"military": "9.5"} if (row["iso3"], row["month"]) == ("NLD", "2023-06") else row for row in BY_MONTH[1:]
    ]
    issued.kiel(tmp_path / key, ours, [*revised, *more], KIEL + 1, f"{NEXT_MONTH[5:]}/{NEXT_MONTH[:4]}")
    months, releases = len({row["month"] for row in BY_MONTH}), sorted({row["release"] for row in DONORS})
    shared = [one for one in releases if issued.rows("aid_by_donor", release=one, eu_share_included="true")]
    assert update.main(["kiel", str(tmp_path / key), "--edition", key, *ADDRESS, "--write"]) == 0
    by_month, said = data.load("aid_by_month"), data.resource("aid_by_month")
    assert len(by_month) == len(ALL_MONTHS) + len(revised) + len(more)
    counted_anew = by_month[by_month["release"] == key]
    assert counted_anew.query("iso3 == 'NLD' and month == '2023-06'")["military"].tolist() == [9.5]
    assert set(counted_anew["source"]) == {f"kiel-r{KIEL + 1}"}
    day = words.day(pd.Period(NEXT_MONTH).end_time)
    assert str(data.cite(counted_anew)).endswith(f"Release {KIEL + 1}, data to {day}")
    assert said["edition"] == f"Release {KIEL + 1}, data to {day}"
    assert f"January 2022 to {words.edition(NEXT_MONTH)} ({months + 1} months)" in said["coverage"]
    said = data.resource("aid_by_donor")
    assert said["edition"] == f"Release {KIEL + 1}, data to {day}, and {words.spelt(len(releases))} older releases"
    assert words.named([*shared, key]) in said["coverage"]
    assert f"{words.spelt(len(releases) + 1)} releases" in said["description"]
    assert set(data.load("aid_by_donor")["release"]) == {*releases, key}


def test_a_new_release_of_sipri_and_a_new_corruption_index_are_written(tmp_path, folder, quiet):
    ours = [row | {"share_of_gdp": "2.5"} if (row["iso3"], row["year"]) == ("FRA", "2020") else row for row in SIPRIS]
    more = [
        {**row, "year": f"{SIPRI_YEAR + 1}"}
        for row in SIPRIS
        if row["year"] == f"{SIPRI_YEAR}" and row["iso3"] != "BLR"
    ]
    workbook = issued.sipri(tmp_path / "sipri.xlsx", ours + more)
    asked = ["sipri", str(workbook), "--edition", NEXT_SIPRI, "--spare", "BLR"]
    before = data.load("military_expenditure")
    assert update.main([*asked, *ADDRESS, "--write"]) == 0
    table, said = data.load("military_expenditure"), data.resource("military_expenditure")
    new, source = table[table["release"] == NEXT_SIPRI].set_index(["iso3", "year"]), f"sipri-{SIPRI_YEAR + 2}"
    assert table[table["release"] != NEXT_SIPRI].reset_index(drop=True).equals(before), "the older release is kept"
    assert len(new) == len(SIPRIS) + len(more) and new.loc[("FRA", 2020), "share_of_gdp"] == 2.5
    old = [row["source"] for row in SIPRIS if row["iso3"] == "BLR"]
    assert new.loc["BLR", "source"].tolist() == old and set(new.drop("BLR")["source"]) == {source}
    assert said["edition"] == f"SIPRI {SIPRI_YEAR + 2} release; Belarus from an older release"
    assert f"1949 to {SIPRI_YEAR + 1} at" in said["coverage"]
    titles = data.load("sources").set_index("id")["title"]
    assert titles[source] == f"Military Expenditure Database 1949-{SIPRI_YEAR + 1}"

    more = [{**row, "year": f"{CPI_YEAR + 1}"} for row in SCORES if row["year"] == f"{CPI_YEAR}"]
    before = data.load("institutions")
    asked = ["cpi", str(issued.cpi(tmp_path / "cpi.xlsx", SCORES + more)), "--edition", f"{CPI_YEAR + 1}"]
    assert update.main([*asked, *ADDRESS, "--write"]) == 0
    table = data.load("institutions")
    assert table["cpi_score"].count() == before["cpi_score"].count() + len(more)
    assert table["fh_status"].count() == before["fh_status"].count()
    key = CPI_YEAR + 1
    assert str(data.cited("institutions", "cpi_score")).endswith(f"Index {key}, results 2012-{key}, {key}")


def test_a_damage_that_the_loader_finds_is_told_and_nothing_is_written(tmp_path, folder, quiet, capsys):
    ours = issued.rows("defence_expenditure", edition="2026-07")
    fields = {field["name"]: field for field in data.resource("defence_expenditure")["schema"]["fields"]}
    most = fields["share_of_gdp"]["constraints"]["maximum"]
    tenfold = [
        row | {"share_of_gdp": f"{most + 1}"} if row["iso3"] == "POL" and row["year"] == "2025" else row for row in ours
    ]
    before = bytes_of(folder)
    path = issued.nato(tmp_path / "nato.xlsx", tenfold, "2021", one_row_of_years=False)
    assert update.main(["nato", str(path), "--edition", "2026-07", "--write"]) == 1
    told = capsys.readouterr().err
    assert f"column share_of_gdp: '{most + 1}' is above the most possible, {most}" in told
    assert told.endswith("Nothing was written.\n")
    assert bytes_of(folder) == before


@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_failure_half_way_leaves_every_byte_of_the_data(folder, monkeypatch, place):
    before, calls, replace = bytes_of(folder), [], files.os.replace

    def failing(*paths):
        calls.append(paths)
        if len(calls) == place:
            raise OSError("the disk is full")
        replace(*paths)

    monkeypatch.setattr(files.os, "replace", failing)
    with pytest.raises(OSError, match="the disk is full"):
        files.write({"sources.csv": b"one", "members.csv": b"two", "datapackage.json": b"{}"})
    assert bytes_of(folder) == before


def test_a_damage_found_after_writing_puts_everything_back(folder):
    before = bytes_of(folder)
    with pytest.raises(data.DataError):
        files.write({"members.csv": before[files.pathlib.Path("members.csv")].replace(b"GRC", b"GRX")})
    assert bytes_of(folder) == before


def test_an_older_release_never_takes_the_place_of_a_newer(tmp_path, folder, quiet):
    ours = issued.rows("aid_by_donor", release="R29")
    months = [row for row in BY_MONTH if row["month"] <= "2026-02"]
    issued.kiel(tmp_path / "R28", ours, months, "28", "02/2026")
    before = data.resource("aid_by_month")
    assert update.main(["kiel", str(tmp_path / "R28"), "--edition", "R28", *ADDRESS, "--write"]) == 0
    assert World()["monthly_allocations"]["release"].unique().tolist() == [f"R{KIEL}"]
    assert data.resource("aid_by_month")["edition"] == before["edition"]


def test_a_new_edition_without_an_address_is_not_written(tmp_path, folder, quiet, capsys):
    before = bytes_of(folder)
    assert update.main(["nato", str(next_years(tmp_path / "nato.xlsx")), "--edition", NEXT_NATO, "--write"]) == 1
    assert f"nato-{NEXT_NATO} is not in sources.csv yet: say where it is published" in capsys.readouterr().err
    assert bytes_of(folder) == before


def test_an_ally_that_is_no_longer_in_the_file_is_named(tmp_path, folder, quiet, capsys):
    path = next_years(tmp_path / "nato.xlsx")

    def without_belgium(book):
        for sheet in book:
            while found := [cell.row for row in sheet.iter_rows() for cell in row if cell.value == "Belgium"]:
                sheet.delete_rows(found[0])

    assert update.main(["nato", str(edited(path, without_belgium)), "--edition", NEXT_NATO, *ADDRESS]) == 0
    assert f"not in it, though in {NATO}: Belgium ({NATO_YEAR - 2013})" in capsys.readouterr().out


def test_without_openpyxl_a_sentence_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(
        Refused, match="needs openpyxl, a requirement of the maintainer: pip install -r tests/requirements.txt"
    ):
        nato.read(tmp_path / "nato.xlsx", "2027-07")


# Rows into rows -----------------------------------------------------------------------------


def test_rows_are_new_revised_or_gone_and_a_number_written_otherwise_is_the_same():
    columns, keys = ["iso3", "year", "edition", "share", "note"], ["iso3", "year", "edition"]
    ours = [dict(zip(columns, row)) for row in (
        ("ALB", "2024", "b", "1.50", "ours"), ("BEL", "2024", "b", "1.2", ""), ("DNK", "2024", "b", "3", ""), ("ALB", "2024", "a", "1", ""),
    )]  # fmt: skip
    rows = [
        {"iso3": code, "year": "2024", "edition": "b", "share": share}
        for code, share in (("ALB", "1.5"), ("BEL", "1.3"), ("CZE", "2"))
    ]
    part = Part("any", rows, {"edition": "b"})
    merged, told = merge(part, columns, keys, ours)
    assert [tuple(row.values()) for row in merged] == [
        ("ALB", "2024", "b", "1.50", "ours"), ("BEL", "2024", "b", "1.3", ""), ("CZE", "2024", "b", "2", ""), ("ALB", "2024", "a", "1", ""),
    ]  # fmt: skip
    assert told[0] == "1 row new, 1 revised, 1 gone."
    merged, _ = merge(Part("any", rows[:2], {"edition": "b"}, removes=False), columns, keys, ours)
    assert [row["share"] for row in merged if row["iso3"] == "DNK"] == [""], "loses the figure, keeps the row"
    with pytest.raises(Refused, match="two rows for one"):
        merge(Part("any", [rows[0], rows[0]], {"edition": "b"}), columns, keys, ours)


LITTLE, MUCH, GONE = ({"iso3": code, "share": share} for code, share in (("ALB", "1.1"), ("BEL", "3"), ("CZE", "")))
WERE = {"ALB": "1.0", "BEL": "2", "CZE": "3"}
MOVED = [({"iso3": row["iso3"], "share": WERE[row["iso3"]]}, row, "share") for row in (LITTLE, MUCH, GONE)]
TOLD = [  # at the edges, where a fault of one step tells a maintainer another number, name or year
    (publishers.counted, ("7 editions of four kinds", 8, "editions"), "8 editions of four kinds"),
    (publishers.counted, ("seven editions of four kinds", 8, "editions"), "eight editions of four kinds"),
    (publishers.plain, (" a \n b ",), "a b"),
    (report.difference, ("a" * 6001, "b" * 7000), ["a text of 6,001 characters, now 7,000: read it in the lesson"]),
    (report._around, ("So 32 allies say in 2024 what they said", "2024", 1), "2024"),
    (plan._prices, ("2025-04", [{"base_year": "2023"}], [{"base_year": "2024"}]),
     ["  in the prices of 2024, and 2025-04 in those of 2023: amounts in constant prices are not compared, and never mixed"]),
    (plan._prices, ("2025-04", [{"base_year": ""}], [{"base_year": "2024"}]), []),
    (plan._prices, ("2025-04", [{"base_year": "2024"}], [{"base_year": "2024"}]), []),
    (plan._largest, (MOVED, ["iso3"], {"ALB": "Albania", "BEL": "Belgium"}),
     [f"    {place}, share: {move}" for place, move in (("CZE", "3, now empty"), ("Belgium", "2, now 3"), ("Albania", "1.0, now 1.1"))]),
    (plan._with_values, ({"schema": {"fields": [{"name": "year", "constraints": {"minimum": 2014, "maximum": 2026}}]}}, [{"year": "2026"}]),
     []),
]  # fmt: skip


@pytest.mark.parametrize(("say", "given", "told"), TOLD, ids=lambda part: getattr(part, "__name__", ""))
def test_what_an_update_says_is_right_at_its_edges(say, given, told):
    said = say(*given)
    assert (said if isinstance(said, str) else list(said)) == told


def test_an_issue_before_the_newest_is_refused_by_its_name_where_a_table_keeps_one():
    told = "^institutions keeps the newest issue only, now cpi-2026: cpi-2025 would take its place.$"
    with pytest.raises(Refused, match=told):
        plan._check_newer(Part("institutions", [], {}), ["year"], "cpi-2025", [{"id": "cpi-2026"}, {"id": "vdem-2027"}])
    plan._check_newer(Part("institutions", [], {}), ["year"], "cpi-2026", [{"id": "cpi-2026"}])


# What became false --------------------------------------------------------------------------


def test_the_report_says_which_verdicts_and_sentences_moved(folder, tmp_path):
    before = shutil.copytree(folder, tmp_path / "before")
    for name in ("defence_expenditure", "spending_other_totals"):
        write_table(name, [row for row in issued.rows(name) if not row["edition"] > "2024-06"])
    told = "\n".join(report.of_claims(before, folder, ["defence_expenditure"]))
    assert "- **A0-28** No fewer than 23" in told and "  - outdated → supported" in told
    assert "on record: outdated. If the new verdict is right" in told
    assert "sentences with other words or numbers, verdict unchanged\n- **A" in told and "[" in told and "→" in told
    assert "caveats to read" in told


def write_table(name, rows):
    """Write rows as a table, with its record."""
    package = json.loads((data.FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    entry = next(entry for entry in package["resources"] if entry["name"] == name)
    content = written(rows[0], rows)
    entry["bytes"], entry["hash"] = data._fingerprint(content)
    (data.FOLDER / entry["path"]).write_bytes(content)
    (data.FOLDER / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")


def test_the_report_counts_rows_and_tells_each_revised_cell(folder, tmp_path):
    before = shutil.copytree(folder, tmp_path / "before")
    first, second, *rest = issued.rows("members")
    more = first | {"iso3": "IRL", "country": "Ireland"}
    write_table("members", [second | {"accession_date": "1949-08-25", "note": ""}, *rest, more])
    told = list(report.of_rows(before, folder, ["members"]))
    assert any(line.endswith("members: 1 row new, 1 revised, 1 gone") for line in told), told
    [cells] = [line for line in told if second["iso3"] in line]
    assert f"accession_date: {second['accession_date']}, now 1949-08-25" in cells
    assert not second["note"] or f"note: {second['note']}, now empty" in cells


@pytest.mark.parametrize("line, found", [
    ("Almost nothing is newer than July 2026.", ["July 2026"]),
    ("edition='2026-07'", ["2026-07"]),
    ("2026-07-07-ankara-summit", []),
    ('controls.slider("Year", 2014, 2026, value=2024)', ["2026"]),
    ("on 5 May 2026, and 2,026 times", []),
    ("from 2014 to 2026.", ["2026"]),
])  # fmt: skip
def test_words_that_name_the_older_edition_or_its_last_year_are_found(line, found):
    assert report._named(line, ("July 2026", "2026-07"), ((2026, 2027),)) == found


def test_typed_editions_and_years_of_the_course_are_listed(monkeypatch):
    monkeypatch.setattr(report, "_texts", lambda tables: [
        ("README.md", "Data as of July 2026.\nIn 2026.", False), ("04.ipynb, cell 10", "slider(2014, 2026)", True),
        ("datapackage.json, x.coverage", "2027-07: all. 2026-07: all.", False),
    ])  # fmt: skip
    assert list(report.of_words(("July 2026", "2026-07"), ("July 2027", "2027-07"), ((2026, 2027),), ["x"])) == [
        "## 1 line of prose to read",
        "- README.md: July 2026 in “Data as of July 2026.”",
        "## 1 line of code to read: controls, charts and checks with a typed edition or year",
        "- 04.ipynb, cell 10: 2026 in “slider(2014, 2026)”",
    ]


def test_a_lesson_that_shows_otherwise_is_told_whole_and_saved_if_asked(tmp_path, monkeypatch):
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in ("'same'", "6 * 7", "check('04-5') or 1")]
    )
    path = tmp_path / "lesson.ipynb"
    for cell, text in zip(book.cells, ("'same'", "41", "0")):
        cell.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": text}, execution_count=1)]
    nbformat.write(book, path)
    monkeypatch.setattr(report, "LESSONS", [path])
    told = "\n".join(report.of_lessons(save=True))
    assert "cell 3 raises** NameError: name 'check' is not defined" in told and "not saved, for a cell raises" in told
    assert (
        "- cell 2, `6 * 7`\n  - then: 41\n  - now:  42" in told
        and "- lesson.ipynb, cell 3, `check('04-5') or 1`" in told
    )
    assert nbformat.read(path, 4).cells[1].outputs[0].data["text/plain"] == "41"
    book.cells.pop()
    nbformat.write(book, path)
    told = "\n".join(report.of_lessons(save=True))
    assert "### lesson.ipynb: 1 cell, saved as it shows now" in told
    assert nbformat.read(path, 4).cells[1].outputs[0].data["text/plain"] == "42"
    assert not saved.moved(path, nbformat.read(path, 4))


def test_states_that_are_not_as_recorded_are_told_and_renewed_if_asked(tmp_path, monkeypatch):
    monkeypatch.setattr(report, "COURSE", tmp_path)
    (tmp_path / "tests").mkdir()
    script = tmp_path / "tests" / "record.py"
    moved = "04, panel 1: 2 of 2 states moved\n  year=1, table\n    then: a\n    now:  b\n  year=1, twin\n    then: 41.\n    now:  42."
    script.write_text(f"import sys; print('00: 9 states, as recorded')\nif '--renew' in sys.argv: print({moved!r})")
    assert list(report.of_states(save=True))[1:] == [
        "- 04, panel 1: 2 of 2 states moved", "  year=1, twin", "    then: 41.", "    now:  42.",
    ]  # fmt: skip
    script.write_text("print('00: 9 states, as recorded')")
    assert list(report.of_states(save=False)) == ["## States of panels, findings and charts that show otherwise: none"]
    script.write_text("raise KeyError('XNE')")
    assert list(report.of_states(save=False))[1:] == ["The record could not be compared to its end: KeyError: 'XNE'"]


def test_long_stretches_that_stayed_are_cut_and_what_changed_is_whole():
    line = f"{'a' * 500} [{'b' * 400} → c] {'d' * 50} [→ e]"
    assert report.shortened(line) == f"{'a' * 60} … {'a' * 59} [{'b' * 400} → c] {'d' * 50} [→ e]"


def test_an_older_edition_that_is_added_later_is_not_called_the_newest(tmp_path, folder, quiet, capsys):
    ours = [row | {"year": str(int(row["year"]) - 3)} for row in issued.rows("defence_expenditure", edition="2026-07")]
    path = issued.nato(tmp_path / "nato.xlsx", ours, "2021", one_row_of_years=False)
    before = data.resource("defence_expenditure")
    assert update.main(["nato", str(path), "--edition", "2023-07", *ADDRESS, "--write"]) == 0
    said = data.resource("defence_expenditure")
    assert said["sources"][0] == before["sources"][0] and said["sources"][-1]["id"] == "nato-2023-07"
    assert said["edition"].startswith(f"NATO, July {NATO_YEAR}, and ")
    assert "## 0 lines of prose to read" in capsys.readouterr().out
