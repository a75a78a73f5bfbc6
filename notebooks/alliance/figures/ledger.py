"""Charts of the ledger: what readings decide, what an article is made of, how sure a learner was."""

import textwrap

import pandas as pd
import plotly.graph_objects as go

from .. import data, measures, words
from . import style

SHAPES = {  # a verdict's marker and colour, wherever verdicts are drawn
    "supported": ("circle", style.BLUE),
    "supported-with-caveat": ("circle-open", style.BLUE),
    "imprecise": ("diamond", style.PURPLE),
    "outdated": ("square", style.PURPLE),
    "contested": ("diamond-open", style.GREEN),
    "contradicted": ("x", style.ORANGE),
    "not-checkable": ("line-ew-open", style.GREY),
}
LEDGER = "Source: the claim ledger of this course, computed from its tables as of July 2026"


def _words(verdict):
    return verdict.replace("-", " ")


def readings(finding, identifier, judged=None):
    """Dots: the verdict of one claim under each of its readings; `judged` draws the learner's own as a line.

    `finding` is a claim's Finding with readings.
    """
    table = pd.DataFrame(finding.readings, columns=["reading", "verdict"])
    shown = {*table["verdict"], finding.verdict, *([judged] if judged else [])}
    scale = [_words(verdict) for verdict in SHAPES if verdict in shown]
    labels = ["<br>".join(textwrap.wrap(style.plain(reading), 34)) for reading in table["reading"]]
    traces = [
        go.Scatter(
            x=table["verdict"].map(_words),
            y=labels,
            mode="markers",
            marker=dict(
                symbol=[SHAPES[verdict][0] for verdict in table["verdict"]],
                color=[SHAPES[verdict][1] for verdict in table["verdict"]],
                size=18,
                line=dict(width=3, color=[SHAPES[verdict][1] for verdict in table["verdict"]]),
            ),
            hovertemplate="<b>%{y}</b><br>%{x}<extra></extra>",
            showlegend=False,
        )
    ]
    mine = (
        dict(
            shapes=[
                dict(
                    type="line", x0=_words(judged), x1=_words(judged), yref="paper", y0=0, y1=1,
                    line=dict(color=style.ORANGE, width=3, dash="dash"),
                )
            ],
            annotations=[
                dict(
                    x=_words(judged), yref="paper", y=1, yanchor="bottom", text="your verdict", showarrow=False,
                    font=dict(color=style.ORANGE, size=15),
                )
            ],
        )
        if judged
        else {}
    )  # fmt: skip
    kinds = table["verdict"].nunique()
    return style.figure(
        traces,
        title=f"{len(table)} readings, one verdict" if kinds == 1 else f"{len(table)} readings, {kinds} verdicts",
        subtitle=f"Claim {identifier}: the verdict under each edition, definition or date",
        source=LEDGER,
        twin=f"{'; '.join(f'{reading}: {_words(verdict)}' for reading, verdict in finding.readings)}. The ledger's verdict: {_words(finding.verdict)}.",
        table=table.assign(verdict=table["verdict"].map(_words)),
        xaxis=dict(categoryorder="array", categoryarray=scale, range=[-0.5, len(scale) - 0.5], fixedrange=True),
        yaxis=dict(autorange="reversed", fixedrange=True),
        height=90 + sum(22 * (label.count("<br>") + 1) + 16 for label in labels),
        margin=dict(t=34, l=8, r=16, b=8),
        **mine,
    )


def article_profile(ledger, articles, article, by, orders):
    """Bars: the sentences of one article (or "all") by verdict, by kind or by how they are tested.

    `orders` maps each `by` to its values in the order they are drawn; what nobody has verified is hatched.
    """
    table = measures.article_profile(ledger, article, by, orders[by])
    names = dict(zip(articles["id"], articles["label"], strict=True))
    whose = "the five articles" if article == "all" else names[article]
    total = table["count"].sum()
    known = table["count"] - table["unverified"]
    values = table["value"].map(_words)
    top = table.loc[table["count"].idxmax()]
    traces = [
        go.Bar(
            x=amount,
            y=values,
            orientation="h",
            name=label,
            marker=dict(color=colour, pattern_shape=pattern),
            customdata=table[["count", "share"]],
            hovertemplate="<b>%{y}</b><br>%{customdata[0]} sentences, %{customdata[1]:.0f}%; %{x} of them "
            + label
            + "<extra></extra>",
        )
        for label, amount, colour, pattern in (
            ("tested, or open by nature", known, style.BLUE, ""),
            ("not verified", table["unverified"], style.GREY, "/"),
        )
    ]
    return style.figure(
        traces,
        title=f"{whose[0].upper()}{whose[1:]}: {total} sentences by {BY[by]}",
        subtitle="Number of sentences in the ledger",
        source=LEDGER,
        twin=f"Of {total} sentences of {whose}, {top['count']} ({top['share']:.0f}%) are “{_words(top['value'])}”, more than of any other {BY[by]}: "
        + words.named(f"{row['count']} {_words(row['value'])}" for _, row in table.iterrows() if row["count"])
        + f". {table['unverified'].sum()} have not been verified.",
        table=table.assign(value=values, known=known)[["value", "count", "share", "known", "unverified"]],
        note="Verdicts are ours, by rules you can read; the hatched part rests on general knowledge and counts for little.",
        value_axis="x",
        barmode="stack",
        legend_traceorder="normal",
        xaxis=dict(title_text="sentences", rangemode="tozero"),
        yaxis=dict(autorange="reversed", showgrid=False),
        height=130 + 34 * len(table),
    )


BY = {"verdict": "verdict", "kind": "kind of claim", "tested": "the way of testing"}


def moving_verdicts(through, table, names):
    """Dots: each sentence whose verdict differs among editions (or days) of a table, under each of them.

    `through` as claims.through gives it; `names` says each edition in words, in order.
    """
    moved = measures.moving_verdicts(through).assign(world=lambda rows: rows["edition"].map(names))
    known, worlds = moved.dropna(subset="verdict"), list(names.values())
    order = list(dict.fromkeys(moved["id"]))[::-1]
    few = len(order) <= 5
    traces = []
    for verdict, (symbol, colour) in SHAPES.items():
        part = known[known["verdict"] == verdict]
        if len(part):
            traces.append(
                go.Scatter(
                    x=part["world"],
                    y=part["id"],
                    mode="markers+text" if few else "markers",
                    text=part["verdict"].map(_words),
                    textposition="bottom center",
                    textfont_size=14,
                    name=_words(verdict),
                    marker=dict(symbol=symbol, color=colour, size=20 if few else 13, line=dict(width=3, color=colour)),
                    customdata=part["says"].map(style.wrapped),
                    hovertemplate="<b>%{y}</b>, %{x}: " + _words(verdict) + "<br>%{customdata}<extra></extra>",
                )
            )
    said = [f"{identifier}: {_turning(rows)}" for identifier, rows in known.groupby("id")]
    looked, count = through["id"].nunique(), len(order)
    wide = (
        known.pivot(index="id", columns="world", values="verdict")
        .reindex(columns=worlds)
        .map(_words, na_action="ignore")
    )
    return style.figure(
        traces,
        title=f"{count} of {looked} verdicts {'moves' if count == 1 else 'move'}",
        subtitle=f"Verdict under each cut of the table: {data.resource(table)['title']}",
        source=data.source_line(table),
        twin=f"{looked} sentences are computed from this table; {count} {'gets' if count == 1 else 'get'} another verdict when nothing but the cut changes"
        + (f": {'; '.join(said)}." if said else "."),
        table=wide.assign(claim=known.drop_duplicates("id").set_index("id")["claim"]),
        note="A gap: the table up to there cannot give the verdict." if len(known) < len(moved) else "",
        xaxis=dict(categoryorder="array", categoryarray=worlds, range=[-0.5, len(worlds) - 0.5], fixedrange=True),
        yaxis=dict(
            categoryorder="array",
            categoryarray=order,
            range=[-0.8, max(count, 1) - 0.4],
            fixedrange=True,
            showgrid=False,
        ),
        height=120 + 60 * max(count, 1) if few else min(450, 140 + 22 * count),
        showlegend=not few,
    )


def _turning(rows):
    """'contradicted, then supported by 7 March 2024': the verdicts of one sentence in order, repeats left out."""
    turns = rows[rows["verdict"] != rows["verdict"].shift()]
    first, *later = [_words(verdict) for verdict in turns["verdict"]]
    return first + "".join(
        f", then {verdict} by {world}" for verdict, world in zip(later, turns["world"][1:], strict=True)
    )


def calibration(table, left_out=0):
    """Dots: how sure a learner was against how often the ledger agreed; on the line, both are the same.

    `left_out`: how many sentences the learner judged that do not count, because nobody has verified them.
    """
    judged = int(table["judged"].sum())
    traces = [
        go.Scatter(
            x=[0, 100],
            y=[0, 100],
            mode="lines",
            line=dict(color=style.GREY, dash="dash"),
            name="as sure as right",
            hoverinfo="skip",
        )
    ]
    for name, column, symbol, colour in (
        ("the very verdict", "share_right", "circle", style.BLUE),
        ("the same side of the scale", "share_near", "diamond-open", style.ORANGE),
    ):
        traces.append(
            go.Scatter(
                x=table["confidence"],
                y=table[column],
                mode="markers",
                name=name,
                marker=dict(
                    symbol=symbol, color=colour, size=[12 + 3 * min(count, 6) for count in table["judged"]],
                    line=dict(width=3, color=colour),
                ),
                customdata=table["judged"],
                hovertemplate="%{x}% sure: " + name + " in %{y:.0f}% of %{customdata} sentences<extra></extra>",
            )
        )  # fmt: skip
    if judged:
        sure = (table["confidence"] * table["judged"]).sum() / judged
        right, near = (100 * table[column].sum() / judged for column in ("right", "near"))
        lean = (
            "surer than right" if sure > right + 5 else "righter than sure" if right > sure + 5 else "as sure as right"
        )
        title = f"You were {sure:.0f}% sure and {right:.0f}% right"
        enough = judged >= 6
        twin = f"{judged} {'sentence' if judged == 1 else 'sentences'} judged: {sure:.0f}% sure on average, the very verdict in {right:.0f}%, the same side of the scale in {near:.0f}%."
        twin += f" So far you are {lean}." if enough else " Judge six at least before you read anything into it."
        title = title if enough else f"{judged} judged so far: too few to tell"
    else:
        title = "Your picture begins with your first verdict"
        twin = f"No sentence judged {'that counts ' if left_out else ''}yet. Judge some in section 2, then press “Draw again”."
    if left_out:
        many = "1 that you judged is" if left_out == 1 else f"{left_out} that you judged are"
        twin += f" {many} left out, because nobody has verified {'it' if left_out == 1 else 'them'}."
    return style.figure(
        traces,
        title=title,
        subtitle="Across: how sure you were, %. Up: how often the ledger says the same, %",
        source=LEDGER.replace("Source: ", "Sources: your own answers; "),
        twin=twin,
        table=table.drop(columns="near").round(0) if judged else None,
        note="Below the dashed line: surer than right. Above it: righter than sure. Larger dots stand for more sentences.",
        xaxis=dict(range=[-4, 104], ticksuffix="%", dtick=20),
        yaxis=dict(range=[-6, 106], ticksuffix="%", dtick=20),
        height=400,
    )


def own_sentence(rows, indicator, label, who, year, comparison, than, by, source):
    """Lines (or bars, where a table has one year) of the numbers that a learner's own sentence speaks of.

    Arguments as in measures.own_sentence; `by` names publisher, edition and date in a few words.
    The twin reads the sentence and its test.
    """
    result = measures.own_sentence(rows, indicator, label, who, year, comparison, than)
    verdict = {True: "The sentence holds.", False: "The sentence does not hold.", None: ""}[result["holds"]]
    if result["holds"] is None and comparison != "how many reached":
        verdict = "It cannot be said."
    twin = f"{result['claim']} By {by}: {result['found']}. {verdict}".strip()
    counted = comparison == "how many reached"
    series = (
        [
            (
                "countries at the line or above",
                measures.reached_by_year(rows, than).rename(columns={"count": "value"}).assign(note=""),
            )
        ]
        if counted
        else [
            (name, rows[rows["country"] == name])
            for name in dict.fromkeys([who, than] if comparison == "more than another country" else [who])
        ]
    )
    unit = "countries" if counted else indicator.unit
    several = rows["year"].nunique() > 1
    table = pd.concat([part.assign(series=name) for name, part in series])
    traces = []
    for (name, part), colour, shape, pattern in zip(
        series, (style.BLUE, style.ORANGE), ("circle", "square"), ("", "/")
    ):
        hover = (
            f"<b>{style.plain(name)}</b>, %{{x}}: %{{y:,.{0 if counted else indicator.digits}f}} {unit}<extra></extra>"
        )
        if several:
            status = part["note"].ne("").map({True: "estimate", False: "actual"})
            traces += (
                style.yearly(
                    part["year"], part["value"], status, colour=colour, name=style.plain(name), hover=hover, shape=shape
                )
                if len(part)
                else []
            )
        else:
            traces.append(
                go.Bar(
                    x=[style.plain(name)] * len(part), y=part["value"], name=style.plain(name), width=0.4,
                    marker=dict(color=colour, pattern_shape=pattern), text=part["value"], hovertemplate=hover.replace("%{x}", str(year)),
                )
            )  # fmt: skip
    line = comparison in ("at least", "less than")
    highest = max([1e-9, *table["value"].dropna(), *([float(than)] if line else [])])
    marks = [year] + ([than] if comparison == "more than in an earlier year" else [])
    shapes = [
        dict(type="line", x0=mark, x1=mark, yref="paper", y0=0, y1=1, line=dict(color=style.GREY, width=2, dash="dot"))
        for mark in (marks if several else [])
    ]
    if line:
        shapes.append(
            dict(
                type="line",
                xref="paper",
                x0=0,
                x1=1,
                y0=than,
                y1=than,
                line=dict(color=style.GREY, width=2, dash="dash"),
            )
        )
    return style.figure(
        traces,
        title=f"{result['claim']} {verdict}".strip(),
        subtitle=f"{label[0].upper()}{label[1:]}, {indicator.unit}"
        if not counted
        else f"Countries with {label} of {than:g} or more ({indicator.unit}), by year",
        source=source,
        twin=twin,
        table=table[
            ["series", "year", "value", *(["note"] if table["note"].any() else []), *(["known"] if counted else [])]
        ],
        note="A figure that is missing is a gap, not a zero. Hollow dots are estimates, or years that are not over."
        if several
        else "",
        xaxis=dict(tickformat="d", range=[rows["year"].min() - 0.5, rows["year"].max() + 0.5])
        if several
        else dict(type="category"),
        yaxis=dict(range=[0, highest * 1.12]),
        shapes=shapes,
        showlegend=len(series) > 1,
        height=360,
    )
