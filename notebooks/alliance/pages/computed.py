"""Charts whose controls allow more states than a page can hold: what computed.js needs to work each of them out.

Python draws a few states; the numbers and words that the other controls change are worked out in the page, from the
facts written down here. tests/test_pages.py compares states, at random and at all ends, with Python's.
"""

import dataclasses
import itertools
import math
from collections.abc import Callable
from typing import Any

import pandas as pd

from .. import data, figures, measures, words, world
from ..figures import marks, options
from ..measures import options as scoring
from ..measures import spending


@dataclasses.dataclass(frozen=True)
class Recipe:
    """How the states of one figure come about in a page.

    `listed`: controls whose combinations are drawn, each; `at`, asked with the panel, says where the others stand in
    what is drawn; `facts`, asked with the panel and what is drawn, gives what the page works with.
    """

    listed: tuple[str, ...] = ()
    at: Callable[[Any], dict] = lambda panel: {}
    facts: Callable[[Any, dict], dict] = lambda panel, values: {}


def recipe(panel):
    """The `Recipe` for what an `Explore` panel draws; None where its states are listed."""
    return RECIPES.get(getattr(panel.draw, "__name__", ""))


def _ask(panel, what, **values):
    taken = world.choices_of(what)
    return (panel.within or world.today()).ask(what, **{name: one for name, one in values.items() if name in taken})


def _target(panel, values):
    """One ally's last share (%, and to two decimals) and its spending then (US$ millions; None unless given)."""
    years = _ask(panel, spending.ally_years, **values)
    last, price = years.iloc[-1], years.attrs["price"]
    amount = None if math.isnan(price) else float(last["usd_current_millions"])
    return {"share": float(last["share_of_gdp"]), "told": round(float(last["share_of_gdp"]), 2), "amount": amount}


def _way(panel, values):
    """Where the corruption score began and stands: points and years."""
    way = _ask(panel, measures.way_to_goal, **values)
    return {name: int(way[name]) for name in ("start", "begin", "now")}


def _events(panel, values):
    """The events to count days between, by id, with day and source; what is cited of each source; the two controls."""
    events = _ask(panel, measures.firm_events).set_index("id")
    found = {}
    for name in _choices(panel, "first") + _choices(panel, "second"):
        row = events.loc[name]
        found[name] = {
            "title": row["title"], "shown": marks.safe(row["title"]), "said": words.day(row["date"]),
            "year": row["date"].year, "day": row["date"].toordinal(), "source": row["source"],
        }  # fmt: skip
    cited = {}
    for source in dict.fromkeys(event["source"] for event in found.values()):
        one = data.cite(pd.DataFrame({"source": [source]}))[0]
        cited[source] = [str(one), one.brief(), one.brief(only_year=True), one.called()]
    return {"events": found, "cited": cited}


def _choices(panel, name):
    return [meant for _, meant in panel.controls[name].options]


def _steps(panel, values):
    """Of each event on the stance's line: its effect at a weight of 1, the weight that counts it, its month."""
    rows = _ask(panel, measures.stance_line, **values)
    kinds = ["aid" if kind == "spending" else kind for kind in rows["category"]]
    return {"effects": list(rows["effect"]), "kinds": kinds, "months": list(rows["date"].map(words.month))}


def _all_told(panel):
    """Both stories tell every date, so that what is drawn has each of them."""
    stations = {name: [meant for _, (meant,) in panel.controls[name].options[1:-1]] for name in ("story_a", "story_b")}
    return {name: tuple(told) for name, told in stations.items()}


def _stories(panel, values):
    """Of two stories: each date's id and day, whose word each because is, and what is cited with two of them."""
    rows = _ask(panel, measures.two_stories, **values)
    facts = {"ids": list(rows["id"]), "days": [day.toordinal() for day in rows["date"]], "owners": {}, "cited": {}}
    becauses = [panel.controls[name] for name in ("because_a", "because_b") if name in panel.controls]
    if not becauses:
        return facts
    scholars = world.load("scholars").set_index("id", drop=False)
    names = [meant for _, meant in becauses[0].options]
    for pair in itertools.combinations_with_replacement(names, 2):
        told = scholars[scholars["id"].isin(pair)]
        found = data.cite(rows) + (data.cite(told) if len(told) else ())
        facts["cited"]["|".join(pair)] = [found.lines(), list(map(str, found))]
    facts["owners"] = {who: figures.road.owner_of_because(scholars, who) for who in names if who}
    return facts


def _weights(panel, values):
    """How options are weighed: the controls of the weights in order, and the limits of scores and weights."""
    names = [name for name in panel.controls if name != "mine"]
    return {
        "weights": names,
        "most": scoring.MOST_POINTS,
        "heaviest": scoring.HEAVIEST,
        "middle": scoring.MIDDLE,
        "few": options.FEW,
    }


RECIPES = {
    "country_target": Recipe(("country", "edition"), facts=_target),
    "chance_of_unanimity": Recipe(),
    "gap": Recipe(("start",), lambda panel: {"margin": max(panel.controls["margin"].max, 1)}, _way),
    "days_apart": Recipe(facts=_events),
    "stance": Recipe((), lambda panel: dict.fromkeys(panel.controls, 1), _steps),
    "two_stories": Recipe((), _all_told, _stories),
    "options_by_weight": Recipe((), lambda panel: dict.fromkeys(_weights(panel, {})["weights"], 0), _weights),
}
