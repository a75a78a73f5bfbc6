"""What the tables hold that lessons build on: right values, computed from the rows, and the shape of fair lists."""

import re

import pandas as pd
import pytest

from alliance import data, figures, measures
from alliance.world import World, load, today

EUROPE, RUSSIA = "Europe", "RUS"


THEN = World(until={"military_expenditure": "2026-04"})  # the release whose ratios stand below


def money(column, *, at_ppp):
    """Amounts in billions, by country: `military` (SIPRI, 2024) or `gdp`; dollars, or at purchasing power."""
    if column == "military":
        sipri = THEN["sipri_spending"].query("year == 2024").set_index("iso3")
        amounts = sipri["usd_current_millions"] / 1e3
    else:
        amounts = data.load("countries").set_index("iso3")["gdp_usd"] / 1e9
    rates = data.load("purchasing_power").set_index("iso3")
    return (amounts * rates["market_rate"] / rates["ppp_rate"] if at_ppp else amounts).dropna()


def allies_of_europe(*, turkiye=True):
    members = set(data.load("members")["iso3"]) - {"USA", "CAN"}
    return members if turkiye else members - {"TUR"}


@pytest.mark.parametrize(
    "column, at_ppp, turkiye, ukraine_with, right",
    [
        ("military", False, True, None, 3.21),
        ("military", True, True, None, 1.53),
        ("gdp", False, True, None, 10.95),
        ("gdp", True, True, None, 5.19),
        ("military", False, False, None, 3.04),
        ("military", True, False, None, 1.38),
        ("military", True, True, EUROPE, 2.00),
        ("military", True, True, RUSSIA, 1.04),
        ("military", True, False, RUSSIA, 0.94),
    ],
)
def test_at_purchasing_power_europe_leads_by_half_as_much_and_still_leads(column, at_ppp, turkiye, ukraine_with, right):
    amounts = money(column, at_ppp=at_ppp)
    ours = amounts[list(allies_of_europe(turkiye=turkiye))].sum() + (ukraine_with == EUROPE) * amounts["UKR"]
    theirs = amounts[RUSSIA] + (ukraine_with == RUSSIA) * amounts["UKR"]
    assert round(ours / theirs, 2) == right


@pytest.mark.parametrize(
    "weight, setting, right",
    [
        ("military spending", "as they are", 3.21),
        ("military spending", "at purchasing power", 1.53),
        ("economy (GDP)", "as they are", 10.95),
        ("economy (GDP)", "at purchasing power", 5.19),
        ("military spending", "without Türkiye, at purchasing power", 1.38),
        ("military spending", "Ukraine with Russia, without Türkiye, at purchasing power", 0.94),
    ],
)
def test_the_switches_of_lesson_07_convert_both_sides(weight, setting, right):
    assert round(THEN["side_ratios"].loc[weight, setting], 2) == right


def test_purchasing_power_leaves_people_and_forces_as_they_are():
    ratios = load("side_ratios").loc[["people", "active forces"]]
    assert ratios["as they are"].equals(ratios["at purchasing power"].rename("as they are"))


def test_no_switch_of_section_3_turns_a_bar_and_two_of_ukraines_do():
    turned = (load("side_ratios") < 1).any()
    assert set(turned.index[turned]) == {
        "Ukraine with Russia, high",
        "Ukraine with Russia, without Türkiye, at purchasing power",
    }


def test_an_ally_without_a_factor_is_named_and_not_left_out_of_a_sum():
    fewer = World(instead={"purchasing_power": load("purchasing_power").query("iso3 != 'POL'")})
    with pytest.raises(data.DataError, match="no factor for POL"):
        fewer.ask(measures.two_sides, home_prices=True)
    assert len(fewer.ask(measures.two_sides)) == 4


def test_every_ally_and_russia_has_a_factor_of_the_same_year_as_its_spending():
    rates = data.load("purchasing_power")
    assert set(rates["iso3"]) == set(data.load("members")["iso3"]) | {RUSSIA, "UKR"} and set(rates["year"]) == {2024}
    assert rates.set_index("iso3").loc["USA", ["market_rate", "ppp_rate"]].tolist() == [1, 1]


def test_the_two_numbers_of_the_headline_stand_in_two_units():
    printed = data.load("spending_other_totals").set_index("id")
    russia, europe = printed.loc["iiss-2024-russia"], printed.loc["iiss-2024-europe"]
    assert russia["ppp_billions"] == 461.6 and pd.isna(russia["usd_billions"])
    assert europe["usd_billions"] == 457 and pd.isna(europe["ppp_billions"])
    like_with_like = europe["usd_billions"] / printed.loc["iiss-2024-russia-market", "usd_billions"]
    assert round(like_with_like, 2) == 3.13


def test_eu_spending_is_known_for_each_year_to_the_newest_edition():
    rows = data.load("spending_other_totals").query("measure == 'defence expenditure of EU members'")
    assert set(rows["year"]) == set(range(2021, 2027))
    assert rows.set_index("id")["eur_billions"]["eda-2025-final"] == 418


# The border on the map ----------------------------------------------------------------------


def test_every_neighbour_that_counts_has_a_line_on_the_map():
    lines = load("frontier_lines").groupby("neighbour_iso3")["iso3"].agg(set)
    assert lines["RUS"] == set(load("border_steps")["iso3"])
    assert set(load("belarus_border")["iso3"]) <= lines["BLR"]


@pytest.mark.parametrize("day", load("border_days").values(), ids=load("border_days"))
@pytest.mark.parametrize("with_ukraine", [False, True])
def test_the_map_counts_what_the_calculator_counts(day, with_ukraine):
    steps = today().ask(measures.border_steps, day=day, with_ukraine=with_ukraine)
    ratio = today().ask(measures.border_ratio, day=day)
    assert round(steps.loc[steps["counted"], "length_km"].sum() - ratio["then" if with_ukraine else "now"], 6) == 0


def test_what_nobody_counted_before_the_war_is_no_zero():
    assert "0" not in set(load("war_changes")["before"]) and "no count" in set(load("war_changes")["before"])


# Members at entry ---------------------------------------------------------------------------


def at_entry():
    """V-Dem's liberal index of each ally in the year it joined."""
    members = data.load("members").assign(year=lambda rows: rows["accession_date"].dt.year)
    return members.merge(data.load("institutions"), on=["iso3", "year"], how="left").set_index("iso3")["vdem_liberal"]


def test_every_ally_has_an_index_in_the_year_it_joined():
    assert at_entry().notna().all()


@pytest.mark.parametrize(
    "iso3, index", [("PRT", 0.072), ("TUR", 0.225), ("GRC", 0.255), ("DEU", 0.781), ("ESP", 0.791)]
)
def test_old_entrants_have_the_index_of_their_year_of_entry(iso3, index):
    assert at_entry()[iso3] == index


@pytest.mark.parametrize("index", ["vdem_electoral", "vdem_liberal"])
def test_the_chart_of_entry_has_all_allies_and_names_the_old_entrants(index):
    figure = today().ask(figures.scores_at_accession, index=index)
    assert figure.layout.title.text.startswith(("3 of 32 ", "4 of 32 ")) and "before our scores" not in figure.twin
    assert all(name in figure.twin for name in ("Portugal", "Greece", "Türkiye"))


def test_an_index_that_began_late_says_how_many_joined_before_it():
    assert "28 members joined before" in today().ask(figures.scores_at_accession, index="cpi_score").twin


def test_what_a_candidate_must_bring_says_where_a_text_was_not_read():
    rows, table = load("entry_conditions"), load("entry_criteria")
    assert len(rows) == len(table) and rows["on"].notna().all()
    told = rows["where"].str.contains("not read in the text itself|read in a summary")
    assert told.sum() == (table["read"] != "yes").sum()


def test_three_allies_joined_with_less_than_ukraine_had_before_the_full_scale_invasion():
    ukraine = data.load("institutions").query("iso3 == 'UKR'").set_index("year")["vdem_liberal"]
    assert (ukraine[2021], ukraine[2024], ukraine[2025]) == (0.323, 0.230, 0.240)
    assert {"PRT", "TUR", "GRC"} <= set(at_entry()[at_entry() < ukraine[2021]].index)


# Forces -------------------------------------------------------------------------------------


@pytest.mark.parametrize("year, groups", [(2017, 4), (2025, 8), (2026, 9)])
def test_battlegroups_are_four_then_eight_then_nine(year, groups):
    rows = data.load("troops").query("measure == 'framework nation' and year == @year")
    assert rows["iso3"].nunique() == len(rows) == groups


def test_the_ninth_battlegroup_is_in_finland_and_led_by_sweden():
    rows = data.load("troops").query("measure == 'framework nation'")
    assert set(rows.loc[rows["year"] == 2026, "iso3"]) - set(rows.loc[rows["year"] < 2026, "iso3"]) == {"FIN"}
    assert rows.query("iso3 == 'FIN'")["framework_iso3"].tolist() == ["SWE"]


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_united_states_holds_seven_of_eight_allied_warheads(year):
    allied = data.load("warheads").query("year == @year and iso3 != 'RUS'").set_index("iso3")["stockpile"]
    assert round(100 * allied["USA"] / allied.sum(), 1) == 87.8


def test_turkiye_explains_most_of_the_gap_between_two_counts_of_american_soldiers():
    members = data.load("members")["iso3"]
    cia = data.load("countries").set_index("iso3").loc[members, "active_military"].astype(float) / 1e3
    nato = data.load("defence_expenditure").query("edition == '2026-07' and year == 2025").set_index("iso3")
    nato = nato["personnel_thousands"].reindex(members)

    def american(counts):
        return 100 * counts["USA"] / counts.sum()

    assert (round(american(cia), 1), round(american(nato), 1)) == (37.1, 39.1)
    assert round(american(cia.where(cia.index != "TUR", nato["TUR"])), 1) == 38.4


# Fair lists ---------------------------------------------------------------------------------


def test_two_stories_of_the_war_find_as_many_stations_each():
    pool = data.load("events")["pool"].value_counts()
    assert pool["A"] == pool["B"] and pool.sum() >= 18


def test_stations_lie_before_or_on_the_day_of_the_full_scale_invasion():
    events = data.load("events")
    assert events.loc[events["pool"].notna(), "date"].max() == pd.Timestamp("2022-02-24")


def test_as_many_scholars_argue_each_side_of_the_war():
    sides = data.load("scholars").query("question == 'What led to the war?'")["side"].value_counts()
    assert sides["enlargement as cause"] == sides["Russian aims as cause"]


def test_positions_on_1990_answer_whether_there_was_a_promise_and_others_do_not():
    scholars = data.load("scholars")
    about = scholars["question"] == "What was promised in 1990?"
    assert set(scholars.loc[about, "side"]) == {"assurances were given", "no promise"}
    assert not {"assurances were given", "no promise"} & set(scholars.loc[~about, "side"])


def test_stated_aims_are_of_all_articles_kinds_and_in_order_of_date():
    aims = data.load("stated_aims")
    assert set(aims["kind"]) == {"alliance", "territory", "regime", "nation", "people"}
    assert aims["date"].is_monotonic_increasing


def test_what_ukraine_brings_has_a_doubting_voice():
    assert "doubt" in set(data.load("ukraine_brings")["kind"])


# Missions, gas, arms ------------------------------------------------------------------------


def test_missions_end_after_they_start_and_only_one_used_force_without_a_mandate():
    missions = data.load("missions")
    ended = missions[missions["end"].notna()]
    assert (ended["end"] > ended["start"]).all() and (ended["end_precision"].notna()).all()
    assert missions.loc[missions["legal_kind"] == "none-of-the-un", "id"].tolist() == ["allied-force-1999"]
    assert missions["start"].dt.year.min() == 1992


def test_gas_through_ukraine_has_every_year_and_ends_with_none():
    gas = data.load("gas_transit").set_index("year")["bcm"]
    assert list(gas.index) == list(range(2006, 2026)) and gas[2025] == 0 < gas[2024] < gas[2006] / 8


def test_no_figure_of_purl_mixes_pledges_and_allocations():
    purl = data.load("purl")
    monthly = purl[purl["measure"] == "allocated in the month"]
    assert monthly["usd_billions"].isna().all() and round(monthly["eur_billions"].sum(), 1) == 4.1
    assert purl[["eur_billions", "usd_billions"]].notna().any(axis=1).all()


# How far to trust a row ---------------------------------------------------------------------


def test_events_of_the_last_months_rest_on_two_sources_and_none_is_doubtful():
    events = data.load("events")
    assert set(events["confidence"]) == {"verified", "single-source"}
    late = events[events["date"] >= "2026-07-01"]
    assert set(late["confidence"]) == {"verified"} and late["date"].max() <= pd.Timestamp("2026-10-10")


def test_events_stand_in_order_of_date():
    assert data.load("events")["date"].is_monotonic_increasing


def test_each_question_names_tables_that_exist():
    known = {entry["name"] for entry in data._package()["resources"]}
    named = data.load("questions")["tables"].dropna().str.split(";").explode()
    assert set(named) <= known


@pytest.mark.parametrize("name", data.names())
def test_no_row_cites_a_number_of_somebody_elses_store(name):
    text = data.load(name).select_dtypes("str").stack()
    wrong = text[text.str.contains(r"repository file|\bids? \d{6,}|read in the store", regex=True)]
    assert wrong.empty, wrong.head().tolist()


def test_each_source_has_an_address_on_the_web():
    addresses = data.load("sources")["address"]
    assert addresses.map(re.compile(r"https?://[^\s/]+\.[a-z]+\.?(:\d+)?(/\S*)?").fullmatch).notna().all()
