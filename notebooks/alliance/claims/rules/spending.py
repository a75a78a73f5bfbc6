"""Claims on defence spending (lesson 04)."""

from ... import measures
from ...words import named
from .. import Finding, rule


def _spending(tables):
    return measures.allied_spending(tables["defence_expenditure"], tables["members"])


def _newest_with_money(tables):
    """Not every edition in our table gives amounts; some give shares of GDP alone."""
    return tables.newest("defence_expenditure", holding="usd_current_millions")


@rule("A0-22")
def us_dominates(tables):
    edition = _newest_with_money(tables)
    shares = measures.us_share(_spending(tables), measures.alliance_totals(tables["defence_expenditure"]), edition)
    reported = shares[shares["status"] == "actual"]
    most = (reported["us_share"] > 50).all()
    return Finding(
        f"The United States paid {reported['us_share'].iloc[0]:.0f}% of all allied spending in {reported['year'].iloc[0]} and {reported['us_share'].iloc[-1]:.0f}% in {reported['year'].iloc[-1]} ({measures.edition_name(edition)} edition).",
        "supported-with-caveat" if most else "contested",
    )


@rule("A0-23")
def allies_below_two_per_cent(tables):
    edition = tables.newest("defence_expenditure")
    years = measures.guideline_by_year(_spending(tables), edition)
    shown = years[years["status"] == "actual"].set_index("year")
    said = [
        f"{shown.loc[year, 'count']} of {shown.loc[year, 'allies']} in {year}"
        for year in (2014, 2021, 2024)
        if year in shown.index
    ]
    some_below = (shown["count"] < shown["allies"]).all()
    return Finding(
        f"Allies at 2% of GDP: {named(said)} ({measures.edition_name(edition)} edition; Iceland has no forces and is left out).",
        "supported-with-caveat" if some_below else "contradicted",
    )


@rule("A0-25")
def eu_spending_since_2017(tables):
    growth = measures.eu_growth(tables["military_expenditure"], tables["countries"], 2017, 2024)
    return Finding(
        f"EU members' military spending rose by {growth['change']:.0f}% in real terms from 2017 to 2024, by SIPRI's figures for {growth['members']} of 27 members.",
        "supported" if growth["change"] > 5 else "contradicted",
    )


@rule("A0-26")
def eu_spent_340_billion(tables):
    ways = measures.eu_spending(
        tables["military_expenditure"], tables["countries"], tables["spending_other_totals"]
    ).set_index("way")
    estimate, later = ways[ways["unit"].str.startswith("EUR")]["last"]
    sipri = ways[ways["unit"].str.startswith("US$")]["last"].iloc[0]
    rate = 340 / estimate
    return Finding(
        f"The European Defence Agency estimated {estimate:.0f} billion euros in December 2024 and later reported {later:.0f}; SIPRI has {sipri:.0f} billion dollars. The article's 340 is the estimate at {rate:.2f} dollars a euro.",
        "outdated" if later > estimate * 1.02 else "supported",
        readings=(
            (f"by the estimate of December 2024 ({estimate:.0f} billion euros)", "supported"),
            (
                f"by the figure of September 2025 ({later:.0f} billion euros)",
                "outdated" if later > estimate * 1.02 else "supported",
            ),
        ),
        turns="Right while the estimate was the newest figure; the later figure raised it."
        if later > estimate * 1.02
        else "",
    )


@rule("A0-27")
def eu_spending_up_by_30_per_cent(tables):
    ways = measures.eu_spending(tables["military_expenditure"], tables["countries"], tables["spending_other_totals"])
    near = (ways["change"] - 30).abs() <= 3
    return Finding(
        "From 2021 to 2024: "
        + "; ".join(f"{change:+.1f}% as {way}" for way, change in zip(ways["way"], ways["change"], strict=True))
        + ".",
        "supported-with-caveat" if near.any() and not near.all() else "supported" if near.all() else "contradicted",
        readings=tuple(
            (way, "supported" if fits else "contradicted") for way, fits in zip(ways["way"], near, strict=True)
        ),
        turns="Only real growth comes near 30%." if near.sum() == 1 else "",
    )


@rule("A0-28")
def twenty_three_allies_at_two_per_cent(tables):
    counts = measures.guideline_counts(
        _spending(tables), tables["military_expenditure"], tables["members"], tables["spending_other_totals"]
    )
    verdicts = ["supported" if count >= 23 else "outdated" for count in counts["count"]]
    nato = counts[counts["publisher"] == "NATO"].sort_values("edition")
    verdict = (
        "supported" if nato["count"].iloc[-1] >= 23 else "outdated" if (nato["count"] >= 23).any() else "contradicted"
    )
    below = nato[nato["count"] < 23]
    return Finding(
        f"Allies at 2% of GDP in 2024: {named(f'{count} by {by}' for by, count in zip(counts['by'], counts['count'], strict=True))}.",
        verdict,
        readings=tuple(zip(counts["by"], verdicts, strict=True)),
        turns=f"True by NATO's estimate of June 2024; false by every later count, from {measures.edition_name(below['edition'].iloc[0])} on."
        if verdict == "outdated"
        else "",
    )


@rule("A0-30")
def two_per_cent_is_the_target(tables):
    events = tables["events"].set_index("id")["date"]
    two, five = events["2014-09-05-wales-summit-sets-two"], events["2025-06-25-hague-summit-agrees-five"]
    return Finding(
        f"Allies set 2% on {two.day} {two:%B %Y} and replaced it on {five.day} {five:%B %Y} by 5% by 2035, of which 3.5% is core defence.",
        "outdated" if five > two else "supported",
        readings=((f"until {five.day} {five:%B %Y}", "supported"), ("since then", "outdated")),
        turns=f"True until {five.day} {five:%B %Y}.",
    )


@rule("A0-32")
def five_per_cent(tables):
    spending, edition = _spending(tables), _newest_with_money(tables)
    actual = measures.in_edition(spending, edition)
    year = int(actual.loc[actual["status"] == "actual", "year"].max())
    prices = measures.price_of_target(spending, year, edition, 5.0)
    event = tables["events"].set_index("id").loc["2025-02-12-hegseth-calls-nato-membership"]
    return Finding(
        f"He spoke on {event['date'].day} {event['date']:%B %Y}. In {year}, {(prices['extra_billions'] == 0).sum()} of {len(prices)} allies spent 5%; reaching it would have taken {prices['extra_billions'].sum():,.0f} billion dollars more in that year.",
        "supported" if "5 percent" in event["description"] else "not-checkable",
    )


@rule("A0-40")
def fear_on_the_eastern_edge(tables):
    spending, edition, members = _spending(tables), tables.newest("defence_expenditure"), tables["members"]
    border = members.loc[members["borders_russia"] & ~members["iso3"].isin(["USA"]), "iso3"]
    rows = measures.in_edition(spending, edition)
    median = {
        year: [
            rows[(rows["year"] == year) & (rows["iso3"].isin(border) == near)]["share_of_gdp"].median()
            for near in (True, False)
        ]
        for year in (2014, 2024)
    }
    faster = median[2024][0] - median[2014][0] > median[2024][1] - median[2014][1]
    return Finding(
        f"Fear itself is not in a table. Spending is: allies with a border with Russia went from a median of {median[2014][0]:.2f}% of GDP in 2014 to {median[2024][0]:.2f}% in 2024, the others from {median[2014][1]:.2f}% to {median[2024][1]:.2f}% ({measures.edition_name(edition)} edition).",
        "supported-with-caveat" if faster else "contested",
    )


@rule("A0-41")
def polish_clout(tables):
    spending, edition = _spending(tables), tables.newest("defence_expenditure")
    rows = measures.in_edition(spending, edition)
    newest = (
        rows[rows["year"] == rows["year"].max()].sort_values("share_of_gdp", ascending=False).reset_index(drop=True)
    )
    poland = newest[newest["iso3"] == "POL"]
    return Finding(
        f"Poland's share of GDP is {poland['share_of_gdp'].item():.2f}% in {poland['year'].item()} ({poland['status'].item()}), place {poland.index[0] + 1} among {len(newest)} allies. Clout has no agreed measure.",
        "not-checkable",
    )


@rule("A1-109", "A1-118")
def a_common_budget_pays(tables):
    funds = measures.common_funds(
        tables["spending_other_totals"],
        measures.alliance_totals(tables["defence_expenditure"]),
        _newest_with_money(tables),
    )
    return Finding(
        f"NATO's common funds were {funds['eur_billions']:.1f} billion euros in {funds['year']}: about {funds['per_thousand'] / 10:.1f}% of what allies spend on their own forces.",
        "contradicted" if funds["high"] < 5 else "contested",
    )


@rule("A4-31")
def britain_without_a_guarantee(tables):
    spending, edition = _spending(tables), _newest_with_money(tables)
    rows = measures.in_edition(spending[spending["iso3"] == "GBR"], edition).set_index("year")
    last = rows.index.max()
    plans = f" and plans {rows.loc[last, 'share_of_gdp']:.2f}% in {last}" if last > 2024 else ""
    price = measures.price_of_target(spending[spending["iso3"] == "GBR"], last, edition, 3.5)["extra_billions"].item()
    return Finding(
        f"The United Kingdom spent {rows.loc[2024, 'share_of_gdp']:.2f}% of GDP in 2024{plans} ({rows.loc[last, 'status']}; {measures.edition_name(edition)} edition); in {last}, 3.5% would take {price:,.0f} billion dollars more. A forecast can be priced, not proved.",
        "not-checkable",
    )
