"""What is newest comes from the tables: no control stops before it, and no cell types it."""

import ast
import re

import pandas as pd
import pytest

import lessons
from alliance import data, figures, world
from alliance.world import World, load

PATHS = [pytest.param(path, id=path.stem) for path in lessons.PATHS]
NEWEST = ("year", "edition", "release", "month")  # controls by these names end at the newest that the tables have
FREE = {  # controls that end elsewhere, and why
    "figures.invitation_scenarios": "years to come, in which Ukraine might be invited",
    "figures.revised_aid": "an older release, beside the newest",
}
TYPED = re.compile(r"(20)\d\d-\d\d|R\d\d(-preview)?")


def called(draw):
    return f"{draw.__module__.removeprefix('alliance.').split('.')[0]}.{draw.__name__}"


def newest(name, draw):
    """The newest year (edition, ...) in each table that a figure is filled from; of years, the last event's, too.

    Of editions, that of several years, too: a chart of years cannot draw an annual report's single one.
    """
    found = {load("events")["date"].max().year} if name == "year" else set()
    found |= {load("newest_edition")} if name == "edition" else set()
    for table in (data.load(needed) for needed in world.needs(draw)):
        if name in table:
            found.add(table[name].max())
        elif name == "year":
            days = [table[column].max() for column in table if table[column].dtype.kind == "M"]
            found |= {day.year for day in days if pd.notna(day)}
    return found


@pytest.mark.parametrize("path", PATHS)
def test_a_control_ends_at_the_newest_of_its_table(path):
    for place, panel in lessons.panels(path):
        for name in set(NEWEST) & set(panel.controls):
            if called(panel.draw) in FREE:
                continue
            last = max(lessons.options(panel.controls[name]))
            where = f"{path.name}, code cell {place}, {called(panel.draw)}: {name}"
            assert last in newest(name, panel.draw), f"{where} ends at {last}, not at {newest(name, panel.draw)}"


@pytest.mark.parametrize("path", PATHS)
def test_no_control_has_its_newest_typed(path):
    for number, source in enumerate(lessons.code_cells(path), 1):
        for call in ast.walk(ast.parse(source)):
            if not isinstance(call, ast.Call) or not ast.unparse(call.func).startswith("controls."):
                continue
            given = [] if ast.unparse(call.func) == "controls.years" else call.args  # its numbers say where it starts
            parts = [*given, *(word.value for word in call.keywords if word.arg not in ("value", "first"))]
            values = [part.value for one in parts for part in ast.walk(one) if isinstance(part, ast.Constant)]
            typed = [v for v in values if (type(v) is int and 2014 <= v < 2100) or TYPED.fullmatch(str(v))]
            allowed = any(name.split(".")[1] in source for name in FREE)
            assert not typed or allowed, f"{path.name}, code cell {number}: {typed} typed in {ast.unparse(call)}"


def test_a_misspelt_name_says_which_are_close():
    with pytest.raises(data.DataError, match="did you mean year"):
        World().ask(figures.guideline, yaer=2024)
    with pytest.raises(data.DataError, match="did you mean allied_spending"):
        World().ask(lambda alied_spending: alied_spending)
    with pytest.raises(data.DataError, match="did you mean 'members'"):
        load("member")
