"""My work: what a learner guessed, judged, answered and wrote, lesson by lesson,
on one card that prints and exports.
"""

import datetime

import ipywidgets as widgets
from markupsafe import Markup

from .. import checks, claims, data, words
from ..chart import with_text
from ..controls import Panel, Said, switch
from . import answers
from .cards import Card, listed
from .course import titles

EMPTY = "Nothing is kept yet. What you guess, judge, answer and write will stand here, for you to print or hand in."
KINDS = {
    "guesses": ("number", "choice", "ranking", "order", "line"),
    "judgements": ("card", "verdict"),
    "checks": ("check",),
    "words": ("words", "piles"),
    "settings": ("setting",),
}
HEADINGS = {
    "guesses": "Guessed",
    "judgements": "Judged",
    "checks": "Answered",
    "words": "Wrote and sorted",
    "settings": "Weighed and put together",
}


def work(positions=False):
    """The card of all that is kept; the positions of lesson 10 only if they are asked for."""
    kinds = KINDS | ({"positions": ("position", "position draft", "scales")} if positions else {})
    blocks = list(_blocks(kinds))
    if not blocks:
        return Card(EMPTY, Markup("<p>{}</p>").format(EMPTY))
    day = f"My work, {words.day(datetime.date.today())}"
    text = [day]
    markup = Markup("<h3>{}</h3>").format(day)
    for heading, parts in blocks:
        text.append(f"\n{heading}")
        markup += Markup('<h4 style="font-size: 18px;">{}</h4>').format(heading)
        for name, lines in parts:
            text += [f"{name}:", *(f"- {line}" for line in lines)]
            markup += listed(lines, name)
    return Card("\n".join(text), Markup('<div class="abn-work">{}</div>').format(markup))


def _blocks(kinds):
    """For each lesson in which something was kept: its heading, and pairs of a kind's name and lines."""
    kept, known = [row for row in answers.all() if row["kind"]], titles()
    for lesson, title in [*known.items(), ("", "Elsewhere")]:
        mine = [row for row in kept if (row["lesson"] if row["lesson"] in known else "") == lesson]
        told = {HEADINGS.get(name, "Positions"): _lines(mine, those) for name, those in kinds.items()}
        if parts := [(name, lines) for name, lines in told.items() if lines]:
            yield f"{lesson} · {title}" if lesson else title, parts


def _lines(rows, kinds):
    return [line for row in rows if row["kind"] in kinds and (line := _line(row))]


def _line(row):
    """One answer in words: what was asked, the first answer, and the later one where it differs."""
    say = {"card": _card, "verdict": _verdict, "check": _check, "words": _words, "setting": _setting}
    told = say.get(row["kind"], _guess if row["kind"] in KINDS["guesses"] else _words)(row)
    if not told:
        return ""
    asked, first, latest = told
    when = row["first_time"][:10]
    later = f"; later: {latest}" if latest not in ("", first) else ""
    return f"{asked} {first}{later}" + (f" ({when})" if when else "")


def _guess(row):
    if not isinstance(row["latest"], dict):
        return None
    first, latest = (part.get("said", "") for part in (row["first"], row["latest"]))
    return row["latest"].get("asked", ""), first + (" (after the answer)" if row["first"].get("seen") else ""), latest


def _claim(row, first, latest):
    identifier = row["key"].split()[-1]
    known = identifier in set(data.load("claims")["id"])
    return (f"“{claims.claim(identifier)['claim']}” ({identifier})", first, latest) if known else None


def _card(row):
    return _claim(row, str(row["first"]), "")


def _verdict(row):
    said = [
        f"{str(part['verdict']).replace('-', ' ')}, {part['confidence']}% sure" if isinstance(part, dict) else ""
        for part in (row["first"], row["latest"])
    ]
    return _claim(row, *said)


def _check(row):
    try:
        asked = checks.check(row["key"].removeprefix("check "))
    except (KeyError, ValueError):
        return None
    tries = [part for part in (row["first"], row["latest"]) if isinstance(part, dict)]
    said = [f"{_option(asked, part['answer'])} ({'right' if part.get('right') else 'not right'})" for part in tries]
    return (asked.question, *said) if len(said) == 2 else None


def _option(asked, answer):
    """An answer as the learner read it."""
    if isinstance(answer, list):
        return "; ".join(_option(asked, part) for part in answer)
    return str((getattr(asked, "options", None) or {}).get(answer, answer))


def _words(row):
    """What was typed last: the first letters of a text are no first answer."""
    latest = row["latest"]
    if isinstance(latest, dict):
        latest = "; ".join(f"{name}: {value}" for name, value in latest.items() if value not in ("", None))
    asked = row["key"].removesuffix(" as typed")
    return (asked if asked[-1] in ":?!." else f"{asked}:", str(latest), "") if latest else None


def _setting(row):
    """What controls were set to last, in words."""
    said = row["latest"].get("said") if isinstance(row["latest"], dict) else None
    return (f"{row['key']}:", said, "") if isinstance(said, str) and said else None


class Work(Panel):
    """The card, a box to tick for the positions, and a button to list anew what was done since."""

    def __init__(self):
        self.positions = switch("with my positions of lesson 10")
        again = widgets.Button(description="List again", layout=widgets.Layout(width="auto"))
        self._card = widgets.HTML()
        self._card.add_class("abn-say")
        hint = (
            "To print it, or to keep it as a file, choose File ▸ Print, or File ▸ Save and Export Notebook As ▸ HTML."
        )
        self._said = Said()
        super().__init__([self.positions, again, self._said, Said(hint, css="abn-why"), self._card])
        again.on_click(lambda _: self.again())
        self.positions.observe(lambda _: self.look(), "value")
        self.look()

    def again(self):
        """List anew, and say so: what is listed may be what stood there."""
        self.look()
        self._said.say("Listed anew, with all that is kept by now.")

    def look(self):
        """List what is kept by now."""
        self.card = work(self.positions.value)
        self._card.value = self.card._repr_html_()

    @property
    def twin(self):
        return repr(self.card)

    def _repr_mimebundle_(self, **kwargs):
        bundle = with_text(super()._repr_mimebundle_(**kwargs), self.twin)
        return {**bundle, "text/html": self.card._repr_html_()}


def my_work():
    """All that the learner guessed, judged, answered and wrote, by lesson; positions only if ticked."""
    return Work()
