"""Releases of the aid tracker are never mixed, and a chart cites the release whose rows it shows."""

import re

import pandas as pd
import pytest

import record
from alliance import claims, data, figures, measures
from alliance.world import World, editions, load, today

OF_MONTHS = [
    (figures.aid_gap, {}),
    (figures.aid_months, {}),
    (figures.aid_and_events, {"category": "aid"}),
    (figures.military_givers_by_month, {}),
    (figures.revised_aid, {"release": "R25"}),
    (figures.us_exit, {}),
]


@pytest.mark.parametrize("release", editions("aid_by_donor"))
@pytest.mark.parametrize("money", [pot for pot in measures.pots_of_money(load("stages_of_money")) if "since" in pot])
def test_stages_of_money_cite_the_release_they_are_asked_of(money, release):
    source = today().ask(figures.stages_of_money, money=money, release=release).source
    assert re.findall(r"Release (\d+)", str(source)) == [release[1:]]


def with_an_older_release():
    """A world that keeps another, older release of the months beside the newest, every sum of it twice as high."""
    months = data.load("aid_by_month")
    twice = {kind: 2 * months[kind] for kind in measures.AID_TYPES}
    older = months.assign(release="R29", source="kiel-r29", **twice)
    return World(instead={"aid_by_month": pd.concat([months, older], ignore_index=True)})


@pytest.mark.parametrize(("figure", "choices"), OF_MONTHS, ids=[figure.__name__ for figure, _ in OF_MONTHS])
def test_charts_of_months_show_the_newest_release_alone(figure, choices):
    assert record.seen(with_an_older_release().ask(figure, **choices)) == record.seen(today().ask(figure, **choices))


def test_claims_on_aid_count_the_newest_release_of_the_months_alone():
    both = with_an_older_release()
    looking = [claim for claim in claims.RULES if "aid_by_month" in claims.tables_of(claim)]
    assert len(looking) >= 8
    for claim in looking:
        assert claims.finding(claim, both) == claims.finding(claim), claim
