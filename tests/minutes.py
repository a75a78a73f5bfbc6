"""How long the core of a lesson takes, by a formula: PYTHONPATH=notebooks python tests/minutes.py prints them.

    minutes = words / rate + seconds for what is done / 60

Words: all that is read in the numbered sections that are not optional: text with its folded answers, tables, the
question of each guess, box and sorter, the words of each chart (title, subtitle, sentence, note), and each card with
what was found. A chart with controls counts its sentence twice: as it stands, and after a control was moved. Source
lines are not counted, nor is the code, which is folded. Rates: 100 words a minute for a slow reader, 150 for others.
Checks come after the core, in minutes of their own; the same formula takes a core check with its question, its options
and two reasons.
"""

import dataclasses
import re

import lessons
from alliance import checks
from alliance.chart import Chart
from alliance.claims import card
from alliance.controls import Explore
from alliance.lesson import claim, lab, position, sorter, writing
from alliance.lesson.predict import Reveal, Waiting

SECONDS = {"guess": 20, "control": 10, "card": 10, "sentence to sort": 5, "say what you see": 30, "check": 20}
SLOW, OTHER = 100, 150  # words a minute
JUDGED, WEIGHED = 6, 2  # sentences that lesson 11 asks for at least, subjects that the guide's plan of lesson 10 has
WORD = re.compile(r"[^\W_]+(?:[’'.,:/-][^\W_]+)*")
END = re.compile(r"^(Core ends here|## \d+\. .*\(optional\)|## Check yourself)", re.MULTILINE)


@dataclasses.dataclass
class Core:
    """What is read and what is done in the core of a lesson: numbers of words by kind, and of things to do by kind."""

    words: dict = dataclasses.field(default_factory=dict)
    done: dict = dataclasses.field(default_factory=lambda: dict.fromkeys(SECONDS, 0))

    def read(self, kind, *texts):
        """Add the words of texts, without markup and addresses."""
        plain = (re.sub(r"<[^>]+>|\]\([^)]*\)", " ", str(text)) for text in texts if text is not None)
        self.words[kind] = self.words.get(kind, 0) + sum(len(WORD.findall(text)) for text in plain)

    def minutes(self, rate):
        """Minutes to read all of it at `rate` words a minute and to do all of it."""
        return sum(self.words.values()) / rate + sum(SECONDS[kind] * many for kind, many in self.done.items()) / 60


def core(path):
    """The `Core` of the lesson at `path`: its numbered sections up to the optional ones, as they open."""
    found, shown, number, begun = Core(), dict(lessons.outputs(path)), 0, False
    for cell in lessons.book(path).cells:
        if cell.cell_type == "code":
            number += 1
            value = shown.get(number) if begun else None
            for part in value.contents if isinstance(value, Waiting) else [value]:
                _shown(found, part)
            continue
        text = cell.source
        if not begun:
            start = re.search(r"^## 1\. ", text, re.MULTILINE)
            begun, text = bool(start), text[start.start() :] if start else ""
        end = END.search(text)
        text = text[: end.start()] if end else text
        found.read("text", text)
        found.done["say what you see"] += text.count("**Say what you see.**")
        if end:
            break
    return found


def _shown(found, value):
    """Add what one cell shows."""
    if isinstance(value, Reveal | Explore | Chart):
        figure = value.shown if isinstance(value, Chart) else value.figure
        controls = len(getattr(value, "controls", None) or ())
        title = figure.layout.title
        again = [figure.twin] if controls else []
        found.read("charts", title.text, title.subtitle.text, figure.twin, figure.note, *again)
        found.done["control"] += controls
        if isinstance(value, Reveal):
            found.read("text", value.guess.question)
            found.done["guess"] += 1
    elif isinstance(value, claim.Claims):
        for panel in value.children:
            found.read("cards", card.text(panel.row["id"]).split("\nSource")[0])
        found.done["card"] += len(value.children)
    elif isinstance(value, sorter.Sorter):
        reasons = [value._why.get(one, value._why.get(pile, "")) for one, pile in value._sentences.items()]
        found.read("text", value.question, *value._sentences, *reasons)
        found.done["sentence to sort"] += len(reasons)
    elif isinstance(value, writing.Box):
        found.read("text", value.question)
    elif isinstance(value, position.Weigh):
        for subject in value.subjects[:WEIGHED]:
            found.read("cards", position.side_by_side_cases(value._pairs[value._pairs["subject"] == subject]))
        found.done["control"] += 2 * WEIGHED
    elif isinstance(value, position.Position):
        found.read("text", value.twin)
        found.done["say what you see"] += 2
    elif isinstance(value, lab.Lab):
        for _, identifier in value.inputs["sentence"].options[:JUDGED]:
            found.read("cards", card.text(identifier).split("\nSource")[0])
        found.done["card"] += 2 * 2 * JUDGED  # twice, in two steps
    elif hasattr(value, "to_string"):
        found.read("tables", value.to_string())
    elif value is not None:
        found.read("tables", getattr(value, "twin", value))


def check_yourself(lesson):
    """The same of the core checks of a lesson."""
    found = Core()
    for asked in map(checks.check, checks.ids(lesson)):
        if asked.core:
            reasons = sorted([*asked.reasons.values(), *asked.slips.values()], key=len)[-2:]
            found.read("checks", asked.question, *asked.options.values(), *reasons)
            found.done["check"] += 1
    return found


def main():
    """Print a line a lesson."""
    print("lesson  words  at 100  at 150   check yourself at 100   read: by kind; done: by kind")
    for path in lessons.LESSONS + [path for path in lessons.PATHS if lessons.number(path) == "11"]:
        one, checked = core(path), check_yourself(lessons.number(path))
        print(
            f"{lessons.number(path):6} {sum(one.words.values()):6} {one.minutes(SLOW):7.1f} {one.minutes(OTHER):7.1f}"
            f" {checked.minutes(SLOW):12.1f}   {one.words} { ({k: v for k, v in one.done.items() if v}) }"
        )


if __name__ == "__main__":
    main()
