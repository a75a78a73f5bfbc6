"""Pages for any browser: built from notebooks, opened from file:// in Chromium, and in step with Python word by word."""

import base64
import functools
import html
import itertools
import json
import math
import random
import re
import shutil

import numpy as np
import pandas as pd
import plotly.offline
import pytest

import engines
import lab as jupyter
import lessons
from alliance import checks, claims, controls, figures, measures, my_course, position, predict, show, words, world
from alliance.chart import as_text
from alliance.lesson import answers, check, claim, drafts, handin, lab, sentences, writing
from alliance.lesson import course as my_lessons
from alliance.pages import parts, site, states
from hostile import WORDS

pytestmark = pytest.mark.browser

SECTIONS = {  # a lesson with every kind of part; a markdown cell where the text begins with #
    "title": "# 04 · Every kind\n\nText with *stress*, <b>markup</b> and a [link](05_the_long_road.ipynb).\n\n<details><summary>Fold</summary>\n\nInside.\n\n</details>",
    "set-up": "from alliance import *",
    "one": "## 1. Charts",
    "still": "show(figures.guideline_counts)",
    "steps": (
        "explore(figures.country_target, country=controls.choice('Ally', ['Italy', 'Poland', 'Norway']),\n"
        "    target=controls.slider('Target', 2.0, 3.5, value=2.0, step=0.5))"
    ),
    "map": "explore(figures.accession_map, year=controls.slider('Year', 2019, 2024, value=2020))",
    "two": "## 2. Guesses",
    "number": (
        "reveal(predict.number('How many euros?', 0.0, 10.0, 'euros', 0.1, name='04-a'), figures.country_target,\n"
        "    answer=measures.newest_share, country=controls.choice('Ally', ['Italy', 'Poland']), target=2.0)"
    ),
    "held": "after('04-a', tabled(claims.scale()), explore(figures.guideline, year=2024))",
    "line": (
        "reveal(predict.line('How many members?', [1949, 1975, 2000, 2024], 0, 40, 'members', name='04-b'),\n"
        "    figures.members_over_time, answer=measures.members_at_year_end)"
    ),
    "choice": (
        "reveal(predict.choice('Which?', {'about 5': 5, 'about 30': 30}, name='04-c'), figures.guideline_counts, answer=28)"
    ),
    "order": "reveal(predict.ranking('Which order?', ['a', 'b', 'c'], name='04-d'), figures.guideline_counts, answer=['c', 'a', 'b'])",
    "own order": "reveal(predict.order('Your order?', load('reason_choices'), name='04-e'), figures.reasons_by_date, answer=measures.reason_order)",
    "three": "## 3. Checks",
    "check one": "check('04-1')",
    "check number": "check('04-2')",
    "check several": "check('04-4')",
    "cards": "tested('A0-28', 'A0-30')",
    "sorter": "sorter.sort('Which pile?', {'s one': 'x', 's two': 'y'}, ['x', 'y'], {'x': 'because x', 'y': 'because y'})",
    "words": "writing.box('Your words: what do you see?')",
    "desk": "writing.desk('My verdict', words=20, points=1)",
    "before": "before('04')",
    "twelve": "sentences('start')",
    "course": "my_course()",
    "work": "hand_in()",
    "mine": "check.mine(3, right=4, unit='claims')",
    "place": "position.state('before')",
    "own": "lab.sentence()",
    "scales": "position.weigh(load('argument_pairs'), figures.weighed_subjects)",
}


def notebook(path, sources):
    """Write a notebook with these cells."""
    made = [
        {"cell_type": "markdown", "metadata": {}, "source": text}
        if text.startswith("#")
        else {"cell_type": "code", "metadata": {}, "source": text, "outputs": [], "execution_count": None}
        for text in sources
    ]
    path.write_text(json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")
    return path


def built(folder, sources):
    """The pages of a notebook with these cells; nobody's answers are in them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALLIANCE_ANSWERS", str(folder / "answers.sqlite"))
        patch.setattr(answers, "_unsaved", {})
        site.write(folder / "out", [notebook(folder / "04_every_kind.ipynb", sources)], lambda line: None)
    return folder / "out"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The folder of the pages of the lesson with every kind of part."""
    return built(tmp_path_factory.mktemp("pages"), SECTIONS.values())


@pytest.fixture
def opened(pages, window):
    """`opened("x.html")` opens a page of the folder as a double click does, in a browser that has kept nothing."""

    def open_page(name="04_every_kind.html", folder=pages, all_parts=False):
        page = window.open(folder / name)
        if all_parts:
            page.evaluate("alliance.makeAll()")
        return page

    yield open_page
    window.forget()


@pytest.fixture(scope="module")
def said(pages, browser):
    """A page that is only asked what it would say; no test changes it."""
    page = browser.context.new_page()
    page.goto((pages / "index.html").as_uri())
    yield page
    page.close()


def panel(page, name):
    """The part that the cell of that name in SECTIONS shows."""
    shown = [key for key in SECTIONS if key not in ("title", "set-up", "one", "two", "three", "mine")]
    page.evaluate("n => alliance.makePart(n)", shown.index(name))
    return page.locator(".abn-part").nth(shown.index(name))


def until(page, ready, what=None):
    """Wait until the page says so; the page itself may not run a text as code."""
    jupyter.wait_until(lambda: page.evaluate(ready, what), 10, lambda: f"never: {ready}", page.wait_for_timeout, 50)


def put(page, part):
    """A part, made on the page beside those it was written with."""
    made = "(part) => { alliance.make(alliance.makeElement('div', 'abn-panel abn-put', document.querySelector('main')), part); }"
    page.evaluate(made, json.loads(json.dumps(part)))
    return page.locator(".abn-put").last


def same_words(box, figure):
    """The title and the sentence of the chart in a box are those of a figure."""
    now = show(figure).words
    assert [box.locator(f".abn-{name}").inner_text() for name in ("title", "twin")] == [now["title"], now["twin"]]


# Opened ------------------------------------------------------------------------------------------


def test_a_page_opens_from_a_file_makes_every_part_and_asks_nothing_of_anyone(opened, pages):
    page = opened(all_parts=True)
    until(page, "document.querySelectorAll('.abn-part .main-svg').length >= 3")
    outside = [address for address in page.log.requests if not address.startswith(("file:", "blob:", "data:"))]
    assert not outside and not page.log.complaints
    assert not page.locator(".abn-wait, .abn-fault:not(:empty)").count()
    assert page.locator("summary", has_text="Fold").count() == 1
    opened_code = page.locator("details.abn-code[open] pre").all_inner_texts()
    assert opened_code == [SECTIONS["mine"]], "the code of an exercise is not folded; all other is"
    assert page.locator("main b").count() == 0 and page.get_by_text("<b>markup</b>").count() == 1
    assert page.locator("main a", has_text="link").get_attribute("href") == "05_the_long_road.html"
    policy = page.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content")
    assert "default-src 'none'" in policy and "connect-src 'none'" in policy


def test_words_and_controls_stand_there_without_plotly_and_each_chart_says_what_is_missing(opened, pages, tmp_path):
    shutil.copytree(pages, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("plotly.js"))
    page = opened(folder=tmp_path, all_parts=True)
    assert page.locator("script[src]").last.get_attribute("src") == "course/plotly.js"
    steps = panel(page, "steps")
    steps.get_by_text("course/plotly.js is not beside this page").wait_for()
    steps.locator("select").select_option("Norway")
    assert "Norway" in steps.locator(".abn-twin").inner_text() and steps.locator("input[type=range]").count() == 1
    assert all("plotly.js" in one for one in page.log.complaints)


def test_plotly_is_compiled_once():
    brought = plotly.offline.get_plotlyjs()
    assert (
        site.unwrapped(brought).startswith(brought[: brought.index("*/")])
        and "factory" not in site.unwrapped(brought)[:600]
    )
    assert site.unwrapped("something else") == "something else"


def test_a_page_cannot_ask_another_host_even_if_told_to(opened):
    page = opened()
    tries = {
        "connect-src": "fetch('https://example.org/').catch(() => 0)",
        "img-src": "new Image().src = 'https://example.org/x.png'",
        "script-src-elem": "document.body.append(Object.assign(document.createElement('script'), {src: 'https://example.org/x.js'}))",
    }
    for rule, code in tries.items():
        stopped = f"new Promise((told) => {{ addEventListener('securitypolicyviolation', (one) => told(one.effectiveDirective)); setTimeout(told, 3000, 'nothing'); {code}; }})"
        assert page.evaluate(stopped) == rule


def test_each_state_of_a_control_says_and_draws_what_python_does(opened):
    page = opened()
    steps = panel(page, "steps")
    for place, country in enumerate(["Italy", "Poland", "Norway"]):
        steps.locator("select").select_option(index=place)
        for stop, target in enumerate([2.0, 2.5, 3.0, 3.5]):
            steps.locator("input[type=range]").fill(str(stop))
            now = show(figures.country_target, country=country, target=target)
            assert steps.locator(".abn-twin").inner_text() == now.words["twin"]
            assert steps.locator(".abn-title").inner_text() == now.words["title"]
    kept = page.evaluate("n => document.querySelectorAll('.abn-part')[n].querySelector('.abn-plot').data", 1)
    assert [trace.get("name") for trace in kept] == [trace.get("name") for trace in now.figure["data"]]


def test_a_panel_too_large_to_list_keeps_ends_and_start_and_says_so():
    listed = states.Listed.__new__(states.Listed)
    listed.controls = {
        name: states.Control(controls.slider(name, 0, 100, value=at)) for name, at in (("a", 37), ("b", 2))
    }
    keys, together = listed.keys(200)
    assert len(keys) <= 200 and together == 2
    assert {0, 37, 100} <= {a for a, _ in keys} and {0, 2, 100} <= {b for _, b in keys}
    listed.controls = {
        name: states.Control(controls.slider(name, 0, high, value=0)) for name, high in (("a", 12), ("b", 3))
    }
    assert len(listed.keys(40)[0]) == 7 * 4, "no more stops are left out than have to be"
    options = [str(number) for number in range(40)]
    listed.controls = {name: states.Control(controls.choice(name, options)) for name in "abc"}
    keys, together = listed.keys(200)
    assert together == 1 and len(keys) == 1 + 3 * 39


# States that are worked out in the page ----------------------------------------------------------

SHARES = {"country": ["Italy", "Poland", "Norway", "Spain"], "edition": ["2026-07", "2025-08"]}
WORKED_OUT = {  # by figure: its controls as lessons have them, of few countries
    "country_target": lambda: {
        **{name: controls.choice(name, options) for name, options in SHARES.items()},
        "target": controls.slider("Target", 2.0, 5.0, value=3.5, step=0.1),
    },
    "chance_of_unanimity": lambda: {
        "allies": controls.slider("Allies", 2, 40, value=measures.allies),
        "chance": controls.slider("Sure", 80.0, 100.0, value=98.0, step=0.5),
        "doubters": controls.slider("Undecided", 0, 5, value=0),
    },
    "gap": lambda: {
        "start": controls.slider("Start in", measures.first_start, measures.last_start, value=2014),
        "goal": controls.slider("Goal", 25, 95, value=64),
        "margin": controls.slider("Margin", 0.0, 3.0, value=0.0, step=0.5),
    },
    "days_apart": lambda: {
        "first": controls.choice("First", measures.day_events, measures.EVENT["Bucharest"]),
        "second": controls.choice("Second", measures.day_events, measures.EVENT["Georgia"]),
    },
    "stance": lambda: {kind: controls.slider(kind, 0, 2, value=1) for kind in ["membership", "diplomacy", "war", "reform", "aid"]},
    "two_stories": lambda: {
        "story_a": controls.ticks("A tells", measures.story_pool, list(controls.asked(measures.story_pool).values())[:2]),
        "because_a": controls.choice("A: because", dict(list(controls.asked(measures.owners_of_because).items())[:4])),
        "story_b": controls.ticks("B tells", measures.story_pool, ()),
        "because_b": controls.choice("B: because", dict(list(controls.asked(measures.owners_of_because).items())[:4])),
    },
    "options_by_weight": lambda: {
        **{name: controls.slider(name, 0, 5, value=1) for name in ["law", "answer", "guarantors", "soon", "deters", "calm", "cheap"]},
        "mine": controls.scores("Yours", measures.own_criteria, measures.option_names),
    },
}  # fmt: skip


def places(control, lot):
    """Where a control of a page's part may stand: at one place at random, and at its ends."""
    if control["kind"] == "ticks":
        return [one for one in control["values"] if lot.random() < 0.4], [[], control["values"]]
    if control["kind"] == "scores":
        scored = [[lot.choice(control["values"]) for _ in control["items"]] for _ in control["asked"]]
        empty = [[None for _ in control["items"]] for _ in control["asked"]]
        return [row if lot.random() < 0.7 else blank for row, blank in zip(scored, empty)], [empty, scored]
    return lot.randrange(len(control["values"])), [0, len(control["values"]) - 1]


def plain(texts):
    """The four texts of a state as they are read: bytes as numbers, numbers to nine digits."""

    def read(thing):
        if isinstance(thing, dict) and set(thing) == {"dtype", "bdata"}:
            return read(np.frombuffer(base64.b64decode(thing["bdata"]), dtype=thing["dtype"]).tolist())
        if isinstance(thing, dict):
            return {name: read(one) for name, one in thing.items()}
        if isinstance(thing, list):
            return [read(one) for one in thing]
        return float(f"{thing:.9g}") if isinstance(thing, int | float) and not isinstance(thing, bool) else thing

    return [read(json.loads(text)) for text in texts]


@pytest.mark.parametrize("name", WORKED_OUT)
def test_a_state_that_the_page_works_out_is_as_python_draws_it(name, said):
    lot = random.Random(name)
    panel = controls.explore(getattr(figures, name), **WORKED_OUT[name]())
    part = states.Listed(panel).part(site.MOST)
    assert part["draw"] == name and part["combinations"] > states.FEW
    start, moved = [control["at"] for control in part["controls"]], [places(one, lot) for one in part["controls"]]
    wanted = [start, *([places(one, lot)[0] for one in part["controls"]] for _ in range(10))]
    wanted += [[*start[:place], end, *start[place + 1 :]] for place, (_, ends) in enumerate(moved) for end in ends]
    corners = (
        itertools.product((0, 1), repeat=len(moved)) if len(moved) <= 3 else [[end] * len(moved) for end in (0, 1)]
    )
    wanted += [[ends[end] for (_, ends), end in zip(moved, corner, strict=True)] for corner in corners]
    worked = said.evaluate("([part, all]) => all.map((now) => alliance.textsAt(part, now))", [part, wanted])
    for now, texts in zip(wanted, worked, strict=True):
        values = {
            one["name"]: tuple(tuple(row) if isinstance(row, list) else row for row in at)
            if isinstance(at, list)
            else one["values"][at]
            for one, at in zip(part["controls"], now, strict=True)
        }
        for there, here in zip(plain(texts), plain(states.still(panel.drawn(**values))), strict=True):
            assert there == here, values


# A sentence of one's own --------------------------------------------------------------------------

LISTS = ["table", "measure", "edition", "comparison", "who", "year", "other", "earlier"]


class Walk:
    """What a learner chooses one after the other, what each list then offers, and what is drawn in the end."""

    def __init__(self, panel):
        self.panel, self._draw, self.moves, self.seen = panel, panel._drawn, [], []
        panel._drawn, panel.chart.show = lambda: panel.figure, lambda figure: None  # only the last step is drawn

    def choose(self, name, value):
        """Choose `value` in the list `name`, or type it: nothing happens where it stands there already."""
        control = self.panel.controls[name]
        if control.value != value:
            if name == "number":
                control.typed.value = "" if value is None else f"{value:f}"
            else:
                control.value = value
            self.moves[-1].append([name, value])
            self.seen[-1][0].append([
                {other: list(map(list, lab._pairs(self.panel.controls[other]))) for other in LISTS},
                {other: control.value for other, control in self.panel.controls.items()},
                [other for other, control in self.panel.controls.items() if control.layout.display != "none"],
            ])  # fmt: skip

    def sentence(self, pick, number):
        """Choose from each list in turn as `pick` does, given the list's name and values; then type a number."""
        self.moves.append([])
        self.seen.append([[]])
        for name in LISTS:
            self.choose(name, pick(name, [meant for _, meant in lab._pairs(self.panel.controls[name])]))
        self.choose("number", number)
        try:
            self.seen[-1].append(plain(states.still(self._draw())))
        except ValueError as error:
            self.seen[-1].append(str(error))


def gaps(part):
    """Of a measure of each table: a country and a year without a figure of it, with one comparison after the other."""
    for (table, kinds), comparison in zip(part["tables"].items(), itertools.cycle(measures.WANTED)):
        measure, kind = list(kinds.items())[-1]
        one = kind["editions"][-1]
        for country, values in zip(one["countries"], one["values"], strict=True):
            if None in values and comparison in one["comparisons"]:
                year = one["span"][values.index(None)]
                yield dict(table=table, measure=measure, comparison=comparison, who=country, year=year)
                break


def ties(part):
    """Sentences that compare a corruption score with the same score: as a number, of another country, of another year."""
    table, measure = "Corruption and democracy", "corruption score"
    one = part["tables"][table][measure]["editions"][0]
    rows, years = dict(zip(one["countries"], one["values"], strict=True)), one["span"]
    pairs = itertools.combinations(rows, 2)
    who, other, place = next(
        (mine, theirs, at)
        for mine, theirs in pairs
        for at in range(len(years))
        if rows[mine][at] == rows[theirs][at] is not None
    )
    still, (early, late) = next(
        (name, two)
        for name, row in rows.items()
        for two in itertools.combinations(range(len(row)), 2)
        if row[two[0]] == row[two[1]] is not None
    )
    same = dict(table=table, measure=measure, who=who, other=other, year=years[place])
    for comparison in ("at least", "less than", "how many reached", "more than another country"):
        yield same | dict(comparison=comparison, number=rows[who][place])
    yield same | dict(comparison="more than in an earlier year", who=still, year=years[late], earlier=years[early])


WALKED = """([part, walk]) => {
  const { start, offers, shown, drawn } = alliance.own, [now, lists] = start(part), copy = (one) => JSON.parse(JSON.stringify(one));
  return walk.map((moves) => {
    const seen = moves.map(([name, value]) => {
      now[name] = value;
      offers(part, now, name, lists);
      return copy([lists, now, Object.keys(now).filter((one) => shown(part, now, lists, one))]);
    });
    try { return [seen, drawn(part, now)]; } catch (error) { return [seen, error.message]; }
  });
}"""


def test_a_sentence_of_ones_own_is_tested_on_a_page_as_python_tests_it(said, monkeypatch):
    for where, name in ((measures, "indicator_rows"), (measures, "indicator_editions"), (lab, "cited_for")):
        monkeypatch.setattr(where, name, functools.cache(getattr(where, name)))  # they are asked at each step
    panel = lab.OwnSentence()
    part, walk = parts.part(lab.sentence()), Walk(panel)
    for lot in map(random.Random, range(30)):
        walk.sentence(lambda _, values, lot=lot: lot.choice(values), lot.choice([0, 2, 1.5, 33.3, 12345.678, None]))
    for end, number in ((0, 0), (-1, 100_000), (0, 0.00001)):
        walk.sentence(lambda _, values, end=end: values[end], number)
    for meant in [*gaps(part), *ties(part)]:
        walk.sentence(lambda name, values, meant=meant: meant.get(name, values[0]), meant.get("number", 1.0))
    found = said.evaluate(WALKED, [part, walk.moves])
    for (lists, drawn), (listed, texts), moves in zip(walk.seen, found, walk.moves, strict=True):
        assert listed == lists, moves
        assert (texts if isinstance(texts, str) else plain(texts)) == drawn, moves
    twins = " ".join(drawn if isinstance(drawn, str) else drawn[2]["twin"] for _, drawn in walk.seen)
    said_of = (
        "sentence holds.",
        "does not hold.",
        "cannot be said.",
        "missing, which is not zero",
        "(estimate)",
        "Type a",
    )
    assert all(verdict in twins for verdict in said_of)


def test_the_lists_of_a_sentence_of_ones_own_follow_each_other_on_a_page_and_stay_as_they_were_left(opened, no_answers):
    page, python = opened(), lab.sentence()
    own = panel(page, "own")
    number = own.get_by_role("textbox", name="Number")
    assert own.locator(".abn-twin").inner_text() == python.twin
    chosen = {"table": "Kiel: aid to Ukraine", "comparison": "more than in an earlier year", "who": "Italy"}
    for name, value in chosen.items():
        label = python.controls[name].description
        own.get_by_role("combobox", name=label, exact=True).select_option(label=value)
        python.controls[name].value = value
        assert own.locator(".abn-twin").inner_text() == python.twin
        stands = "(all) => Object.fromEntries(all.map((one) => [one.labels[0].firstChild.textContent.trim(), one.selectedOptions[0]?.textContent]))"
        told = {python.controls[one].description: python.controls[one].label for one in LISTS}
        assert own.locator("select").evaluate_all(stands) == told, "a list shows another choice than is drawn"
        assert number.is_visible() == (python.controls["number"].layout.display is None)
    kept_as_python(page, "A sentence of my own")
    assert panel(opened(), "own").locator(".abn-twin").inner_text() == python.twin
    own.get_by_role("combobox", name="Comparison").select_option(label="less than")
    number.fill("")
    assert "Type a number first. The chart still shows the one before." in own.inner_text()


# Guesses -----------------------------------------------------------------------------------------


def test_a_guess_is_kept_compared_and_drawn_as_python_does_and_is_there_after_a_reload(opened):
    page = opened()
    number = panel(page, "number")
    assert "waits for your guess" in panel(page, "held").inner_text()
    number.get_by_text("Commit my guess").click()
    assert "wild guess is fine" in number.inner_text()
    number.locator("input[type=text]").fill("3,5")
    number.get_by_text("Commit my guess").click()
    guess = predict.number("How many euros?", 0.0, 10.0, "euros", 0.1)
    right = float(controls.world.today().ask(measures.newest_share, country="Italy", target=2.0))
    assert guess.distance(3.5, right) in number.inner_text()
    shapes = "n => (document.querySelectorAll('.abn-part')[n].querySelector('.abn-plot')?.layout?.shapes ?? []).length"
    until(page, f"({shapes})(3) > 0")
    figure = show(figures.country_target, country="Italy", target=2.0).shown.copy()
    guess.mark(figure, 3.5)
    drawn = page.evaluate(
        "n => document.querySelectorAll('.abn-part')[n].querySelector('.abn-plot').layout.annotations.at(-1).text", 3
    )
    assert drawn == figure.layout.annotations[-1].text == "your guess: 3.5"
    assert panel(page, "held").locator(".abn-explore, table").count() >= 1
    number.locator("input[type=text]").fill("9")
    number.get_by_text("Commit my guess").click()
    again = opened()
    assert guess.distance(9.0, right) in panel(again, "number").inner_text()
    assert "Your first guess counts: 3.5 euros." in panel(again, "number").inner_text()
    row = again.evaluate("JSON.parse(localStorage.getItem('alliance guess 04-a'))")
    assert (row["first"]["guess"], row["latest"]["guess"], row["kind"], row["lesson"]) == (3.5, 9, "number", "04")
    assert all(
        re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", row[f"{one}_time"]) for one in ("first", "latest")
    )


def test_a_line_is_drawn_with_the_mouse_and_fills_the_numbers(opened):
    page = opened()
    line = panel(page, "line")
    line.locator("input[type=text]").nth(1).fill("5")
    assert "Open: 1949, 2000 and 2024." in line.inner_text()
    line.locator("input[type=text]").nth(1).fill("")
    line.scroll_into_view_if_needed()
    line.locator(".nsewdrag").wait_for()
    box = line.locator(".nsewdrag").bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + box["height"] * 0.8)
    page.mouse.down()
    for step in range(1, 21):
        page.mouse.move(
            box["x"] + 5 + (box["width"] - 10) * step / 20, box["y"] + box["height"] * (0.8 - 0.6 * step / 20)
        )
    page.mouse.up()
    until(page, "n => document.querySelectorAll('.abn-part')[n].querySelectorAll('input')[3].value", 5)
    typed = [float(box.input_value()) for box in line.locator("input[type=text]").all()]
    assert typed == sorted(typed) and 5 < typed[0] < 12 and 28 < typed[3] < 36
    line.get_by_text("Commit my guess").click()
    guess = predict.line("How many members?", [1949, 1975, 2000, 2024], 0, 40, "members")
    answer = controls.world.today().ask(measures.members_at_year_end)
    assert (
        guess.distance([[year, value] for year, value in zip(guess._years, typed, strict=True)], answer)
        in line.inner_text()
    )


def test_an_order_is_moved_and_a_choice_chosen_with_the_keyboard(opened):
    page = opened()
    order = panel(page, "order")
    order.get_by_label("Move c up").press("Enter")
    assert "c: place 2 of 3." in order.inner_text()
    page.keyboard.press("Enter")  # the focus moved with it
    order.get_by_text("Commit my guess").click()
    told = predict.ranking("Which order?", ["a", "b", "c"]).distance(["c", "a", "b"], ["c", "a", "b"])
    assert told in order.inner_text()
    choice = panel(page, "choice")
    choice.get_by_label("about 5").check()
    choice.get_by_text("Commit my guess").click()
    assert "You chose “about 5”; the data say “about 30”." in choice.inner_text()
    seen = panel(page, "number")
    seen.get_by_text("Show without a guess").click()
    seen.locator("input[type=text]").fill("2.4")
    seen.get_by_text("Commit my guess").click()
    assert page.evaluate("alliance.store.kept('near 04-a')") is None, "who has seen the answer did not guess near it"


NUMBERS = [
    0,
    1,
    2.5,
    0.125,
    0.375,
    1 / 3,
    12.345,
    1234.5,
    9999.95,
    9999.96,
    10000,
    12345.5,
    1e6,
    -3.75,
    -0.5,
    0.0004,
    99.9995,
]
TYPED = [
    "12",
    " 12,5 %",
    "1,200",
    "1,200.50",
    "€ 3.8 bn",
    "1.2.3",
    "1,2,3",
    "a few",
    "",
    "−4",
    "+7",
    "1 000",
    "’5",
    "2 or 3",
    "12.",
]


def test_numbers_are_written_and_read_as_python_does(said):
    random.seed(4)
    numbers = NUMBERS + [round(random.uniform(-2000, 20000), random.randrange(6)) for _ in range(300)]
    assert said.evaluate("list => list.map(alliance.words.short)", numbers) == [
        words.short(number) for number in numbers
    ]
    for digits in (0, 1, 2):
        told = said.evaluate(
            "([list, digits]) => list.map((one) => alliance.words.fixed(one, digits))", [numbers, digits]
        )
        assert told == [f"{number:.{digits}f}" for number in numbers]
    read = "list => list.map((text) => { try { return alliance.words.readNumber(text) } catch (error) { return error.message } })"
    assert said.evaluate(read, TYPED) == [tried(lambda text=text: words.read_number(text)) for text in TYPED]


def tried(act):
    """What `act` gives, or the words of its error."""
    try:
        return act()
    except ValueError as error:
        return str(error)


# What charts and panels of the notebooks do in places that no lesson of today shows.
RULES_OF_CHARTS = """
    const again = (line) => joined([[2010, 5], [2020, 7]], line);
    return {
      folded: [["a bb cccccccccccc dd", 6], ["one<br>two  three", 9]].map((one) => folded(...one)),
      names: [["Italy", "B 52", "2% only"], ["2024-01", "2024-01-31"], ["1949", "-1.5"], [1949, 1950], ["Italy", "1949"]]
        .map((values) => namesOf({}, values)),
      given: [namesOf({ ticktext: ["x"] }, ["y"]), namesOf({ categoryarray: ["a", "b"] }, ["b"])],
      values: valuesOf([{ y: ["a"] }, { y: ["b"], xaxis: "x2" }, {}, { y: ["c"] }], "y"),
      ends: [[[2013, 1], [2018, 2]], [[2014, 1], [2016, 2]], [[2009, 3], [2012, 4]]].map(again),
    };"""
RULES_OF_KEYS = """
    const panel = document.createElement("div"), labels = ["", "Year"];
    panel.className = "abn-panel";
    for (const label of labels) {
      const row = panel.appendChild(document.createElement("div"));
      row.className = "widget-toggle-buttons";
      Object.assign(row.appendChild(document.createElement("span")), { className: "widget-label", textContent: label });
      row.append(document.createElement("div"));
    }
    const stop = keyboard.render({ el: panel.firstChild, model: {} });
    await new Promise((done) => setTimeout(done, 80));
    const deep = panel.lastChild.lastChild.appendChild(document.createElement("p"));
    deep.className = "abn-say";
    await new Promise((done) => setTimeout(done, 0));
    const kernels = [undefined, null, {}, { isDisposed: true }, { status: "dead" }, { status: "busy" }];
    stop();
    return {
      labels: [...panel.children].map((row) => row.lastChild.getAttribute("aria-label")), role: deep.getAttribute("role"),
      gone: kernels.map((kernel) => Boolean(gone(panel, kernel))), typed: typed.map((text) => Number(plain(text))),
    };"""


def within(page, file, code, **given):
    """What some code gives that stands at the end of a script of the notebooks, in a page."""
    script = (site.HERE.parent / file).read_text(encoding="utf-8").replace("export default", "const keyboard =")
    kept = "const kept = AbortSignal.timeout; try {", "} finally { AbortSignal.timeout = kept; }"
    return page.evaluate(f"async ({{ {', '.join(given)} }}) => {{ {kept[0]} {script} {code} {kept[1]} }}", given)


def test_small_rules_of_charts_and_keys_hold_where_no_lesson_shows_them(said):
    assert within(said, "chart.js", RULES_OF_CHARTS) == {
        "folded": [["a bb", "cccccccccccc", "dd"], ["one two", "three"]],
        "names": [["Italy", "B 52", "2% only"], [], [], [], []],
        "given": [["x"], ["a", "b"]],
        "values": ["a", "c"],
        "ends": [
            [[2010, 1], [2020, 2], [2013, 1], [2018, 2]],
            [[2010, 5], [2020, 7], [2014, 1], [2016, 2]],
            [[2020, 7], [2009, 3], [2012, 4]],
        ],
    }
    typed = [" 1,200", "2,5", "1,234,567.5", "3.5", " 4"]
    assert within(said, "keyboard.js", RULES_OF_KEYS, typed=typed) == {
        "labels": [None, "Year"],
        "role": "status",
        "gone": [False, True, False, True, True, False],
        "typed": [words.read_number(text) for text in typed],
    }


def test_what_is_said_of_a_typed_answer_is_what_python_says(said):
    judge = "list => list.map((one) => alliance.words.judged(...one))"
    cases = [
        (value, right, tolerance, unit, slips)
        for right, tolerance, unit, slips in [
            (16.4, 0.2, "%", {12.0: "You took all."}), (32, 0, "members", {31.0: "One too few."}), (0, 0.5, "", {}),
            (1250.5, 3, "billion dollars", {}), (-3.75, 0.1, "points", {}),
        ]
        for value in (right, right + tolerance, right * 100, right / 1000, right * 1e6, right - 7, 12, 31.1, 12345.678)
    ]  # fmt: skip
    given = [[*case[:4], list(case[4].items())] for case in cases]
    assert said.evaluate(judge, given) == [check.judged(*case) for case in cases]


def test_every_check_judges_as_python_does_whatever_is_chosen(said):
    one = "([id, all]) => all.map((key) => alliance.words.oneJudged(key, alliance.questions.checks[id]))"
    several = "([id, all]) => all.map((keys) => alliance.words.severalJudged(keys, alliance.questions.checks[id]))"
    asked = [checks.check(identifier) for identifier in checks.ids()]
    for question in asked:
        if question.kind == "number":
            continue
        python = check.KINDS[question.kind](question)
        ways = list(question.options)
        if question.kind == "several":
            ways = [list(some) for size in range(1, len(ways) + 1) for some in itertools.combinations(ways, size)]
        told = said.evaluate(one if question.kind == "one" else several, [question.id, ways])
        for chosen, said_there in zip(ways, told, strict=True):
            python._take = lambda chosen=chosen: chosen
            assert said_there == list(python._judge()), question.id
    right = said.evaluate("Object.entries(alliance.questions.checks).map(([id, one]) => [id, one.right])")
    assert dict(right) == {q.id: q.right if q.kind == "number" else sorted(q.right) for q in asked}


def test_guesses_are_compared_as_python_compares_them(said):
    random.seed(5)
    told = """([asked, guess]) => { const rules = alliance.words.GUESSED[asked.kind];
        return [rules.said(guess, asked), rules.distance(guess, asked), rules.near(guess, asked), rules.fits(guess, asked)] }"""

    def same(guess, mine, answer, known=None, **asked):
        asked = {"kind": guess.kind, "near": predict.NEAR, "answer": known or answer, **asked}
        python = [guess.said(mine), guess.distance(mine, answer), bool(guess.near(mine, answer)), guess._fits(mine)]
        assert said.evaluate(told, [asked, mine]) == python

    number, far = predict.number("?", 0, 50, "allies"), predict.number("?", 1949, 2026, "")
    for answer in (0, 18.25, 31.999, 45):
        for mine in (0, answer, 18.3, 50, random.uniform(0, 50)):
            same(number, mine, answer, low=0, high=50, unit="allies")
        same(far, 1949 + answer, 2000, low=1949, high=2026, unit="")
    ranking = predict.ranking("?", ["a", "b", "c", "d"])
    for _ in range(12):
        mine, answer = random.sample("abcd", 4), random.sample("abcd", 4)
        same(ranking, mine, answer, items=["a", "b", "c", "d"])
    own = predict.order("?", ["a", "b", "c."])
    rules = "([asked, guess]) => [alliance.words.GUESSED.order.distance(guess, asked), alliance.words.GUESSED.order.said(guess)]"
    for mine, answer in ((["c.", "a", "b"], ["a", "c.", "b"]), (["a", "b", "c."], ["a", "c.", "b"])):
        assert said.evaluate(rules, [{"answer": answer}, mine]) == [own.distance(mine, answer), own.said(mine)]
    for low, high in ((0, 4), (0, 40), (-40, 40)):
        line = predict.line("?", [2000, 2010, 2020], low, high, "%")
        answer = {2000: 1.25, 2010: 2.0, 2020: math.nan}
        known = {"2000": 1.25, "2010": 2.0}
        for mine in ([[2000, 1.25]], [[2000, 3.0], [2010, 0.35], [2020, 2]], [[2010, 2.0], [2020, 1]], [[2000, 3.25]]):
            same(line, mine, answer, known, years=[2000, 2010, 2020], low=low, high=high, unit="%")
        drawn = [[2001.0, 1.0], [2009.0, 2.125], [2005.5, 0.25]]
        line._drew({"new": drawn})
        spec = {"years": [2000, 2010, 2020], "low": low, "high": high, "reach": line._reach, "digits": line._digits}
        assert (
            said.evaluate("([stroke, spec]) => alliance.words.drawnYears(stroke, spec)", [drawn, spec]) == line._guess()
        )


def test_a_text_is_looked_at_as_python_looks(said):
    part = parts.part(writing.desk("?", words=20, points=2))["desk"]
    desk = writing.Desk("?", 20, 2)
    for text in (
        "In May 2024 NATO counted 23 of 32 allies (A0-28, Article 5), which may be wrong; SIPRI says 2.1 %.",
        "nothing", "Nobody knew it last May 3.", "word " * 13, "word " * 16, "I might, in lesson 4, doubt 1,200.5 and 1949. On the other hand Kiel, December 2025.", "",
    ):  # fmt: skip
        desk.text.value = text
        assert said.evaluate("([text, desk]) => alliance.words.looked(text, desk)", [text, part]) == [
            [bool(enough), line] for enough, line in desk.findings()
        ]


def test_the_right_option_stands_equally_often_at_each_place_for_every_learner(said):
    found = said.evaluate("""() => ['a', 'b', 'f00d'].map((who) => {
        const alike = Object.values(alliance.questions.checks).filter((one) => one.alike && one.options.length === 3);
        const places = [0, 0, 0];
        for (const one of alike) places[alliance.orderOf(one, who).indexOf(one.right[0])] += 1;
        return places })""")
    assert all(max(places) - min(places) <= 1 for places in found), found
    dealt = "Object.values(alliance.questions.checks).filter(({ kind }) => kind !== 'number').map((one) => [alliance.orderOf(one, 'a').sort(), one.options.map(([key]) => key).sort()])"
    assert all(order == options for order, options in said.evaluate(dealt)), "an option is lost, or twice there"
    orders = said.evaluate(
        "['a', 'b', 'c', 'd'].map((who) => alliance.orderOf(alliance.questions.checks['04-1'], who).join())"
    )
    assert len(set(orders)) > 1


# Cards, sorters, words ---------------------------------------------------------------------------


def test_cards_sorters_and_words_answer_and_stay(opened):
    page = opened()
    cards = panel(page, "cards")
    assert "Verdict" not in cards.inner_text()
    assert cards.locator(".abn-sides").first.locator("button").all_inner_texts() == list(claim.SIDE_OF)
    cards.get_by_text("cannot be tested").first.click()
    assert "You said: cannot be tested. The ledger says:" in cards.inner_text() and "Verdict" in cards.inner_text()
    sorter = panel(page, "sorter")
    sorter.locator("select").nth(0).select_option("x")
    sorter.locator("select").nth(1).select_option("x")
    sorter.get_by_text("Compare").click()
    python = lessons.run_cell(SECTIONS["sorter"], {"sorter": __import__("alliance").sorter})
    python.inputs["s one"].value = python.inputs["s two"].value = "x"
    python.compare()
    assert (
        python._said.value.replace("&#x27;", "'") in sorter.inner_text()
        and "≠ The ledger: y. because y" in sorter.inner_text()
    )
    panel(page, "words").locator("textarea").fill("what I see")
    text, desk = panel(page, "desk"), writing.Desk("?", 20, 1)
    desk.text.value = "SIPRI, April 2026: 2.1% of GDP."
    text.locator("textarea").fill(desk.text.value)
    text.get_by_text("Look at my text").click()
    looked = [f"{'✓' if enough else '○'} {line}" for enough, line in desk.findings()]
    assert text.locator("li").all_inner_texts() == looked and {line[0] for line in looked} == {"✓", "○"}
    again = opened()
    assert panel(again, "words").locator("textarea").input_value() == "what I see"
    assert panel(again, "cards").get_by_text("cannot be tested").first.is_disabled()
    assert panel(again, "sorter").locator("select").nth(1).input_value() == "x"


def test_twelve_sentences_are_counted_once_beside_chance(opened):
    page = opened()
    twelve = panel(page, "twelve")
    twelve.get_by_text("Count my answers").click()
    assert "Still open: 1, 2" in twelve.inner_text()
    asks = twelve.locator(".abn-ask").all_inner_texts()
    assert [ask.split(".")[0] for ask in asks if ask[0].isdigit()] == [str(number) for number in range(1, 13)]
    for group in twelve.locator("[role=radiogroup]").all():
        group.locator("input").first.check()
    twelve.get_by_text("Count my answers").click()
    kept = page.evaluate("alliance.store.first('sentences start')")
    right = [
        n
        for n, (key, asked) in enumerate(zip(kept["answers"], checks.sentences("start"), strict=True), 1)
        if key in asked.right
    ]
    assert kept["right"] == right and f"You have {len(right)} of 12." in twelve.inner_text()


def test_hostile_words_on_a_page_are_words(tmp_path, opened, monkeypatch):
    quoted = [json.dumps(word) for word in WORDS]
    cells = [f"# 04 · {WORDS[0]}\n\n" + "\n\n".join(WORDS), "from alliance import *\nimport pandas as pd"]
    cells += [f"pd.DataFrame({{{word}: [{word}]}})" for word in quoted[:3]]
    cells += [f"writing.box({word})" for word in quoted] + [
        f"sorter.sort({word}, {{{word}: {word}}}, [{word}, 'y'], {{}})" for word in quoted[:6]
    ]
    cells += [
        f"reveal(predict.choice({word}, [{word}, 'other']), figures.guideline_counts, answer={word})"
        for word in quoted[:3]
    ]
    out = built(tmp_path, cells)
    page = opened(folder=out, all_parts=True)
    for _ in range(2):
        page.evaluate(
            "document.querySelectorAll('textarea').forEach((one) => { one.value = '<img src=x onerror=window.hacked=1>'; one.dispatchEvent(new Event('input')) })"
        )
        page.get_by_text("My work", exact=True).click()
        page.wait_for_timeout(200)
        assert page.evaluate("window.hacked") is None
        assert page.locator("main :is(iframe, svg[onload], img)").count() == 0
        assert WORDS[0] in page.locator("main").inner_text() and WORDS[1] in page.locator("main").inner_text()
        page = opened(folder=out, all_parts=True)
    assert not [address for address in page.log.requests if not address.startswith(("file:", "blob:", "data:"))]


@pytest.fixture
def no_answers(tmp_path, monkeypatch):
    """A learner who has answered nothing yet."""
    monkeypatch.setenv("ALLIANCE_ANSWERS", str(tmp_path / "answers.sqlite"))
    monkeypatch.setattr(answers, "_unsaved", {})
    return tmp_path


def nearly_right(whole, identifier):
    """A sentence judged first on another side of the scale than the ledger's, then on its side, by another verdict."""
    keys, sides, right = [key for key, *_ in whole["verdicts"]], whole["sides"], whole["claims"][identifier]["verdict"]
    other = next(key for key in keys if sides[key] != sides[right])
    return identifier, other, next(key for key in keys if sides[key] == sides[right] and key != right)


@pytest.mark.slow
def test_the_lab_says_of_both_judgements_what_python_says(said, no_answers, monkeypatch):
    tell, asked = (
        parts.Laboratory._claim,
        ("A0-28", "A0-30", "A0-01", "A0-27"),
    )  # evidence of all sentences takes seconds
    monkeypatch.setattr(parts.Laboratory, "_claim", lambda part, row: tell(part, row) if row["id"] in asked else {})
    python, whole = lab.Lab(), parts.Laboratory().part(0)
    assert [label for label, *_ in whole["shows"]] == [label for label, _ in python.inputs["show"].options]
    names, again = {key: name for key, name, _ in whole["verdicts"]}, "one => alliance.words.labAgain(...one)"
    for identifier, first, second in (
        ("A0-28", "supported", "contradicted"), ("A0-30", "contested", "contested"), ("A0-01", "outdated", "imprecise"),
        nearly_right(whole, "A0-27"),
    ):  # fmt: skip
        python.inputs["show"].value = ("article", identifier[:2])
        python.inputs["sentence"].value = identifier
        judged = []
        for verdict, sure in ((first, 70), (second, 70)):
            python.inputs["verdict"].value, python.inputs["sure"].value = verdict, sure
            python.commit()
            judged.append({"verdict": verdict, "confidence": sure})
            if len(judged) == 1:
                assert said.evaluate(again, [judged[0], names]) == html.unescape(python.said)
                blind = python._evidence.children[-1].value
                assert whole["claims"][identifier]["blind"] == blind, (
                    "the evidence tells the verdict, or other evidence"
                )
        told = [*judged, whole["claims"][identifier], names, whole["sides"]]
        assert said.evaluate("one => alliance.words.labSaid(...one)", told) == html.unescape(python.said)


# Other engines -----------------------------------------------------------------------------------

GUESS = """alliance.makePart(n).then(() => {
  const box = document.querySelectorAll('.abn-part')[n], typed = box.querySelector('input[type=text]');
  if (mine) {
    typed.value = mine;
    typed.dispatchEvent(new Event('input'));
    [...box.querySelectorAll('button')].find((one) => one.textContent === 'Commit my guess').click();
  }
  return box.textContent;
})"""


@pytest.mark.parametrize("engine", [engines.Firefox, engines.WebKit])
def test_a_page_does_the_same_in_another_engine(engine, pages):
    if engine.missing():
        pytest.skip(engine.missing())
    place = [key for key in SECTIONS if key not in ("title", "set-up", "one", "two", "three", "mine")].index("number")
    address = (pages / "04_every_kind.html").as_uri()
    with engine() as browser:
        browser.open(address)
        parts_ = browser.evaluate("alliance.makeAll().then(() => document.querySelectorAll('.abn-part').length)")
        drawn = "document.querySelectorAll('.abn-part .main-svg').length"
        jupyter.wait_until(lambda: browser.evaluate(drawn) >= 3, 60, lambda: "no charts")
        assert parts_ >= 20 and not browser.evaluate(
            "document.querySelectorAll('.abn-fault:not(:empty), .abn-wait').length"
        )
        told = browser.evaluate(
            GUESS.replace("(n)", f"({place})").replace("[n]", f"[{place}]").replace("mine", "'3,5'")
        )
        guess = predict.number("How many euros?", 0.0, 10.0, "euros", 0.1)
        right = float(controls.world.today().ask(measures.newest_share, country="Italy", target=2.0))
        assert guess.distance(3.5, right) in told
        browser.open(address)
        again = browser.evaluate(GUESS.replace("(n)", f"({place})").replace("[n]", f"[{place}]").replace("mine", "''"))
        assert guess.distance(3.5, right) in again
        assert browser.evaluate("document.documentElement.scrollWidth") <= browser.size[0]
        assert all(one.startswith(("file:", "data:", "blob:", "about:")) for one in browser.requests)


# A picture of one's own answers ------------------------------------------------------------------

OWN = "([draw, texts, choice, facts]) => alliance.computed(draw, texts, choice, facts)"


def test_scales_and_positions_are_drawn_as_python_draws_them(said):
    part = parts.part(position.weigh(world.load("argument_pairs"), figures.weighed_subjects))
    for weights in ((0, 0, 0, 0, 0), (5, -5, 1, 0, 2), (-1, -1, 3, 0, 0)):
        leanings = dict(zip(part["cases"], weights, strict=True))
        drawn = said.evaluate(OWN, ["weighed_subjects", part["texts"], {"leanings": leanings}, {}])
        assert plain(drawn) == plain(states.still(figures.weighed_subjects(leanings)))
    part = parts.part(position.compare(figures.positions))
    for (agree, sure), (later, surer) in (((-5, 40.0), (5, 55.5)), ((2, 100.0), (2, 100.0)), ((0, 81.5), (-3, 0.0))):
        before, after = {"agree": agree, "sure": sure}, {"agree": later, "sure": surer}
        drawn = said.evaluate(OWN, ["positions", part["texts"], {"before": before, "after": after}, {}])
        assert plain(drawn) == plain(states.still(figures.positions(before, after)))


@pytest.mark.parametrize("sure", [(50, 50, 50, 50, 50, 60), (40, 50, 50, 50, 50, 50), (60,) * 6, (40,) * 6, (50,) * 5])
def test_how_sure_and_how_right_are_weighed_as_python_weighs_them(sure, said):
    part, right = parts.part(lab.calibration()), [place % 2 == 0 for place in range(len(sure))]
    ids = [f"A{place}" for place in range(len(sure))]
    told = ["supported" if true else "contradicted" for true in right]
    judged = pd.DataFrame({"id": ids, "verdict": told, "confidence": sure})
    ledger = pd.DataFrame({"id": ids, "verdict": "supported", "tested": "computed"})
    figure = world.ask(figures.calibration, table=measures.calibration(judged, ledger), left_out=2)
    choice = {"judged": [[one, true, true] for one, true in zip(sure, right, strict=True)], "leftOut": 2}
    drawn = said.evaluate(OWN, ["calibration", part["texts"], choice, {"enough": part["enough"]}])
    assert plain(drawn) == plain(states.still(figure))


def test_my_course_and_how_sure_i_was_say_what_python_says(no_answers, opened):
    page, rows = opened(), list(world.load("claims")["id"])
    told = "[...document.querySelectorAll('.abn-part')][n].querySelectorAll('li')"
    course = [key for key in SECTIONS if key not in ("title", "set-up", "one", "two", "three", "mine")].index("course")
    part = parts.part(lab.calibration())
    for many in (0, 3, 40):
        for place, identifier in enumerate(rows[:many]):
            verdict, sure = list(claims.VERDICTS)[place % len(claims.VERDICTS)], place % 11 * 10
            if place < 3:  # at first as sure as right
                verdict, sure = claims.finding(identifier).verdict, 100
            answers.keep(f"card {identifier}", list(claim.SIDE_OF)[place % 4], lesson="04", kind="card")
            judged = {"verdict": verdict, "confidence": sure}
            answers.keep(f"Fact-check lab: verdict on {identifier}", judged, lesson="11", kind="verdict")
        if many:
            answers.keep("check 04-1", {"answer": "x", "right": True}, lesson="04", kind="check")
            answers.keep("check 04-2", {"answer": "1", "right": False}, lesson="04", kind="check")
            answers.keep("near 04-a", False, lesson="04", kind="near")
            answers.keep("sentences start", {"right": [1, 5], "answers": []}, lesson="00", kind="sentences")
        page.evaluate("rows => alliance.bringBack(rows)", answers.all())
        chart = page.evaluate(
            "([texts, enough]) => alliance.computed('calibration', texts, alliance.judgements(false), { enough })",
            [part["texts"], part["enough"]],
        )
        assert plain(chart) == plain(states.still(lab.calibration().chart.shown))
        assert page.evaluate("alliance.tally()") == claim.tally()
        if many == 3:
            told_now = put(page, {"kind": "course"}).locator("li").all_inner_texts()
            assert told_now == str(my_course()).split("\n")[: len(told_now)] and "as sure as right" in told_now[2]
    page.evaluate("n => alliance.makePart(n)", course)
    lines = page.evaluate(f"n => [...{told}].map((one) => one.textContent)", course)
    assert lines == str(my_course()).split("\n")[: len(lines)] and len(lines) == 4
    table = [
        [cell.inner_text() for cell in row.locator("td").all()]
        for row in page.locator(".abn-part").nth(course).locator("tbody tr").all()
    ]
    assert table == my_lessons._shown(my_lessons.progress()).astype(str).to_numpy().tolist()


# Driven as a learner drives it, each kind of part -------------------------------------------------


def test_a_control_of_each_kind_shows_where_it_stands_and_draws_what_is_chosen(opened):
    page = opened("index.html")
    target = controls.buttons("Target line", {"2%": 2.0, "3.5%": 3.5, "5%": 5.0}, value=3.5)
    panel_ = controls.explore(figures.guideline, year=2024, target=target)
    box = put(page, states.Listed(panel_).part(site.MOST))
    pressed = box.locator(".abn-buttons [aria-pressed=true]")
    assert pressed.all_inner_texts() == ["3.5%"]
    box.get_by_role("button", name="5%", exact=True).click()
    assert pressed.all_inner_texts() == ["5%"]
    same_words(box, panel_.drawn(target=5.0))
    panel_ = controls.explore(
        figures.price_of_target, year=2024, target=controls.slider("Target", 2.0, 4.0, value=3.5, step=0.5),
        with_usa=controls.switch("with the United States", True),
    )  # fmt: skip
    box = put(page, states.Listed(panel_).part(site.MOST))
    assert box.locator("input[type=checkbox]").is_checked() and box.locator("output").inner_text().strip() == "3.5"
    box.locator("input[type=checkbox]").uncheck()
    same_words(box, panel_.drawn(with_usa=False))
    box.locator("input[type=range]").fill("4")
    same_words(box, panel_.drawn(with_usa=False, target=4.0))


def kept_as_python(page, title):
    """Whether what a page keeps under `title` is what Python keeps; said first is what stands there."""
    here = page.evaluate("title => alliance.store.kept(title)", title)
    assert here == answers.kept(title) and here, here
    assert f"{title}: {here['said']}" in put(page, {"kind": "work"}).inner_text()


def test_boxes_to_tick_and_scores_of_ones_own_are_drawn_and_kept_where_they_were_given(opened, no_answers):
    page, told = opened("index.html"), WORKED_OUT["two_stories"]()
    panel_ = drafts.keep("My stories", controls.explore(figures.two_stories, **told))
    story_part = parts.part(panel_).part(site.MOST)
    box = put(page, story_part)
    stories = [box.locator("fieldset").nth(side).locator("input") for side in (0, 1)]
    stories[0].nth(0).uncheck()
    stories[1].nth(2).check()
    stories[1].nth(0).check()
    pool = list(controls.asked(measures.story_pool).values())
    left = panel_.drawn(story_a=(pool[1],), story_b=(pool[0], pool[2]))
    same_words(box, left)
    panel_.controls["story_a"].value, panel_.controls["story_b"].value = (pool[1],), (pool[0], pool[2])
    kept_as_python(page, "My stories")
    same_words(put(opened("index.html"), story_part), left)
    panel_ = drafts.keep("My scores", controls.explore(figures.options_by_weight, **WORKED_OUT["options_by_weight"]()))
    mine = panel_.controls["mine"]
    score_part = parts.part(panel_).part(site.MOST)
    box = put(page, score_part).locator(".abn-scores")
    box.locator("select").nth(0).select_option(index=1)
    scores = [list(row) for row in mine.value]
    for item, score in ((1, 2), (3, 0)):
        box.locator("select").nth(1 + item).select_option(index=[value for _, value in mine.SET].index(score))
        scores[1][item] = score
    same_words(page.locator(".abn-put").last, panel_.drawn(mine=tuple(map(tuple, scores))))
    mine.value = tuple(map(tuple, scores))
    kept_as_python(page, "My scores")
    box = put(opened("index.html"), score_part).locator(".abn-scores")
    for question in (0, 1):
        box.locator("select").nth(0).select_option(index=question)
        read = [text for item in scores[question] for text, value in mine.SET if value == item]
        stand = "(list) => [...list].slice(1).map((one) => one.selectedOptions[0].textContent)"
        assert box.locator("select").evaluate_all(stand) == read


def test_a_number_is_guessed_with_the_slider_and_the_first_guess_counts_as_near(opened):
    page = opened()
    number = panel(page, "number")
    number.locator("input[type=range]").first.fill("2.4")
    assert number.locator("input[type=text]").input_value() == "2.4"
    number.get_by_text("Commit my guess").click()
    assert page.evaluate("alliance.store.kept('near 04-a')") is True
    number.locator("input[type=text]").fill("9")
    number.get_by_text("Commit my guess").click()
    assert page.evaluate("alliance.store.kept('near 04-a')") is True, "the first guess counts"
    assert page.evaluate("alliance.store.first('guess 04-a').guess") == 2.4
    number.locator("select").select_option(index=1)
    drawn = "n => document.querySelectorAll('.abn-part')[n].querySelector('.abn-plot').layout.annotations?.some(({ text }) => text.startsWith('your guess'))"
    until(page, f"n => !({drawn})(n)", 3)


def test_a_position_is_kept_and_two_are_told_as_python_tells_them(opened, no_answers):
    page = opened("index.html")
    both = [position.Position(moment, asks) for moment, asks in position.ASKS.items()]
    given = [
        {"agree": -3, "when": position.WHEN[2], "sure": 81.5, "reason": "mine", "doubt": ""},
        {"agree": 2, "when": position.WHEN[4], "sure": 60.0, "reason": "later", "doubt": "a chart"},
    ]
    for one, value in zip(both, given, strict=True):
        box = put(page, parts.part(one))
        box.get_by_text("Keep my position").click()
        assert "Say how far you agree" in box.inner_text(), "nobody stands at 0 unasked"
        box.locator("input[type=range]").fill(str(value["agree"]))
        box.locator("select").select_option(value["when"])
        for place, name in enumerate(("sure", "reason", "doubt")):
            box.locator("input[type=text]").nth(place + 1).fill(str(value[name]).replace(".", ","))
        box.get_by_text("Keep my position").click()
        assert page.evaluate("key => alliance.store.first(key)", one._key) == value
        one.value = value
    compared = position.Compare(*both, figures.positions)
    box = put(page, parts.part(compared))
    same_words(box, figures.positions(*given))
    told = [html.unescape(line) for line in re.findall(r"<li[^>]*>(.*?)</li>", compared._words.value)]
    assert box.locator("ul").last.locator("li").all_inner_texts() == told and len(told) == 5
    box = put(opened("index.html"), parts.part(both[0]))
    assert box.locator("input[type=range]").input_value() == "-3"
    assert [one.input_value() for one in box.locator("input[type=text]").all()] == ["-3", "81.5", "mine", ""]


def test_scales_stand_where_they_were_left_subject_by_subject(opened, no_answers):
    weighed = position.weigh(world.load("argument_pairs"), figures.weighed_subjects)
    box = put(opened("index.html"), parts.part(weighed))
    for subject, weight in ((0, -5), (1, 2)):
        box.locator("select").select_option(index=subject)
        box.locator("input[type=range]").fill(str(weight))
    leanings = dict.fromkeys(weighed.subjects, 0) | {weighed.subjects[0]: -5, weighed.subjects[1]: 2}
    same_words(box, figures.weighed_subjects(leanings))
    again = put(opened("index.html"), parts.part(weighed))
    same_words(again, figures.weighed_subjects(leanings))
    for subject, weight in enumerate(leanings.values()):
        again.locator("select").select_option(index=subject)
        assert again.locator("input[type=range]").input_value() == again.locator("output").inner_text() == str(weight)


def test_the_lab_keeps_what_was_chosen_and_its_verdict_until_the_second_time(opened):
    read = next(
        row["id"] for _, row in world.load("claims").iterrows() if parts.Laboratory._by_reading(None, row["id"])
    )
    page, ids = opened("index.html"), ["A0-01", "A0-28", read]
    few = parts.Laboratory.__new__(parts.Laboratory)
    few._shows, few._within = [["Three", ids, ["article", "A0"]]], world.World()
    few._drawn, few._read = {}, {}
    few._claims = {row["id"]: few._claim(row) for _, row in world.load("claims").iterrows() if row["id"] in ids}
    whole = few.part(1)
    box, shown, found = (
        put(page, whole),
        page.locator(".abn-put .abn-found"),
        page.locator(".abn-put .abn-found > .abn-scroll"),
    )
    listed = [f"{one} · {lab._short(whole['claims'][one]['claim'])}" for one in ids]
    assert box.locator("select").nth(1).locator("option").all_inner_texts() == listed
    text = "(markup) => new DOMParser().parseFromString(markup, 'text/html').body.textContent"
    side = {word: side for word, side in whole["holds"]}
    for place, word in enumerate(["no", list(side)[0], list(side)[-1]]):
        of = whole["untested"] if word == "no" else side[word]
        left = [(key, name) for key, name, _ in whole["verdicts"] if whole["sides"][key] == of]
        box.get_by_role("radiogroup", name="Can it be tested?").get_by_label("no" if word == "no" else "yes").check()
        if word != "no":
            box.get_by_role("radiogroup", name="Does it hold?").get_by_label(word, exact=True).check()
        if len(left) > 1:
            box.get_by_role("radiogroup", name="Which verdict?").locator("input").last.check()
        box.get_by_label("How sure are you?").select_option("70%")
        box = put(page, whole)  # chosen and not committed, it stands there again
        shown, found = box.locator(".abn-found"), box.locator(".abn-found > .abn-scroll")
        box.get_by_text("Commit my verdict").click()
        key = f"Fact-check lab: verdict on {ids[place]}"
        judged = {"verdict": left[-1][0], "confidence": 70}
        assert page.evaluate("key => alliance.store.first(key)", key) == judged
        claim_ = whole["claims"][ids[place]]
        assert found.evaluate("(one) => one.textContent") == page.evaluate(text, claim_["blind"])
        assert f"You said {left[-1][1]}, 70% sure. Here is" in box.inner_text()
        chosen = box.locator("[role=radiogroup]:visible input:checked")
        assert chosen.count() == box.locator("[role=radiogroup]:visible").count(), "the first verdict does not stand"
        box.locator("select").last.select_option("100%")
        box.get_by_text("Commit my verdict").click()
        assert (
            page.evaluate(
                "key => alliance.store.first(key).confidence", key.replace("lab: ", "lab: after the evidence, ")
            )
            == 100
        )
        assert found.evaluate("(one) => one.textContent") == page.evaluate(text, claim_["found"])
        assert claim_["claim"] in box.locator(".abn-ask").first.inner_text()
        if place < 2:
            assert shown.locator(".abn-chart").count() == place
            box.get_by_text("Next ▶").click()
    asked = {"finding": claims.finding(read), "identifier": read, "judged": judged["verdict"]}
    same_words(shown, world.today().ask(figures.readings, **asked))
    shown.locator(".annotation-text", has_text="your verdict").wait_for()
    box.get_by_text("Next ▶").click()
    assert "the last sentence" in box.inner_text()
    for asked in listed[1::-1]:
        box.get_by_text("◀ Before").click()
        assert box.locator("select").nth(1).locator("option:checked").inner_text().endswith(asked)
    box.get_by_text("◀ Before").click()
    assert "the first sentence" in box.inner_text()


def test_the_twelve_at_the_end_stand_beside_those_at_the_start(opened, no_answers):
    page = opened("index.html")
    answers.keep("sentences start", {"right": [1, 5, 12], "answers": []}, lesson="00", kind="sentences")
    page.evaluate("rows => alliance.bringBack(rows)", answers.all())
    box = put(page, {"kind": "twelve", "form": "end"})
    for group in box.locator("[role=radiogroup]").all():
        group.locator("input").nth(1).check()
    box.get_by_text("Count my answers").click()
    answers.keep("sentences end", page.evaluate("alliance.store.first('sentences end')"), kind="sentences")
    assert sentences.said("end") in box.inner_text()
    python = sentences.side_by_side()
    rows = [[cell.inner_text() for cell in row.locator("td").all()] for row in box.locator("tbody tr").all()]
    shared = [
        list(python.columns).index(name) for name in ("many people think", "at the start", "now", "why", "lesson")
    ]
    assert [[row[at] for at in shared] for row in rows] == python.iloc[:, shared].to_numpy().tolist()


def test_checks_come_back_the_longest_unseen_first(opened):
    page, ids = opened(), ["05-1", "06-1", "02-1", "03-1", "04-1"]
    rows = [
        {"key": f"check {name}", "lesson": name[:2], "kind": "check", "first": {"answer": "", "right": False},
         "latest": {"answer": "", "right": False}, "first_time": "2026-01-01T00:00:00+00:00",
         "latest_time": f"2026-02-0{9 - place}T00:00:00+00:00"}
        for place, name in enumerate(ids)
    ]  # fmt: skip
    page.evaluate("rows => alliance.bringBack(rows)", rows)
    box = put(page, {"kind": "before"})
    said_ = [line.inner_text() for line in box.locator(".abn-say").all() if "From lesson" in line.inner_text()]
    assert [line.split(",")[0] for line in said_] == [f"From lesson {name}" for name in ("03", "02", "06")]


def test_of_an_answer_brought_back_the_earlier_first_and_the_later_latest_stay(opened):
    page = opened("index.html")
    row = {"key": "x", "lesson": "04", "kind": "words", "first": "f", "latest": "l"}
    brought = {**row, "first": "F", "latest": "L"}
    for day, wanted in (("01", ["F", "l"]), ("05", ["f", "L"])):
        stored = page.evaluate(
            "([mine, theirs]) => { alliance.store.put(mine); alliance.bringBack([theirs]); return [alliance.store.first('x'), alliance.store.kept('x')] }",
            [row | {"first_time": "2026-01-03", "latest_time": "2026-01-04"}, brought | {"first_time": f"2026-01-{day}", "latest_time": f"2026-01-{day}"}],
        )  # fmt: skip
        assert stored == wanted, day
    full = "Storage.prototype.setItem = () => { throw new Error('full') }; alliance.store.keep('x', 'typed'); alliance.store.keep('y', 'new')"
    assert "could not be kept" in page.evaluate(full)
    assert page.evaluate("[alliance.store.kept('x'), alliance.store.kept('y')]") == ["typed", "new"]


CLASS = {  # by question: how four learners answered at first, and what is said of it and stands in its table
    "guess 04-a": ([2.0, 6.0, 4.0, 9.0], "The middle answer is 5 euros, from 2 to 9", None),
    "guess 04-b": ([[[1949, 40], [2000, 40]], [[1949, 0]], [[2024, 0]], [[1975, 1]]], "1 of 4 drew mostly above", None),
    "guess 04-c": (["about 5", "about 30", "about 30", "about 30"], "Most often: “about 30” (3), then “about 5” (1).",
                   [["about 5", "1", ""], ["about 30", "3", "yes"]]),
    "guess 04-d": ([["c", "a", "b"], ["c", "b", "a"], ["a", "c", "b"], ["c", "a", "b"]], "1. c, 2. a, 3. b",
                   [["c", "3", ""], ["a", "2", ""], ["b", "3", ""]]),
    "Which pile?": ([{"s one": "x", "s two": "x"}, {"s one": "x"}, {"s two": "x"}, {"s one": "y", "s two": "x"}],
                    "Start the talk with “s two”.", [["s two", "3", ""], ["s one", "1", ""]]),
    "card A0-28": (["does not hold"] * 3 + ["holds"], "Most often: “does not hold” (3), then “holds” (1).", "card"),
    "check 04-1": ([[next(iter(checks.check("04-1").options))]] * 4, "Most often: “", "check"),
}  # fmt: skip

TYPED_BY_FOUR = ["2,5", "3", "4", "11"]


def test_the_class_page_counts_each_kind_of_question_as_it_was_answered_at_first(opened, no_answers, tmp_path):
    files, reasons = [], list(world.load("reason_choices"))
    orders = [[reasons[1], reasons[0], *reasons[2:]]] * 3 + [reasons]
    first = world.today().ask(measures.reason_order)[0]
    last = f"First in the class's: “{reasons[1]}”; first in the chart of the lesson: “{first}”."
    asked_of_all = CLASS | {"guess 04-e": (orders, last, None)}
    for learner in range(4):
        answers.forget()
        for key, (given, *_) in asked_of_all.items():
            first, guessed = given[learner], key.startswith("guess")
            kind = {
                "guess 04-a": "number",
                "guess 04-b": "line",
                "guess 04-c": "choice",
                "guess 04-d": "ranking",
                "guess 04-e": "order",
                "Which pile?": "piles",
            }.get(key, key.split()[0])
            first = {"answer": first, "right": False} if kind == "check" else first
            answers.keep(key, {"asked": "", "guess": first, "said": ""} if guessed else first, lesson="04", kind=kind)
            if guessed:
                answers.keep(key, {"asked": "", "guess": given[0], "said": ""}, lesson="04", kind=kind)
        answers.keep("check 06-2", {"answer": TYPED_BY_FOUR[learner], "right": False}, lesson="06", kind="check")
        files.append(handin.written(f"learner {learner}", folder=tmp_path))
    page = opened("class.html")
    page.locator("input[type=file]").set_input_files(files)
    page.get_by_text("4 files read.").wait_for()
    page.evaluate("document.querySelectorAll('#class details').forEach((one) => { one.open = true; })")
    sections = page.locator("#class .abn-section")
    told = {
        "guess 04-a": "How many euros?",
        "guess 04-b": "How many members?",
        "guess 04-c": "Which?",
        "guess 04-d": "Which order?",
        "guess 04-e": "Your order?",
        "Which pile?": "Which pile?",
    }
    told["card A0-28"] = world.load("claims").set_index("id")["claim"]["A0-28"]
    told["check 04-1"] = checks.check("04-1").question
    side = parts.part(claim.Claim("A0-28"))["cards"][0]["side"]
    for key, (_, says, rows) in asked_of_all.items():
        section = sections.filter(has=page.get_by_role("heading", name=told[key], exact=True))
        assert says in section.inner_text(), key
        found = [[cell.inner_text() for cell in row.locator("td").all()] for row in section.locator("tbody tr").all()]
        if rows == "card":
            assert [row[0] for row in found if row[2] == "yes"] == [side]
            assert [row[0] for row in found] == list(claim.SIDE_OF)
        elif rows == "check":
            asked = checks.check(key.split()[1])
            assert {row[0] for row in found if row[2] == "yes"} == {asked.options[one] for one in asked.right}
        elif rows:
            assert found == rows, key
    line = (
        sections.filter(has_text="How many euros?")
        .locator(".abn-plot")
        .evaluate("(plot) => plot.layout.annotations[0].text")
    )
    right = float(controls.world.today().ask(measures.newest_share, country="Italy", target=2.0))
    assert line == f"the data: {words.short(right)}"
    heads = sections.filter(has_text="How many members?").locator("th").all_inner_texts()
    assert heads == ["year", "the data"]
    page.get_by_label("Lesson").select_option("06")
    typed, number = sections.filter(has_text="The middle answer is").inner_text(), checks.check("06-2")
    assert number.question in typed
    assert f"from 2.5 to 11; the data say {words.short(number.right)} {number.unit}." in typed


def test_around_a_chart_stands_what_the_figure_says_and_behind_it_its_table(opened):
    page = opened("index.html")
    told = world.ask(figures.guideline_counts)
    assert len(told.source) > 1 != len(told.table) != len(told.source), "a count of one thing may be that of another"
    for figure in (world.ask(figures.price_of_target, year=2024, target=3.5), told):
        box, chart = put(page, parts.part(show(figure))), show(figure)
        box.locator("details").evaluate("(one) => { one.open = true; }")
        until(page, "[...document.querySelectorAll('.abn-put')].at(-1).querySelectorAll('tbody tr').length > 0")
        same_words(box, figure)
        for name, text in (("subtitle", html.unescape(figure.layout.title.subtitle.text)), ("note", figure.note)):
            assert box.locator(f".abn-{name}").evaluate("(one) => one.textContent") == text
        assert box.locator(".abn-source").inner_text() in figure.source.lines()
        table = as_text(figure.table)
        assert box.locator("th").all_inner_texts() == table["columns"]
        rows = [
            row.locator("td").evaluate_all("(all) => all.map((one) => one.textContent)")
            for row in box.locator("tbody tr").all()
        ]
        assert rows == table["rows"] and f"({len(rows)} rows)" in box.locator("summary").inner_text()
        assert chart.words["rows"] == len(rows)
        sources = list(map(str, figure.source))
        assert box.locator("details li").all_inner_texts() == sources
        assert (f"All {len(sources)} sources:" if len(sources) > 1 else "The source:") in box.locator(
            "details"
        ).inner_text()


def test_names_stand_at_their_own_rows_on_a_telephone_and_on_a_projected_screen(opened):
    page = opened("index.html")
    figure = controls.explore(figures.options_by_weight, **WORKED_OUT["options_by_weight"]()).figure
    box = put(page, parts.part(show(figure)))
    names = [name.replace("<br>", " ") for name in figure.layout.yaxis.ticktext]
    told = "[...document.querySelectorAll('.abn-put .abn-plot')].at(-1).layout?.yaxis.ticktext?.map((name) => name.replaceAll('<br>', ' '))"
    page.set_viewport_size({"width": 853, "height": 360})  # so low that each name has one line only
    box.locator(".abn-projector").click()
    until(
        page,
        "![...document.querySelectorAll('.abn-put .abn-plot')].at(-1).layout.yaxis.ticktext.join().includes('<br>')",
    )
    assert page.evaluate(told) == names
    box.locator(".abn-projector").click()
    page.set_viewport_size({"width": 390, "height": 800})
    until(page, "[...document.querySelectorAll('.abn-put .abn-plot')].at(-1).layout.width < 390")
    assert page.evaluate(told) == names
    figure = world.ask(figures.reasons_by_date)  # of long names, which are folded here
    put(page, parts.part(show(figure)))
    until(
        page,
        "[...document.querySelectorAll('.abn-put .abn-plot')].at(-1).layout?.yaxis?.ticktext?.some((name) => name.includes('<br>'))",
    )
    assert page.evaluate(told) == [name.replace("<br>", " ") for name in dict.fromkeys(figure.data[0].y)]


def test_an_order_of_ones_own_is_drawn_as_it_was_put(opened, no_answers):
    page, order = opened("index.html"), predict.order("Which?", world.load("reason_choices"), name="10-z")
    reveal = predict.reveal(order, figures.reasons_by_date, answer=measures.reason_order)
    box = put(page, parts.part(reveal).part(2))
    box.locator("li").first.get_by_text("▼").click()
    box.get_by_text("Commit my guess").click()
    first, second, *rest = order._items
    drawn = reveal.figure.copy()
    order.mark(drawn, [second, first, *rest])
    until(page, "document.querySelector('.abn-put .abn-plot')?.data")
    trace = page.evaluate("document.querySelector('.abn-put .abn-plot').data.at(-1)")
    assert (trace["text"], list(trace["y"])) == (list(drawn.data[-1].text), list(drawn.data[-1].y))


def test_a_number_typed_into_a_check_is_kept_as_right_or_not_and_my_work_says_so(opened):
    page = opened("index.html")
    asked = next(one for one in map(checks.check, checks.ids()) if one.kind == "number")
    for number, right in ((asked.right, True), (asked.right + 3 * asked.tolerance + 1, False)):
        page.evaluate("alliance.store.forget()")
        box = put(page, {"kind": "check", "id": asked.id})
        box.locator("input").fill(str(number))
        box.get_by_text("Check", exact=True).click()
        assert page.evaluate("key => alliance.store.first(key).right", f"check {asked.id}") is right
        says = check.judged(number, asked.right, asked.tolerance, asked.unit, asked.slips)
        assert box.locator(".abn-say").inner_text() == says
        work = put(page, {"kind": "work"})
        assert ("(right)" if right else "(not right)") in work.inner_text() and asked.question in work.inner_text()


# A class's work ----------------------------------------------------------------------------------


@pytest.fixture
def kept(no_answers):
    """A learner's answers, in a file of this test."""
    made = {"asked": "How many euros?", "guess": 3.0, "said": "3 euros"}
    answers.keep("guess 04-a", made, lesson="04", kind="number")
    answers.keep("guess 04-a", made | {"guess": 4.0, "said": "4 euros"}, lesson="04", kind="number")
    answers.keep(
        "check 04-1", {"answer": next(iter(checks.check("04-1").options)), "right": False}, lesson="04", kind="check"
    )
    answers.keep("card A0-28", "holds", lesson="04", kind="card")
    answers.keep("Your words: what do you see?", "<img src=x onerror=window.hacked=1>", lesson="04", kind="words")
    answers.keep("draft 04-b", [[1949, 2.0]], lesson="04", kind="draft")
    answers.keep("My weights", {"set": {"law": 5}, "said": "Binding in law: 5"}, lesson="09", kind="setting")
    answers.keep("Position before: x", {"agree": 5}, lesson="10", kind="position")
    return no_answers


def test_what_is_handed_in_holds_first_guesses_and_words_and_positions_only_if_ticked(kept):
    plain, ticked = handin.handed_in(), handin.handed_in(" Ann ", positions=True)
    rows = {row["kind"]: row for row in plain["rows"]}
    assert set(rows) == {"number", "check", "card", "words", "setting"} and len(plain["rows"]) == 5
    assert plain["name"] == "" and ticked["name"] == "Ann"
    assert {row["kind"] for row in ticked["rows"]} == {*rows, "position"}
    assert (rows["number"]["first"]["guess"], rows["number"]["latest"]["guess"]) == (3.0, 4.0)
    assert rows["check"]["asked"] == checks.check("04-1").question
    path = handin.written("Ann / B", folder=kept)
    assert path.name == "hand-in-Ann-B.json" and json.loads(path.read_text("utf-8"))["rows"] == plain["rows"]


def test_a_page_hands_in_what_a_notebook_does_and_takes_it_back(kept, opened):
    page = opened()
    page.get_by_text("My work", exact=True).click()
    page.locator(".abn-mine input[type=file]").set_input_files(handin.written("Ann", folder=kept, positions=True))
    page.get_by_text("6 answers brought back").wait_for()
    page.locator(".abn-mine").get_by_label("Name or sign").fill("Ann")
    with page.expect_download() as waited:
        page.locator(".abn-mine").get_by_text("Hand in: make the file").click()
    found, python = json.loads(waited.value.path().read_text("utf-8")), handin.handed_in("Ann")
    assert put(opened(), {"kind": "work"}).get_by_label("Name or sign").input_value() == "Ann", "the name stays"
    assert {**found, "written": ""} == {**python, "written": ""}
    assert waited.value.suggested_filename == "hand-in-Ann.json"


def test_the_class_page_shows_the_class_beside_the_data_and_refuses_odd_files_by_name(kept, opened, tmp_path):
    files = []
    for name, guess in (("Ann", 2.0), ("Ben", 6.0), ("", 4.0)):
        answers.forget()
        answers.keep("guess 04-a", {"asked": "?", "guess": guess, "said": ""}, lesson="04", kind="number")
        if name:  # not all answer all
            answers.keep(
                "Your words: what do you see?", "<img src=x onerror=window.hacked=1>", lesson="04", kind="words"
            )
        files.append(handin.written(name, folder=tmp_path))
    good, nameless = (json.loads(files[place].read_text("utf-8")) for place in (0, 2))
    twin = tmp_path / "another folder" / files[2].name  # of another learner, who signed it no more than the first did
    twin.parent.mkdir()
    twin.write_text(
        json.dumps(nameless | {"rows": [row | {"latest_time": "later"} for row in nameless["rows"]]}), "utf-8"
    )
    odd = {
        "copy.json": json.dumps(good),
        "broken.json": '{"alliance": "hand-in", "rows": [',
        "huge.json": json.dumps(good) + " " * 2_100_000,
        "other.json": json.dumps({"name": "x"}),
        "rows.json": json.dumps(good | {"rows": [{"key": 1}]}),
        "many.json": json.dumps(good | {"rows": good["rows"] * 2000}),
        "deep.json": "[" * 100_000,
    }
    for name, text in odd.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    strange = good | {
        "name": "<img src=x onerror=window.hacked=1>",
        "rows": [dict(row, first={"guess": "<b>1</b>"}) for row in good["rows"]]
        + [dict(good["rows"][0], kind="check", key="check 04-2", first={"answer": "9" * 400})],
    }
    (tmp_path / "strange.json").write_text(json.dumps(strange), encoding="utf-8")
    page = opened("class.html")
    page.locator("input[type=file]").set_input_files(
        [*files, *(tmp_path / name for name in odd), tmp_path / "strange.json"]
    )
    page.get_by_text("4 files read. Not read: 7").wait_for()
    refused = page.locator(".abn-refused").inner_text()
    assert all(name in refused for name in odd) and "larger than 2 MB" in refused and "not whole" in refused
    assert f"copy.json has the same answers as {files[0].name}" in refused
    page.locator("input[type=file]").set_input_files(twin)
    page.get_by_text("5 files read.", exact=True).wait_for()
    assert "The middle answer is 4 euros, from 2 to 6; the data say" in page.locator("#class").inner_text()
    assert "4 of 5 answered." in page.locator("#class").inner_text()
    assert "Ann" not in page.locator("#class").inner_text()
    page.get_by_label("show names").check()
    assert "Ann: <img src=x" in page.locator("#class").inner_text()
    assert "Infinity" not in page.locator("#class").inner_text()
    for lesson in ("05", "04"):  # charts that are gone before their turn to be drawn
        page.get_by_label("Lesson").select_option(lesson)
    page.get_by_text("Present", exact=True).click()
    page.get_by_text("Forward ▶").click()
    until(page, "Boolean(document.querySelector('.abn-now .abn-projected .main-svg'))")
    assert page.locator("h2:visible").count() == 1 and not page.locator("h1").is_visible()
    assert page.evaluate("window.hacked") is None and not page.log.complaints


# Present, print, size ----------------------------------------------------------------------------


def test_present_shows_one_section_a_screen_and_arrow_keys_turn_it(opened):
    page = opened()
    assert page.get_by_role("button", name="Present").get_attribute("aria-pressed") == "false"
    page.get_by_text("Present", exact=True).click()
    assert page.locator(".abn-section:visible").count() == 1 and page.locator("h1").is_visible()
    assert page.get_by_role("button", name="Present").get_attribute("aria-pressed") == "true"
    many = page.evaluate("document.querySelectorAll('.abn-section:not(:has(.abn-section))').length")
    page.locator("body").press("ArrowRight")
    assert page.locator("h2:visible").inner_text() == "1. Charts" and not page.locator("h1").is_visible()
    assert page.get_by_text(f"2 of {many}", exact=True).is_visible()
    chart = panel(page, "still").locator(".abn-chart")
    until(page, "document.querySelector('.abn-now .abn-projected .main-svg')")
    assert chart.bounding_box()["height"] <= 720
    for _ in range(many):  # one more than there are to come
        page.locator("body").press("ArrowRight")
    assert page.get_by_text(f"{many} of {many}", exact=True).is_visible()
    for _ in range(many):
        page.locator("body").press("ArrowLeft")
    assert page.locator("h1").is_visible() and page.get_by_text(f"1 of {many}", exact=True).is_visible()
    page.locator("body").press("Escape")
    assert page.locator("h1").is_visible()


def test_a_worksheet_has_still_charts_and_lines_to_write_on_and_no_buttons(opened):
    page = opened(all_parts=True)
    page.emulate_media(media="print")
    assert page.locator("main button:visible:not(.abn-sides button)").count() == 0
    assert page.locator("main select:visible:not(.abn-chosen)").count() == 0
    assert panel(page, "scales").get_by_label("Subject").is_visible(), "the subject of the two cards below it"
    assert panel(page, "cards").get_by_text("does not hold").first.is_visible()
    assert panel(page, "words").locator("hr").first.is_visible()
    chart = panel(page, "still").locator(".main-svg").first
    chart.wait_for()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert chart.bounding_box()["width"] <= 671, "a chart is cut on paper"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert chart.bounding_box()["width"] > 671


def test_a_map_that_is_drawn_before_it_has_a_place_stands_there_once_it_has_one(opened):
    """As in JupyterLite, and where JupyterLab takes cells out of sight off the page."""
    page = opened()
    page.evaluate("document.querySelector('main').style.display = 'none'")
    part = panel(page, "map")
    part.locator(".choroplethlayer path").first.wait_for(state="attached")
    page.evaluate("document.querySelector('main').style.display = ''")
    until(page, "[...document.querySelectorAll('.main-svg')].some((one) => one.getBoundingClientRect().width > 800)")
    assert part.locator(".abn-fault:not(:empty)").count() == 0


def test_axe_finds_nothing_serious_on_a_page_with_every_kind_of_part(opened):
    page = opened(all_parts=True)
    number = panel(page, "number")
    number.get_by_text("Show without a guess").click()
    assert not jupyter.axe(page, [["body"]])


def test_a_phone_does_not_scroll_sideways(opened):
    page = opened(all_parts=True)
    page.set_viewport_size({"width": 390, "height": 800})
    page.wait_for_timeout(600)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
