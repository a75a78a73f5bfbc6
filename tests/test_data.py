"""What a lesson may rely on when it asks for a table."""

import csv
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from alliance import data

HOUSE = Path(data.__file__).resolve().parents[2]
KINDS = {
    "string": {"str"},
    "integer": {"int64", "Int64"},
    "year": {"int64", "Int64"},
    "number": {"float64"},
    "boolean": {"bool", "boolean"},
    "date": {"datetime64[us]"},
}
MOMENT = itertools.count(1)  # own file times: the clock is too coarse for tests this fast
every_table = pytest.mark.parametrize("name", data.names())


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Point the loader at a copy of the data folder that a test may spoil."""
    monkeypatch.setattr(data, "FOLDER", shutil.copytree(HOUSE / "data", tmp_path / "data"))
    return data.FOLDER


@pytest.fixture
def cold():
    """Return a function that forgets all that was read."""

    def forget():
        for cached in (data._parsed, data._columns, data._table):
            cached.cache_clear()

    yield forget
    forget()


def path_of(name):
    return data.FOLDER / data.resource(name)["path"]


def rewrite(name, change):
    """Change a table's bytes, as an editor would."""
    path_of(name).write_bytes(change(path_of(name).read_bytes()))
    os.utime(path_of(name), ns=(0, next(MOMENT) * 10**9))


def last_row_first(content):
    header, *rows = content.splitlines(keepends=True)
    return b"".join([header, *rows[::-1]])


def cells_of(name):
    with path_of(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# Loading ------------------------------------------------------------------------------------


@every_table
def test_every_table_loads_typed_in_under_50_ms(name, cold):
    def seconds():
        cold()
        start = time.process_time()  # not the clock on the wall: other work must not fail this
        data.load(name)
        return time.process_time() - start

    assert any(seconds() < 0.05 for _ in range(20))  # the fastest of a few: a machine has slow moments
    found = data.load(name).dtypes.astype(str).to_dict()
    for entry in data.resource(name)["schema"]["fields"]:
        assert found[entry["name"]] in KINDS[entry["type"]], entry["name"]


@every_table
def test_every_cell_is_exactly_what_the_file_says(name):
    table, cells = data.load(name), cells_of(name)
    read = {"string": str, "integer": int, "year": int, "number": float, "boolean": "true".__eq__, "date": pd.Timestamp}
    assert list(table.index) == list(range(len(cells)))
    for entry in data.resource(name)["schema"]["fields"]:
        column = entry["name"]
        for value, row in zip(table[column].tolist(), cells, strict=True):
            assert pd.isna(value) if row[column] == "" else value == read[entry["type"]](row[column])


@every_table
def test_windows_line_ends_and_byte_order_mark_load_the_same(name, folder):
    whole = data.load(name)
    rewrite(name, lambda content: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))
    pd.testing.assert_frame_equal(data.load(name), whole)


def test_loads_from_any_folder_and_a_path_with_spaces_and_letters(tmp_path):
    there = tmp_path / "Māc\N{LATIN SMALL LETTER I WITH OGONEK}bu mape Україна 1"
    skip = shutil.ignore_patterns("__pycache__")
    shutil.copytree(HOUSE / "notebooks" / "alliance", there / "notebooks" / "alliance", ignore=skip)
    shutil.copytree(HOUSE / "data", there / "data")
    for entry in [there, *there.rglob("*")]:
        entry.chmod(0o555 if entry.is_dir() else 0o444)
    done = subprocess.run(
        [sys.executable, "-B", "-W", "error", "-m", "alliance"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(there / "notebooks"), "PYTHONIOENCODING": "utf-8"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == len(data.names())


@every_table
def test_learner_cannot_spoil_the_cache(name):
    whole = data.load(name)
    spoilt, told = data.load(name), data.resource(name)
    spoilt.iloc[:, 0] = spoilt.iloc[::-1, 0].to_numpy()
    for column in spoilt:
        spoilt[column].array[:1] = spoilt[column].array[-1]
    spoilt.columns = ["x"] * len(spoilt.columns)
    spoilt.index.name = "spoilt"
    spoilt.attrs["spoilt"] = True
    del spoilt["x"]
    told["schema"]["fields"].clear()
    again = data.load(name)
    pd.testing.assert_frame_equal(again, whole)
    assert again.attrs == {} and again.index.name is None and data.resource(name)["schema"]["fields"]


def test_a_table_is_read_once_and_again_when_it_changes(folder, monkeypatch, cold):
    cold()
    name = data.names()[0]
    data.load(name)
    with monkeypatch.context() as closed:
        closed.setattr(data, "_content", None)
        data.load(name)
    rewrite(name, lambda content: content + b"x")
    with pytest.raises(data.DataError):
        data.load(name)


@pytest.mark.parametrize("name", [entry["name"] for entry in data._package()["resources"] if "schema" not in entry])
def test_outlines_hold_every_ally_of_europe_once(name):
    outlines = data.load_outlines(name)
    codes = [feature["id"] for feature in outlines["features"]]
    assert outlines["type"] == "FeatureCollection" and len(codes) == len(set(codes)) > 30
    assert set(data.load("members")["iso3"]) - {"CAN", "USA"} <= set(codes)


@pytest.mark.parametrize(
    "asked, told",
    [
        (lambda: data.load("aid_by_mont"), "did you mean aid_by_month"),
        (lambda: data.unit("aid_by_month", "millitary"), "did you mean military"),
        (lambda: data.sources("aid_by_month", moth="2022-01"), "did you mean month"),
        (lambda: data.newest("countries"), "no column 'edition'"),
    ],
    ids=["table", "column", "part", "edition"],
)
def test_a_misspelt_name_gets_a_hint(asked, told):
    with pytest.raises(data.DataError, match=told):
        asked()


# What the descriptor says -------------------------------------------------------------------


def test_frictionless_finds_no_error():
    from frictionless import Package

    report = Package(str(data.FOLDER / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "title", "rowNumber", "fieldName", "message"])[:5]


def test_data_folder_is_under_2_MB():
    assert sum(file.stat().st_size for file in data.FOLDER.rglob("*") if file.is_file()) < 2_000_000


def test_every_file_of_the_data_folder_is_described():
    found = {file.relative_to(data.FOLDER).as_posix() for file in data.FOLDER.rglob("*") if file.is_file()}
    described = {entry["path"] for entry in data._package()["resources"]}
    assert found - {"datapackage.json"} == described


def test_every_file_has_its_fingerprint():
    for entry in data._package()["resources"]:
        assert (entry.get("bytes"), entry.get("hash")) == data._fingerprint((data.FOLDER / entry["path"]).read_bytes())


@every_table
def test_every_rule_of_the_descriptor_is_one_that_loading_checks(name):
    schema = data.resource(name)["schema"]
    assert set(schema) <= {"fields", "missingValues", "primaryKey", "foreignKeys"}
    for entry in schema["fields"]:
        assert entry["type"] in KINDS and entry.get("format", "default") == "default"
        assert not {"trueValues", "falseValues", "decimalChar", "groupChar", "bareNumber"} & set(entry)
        checked = {"required", "enum", "minimum", "maximum", "pattern", "unique"}
        assert set(entry.get("constraints", {})) <= checked, entry["name"]


@every_table
def test_a_line_of_the_file_is_a_row_of_the_spreadsheet(name):
    """No cell holds a line break, so that the line in an error is right in both."""
    content = path_of(name).read_bytes()
    assert content.count(b"\n") == len(data.load(name)) + 1 and b"\r" not in content


@every_table
def test_every_column_says_what_it_means_and_numbers_their_unit(name):
    for entry in data.resource(name)["schema"]["fields"]:
        assert entry.get("description") or entry.get("title"), entry["name"]
        if entry["type"] == "number":
            assert data.unit(name, entry["name"]) or "in aid_unit" in entry["description"], entry["name"]


@every_table
def test_known_breaks_and_outliers_point_at_rows_that_exist_or_say_that_there_is_none(name):
    for kind in ("breaks", "outliers"):
        for entry in data.resource(name).get(kind, []):
            data.field(name, entry["field"])
            rows = data.load(name)
            for column, value in entry["where"].items():
                rows = rows[rows[column] == value]
            if entry["note"].startswith("No row"):
                assert rows.empty, entry
                continue
            assert len(rows), entry
            assert data.remarks_for(name, rows, entry["field"]).str.contains(entry["note"], regex=False).all()
        assert len(data.remarks(name, kind)) == len(data.resource(name).get(kind, []))


def test_remarks_stand_beside_their_own_rows_only():
    name = next(name for name in data.names() if data.resource(name).get("breaks"))
    noted, rows = data.resource(name)["breaks"][0], data.load(name)
    rows.index = [7] * len(rows)  # the index need not be unique
    notes = data.remarks_for(name, rows, noted["field"])
    assert notes.index.equals(rows.index) and 0 < notes.str.contains(noted["note"], regex=False).sum() < len(rows)
    assert (notes == "").any()
    assert (data.remarks_for(name, rows, "another field") == "").all()
    assert (data.remarks_for(name, rows[[noted["field"]]], noted["field"]) == "").all()


# Sources ------------------------------------------------------------------------------------


def test_every_source_that_the_descriptor_names_is_listed():
    listed = set(data.load("sources")["id"])
    for entry in data._package()["resources"]:
        named = {source["id"] for source in entry.get("sources", []) if "id" in source}
        named |= {column["source"] for column in entry.get("schema", {}).get("fields", []) if "source" in column}
        assert named <= listed, entry["name"]


def cites(name):
    own = any("id" in source for source in data.resource(name).get("sources", []))
    return own or "source" in [entry["name"] for entry in data.resource(name)["schema"]["fields"]]


@pytest.mark.parametrize("name", [name for name in data.names() if cites(name)])
def test_source_line_names_publisher_and_edition_or_day_but_no_address(name):
    line, cited = str(data.cited(name)), data.sources(name)
    assert line.startswith("Source") and cited.iloc[0]["publisher"] in line
    for row in cited.to_dict("records"):
        day = "" if pd.isna(row["date_read"]) else f"read {row['date_read']:%d %B %Y}".replace("read 0", "read ")
        assert (day if pd.isna(row["edition"]) else row["edition"]) in line
    assert "http" not in line and "www." not in line
    assert not {"nan", "NaT", "None", "<NA>"} & set(line.replace(",", " ").replace(";", " ").split())


def test_source_line_of_one_edition_names_that_edition_only():
    one = data.sources("defence_expenditure", edition="2026-07")
    assert 0 < len(one) < len(data.sources("defence_expenditure"))
    assert set(one["id"]) == set(data.load("defence_expenditure").query("edition == '2026-07'")["source"])


def test_source_line_of_one_column_names_its_own_source_only():
    assert list(data.sources("institutions", "cpi_score")["id"]) == [data.field("institutions", "cpi_score")["source"]]
    assert len(data.sources("institutions")) > 1


def test_a_line_under_a_chart_names_the_first_sources_and_counts_the_others():
    name = max(data.names(), key=lambda name: len(data.sources(name)) if cites(name) else 0)
    found = data.cited(name)
    for line in found.lines()[:-1]:
        *named, more = line.removeprefix("Sources: ").split("; ")
        briefs = {(source.brief(), source.brief(only_year=True)) for source in found}
        said = sum(bool({*pair} & {*named}) for pair in briefs)
        assert more.startswith("and ") and more.endswith(" more"), line
        assert all(any(part in pair for pair in briefs) for part in named), line
        assert int(more.split()[1]) + said >= len(briefs), line
    assert len(str(found).split("; ")) >= len(found)


def test_a_line_under_a_chart_says_the_edition_in_short_and_how_many_sources_more():
    told = [
        ("A", "Tracker", "Release 30, August 2026"), ("B", "Spending (2014-2026), 3 July 2026", "read 5 October 2026"),
        ("C", "Database", "2026"), ("D", "Index", "read 1 May 2026"), ("E", "Yearbook", "2001, 2002"),
    ]  # fmt: skip
    found = data.Sources(data.Source(*one) for one in told)
    assert [one.brief() for one in found] == [
        "A, Release 30",
        "B, 3 July 2026",
        "C, 2026",
        "D, read 1 May 2026",
        "E, 2001",
    ]
    assert [one.brief(only_year=True) for one in found] == ["A, 2026", "B, 2026", "C, 2026", "D, 2026", "E, 2002"]
    assert [line.split("; ")[-1] for line in found.lines()] == [
        "E, 2001", "and 1 more", "and 2 more", "and 3 more", "and 4 more", "and 4 more", "A and 4 more",
    ]  # fmt: skip


def test_a_part_without_rows_has_no_source_line():
    with pytest.raises(data.DataError, match="cites no source"):
        data.cited("defence_expenditure", edition="1900-01")


# A new edition ------------------------------------------------------------------------------


def test_a_revised_edition_needs_no_code(folder):
    before = data.newest("defence_expenditure")
    header, *rows = path_of("defence_expenditure").read_text(encoding="utf-8").splitlines()
    at = header.split(",").index("edition")
    revised = [row.split(",") for row in rows if row.split(",")[at] == before]
    added = "".join(",".join([*row[:at], "2099-01", *row[at + 1 :]]) + "\n" for row in revised)
    rewrite("defence_expenditure", lambda content: content + added.encode())
    announce("defence_expenditure", "edition", "2099-01")
    with pytest.raises(data.DataError, match="--record"):
        data.load("defence_expenditure")
    assert data.main(["--record"]) == 0
    assert data.newest("defence_expenditure") == "2099-01" > before
    assert (data.load("defence_expenditure")["edition"] == "2099-01").sum() == len(revised)
    assert str(data.cited("defence_expenditure", edition="2099-01")).startswith("Source")


def announce(name, column, value):
    """Name a new value in datapackage.json, as a maintainer would."""
    package = json.loads((data.FOLDER / "datapackage.json").read_bytes())
    schema = next(entry["schema"] for entry in package["resources"] if entry["name"] == name)
    rules = next(entry["constraints"] for entry in schema["fields"] if entry["name"] == column)
    rules.get("enum", []).append(value)
    (data.FOLDER / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")


def test_markup_and_formulas_stay_text(folder):
    name = next(name for name in data.names() if "note" in data.load(name) and len(data.load(name)) > 8)
    rows = [list(row.values()) for row in cells_of(name)]
    at = list(cells_of(name)[0]).index("note")
    texts = ["=1+1", "<script>alert(1)</script>", "@SUM(A1)", "+1", "NA", "nan", "NULL", " spaces "]
    for row, text in zip(rows, texts, strict=False):
        row[at] = text
    with path_of(name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([cells_of_header(name), *rows])
    assert data.main(["--record"]) == 0
    assert data.load(name)["note"].head(len(texts)).tolist() == texts


def cells_of_header(name):
    return [entry["name"] for entry in data.resource(name)["schema"]["fields"]]


def test_recording_changes_nothing_but_fingerprints(folder):
    descriptor = folder / "datapackage.json"
    before = descriptor.read_bytes()
    assert data.main(["--record"]) == 0
    assert descriptor.read_bytes() == before
    name = data.names()[0]
    rewrite(name, last_row_first)
    assert data.main(["--record"]) == 0
    changed = [
        line
        for line in zip(before.splitlines(), descriptor.read_bytes().splitlines(), strict=True)
        if line[0] != line[1]
    ]
    assert all(b'"hash"' in line[0] or b'"bytes"' in line[0] for line in changed) and changed
    assert list(json.loads(before)) == list(json.loads(descriptor.read_bytes()))


def test_a_damaged_table_is_not_recorded(folder, capsys):
    before = (folder / "datapackage.json").read_bytes()
    rewrite(data.names()[-1], lambda content: content + b"x,y\n" * 2)
    assert data.main(["--record"]) == 1
    assert (folder / "datapackage.json").read_bytes() == before
    assert path_of(data.names()[-1]).name in capsys.readouterr().err


def test_the_check_prints_a_line_a_table_and_fails_on_damage(folder, capsys):
    assert data.main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == data.names() and all(line.endswith("ok") for line in lines)
    rewrite(data.names()[-1], lambda content: content[:-5])
    assert data.main([]) == 1
    assert f"{data.names()[-1]}" in capsys.readouterr().out


def words_of_code():
    """Every word in the code of the house and of the lessons."""
    sources = [path.read_text(encoding="utf-8") for path in (HOUSE / "notebooks" / "alliance").rglob("*.py")]
    for path in (HOUSE / "notebooks").glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        sources += ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return set(re.findall(r"\w+", "\n".join(sources)))


def test_no_table_or_column_stands_there_that_nobody_reads():
    """Code names it, or it is a key of its table: what no lesson, claim or chart reads is dropped, and said there."""
    known, idle = words_of_code(), []
    for name in data.names():
        schema = data.resource(name)["schema"]
        keys = [schema.get("primaryKey", []), *(key["fields"] for key in schema.get("foreignKeys", []))]
        keys = {field for key in keys for field in ([key] if isinstance(key, str) else key)}
        columns = {field["name"] for field in schema["fields"]} - keys
        idle += [name] * (name not in known) + [f"{name}.{column}" for column in sorted(columns - known)]
    assert not idle, idle
