"""Europe and Russia weighed in four ways, what the United States carries, and what the war changed."""

import pandas as pd

from .geography import allied_border, border_days
from .membership import allies_on
from .spending import NATO, edition_name, guideline_by_year, in_edition

NORTH_AMERICA = ["USA", "CAN"]
WEIGHTS = {  # what is weighed: (column of countries, what a unit is called, what one unit holds)
    "economy (GDP)": ("gdp_usd", "trillion US$", 1e12),
    "people": ("population", "million people", 1e6),
    "military spending": ("spending", "billion US$", 1e9),
    "active forces": ("forces", "thousand people", 1e3),
}
RANGES = ["low", "middle", "high"]
UKRAINE_WITH = ["neither", "Europe", "Russia"]


def weighed(countries, military, year=2024, forces="middle"):
    """Each country's GDP, people, military spending (US$, market rates) and active forces, index iso3.

    Where forces are known as a range, `forces` takes its low end, middle or high end.
    """
    table = countries.set_index("iso3")
    low, high = table["active_military_low"].astype(float), table["active_military_high"].astype(float)
    spending = military[military["year"] == year].set_index("iso3")["usd_current_millions"] * 1e6
    return pd.DataFrame(
        {
            "name": table["name"],
            "gdp_usd": table["gdp_usd"],
            "population": table["population"].astype(float),
            "spending": spending.reindex(table.index),
            "forces": {"low": low, "middle": (low + high) / 2, "high": high}[forces],
        }
    )


def balance(
    countries,
    members,
    military,
    others,
    *,
    usa=False,
    turkiye=True,
    purchasing_power=False,
    forces="middle",
    ukraine="neither",
):
    """Europe's allies and Russia weighed in four ways, a row each.

    Columns: weight, unit, europe, russia (in that unit), ratio (Europe : Russia), europe_share, russia_share (%), how.
    Purchasing power changes spending alone, and there a printed pair of totals stands in: no switch moves it.
    """
    rows = weighed(countries, military, forces=forces)
    out = NORTH_AMERICA if not usa else ["CAN"]
    side = [code for code in members["iso3"] if code not in out and (turkiye or code != "TUR")]
    there = ["RUS"]
    if ukraine != "neither":
        (side if ukraine == "Europe" else there).append("UKR")
    table = []
    for weight, (column, unit, scale) in WEIGHTS.items():
        ours, theirs, how = rows.loc[side, column].sum() / scale, rows.loc[there, column].sum() / scale, ""
        if weight == "military spending":
            how = "SIPRI, 2024, market exchange rates"
            if purchasing_power:
                printed = others[others["id"].str.startswith("iiss-2024")].set_index("id")["ppp_billions"]
                ours, theirs = printed["iiss-2024-europe"], printed["iiss-2024-russia"]
                unit, how = "billion at purchasing power", "IISS, 2024, as the press quoted it"
        elif weight == "active forces":
            how = f"ranges: {forces} end" if forces != "middle" else "middle of ranges"
        table.append((weight, unit, ours, theirs, how))
    table = pd.DataFrame(table, columns=["weight", "unit", "europe", "russia", "how"])
    both = table["europe"] + table["russia"]
    return table.assign(
        ratio=table["europe"] / table["russia"],
        europe_share=100 * table["europe"] / both,
        russia_share=100 * table["russia"] / both,
    )


def us_parts(countries, members, defence, edition, year):
    """What part of the alliance is the United States', in five ways: columns what, unit, united_states, others, us_part (%)."""
    rows = countries[countries["iso3"].isin(members["iso3"])].set_index("iso3")
    money = in_edition(defence, edition)
    money = money[money["year"] == year].set_index("iso3")["usd_current_millions"] / 1000
    sums = {
        "defence spending": ("billion US$", money["USA"], money[NATO]),
        "economy (GDP)": ("trillion US$", rows.loc["USA", "gdp_usd"] / 1e12, rows["gdp_usd"].sum() / 1e12),
        "active forces": (
            "thousand people",
            rows.loc["USA", "active_military"] / 1e3,
            rows["active_military"].sum() / 1e3,
        ),
        "states with nuclear arms": ("states", 1.0, float(members["nuclear_power"].sum())),
        "people": ("million people", rows.loc["USA", "population"] / 1e6, rows["population"].sum() / 1e6),
    }
    table = pd.DataFrame(
        [(what, unit, usa, whole - usa) for what, (unit, usa, whole) in sums.items()],
        columns=["what", "unit", "united_states", "others"],
    )
    table = table.assign(us_part=100 * table["united_states"] / (table["united_states"] + table["others"]))
    return (
        table.assign(others_part=100 - table["us_part"]).sort_values("us_part", ascending=False).reset_index(drop=True)
    )


def war_changes(members, borders, spending, totals, troops, aid, edition):
    """NATO before the full-scale invasion and after, a row a measure: columns what, before, after, unit, when.

    `spending` as `allied_spending` gives it, `totals` as `alliance_totals`; aid: rows of aid_by_month.
    """
    last = in_edition(spending, edition)
    year = int(last.loc[last["status"] == "actual", "year"].max())
    counts = guideline_by_year(spending, edition).set_index("year")
    europe = in_edition(totals[totals["iso3"] == "XNE"], edition).set_index("year")["usd_constant_2021_millions"] / 1000
    lengths = {
        day: allied_border(borders, members, day, "national surveys, land")["length_km"].sum()
        for day in ("2021-12-31", members["accession_date"].max())
    }
    groups = troops[troops["measure"].isin(["battlegroup size", "framework nation"])].groupby("year")["iso3"].nunique()
    allied = aid[aid["iso3"].isin(members["iso3"])]["military"].sum()
    printed = f"{edition_name(edition)} edition"
    rows = [
        (
            "members",
            len(allies_on(members, "2021-12-31")),
            len(members),
            "states",
            f"end of 2021; {members['accession_date'].max():%Y}",
        ),
        ("border with Russia", *lengths.values(), "km", f"end of 2021; since {list(border_days(members))[-1]}"),
        (
            "allies at 2% of GDP",
            counts.loc[2021, "count"],
            counts.loc[year, "count"],
            "states",
            f"2021; {year} ({printed})",
        ),
        (
            "spending of Europe and Canada",
            europe[2021],
            europe[year],
            "billion US$ of 2021",
            f"2021; {year} ({printed})",
        ),
        ("battlegroups in the east", groups[2020], groups[groups.index.max()], "groups", f"2020; {groups.index.max()}"),
        (
            "allies' military aid to Ukraine",
            None,
            allied,
            "EUR billion, allocated",
            f"no record before 2022; until {pd.Timestamp(aid['month'].max()):%B %Y}",
        ),
    ]
    table = pd.DataFrame(rows, columns=["what", "before", "after", "unit", "when"])
    return table.round(0).astype({"before": "Int64", "after": "Int64"})
