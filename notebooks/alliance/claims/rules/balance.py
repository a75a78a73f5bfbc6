"""Claims on borders and on the balance of weights (lesson 07)."""

from ... import measures
from ...words import day, month, named
from .. import Finding, rule

AS_ARE, PURCHASING, WITH_RUSSIA = "as they are", "at purchasing power", "Ukraine with Russia, high"
HARDEST = "Ukraine with Russia, without Türkiye, at purchasing power"
SPENDING = "military spending"
NARROWED = 0.75  # a lead that loses a quarter or more by the unit alone is not told without its unit


def _to_one(ratios):
    return named(f"{weight} {ratio:.{2 if 0.95 < ratio < 1.05 else 1}f} to 1" for weight, ratio in ratios.items())


def _turned(ratios):
    """The ways in which Russia weighs more."""
    return list(ratios[ratios < 1].index)


@rule("A0-19")
def finnish_border_of_830_miles(borders, sources):
    """Within 5 miles counts as the same length: the press rounds to tens of miles."""
    lengths = measures.border_by_source(borders, sources, "FIN")
    low, high = lengths["miles"].min(), lengths["miles"].max()
    best = lengths.loc[lengths["recommended"], "miles"].item()
    near = (lengths["miles"] - 830).abs() < 5
    verdict = "supported" if near.all() else "supported-with-caveat"
    if not low - 5 <= 830 <= high + 5:
        verdict = "contradicted"
    return Finding(
        f"{len(lengths)} sources give {low:.0f} to {high:.0f} miles; "
        f"the joint survey has {best:.0f} miles ({best * measures.KM_A_MILE:,.0f} km).",
        verdict,
        readings=tuple(
            (
                f"{row['publisher']}, {row['counted_as']}: {row['miles']:.0f} miles",
                "supported" if abs(row["miles"] - 830) < 5 else "imprecise",
            )
            for _, row in lengths.iterrows()
        ),
    )


@rule("A0-43")
def europe_cannot_do_it_alone(us_parts, side_ratios):
    """Contested where Europe is ahead in all four ways and yet more than half of allied money would be gone."""
    alone = side_ratios[AS_ARE]
    paid = us_parts.set_index("what").loc["defence spending"]
    ahead, gone = (alone > 1).all(), paid["us_part"] > 50
    verdict = "supported" if gone else "contradicted"
    if ahead and gone:
        verdict = "contested"
    return Finding(
        f"The United States pays {paid['us_part']:.0f}% of what allies spend ({paid['year']}). "
        f"Without it Europe still outweighs Russia: {_to_one(alone)}. "
        "No table here counts transport planes, satellites or command.",
        verdict,
        readings=(
            ("by totals", "contradicted" if ahead else "supported"),
            ("by what only the United States brings", "not-checkable"),
        ),
    )


@rule("A1-007")
def ukraine_between_russia_and_eastern_europe(countries):
    """Contested where the UN counts Ukraine itself to Eastern Europe: then it is not between the two."""
    places = countries.set_index("iso3")["m49_subregion"]
    inside = places["UKR"] == "Eastern Europe"
    return Finding(
        f"The UN's statistics office puts Ukraine in {places['UKR']}, and Russia in {places['RUS']}. "
        "'Buffer' is a word of one school of thought, and no table can test it.",
        "contested" if inside else "supported",
    )


@rule("A1-008")
def ukraine_keeps_the_balance(side_ratios):
    """A ratio that moves by more than 5% from one side to the other is a change worth a dispute."""
    europe, russia = side_ratios["Ukraine with Europe"], side_ratios["Ukraine with Russia"]
    flips = _turned(side_ratios[WITH_RUSSIA])
    moved = (europe / russia).max()
    turns = f"At the high end of the ranges {named(flips)} would turn over." if flips else "No ratio turns over."
    if side_ratios.loc[SPENDING, HARDEST] < 1:
        turns += " Without Türkiye, at purchasing power, spending turns over."
    return Finding(
        f"Europe to Russia, with Ukraine on Europe's side: {_to_one(europe)}. "
        f"With Ukraine on Russia's side: {_to_one(russia)}. {turns} "
        "That weights prevent wars is a theory, not a sum.",
        "contested" if moved > 1.05 else "not-checkable",
        readings=(
            (
                "by GDP and people: small change",
                "contradicted" if not {"economy (GDP)", "people"} & set(flips) else "supported",
            ),
            (
                "by active forces: the balance depends on it",
                "supported" if "active forces" in flips else "contradicted",
            ),
        ),
    )


@rule("A1-090")
def europe_outweighs_russia(side_ratios):
    """Ahead is above one to one in all ways, also without Türkiye; a unit that turns or cuts the lead is told."""
    market = side_ratios[[AS_ARE, "low", "high", "without Türkiye, high"]]
    bought = side_ratios[[PURCHASING, "without Türkiye, at purchasing power"]]
    ahead, still = (market > 1).all(axis=None), (bought > 1).all(axis=None)
    spending = side_ratios.loc[SPENDING]
    verdict = "supported-with-caveat" if ahead else "contradicted"
    if ahead and not still:
        verdict = "contested"
    if ahead and still and spending[PURCHASING] > NARROWED * spending[AS_ARE]:
        verdict = "supported"
    low, high = market.min(axis=1), market.max(axis=1)
    spans = named(f"{weight} {low[weight]:.1f} to {high[weight]:.1f}" for weight in market.index)
    output = side_ratios.loc["economy (GDP)", PURCHASING]
    return Finding(
        f"Europe's allies to Russia: {spans}. Each span is with and without Türkiye, and over the range of Russia's "
        "forces. "
        f"At purchasing power, on both sides, spending is {spending[PURCHASING]:.1f} to 1 and GDP {output:.1f} to 1.",
        verdict,
        readings=(
            ("at market exchange rates", "supported" if ahead else "contradicted"),
            ("at purchasing power, on both sides", "supported" if still else "contradicted"),
        ),
        turns="The lead turns over at purchasing power." if ahead and not still else "",
    )


@rule("A1-091")
def russia_could_not_dominate(side_ratios):
    """The hardest case for Europe decides: all of Ukraine with Russia, and forces at the high end of their ranges."""
    ratios = side_ratios[WITH_RUSSIA]
    return Finding(
        "The hardest case puts all of Ukraine's weight on Russia's side, far more than gains in Ukraine, and takes "
        f"forces at the high end of their ranges. Then Europe to Russia is {_to_one(ratios)}. "
        "To dominate has no agreed measure.",
        "contested" if _turned(ratios) else "supported-with-caveat",
        readings=tuple((weight, "contradicted" if ratio < 1 else "supported") for weight, ratio in ratios.items()),
    )


@rule("A1-094")
def ukraines_border_of_2000_km(borders, sources):
    """Within 5% of a round 2,000 km counts as the same; a length with the sea in it is another border."""
    lengths = measures.border_by_source(borders, sources, "UKR")
    land = lengths.loc[lengths["length_type"] == "land", "length_km"]
    sea = lengths.loc[lengths["length_type"].isin(["sea", "total"]), "length_km"]
    near = (land / 2000 - 1).abs().max() < 0.05
    verdict = "supported-with-caveat" if len(sea) else "supported"
    return Finding(
        f"On land {named(f'{length:,.0f}' for length in land)} km, by source; "
        f"with the sea {named(f'{length:,.0f}' for length in sea)} km.",
        verdict if near else "contradicted",
        readings=(
            ("land alone", "supported" if near else "contradicted"),
            ("sea included", "imprecise" if len(sea) else "not-checkable"),
        ),
    )


@rule("A1-095")
def more_than_double_the_border(border_growth, members, articles):
    """Over two times as long by every source set; what was right once, but not when it was printed, is not right."""
    was, holds = (border_growth["before"] > 2), (border_growth["since"] > 2)
    joined = members.loc[members["iso3"] == "FIN", "accession_date"]
    printed = articles.set_index("id").loc["A1", "not_before"]
    expired, stale = was.all() and not holds.any(), (joined <= printed).any()
    verdict = "contested" if was.any() else "contradicted"
    if expired:
        verdict = "contradicted" if stale else "outdated"
    if holds.all():
        verdict = "supported"
    surveys = border_growth.set_index("lengths").loc[measures.SURVEYS]
    since = f", and {surveys['since']:.2f} times since." if len(joined) else "; it has not joined in this table."
    late = f" The essay reports a day of {month(printed)}." if expired and stale else ""
    return Finding(
        f"By national surveys Ukraine would have made the border {surveys['before']:.2f} times as long "
        f"before Finland joined{since}{late}",
        verdict,
        readings=tuple(
            (f"{row.lengths}: {row.before:.2f} times before, {row.since:.2f} since", _doubled(row.before, row.since))
            for row in border_growth.itertuples()
        ),
        turns=f"True until {day(joined.item())}." if expired and len(joined) else "",
    )


def _doubled(before, since):
    """Readings speak of the sentence alone, whenever it is printed: doubled once, and no more, is outdated."""
    if since > 2:
        return "supported"
    return "outdated" if before > 2 else "contradicted"


@rule("A1-099")
def three_allies_on_the_black_sea(members):
    """Six states have a coast on the Black Sea; the sentence holds while three of them, and no more, are allies."""
    allies = members.set_index("iso3")["country"]
    there = [allies[code] for code in ("BGR", "ROU", "TUR") if code in allies.index]
    others = named(name for name in ("Georgia", "Russia", "Ukraine") if name not in set(allies))
    return Finding(
        f"{named(there)} are allies with a coast on the Black Sea. Its other neighbours are not: {others}.",
        "supported" if len(there) == 3 and not {"GEO", "UKR"} & set(allies.index) else "outdated",
    )


@rule("A4-12")
def nato_too_near_for_russia(borders, members, articles):
    """The map bears the fear out as far as the border grew and would grow again; what is feared no table shows."""
    allies = measures.when_written(members, articles, "A4")
    by_day = measures.border_by_day(borders, allies, measures.border_days(allies))
    first, last = by_day["length_km"].iloc[[0, -1]]
    then = measures.border_ratio_on(borders, allies)["then"]
    return Finding(
        f"The alliance's border with Russia was {first:,.0f} km in 1992 and is {last:,.0f} km since Finland joined. "
        f"Ukraine would make it {then:,.0f} km. What Russia's government fears cannot be read off a map. "
        "Its draft treaties of December 2021 name enlargement.",
        "supported-with-caveat" if then > last > first else "contested",
    )


@rule("A4-28")
def europe_lost_without_the_united_states(side_ratios):
    """Contested where Europe is ahead in all ways, also without Türkiye and at purchasing power."""
    alone, forces = side_ratios[AS_ARE], side_ratios["without Türkiye, high"]
    purchasing = side_ratios.loc[SPENDING, PURCHASING]
    ahead = (alone > 1).all() and (forces > 1).all() and purchasing > 1
    return Finding(
        f"Without the United States Europe's allies outweigh Russia: {_to_one(alone)}. At purchasing power, "
        f"on both sides, spending is {purchasing:.1f} to 1. "
        "Weights are not outcomes. They do not say how likely one is.",
        "contested" if ahead else "not-checkable",
        readings=(
            ("as a sum of weights", "contradicted" if ahead else "not-checkable"),
            ("as a warning", "not-checkable"),
        ),
    )
