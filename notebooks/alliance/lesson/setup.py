"""The set-up check of lesson 00: what is missing, in words, and how to mend it."""

import importlib.metadata
import pathlib
import re
import sys

import ipywidgets as widgets

from .. import data
from ..controls import Panel
from . import answers
from .cards import listed

REQUIREMENTS = pathlib.Path(__file__).parents[3] / "requirements.txt"
MEND = "close JupyterLab and run the first command of README.md again"


class Setup(Panel):
    """The list of the set-up check; a saved page says only how to make it appear, so that running it does something."""

    def __init__(self, lines):
        self.lines = lines
        super().__init__([widgets.HTML(listed(lines))])

    @property
    def twin(self):
        return "Press Shift+Enter in the grey box above: a list appears here."


def check_setup():
    """Check Python, packages, data and the place for answers; each line says what to do if it is not fine."""
    lines = [_python(), _packages(), _data(), _answers()]
    fine = all(line.endswith("fine.") for line in lines)
    return Setup([*lines, "Everything is ready." if fine else "Correct what is not fine, then run this cell again."])


def _python():
    if sys.version_info >= (3, 11):  # noqa: UP036  (a learner may start an older one)
        return "Python: fine."
    return f"Python: this is {sys.version.split()[0]}, the course needs 3.11 or newer. Install it, then {MEND}."


def _packages():
    wanted = (
        dict(re.findall(r"^([\w-]+)==([\w.]+)", REQUIREMENTS.read_text(encoding="utf-8"), re.MULTILINE))
        if REQUIREMENTS.exists()
        else {}
    )
    missing, other = [], []
    for name, version in wanted.items():
        if sys.platform == "emscripten" and name in ("jupyterlab", "nbval"):
            continue  # in the browser (JupyterLite) there is no server, and nobody tests
        try:
            found = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
        else:
            if found != version:
                other.append(f"{name} {found} instead of {version}")
    if missing:
        return f"Packages: {', '.join(missing)} not found; {MEND}."
    if other:
        return f"Packages: {', '.join(other)}. Charts may look different; to be safe, {MEND}."
    return "Packages: fine."


def _data():
    try:
        for name in data.names():
            data.load(name)
    except data.DataError as error:
        return f"Data: {error} Copy the data folder anew."
    return "Data: fine."


def _answers():
    trouble = answers.keep("set-up check", True)
    return f"Your answers: {trouble}" if trouble else "Your answers can be saved: fine."
