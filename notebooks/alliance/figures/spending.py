"""Charts of defence spending."""

import plotly.graph_objects as go
from markupsafe import Markup

from .. import data, measures, words
from . import marks, style

TABLE = "defence_expenditure"


def _source(edition, table=TABLE):
    return data.source_line(table, edition=edition)


def _below(note):
    """A remark on its own line of the hover; nothing where there is none."""
    return Markup(f"<br>{style.wrapped(note)}") if note else ""


def _words(status):
    return status.map({"estimate": "NATO's estimate", "actual": "reported"})


def _remarks(rows):
    """Hover lines of the breaks and outliers that datapackage.json names for these rows."""
    return data.remarks_for(TABLE, rows, "share_of_gdp").map(lambda note: f"<br>{style.wrapped(note)}" if note else "")


def guideline(ally_shares, year, edition, target=2.0):
    """Dot plot: each ally's share of GDP in a year by one edition, with the target as a line."""
    known = ally_shares.dropna(subset="share_of_gdp").assign(
        told=lambda rows: _words(rows["status"]), remark=lambda rows: rows["note"].map(_below)
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
        if edition >= "2026-07"
        else "NATO's definition.",
        **marks.level(target, f"target line {target:g}%"),
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


def guideline_counts(counts, members, year=2024, target=2.0):
    """Bars: how many allies met the target in one year, by edition and by who counts."""
    colours = counts["publisher"].map({"NATO": style.BLUE, "SIPRI": style.PURPLE})
    patterns = counts["publisher"].map({"NATO": "", "SIPRI": "/"})
    nato = counts[counts["publisher"] == "NATO"]
    return style.figure(
        [
            go.Bar(
                x=counts["count"],
                y=counts["by"],
                orientation="h",
                marker=dict(color=colours, pattern_shape=patterns),
                text=[
                    f"{count} of {allies}" if allies is not None else f"{count}, as printed"
                    for count, allies in zip(
                        counts["count"], counts["allies"].astype(object).where(counts["allies"].notna(), None)
                    )
                ],
                textposition="outside",
                hovertemplate=f"<b>%{{y}}</b><br>%{{text}} allies with a figure at {target:g}% of GDP or more in {year}<extra></extra>",
            )
        ],
        title=f"One year, {year}: the count depends on who counts and when",
        subtitle=f"Allies at {target:g}% of GDP or more in {year}; number of allies",
        source=words.sources(
            *(
                data.source_line(TABLE, edition=edition)
                for edition in sorted(nato["edition"])
                if edition in set(data.load(TABLE)["edition"])
            ),
            data.source_line("military_expenditure", year=year, iso3="USA"),
        ),
        twin=f"Allies at {target:g}% of GDP in {year}: "
        + words.named(f"{row['count']} by {row['by']}" for _, row in nato.iterrows())
        + "; "
        + words.named(f"{row['count']} by {row['by']}" for _, row in counts[counts["publisher"] != "NATO"].iterrows())
        + ".",
        table=counts[["by", "count", "allies"]],
        note="* as the press quoted it; the table behind it was not seen. NATO and SIPRI define military spending differently: pensions, paramilitary forces and timing differ.",
        value_axis="x",
        xaxis=dict(range=[0, len(members)], title_text="allies"),
        yaxis=dict(autorange="reversed", showgrid=False),
        height=330,
        showlegend=False,
    )


def us_share(shares, edition):
    """Line: what part of all allied spending is the United States', by year; estimates dashed."""
    first, last = shares.iloc[0], shares.iloc[-1]
    traces = style.yearly(
        shares["year"],
        shares["us_share"],
        shares["status"],
        colour=style.BLUE,
        name="United States",
        customdata=list(shares["united_states"]),
        hover="<b>%{x}</b><br>United States %{y:.1f}% of allied spending<br>%{customdata:,.0f} billion US dollars<extra></extra>",
    )
    return style.figure(
        traces,
        title=f"The United States' part: {first['us_share']:.0f}% of allied spending in {first['year']:.0f}, {last['us_share']:.0f}% in {last['year']:.0f}",
        subtitle="US defence spending as % of all allies' spending, current prices and exchange rates",
        source=_source(edition),
        twin=f"By the {measures.edition_name(edition)} edition the United States' part of all allied spending was {first['us_share']:.1f}% in {first['year']:.0f}, highest in {shares.loc[shares['us_share'].idxmax(), 'year']:.0f} at {shares['us_share'].max():.1f}%, and is {last['us_share']:.1f}% in {last['year']:.0f}"
        + (" (estimate)." if last["status"] == "estimate" else "."),
        table=shares[["year", "us_share", "united_states", "others", "status"]],
        note="NATO's total counts each ally from its accession year on, so the circle of the others grows. The US budget pays for forces worldwide, not in Europe alone.",
        xaxis=dict(tickmode="linear", dtick=2, tickformat="d"),
        yaxis=dict(range=[0, 100], ticksuffix="%"),
        height=380,
    )


def change_of_prices(ways, way):
    """Two bars: the EU-27's defence spending in the first and last year, by one way of counting."""
    row = ways[ways["way"] == way].iloc[0]
    years = [str(row["from_year"]), str(row["to_year"])]
    values = [row["first"], row["last"]]
    return style.figure(
        [
            go.Bar(
                x=years,
                y=values,
                text=[f"{value:,.0f}" for value in values],
                textposition="outside",
                marker=dict(color=[style.GREY, style.BLUE], pattern_shape=["/", ""]),
                width=0.5,
                hovertemplate=f"<b>%{{x}}</b><br>%{{y:,.1f}} {row['unit']}<extra></extra>",
            )
        ],
        title=f"{row['change']:+.0f}% from {years[0]} to {years[1]}: {style.plain(way)}",
        subtitle=f"Defence spending of EU members together, {row['unit']}",
        source=data.source_line(row["table"]),
        twin=f"Counted as {way}, EU members' defence spending went from {values[0]:,.0f} to {values[1]:,.0f} {row['unit']} between {years[0]} and {years[1]}: {row['change']:+.1f}%.",
        table=ways[["way", "unit", "first", "last", "change"]],
        note=row["note"],
        xaxis=dict(type="category", showgrid=False),
        yaxis=dict(range=[0, max(ways["first"].max(), ways["last"].max()) * 1.12]),
        height=360,
    )


def price_of_target(spending, year, edition, target, with_usa=True):
    """Bars: what each ally would spend on top in one year to reach a target share of GDP."""
    prices = measures.price_of_target(spending, year, edition, target)
    ceiling = measures.price_of_target(spending, year, edition, 5.0)
    if not with_usa:
        prices, ceiling = prices[prices["iso3"] != "USA"], ceiling[ceiling["iso3"] != "USA"]
    order = ceiling["country"]
    total, now = prices["extra_billions"].sum(), prices["billions"].sum()
    reach = prices[prices["extra_billions"] == 0]
    whose = "All allies together" if with_usa else "All allies but the United States together"
    return style.figure(
        [
            go.Bar(
                x=prices["country"],
                y=prices["extra_billions"],
                marker_color=style.BLUE,
                customdata=prices[["share_of_gdp", "billions"]],
                hovertemplate=f"<b>%{{x}}</b><br>%{{y:,.1f}} billion US dollars more<br>now %{{customdata[1]:,.1f}} billion, %{{customdata[0]:.2f}}% of GDP<br>{year}, estimates as in the edition<extra></extra>",
            )
        ],
        title=f"At {target:g}% of GDP allies would spend ${total:,.0f} billion more in {year}",
        subtitle=f"Extra US$ billion in {year}, current prices, over the {measures.edition_name(edition)} edition",
        source=_source(edition),
        twin=f"{whose} spend {now:,.0f} billion US dollars in {year}; a target of {target:g}% of GDP adds {total:,.0f} billion ({100 * total / now:.0f}% more). Most falls to {words.named(f'{name} ({extra:,.0f} billion)' for name, extra in zip(prices['country'].head(3), prices['extra_billions'].head(3)))}. {len(reach)} of {len(prices)} allies would pay nothing more.",
        table=prices[["country", "share_of_gdp", "billions", "extra_billions"]],
        note="GDP is what NATO's own share and amount imply. The chart prices a target; it does not say what the money would buy, or who would go without.",
        xaxis=dict(
            categoryorder="array",
            categoryarray=list(order),
            tickangle=-60,
            dtick=1,
            tickfont_size=14,
            range=[-0.7, len(order) - 0.3],
            showgrid=False,
        ),
        yaxis=dict(range=[0, max(ceiling["extra_billions"].max(), 1) * 1.05], title_text="US$ billion"),
        height=430,
    )


def two_guidelines(spending, year, edition):
    """Scatter: share of GDP against the part spent on equipment, with both guidelines as lines."""
    rows = measures.in_year(spending, year, edition).dropna(subset=["share_of_gdp", "equipment_share"])
    both = measures.meets(rows["share_of_gdp"], 2) & measures.meets(rows["equipment_share"], 20)
    one = (measures.meets(rows["share_of_gdp"], 2) | measures.meets(rows["equipment_share"], 20)) & ~both
    traces = []
    for label, chosen, colour, shape in (
        ("both guidelines", both, style.BLUE, "circle"),
        ("one", one, style.GREEN, "diamond"),
        ("neither", ~both & ~one, style.ORANGE, "square"),
    ):
        part = rows[chosen]
        traces.append(
            go.Scatter(
                x=part["share_of_gdp"],
                y=part["equipment_share"],
                text=part["iso3"],
                mode="markers+text",
                textposition="top center",
                textfont_size=14,
                name=f"{label}: {len(part)}",
                marker=style.dots(colour, part["status"], shape),
                customdata=list(zip(part["country"], _remarks(part), strict=True)),
                hovertemplate=f"<b>%{{customdata[0]}}</b>, {year}<br>%{{x:.2f}}% of GDP<br>%{{y:.1f}}% of it on equipment%{{customdata[1]}}<extra></extra>",
            )
        )
    table = measures.in_edition(spending, edition)
    return style.figure(
        traces,
        title=f"In {year} {both.sum()} of {len(rows)} allies met both guidelines of 2014",
        subtitle=f"Across: defence spending, % of GDP. Up: part spent on major equipment, %. {year}, edition of {measures.edition_name(edition)}",
        source=_source(edition),
        twin=f"In {year}, by the {measures.edition_name(edition)} edition, {both.sum()} of {len(rows)} allies spent 2% of GDP and a fifth of it on equipment; {one.sum()} met one guideline, {(~both & ~one).sum()} neither"
        + ("; estimates are hollow." if (rows["status"] == "estimate").any() else "."),
        table=rows[["country", "share_of_gdp", "equipment_share", "status"]].sort_values("country"),
        xaxis=dict(range=[0, table["share_of_gdp"].max() * 1.06], ticksuffix="%"),
        yaxis=dict(range=[0, table["equipment_share"].max() * 1.08], ticksuffix="%"),
        shapes=[
            dict(type="line", x0=2, x1=2, yref="paper", y0=0, y1=1, line=dict(color=style.GREY, dash="dash")),
            dict(type="line", y0=20, y1=20, xref="paper", x0=0, x1=1, line=dict(color=style.GREY, dash="dash")),
        ],
        annotations=[
            dict(x=2, yref="paper", y=1, yanchor="top", xanchor="left", text="2% of GDP", showarrow=False),
            dict(y=20, xref="paper", x=1, xanchor="right", yanchor="bottom", text="20% on equipment", showarrow=False),
        ],
        height=450,
    )


def distance(spending, distances, year, edition):
    """Scatter: how far each European ally lies from Russia against its share of GDP."""
    near = measures.near_russia(spending, distances, year, edition)
    close = near[near["distance_km"] == 0]
    far = near[near["distance_km"] > 0]
    traces = []
    for label, part, colour, shape in (
        ("land border with Russia", close, style.ORANGE, "diamond"),
        ("no land border", far, style.BLUE, "circle"),
    ):
        traces.append(
            go.Scatter(
                x=part["distance_km"],
                y=part["share_of_gdp"],
                text=part["iso3"],
                mode="markers+text",
                textposition="top right",
                textfont_size=14,
                name=label,
                marker=style.dots(colour, part["status"], shape),
                customdata=list(zip(part["country"], _remarks(part), strict=True)),
                hovertemplate=f"<b>%{{customdata[0]}}</b>, {year}<br>about %{{x:,.0f}} km from Russia<br>%{{y:.2f}}% of GDP%{{customdata[1]}}<extra></extra>",
            )
        )
    return style.figure(
        traces,
        title=f"Nearer to Russia, more of GDP? {year}",
        subtitle=f"Across: shortest distance to Russia's outline, km. Up: defence spending, % of GDP, {year}",
        source=words.sources(_source(edition), "Source: Natural Earth, outlines"),
        twin=f"In {year} the {len(close)} allies with a land border with Russia spent {close['share_of_gdp'].median():.2f}% of GDP (median), the {len(far)} other European allies {far['share_of_gdp'].median():.2f}%. The order of distance and the order of spending agree with a rank correlation of {near['distance_km'].rank().corr(near['share_of_gdp'].rank()):.2f}.",
        table=near[["country", "distance_km", "share_of_gdp", "status"]].sort_values("distance_km"),
        note="Russia's outline includes Kaliningrad; outlines are simplified, so distances are rounded. A pattern is not a cause: wealth, history and size differ, too.",
        xaxis=dict(range=[-150, near["distance_km"].max() * 1.08], ticksuffix=" km"),
        yaxis=dict(range=[0, near.attrs.get("highest", near["share_of_gdp"].max()) * 1.06], ticksuffix="%"),
        height=430,
    )


def common_funds(funds):
    """A thousand dots: how many stand for NATO's common funds, out of all that allies spend."""
    lit = round(funds["per_thousand"])
    place = range(1000)
    colours = [style.ORANGE if dot < lit else style.FAINT for dot in place]
    symbols = ["square" if dot < lit else "circle" for dot in place]
    return style.figure(
        [
            go.Scatter(
                x=[dot // 20 for dot in place],
                y=[-(dot % 20) for dot in place],
                mode="markers",
                marker=dict(
                    color=colours, symbol=symbols, size=[13 if dot < lit else 9 for dot in place], line_width=0
                ),
                hoverinfo="skip",
            )
        ],
        title=f"Of each 1,000 allied defence dollars, about {lit} go through NATO's common funds",
        subtitle=f"{funds['year']}; each dot is a thousandth of all allied defence spending",
        source=words.sources(
            data.source_line("spending_other_totals", measure="common funds"), _source(funds["edition"])
        ),
        twin=f"NATO's common funds were {funds['eur_billions']:.1f} billion euros in {funds['year']}, allies' own defence spending {funds['usd_billions']:,.0f} billion US dollars: {funds['low']:.2f} to {funds['high']:.2f}%, whether a euro is counted as one dollar or as 1.20.",
        table=funds["table"],
        note="Common funds pay for headquarters, command and shared systems; each ally pays its own forces.",
        xaxis=dict(visible=False, fixedrange=True),
        yaxis=dict(visible=False, fixedrange=True),
        showlegend=False,
        height=300,
    )


def country_target(spending, country, edition, target):
    """Line: one ally's share of GDP over the years against a target, with the price of the gap."""
    rows = measures.in_edition(spending[spending["country"] == country], edition).dropna(subset="share_of_gdp")
    last = rows.iloc[-1]
    prices = measures.price_of_target(spending[spending["country"] == country], last["year"], edition, target)
    price = (
        f"${prices['extra_billions'].item():,.1f} billion" if len(prices) else "an amount this edition does not give"
    )
    hover = (
        "<b>"
        + style.plain(country)
        + ", %{x}</b><br>%{y:.2f}% of GDP<br>%{customdata[0]}%{customdata[1]}<extra></extra>"
    )
    highest = measures.in_edition(spending, edition)["share_of_gdp"].max()
    return style.figure(
        [
            *style.yearly(
                rows["year"],
                rows["share_of_gdp"],
                rows["status"],
                colour=style.BLUE,
                name=style.plain(country),
                hover=hover,
                customdata=list(zip(_words(rows["status"]), _remarks(rows), strict=True)),
            ),
            go.Scatter(
                x=[rows["year"].min(), last["year"]],
                y=[target, target],
                mode="lines",
                line=dict(color=style.ORANGE, dash="dash"),
                name=f"target {target:g}%",
                hoverinfo="skip",
            ),
        ],
        title=f"{style.plain(country)}: {last['share_of_gdp']:.2f}% of GDP in {last['year']:.0f}; {target:g}% would take {price} more",
        subtitle=f"Defence spending, % of GDP, edition of {measures.edition_name(edition)}",
        source=_source(edition),
        twin=f"{country} spent {rows['share_of_gdp'].iloc[0]:.2f}% of GDP in {rows['year'].iloc[0]:.0f} and {last['share_of_gdp']:.2f}% in {last['year']:.0f}"
        + (" (estimate)" if last["status"] == "estimate" else "")
        + f". At {target:g}% it would spend {price} more in that year, at current prices.",
        table=rows[["year", "share_of_gdp", "usd_current_millions", "status"]],
        xaxis=dict(tickmode="linear", dtick=2, tickformat="d"),
        yaxis=dict(range=[0, highest * 1.04], ticksuffix="%"),
        height=400,
    )
