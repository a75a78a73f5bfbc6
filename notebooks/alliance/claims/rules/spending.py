"""Claims on defence spending (lesson 04)."""

from ... import measures, words
from .. import Finding, judged, rule


@rule("A0-22")
def us_dominates(us_shares, edition):
    """Most of the money means more than half of it, in every year that is no estimate; a caveat,
    for it is worldwide.
    """
    reported = us_shares[us_shares["status"] == "actual"]
    first, last = reported.iloc[0], reported.iloc[-1]
    return Finding(
        f"Of all that allies spent, the United States paid {first['us_share']:.0f}% in {first['year']} and "
        f"{last['us_share']:.0f}% in {last['year']} ({words.edition(edition)} edition).",
        "supported-with-caveat" if (reported["us_share"] > 50).all() else "contested",
    )


@rule("A0-23")
def allies_below_two_per_cent(allied_spending, newest_edition):
    """Holds where at least one ally stays below the line in every year that is no estimate."""
    years = measures.guideline_by_year(allied_spending, newest_edition)
    shown = years[years["status"] == "actual"].set_index("year")
    said = [
        f"{shown.loc[year, 'count']} of {shown.loc[year, 'allies']} in {year}"
        for year in (2014, 2021, 2024)
        if year in shown.index
    ]
    return Finding(
        f"Allies at 2% of GDP: {words.named(said)} ({words.edition(newest_edition)} edition; "
        "Iceland has no forces and is left out).",
        "supported-with-caveat" if (shown["count"] < shown["allies"]).all() else "contradicted",
    )


@rule("A0-25")
def eu_spending_since_2017(sipri_spending, countries):
    """A rise is more than 5% in real terms over the seven years: less would be within revisions between releases."""
    first, last = 2017, 2024
    growth = measures.eu_growth(sipri_spending, countries, first, last)
    return Finding(
        f"What EU members spend on their forces rose by {growth['change']:.0f}% in real terms from {first} to {last}. "
        f"SIPRI has figures for {growth['members']} of {growth['whole']} members.",
        "supported" if growth["change"] > 5 else "contradicted",
    )


@rule("A0-26")
def eu_spent_340_billion(eu_spending, eu_spending_by_year):
    """Outdated once the agency's later figure is more than 2% above the estimate that the article turned into
    dollars.
    """
    ways = eu_spending.set_index("way")
    estimate, later = ways.loc[list(measures.IN_EUROS), "last"]
    printed, again = ways.loc[list(measures.IN_EUROS), "printed"].map(words.month)
    sipri = ways.loc[measures.REAL_IN_DOLLARS, "last"]
    raised = later > estimate * 1.02
    now = "outdated" if raised else "supported"
    newest, ahead = measures.newest_eu_spending(eu_spending_by_year)
    projected = f" and projects {ahead['billions']:.0f} for {ahead['year']}" if ahead["year"] > newest["year"] else ""
    return Finding(
        f"In {printed} the European Defence Agency estimated {estimate:.0f} billion euros. Later it reported "
        f"{later:.0f}. SIPRI has {sipri:.0f} billion dollars. The article's 340 is the estimate at "
        f"{340 / estimate:.2f} dollars a euro. The agency now has {newest['billions']:.0f} for "
        f"{newest['year']}{projected}.",
        now,
        readings=(
            (f"by the estimate of {printed} ({estimate:.0f} billion euros)", "supported"),
            (f"by the figure of {again} ({later:.0f} billion euros)", now),
        ),
        turns="Right while the estimate was the newest figure. The later one is higher." if raised else "",
    )


@rule("A0-27")
def eu_spending_up_by_30_per_cent(eu_spending):
    """A way of counting fits within 3 points of 30%, as far as figures of one release move in the next."""
    fits = (eu_spending["change"] - 30).abs() <= 3
    verdicts = {True: "supported", False: "contradicted"}
    told = [f"{words.capital(row['way'])}: {row['change']:+.1f}%." for _, row in eu_spending.iterrows()]
    some, (first, last) = fits.any() and not fits.all(), eu_spending[["from_year", "to_year"]].iloc[0]
    return Finding(
        f"From {first} to {last} in {len(told)} ways. {' '.join(told)}",
        "supported-with-caveat" if some else verdicts[fits.all()],
        readings=tuple(zip(eu_spending["way"], fits.map(verdicts), strict=True)),
        turns="Only real growth comes near 30%." if fits.sum() == 1 else "",
    )


@rule("A0-28")
def twenty_three_allies_at_two_per_cent(guideline_counts):
    """Outdated where a count of NATO's reached 23 once and the newest does not."""
    nato = guideline_counts[guideline_counts["publisher"] == "NATO"]
    below, reached = nato[nato["count"] < 23], nato[nato["count"] >= 23]
    verdict = judged(
        ("supported", nato["count"].iloc[-1] >= 23), ("outdated", len(below) < len(nato)), otherwise="contradicted"
    )
    told = words.counts(guideline_counts, measures.counts_to_name(guideline_counts))
    exact = guideline_counts["unrounded"].dropna()
    tenths = (
        f" SIPRI counts shares rounded to a tenth; unrounded it would have {words.named(exact)}." if len(exact) else ""
    )
    return Finding(
        f"Allies at 2% of GDP in {guideline_counts.attrs['year']}: {told}.{tenths}",
        verdict,
        readings=tuple(
            (by, "supported" if count >= 23 else "outdated")
            for by, count in zip(guideline_counts["by"], guideline_counts["count"], strict=True)
        ),
        turns=f"True by NATO's estimate of {words.edition(reached['edition'].iloc[0])}. "
        f"False by every later count, from {words.edition(below['edition'].iloc[0])} on."
        if verdict == "outdated"
        else "",
    )


@rule("A0-30")
def two_per_cent_is_the_target(events):
    """Outdated from the day on which another target was agreed."""
    days = events.set_index("id")["date"]
    two, five = days["2014-09-05-wales-summit-sets-two"], days["2025-06-25-hague-summit-agrees-five"]
    return Finding(
        f"Allies set 2% on {words.day(two)} and replaced it on {words.day(five)} by 5% by 2035, "
        "of which 3.5% is core defence.",
        "outdated" if five > two else "supported",
        readings=((f"until {words.day(five)}", "supported"), ("since then", "outdated")),
        turns=f"True until {words.day(five)}.",
    )


@rule("A0-32")
def five_per_cent(events, facts, allied_spending, edition):
    """Settled by the goal that he named on that day; what it would have taken is priced in the year before he spoke."""
    speech = "2025-02-12-hegseth-calls-nato-membership"
    day = measures.event(events, speech)["date"]
    prices = measures.price_of_target(allied_spending, day.year - 1, edition, 5.0)
    named = measures.fact(facts, "events", speech, "goal_percent_of_gdp") == 5
    return Finding(
        f"He spoke on {words.day(day)}. In the year before, {prices['extra_billions'].eq(0).sum()} of {len(prices)} "
        f"allies spent 5%. To reach it would have taken {prices['extra_billions'].sum():,.0f} billion dollars more "
        f"({words.edition(edition)} edition).",
        "supported" if named else "not-checkable",
    )


@rule("A0-40")
def fear_on_the_eastern_edge(allied_spending, members, newest_edition):
    """Fear has no table: the median share of the bordering allies must have risen by more than that of the others."""
    about = measures.by_border(allied_spending, members, newest_edition, until=2024).attrs
    (near_then, near_now), (far_then, far_now) = about["medians"][True], about["medians"][False]
    first, last = about["years"]
    return Finding(
        "Fear itself is not in a table. Spending is. Allies with a land border with Russia went from a median of "
        f"{near_then:.2f}% of GDP in {first} to {near_now:.2f}% in {last}. The others, without the United States, "
        f"went from {far_then:.2f}% to {far_now:.2f}% ({words.edition(newest_edition)} edition).",
        "supported-with-caveat" if near_now - near_then > far_now - far_then else "contested",
    )


@rule("A0-41")
def polish_clout(allied_spending, newest_edition):
    """Clout has no agreed measure; Poland's place by share of GDP bears on it and settles nothing."""
    rows = measures.in_edition(allied_spending, newest_edition)
    ranked = measures.in_year(allied_spending, rows["year"].max(), newest_edition)
    ranked = ranked.sort_values("share_of_gdp", ascending=False).reset_index(drop=True)
    place = ranked.index[ranked["iso3"] == "POL"].item()
    poland = ranked.loc[place]
    return Finding(
        f"Poland's share of GDP is {poland['share_of_gdp']:.2f}% in {poland['year']} ({poland['status']}). That is "
        f"place {place + 1} among {len(ranked)} allies. Nobody has agreed how to measure influence.",
        "not-checkable",
    )


@rule("A1-109", "A1-118")
def a_common_budget_pays(common_funds):
    """Contradicted while the common funds are under 5% of what allies spend themselves, at either exchange rate."""
    funds = common_funds.attrs
    return Finding(
        f"NATO's common funds were {funds['eur_billions']:.1f} billion euros in {funds['year']}. That is about "
        f"{funds['per_thousand'] / 10:.1f}% of what allies spend on their own forces.",
        "contradicted" if funds["high"] < 5 else "contested",
    )


@rule("A4-31")
def britain_without_a_guarantee(allied_spending, edition):
    """A forecast: the share of today and the price of 3.5% bear on it, nothing settles it."""
    britain = allied_spending[allied_spending["iso3"] == "GBR"]
    rows = measures.in_edition(britain, edition).set_index("year")
    last = rows.index.max()
    said = 2024  # the year before the article, the newest then known
    plans = f" and plans {rows.loc[last, 'share_of_gdp']:.2f}% in {last}" if last > said else ""
    price = measures.price_of_target(britain, last, edition, 3.5)["extra_billions"].item()
    return Finding(
        f"The United Kingdom spent {rows.loc[said, 'share_of_gdp']:.2f}% of GDP in {said}{plans} "
        f"({rows.loc[last, 'status']}; {words.edition(edition)} edition). In {last}, 3.5% would take {price:,.0f} "
        "billion dollars more. A forecast can be priced, not proved.",
        "not-checkable",
    )
