"""Every state that a control can take draws what its table says, in words and marks."""

import itertools
from numbers import Number

import numpy as np
import pandas as pd
import pytest

import lessons

pytestmark = pytest.mark.slow
PANELS = [
    pytest.param(path, place, id=f"{path.stem}-{place}")
    for path in lessons.PATHS
    for place in range(sum("explore(" in cell for cell in lessons.code_cells(path)))
]


def states(controls):
    """All states of single controls, then all pairs, the others as they stand at the start."""
    start = {name: control.value for name, control in controls.items()}
    for name, control in controls.items():
        for value in lessons.options(control):
            yield {**start, name: value}
    for (one, first), (two, second) in itertools.combinations(controls.items(), 2):
        for value, other in itertools.product(thinned(lessons.options(first)), thinned(lessons.options(second))):
            yield {**start, one: value, two: other}


def thinned(options, most=5):
    """At most `most` of the options, ends included, so that pairs of long lists stay countable."""
    return [options[round(place)] for place in np.linspace(0, len(options) - 1, min(most, len(options)))]


@pytest.mark.parametrize(("path", "place"), PANELS)
def test_every_control_state_draws(path, place, record_property):
    number, panel = lessons.panels(path)[place]
    count, twins = 0, set()
    for state in states(panel.controls):
        for name, value in state.items():
            panel.controls[name].value = value
        where = f"{path.name}, code cell {number}, {state}"
        assert not panel.message.value, f"{where}: {panel.message.value}"
        figure = panel.figure
        assert figure.twin and figure.source and figure.layout.title.text, f"{where}: a chart without its words"
        assert figure.table is not None, f"{where}: a chart without its table"
        assert_marks_from_table(figure, where)
        twins.add(figure.twin)
        count += 1
    record_property("states of controls", count)
    print(f"{path.stem}, cell {number}: {count} states, {len(twins)} different sentences")
    assert len(twins) > 1, f"{path.name}, code cell {number}: the sentence under the chart never changes"


SUMMED_UP = ("average of", "middle of")  # marks of one number for many rows, named in the legend with their number


def assert_marks_from_table(figure, where):
    """Each bar's length, the name of each land that a map marks, and of all other marks place, height or letters, is in the table behind the chart."""
    numbers, words = in_table(figure.table)
    for trace in figure.data:
        if trace.hoverinfo == "skip" or (trace.name or "").startswith(SUMMED_UP):
            continue
        if trace.type == "bar":
            sides = [trace.x if trace.orientation == "h" else trace.y]
        elif trace.type == "choropleth":
            sides = [[name for name, told in zip(trace.text, trace.customdata) if "not an ally" not in told]]
        else:
            sides = [trace[side] for side in ("x", "y", "text", "customdata") if side in trace]
        strange = []
        for side in sides:
            values = [] if side is None or isinstance(side, str) else np.asarray(side, dtype=object).ravel()
            drawn = [value for value in values if not pd.isna(value) and value != ""]
            strange.append([value for value in drawn if not is_in(value, numbers, words)])
        assert not strange or min(map(len, strange)) == 0, (
            f"{where}: {trace.type} {trace.name!r} draws {min(strange, key=len)[:3]}, not in the table behind the chart"
        )


def in_table(table):
    """The numbers of a table, rounded, and its words with its dates as they are written."""
    cells = [value for _, column in table.reset_index().items() for value in column.dropna()]
    numbers = {round(float(value), 6) for value in cells if isinstance(value, Number)}
    return numbers, {str(value).removesuffix(" 00:00:00") for value in cells} | set(map(str, table.columns))


def is_in(value, numbers, words):
    """Whether a value that is drawn is in the table: a number, a word, or a day that the table gives as day, month or year."""
    if isinstance(value, Number):
        return round(float(value), 6) in numbers
    if hasattr(value, "isoformat") or isinstance(value, np.datetime64):
        day = str(value)[:10]
        return any(word.startswith((day, day[:7])) or word == day[:4] for word in words)
    return str(value) in words
