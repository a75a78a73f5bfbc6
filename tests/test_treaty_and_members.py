"""Who is in NATO and what the treaty promises: what holds when a 33rd ally joins, and what stands beside a chart."""

import re

import pandas as pd
import pytest

from alliance import claims, data, figures, measures
from alliance.world import World, load, today

OF_THE_DAY = ("A0-16", "A0-29", "A1-003", "A4-03", "A4-06")  # right when they were written, whoever joins later
RULES = sorted(
    id for id, rule in claims.RULES.items() if rule.__module__.endswith(("rules.membership", "rules.treaty"))
)
ENTRY = pd.Timestamp("2027-01-15")
NEW = {
    "Ukraine": dict(iso3="UKR", former_ussr=True, borders_russia=True, route_start_date=pd.Timestamp("2022-09-30")),
    "Ireland": dict(
        iso3="IRL",
        former_ussr=False,
        borders_russia=False,
        route_start_date=pd.NaT,
        years_route_to_accession=float("nan"),
    ),
}


def with_ally(name):
    """The world in which a state has become the 33rd ally."""
    members = data.load("members")
    like = members[members["iso3"] == "FIN"].iloc[0].to_dict()
    new = like | dict(country=name, accession_date=ENTRY, enlargement_round=11, note=None, former_warsaw_pact=False)
    return World(instead={"members": pd.concat([members, pd.DataFrame([new | NEW[name]])], ignore_index=True)})


# A 33rd ally ---------------------------------------------------------------------------------


@pytest.mark.parametrize("identifier", OF_THE_DAY)
@pytest.mark.parametrize("name", NEW)
def test_what_was_right_when_written_becomes_outdated_and_says_since_when(name, identifier):
    found = claims.finding(identifier, with_ally(name))
    assert found.verdict == "outdated" and f"{name} on 15 January 2027" in found.turns


def test_a_former_soviet_republic_that_joins_ends_the_claim_that_none_does_and_another_state_does_not():
    assert claims.finding("A1-024", with_ally("Ukraine")).verdict == "outdated"
    assert claims.finding("A1-024", with_ally("Ireland")).verdict == claims.finding("A1-024").verdict


@pytest.mark.parametrize("identifier", RULES)
@pytest.mark.parametrize("name", NEW)
def test_no_sentence_contradicts_itself_when_an_ally_joins(name, identifier):
    found = claims.finding(identifier, with_ally(name))
    assert not re.search(r"(?<![\w-])-\d", found.says), "a time that runs backwards"
    assert not re.search(r"\bnone\b.* joined.*Ukraine joined|Ukraine.*joined.*Ukraine did not", found.says)
    if name == "Ireland":
        assert found.verdict in (claims.finding(identifier).verdict, "outdated"), "Ireland is not what it speaks of"
    if found.verdict == "contradicted" != claims.finding(identifier).verdict:
        assert identifier == "A1-066", f"{found.says}: it was right when it was written"


def test_what_is_said_of_a_ukraine_outside_becomes_old_when_it_joins():
    world = with_ally("Ukraine")
    assert {id: claims.finding(id, world).verdict for id in ("A0-03", "A0-48", "A2-18")} == {
        "A0-03": "outdated",
        "A0-48": "outdated",
        "A2-18": "supported",
    }
    assert "Ukraine did not" not in claims.finding("A0-48", world).says


def test_who_has_joined_waits_no_more():
    waiting = with_ally("Ukraine")["still_waiting"]
    assert set(waiting["iso3"]) == {"GEO"}
    assert with_ally("Ukraine").ask(measures.members_by_year)["members"].iloc[-1] == 33
    figure = with_ally("Ukraine").ask(figures.waits, waiting=True)
    assert "Ukraine" not in figure.twin and "Georgia" in figure.twin


@pytest.mark.parametrize("name", NEW)
def test_charts_of_the_alliance_count_the_new_ally(name):
    world = with_ally(name)
    assert "33 are members" in world.ask(figures.members_over_time).twin
    assert "33 are allies" in world.ask(figures.status_map).twin
    assert f"{name} has applied" not in world.ask(figures.status_map).twin
    assert "all 33 allies agree" in world.ask(figures.open_door).twin
    assert "33 allies" in world.ask(figures.chance_of_unanimity).twin


def test_the_alliance_of_the_day_is_asked_not_the_newest():
    """Thirty of 44 would come true by an ally that joined after the essay."""
    assert claims.finding("A1-119", with_ally("Ireland")).verdict == "imprecise"
    assert "32 when" in claims.finding("A3-08", with_ally("Ireland")).says


# Founders, occupation, chance -----------------------------------------------------------------


def test_founders_signed_in_april_and_the_treaty_was_in_force_in_august_1949():
    says = claims.finding("A0-05").says
    assert "signed the treaty on 4 April 1949" in says and "in force from 24 August 1949" in says


def test_the_baltic_states_are_said_to_have_been_occupied():
    assert set(load("occupied")["country"]) == {"Estonia", "Latvia", "Lithuania"} and set(load("occupied")["year"]) == {
        1940
    }
    assert "never recognised" in today().ask(figures.rounds, mark="former_ussr").note
    assert set(load("members").query("former_ussr")["country"]) == set(load("occupied")["country"])


def test_no_invented_chance_stands_as_data():
    assert "%" not in claims.finding("A1-012").says


# What the treaty promises ---------------------------------------------------------------------


def test_each_article_says_what_it_promises_in_a_few_words():
    promise = load("treaty_articles")["promise"]
    assert promise.is_unique and promise.str.split().str.len().max() <= 7 and promise.str.len().max() <= 40


@pytest.mark.parametrize("table", ["wordings_of_article_5", "definitions_of_nato"])
def test_a_row_is_named_by_its_sentence_of_twelve_words_at_most(table):
    labels = load(table)["label"]
    assert labels.is_unique and not labels.str.contains("line").any()
    assert labels.str.split(": ").str[-1].str.split().str.len().max() <= 12


def test_a_claim_turns_on_articles_that_the_treaty_has():
    articles = set(load("treaty_articles")["number"].astype(str))
    turned = measures.facts_by_row(load("facts"), "claims", "treaty_articles")
    assert set().union(*turned) <= articles and load("treaty_mentions")["claims"].sum() == turned.map(len).sum()


def test_the_texts_of_the_alliance_that_say_what_it_is_for_are_its_own_and_in_order():
    purposes = data.load("nato_purposes")
    publishers = data.load("sources").set_index("id")["publisher"]
    assert set(purposes["source"].map(publishers)) == {"NATO"} and purposes["date"].is_monotonic_increasing


# Missions -------------------------------------------------------------------------------------


def test_force_that_was_disputed_has_both_sides_words_at_the_same_length_below_the_chart():
    operations, note = load("operations"), today().ask(figures.missions).note
    disputed = operations[operations["words_source"].notna()]
    assert list(disputed["name"]) == ["Allied Force", "Unified Protector"]
    assert set(operations.query("ground == @measures.NO_MANDATE")["id"]) <= set(disputed["id"])
    assert operations["ground"].notna().all()
    for _, row in disputed.iterrows():
        defended, objection = len(row["defended"].split()), len(row["objection"].split())
        assert max(defended, objection) <= 1.25 * min(defended, objection)
        assert row["defended"] in note and row["objection"] in note


def test_every_sort_of_operation_can_be_shown():
    assert set().union(*measures.MISSIONS.values()) == set(load("missions")["kind"])
    shown = sum(len(today().ask(figures.missions, group=group).table) for group in measures.MISSIONS)
    assert shown == len(load("missions"))


def test_another_use_of_force_without_a_mandate_is_told_too():
    missions = data.load("missions")
    missions.loc[missions["id"] == "unified-protector-2011", "legal_kind"] = "none-of-the-un"
    world = World(instead={"missions": missions})
    assert "Unified Protector in 2011" in claims.finding("A4-11", world).says
    assert "Allied Force (1999) and Unified Protector (2011) used force without one" in world.ask(figures.missions).twin
