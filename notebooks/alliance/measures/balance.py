"""Europe and Russia weighed in four ways, what the United States carries, and what the war changed."""

from typing import Literal

import pandas as pd

from .. import data, words
from ..world import table
from .geography import allied_border, border_days, border_lengths
from .membership import allies_on
from .spending import EUROPE_AND_CANADA, NATO, base_year, in_edition

NORTH_AMERICA = ["USA", "CAN"]
WEIGHTS = {  # what is weighed: (column of countries, its year's, what a unit is called, what one unit holds)
    "economy (GDP)": ("gdp_usd", "gdp_year", "trillion US$", 1e12),
    "people": ("population", "population_year", "million people", 1e6),
    "military spending": ("spending", "gdp_year", "billion US$", 1e9),
    "active forces": ("forces", "active_military_year", "thousand people", 1e3),
}
RANGES = ["low", "middle", "high"]
Forces = Literal[*RANGES]
UKRAINE_WITH = {  # where Ukraine's weight is put, as a control says it
    "with Europe": "Europe",
    "on neither side": "neither",
    "with Russia, if Ukraine were occupied": "Russia",
}
SETTINGS = {  # settings of the switches of `two_sides` that claims and checks look at
    "as they are": {},
    "low": dict(forces="low"),
    "high": dict(forces="high"),
    "without Türkiye": dict(turkiye=False),
    "without Türkiye, high": dict(turkiye=False, forces="high"),
    "with the United States": dict(usa=True),
    "at purchasing power": dict(home_prices=True),
    "without Türkiye, at purchasing power": dict(turkiye=False, home_prices=True),
    "Ukraine with Europe": dict(ukraine="Europe"),
    "Ukraine with Russia": dict(ukraine="Russia"),
    "Ukraine with Russia, high": dict(ukraine="Russia", forces="high"),
    "Ukraine with Russia, at purchasing power": dict(ukraine="Russia", home_prices=True),
    "Ukraine with Russia, without Türkiye, at purchasing power": dict(
        ukraine="Russia", turkiye=False, home_prices=True
    ),
}
IISS = {  # rows of spending_other_totals that a headline of February 2025 set side by side: (side, unit) -> id
    ("Europe", "ordinary dollars"): "iiss-2024-europe",
    ("Russia", "ordinary dollars"): "iiss-2024-russia-market",
    ("Russia", "at purchasing power"): "iiss-2024-russia",
}
FORCES_CIA, FORCES_NATO, WARHEADS = "active forces (CIA)", "active forces (NATO)", "nuclear warheads"
SIDES = ("before", "after")
BEFORE = 2021  # the last full year before the full-scale invasion


def weighed(countries, sipri_spending, year, forces: Forces = "middle"):
    """Each country's GDP, people, military spending (US$, market rates) and active forces, index iso3.

    Where forces are known as a range, `forces` takes its low end, middle or high end.
    """
    known = countries.set_index("iso3")
    low, high = known["active_military_low"].astype(float), known["active_military_high"].astype(float)
    spending = sipri_spending[sipri_spending["year"] == year].set_index("iso3")["usd_current_millions"]
    return pd.DataFrame(
        {
            "name": known["name"],
            "gdp_usd": known["gdp_usd"],
            "population": known["population"].astype(float),
            "spending": (spending * 1e6).reindex(known.index),
            "forces": {"low": low, "middle": (low + high) / 2, "high": high}[forces],
        }
    )


def dollar_factors(purchasing_power):
    """By what an ordinary dollar is multiplied to be one at purchasing power: a Series by iso3, the newest factors."""
    newest = purchasing_power[purchasing_power["year"] == purchasing_power["year"].max()].set_index("iso3")
    return newest["market_rate"] / newest["ppp_rate"]


def at_home_prices(rows, purchasing_power):
    """Rows of `weighed` with money counted in what it buys at home, in every country; people and forces as they are.

    data.DataError names the countries that have money and no factor: a sum of two units would be no sum.
    """
    factors = dollar_factors(purchasing_power).reindex(rows.index)
    money = rows[["gdp_usd", "spending"]]
    if len(lacking := rows.index[factors.isna() & money.notna().any(axis=1)]):
        raise data.DataError(f"purchasing_power has no factor for {words.named(lacking)}.")
    return rows.assign(**money.mul(factors, axis=0))


@table
def two_sides(
    countries,
    members,
    sipri_spending,
    purchasing_power,
    usa=False,
    turkiye=True,
    home_prices=False,
    forces: Forces = "middle",
    ukraine: Literal[*UKRAINE_WITH.values()] = "neither",
):
    """Europe's allies of the year of the weights and Russia, weighed in four ways, a row each.

    Ukraine stands where `ukraine` puts it, an ally or not: nobody weighs on both sides.

    Columns: weight, unit, europe, russia (in that unit), year, source (of spending alone; the others' are their
    columns'), ratio (Europe : Russia), europe_share, russia_share (%). Spending is of the year of the GDP.
    With `home_prices` spending and GDP of every country on both sides are counted at purchasing power. Ukraine's
    weight lies where `ukraine` puts it, an ally or not: no state stands on both sides, or twice on one.
    """
    year = int(countries["gdp_year"].max())
    out = [*NORTH_AMERICA] if not usa else ["CAN"]
    out += ["UKR"] if turkiye else ["UKR", "TUR"]
    side = [code for code in allies_on(members, f"{year}-12-31")["iso3"] if code not in out]
    there = ["RUS"]
    if ukraine != "neither":
        (side if ukraine == "Europe" else there).append("UKR")
    rows = weighed(countries, sipri_spending, year, forces).loc[[*side, *there]]
    if home_prices:
        rows = at_home_prices(rows, purchasing_power)
    weights = pd.DataFrame(
        [
            (
                weight,
                unit.replace("US$", "US$ at purchasing power") if home_prices else unit,
                rows.loc[side, column].sum() / scale,
                rows.loc[there, column].sum() / scale,
                countries[of].max(),
            )
            for weight, (column, of, unit, scale) in WEIGHTS.items()
        ],
        columns=["weight", "unit", "europe", "russia", "year"],
    )
    sipri = sipri_spending[sipri_spending["year"] == year].set_index("iso3")["source"]
    both = weights["europe"] + weights["russia"]
    return weights.assign(
        source=pd.Series(sipri["RUS"], index=weights.index).where(weights["weight"] == "military spending"),
        ratio=weights["europe"] / weights["russia"],
        europe_share=100 * weights["europe"] / both,
        russia_share=100 * weights["russia"] / both,
    )


@table
def side_ratios(countries, members, sipri_spending, purchasing_power):
    """Europe : Russia in each of the four ways (index weight), a column for each of `SETTINGS`."""
    sides = countries, members, sipri_spending, purchasing_power
    ratios = {name: two_sides(*sides, **switches).set_index("weight")["ratio"] for name, switches in SETTINGS.items()}
    return pd.DataFrame(ratios).loc[list(WEIGHTS)]


def ways_by_lead(side_ratios):
    """The four ways, Europe's largest lead over Russia first."""
    return list(side_ratios["as they are"].sort_values(ascending=False).index)


@table
def two_units(spending_other_totals):
    """The press numbers of one headline, each in its unit: columns side, unit, billions, source, compared, year.

    `compared` marks the two that the headline set side by side: one of each unit. `billions` is missing where
    nothing was printed. Values of one publisher, International Institute for Strategic Studies.
    """
    printed = spending_other_totals.set_index("id")
    rows = [
        (side, unit, printed.loc[row, column], printed.loc[row, "source"], printed.loc[row, "year"])
        for (side, unit), row in IISS.items()
        for column in ["ppp_billions" if unit == "at purchasing power" else "usd_billions"]
    ]
    known = pd.DataFrame(rows, columns=["side", "unit", "billions", "source", "year"])
    gap = pd.DataFrame({"side": ["Europe"], "unit": ["at purchasing power"], "year": known["year"].max()})
    units = pd.concat([known, gap], ignore_index=True)
    headline = {("Europe", "ordinary dollars"), ("Russia", "at purchasing power")}
    return units.assign(compared=[pair in headline for pair in zip(units["side"], units["unit"])])


def same_unit_ratio(two_units):
    """How many times Russia's spending Europe's is by one publisher, both in ordinary dollars, to a tenth."""
    dollars = two_units[two_units["unit"] == "ordinary dollars"].set_index("side")["billions"]
    return round(dollars["Europe"] / dollars["Russia"], 1)


@table
def us_parts(countries, members, defence_expenditure, warheads, edition):
    """What part of the means of the alliance of that year is the United States', largest first, in the newest actual
    year of an edition.

    Forces are counted twice: by the CIA (all who serve) and in NATO's own table. Warheads are those in the
    stockpiles of the newest year known. Columns: what, unit, united_states,
    others (in that unit), us_part, others_part (%), year, source (none where the columns of countries name theirs).
    """
    nato = in_edition(defence_expenditure, edition)
    year = int(nato.loc[(nato["iso3"] == NATO) & (nato["status"] == "actual"), "year"].max())
    allies = allies_on(members, f"{year}-12-31")["iso3"]
    rows = countries[countries["iso3"].isin(allies)].set_index("iso3")
    nato = nato[nato["year"] == year].set_index("iso3")
    arms = warheads[(warheads["year"] == warheads["year"].max()) & warheads["iso3"].isin(allies)]
    stock = arms.set_index("iso3")["stockpile"].astype(float)
    usa, printed = rows.loc["USA"], nato.loc["USA", "source"]
    money, soldiers = nato["usd_current_millions"] / 1e3, nato["personnel_thousands"]
    forces, people = rows["active_military"] / 1e3, rows["population"] / 1e6
    counts = [
        ("defence spending", "billion US$", money["USA"], money[NATO], year, printed),
        ("economy (GDP)", "trillion US$", usa["gdp_usd"] / 1e12, rows["gdp_usd"].sum() / 1e12, usa["gdp_year"], None),
        (FORCES_CIA, "thousand people", forces["USA"], forces.sum(), usa["active_military_year"], None),
        (FORCES_NATO, "thousand people", soldiers["USA"], soldiers[NATO], year, printed),
        (WARHEADS, "warheads", stock["USA"], stock.sum(), arms["year"].max(), arms["source"].iloc[0]),
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
    """NATO before the full-scale invasion and after, a row a measure, as text: columns what, before, after, unit, when.

    What nobody counted before stands as "no count", never as 0.
    """
    last = in_edition(allied_spending, edition)
    year = int(last.loc[last["status"] == "actual", "year"].max())
    counts = guideline_by_year.set_index("year")["count"]
    totals = in_edition(alliance_totals[alliance_totals["iso3"] == EUROPE_AND_CANADA], edition)
    europe, base = totals.set_index("year")["usd_constant_millions"] / 1000, base_year(totals)
    known, eve = border_lengths(borders), pd.Timestamp(BEFORE, 12, 31)
    border = [allied_border(members, known, day)["length_km"].sum() for day in (eve, None)]
    groups = troops[troops["measure"].isin(["battlegroup size", "framework nation"])].groupby("year")["iso3"].nunique()
    earlier, later = groups.index[groups.index < BEFORE].max(), groups.index.max()
    joined, known_until = members["accession_date"].max(), pd.Timestamp(monthly_allocations["month"].max())
    then = allies_on(members, known_until + pd.offsets.MonthEnd())["iso3"]
    aid = monthly_allocations[monthly_allocations["iso3"].isin(then)]["military"].sum()
    money = f"{BEFORE}; {year} ({words.edition(edition)} edition)"
    rows = [
        ("members", len(allies_on(members, eve)), len(members), "states", f"end of {BEFORE}; {joined:%Y}"),
        ("border with Russia", *border, "km", f"end of {BEFORE}; since {list(border_days(members))[-1]}"),
        ("allies at 2% of GDP", counts[BEFORE], counts[year], "states", money),
        ("spending of Europe and Canada", europe[BEFORE], europe[year], f"billion US$ of {base}", money),
        ("battlegroups in the east", groups[earlier], groups[later], "groups", f"{earlier}; {later}"),
        (
            "allies' military aid to Ukraine", None, aid, "EUR billion, allocated",
            f"no record before 2022; until {words.month(known_until)}",
        ),
    ]  # fmt: skip
    changes = pd.DataFrame(rows, columns=["what", "before", "after", "unit", "when"])
    told = {side: ["no count" if pd.isna(value) else words.number(value) for value in changes[side]] for side in SIDES}
    return changes.assign(**told)
