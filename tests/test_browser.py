"""Lesson 04 as it is lived with: slow machines, updates in place, the keyboard, other screens, other themes."""

import contextlib
import html
import pathlib
import re

import pytest

import lab
import lessons
from alliance import chart as charts

pytestmark = pytest.mark.browser
LESSON = "notebooks/panels.ipynb"  # tests/panels.ipynb in the copy of the course
GUIDELINE = re.compile(r"allies with a figure spent|has no figures for")


@pytest.fixture(scope="module")
def in_lab(browser, server):
    """The lesson in JupyterLab, run."""
    with run(browser, server) as notebook:
        yield notebook


@pytest.fixture(scope="module")
def in_notebook(browser, course):
    """The lesson in Notebook 7, run."""
    with lab.Server(course, "notebook") as server, run(browser, server) as notebook:
        yield notebook


@pytest.fixture
def lesson(in_lab):
    """The lesson in JupyterLab, in front: Chromium slows hidden pages down."""
    in_lab.page.bring_to_front()
    return in_lab


@pytest.fixture(params=["in_lab", "in_notebook"], ids=["JupyterLab", "Notebook 7"])
def anywhere(request):
    """The lesson in JupyterLab, then in Notebook 7."""
    notebook = request.getfixturevalue(request.param)
    notebook.page.bring_to_front()
    return notebook


HURRY = """(times) => {
  const after = AbortSignal.timeout.bind(AbortSignal), idle = window.requestIdleCallback.bind(window);
  AbortSignal.timeout = (time) => after(time / times);
  window.waits = [];
  window.requestIdleCallback = (done, options) => {
    if (!new Error().stack.includes("blob:")) return idle(done, options); // Jupyter's own; ours comes as a blob
    window.waits.push(options.timeout);
    return setTimeout(done, options.timeout);
  };
}"""


@contextlib.contextmanager
def run(browser, server):
    notebook = lab.Notebook(browser, server, LESSON)
    try:
        # Each deadline of the page comes as soon as on a laptop twenty times slower, and the page is never idle.
        notebook.page.evaluate(HURRY, 20)
        notebook.run_all()
        assert not notebook.errors()
        yield notebook
    finally:
        notebook.close()


def guideline(notebook):
    """The dot plot of the target, in view with its controls."""
    return in_view(notebook.page.locator(".abn-chart", has=notebook.page.get_by_text(GUIDELINE)).first)


def in_view(chart):
    """A chart, scrolled so that its panel begins at the top of the window."""
    chart.evaluate("(chart) => chart.closest('.abn-panel').scrollIntoView({ block: 'start' })")
    return chart


def step(notebook, label, times=1, beside="Target line"):
    """Move a control by keyboard and wait for its panel's answer; `beside`: another control of the same panel."""
    panel = next(one for one in notebook.panels() if beside in [control["label"] for control in one["controls"]])
    for _ in range(times):
        control = notebook.control(label, panel["cell"])
        notebook.remember(panel)
        notebook.nudge(control)
        assert notebook.wait_for_words(panel)["after"] is not None, f"{label} changes nothing"
    notebook.settle()


def test_a_slow_laptop_gets_every_chart(anywhere):
    charts = [chart for chart in anywhere.charts() if "Draw your line" not in chart["name"]]
    assert len(charts) >= 6 and all(chart["drawn"] for chart in charts)
    assert not anywhere.complaints, "a part of the page was given up before it was there"
    waits = anywhere.page.evaluate("() => window.waits")
    assert len(waits) > 6 and max(waits) <= 300, "a chart waits long for a page that is never idle"


# In place


def test_a_step_draws_into_the_same_node_without_a_flicker_or_a_jump(lesson):
    plot = guideline(lesson).locator(".abn-plot")
    plot.evaluate(
        """(plot) => { const watched = window.watched = { plot, svg: plot.querySelector(".main-svg"), lost: 0 };
        new MutationObserver((changes) => changes.forEach(({ removedNodes }) => removedNodes.forEach((node) => {
          if (node.nodeType === 1 && (node.matches(".main-svg, .abn-chart, .abn-plot") || node.querySelector?.(".main-svg"))) watched.lost += 1;
        }))).observe(plot.closest(".jp-OutputArea"), { childList: true, subtree: true }); }"""
    )
    step(lesson, "Year")
    before = plot.bounding_box()
    step(lesson, "Year")
    assert lesson.page.evaluate("() => watched.plot.isConnected && watched.svg.isConnected && !watched.lost")
    assert plot.bounding_box() == before, "the chart jumps"


def run_in_kernel(notebook, code):
    """Run code as a cell would, without one."""
    run = "(code) => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute({ code }).done"
    notebook.page.evaluate(run, code)
    notebook.settle()


RETITLED = """
import gc
from alliance.chart import Chart
charts = [part for part in gc.get_objects() if isinstance(part, Chart) and part.words["source"] and ("take" in part.words["title"] or "United Kingdom" in part.words["title"])]
for chart in charts: chart.words = {**chart.words, "title": "It would take. " * %d}
"""


def test_a_longer_title_does_not_make_the_chart_jump(lesson):
    chart = lesson.page.locator(".abn-explore .abn-chart", has_text="United Kingdom spent").first
    height = (
        "(chart) => chart.querySelector('.abn-plot').getBoundingClientRect().top - chart.getBoundingClientRect().top"
    )
    chart.locator("figcaption").evaluate("(caption) => { caption.style.minHeight = ''; }")
    seen = {}
    for often in (1, 8, 20, 1):
        run_in_kernel(lesson, RETITLED % often)
        seen.setdefault(often, []).append(chart.evaluate(height))
    assert seen[1][0] == seen[8][0], "a second line moves it"
    assert seen[8][0] < seen[20][0] == seen[1][1], "it jumps back"
    step(lesson, "Target of one ally", beside="Ally")
    assert "It would take" not in chart.inner_text()


RANGES = "(plot) => [plot._fullLayout.xaxis.range, plot._fullLayout.yaxis.range].map((range) => range.map((end) => Math.round(end * 100) / 100))"


def test_axes_stay_while_a_control_moves(lesson):
    plot = guideline(lesson).locator(".abn-plot")
    before = plot.evaluate(RANGES)
    step(lesson, "Year")
    step(lesson, "Edition")
    step(lesson, "Target line")
    assert plot.evaluate(RANGES) == before


def test_a_zoom_is_kept_after_a_step_and_a_double_click_ends_it(lesson):
    plot = guideline(lesson).locator(".abn-plot")
    whole, box, mouse = plot.evaluate(RANGES), plot.bounding_box(), lesson.page.mouse
    mouse.move(box["x"] + 200, box["y"] + 150)
    mouse.down()
    mouse.move(box["x"] + 420, box["y"] + 260, steps=4)
    mouse.up()
    lesson.settle()
    zoomed = plot.evaluate(RANGES)
    assert zoomed != whole, "dragging does not zoom"
    step(lesson, "Year")
    assert plot.evaluate(RANGES) == zoomed, "the zoom is lost"
    mouse.dblclick(box["x"] + 300, box["y"] + 200)
    lesson.settle()
    assert plot.evaluate(RANGES) == whole


def test_a_hover_label_stays_and_says_what_is_new(lesson):
    chart = in_view(lesson.page.locator(".abn-chart", has_text="of GDP allies would spend").first)
    bar = chart.locator(".bars .point path").first.bounding_box()
    lesson.page.mouse.move(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] / 2, steps=3)
    label = chart.locator(".hoverlayer .hovertext")
    label.first.wait_for(timeout=5000)
    before = label.first.text_content()
    step(lesson, "Target, % of GDP", beside="with the United States")
    assert label.count() and label.first.text_content() != before, "the label is gone, or old"


def test_a_hovered_point_that_vanishes_harms_nothing(lesson):
    plot = guideline(lesson).locator(".abn-plot")
    mark = plot.locator(".points path").nth(12).bounding_box()
    lesson.page.mouse.move(mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2, steps=3)
    plot.locator(".hoverlayer .hovertext").first.wait_for(timeout=5000)
    for _ in range(3):  # at the target line of 5 % fewer points are in the first trace
        step(lesson, "Target line")
    assert "could not be drawn" not in guideline(lesson).inner_text()
    lesson.page.mouse.move(5, 5)


# Keyboard and screen reader


def focused(notebook):
    """What has the focus: its control, its name, whether the focus is seen, and which cell is active."""
    return notebook.page.evaluate(
        """() => { const part = document.activeElement, look = getComputedStyle(part);
        return { control: part.closest("[data-control]")?.dataset.control, panel: Boolean(part.closest(".abn-panel")),
          name: part.getAttribute("aria-label") || part.labels?.[0]?.textContent.trim() || part.textContent.trim(),
          seen: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2,
          active: window.jupyterapp.shell.currentWidget.content.activeCellIndex }; }"""
    )


KEYS = {
    "slider": ("Year", ["ArrowLeft", "ArrowRight", "ArrowDown", "ArrowUp", "Home"]),
    "drop-down list": ("Edition", ["ArrowDown", "ArrowUp"]),
    "row of buttons": ("Target line", ["Enter", "Space"]),
    "box to tick": ("with the United States", ["Space", "Space"]),
    "round buttons": ("By how much did EU members' spending grow from 2021 to 2024, in euros of each year?", ["Space", "ArrowDown", "ArrowUp"]),
    "text box": ("Your answer (%)", ["7", "Backspace"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", KEYS)
def test_keys_move_every_kind_of_control_and_the_focus_stays(anywhere, kind):
    label, keys = KEYS[kind]
    control = anywhere.control(label)
    place = anywhere.page.locator(f'[data-control="{control["index"]}"]')
    inner = {"slider": ".noUi-handle", "row of buttons": "button:not(.mod-active)"}.get(kind, "select, input")
    place.locator(inner).first.focus()
    active = focused(anywhere)["active"]
    for key in keys:
        before = anywhere.control(label)["value"]
        if kind == "row of buttons" and key == "Space":
            place.locator(inner).first.focus()
        anywhere.page.keyboard.press(key)
        anywhere.wait_for_answers()
        now = focused(anywhere)
        assert anywhere.control(label)["value"] != before, f"{key} does not move it"
        assert now["control"] == str(control["index"]), f"{key} takes the focus away"
        assert now["active"] == active, f"{key} moves to another cell"
    assert not anywhere.errors()


def test_tab_goes_through_a_panel_in_the_order_it_is_read(anywhere):
    panel = next(one for one in anywhere.panels() if any(c["label"] == "Target line" for c in one["controls"]))
    first = next(c for c in panel["controls"] if c["label"] == "Year")
    anywhere.page.locator(f'[data-control="{first["index"]}"] .noUi-handle').focus()
    order = []
    while (now := focused(anywhere))["panel"] and len(order) < 20:
        order.append(now["name"])
        assert now["seen"], f"the focus is not seen on {now['name']!r}"
        anywhere.page.keyboard.press("Tab")
    assert order[:6] == ["Year", "Year, value", "Edition", "2%", "3.5%", "5%"], order
    assert order[6:] and order[6].startswith("Table behind this chart"), order


def test_a_number_typed_beside_a_slider_has_a_decimal_comma_too(lesson):
    slider = lesson.control("Target of one ally")
    readout = lesson.page.locator(f'[data-control="{slider["index"]}"] .widget-readout')
    for typed, key, read in (("2,5", "Enter", 2.5), ("4,2", "Tab", 4.2), ("3.5", "Enter", 3.5)):
        readout.fill(typed)
        readout.press(key)
        lesson.settle()
        assert float(lesson.control("Target of one ally")["value"]) == read, typed
    readout.fill("")
    readout.press_sequentially("2,5")  # letter by letter: nothing is read before Enter
    readout.press("Enter")
    lesson.settle()
    assert float(lesson.control("Target of one ally")["value"]) == 2.5


CUT_RINGS = """() => {
  const part = document.activeElement, { x, y, width, height } = part.getBoundingClientRect(), look = getComputedStyle(part);
  const beyond = parseFloat(look.outlineWidth) + parseFloat(look.outlineOffset);
  for (let up = part.parentElement; up && !up.matches(".jp-OutputArea-output"); up = up.parentElement) {
    const edge = up.getBoundingClientRect(), { overflowX, overflowY } = getComputedStyle(up);
    if (overflowX !== "visible" && (x - beyond < edge.left - 0.5 || x + width + beyond > edge.right + 0.5)) return up.className;
    if (overflowY !== "visible" && (y - beyond < edge.top - 0.5 || y + height + beyond > edge.bottom + 0.5)) return up.className;
  }
  return "";
}"""


@pytest.mark.parametrize("kind", KEYS)
def test_the_ring_around_what_has_the_focus_is_whole(lesson, kind):
    place = lesson.page.locator(f'[data-control="{lesson.control(KEYS[kind][0])["index"]}"]')
    inner = {"slider": ".noUi-handle", "row of buttons": "button"}.get(kind, "select, input")
    place.locator(inner).first.focus()
    lesson.page.keyboard.press("Shift")  # as with the keyboard
    assert focused(lesson)["seen"], "the focus is not seen"
    cut = lesson.page.evaluate(CUT_RINGS)
    assert not cut, f"the ring is cut by {cut}"


def test_controls_charts_and_messages_are_announced(anywhere):
    page = anywhere.page
    for role, name in (
        ("slider", "Year"),
        ("combobox", "Edition"),
        ("group", "Target line"),
        ("checkbox", "with the United States"),
        ("radiogroup", KEYS["round buttons"][0]),
        ("textbox", "2014"),
        ("textbox", "Your answer (%)"),
    ):
        assert page.get_by_role(role, name=name, exact=True).count(), f"no {role} is called {name!r}"
    chart = guideline(anywhere)
    title = chart.locator(".abn-title").inner_text()
    assert page.get_by_role("figure", name=title).count() and page.get_by_role("img", name=f"Chart: {title}.").count()
    twin = chart.get_by_role("status")
    before = twin.inner_text()
    step(anywhere, "Year")
    assert twin.inner_text() != before and len(twin.inner_text()) > 30, "the twin is no live region that changes"
    say = page.locator(".abn-panel .abn-say")
    assert {place.get_attribute("role") for place in say.all()} == {"status"}


def test_the_table_opens_by_keyboard_and_follows(lesson):
    chart = guideline(lesson)
    chart.locator("summary").focus()
    lesson.page.keyboard.press("Enter")
    rows = chart.locator("tbody tr")
    rows.first.wait_for(timeout=5000)
    assert f"({rows.count()} rows)" in chart.locator("summary").inner_text()
    before = chart.locator("table").inner_text()
    step(lesson, "Edition")
    assert chart.locator("table").inner_text() != before
    lesson.page.keyboard.press("Tab")
    chart.locator("summary").press("Enter")


# The drawn line


def line_boxes(notebook):
    return [float(one["value"]) for one in notebook.controls() if one["label"] in ("2014", "2018", "2022", "2026")]


@contextlib.contextmanager
def finger(notebook):
    """A finger that touches the page: `move([(x, y), ...])`."""
    session = notebook.page.context.new_cdp_session(notebook.page)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 1})

    def move(way):
        for number, (x, y) in enumerate(way):
            kind = "touchMove" if number else "touchStart"
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    try:
        yield move
    finally:
        session.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
        session.detach()


def drag(notebook, plot, start, end, touch=False, years=(2014.2, 2026)):
    """Draw a straight line across a chart, by mouse or finger, between two years; heights in % of all spending."""
    with finger(notebook) if touch else contextlib.nullcontext() as move:
        notebook.settle()  # under a finger controls are higher, and what is below them moves
        _drag(notebook, plot, start, end, move, years)
    notebook.settle()


def _drag(notebook, plot, start, end, move, years):
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    pixels = "(plot, [year, height]) => { const { xaxis, yaxis } = plot._fullLayout; return [xaxis._offset + xaxis.d2p(year), yaxis._offset + yaxis.d2p(height)]; }"
    (x0, y0), (x1, y1) = (plot.evaluate(pixels, place) for place in zip(years, (start, end), strict=True))
    way = [(box["x"] + x0 + (x1 - x0) * part / 30, box["y"] + y0 + (y1 - y0) * part / 30) for part in range(31)]
    if move:
        move(way)
    else:
        notebook.page.mouse.move(*way[0])
        notebook.page.mouse.down()
        for x, y in way[1:]:
            notebook.page.mouse.move(x, y)
        notebook.page.mouse.up()


@pytest.mark.parametrize("touch", [False, True], ids=["mouse", "finger"])
def test_a_line_is_drawn_by_hand_and_drawn_again(lesson, touch):
    plot = lesson.page.locator(".abn-plot[aria-label*='Draw your line']")
    hint = plot.locator(".abn-hint", has_text="Press here")
    assert touch or hint.is_visible(), "an empty chart does not say where to begin"
    drag(lesson, plot, 70, 50, touch)
    assert not hint.count(), "the hint lies on the line"
    assert line_boxes(lesson) == pytest.approx([70, 63.4, 56.7, 50], abs=1)
    drag(lesson, plot, 30, 80, touch)
    assert line_boxes(lesson) == pytest.approx([30, 46.4, 63.2, 80], abs=1)
    drag(lesson, plot, 20, 10, touch, years=(2020, 2026))
    assert line_boxes(lesson)[:2] == pytest.approx([30, 46.4], abs=1), "a part drawn again wipes the rest"
    assert line_boxes(lesson)[2:] == pytest.approx([16.7, 10], abs=1)
    assert plot.evaluate("(plot) => [plot.data.length, plot.layout.shapes?.length ?? 0]") == [1, 0], "old lines stay"


def test_numbers_typed_are_a_line_too_and_the_reveal_draws_it(lesson):
    cell = lesson.control("2014")["cell"]
    for year, value in zip(("2014", "2018", "2022", "2026"), (70, 60.5, 55, 40), strict=True):
        lesson.set_control(year, value)
    lesson.set_control("Commit my guess", True, cell=cell)
    output = lesson.page.locator(".jp-CodeCell").nth(cell - 1)
    reveal = output.locator(".abn-chart", has_text="The United States' part")
    line = reveal.locator(".abn-plot").evaluate("(plot) => plot.data.find(({ name }) => name === 'your line')?.y")
    assert line == [70, 60.5, 55, 40]
    assert "On average your line is" in output.inner_text() and reveal.locator(".js-line").count() >= 2


# Two views, other screens, other themes


def test_a_finger_scrolls_the_page_over_a_chart_and_does_not_zoom(lesson):
    plot = guideline(lesson).locator(".abn-plot")
    before, whole, box = plot.bounding_box()["y"], plot.evaluate(RANGES), plot.bounding_box()
    with finger(lesson) as move:
        move([(box["x"] + 300, box["y"] + 200 - 10 * part) for part in range(16)])
    lesson.settle()
    assert plot.bounding_box()["y"] < before - 100, "the page does not move"
    assert plot.evaluate(RANGES) == whole, "the chart zooms"


OPEN_VIEW = """async (number) => {
  const { shell, commands } = window.jupyterapp, book = shell.currentWidget, before = new Set(shell.widgets("main"));
  book.content.activeCellIndex = book.content.widgets.indexOf(book.content.widgets.filter((cell) => cell.model.type === "code")[number - 1]);
  await commands.execute("notebook:create-output-view");
  window.view = [...shell.widgets("main")].find((widget) => !before.has(widget));
  window.view.node.classList.add("the-other-view");
  window.back = () => shell.activateById(book.id);
  window.back();
}"""


def drawn(chart):
    """What plotly has drawn in a chart: the values of each mark."""
    return chart.locator(".abn-plot").evaluate(
        "(plot) => JSON.stringify(plot.calcdata.map((marks) => marks.map(({ x, y }) => [x, y])))"
    )


def test_two_views_of_one_panel_both_follow(lesson):
    page, chart = lesson.page, guideline(lesson)
    page.evaluate(OPEN_VIEW, lesson.control("Target line")["cell"])
    try:
        other = page.locator(".the-other-view .abn-chart")
        other.locator(".points path").first.wait_for(timeout=15_000)
        for move in ("in the notebook", "in the other view"):
            before = chart.locator(".abn-title").inner_text(), drawn(chart)
            if move == "in the notebook":
                step(lesson, "Year")
            else:
                page.locator(".the-other-view .noUi-handle").press("ArrowLeft")
                page.evaluate("() => window.back()")
                lesson.settle()
            title, marks = before
            assert {view.locator(".abn-title").inner_text() for view in (chart, other)}.isdisjoint({title}), (
                f"moved {move}"
            )
            assert drawn(chart) == drawn(other) != marks, f"moved {move}: the marks of a view stay"
            assert chart.locator(".points path").count() == other.locator(".points path").count() > 10
    finally:
        page.evaluate("() => { window.view.dispose(); window.back(); }")


OVERLAP = """(plot) => { const boxes = [...plot.querySelectorAll('.xtick text')].map((text) => text.getBoundingClientRect()).sort((a, b) => a.right - b.right);
  return boxes.slice(1).filter((box, index) => box.right - boxes[index].right < 10).length; }"""


@pytest.mark.parametrize(("width", "height"), [(390, 800), (640, 360)], ids=["a telephone", "200 % zoom"])
def test_nothing_is_cut_off_on_a_small_screen(lesson, width, height):
    try:
        lesson.resize(width, height, files=False)
        assert not lesson.cut_off()
        assert not [chart for chart in lesson.charts() if chart["cut"] > 1]
        assert not lesson.page.evaluate(lab.CLIPPED)
        assert not guideline(lesson).locator(".abn-plot").evaluate(OVERLAP), "names under the chart run into each other"
    finally:
        lesson.resize(1280, 720)


TOO_FAINT = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => parts(colour).slice(0, 3).map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)).reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
  const ground = (part) => { for (; part; part = part.parentElement) { const colour = getComputedStyle(part).backgroundColor; if ((parts(colour)[3] ?? 1) > 0.5) return colour; } };
  const found = [];
  for (const part of document.querySelectorAll('.jp-Notebook .abn-panel *')) {
    if (!part.checkVisibility() || ![...part.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim())) continue;
    const look = getComputedStyle(part), colours = [light(part instanceof SVGElement ? look.fill : look.color), light(ground(part))].sort((a, b) => b - a);
    const ratio = (colours[0] + 0.05) / (colours[1] + 0.05), needed = parseFloat(look.fontSize) >= 18 || part instanceof SVGElement ? 3 : 4.5;
    if (ratio < needed && !part.closest(':disabled')) found.push(`${part.textContent.slice(0, 40)}: ${ratio.toFixed(1)}`);
  }
  return found; }"""


INK = "() => getComputedStyle(document.querySelector('.jp-Notebook .abn-plot .xtick text, .jp-Notebook .abn-plot text')).fill"


def change_theme(notebook, theme):
    notebook.page.evaluate("(theme) => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
    notebook.page.wait_for_function(f"() => document.body.dataset.jpThemeName === {theme!r}")
    notebook.settle()


def test_text_is_read_in_the_light_and_in_the_dark_theme(lesson):
    seen = {}
    try:
        for theme in ("JupyterLab Dark", "JupyterLab Light"):
            change_theme(lesson, theme)
            seen[theme] = lesson.page.evaluate(INK)
            assert not lesson.page.evaluate(TOO_FAINT), theme
    finally:
        change_theme(lesson, "JupyterLab Light")
    assert seen["JupyterLab Dark"] != seen["JupyterLab Light"]


EDGES = """() => [...document.querySelectorAll('.jp-Notebook :is(.abn-panel, .abn-chart) :is(button, .noUi-target)')]
  .filter((part) => part.checkVisibility() && !(parseFloat(getComputedStyle(part).borderTopWidth) >= 1)).map((part) => part.outerHTML.slice(0, 80))"""


def test_every_word_is_read_and_every_button_seen_in_the_systems_own_colours(lesson):
    """High contrast, as Windows forces it on a page: black or white, over either theme."""
    seen = set()
    try:
        for theme in ("JupyterLab Dark", "JupyterLab Light"):
            change_theme(lesson, theme)
            for scheme in ("dark", "light"):
                lesson.page.emulate_media(forced_colors="active", color_scheme=scheme)
                lesson.settle()
                assert not lesson.page.evaluate(TOO_FAINT), (theme, scheme)
                assert not lesson.page.evaluate(EDGES), (theme, scheme)
                seen.add((scheme, lesson.page.evaluate(INK)))
    finally:
        lesson.page.emulate_media(forced_colors="none", color_scheme="light")
        change_theme(lesson, "JupyterLab Light")
    assert seen == {("dark", "rgb(255, 255, 255)"), ("light", "rgb(0, 0, 0)")}


# A projector: 1280 by 720 at 150 %, without Lab's files


def test_a_projected_chart_with_its_controls_and_its_sentence_is_seen_at_once(lesson):
    """By `projector()` in a cell; ended by the button beside a chart."""
    switches = lesson.page.locator(".abn-projector")
    try:
        lesson.resize(853, 480, files=False)
        assert lesson.beyond_the_screen(), "nothing to be mended"
        run_in_kernel(lesson, "from alliance import projector; projector()")
        assert {switch.get_attribute("aria-pressed") for switch in switches.all()} == {"true"}, "one switch for all"
        assert not lesson.beyond_the_screen()
        assert not lesson.cut_off() and not [one for one in lesson.charts() if one["cut"] > 1]
        step(lesson, "Year")
        assert not lesson.beyond_the_screen()
        lesson.page.locator(".abn-projector:visible").first.press("Enter")
        lesson.settle()
        assert lesson.beyond_the_screen(), "it does not go back"
    finally:
        lesson.resize(1280, 720)


# When something fails

FIRST_FAILS = """() => { const Real = window.DecompressionStream; let first = true;
  window.DecompressionStream = class { constructor(kind) { if (first) { first = false; throw new Error("out of memory"); } return new Real(kind); } }; }"""


def test_a_chart_that_cannot_be_made_says_so_and_the_next_one_is_made(browser, server):
    other = lab.Notebook(browser, server, "notebooks/panels_again.ipynb")  # with a kernel of its own
    try:
        other.page.evaluate(FIRST_FAILS)
        other.run_all()
        faults = [fault for fault in other.page.locator(".abn-fault").all_inner_texts() if fault]
        assert faults and "out of memory" in faults[0] and "Run its cell again" in faults[0]
        other.page.locator(".abn-panel button", has_text="Show without a guess").first.click()
        other.settle()
        assert [chart["drawn"] > 0 for chart in other.charts() if chart["shown"]].count(True) >= 1
    finally:
        other.close()


ANSWERING = """() => [...document.querySelectorAll('.jp-Notebook .abn-panel :is(select, button, .noUi-target, input[type=checkbox], input[type=radio])')]
  .filter((part) => !part.closest('.abn-chart') && !part.disabled && !part.hasAttribute('disabled')).map((part) => part.outerHTML.slice(0, 80))"""


def test_a_killed_kernel_is_told_in_every_panel_and_its_controls_rest(lesson):
    page, chart = lesson.page, lesson.page.locator(".abn-chart", has_text="would spend").first
    lesson.kill_kernel()
    page.locator(".jp-Dialog button", has_text="Ok").click(timeout=30_000)  # Lab says that it starts another one
    page.locator(".abn-stopped").first.wait_for(timeout=20_000)
    page.wait_for_timeout(1500)
    outer = page.locator(".abn-panel:not(.abn-panel .abn-panel)")
    said = page.locator(".abn-panel:not(.abn-panel .abn-panel) > .abn-stopped")
    assert said.count() == outer.count() > 5 and page.locator(".abn-stopped").count() == outer.count(), "said twice"
    assert "kernel has stopped" in said.first.inner_text() and "Run All Cells" in said.first.inner_text()
    assert not page.evaluate(ANSWERING)
    chart.locator("summary").click()
    assert "Run All Cells" in chart.locator(".abn-scroll").inner_text(), "an empty table looks like an answer"
    lesson.log.forget()


def words(chart):
    """What stands around a chart on the page, and in the table behind it."""
    return chart.evaluate(
        """(chart) => ({
        ...Object.fromEntries(['title', 'subtitle', 'twin', 'note', 'source'].map((part) => [part, chart.querySelector('.abn-' + part).textContent])),
        sources: [...chart.querySelectorAll('.abn-scroll li')].map((item) => item.textContent),
        table: { columns: [...chart.querySelectorAll('th')].map((cell) => cell.textContent), rows: [...chart.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent)) } })"""
    )


def of_figure(figure):
    """The same of a figure in Python, once for each line of sources: a page shows the longest that it has room for."""
    title = figure.layout.title
    said = {"title": html.unescape(title.text), "subtitle": html.unescape(title.subtitle.text)}
    said |= {part: getattr(figure, part) for part in ("twin", "note")}
    said |= {"table": charts.as_text(figure.table), "sources": list(map(str, figure.source))}
    return [said | {"source": line} for line in figure.source.lines()]


def test_after_a_kernel_restart_everything_runs_again_and_says_what_its_figures_say(lesson):
    """Words and tables of the panels as they begin, and after a step."""
    lesson.restart_and_run_all()
    assert not lesson.errors() and not lesson.complaints
    marks = [chart["drawn"] for chart in lesson.charts() if chart["shown"] and "Draw your line" not in chart["name"]]
    assert len(marks) >= 6 and all(marks)
    panels = [panel for _, panel in lessons.panels(pathlib.Path(__file__).with_name("panels.ipynb"))]
    places = lesson.page.locator(".abn-explore .abn-chart").all()
    assert len(places) >= len(panels) >= 4
    for place in places:
        if not place.locator("details").evaluate("(details) => details.open"):
            place.locator("summary").click()
    lesson.settle()
    told = [words(place) for place in places]  # a guess that was kept shows its panel, too
    assert all(any(said in told for said in of_figure(panel.figure)) for panel in panels)
    year = panels[0].controls["year"]
    year.value -= 1
    try:
        lesson.focus("Year")
        lesson.press("ArrowLeft")
        assert words(places[0]) in of_figure(panels[0].figure)
    finally:
        year.value += 1
