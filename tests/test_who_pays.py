"""Who pays and who helps: right values of lessons 04 and 06, and what their charts and cards must not do."""

import re

import pandas as pd
import pytest

import lessons
from alliance import claims, data, figures, measures, words
from alliance.lesson import evidence
from alliance.world import World, load, today

LESSONS = [pytest.param(path, id=path.stem) for path in lessons.PATHS if path.name[:2] in ("04", "06")]
YEARLY = re.compile(r"\b(19|20)\d\d\b|\b2%")  # years and the guideline itself: no table moves them


# Counting rules ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "exact", "to_a_tenth"), [(2021, 6, 8), (2022, 7, 8), (2023, 10, 10), (2024, 13, 16), (2025, 22, 23)]
)
def test_sipri_counts_more_allies_at_two_per_cent_once_shares_are_rounded(year, exact, to_a_tenth):
    counts = today().ask(measures.guideline_counts, year=year).query("edition == '2026-04'").iloc[0]
    assert (counts["unrounded"], counts["count"]) == (exact, to_a_tenth)


def test_both_bars_of_sipri_follow_its_own_rule_and_the_other_rule_is_named():
    then = World(until={"military_expenditure": "2026-04"})
    sipri = then["guideline_counts"].query("publisher == 'SIPRI'")
    assert list(sipri["count"]) == [18, 16] and list(sipri["unrounded"]) == [17, 13]
    assert "17 and 13" in then.ask(figures.guideline_counts).note and "17 and 13" in claims.finding("A0-28", then).says


def test_nato_is_counted_at_the_two_decimals_that_it_prints():
    nato = load("guideline_counts").query("publisher == 'NATO'").set_index("edition")["count"]
    assert nato[:"2026-07"].to_dict() == {"2024-06": 23, "2025-04": 22, "2025-08": 18, "2026-07": 17}


def test_however_many_editions_count_few_are_named_in_one_sentence():
    counts = load("guideline_counts")
    for year in range(2027, 2031):
        more = [
            {"by": f"{body}, July {year}", "publisher": body, "edition": f"{year}-07", "count": 9}
            for body in ("NATO", "SIPRI")
        ]
        counts = pd.concat([counts, pd.DataFrame(more)]).sort_values(["publisher", "edition"], ignore_index=True)
        shown = measures.counts_to_name(counts)
        told = words.counts(counts, shown)
        assert len(shown) < measures.spending.MOST_COUNTS and told.startswith("23 by NATO, June 2024, ")
        assert f", 9 by NATO, July {year}, " in told and f"9 by SIPRI, July {year} and " in told
        assert told.endswith(f" and {len(counts) - len(shown)} in between")


# Two editions --------------------------------------------------------------------------------

FELL = ["Czechia", "Slovakia", "Bulgaria", "North Macedonia", "Montenegro", "Albania"]


def dumbbell(**choices):
    return today().ask(figures.two_editions, **dict(year=2024, before="2024-06", edition="2026-07") | choices)


def test_the_dumbbell_names_those_that_change_sides_in_its_sentence_and_beside_their_marks():
    figure = dumbbell()
    moved = figure.table.loc[figure.table["move"] == measures.FALLS, "country"]
    assert list(moved) == FELL and not (figure.table["move"] == measures.RISES).any()
    beside = {name for trace in figure.data if trace.mode == "text" for name in trace.text}
    assert set(FELL) <= beside and all(name in figure.twin for name in FELL)


def test_the_two_counts_of_the_dumbbell_are_those_of_the_bars():
    counts = load("guideline_counts").query("publisher == 'NATO'").set_index("edition")["count"]
    assert f"{counts['2024-06']} allies at 2%" in dumbbell().layout.title.text
    assert f"{counts['2026-07']} by July 2026" in dumbbell().layout.title.text


def test_an_edition_without_the_year_is_said_to_have_none():
    assert dumbbell(year=2026).layout.title.text == "The June 2024 edition has no figures for 2026"
    assert dumbbell(before="2026-07").table["move"].eq("").all(), "an edition agrees with itself"


@pytest.mark.parametrize("target", [2.0, 3.5])
def test_an_ally_at_or_above_a_target_is_asked_for_no_money(target):
    for country in today().ask(measures.allies_with_figures):
        figure = today().ask(figures.country_target, country=country, target=target)
        above = round(figure.table["share_of_gdp"].iloc[-1], 2) >= target
        assert ("$" in figure.twin) != above and "$0.0" not in figure.twin, country


def test_the_dearest_ally_of_a_target_stands_first_and_no_dollar_is_lost():
    for target in (3.5, 5.0):
        rows = today().ask(measures.prices, year=2026, target=target)
        assert (
            rows["extra_billions"].iloc[:-1].is_monotonic_decreasing
            and rows.attrs["end"] > rows["extra_billions"].max()
        )
        whole = today().ask(measures.price_of_target, year=2026, edition=load("edition"), target=target)
        assert rows["extra_billions"].sum() == pytest.approx(whole["extra_billions"].sum())


def test_the_card_on_five_per_cent_and_its_chart_have_one_sum():
    sum_ = re.search(r"taken ([\d,]+) billion", claims.finding("A0-32").says)[1]
    assert f"${sum_} billion more in 2024" in evidence.chart("A0-32", today()).layout.title.text


def test_the_allies_furthest_apart_are_named_among_two_guidelines_and_every_ally_is_counted():
    for year in (2014, 2024, 2026):
        figure = today().ask(figures.two_guidelines, year=year)
        assert sum(bool(name) for trace in figure.data for name in trace.text) in range(2, 9)
        counts = [int(found) for text in figure.layout.annotations for found in re.findall(r"<b>(\d+)</b>", text.text)]
        assert sum(counts) == len(figure.table)


def test_two_strips_hold_every_ally_but_the_united_states_once_a_year():
    table = today().ask(figures.by_border).table
    last = table[table["year"] == table["year"].max()]
    assert set(last.loc[last["near"], "country"]) == {"Norway", "Finland", "Estonia", "Latvia", "Lithuania", "Poland"}
    assert last["country"].is_unique and len(last) == len(load("members")) - 2, "all but the United States and Iceland"


def test_the_agency_s_newest_figures_stand_beside_the_two_years_of_the_sentence():
    figure = today().ask(figures.change_of_prices, way=measures.NOMINAL_IN_EUROS)
    assert "418 for 2025 and 454 for 2026 (projected)" in figure.twin and "418 for 2025" in claims.finding("A0-26").says
    assert list(figure.table.query("status == 'estimate'")["year"]) == [2024, 2026]
    later = today().ask(figures.change_of_prices, way=measures.IN_EUROS[1])
    assert "343 in 2024" in later.twin and list(later.table.query("status == 'estimate'")["year"]) == [2026]


# Aid -----------------------------------------------------------------------------------------


def test_each_step_of_the_staircase_is_a_part_of_the_one_above_and_names_what_falls_away():
    stairs = load("us_stairs")
    assert [round(amount, 1) for amount in stairs["amount"]] == [174.2, 128.0, 57.4, 26.8]
    later = stairs.iloc[1:]
    assert (later["falls"] > 0).all() and (later["away"] != "").all()
    assert (later["amount"] + later["falls"]).tolist() == pytest.approx(stairs["amount"].iloc[:-1].tolist())
    assert later["falls"].iloc[1] == pytest.approx(load("us_picture").set_index("id")["amount"]["cfr_military"])


def test_other_counts_of_american_aid_stand_in_the_same_unit():
    counts = load("us_other_counts").set_index("id")["amount"]
    assert round(counts).tolist() == [183, 175, 132] and "EUR" not in today().ask(figures.us_picture).layout.title.text


def test_american_arms_that_others_pay_for_begin_after_the_last_american_allocation():
    rows = World(until={"aid_by_month": "R30"})["purl_by_month"]
    assert rows.loc[rows["own"] > 0, "month"].max() < rows.attrs["first"] == pd.Timestamp("2025-08-01")
    assert round(rows.attrs["total"], 3) == 4.121 and rows["paid_by_others"].isna().sum() == 3, (
        "not counted is not zero"
    )


@pytest.mark.parametrize(("givers", "of"), [({}, 28), ({"HUN": 0.5}, 29), ({"PRT": 0, "ISL": 0}, 26)])
def test_the_true_number_of_givers_is_among_the_options(givers, of):
    table = data.load("aid_by_donor")
    for iso3, amount in givers.items():
        table.loc[table["iso3"] == iso3, "military"] = amount
    world = World(instead={"aid_by_donor": table})
    assert world.ask(measures.givers_above_zero) == of and of in world.ask(measures.giver_choices).values()
    assert len(world.ask(measures.giver_choices)) == 4, "a true 29 must not take an option away"


@pytest.mark.parametrize(("written", "verdict"), [("2025-12-14", "imprecise"), ("2025-03-01", "outdated")])
def test_now_gives_is_a_wrong_word_only_where_giving_had_stopped_before_the_essay(written, verdict):
    articles = data.load("articles")
    articles.loc[articles["id"] == "A1", "not_before"] = pd.Timestamp(written)
    assert claims.finding("A1-114", World(instead={"articles": articles})).verdict == verdict


def test_what_nobody_could_read_is_contested_and_not_beyond_checking():
    assert claims.finding("A1-033").verdict == claims.claim("A1-033")["verdict"] == "contested"


@pytest.mark.parametrize("category", measures.MILESTONES)
def test_lines_beside_aid_are_five_at_most_and_events_of_that_category(category):
    events = load("events").set_index("id")["category"]
    named = measures.MILESTONES[category]
    assert 3 <= len(named) <= 5 and set(events[list(named)]) == {category}
    drawn = today().ask(figures.aid_and_events, category=category)
    assert all(label in drawn.twin for label in named.values()) and "average" not in drawn.twin


# Words ---------------------------------------------------------------------------------------


def test_caveats_of_computed_claims_hold_no_number_that_a_table_can_change():
    for identifier in claims.RULES:
        row = claims.claim(identifier)
        if row["lesson"] in ("04", "06") and isinstance(row["caveat"], str):
            assert not re.search(r"\d|\bno ally\b", YEARLY.sub("", row["caveat"])), f"{identifier}: {row['caveat']}"


@pytest.mark.parametrize("path", LESSONS)
def test_a_sentence_under_a_chart_has_forty_words_at_most(path):
    for where, figure in lessons.drawn(path):
        assert len(figure.twin.split()) <= 40, f"{where}: {len(figure.twin.split())} words: {figure.twin}"
