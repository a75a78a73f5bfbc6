"""Where a learner stands, before and after: kept on this computer, never scored, compared with nobody.

`position.state("before")` asks, `position.weigh(pairs, figure)` shows two cases side by side and a
pair of scales, `position.compare(figure)` sets both answers beside each other.
"""

import functools

import ipywidgets as widgets
import traitlets
from markupsafe import Markup

from ..chart import Chart
from ..controls import BoxAndSlider, Panel, Said, choice, labelled, number, slider, switch
from . import answers
from .cards import items, small
from .drafts import Draft

SENTENCE = "Allies should invite Ukraine to join NATO."
WHEN = (
    "I have not decided",
    "as soon as the allies can agree",
    "when the fighting has stopped",
    "when a peace treaty is signed",
    "when agreed reforms are done, whenever that is",
    "not at all; protect Ukraine in another way",
    "not at all",
)


def _words(label, placeholder):
    return labelled(widgets.Text(description=label, placeholder=placeholder, layout=widgets.Layout(width="95%")))


class Position(Panel):
    """How far one agrees, when, how sure, and why; `value` is None until it is kept."""

    value = traitlets.Dict(allow_none=True, default_value=None)
    lasting = True

    def __init__(self, moment, asks):
        self.moment = moment
        self.inputs = {
            "agree": BoxAndSlider("I agree", -5, 5),
            "when": choice("When?", list(WHEN)),
            "sure": number("I am sure, %", 0, 100),
            **{name: _words(label, hint) for name, (label, hint) in asks.items()},
        }
        self.inputs["agree"].box.whole = True
        self._untouched = self._answer()
        self._silent = switch("I would rather not say")
        self._said = Said()
        button = widgets.Button(
            description="Keep my position", button_style="primary", layout=widgets.Layout(width="auto")
        )
        button.on_click(lambda _: self.keep())
        self._silent.observe(lambda change: self._hush(change["new"]), "value")
        self._draft = Draft(f"{self._key} as typed", "position draft")
        super().__init__(
            [
                Said(f"“{SENTENCE}” From −5, not at all, to 5, fully:", css="abn-ask"),
                *self.inputs.values(),
                self._silent,
                self._draft.line,
                button,
                self._said,
            ]
        )
        before, typed = answers.kept(self._key), self._draft.kept()
        shown = typed if self._fits(typed) else before
        if self._fits(shown):
            for name, answer in shown.items():
                self.inputs[name].value = answer
        if self._fits(before) and before["agree"] is not None:
            self.value = before
            self._said.say("This is what you kept last time. You may change it and keep it again.")
        for control in self.inputs.values():
            control.observe(lambda _: self._touched(), "value")

    @property
    def _key(self):
        return f"Position {self.moment}: {SENTENCE}"

    @property
    def twin(self):
        return f"Your position {self.moment} the lesson: {SENTENCE}"

    def _fits(self, answer):
        return (
            isinstance(answer, dict)
            and set(answer) == set(self.inputs)
            and answer["when"] in WHEN
            and (answer["agree"] is None or isinstance(answer["agree"], int) and abs(answer["agree"]) <= 5)
            and (answer["sure"] is None or isinstance(answer["sure"], int | float) and 0 <= answer["sure"] <= 100)
        )

    def _hush(self, silent):
        if silent:
            self._draft.forget()
        elif self._answer() != self._untouched:  # what was typed before stands there again, and is kept again
            self._draft.note(self._answer())
        for control in self.inputs.values():
            control.disabled = silent

    def _answer(self):
        agree = self.inputs["agree"].value
        return {name: control.value for name, control in self.inputs.items()} | {
            "agree": None if agree is None else round(agree)
        }

    def _touched(self):
        self._said.say("")
        self._draft.note(self._answer())

    def keep(self):
        """Take the position as it stands, or forget it where the learner would rather not say."""
        if self._silent.value:
            self.forget()
            self._said.say("Nothing is kept. Go on as an observer: everything below works without it.")
            return
        answer = self._answer()
        for name, missing in (("agree", "how far you agree, from −5 to 5"), ("sure", "how sure you are, in %")):
            if answer[name] is None:
                self._said.say(f"Say {missing}, then keep it. What you typed is not lost.")
                return
        trouble = answers.keep(self._key, answer, lesson="10", kind="position")
        self.value = answer
        self._said.say(trouble or "Kept on this computer, for you alone. No one scores it.")

    def forget(self):
        """Delete the kept position, and what was typed of it."""
        self._draft.forget()
        answers.keep(self._key, None)
        self.value = None


class Weigh(Panel):
    """Two cases on one subject at a time, side by side in one layout, and the learner's own scales below."""

    def __init__(self, pairs, figure):
        self._pairs, self._figure = pairs, figure
        self.subjects = list(dict.fromkeys(pairs["subject"]))
        self.leanings = self._kept()  # by subject; none of a subject that was not weighed
        self.subject = choice("Subject", self.subjects)
        self.scale = slider("My scale, −5 to 5", -5, 5, value=0)
        self._cards = widgets.HTML()
        self._said = Said()
        self.chart = Chart(self._drawn())
        rows = [widgets.HBox([self.subject]), widgets.HBox([self.scale])]  # the scale beside the chart that it moves
        for row in rows:
            row.add_class("abn-controls")
        super().__init__([rows[0], self._cards, rows[1], self.chart, self._said])
        self.subject.observe(lambda _: self._turn(), "value")
        self.scale.observe(lambda _: self._weigh(), "value")
        self._turn()

    _KEY = "My scales: the two cases, subject by subject"

    @property
    def twin(self):
        rows = self._pairs[self._pairs["subject"] == self.subject.value]
        return "\n".join(f"{self.subject.value}, {row['side']}: {row['case']}" for _, row in rows.iterrows())

    def _kept(self):
        known = answers.kept(self._KEY)
        known = known if isinstance(known, dict) else {}
        return {
            subject: weight
            for subject in self.subjects
            if isinstance(weight := known.get(subject), int) and abs(weight) <= 5
        }

    def _turn(self):
        self._cards.value = side_by_side_cases(self._pairs[self._pairs["subject"] == self.subject.value])
        self.scale.value = self.leanings.get(self.subject.value, 0)

    def _drawn(self):
        """The figure: a subject that was not weighed lies even."""
        return self._figure({subject: self.leanings.get(subject, 0) for subject in self.subjects})

    def _weigh(self):
        if self.leanings.get(self.subject.value, 0) == self.scale.value:
            return
        self.leanings[self.subject.value] = self.scale.value
        self._said.say(answers.keep(self._KEY, self.leanings, lesson="10", kind="scales"))
        self.chart.show(self._drawn())


LINES = {
    "At its best": "case",
    "Reported as": "reported",
    "Argued by": "argued_by",
    "Rests on": "rests_on",
    "A test": "test",
}


def side_by_side_cases(rows):
    """HTML of two cards beside each other (below each other where it is narrow): the same lines in both,
    all as text.
    """
    cards = Markup("")
    for side, heading in (("for", "For an invitation"), ("against", "Against an invitation")):
        row = rows[rows["side"] == side].iloc[0]
        lines = Markup("").join(
            Markup('<p style="margin: 0 0 0.4em;">{}<br>{}</p>').format(small(label), row[column])
            for label, column in LINES.items()
            if row[column]
        )
        cards += Markup(
            '<div style="flex: 1 1 17em; border: 1px solid rgba(116, 120, 125, 0.5); padding: 0.4em 0.9em;">'
            '<p style="margin: 0 0 0.3em;"><strong>{}</strong></p>{}</div>'
        ).format(heading, lines)
    return Markup(
        '<div style="display: flex; flex-wrap: wrap; gap: 10px; max-width: 1000px; font-size: 16px; line-height: '
        '1.4;">{}</div>'
    ).format(cards)


class Compare(Panel):
    """Both positions of one learner with the reasons given; a button forgets them."""

    WAITING = "When both positions are kept, you see them here, side by side. Only you do."

    def __init__(self, before, after, figure):
        self._before, self._after, self._figure = before, after, figure
        self._said, self._words = Said(self.WAITING), widgets.HTML()
        self._place = widgets.VBox()
        self._forget = widgets.Button(
            description="Forget both positions", layout=widgets.Layout(width="auto", display="none")
        )
        self._forget.on_click(lambda _: self.forget())
        super().__init__([self._said, self._place, self._words, self._forget])
        for position in (before, after):
            self.follow(position, "value", lambda _: self._look())
        self._look()

    @property
    def twin(self):
        return self.WAITING

    def _look(self):
        ready = bool(self._before.value and self._after.value)
        self._forget.layout.display = None if ready else "none"
        self._said.say("" if ready else self.WAITING)
        self._place.children = [Chart(self._figure(self._before.value, self._after.value))] if ready else []
        self._words.value = self._told() if ready else ""

    def _told(self):
        lines = [
            f"{position.moment.capitalize()}: {control.description} {position.value[name]}"
            for position in (self._before, self._after)
            for name, control in position.inputs.items()
            if name not in ("agree", "sure") and position.value[name]
        ]
        return Markup('<ul style="font-size: 16px; line-height: 1.45;">{}</ul>').format(items(lines))

    def forget(self):
        """Delete both positions from this computer."""
        for position in (self._before, self._after):
            position.forget()
        self._said.say("Both are forgotten.")


ASKS = {
    "before": {
        "reason": ("My strongest reason:", "one line is enough"),
        "doubt": ("What could change my mind:", "a fact, an event, an argument"),
    },
    "after": {
        "reason": ("My strongest reason now:", "name the evidence and its source"),
        "doubt": ("What moved me, or kept me:", "a chart, a sentence, a person"),
    },
}


@functools.cache
def state(moment):
    """The one panel of this kernel that asks where the learner stands; `moment` is "before" or "after"."""
    return Position(moment, ASKS[moment])


def weigh(pairs, figure):
    """Show the two cases of each subject (rows of `measures.argument_pairs`) above the learner's scales,
    drawn by `figure`.
    """
    return Weigh(pairs, figure)


def compare(figure):
    """Set both positions beside each other, drawn by `figure`, once both are kept."""
    return Compare(state("before"), state("after"), figure)
