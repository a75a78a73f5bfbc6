"""Claims on agreements, alternatives and analogies (lesson 09)."""

from ... import measures
from ...measures import fact, facts_of
from ...words import day, known_date, month, named
from .. import Finding, rule

_BUDAPEST = "1994-12-05-budapest-memorandum-signed"
_BAN = "the treaty against the spread of nuclear arms"


@rule("A1-043")
def agreements_oblige_to_help(signed_agreements, duties_to_fight, facts):
    """A stated term or sum obliges to something; soft agreements, or no duty to fight, are the caveat."""
    agreements, whole = signed_agreements, len(signed_agreements)
    years = agreements["duration_years"].dropna()
    priced = agreements["aid_amount"].notna().sum()
    known = [facts_of(facts, "security_agreements", row) for row in agreements["id"]]
    soft = sum(one.get("called_non_binding", False) or not one.get("ratified", True) for one in known)
    verdict = "supported"
    if not len(years) and not priced:
        verdict = "contradicted"
    elif duties_to_fight < whole or soft:
        verdict = "supported-with-caveat"
    return Finding(
        f"Our table has {whole} agreements up to {month(agreements['signed_date'].max())}. {len(years)} of them state "
        f"a term, {years.median():.0f} years as a rule. {priced} name a sum or a share. At least {soft} were called "
        f"non-binding, or were not ratified. And {duties_to_fight or 'none'} sets a duty to fight.",
        verdict,
    )


@rule("A1-088")
def aid_is_cheaper(alternatives, monthly_allocations):
    """Two costs can be compared only if both are known: without one for membership the claim stays contested."""
    given = monthly_allocations[measures.AID_TYPES].sum().sum()
    priced = measures.has_an_estimate(alternatives, "full-membership")
    known = (
        "An estimate for full membership stands in our table of options."
        if priced
        else "For full membership no estimate was found. So the two cannot be set side by side."
    )
    return Finding(
        f"Aid can be counted. All donors gave {given:,.0f} billion euros up to "
        f"{known_date(monthly_allocations['month'].max())} (Kiel Institute). {known}",
        "not-checkable" if priced else "contested",
    )


@rule("A1-096")
def forces_in_ukraine(troops, members):
    """If membership brought bases, each European ally at Russia's border would host a group: all, some or none do."""
    groups = troops[troops["measure"] == "framework nation"]
    hosts = set(groups["iso3"])
    allies = measures.allies_on(members, f"{groups['year'].max()}-12-31")
    border = allies[allies["borders_russia"] & (allies["iso3"] != "USA")]
    with_group = border.loc[border["iso3"].isin(hosts), "country"]
    without = border.loc[~border["iso3"].isin(hosts), "country"]
    verdict = "contradicted"
    if len(with_group):
        verdict = "contested" if len(without) else "supported"
    return Finding(
        f"As of {groups['year'].max()} our table has NATO battlegroups in {len(hosts)} allies. Of the "
        f"allies with a border with Russia these host one: {named(with_group)}. Without one: {named(without)}. Nothing "
        "in the treaty's articles, as we tell them, asks for bases.",
        verdict,
    )


@rule("A1-104")
def west_german_territory_alone(treaty_articles, members, events, facts):
    """The east was covered later, so the land is right; that Article 6 covers forces elsewhere, too, is the caveat."""
    six = measures.gist(treaty_articles, 6)
    east = events.set_index("id")["date"]["1990-10-03-german-unification-extends-treaty"]
    entered = members.set_index("iso3")["accession_date"]["DEU"]
    verdict = "supported"
    if east <= entered:
        verdict = "contradicted"
    elif fact(facts, "treaty_articles", 6, "covers_forces_in_europe"):
        verdict = "supported-with-caveat"
    return Finding(
        f"West Germany entered on {day(entered)}. The east was covered from {day(east)} on. But Article 6, in our "
        f"words: {six} So allied forces in Europe were covered, too.",
        verdict,
    )


@rule("A1-106")
def nearly_four_billion_for_israel(israel_and_ukraine, us_aid_a_year):
    """“Nearly four” is 3.5 to 4; a billion to either side of that is the right size with a wrong number."""
    israel, (first, *_, last) = israel_and_ukraine["israel"], measures.KIEL_YEARS
    verdict = "contradicted"
    if 3.5 <= israel <= 4:
        verdict = "supported-with-caveat"
    elif 3 <= israel <= 4.5:
        verdict = "imprecise"
    return Finding(
        f"The agreed baseline for Israel is about {israel:.1f} billion dollars a year. Ukraine got {us_aid_a_year:.1f} billion "
        f"euros a year in US military aid from {first} to {last}. At Kiel's rate that is "
        f"{israel_and_ukraine['times']:.1f} times as much.",
        verdict,
    )


@rule("A1-108")
def a_nuclear_armed_state(events, facts, option_facts):
    """Two halves: Ukraine joined without nuclear arms, and Israel is believed to hold some but confirms nothing."""
    signed = events.set_index("id")["date"][_BUDAPEST]
    gave_up = "UKR" in facts_of(facts, "events", _BUDAPEST).get("non_nuclear_state", ())
    believed = "ISR" in option_facts["israel-plus"].get("believed_nuclear", ())
    verdict = "not-checkable"
    if not gave_up:
        verdict = "contradicted"
    elif believed:
        verdict = "supported-with-caveat"
    ukraine = f"joined {_BAN} as a state without them" if gave_up else "signed in Budapest"
    israel = (
        "Israel is widely believed to hold some, and Ukraine does not. Israel does not confirm it."
        if believed
        else "Our tables say nothing of Israel."
    )
    return Finding(f"On {day(signed)} Ukraine {ukraine}. {israel}", verdict)


@rule("A1-111")
def bilateral_guarantees(signed_agreements, duties_to_fight):
    """As a definition it holds; that the agreements signed so far set no duty to fight is what a reader needs."""
    whole, first = len(signed_agreements), signed_agreements["signed_date"].min().year
    return Finding(
        f"As a definition of a guarantee it is fair. Of the {whole} agreements signed with Ukraine since {first}, "
        f"{duties_to_fight or 'none'} sets a duty to fight. They promise aid and quick talks.",
        "supported-with-caveat" if duties_to_fight < whole else "supported",
    )


@rule("A1-121")
def troops_once_the_war_ends(events, facts):
    """States did pledge; that support counts as well as forces, and that all waits for a ceasefire, is the caveat."""
    dates = events.set_index("id")["date"]
    pledge, paris = "2025-09-04-twenty-six-states-pledge", "2026-01-06-paris-declaration-security-guarantees"
    known = facts_of(facts, "events", pledge)
    verdict = "supported"
    if not known["states_pledging"]:
        verdict = "contradicted"
    elif known["after_a_ceasefire"] or known["support_counts"]:
        verdict = "supported-with-caveat"
    return Finding(
        f"France said on {day(dates[pledge])} that {known['states_pledging']} of {known['states_in_coalition']} "
        "states in a coalition would send or support forces after a ceasefire. "
        f"On {day(dates[paris])} France, Britain and Ukraine signed a text on sending forces.",
        verdict,
    )


@rule("A3-18")
def gave_up_its_arsenal(events):
    """It did; that moving the warheads had been agreed before the memorandum is the caveat."""
    dates = events.set_index("id")["date"]
    terms, memorandum = dates["1994-01-14-trilateral-statement-weapons-left"], dates[_BUDAPEST]
    before = (memorandum - terms).days
    return Finding(
        f"On {day(memorandum)} Ukraine joined {_BAN} as a state without them. That the warheads would go to Russia had "
        f"been agreed {before} days before, on {day(terms)}.",
        "supported-with-caveat" if before > 0 else "supported",
    )


@rule("A3-19")
def security_guarantees_of_budapest(events, facts, duties_by_promise):
    """A guarantee is a duty to help: for “assurances” without that duty, the word is too strong."""
    signed = events.set_index("id")["date"][_BUDAPEST]
    called = fact(facts, "events", _BUDAPEST, "called")
    budapest = duties_by_promise.set_index("promise").loc["Budapest, 1994"]
    held = [duty for duty in measures.DUTIES if budapest[duty] == "yes"]
    helps = {
        "yes": "It sets a duty to help if attacked.",
        measures.IN_ONE_CASE: "Help if attacked comes only through the UN Security Council, if nuclear weapons are "
        "used or threatened.",
    }.get(budapest["help if attacked"], "It sets no duty to help if attacked.")
    fights = budapest["help if attacked"] == "yes"
    return Finding(
        f"The paper of {day(signed)} gives {called}, by its English title. Its duties, in our words: {named(held)}. "
        f"{helps}",
        "imprecise" if called == "assurances" and not fights else "supported",
    )
