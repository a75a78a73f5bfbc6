"""Claims on reforms and readiness: corruption, democracy, agencies (lesson 08)."""

import re

import pandas as pd

from ... import measures, words
from ...words import named
from .. import Finding, rule

AGENCIES = "2014-10-14-law-creates-national-anti"


@rule("A1-050")
def a_full_democracy(tables):
    institutions = tables["institutions"]
    electoral = measures.scores(institutions, measures.UKRAINE, "vdem_electoral")
    rights = measures.scores(institutions, measures.UKRAINE, "fh_political_rights")
    status = measures.scores(institutions, measures.UKRAINE, "fh_status")
    free = status[status == "F"].index
    fell = electoral.iloc[-1] < electoral[2021]
    return Finding(
        f"Electoral democracy by V-Dem: {electoral[2021]:.2f} in 2021, {electoral.iloc[-1]:.2f} in {electoral.index[-1]}, on a scale from 0 to 1. Freedom House gave political rights {rights.iloc[-1]} of 7 in {rights.index[-1]} (lower is freer) and called Ukraine free in {len(free)} of {len(status)} years{f', from {free.min()} to {free.max()}' if len(free) else ''}.",
        "contradicted" if status.iloc[-1] == "F" else "supported-with-caveat" if fell else "supported",
        readings=(
            ("by the newest scores, in wartime", "contradicted" if status.iloc[-1] == "F" else "supported"),
            (f"by the scores of {free.max() if len(free) else 2021}", "contested" if len(free) else "supported"),
        ),
    )


@rule("A1-062")
def half_way_against_corruption(tables):
    ways = measures.half_way(tables["institutions"])
    near = (ways["percent"] - 50).abs() <= 5
    depends = ways["percent"].max() - ways["percent"].min() > 10
    return Finding(
        f"The corruption score rose from {ways['start'].iloc[0]} in 2014 to {ways['now'].iloc[0]}: "
        + named(f"{percent:.0f}% of the way to {goal}" for percent, goal in zip(ways["percent"], ways["goal"]))
        + ". The sentence names no start, no goal and no measure.",
        "supported" if near.all() else "not-checkable" if depends else "contradicted",
        readings=tuple(
            (f"goal {yardstick}", "supported" if close else "contradicted")
            for yardstick, close in zip(ways["yardstick"], near)
        ),
        turns="The answer turns on the goal that is chosen." if depends else "",
    )


@rule("A2-06")
def why_the_bid_stalled(tables):
    institutions, members, events = tables["institutions"], tables["members"], tables["events"]
    corruption = measures.scores(institutions, measures.UKRAINE, "cpi_score")[2021]
    allies = institutions[(institutions["year"] == 2021) & institutions["iso3"].isin(members["iso3"])]
    lower, _ = measures.entered_lower(institutions, members, "vdem_electoral", 2021)
    joined = measures.at_accession(institutions, members, "vdem_electoral")
    bucharest = measures.event(events, "2008-04-03-bucharest-summit-will-become")
    minsk = measures.event(events, "2015-02-12-minsk-ii-package")
    demand = measures.event(events, "2021-12-17-russia-publishes-draft-treaties")
    cleaner = int((allies["cpi_score"] > corruption).sum())
    kept = (
        "cannot agree" in bucharest["description"],
        "unresolved" in minsk["stance_reason"],
        cleaner > len(allies) / 2 and len(lower) < len(joined) / 2,
    )
    return Finding(
        f"{bucharest['said']}: allies could not agree. From 2015 on the fighting in the east stood under a ceasefire plan that did not end it. In 2021 {cleaner} of {len(allies)} allies of today had a better corruption score than Ukraine's {corruption}, and {len(lower)} of {len(joined)} members had joined with less electoral democracy. A reason left out here: on {demand['said']} Moscow demanded that Ukraine be shut out.",
        "supported-with-caveat" if all(kept) else "contested" if any(kept) else "contradicted",
    )


@rule("A0-47")
def a_list_of_reforms(tables):
    programme = measures.event(tables["events"], "2009-08-21-declaration-complements-nato-ukraine")
    vilnius = measures.event(tables["events"], "2023-07-11-vilnius-summit-drops-action")
    listed, open_ = "reforms" in programme["description"], "unspecified conditions" in vilnius["description"]
    return Finding(
        f"{programme['said']}: {programme['description']} {vilnius['said']}: {vilnius['description']}",
        ("supported-with-caveat" if open_ else "supported") if listed else "contradicted",
    )


def _date_in(text, pattern):
    """The day that follows `pattern` in a text, or None."""
    found = re.search(pattern + r" (\d{1,2} \w+ \d{4})", str(text))
    return pd.Timestamp(found[1]) if found else None


@rule("A1-057")
def the_bureau_of_2014(tables):
    row = measures.event(tables["events"], AGENCIES)
    founded = _date_in(row["description"], "by decree on")
    said = f"; the bureau itself was set up on {words.day(founded)}" if founded is not None else ""
    law = row["date"].year == 2014
    later = founded is not None and founded.year > 2014
    return Finding(
        f"The law is of {row['said']}{said}.",
        ("imprecise" if later else "supported") if law else "contradicted",
        readings=(
            ("by the day of the law", "supported" if law else "contradicted"),
            ("by the day the bureau was set up", "contradicted" if later else "supported"),
        ),
    )


@rule("A1-058")
def the_agency_of_2016(tables):
    row = measures.event(tables["events"], AGENCIES)
    created = _date_in(row["flag_text"], "created on")
    work = re.search(r"began work in (\d{4})", str(row["flag_text"]))
    at_work = work is not None and work[1] == "2016"
    on_paper = created is not None and created.year == 2016
    return Finding(
        f"The law is of {row['said']}; the agency was created on {words.day(created)} and began work in {work[1]}."
        if created is not None and work
        else f"The law is of {row['said']}.",
        "supported" if on_paper else "imprecise" if at_work else "contradicted",
        readings=(
            ("by the day it was created", "supported" if on_paper else "contradicted"),
            ("by the start of its work", "supported" if at_work else "contradicted"),
        ),
    )


@rule("A1-059")
def enforcement_sped_up(tables):
    own = measures.scores(tables["institutions"], measures.UKRAINE, "cpi_score")
    war = own[own.index >= 2021]
    change, margin = int(war.iloc[-1] - war.iloc[0]), max(measures.CPI_MARGIN)
    return Finding(
        f"Corruption score: {named(f'{score} ({year})' for year, score in war.items())}: {change:+d} points, with standard errors of {measures.CPI_MARGIN[0]:g} to {margin:g}. A score of perceived corruption is not a count of cases.",
        "contradicted" if change < -2 * margin else "supported" if change > 4 * margin else "contested",
        readings=(
            ("by the score alone", "supported" if change > margin else "contested"),
            ("by the number of cases", "not-checkable"),
        ),
    )
