"""Typed facts (data/facts.csv): each belongs to a row there is, and they, not words of ours, decide the verdicts of the road."""

import pytest

from alliance import claims, data, measures
from alliance.world import World, load

FACTS = load("facts")
ROAD = sorted(claim for claim, rule in claims.RULES.items() if rule.__module__.endswith("rules.road"))


def test_each_fact_belongs_to_a_row_of_its_table():
    for table, rows in FACTS.groupby("of"):
        key = data.resource(table)["schema"]["primaryKey"]
        key = key if isinstance(key, str) else key[0]
        stray = set(rows["id"]) - set(load(table)[key].astype(str))
        assert not stray, f"{table} has no row {', '.join(sorted(stray))}"


def test_each_value_reads_as_its_type_says():
    for _, row in FACTS.iterrows():
        measures.fact(FACTS, row["of"], row["id"], row["fact"])


def test_one_fact_has_one_type_in_all_rows_of_a_table():
    types = FACTS.groupby(["of", "fact"])["type"].nunique()
    assert (types == 1).all(), types[types > 1]


def test_a_misspelt_fact_says_which_are_close():
    with pytest.raises(KeyError, match="did you mean opposed"):
        measures.fact(FACTS, "events", "2008-04-03-bucharest-summit-will-become", "oposed")


@pytest.fixture(scope="module")
def reworded():
    """A world in which every sentence of ours on events and consultations says something else."""
    events, consultations = load("events"), load("consultations")
    for table, columns in (
        (events, ["title", "description", "stance_reason", "flag_text", "actors"]),
        (consultations, ["reason", "outcome", "note"]),
    ):
        for column in columns:
            table[column] = table[column].where(table[column].isna(), "Said in other words.")
    return World(instead={"events": events, "consultations": consultations})


@pytest.mark.parametrize("identifier", ROAD)
def test_words_of_an_event_decide_no_verdict_of_the_road(identifier, reworded):
    assert claims.finding(identifier, reworded).verdict == claims.finding(identifier).verdict


def test_a_fact_decides(reworded):
    facts = load("facts")
    facts.loc[facts["fact"] == "invitation_sent", "value"] = "yes"
    world = World(instead={"facts": facts})
    for identifier in ("A2-16", "A2-18", "A1-040"):
        assert claims.finding(identifier, world).verdict == "contradicted"


def test_peace_talks_are_those_whose_facts_say_so(reworded):
    assert list(reworded["peace_talks"]["when"]) == list(load("peace_talks")["when"])
