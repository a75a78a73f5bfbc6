"""Claims on who is in NATO (lesson 02)."""

import pandas as pd

from ... import measures
from ...words import named
from .. import Finding, rule

NORTH_AMERICA = {"USA", "CAN"}
FOUNDERS_AS_LISTED = {"BEL", "GBR", "DNK", "FRA", "ISL", "ITA", "LUX", "NLD", "NOR", "PRT"}
LATER_AS_LISTED = {
    *("ALB", "BGR", "HRV", "CZE", "EST", "FIN", "DEU", "GRC", "HUN", "LVA", "LTU"),
    *("MNE", "MKD", "POL", "TUR", "ROU", "SVK", "SVN", "ESP", "SWE"),
}


def _day(when):
    return f"{when.day} {when:%B %Y}"


def _founders(members):
    return members[members["accession_date"] == members["accession_date"].min()]


@rule("A0-05", "A4-04")
def twelve_founders(tables):
    founders = _founders(tables["members"])
    american = founders["iso3"].isin(NORTH_AMERICA).sum()
    day = founders["accession_date"].iloc[0]
    right = (
        len(founders) == 12 and american == 2 and day == pd.Timestamp("1949-04-04") and "USA" in set(founders["iso3"])
    )
    return Finding(
        f"{len(founders)} states signed the treaty on {_day(day)}: {american} in North America, the United States among them, and {len(founders) - american} in Europe.",
        "supported" if right else "contradicted",
    )


@rule("A0-15")
def ten_named_founders(tables):
    european = set(_founders(tables["members"])["iso3"]) - NORTH_AMERICA
    odd = european ^ FOUNDERS_AS_LISTED
    return Finding(
        f"{len(european & FOUNDERS_AS_LISTED)} of the {len(FOUNDERS_AS_LISTED)} European names on the article's list stand in the table of founders; {len(odd)} stand on one list only.",
        "contradicted" if odd else "supported",
    )


@rule("A0-16")
def twenty_later_members(tables):
    members = tables["members"]
    later = members[members["enlargement_round"] > 0]
    odd = set(later["iso3"]) ^ LATER_AS_LISTED
    return Finding(
        f"{len(later)} states joined later, in {later['enlargement_round'].nunique()} rounds from {later['accession_date'].min():%Y} to {later['accession_date'].max():%Y}; {len(set(later['iso3']) & LATER_AS_LISTED)} of them stand on the article's list.",
        "contradicted" if len(later) != 20 or odd else "supported",
    )


@rule("A0-29", "A4-03")
def thirty_two_members(tables):
    members = tables["members"]
    last = members.sort_values("accession_date").iloc[-1]
    return Finding(
        f"The table has {len(members)} members, the last since {_day(last['accession_date'])} ({last['country']}).",
        "supported" if len(members) == 32 else "outdated" if len(members) > 32 else "contradicted",
    )


@rule("A1-003")
def from_twelve_to_thirty_two(tables):
    members = tables["members"]
    first = len(_founders(members))
    right = (first, len(members)) == (12, 32) and set(members["iso3"]) >= NORTH_AMERICA
    return Finding(
        f"{first} founders and {len(members) - first} states that joined later make {len(members)}, Canada and the United States included.",
        "supported" if right else "outdated" if len(members) > 32 else "contradicted",
    )


@rule("A1-004")
def every_corner_of_europe(tables):
    countries, members = tables["countries"], tables["members"]
    europe = countries[countries["in_un_m49_europe"].eq(True)]
    parts = (
        europe.assign(ally=europe["iso3"].isin(members["iso3"])).groupby("m49_subregion")["ally"].agg(["sum", "size"])
    )
    _, states = measures.share_of_europe(countries, members, "the UN list")
    _, people = measures.share_of_europe(countries, members, "the UN list", "population")
    reached, everywhere = (parts["sum"] > 0).all(), states["part"] == states["whole"]
    told = named(f"{row['sum']} of {row['size']} states in {part}" for part, row in parts.iterrows())
    return Finding(
        f"There are allies in {(parts['sum'] > 0).sum()} of the UN's {len(parts)} parts of Europe: {told}. In all {states['allies']} of {states['listed']} states, with {people['percent']:.0f}% of the people.",
        "supported" if everywhere else "supported-with-caveat" if reached else "contradicted",
        readings=(
            ("as every part of the continent", "supported" if reached else "contradicted"),
            ("as every country", "supported" if everywhere else "contradicted"),
        ),
    )


@rule("A1-024")
def the_georgia_war_stopped_growth(tables):
    members = tables["members"]
    war = tables["events"].set_index("id").loc["2008-08-08-russia-georgia-war", "date"]
    summit = tables["events"].set_index("id").loc["2008-04-03-bucharest-summit-will-become", "date"]
    later = members[members["enlargement_round"] > 0]
    soviet = later[later["former_ussr"]]
    after, others = (
        soviet[soviet["accession_date"] > war],
        later[(later["accession_date"] > war) & ~later["former_ussr"]],
    )
    years = (war - soviet["accession_date"].max()).days / measures.DAYS_A_YEAR
    grew = len(others) > 0
    return Finding(
        f"All {len(soviet) - len(after)} former Soviet republics in NATO joined before the war, the last {years:.1f} years before it; after it {len(after) or 'none'} joined, and {len(others)} other states did. Allies had failed to agree on action plans for Georgia and Ukraine {(war - summit).days} days before the war.",
        "contradicted" if len(after) else "contested" if grew else "supported",
        readings=(
            ("as dates: none joined since", "contradicted" if len(after) else "supported"),
            ("as a cause: none joined in the years just before it, either", "not-checkable"),
        ),
    )


@rule("A1-049")
def sixth_enhanced_opportunities_partner(tables):
    event = tables["events"].set_index("id").loc["2020-06-12-ukraine-becomes-enhanced-opportunities"]
    members = tables["members"].set_index("iso3")
    since = members.loc[[code for code in ("FIN", "SWE") if code in members.index]]
    gone = since[since["accession_date"] > event["date"]]["country"]
    right = event["date"].year == 2020 and "Sixth" in event["description"]
    return Finding(
        f"Ukraine became the sixth such partner on {_day(event['date'])}. Since then {named(gone)} became members, so {6 - len(gone)} of the six are partners still.",
        "supported" if right else "contradicted",
    )


@rule("A1-080")
def finland_and_the_baltics_were_soviet(tables):
    rows = tables["members"].set_index("iso3").loc[["FIN", "EST", "LVA", "LTU"]]
    soviet, border = rows[rows["former_ussr"]]["country"], rows[rows["borders_russia"]]["country"]
    return Finding(
        f"With a border with Russia: {named(border)}. Former Soviet republics: {named(soviet)}. Finland has been independent since 1917 and never was one.",
        "supported" if len(soviet) == len(border) == len(rows) else "contradicted",
        readings=(
            ("as a sentence on a border with Russia", "supported" if len(border) == len(rows) else "contradicted"),
            ("as a sentence on the Soviet Union", "supported" if len(soviet) == len(rows) else "contradicted"),
        ),
    )


@rule("A1-103")
def west_germany_in_1955(tables):
    row = tables["members"].set_index("iso3").loc["DEU"]
    return Finding(
        f"Germany stands in the table with {_day(row['accession_date'])}; until 1990 that meant West Germany.",
        "supported" if row["accession_date"].year == 1955 else "contradicted",
    )


@rule("A1-119")
def thirty_of_forty_four(tables):
    shares = {
        definition: measures.share_of_europe(tables["countries"], tables["members"], definition)[1]
        for definition in measures.europes(tables["countries"])
    }
    both = {definition: (share["allies"], share["listed"]) == (30, 44) for definition, share in shares.items()}
    half = any(share["allies"] == 30 or share["listed"] == 44 for share in shares.values())
    told = named(f"{share['allies']} of {share['listed']} by {definition}" for definition, share in shares.items())
    return Finding(
        f"{told}. The UN list includes the Holy See and leaves out Türkiye.",
        "supported" if any(both.values()) else "imprecise" if half else "contradicted",
        readings=tuple(
            (f"{definition}: {share['allies']} of {share['listed']}", "supported" if both[definition] else "imprecise")
            for definition, share in shares.items()
        ),
        turns="" if any(both.values()) else "30 goes with one list, 44 with another.",
    )


@rule("A1-120")
def coverage_makes_an_invitation_likely(tables):
    routes = measures.years_waited(tables["members"], "from application or action plan to entry")
    clocks = measures.still_waiting(tables["events"], tables["events"]["date"].max()).set_index("country")["years"]
    return Finding(
        f"States now in NATO took {routes['years'].min():.1f} to {routes['years'].max():.1f} years from application or action plan to entry. Ukraine's promise is {clocks['Ukraine, since the promise']:.1f} years old, its application {clocks['Ukraine, since applying']:.1f}. The table holds only those who got in, so it gives no odds.",
        "not-checkable",
    )


@rule("A4-05")
def many_eastern_states_joined(tables):
    members = tables["members"]
    later = members[members["accession_date"] > "1991-12-26"]
    behind = measures.formerly_communist(later)
    listed = tables["countries"].set_index("iso3")["m49_subregion"]
    eastern = later[later["iso3"].map(listed) == "Eastern Europe"]
    return Finding(
        f"Of the {len(later)} states that joined after 1991, {len(behind)} had been in the Warsaw Pact, the Soviet Union or Yugoslavia; {len(eastern)} lie in the UN's Eastern Europe.",
        "supported" if len(behind) > len(later) / 2 else "contested",
        readings=(
            (f"as formerly communist states: {len(behind)}", "supported"),
            (f"as the UN's Eastern Europe: {len(eastern)}", "supported" if len(eastern) > 3 else "contested"),
        ),
    )


@rule("A4-06")
def newest_members(tables):
    members = tables["members"].sort_values("accession_date")
    newest = members.tail(2)
    said = [("FIN", 2023, 4), ("SWE", 2024, 3)]
    found = [(code, day.year, day.month) for code, day in zip(newest["iso3"], newest["accession_date"], strict=True)]
    return Finding(
        f"The last two to join are {named(f'{name} on {_day(day)}' for name, day in zip(newest['country'], newest['accession_date'], strict=True))}.",
        "supported" if found == said else "outdated" if {"FIN", "SWE"} <= set(members["iso3"]) else "contradicted",
    )
