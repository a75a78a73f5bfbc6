"""Charts of the ledger: what readings decide, what an article is made of, how sure a learner was."""

import textwrap

import pandas as pd

from .. import data, measures, words
from . import marks, style

SHAPES = {  # a verdict's marker and colour, wherever verdicts are drawn
    "supported": ("circle", style.BLUE),
    "supported-with-caveat": ("circle-open", style.BLUE),
    "imprecise": ("diamond", style.PURPLE),
    "outdated": ("square", style.PURPLE),
    "contested": ("diamond-open", style.GREEN),
    "contradicted": ("x", style.ORANGE),
    "not-checkable": ("line-ew-open", style.GREY),
}
BY = {"verdict": "verdict", "kind": "kind of claim", "tested": "the way of testing"}
ENOUGH = 6  # sentences judged before a picture of them says anything


def ledger_line(as_of):
    """The source of a chart of the ledger."""
    return data.own("this course's claim ledger", "computed from its tables", f"as of {as_of}")


def readings(finding, identifier, as_of, judged=None):
    """Dots: the verdict of one claim under each of its readings; `judged` draws the learner's own as a line.

    `finding` is a claim's Finding with readings.
    """
    table = pd.DataFrame(finding.readings, columns=["reading", "verdict"]).assign(
        told=lambda rows: rows["verdict"].map(words.verdict),
        label=lambda rows: ["<br>".join(textwrap.wrap(style.plain(text), 34)) for text in rows["reading"]],
    )
    shown = {*table["verdict"], finding.verdict, *([judged] if judged else [])}
    scale = [words.verdict(verdict) for verdict in SHAPES if verdict in shown]
    symbols, colours = zip(*table["verdict"].map(SHAPES), strict=True)
    look = dict(symbol=list(symbols), color=list(colours), size=18, line=dict(width=3, color=list(colours)))
    kinds = table["verdict"].nunique()
    told = ". ".join(f"{words.capital(reading)}: {words.verdict(verdict)}" for reading, verdict in finding.readings)
    return style.figure(
        [
            marks.dots(
                table, "told", "label", says="<b>{label}</b><br>{told}", colour=None, marker=look, showlegend=False
            )
        ],
        title=f"{len(table)} readings, one verdict" if kinds == 1 else f"{len(table)} readings, {kinds} verdicts",
        subtitle=f"Claim {identifier}: the verdict under each edition, definition or date",
        source=ledger_line(as_of),
        twin=f"{told}. The ledger's verdict: {words.verdict(finding.verdict)}.",
        table=table[["reading", "told"]].set_axis(["reading", "verdict"], axis=1),
        xaxis=dict(categoryorder="array", categoryarray=scale, range=[-0.5, len(scale) - 0.5], fixedrange=True),
        yaxis=dict(autorange="reversed", fixedrange=True),
        height=90 + sum(22 * (label.count("<br>") + 1) + 16 for label in table["label"]),
        margin=dict(t=34, l=8, r=16, b=8),
        **(_own_verdict(words.verdict(judged)) if judged else {}),
    )


def _own_verdict(place):
    """A dashed line at the learner's own verdict."""
    line = dict(color=style.ORANGE, width=3, dash="dash")
    label = dict(x=place, yref="paper", y=1, yanchor="bottom", text="your verdict", showarrow=False)
    return dict(
        shapes=[dict(type="line", x0=place, x1=place, yref="paper", y0=0, y1=1, line=line)],
        annotations=[dict(**label, font_size=15)],
    )


def article_profile(article_profile, articles, as_of, by, article="all"):
    """Bars: the sentences of one article (or "all") by verdict, by kind or by how they are tested.

    What nobody has verified is hatched.
    """
    table = article_profile.assign(value=article_profile["value"].map(words.verdict))
    names = dict(zip(articles["id"], articles["label"], strict=True))
    whose = "the articles" if article == "all" else names[article]
    total, top = table["count"].sum(), table.loc[table["count"].idxmax()]
    open_, lead = table["unverified"].sum(), "most" if 2 * top["count"] > total else "the largest group"
    counts = [f"{value} {count}" for value, count in zip(table["value"], table["count"], strict=True) if count]
    traces = [
        marks.bars(
            table,
            column,
            "value",
            lying=True,
            name=label,
            marker=dict(color=colour, pattern_shape=pattern),
            says=f"<b>{{value}}</b><br>{{count}} sentences, {{share:.0f}}%; {{{column}}} of them {label}",
        )
        for label, column, colour, pattern in (
            ("tested, or open by nature", "known", style.BLUE, ""),
            ("not verified", "unverified", style.GREY, "/"),
        )
    ]
    return style.figure(
        traces,
        title=f"{top['count']} of {total} sentences of {whose} are “{top['value']}”",
        subtitle=f"Number of sentences in the ledger, by {BY[by]}",
        source=ledger_line(as_of),
        twin=f"Of {total} sentences of {whose}, {lead} ({top['share']:.0f}%) are “{top['value']}”. In numbers: "
        f"{words.named(counts)}." + (f" {open_} have not been verified." if open_ else ""),
        table=table,
        note="Verdicts are ours, by rules you can read"
        + ("; the hatched part rests on general knowledge and counts for little." if open_ else "."),
        showlegend=bool(open_),
        value_axis="x",
        barmode="stack",
        xaxis=dict(rangemode="tozero"),
        yaxis=dict(autorange="reversed", showgrid=False),
        height=130 + 34 * len(table),
    )


def moving_verdicts(through, table, names):
    """Dots: sentences whose verdict differs among editions (or days) of a table; those that turn alike are one row.

    `through` as claims.through gives it; `names` says each edition in words, in order.
    """
    moved = measures.moving_verdicts(through).assign(world=lambda rows: rows["edition"].map(names))
    known, worlds = moved.dropna(subset="verdict"), list(names.values())
    known = known.assign(told=known["verdict"].map(words.verdict))
    rows = measures.sentences_alike(known)
    rows = rows.assign(
        sentence=[
            style.wrapped(f"“{words.shortened(claim, 62)}”", 36) + (f"<br>and {alike - 1} like it" if alike > 1 else "")
            for claim, alike in zip(rows["claim"], rows["alike"])
        ]
    )
    order, looked, count = list(dict.fromkeys(rows["sentence"])), through["id"].nunique(), moved["id"].nunique()
    wide = measures.verdicts_by_edition(known).rename(columns=names)
    wide = wide.reindex(columns=worlds).map(words.verdict, "ignore")
    shown = [verdict for verdict in SHAPES if verdict in set(rows["verdict"])]
    return style.figure(
        [_verdict_dots(rows[rows["verdict"] == verdict], verdict) for verdict in shown],
        title=f"{count} of {looked} verdicts {'moves' if count == 1 else 'move'}",
        subtitle=f"Verdict under each cut of the table: {data.resource(table)['title']}",
        source=data.cited(table),
        twin=f"{looked} sentences are computed from this table. With another cut of it {count} "
        f"{'gets' if count == 1 else 'get'} another verdict{_turning(rows)}.",
        table=wide.assign(claim=known.drop_duplicates("id").set_index("id")["claim"]),
        note="A gap: the table up to there cannot give the verdict." if len(known) < len(moved) else "",
        xaxis=dict(categoryorder="array", categoryarray=worlds, range=[-0.5, len(worlds) - 0.5], fixedrange=True),
        yaxis=dict(
            categoryorder="array",
            categoryarray=order[::-1],
            range=[-0.7, max(len(order), 1) - 0.4],
            fixedrange=True,
            tickfont_size=14,
        ),
        height=130 + 64 * max(len(order), 1),
        showlegend=bool(shown),
    )


def _verdict_dots(rows, verdict):
    """The dots of one verdict."""
    symbol, colour = SHAPES[verdict]
    return marks.dots(
        rows,
        "world",
        "sentence",
        says="<b>{claim}</b> ({id})<br>{world}: {told}<br>{says}",
        colour=colour,
        name=words.verdict(verdict),
        marker=dict(symbol=symbol, color=colour, size=17, line=dict(width=3, color=colour)),
    )


def _turning(rows):
    """': the most, 5, are contradicted, then supported by 7 March 2024': how the most sentences turn, or nothing."""
    if rows.empty:
        return ""
    first, *later = measures.turns_of_verdicts(rows[rows["id"] == rows["id"].iloc[0]]).itertuples()
    turns = first.told + "".join(f", then {turn.told} by {turn.world}" for turn in later)
    return f": “{words.shortened(first.claim, 62)}”" + (
        f" and {first.alike - 1} like it are {turns}" if first.alike > 1 else f" is {turns}"
    )


def calibration(table, as_of, left_out=0):
    """Dots: how sure a learner was against how often the ledger agreed; on the line, both are the same.

    `left_out`: how many sentences the learner judged that do not count, because nobody has verified them.
    """
    diagonal = pd.DataFrame({"sure": [0, 100], "right": [0, 100]})
    traces = [marks.line(diagonal, "sure", "right", colour=style.GREY, dash="dash", name="as sure as right")]
    for name, column, symbol, colour in (
        ("the very verdict", "share_right", "circle", style.BLUE),
        ("the same side of the scale", "share_near", "diamond-open", style.ORANGE),
    ):
        sizes = [12 + 3 * min(count, 6) for count in table["judged"]]
        look = dict(symbol=symbol, color=colour, size=sizes, line=dict(width=3, color=colour))
        says = f"{{confidence}}% sure: {name} in {{{column}:.0f}}% of {{judged}} sentences"
        traces.append(marks.dots(table, "confidence", column, says=says, colour=colour, name=name, marker=look))
    title, twin = _calibration_words(table, left_out)
    return style.figure(
        traces,
        title=title,
        subtitle="Across: how sure you were, %. Up: how often the ledger says the same, %",
        source=data.own("your own answers") + ledger_line(as_of),
        twin=twin,
        table=table.drop(columns="near").round(0) if len(table) else None,
        note="Below the dashed line: surer than right. Above it: righter than sure. Larger dots stand for more "
        "sentences.",
        xaxis=dict(range=[-4, 104], ticksuffix="%", dtick=20),
        yaxis=dict(range=[-6, 106], ticksuffix="%", dtick=20),
        height=400,
    )


def _calibration_words(table, left_out):
    """Title and twin: how sure, how right, and what is left out."""
    judged = int(table["judged"].sum())
    outside = ""
    if left_out:
        many = "1 that you judged is" if left_out == 1 else f"{left_out} that you judged are"
        outside = f" {many} left out, because nobody has verified {'it' if left_out == 1 else 'them'}."
    if not judged:
        counts = "that counts " if left_out else ""
        twin = f"No sentence judged {counts}yet. Judge some in section 2, then press “Draw again”.{outside}"
        return "Your picture begins with your first verdict", twin
    sure = (table["confidence"] * table["judged"]).sum() / judged
    right, near = (100 * table[column].sum() / judged for column in ("right", "near"))
    lean = next(
        word
        for word, holds in (
            ("surer than right", sure > right + 5),
            ("righter than sure", right > sure + 5),
            ("as sure as right", True),
        )
        if holds
    )
    enough = judged >= ENOUGH
    twin = (
        f"{words.counted(judged, 'sentence')} judged: {sure:.0f}% sure on average, the very verdict in {right:.0f}%, "
        f"the same side of the scale in {near:.0f}%."
    )
    twin += f" So far you are {lean}." if enough else " Judge six at least before you read anything into it."
    title = (
        f"You were {sure:.0f}% sure and {right:.0f}% right" if enough else f"{judged} judged so far: too few to tell"
    )
    return title, twin + outside


def own_sentence(rows, indicator, label, tested, by, source):
    """Lines (or bars, where a table has one year) of the numbers that a learner's own sentence speaks of.

    `tested` as measures.own_sentence gives it; `by` names publisher, edition and date in a few words.
    The twin reads the sentence and its test.
    """
    claim, found, verdict = _own_words(tested, indicator, label)
    counted = tested.reached is not None
    unit = "countries" if counted else indicator.unit
    digits = 0 if counted else indicator.digits
    several = rows["year"].nunique() > 1
    table = pd.concat([part.assign(series=name) for name, part in tested.series])
    traces = []
    for (name, part), *look in zip(
        tested.series, (style.BLUE, style.ORANGE), ("circle", "square"), ("", "/"), strict=False
    ):
        says = f"<b>{style.plain(name)}</b>, {{year}}: {{value:,.{digits}f}} {unit}"
        traces += _own_series(style.plain(name), part, says, several, *look)
    subtitle = f"{words.capital(label)}, {indicator.unit}"
    if counted:
        subtitle = f"Countries with {label} of {tested.level:g} or more ({indicator.unit}), by year"
    shown = ["series", "year", "value"] + ["note"] * bool(table["note"].any()) + ["known"] * counted
    drawn_level = None if counted else tested.level
    return style.figure(
        traces,
        title=f"{claim} {verdict}".strip(),
        subtitle=subtitle,
        source=source,
        twin=f"{claim} By {by}: {found}. {verdict}".strip(),
        table=table[shown],
        note="A figure that is missing is a gap, not a zero. Hollow dots are estimates, or years that are not over."
        if several
        else "",
        xaxis=dict(tickformat="d", range=[rows["year"].min() - 0.5, rows["year"].max() + 0.5])
        if several
        else dict(type="category"),
        yaxis=dict(range=[0, max([1e-9, *table["value"].dropna(), *_given(drawn_level)]) * 1.12]),
        shapes=_own_lines(tested.years if several else (), drawn_level),
        showlegend=len(tested.series) > 1,
        height=360,
    )


def _given(level):
    return [] if level is None else [float(level)]


def _own_words(tested, indicator, label):
    """A learner's own sentence, what the table has of it, and the verdict on it."""
    if tested.reached is not None:
        reached, known = tested.reached
        return (
            f"How many countries reached {tested.than:g} ({indicator.unit}) in {tested.year}?",
            f"{reached} of {words.counted(known, 'country', 'countries')} with a figure",
            "",
        )
    who, year, than = tested.who, tested.year, tested.than
    if len(tested.found) == 1:
        claim = f"{who} {indicator.says.format(f'{tested.comparison} {than:g}')} in {year}."
    elif tested.found[1].country == who:
        claim = f"{who} stood higher in {year} than in {than} by {label}."
    else:
        claim = f"In {year}, {who} stood above {than} by {label}."
    verdict = {None: "It cannot be said.", True: "The sentence holds.", False: "The sentence does not hold."}
    return claim, ". ".join(_own_figure(one, indicator) for one in tested.found), verdict[tested.holds]


def _own_figure(found, indicator):
    """What the table says of one country in one year, or that it says nothing."""
    if found.value is None:
        return f"there is no figure for {found.country} in {found.year}: missing, which is not zero"
    note = f" ({found.note})" if found.note else ""
    return f"{found.country} {indicator.says.format(words.number(found.value, indicator.digits))} in {found.year}{note}"


def _own_series(name, part, says, several, colour, shape, pattern):
    """The traces of one series: a line over the years, or one bar where there is one year."""
    if not len(part):
        return []
    if several:
        part = part.assign(status=part["note"].ne("").map({True: "estimate", False: "actual"}))
        return marks.yearly(part, "year", "value", says=says, colour=colour, name=name, shape=shape)
    part = part.assign(series=name)
    look = dict(color=colour, pattern_shape=pattern)
    return [marks.bars(part, "series", "value", says=says, text="value", name=name, width=0.4, marker=look)]


def _own_lines(years, level):
    """Dotted upright lines at the years that a sentence names, a dashed one across at its number."""
    upright = dict(yref="paper", y0=0, y1=1, line=dict(color=style.GREY, width=2, dash="dot"))
    lines = [dict(type="line", x0=year, x1=year, **upright) for year in dict.fromkeys(years)]
    across = dict(xref="paper", x0=0, x1=1, line=dict(color=style.GREY, width=2, dash="dash"))
    return lines + [dict(type="line", y0=level, y1=level, **across) for _ in _given(level)]
