"""Who is in NATO, since when, by which way, and what part of Europe that is."""

import pandas as pd

WAITS = {
    "from application or action plan to entry": "years_route_to_accession",
    "from invitation to entry": "years_invited_to_accession",
    "from signed protocol to entry": "days_protocol_to_accession",
}
BEHIND_THE_CURTAIN = ["former_warsaw_pact", "former_ussr", "former_yugoslavia"]
CAUCASUS = ["ARM", "AZE", "GEO"]
DAYS_A_YEAR = 365.25


def allies_on(members, day):
    """Rows of the states that are members on `day` (a date or text like '2023-04-04')."""
    return members[members["accession_date"] <= pd.Timestamp(day)]


def members_by_year(members, last):
    """How many states are members at the end of each year from the first to `last`.

    Columns: year, members, joined (how many that year), who (their names).
    """
    since = members["accession_date"].dt.year
    years = pd.Series(range(since.min(), last + 1), name="year")
    who = members.sort_values(["accession_date", "country"]).groupby(since)["country"].agg(", ".join)
    joined = years.map(since.value_counts()).fillna(0).astype(int)
    return pd.DataFrame({"year": years, "members": joined.cumsum(), "joined": joined, "who": years.map(who).fillna("")})


def years_waited(members, wait):
    """How long each ally waited, `wait` a key of `WAITS`: columns country, years, since, until (its entry), route.

    Founders did not wait; where a step is not known the ally is left out. Longest first.
    """
    column = WAITS[wait]
    start = {"years_route_to_accession": "route_start_date", "years_invited_to_accession": "invited_date"}.get(
        column, "protocol_date"
    )
    later = members[members["enlargement_round"] > 0]
    table = pd.DataFrame(
        {
            "country": later["country"],
            "years": later[column] / (DAYS_A_YEAR if column.startswith("days") else 1),
            "since": later[start],
            "until": later["accession_date"],
            "route": later["route"].fillna("not recorded"),
        }
    )
    return (
        table.dropna(subset="years").sort_values(["years", "country"], ascending=[False, True]).reset_index(drop=True)
    )


def still_waiting(events, day):
    """Clocks that still ran on `day`: promise and application of Ukraine, promise of Georgia.

    Columns country (whose clock, and from when), since, until (`day`), years, route ("still waiting").
    """
    dates = events.set_index("id")["date"]
    promise, applied = dates["2008-04-03-bucharest-summit-will-become"], dates["2022-09-30-ukraine-applies-fast-track"]
    rows = [
        ("Georgia, since the promise", promise),
        ("Ukraine, since the promise", promise),
        ("Ukraine, since applying", applied),
    ]
    table = pd.DataFrame(rows, columns=["country", "since"])
    until = pd.Timestamp(day)
    return table.assign(until=until, years=(until - table["since"]).dt.days / DAYS_A_YEAR, route="still waiting")


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


def share_of_europe(countries, members, definition, counted="countries"):
    """The part of Europe that lies in NATO, by a definition (a key of `europes`).

    `counted`: countries, population or area_km2. Returns a table with one row a country (iso3, name, ally, amount)
    and a dict of allies, listed, part and whole in that count, and percent. Where an amount is missing
    it is left out of both sides and named in `missing`.
    """
    codes = europes(countries)[definition]
    rows = countries[countries["iso3"].isin(codes)][["iso3", "name", "population", "area_km2", "nato_status"]]
    amount = pd.Series(1, index=rows.index) if counted == "countries" else rows[counted].astype(float)
    rows = rows.assign(ally=rows["iso3"].isin(members["iso3"]), amount=amount)
    part, whole = rows.loc[rows["ally"], "amount"].sum(), rows["amount"].sum()
    return rows.drop(columns=["population", "area_km2"]), dict(
        allies=int(rows["ally"].sum()),
        listed=len(rows),
        part=float(part),
        whole=float(whole),
        percent=float(100 * part / whole),
        missing=list(rows.loc[rows["amount"].isna(), "name"]),
    )


def rounds(members, mark):
    """Who joined in each year of entry, split by a yes/no column `mark`: year, marked, others, names of both."""
    later = members[members["enlargement_round"] > 0].sort_values(["accession_date", "country"])
    rows = []
    for year, group in later.groupby(later["accession_date"].dt.year):
        yes = group[group[mark]]["country"]
        no = group[~group[mark]]["country"]
        rows.append((year, len(yes), len(no), ", ".join(yes), ", ".join(no)))
    return pd.DataFrame(rows, columns=["year", "marked", "others", "marked_states", "other_states"])


def formerly_communist(members):
    """Rows of allies that were in the Warsaw Pact, the Soviet Union or Yugoslavia."""
    return members[members[BEHIND_THE_CURTAIN].any(axis=1)]


def years_between_entries(members):
    """Years between one day of entry and the next: columns accession_date, who, years since the one before."""
    days = (
        members.groupby("accession_date")["country"]
        .agg(lambda names: ", ".join(sorted(names)))
        .rename("who")
        .reset_index()
    )
    return days.assign(years=days["accession_date"].diff().dt.days / DAYS_A_YEAR)
