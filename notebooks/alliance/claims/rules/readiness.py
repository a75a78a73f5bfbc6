"""Claims on reforms and readiness: corruption, democracy, agencies (lesson 08)."""

from ... import measures
from ...words import day, named
from .. import Finding, rule

AGENCIES = "2014-10-14-law-creates-national-anti"
BEFORE_WAR = measures.BEFORE_WARS[1]


@rule("A1-050")
def a_full_democracy(institutions):
    """Freedom House's "free" would contradict the sentence; a score that fell in wartime is the caveat."""
    electoral = measures.scores(institutions, measures.UKRAINE, "vdem_electoral")
    rights = measures.scores(institutions, measures.UKRAINE, "fh_political_rights")
    status = measures.scores(institutions, measures.UKRAINE, "fh_status")
    free = status[status == "F"].index
    verdict = "supported-with-caveat" if electoral.iloc[-1] < electoral[BEFORE_WAR] else "supported"
    if status.iloc[-1] == "F":
        verdict = "contradicted"
    span = f", from {free.min()} to {free.max()}" if len(free) else ""
    return Finding(
        f"V-Dem scores electoral democracy from 0 to 1. It gave {electoral[BEFORE_WAR]:.2f} for {BEFORE_WAR} and "
        f"{electoral.iloc[-1]:.2f} for {electoral.index[-1]}. Freedom House gave political rights {rights.iloc[-1]} of "
        f"7 in {rights.index[-1]} (lower is freer). "
        f"It called Ukraine free in {len(free)} of {len(status)} years{span}.",
        verdict,
        readings=(
            ("by the newest scores, in wartime", "contradicted" if status.iloc[-1] == "F" else "supported"),
            (
                f"by the scores of {free.max() if len(free) else BEFORE_WAR}",
                "contested" if len(free) else "supported",
            ),
        ),
    )


@rule("A1-062")
def half_way_against_corruption(half_way):
    """Half way is 45 to 55%; goals that lie more than 10 points of a per cent apart leave the answer to the goal."""
    near = (half_way["percent"] - 50).abs() <= 5
    depends = half_way["percent"].max() - half_way["percent"].min() > 10
    verdict = "not-checkable" if depends else "contradicted"
    if near.all():
        verdict = "supported"
    start, now, since = half_way[["start", "now", "since"]].iloc[0]
    ways = named(f"{percent:.0f}% of the way to {goal}" for percent, goal in zip(half_way["percent"], half_way["goal"]))
    return Finding(
        f"The corruption score rose from {start} in {since} to {now}: {ways}. "
        "The sentence names no start, no goal and no measure.",
        verdict,
        readings=tuple(
            (f"goal {yardstick}", "supported" if close else "contradicted")
            for yardstick, close in zip(half_way["yardstick"], near)
        ),
        turns="The answer turns on the goal that is chosen." if depends else "",
    )


@rule("A2-06")
def why_the_bid_stalled(standing, events, facts):
    """Each reason must show: no agreement, a war not ended, and Ukraine in the lower half by both indices."""
    bucharest, minsk = "2008-04-03-bucharest-summit-will-become", "2015-02-12-minsk-ii-package"
    summit, _, demand = (
        measures.event(events, key) for key in (bucharest, minsk, "2021-12-17-russia-publishes-draft-treaties")
    )
    kept = (
        not measures.fact(facts, "events", bucharest, "action_plan_agreed"),
        not measures.fact(facts, "events", minsk, "fighting_ended"),
        standing["cleaner"] > standing["allies"] / 2 and standing["lower"] < standing["joined"] / 2,
    )
    verdict = "contested" if any(kept) else "contradicted"
    if all(kept):
        verdict = "supported-with-caveat"
    return Finding(
        f"{summit['said']}: allies could not agree. From 2015 on Russia's war in the east stood under a ceasefire plan "
        f"that did not end it. In {standing['year']} {standing['cleaner']} of {standing['allies']} allies of today had "
        f"a better corruption score than Ukraine's {standing['corruption']}. And {standing['lower']} of "
        f"{standing['joined']} members had joined with less electoral democracy. A reason left out here: "
        f"on {demand['said']} Moscow demanded that Ukraine be shut out.",
        verdict,
    )


@rule("A0-47")
def a_list_of_reforms(events, facts):
    """A programme of reforms is a list; conditions that are not named are why it needs the caveat."""
    programme, vilnius = "2009-08-21-declaration-complements-nato-ukraine", "2023-07-11-vilnius-summit-drops-action"
    first, second = (measures.event(events, key) for key in (programme, vilnius))
    verdict = "supported-with-caveat"
    if measures.fact(facts, "events", vilnius, "conditions_named"):
        verdict = "supported"
    if not measures.fact(facts, "events", programme, "lists_reforms"):
        verdict = "contradicted"
    return Finding(f"{first['said']}: {first['description']} {second['said']}: {second['description']}", verdict)


@rule("A1-057")
def the_bureau_of_2014(events, facts):
    """The year counts: right by the law, imprecise where the bureau itself was set up in a later one."""
    row = measures.event(events, AGENCIES)
    founded = measures.fact(facts, "events", AGENCIES, "bureau_set_up")
    law, later = row["date"].year == 2014, founded.year > 2014
    verdict = "imprecise" if later else "supported"
    return Finding(
        f"The law is of {row['said']}. The bureau itself was set up on {day(founded)}.",
        verdict if law else "contradicted",
        readings=(
            ("by the day of the law", "supported" if law else "contradicted"),
            ("by the day the bureau was set up", "contradicted" if later else "supported"),
        ),
    )


@rule("A1-058")
def the_agency_of_2016(events, facts):
    """The year counts: right if the agency was created in it, imprecise if it only began work in it."""
    row = measures.event(events, AGENCIES)
    created = measures.fact(facts, "events", AGENCIES, "agency_created")
    work = measures.fact(facts, "events", AGENCIES, "agency_at_work")
    on_paper, at_work = created.year == 2016, work == 2016
    verdict = "imprecise" if at_work else "contradicted"
    return Finding(
        f"The law is of {row['said']}. The agency was created on {day(created)} and began work in {work}.",
        "supported" if on_paper else verdict,
        readings=(
            ("by the day it was created", "supported" if on_paper else "contradicted"),
            ("by the start of its work", "supported" if at_work else "contradicted"),
        ),
    )


@rule("A1-059")
def enforcement_sped_up(institutions):
    """A difference of two scores is doubtful up to twice the larger standard error; a faster pace asks for more."""
    own = measures.scores(institutions, measures.UKRAINE, "cpi_score")
    war = own[own.index >= BEFORE_WAR]
    change, (least, margin) = int(war.iloc[-1] - war.iloc[0]), measures.CPI_MARGIN
    verdict = "supported" if change > 4 * margin else "contested"
    if change < -2 * margin:
        verdict = "contradicted"
    return Finding(
        f"Corruption score: {named(f'{score} ({year})' for year, score in war.items())}: {change:+d} points, "
        f"with standard errors of {least:g} to {margin:g}. A score of perceived corruption is not a count of cases.",
        verdict,
        readings=(
            ("by the score alone", "supported" if change > margin else "contested"),
            ("by the number of cases", "not-checkable"),
        ),
    )
