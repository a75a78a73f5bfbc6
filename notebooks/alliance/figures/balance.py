"""Charts of the border with Russia and of the weights on both sides of it."""

import pandas as pd
import plotly.graph_objects as go

from .. import data, measures, words
from . import style

LONGEST_KM = 5200
ROUND_NUMBERS = {"FIN": "A0-19", "UKR": "A1-094"}


def border_over_time(borders, members, last, lengths):
    """Step line: the allies' land border with Russia at the end of each year since 1992."""
    table = measures.border_by_year(borders, members, lengths, last)
    joins = table[table["who"] != ""]
    first, now = table.iloc[0], table.iloc[-1]
    return style.figure(
        [
            go.Scatter(
                x=table["year"],
                y=table["length_km"],
                mode="lines",
                line=dict(shape="hv", color=style.BLUE),
                hovertemplate="end of %{x}: %{y:,.0f} km<extra></extra>",
            ),
            go.Scatter(
                x=joins["year"],
                y=joins["length_km"],
                mode="markers+text",
                marker=dict(color=style.BLUE, symbol="diamond", size=11),
                text=style.plain(joins["who"]),
                textposition=["top left" if year > 1999 else "top center" for year in joins["year"]],
                textfont_size=14,
                hovertemplate="<b>%{x}: %{text}</b><br>%{y:,.0f} km in all<extra></extra>",
            ),
        ],
        title=f"From {first['length_km']:,.0f} to {now['length_km']:,.0f} km in {len(joins)} steps",
        subtitle="Land border of NATO members with Russia at the end of each year, km",
        source=_source(lengths),
        twin=f"At the end of 1992 only Norway bordered Russia, on {first['length_km']:,.0f} km. "
        + "; ".join(f"{row['length_km']:,.0f} km since {row['year']} ({row['who']})" for _, row in joins.iterrows())
        + ".",
        table=table[["year", "length_km", "who"]],
        note="Poland and Lithuania border the region of Kaliningrad. Before 1992 the neighbour was the Soviet Union.",
        xaxis=dict(range=[1990, last + 1.5], tickformat="d", dtick=5, tick0=1990),
        yaxis=dict(range=[0, 5000], ticksuffix=" km"),
        showlegend=False,
        height=360,
    )


def border_calculator(borders, members, day, lengths, with_ukraine=True):
    """Stacked bars: the allies' border with Russia on a day, and what Ukraine would add to it."""
    allies = measures.allied_border(borders, members, day, lengths)
    sums = measures.border_ratio(borders, members, day, lengths)
    day = pd.Timestamp(day)
    said = f"{day.day} {day:%B %Y}"
    bars = {said: allies}
    title = f"{said}: allies border Russia on {sums['now']:,.0f} km"
    twin = f"On {said} allies shared {sums['now']:,.0f} km of border with Russia"
    if with_ukraine:
        ukraine = pd.DataFrame([{"iso3": "UKR", "country": "Ukraine", "length_km": sums["ukraine"]}])
        bars["with Ukraine"] = pd.concat([allies, ukraine], ignore_index=True)
        double = "more than double" if sums["times"] > 2 else "less than double"
        title = f"{said}: with Ukraine {sums['times']:.2f} times as long, {double}"
        twin += f"; with Ukraine it would have been {sums['then']:,.0f} km, {sums['times']:.2f} times as long ({sums['times'] - 1:+.0%}), {double}"
    return _border(
        bars, lengths, title=title, twin=f"{twin}, by {lengths}.", twice=2 * sums["now"] if with_ukraine else None
    )


def _border(bars, lengths, title, twin, twice=None):
    """Rows of stacked border lengths; `bars` maps a row's name to rows of iso3, country, length_km."""
    looks = {"FIN": (style.GREEN, "."), "UKR": (style.ORANGE, "/")}
    table = pd.concat([bar.assign(row=row) for row, bar in bars.items()], ignore_index=True)
    traces = []
    for code, part in table.groupby("iso3", sort=False):
        colour, pattern = looks.get(code, (style.BLUE, ""))
        name = style.plain(part["country"].iloc[0])
        traces.append(
            go.Bar(
                x=part["length_km"],
                y=part["row"],
                orientation="h",
                name=name,
                marker=dict(
                    color=colour,
                    line=dict(color="white", width=2),
                    pattern=dict(shape=pattern, fillmode="overlay", fgcolor="white", solidity=0.15),
                ),
                text=name,
                textposition="inside",
                insidetextanchor="middle",
                textangle=0 if part["length_km"].min() > 500 else -90,
                textfont_color="black",
                hovertemplate=f"<b>{name}</b>, %{{y}}<br>%{{x:,.1f}} km<extra></extra>",
            )
        )
    line = (
        []
        if twice is None
        else [
            dict(
                type="line",
                x0=twice,
                x1=twice,
                yref="paper",
                y0=0,
                y1=1,
                line=dict(color=style.GREY, width=3, dash="dash"),
            )
        ]
    )
    label = (
        []
        if twice is None
        else [
            dict(
                x=twice, yref="paper", y=1.02, yanchor="bottom", text=f"twice as long: {twice:,.0f} km", showarrow=False
            )
        ]
    )
    return style.figure(
        traces,
        title=title,
        subtitle="Border of NATO members with Russia, km, by member",
        source=_source(lengths),
        twin=twin,
        table=table[["row", "country", "length_km"]],
        note="Ukraine's is the internationally recognised line, not the front."
        if "UKR" in set(table["iso3"])
        else "Poland and Lithuania border the region of Kaliningrad.",
        value_axis="x",
        barmode="stack",
        xaxis=dict(range=[0, LONGEST_KM], nticks=6, title_text="km"),
        yaxis=dict(categoryorder="array", categoryarray=list(bars)[::-1], showgrid=False),
        shapes=line,
        annotations=label,
        uniformtext=dict(minsize=14, mode="hide"),
        margin_t=32,
        showlegend=False,
        height=300,
    )


def _source(lengths):
    source, _ = measures.BORDER_SOURCES[lengths]
    if source is None:
        return data.source_line("borders", recommended=True)
    day = data.load("sources").set_index("id").loc[source, "date_read"]
    return f"{data.source_line('borders', source=source)}, read {day.day} {day:%B %Y}"


def border_by_source(borders, country, unit="km"):
    """Dots: one border with Russia as each source measures it; a number in an article as a line."""
    rows = measures.border_by_source(borders, country)
    names = data.load("countries").set_index("iso3")["name"]
    known = data.load("sources").set_index("id")
    value = rows["length_km"] if unit == "km" else rows["miles"]
    labels = [
        f"{known.loc[source, 'publisher']}, {'with sea' if 'sea' in counted else 'dry land only' if 'dry' in counted else 'land'}"
        for source, counted in zip(rows["source"], rows["counted_as"], strict=True)
    ]
    rows = rows.assign(label=labels, amount=value)
    said = _printed(country, unit)
    traces = []
    for label, part, colour, shape in (
        ("recommended here", rows[rows["recommended"]], style.BLUE, "diamond"),
        ("other source", rows[~rows["recommended"]], style.GREY, "circle"),
    ):
        traces.append(
            go.Scatter(
                x=part["amount"],
                y=style.plain(part["label"]),
                mode="markers+text",
                text=[f"{amount:,.0f}" for amount in part["amount"]],
                textposition="middle left",
                textfont_size=14,
                marker=dict(color=colour, symbol=shape, size=13),
                name=label,
                customdata=[style.wrapped(note) for note in part["note"].fillna("")],
                hovertemplate=f"<b>%{{y}}</b><br>%{{x:,.1f}} {unit}<br>%{{customdata}}<extra></extra>",
            )
        )
    low, high = value.min(), value.max()
    if said:
        traces.append(
            go.Scatter(
                x=[said] * len(rows),
                y=style.plain(rows["label"]),
                mode="lines",
                line=dict(color=style.ORANGE, dash="dash"),
                name=f"the article: {said:,.0f} {unit}",
                hoverinfo="skip",
            )
        )
    return style.figure(
        traces,
        title=f"Russia's border with {names[country]}: {low:,.0f} to {high:,.0f} {unit}, by source",
        subtitle=f"Length of one border, {unit}, as each source gives it",
        source=data.source_line("borders", iso3=country, neighbour_iso3="RUS"),
        twin=f"{len(rows)} lengths of one border run from {low:,.0f} to {high:,.0f} {unit}; the longest is {100 * (high / low - 1):.0f}% above the shortest."
        + (
            f" The article prints {said:,.0f}{'' if _unit(country) == unit else f' {unit}, converted'}." if said else ""
        ),
        table=rows[["label", "length_km", "miles", "counted_as"]],
        note="A river border follows every bend, or does not; a lake, a lagoon or the sea is counted, or is not.",
        value_axis="x",
        xaxis=dict(range=[0, max(high, said or 0) * 1.12], nticks=5, title_text=unit),
        yaxis=dict(categoryorder="array", categoryarray=list(style.plain(rows["label"])), tickfont_size=14),
        height=340,
    )


def _unit(country):
    return "miles" if data.load("claims").set_index("id").loc[ROUND_NUMBERS[country], "unit"] == "miles" else "km"


def _printed(country, unit):
    """The length that an article prints for a border, in `unit`; None where none does."""
    if country not in ROUND_NUMBERS:
        return None
    value = float(data.load("claims").set_index("id").loc[ROUND_NUMBERS[country], "value"])
    factor = {("miles", "km"): measures.KM_A_MILE, ("km", "miles"): 1 / measures.KM_A_MILE}.get(
        (_unit(country), unit), 1
    )
    return value * factor


def balance(countries, members, military, others, **switches):
    """Stacked bars: Europe's and Russia's part of what both have, weighed in four ways.

    `switches` are those of `measures.balance`: usa, turkiye, purchasing_power, forces, ukraine.
    """
    table = measures.balance(countries, members, military, others, **switches)
    ahead = table["ratio"] > 1
    ours = "Europe and the United States" if switches.get("usa") else "Europe"
    theirs = "Russia"
    if switches.get("ukraine", "neither") != "neither":
        ours, theirs = (
            (f"{ours} with Ukraine", theirs) if switches["ukraine"] == "Europe" else (ours, f"{theirs} with Ukraine")
        )
    hover = [
        [europe, russia, unit, how]
        for europe, russia, unit, how in table[["europe", "russia", "unit", "how"]].itertuples(index=False)
    ]
    behind = words.named(table.loc[~ahead, "weight"])
    return style.figure(
        [
            go.Bar(
                x=table["europe_share"],
                y=table["weight"],
                orientation="h",
                name=ours,
                marker_color=style.BLUE,
                text=[_ratio(ratio) for ratio in table["ratio"]],
                textposition="inside",
                insidetextanchor="start",
                textfont=dict(size=16, color="black"),
                customdata=hover,
                hovertemplate=f"<b>{ours}</b>: %{{customdata[0]:,.2f}} %{{customdata[2]}}<br>%{{x:.1f}}% of both<br>%{{customdata[3]}}<extra></extra>",
            ),
            go.Bar(
                x=table["russia_share"],
                y=table["weight"],
                orientation="h",
                name=theirs,
                marker=dict(
                    color=style.PURPLE, pattern=dict(shape="/", fillmode="overlay", fgcolor="white", solidity=0.15)
                ),
                customdata=hover,
                hovertemplate=f"<b>{theirs}</b>: %{{customdata[1]:,.2f}} %{{customdata[2]}}<br>%{{x:.1f}}% of both<br>%{{customdata[3]}}<extra></extra>",
            ),
        ],
        title=f"{ours} weighs more in {ahead.sum()} of {len(table)} ways"
        if not switches.get("usa")
        else f"{ours} weigh more in {ahead.sum()} of {len(table)} ways",
        subtitle=f"Part of what both sides have together, %, dashed: balance; in the bars the ratio {ours} : {theirs}",
        source=words.sources(
            data.source_line("countries", "gdp_usd", "population"),
            data.source_line("spending_other_totals", id="iiss-2024-russia")
            if switches.get("purchasing_power")
            else data.source_line("military_expenditure", iso3="RUS", year=2024),
        ),
        twin=f"{ours} to {theirs}: "
        + words.named(
            f"{weight} {_ratio(ratio)}" for weight, ratio in zip(table["weight"], table["ratio"], strict=True)
        )
        + (f". {theirs} weighs more in {behind}." if (~ahead).any() else "."),
        table=table[["weight", "europe", "russia", "unit", "ratio", "europe_share", "russia_share", "how"]],
        note="GDP, people and spending of 2024, forces of 2025. Europe means the European allies. "
        + (
            "At purchasing power two totals of IISS stand in, as the press quoted them: no list of countries goes with them, so no other switch moves that bar."
            if switches.get("purchasing_power")
            else "Dollars at market exchange rates, where a Russian soldier or shell costs less than a German one."
        ),
        value_axis="x",
        barmode="stack",
        xaxis=dict(range=[0, 100], tickvals=[0, 25, 50, 75, 100], ticktext=["0", "25", "50", "75", "100%"]),
        yaxis=dict(autorange="reversed", showgrid=False),
        legend_traceorder="normal",
        shapes=[
            dict(type="line", x0=50, x1=50, yref="paper", y0=0, y1=1, line=dict(color="black", width=3, dash="dash"))
        ],
        height=340,
    )


def _ratio(ratio):
    """A ratio as people say it, the larger side first or last: '3.2 : 1' or '1 : 1.01'."""
    digits = 2 if 0.95 < ratio < 1.05 else 1
    return f"{ratio:.{digits}f} : 1" if ratio >= 1 else f"1 : {1 / ratio:.{digits}f}"


def us_parts(countries, members, defence, edition, year):
    """Stacked bars: what part of the alliance is the United States', in five ways."""
    table = measures.us_parts(countries, members, defence, edition, year)
    hover = table[["united_states", "others", "unit"]]
    return style.figure(
        [
            go.Bar(
                x=table["us_part"],
                y=table["what"],
                orientation="h",
                name="United States",
                marker_color=style.BLUE,
                text=[f"{part:.0f}%" for part in table["us_part"]],
                textposition="inside",
                insidetextanchor="start",
                textfont=dict(size=16, color="black"),
                customdata=hover,
                hovertemplate="<b>United States</b>: %{customdata[0]:,.1f} %{customdata[2]}<br>%{x:.1f}%<extra></extra>",
            ),
            go.Bar(
                x=table["others_part"],
                y=table["what"],
                orientation="h",
                name="all other allies",
                marker=dict(
                    color=style.GREY, pattern=dict(shape="/", fillmode="overlay", fgcolor="white", solidity=0.15)
                ),
                customdata=hover,
                hovertemplate="<b>all other allies</b>: %{customdata[1]:,.1f} %{customdata[2]}<br>%{x:.1f}%<extra></extra>",
            ),
        ],
        title=f"The United States holds from {table['us_part'].min():.0f} to {table['us_part'].max():.0f}% of what the alliance has",
        subtitle=f"Part of all allies together, %; spending of {year} by the {measures.edition_name(edition)} edition, current prices",
        source=words.sources(
            data.source_line("defence_expenditure", edition=edition),
            data.source_line("countries", "gdp_usd", "population"),
            data.source_line("members", iso3="USA"),
        ),
        twin="The United States' part: "
        + words.named(f"{part:.0f}% of {what}" for what, part in zip(table["what"], table["us_part"], strict=True))
        + ".",
        table=table,
        note="Not in any table here: transport aircraft, satellites, intelligence, command. The number of states with nuclear arms says nothing of the number of arms.",
        value_axis="x",
        barmode="stack",
        xaxis=dict(range=[0, 100], ticksuffix="%"),
        yaxis=dict(autorange="reversed", showgrid=False),
        legend_traceorder="normal",
        height=360,
    )
