"""Predict, then reveal: the learner commits to a guess before the chart is seen.

`predict.number`, `predict.choice`, `predict.ranking`, `predict.order` and `predict.line` ask; `reveal` waits for the
guess, then shows the chart with its controls, the guess drawn in, and says the distance in words. `after` holds back
whatever else would tell the answer. Guesses survive a restart; the first one counts.
"""

import numbers
import re

import ipywidgets as widgets
import plotly.graph_objects as go
import traitlets

from .. import controls, data, words, world
from ..chart import Chart, with_text
from ..controls import Explore, Panel, Said, labelled, told
from ..figures import style
from . import answers
from .drafts import Draft, lesson_here

NEAR = 0.1  # of the range of the question: how far off a guess may be to count as near
NAME = r"\d\d[a-z]?-[a-z]"  # of a guess: its lesson, and a letter
SKIP = "Show without a guess"
BLANK = "________"  # to write on, where a guess is made on paper


class Gate(traitlets.HasTraits):
    """Whether the answer to one question may be shown: a guess is made, or the learner asked to see it without one."""

    open = traitlets.Bool(False)


_gates = {}


def gate(name):
    """The one `Gate` of this kernel for the guess of that name (or question)."""
    found = _gates.setdefault((answers.path(), name), Gate())
    found.open = any(answers.kept(key) is not None for key in (_key(name), _seen(name)))
    return found


def unlock(name):
    """Open the gate without a guess, and remember it:
    what is guessed from now on was guessed with the answer in view.
    """
    if answers.kept(_key(name)) is None:
        answers.keep(_seen(name), True, lesson=_lesson(name), kind="seen")
    gate(name).open = True


def _key(name):
    return f"guess {name}"


def _seen(name):
    return f"seen {name}"


def _lesson(name):
    return name.split("-")[0] if re.match(r"\d\d[a-z]?-", name) else lesson_here()


class Guess(Panel):
    """A question with a place for a guess; `value` is None until the learner commits.

    `name`, such as "04-a" (lesson and letter), is what `after` calls it by and what it is kept under.
    """

    value = traitlets.Any(allow_none=True)
    anywhere = False  # whether the guess is drawn in however the controls stand
    _quiet = True  # while the inputs are put as they were left

    def __init__(self, question, inputs, name):
        if name and not re.fullmatch(NAME, name):
            raise ValueError(f"A guess is called by lesson and letter, like 04-a; {name!r} is not.")
        self.question, self.name = question, name or question
        self._commit = widgets.Button(
            description="Commit my guess", button_style="primary", layout=widgets.Layout(width="auto")
        )
        self._said = Said()
        self._draft = Draft(f"draft {self.name}", "draft", _lesson(self.name))
        super().__init__([Said(question, css="abn-ask"), *inputs, self._draft.line, self._commit, self._said])
        self._commit.on_click(lambda _: self.commit())
        before, draft = self.kept(), self._draft.kept()
        if before is not None:
            self._put(before)
            self.value = before
        elif self._fits(draft):
            self._put(draft)
            self._said.say("This is what you had begun; it is no guess until you commit it.")
        self._quiet = False

    @property
    def twin(self):
        return f"A guess is wanted: {self.question}"

    def on_paper(self):
        """Lines to fill in on a printed sheet."""
        raise NotImplementedError

    def kept(self, ask=answers.kept):
        """The latest guess, or with `answers.first` the first one; None if there is none that fits the question."""
        found = ask(_key(self.name))
        guess = (
            found.get("guess") if isinstance(found, dict) else ask(self.question)
        )  # an older course: by its question
        return guess if self._fits(guess) else None

    def counts(self):
        """Whether the first guess was made before the answer was seen."""
        first = answers.first(_key(self.name))
        return not (isinstance(first, dict) and first.get("seen"))

    def commit(self):
        """Take what the inputs say as the guess, and keep it; say what to do first if they say nothing yet."""
        try:
            guess = self._take()
        except ValueError as nothing_yet:
            self._said.say(str(nothing_yet))
            return
        made = {"asked": self.question, "guess": guess, "said": self.said(guess)}
        if answers.kept(_seen(self.name)):
            made["seen"] = True
        trouble = answers.keep(_key(self.name), made, lesson=_lesson(self.name), kind=self.kind)
        self.value = None  # a repeated guess is revealed anew
        self.value = guess
        self._draft.line.say("")
        self._said.say(trouble)

    def asks_for(self, answer):
        """Make ready for an answer of this kind: where it is a count, only whole numbers are taken."""

    def compared(self, answer):
        """Keep whether the first guess was near, once the answer is known;
        what was guessed with it in view is neither.
        """
        first = self.kept(answers.first)
        if first is not None and self.counts():
            near = bool(self.near(first, answer))
            answers.keep(f"near {self.name}", near, lesson=_lesson(self.name), kind="near")

    def history(self):
        """Which guess counts, in words; '' where there is but one."""
        first = self.kept(answers.first)
        if first is None or self.value is None:
            return ""
        if not self.counts():
            return "You had seen the answer, so this guess does not count."
        if first == self.value:
            return ""
        return f"Your first guess counts: {self.said(first)}. This later one is kept beside it."

    def _touched(self, value):
        """An input was moved or typed into: what was said of it is over, and the new state is kept."""
        if self._quiet:
            return
        self._said.say("")
        if value is not None and value != self.value:
            self._draft.note(value)


class Number(Guess):
    """A guess in a box, or on the slider beside it; neither has a value before it is touched."""

    kind = "number"

    def __init__(self, question, low, high, unit="", step=1, name=None):
        self._unit, self._low, self._high = unit, low, high
        self._input = controls.BoxAndSlider(f"Guess ({unit})" if unit else "Guess", low, high, step)
        self._box, self._slider, self._digits = self._input.box, self._input.slider, self._input.digits
        self._input.observe(lambda change: self._touched(change["new"]), "value")
        super().__init__(question, [self._input], name)

    def on_paper(self):
        return [f"{BLANK} {self._unit}".rstrip()]

    def asks_for(self, answer):
        self._box.whole = isinstance(answer, numbers.Integral)

    def said(self, guess):
        return f"{words.short(guess)} {self._unit}".strip()

    def near(self, guess, answer):
        return abs(guess - answer) <= NEAR * (self._high - self._low)

    def _fits(self, guess):
        return isinstance(guess, (int, float)) and not isinstance(guess, bool) and self._low <= guess <= self._high

    def _put(self, guess):
        self._box.value = guess

    def _take(self):
        if self._box.value is None:
            raise ValueError("Type a number or move the slider first; a wild guess is fine.")
        return self._box.value

    def mark(self, figure, guess):
        """Draw the guess as a dashed line."""
        line = dict(
            line=dict(color=style.ORANGE, width=3, dash="dash"),
            annotation_text=f"your guess: {words.short(guess)}",
            annotation_font=dict(color=style.ORANGE, size=15),
        )
        if figure.value_axis == "x":
            figure.add_vline(x=guess, annotation_position="top", **line)
        else:
            figure.add_hline(y=guess, annotation_position="top right", **line)

    def distance(self, guess, answer):
        """How far the guess is from the answer, in words."""
        gap = guess - answer
        if abs(gap) < 1e-9:
            return f"You guessed {self.said(guess)}: exactly what the data say."
        far = f"{words.short(abs(gap))} too {'high' if gap > 0 else 'low'}"
        return f"You guessed {self.said(guess)}; the data say {words.short(answer)}. Your guess is {far}."


class Choice(Guess):
    """A guess among a few options; a dict gives each option the number it stands for."""

    kind = "choice"

    def __init__(self, question, options, name=None):
        self._numbers = options if isinstance(options, dict) else None
        self._input = widgets.RadioButtons(options=list(options), value=None)
        self._input.observe(lambda change: self._touched(change["new"]), "value")
        super().__init__(question, [self._input], name)

    def on_paper(self):
        return [f"☐ {option}" for option in self._input.options]

    def said(self, guess):
        return guess

    def near(self, guess, answer):
        return guess == self._option(answer)

    def _option(self, answer):
        """The option that the answer is, or that comes nearest to it."""
        if self._numbers:
            return min(self._numbers, key=lambda option: abs(self._numbers[option] - answer))
        return answer

    def _fits(self, guess):
        return isinstance(guess, str) and guess in self._input.options

    def _put(self, guess):
        self._input.value = guess

    def _take(self):
        if self._input.value is None:
            raise ValueError("Choose one first; a wild guess is fine.")
        return self._input.value

    def mark(self, figure, guess):
        """Nothing to draw: the words say it."""

    def distance(self, guess, answer):
        """Whether the data say the same, in words."""
        right = self._option(answer)
        if guess == right:
            return f"You chose {_quoted(guess)}, and so say the data."
        return f"You chose {_quoted(guess)}; the data say {_quoted(right)}."


def _quoted(text):
    return f"“{str(text).rstrip('.')}”"


class Ranking(Guess):
    """A guess of an order: choose an item in the list, then move it; it stays chosen while it moves."""

    kind = "ranking"

    def __init__(self, question, items, name=None):
        self._items, self._moved = list(items), False
        self._list = labelled(
            widgets.Select(description="Order", rows=len(self._items), layout=widgets.Layout(width="auto"))
        )
        up, down = (
            widgets.Button(description=text, layout=widgets.Layout(width="auto"))
            for text in ("▲ Move up", "▼ Move down")
        )
        up.on_click(lambda _: self._move(-1))
        down.on_click(lambda _: self._move(1))
        self.buttons = up, down
        row = widgets.HBox([up, down])
        row.add_class("abn-controls")
        self._write(self._items[0])  # something is chosen from the start, so that each button does something
        super().__init__(question, [self._list, row], name)

    def on_paper(self):
        return ["Number them; 1 stands on top.", *(f"___ {item}" for item in self._items)]

    def said(self, guess):
        return ", ".join(f"{place}. {item}" for place, item in enumerate(guess, 1))

    def near(self, guess, answer):
        return 2 * sum(mine == theirs for mine, theirs in zip(guess, answer)) >= len(answer)

    def _fits(self, guess):
        return isinstance(guess, list) and sorted(map(str, guess)) == sorted(map(str, self._items))

    def _put(self, guess):
        self._items, self._moved = list(guess), True
        self._write(None)
        self._touched(guess)

    def _take(self):
        if not self._moved:
            self._moved = True
            raise ValueError("You have moved nothing yet. If this order is your guess, commit it once more.")
        return list(self._items)

    def _write(self, chosen):
        """List the items with their places, and the one that is chosen."""
        self._list.options = [(f"{place}. {item}", item) for place, item in enumerate(self._items, 1)]
        self._list.value = chosen

    def _move(self, by):
        chosen = self._list.value
        if chosen is None:
            self._said.say(f"Choose in the list what you want to move {'up' if by < 0 else 'down'}.")
            return
        place = self._items.index(chosen)
        to = place + by
        if 0 <= to < len(self._items):
            self._items.insert(to, self._items.pop(place))
            self._moved = True
            self._write(chosen)
            self._touched(list(self._items))
        self._said.say(f"{chosen}: place {self._items.index(chosen) + 1} of {len(self._items)}.")

    def mark(self, figure, guess):
        """Nothing to draw: the words say it."""

    def distance(self, guess, answer):
        """How many items stand in their place, and which are how far off in which direction."""
        answer = list(answer)
        off = {item: answer.index(item) - guess.index(item) for item in guess}
        lines = [
            f"{item} {words.counted(abs(by), 'place', 'places')} too {'high' if by > 0 else 'low'}"
            for item, by in sorted(off.items(), key=lambda pair: -abs(pair[1]))
            if by
        ]
        right = len(answer) - len(lines)
        if not lines:
            return f"All {len(answer)} are in their place: {self.said(answer)}."
        return (
            f"You have {right} of {len(answer)} in their place. You put {words.named(lines)}. By the data: "
            f"{self.said(answer)}."
        )


class Order(Ranking):
    """An order of the learner's own: nothing is right about it; it is set beside another order, and drawn beside it."""

    kind = "order"
    anywhere = True

    def compared(self, answer):
        """Nothing: a view is neither near nor far."""

    def mark(self, figure, guess):
        """The learner's places, in a column beside a chart whose table has the items in its first column."""
        rows = figure.data[0]["y"]
        places = [guess.index(item) + 1 for item in figure.table.iloc[:, 0]]
        told = [f"<b>{place}</b>" for place in places]
        figure.add_trace(
            go.Scatter(
                x=["your<br>order"] * len(rows),
                y=list(rows),
                mode="text",
                text=told,
                textfont=dict(color=style.ORANGE, size=17),
                hoverinfo="skip",
                showlegend=False,
            )
        )

    def distance(self, guess, answer):
        """Where the first of each order stands in the other."""
        mine, theirs = guess[0], next(iter(answer))
        if mine == theirs:
            return f"First in both orders: {_quoted(mine)}."
        return (
            f"First in your order: {_quoted(mine)}, number {list(answer).index(mine) + 1} here. "
            f"First here: {_quoted(theirs)}, your number {guess.index(theirs) + 1}."
        )


class Line(Guess):
    """A guess drawn over years, with mouse or finger into the chart, or number by number; a year may stay open."""

    kind = "line"
    HAND = 0.06, 0.35  # of all years on show, and of the shortest time between two: how far a stroke's ends may miss

    def __init__(self, question, years, low, high, unit, name=None):
        self._years, self._unit, self._low, self._high = list(years), unit, low, high
        self._digits = 1 if high > 5 else 2
        gaps = [later - year for year, later in zip(self._years, self._years[1:])]
        self._reach = min(of * time for of, time in zip(self.HAND, (sum(gaps), min(gaps)), strict=True))
        self._boxes = {year: controls.number(str(year), low, high) for year in self._years}
        self._chart = Chart(self._blank([]))
        self._chart.observe(self._drew, "drawn")
        self._drawing = False
        for box in self._boxes.values():
            box.observe(lambda _: self._sketch(), "value")
        row = widgets.HBox(list(self._boxes.values()))
        row.add_class("abn-controls")
        super().__init__(question, [self._chart, row], name)

    def on_paper(self):
        return [f"{year}: {BLANK} {self._unit}" for year in self._years]

    def _blank(self, guess):
        span, height = self._years[-1] - self._years[0], self._high - self._low
        return style.figure(
            [_sketched(guess)] if guess else [],
            title="Draw your line from left to right",
            subtitle=f"{self._unit}; or set a number for each year below",
            source=data.Sources(),
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
            yaxis=dict(range=[self._low, self._high + 0.03 * height], fixedrange=True),
        )

    def _sketch(self):
        if not self._drawing:
            self._chart.show(self._blank(self._guess()))
            self._touched(self._guess() or None)
            left = [year for year, box in self._boxes.items() if box.value is None]
            if not self._quiet and 0 < len(left) < len(self._years):
                self._said.say(f"Open: {words.named(left)}. Draw on, or leave what you will: it is not counted.")

    def _drew(self, change):
        """Set the years under the stroke; the others stay as they are, open or set."""
        line = sorted(change["new"])
        if len(line) < 2:
            return
        self._drawing = True
        for year, box in self._boxes.items():
            if line[0][0] - self._reach <= year <= line[-1][0] + self._reach:
                box.value = min(self._high, max(self._low, round(_height_at(line, year), self._digits)))
        self._drawing = False
        self._sketch()

    def asks_for(self, answer):
        whole = all(isinstance(answer[year], numbers.Integral) for year in self._years if year in answer)
        self._digits = 0 if whole else self._digits
        for box in self._boxes.values():
            box.whole = whole

    def _guess(self):
        return [[year, box.value] for year, box in self._boxes.items() if box.value is not None]

    def said(self, guess):
        return ", ".join(f"{words.short(value)} in {year}" for year, value in guess)

    def _shared(self, guess, answer):
        return [(value, answer[year]) for year, value in guess if year in answer and answer[year] == answer[year]]

    def _gap(self, guess, answer):
        shared = self._shared(guess, answer)
        return sum(abs(mine - theirs) for mine, theirs in shared) / len(shared)

    def near(self, guess, answer):
        return bool(self._shared(guess, answer)) and self._gap(guess, answer) <= NEAR * (self._high - self._low)

    def _fits(self, guess):
        pairs = [pair for pair in guess if isinstance(pair, list) and len(pair) == 2] if isinstance(guess, list) else []
        within = (isinstance(value, (int, float)) and self._low <= value <= self._high for _, value in pairs)
        return (
            bool(pairs) and len(pairs) == len(guess) and {year for year, _ in pairs} <= {*self._years} and all(within)
        )

    def _put(self, guess):
        for year, value in guess:
            self._boxes[year].value = value

    def _take(self):
        if not self._guess():
            raise ValueError("Draw a line first, or set a number below; a wild guess is fine.")
        return self._guess()

    def mark(self, figure, guess):
        """Draw the guessed line."""
        figure.add_trace(_sketched(guess))

    def distance(self, guess, answer):
        """The mean distance in words, over the years that were set."""
        if not self._shared(guess, answer):
            raise ValueError("the data have no figure for the years that you set")
        count, left = len(self._shared(guess, answer)), len(self._years) - len(guess)
        high = sum(mine - theirs for mine, theirs in self._shared(guess, answer)) / count
        side = "" if abs(high) < 1e-9 else f", mostly {'above' if high > 0 else 'below'} them"
        open_ = (
            f" {words.counted(left, 'year that you left open is', 'years that you left open are')} not counted."
            if left
            else ""
        )
        gap = self._gap(guess, answer)
        far = f"{gap:.1f}" if self._high > 5 else f"{gap:.2f}"
        return (
            f"On average your line is {far} away from the data ({self._unit}), over "
            f"{words.counted(count, 'year')}{side}.{open_}"
        )


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
    """The height of a drawn line at `x`; where an end just misses it, the height of the end."""
    for (x0, y0), (x1, y1) in zip(line, line[1:]):
        if x0 <= x <= x1:
            return y0 if x1 == x0 else y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return line[0][1] if x < line[0][0] else line[-1][1]


def _skip(name):
    button = widgets.Button(description=SKIP, layout=widgets.Layout(width="auto"))
    button.on_click(lambda _: unlock(name))
    return button


class Reveal(Panel):
    """A guess, and below it the chart that stays hidden until the guess is committed; then with its controls.

    The guess is drawn in while the controls stand as they do at the start, where the answer was asked.
    """

    WAITING = "The answer appears here when you have committed your guess."

    def __init__(self, guess, draw, answer, settings, within=None):
        self.guess, self.answer, self._draw, self._settings, self._within = guess, answer, draw, settings, within
        self.controls = {name: part for name, part in settings.items() if isinstance(part, widgets.Widget)}
        self._start = controls.at(settings)
        guess.asks_for(answer)
        self.figure = (within or world.today()).ask(draw, **self._start)
        self.panel = None
        self._said = Said(self.WAITING)
        self._place = widgets.VBox([_skip(guess.name)])
        super().__init__([guess, self._said, self._place])
        guess.observe(self._guessed, "value")
        self._gate = gate(guess.name)
        self.follow(self._gate, "open", lambda change: change["new"] and self._open())
        if guess.value is not None or self._gate.open:
            self._guessed({"new": guess.value}) if guess.value is not None else self._open()

    @property
    def twin(self):
        return f"{self.guess.twin}\nRun this cell to make it. {self.WAITING}"

    def held(self):
        return [*self.controls.values()]

    def explore(self):
        """The chart with its controls."""
        return Explore(self._draw, self._settings, self._within, over=self._over)

    def _over(self, figure, values):
        """The figure with the guess in it, where it shows what was asked."""
        if self.guess.value is None or (values != self._start and not self.guess.anywhere):
            return figure
        figure = figure.copy()
        self.guess.mark(figure, self.guess.value)
        return figure

    def _guessed(self, change):
        if change["new"] is not None:
            with told(
                self._said, "Your guess is kept, but cannot be compared with the data", "You may commit another one."
            ):
                said = self.guess.distance(change["new"], self.answer)
                self._open()
                self.guess.compared(self.answer)
                self._said.say(" ".join(part for part in (said, self.guess.history()) if part))
                self._gate.open = True

    def _open(self):
        """Show the chart, or draw it anew with the present guess in it."""
        if self.panel is None:
            self.panel = self.explore()
            self._place.children = [self.panel]
            self._said.say("")
        else:
            self.panel.again()

    def _repr_mimebundle_(self, **kwargs):
        hidden = f"{self.figure.twin} Answer: {self.answer}."
        return with_text(super()._repr_mimebundle_(**kwargs), self.twin, reveal=hidden)


class Waiting(Panel):
    """What would tell an answer, held back until the guess is committed, in whatever order the cells are run."""

    WAITS = "This waits for your guess above: it would tell the answer."

    def __init__(self, names, contents):
        self.contents, self._gates = contents, {name: gate(name) for name in names}
        self._place = widgets.VBox()
        super().__init__([self._place])
        skip = widgets.Button(description=SKIP, layout=widgets.Layout(width="auto"))
        skip.on_click(lambda _: [unlock(name) for name in names])
        self._place.children = [Said(self.WAITS), skip]
        for one in self._gates.values():
            self.follow(one, "open", lambda _: self._look())
        self._look()

    @property
    def twin(self):
        return self.WAITS

    def held(self):
        return [content for content in self.contents if isinstance(content, widgets.Widget)]

    @property
    def is_open(self):
        """Whether each guess that it waits for is made."""
        return all(one.open for one in self._gates.values())

    def _look(self):
        if self.is_open:
            self._place.children = [_shown(content) for content in self.contents]

    def _repr_mimebundle_(self, **kwargs):
        hidden = "\n".join(_text(content) for content in self.contents)
        return with_text(super()._repr_mimebundle_(**kwargs), self.twin, reveal=hidden)


def _shown(content):
    """A widget for anything a cell can show."""
    if isinstance(content, widgets.Widget):
        return content
    markup = content._repr_html_() if hasattr(content, "_repr_html_") else None
    return widgets.HTML(markup) if markup else Said(str(content))


def _text(content):
    """What tests compare of anything a cell can show: its text, and what it hides."""
    bundle = content._repr_mimebundle_() if hasattr(content, "_repr_mimebundle_") else {"text/plain": repr(content)}
    bundle = bundle[0] if isinstance(bundle, tuple) else bundle
    kinds = [kind for kind in bundle if kind == "text/plain" or kind.startswith("text/x-")]
    return "\n".join(words.unsealed(str(bundle[kind])) for kind in kinds)


def number(question, low, high, unit="", step=1, name=None):
    """Ask for a number between `low` and `high`; `name` (lesson and letter, "04-a") is what `after` calls it by."""
    return Number(question, low, high, unit, step, name)


def choice(question, options, name=None):
    """Ask for one of `options`; `name` as in `number`."""
    return Choice(question, options, name)


def ranking(question, items, name=None):
    """Ask for the order of `items`; `name` as in `number`."""
    return Ranking(question, items, name)


def order(question, items, name=None):
    """Ask for an order of the learner's own, of which none is right; `name` as in `number`."""
    return Order(question, items, name)


def line(question, years, low, high, unit, name=None):
    """Ask for a line over `years`, drawn or typed, between `low` and `high`; `name` as in `number`."""
    return Line(question, years, low, high, unit, name)


def reveal(guess, figure, answer, within=None, **choices):
    """Ask for the guess, then show the figure with its controls and the guess in it; `answer` is what the data say.

    Figure and answer may be functions of tables, which are asked by name, with those of `choices` that they take;
    a choice that is a control (`controls.years(...)`) stands beside the chart once it is open. Where the figure itself
    has a choice called `answer`, give `explore(figure, ...)` in its place.
    """
    if isinstance(figure, Explore):
        draw, choices, within = figure.draw, figure.settings, figure.within
        figure.chart.close()  # made anew when the guess is in, below the same controls
        figure.children = []
        figure.close()  # an open panel with a closed part in it could not be brought back when the page is loaded anew
    else:
        draw = figure if callable(figure) else (lambda: figure)
    if callable(answer):
        taken = {name: value for name, value in controls.at(choices).items() if name in world.choices_of(answer)}
        answer = (within or world.today()).ask(answer, **taken)
    return Reveal(guess, draw, answer, choices, within)


def after(names, *contents):
    """Hold back `contents` (cards, tables, charts, panels) until the guesses of these names ("04-a 04-b") are
    committed.
    """
    if strange := [name for name in names.split() if not re.fullmatch(NAME, name)]:
        raise ValueError(f"A guess is called by lesson and letter, like 04-a; {strange[0]!r} is not.")
    return Waiting(names.split(), contents)
