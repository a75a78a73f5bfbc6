"""The fact-check lab of lesson 11: judge a sentence, see the evidence, judge again, see how sure you were; test one
of your own.

Judgements are kept with the other answers. The first judgement of a sentence counts, and so does the first one made
with the evidence in view.
"""

import contextlib
import functools
from typing import Literal

import ipywidgets as widgets
import pandas as pd
import traitlets

from .. import claims, data, figures, measures, words, world
from ..chart import Chart
from ..claims import card
from ..controls import Panel, Said, labelled, number
from ..world import World
from . import answers
from .cards import evidence, tabled
from .claim import tally
from .drafts import Draft, keep
from .evidence import chart

TOPICS = {
    "01": "Words and quotations",
    "02": "Members",
    "03": "The treaty",
    "04": "Spending",
    "05": "The road since 1991",
    "05b": "Polls and stories",
    "06": "Aid",
    "07": "Borders and balance",
    "08": "Reforms",
    "09": "Other ways to protect a state",
    "10": "The debate",
}
LONGEST = 78  # letters of a sentence in the list
UNTESTED = "cannot be tested"  # the side of the scale that the first step decides
HOLDS = dict(zip(("as it stands", "with a fix", "not"), measures.SIDES, strict=False))  # the second step, by side


def _key(identifier, seen=False):
    return f"Fact-check lab: {'after the evidence, ' if seen else ''}verdict on {identifier}"


def judgements(seen=False):
    """The learner's first judgement of each sentence, before the evidence or with it `seen`: id, verdict,
    confidence (%).
    """
    rows = [(identifier, answers.first(_key(identifier, seen))) for identifier in data.load("claims")["id"]]
    known = [(identifier, kept["verdict"], kept["confidence"]) for identifier, kept in rows if _fits(kept)]
    return pd.DataFrame(known, columns=["id", "verdict", "confidence"])


def _fits(kept):
    return isinstance(kept, dict) and kept.get("verdict") in claims.VERDICTS and kept.get("confidence") in range(101)


def _said(verdict):
    return f"{claims.MARKS[verdict]} {words.verdict(verdict)}"


class Verdict(widgets.VBox):
    """A verdict in two steps: can it be tested, does it hold? Where a side has several verdicts, a third says which."""

    def __init__(self):
        self.tested = _step("Can it be tested?", ["yes", "no"])
        self.holds = _step("Does it hold?", list(HOLDS))
        self.kind = widgets.RadioButtons(options=[], value=None)
        super().__init__([self.tested, self.holds, self.kind])
        for part in (self.tested, self.holds):
            part.observe(lambda _: self._narrow(), "value")
        self._narrow()

    @property
    def value(self):
        """The verdict, or None as long as a step is open."""
        verdicts = self._left()
        return verdicts[0] if len(verdicts) == 1 else self.kind.value

    @value.setter
    def value(self, verdict):
        side = verdict and measures.verdict_side(verdict)
        self.tested.value = verdict and ("no" if side == UNTESTED else "yes")
        self.holds.value = next((word for word, of in HOLDS.items() if of == side), None)
        self.kind.value = verdict if verdict in self._left() and len(self._left()) > 1 else None

    @property
    def steps(self):
        """The three steps as far as they are chosen; set, one that is no choice here stays open."""
        return [self.tested.value, self.holds.value, self.kind.value]

    @steps.setter
    def steps(self, chosen):
        self.value = None
        for part, step in zip((self.tested, self.holds, self.kind), chosen, strict=True):
            with contextlib.suppress(traitlets.TraitError):
                part.value = step

    def _left(self):
        """The verdicts that the two steps leave; none while one is open."""
        side = UNTESTED if self.tested.value == "no" else HOLDS.get(self.holds.value)
        return measures.SIDES[side] if side and self.tested.value else ()

    def _narrow(self):
        verdicts = self._left()
        if len(verdicts) > 1:
            self.kind.options = [(f"{_said(verdict)}: {claims.VERDICTS[verdict]}", verdict) for verdict in verdicts]
            self.kind.value = None
        self.holds.layout.display = None if self.tested.value == "yes" else "none"
        self.kind.layout.display = None if len(verdicts) > 1 else "none"


def _step(description, options):
    buttons = widgets.ToggleButtons(description=description, options=options, value=None)
    buttons.style.description_width = "initial"
    return buttons


class Lab(Panel):
    """Choose sentences, judge one, judge it again with the evidence, then see the verdict;
    `inputs` are its parts by name.
    """

    def __init__(self):
        self._claims = data.load("claims")
        articles = data.load("articles")
        shown = {f"{row['id']} · {row['label']}": ("article", row["id"]) for _, row in articles.iterrows()}
        shown |= {f"Topic · {topic}": ("lesson", lesson) for lesson, topic in TOPICS.items()}
        self.inputs = {
            "show": labelled(widgets.Dropdown(description="Show", options=list(shown.items()))),
            "sentence": labelled(widgets.Dropdown(description="Sentence", layout=widgets.Layout(width="98%"))),
            "verdict": Verdict(),
            "sure": labelled(
                widgets.Dropdown(
                    description="How sure are you?",
                    options=[(f"{percent}%", percent) for percent in range(0, 101, 10)],
                    value=None,
                )
            ),
        }
        before, after = self._button("◀ Before", -1), self._button("Next ▶", 1)
        commit = widgets.Button(
            description="Commit my verdict", button_style="primary", layout=widgets.Layout(width="auto")
        )
        commit.on_click(lambda _: self.commit())
        self._stay = widgets.Button(description="I stay with it", layout=widgets.Layout(width="auto"))
        self._stay.on_click(lambda _: self._keep(self._first()))
        self.message, self._asked, self._where = Said(), Said(css="abn-ask"), Said()
        row = widgets.HBox([commit, self._stay])
        row.add_class("abn-controls")
        self._asking = widgets.VBox([self.inputs["verdict"], self.inputs["sure"], row])
        self._evidence = widgets.VBox([])
        steps = widgets.HBox([self.inputs["show"], before, after])
        steps.add_class("abn-controls")
        self._draft = Draft("Fact-check lab, as it was left", "draft", "11")
        super().__init__(
            [steps, self.inputs["sentence"], self._asked, self._where, self.message, self._evidence, self._asking,
             self._draft.line]
        )  # fmt: skip
        self._chart, self._filling = None, False
        self._begun = {}  # by sentence: what is chosen and not committed, the steps of the verdict and how sure
        self._list(keep=self._go_back())
        self.inputs["show"].observe(lambda _: self._list(), "value")
        self.inputs["show"].observe(lambda _: self._leave(), "value")
        self.inputs["sentence"].observe(lambda _: self._turn(), "value")
        verdict = self.inputs["verdict"]
        for part in (verdict.tested, verdict.holds, verdict.kind, self.inputs["sure"]):
            part.observe(lambda _: self._begin(), "value")

    def _go_back(self):
        """Where the learner was: what was begun, the list of sentences; returns the id of the sentence, or None."""
        left = self._draft.kept()
        left = left if isinstance(left, dict) else {}
        begun = left.get("begun")
        self._begun = {identifier: steps for identifier, steps in (begun if isinstance(begun, dict) else {}).items()
                       if isinstance(steps, list) and len(steps) == 4}  # fmt: skip
        shown = next((value for _, value in self.inputs["show"].options if list(value) == left.get("show")), None)
        if shown is None:
            return None
        self.inputs["show"].value = shown
        return left["sentence"] if left.get("sentence") in set(self._shown()["id"]) else None

    def _begin(self):
        """Keep what is chosen and not committed yet."""
        if self._filling:
            return
        steps, identifier = [*self.inputs["verdict"].steps, self.inputs["sure"].value], self.inputs["sentence"].value
        self._begun.pop(identifier, None)
        if any(step is not None for step in steps):
            self._begun[identifier] = steps
        self._leave()

    def _leave(self):
        """Keep where the learner is, and what is begun."""
        sentence, show = self.inputs["sentence"].value, self.inputs["show"].value
        self._draft.note({"show": list(show), "sentence": sentence, "begun": self._begun})

    @property
    def twin(self):
        row = claims.claim(self.inputs["sentence"].value)
        return (
            f"Choose sentences, judge one, see the evidence. {len(self._shown())} sentences here; the first: "
            f"{row['claim']}"
        )

    @property
    def said(self):
        """What was said last (HTML-escaped)."""
        return self.message.value

    def _first(self):
        """The judgement of the present sentence before the evidence, or None."""
        kept = answers.first(_key(self.inputs["sentence"].value))
        return kept if _fits(kept) else None

    def commit(self):
        """Take the verdict and how sure it is, and keep both; the evidence follows,
        and after the second time the verdict.
        """
        if self.inputs["verdict"].value is None:
            self.message.say("Choose a verdict first, step by step, then say how sure you are.")
        elif self.inputs["sure"].value is None:
            self.message.say("Say how sure you are: from 0%, a wild guess, to 100%, certain.")
        else:
            self._keep(dict(verdict=self.inputs["verdict"].value, confidence=self.inputs["sure"].value))

    def _keep(self, judged):
        identifier = self.inputs["sentence"].value
        self._begun.pop(identifier, None)
        trouble = answers.keep(_key(identifier, seen=self._first() is not None), judged, lesson="11", kind="verdict")
        self._list(keep=identifier)
        self._leave()
        if trouble:
            self.message.say(trouble)

    def _button(self, description, by):
        button = widgets.Button(description=description, layout=widgets.Layout(width="auto"))
        button.on_click(lambda _: self._step(by))
        return button

    def _shown(self):
        column, value = self.inputs["show"].value
        return self._claims[self._claims[column] == value]

    def _list(self, keep=None):
        """Fill the list of sentences; what is judged has a tick."""
        ticks = {identifier: "✓ " if answers.kept(_key(identifier, True)) else "" for identifier in self._shown()["id"]}
        options = [
            (f"{ticks[row['id']]}{row['id']} · {_short(row['claim'])}", row["id"])
            for _, row in self._shown().iterrows()
        ]
        self._filling = True
        self.inputs["sentence"].options = options
        self.inputs["sentence"].value = keep or options[0][1]
        self._filling = False
        self._open()

    def _step(self, by):
        identifiers = [identifier for _, identifier in self.inputs["sentence"].options]
        place = identifiers.index(self.inputs["sentence"].value) + by
        if 0 <= place < len(identifiers):
            self.inputs["sentence"].value = identifiers[place]
        else:
            self.message.say("This is the last sentence here." if by > 0 else "This is the first sentence here.")

    def _open(self):
        """Show the chosen sentence: to be judged, or with its evidence where it was judged before."""
        self._filling = True
        self._ask()
        self._filling = False

    def _turn(self):
        """Another sentence is chosen."""
        if not self._filling:
            self._open()
            self._leave()

    def _ask(self):
        """Fill the panel for the chosen sentence, with what is begun of it."""
        identifier = self.inputs["sentence"].value
        row, first, second = claims.claim(identifier), self._first(), answers.first(_key(identifier, seen=True))
        self._asked.say(f"“{row['claim']}”")
        self._where.say(card.where(row))
        self.inputs["verdict"].value, self.inputs["sure"].value = first["verdict"] if first else None, None
        if identifier in self._begun:
            steps = self._begun[identifier]
            self.inputs["verdict"].steps = steps[:3]
            with contextlib.suppress(traitlets.TraitError):
                self.inputs["sure"].value = steps[3]
        self._stay.layout.display = None if first else "none"
        judged_twice = first is not None and _fits(second)
        self._asking.layout.display = "none" if judged_twice else None
        if judged_twice:
            self._reveal(row, first, second)
        elif first:
            said = f"You said {_said(first['verdict'])}, {first['confidence']}% sure."
            self.message.say(f"{said} Here is what was found. Judge again: stay with it, or change it.")
            figure = chart(row["id"], World())
            self._show(figure, evidence(row["id"], with_verdict=False))
        else:
            self._evidence.children = []
            self.message.say("")

    def _reveal(self, row, first, second):
        """Show the verdict beside both judgements."""
        found = claims.finding(row["id"])
        mine, theirs = second["verdict"], found.verdict
        if claims.way(row) == "not verified":
            end = "Nobody has verified this one, so it does not count in your picture."
        elif mine == theirs:
            end = "The ledger says the same."
        else:
            same = measures.verdict_side(mine) == measures.verdict_side(theirs)
            end = f"The ledger says {_said(theirs)}{', on the same side of the scale' if same else ''}."
        before = f"You said {_said(first['verdict'])}, {first['confidence']}% sure; with the evidence "
        again = f"{_said(mine)}, {second['confidence']}% sure. " if first != second else "the same. "
        self.message.say(before + again + end)
        figure = chart(row["id"], World())
        by_reading = figure is None and len(found.readings) > 0
        if by_reading:
            figure = world.today().ask(figures.readings, finding=found, identifier=row["id"], judged=mine)
        self._show(figure, evidence(row["id"], with_readings=not by_reading))

    def _show(self, figure, card):
        words = widgets.HTML(card._repr_html_())
        words.add_class("abn-say")
        self._evidence.children = [*([self._drawn(figure)] if figure else []), words]

    def _drawn(self, figure):
        if self._chart is None:
            self._chart = Chart(figure)
        else:
            self._chart.show(figure)
        return self._chart


def _short(text):
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"


class Calibration(Panel):
    """How sure the learner was against how often the ledger agreed, before the evidence and with it,
    drawn anew on demand.
    """

    def __init__(self):
        again = widgets.Button(description="Draw again", layout=widgets.Layout(width="auto"))
        again.on_click(lambda _: self.draw())
        self.chart, self.chart_seen = Chart(self._figure(seen=False)), Chart(self._figure(seen=True))
        self._cards = Said(tally())
        self._seen = widgets.VBox([Said("With the evidence in view:", css="abn-ask"), self.chart_seen])
        first = Said("Before you saw the evidence:", css="abn-ask")
        self._said = Said()
        super().__init__([again, self._said, first, self.chart, self._seen, self._cards])
        self._hide()

    @property
    def twin(self):
        seen = f" With the evidence in view: {self.chart_seen.shown.twin}" if len(judgements(seen=True)) else ""
        return self.chart.shown.twin + seen

    def draw(self):
        """Draw what is judged by now."""
        self.chart.show(self._figure(seen=False))
        self.chart_seen.show(self._figure(seen=True))
        self._cards.say(tally())
        self._said.say(f"Drawn anew: {words.counted(len(judgements()), 'sentence')} judged by now.")
        self._hide()

    def _hide(self):
        self._seen.layout.display = None if len(judgements(seen=True)) else "none"

    def _figure(self, seen):
        judged = judgements(seen)
        rows = [claims.claim(identifier) for identifier in judged["id"]]
        found = [(row["id"], claims.way(row), claims.finding(row["id"]).verdict) for row in rows]
        table = measures.calibration(judged, pd.DataFrame(found, columns=["id", "tested", "verdict"]))
        left_out = len(judged) - int(table["judged"].sum())
        return world.today().ask(figures.calibration, table=table, left_out=left_out)


EARLIER = 2014  # what the list of earlier years of a sentence of one's own begins with


def wish():
    """What the lists of a sentence of one's own begin with, by list."""
    names = {name: world.ask(measures.country_name, iso3=iso3) for name, iso3 in (("who", "POL"), ("other", "DEU"))}
    return names | {"earlier": EARLIER}


class OwnSentence(Panel):
    """A sentence put together from lists: whose number, of which table, compared with what; and its test."""

    def __init__(self):
        self._world, self._filling = world.today(), False
        first = next(iter(measures.INDICATORS))
        self.controls = {
            "table": labelled(widgets.Dropdown(description="Table", options=list(measures.INDICATORS), value=first)),
            "measure": labelled(widgets.Dropdown(description="Measure")),
            "edition": labelled(widgets.Dropdown(description="Edition")),
            "who": labelled(widgets.Dropdown(description="Country")),
            "year": labelled(widgets.Dropdown(description="Year")),
            "comparison": labelled(widgets.Dropdown(description="Comparison", options=list(measures.WANTED))),
            "number": number("Number", 0, 100_000, value=2),
            "other": labelled(widgets.Dropdown(description="Other country")),
            "earlier": labelled(widgets.Dropdown(description="Earlier year")),
        }
        row = widgets.HBox(list(self.controls.values()))
        row.add_class("abn-controls")
        self.message = Said()
        self._fill("table")
        self.figure = self._drawn()
        self.chart = Chart(self.figure)
        super().__init__([row, self.chart, self.message])
        for name, control in self.controls.items():
            control.observe(lambda _, name=name: self._step(name), "value")

    @property
    def twin(self):
        return self.figure.twin

    def _value(self, name):
        return self.controls[name].value

    def _indicator(self):
        return measures.INDICATORS[self._value("table")][self._value("measure")]

    def _rows(self):
        return measures.indicator_rows(self._world, self._indicator(), self._value("edition"))

    def _fill(self, moved):
        """Offer in each list what the choices before it leave; what was chosen stays where it can."""
        fill = dict(table=self._offer_measures, measure=self._offer_editions, edition=self._offer_rows)
        later = list(fill)[list(fill).index(moved) :] if moved in fill else []
        for name in later:
            fill[name]()
        if later or moved == "who":
            self._offer_others()
        if later or moved == "year":
            self._offer_earlier()
        if moved in ("table", "measure"):
            self.controls["number"].value = measures.usual_threshold(self._rows(), self._indicator())
        wanted = measures.WANTED[self._value("comparison")]
        for name in ("number", "other", "earlier", "who"):
            self.controls[name].layout.display = None if name in wanted else "none"

    def _offer_others(self):
        others = [name for name in self._countries() if name != self._value("who")]
        _offer(self.controls["other"], others, wish()["other"])

    def _offer_earlier(self):
        years = [year for _, year in _pairs(self.controls["year"]) if year < self._value("year")]
        _offer(self.controls["earlier"], years or [self._value("year")], EARLIER)

    def _countries(self):
        return sorted(self._rows()["country"].unique())

    def _offer_measures(self):
        _offer(self.controls["measure"], list(measures.INDICATORS[self._value("table")]))

    def _offer_editions(self):
        editions = measures.indicator_editions(self._world, self._indicator())
        _offer(self.controls["edition"], list(editions.items()))
        self.controls["edition"].layout.display = None if len(editions) > 1 else "none"

    def _offer_rows(self):
        years, usual, well_filled = measures.sentence_years(self._rows())
        _offer(self.controls["who"], self._countries(), wish()["who"])
        if self._value("year") not in well_filled:
            self.controls["year"].options = []
        _offer(self.controls["year"], years, usual)
        _offer(self.controls["comparison"], measures.comparisons(years))

    def _drawn(self):
        indicator, comparison, edition = self._indicator(), self._value("comparison"), self._value("edition")
        rows, label = self._rows(), self._value("measure")
        than = self._value(next(name for name in measures.WANTED[comparison] if name != "who"))
        if than is None:
            raise ValueError("Type a number first.")
        tested = measures.own_sentence(rows, self._value("who"), self._value("year"), comparison, than)
        by, source = cited_for(indicator, edition)
        return figures.own_sentence(rows, indicator, label, tested, by, source)

    def _step(self, name):
        if self._filling:
            return
        self._filling = True  # lists that are filled anew must not each draw
        try:
            self._fill(name)
            self.figure = self._drawn()
        except Exception as error:  # whatever goes wrong, the learner reads it here
            self.message.say(f"This sentence cannot be tested: {error} The chart still shows the one before.")
        else:
            self.message.say("")
            self.chart.show(self.figure)
        finally:
            self._filling = False


def cited_for(indicator, edition):
    """Who gives the numbers of an indicator, in a few words for the twin, and its `data.Sources`."""
    where = {"edition": edition} if edition else {}
    cited = data.sources(indicator.table, *_columns(indicator), **where).iloc[0]
    published = cited["edition"] if pd.notna(cited["edition"]) else cited["title"]
    read = words.day(pd.Timestamp(data.resource(indicator.table)["read"]))
    by = f"{cited['publisher']} ({published}; read {read})"
    return by, data.cited(indicator.table, *_columns(indicator), **where)


def _columns(indicator):
    """The column to cite where it has a source of its own, else none: then the whole table is cited."""
    fields = {field["name"]: field for field in data.resource(indicator.table)["schema"]["fields"]}
    return [indicator.column] if fields.get(indicator.column, {}).get("source") else []


def _pairs(dropdown):
    return [option if isinstance(option, tuple) else (str(option), option) for option in dropdown.options]


def _offer(dropdown, options, wish=None):
    """Give a list its options; the present choice stays if it can, else the wish, else the first."""
    pairs = [option if isinstance(option, tuple) else (str(option), option) for option in options]
    values, now = [value for _, value in pairs], dropdown.value
    dropdown.options = pairs
    dropdown.value = now if now in values else wish if wish in values else values[0]


CUTS = ["NATO's spending table, by edition", "the list of members, by day"]


@functools.cache
def cut(what: Literal[*CUTS]):
    """One of `CUTS`: its verdicts as claims.through gives them, the table, and each edition or day in words."""
    if what == CUTS[0]:
        editions = world.load("full_editions")
        table, names = "defence_expenditure", {edition: name for name, edition in reversed(editions.items())}
    else:
        days = data.load("members")["accession_date"].sort_values().unique()[-2:]
        around = sorted({day + pd.Timedelta(days=step) for day in days for step in (-1, 0)})
        table, names = "members", {f"{day:%Y-%m-%d}": words.day(day) for day in around}
    return claims.through(table, names), table, names


def moving_verdicts(what: Literal[*CUTS]):
    """The chart of the verdicts that move along one of `CUTS`."""
    return figures.moving_verdicts(*cut(what))


def moved_sentences(what: Literal[*CUTS]):
    """How many sentences get another verdict along one of `CUTS`."""
    return measures.moved_sentences(cut(what)[0])


def what_moved(table, edition):
    """The computed sentences that read otherwise with `table` cut at `edition`: [then → now], a line each."""
    moved = claims.changed(World(until={table: edition}))
    return tabled(
        pd.DataFrame(
            [
                {
                    "": row["id"].replace("-", "\N{NON-BREAKING HYPHEN}"),
                    "then → now": " ".join(claims.merged(row["before"], row["after"])),
                    "verdict": _moved(row),
                }
                for _, row in moved.iterrows()
            ]
        )
    )


def _moved(row):
    then, now = (
        "cannot be worked out" if pd.isna(verdict) else _said(verdict)
        for verdict in (row["verdict_before"], row["verdict_after"])
    )
    return then if then == now else f"{then} → {now}"


def judge():
    """A panel to judge the ledger's sentences, one by one."""
    return Lab()


def calibration():
    """A picture of the learner's judgements so far."""
    return Calibration()


def sentence():
    """A panel to put together a sentence of one's own and test it."""
    panel = OwnSentence()
    return keep("A sentence of my own", panel, lambda: panel.twin)
