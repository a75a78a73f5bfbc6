"""Charts of the treaty: its text, its uses and who has to say yes."""

from typing import Literal

import pandas as pd
import plotly.graph_objects as go
from markupsafe import Markup

from .. import data, measures, words
from . import marks, style
from .marks import BEYOND, NO, YES, filled, matrix

_PART_LOOKS = {
    "what allies promise": (style.BLUE, "", "square"),
    "how the alliance works": (style.GREEN, "/", "diamond"),
    "procedure": (style.PURPLE, ".", "circle"),
    "other": (style.GREY, "x", "x"),
}
_KIND_LOOKS = {
    "Article 4": (style.BLUE, "circle"),
    "Article 5": (style.ORANGE, "diamond"),
    "considered, not used": (style.GREY, "x-thin"),
}
_GROUND_LOOKS = {
    "a UN mandate": (style.BLUE, ""),
    "Article 5": (style.GREEN, "/"),
    "consent or request": (style.PURPLE, "."),
    "agreement among allies": (style.GREY, "-"),
    measures.NO_MANDATE: (style.ORANGE, "x"),
}
_CANDIDATE_LOOKS = {  # line and mark, then where the names of the last two allies stand beside them
    "Finland": (style.BLUE, "solid", "circle", dict(ax=12, ay=55, xanchor="left")),
    "Sweden": (style.ORANGE, "dash", "diamond", dict(ax=-12, ay=115, xanchor="right")),
}
_DOOR_COLOURS = [style.BLUE, *[style.ORANGE] * 2, *[style.GREY] * 3]
_TEXTS = data.own("the texts of this course", "in our words")


def _article(treaty_articles, number):
    """The source line of one article of the treaty."""
    return data.cite(treaty_articles[treaty_articles["number"] == number])


def _counted_to():
    """'looked for up to 12 October 2026': what the table of uses covers."""
    return "looked for up to " + data.resource("consultations")["coverage"].split(", ")[0].split(" to ")[1]


def _lanes(days, lane, order, near=500):
    """Heights of marks in lanes, top lane first, and the axis; marks less than `near` days apart step aside.

    `days`: a Series of days, oldest first. `lane`: beside it, the name of each one's lane.
    """
    heights = pd.Series(0.0, index=days.index)
    aside, before = dict.fromkeys(order, 0), {}
    for index, day in days.items():
        name = lane[index]
        aside[name] = aside[name] + 1 if name in before and (day - before[name]).days < near else 0
        heights[index] = order.index(name) + (0, -0.26, 0.26)[aside[name] % 3]
        before[name] = day
    axis = dict(
        tickvals=list(range(len(order))),
        ticktext=[style.wrapped(name, 18) for name in order],
        range=[len(order) - 0.4, -0.6],
        tickfont_size=14,
    )
    return heights, axis


def _until(last):
    """The end of an axis of years: a good year of room after the newest day in the table."""
    return f"{last.year + 2}-06-01"


def fourteen_articles(treaty_tiles, number=5):
    """Tiles: what each article promises, in a few words, sized by the claims that turn on it; one is told."""
    article, most = treaty_tiles[treaty_tiles["number"] == number].iloc[0], treaty_tiles["claims"].max()
    rows = treaty_tiles.assign(
        column=1.08 * treaty_tiles["side"],
        size=14 + 18 * (treaty_tiles["claims"] / max(most, 1)) ** 0.5,
        title=marks.whole(treaty_tiles["title"]),
    )
    rows["label"] = [
        f"  <b>{row['number']}</b> " + style.wrapped(row["promise"], 16).replace("<br>", "<br>  ")
        for _, row in rows.iterrows()
    ]
    traces = []
    for part, (colour, _, shape) in _PART_LOOKS.items():
        own = rows[rows["part"] == part]
        if own.empty:
            continue
        marker = dict(color=colour, symbol=shape, size=own["size"], opacity=1)
        says = "<b>Article {number}: {title}</b><br>{gist}<br>claims that turn on it: {claims} (texts: {texts})"
        says += "<br>{debate}"
        traces.append(
            marks.dots(own, "column", "row", says=says, colour=colour, marker=marker, name=f"{part} ({len(own)})")
        )
        traces.append(marks.labels(own.assign(beside=own["column"] + 0.09), "beside", "row", "label", textfont_size=14))
    chosen = rows[rows["number"] == number]
    edge = dict(
        color=style.ORANGE,
        symbol=f"{_PART_LOOKS[article['part']][2]}-open",
        size=chosen["size"] + 5,
        opacity=1,
        line_width=5,
    )
    traces.append(marks.labels(chosen, "column", "row", "label", mode="markers", marker=edge))
    deepest = rows["row"].max()
    return style.figure(
        traces,
        title=f"Claims turn on {(rows['claims'] > 0).sum()} of {len(rows)} articles. "
        f"Article {number}: {article['promise']}",
        subtitle="What each article promises or settles; a larger mark: more claims of the texts turn on it",
        source=data.cite(treaty_tiles) + data.own("the texts of this course", "our reading"),
        twin=_article_words(article, treaty_tiles),
        table=treaty_tiles[["number", "title", "promise", "part", "gist", "claims", "texts"]],
        note="The words are ours; read the treaty for its own. Which claim turns on which article is our reading, too.",
        xaxis=dict(visible=False, range=[-0.1, 2.05], fixedrange=True),
        yaxis=dict(visible=False, range=[deepest + 0.6, -0.6], fixedrange=True),
        legend=dict(itemsizing="constant"),
        height=480,
    )


def _article_words(article, treaty_mentions):
    used = (treaty_mentions["claims"] > 0).sum()
    turn = "1 claim turns" if article["claims"] == 1 else f"{article['claims']} claims turn"
    return f"{article['gist']} In this course {turn} on it, and {used} of the {len(treaty_mentions)} articles have any."


def wordings(wordings_of_article_5, treaty_articles, text="all"):
    """Matrix: which parts of Article 5 each wording holds; `text` is "all", or one part that must not be missing."""
    rows, parts = wordings_of_article_5, list(measures.ARTICLE_5_PARTS)
    answers = rows[parts].replace({True: YES, False: NO}).astype(object)
    answers["automatic"] = rows["automatic"].map({True: BEYOND, False: NO})
    traces, layout = matrix(rows["label"], answers, rows["where"] + ": " + rows["text"], wide=28)
    title, twin = _wording_words(rows[rows["id"] != "treaty"], text, len(parts))
    return style.figure(
        traces,
        title=title,
        subtitle="Filled: the sentence says so. Hollow: it does not. Diamond: it says more than the treaty",
        source=_article(treaty_articles, 5) + _TEXTS,
        twin=twin,
        table=rows[["where", "text", *parts, "automatic"]].replace({True: "yes", False: "no"}),
        note="The sentences are retold in our words; which parts each holds is our reading. Just before it speaks of "
        "help, A1 also says that one counts as all. A3 puts it as A0 does; A2 does not speak of Article 5.",
        height=440,
        **layout,
    )


def _wording_words(told, text, parts):
    """Title and twin: the closest wording, or who says one part; and who goes beyond the treaty."""
    beyond = words.named(_quoted(label) for label in told.loc[told["automatic"], "label"])
    says = f" {beyond} adds a word that the treaty does not have: automatic." if told["automatic"].any() else ""
    if text == "all":
        closest = told.loc[told["parts"].idxmax()]
        return (
            f"Beyond the treaty: {beyond}" if beyond else f"Closest to the treaty: {_quoted(closest['label'], 44)}",
            f"{_quoted(closest['label'])} holds {closest['parts']} of {parts} parts of Article 5.{says}",
        )
    held = told[told[text]]
    who = words.named(held["label"].str.split(":").str[0].unique())
    return f"{len(held)} of {len(told)} wordings say: {text}", f"Said by {who}: {text}.{says}"


def _quoted(label, length=120):
    """'A1: Each helps' as '“Each helps” (A1)', cut where it is longer than `length` letters."""
    article, sentence = label.split(": ", 1)
    return f"“{words.shortened(sentence, length)}” ({article})"


def definitions(definitions_of_nato, treaty_articles):
    """Matrix: which purposes the texts give NATO, beside the treaty."""
    rows, purposes, found = definitions_of_nato, list(measures.PURPOSES), definitions_of_nato.attrs
    answers = rows[purposes].replace({True: YES, False: NO}).astype(object)
    traces, layout = matrix(rows["label"], answers, rows["where"] + ": " + rows["text"], wide=28)
    told = len(rows) - 1
    return style.figure(
        traces,
        title=f"{told} definitions, and no two the same",
        subtitle="Filled: the sentence names this purpose. Hollow: it does not",
        source=_article(treaty_articles, 1) + _TEXTS,
        twin=f"Purposes that texts name and the treaty does not: {'; '.join(found['beside'])}. "
        f"The purpose named most often is {found['most']} ({found['times']} of {told}).",
        table=rows[["where", "text", *purposes]].replace({True: "yes", False: "no"}),
        note="The sentences are retold in our words; which purposes each names is our reading. "
        "A definition is not tested here: an aim can be real without standing in the treaty.",
        height=470,
        **layout,
    )


def _path(steps):
    """Traces and layout of a path of steps, from top to bottom."""
    last = int(steps["reached"].sum()) - 1
    line = dict(mode="lines", hoverinfo="skip", showlegend=False)
    traces = [
        go.Scatter(x=[0, 0], y=[0, last], line=dict(color=style.BLUE, width=4), **line),
        go.Scatter(x=[0, 0], y=[last, len(steps) - 1], line=dict(color=style.GREY, width=2, dash="dot"), **line),
    ]
    told = steps.assign(place=range(len(steps)), lane=0, label=[_step(step) for _, step in steps.iterrows()])
    for name, chosen, colour, shape in (
        ("passed", steps["reached"] & ~steps["stops"], style.BLUE, "circle"),
        ("stops here", steps["stops"], style.ORANGE, "x"),
        ("not reached", ~steps["reached"], style.GREY, "circle-open"),
    ):
        traces.append(
            marks.dots(
                told[chosen],
                "lane",
                "place",
                says="{rests_on}",
                text="label",
                colour=colour,
                marker=dict(color=colour, symbol=shape, size=18, line=dict(width=2, color=colour)),
                name=name,
                textposition="middle right",
                textfont_size=15,
                cliponaxis=False,
            )
        )
    layout = dict(
        xaxis=dict(visible=False, range=[-0.4, 10], fixedrange=True),
        yaxis=dict(visible=False, range=[len(steps) - 0.5, -0.5], fixedrange=True),
        legend=dict(y=-0.02, yanchor="top"),
    )
    return traces, layout


def _step(step):
    """A step's name, and below it what is said there once the path comes so far."""
    said = f"<br>  {style.plain(step['says'])}" if step["reached"] else ""
    return f"  <b>{style.plain(step['step'])}</b>{said}"


def _told(steps):
    """The table behind a path: what each step is, and whether it is reached."""
    rows = steps[["step", "says", "rests_on", "reached"]]
    return rows.assign(reached=rows["reached"].map({True: "yes", False: "no"}))


def after_an_attack(attack_steps, treaty_articles):
    """Path: what the treaty foresees when something happens to an ally, and where the path stops."""
    traces, layout = _path(attack_steps)
    stop = attack_steps[attack_steps["stops"]]
    ends, behind = "The path runs to its end: each ally chooses its own help", attack_steps["rests_on"].iloc[-1]
    if len(stop):
        ends = f"The path stops at “{stop['step'].iloc[0]}”: {stop['because'].iloc[0]}"
        behind = stop["rests_on"].iloc[-1]
    return style.figure(
        traces,
        title=ends,
        subtitle="What the treaty foresees, from top to bottom; hold the pointer on a dot for the article behind it",
        source=_article(treaty_articles, 5),
        twin=f"{attack_steps['reached'].sum()} of {len(attack_steps)} steps are reached: "
        f"{ends[0].lower()}{ends[1:]} ({behind.split(':')[0]}). No step makes any ally send troops by itself.",
        table=_told(attack_steps),
        note=f"{behind.rstrip('.')}. This is a picture of the text, not of any real crisis. What allies would "
        "do is a political decision, taken by all of them.",
        height=440,
        **layout,
    )


def way_out(exit_steps, treaty_articles, claims):
    """Path: how the United States could leave the treaty, with or without the consent that US law asks for."""
    traces, layout = _path(exit_steps)
    ends = "With consent, notice and a year's wait, the way is open"
    if exit_steps["stops"].any():
        ends = "Alone, a president meets a law first"
    return style.figure(
        traces,
        title=ends,
        subtitle="The way out of the treaty for the United States, as law has it; hold the pointer on a dot for what "
        "it rests on",
        source=_article(treaty_articles, 13) + data.cite(claims[claims["id"] == "A4-29"]),
        twin=f"{exit_steps['reached'].sum()} of {len(exit_steps)} steps are reached. "
        f"{exit_steps.attrs['law'].rstrip('.')}.",
        table=_told(exit_steps),
        note="Consent: two thirds of the Senate, or an act of Congress. What happens if a president acts without it "
        "is not known: no court has ruled on it, as far as our tables hold.",
        height=360,
        **layout,
    )


def treaty_uses(treaty_uses, use_counts, over_russia, article_4_askers, lanes="which article", considered=False):
    """Strip: each use of Articles 4 and 5 by day, in lanes by article or by who asked."""
    heights, axis = _lanes(treaty_uses["requested_date"], treaty_uses["lane"], treaty_uses.attrs["lanes"])
    rows = treaty_uses.assign(
        height=heights,
        on=[words.date(*pair) for pair in zip(treaty_uses["requested_date"], treaty_uses["precision"], strict=True)],
        by=treaty_uses["asked_by"].str.replace(";", ", "),
        came="Outcome: " + treaty_uses["outcome"],
        known=(treaty_uses["note"].fillna("") + " " + treaty_uses["remark"]).str.strip(),
    )
    traces = []
    for kind, (colour, shape) in _KIND_LOOKS.items():
        own = rows[rows["kind"] == kind]
        if own.empty:
            continue
        line = dict(width=3 if shape == "x-thin" else 1, color=colour)
        traces.append(
            marks.dots(
                own,
                "requested_date",
                "height",
                says=f"<b>{kind}, {{on}}</b><br>{{by}}<br>{{reason}}<br>{{came}}<br>{{known}}",
                name=f"{kind}: {len(own)}",
                colour=colour,
                marker=dict(color=colour, symbol=shape, size=15, opacity=1, line=line),
            )
        )
    used, twin = _uses_words(treaty_uses, use_counts, over_russia)
    if lanes != "which article":
        twin += f" Most came from {article_4_askers.index[0]} ({article_4_askers.iloc[0]})."
    if considered:
        unused = (treaty_uses["kind"] == "considered, not used").sum()
        twin += f" {unused} more cases led to no request."
    return style.figure(
        traces,
        title=f"Article 5: {used}. Article 4: {words.times(use_counts['Article 4'])}",
        subtitle=f"Each mark is one use, by day of request; {_counted_to()}",
        source=data.cite(treaty_uses),
        twin=twin,
        table=treaty_uses[["requested_date", "kind", "asked_by", "reason", "outcome"]],
        note="Only what NATO's practice counts; some lists add one more Turkish request of November 2012.",
        value_axis="x",
        xaxis=dict(
            range=["1949-01-01", _until(treaty_uses.attrs["last"])], dtick="M120", tick0="1950-01-01", tickformat="%Y"
        ),
        yaxis=axis,
        height=330,
    )


def _uses_words(treaty_uses, use_counts, over_russia):
    """'used once, in 2001' of Article 5, and the twin of the counts."""
    years = treaty_uses.loc[treaty_uses["kind"] == "Article 5", "requested_date"].dt.year
    used = f"used {words.times(use_counts['Article 5'])}" + (f", in {words.named(years)}" if len(years) else "")
    return used, (
        f"Article 5 was {used}; Article 4 {words.times(use_counts['Article 4'])} ({_counted_to()}). "
        f"{len(over_russia)} of these name Russia, the first in "
        f"{over_russia['requested_date'].dt.year.min()}."
    )


def missions(operation_spans, group: Literal[*measures.MISSIONS] = "bombing and peace forces"):
    """Timeline: NATO's operations since 1992, a bar each, by the ground they stood on; `group` a key of `MISSIONS`."""
    rows = operation_spans[operation_spans["kind"].isin(measures.MISSIONS[group])]
    rows = rows.assign(
        lane=[style.wrapped(name, 22) for name in rows["name"]],
        since=[words.date(*day) for day in zip(rows["start"], rows["start_precision"], strict=True)],
        ended=[
            "still running" if pd.isna(day) else words.date(day, precision)
            for day, precision in zip(rows["end"], rows["end_precision"], strict=True)
        ],
        note=rows["note"].fillna(""),
    )
    years = 1992, operation_spans.attrs["last"].year + 5
    bare = operation_spans[operation_spans["ground"] == measures.NO_MANDATE]
    disputed = operation_spans[operation_spans["defended"].notna()]
    return style.figure(
        [*_spans(rows), *_places(rows, *years)],
        title=f"{len(bare)} of {len(operation_spans)} operations used force without a UN mandate: "
        f"{words.named(bare['name'])}",
        subtitle=f"NATO's operations, {group}: {len(rows)} of {len(operation_spans)}, by years and legal ground",
        source=data.cite(disputed.assign(source=disputed["words_source"])) + data.cite(rows),
        twin=_missions_words(operation_spans, rows, bare),
        table=rows[["name", "place", "start", "end", "years", "ground", "legal_ground", "aim"]],
        note=" ".join(f"{row['name']}. {row['defended']} {row['objection']}" for _, row in disputed.iterrows())
        + " Short relief flights and exercises are left out.",
        value_axis="x",
        xaxis=dict(range=years, dtick=5, tick0=1990, tickformat="d"),
        yaxis=dict(categoryorder="array", categoryarray=list(rows["lane"])[::-1], dtick=1, tickfont_size=14),
        barmode="overlay",
        bargap=0.35,
        height=470,
    )


def _spans(rows):
    """A bar from the first to the last day of each operation; an edge keeps those of a few weeks in sight."""
    traces = []
    for ground, (colour, pattern) in _GROUND_LOOKS.items():
        own = rows[rows["ground"] == ground]
        if len(own):
            marker = filled(colour, pattern) | dict(line=dict(width=4, color=colour))
            says = "<b>{lane}</b>, {place}<br>{since} to {ended}<br>{legal_ground}<br>{aim}<br>{note}"
            more = dict(lying=True, base=own["begin"], marker=marker, name=f"{ground} ({len(own)})")
            traces.append(marks.bars(own, "years", "lane", says=says, **more))
    return traces


def _places(rows, first, last):
    """Where an operation on land was that is over, beside its bar on the side with more room."""
    rows = rows.assign(short=rows["place"].str.split(" (", regex=False).str[0].str.split(" and ").str[0])
    rows = rows[~rows["running"] & ~rows["kind"].isin(measures.MISSIONS["at sea and on patrol"])]
    right = last - rows["until"] > rows["begin"] - first
    sides = rows[right].assign(short="  " + rows["short"]), rows[~right].assign(short=rows["short"] + "  ")
    return [
        marks.labels(sides[0], "until", "lane", "short"),
        marks.labels(sides[1], "begin", "lane", "short", textposition="middle left"),
    ]


def _missions_words(operations, rows, bare):
    """How many of the operations shown stood on which ground, and which of all used force on none."""
    counts = rows["ground"].value_counts().drop(measures.NO_MANDATE, errors="ignore")
    listed = words.named(f"{count} on {ground}" for ground, count in counts.items())
    alone = words.named(f"{name} ({start.year})" for name, start in zip(bare["name"], bare["start"], strict=True))
    mandated = (operations["ground"] == "a UN mandate").sum()
    return (
        f"Of the {len(rows)} operations shown, {listed.replace(' on ', ' stood on ', 1)}. "
        f"Of all {len(operations)}, {mandated} had a UN mandate. {alone} used force without one."
    )


def yes_by_day(yes_by_day, yes_so_far, votes, day=90):
    """Step lines: how many allies had said yes to Finland and Sweden, day by day; one day marked."""
    allies, signed, last = (yes_by_day.attrs[name] for name in ("allies", "signed", "longest"))
    steps = yes_by_day.assign(on=yes_by_day["date"].map(words.day))
    traces, said, annotations = [], [], []
    for _, candidate in yes_so_far.iterrows():
        own = steps[steps["candidate"] == candidate["candidate"]]
        traces += _climb(own, candidate, allies, last + 20)
        annotations.append(_last_two(own.tail(2), *_CANDIDATE_LOOKS[candidate["candidate"]]))
        said.append(
            f"{candidate['candidate']}: {candidate['done']} of {allies} allies had said yes "
            f"({_still_missing(candidate['missing'])})"
        )
    return style.figure(
        traces,
        title=f"Most said yes within weeks; the last allies took until day {steps['day'].max()}",
        subtitle=f"Allies that had approved {words.named(yes_so_far['candidate'])}, by days after the signing on "
        f"{words.day(signed)}",
        source=data.cite(votes),
        twin=f"This is day {day} after the signing. {'; '.join(said)}. All {allies} had to agree.",
        table=yes_by_day[["candidate", "day", "count", "who"]],
        note="The day is the end of the parliamentary procedure; papers reached Washington then or later. "
        "A few days rest on one source: hold the pointer on a step.",
        xaxis=dict(range=[-12, last + 20]),
        yaxis=dict(range=[0, allies + 3]),
        shapes=[
            dict(
                type="line", x0=day, x1=day, yref="paper", y0=0, y1=1, line=dict(color=style.GREY, width=2, dash="dash")
            )
        ],
        annotations=[
            *annotations,
            dict(
                x=day, yref="paper", y=0, xanchor="left", yanchor="bottom", xshift=4, text=f"day {day}", showarrow=False
            ),
        ],
        height=400,
    )


def _climb(steps, candidate, allies, end):
    """The steps of one candidate, and the level line after the last of them."""
    colour, dash, shape, _ = _CANDIDATE_LOOKS[candidate["candidate"]]
    says = f"<b>{candidate['candidate']}: {{count}} of {allies} allies</b><br>day {{day}} ({{on}}): {{who}}<br>{{note}}"
    return [
        marks.line(
            steps,
            "day",
            "count",
            says=says,
            colour=colour,
            dash=dash,
            line_shape="hv",
            mode="lines+markers",
            marker=dict(symbol=shape, size=9),
            name=f"{candidate['candidate']}, an ally on {words.day(candidate['entered'])}",
        ),
        go.Scatter(
            x=[steps["day"].iloc[-1], end],
            y=[steps["count"].iloc[-1]] * 2,
            mode="lines",
            line=dict(color=colour, dash=dash),
            hoverinfo="skip",
            showlegend=False,
        ),
    ]


def _last_two(late, colour, dash, shape, place):
    """The names of those who said yes last, with a line to the place where they did."""
    return dict(
        x=late["day"].iloc[-1],
        y=late["count"].iloc[0],
        text=",<br>then ".join(style.plain(who) for who in late["who"]),
        align="left",
        font_size=15,
        arrowcolor=colour,
        arrowwidth=2,
        arrowhead=0,
        **place,
    )


def _still_missing(names):
    if not names:
        return "nobody is missing"
    return f"missing: {words.named(names)}" if len(names) <= 4 else f"{len(names)} missing"


def chance_of_unanimity(unanimity_curve, all_agree, allies, chance=98.0, doubters=0):
    """Line: the chance that all agree, by number of allies, if each says yes with the same chance by itself."""
    needed = 100 * measures.chance_needed(allies)
    chance_of_all = "less than 1%" if all_agree < 0.5 else f"{all_agree:.0f}%"
    doubt = f" and {min(doubters, allies)} of them undecided" if doubters else ""
    here = pd.DataFrame({"allies": [allies], "chance": [all_agree], "label": [f"<b>{all_agree:.0f}%</b>"]})
    return style.figure(
        [
            marks.line(
                unanimity_curve,
                "allies",
                "chance_that_all_agree",
                says="{allies} allies: all agree with a chance of {chance_that_all_agree:.0f}%",
                colour=style.BLUE,
                name="chance that all agree",
            ),
            marks.dots(
                here,
                "allies",
                "chance",
                says=f"{allies} allies{doubt}: all agree with a chance of {all_agree:.1f}%",
                colour=style.ORANGE,
                shape="diamond",
                size=16,
                text="label",
                textposition="top left" if all_agree < 88 else "bottom left",
                textfont=dict(size=17),
                name="your setting",
            ),
        ],
        title=f"{allies} allies, each {chance:g}% sure{doubt}: all agree with a chance of {chance_of_all}",
        subtitle="Chance that every ally says yes, in %, by number of allies",
        source=data.own("our own calculation"),
        twin=f"If each of {allies} allies says yes with a chance of {chance:g}%{doubt}, the chance that all do is "
        f"{f'{all_agree:.1f}%' if all_agree >= 0.05 else 'less than 0.1%'}. For an even chance without anyone "
        f"undecided, each would have to be {needed:.1f}% sure.",
        table=unanimity_curve,
        note="A model, not a forecast: each ally decides alone here, as if by dice. Real allies talk, bargain and wait "
        "for each other. Undecided: as likely no as yes.",
        xaxis=dict(range=[0, measures.MOST_ALLIES + 1], title_text="allies who must agree", dtick=4),
        yaxis=dict(range=[0, 104], ticksuffix="%"),
        showlegend=False,
        height=390,
    )


def open_door(open_door, members, caucasus=False):
    """Bars: European states by where they stand with NATO: who could be invited, who has asked."""
    states = open_door.set_index("status")["states"]
    whole, applied = states.sum(), states["has applied"]
    outside = whole - states["already an ally"]
    listed = ", list of the UN's statisticians"
    if caucasus:
        listed = ", Council of Europe members in western Asia included"
    rows = open_door.assign(
        lane=[style.wrapped(status, 15) for status in open_door["status"]],
        label=open_door["states"].astype(str),
        names=[Markup(style.wrapped(who or "none", 55)) for who in open_door["who"]],
    )
    who = open_door.set_index("status")["who"]["has applied"] or "none"
    return style.figure(
        [
            marks.bars(
                rows,
                "states",
                "lane",
                says="<b>{lane}: {states}</b><br>{names}",
                lying=True,
                text="label",
                marker=dict(color=_DOOR_COLOURS),
            )
        ],
        title=f"{outside} of {whole} European states are outside; "
        f"{applied} of them {'has' if applied == 1 else 'have'} applied",
        subtitle=f"European states by where they stand with NATO; number of states{listed}",
        source=data.cited("countries", "nato_status") + data.cite(members.sort_values("accession_date").tail(1)),
        twin=f"Of {whole} European states on this list {whole - outside} are allies. Has applied: {who}. Any of the "
        f"others may be invited, but only if all {len(members)} allies agree.",
        table=open_door,
        note="Article 10 speaks of a European state, without a list. Hold the pointer on a bar for the names.",
        value_axis="x",
        xaxis=dict(range=[0, len(members) + 2]),
        yaxis=dict(autorange="reversed", showgrid=False),
        showlegend=False,
        height=340,
    )
