"""Charts of defence spending."""

import pandas as pd
import plotly.graph_objects as go
from markupsafe import Markup

from .. import data, words
from . import marks, style


def _below(note):
    """A remark on its own line of the hover; nothing where there is none."""
    return Markup(f"<br>{style.wrapped(note)}") if note else ""


def _told(status):
    """How a figure is known, for a hover."""
    return status.map({"estimate": "NATO's estimate", "actual": "reported"})


def guideline(ally_shares, year, edition, target=2.0):
    """Dot plot: each ally's share of GDP in a year by one edition, with the target as a line."""
    known = ally_shares.dropna(subset="share_of_gdp").assign(
        told=lambda rows: _told(rows["status"]), remark=lambda rows: rows["note"].map(_below)
    )
    blank = ally_shares[ally_shares["share_of_gdp"].isna()].assign(foot=0.05)
    name = words.edition(edition)
    says = f"<b>{{country}}</b><br>{{share_of_gdp:.2f}}% of GDP in {year}<br>{{told}}, {name} edition{{remark}}"
    traces = [
        marks.dots(
            known[known["reaches_target"] == met], "country", "share_of_gdp",
            says=says, name=label, colour=colour, shape=shape, status="status",
        )
        for label, met, colour, shape in (
            ("at or above the line", "yes", style.BLUE, "circle"),
            ("below the line", "no", style.ORANGE, "diamond"),
        )
    ]  # fmt: skip
    missing = f"<b>{{country}}</b><br>{{status}} in {year}"
    traces.append(marks.crosses(blank, "country", "foot", says=missing, name="no figure, or not an ally yet"))
    estimate = " (estimates are hollow)" if known["status"].eq("estimate").any() else ""
    title, twin = _guideline_words(known, blank, year, name, target)
    return style.figure(
        traces,
        title=title,
        subtitle=f"Defence spending, % of GDP, {year}, edition of {name}{estimate}",
        source=data.cite(ally_shares),
        twin=twin,
        table=ally_shares[["country", "share_of_gdp", "status", "reaches_target"]],
        note="NATO's definition; from 2026 on the tables count core defence spending."
        if ally_shares.attrs["core"]
        else "NATO's definition.",
        **marks.level(target, f"target line {target:g}%", width=2),
        xaxis=dict(
            categoryorder="array",
            categoryarray=list(ally_shares["country"]),
            tickangle=-60,
            dtick=1,
            tickfont_size=14,
            range=[-0.7, len(ally_shares) - 0.3],
            showgrid=False,
        ),
        yaxis=dict(range=[0, ally_shares.attrs["highest"] * 1.04], ticksuffix="%"),
        height=440,
    )


def _guideline_words(known, blank, year, name, target):
    """Title and twin: how many reach the target, who leads, who is lowest, who has no figure."""
    if known.empty:
        first, last = known.attrs["covers"]
        title = f"The {name} edition has no figures for {year}"
        return title, f"{title}; it covers {first} to {last}."
    met = known[known["reaches_target"] == "yes"]
    absent = blank.loc[blank["status"] == "no figure", "country"]
    absent = f" No figure: {words.named(absent)}." if len(absent) else ""
    lead = f": {words.named(met['country'].head(3))} lead" if len(met) else ""
    lowest = f"{known['country'].iloc[-1]} is lowest with {known['share_of_gdp'].iloc[-1]:.2f}%"
    return (
        f"{len(met)} of {len(known)} allies with a figure spent {target:g}% of GDP or more in {year}",
        f"{len(met)} allies reach {target:g}% of GDP in {year} by the {name} edition{lead}; {lowest}.{absent}",
    )


def guideline_counts(guideline_counts, members):
    """Bars: how many allies met the target in one year, by edition and by who counts."""
    year, target = guideline_counts.attrs["year"], guideline_counts.attrs["target"]
    counts = guideline_counts.assign(
        told=[
            f"{count}, as printed" if pd.isna(allies) else f"{count} of {allies}"
            for count, allies in zip(guideline_counts["count"], guideline_counts["allies"], strict=True)
        ]
    )
    nato = counts["publisher"] == "NATO"
    sipri = counts["publisher"] == "SIPRI"
    by_nato, by_others = (
        words.named(f"{count} by {by}" for by, count in zip(part["by"], part["count"], strict=True))
        for part in (counts[nato], counts[~nato])
    )
    return style.figure(
        [
            marks.bars(
                counts,
                "count",
                "by",
                text="told",
                lying=True,
                marker=dict(
                    color=sipri.map({False: style.BLUE, True: style.PURPLE}),
                    pattern_shape=sipri.map({False: "", True: "/"}),
                ),
                says=f"<b>{{by}}</b><br>{{told}} allies with a figure at {target:g}% of GDP or more in {year}",
            )
        ],
        title=f"One year, {year}: the count depends on who counts and when",
        subtitle=f"Allies at {target:g}% of GDP or more in {year}; number of allies",
        source=words.sources(*(data.cite(part) for part in (counts[nato], counts[sipri]) if part["source"].any())),
        twin=f"Allies at {target:g}% of GDP in {year}: {by_nato}; {by_others}.",
        table=counts[["by", "count", "allies"]],
        note="* as the press quoted it; the table behind it was not seen. NATO and SIPRI define military spending "
        "differently: pensions, paramilitary forces and timing differ.",
        value_axis="x",
        xaxis=dict(range=[0, len(members)], title_text="allies"),
        yaxis=dict(autorange="reversed", showgrid=False),
        height=330,
        showlegend=False,
    )


def us_share(us_shares, edition):
    """Line: what part of all allied spending is the United States', by year; estimates dashed."""
    first, last = us_shares.iloc[0], us_shares.iloc[-1]
    peak = us_shares.loc[us_shares["us_share"].idxmax()]
    says = (
        "<b>{year}</b><br>United States {us_share:.1f}% of allied spending<br>{united_states:,.0f} billion US dollars"
    )
    return style.figure(
        marks.yearly(us_shares, "year", "us_share", colour=style.BLUE, name="United States", says=says),
        title=f"The United States' part: {first['us_share']:.0f}% of allied spending in {first['year']}, "
        f"{last['us_share']:.0f}% in {last['year']}",
        subtitle="US defence spending as % of all allies' spending, current prices and exchange rates",
        source=data.cite(us_shares),
        twin=f"By the {words.edition(edition)} edition the United States' part of all allied spending was "
        f"{first['us_share']:.1f}% in {first['year']}, highest in {peak['year']} at {peak['us_share']:.1f}%, "
        f"and is {last['us_share']:.1f}% in {last['year']}{_estimate(last['status'])}.",
        table=us_shares[["year", "us_share", "united_states", "others", "status"]],
        note="NATO's total counts each ally from its accession year on, so the circle of the others grows. "
        "The US budget pays for forces worldwide, not in Europe alone.",
        xaxis=dict(tickmode="linear", dtick=2, tickformat="d"),
        yaxis=dict(range=[0, 100], ticksuffix="%"),
        height=380,
    )


def _estimate(status):
    return " (estimate)" if status == "estimate" else ""


def change_of_prices(eu_spending, way):
    """Two bars: the EU-27's defence spending in the first and last year, by one way of counting."""
    row = eu_spending[eu_spending["way"] == way].iloc[0]
    bars = pd.DataFrame({"year": [str(row["from_year"]), str(row["to_year"])], "value": [row["first"], row["last"]]})
    bars["told"] = [words.number(value) for value in bars["value"]]
    before, after = bars["year"]
    return style.figure(
        [
            marks.bars(
                bars,
                "year",
                "value",
                text="told",
                marker=dict(color=[style.GREY, style.BLUE], pattern_shape=["/", ""]),
                width=0.5,
                says=f"<b>{{year}}</b><br>{{value:,.1f}} {row['unit']}",
            )
        ],
        title=f"{row['change']:+.0f}% from {before} to {after}: {style.plain(way)}",
        subtitle=f"Defence spending of EU members together, {row['unit']}",
        source=data.source_line(row["table"]),
        twin=f"Counted as {way}, EU members' defence spending went from {row['first']:,.0f} to {row['last']:,.0f} "
        f"{row['unit']} between {before} and {after}: {row['change']:+.1f}%.",
        table=eu_spending[["way", "unit", "first", "last", "change"]],
        note=row["note"],
        xaxis=dict(type="category", showgrid=False),
        yaxis=dict(range=[0, max(eu_spending["first"].max(), eu_spending["last"].max()) * 1.12]),
        height=360,
    )


def price_of_target(prices, year, edition, target, with_usa=True):
    """Bars: what each ally would spend on top in one year to reach a target share of GDP."""
    extra, now = prices["extra_billions"].sum(), prices["billions"].sum()
    most = [f"{name} ({sum_:,.0f} billion)" for name, sum_ in prices[["country", "extra_billions"]].head(3).to_numpy()]
    whose = "All allies together" if with_usa else "All allies but the United States together"
    return style.figure(
        [
            marks.bars(
                prices,
                "country",
                "extra_billions",
                marker=dict(color=style.BLUE),
                says="<b>{country}</b><br>{extra_billions:,.1f} billion US dollars more<br>now {billions:,.1f} "
                f"billion, {{share_of_gdp:.2f}}% of GDP<br>{year}, estimates as in the edition",
            )
        ],
        title=f"At {target:g}% of GDP allies would spend ${extra:,.0f} billion more in {year}",
        subtitle=f"Extra US$ billion in {year}, current prices, over the {words.edition(edition)} edition",
        source=data.cite(prices),
        twin=f"{whose} spend {now:,.0f} billion US dollars in {year}; a target of {target:g}% of GDP adds {extra:,.0f} "
        f"billion ({100 * extra / now:.0f}% more). Most falls to {words.named(most)}. "
        f"{prices['extra_billions'].eq(0).sum()} of {len(prices)} allies would pay nothing more.",
        table=prices[["country", "share_of_gdp", "billions", "extra_billions"]],
        note="GDP is what NATO's own share and amount imply. The chart prices a target; it does not say what the money "
        "would buy, or who would go without.",
        xaxis=dict(
            categoryorder="array",
            categoryarray=prices.attrs["order"],
            tickangle=-60,
            dtick=1,
            tickfont_size=14,
            range=[-0.7, len(prices) - 0.3],
            showgrid=False,
        ),
        yaxis=dict(range=[0, prices.attrs["highest"] * 1.05], title_text="US$ billion"),
        height=430,
    )


def two_guidelines(guideline_pairs, year, edition):
    """Scatter: share of GDP against the part spent on equipment, with both guidelines as lines."""
    rows = guideline_pairs.assign(remark=guideline_pairs["note"].map(_below))
    count = rows["met"].value_counts().reindex(["both", "one", "neither"], fill_value=0)
    says = (
        f"<b>{{country}}</b>, {year}<br>{{share_of_gdp:.2f}}% of GDP<br>{{equipment_share:.1f}}% of it on "
        f"equipment{{remark}}"
    )
    traces = [
        _lettered(rows[rows["met"] == met], "share_of_gdp", "equipment_share", says, f"{label}: {count[met]}", *look)
        for met, label, *look in (
            ("both", "both guidelines", style.BLUE, "circle"),
            ("one", "one", style.GREEN, "diamond"),
            ("neither", "neither", style.ORANGE, "square"),
        )
    ]
    hollow = "; estimates are hollow." if rows["status"].eq("estimate").any() else "."
    across, up = marks.upright(2, "2% of GDP"), marks.level(20, "20% on equipment")
    return style.figure(
        traces,
        title=f"In {year} {count['both']} of {len(rows)} allies met both guidelines of 2014",
        subtitle=f"Across: defence spending, % of GDP. Up: part spent on major equipment, %. {year}, "
        f"edition of {words.edition(edition)}",
        source=data.cite(rows),
        twin=f"In {year}, by the {words.edition(edition)} edition, {count['both']} of {len(rows)} allies spent 2% of "
        f"GDP and a fifth of it on equipment; {count['one']} met one guideline, {count['neither']} neither{hollow}",
        table=rows[["country", "share_of_gdp", "equipment_share", "status"]].sort_values("country"),
        xaxis=dict(range=[0, guideline_pairs.attrs["share_of_gdp"] * 1.06], ticksuffix="%"),
        yaxis=dict(range=[0, guideline_pairs.attrs["equipment_share"] * 1.08], ticksuffix="%"),
        shapes=across["shapes"] + up["shapes"],
        annotations=across["annotations"] + up["annotations"],
        height=450,
    )


def _lettered(rows, x, y, says, name, colour, shape, beside="top center"):
    """Dots with each ally's letters beside them."""
    return marks.dots(
        rows, x, y, says=says, name=name, colour=colour, shape=shape, status="status",
        text="iso3", textposition=beside, textfont_size=14,
    )  # fmt: skip


def distance(near_russia, year):
    """Scatter: how far each European ally lies from Russia against its share of GDP."""
    rows = near_russia.assign(remark=near_russia["note"].map(_below))
    close, far = rows[rows["distance_km"] == 0], rows[rows["distance_km"] > 0]
    says = (
        f"<b>{{country}}</b>, {year}<br>about {{distance_km:,.0f}} km from Russia<br>{{share_of_gdp:.2f}}% of "
        f"GDP{{remark}}"
    )
    axes = "distance_km", "share_of_gdp", says
    return style.figure(
        [
            _lettered(close, *axes, "land border with Russia", style.ORANGE, "diamond", "top right"),
            _lettered(far, *axes, "no land border", style.BLUE, "circle", "top right"),
        ],
        title=f"Nearer to Russia, more of GDP? {year}",
        subtitle=f"Across: shortest distance to Russia's outline, km. Up: defence spending, % of GDP, {year}",
        source=words.sources(data.cite(rows), "Source: Natural Earth, outlines"),
        twin=f"In {year} the {len(close)} allies with a land border with Russia spent "
        f"{near_russia.attrs['close']:.2f}% of GDP (median), the {len(far)} other European allies "
        f"{near_russia.attrs['far']:.2f}%. The order of distance and the order of spending agree with a rank "
        f"correlation of {near_russia.attrs['rank_correlation']:.2f}.",
        table=rows[["country", "distance_km", "share_of_gdp", "status"]].sort_values("distance_km"),
        note="Russia's outline includes Kaliningrad; outlines are simplified, so distances are rounded. A pattern is "
        "not a cause: wealth, history and size differ, too.",
        xaxis=dict(range=[-150, rows["distance_km"].max() * 1.08], ticksuffix=" km"),
        yaxis=dict(range=[0, near_russia.attrs["highest"] * 1.06], ticksuffix="%"),
        height=430,
    )


def common_funds(common_funds):
    """A thousand dots: how many stand for NATO's common funds, out of all that allies spend."""
    funds = common_funds.attrs
    lit = round(funds["per_thousand"])
    place = range(1000)
    look = dict(
        color=[style.ORANGE if dot < lit else style.FAINT for dot in place],
        symbol=["square" if dot < lit else "circle" for dot in place],
        size=[13 if dot < lit else 9 for dot in place],
    )
    across, down = [dot // 20 for dot in place], [-(dot % 20) for dot in place]
    return style.figure(
        [go.Scatter(x=across, y=down, mode="markers", marker=dict(**look, line_width=0), hoverinfo="skip")],
        title=f"Of each 1,000 allied defence dollars, about {lit} go through NATO's common funds",
        subtitle=f"{funds['year']}; each dot is a thousandth of all allied defence spending",
        source=words.sources(*(data.cite(common_funds[common_funds.index == row]) for row in common_funds.index)),
        twin=f"NATO's common funds were {funds['eur_billions']:.1f} billion euros in {funds['year']}, allies' own "
        f"defence spending {funds['usd_billions']:,.0f} billion US dollars: {funds['low']:.2f} to "
        f"{funds['high']:.2f}%, whether a euro is counted as one dollar or as 1.20.",
        table=common_funds[["item", "year", "billions"]],
        note="Common funds pay for headquarters, command and shared systems; each ally pays its own forces.",
        xaxis=dict(visible=False, fixedrange=True),
        yaxis=dict(visible=False, fixedrange=True),
        showlegend=False,
        height=300,
    )


def country_target(ally_years, country, edition, target):
    """Line: one ally's share of GDP over the years against a target, with the price of the gap."""
    rows = ally_years.assign(told=_told(ally_years["status"]), remark=ally_years["note"].map(_below))
    first, last, price = rows.iloc[0], rows.iloc[-1], ally_years.attrs["price"]
    price = "an amount this edition does not give" if pd.isna(price) else f"${price:,.1f} billion"
    goal = pd.DataFrame({"year": [first["year"], last["year"]], "share_of_gdp": target})
    name = style.plain(country)
    return style.figure(
        [
            *marks.yearly(
                rows,
                "year",
                "share_of_gdp",
                colour=style.BLUE,
                name=name,
                says=f"<b>{name}, {{year}}</b><br>{{share_of_gdp:.2f}}% of GDP<br>{{told}}{{remark}}",
            ),
            marks.line(goal, "year", "share_of_gdp", colour=style.ORANGE, dash="dash", name=f"target {target:g}%"),
        ],
        title=f"{name}: {last['share_of_gdp']:.2f}% of GDP in {last['year']}; {target:g}% would take {price} more",
        subtitle=f"Defence spending, % of GDP, edition of {words.edition(edition)}",
        source=data.cite(rows),
        twin=f"{country} spent {first['share_of_gdp']:.2f}% of GDP in {first['year']} and "
        f"{last['share_of_gdp']:.2f}% in {last['year']}{_estimate(last['status'])}. At {target:g}% it would spend "
        f"{price} more in that year, at current prices.",
        table=rows[["year", "share_of_gdp", "usd_current_millions", "status"]],
        xaxis=dict(tickmode="linear", dtick=2, tickformat="d"),
        yaxis=dict(range=[0, ally_years.attrs["highest"] * 1.04], ticksuffix="%"),
        height=400,
    )
