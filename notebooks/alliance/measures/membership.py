"""Who is in NATO, since when, by which way, and what part of Europe that is."""

from typing import Literal

import pandas as pd

from ..world import table
from .facts import facts_by_row
from .geography import label_points

WAITS = {  # a clock -> the column of its length, the column of its start
    "from application or action plan to entry": ("years_route_to_accession", "route_start_date"),
    "from invitation to entry": ("years_invited_to_accession", "invited_date"),
    "from signed protocol to entry": ("days_protocol_to_accession", "protocol_date"),
}
BEHIND_THE_CURTAIN = ["former_warsaw_pact", "former_ussr", "former_yugoslavia"]
NORTH_AMERICA = {"USA", "CAN"}
CAUCASUS = ["ARM", "AZE", "GEO"]
DAYS_A_YEAR = 365.25
PROMISE, APPLICATION = "2008-04-03-bucharest-summit-will-become", "2022-09-30-ukraine-applies-fast-track"
GEORGIA_WAR = "2008-08-08-russia-georgia-war"
MAP_WINDOW = dict(lon=(-25, 46), lat=(33.5, 71.5))  # degrees that a map of Europe shows
LARGE_KM2 = 240_000  # a country of this size has room for its name on a map


# Members by day ------------------------------------------------------------------------------


@table
def last_event_day(events, members):
    """The day of the newest event or entry: up to then we know who is an ally and who still waits."""
    return max(events["date"].max(), members["accession_date"].max())


@table
def founders(members):
    """Rows of the states that were members from the first day."""
    return members[members["accession_date"] == members["accession_date"].min()]


@table
def later_members(members):
    """Rows of the states that joined after the founders, by day of entry and name."""
    return members[members["enlargement_round"] > 0].sort_values(["accession_date", "country"])


def allies_on(members, day):
    """Rows of the states that are members on `day` (a date or text like '2023-04-04')."""
    return members[members["accession_date"] <= pd.Timestamp(day)]


def when_written(members, articles, article):
    """Rows of the states that were members on the first day on which an article ("A0") can have been written."""
    return allies_on(members, articles.set_index("id").loc[article, "not_before"])


@table
def members_by_year(members, last_event_day):
    """How many states are members at the end of each year from the first to that of the newest event.

    Columns: year, members, joined (how many that year), who (their names).
    """
    since = members["accession_date"].dt.year
    years = pd.Series(range(since.min(), last_event_day.year + 1), name="year")
    who = members.sort_values(["accession_date", "country"]).groupby(since)["country"].agg(", ".join)
    joined = years.map(since.value_counts()).fillna(0).astype(int)
    return pd.DataFrame({"year": years, "members": joined.cumsum(), "joined": joined, "who": years.map(who).fillna("")})


def members_at_year_end(members_by_year):
    """The number of members at the end of each year: a Series, index year."""
    return members_by_year.set_index("year")["members"]


@table
def allies_by_entry(members, year):
    """The allies at the end of `year` by day of entry and name; adds `new`, who joined in that very year."""
    allies = allies_on(members, f"{year}-12-31").sort_values(["accession_date", "country"])
    return allies.assign(new=allies["accession_date"].dt.year == year)


# Clocks --------------------------------------------------------------------------------------


@table
def wait():
    """The clock that a chart shows unless it is told another: a key of `WAITS`."""
    return next(iter(WAITS))


@table
def years_waited(later_members, wait: Literal[*WAITS]):
    """How long each ally waited, `wait` a key of `WAITS`: columns country, years, since, until (its entry), route.

    Founders did not wait; where a step is not known the ally is left out. Longest first.
    `attrs`: `middle`, the median, and `longest`, the longest wait by any clock, for a steady axis.
    """
    length, start = WAITS[wait]
    waited = pd.DataFrame(
        {
            "country": later_members["country"],
            "years": _in_years(later_members[length]),
            "since": later_members[start],
            "until": later_members["accession_date"],
            "route": later_members["route"].fillna("not recorded"),
        }
    )
    waited = waited.dropna(subset="years").sort_values(["years", "country"], ascending=[False, True])
    longest = max(_in_years(later_members[column]).max() for column, _ in WAITS.values())
    waited.attrs = dict(middle=waited["years"].median(), longest=longest)
    return waited.reset_index(drop=True)


def _in_years(length):
    return length / (DAYS_A_YEAR if length.name.startswith("days") else 1)


def longest_wait(years_waited):
    """The years that the slowest ally waited."""
    return years_waited["years"].max()


@table
def still_waiting(events, members, last_event_day):
    """Clocks that still ran on the day of the newest event: promise and application of Ukraine, promise of Georgia.

    Columns iso3, country (whose clock, and from when), since, until (that day), years, route ("still waiting").
    Whoever has joined waits no more.
    """
    dates = events.set_index("id")["date"]
    rows = [
        ("GEO", "Georgia, since the promise", dates[PROMISE]),
        ("UKR", "Ukraine, since the promise", dates[PROMISE]),
        ("UKR", "Ukraine, since applying", dates[APPLICATION]),
    ]
    clocks = pd.DataFrame(rows, columns=["iso3", "country", "since"])
    clocks = clocks[~clocks["iso3"].isin(members["iso3"])].reset_index(drop=True)
    years = (last_event_day - clocks["since"]).dt.days / DAYS_A_YEAR
    return clocks.assign(until=last_event_day, years=years, route="still waiting")


@table
def waits_and_clocks(years_waited, still_waiting):
    """The waits of `years_waited` and the clocks of `still_waiting` as one table, longest first."""
    clocks = still_waiting.drop(columns="iso3")
    return pd.concat([years_waited, clocks]).sort_values("years", ascending=False)


@table
def years_between_entries(members, last_event_day):
    """Years between one day of entry and the next: columns accession_date, who, years since the one before.

    The last row is the gap still open on the day of the newest event; it has no day of entry.
    `attrs`: `middle`, the median of the closed gaps, and `until`, the day to which the open one is counted.
    """
    days = (
        members.groupby("accession_date")["country"]
        .agg(lambda names: ", ".join(sorted(names)))
        .rename("who")
        .reset_index()
    )
    gaps = days.assign(years=days["accession_date"].diff().dt.days / DAYS_A_YEAR).dropna(subset="years")
    still_open = (last_event_day - days["accession_date"].max()).days / DAYS_A_YEAR
    unclosed = pd.DataFrame([{"accession_date": pd.NaT, "who": "no entry yet", "years": still_open}])
    rows = pd.concat([gaps, unclosed])
    rows.attrs = dict(middle=gaps["years"].median(), until=last_event_day)
    return rows


# What part of Europe -------------------------------------------------------------------------


@table
def europes(countries):
    """Three definitions of Europe as lists of codes: {what it is called: codes}.

    The UN's statistics office lists the first; the wide list adds Cyprus, the Caucasus and Kosovo as well.
    """
    listed = list(countries.loc[countries["in_un_m49_europe"].eq(True), "iso3"])
    return {
        "the UN list": listed,
        "the UN list with Türkiye": [*listed, "TUR"],
        "a wide list": [*listed, "TUR", "CYP", *CAUCASUS, "XKX"],
    }


@table
def definition(europes):
    """The definition of Europe that a chart shows unless it is told another: the first of `europes`."""
    return next(iter(europes))


@table
def states_of_europe(
    europes, countries, members, definition, counted: Literal["countries", "population", "area_km2"] = "countries"
):
    """The states of one Europe, allies first and the largest first: iso3, name, ally, amount, before, nato_status.

    `definition` is a key of `europes`; `amount` counts what `counted` says: countries, population or area_km2, and
    `before` is the sum of those that stand before.
    """
    rows = countries[countries["iso3"].isin(europes[definition])]
    amount = pd.Series(1, index=rows.index) if counted == "countries" else rows[counted].astype(float)
    rows = rows[["iso3", "name", "nato_status"]].assign(ally=rows["iso3"].isin(members["iso3"]), amount=amount)
    rows = rows.sort_values(["ally", "amount"], ascending=False)
    return rows.assign(before=rows["amount"].cumsum() - rows["amount"])


@table
def europe_share(states_of_europe):
    """The part of one Europe that lies in NATO: allies, listed, part and whole in what is counted, percent.

    A missing amount is left out of both sides.
    """
    allies, amount = states_of_europe["ally"], states_of_europe["amount"]
    part, whole = amount[allies].sum(), amount.sum()
    return pd.Series(
        dict(allies=int(allies.sum()), listed=len(allies), part=part, whole=whole, percent=100 * part / whole),
        dtype=object,
    )


@table
def shares_of_europe(europes, countries, members):
    """`europe_share` by number of states for each definition: index definition."""
    return pd.DataFrame({name: europe_share(states_of_europe(europes, countries, members, name)) for name in europes}).T


@table
def people_of_europe(europes, countries, members, definition):
    """`europe_share` by number of people."""
    return europe_share(states_of_europe(europes, countries, members, definition, counted="population"))


@table
def parts_of_europe(countries, members):
    """The UN's parts of Europe: columns allies, states; index the part's name."""
    europe = countries[countries["in_un_m49_europe"].eq(True)]
    ally = europe["iso3"].isin(members["iso3"])
    return ally.groupby(europe["m49_subregion"]).agg(allies="sum", states="size")


@table
def allies_beyond(states_of_europe, members):
    """Rows of the allies that lie outside the Europe of `states_of_europe`."""
    return members[~members["iso3"].isin(states_of_europe["iso3"])]


# Rounds --------------------------------------------------------------------------------------


@table
def rounds(later_members, events, mark):
    """Who joined in each year of entry, split by a yes/no column `mark`.

    Columns: year, marked, others, marked_states, other_states (names), after_war (bool: later than the year of
    the war in Georgia). `attrs`: `war`, its day.
    """
    war = events.set_index("id").loc[GEORGIA_WAR, "date"]
    rows = []
    for year, group in later_members.groupby(later_members["accession_date"].dt.year):
        yes, no = group[group[mark]]["country"], group[~group[mark]]["country"]
        rows.append((year, len(yes), len(no), ", ".join(yes), ", ".join(no), year > war.year))
    found = pd.DataFrame(rows, columns=["year", "marked", "others", "marked_states", "other_states", "after_war"])
    found.attrs = dict(war=war)
    return found


@table
def occupied(members, facts):
    """The allies that the Soviet Union occupied and held as republics of its own: columns country, year."""
    year = members["iso3"].map(facts_by_row(facts, "members", "occupied_in"))
    return members.assign(year=year).dropna(subset="year").astype({"year": int})[["country", "year"]]


def formerly_communist(members):
    """Rows of allies that were in the Warsaw Pact, the Soviet Union or Yugoslavia."""
    return members[members[BEHIND_THE_CURTAIN].any(axis=1)]


# Maps ----------------------------------------------------------------------------------------


@table
def europe_land(europe_outlines, countries):
    """What a map of Europe can draw, an outline a row, then countries that lie outside it.

    Columns: iso3, name (the course's, else the outline's), outlined (bool), lon, lat (degrees: where its mark
    and name stand, missing outside the map), large (bool: room for its name).
    """
    points = label_points(europe_outlines, **MAP_WINDOW)
    drawn = pd.Series({feature["id"]: feature["properties"]["name"] for feature in europe_outlines["features"]})
    known = countries.set_index("iso3")
    land = points.reindex(points.index.union(known.index.difference(points.index), sort=False)).rename_axis("iso3")
    return land.assign(
        name=known["name"].reindex(land.index).fillna(drawn),
        outlined=land.index.isin(points.index),
        large=(known["area_km2"] >= LARGE_KM2).reindex(land.index, fill_value=False),
    ).reset_index()


@table
def states_by_entry(members, countries):
    """The states that a map of the alliance colours: columns iso3, accession_date (missing where not an ally)."""
    since = members.set_index("iso3")["accession_date"]
    listed = countries.loc[countries["in_un_m49_europe"].notna(), "iso3"]
    states = pd.DataFrame({"iso3": [*since.index, *listed]}).drop_duplicates()
    return states.assign(accession_date=states["iso3"].map(since))


@table
def standings(countries, members):
    """Where each state stands towards NATO: columns iso3, name, nato_status, nato_status_note, accession_date.

    Whoever stands among the members is a member, whatever the table of countries still says.
    """
    rows = countries[countries["nato_status"].notna()]
    since = rows["iso3"].map(members.set_index("iso3")["accession_date"])
    rows = rows[["iso3", "name", "nato_status", "nato_status_note"]].assign(accession_date=since)
    return rows.assign(nato_status=rows["nato_status"].mask(since.notna(), "member"))
