"""What is typed, ticked or moved is kept as it is done, at most once a second; no button is needed.

Kept is what is a learner's own: words, guesses, answers, piles, scores, weights, stories, and what was chosen and not
yet committed. Not kept is where a control stands that only looks at data (a year, a country, an edition): a chart
begins as its lesson asks about it. Nor is a consent (`with my positions`, `I would rather not say`): it is asked anew.
"""

import asyncio
import contextlib
import os
import re
import time

import traitlets

from .. import controls
from ..controls import Said
from . import answers

PAUSE = 1  # seconds between two writes of one draft
KEPT = "Kept on this computer as you go."


def lesson_here():
    """The number of the notebook that this kernel runs, such as "04"; '' where nothing says which."""
    found = re.search(r"(\d\d[a-z]?)_[^/\\]*\.ipynb", os.environ.get("JPY_SESSION_NAME", ""))
    return found[1] if found else ""


class Draft:
    """Keeps the latest of what is typed under one key; `line` is the place that says so."""

    def __init__(self, key, kind, lesson=None, css="abn-kept"):
        self._key, self._kind, self._lesson = key, kind, lesson or lesson_here()
        self._written, self._waiting = float("-inf"), None
        self.line = Said(css=css)

    def kept(self):
        """What was typed before, or None."""
        return answers.kept(self._key)

    def note(self, value):
        """Keep `value`: on disk now, or with whatever follows it, when a second has passed since the last write."""
        answers.note(self._key, value, lesson=self._lesson, kind=self._kind)
        if self._waiting:
            return
        left = self._written + PAUSE - time.monotonic()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # no kernel runs: nothing would come back to write it later
            loop = None
        if loop is None or left <= 0:
            self.write()
        else:
            self._waiting = loop.call_later(left, self.write)

    def write(self):
        """Write what was noted last, and say so."""
        if self._waiting:
            self._waiting.cancel()
        self._waiting, self._written = None, time.monotonic()
        self.line.say(answers.save() or KEPT)

    def forget(self):
        """Delete what was kept."""
        if self._waiting:
            self._waiting.cancel()
        self._waiting = None
        answers.keep(self._key, None)
        self.line.say("")


def keep(title, panel, said=None):
    """The same panel, whose controls are a learner's own work: what they are set to is kept under `title`.

    It stands there again in the next kernel, and in `my_work` and `hand_in` in words: those of the function `said`, or
    the labels and what is chosen. Nothing is kept while all controls stand as they do at the start.
    """
    panel.setting = Setting(title, panel.controls, said)
    panel.children = [*panel.children[:-1], panel.setting.draft.line, panel.children[-1]]
    return panel


class Setting:
    """What controls (by name) are set to, kept under `title` from the first move on."""

    def __init__(self, title, parts, said=None):
        self.title, self._controls, self._start, self._said = title, parts, controls.at(parts), said
        self.draft = Draft(title, "setting")
        self._restore()
        for control in parts.values():
            control.observe(lambda _: self._note(), "value")

    def said(self):
        """What the controls are set to, in words."""
        told = [
            f"{controls.heading(control).rstrip(':')}: {controls.reading(control)}"
            for control in self._controls.values()
        ]
        return self._said() if self._said else "; ".join(told)

    def _note(self):
        values = controls.at(self._controls)
        if values == self._start:
            self.draft.forget()
        else:
            self.draft.note({"set": values, "said": self.said()})

    def _restore(self):
        """Set the controls as they were left, in their order; one that cannot be set so any more stays as it is."""
        before = self.draft.kept()
        was = before.get("set") if isinstance(before, dict) else None
        for name, control in self._controls.items():
            if isinstance(was, dict) and name in was:
                with contextlib.suppress(traitlets.TraitError, TypeError, ValueError):
                    control.value = _tuples(was[name])


def _tuples(value):
    """Lists, as JSON has them, as the tuples that controls hold."""
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
