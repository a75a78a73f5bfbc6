"""Claims on who is in NATO (lesson 02)."""

import pandas as pd

from ... import measures, words
from .. import Finding, judged, rule

FOUNDERS_AS_LISTED = {"BEL", "GBR", "DNK", "FRA", "ISL", "ITA", "LUX", "NLD", "NOR", "PRT"}
LATER_AS_LISTED = {
    *("ALB", "BGR", "HRV", "CZE", "EST", "FIN", "DEU", "GRC", "HUN", "LVA", "LTU"),
    *("MNE", "MKD", "POL", "TUR", "ROU", "SVK", "SVN", "ESP", "SWE"),
}


def _came(members, then):
    """'Finland on 4 April 2023 and ...': who became a member after the day of `then`, '' if nobody did."""
    came = members[~members["iso3"].isin(then["iso3"])].sort_values("accession_date")
    return (
        words.named(
            f"{name} on {words.day(day)}" for name, day in zip(came["country"], came["accession_date"], strict=True)
        )
        if len(came)
        else ""
    )


def _turned(came):
    return f"Right when it was written; since then came {came}." if came else ""


@rule("A0-05", "A4-04")
def twelve_founders(founders, treaty_facts):
    """The sentence holds if number, split by continent and day are all as it says."""
    american = founders["iso3"].isin(measures.NORTH_AMERICA).sum()
    day = founders["accession_date"].iloc[0]
    right = (
        len(founders) == 12 and american == 2 and day == pd.Timestamp("1949-04-04") and "USA" in set(founders["iso3"])
    )
    return Finding(
        f"{len(founders)} states signed the treaty on {words.day(day)}: {american} in North America, "
        f"the United States among them, and {len(founders) - american} in Europe. "
        f"It was in force from {words.day(treaty_facts[11]['in_force'])}.",
        "supported" if right else "contradicted",
    )


@rule("A0-15")
def ten_named_founders(founders):
    """A list is right if no name is missing and none is too many."""
    european = set(founders["iso3"]) - measures.NORTH_AMERICA
    odd = european ^ FOUNDERS_AS_LISTED
    return Finding(
        f"{len(european & FOUNDERS_AS_LISTED)} of the {len(FOUNDERS_AS_LISTED)} European names on the article's list "
        f"stand in the table of founders; {len(odd)} stand on one list only.",
        "contradicted" if odd else "supported",
    )


@rule("A0-16")
def twenty_later_members(later_members, articles):
    """On the day it was written no name may miss and none be too many; who came later makes the list old."""
    then = measures.when_written(later_members, articles, "A0")
    odd, came = set(then["iso3"]) ^ LATER_AS_LISTED, _came(later_members, then)
    entered = then["accession_date"].dt.year
    return Finding(
        f"{len(then)} states had joined later, in {then['enlargement_round'].nunique()} rounds "
        f"from {entered.min()} to {entered.max()}; {len(set(then['iso3']) & LATER_AS_LISTED)} of them "
        "stand on the article's list.",
        judged(("contradicted", len(then) != 20 or odd), ("outdated", came), otherwise="supported"),
        turns=_turned(came),
    )


@rule("A0-29", "A4-03")
def thirty_two_members(members, articles):
    """A higher number today makes the sentence old, not wrong: what counts first is the day it was written."""
    last = members.sort_values("accession_date").iloc[-1]
    then = measures.when_written(members, articles, "A0")
    came = _came(members, then)
    return Finding(
        f"The table has {len(members)} members, the last since {words.day(last['accession_date'])} "
        f"({last['country']}).",
        judged(("contradicted", len(then) != 32), ("outdated", came), otherwise="supported"),
        turns=_turned(came),
    )


@rule("A1-003")
def from_twelve_to_thirty_two(members, founders, articles):
    """Both numbers and both countries of North America have to fit; who came later makes the sentence old."""
    first, then = len(founders), measures.when_written(members, articles, "A1")
    right = (first, len(then)) == (12, 32) and set(then["iso3"]) >= measures.NORTH_AMERICA
    came = _came(members, then)
    return Finding(
        f"There were {first} founders, and {len(members) - first} states joined later. That makes {len(members)}, "
        "with Canada and the United States among them.",
        judged(("contradicted", not right), ("outdated", came), otherwise="supported"),
        turns=_turned(came),
    )


@rule("A1-004")
def every_corner_of_europe(parts_of_europe, europe_share, people_of_europe):
    """As a figure of speech, each of the UN's parts of Europe has to have an ally; as it stands, each state."""
    reached = (parts_of_europe["allies"] > 0).all()
    everywhere = europe_share["part"] == europe_share["whole"]
    told = words.named(
        f"{row['allies']} of {row['states']} states in {part}" for part, row in parts_of_europe.iterrows()
    )
    many = (parts_of_europe["allies"] > 0).sum()
    return Finding(
        f"Of the UN's {len(parts_of_europe)} parts of Europe {many} have allies. They are {told}. "
        f"In all {europe_share['allies']} of {europe_share['listed']} states, "
        f"with {people_of_europe['percent']:.0f}% of the people.",
        judged(("supported", everywhere), ("supported-with-caveat", reached), otherwise="contradicted"),
        readings=(
            ("as every part of the continent", "supported" if reached else "contradicted"),
            ("as every country", "supported" if everywhere else "contradicted"),
        ),
    )


@rule("A1-024")
def the_georgia_war_stopped_growth(later_members, events, articles):
    """Dates can show that no Soviet republic followed; that others did leaves the cause open. A later one ends it."""
    day = events.set_index("id")["date"]
    war, summit = day[measures.GEORGIA_WAR], day[measures.PROMISE]
    soviet = later_members[later_members["former_ussr"]]
    others = later_members[(later_members["accession_date"] > war) & ~later_members["former_ussr"]]
    before, after = soviet[soviet["accession_date"] <= war], soviet[soviet["accession_date"] > war]
    too_early = after["iso3"].isin(measures.when_written(later_members, articles, "A1")["iso3"]).any()
    dates = judged(("contradicted", too_early), ("outdated", len(after)), otherwise="supported")
    years = (war - before["accession_date"].max()).days / measures.DAYS_A_YEAR
    return Finding(
        f"{len(before)} former Soviet republics joined NATO before the war, the last {years:.1f} "
        f"years before it. After it {words.named(after['country'])} joined, and {len(others)} other states did. "
        f"Allies had failed to agree on plans for Georgia and Ukraine {(war - summit).days} days before the war.",
        judged((dates, dates != "supported"), ("contested", len(others)), otherwise="supported"),
        readings=(
            ("as dates: none joined since", dates),
            ("as a cause: none joined in the years just before it, either", "not-checkable"),
        ),
        turns=_turned(_came(soviet, before)),
    )


@rule("A1-049")
def sixth_enhanced_opportunities_partner(events, members, facts):
    """The year and the place in the line of partners have to be as the sentence has them."""
    event = "2020-06-12-ukraine-becomes-enhanced-opportunities"
    day = events.set_index("id").loc[event, "date"]
    place = measures.fact(facts, "events", event, "place_among_partners")
    partners = measures.fact(facts, "events", event, "partners")
    gone = members.loc[members["iso3"].isin(partners) & (members["accession_date"] > day)]
    gone = gone.sort_values("accession_date")["country"]
    return Finding(
        f"Ukraine became the sixth such partner on {words.day(day)}. Since then {words.named(gone)} became members, "
        f"so {len(partners) - len(gone)} of the {len(partners)} are partners still.",
        "supported" if day.year == 2020 and place == 6 else "contradicted",
    )


@rule("A1-080")
def finland_and_the_baltics_were_soviet(members, occupied):
    """Right only if each of the four was a Soviet republic as well as a neighbour of Russia."""
    rows = members.set_index("iso3").loc[["FIN", "EST", "LVA", "LTU"]]
    soviet, border = rows[rows["former_ussr"]]["country"], rows[rows["borders_russia"]]["country"]
    return Finding(
        f"Border with Russia: {words.named(border)}. Former Soviet republics: {words.named(soviet)}. These were "
        f"occupied in {words.named(occupied['year'].unique())}, which many states never recognised. "
        "Finland has been its own state since 1917. It never was one of those republics.",
        "supported" if len(soviet) == len(border) == len(rows) else "contradicted",
        readings=(
            ("as a sentence on a border with Russia", "supported" if len(border) == len(rows) else "contradicted"),
            ("as a sentence on the Soviet Union", "supported" if len(soviet) == len(rows) else "contradicted"),
        ),
    )


@rule("A1-103")
def west_germany_in_1955(members):
    """The year decides."""
    entered = members.set_index("iso3").loc["DEU", "accession_date"]
    return Finding(
        f"Germany stands in the table with {words.day(entered)}. Until 1990 that meant West Germany.",
        "supported" if entered.year == 1955 else "contradicted",
    )


@rule("A1-119")
def thirty_of_forty_four(europes, countries, members, articles):
    """Both numbers have to come from one list, with the members of the day of writing; each alone is in some list."""
    then = measures.when_written(members, articles, "A1")
    shares, came = measures.shares_of_europe(europes, countries, then), _came(members, then)
    both = (shares["allies"] == 30) & (shares["listed"] == 44)
    told = words.named(f"{row['allies']} of {row['listed']} by {name}" for name, row in shares.iterrows())
    either = (shares["allies"] == 30) | (shares["listed"] == 44)
    return Finding(
        f"{told}. The UN list includes the Holy See and leaves out Türkiye."
        + (f" The essay is older than the entry of {came}." if came else ""),
        judged(("supported", both.any()), ("imprecise", either.any()), otherwise="contradicted"),
        readings=tuple(
            (f"{name}: {row['allies']} of {row['listed']}", "supported" if both[name] else "imprecise")
            for name, row in shares.iterrows()
        ),
        turns="" if both.any() else "30 goes with one list, 44 with another.",
    )


@rule("A1-120")
def coverage_makes_an_invitation_likely(years_waited, still_waiting, members):
    """Odds need those who waited in vain as well; a table of those who got in can give none, whoever came in since."""
    clocks = still_waiting.set_index("country")["years"]
    entered = members.loc[members["iso3"] == "UKR", "accession_date"]
    ukraine = words.named(f"Ukraine entered on {words.day(day)}" for day in entered)
    if entered.empty:
        ukraine = (
            f"Ukraine's promise is {clocks['Ukraine, since the promise']:.1f} years old, its application "
            f"{clocks['Ukraine, since applying']:.1f}"
        )
    return Finding(
        f"States now in NATO took {years_waited['years'].min():.1f} to {years_waited['years'].max():.1f} years from "
        f"application or action plan to entry. {ukraine}. Our tables hold only those who got in. So they cannot say "
        "how likely entry is.",
        "supported-with-caveat" if len(entered) else "not-checkable",
    )


@rule("A4-05")
def many_eastern_states_joined(later_members, countries):
    """'Many' is more than half of those that joined after the Soviet Union ended, or more than three of them."""
    later = later_members[later_members["accession_date"] > "1991-12-26"]
    behind = measures.formerly_communist(later)
    listed = countries.set_index("iso3")["m49_subregion"]
    eastern = later[later["iso3"].map(listed) == "Eastern Europe"]
    return Finding(
        f"Of the {len(later)} states that joined after 1991, {len(behind)} had been in the Warsaw Pact, the Soviet "
        f"Union or Yugoslavia; {len(eastern)} lie in the UN's Eastern Europe.",
        "supported" if len(behind) > len(later) / 2 else "contested",
        readings=(
            (f"as formerly communist states: {len(behind)}", "supported"),
            (f"as the UN's Eastern Europe: {len(eastern)}", "supported" if len(eastern) > 3 else "contested"),
        ),
    )


@rule("A4-06")
def newest_members(members, articles):
    """Finland in April 2023 and Sweden in March 2024 have to be the last two when it was written; then it grows old."""
    then = measures.when_written(members, articles, "A4")
    newest, came = then.sort_values("accession_date").tail(2), _came(members, then)
    said = [("FIN", 2023, 4), ("SWE", 2024, 3)]
    found = [(code, day.year, day.month) for code, day in zip(newest["iso3"], newest["accession_date"], strict=True)]
    told = [f"{row['country']} on {words.day(row['accession_date'])}" for _, row in newest.iterrows()]
    day = words.month(articles.set_index("id").loc["A4", "not_before"])
    return Finding(
        f"The last two to join by {day} were {words.named(told)}.",
        judged(("contradicted", found != said), ("outdated", came), otherwise="supported"),
        turns=_turned(came),
    )
