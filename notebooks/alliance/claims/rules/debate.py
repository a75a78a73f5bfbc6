"""Claims on reasons for and against membership (lesson 10).

Opinions and forecasts that no table bears on have no rule here: the ledger says why.
"""

from ... import measures
from ...measures import facts_by_row, facts_of
from ...words import day, month, named, number, times
from .. import Finding, judged, rule

_BUCHAREST = "2008-04-03-bucharest-summit-will-become"
_DRAFTS = "2021-12-17-russia-publishes-draft-treaties"
_INVASION = "2022-02-24-russia-launches-full-scale"
_NO_INVITATION = "2024-12-03-nato-ministers-put-arms"


def _dates(events):
    return events.set_index("id")["date"]


@rule("A0-24")
def allies_isolate_moscow(allied_military_aid):
    """One ally that gives no arms is enough: allies do not act as one, and closeness itself is in no table."""
    aid, release = allied_military_aid, allied_military_aid["release"].iloc[0]
    none = aid.loc[aid["military"] == 0, "country"]
    return Finding(
        f"Closeness is in no table. Aid is: of {aid['military'].notna().sum()} allies tracked, {len(none)} gave "
        f"Ukraine no military aid ({named(none)}), by Kiel's release {release[1:]}. Allies do not act as one.",
        "contested" if len(none) else "supported-with-caveat",
    )


@rule("A0-48")
def entry_during_the_war(events, members, articles, option_facts):
    """Entry would end it; before that it is a judgement, and one option leaves out the land that is fought over."""
    applied = _dates(events)["2022-09-30-ukraine-applies-fast-track"]
    since = members[members["accession_date"] > applied]
    entered = since["iso3"].eq("UKR")
    others = named(since.loc[~entered, "country"])
    joined = f"{others} joined after that day, Ukraine did not"
    if entered.any():
        joined = f"{others} joined after that day, Ukraine on {day(since.loc[entered, 'accession_date'].item())}"
    return Finding(
        f"Ukraine applied on {day(applied)}. {joined}. Whether entry would have meant war is a judgement. "
        "Each ally chooses its action under Article 5. One option would cover only the land that Kyiv holds.",
        judged(
            ("contradicted", "UKR" in set(measures.when_written(members, articles, "A0")["iso3"])),
            ("outdated", entered.any()),
            ("contested", not option_facts["limited-article-5"]["covers_occupied_land"]),
            otherwise="supported-with-caveat",
        ),
        turns=f"The newest accession in the table is of {day(members['accession_date'].max())}.",
    )


@rule("A1-006")
def allies_determined_to_integrate(events, facts):
    """A will of “the allies” is contested once some of them opposed it at the summit."""
    dates = _dates(events)
    asked, bucharest = dates["2008-01-ukraine-leaders-ask-membership"], dates[_BUCHAREST]
    divided = bool(facts_of(facts, "events", _BUCHAREST).get("opposed"))
    return Finding(
        f"Ukraine's leaders asked for an action plan in {month(asked)}. On {day(bucharest)} Germany and France were "
        "against it, the United States for it. Allies were divided, and the wish was Kyiv's, too."
        if divided
        else f"Allies agreed on {day(bucharest)}.",
        "contested" if divided else "supported-with-caveat",
    )


@rule("A1-068")
def unthinkable_for_now(events, facts):
    """Statements against membership can be counted; the two adjectives are judgements, so they stay contested."""
    since = _dates(events)["2025-02-12-hegseth-calls-nato-membership"]
    against = facts_by_row(facts, "events", "us_against_membership")
    about = events[events["id"].isin(against.index[against.eq(True)]) & (events["date"] >= since)]
    return Finding(
        f"Since {day(since)} the United States spoke or moved against membership for Ukraine "
        f"{times(len(about))} in our table. “Anti-NATO” and “pro-Russian” are what the article makes of it. "
        "No table holds such judgements.",
        "contested" if len(about) else "not-checkable",
    )


@rule("A1-075")
def only_deterrence_stops_moscow(status_when_attacked):
    """Two attacks under two laws fit several explanations; under one law they would fit this one better."""
    status = status_when_attacked.set_index("attack")
    same = status["non_bloc"].nunique() == 1
    return Finding(
        f"There were two attacks. In 2014 Ukraine was {_status(status.loc['2014'])}. In 2022 it was "
        f"{_status(status.loc['2022'])}. It was an ally in neither. So few cases can be explained in several ways.",
        "supported-with-caveat" if same else "contested",
    )


def _status(row):
    law = "outside all blocs by law" if row["non_bloc"] else "no longer outside all blocs by law"
    return law + (", and its constitution made NATO membership an aim" if row["nato_aim"] else "")


@rule("A1-079")
def article_5_deters(russias_neighbours, chance_all_outside):
    """An ally invaded would contradict it; above 5 of 100, the usual line, chance explains the record as well."""
    table = russias_neighbours
    allies, others = table[table["ally"]], table[~table["ally"]]
    hit = int(allies["happened"].sum())
    verdict = "supported-with-caveat"
    if hit:
        verdict = "contradicted"
    elif chance_all_outside > 5:
        verdict = "contested"
    return Finding(
        f"Russia has {len(table)} land neighbours. Since 1991 {hit} of {len(allies)} allies and "
        f"{others['happened'].sum()} of {len(others)} others were invaded, as they stood on the day. Picked by chance "
        f"alone, all invaded would be non-allies in {chance_all_outside:.0f} of 100 cases. The record fits "
        "deterrence. But so few cases fit chance, too.",
        verdict,
    )


@rule("A1-083")
def no_security_in_neutrality(status_when_attacked):
    """Each attack is a reading: it speaks for the sentence only if Ukraine was outside all blocs by law that day."""
    readings = tuple(
        (
            f"the attack of {row['attack']}: Ukraine was {_status(row)}",
            "supported" if row["non_bloc"] else "contradicted",
        )
        for _, row in status_when_attacked.iterrows()
    )
    fits = status_when_attacked["non_bloc"]
    verdict = "contradicted"
    if fits.all():
        verdict = "supported-with-caveat"
    elif fits.any():
        verdict = "contested"
    return Finding(
        f"The non-bloc law was in force in {fits.sum()} of {len(fits)} attacks. Being outside blocs did not protect "
        "Ukraine in 2014. In 2022 it was not neutral by law.",
        verdict,
        readings=readings,
    )


@rule("A1-086", "A2-08")
def moscow_objects(events, facts):
    """What Moscow demanded in public is on record; what moved it is not."""
    demands = facts_of(facts, "events", _DRAFTS).get("demands_no_enlargement", False)
    return Finding(
        f"On {day(_dates(events)[_DRAFTS])} Russia published drafts. They demand promises in law that NATO grows no "
        "more. This is what it says. Whether fear was the cause of the war is disputed.",
        "supported" if demands else "not-checkable",
    )


@rule("A1-089")
def ukraine_unimportant(weight_of_ukraine):
    """Under a tenth of the output is small, over a quarter of the soldiers is large: if both hold, it is contested."""
    share = weight_of_ukraine
    small, large = share["output"] < 10, share["soldiers"] > 25
    verdict = "contradicted"
    if small:
        verdict = "contested" if large else "supported-with-caveat"
    return Finding(
        f"Take the {share['allies']} European allies together. Beside them Ukraine has {share['people']:.0f}% as many "
        f"people, {number(share['output'], 1)}% of their output and, in wartime, about {share['soldiers']:.0f}% of "
        "their active soldiers. It is small in money and large in soldiers. Which one counts is a judgement.",
        verdict,
    )


@rule("A1-093")
def only_to_keep_it_out_of_nato(events, stated_aims):
    """Aims on record can be counted: if Moscow stated others than the alliance, the one motive is contested."""
    counts = stated_aims["kind"].value_counts()
    others = counts.drop("alliance", errors="ignore")
    told = named(f"{count} {kind}" for kind, count in others.items())
    return Finding(
        f"Our table has {len(stated_aims)} aims that Russia's leadership stated, and {counts.get('alliance', 0)} are "
        f"about alliances. The others, by kind: {told}. On "
        f"{day(_dates(events)['2022-09-30-russia-claims-four-more'])} it declared four more regions its own. "
        "What moved Moscow is argued over.",
        "contested" if len(others) else "not-checkable",
    )


@rule("A1-112")
def no_state_fought_for_ukraine(events, facts):
    """A state that sent forces to fight for Ukraine would make it contested; that volunteers went is the caveat."""
    fighting = facts_of(facts, "events", _INVASION)["states_fighting_for_ukraine"]
    return Finding(
        f"States that sent forces to fight on Ukraine's side since {day(_dates(events)[_INVASION])}, in our tables: "
        f"{fighting or 'none'}. Volunteers went.",
        "contested" if fighting else "supported-with-caveat",
    )


@rule("A3-02")
def fear_of_a_wider_war(reasons_why_not, claims):
    """It is a reason given; that it is one of several is the caveat."""
    own = reasons_why_not[reasons_why_not["given_in"].map(lambda ids: "A3-02" in ids)].iloc[0]
    return Finding(
        f"It is one of {len(reasons_why_not)} reasons that the articles give; {own['articles']} of "
        f"{claims['article'].nunique()} articles give this one.",
        "supported-with-caveat" if len(reasons_why_not) > 1 else "supported",
    )


@rule("A3-13")
def zelenskyy_wants_it_before_talks(events):
    """His plan put it first until, on the day of his offer, it did not: the order of the two days decides."""
    dates = _dates(events)
    plan, offer = dates["2024-10-16-zelenskyy-presents-victory-plan"], dates["2025-12-14-zelenskyy-offers-set-nato"]
    return Finding(
        f"His plan of {day(plan)} put an invitation first. On {day(offer)} he offered to set the bid aside for binding "
        "guarantees.",
        "supported-with-caveat" if plan < offer else "supported",
        readings=((f"from {day(plan)}", "supported"), (f"since {day(offer)}", "outdated")),
        turns=f"He held to it until {day(offer)}.",
    )


@rule("A3-20")
def ukraine_blames_the_powers(events, facts):
    """Kyiv did recall 1994 that day; that it is two reproaches in one is the caveat."""
    dates = _dates(events)
    recalls = facts_of(facts, "events", _NO_INVITATION).get("kyiv_recalls_1994", False)
    return Finding(
        f"On {day(dates[_NO_INVITATION])} Kyiv recalled the memorandum of "
        f"{day(dates['1994-12-05-budapest-memorandum-signed'])}. It said that it would accept nothing in place of "
        "membership. That Russia broke a promise is one reproach. That others did too little is another.",
        "supported-with-caveat" if recalls else "not-checkable",
    )
