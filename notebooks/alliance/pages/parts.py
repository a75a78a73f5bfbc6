"""What a cell shows, as a page needs it: a dict with its `kind`, read by panels.js.

Whatever Python says of an answer is written down here word by word where the answers are few; of
numbers, orders and lines, which are many, words.js says the same (the tests compare both).
"""

import functools
import itertools
import json

import ipywidgets as widgets
import pandas as pd

from .. import checks, claims, data, figures, measures, words, world
from ..chart import Chart
from ..claims import card
from ..controls import Explore
from ..figures.ledger import ENOUGH
from ..lesson import cards, check, claim, lab, position, predict, sentences, sorter, writing
from ..lesson.before import Before
from ..lesson.evidence import BY_CLAIM
from ..lesson.evidence import chart as chart_of
from ..lesson.handin import HandIn
from ..lesson.work import Work
from ..measures.verdicts import verdict_side
from ..world import World
from . import own, states

STAND_IN = 98_765_432.125  # stands for a learner's number in what a guess draws


@functools.singledispatch
def part(value):
    """The part of a page for what a cell shows; None where it is no panel that pages know."""
    return None


@part.register
def _(value: Chart):
    return {"kind": "chart", "texts": states.still(value.shown)}


@part.register
def _(value: Explore):
    return states.Listed(value, value.setting)


@part.register
def _(value: predict.Reveal):
    listed = states.Listed(value.explore(), value.setting)
    return Guessed(_guess(value), listed)


class Guessed:
    """A guess, and the chart behind it with its states."""

    def __init__(self, guess, listed):
        self.guess, self.listed = guess, listed

    def part(self, most):
        """The panel as a page has it, with at most `most` states."""
        return {"kind": "guess", "guess": self.guess, "explore": self.listed.part(most)}


def _guess(reveal):
    """A guess with its answer, what it draws, and what is said of each option where it has options."""
    guess, answer = reveal.guess, reveal.answer
    asked = {"kind": guess.kind, "name": guess.name, "question": guess.question, "near": predict.NEAR}
    if isinstance(guess, predict.Choice):
        options = list(guess._input.options)
        said = {option: guess.distance(option, answer) for option in options}
        asked |= {"options": options, "said": said, "right": [one for one in options if guess.near(one, answer)]}
        return asked
    if isinstance(guess, predict.Ranking):
        asked |= {"items": list(guess._items), "answer": [str(item) for item in answer]}
        own = isinstance(guess, predict.Order)
        return asked | (
            {"draws": _added(reveal.figure, lambda figure: guess.mark(figure, guess._items))} if own else {}
        )
    asked |= {"low": guess._low, "high": guess._high, "unit": guess._unit}
    if isinstance(guess, predict.Number):
        slider = guess._slider
        asked |= {"step": slider.step, "middle": slider.value, "digits": guess._digits, "answer": float(answer)}
        asked |= {"whole": guess._box.whole}
        return asked | {"draws": _added(reveal.figure, lambda figure: guess.mark(figure, STAND_IN))}
    known = {str(year): float(answer[year]) for year in guess._years if year in answer and answer[year] == answer[year]}
    asked |= {"years": list(guess._years), "answer": known, "blank": states.still(guess._blank([]))}
    asked |= {"reach": guess._reach, "digits": guess._digits, "whole": guess._digits == 0}
    return asked | {"draws": _added(reveal.figure, lambda figure: guess.mark(figure, [[STAND_IN, STAND_IN]]))}


def _added(figure, mark):
    """What a guess adds to a figure: traces, shapes and notes, a number of the learner's standing as STAND_IN."""
    marked = figure.copy()
    mark(marked)
    before, after = states.still(figure), states.still(marked)
    layouts = [json.loads(texts[1]) for texts in (before, after)]
    many = len(json.loads(before[0]))
    return {
        "data": json.loads(after[0])[many:],
        **{
            name: layouts[1].get(name, [])[len(layouts[0].get(name, [])) :]
            for name in ("shapes", "annotations")
        },
    }  # fmt: skip


@part.register
def _(value: predict.Waiting):
    return Held(list(value._gates), [part(content) or html(content) for content in value.contents], value.WAITS)


class Held:
    """What waits for guesses."""

    def __init__(self, names, contents, says):
        self.names, self.contents, self.says = names, contents, says

    def part(self, most):
        """The panel as a page has it, each of its own panels with at most `most` states."""
        parts = [content.part(most) if hasattr(content, "part") else content for content in self.contents]
        return {"kind": "after", "names": self.names, "says": self.says, "parts": parts}


@part.register
def _(value: check.Check):
    return {"kind": "check", "id": value.asked.id}


@part.register
def _(value: Before):
    return {"kind": "before"}


@part.register
def _(value: sentences.Sentences):
    return {"kind": "twelve", "form": value.form}


@part.register
def _(value: sorter.Sorter):
    rows = [
        {"sentence": sentence, "right": right, "why": value._why.get(sentence, value._why.get(right, ""))}
        for sentence, right in value._sentences.items()
    ]
    piles = [pile for pile in list(value.inputs.values())[0].options if pile[1] != sorter.OPEN]
    return {"kind": "sort", "question": value.question, "rows": rows, "piles": [pile for _, pile in piles]}


@part.register
def _(value: claim.Claims):
    return {"kind": "claims", "cards": [_claim(panel) for panel in value.children]}


@part.register
def _(value: claim.Claim):
    return {"kind": "claims", "cards": [_claim(value)]}


def _claim(panel):
    row = panel.row
    return {
        "id": row["id"],
        "lesson": row["lesson"],
        "claim": row["claim"],
        "where": card.where(row),
        "side": claim.SAID[verdict_side(panel._found.verdict)],
        "verified": claims.way(row) != "not verified",
        "found": cards.evidence(row["id"])._repr_html_(),
    }


@part.register
def _(value: writing.Box):
    return {"kind": "box", "question": value.question, "rows": value.ROWS, "hint": value.HINT}


@part.register
def _(value: writing.Desk):
    known = [name.split(",")[0].split(" (")[0] for name in data.load("sources")["publisher"].unique()]
    names = list(dict.fromkeys([*writing.SHORT, *known]))
    return {
        "kind": "box",
        "question": value.question,
        "rows": value.ROWS,
        "hint": value.HINT,
        "desk": {"words": value._words, "points": value._points, "publishers": names, "date": writing.DATE,
                 "doubt": writing.DOUBT},
    }  # fmt: skip


@part.register
def _(value: position.Position):
    asks = {
        name: [box.description, box.placeholder] for name, box in value.inputs.items() if hasattr(box, "placeholder")
    }
    return {
        "kind": "position",
        "moment": value.moment,
        "key": value._key,
        "sentence": position.SENTENCE,
        "when": list(position.WHEN),
        "asks": asks,
    }


@part.register
def _(value: position.Weigh):
    cases = {
        subject: position.side_by_side_cases(value._pairs[value._pairs["subject"] == subject])
        for subject in value.subjects
    }
    texts = states.still(value._figure(dict(zip(value.subjects, itertools.cycle((1, 0, -1)), strict=False))))
    return {"kind": "weigh", "key": value._KEY, "cases": cases, "texts": texts}


@part.register
def _(value: position.Compare):
    positions = (value._before, value._after)
    asks = {
        one.moment: [[name, box.description] for name, box in one.inputs.items() if name not in ("agree", "sure")]
        for one in positions
    }
    return {
        "kind": "compare",
        "says": value.WAITING,
        "keys": [one._key for one in positions],
        "asks": asks,
        "texts": states.still(value._figure({"agree": 0, "sure": 0.0}, {"agree": 1, "sure": 1.0})),
    }


@part.register(Work)
@part.register(HandIn)
def _(value):
    return {"kind": "work"}


@part.register
def _(value: lab.Lab):
    return Laboratory()


class Laboratory:
    """The fact-check lab: every sentence with its evidence and verdict; the charts of as many as fit."""

    def __init__(self):
        articles, rows = data.load("articles"), data.load("claims")
        wanted = {f"{row['id']} · {row['label']}": ("article", row["id"]) for _, row in articles.iterrows()}
        wanted |= {f"Topic · {topic}": ("lesson", lesson) for lesson, topic in lab.TOPICS.items()}
        self._shows = [
            [label, list(rows.loc[rows[column] == is_, "id"]), [column, is_]] for label, (column, is_) in wanted.items()
        ]
        self._claims = {row["id"]: self._claim(row) for _, row in rows.iterrows()}
        self._within, self._drawn = World(), {}  # what each chart is, None where there is none: drawn once
        self._read = {}  # the charts of readings, each drawn once

    def _claim(self, row):
        identifier = row["id"]
        return {
            "claim": row["claim"],
            "where": card.where(row),
            "verified": claims.way(row) != "not verified",
            "verdict": claims.finding(identifier).verdict,
            "blind": cards.evidence(identifier, with_verdict=False)._repr_html_(),
            "found": cards.evidence(identifier, with_readings=not self._by_reading(identifier))._repr_html_(),
        }

    def _by_reading(self, identifier):
        """Whether a chart of its readings stands in the place of a chart of the data."""
        return identifier not in BY_CLAIM and len(claims.finding(identifier).readings) > 0

    def _readings(self, most):
        """Of the first `most` sentences that have one: their readings, for each verdict a learner may have given."""
        wanted = list(filter(self._by_reading, self._claims))[:most]
        for identifier in wanted:
            if identifier not in self._read:
                camera = states.Camera()
                asked = {"finding": claims.finding(identifier), "identifier": identifier}
                self._read[identifier] = {
                    mine: camera.texts(world.today().ask(figures.readings, **asked, judged=mine))
                    for mine in claims.VERDICTS
                }
        return {identifier: self._read[identifier] for identifier in wanted}

    def _charts(self, most):
        """The charts of the first `most` sentences that have one."""
        found = {}
        for identifier in self._claims:
            if len(found) == most:
                break
            if identifier not in self._drawn:
                figure = chart_of(identifier, self._within)
                self._drawn[identifier] = None if figure is None else states.still(figure)
            if self._drawn[identifier] is not None:
                found[identifier] = self._drawn[identifier]
        return found

    def part(self, most):
        """The panel as a page has it, with the charts of at most `most` sentences."""
        pool, drawn = states.Pool(), self._charts(most)
        return {
            "kind": "lab",
            "shows": self._shows,
            "claims": self._claims,
            "charts": {identifier: [pool.place(text) for text in texts] for identifier, texts in drawn.items()},
            "readings": {
                identifier: {mine: [pool.place(text) for text in texts] for mine, texts in drawn.items()}
                for identifier, drawn in self._readings(most).items()
            },
            "texts": pool.texts,
            "verdicts": [[verdict, lab._said(verdict), meaning] for verdict, meaning in claims.VERDICTS.items()],
            "sides": {verdict: verdict_side(verdict) for verdict in claims.VERDICTS},
            "holds": list(lab.HOLDS.items()),
            "untested": lab.UNTESTED,
            "longest": lab.LONGEST,
        }


@part.register
def _(value: lab.Calibration):
    judged = pd.DataFrame({"id": ["A"], "verdict": ["supported"], "confidence": [50]})
    ledger = pd.DataFrame({"id": ["A"], "verdict": ["supported"], "tested": ["computed"]})
    figure = world.today().ask(figures.calibration, table=measures.calibration(judged, ledger))
    return {"kind": "calibration", "texts": states.still(figure), "enough": ENOUGH}


@part.register
def _(value: lab.OwnSentence):
    return {"kind": "own", "keeps": value.setting.title, **own.facts(value)}


def html(content):
    """The part for what is no panel, by its own (escaped) HTML; for a panel that pages do not know, its sentence."""
    markup = content._repr_html_() if hasattr(content, "_repr_html_") else None
    if markup:
        return {"kind": "html", "html": markup}
    return {
        "kind": "only",
        "says": getattr(content, "twin", "") if isinstance(content, widgets.Widget) else str(content),
    }


# What several pages share --------------------------------------------------------------------


def questions():
    """Checks by id and the twelve sentences of each form, with keys, reasons, and how a learner's order is dealt."""
    found = {identifier: checks.check(identifier) for identifier in checks.ids()}
    forms = {form: [_question(asked) for asked in checks.sentences(form)] for form in checks.FORMS}
    return {
        "checks": {identifier: _question(asked) for identifier, asked in found.items()},
        "sentences": forms,
        "misconceptions": checks.misconceptions(),
        "ledger": _ledger(),
        "chance": {form: words.number(sentences.chance(form)) for form in checks.FORMS},
    }


@functools.cache  # works out every sentence, and all lessons share it
def _ledger():
    """Of each claim that somebody verified its verdict; and the side of each verdict, with the words of the cards."""
    rows = [(row["id"], claims.finding(row["id"]).verdict) for _, row in data.load("claims").iterrows()
            if claims.way(row) != "not verified"]  # fmt: skip
    sides = {verdict: verdict_side(verdict) for verdict in claims.VERDICTS}
    return {"verdicts": dict(rows), "sides": sides, "said": claim.SAID}


def _question(asked):
    told = {
        "id": asked.id,
        "lesson": asked.lesson,
        "section": asked.section,
        "core": asked.core,
        "kind": asked.kind,
        "question": asked.question,
        "options": list(asked.options.items()),
        "reasons": asked.reasons,
        "right": asked.right if asked.kind == "number" else sorted(asked.right),
    }
    if asked.kind == "number":
        return told | {"unit": asked.unit, "tolerance": asked.tolerance, "slips": list(asked.slips.items())}
    alike = check._alike(asked) if asked.kind == "one" else []
    if asked.id in alike:
        told["alike"] = [alike[0], alike.index(asked.id), len(alike)]
    return told
