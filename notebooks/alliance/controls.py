"""Labelled controls around a chart: `explore(figure_function, label=control)`; the tables it needs are filled in by
name.

Arrow keys stay with the control that has the focus, each control is announced by its label,
and a step that fails says so in words while the last good chart stays.
"""

import contextlib
import pathlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import anywidget
import ipywidgets as widgets
import traitlets
from IPython import get_ipython
from markupsafe import Markup, escape  # comes with jupyterlab

from . import words, world
from .chart import Chart, with_text
from .figures import style
from .world import World

HERE = pathlib.Path(__file__).parent


class Keyboard(anywidget.AnyWidget):
    """Invisible helper of all panels: names their controls and keeps arrow keys from Jupyter."""

    _esm = HERE / "keyboard.js"
    _css = HERE / "panel.css"


KEYBOARD = Keyboard()  # one for all panels of a kernel; made at import, so that the page has it before any chart


class Panel(widgets.VBox):
    """A box whose controls obey the keyboard; `twin` stands for it wherever only text is shown."""

    lasting = False  # whether it stays when its cell is run again: the one panel of a kernel
    setting: Any = None  # where `lesson.drafts.keep` keeps what its controls are set to, if it does

    def __init__(self, children: Iterable[widgets.Widget]) -> None:
        self._followed: list[tuple[traitlets.HasTraits, Callable, str]] = []
        super().__init__([*children, KEYBOARD])
        self.add_class("abn-panel")
        if not self.lasting:
            _let_go_before(self)

    def held(self) -> list[widgets.Widget]:
        """What it will show later."""
        return []

    def follow(self, other: traitlets.HasTraits, name: str, handler: Callable) -> None:
        """Call `handler` when the trait `name` of something outside this panel changes, while the panel is there."""
        self._followed.append((other, handler, name))
        other.observe(handler, name)

    def close(self) -> None:
        """Let go of the panel and of all in it, in the kernel and on the page."""
        while getattr(self, "_followed", []):
            other, handler, name = self._followed.pop()
            other.unobserve(handler, name)
        _close([*self.children, *self.held()])
        super().close()

    @property
    def twin(self) -> str:
        """One or two sentences that say what the panel shows."""
        return ""

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        return with_text(super()._repr_mimebundle_(**kwargs), self.twin)


_of_cells: dict[str, tuple[str, list[Panel]]] = {}  # by cell: its last run, and the panels made in it


def _running() -> tuple[str, str] | None:
    """The cell that runs now and this run of it, as JupyterLab and Notebook 7 name them; None anywhere else."""
    ask = getattr(getattr(get_ipython(), "kernel", None), "get_parent", None)
    asked = ask() if ask else {}  # of the shell; JupyterLite's kernel takes no name of a channel
    cell, header = asked.get("metadata", {}).get("cellId"), asked.get("header", {})
    return (cell, header["msg_id"]) if cell and header.get("msg_type") == "execute_request" else None


def _let_go_before(panel: Panel) -> None:
    """Close the panels of the earlier run of the cell that makes this one: nobody sees them any more."""
    if running := _running():
        cell, run = running
        last, panels = _of_cells.get(cell, ("", []))
        if last != run:
            _close(panels)
            panels = []
        _of_cells[cell] = run, [*panels, panel]


def _close(parts: Iterable[widgets.Widget]) -> None:
    for part in parts:
        if part is KEYBOARD:
            continue
        if not isinstance(part, Panel):
            _close(getattr(part, "children", ()))
        for own in (part, getattr(part, "layout", None), getattr(part, "style", None)):
            if isinstance(own, widgets.Widget):
                own.close()


class Said(widgets.HTML):
    """A line of plain words that screen readers announce when it changes."""

    def __init__(self, text: str = "", css: str = "abn-say") -> None:
        super().__init__(escape(text))
        self.add_class(css)

    def say(self, text: str) -> None:
        """Show `text`, as text."""
        self.value = escape(text)


@contextlib.contextmanager
def told(message: Said, what: str, then: str) -> Iterator[None]:
    """Say in `message` (a `Said`) what goes wrong inside: Jupyter puts a callback's error where nobody looks."""
    try:
        yield
    except Exception as error:
        reason = (
            str(error.args[0] if isinstance(error, KeyError) and error.args else error).strip() or type(error).__name__
        )
        message.say(f"{what}: {reason}{'' if reason[-1] in '.!?' else '.'} {then}")


class Explore(Panel):
    """A chart with its controls; `settings` maps what the figure can be asked with to controls or fixed values.

    `over`, a function of figure and values, gives what is shown in its place: the figure with a guess in it.
    """

    def __init__(
        self,
        draw: Callable,
        settings: dict[str, Any],
        within: World | None = None,
        over: Callable | None = None,
    ) -> None:
        self.draw, self.settings, self.within = draw, settings, within
        self._over = over or (lambda figure, values: figure)
        self.controls = {name: value for name, value in settings.items() if isinstance(value, widgets.Widget)}
        self.figure = self.drawn()
        self.chart = Chart(self._over(self.figure, self.values()))
        self.message = Said()
        row = widgets.HBox(list(self.controls.values()))
        row.add_class("abn-controls")
        super().__init__([row, self.chart, self.message])
        self.add_class("abn-explore")
        for control in self.controls.values():
            control.observe(self._step, "value")

    @property
    def twin(self) -> str:
        return self.figure.twin

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        return with_text(super()._repr_mimebundle_(**kwargs), self.twin, self.chart.words["title"])

    def values(self) -> dict[str, Any]:
        """What the figure is asked with now."""
        return at(self.settings)

    def again(self) -> None:
        """Draw anew, as a step of a control does."""
        with told(self.message, "This choice cannot be drawn", "The chart still shows the choice before."):
            self.figure = self.drawn()
            self.chart.show(self._over(self.figure, self.values()))
            self.message.say("")

    def drawn(self, **choices: Any) -> style.Figure:
        """The figure for these choices; what is not chosen stands as it does now."""
        return (self.within or world.today()).ask(self.draw, **{**self.values(), **choices})

    def _step(self, _: Any) -> None:
        self.again()


def heading(control: widgets.Widget) -> str:
    """What stands before a control."""
    first = next(iter(getattr(control, "children", ())), None)
    return next((text for text in (getattr(control, "description", ""), getattr(first, "description", ""),
                                   getattr(first, "value", "")) if text), "")  # fmt: skip


def reading(control: widgets.Widget) -> str:
    """What a control is set to, as it is read."""
    if hasattr(control, "said") and isinstance(control.said, str):
        return control.said
    if isinstance(control, widgets.Checkbox):
        return "yes" if control.value else "no"
    for option in getattr(control, "options", ()):
        read, meant = option if isinstance(option, tuple) else (str(option), option)
        if meant == control.value:
            return read
    value = control.value
    return "nothing" if value is None else str(value) if isinstance(value, int) else words.short(value)


def at(settings: dict[str, Any]) -> dict[str, Any]:
    """Settings with the value of each control in its place."""
    return {name: part.value if isinstance(part, widgets.Widget) else part for name, part in settings.items()}


def explore(draw: Callable, within: World | None = None, **settings: Any) -> Explore:
    """A panel that draws what the figure function `draw` gives, anew in place when a control among `settings` moves.

    The tables that `draw` asks for by name come from today's `World`, or from the one given as `within`.
    """
    return Explore(draw, settings, within)


def show(figure: style.Figure | Callable, within: World | None = None, **choices: Any) -> Chart:
    """A chart without controls: of a figure, or of what a figure function gives when it is asked with `choices`."""
    return Chart((within or world.today()).ask(figure, **choices) if callable(figure) else figure)


def asked(value: Any) -> Any:
    """`value` itself, or what it gives in today's `World` where it is a function of tables."""
    return world.today().ask(value) if callable(value) else value


def labelled(control: widgets.Widget) -> widgets.Widget:
    """The same control with as much room for its label as it needs."""
    control.style.description_width = "initial"
    return control


def _one_of(kind: type[widgets.Widget], label: str, options: Any, value: Any) -> widgets.Widget:
    """A control of the ipywidgets class `kind` whose value is one of `options`: the first,
    unless `value` says which.
    """
    options, value = asked(options), asked(value)
    pairs = list(options.items()) if isinstance(options, dict) else [(str(option), option) for option in options]
    _check_offered(label, [meant for _, meant in pairs], [] if value is None else [value])
    return labelled(kind(description=label, options=pairs, value=pairs[0][1] if value is None else value))


def _check_offered(label: str, known: Iterable, values: Iterable) -> None:
    """A ValueError, naming the close ones, where a control is to begin with what it does not offer."""
    for value in values:
        if value not in known:
            hint = words.meant(value, known) or f"it has {words.named(known)}."
            raise ValueError(f"The control {label!r} does not offer {value!r}; {hint}")


def choice(label: str, options: Any, value: Any = None) -> widgets.Widget:
    """A drop-down list; `options` is a list, a dict from what is read to what is meant, or a measure that gives one."""
    return _one_of(widgets.Dropdown, label, options, value)


def buttons(label: str, options: Any, value: Any = None) -> widgets.Widget:
    """A row of buttons, one of them pressed; for two to five short options."""
    return _one_of(widgets.ToggleButtons, label, options, value)


def slider(label: str, low: Any, high: Any, value: Any, step: float = 1) -> widgets.Widget:
    """A slider from `low` to `high`; whole numbers unless one of the numbers has decimals."""
    low, high, value = asked(low), asked(high), asked(value)
    kind = widgets.IntSlider if all(isinstance(part, int) for part in (low, high, value, step)) else widgets.FloatSlider
    return labelled(kind(description=label, min=low, max=high, step=step, value=value))


def years(table: str, value: int | None = None, label: str = "Year", first: int | None = None) -> widgets.Widget:
    """A slider over the years of a table: from `first`, or its oldest, to its newest; it starts at `value`,
    or the newest.
    """
    found = world.load(table)["year"]
    newest = int(found.max())
    return slider(label, int(found.min()) if first is None else first, newest, newest if value is None else value)


def switch(label: str, value: bool = False) -> widgets.Widget:
    """A box to tick."""
    return widgets.Checkbox(description=label, value=value, indent=False)


class Ticks(widgets.VBox):
    """A named group of boxes to tick; `value` is a tuple of what the ticked boxes mean, in their order."""

    value = traitlets.Tuple()

    def __init__(self, label: str, options: dict[str, Any], value: tuple = ()) -> None:
        self._boxes = {
            meant: widgets.Checkbox(description=read, indent=False, value=meant in value)
            for read, meant in options.items()
        }
        self._ticking = False
        heading, row = widgets.Label(label), widgets.HBox(list(self._boxes.values()))
        heading.add_class("abn-ticks-name")
        row.add_class("abn-ticks")
        super().__init__([heading, row], value=self._ticked())
        for box in self._boxes.values():
            box.observe(self._take, "value")
        self.observe(lambda change: self._tick(change["new"]), "value")

    @property
    def options(self) -> list[tuple[str, tuple]]:
        """Some of the values it can take, as a list control has them: nothing, each box alone, all of them."""
        alone = [(box.description, (meant,)) for meant, box in self._boxes.items()]
        return [("nothing", ()), *alone, ("everything", tuple(self._boxes))]

    @property
    def said(self) -> str:
        """What is ticked, in words."""
        return words.named([box.description for box in self._boxes.values() if box.value]) or "nothing"

    @traitlets.validate("value")
    def _known(self, proposal: Any) -> tuple:
        """What has a box; the rest was kept in an older edition of the course."""
        return tuple(meant for meant in proposal["value"] if meant in self._boxes)

    def _ticked(self) -> tuple:
        return tuple(meant for meant, box in self._boxes.items() if box.value)

    def _take(self, _: Any) -> None:
        if not self._ticking:
            self.value = self._ticked()

    def _tick(self, value: tuple) -> None:
        self._ticking = True  # one new value, however many boxes change with it
        for meant, box in self._boxes.items():
            box.value = meant in value
        self._ticking = False


class Scores(widgets.VBox):
    """Scores of a learner's own: one question at a time, with both sides' words, and a list for each item.

    `value` has a tuple for each question, in it a score or None for each item; `questions` is a DataFrame of
    criterion, asks, for, against, for_owner, against_owner.
    """

    value = traitlets.Tuple()
    SET = (("not scored", None), ("0", 0), ("1", 1), ("2", 2))

    def __init__(self, label: str, questions: Any, items: Iterable[str]) -> None:
        self._questions, self._turning = questions.set_index("criterion"), False
        self._asked = widgets.Dropdown(
            description=label, options=[(row["asks"], name) for name, row in self._questions.iterrows()]
        )
        self._lists = [labelled(widgets.Dropdown(description=item, options=self.SET)) for item in items]
        self._cards = widgets.HTML()
        row = widgets.HBox(self._lists)
        row.add_class("abn-controls")
        super().__init__(
            [labelled(self._asked), self._cards, row], value=((None,) * len(self._lists),) * len(self._questions)
        )
        self.add_class("abn-scores")
        self._asked.observe(lambda _: self._turn(), "value")
        for box in self._lists:
            box.observe(lambda _: self._take(), "value")
        self.observe(lambda _: self._turn(), "value")
        self._turn()

    @property
    def items(self) -> list[str]:
        """What is scored."""
        return [box.description for box in self._lists]

    @property
    def asked(self) -> list[tuple[str, str]]:
        """The questions: what is asked, and the name of its criterion."""
        return list(self._asked.options)

    def cards(self, criterion: str) -> str:
        """HTML of both sides' words on a question."""
        row = self._questions.loc[criterion]
        return beside(
            [
                (heading, row[side], row[f"{side}_owner"])
                for side, heading in (("for", "A firm promise does well here"), ("against", "It does not"))
            ]
        )

    @property
    def options(self) -> list[tuple[str, tuple]]:
        """Some of the values it can take, as a list control has them: nothing, each question at 2, 1 for all."""
        items, count = len(self._lists), len(self._questions)
        nothing, full = (None,) * items, (2,) * items
        each = [(name, tuple(full if at == place else nothing for at in range(count)))
                for place, name in enumerate(self._questions.index)]  # fmt: skip
        return [("nothing", (nothing,) * count), *each, ("everything 1", ((1,) * items,) * count)]

    @property
    def said(self) -> str:
        """The scores that are given, in words."""
        given = {asks: [f"{item} {score}" for item, score in zip(self.items, row, strict=True) if score is not None]
                 for (asks, _), row in zip(self.asked, self.value, strict=True)}  # fmt: skip
        return "; ".join(f"{asks} {', '.join(parts)}" for asks, parts in given.items() if parts) or "nothing"

    @traitlets.validate("value")
    def _fitting(self, proposal: Any) -> tuple:
        """A score or None for each question and item; what fits no more, kept in an older edition, is no score."""
        scores, rows = {score for _, score in self.SET}, proposal["value"]
        if len(rows) != len(self._questions) or any(len(row) != len(self._lists) or {*row} - scores for row in rows):
            raise traitlets.TraitError("These scores are of other questions.")
        return rows

    def _place(self) -> int:
        return list(self._questions.index).index(self._asked.value)

    def _turn(self) -> None:
        """Show the chosen question: both sides' words, and what was scored."""
        self._turning = True
        self._cards.value = self.cards(self._asked.value)
        for box, score in zip(self._lists, self.value[self._place()], strict=True):
            box.value = score
            box.index = [meant for _, meant in self.SET].index(score)  # None as a value leaves the list empty
        self._turning = False

    def _take(self) -> None:
        if not self._turning:
            mine = list(self.value)
            mine[self._place()] = tuple(box.value for box in self._lists)
            self.value = tuple(mine)


def beside(cards: Iterable[tuple[str, str, str]]) -> str:
    """HTML of cards beside each other, below each other where it is narrow: (heading, words, who says so), as text."""
    one = Markup('<div class="abn-beside"><p><strong>{}.</strong> {}</p><p><small>{}</small></p></div>')
    return Markup('<div class="abn-besides">{}</div>').format(Markup("").join(one.format(*card) for card in cards))


def scores(label: str, questions: Any, items: Any) -> Scores:
    """Scores that a learner gives to `items` under each of `questions`: tables, or measures that give them."""
    return Scores(label, asked(questions), asked(items))


def ticks(label: str, options: dict[str, Any] | Callable, value: tuple = ()) -> Ticks:
    """A group of boxes to tick; `options` is a dict from what is read to what is meant, or a measure that gives one."""
    offered: dict[str, Any] = asked(options)
    _check_offered(label, offered.values(), value)
    return Ticks(label, offered, value)


class Number(widgets.HBox):
    """A box for a number as people write it, "81,5" or "1,200"; `value` is None while there is none in it.

    Where `whole` is set, it takes whole numbers only, and says so.
    """

    value = traitlets.Float(None, allow_none=True)

    def __init__(self, label: str, low: float, high: float, value: float | None = None) -> None:
        self.low, self.high, self.whole, self._filling = low, high, False, False
        room = max(170, 80 + round(8.5 * len(label)))  # pixels: the label, and four digits or more beside it
        self.typed = labelled(widgets.Text(description=label, layout=widgets.Layout(width=f"{room}px")))
        self.said = Said()
        super().__init__([self.typed, self.said], value=value)
        self._write()
        self.typed.observe(lambda _: self._read(), "value")
        self.observe(lambda _: self._write(), "value")

    @property
    def disabled(self) -> bool:
        """Whether nothing can be typed now."""
        return self.typed.disabled

    @disabled.setter
    def disabled(self, still: bool) -> None:
        self.typed.disabled = still

    def _read(self) -> None:
        self._filling, trouble, read = True, "", None
        try:
            if self.typed.value.strip():
                read = words.read_number(self.typed.value)
                if not self.low <= read <= self.high:
                    read, trouble = None, f"From {words.short(self.low)} to {words.short(self.high)}, please."
                elif self.whole and not read.is_integer():
                    read, trouble = None, "A whole number, please."
        except ValueError as error:
            trouble = str(error)
        self.said.say(trouble)
        self.value = read
        self._filling = False

    def _write(self) -> None:
        if not self._filling:
            self.typed.value = "" if self.value is None else f"{self.value:.10g}"


def number(label: str, low: float, high: float, value: float | None = None) -> Number:
    """A box to type a number from `low` to `high` into; empty unless `value` is given."""
    return Number(label, low, high, value)


class BoxAndSlider(widgets.HBox):
    """A box for a number and a slider beside it; `value` is None until one of them is touched."""

    value = traitlets.Float(None, allow_none=True)

    def __init__(self, label: str, low: float, high: float, step: float = 1) -> None:
        whole = all(isinstance(part, int) for part in (low, high, step))
        self._digits = 0 if whole else max(0, len(f"{step:.10f}".rstrip("0").split(".")[1]))
        self._linking, self._whole = False, whole
        self.box = number(label, low, high)
        middle = low + round((high - low) / 2 / step) * step
        kind = widgets.IntSlider if whole else widgets.FloatSlider
        self.slider = labelled(kind(description="or slide", min=low, max=high, step=step, value=middle, readout=False))
        self.slider.add_class("abn-unset")
        super().__init__([self.box, self.slider])
        self.add_class("abn-controls")
        self.slider.observe(lambda change: self._link(round(change["new"], self._digits)), "value")
        self.box.observe(lambda change: self._link(change["new"]), "value")
        self.observe(lambda change: self._link(change["new"]), "value")

    @property
    def digits(self) -> int:
        """How many digits a step of the slider has behind the point."""
        return self._digits

    @property
    def disabled(self) -> bool:
        """Whether nothing can be set now."""
        return self.box.disabled

    @disabled.setter
    def disabled(self, still: bool) -> None:
        self.box.disabled = self.slider.disabled = still

    def _link(self, value: float | None) -> None:
        """Box, slider and value become one, once; the slider is marked as set or not."""
        if self._linking:
            return
        self._linking = True
        self.box.value = value
        if value is not None:
            self.slider.value = round(value) if self._whole else value
        self._linking = False
        (self.slider.add_class if value is None else self.slider.remove_class)("abn-unset")
        self.value = value
