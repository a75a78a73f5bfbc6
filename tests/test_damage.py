"""A damaged table never becomes a wrong chart: it is refused with its place, or it loads unharmed."""

import itertools
import os
import shutil

import damage
import pytest
from alliance import data

TABLES = {}
TABLES.update({name: damage.Table(data.resource(name), data._content(data.resource(name)["path"]), TABLES)
               for name in data.names()})
MOMENT = itertools.count(1)  # own file times: the clock is too coarse for tests this fast
VARIANTS = [variant for table in TABLES.values() for variant in damage.variants(table)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return shutil.copytree(data.FOLDER, tmp_path_factory.mktemp("damage") / "data")


@pytest.fixture
def write(folder, monkeypatch):
    """Return a function that damages one file; the file is whole again after the test."""
    monkeypatch.setattr(data, "FOLDER", folder)
    changed = []

    def write(path, content):
        file = folder / path
        changed.append((file, file.read_bytes(), file.stat().st_mtime_ns))
        file.unlink()
        if content is not None:
            file.write_bytes(content)
            os.utime(file, ns=(0, next(MOMENT) * 10**9))

    yield write
    for file, content, time in changed:
        file.write_bytes(content)
        os.utime(file, ns=(time, time))


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: f"{variant.table}: {variant.kind}")
def test_damage_is_refused_with_its_place_or_harmless(variant, write):
    file = variant.file or data.resource(variant.table)["path"]
    whole = data.load(variant.table) if variant.harmless else None
    write(file, variant.content)
    if variant.harmless:
        return assert_equal(data.load(variant.table), whole)
    with pytest.raises(data.DataError) as caught:
        data.load(variant.table)
    message = str(caught.value)
    for word in (f"data/{data.resource(variant.table)['path']}", *variant.says):
        assert word in message
    assert caught.value.__suppress_context__ or caught.value.__context__ is None, "shows another traceback too"
    assert len(message) < 600


def assert_equal(found, expected):
    assert found.equals(expected) and (found.dtypes == expected.dtypes).all()


def test_at_least_200_variants_over_all_tables_are_tried(capsys):
    with capsys.disabled():
        print(f" {len(VARIANTS)} damaged variants of {len(TABLES)} tables", end=" ")
    assert len(VARIANTS) >= 200
    assert {variant.table for variant in VARIANTS} == set(data.names())


def test_whole_tables_pass_through_the_mutations_unchanged():
    """Else a mutation would be refused for its layout, not for its damage."""
    for table in TABLES.values():
        assert table.with_rows(table.rows) == table.content, table.file


@pytest.mark.parametrize("content, says", [
    (None, "missing"), (b"", "not JSON"), (b'{"resources": [', "line 1"), (b"\xff\xfe", "UTF-8"), (b"[]", "names no resources"),
], ids=["missing", "empty", "cut", "UTF-16", "a list"])
def test_a_damaged_descriptor_is_named(content, says, write):
    write("datapackage.json", content)
    with pytest.raises(data.DataError, match=says) as caught:
        data.names()
    assert "data/datapackage.json" in str(caught.value)
