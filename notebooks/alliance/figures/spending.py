"""Charts of defence spending."""

import pandas as pd
import plotly.graph_objects as go

from .. import data, measures, words
from . import marks, style


def _below(note):
    """A remark on its own line of the hover; nothing where there is none."""
    return style.hover("<br>{}", note) if note else ""


def _told(status, whose="NATO's"):
    """How a figure is known, for a hover."""
    return status.map({"estimate": f"{whose} estimate", "actual": "reported"})


def _core(begins):
    """A sentence on the year from which the tables count something else; '' where an edition is older than that."""
    return f" From {begins} on NATO's tables count core defence spending." if begins else ""


def guideline(ally_shares, year, edition, target=2.0):
    """Dot plot: each ally's share of GDP in a year by one edition, an ally a row, with the target as a line."""
    known = ally_shares.dropna(subset="share_of_gdp").assign(
        told=lambda rows: _told(rows["status"]), remark=lambda rows: rows["note"].map(_below)
    )
    blank = ally_shares[ally_shares["share_of_gdp"].isna()].assign(foot=0.05)
    name = words.edition(edition)
    says = f"<b>{{country}}</b><br>{{share_of_gdp:.2f}}% of GDP in {year}<br>{{told}}, {name} edition{{remark}}"
    traces = [
        marks.dots(
            known[known["reaches_target"] == met], "share_of_gdp", "country",
            says=says, name=label, colour=colour, shape=shape, status="status",
        )
        for label, met, colour, shape in (
            ("at or above the line", "yes", style.BLUE, "circle"),
            ("below the line", "no", style.ORANGE, "diamond"),
        )
    ]  # fmt: skip
    missing = f"<b>{{country}}</b><br>{{status}} in {year}"
    traces.append(marks.crosses(blank, "foot", "country", says=missing, name="no figure, or not an ally yet"))
    estimate = " (estimates are hollow)" if known["status"].eq("estimate").any() else ""
    title, twin = _guideline_words(known, blank, year, name, target)
    names = list(ally_shares["country"])
    return style.figure(
        traces,
        title=title,
        subtitle=f"Defence spending, % of GDP, {year}, edition of {name}{estimate}",
        source=data.cite(ally_shares),
        twin=twin,
        table=ally_shares[["country", "share_of_gdp", "status", "reaches_target"]],
        note=f"NATO's definition.{_core(ally_shares.attrs['core'])}",
        **marks.upright(target, f"target line {target:g}%", y=0, yanchor="bottom"),
        value_axis="x",
        xaxis=dict(range=[0, ally_shares.attrs["highest"] * 1.04], ticksuffix="%"),
        yaxis=dict(
            categoryorder="array",
            categoryarray=names[::-1],
            tickvals=names,
            ticktext=names,
            tickfont_size=14,
            range=[-0.7, len(ally_shares) - 0.3],
        ),
        height=130 + 20 * len(ally_shares),
    )


def _guideline_words(known, blank, year, name, target):
    """Title and twin: how many reach the target, who leads, who is lowest, who has no figure."""
    if known.empty:
        first, last = known.attrs["covers"]
        title = f"The {name} edition has no figures for {year}"
        return title, f"{title}. It covers {first} to {last}."
    met = known[known["reaches_target"] == "yes"]
    absent = blank.loc[blank["status"] == "no figure", "country"]
    absent = f" No figure: {words.named(absent)}." if len(absent) else ""
    lead = f": {words.named(met['country'].head(3))} lead" if len(met) else ""
    lowest = f"{known['country'].iloc[-1]} is lowest with {known['share_of_gdp'].iloc[-1]:.2f}%"
    return (
        f"{len(met)} of {len(known)} allies with a figure spent {target:g}% of GDP or more in {year}",
        f"{len(met)} allies reach {target:g}% of GDP in {year} by the {name} edition{lead}. {lowest}.{absent}",
    )


def guideline_counts(guideline_counts, members):
    """Bars: how many allies met the target in one year, by edition and by who counts."""
    year, target = guideline_counts.attrs["year"], guideline_counts.attrs["target"]
    counts = guideline_counts.assign(
        told=[
            f"{count}" if pd.isna(allies) else f"{count} of {allies}"
            for count, allies in zip(guideline_counts["count"], guideline_counts["allies"], strict=True)
        ],
        remark=[
            "" if pd.isna(exact) else style.hover("<br>{} if no share were rounded", exact)
            for exact in guideline_counts["unrounded"]
        ],
    )
    nato = counts["publisher"] == "NATO"
    sipri = counts["publisher"] == "SIPRI"
    exact = counts["unrounded"].dropna()
    one = "count would be" if len(exact) == 1 else "counts would be"
    without = f" Without rounding SIPRI's {one} {words.named(exact)}." if len(exact) else ""
    return style.figure(
        [
            marks.bars(
                counts,
                "count",
                "by",
                text="told",
                lying=True,
                cliponaxis=False,
                marker=dict(color=sipri.map({False: style.BLUE, True: style.PURPLE})),
                says=f"<b>{{by}}</b><br>{{told}} allies at {target:g}% of GDP or more in {year}{{remark}}",
            )
        ],
        title=f"One year, {year}: the count depends on who counts and when",
        subtitle=f"Allies at {target:g}% of GDP or more in {year}; number of allies",
        source=data.cite(pd.concat([counts[nato], counts[sipri]])),
        twin=f"Allies at {target:g}% of GDP in {year}: {words.counts(counts, measures.counts_to_name(counts))}.",
        table=counts[["by", "count", "allies", "unrounded"]],
        note="* as the press quoted it. The table behind it was not seen. NATO counts shares with two decimals, SIPRI "
        f"rounds them to a tenth.{without} The two also differ in what they count as military spending: pensions, "
        "paramilitary forces and timing.",
        value_axis="x",
        xaxis=dict(
            range=[0, len(members) * 1.15],
        ),
        yaxis=dict(autorange="reversed", showgrid=False),
        height=330,
        showlegend=False,
    )


def two_editions(two_editions, year, before, edition, target=2.0):
    """Dumbbells: each ally's share of GDP in one year by two editions, and who changes sides of the line."""
    rows = two_editions.assign(
        place=range(len(two_editions)),
        then=two_editions["before"].map(_percent),
        now=two_editions["after"].map(_percent),
        remark=two_editions["note"].map(_below),
    )
    older, newer = words.edition(before), words.edition(edition)
    says = f"<b>{{country}}</b>, {year}<br>{older}: {{then}}<br>{newer}: {{now}}{{remark}}"
    moved = rows["move"] != ""
    traces = [
        trace
        for part, colour, shape in ((rows[~moved], style.BLUE, "circle"), (rows[moved], style.ORANGE, "diamond"))
        for trace in (
            _joined(part, "before", "after", "place"),
            marks.dots(part, "before", "place", says=says, colour=colour, shape=f"{shape}-open", size=9,
                       marker=dict(color=colour, symbol=f"{shape}-open", size=9, line_width=2),
                       name=f"{older}: hollow", showlegend=shape == "circle"),
            marks.dots(part, "after", "place", says=says, colour=colour, shape=shape, size=10,
                       name=f"{newer}: filled" if shape == "circle" else "changes sides"),
        )
    ]  # fmt: skip
    traces += _names_beside(rows, moved)
    title, twin = _edition_words(rows, year, older, newer, target)
    return style.figure(
        traces,
        title=title,
        subtitle=f"Defence spending in {year}, % of GDP, an ally a row; two editions of NATO's table",
        source=data.cite(pd.DataFrame({"source": two_editions.attrs["sources"]})),
        twin=twin,
        table=rows[["country", "before", "after", "status", "move"]],
        note="An ally that changes sides is orange. What an edition calls an estimate, the table below says."
        + _core(two_editions.attrs["core"]),
        value_axis="x",
        xaxis=dict(range=[0, two_editions.attrs["highest"] * 1.04], ticksuffix="%"),
        yaxis=dict(visible=False, range=[max(len(rows), 2) - 0.2, -0.8]),
        height=480,
        **marks.upright(target, f"line {target:g}%"),
    )


def _percent(value):
    return "no figure" if pd.isna(value) else f"{value:.2f}%"


def _joined(rows, start, end, height):
    """A grey line for each row from one value to the other; none where one is missing."""
    ends = rows.dropna(subset=[start, end])
    pairs = [[a, b, None] for a, b in zip(ends[start], ends[end], strict=True)]
    path = pd.DataFrame({"x": sum(pairs, []), "y": sum(([place, place, None] for place in ends[height]), [])})
    return marks.line(path, "x", "y", colour=style.GREY, showlegend=False, connectgaps=False).update(line_width=3)


def _names_beside(rows, moved):
    """Names beside the marks: of those that change sides, right or, where that is taken, left; of the two ends."""
    ends = rows[["before", "after"]]
    spots = rows.assign(left=ends.min(axis=1) - 0.08, right=ends.max(axis=1) + 0.08)
    spots = spots[moved | spots["place"].isin([0, len(rows) - 1])]
    to_left, before, free = [], None, True
    for place in spots["place"]:
        left = place == 0 or (before is not None and place - before == 1 and free)
        to_left.append(left)
        before, free = place, not left
    to_left = pd.Series(to_left, index=spots.index, dtype=bool)
    return [
        marks.labels(spots[to_left], "left", "place", "country", textposition="middle left", textfont_size=14),
        marks.labels(spots[~to_left], "right", "place", "country", textfont_size=14),
    ]


def _edition_words(rows, year, older, newer, target):
    """Title and twin: the two counts, and who changes sides."""
    known = rows[["before", "after"]].notna().any()
    missing = [name for name, there in zip((older, newer), known, strict=True) if not there]
    if missing:
        title = f"The {words.named(dict.fromkeys(missing))} edition has no figures for {year}"
        return title, f"{title}. Choose another year, or another edition."
    then, now = rows.attrs["counts"]
    moves = [
        f"{words.named(rows.loc[rows['move'] == move, 'country'])} {verb}"
        for move, verb in ((measures.FALLS, "below"), (measures.RISES, "above"))
        if (rows["move"] == move).any()
    ]
    sides = f" Sides changed: {'; '.join(moves)}." if moves else " No ally changes sides."
    return (
        f"{year}: {words.counted(then, 'ally', 'allies')} at {target:g}% by the {older} edition, {now} by {newer}",
        f"At {target:g}% of GDP in {year}: {words.counted(then, 'ally', 'allies')} by the {older} edition, {now} by "
        f"{newer}.{sides}",
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
        twin=f"The United States paid {first['us_share']:.1f}% of all allied spending in {first['year']}. Its part was "
        f"highest in {peak['year']} at {peak['us_share']:.1f}%. In {last['year']} it is "
        f"{last['us_share']:.1f}%{_estimate(last['status'])} ({words.edition(edition)} edition).",
        table=us_shares[["year", "us_share", "united_states", "others", "status"]],
        note="NATO's total counts each ally from its accession year on, so the circle of the others grows. "
        "The US budget pays for forces worldwide, not in Europe alone.",
        xaxis=dict(tickmode="linear", dtick=2, tickformat="d"),
        yaxis=dict(range=[0, 100], ticksuffix="%"),
        height=380,
    )


def _estimate(status):
    return " (estimate)" if status == "estimate" else ""


def change_of_prices(eu_spending, eu_spending_by_year, way):
    """Bars by year: the EU-27's defence spending by one way of counting; the two years that are compared are bold."""
    row = eu_spending[eu_spending["way"] == way].iloc[0]
    bars = eu_spending_by_year[eu_spending_by_year["way"] == way].assign(
        told=lambda rows: rows["billions"].map(words.number), known=lambda rows: _told(rows["status"], "the agency's")
    )
    compared = bars["year"].isin([row["from_year"], row["to_year"]])
    bars["told"] = bars["told"].mask(compared, "<b>" + bars["told"] + "</b>")
    estimate = bars["status"] == "estimate"
    later = bars[bars["year"] > row["to_year"]]
    more = words.named(
        f"{told} for {year}{' (projected)' if status == 'estimate' else ''}"
        for told, year, status in zip(later["told"], later["year"], later["status"], strict=True)
    )
    return style.figure(
        [
            marks.bars(
                bars,
                "year",
                "billions",
                text="told",
                cliponaxis=False,
                marker=dict(color=style.BLUE, pattern_shape=["/" if guessed else "" for guessed in estimate]),
                says=f"<b>{{year}}</b><br>{{billions:,.1f}} {row['unit']}<br>{{known}}",
            )
        ],
        title=f"{words.signed(row['change'])}% from {row['from_year']} to {row['to_year']}: {style.plain(way)}",
        subtitle=f"Defence spending of EU members together, {row['unit']}",
        source=data.cite(bars),
        twin=f"EU members' defence spending went from {row['first']:,.0f} in {row['from_year']} to {row['last']:,.0f} "
        f"in {row['to_year']} ({row['unit']}): {words.signed(row['change'], 1)}%."
        + (f" After that: {more}." if len(later) else ""),
        table=bars[["year", "billions", "status", "unit"]],
        note=_way_note(row, eu_spending_by_year.attrs)
        + (" Hatched: an estimate or a projection." if estimate.any() else ""),
        xaxis=dict(type="category", showgrid=False),
        yaxis=dict(range=[0, eu_spending_by_year["billions"].max() * 1.12]),
        height=360,
    )


_WAY_NOTES = {
    measures.REAL_IN_DOLLARS: "Inflation and exchange rates are taken out. What changed is how much could be bought.",
    measures.NOMINAL_IN_DOLLARS: "Inflation is in it. So is the exchange rate between euro and dollar.",
    measures.NOMINAL_IN_EUROS: "Its estimate of {printed} for {year} is counted.",
    measures.LATER_IN_EUROS: "Its report of {printed} for {year} is counted.",
}


def _way_note(row, about):
    """What is in a way of counting, and whose figures it has."""
    if pd.isna(row["printed"]):
        return f"{_WAY_NOTES[row['way']]} SIPRI's figures: {about['tracked']} of {about['members']} EU members."
    note = _WAY_NOTES[row["way"]].format(printed=words.month(row["printed"]), year=row["to_year"])
    return f"The European Defence Agency's figures. {note}"


def price_of_target(prices, year, edition, target, with_usa=True):
    """Bars: what reaching a target share of GDP would cost in one year, the dearest ally first."""
    about = prices.attrs
    rows = prices.assign(
        told=prices["extra_billions"].map("{:,.0f}".format),
        now=[
            "" if pd.isna(share) else style.hover("<br>now {:,.1f} billion, {:.2f}% of GDP", billions, share)
            for billions, share in zip(prices["billions"], prices["share_of_gdp"], strict=True)
        ],
    )
    extra, now = about["extra"], about["now"]
    dear = prices[prices["extra_billions"] >= 0.5].head(3)
    most = [f"{name} ({sum_:,.0f})" for name, sum_ in dear[["country", "extra_billions"]].to_numpy()]
    falls = f" Most falls to {words.named(most)}." if most else ""
    whose = "All allies together" if with_usa else "All allies but the United States"
    return style.figure(
        [
            marks.bars(
                rows,
                "extra_billions",
                "country",
                text="told",
                lying=True,
                cliponaxis=False,
                marker=dict(color=style.BLUE),
                says=f"<b>{{country}}</b><br>{{extra_billions:,.1f}} billion US dollars more in {year}{{now}}",
            )
        ],
        title=f"At {target:g}% of GDP allies would spend ${extra:,.0f} billion more in {year}"
        if extra >= 0.5
        else f"{target:g}% of GDP asks no ally for more in {year}",
        subtitle=f"Extra US$ billion in {year}, current prices, over the {words.edition(edition)} edition",
        source=data.cite(prices),
        twin=f"{whose} spend {now:,.0f} billion US dollars in {year}. {target:g}% of GDP adds {extra:,.0f} "
        f"({100 * extra / now:.0f}%).{falls} {about['free']} of {about['allies']} allies pay nothing more.",
        table=prices[["country", "share_of_gdp", "billions", "extra_billions"]],
        note="GDP is what NATO's own share and amount imply; figures of the newest years are estimates. The chart "
        "prices a target; it does not say what the money would buy, or who would go without.",
        value_axis="x",
        xaxis=dict(range=[0, about["end"] * 1.1]),
        yaxis=dict(
            categoryorder="array",
            categoryarray=list(rows["country"]),
            autorange="reversed",
            showgrid=False,
            dtick=1,
            tickfont_size=14,
        ),
        height=430,
    )


_GUIDELINES = {  # which of the two an ally meets: colour, shape, where the count stands (across, up; both of 1)
    "both": (style.BLUE, "circle", "●", (1, 1)),
    "2% only": (style.GREEN, "diamond", "◆", (1, 0)),
    "a fifth only": (style.PURPLE, "triangle-up", "▲", (0, 1)),
    "neither": (style.ORANGE, "square", "■", (0, 0)),
}


def two_guidelines(guideline_pairs, year, edition):
    """Scatter: share of GDP against the part spent on equipment, with both guidelines as lines."""
    rows = guideline_pairs.assign(
        remark=guideline_pairs["note"].map(_below), label=guideline_pairs["country"].where(guideline_pairs["named"], "")
    )
    count = rows["met"].value_counts().reindex(list(_GUIDELINES), fill_value=0)
    says = (
        f"<b>{{country}}</b>, {year}<br>{{share_of_gdp:.2f}}% of GDP<br>{{equipment_share:.1f}}% of it on "
        "equipment{remark}"
    )
    traces = [
        marks.dots(
            rows[rows["met"] == met], "share_of_gdp", "equipment_share", says=says, name=met, colour=colour,
            shape=shape, status="status", text="label", textposition="top center", textfont_size=14, cliponaxis=False,
        )
        for met, (colour, shape, *_) in _GUIDELINES.items()
    ]  # fmt: skip
    corners = [
        dict(
            x=across, y=up, xref="paper", yref="paper", text=f"{mark} <b>{count[met]}</b> {met}", showarrow=False,
            xanchor="right" if across else "left", yanchor="bottom" if up else "top", yshift=4 if up else -28,
            font_size=18,
        )
        for met, (*_, mark, (across, up)) in _GUIDELINES.items()
    ]  # fmt: skip
    hollow = " Estimates are hollow." if rows["status"].eq("estimate").any() else ""
    across, up = marks.upright(2, "2% of GDP"), marks.level(20, "20% on equipment")
    return style.figure(
        traces,
        title=f"In {year} {count['both']} of {len(rows)} allies met both guidelines of 2014",
        subtitle=f"Across: defence spending, % of GDP. Up: part spent on major equipment, %. {year}, "
        f"edition of {words.edition(edition)}",
        source=data.cite(rows),
        twin=f"In {year} {count['both']} of {len(rows)} allies met both guidelines ({words.edition(edition)} edition). "
        f"{count['2% only']} met only 2% of GDP, {count['a fifth only']} only a fifth on equipment, "
        f"{count['neither']} met neither.{hollow}",
        table=rows[["country", "share_of_gdp", "equipment_share", "status"]].sort_values("country"),
        note="Allies that stand alone are named; the others answer to the pointer.",
        xaxis=dict(range=[0, guideline_pairs.attrs["share_of_gdp"] * 1.06], ticksuffix="%"),
        yaxis=dict(range=[0, guideline_pairs.attrs["equipment_share"] * 1.25], ticksuffix="%"),
        shapes=across["shapes"] + up["shapes"],
        annotations=[*across["annotations"], *up["annotations"], *corners],
        showlegend=False,
        margin=dict(t=40, b=64),
        height=450,
    )


def by_border(by_border, newest_edition):
    """Two strips: allies with and without a land border with Russia, each joined by a line from one year to another."""
    first, last = by_border.attrs["years"]
    medians = by_border.attrs["medians"]
    rows = by_border.assign(
        at=[_STRIPS[near] + (year != first) for near, year in zip(by_border["near"], by_border["year"], strict=True)],
        median=[medians[near][year != first] for near, year in zip(by_border["near"], by_border["year"], strict=True)],
        told=_told(by_border["status"]),
        remark=by_border["note"].map(_below),
    )
    says = "<b>{country}, {year}</b><br>{share_of_gdp:.2f}% of GDP<br>{told}{remark}"
    traces = []
    for near, colour, name in ((True, style.ORANGE, "land border"), (False, style.BLUE, "no land border")):
        part = rows[rows["near"] == near]
        middle = pd.DataFrame({"at": [_STRIPS[near], _STRIPS[near] + 1], "median": medians[near]})
        traces += [
            _paths(part),
            marks.dots(part, "at", "share_of_gdp", says=says, colour=colour, status="status", size=8, name=name,
                       shape="diamond" if near else "circle"),
            marks.line(middle, "at", "median", colour=style.GREY, dash="dash",
                       says="median: {median:.2f}%", name="median", showlegend=False).update(line_width=5),
        ]  # fmt: skip
    traces += _strip_names(rows, last)
    return style.figure(
        traces,
        **_strip_words(by_border.attrs),
        source=data.cite(rows),
        table=rows[["country", "near", "year", "share_of_gdp", "median", "status"]],
        note=f"{words.edition(newest_edition)} edition; hollow: an estimate. Without the United States, whose spending "
        "serves the whole world. An ally counts from the year it joined. A pattern is not a cause.",
        xaxis=dict(
            range=[-0.15, 4.15],
            tickvals=[start + step for start in _STRIPS.values() for step in (0, 1)],
            ticktext=[str(first), str(last)] * 2,
            showgrid=False,
        ),
        yaxis=dict(range=[0, by_border.attrs["highest"] * 1.2], ticksuffix="%"),
        annotations=[
            dict(x=_STRIPS[near], y=1, yref="paper", xanchor="left", yanchor="top", text=text, showarrow=False,
                 align="left", font_size=16)
            for near, text in ((True, "◆ border<br>with Russia"), (False, "● no border"))
        ],
        showlegend=False,
        height=450,
    )  # fmt: skip


_STRIPS = {True: 0, False: 2.05}  # where each strip begins on the axis


def _strip_words(about):
    """Title, subtitle and twin: the medians of both groups in both years."""
    first, last = about["years"]
    (near_then, near_now), (far_then, far_now) = about["medians"][True], about["medians"][False]
    return dict(
        title=f"Next to Russia: {near_then:.1f}% of GDP in {first}, {near_now:.1f}% in {last}; "
        f"others: {far_then:.1f}%, {far_now:.1f}%",
        subtitle=f"Defence spending, % of GDP; each line an ally, {first} to {last}; medians dashed",
        twin=f"From {first} to {last} the median of the {about['allies'][True]} allies with a land border with Russia "
        f"{_moved(near_then, near_now)} of GDP. That of the {about['allies'][False]} others "
        f"{_moved(far_then, far_now)}.",
    )


def _moved(then, now):
    """'went from 1.50 to 4.80%', or 'stayed at 1.15%'."""
    return f"went from {then:.2f} to {now:.2f}%" if f"{then:.2f}" != f"{now:.2f}" else f"stayed at {now:.2f}%"


def _paths(rows):
    """A thin grey line for each ally that has a share in both years."""
    every = [rows[rows["country"] == country] for country in dict.fromkeys(rows["country"])]
    pairs = [pair for pair in every if len(pair) == 2]
    blank = pd.DataFrame({"at": [None], "share_of_gdp": [None]})
    path = pd.concat([piece[["at", "share_of_gdp"]].astype(object) for pair in pairs for piece in (pair, blank)])
    return marks.line(path, "at", "share_of_gdp", colour=style.GREY, showlegend=False).update(line_width=1)


def _strip_names(rows, last):
    """Names at the end of a strip: all that border Russia, of the others the highest and the lowest."""
    ends = rows[rows["year"] == last].sort_values("share_of_gdp", ascending=False)
    others = ends[~ends["near"]]
    traces = []
    for named in (ends[ends["near"]], pd.concat([others.head(2), others.tail(1)])):
        heights = _spread(list(named["share_of_gdp"]), rows.attrs["highest"] * 0.06)
        named = named.assign(beside=named["at"] + 0.05, height=heights)
        traces.append(marks.labels(named, "beside", "height", "country", textfont_size=14))
    return traces


def _spread(heights, gap):
    """Falling heights pushed apart to at least `gap`, each as near to its place as those above allow."""
    placed = []
    for height in heights:
        placed.append(min(height, placed[-1] - gap) if placed else height + gap / 2)
    return placed


def common_funds(common_funds):
    """A thousand dots: how many stand for NATO's common funds, out of all that allies spend."""
    funds = common_funds.attrs
    lit = round(funds["per_thousand"])
    place = range(1000)
    look = dict(
        color=[style.ORANGE if dot < lit else style.GREY for dot in place],
        symbol=["square" if dot < lit else "circle" for dot in place],
        size=[8 if dot < lit else 5 for dot in place],
        opacity=1,
    )
    across, down = [dot // 25 for dot in place], [-(dot % 25) for dot in place]
    return style.figure(
        [go.Scatter(x=across, y=down, mode="markers", marker=dict(**look, line_width=0), hoverinfo="skip")],
        title=f"Of 1,000 allied defence dollars, about {lit} go through NATO's common funds",
        subtitle=f"{funds['year']}; each dot is a thousandth of all allied defence spending",
        source=data.cite(common_funds),
        twin=f"NATO's common funds were {funds['eur_billions']:.1f} billion euros in {funds['year']}. Allies' own "
        f"defence spending was {funds['usd_billions']:,.0f} billion US dollars. The funds are {funds['low']:.2f} to "
        f"{funds['high']:.2f}% of that, with a euro at one dollar or at 1.20.",
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
    first, last = rows.iloc[0], rows.iloc[-1]
    beside, told = _beside_target(round(last["share_of_gdp"], 2) - target, ally_years.attrs["price"], target)
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
            marks.line(goal, "year", "share_of_gdp", colour=style.PURPLE, dash="longdash", name=f"target {target:g}%"),
        ],
        title=f"{name}: {last['share_of_gdp']:.2f}% of GDP in {last['year']}{_estimate(last['status'])}, {beside}",
        subtitle=f"Defence spending, % of GDP, edition of {words.edition(edition)}",
        source=data.cite(rows),
        twin=f"{country} spent {first['share_of_gdp']:.2f}% of GDP in {first['year']} and "
        f"{last['share_of_gdp']:.2f}% in {last['year']}{_estimate(last['status'])}. {told}",
        table=rows[["year", "share_of_gdp", "usd_current_millions", "status"]],
        xaxis=dict(tickmode="linear", dtick=2, tickformat="d"),
        yaxis=dict(range=[0, ally_years.attrs["highest"] * 1.04], ticksuffix="%"),
        height=400,
    )


def _beside_target(gap, price, target):
    """Title and sentence on where a share stands beside a target: `gap` in points, `price` in US$ billions."""
    points = f"{abs(gap):.2f} points"
    if gap >= 0:
        where = f"at {target:g}%" if gap == 0 else f"{points} above {target:g}%"
        return where, f"That is {where} of GDP, so the target asks for nothing more."
    below = f"{points} below {target:g}%"
    if pd.isna(price):
        return below, f"That is {below} of GDP; this edition gives no amounts, so the gap has no price."
    return below, f"That is {below} of GDP: ${price:,.1f} billion more in that year, at current prices."
