"""Typed facts (data/facts.csv): each belongs to a row there is, and they, not words of ours, decide the verdicts of the road."""

import pytest

from alliance import claims, data, figures, measures
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
        (events, ["title", "description", "stance_reason", "flag_text"]),
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


# What an article does with an event -------------------------------------------------------------


def test_an_article_that_tells_an_event_differently_tells_it_and_the_table_says_how():
    events = load("events").set_index("id")
    apart = measures.facts_by_row(FACTS, "events", "told_differently_by")
    assert len(apart)
    for event, those in apart.items():
        assert those <= set(events["articles"][event].split(";")), event
        assert all(article in events["flag_text"][event] for article in those), event


def test_every_mark_of_the_matrix_is_what_the_table_of_events_says():
    matrix = World().ask(measures.road_matrix, period=("1949-01-01", "2100-01-01"), untold=True).set_index("id")
    events = load("firm_events").set_index("id")
    assert set(matrix.index) == set(events.index)
    for article in load("articles")["id"]:
        tells = events["articles"].fillna("").str.split(";").map(lambda told, article=article: article in told)
        assert (matrix[article] != measures.OMITS).eq(tells.loc[matrix.index]).all(), article
    bucharest = matrix.loc[measures.EVENT["Bucharest"], ["A0", "A1", "A2", "A3", "A4"]]
    assert list(bucharest != measures.OMITS) == [True, True, True, False, False]
    assert matrix.loc[measures.EVENT["cancelled meeting"], "A2"] == measures.DIFFERS


def test_two_stories_choose_from_about_twenty_stations_as_many_for_each():
    pool = load("events").set_index("id")["pool"].dropna()
    assert 18 <= len(load("story_pool")) == len(pool) <= 20
    assert (pool == "A").sum() == (pool == "B").sum()
    assert {measures.EVENT[name] for name in ("Bucharest", "Georgia", "invasion")} <= set(pool.index[pool == "both"])


def test_each_because_has_an_author_a_work_and_a_year():
    owners = World().ask(measures.owners_of_because)
    figure = World().ask(figures.two_stories, story_a=(), story_b=(), because_a="mearsheimer-2014", because_b="")
    assert "Mearsheimer" in figure.note and "2014" in figure.note and len(owners) > 20
    work = load("scholars").set_index("id")["work"]["mearsheimer-2014"]
    assert work in figure.note
