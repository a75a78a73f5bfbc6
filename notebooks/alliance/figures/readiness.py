"""Charts of readiness: scores at accession, over the years, and the way to a goal."""

import pandas as pd
from markupsafe import Markup

from .. import data, measures, words
from . import marks, style


def _source(index):
    return data.cited("institutions", index)


def _digits(index):
    return ".2f" if index.startswith("vdem") else ".0f"


def _axis(index, headroom=0.04, room=0.04):
    """Range of an index with the better end last, and room at both ends."""
    _, _, worst, best, *_ = measures.INDICES[index]
    return [worst - (best - worst) * room, best + (best - worst) * headroom]


def _subtitle(index, side):
    name, scale, _, _, better, _ = measures.INDICES[index]
    return f"{name}: {scale}; further {side} is {better}"


def _numbers_run_down(index):
    return " The axis is turned: 1 is the freest grade, 7 the least free." if measures.lower_is_better(index) else ""


def scores_at_accession(entry_scores, entry_rounds, ukraine_levels, index="vdem_electoral"):
    """Dot plot: each member's score in the year it joined, a row a year of entry; Ukraine in several years below."""
    name, digits, year = measures.INDICES[index][0], _digits(index), entry_scores.attrs["year"]
    own = entry_scores[(entry_scores["who"] == "Ukraine") & (entry_scores["year"] == year)]["value"]
    title, twin = _entry_words(entry_scores, name, digits, year, own)
    rounds = sorted(entry_rounds["year"].unique())
    rows = entry_rounds.assign(place=entry_rounds["year"].map(rounds.index) + _apart(entry_rounds))
    below = ukraine_levels.assign(place=float(len(rounds))).sort_values("value")
    says = f"<b>{{country}}</b>, {{year}}<br>{style.plain(name)}: {{value:{digits}}}"
    least = _told_apart(rows)
    return style.figure(
        [
            marks.dots(
                rows, "value", "place", says=says, colour=style.BLUE, size=12, name="a member, in the year it joined",
            ),
            marks.dots(
                below, "value", "place", says=says, colour=style.ORANGE, shape="diamond", size=12,
                name="Ukraine, in that year", text="year",
            ).update(textposition=[*["bottom center", "top center"] * len(below)][: len(below)], textfont_size=14),
            marks.labels(least, "value", "place", "told", textposition=list(least["side"]), textfont_size=14),
        ],
        title=title,
        subtitle=_subtitle(index, "right"),
        source=_source(index),
        twin=twin,
        table=entry_scores[["country", "year", "value", "who"]],
        note="The dashed line is Ukraine in the year you chose. "
        "A member's score is of its year of entry, not of today. Germany of 1955 is West Germany."
        + _numbers_run_down(index),
        value_axis="x",
        xaxis=dict(range=_axis(index, room=0.12)),
        yaxis=dict(
            tickvals=list(range(len(rounds) + 1)),
            ticktext=[*(_round(when, rows[rows["year"] == when]["country"]) for when in rounds), "<b>Ukraine</b>"],
            range=[len(rounds) + 0.8, -0.6],
            tickfont_size=14,
        ),
        shapes=marks.uprights(*own, colour=style.ORANGE, width=2),
        height=450,
        showlegend=True,
    )  # fmt: skip


def _apart(entry_rounds):
    """How far each dot stands from the middle of its row, so that equal scores do not hide each other."""
    many = entry_rounds["equals"]
    return (entry_rounds["turn"] - (many - 1) / 2) * (0.7 / many).clip(upper=0.22)


def _told_apart(rows):
    """The members named beside their dots: the last of each larger round, and all below Ukraine in the year chosen.

    Columns told and side: the last of a round is named on its left, others on their right.
    """
    named = rows.assign(
        told="  " + rows["country"].map(style.plain) + "  ",
        side=rows["last"].map({True: "middle left", False: "middle right"}),
    )
    return named[rows["alone"] & ((rows["last"] & (rows["joined"] > 2)) | rows["against"].eq("worse"))]


def _round(when, names):
    """A year of entry with its states, or their number."""
    return f"{when}: " + style.plain(words.named(sorted(names)) if len(names) < 3 else f"{len(names)} states")


def _entry_words(entry_scores, name, digits, year, own):
    """Title and twin: who joined with a worse score than Ukraine's of a year, who with the same, who has none."""
    (first, last), gone = entry_scores.attrs["covers"], _unscored_words(entry_scores.attrs)
    if own.empty:
        title = f"No score for Ukraine in {year} by this index"
        return title, f"{name}: Ukraine has scores from {first} to {last}. For {year} it has none.{gone}"
    lower, same = (
        list(entry_scores.loc[entry_scores["against"] == against, "country"]) for against in ("worse", "same")
    )
    members = entry_scores["who"].eq("member").sum()
    title = f"{len(lower)} of {members} joined with a worse score than Ukraine's of {year}"
    title += f", {len(same)} with the same" if same else ""
    twin = f"{name}: Ukraine had {own.item():{digits}} in {year}. Worse when they joined: {words.named(lower)}"
    return title, f"{twin}; the same: {words.named(same)}.{gone}"


def _unscored_words(attrs):
    """Which members have no score in the year they joined, and for how many of them the index began too late."""
    unscored, early, begins = attrs["unscored"], attrs["early"], attrs["begins"]
    if not unscored:
        return ""
    if early:
        return f" {words.counted(early, 'member')} joined before our scores of this index begin, in {begins}."
    return f" Without a score in their year: {words.named(unscored)}."


def readiness_lines(score_lines, index="vdem_liberal"):
    """Lines over the years: Ukraine, one other country and the middle of the allies, by one index."""
    name, digits, peer = measures.INDICES[index][0], _digits(index), score_lines.attrs["peer"]
    rows, traces = score_lines.reset_index(), []
    for who, column, colour, dash, shape in (
        ("Ukraine", "ukraine", style.BLUE, "solid", "circle"),
        (peer, "peer", style.GREEN, "dash", "square"),
        ("middle of the allies", "allies", style.GREY, "dot", "diamond"),
    ):
        known = rows.assign(remark=rows[f"{column}_note"].map(_below)).dropna(subset=column)
        says = f"<b>{style.plain(who)}, {{year}}</b><br>{style.plain(name)}: {{{column}:{digits}}}{{remark}}"
        line = marks.line(known, "year", column, says=says, colour=colour, dash=dash, mode="lines+markers")
        traces.append(line.update(name=style.plain(who), marker=dict(symbol=shape, size=7, color=colour)))
    title, twin = _lines_words(rows, name, digits, peer)
    wars = [year + 1 for year in measures.BEFORE_WARS]
    top = dict(yref="paper", y=1, yanchor="top", xanchor="right", align="right", showarrow=False, font_size=14)
    labels = [
        dict(x=at, text=text, **top) for at, text in zip(wars, ("annexation<br>of Crimea ", "full-scale<br>invasion "))
    ]
    if joins := score_lines.attrs["joins"]:
        at = dict(x=joins, y=score_lines.loc[joins, "peer"], text=f"{style.plain(peer)} joins", font_size=14)
        labels.append(dict(**at, ax=0, ay=-32, arrowhead=2, arrowcolor=style.GREY))
    names = {"ukraine": "Ukraine", "peer": str(peer), "allies": "middle of the allies"}
    first = score_lines["allies"].first_valid_index()
    return style.figure(
        traces,
        title=title,
        subtitle=_subtitle(index, "up"),
        source=_source(index),
        twin=twin,
        table=score_lines[list(names)].rename(columns=names),
        note="The middle is the median of those who were allies in that year, so its circle grows."
        + _numbers_run_down(index),
        xaxis=dict(range=[first - 1, score_lines.index.max() + 1], tickformat="d"),
        yaxis=dict(range=_axis(index, headroom=0.16)),
        shapes=marks.uprights(*wars),
        annotations=labels,
        height=420,
        showlegend=True,
    )


def _below(note):
    """A remark on its own line of the hover; nothing where there is none."""
    return style.hover("<br>{}", Markup(style.plain(note))) if note else ""


def _lines_words(rows, name, digits, peer):
    """Title and twin: Ukraine's first and newest score, its scores before each war, and who stood better."""
    own, middle = rows.dropna(subset="ukraine"), rows.dropna(subset="allies").iloc[-1]
    first, last = own.iloc[0], own.iloc[-1]
    peers = rows["peer"].dropna().iloc[-1]
    before = own.set_index("year")["ukraine"]
    wars = ", ".join(f"{before[year]:{digits}} in {year}" for year in measures.BEFORE_WARS)
    better = rows["ukraine_better"]
    return (
        f"Ukraine: {first['ukraine']:{digits}} in {first['year']}, {last['ukraine']:{digits}} in {last['year']}; "
        f"{style.plain(peer)}: {peers:{digits}}",
        f"{name}: Ukraine had {wars} and {last['ukraine']:{digits}} in {last['year']}. "
        f"It stood better than {peer} in {better.sum()} of {better.count()} years. "
        f"The middle of the allies was {middle['allies']:{digits}} in {middle['year']}.",
    )


def half_way(half_way):
    """Bars: how much of the way Ukraine's corruption score has come, goal by goal."""
    start, now, since = half_way[["start", "now", "since"]].iloc[0]
    rows = half_way.assign(
        label=half_way["yardstick"].str.replace(", ", ",<br>"),
        told=[f"{value:.0f}%" for value in half_way["percent"]],
    )
    ways = "; ".join(f"{told} of the way to {goal}" for told, goal in zip(rows["told"], rows["goal"]))
    return style.figure(
        [
            marks.bars(
                rows, "percent", "label",
                says="from {start} to {now}, goal {goal} points<br><b>{percent:.0f}% of the way</b>",
                text="told", lying=True, marker=dict(color=style.BLUE),
            )
        ],
        title=f"The same {now - start} points are {words.named(rows['told'])} of the way",
        subtitle=f"Ukraine's Corruption Perceptions Index since {since}: {start} to {now} points; "
        f"% of the way to {words.spelt(len(half_way))} goals",
        source=_source("cpi_score"),
        twin=f"From the same start and the same score: {ways}.",
        table=half_way[["yardstick", "goal", "start", "now", "percent"]],
        note="64 is the average of 31 countries of western Europe and the EU, as our claims table records it. "
        "The index has no pass mark, and we found none of NATO's.",
        value_axis="x",
        xaxis=dict(range=[0, 104], ticksuffix="%"),
        yaxis=dict(autorange="reversed", showgrid=False),
        height=330,
    )  # fmt: skip


def gap(way_to_goal, margin=0.0):
    """A track from 0 to 100: where the corruption score began, where it stands, and where a goal lies."""
    start, begin, now, goal, year = way_to_goal[["start", "begin", "now", "goal", "year"]]
    told, reach = _gap_words(way_to_goal, margin)
    table = pd.DataFrame(
        {
            "point": ["start", "now", "goal", "behind", "ahead"],
            "year": [start, year, None, None, None],
            "points": [begin, now, goal, now - begin, goal - now],
            "row": "way",
        }
    )
    ends = table.iloc[:3].assign(
        told=[f"{start}: {begin} points", f"{year}: {now} points", f"your goal: {goal} points"]
    )
    looks = dict(color=[style.GREY, style.ORANGE, style.GREEN], symbol=["circle", "diamond", "star"], size=18)
    doubt = dict(type="data", array=[margin, margin, 0], thickness=3, width=8, color=style.GREY) if margin else None
    label = dict(y="way", showarrow=False, font_size=15)
    return style.figure(
        [
            marks.bars(
                table.iloc[[place]], "points", "row", says=f"{{points}} {legend}", lying=True,
                name=legend, marker=marker, base=[base], width=0.4,
            )
            for place, legend, base, marker in (
                (3, "points gained", begin, dict(color=style.BLUE)),
                (4, "points to go", now, marks.filled(style.GREY, "/")),
            )
        ]
        + [
            marks.dots(ends, "points", "row", says="{told}", colour=None, marker=looks, error_x=doubt, showlegend=False)
        ],
        title=f"From {begin} in {start} to {now} in {year}: {told} to {goal}",
        subtitle="Ukraine's Corruption Perceptions Index, points from 0 (very corrupt) to 100 (very clean)",
        source=_source("cpi_score"),
        twin=f"{words.signed(now - begin)} since {start}, {words.signed(goal - now)} to your goal of {goal}: "
        f"{told}.{reach}",
        table=table[["point", "year", "points"]],
        note=f"The publisher's standard errors are about {_margins()} points.",
        value_axis="x",
        barmode="overlay",
        xaxis=dict(range=[0, 100]),
        yaxis=dict(visible=False),
        annotations=[
            dict(x=begin, yshift=-58, text=f"{start}: {begin}", xanchor="right", **label),
            dict(x=now, yshift=58, text=f"<b>{year}: {now}</b>", **label),
            dict(x=goal, yshift=-58, text=f"goal: {goal}", xanchor="left", **label),
        ],
        height=260,
    )  # fmt: skip


def _gap_words(way_to_goal, margin):
    """How much of the way lies behind, and what a margin leaves of that."""
    if way_to_goal["percent"] is None:
        return "no way to go", ""
    told = f"{way_to_goal['percent']:.0f}% of the way"
    if not margin:
        return told, ""
    span = f"{words.number(way_to_goal['low'])}% to {way_to_goal['high']:.0f}%"
    return told, f" If both scores may be off by {margin:g} points, it is anything from {span}."


def _margins():
    low, high = measures.CPI_MARGIN
    return f"{low:g} to {high:g}"


def yearly_noise(yearly_changes, margin=2.0):
    """Bars: a corruption score's change from year to year, against a margin."""
    name, widest = yearly_changes.attrs["country"], yearly_changes.attrs["widest"]
    beyond = yearly_changes["change"].abs() > margin
    first, last, count = yearly_changes.iloc[0], yearly_changes.iloc[-1], f"{beyond.sum()} of {len(yearly_changes)}"
    total = last["value"] - (first["value"] - first["change"])
    band = dict(
        type="rect", xref="paper", x0=0, x1=1, y0=-margin, y1=margin, fillcolor=style.FAINT, line_width=0, layer="below"
    )
    return style.figure(
        [
            marks.bars(
                yearly_changes[chosen], "year", "change",
                says="<b>{year}</b><br>{change:+.0f} points, to {value}", name=legend, marker=marker,
            )
            for legend, chosen, marker in (
                ("beyond the margin", beyond, dict(color=style.BLUE)),
                ("within the margin", ~beyond, marks.filled(style.GREY, "/")),
            )
        ],
        title=f"{style.plain(name)}: {count} yearly changes beyond {margin:g} points; "
        f"in all {words.signed(total)}",
        subtitle="Corruption Perceptions Index, change against the year before, points, "
        f"{first['year']:.0f} to {last['year']:.0f}",
        source=_source("cpi_score"),
        twin=f"{name}'s score changed by more than {margin:g} points in {count} years. "
        f"Over all years it moved by {words.signed(total)}, to {last['value']:.0f} in {last['year']:.0f}.",
        table=yearly_changes,
        note=f"The shaded band is your margin. The publisher's standard errors are about {_margins()} points "
        "for Ukraine, Russia and the United States. A difference of two scores is less sure than either.",
        xaxis=dict(
            dtick=1,
            tickformat="d",
            range=[first["year"] - 0.6, last["year"] + 0.6],
            showgrid=False,
        ),
        yaxis=dict(range=[-widest - 1, widest + 1], zeroline=True, zerolinecolor=style.GREY),
        shapes=[band],
        height=360,
        showlegend=True,
    )  # fmt: skip
