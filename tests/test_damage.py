"""A damaged table never becomes a wrong chart: it is refused with its place, or it loads unharmed."""

import contextlib
import itertools
import json
import os
import shutil

import pytest

import damage
from alliance import data

MOMENT = itertools.count(1)  # own file times: the clock is too coarse for tests this fast


@pytest.fixture(scope="module")
def tables():
    """Each table as the mutations take it, by name."""
    found = {}
    for name in data.names():
        found[name] = damage.Table(data.resource(name), data._content(data.resource(name)["path"]), found)
    return found


@pytest.fixture(scope="module")
def variants(tables):
    """The ways in which each table is damaged, by its name."""
    return {name: list(damage.variants(table)) for name, table in tables.items()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return shutil.copytree(data.FOLDER, tmp_path_factory.mktemp("damage") / "data")


@pytest.fixture
def damaged(folder, monkeypatch):
    """`with damaged(path, content):` one file holds other bytes, or is missing; then it is whole again."""
    monkeypatch.setattr(data, "FOLDER", folder)

    @contextlib.contextmanager
    def damaged(path, content):
        file = folder / path
        whole, time = file.read_bytes(), file.stat().st_mtime_ns
        file.unlink()
        if content is not None:
            file.write_bytes(content)
            os.utime(file, ns=(0, next(MOMENT) * 10**9))
        try:
            yield
        finally:
            file.write_bytes(whole)
            os.utime(file, ns=(time, time))

    return damaged


@pytest.mark.slow
@pytest.mark.parametrize("name", data.names())
def test_damage_is_refused_with_its_place_or_harmless(name, variants, damaged):
    whole, path = data.load(name), data.resource(name)["path"]
    wrong = {}
    for variant in variants[name]:
        with damaged(variant.file or path, variant.content):
            if told := told_wrongly(variant, whole, f"data/{path}"):
                wrong[variant.kind] = told
    assert not wrong


def told_wrongly(variant, whole, path):
    """'' or what is not as it should be, now that a table is damaged."""
    try:
        found = data.load(variant.table)
    except data.DataError as error:
        message = str(error)
        missing = [word for word in (path, *variant.says) if word not in message]
        traceback = error.__context__ is not None and not error.__suppress_context__
        fine = not variant.harmless and not missing and not traceback and len(message) < 600
        return "" if fine else f"{message} (without {missing}; another traceback: {traceback})"
    same = found.equals(whole) and (found.dtypes == whole.dtypes).all()
    return "" if variant.harmless and same else f"loads as {'the same' if same else 'another'} table"


def test_at_least_200_variants_over_all_tables_are_tried(variants, record_property):
    record_property("damaged variants", sum(map(len, variants.values())))
    assert sum(map(len, variants.values())) >= 200 and all(map(len, variants.values()))


def test_whole_tables_pass_through_the_mutations_unchanged(tables):
    """Else a mutation would be refused for its layout, not for its damage."""
    for table in tables.values():
        assert table.with_rows(table.rows) == table.content, table.file


@pytest.mark.parametrize(
    "content, says",
    [
        (None, "missing"),
        (b"", "not JSON"),
        (b'{"resources": [', "line 1"),
        (b"\xff\xfe", "UTF-8"),
        (b"[]", "names no resources"),
    ],
    ids=["missing", "empty", "cut", "UTF-16", "a list"],
)
def test_a_damaged_descriptor_is_named(content, says, damaged):
    with damaged("datapackage.json", content), pytest.raises(data.DataError, match=says) as caught:
        data.names()
    assert "data/datapackage.json" in str(caught.value)


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    """Return a function that makes a package of two tables of one's own, with rules that the course may use one day."""
    monkeypatch.setattr(data, "FOLDER", tmp_path)

    def make(town, schema):
        land = {
            "fields": [{"name": "land", "type": "string"}, {"name": "part", "type": "integer"}],
            "primaryKey": ["land", "part"],
        }
        tables = {"land": ("land,part\nA,1\nA,2\n", land), "town": (town, schema)}
        for name, (text, _) in tables.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
        resources = [{"name": name, "path": f"{name}.csv", "schema": schema} for name, (_, schema) in tables.items()]
        (tmp_path / "datapackage.json").write_text(json.dumps({"resources": resources}), encoding="utf-8")
        return data.load("town")

    return make


def town(**rules):
    names = {"name": "string", "land": "string", "part": "integer"}
    return {"fields": [{"name": name, "type": kind} for name, kind in names.items()], **rules}


def test_a_value_that_should_be_unique_is_named_with_all_its_lines(tiny):
    schema = town()
    schema["fields"][0]["constraints"] = {"unique": True}
    assert tiny("name,land,part\nx,A,1\n,A,1\n,A,1\n", schema)["name"].isna().tolist() == [False, True, True]
    with pytest.raises(
        data.DataError, match=r"town.csv, line 2, column name: 'x' .* line 3 \('x'\); line 5 \('x'\), 4 in all"
    ):
        tiny("name,land,part\nx,A,1\nx,A,1\ny,A,1\nx,A,1\nx,A,1\n", schema)


def test_a_foreign_key_of_two_columns_is_checked_as_one(tiny):
    both = [{"fields": ["land", "part"], "reference": {"resource": "land", "fields": ["land", "part"]}}]
    assert len(tiny("name,land,part\nx,A,2\ny,,\n", town(foreignKeys=both))) == 2
    with pytest.raises(
        data.DataError, match="line 3, column land, part: 'B, 1' is not in .*land.csv, column land, part"
    ):
        tiny("name,land,part\nx,A,1\ny,B,1\n", town(foreignKeys=both))


def test_a_foreign_key_may_point_into_its_own_table(tiny):
    own = [{"fields": "land", "reference": {"resource": "", "fields": "name"}}]
    assert len(tiny("name,land,part\nx,x,1\ny,x,1\n", town(foreignKeys=own))) == 2
    with pytest.raises(data.DataError, match="line 3, column land: 'z' is not in .*town.csv, column name"):
        tiny("name,land,part\nx,x,1\ny,z,1\n", town(foreignKeys=own))


def test_missing_values_are_what_the_descriptor_says(tiny):
    table = tiny("name,land,part\nx,NA,-\n", town(missingValues=["", "-"]))
    assert table["land"].tolist() == ["NA"] and table["part"].isna().all()


def test_a_line_break_in_a_cell_does_not_shift_the_lines_of_an_error(tiny):
    with pytest.raises(data.DataError, match="line 4, column part: 'b'"):
        tiny('name,land,part\n"x\ny",A,1\nz,A,b\n', town())
