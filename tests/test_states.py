"""Every state that a control can take draws what its table says, in words and marks."""

import itertools
import re
from numbers import Number
from unittest import mock

import numpy as np
import pandas as pd
import pytest

import laws
import lessons
import record
from alliance import data, world
from alliance.controls import Explore

pytestmark = pytest.mark.slow


def has_controls(cell):
    """Whether a cell shows a chart with controls, at once or behind a guess."""
    return "explore(" in cell or ("reveal(" in cell and "controls." in cell)


PANELS = [
    pytest.param(path, place, id=f"{path.stem}-{place}")
    for path in lessons.PATHS
    for place in range(sum(has_controls(cell) for cell in lessons.code_cells(path)))
]


def states(controls):
    """All states of single controls, then all pairs, the others as they stand at the start; each state once."""
    return {tuple(state.items()): state for state in all_states(controls)}.values()


def drawn_states(panel):
    """All states of a panel's controls, each drawn once when it is yielded; at the end the panel stands as before."""
    start = {name: control.value for name, control in panel.controls.items()}
    for state in states(panel.controls):
        put(panel, state)
        yield state
    put(panel, start)


def put(panel, state):
    """Set the controls of a panel, each of which would draw it, and any other that shares them; then draw it once."""
    with mock.patch.object(Explore, "again"):
        for name, value in state.items():
            panel.controls[name].value = value
    panel.again()


def all_states(controls):
    start = {name: control.value for name, control in controls.items()}
    for name, control in controls.items():
        for value in lessons.options(control):
            yield {**start, name: value}
    for (one, first), (two, second) in itertools.combinations(controls.items(), 2):
        for value, other in itertools.product(thinned(lessons.options(first)), thinned(lessons.options(second))):
            yield {**start, one: value, two: other}


def thinned(options, most=3):
    """At most `most` of the options, ends included, so that pairs of long lists stay countable."""
    return [options[round(place)] for place in np.linspace(0, len(options) - 1, min(most, len(options)))]


SHORT = 50  # letters of 14 pixels in a line, where 340 pixels are left for a chart


@pytest.mark.parametrize(("path", "place"), PANELS)
def test_every_control_state_draws(path, place, record_property):
    number, panel = lessons.panels(path)[place]
    assert_a_misspelt_choice_is_told(panel)
    shown = {}
    for state in drawn_states(panel):
        where = f"{path.name}, code cell {number}, {state}"
        assert not panel.message.value, f"{where}: {panel.message.value}"
        figure = panel.figure
        assert figure.twin and figure.source and figure.layout.title.text, f"{where}: a chart without its words"
        assert figure.table is not None, f"{where}: a chart without its table"
        line = figure.source.lines()[-1]
        assert len(line) <= SHORT, f"{where}: {line!r} is no line on a phone"
        assert_marks_from_table(figure, where)
        laws.assert_kept(figure, where)
        shown[record.said(state)] = record.seen(figure)
    record_property("states of controls", len(shown))
    twins = {words["twin"] for words in shown.values()}
    print(f"{path.stem}, cell {number}: {len(shown)} states, {len(twins)} different sentences")
    assert len(twins) > 1, f"{path.name}, code cell {number}: the sentence under the chart never changes"
    assert_as_recorded(lessons.number(path), f"panel {place + 1}", shown)


def assert_a_misspelt_choice_is_told(panel):
    """No misspelt word falls to some other branch: what it can be is said, the right one with it."""
    for name, value in panel.values().items():
        if isinstance(value, str) and value and name != "until":  # a month: one that is in no list is one, too
            world._today.cache_clear()  # whatever was made before it
            with pytest.raises(data.DataError, match=rf" knows no {name} .*{re.escape(value)}"):
                panel.drawn(**{name: f"{value[:-1]}x{value[-1]}"})


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in lessons.PATHS])
def test_no_panel_with_controls_is_left_out(path):
    assert len(lessons.panels(path)) == sum(has_controls(cell) for cell in lessons.code_cells(path))


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in lessons.PATHS])
def test_every_hidden_and_still_chart_is_as_recorded(path):
    for what, now in record.lesson(path, panels=False).items():
        assert_as_recorded(lessons.number(path), what, now)


@pytest.mark.parametrize("part", ["evidence", "findings", "own sentences"])
def test_evidence_findings_and_own_sentences_are_as_recorded(part):
    now = record.parts()[part]()
    for what in {**record.read(part), **now}:
        assert_as_recorded(part, what, now.get(what, {}))


def assert_as_recorded(part, what, now):
    recorded = record.read(part).get(what, {})
    told = record.differences(part, {what: recorded}, {what: now})
    assert not told, f"{told}\nIf this is meant, `python tests/record.py --renew` writes it down."


# Marks without a number of their own: one number for many rows, which the legend gives, or a hint beside the data.
HINTS = ("average of", "middle of", "no figure", "see note", "events, named")


def assert_marks_from_table(figure, where):
    """The table behind the chart holds each bar's length, each number that a mark shows on an axis with numbers, the name of
    each land that a map marks, and of a mark without numbers its place or letters."""
    known = in_table(figure.table)
    for trace in figure.data:
        if trace.hoverinfo == "skip" or (trace.name or "").startswith(HINTS):
            continue
        told = f"{where}: {trace.type} {trace.name!r}"
        if trace.type == "bar":
            needed, any_of = [trace.x if trace.orientation == "h" else trace.y], []
        elif trace.type == "choropleth":
            needed, any_of = (
                [[name for name, says in zip(trace.text, trace.customdata) if "not an ally" not in says]],
                [],
            )
        else:
            sides = {side: trace[side] for side in ("x", "y", "text", "customdata") if side in trace}
            needed = [sides[side] for side in ("x", "y") if side in sides and shows_numbers(figure, trace, side)]
            any_of = sides.values()
        for side in needed:
            assert not (strange := missing(side, known)), f"{told} draws {strange[:3]}, not in its table"
        beside = [missing(side, known) for side in any_of]
        assert not beside or not all(beside), f"{told}: neither place nor letters are in its table: {beside[0][:3]}"


def shows_numbers(figure, trace, side):
    """Whether the marks stand on an axis where a reader reads numbers: not names, days or lanes."""
    axis = figure.layout[f"{side}axis{(trace[f'{side}axis'] or side)[1:]}"]
    values = [value for value in trace[side] if not pd.isna(value)]
    hidden = axis.visible is False or axis.showticklabels is False or axis.ticktext is not None
    lane = len(values) > 1 and len(set(values)) == 1
    return not hidden and not lane and bool(values) and all(isinstance(value, Number) for value in values)


def missing(side, known):
    """What of a trace's values is not in the table."""
    values = [] if side is None or isinstance(side, str) else np.asarray(side, dtype=object).ravel()
    return [value for value in values if not pd.isna(value) and value != "" and not is_in(value, *known)]


def in_table(table):
    """The numbers of a table, rounded; its words; and the days, months and years that its dates begin with."""
    cells = [value for _, column in table.reset_index().items() for value in column.dropna()]
    numbers = {round(float(value), 6) for value in cells if isinstance(value, Number)}
    words = {str(value).removesuffix(" 00:00:00") for value in cells} | set(map(str, table.columns))
    dates = [word for word in words if word[:4].isdigit() and word[4:5] == "-"]
    return numbers, words, {date[:long] for date in dates for long in (4, 7, 10)}


def is_in(value, numbers, words, dates):
    """Whether a value that is drawn is in the table: a number, a word, or a day (or its year) that the table gives in some way."""
    if isinstance(value, Number):
        return round(float(value), 6) in numbers or str(value) in dates
    if hasattr(value, "isoformat") or isinstance(value, np.datetime64):
        day = str(value)[:10]
        return day in dates or day[:7] in dates or day[:4] in words
    return str(value) in words
