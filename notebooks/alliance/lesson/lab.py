"""The fact-check lab of lesson 11: judge a sentence, see the evidence, see how sure you were; test one of your own.

Judgements are kept with the other answers. The first judgement of a sentence counts.
"""

import functools

import ipywidgets as widgets
import pandas as pd

from .. import claims, data, figures, measures, words, world
from ..chart import Chart
from ..claims import card
from ..controls import Panel, Said, labelled
from ..world import World
from . import answers
from .cards import evidence, tabled
from .evidence import chart

TOPICS = {
    "01": "Words and quotations",
    "02": "Members",
    "03": "The treaty",
    "04": "Spending",
    "05": "The road since 1991",
    "06": "Aid",
    "07": "Borders and balance",
    "08": "Reforms",
    "09": "Other ways to protect a state",
    "10": "The debate",
}
LONGEST = 78  # letters of a sentence in the list


def _key(identifier):
    return f"Fact-check lab: verdict on {identifier}"


def judgements():
    """The learner's first judgement of each sentence: id, verdict, confidence (%)."""
    rows = [(identifier, answers.kept(_key(identifier))) for identifier in data.load("claims")["id"]]
    known = [(identifier, kept["verdict"], kept["confidence"]) for identifier, kept in rows if _fits(kept)]
    return pd.DataFrame(known, columns=["id", "verdict", "confidence"])


def _fits(kept):
    return isinstance(kept, dict) and kept.get("verdict") in claims.VERDICTS and kept.get("confidence") in range(101)


def _said(verdict):
    return f"{claims.MARKS[verdict]} {words.verdict(verdict)}"


class Lab(Panel):
    """Choose sentences, judge one, then see what was found; `inputs` are its parts by name."""

    def __init__(self):
        self._claims = data.load("claims")
        articles = data.load("articles")
        shown = {f"{row['id']} · {row['label']}": ("article", row["id"]) for _, row in articles.iterrows()}
        shown |= {f"Topic · {topic}": ("lesson", lesson) for lesson, topic in TOPICS.items()}
        self.inputs = {
            "show": labelled(widgets.Dropdown(description="Show", options=list(shown.items()))),
            "sentence": labelled(widgets.Dropdown(description="Sentence", layout=widgets.Layout(width="98%"))),
            "verdict": widgets.RadioButtons(
                options=[(f"{_said(verdict)}: {meaning}", verdict) for verdict, meaning in claims.VERDICTS.items()],
                value=None,
            ),
            "sure": labelled(
                widgets.IntSlider(
                    description="How sure are you, %?",
                    min=0,
                    max=100,
                    step=10,
                    value=50,
                    layout=widgets.Layout(width="520px"),
                )
            ),
        }
        before, after = self._button("◀ Before", -1), self._button("Next ▶", 1)
        commit = widgets.Button(
            description="Commit my verdict", button_style="primary", layout=widgets.Layout(width="auto")
        )
        commit.on_click(lambda _: self.commit())
        self.message, self._asked, self._where = Said(), Said(css="abn-ask"), Said()
        self._asking = widgets.VBox([self.inputs["verdict"], self.inputs["sure"], commit])
        self._evidence = widgets.VBox([])
        steps = widgets.HBox([self.inputs["show"], before, after])
        steps.add_class("abn-controls")
        super().__init__(
            [steps, self.inputs["sentence"], self._asked, self._where, self._asking, self.message, self._evidence]
        )
        self._chart, self._filling = None, False
        self.inputs["show"].observe(lambda _: self._list(), "value")
        self.inputs["sentence"].observe(lambda _: self._open(), "value")
        self._list()

    @property
    def twin(self):
        row = claims.claim(self.inputs["sentence"].value)
        return f"Choose sentences, judge one, see the evidence. {len(self._shown())} sentences here; the first: {row['claim']}"

    @property
    def said(self):
        """What was said last (HTML-escaped)."""
        return self.message.value

    def commit(self):
        """Take the verdict and how sure it is, keep both, and show what was found."""
        if self.inputs["verdict"].value is None:
            self.message.say("Choose a verdict first; say with the slider how sure you are.")
            return
        judged = dict(verdict=self.inputs["verdict"].value, confidence=self.inputs["sure"].value)
        trouble = answers.keep(_key(self.inputs["sentence"].value), judged)
        self._list(keep=self.inputs["sentence"].value)
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
        ticks = {identifier: "✓ " if answers.kept(_key(identifier)) else "" for identifier in self._shown()["id"]}
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
        if self._filling:
            return
        identifier = self.inputs["sentence"].value
        row, kept = claims.claim(identifier), answers.kept(_key(identifier))
        self._asked.say(f"“{row['claim']}”")
        self._where.say(card.where(row))
        self.inputs["verdict"].value = None
        if _fits(kept):
            self._asking.layout.display = "none"
            self._reveal(row, kept)
        else:
            self._asking.layout.display = None
            self._evidence.children = []
            self.message.say("")

    def _reveal(self, row, kept):
        found = claims.finding(row["id"])
        mine, theirs = kept["verdict"], found.verdict
        if claims.way(row) == "not verified":
            end = "Nobody has verified this one, so it does not count in your picture."
        elif mine == theirs:
            end = "The ledger says the same."
        else:
            same = measures.verdict_side(mine) == measures.verdict_side(theirs)
            end = f"The ledger says {_said(theirs)}{', on the same side of the scale' if same else ''}."
        self.message.say(f"You said {_said(mine)}, {kept['confidence']}% sure. {end}")
        figure = chart(row["id"], World())
        by_reading = figure is None and len(found.readings) > 0
        if by_reading:
            figure = world.today().ask(figures.readings, finding=found, identifier=row["id"], judged=mine)
        card = widgets.HTML(evidence(row["id"], with_readings=not by_reading)._repr_html_())
        card.add_class("abn-say")
        self._evidence.children = [*([self._drawn(figure)] if figure else []), card]

    def _drawn(self, figure):
        if self._chart is None:
            self._chart = Chart(figure)
        else:
            self._chart.show(figure)
        return self._chart


def _short(text):
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"


class Calibration(Panel):
    """How sure the learner was against how often the ledger agreed, drawn anew on demand."""

    def __init__(self):
        again = widgets.Button(description="Draw again", layout=widgets.Layout(width="auto"))
        again.on_click(lambda _: self.draw())
        self.chart = Chart(self._figure())
        super().__init__([again, self.chart])

    @property
    def twin(self):
        return self.chart.shown.twin

    def draw(self):
        """Draw what is judged by now."""
        self.chart.show(self._figure())

    def _figure(self):
        judged = judgements()
        rows = [claims.claim(identifier) for identifier in judged["id"]]
        found = [(row["id"], claims.way(row), claims.finding(row["id"]).verdict) for row in rows]
        table = measures.calibration(judged, pd.DataFrame(found, columns=["id", "tested", "verdict"]))
        left_out = len(judged) - int(table["judged"].sum())
        return world.today().ask(figures.calibration, table=table, left_out=left_out)


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
            "number": labelled(
                widgets.BoundedFloatText(
                    description="Number", value=2, min=0, max=100_000, step=0.1, layout=widgets.Layout(width="190px")
                )
            ),
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
            others = [name for name in self._countries() if name != self._value("who")]
            _offer(self.controls["other"], others, "Germany")
        if later or moved == "year":
            years = [year for _, year in _pairs(self.controls["year"]) if year < self._value("year")]
            _offer(self.controls["earlier"], years or [self._value("year")], 2014)
        if moved in ("table", "measure"):
            self.controls["number"].value = measures.usual_threshold(self._rows(), self._indicator())
        wanted = measures.WANTED[self._value("comparison")]
        for name in ("number", "other", "earlier", "who"):
            self.controls[name].layout.display = None if name in wanted else "none"

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
        _offer(self.controls["who"], self._countries(), "Poland")
        if self._value("year") not in well_filled:
            self.controls["year"].options = []
        _offer(self.controls["year"], years, usual)
        _offer(self.controls["comparison"], measures.comparisons(years))

    def _drawn(self):
        indicator, comparison, edition = self._indicator(), self._value("comparison"), self._value("edition")
        rows, label = self._rows(), self._value("measure")
        than = self._value(next(name for name in measures.WANTED[comparison] if name != "who"))
        tested = measures.own_sentence(
            rows, indicator, label, self._value("who"), self._value("year"), comparison, than
        )
        where = {"edition": edition} if edition else {}
        cited = data.sources(indicator.table, *_columns(indicator), **where).iloc[0]
        published = cited["edition"] if pd.notna(cited["edition"]) else cited["title"]
        read = words.day(pd.Timestamp(data.resource(indicator.table)["read"]))
        by = f"{cited['publisher']} ({published}; read {read})"
        source = data.source_line(indicator.table, *_columns(indicator), **where)
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
def cut(what):
    """One of `CUTS`: its verdicts as claims.through gives them, the table, and each edition or day in words."""
    if what == CUTS[0]:
        editions = world.load("full_editions")
        table, names = "defence_expenditure", {edition: name for name, edition in reversed(editions.items())}
    else:
        days = data.load("members")["accession_date"].sort_values().unique()[-2:]
        around = sorted({day + pd.Timedelta(days=step) for day in days for step in (-1, 0)})
        table, names = "members", {f"{day:%Y-%m-%d}": words.day(day) for day in around}
    return claims.through(table, names), table, names


def moving_verdicts(what):
    """The chart of the verdicts that move along one of `CUTS`."""
    return figures.moving_verdicts(*cut(what))


def moved_sentences(what):
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
    return OwnSentence()
