"""The lessons as tests see them: their cells, run in order in one namespace, and what each shows."""

import ast
import functools
import pathlib

import ipywidgets as widgets
import nbformat

from alliance.chart import Chart
from alliance.controls import Explore, Number
from alliance.lesson.predict import Reveal, Waiting

FOLDER = pathlib.Path(__file__).parents[1] / "notebooks"
PATHS = sorted(FOLDER.glob("[0-9]*.ipynb"))


def number(path):
    """What a lesson is called by, and what its record, checks and guesses begin with: "05", or "05b" for a second half."""
    return path.name.split("_")[0]


LESSONS = [path for path in PATHS if number(path) not in ("00", "11")]


@functools.cache
def book(path):
    """The notebook at `path`, as nbformat reads it."""
    return nbformat.read(path, as_version=4)


def code_cells(path):
    """The sources of the code cells, in order."""
    return [cell.source for cell in book(path).cells if cell.cell_type == "code"]


def set_up_and_rest(path):
    """The code cells before the first section (set-up), and all others."""
    set_up, rest, in_sections = [], [], False
    for cell in book(path).cells:
        if cell.cell_type == "markdown":
            in_sections = in_sections or any(line.startswith("## ") for line in cell.source.splitlines())
        else:
            (rest if in_sections else set_up).append(cell.source)
    return set_up, rest


def prose(path):
    """The text of all Markdown cells, joined."""
    return "\n\n".join(cell.source for cell in book(path).cells if cell.cell_type == "markdown")


def run_cell(source, namespace):
    """Run one cell's source as a kernel does; returns the value of its last expression, or None."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), namespace)
    return eval(compile(ast.Expression(last.value), "<cell>", "eval"), namespace) if last else None


@functools.cache
def outputs(path):
    """What the code cells of a lesson show before any guess: pairs of cell number (among code cells) and value."""
    namespace, before = {}, set(open_widgets())
    values = [(number, run_cell(source, namespace)) for number, source in enumerate(code_cells(path), 1)]
    made[path] = [widget for widget in open_widgets() if widget not in before]
    return [(number, value) for number, value in values if value is not None]


made = {}  # by lesson: the widgets that were open when its last cell had run


def open_widgets():
    """All widgets that are open, as a page asks for them when it is loaded anew."""
    return list(widgets.widget._instances.values())


def shown(path):
    """The same, with what waits for a guess in the place of the panel that holds it back."""
    return [
        (number, part)
        for number, value in outputs(path)
        for part in (value.contents if isinstance(value, Waiting) else [value])
    ]


def explored(value):
    """The `Explore` panel that a value is, or that a reveal with controls opens; None if it is neither."""
    if isinstance(value, Reveal) and value.controls:
        return value.explore()
    return value if isinstance(value, Explore) else None


@functools.cache
def panels(path):
    """The `Explore` panels of a lesson, those behind a guess among them."""
    found = [(number, explored(value)) for number, value in shown(path)]
    return [(number, panel) for number, panel in found if panel]


def figures(path):
    """Every figure a lesson shows at the start: of panels, charts and reveals."""
    for number, value in shown(path):
        if isinstance(value, Explore):
            yield number, value.figure
        elif isinstance(value, Chart):
            yield number, value.shown
        elif isinstance(value, Reveal):
            yield number, value.figure


def charts(value):
    """The charts in what a cell shows, however deep they lie."""
    if isinstance(value, Chart):
        yield value
    for part in getattr(value, "children", ()):
        yield from charts(part)


@functools.cache
def ends(path):
    """What each control of a lesson's panels draws at its two ends: place, control, the two figures."""
    found = []
    others = [(number, value) for number, value in shown(path) if not isinstance(value, Explore | Reveal)]
    for number, value in [*panels(path), *others]:
        for name, control in getattr(value, "controls", {}).items():
            if isinstance(control, Number):
                continue
            start, figures = control.value, []
            for end in (options(control)[0], options(control)[-1]):
                control.value = end
                figures.append(value.figure)
            control.value = start
            found.append((f"{path.name}, code cell {number}, {name}", control, figures))
    return found


@functools.cache
def drawn(path):
    """Every figure of a lesson with its place: shown at the start, hidden behind a guess, or at a control's ends."""
    found = []
    for number, value in shown(path):
        where = f"{path.name}, code cell {number}"
        found += [(where, value.figure)] if isinstance(value, Reveal) else []
        found += [(where, chart.shown) for chart in charts(value) if chart.shown.table is not None]
    return found + [(where, figure) for where, _, figures in ends(path) for figure in figures]


def options(control):
    """The values a control can take: all of a list; ends, middle and every step of short sliders."""
    if isinstance(control, widgets.Checkbox):
        return [False, True]
    if hasattr(control, "options"):
        return [option[1] if isinstance(option, tuple) else option for option in control.options]
    count = round((control.max - control.min) / control.step)
    steps = (
        range(count + 1) if count <= 40 else sorted({0, 1, count // 4, count // 2, 3 * count // 4, count - 1, count})
    )
    whole = isinstance(control, widgets.IntSlider | widgets.BoundedIntText)
    return [
        control.min + step * control.step if whole else round(control.min + step * control.step, 10) for step in steps
    ]
