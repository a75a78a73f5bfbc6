"""Predict, then reveal: the learner commits to a guess before the chart is seen.

`predict.number`, `predict.choice`, `predict.ranking` and `predict.line` ask; `reveal` waits for
the guess, draws it beside the data and says the distance in words. Guesses survive a restart.
"""

import ipywidgets as widgets
import plotly.graph_objects as go
import traitlets

from .. import words, world
from ..chart import Chart, with_text
from ..controls import Panel, Said, labelled, told
from ..figures import style
from . import answers


class Guess(Panel):
    """A question with a place for a guess; `value` is None until the learner commits."""

    value = traitlets.Any(allow_none=True)
    FIRST = "Choose one first; a wild guess is fine."

    def __init__(self, question, inputs):
        self.question = question
        self._asked = Said(question, css="abn-ask")
        self._commit = widgets.Button(
            description="Commit my guess", button_style="primary", layout=widgets.Layout(width="auto")
        )
        self._said = Said()
        super().__init__([self._asked, *inputs, self._commit, self._said])
        self._commit.on_click(lambda _: self.commit())
        before = answers.kept(question)
        if before is not None and self._fits(before):
            self._put(before)
            self.value = before
            self._said.say(f"Your guess from last time: {self.said(before)}. You may change it and commit again.")

    @property
    def twin(self):
        return f"Your guess, please: {self.question}"

    def commit(self):
        """Take what the inputs say as the guess, and save it; say what to do first if they say nothing yet."""
        guess = self._take()
        if guess is None:
            self._said.say(self.FIRST)
            return
        trouble = answers.keep(self.question, guess)
        self.value = None  # a repeated guess is revealed anew
        self.value = guess
        self._said.say(trouble or f"Your guess: {self.said(guess)}.")


class Number(Guess):
    """A guess on a slider."""

    def __init__(self, question, low, high, unit="", step=1):
        kind = (
            widgets.IntSlider
            if isinstance(low, int) and isinstance(high, int) and isinstance(step, int)
            else widgets.FloatSlider
        )
        self._unit = unit
        self._input = kind(description=f"Guess ({unit})" if unit else "Guess", min=low, max=high, step=step, value=low)
        super().__init__(question, [labelled(self._input)])

    def said(self, guess):
        return f"{words.short(guess)} {self._unit}".strip()

    def _fits(self, guess):
        return isinstance(guess, (int, float)) and self._input.min <= guess <= self._input.max

    def _put(self, guess):
        self._input.value = guess

    def _take(self):
        return self._input.value

    def mark(self, figure, guess, answer):
        """Draw the guess as a dashed line; returns the distance in words."""
        line = dict(
            line=dict(color=style.ORANGE, width=3, dash="dash"),
            annotation_text=f"your guess: {words.short(guess)}",
            annotation_font=dict(color=style.ORANGE, size=15),
        )
        if figure.value_axis == "x":
            figure.add_vline(x=guess, annotation_position="top", **line)
        else:
            figure.add_hline(y=guess, annotation_position="top right", **line)
        gap = guess - answer
        if abs(gap) < 1e-9:
            return f"You guessed {self.said(guess)}: exactly what the data say."
        return f"You guessed {self.said(guess)}; the data say {words.short(answer)}. Your guess is {words.short(abs(gap))} too {'high' if gap > 0 else 'low'}."


class Choice(Guess):
    """A guess among a few options; a dict gives each option the number it stands for."""

    def __init__(self, question, options):
        self._numbers = options if isinstance(options, dict) else None
        self._input = widgets.RadioButtons(options=list(options), value=None)
        super().__init__(question, [self._input])

    def said(self, guess):
        return guess

    def _fits(self, guess):
        return guess in self._input.options

    def _put(self, guess):
        self._input.value = guess

    def _take(self):
        return self._input.value

    def mark(self, figure, guess, answer):
        """Returns the distance in words; nothing to draw. A number is matched to its nearest option."""
        if self._numbers:
            answer = min(self._numbers, key=lambda option: abs(self._numbers[option] - answer))
        return (
            f"You chose “{guess}”, and so say the data."
            if guess == answer
            else f"You chose “{guess}”; the data say “{answer}”."
        )


class Ranking(Guess):
    """A guess of an order: items move up and down by buttons."""

    def __init__(self, question, items):
        self._items = list(items)
        self._rows = widgets.VBox([self._row(place) for place in range(len(self._items))])
        super().__init__(question, [self._rows])
        self._list()

    def said(self, guess):
        return ", ".join(f"{place}. {item}" for place, item in enumerate(guess, 1))

    def _fits(self, guess):
        return isinstance(guess, list) and sorted(map(str, guess)) == sorted(map(str, self._items))

    def _put(self, guess):
        self._items = list(guess)

    def _take(self):
        return list(self._items)

    def _row(self, place):
        buttons = [
            widgets.Button(description="▲", disabled=place == 0),
            widgets.Button(description="▼", disabled=place == len(self._items) - 1),
        ]
        for button, by in zip(buttons, (-1, 1), strict=True):
            button.layout.width = "44px"
            button.add_class("abn-icon")
            button.on_click(lambda _, by=by: self._move(place, by))
        return widgets.HBox([*buttons, widgets.Label()])

    def _list(self):
        """Write the items into their rows; rows and buttons stay, so that the focus stays."""
        for place, (row, item) in enumerate(zip(self._rows.children, self._items, strict=True)):
            up, down, label = row.children
            up.tooltip, down.tooltip, label.value = f"Move {item} up", f"Move {item} down", f"{place + 1}. {item}"

    def _move(self, place, by):
        self._items[place], self._items[place + by] = self._items[place + by], self._items[place]
        self._list()
        self._said.say(f"Place {place + by + 1}: {self._items[place + by]}.")

    def mark(self, figure, guess, answer):
        """Returns how many items stand in their place; nothing to draw."""
        right = sum(mine == theirs for mine, theirs in zip(guess, answer))
        return f"You have {right} of {len(answer)} in their place. By the data: {self.said(answer)}."


class Line(Guess):
    """A guess drawn over years, with mouse or finger into the chart, or number by number."""

    FIRST = "Draw a line first, or set the numbers below; a wild guess is fine."

    def __init__(self, question, years, low, high, unit):
        self._years, self._unit = list(years), unit
        self._boxes = {
            year: labelled(
                widgets.BoundedFloatText(
                    description=str(year),
                    min=low,
                    max=high,
                    step=(high - low) / 100,
                    value=low,
                    layout=widgets.Layout(width="130px"),
                )
            )
            for year in self._years
        }
        self._chart = Chart(self._blank(low, high))
        self._chart.observe(self._drew, "drawn")
        for box in self._boxes.values():
            box.observe(lambda _: self._sketch(), "value")
        row = widgets.HBox(list(self._boxes.values()))
        row.add_class("abn-controls")
        self._low, self._high = low, high
        super().__init__(question, [self._chart, row])

    def _blank(self, low, high, guess=None):
        span = self._years[-1] - self._years[0]
        drawn = [] if guess is None else [_sketched(guess)]
        return style.figure(
            drawn,
            title="Draw your line from left to right",
            subtitle=f"{self._unit}; or set a number for each year below",
            source="",
            twin="",
            table=None,
            height=320,
            dragmode="drawopenpath",
            newshape=dict(line=dict(color=style.ORANGE, width=4)),
            showlegend=False,
            xaxis=dict(
                range=[self._years[0] - span * 0.03, self._years[-1] + span * 0.03],
                fixedrange=True,
                tickvals=self._years,
                tickformat="d",
            ),
            yaxis=dict(range=[low, high], fixedrange=True),
        )

    def _sketch(self):
        self._chart.show(self._blank(self._low, self._high, self._guess()))

    def _drew(self, change):
        line = sorted(change["new"])
        if len(line) < 2:
            return
        for year, box in self._boxes.items():
            box.value = min(self._high, max(self._low, round(_height_at(line, year), 1)))
        self._sketch()

    def _guess(self):
        return [[year, box.value] for year, box in self._boxes.items()]

    def said(self, guess):
        return ", ".join(f"{words.short(value)} in {year}" for year, value in guess)

    def _fits(self, guess):
        pairs = [pair for pair in guess if isinstance(pair, list) and len(pair) == 2] if isinstance(guess, list) else []
        within = (isinstance(value, (int, float)) and self._low <= value <= self._high for _, value in pairs)
        return [year for year, _ in pairs] == self._years and all(within)

    def _put(self, guess):
        for year, value in guess:
            self._boxes[year].value = value

    def _take(self):
        return self._guess() if any(box.value != self._low for box in self._boxes.values()) else None

    def mark(self, figure, guess, answer):
        """Draw the guessed line; `answer` maps years to values. Returns the mean distance in words."""
        figure.add_trace(_sketched(guess))
        shared = [(value, answer[year]) for year, value in guess if year in answer and answer[year] == answer[year]]
        gap = sum(abs(mine - theirs) for mine, theirs in shared) / len(shared)
        return f"On average your line is {gap:.1f} away from the data ({self._unit}), over {len(shared)} years."


def _sketched(guess):
    return go.Scatter(
        x=[year for year, _ in guess],
        y=[value for _, value in guess],
        name="your line",
        mode="lines+markers",
        line=dict(color=style.ORANGE, dash="dash", width=3),
        hovertemplate="your line, %{x}: %{y}<extra></extra>",
    )


def _height_at(line, x):
    """The height of a drawn line at `x`; beyond its ends, the height of the end."""
    for (x0, y0), (x1, y1) in zip(line, line[1:]):
        if x0 <= x <= x1:
            return y0 if x1 == x0 else y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return line[0][1] if x < line[0][0] else line[-1][1]


class Reveal(Panel):
    """A guess, and below it the figure that stays hidden until the guess is committed.

    Then both are shown in one chart, with the distance in words.
    """

    WAITING = "The answer appears here when you have committed your guess."

    def __init__(self, guess, figure, answer):
        self.guess, self.figure, self.answer = guess, figure, answer
        self._said = Said(self.WAITING)
        self._skip = widgets.Button(description="Show without a guess", layout=widgets.Layout(width="auto"))
        self._skip.on_click(lambda _: self._open())
        self._place = widgets.VBox([self._skip])
        super().__init__([guess, self._said, self._place])
        guess.observe(self._guessed, "value")
        if guess.value is not None:
            self._open()

    @property
    def twin(self):
        return f"{self.guess.twin} {self.WAITING}"

    def _guessed(self, change):
        if change["new"] is not None:
            with told(
                self._said, "Your guess is kept, but cannot be compared with the data", "You may commit another one."
            ):
                self._open()

    def _open(self):
        figure = self.figure.copy()
        guess = self.guess.value
        self._said.say("" if guess is None else self.guess.mark(figure, guess, self.answer))
        if isinstance(self._place.children[0], Chart):
            self._place.children[0].show(figure)
        else:
            self._place.children = [Chart(figure)]

    def _repr_mimebundle_(self, **kwargs):
        hidden = f"{self.figure.twin} Answer: {self.answer}."
        return with_text(super()._repr_mimebundle_(**kwargs), self.twin, reveal=hidden)


def number(question, low, high, unit="", step=1):
    """Ask for a number between `low` and `high`."""
    return Number(question, low, high, unit, step)


def choice(question, options):
    """Ask for one of `options`."""
    return Choice(question, options)


def ranking(question, items):
    """Ask for the order of `items`."""
    return Ranking(question, items)


def line(question, years, low, high, unit):
    """Ask for a line over `years`, drawn or typed, between `low` and `high`."""
    return Line(question, years, low, high, unit)


def reveal(guess, figure, answer, within=None, **choices):
    """Ask for the guess, then show the figure with the guess in it; `answer` is what the data say.

    Both may be functions of tables, which are asked by name, with those of `choices` that they take.
    """
    asked = within or world.today()
    if callable(answer):
        answer = asked.ask(
            answer, **{name: value for name, value in choices.items() if name in world.choices_of(answer)}
        )
    return Reveal(guess, asked.ask(figure, **choices) if callable(figure) else figure, answer)
