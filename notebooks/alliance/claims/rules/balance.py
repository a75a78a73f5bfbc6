"""Claims on borders and on the balance of weights (lesson 07)."""

import pandas as pd

from ... import measures
from ...words import named
from .. import Finding, rule

SURVEYS = "national surveys, land"
FINLAND_JOINED = "2023-04-04"
NATO_TOTAL, USUAL_FINLAND = "nato-myths-2016", "wikipedia-finland-russia"


def _weights(tables, **switches):
    names = ("countries", "members", "military_expenditure", "spending_other_totals")
    return measures.balance(*(tables[name] for name in names), **switches).set_index("weight")["ratio"]


def _said(ratios):
    return named(f"{weight} {ratio:.{2 if 0.95 < ratio < 1.05 else 1}f} to 1" for weight, ratio in ratios.items())


@rule("A0-19")
def finnish_border_of_830_miles(tables):
    lengths = measures.border_by_source(tables["borders"], "FIN")
    low, high = lengths["miles"].min(), lengths["miles"].max()
    best = lengths.loc[lengths["recommended"], "miles"].item()
    near = (lengths["miles"] - 830).abs() < 5
    who = tables["sources"].set_index("id")["publisher"]
    return Finding(
        f"{len(lengths)} sources give {low:.0f} to {high:.0f} miles; the joint survey has {best:.0f} miles ({best * measures.KM_A_MILE:,.0f} km).",
        "contradicted" if not low - 5 <= 830 <= high + 5 else "supported" if near.all() else "supported-with-caveat",
        readings=tuple(
            (
                f"{who[row['source']]}, {row['counted_as']}: {row['miles']:.0f} miles",
                "supported" if abs(row["miles"] - 830) < 5 else "imprecise",
            )
            for _, row in lengths.iterrows()
        ),
    )


@rule("A0-43")
def europe_cannot_do_it_alone(tables):
    edition = tables.newest("defence_expenditure", holding="usd_current_millions")
    parts = measures.us_parts(
        tables["countries"], tables["members"], tables["defence_expenditure"], edition, 2024
    ).set_index("what")["us_part"]
    alone = _weights(tables)
    ahead, gone = (alone > 1).all(), parts["defence spending"] > 50
    return Finding(
        f"The United States pays {parts['defence spending']:.0f}% of allied spending (2024). Without it Europe still outweighs Russia: {_said(alone)}. No table here counts transport aircraft, satellites or warheads.",
        "contested" if ahead and gone else "supported" if gone else "contradicted",
        readings=(
            ("by totals", "contradicted" if ahead else "supported"),
            ("by what only the United States brings", "not-checkable"),
        ),
    )


@rule("A1-007")
def ukraine_between_russia_and_eastern_europe(tables):
    places = tables["countries"].set_index("iso3")["m49_subregion"]
    inside = places["UKR"] == "Eastern Europe"
    return Finding(
        f"The UN's statistics office puts Ukraine in {places['UKR']}, and Russia in {places['RUS']}. 'Buffer' is a word of one school of thought, and no table can test it.",
        "contested" if inside else "supported",
    )


@rule("A1-008")
def ukraine_keeps_the_balance(tables):
    ranges = {with_whom: _weights(tables, ukraine=with_whom) for with_whom in measures.UKRAINE_WITH}
    flips = [weight for weight, ratio in _weights(tables, ukraine="Russia", forces="high").items() if ratio < 1]
    moved = (ranges["Europe"] / ranges["Russia"]).max()
    return Finding(
        f"With Ukraine on Europe's side the ratios to Russia are {_said(ranges['Europe'])}; with it on Russia's side {_said(ranges['Russia'])}. "
        + (f"At the high end of the ranges {named(flips)} would turn over. " if flips else "No ratio turns over. ")
        + "That weights prevent wars is a theory, not a sum.",
        "contested" if moved > 1.05 else "not-checkable",
        readings=(
            (
                "by GDP and people: small change",
                "contradicted" if not {"economy (GDP)", "people"} & set(flips) else "supported",
            ),
            ("by active forces: the balance hangs on it", "supported" if "active forces" in flips else "contradicted"),
        ),
    )


@rule("A1-090")
def europe_outweighs_russia(tables):
    market = pd.concat({name: _weights(tables, **switch) for name, switch in _SWITCHES.items()}, axis=1)
    purchasing = _weights(tables, purchasing_power=True)["military spending"]
    ahead = (market > 1).all(axis=None)
    low, high = market.min(axis=1), market.max(axis=1)
    return Finding(
        f"Europe's allies to Russia: {named(f'{weight} {low[weight]:.1f} to {high[weight]:.1f}' for weight in market.index)}, with or without Türkiye and over the range of Russia's forces. At purchasing power spending is {purchasing:.2f} to 1.",
        "supported" if ahead and purchasing > 1 else "supported-with-caveat" if ahead else "contradicted",
        readings=(
            ("at market exchange rates", "supported" if ahead else "contradicted"),
            ("military spending at purchasing power", "supported" if purchasing > 1 else "contradicted"),
        ),
        turns="" if purchasing > 1 else "Spending turns over at purchasing power.",
    )


_SWITCHES = {
    "Türkiye in, middle": {},
    "Türkiye in, low": {"forces": "low"},
    "Türkiye in, high": {"forces": "high"},
    "Türkiye out": {"turkiye": False, "forces": "high"},
}


@rule("A1-091")
def russia_could_not_dominate(tables):
    ratios = _weights(tables, ukraine="Russia", forces="high")
    flips = list(ratios[ratios < 1].index)
    return Finding(
        f"With all of Ukraine's weight on Russia's side, far more than gains in Ukraine, Europe to Russia is {_said(ratios)} (forces at the high end of their ranges). To dominate has no agreed measure.",
        "contested" if flips else "supported-with-caveat",
        readings=tuple((weight, "contradicted" if ratio < 1 else "supported") for weight, ratio in ratios.items()),
    )


@rule("A1-094")
def ukraines_border_of_2000_km(tables):
    lengths = measures.border_by_source(tables["borders"], "UKR")
    land, sea = (
        lengths[lengths["counted_as"].str.startswith("land")],
        lengths[lengths["counted_as"].str.contains("sea")],
    )
    near = (land["length_km"] / 2000 - 1).abs().max() < 0.05
    return Finding(
        f"On land {named(f'{length:,.0f}' for length in land['length_km'])} km, by source; with the sea {named(f'{length:,.0f}' for length in sea['length_km'])} km.",
        "contradicted" if not near else "supported" if len(sea) == 0 else "supported-with-caveat",
        readings=(
            ("land alone", "supported" if near else "contradicted"),
            ("sea included", "imprecise" if len(sea) else "not-checkable"),
        ),
    )


@rule("A1-095")
def more_than_double_the_border(tables):
    borders, members = tables["borders"], tables["members"]
    before, after = pd.Timestamp(FINLAND_JOINED) - pd.Timedelta(days=1), members["accession_date"].max()
    then = {name: measures.border_ratio(borders, members, before, name)["times"] for name in measures.BORDER_SOURCES}
    now = {name: measures.border_ratio(borders, members, after, name)["times"] for name in measures.BORDER_SOURCES}
    was, holds = min(then.values()) > 2, min(now.values()) > 2
    verdict = "supported" if holds else "outdated" if was and max(now.values()) <= 2 else "contested"
    if not was and not holds and max(then.values()) <= 2:
        verdict = "contradicted"
    joined = members.loc[members["iso3"] == "FIN", "accession_date"]
    changed = joined.item() if len(joined) else None
    return Finding(
        f"By national surveys Ukraine would have made the border {then[SURVEYS]:.2f} times as long before Finland joined"
        + (f", and {now[SURVEYS]:.2f} times since." if len(joined) else "; it has not joined in this table."),
        verdict,
        readings=tuple(
            (
                f"{name}: {then[name]:.2f} times before, {now[name]:.2f} since",
                "supported" if now[name] > 2 else "outdated" if then[name] > 2 else "contradicted",
            )
            for name in measures.BORDER_SOURCES
        ),
        turns=f"True until {changed.day} {changed:%B %Y}." if verdict == "outdated" and changed is not None else "",
    )


@rule("A1-099")
def three_allies_on_the_black_sea(tables):
    allies = tables["members"].set_index("iso3")["country"]
    named_there = [allies[code] for code in ("BGR", "ROU", "TUR") if code in allies.index]
    return Finding(
        f"{named(named_there)} are allies with a coast on the Black Sea; {named(name for name in ('Georgia', 'Russia', 'Ukraine') if name not in set(allies))}, its other neighbours, are not.",
        "supported" if len(named_there) == 3 and not {"GEO", "UKR"} & set(allies.index) else "outdated",
    )


@rule("A4-12")
def nato_too_near_for_russia(tables):
    borders, members = tables["borders"], tables["members"]
    steps = {
        said: measures.border_ratio(borders, members, day, SURVEYS)["now"]
        for said, day in measures.border_days(members).items()
    }
    then = measures.border_ratio(borders, members, members["accession_date"].max(), SURVEYS)["then"]
    first, last = next(iter(steps.values())), list(steps.values())[-1]
    return Finding(
        f"The alliance's border with Russia was {first:,.0f} km in 1992 and is {last:,.0f} km since Finland joined; Ukraine would make it {then:,.0f} km. What Russia's government fears cannot be read off a map; its draft treaties of December 2021 name enlargement.",
        "supported-with-caveat" if then > last > first else "contested",
    )


@rule("A4-28")
def europe_lost_without_the_united_states(tables):
    alone, forces = _weights(tables), _weights(tables, forces="high", turkiye=False)
    purchasing = _weights(tables, purchasing_power=True)["military spending"]
    ahead = (alone > 1).all() and (forces > 1).all()
    return Finding(
        f"Without the United States Europe's allies outweigh Russia: {_said(alone)}; at purchasing power spending is {purchasing:.2f} to 1. Weights are not outcomes: they give no probability.",
        "contested" if ahead else "not-checkable",
        readings=(
            ("as a sum of weights", "contradicted" if ahead else "not-checkable"),
            ("as a warning", "not-checkable"),
        ),
    )
