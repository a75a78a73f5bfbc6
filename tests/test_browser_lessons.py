"""Every notebook in JupyterLab without a network: it runs, draws, obeys its controls, is readable and named. Hostile words too."""

import pathlib
import re
import shutil

import nbformat
import pytest

import hostile
import lab
import lessons

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def learner(browser, server):
    """One JupyterLab for all notebooks: whoever goes through the course does not start it anew for each lesson."""
    notebook = lab.Notebook(browser, server, f"notebooks/{lessons.PATHS[0].name}")
    yield notebook
    notebook.close()


@pytest.fixture(scope="module", params=[pytest.param(path.name, id=path.stem) for path in lessons.PATHS])
def lesson(request, learner):
    """A notebook opened as it is saved, then run; `before` is what stood there before it ran."""
    if learner.path != (path := f"notebooks/{request.param}"):
        learner.go_on_to(path)
    learner.before = learner.outputs()
    learner.seconds = learner.run_all()
    yield learner


def test_a_saved_lesson_shows_its_words_before_it_runs(lesson):
    for out in lesson.before:
        wrong = re.search(r"model not found|Traceback|^\w*Error\b", out["text"], re.IGNORECASE | re.MULTILINE)
        assert not wrong, out["text"][:200]
        assert out["text"] or not {"text/plain", "text/html"} & set(out["kinds"]), f"[{out['cell']}] shows nothing"


def test_a_lesson_runs_without_an_error_or_a_request_outside(lesson, record_property):
    assert not lesson.errors() and not lesson.warnings()
    assert not lesson.complaints, "console or page errors"
    assert not lesson.outside and len(lesson.log.requests) > 10, "requests that leave the machine"
    assert all(out["count"] for out in lesson.outputs() if out["source"].strip())
    record_property("seconds to run a lesson in JupyterLab", round(lesson.seconds, 1))
    print(f"{lesson.path}: ran in {lesson.seconds:.1f} s, {lesson.log.bytes_received / 1e6:.2f} MB received")


def test_every_chart_is_drawn_and_has_a_name(lesson):
    check_charts(lesson)


def check_charts(lesson):
    for chart in lesson.charts():
        if not chart["shown"] or "Draw your line" in chart["name"]:
            continue
        where = f"cell {chart['cell']}, {chart['name']!r}"
        assert chart["drawn"], f"{where} shows no mark"
        assert chart["cut"] <= 1, f"{where} is cut off by {chart['cut']} pixels"
        assert chart["name"].startswith("Chart: ") and len(chart["name"]) > 20, f"{where} has no name"


MEASURED = """() => [...document.querySelectorAll('.jp-Notebook .abn-panel .abn-chart')].map((chart) => {
  const rows = [...chart.closest('.abn-panel').querySelectorAll('.abn-controls')];
  const before = rows.filter((row) => row.compareDocumentPosition(chart) & Node.DOCUMENT_POSITION_FOLLOWING);
  const above = chart.closest('.abn-explore') ? before[0] : before.at(-1);
  const first = (above ?? chart).getBoundingClientRect().top;
  return [chart.querySelector('.abn-title').textContent, chart.querySelector('.abn-plot').getBoundingClientRect().bottom - first];
})"""


def test_a_chart_with_its_controls_fits_a_projected_screen(lesson):
    sizes = lesson.page.evaluate(MEASURED)
    high = {title: round(size) for title, size in sizes if size > 600}
    assert not high, f"higher than the 600 pixels that JupyterLab leaves of 1280 by 720: {high}"


SMALL = """() => [...document.querySelectorAll('.jp-OutputArea-output :is(.abn-panel, .abn-chart, .jp-RenderedHTML) *')]
  .filter((part) => [...part.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim()))
  .filter((part) => part.checkVisibility() && !part.closest('table.dataframe, style') && parseFloat(getComputedStyle(part).fontSize) < 14)
  .map((part) => `${part.tagName} ${getComputedStyle(part).fontSize} ${part.textContent.slice(0, 40)}`)"""


def test_every_text_of_ours_has_fourteen_pixels_or_more(lesson):
    assert not lesson.page.evaluate(SMALL)


def test_axe_finds_nothing_serious_that_is_ours(lesson):
    assert not [f"cell {one['cell']}: {one['rule']}: {one['html']}" for one in lesson.axe()]


UNNAMED = """() => [...document.querySelectorAll('.jp-Notebook .abn-panel :is(select, textarea, button, input, .noUi-handle, [role=radiogroup], [role=group])')]
  .filter((part) => part.checkVisibility() && part.getBoundingClientRect().width && !part.closest('.js-plotly-plot'))
  .filter((part) => !(part.getAttribute('aria-label') || part.textContent.trim() || part.title || part.placeholder ||
    [...(part.labels ?? [])].some((label) => label.textContent.trim()) ||
    (part.getAttribute('aria-labelledby') ?? '').split(' ').some((id) => document.getElementById(id)?.textContent.trim())))
  .map((part) => part.outerHTML.slice(0, 160))"""


def test_every_control_has_a_name(lesson):
    assert not lesson.page.evaluate(UNNAMED)


def moved(controls):
    """The controls of a panel; of more than four boxes to tick, which are made in one place, the first and last two."""
    boxes = [control for control in controls if control["kind"] == "checkbox"]
    return [control for control in controls if control not in boxes[2:-2]]


def test_each_control_moves_by_keyboard_and_the_panel_answers(lesson, record_property):
    """Before the next control of a panel is moved, the one before it is moved back: then all stands as it did."""
    steps = []

    for panel in lesson.panels():
        movable = moved(panel["controls"])
        last = [control for control in movable if control["kind"] != "button"][-1:]
        for control in movable:
            where, pressed = (
                f"cell {panel['cell']}, {control['kind']} {control['label']!r}",
                control["kind"] == "button",
            )
            answers = pressed or panel["explores"]
            if pressed:
                lesson.wait_for_answers()  # a hand needs a moment from its choice to the button
            if answers:
                lesson.remember(panel)
            back = control["label"] != "Show without a guess" and lesson.nudge(control)
            if not back or not answers:
                continue
            answer = lesson.wait_for_words(panel)
            assert answer["after"] is not None, f"{where}: nothing changes"
            steps.append(answer["after"])
            assert pressed or not answer["alerts"], f"{where}: {answer['alerts']}"
            if not pressed and control not in last:
                lesson.nudge_back(control, back)
                assert lesson.wait_for_words(panel, again=True)["after"] is not None, (
                    f"{where}: a step back shows something else"
                )
    lesson.settle()
    assert not lesson.errors() and not lesson.complaints and not lesson.outside
    check_charts(lesson)
    if steps:
        steps.sort()
        record_property(
            "milliseconds from a step of a control to its answer, median of a lesson", round(steps[len(steps) // 2])
        )
        print(
            f"{lesson.path}: {len(steps)} answers, median {steps[len(steps) // 2]:.0f} ms, slowest {steps[-1]:.0f} ms"
        )


def test_every_guess_is_revealed_with_a_chart_and_its_distance(lesson):
    """After the controls were moved and the buttons pressed."""
    waiting = lesson.page.get_by_text("The answer appears here when you have committed your guess").all()
    asked = "node => (node.closest('.jp-Cell') ?? node).innerText.slice(0, 300)"
    assert not [place.evaluate(asked) for place in waiting if place.is_visible()]


def test_nothing_is_cut_off_nor_at_200_percent(lesson):
    """After every guess was revealed. At 200 % a browser shows what a window half as wide shows; phones are for pages."""
    assert not lesson.page.evaluate(lab.CLIPPED) and not lesson.cut_off()
    assert not lesson.page.evaluate(lab.MANY_LINES) and not lesson.page.evaluate(lab.ASTRAY)
    lesson.resize(640, 360, files=False)
    assert not lesson.page.evaluate(lab.CLIPPED) and not lesson.cut_off() and not lesson.page.evaluate(lab.ASTRAY)


def test_a_projected_panel_is_seen_at_once(lesson):
    """After every guess was revealed, without Lab's files: 1280 by 720 pixels at 150 %."""
    lesson.resize(853, 480, files=False)
    lesson.page.locator(".abn-projector:visible").first.press("Enter")
    lesson.settle()
    assert not lesson.beyond_the_screen() and not lesson.cut_off() and not lesson.page.evaluate(lab.ASTRAY)
    check_charts(lesson)


HOSTILE_CELLS = [
    "from alliance import *\nfrom alliance.figures import style\nimport functools, operator, sys\nsys.path.insert(0, TESTS)\nfrom hostile import NUL, WORDS, figure",
    "show(figure(WORDS[0]))",
    "show(figure(WORDS[2]))",
    "show(figure(WORDS[9]))",
    "show(figure(WORDS[11]))",
    "show(figure(NUL))",
    """def draw(word, how):
    if word in WORDS[:5]:
        raise ValueError(word)
    return figure(word)
explore(draw, word=controls.choice(WORDS[1], ["fine", *WORDS]), how=controls.buttons(WORDS[0], WORDS[:2]))""",
    "reveal(predict.number(WORDS[0] + '1', 0, 9, WORDS[1]), figure(WORDS[4]), 3)",
    "reveal(predict.choice(WORDS[0] + '2', WORDS), figure(WORDS[3]), WORDS[1])",
    "reveal(predict.ranking(WORDS[0] + '3', WORDS[:4]), figure(WORDS[1]), WORDS[:4])",
    """from alliance import checks
from alliance.lesson.check import KINDS
def asked(kind, right):
    options = {str(place): word for place, word in enumerate(WORDS)}
    reasons = dict.fromkeys(options, WORDS[0])
    return KINDS[kind](checks.Question(WORDS[0] + kind, "01", kind, WORDS[0], options, reasons, right, unit=WORDS[2]))""",
    "asked('one', frozenset('1'))",
    "asked('several', frozenset('12'))",
    "asked('number', 1.0)",
    "functools.reduce(operator.add, [tabled(load(name).head(12)) for name in data.names()])",
    "glossary() + article('A1') + sources(*data.names())",
    "tested('A0-28', 'A1-095')",
    "load('events').head(12)",
    "show(figures.accession_map, year=2024)",
]
RUNS = """() => [...document.querySelectorAll('.jp-OutputArea-output :is(img, script, iframe, object, embed, [onerror], [onload], [srcdoc], [href^="javascript"])')]
  .filter((part) => !part.closest('.jp-RenderedMarkdown')).map((part) => part.outerHTML.slice(0, 120))"""


def test_hostile_words_are_shown_and_never_run(learner, course):
    place = course / "hostile"
    shutil.copytree(course / "notebooks" / "alliance", place / "notebooks" / "alliance")
    shutil.copytree(course / "data", place / "data")
    hostile.poison(place / "data")
    cells = [cell.replace("TESTS", repr(str(pathlib.Path(__file__).parent))) for cell in HOSTILE_CELLS]
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    book.metadata.kernelspec = dict(name="python3", display_name="Python 3", language="python")
    nbformat.write(book, place / "notebooks" / "hostile.ipynb")
    learner.go_on_to("hostile/notebooks/hostile.ipynb")
    page, asked = learner.page, []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    learner.run_all()
    assert not learner.errors()
    for panel in learner.panels():
        for control in panel["controls"]:
            if control["label"] != "Show without a guess":
                learner.nudge(control)
    learner.settle()
    for plot in page.locator(".abn-plot").all()[:4]:
        plot.scroll_into_view_if_needed()
        box = plot.locator(".point path, .points path").first.bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=2)
        page.wait_for_timeout(150)
    assert page.evaluate("() => window.hacked") is None and not asked
    assert not page.evaluate(RUNS) and not learner.outside
    assert not learner.errors() and not learner.complaints
    charts = page.locator(".abn-chart")
    for number, word in enumerate((hostile.WORDS[0], hostile.WORDS[2], hostile.WORDS[9])):
        shown = charts.nth(number).evaluate("(chart) => chart.textContent")
        assert shown.count(word) >= 7, f"{word} is shown {shown.count(word)} times only"
    assert not learner.cut_off(), "endless words widen the page"
