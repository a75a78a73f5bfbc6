"""What is typed, ticked or moved is kept as it is done, at most once a second; no button is needed."""

import asyncio
import os
import re
import time

from ..controls import Said
from . import answers

PAUSE = 1  # seconds between two writes of one draft
KEPT = "Kept on this computer as you type."


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
