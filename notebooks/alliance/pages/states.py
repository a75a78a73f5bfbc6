"""The states of a chart with controls, listed, so that a page can show them without Python.

Few enough combinations are listed whole, and of some figures the others are worked out in the page (computed.py). Of
any other, long sliders keep every second stop, or fewer, their ends and the start among them; where that is not
enough, only the states near the start are listed: those in which one control, or two, stand elsewhere. The page says
which of its steps are missing.
"""

import functools
import itertools
import json
import math

import ipywidgets as widgets
import pandas as pd

from .. import controls, words
from ..chart import Chart, behind
from . import computed

STOPS = 6  # a slider keeps at least as many
FEW = 200  # states that are listed rather than worked out in the page
BOXES = 4  # boxes to tick, of which all combinations are listed


class Pool:
    """Texts that many states share, each written once; a state is the places of its texts."""

    def __init__(self):
        self.texts, self._places = [], {}

    def place(self, text):
        """Where `text` stands; it is added where it is new."""
        if text not in self._places:
            self._places[text] = len(self.texts)
            self.texts.append(text)
        return self._places[text]


class Camera:
    """Writes down what chart.js needs of figures: marks, frame, words and table, each as JSON."""

    def __init__(self):
        self._chart = None

    def texts(self, figure):
        """The four texts of a figure."""
        if self._chart is None:
            self._chart = Chart(figure)
        else:
            self._chart.show(figure)
        return [self._chart.marks, self._chart.frame, _json(self._chart.words), _json(behind(figure))]


def still(figure):
    """One state: what a chart without controls shows."""
    return Camera().texts(figure)


class Control:
    """One control as a page has it: its kind, label, and what can be chosen, in words and as values."""

    more: dict = {}  # what a page needs of it beside

    def __init__(self, control):
        self.start = control.value
        self.label = controls.heading(control)
        self.kind, pairs = _pairs(control)
        self.read, self.values = [read for read, _ in pairs], [value for _, value in pairs]
        if self.start not in self.values:
            self.read.insert(0, "as it is at the start")
            self.values.insert(0, self.start)
        self.all = _many(control) or len(self.values)
        self.at = self.values.index(self.start)

    def thinned(self, step):
        """Every `step`-th stop of a slider by its place, with ends and start; all places of another control."""
        places = range(len(self.values))
        if self.kind != "slider":
            return list(places)
        return [place for place in places if place % step == 0 or place in (self.at, len(places) - 1)]


class Boxes(Control):
    """A group of boxes to tick, each on its own: where the states are worked out in the page."""

    def __init__(self, control):
        alone = control.options[1:-1]
        self.start, self.label, self.kind, self.all = control.value, controls.heading(control), "ticks", 2 ** len(alone)
        self.read, self.values = [read for read, _ in alone], [meant for _, (meant,) in alone]
        self.at = list(control.value)


class Scored(Control):
    """Scores of a learner's own, a list for each item under one question at a time."""

    def __init__(self, control):
        self.start, self.label, self.kind, self.all = control.value, controls.heading(control), "scores", _many(control)
        self.read, self.values = [read for read, _ in control.SET], [score for _, score in control.SET]
        self.at = [list(scores) for scores in control.value]
        self.more = {"items": control.items, "asked": [[asks, control.cards(name)] for asks, name in control.asked]}


def _whole(control):
    """A control with all that it can take."""
    kinds = {controls.Ticks: Boxes, controls.Scores: Scored}
    return kinds.get(type(control), Control)(control)


def _many(control):
    """How many values a control takes of which its `options` are only some; 0 where they are all."""
    if isinstance(control, controls.Ticks):
        return 2 ** (len(control.options) - 2)
    if isinstance(control, controls.Scores):
        return len(control.SET) ** sum(map(len, control.value))
    return 0


@functools.singledispatch
def _pairs(control):
    """The kind of a control on a page, and pairs of what is read and what is meant."""
    if not hasattr(control, "options"):
        return "list", [(str(control.value), control.value)]
    pairs = [option if isinstance(option, tuple) else (str(option), option) for option in control.options]
    return ("buttons" if isinstance(control, widgets.ToggleButtons) else "list"), pairs


@_pairs.register
def _(control: widgets.Checkbox):
    return "box", [("no", False), ("yes", True)]


@_pairs.register
def _(control: controls.Ticks):
    alone = control.options[1:-1]
    if len(alone) > BOXES:
        return "list", control.options
    some = [ticked for many in range(len(alone) + 1) for ticked in itertools.combinations(alone, many)]
    return "list", [(words.named([read for read, _ in t]), tuple(meant for _, (meant,) in t)) for t in some]


@_pairs.register(widgets.IntSlider)
@_pairs.register(widgets.FloatSlider)
def _(control):
    whole = isinstance(control, widgets.IntSlider)
    stops = range(round((control.max - control.min) / control.step) + 1)
    values = [round(control.min + stop * control.step, 10) for stop in stops]
    return "slider", [(str(value) if whole else words.short(value), value) for value in values]


class Listed:
    """The states of an `Explore` panel; a state is drawn once, however often the list is made anew.

    `setting`, as `lesson.drafts.keep` makes it, says that what its controls are set to is kept, and under which title.
    """

    def __init__(self, panel, setting=None):
        self._panel, self._camera, self._drawn = panel, Camera(), {}
        self._keeps = {"keeps": setting.title} if setting else {}
        self.controls = {name: Control(control) for name, control in panel.controls.items()}
        self._recipe = computed.recipe(panel) if self.combinations > FEW else None

    @property
    def combinations(self):
        """How many states there are in JupyterLab."""
        return math.prod(control.all for control in self.controls.values())

    def keys(self, most):
        """At most `most` states as tuples of places, the start among them, and how many controls may move together."""
        kept = self._thinned(most)
        if math.prod(map(len, kept)) <= most:
            return list(itertools.product(*kept)), len(kept)
        near = self._near(kept, 2)
        return (near, 2) if len(near) <= most else (self._near(kept, 1)[:most], 1)

    def _thinned(self, most):
        """The places that each control keeps: long sliders are thinned until `most` combinations are left."""
        parts = list(self.controls.values())
        steps, kept = [1] * len(parts), [part.thinned(1) for part in parts]
        while math.prod(map(len, kept)) > most:
            long = [n for n, part in enumerate(parts) if part.kind == "slider" and len(kept[n]) > STOPS]
            if not long:
                break
            longest = max(long, key=lambda place: len(kept[place]))
            steps[longest] += 1
            kept[longest] = parts[longest].thinned(steps[longest])
        return kept

    def _near(self, kept, together):
        """The states in which at most `together` controls stand elsewhere than at the start."""
        start = tuple(part.at for part in self.controls.values())
        found = {start: None}
        for moved in itertools.combinations(range(len(start)), together):
            choices = [kept[place] if place in moved else [start[place]] for place in range(len(start))]
            found.update(dict.fromkeys(itertools.product(*choices)))
        return list(found)

    def texts(self, key):
        """What the state `key` shows, or why it cannot be drawn, in words."""
        if key not in self._drawn:
            values = {name: part.values[place] for (name, part), place in zip(self.controls.items(), key, strict=True)}
            try:
                self._drawn[key] = self._camera.texts(self._panel.drawn(**values))
            except Exception as error:  # whatever goes wrong, the learner reads it as in JupyterLab
                self._drawn[key] = str(error.args[0] if isinstance(error, KeyError) and error.args else error)
        return self._drawn[key]

    def part(self, most):
        """The panel as a page has it, with at most `most` states unless the page works them out."""
        if self._recipe:
            return self._worked_out()
        keys, together = self.keys(most)
        pool, states = Pool(), {}
        used = [sorted({key[place] for key in keys}) for place in range(len(self.controls))]
        for key in keys:
            texts = self.texts(key)
            name = ",".join(str(used[place].index(at)) for place, at in enumerate(key))
            states[name] = texts if isinstance(texts, str) else [pool.place(text) for text in texts]
        parts = [
            {
                "kind": part.kind,
                "label": part.label,
                "read": [part.read[place] for place in places],
                "at": places.index(part.at),
                "all": part.all,
                **({"name": name, "values": [part.values[place] for place in places]} if self._keeps else {}),
            }
            for places, (name, part) in zip(used, self.controls.items(), strict=True)
        ]
        return {
            "kind": "explore",
            **self._keeps,
            "controls": parts,
            "texts": pool.texts,
            "states": states,
            "together": together,
            "combinations": self.combinations,
        }

    def _worked_out(self):
        """The panel as a page has it that works states out: those of the listed controls, and the facts of each."""
        parts = {name: _whole(control) for name, control in self._panel.controls.items()}
        listed = [name for name in parts if name in self._recipe.listed]
        pool, states, facts = Pool(), {}, {}
        for key in itertools.product(*(range(len(parts[name].values)) for name in listed)):
            chosen = {name: parts[name].values[place] for name, place in zip(listed, key, strict=True)}
            values = {**self._panel.values(), **self._recipe.at(self._panel), **chosen}
            name = ",".join(map(str, key))
            states[name] = [pool.place(text) for text in self._camera.texts(self._panel.drawn(**values))]
            facts[name] = self._recipe.facts(self._panel, values)
        return {
            "kind": "explore",
            **self._keeps,
            "draw": self._panel.draw.__name__,
            "controls": [
                {"name": name, "kind": part.kind, "label": part.label, "read": part.read, "values": part.values,
                 "at": part.at, "all": part.all, **part.more}
                for name, part in parts.items()
            ],
            "listed": [list(parts).index(name) for name in listed],
            "texts": pool.texts,
            "states": states,
            "facts": facts,
            "together": len(parts),
            "combinations": math.prod(part.all for part in parts.values()),
        }  # fmt: skip


def _json(thing):
    return json.dumps(thing, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value):
    if hasattr(value, "item"):
        return value.item()
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be written down: {value!r}")
