"""A pupil's sheet to print, made from a lesson: its guesses, reasons, a sentence to judge, an exit ticket. No answers.

Nothing is written twice: the questions are those of the notebook, asked of the notebook's own cells.
"""

import ast
import importlib
import itertools
import json
import re

from markupsafe import Markup, escape

from .. import checks, claims
from . import answers
from .cards import Card, each, folded, items
from .claim import SIDE_OF
from .course import titles
from .predict import BLANK, Guess, Reveal

RULE = "_" * 60
SAY = "**Say what you see.**"
HOW_SURE = "How sure are you? Circle one: 50 · 60 · 70 · 80 · 90 · 100%"


def lessons():
    """The lessons that have a sheet, by number, with their titles."""
    return {number: title for number, title in titles().items() if checks.ids(number)}


def pupils_sheet(lesson, opened=False):
    """The sheet of a lesson ("04") as a card, folded unless `opened`; KeyError in words where there is none."""
    known = lessons()
    if lesson not in known:
        raise KeyError(f"No lesson {lesson!r} has a sheet; there are {', '.join(known)}.")
    blocks = [("", ["Name: ____________________    Date: ____________"]), *_sections(lesson), _ticket(lesson)]
    title = f"{lesson} · {known[lesson]}: my sheet"
    text = [title, *(line for heading, lines in blocks for line in (heading, *lines) if line)]
    markup = Markup("").join(
        each(Markup("<h4>{}</h4>"), [heading] if heading else [])
        + Markup('<ul style="list-style: none; padding-left: 0; line-height: 1.7;">{}</ul>').format(
            items(map(_ruled, lines))
        )
        for heading, lines in blocks
    )
    return Card("\n".join(text), folded(title, markup, "abn-sheet", opened))


def _ruled(line):
    """HTML of a line of a sheet, what is to be written on drawn as a rule."""
    width = "100%" if line == RULE else "60%"
    rule = Markup('<span style="display: inline-block; width: {}; border-bottom: 1px solid;">&nbsp;</span>')
    return escape(line).replace(RULE, rule.format(width))


def _sections(lesson):
    """For each core section that asks something: its heading and lines; then the first claim of the core."""
    parts = list(_core(lesson))
    for heading, group in itertools.groupby(parts, key=lambda part: part[0]):
        if lines := [line for _, kind, text in group for line in _asked(kind, text)]:
            yield heading, lines
    code = "\n".join(text for _, kind, text in parts if kind == "code")
    if found := re.search(r'tested\("([\w-]+)"', code):
        told = f"“{claims.claim(found[1])['claim']}” ({found[1]})"
        choices = " \u2003 ".join(f"☐ {choice}" for choice in SIDE_OF)
        yield "One sentence", [told, choices, f"The word or number that decides: {RULE}", f"Corrected, it says: {RULE}"]


def _core(lesson):
    """What stands in the core sections of a lesson, in order: heading, kind (line or code), text."""
    path = next(answers.NOTEBOOKS.glob(f"{lesson}_*.ipynb"))
    heading = ""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        whole = cell["cell_type"] == "code"
        for text in [source] if whole else source.splitlines():
            if not whole and text.startswith("## "):
                core = re.match(r"## \d+\. ", text) and not text.endswith("(optional)")
                heading = text[3:] if core else ""
            elif heading:
                yield heading, "code" if whole else "line", text


def _asked(kind, text):
    """The lines of a sheet that a line of a lesson, or a code cell, gives."""
    if kind == "line":
        return [text.removeprefix(SAY).replace("*", "").strip(), RULE] if text.startswith(SAY) else []
    return [
        line
        for guess in _guesses(text)
        for line in (guess.question, *guess.on_paper(), f"because {RULE}", f"The chart says: {BLANK}{BLANK}")
    ]


def _ticket(lesson):
    """The exit ticket: the last core check that has options, how sure, and what is read differently now."""
    asked = [checks.check(identifier) for identifier in checks.ids(lesson) if checks.is_core(identifier)]
    last = [one for one in asked if one.kind != "number"][-1]
    options = [f"☐ {option}" for option in last.options.values()]
    return "Exit ticket", [last.question, *options, HOW_SURE, f"One sentence that I read differently now: {RULE}"]


def _guesses(source):
    """The guesses that a code cell asks for, in order."""
    if "predict." not in source:
        return []
    namespace, tree = dict(vars(importlib.import_module("alliance"))), ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), namespace)
    shown = eval(compile(ast.Expression(last.value), "<cell>", "eval"), namespace) if last else None
    made = [*namespace.values(), *([shown.guess] if isinstance(shown, Reveal) else [shown])]
    return list(dict.fromkeys(value for value in made if isinstance(value, Guess)))
