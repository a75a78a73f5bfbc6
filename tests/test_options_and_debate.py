"""Lessons 09 and 10: scores of one's own, duties by their facts, neighbours as of the day, aims and reasons by date."""

import math

import pandas as pd
import pytest

from alliance import claims, controls, data, figures, measures
from alliance.controls import explore
from alliance.lesson import predict
from alliance.world import World, load, today

OPTIONS = 8
NOTHING = (None,) * OPTIONS
REWORDED = "Said in other words."


def weighted(**choices):
    return today().ask(measures.weighted_options, **choices)


def with_ally(iso3, day):
    """The world in which one more state is an ally since a day."""
    members = data.load("members")
    row = members.tail(1).assign(iso3=iso3, accession_date=pd.Timestamp(day))
    return World(instead={"members": pd.concat([members, row], ignore_index=True)})


# Options -------------------------------------------------------------------------------------


def test_what_a_learner_has_not_scored_counts_for_nothing():
    before, after = weighted(), weighted(deters=5, calm=0, cheap=3)
    assert list(before["option"]) == list(after["option"]) and list(before["points"]) == list(after["points"])
    assert before.attrs["unset"] == list(load("own_criteria")["criterion"])


def test_an_option_left_open_stands_in_the_middle_of_a_question_that_was_begun():
    rows = weighted(law=0, answer=0, guarantors=0, soon=0, mine=((2, 0, *NOTHING[2:]), NOTHING, NOTHING))
    points = rows.set_index("option")["points"]
    assert sorted(points) == [0, *[1] * (OPTIONS - 2), 2] and rows.attrs["leaders"] == [points.idxmax()]


def test_todays_reluctance_is_counted_once():
    assert "score_soon" in load("alternatives") and not {"score_speed", "score_feasible_now"} & set(
        load("alternatives")
    )
    assert len(measures.CRITERIA) == 4


def test_both_sides_of_each_question_have_an_owner_and_like_lengths():
    for _, row in load("own_criteria").iterrows():
        assert row["for_owner"] and row["against_owner"]
        assert 0.8 <= len(row["for"].split()) / len(row["against"].split()) <= 1.25, row["criterion"]


def test_scores_of_each_question_are_kept_while_another_is_asked():
    panel = controls.scores("Your scores:", measures.own_criteria, measures.option_names)
    shown = explore(figures.options_by_weight, mine=panel)
    panel._lists[0].value = 2
    panel._asked.value = "low cost"
    assert panel._lists[0].value is None
    panel._lists[7].value = 0
    assert panel.value == ((2, *NOTHING[1:]), NOTHING, (*NOTHING[:7], 0))
    assert "no wider war" in shown.figure.twin and "deters, " not in shown.figure.twin.split("Not scored yet")[1]
    panel._asked.value = "deters"
    assert panel._lists[0].value == 2


def test_the_weights_stand_above_the_columns_and_the_points_at_the_right():
    figure = today().ask(figures.options_by_weight, law=4)
    assert [note.text for note in figure.layout.annotations][:2] == ["<b>× 4</b>", "<b>× 1</b>"]
    assert list(figure.layout.xaxis.ticktext)[-1] == "points"
    assert {trace.type for trace in figure.data} == {"scatter"}, "no stacked bars"


# Promises, cost, exit ------------------------------------------------------------------------


def test_budapest_asks_for_borders_and_talks_and_for_help_in_one_case():
    row = load("duties_by_promise").set_index("promise").loc["Budapest, 1994"]
    held = {duty: row[duty] for duty in measures.DUTIES}
    assert held == {
        "respect borders": "yes",
        "talk": "yes",
        "arms or money": "no",
        "help if attacked": measures.IN_ONE_CASE,
        "ratified treaty": "no",
    }
    assert "at once" not in " ".join(measures.DUTIES)
    assert "Security Council" in claims.finding("A3-19").says


def test_a_duty_to_help_is_one_by_its_fact_alone():
    facts = load("facts")
    facts.loc[facts["fact"] == "help_if_nuclear", "value"] = "no"
    row = World(instead={"facts": facts})["duties_by_promise"].set_index("promise").loc["Budapest, 1994"]
    assert row["help if attacked"] == "no"


def test_what_a_mission_adds_stands_beside_what_a_soldier_costs_on_average():
    costs = load("force_costs")
    assert (costs.attrs["extra"], costs.attrs["extra_soldiers"]) == (3.0, 40)
    twin = today().ask(figures.force_cost).twin
    assert "average cost" in twin and "3.0 billion" in twin and costs.attrs["extra_by"] in twin


def test_the_american_part_of_nuclear_arms_is_counted_in_warheads():
    then = World(until={"defence_expenditure": "2026-07"})
    parts = then["us_part"].set_index("measure")
    assert round(parts["share"]["nuclear warheads"], 1) == 87.8
    assert then.ask(measures.us_part_order)[0] == "nuclear warheads"
    assert {round(share) for share in then["us_part"].attrs["soldiers"].values()} == {37, 40}


# Neighbours ----------------------------------------------------------------------------------


def test_neighbours_are_allies_or_not_as_of_the_day_they_were_invaded():
    neighbours = load("russias_neighbours").set_index("iso3")
    assert (neighbours["ally"].sum(), len(neighbours)) == (5, 14) and not neighbours["ally"]["FIN"]
    assert load("chance_all_outside") == pytest.approx(100 * math.comb(9, 2) / math.comb(14, 2))
    assert round(load("chance_all_outside")) == 40


@pytest.mark.parametrize("iso3", ["UKR", "GEO"])
def test_an_invasion_before_entry_is_no_invasion_of_an_ally(iso3):
    world = with_ally(iso3, "2027-01-15")
    found = claims.finding("A1-079", world)
    assert found.verdict == claims.finding("A1-079").verdict and "0 of 5 allies" in found.says
    assert world.ask(figures.russias_neighbours).layout.title.text.endswith("0 of 5 allies, 2 of 9 others")


def test_an_invasion_of_an_ally_would_be_one():
    assert claims.finding("A1-079", with_ally("UKR", "2020-01-15")).verdict == "contradicted"


def test_both_invaded_neighbours_had_been_promised_membership():
    neighbours = load("russias_neighbours")
    assert set(neighbours.loc[neighbours["happened"], "iso3"]) == set(neighbours.loc[neighbours["promised"], "iso3"])
    assert "promised membership in 2008" in today().ask(figures.russias_neighbours).twin


# Aims and reasons ----------------------------------------------------------------------------


def test_each_aim_stands_in_the_row_of_its_document_and_the_column_of_its_kind():
    aims, rows = load("stated_aims"), load("aims_by_document")
    for aim in aims.itertuples():
        cell = rows[rows["date"].eq(aim.date) & rows["document"].eq(aim.document)][aim.kind].item()
        assert aim.aim in cell
    assert rows[rows.attrs["kinds"]].notna().sum().sum() <= len(aims) and rows["date"].is_monotonic_increasing


def test_four_of_five_articles_were_written_after_washington_said_no_and_it_shows():
    rows = load("reasons_by_date")
    assert rows.attrs["before"] == ["A3"] and len(rows.attrs["since"]) == 4
    assert rows.attrs["turned"] == ["Washington says no, or not now"] == list(rows["reason"][:1])
    assert today().ask(measures.reason_order) == list(rows["reason"])
    before = today().ask(measures.reasons_by_date, written="before")
    assert before["reason"].iloc[0] not in rows.attrs["turned"]


def test_an_order_of_ones_own_is_neither_near_nor_far_and_stands_beside_the_articles(tmp_path, monkeypatch):
    monkeypatch.setenv("ALLIANCE_ANSWERS", str(tmp_path / "answers.sqlite"))
    asked = predict.order("Which weighs most?", load("reason_choices"))
    panel = predict.reveal(
        asked, figures.reasons_by_date, measures.reason_order, written=controls.buttons("By", ["all", "before"])
    )
    asked._put(load("reason_choices"))
    asked.commit()
    assert "First in your order" in panel._said.value and "too high" not in panel._said.value
    for written in ("all", "before"):
        panel.panel.controls["written"].value = written
        mine = panel.panel.chart.shown.data[-1]
        assert sorted(int(text[3:-4]) for text in mine.text) == list(range(1, 9))
    assert not [row for row in predict.answers.all() if row["kind"] == "near"]


# Words decide nothing ------------------------------------------------------------------------


@pytest.mark.parametrize("identifier", ["A1-068", "A1-079", "A1-093", "A1-096", "A1-112", "A1-121", "A3-19"])
def test_no_verdict_hangs_on_who_is_written_down_as_acting(identifier):
    events = load("events")
    for column in ("title", "description", "stance_reason", "flag_text"):
        events[column] = events[column].where(events[column].isna(), REWORDED)
    known, again = claims.finding(identifier), claims.finding(identifier, World(instead={"events": events}))
    assert (again.verdict, again.says) == (known.verdict, known.says)


def test_named_scholars_stand_on_both_sides_of_a_subject_or_on_none():
    pairs = load("argument_pairs")
    named = pairs.assign(named=pairs["argued_by"].ne("")).groupby("subject")["named"].sum()
    assert set(named) == {0, 2}
