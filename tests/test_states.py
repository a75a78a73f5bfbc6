"""Every state that a control can take draws what its table says, in words and marks."""

import itertools

import numpy as np
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


def assert_marks_from_table(figure, where):
    """Every finite bar length is a number of the table behind the chart, or a sum or difference of them."""
    numbers = figure.table.select_dtypes("number").to_numpy(dtype=float).ravel()
    numbers = numbers[np.isfinite(numbers)]
    for trace in figure.data:
        if trace.type == "bar" and trace.hoverinfo != "skip":
            lengths = np.asarray(trace.x if trace.orientation == "h" else trace.y, dtype=float)
            strange = [
                length
                for length in lengths[np.isfinite(lengths)]
                if not np.isclose(numbers, length, rtol=1e-6, atol=1e-9).any()
            ]
            assert not strange, f"{where}: bars of {strange[:3]} are not in the table behind the chart"
