"""Claims on agreements, alternatives and analogies (lesson 09)."""

import re

from ... import measures
from ...words import named
from .. import Finding, rule


def _day(date):
    return f"{date.day} {date:%B %Y}"


@rule("A1-043")
def agreements_oblige_to_help(tables):
    agreements = measures.signed_agreements(tables["security_agreements"])
    fights, whole = measures.duty_to_fight(tables["security_agreements"])
    years = agreements["duration_years"].dropna()
    priced = agreements["aid_amount"].notna().sum()
    soft = agreements["note"].str.contains("non-binding|not legally binding|not ratified", na=False).sum()
    return Finding(
        f"Our table has {whole} agreements up to {agreements['signed_date'].max():%B %Y}. {len(years)} of them state a term, {years.median():.0f} years as a rule; {priced} name a sum or a share. At least {soft} were called non-binding, or were not ratified; {fights or 'none'} sets a duty to fight.",
        "contradicted"
        if not len(years) and not priced
        else "supported-with-caveat"
        if fights < whole or soft
        else "supported",
    )


@rule("A1-088")
def aid_is_cheaper(tables):
    alternatives, months = tables["alternatives"], tables["aid_by_month"]
    given = months[["military", "financial", "humanitarian"]].sum().sum()
    last = months["month"].max()
    priced = measures.has_an_estimate(alternatives, "full-membership")
    return Finding(
        f"Aid can be counted: {given:,.0f} billion euros from all donors up to {last} (Kiel Institute). {'An estimate for full membership stands in our table of options.' if priced else 'For full membership no estimate was found, so the two cannot be set against each other.'}",
        "contested" if not priced else "not-checkable",
    )


@rule("A1-096")
def forces_in_ukraine(tables):
    troops, members = tables["troops"], tables["members"]
    groups = troops[troops["measure"] == "framework nation"]
    hosts = set(groups["iso3"])
    border = members[members["borders_russia"] & (members["iso3"] != "USA")]
    with_group = border.loc[border["iso3"].isin(hosts), "country"]
    without = border.loc[~border["iso3"].isin(hosts), "country"]
    return Finding(
        f"As of {groups['as_of'].max()} our table has NATO battlegroups in {len(hosts)} allies. Of the allies with a border with Russia, {named(with_group)} host one; {named(without)} do not. Nothing in the treaty's articles, as we tell them, asks for bases.",
        "contested" if len(with_group) and len(without) else "supported" if len(with_group) else "contradicted",
    )


@rule("A1-104")
def west_german_territory_alone(tables):
    six = measures.gist(tables["treaty_articles"], 6)
    germany = tables["members"].set_index("iso3").loc["DEU"]
    east = tables["events"].set_index("id")["date"]["1990-10-03-german-unification-extends-treaty"]
    entered = germany["accession_date"]
    later = east > entered
    return Finding(
        f"West Germany entered on {_day(entered)}; the east was covered from {_day(east)} on. But Article 6, in our words: {six} So allied forces in Europe were covered, too.",
        "contradicted" if not later else "supported-with-caveat" if "forces" in six else "supported",
    )


@rule("A1-106")
def nearly_four_billion_for_israel(tables):
    alternatives, months = tables["alternatives"], tables["aid_by_month"]
    israel, ukraine = measures.aid_to_israel(alternatives), measures.us_aid_a_year(months)
    rate = measures.kiel_rate(tables["us_aid_totals"])
    times = measures.israel_and_ukraine(alternatives, months, rate)["times"]
    return Finding(
        f"The agreed baseline is about {israel:.1f} billion dollars a year. Ukraine got {ukraine:.1f} billion euros a year in US military aid from 2022 to 2024, {times:.1f} times as much at Kiel's rate.",
        "supported-with-caveat" if 3.5 <= israel <= 4 else "imprecise" if 3 <= israel <= 4.5 else "contradicted",
    )


@rule("A1-108")
def a_nuclear_armed_state(tables):
    event = tables["events"].set_index("id").loc["1994-12-05-budapest-memorandum-signed"]
    option = tables["alternatives"].set_index("id").loc["israel-plus"]
    gave_up = "non-nuclear" in event["description"]
    believed = re.search(r"Israel is widely believed[^.;]*", option["objections"])
    return Finding(
        f"On {_day(event['date'])} Ukraine {'joined the non-proliferation treaty without nuclear arms' if gave_up else 'signed in Budapest'}. {believed[0] if believed else 'Our tables say nothing of Israel'}; Israel does not confirm it.",
        "contradicted" if not gave_up else "supported-with-caveat" if believed else "not-checkable",
    )


@rule("A1-111")
def bilateral_guarantees(tables):
    fights, whole = measures.duty_to_fight(tables["security_agreements"])
    return Finding(
        f"As a definition of a guarantee it is fair. Of the {whole} agreements signed with Ukraine since 2024, {fights or 'none'} sets a duty to fight; they promise aid and quick talks.",
        "supported-with-caveat" if fights < whole else "supported",
    )


@rule("A1-121")
def troops_once_the_war_ends(tables):
    events = tables["events"].set_index("id")
    pledge = events.loc["2025-09-04-twenty-six-states-pledge"]
    paris = events.loc["2026-01-06-paris-declaration-security-guarantees"]
    states = re.search(r"(\d+) of (\d+)", pledge["description"])
    waits = "after a ceasefire" in pledge["description"]
    other_help = "or support" in pledge["description"]
    return Finding(
        f"On {_day(pledge['date'])}, France said, {states[1]} of {states[2]} coalition members would send or support forces after a ceasefire. On {_day(paris['date'])} France, Britain and Ukraine signed on deploying forces.",
        "contradicted" if not int(states[1]) else "supported-with-caveat" if waits or other_help else "supported",
    )


@rule("A3-18")
def gave_up_its_arsenal(tables):
    events = tables["events"].set_index("id")
    terms = events.loc["1994-01-14-trilateral-statement-weapons-left"]
    memorandum = events.loc["1994-12-05-budapest-memorandum-signed"]
    before = (memorandum["date"] - terms["date"]).days
    return Finding(
        f"Ukraine joined the non-proliferation treaty as a state without nuclear arms on {_day(memorandum['date'])}. That the warheads would go to Russia had been agreed {before} days before, on {_day(terms['date'])}.",
        "supported-with-caveat" if before > 0 else "supported",
    )


@rule("A3-19")
def security_guarantees_of_budapest(tables):
    event = tables["events"].set_index("id").loc["1994-12-05-budapest-memorandum-signed"]
    assurances = "assurances" in event["description"]
    duties = measures.duties_by_promise(
        tables["claims"], tables["security_agreements"], tables["treaty_articles"], tables["alternatives"]
    ).set_index("promise")
    budapest = duties.loc["Budapest, 1994"]
    held = [duty for duty in measures.DUTIES if budapest[duty] == "yes"]
    fights = budapest["help if attacked"] == "yes"
    return Finding(
        f"The paper of {_day(event['date'])} gives {'assurances' if assurances else 'guarantees'}, by its English title. Its duties, in our words: {named(held)}; {'' if fights else 'no '}duty to help if attacked.",
        "imprecise" if assurances and not fights else "supported",
    )
