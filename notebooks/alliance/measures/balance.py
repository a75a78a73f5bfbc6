"""Europe and Russia weighed in four ways, what the United States carries, and what the war changed."""

import pandas as pd

from .. import words
from ..world import table
from .geography import allied_border, border_days, border_lengths
from .membership import allies_on
from .spending import EUROPE_AND_CANADA, NATO, in_edition

NORTH_AMERICA = ["USA", "CAN"]
WEIGHTS = {  # what is weighed: (column of countries, its year's, what a unit is called, what one unit holds)
    "economy (GDP)": ("gdp_usd", "gdp_year", "trillion US$", 1e12),
    "people": ("population", "population_year", "million people", 1e6),
    "military spending": ("spending", "gdp_year", "billion US$", 1e9),
    "active forces": ("forces", "active_military_year", "thousand people", 1e3),
}
RANGES = ["low", "middle", "high"]
UKRAINE_WITH = ["neither", "Europe", "Russia"]
SETTINGS = {  # single settings of the switches of `two_sides` that claims and checks look at
    "as they are": {},
    "low": dict(forces="low"),
    "high": dict(forces="high"),
    "without Türkiye": dict(turkiye=False),
    "without Türkiye, high": dict(turkiye=False, forces="high"),
    "with the United States": dict(usa=True),
    "at purchasing power": dict(purchasing_power=True),
    "Ukraine with Europe": dict(ukraine="Europe"),
    "Ukraine with Russia": dict(ukraine="Russia"),
    "Ukraine with Russia, high": dict(ukraine="Russia", forces="high"),
}
FORCES_CIA, FORCES_NATO = "active forces (CIA)", "active forces (NATO)"
BEFORE = 2021  # the last full year before the full-scale invasion


def weighed(countries, military_expenditure, year, forces="middle"):
    """Each country's GDP, people, military spending (US$, market rates) and active forces, index iso3.

    Where forces are known as a range, `forces` takes its low end, middle or high end.
    """
    known = countries.set_index("iso3")
    low, high = known["active_military_low"].astype(float), known["active_military_high"].astype(float)
    spending = military_expenditure[military_expenditure["year"] == year].set_index("iso3")["usd_current_millions"]
    return pd.DataFrame(
        {
            "name": known["name"],
            "gdp_usd": known["gdp_usd"],
            "population": known["population"].astype(float),
            "spending": (spending * 1e6).reindex(known.index),
            "forces": {"low": low, "middle": (low + high) / 2, "high": high}[forces],
        }
    )


@table
def two_sides(
    countries,
    members,
    military_expenditure,
    spending_other_totals,
    usa=False,
    turkiye=True,
    purchasing_power=False,
    forces="middle",
    ukraine="neither",
):
    """Europe's allies and Russia weighed in four ways, a row each.

    Columns: weight, unit, europe, russia (in that unit), year, source (of spending alone; the others' are their
    columns'), ratio (Europe : Russia), europe_share, russia_share (%). Spending is of the year of the GDP.
    Purchasing power changes spending alone, and there a printed pair of totals stands in: no switch moves it.
    """
    year = int(countries["gdp_year"].max())
    rows = weighed(countries, military_expenditure, year, forces)
    out = NORTH_AMERICA if not usa else ["CAN"]
    side = [code for code in members["iso3"] if code not in out and (turkiye or code != "TUR")]
    there = ["RUS"]
    if ukraine != "neither":
        (side if ukraine == "Europe" else there).append("UKR")
    weights = pd.DataFrame(
        [
            (
                weight,
                unit,
                rows.loc[side, column].sum() / scale,
                rows.loc[there, column].sum() / scale,
                countries[of].max(),
            )
            for weight, (column, of, unit, scale) in WEIGHTS.items()
        ],
        columns=["weight", "unit", "europe", "russia", "year"],
    )
    spending = weights["weight"] == "military spending"
    sipri = military_expenditure[military_expenditure["year"] == year].set_index("iso3")["source"]
    weights = weights.assign(source=sipri["RUS"]).astype({"source": object})
    if purchasing_power:
        iiss = spending_other_totals.set_index("id").loc[["iiss-2024-europe", "iiss-2024-russia"]]
        printed = iiss.loc["iiss-2024-russia"]
        weights.loc[spending, ["unit", "europe", "russia", "year", "source"]] = [
            "billion at purchasing power", *iiss["ppp_billions"], printed["year"], printed["source"],
        ]  # fmt: skip
    both = weights["europe"] + weights["russia"]
    return weights.assign(
        source=weights["source"].where(spending),
        ratio=weights["europe"] / weights["russia"],
        europe_share=100 * weights["europe"] / both,
        russia_share=100 * weights["russia"] / both,
    )


@table
def side_ratios(countries, members, military_expenditure, spending_other_totals):
    """Europe : Russia in each of the four ways (index weight), a column for each of `SETTINGS`."""
    sides = countries, members, military_expenditure, spending_other_totals
    ratios = {name: two_sides(*sides, **switches).set_index("weight")["ratio"] for name, switches in SETTINGS.items()}
    return pd.DataFrame(ratios).loc[list(WEIGHTS)]


def ways_by_lead(side_ratios):
    """The four ways, Europe's largest lead over Russia first."""
    return list(side_ratios["as they are"].sort_values(ascending=False).index)


@table
def us_parts(countries, members, defence_expenditure, edition):
    """What part of the alliance's means is the United States', largest first, in the newest actual year of an edition.

    Forces are counted twice: by the CIA (all who serve) and in NATO's own table. Columns: what, unit, united_states,
    others (in that unit), us_part, others_part (%), year, source (none where the columns of countries name theirs).
    """
    rows = countries[countries["iso3"].isin(members["iso3"])].set_index("iso3")
    nato = in_edition(defence_expenditure, edition)
    year = int(nato.loc[(nato["iso3"] == NATO) & (nato["status"] == "actual"), "year"].max())
    nato = nato[nato["year"] == year].set_index("iso3")
    nuclear = members.set_index("iso3")["nuclear_power"]
    usa, printed = rows.loc["USA"], nato.loc["USA", "source"]
    money, soldiers = nato["usd_current_millions"] / 1e3, nato["personnel_thousands"]
    forces, people = rows["active_military"] / 1e3, rows["population"] / 1e6
    known = members.set_index("iso3")["source"]
    counts = [
        ("defence spending", "billion US$", money["USA"], money[NATO], year, printed),
        ("economy (GDP)", "trillion US$", usa["gdp_usd"] / 1e12, rows["gdp_usd"].sum() / 1e12, usa["gdp_year"], None),
        (FORCES_CIA, "thousand people", forces["USA"], forces.sum(), usa["active_military_year"], None),
        (FORCES_NATO, "thousand people", soldiers["USA"], soldiers[NATO], year, printed),
        ("states with nuclear arms", "states", float(nuclear["USA"]), float(nuclear.sum()), None, known["USA"]),
        ("people", "million people", people["USA"], people.sum(), usa["population_year"], None),
    ]
    parts = pd.DataFrame(counts, columns=["what", "unit", "united_states", "whole", "year", "source"])
    parts = parts.assign(
        others=parts["whole"] - parts["united_states"], us_part=100 * parts["united_states"] / parts["whole"]
    )
    parts = parts.assign(others_part=100 - parts["us_part"]).astype({"year": "Int64"})
    columns = ["what", "unit", "united_states", "others", "us_part", "others_part", "year", "source"]
    return parts.sort_values("us_part", ascending=False, ignore_index=True)[columns]


def largest_us_part(us_parts):
    """That of which the United States holds the largest part."""
    return us_parts["what"].iloc[0]


@table
def war_changes(
    members, borders, allied_spending, guideline_by_year, alliance_totals, troops, monthly_allocations, edition
):
    """NATO before the full-scale invasion and after, a row a measure: columns what, before, after, unit, when."""
    last = in_edition(allied_spending, edition)
    year = int(last.loc[last["status"] == "actual", "year"].max())
    counts = guideline_by_year.set_index("year")["count"]
    totals = in_edition(alliance_totals[alliance_totals["iso3"] == EUROPE_AND_CANADA], edition)
    europe = totals.set_index("year")["usd_constant_2021_millions"] / 1000
    known, eve = border_lengths(borders), pd.Timestamp(BEFORE, 12, 31)
    border = [allied_border(members, known, day)["length_km"].sum() for day in (eve, None)]
    groups = troops[troops["measure"].isin(["battlegroup size", "framework nation"])].groupby("year")["iso3"].nunique()
    earlier, later = groups.index[groups.index < BEFORE].max(), groups.index.max()
    aid = monthly_allocations[monthly_allocations["iso3"].isin(members["iso3"])]["military"].sum()
    joined, known_until = members["accession_date"].max(), pd.Timestamp(monthly_allocations["month"].max())
    money = f"{BEFORE}; {year} ({words.edition(edition)} edition)"
    rows = [
        ("members", len(allies_on(members, eve)), len(members), "states", f"end of {BEFORE}; {joined:%Y}"),
        ("border with Russia", *border, "km", f"end of {BEFORE}; since {list(border_days(members))[-1]}"),
        ("allies at 2% of GDP", counts[BEFORE], counts[year], "states", money),
        ("spending of Europe and Canada", europe[BEFORE], europe[year], "billion US$ of 2021", money),
        ("battlegroups in the east", groups[earlier], groups[later], "groups", f"{earlier}; {later}"),
        (
            "allies' military aid to Ukraine", None, aid, "EUR billion, allocated",
            f"no record before 2022; until {words.month(known_until)}",
        ),
    ]  # fmt: skip
    changes = pd.DataFrame(rows, columns=["what", "before", "after", "unit", "when"])
    return changes.round(0).astype({"before": "Int64", "after": "Int64"})
