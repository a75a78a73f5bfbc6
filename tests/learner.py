"""A learner who types into, ticks, moves and sorts whatever a cell shows and holds work of theirs; then comes back.

What holds no work is passed over: controls of a chart that only look at data, lists that choose what is looked at, and
consents, which are asked anew.
"""

import re

import ipywidgets as widgets

from alliance import controls, position
from alliance.lesson import handin, predict, work

INPUTS = (widgets.Text | widgets.Textarea | widgets.Checkbox | widgets.IntSlider | widgets.FloatSlider
          | predict.Ranking)  # fmt: skip
CHOICES = widgets.Dropdown | widgets.RadioButtons | widgets.ToggleButtons | controls.Ticks | controls.Scores


def unkept(value):
    """Where the words around controls call what they are set to the learner's own, and it is not kept: those words."""
    parts = value.contents if isinstance(value, predict.Waiting) else [value]
    for part in parts:
        if isinstance(part, predict.Reveal | controls.Explore) and part.setting is None and part.controls:
            figure = part.figure
            said = [
                figure.twin,
                figure.note,
                *map(controls.heading, part.controls.values()),
                *map(str, _titles(figure)),
            ]
            if found := re.search(r"\b([Yy]ours?|[Mm]y) \w+", " ".join(said)):
                return found[0]
    return ""


def _titles(figure):
    title = figure.layout.title
    return title.text, title.subtitle.text


def inputs(value, looking=()):
    """What a learner sets in what a cell shows, however deep it lies, in the order in which it is read."""
    looking = [*looking, *_looking(value)]
    if any(value is one for one in looking):
        return
    if isinstance(value, INPUTS | CHOICES):
        yield value
        return
    if isinstance(value, predict.Waiting):
        parts = value.contents
    elif isinstance(value, predict.Reveal):
        parts = [value.guess, *value.controls.values()]
    elif isinstance(value, controls.Explore):
        parts = value.controls.values()
    else:
        parts = getattr(value, "children", ())
    for part in parts:
        yield from inputs(part, looking)


def _looking(value):
    """What of it only looks, or consents."""
    if isinstance(value, predict.Reveal | controls.Explore) and value.setting is None:
        return [*value.controls.values()]
    names = {position.Weigh: "subject", position.Position: "_silent", handin.HandIn: "positions",
             work.Work: "positions"}  # fmt: skip
    return [getattr(value, name) for kind, name in names.items() if isinstance(value, kind)]


def moved(part):
    """Set it to something else; returns it."""
    if isinstance(part, predict.Ranking):
        part.buttons[1].click()
    elif isinstance(part, CHOICES):
        meant = [option[1] if isinstance(option, tuple) else option for option in part.options]
        part.value = next((one for one in meant if one != part.value), part.value)
    elif isinstance(part, widgets.Checkbox):
        part.value = not part.value
    elif isinstance(part, widgets.IntSlider | widgets.FloatSlider):
        part.value = part.max if part.value < part.max else part.min
    elif not part.value.strip():
        part.value = "1"
    return part


def told(value):
    """What stands in all that a learner sets."""
    return [tuple(part._items) if isinstance(part, predict.Ranking) else part.value for part in inputs(value)]


def next_kernel():
    """Forget what only a kernel remembers."""
    position.state.cache_clear()
    predict._gates.clear()
