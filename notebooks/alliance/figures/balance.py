"""Charts of the border with Russia and of the weights on both sides of it."""

import pandas as pd

from .. import data, measures, words
from . import marks, style


def border_over_time(border_by_year, allied_border):
    """Step line: the allies' land border with Russia at the end of each year since 1992."""
    joins = border_by_year[border_by_year["who"] != ""]
    first, now = border_by_year.iloc[0], border_by_year.iloc[-1]
    told = "; ".join(f"{row['length_km']:,.0f} km since {row['year']} ({row['who']})" for _, row in joins.iterrows())
    line = marks.line(border_by_year, "year", "length_km", says="end of {year}: {length_km:,.0f} km", colour=style.BLUE)
    steps = marks.dots(
        joins, "year", "length_km",
        says="<b>{year}: {who}</b><br>{length_km:,.0f} km in all", colour=style.BLUE, shape="diamond",
    ).update(
        mode="markers+text",
        text=[style.wrapped(who, 12) for who in joins["who"]],
        textposition=["top left" if year > 1999 else "top center" for year in joins["year"]],
        textfont_size=14,
    )  # fmt: skip
    return style.figure(
        [line.update(line_shape="hv"), steps],
        title=f"From {first['length_km']:,.0f} to {now['length_km']:,.0f} km in {len(joins)} steps",
        subtitle="Land border of NATO members with Russia at the end of each year, km",
        source=data.cite(allied_border),
        twin=f"At the end of 1992 only Norway bordered Russia, on {first['length_km']:,.0f} km. {told}.",
        table=border_by_year[["year", "length_km", "who"]],
        note="Poland and Lithuania border the region of Kaliningrad. Before 1992 the neighbour was the Soviet Union.",
        xaxis=dict(range=[first["year"] - 2, now["year"] + 1.5], tickformat="d", dtick=5, tick0=1990),
        yaxis=dict(range=[0, 2 * now["length_km"]], ticksuffix=" km"),
        showlegend=False,
        height=360,
    )


def border_calculator(border_stairs, border_ratio, longest_border, day, lengths=measures.SURVEYS):
    """Stairs: the allies' border with Russia on a day, state by state, and how far Ukraine would carry it."""
    on, (added, ally) = words.day(pd.Timestamp(day)), (border_stairs.attrs[name] for name in ("added", "ally"))
    rows = border_stairs.assign(
        name=border_stairs["country"].map(style.plain), said=border_stairs["length_km"].map(" {:,.0f}".format)
    )
    inside = rows["length_km"] > 1000
    colours = [style.ORANGE if code == "UKR" else style.BLUE for code in rows["iso3"]]
    title, twin = _calculator_words(border_ratio, on, lengths, added, ally)
    twice = [2 * border_ratio["now"]] if added else []
    return style.figure(
        [
            marks.bars(
                rows, "length_km", "name", says="<b>{name}</b><br>{length_km:,.1f} km", text="said", lying=True,
                base=rows["begin"], marker=dict(color=colours), insidetextanchor="middle", insidetextfont_color="black",
                textposition=["inside" if long else "outside" for long in inside],
            )
        ],
        title=title,
        subtitle="Border of NATO members with Russia, km, by member; each bar begins where the one above it ends",
        source=data.cite(rows),
        twin=twin,
        table=rows[["country", "length_km", "end"]],
        note="Ukraine's is the internationally recognised line, not the front."
        if added
        else "Poland and Lithuania border the region of Kaliningrad.",
        value_axis="x",
        xaxis=dict(range=[0, 1.08 * longest_border], nticks=6),
        yaxis=dict(autorange="reversed", showgrid=False),
        shapes=marks.uprights(*twice, width=3),
        annotations=[
            dict(x=at, yref="paper", y=1.02, yanchor="bottom", text=f"twice as long: {at:,.0f} km", showarrow=False)
            for at in twice
        ],
        margin_t=32,
        showlegend=False,
        height=300,
    )  # fmt: skip


def _calculator_words(border_ratio, on, lengths, added, ally):
    """Title and twin: how long the border was on a day, and how many times as long Ukraine makes it, or would."""
    now, then, times = border_ratio["now"], border_ratio["then"], border_ratio["times"]
    whole = then if ally else now
    title = f"{on}: allies border Russia on {whole:,.0f} km"
    twin = f"On {on} allies shared {whole:,.0f} km of border with Russia"
    if not added:
        return title, f"{twin}, by {lengths}."
    double = "more than double" if times > 2 else "less than double"
    other = f"without Ukraine it would be {now:,.0f} km" if ally else f"with Ukraine it would have been {then:,.0f} km"
    twin += f"; {other}, {times:.2f} times as long with it" if ally else f"; {other}, {times:.2f} times as long"
    twin += f" ({times - 1:+.0%}), {double}"
    return f"{on}: with Ukraine {times:.2f} times as long, {double}", f"{twin}, by {lengths}."


def border_by_source(border_by_source, printed_length, countries, country, unit="km"):
    """Dots: one border with Russia as each source measures it; a number in an article as a line."""
    name = countries.set_index("iso3").loc[country, "name"]
    length = "length_km" if unit == "km" else "miles"
    rows = border_by_source.assign(
        label=border_by_source["publisher"] + ", " + border_by_source["counts"],
        note=border_by_source["note"].fillna(""),
    )
    labels = style.plain(rows["label"])
    traces = [
        marks.dots(
            part.assign(label=style.plain(part["label"])), length, "label",
            says=f"<b>{{label}}</b><br>{{{length}:,.1f}} {unit}<br>{{note}}",
            colour=colour, shape=shape, size=13, name=legend,
        ).update(
            mode="markers+text", text=[f"{amount:,.0f}" for amount in part[length]],
            textposition="middle right", textfont_size=14,
        )
        for legend, part, colour, shape in (
            ("recommended here", rows[rows["recommended"]], style.BLUE, "diamond"),
            ("other source", rows[~rows["recommended"]], style.GREY, "circle"),
        )
    ]  # fmt: skip
    low, high, printed = rows[length].min(), rows[length].max(), None
    if printed_length is not None:
        printed = printed_length["value"]
        article = rows.assign(label=labels, printed=printed)
        line = marks.line(article, "printed", "label", says="", colour=style.ORANGE, dash="dash")
        traces.append(line.update(name=f"the article: {printed:,.0f} {unit}", hoverinfo="skip", hovertemplate=None))
    return style.figure(
        traces,
        title=f"Russia's border with {name}: {low:,.0f} to {high:,.0f} {unit}, by source",
        subtitle=f"Length of one border, {unit}, as each source gives it",
        source=data.cite(rows.sort_index()),  # in the table's order, the recommended one first
        twin=f"{len(rows)} lengths of one border run from {low:,.0f} to {high:,.0f} {unit}. "
        f"The longest is {100 * (high / low - 1):.0f}% above the shortest.{_as_printed(printed_length, unit)}",
        table=rows[["label", "length_km", "miles", "counted_as"]],
        note="A river border follows every bend, or does not; a lake, a lagoon or the sea is counted, or is not.",
        value_axis="x",
        xaxis=dict(range=_near(low, high, printed), nticks=5, title_text="the axis does not begin at 0"),
        yaxis=dict(categoryorder="array", categoryarray=list(labels), tickfont_size=14),
        height=340,
    )


def _near(low, high, printed):
    """An axis around some lengths, with room for the number to the right of each: dots need no zero."""
    low, high = min(low, printed or low), max(high, printed or high)
    room = max(high - low, 0.02 * high)
    return [low - 0.1 * room, high + 0.15 * room]


def _as_printed(printed_length, unit):
    """What the article prints, and whether it is converted; '' where no article does."""
    if printed_length is None:
        return ""
    converted = "" if printed_length["printed"] == unit else f" {unit}, converted"
    return f" The article prints {printed_length['value']:,.0f}{converted}."


def two_sides(two_sides, usa=False, home_prices=False, forces="middle", ukraine="neither"):
    """Stacked bars: Europe's and Russia's part of what both have, weighed in four ways."""
    ours, theirs, title, twin = _sides_words(two_sides, usa, ukraine)
    money = "at purchasing power" if home_prices else "market exchange rates"
    how = {
        "economy (GDP)": money,
        "military spending": f"SIPRI, {{year}}, {money}",
        "active forces": "middle of ranges" if forces == "middle" else f"ranges: {forces} end",
    }
    years = two_sides.set_index("weight")["year"]
    rows = two_sides.assign(how=[how.get(way, "").format(year=year) for way, year in years.items()])
    end = "<br>{{{0}_share:.1f}}% of both<br>{{how}}"
    return style.figure(
        [
            _part(
                rows, "weight", "europe_share", ours, dict(color=style.BLUE),
                says=f"<b>{ours}</b>: {{europe:,.2f}} {{unit}}{end.format('europe')}",
            ).update(_told([_ratio(ratio) for ratio in rows["ratio"]])),
            _part(
                rows, "weight", "russia_share", theirs, marks.filled(style.PURPLE, "/"),
                says=f"<b>{theirs}</b>: {{russia:,.2f}} {{unit}}{end.format('russia')}",
            ),
        ],
        title=title,
        subtitle=f"Part of what both sides have, %, money {_in_dollars(home_prices)}; in the bars the ratio to Russia",
        source=_sides_source(rows, home_prices),
        twin=twin,
        table=rows[["weight", "europe", "russia", "unit", "ratio", "europe_share", "russia_share", "how"]],
        note=f"GDP, people and spending of {years['people']}, forces of {years['active forces']}. "
        "Europe means the European allies; the dashed line is balance. "
        + (
            "Purchasing power is one factor a country for both GDP and spending, on both sides: "
            "about right for pay and food, too kind for arms bought abroad."
            if home_prices
            else "Dollars at market exchange rates, where a Russian soldier or shell costs less than a German one."
        ),
        value_axis="x",
        barmode="stack",
        xaxis=dict(range=[0, 100], tickvals=[0, 25, 50, 75, 100], ticktext=["0", "25", "50", "75", "100%"]),
        yaxis=dict(autorange="reversed", showgrid=False),
        shapes=marks.uprights(50, colour="black", width=3),
        height=340,
    )  # fmt: skip


def _in_dollars(home_prices):
    return "at purchasing power" if home_prices else "in dollars at market rates"


def _sides_source(rows, home_prices):
    """The sources of the weights, with that of the factors where money is counted by them."""
    known = data.cited("countries", "gdp_usd", "population") + data.cite(rows)
    return known + data.cited("purchasing_power") if home_prices else known


def _sides_words(two_sides, usa, ukraine):
    """What each side is called, title and twin: who weighs more, in how many ways, by how much."""
    ours, theirs = "Europe and the United States" if usa else "Europe", "Russia"
    weighs = "weigh" if usa else "weighs"
    if ukraine == "Europe":
        ours = f"{ours} with Ukraine"
    if ukraine == "Russia":
        theirs = f"{theirs} with Ukraine occupied"
    ahead = two_sides["ratio"] > 1
    ratios = words.named(f"{way} {_ratio(ratio)}" for way, ratio in zip(two_sides["weight"], two_sides["ratio"]))
    behind = "" if ahead.all() else f" {theirs} weighs more in {words.named(two_sides.loc[~ahead, 'weight'])}."
    return (
        ours,
        theirs,
        f"{ours} {weighs} more in {ahead.sum()} of {len(two_sides)} ways",
        f"{ours} to {theirs}: {ratios}.{behind}",
    )


def two_units(two_units):
    """Bars: the numbers of one publisher behind a headline, each in its unit; what was not printed has none."""
    rows = two_units.sort_values(["unit", "side"], ascending=[False, True], ignore_index=True)
    rows = rows.assign(
        row=rows["side"] + ",<br>" + rows["unit"],
        told=[
            f"{words.short(value)}{',<br>in the headline' if compared else ''}"
            for value, compared in zip(rows["billions"].fillna(0), rows["compared"])
        ],
    )
    known, gap = rows.dropna(subset="billions"), rows[rows["billions"].isna()].assign(place=12, told="not printed")
    looks = {"Europe": dict(color=style.BLUE), "Russia": dict(color=style.PURPLE)}
    pair = known[known["compared"]].set_index("side")["billions"]
    dollars = known[known["unit"] == "ordinary dollars"].set_index("side")["billions"]
    times = dollars["Europe"] / dollars["Russia"]
    return style.figure(
        [
            marks.bars(
                part, "billions", "row", says="<b>{side}</b>: {billions:,.1f} billion, {unit}",
                text="told", lying=True, name=side, marker=looks[side],
            ).update(cliponaxis=False)
            for side, part in ((side, known[known["side"] == side]) for side in looks)
        ]
        + [
            marks.crosses(gap, "place", "row", says="<b>{side}</b>, {unit}: not printed", name="not printed"),
            marks.labels(gap.assign(at=22), "at", "row", "told"),
        ],
        title=f"{words.short(pair['Russia'])} and {words.short(pair['Europe'])} billion: both true, in two units",
        subtitle=f"Military expenditure of {known['year'].max()} by the IISS, billions, "
        "each in the unit it was printed in",
        source=data.cite(known),
        twin=f"In one unit, ordinary dollars, Europe's {words.short(dollars['Europe'])} billion are {times:.1f} times "
        f"Russia's {words.short(dollars['Russia'])}. The headline took Russia's {words.short(pair['Russia'])} from the "
        "other unit.",
        table=rows[["side", "unit", "billions", "compared"]],
        note="Europe is here the European Union and the United Kingdom. IISS is the International Institute for "
        "Strategic Studies.",
        value_axis="x",
        xaxis=dict(range=[0, 1.5 * known["billions"].max()]),
        yaxis=dict(categoryorder="array", categoryarray=list(rows["row"])[::-1], showgrid=False),
        showlegend=False,
        height=330,
    )  # fmt: skip


def _part(rows, y, x, name, marker, says):
    """One side's part of each bar."""
    return marks.bars(rows, x, y, says=says, lying=True, name=name, marker=marker)


def _told(texts):
    """What stands at the left end of each bar."""
    look = dict(
        textposition="inside",
        insidetextanchor="start",
        constraintext="none",
        textangle=0,
        textfont=dict(size=16, color="black"),
    )
    return dict(text=texts, **look)


def _ratio(ratio):
    """A ratio as people say it, the larger side first or last: '3.2 : 1' or '1 : 1.01'."""
    digits = 2 if 0.95 < ratio < 1.05 else 1
    return f"{ratio:.{digits}f} : 1" if ratio >= 1 else f"1 : {1 / ratio:.{digits}f}"


def us_parts(us_parts, edition):
    """Stacked bars: what part of the alliance is the United States', by every count."""
    money = us_parts[us_parts["what"] == "defence spending"]
    largest, smallest = us_parts["us_part"].max(), us_parts["us_part"].min()
    parts = words.named(f"{part:.0f}% of {what}" for what, part in zip(us_parts["what"], us_parts["us_part"]))
    return style.figure(
        [
            _part(
                us_parts, "what", "us_part", "United States", dict(color=style.BLUE),
                says="<b>United States</b>: {united_states:,.1f} {unit}<br>{us_part:.1f}%",
            ).update(_told([f"{part:.0f}%" for part in us_parts["us_part"]])),
            _part(
                us_parts, "what", "others_part", "all other allies", marks.filled(style.GREY, "/"),
                says="<b>all other allies</b>: {others:,.1f} {unit}<br>{others_part:.1f}%",
            ),
        ],
        title=f"The United States holds from {smallest:.0f} to {largest:.0f}% of what the alliance has",
        subtitle=f"Part of all allies together, %; spending of {money['year'].item()} "
        f"by the {words.edition(edition)} edition, current prices",
        source=data.cite(money) + data.cited("countries", "gdp_usd", "population") + data.cite(us_parts),
        twin=f"The United States has {parts}.",
        table=us_parts[["what", "unit", "united_states", "others", "us_part", "others_part"]],
        note="Not in any table here: transport aircraft, satellites, intelligence, command. Its spending and forces "
        "serve the whole world. Forces are counted twice: by the CIA, and in NATO's own table; "
        "most of the gap is how each counts Türkiye's.",
        value_axis="x",
        barmode="stack",
        xaxis=dict(range=[0, 100], ticksuffix="%"),
        yaxis=dict(autorange="reversed", showgrid=False),
        height=360,
    )  # fmt: skip
