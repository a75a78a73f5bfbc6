"""Claims on who is in NATO (lesson 02)."""

import pandas as pd

from ... import measures, words
from .. import Finding, judged, rule

FOUNDERS_AS_LISTED = {"BEL", "GBR", "DNK", "FRA", "ISL", "ITA", "LUX", "NLD", "NOR", "PRT"}
LATER_AS_LISTED = {
    *("ALB", "BGR", "HRV", "CZE", "EST", "FIN", "DEU", "GRC", "HUN", "LVA", "LTU"),
    *("MNE", "MKD", "POL", "TUR", "ROU", "SVK", "SVN", "ESP", "SWE"),
}


@rule("A0-05", "A4-04")
def twelve_founders(founders):
    """The sentence holds if number, split by continent and day are all as it says."""
    american = founders["iso3"].isin(measures.NORTH_AMERICA).sum()
    day = founders["accession_date"].iloc[0]
    right = (
        len(founders) == 12 and american == 2 and day == pd.Timestamp("1949-04-04") and "USA" in set(founders["iso3"])
    )
    return Finding(
        f"{len(founders)} states signed the treaty on {words.day(day)}: {american} in North America, "
        f"the United States among them, and {len(founders) - american} in Europe.",
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
def twenty_later_members(later_members):
    """A list is right if no name is missing and none is too many; its number has to fit, too."""
    odd = set(later_members["iso3"]) ^ LATER_AS_LISTED
    entered = later_members["accession_date"].dt.year
    return Finding(
        f"{len(later_members)} states joined later, in {later_members['enlargement_round'].nunique()} rounds "
        f"from {entered.min()} to {entered.max()}; {len(set(later_members['iso3']) & LATER_AS_LISTED)} of them "
        "stand on the article's list.",
        "contradicted" if len(later_members) != 20 or odd else "supported",
    )


@rule("A0-29", "A4-03")
def thirty_two_members(members):
    """A higher number today would make the sentence old, not wrong when it was written."""
    last = members.sort_values("accession_date").iloc[-1]
    return Finding(
        f"The table has {len(members)} members, the last since {words.day(last['accession_date'])} "
        f"({last['country']}).",
        judged(("supported", len(members) == 32), ("outdated", len(members) > 32), otherwise="contradicted"),
    )


@rule("A1-003")
def from_twelve_to_thirty_two(members, founders):
    """Both numbers and both countries of North America have to fit; a higher number makes the sentence old."""
    first = len(founders)
    right = (first, len(members)) == (12, 32) and set(members["iso3"]) >= measures.NORTH_AMERICA
    return Finding(
        f"{first} founders and {len(members) - first} states that joined later make {len(members)}, "
        "Canada and the United States included.",
        judged(("supported", right), ("outdated", len(members) > 32), otherwise="contradicted"),
    )


@rule("A1-004")
def every_corner_of_europe(parts_of_europe, europe_share, people_of_europe):
    """As a figure of speech, each of the UN's parts of Europe has to have an ally; as it stands, each state."""
    reached = (parts_of_europe["allies"] > 0).all()
    everywhere = europe_share["part"] == europe_share["whole"]
    told = words.named(
        f"{row['allies']} of {row['states']} states in {part}" for part, row in parts_of_europe.iterrows()
    )
    return Finding(
        f"There are allies in {(parts_of_europe['allies'] > 0).sum()} of the UN's {len(parts_of_europe)} parts of "
        f"Europe: {told}. In all {europe_share['allies']} of {europe_share['listed']} states, "
        f"with {people_of_europe['percent']:.0f}% of the people.",
        judged(("supported", everywhere), ("supported-with-caveat", reached), otherwise="contradicted"),
        readings=(
            ("as every part of the continent", "supported" if reached else "contradicted"),
            ("as every country", "supported" if everywhere else "contradicted"),
        ),
    )


@rule("A1-024")
def the_georgia_war_stopped_growth(later_members, events):
    """Dates can show that no Soviet republic followed; that others did leaves the cause open."""
    day = events.set_index("id")["date"]
    war, summit = day[measures.GEORGIA_WAR], day[measures.PROMISE]
    soviet = later_members[later_members["former_ussr"]]
    others = later_members[(later_members["accession_date"] > war) & ~later_members["former_ussr"]]
    after = soviet[soviet["accession_date"] > war]
    years = (war - soviet["accession_date"].max()).days / measures.DAYS_A_YEAR
    return Finding(
        f"All {len(soviet) - len(after)} former Soviet republics in NATO joined before the war, the last {years:.1f} "
        f"years before it; after it {len(after) or 'none'} joined, and {len(others)} other states did. Allies had "
        f"failed to agree on action plans for Georgia and Ukraine {(war - summit).days} days before the war.",
        judged(("contradicted", len(after)), ("contested", len(others)), otherwise="supported"),
        readings=(
            ("as dates: none joined since", "contradicted" if len(after) else "supported"),
            ("as a cause: none joined in the years just before it, either", "not-checkable"),
        ),
    )


@rule("A1-049")
def sixth_enhanced_opportunities_partner(events, members, facts):
    """The year and the place in the line of partners have to be as the sentence has them."""
    event = "2020-06-12-ukraine-becomes-enhanced-opportunities"
    day = events.set_index("id").loc[event, "date"]
    place = measures.fact(facts, "events", event, "place_among_partners")
    nordic = members[members["iso3"].isin(["FIN", "SWE"])]
    gone = nordic.loc[nordic["accession_date"] > day, "country"]
    return Finding(
        f"Ukraine became the sixth such partner on {words.day(day)}. Since then {words.named(gone)} became members, "
        f"so {6 - len(gone)} of the six are partners still.",
        "supported" if day.year == 2020 and place == 6 else "contradicted",
    )


@rule("A1-080")
def finland_and_the_baltics_were_soviet(members):
    """Right only if each of the four was a Soviet republic as well as a neighbour of Russia."""
    rows = members.set_index("iso3").loc[["FIN", "EST", "LVA", "LTU"]]
    soviet, border = rows[rows["former_ussr"]]["country"], rows[rows["borders_russia"]]["country"]
    return Finding(
        f"With a border with Russia: {words.named(border)}. Former Soviet republics: {words.named(soviet)}. "
        "Finland has been independent since 1917 and never was one.",
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
        f"Germany stands in the table with {words.day(entered)}; until 1990 that meant West Germany.",
        "supported" if entered.year == 1955 else "contradicted",
    )


@rule("A1-119")
def thirty_of_forty_four(shares_of_europe):
    """Both numbers have to come from one and the same list; each alone is in some list."""
    shares = shares_of_europe
    both = (shares["allies"] == 30) & (shares["listed"] == 44)
    told = words.named(f"{row['allies']} of {row['listed']} by {name}" for name, row in shares.iterrows())
    either = (shares["allies"] == 30) | (shares["listed"] == 44)
    return Finding(
        f"{told}. The UN list includes the Holy See and leaves out Türkiye.",
        judged(("supported", both.any()), ("imprecise", either.any()), otherwise="contradicted"),
        readings=tuple(
            (f"{name}: {row['allies']} of {row['listed']}", "supported" if both[name] else "imprecise")
            for name, row in shares.iterrows()
        ),
        turns="" if both.any() else "30 goes with one list, 44 with another.",
    )


@rule("A1-120")
def coverage_makes_an_invitation_likely(years_waited, still_waiting):
    """Odds need those who waited in vain as well; a table of those who got in can give none."""
    clocks = still_waiting.set_index("country")["years"]
    return Finding(
        f"States now in NATO took {years_waited['years'].min():.1f} to {years_waited['years'].max():.1f} years from "
        f"application or action plan to entry. Ukraine's promise is {clocks['Ukraine, since the promise']:.1f} years "
        f"old, its application {clocks['Ukraine, since applying']:.1f}. The table holds only those who got in, "
        "so it gives no odds.",
        "not-checkable",
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
def newest_members(members):
    """Finland in April 2023 and Sweden in March 2024 have to be the last two; later ones make the sentence old."""
    newest = members.sort_values("accession_date").tail(2)
    said = [("FIN", 2023, 4), ("SWE", 2024, 3)]
    found = [(code, day.year, day.month) for code, day in zip(newest["iso3"], newest["accession_date"], strict=True)]
    told = [f"{row['country']} on {words.day(row['accession_date'])}" for _, row in newest.iterrows()]
    in_nato = {"FIN", "SWE"} <= set(members["iso3"])
    return Finding(
        f"The last two to join are {words.named(told)}.",
        judged(("supported", found == said), ("outdated", in_nato), otherwise="contradicted"),
    )
