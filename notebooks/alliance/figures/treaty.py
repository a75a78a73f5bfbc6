"""Charts of the treaty: its text, its uses and who has to say yes."""

import pandas as pd
import plotly.graph_objects as go

from .. import data, measures, words
from . import style
from .marks import BEYOND, NO, YES, filled, matrix

_PART_LOOKS = {
    "what allies promise": (style.BLUE, ""),
    "how the alliance works": (style.GREEN, "/"),
    "procedure": (style.PURPLE, "."),
    "other": (style.GREY, "x"),
}
_KIND_LOOKS = {
    "Article 4": (style.BLUE, "circle"),
    "Article 5": (style.ORANGE, "diamond"),
    "considered, not used": (style.GREY, "x-thin"),
}
_GROUND_LOOKS = {
    "Article 5": (style.ORANGE, "diamond"),
    "Article 4 talks": (style.BLUE, "circle"),
    "a summit's decision": (style.GREEN, "square"),
    "no Security Council mandate": (style.PURPLE, "triangle-up"),
}
_CANDIDATES = {
    "FIN": ("Finland", style.BLUE, "solid", "circle"),
    "SWE": ("Sweden", style.ORANGE, "dash", "diamond"),
}


def _counted_to():
    """'as far as found, 1949 to 1 August 2026': what the table of uses covers."""
    covered, found = data.resource("consultations")["coverage"].split(", ", 1)
    return f"{found}, {covered}"


def _lanes(dates, lane, order, near=500):
    """Heights of marks in lanes, top lane first; marks less than `near` days apart step aside. Also the axis."""
    heights = pd.Series(0.0, index=dates.index)
    for place, name in enumerate(order):
        days = dates[lane == name].sort_values()
        aside, before = 0, None
        for index, day in days.items():
            aside = aside + 1 if before is not None and (day - before).days < near else 0
            heights[index] = place + (0, -0.26, 0.26)[aside % 3]
            before = day
    axis = dict(
        tickvals=list(range(len(order))),
        ticktext=[style.wrapped(name, 18) for name in order],
        range=[len(order) - 0.4, -0.6],
        tickfont_size=14,
    )
    return heights, axis


def _times(count):
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def fourteen_articles(mentions, number=5):
    """Bars: how many claims of the course turn on each article of the treaty; one article chosen and told."""
    chosen = mentions[mentions["number"] == number].iloc[0]
    traces = []
    for part, (colour, pattern) in _PART_LOOKS.items():
        rows = mentions[mentions["part"] == part]
        if rows.empty:
            continue
        traces.append(
            go.Bar(
                x=rows["number"],
                y=rows["claims"],
                name=part,
                marker=filled(colour, pattern),
                hoverinfo="skip",
                legendgroup=part,
                showlegend=False,
            )
        )
        traces.append(
            go.Scatter(
                x=rows["number"],
                y=[-0.5] * len(rows),
                mode="markers",
                name=f"{part} ({len(rows)})",
                legendgroup=part,
                marker=dict(
                    color=colour, symbol=["square", "diamond", "circle", "x"][list(_PART_LOOKS).index(part)], size=15
                ),
                customdata=[
                    (style.plain(row["title"]), style.wrapped(row["gist"]), row["claims"], style.plain(row["texts"]))
                    for _, row in rows.iterrows()
                ],
                hovertemplate="<b>Article %{x}: %{customdata[0]}</b><br>%{customdata[1]}<br>claims that turn on it: %{customdata[2]} (texts: %{customdata[3]})<extra></extra>",
            )
        )
    used = mentions[mentions["claims"] > 0]
    debate = f" {chosen['debate'].rstrip('.')}." if pd.notna(chosen["debate"]) else ""
    turn = (
        f"{chosen['claims']} of the articles' claims turn on it"
        if chosen["claims"] != 1
        else "one of the articles' claims turns on it"
    )
    return style.figure(
        traces,
        title=f"Article {number}: {chosen['title']}",
        subtitle=f"Claims of the five texts that turn on each article of the treaty. Article {number} belongs to {chosen['part']}",
        source=words.sources(data.source_line("treaty_articles", number=number), "Source: the five texts of 2024 and 2025, our reading"),
        twin=f"{chosen['gist']}{debate} In this course {turn}; {len(used)} of the {len(mentions)} articles have any.",
        table=mentions[["number", "title", "part", "gist", "claims", "texts"]],
        note="The gist is ours, in one sentence; read the treaty for its wording. Which claim turns on which article is our reading, too.",
        xaxis=dict(dtick=1, tick0=1, title_text="article", showgrid=False, range=[0.4, len(mentions) + 0.6]),
        yaxis=dict(range=[-1, mentions["claims"].max() + 1], tickvals=list(range(0, mentions["claims"].max() + 1, 2)), title_text="claims"),
        annotations=[dict(x=number, y=chosen["claims"], text="▼", font=dict(size=20, color=style.ORANGE), showarrow=False, yanchor="bottom")],
        barmode="overlay",
        height=330,
    )  # fmt: skip


def wordings(table, text="all"):
    """Matrix: which parts of Article 5 each wording holds; `text` is "all", or one part that must not be missing."""
    parts = list(measures.ARTICLE_5_PARTS)
    rows = table if text == "all" else pd.concat([table[table[text]], table[~table[text]]])
    answers = rows[parts].replace({True: YES, False: NO}).astype(object)
    answers["automatic"] = rows["automatic"].map({True: BEYOND, False: NO})
    traces, layout = matrix(rows["where"], answers.reset_index(drop=True), rows["text"])
    told = rows[rows["id"] != "treaty"]
    closest = told.sort_values("parts", ascending=False).iloc[0]
    beyond = told[told["automatic"]]
    if text == "all":
        title = f"Closest to the treaty: {closest['where']}, with {closest['parts']} of {len(parts)} parts"
        first = f"{closest['where']} holds {closest['parts']} of {len(parts)} parts of Article 5."
    else:
        held = list(told.loc[told[text], "where"])
        title = f"{len(held)} of {len(told)} wordings say: {text}"
        first = f"Said by {words.named(held)}: {text}."
    says = (
        f" {words.named(beyond['where'])} adds a word that the treaty does not have: automatic." if len(beyond) else ""
    )
    return style.figure(
        traces,
        title=title,
        subtitle="Filled: the sentence says so. Hollow: it does not. Diamond: it says more than the treaty",
        source=words.sources(data.source_line("treaty_articles", number=5), "Source: the five texts, in our words"),
        twin=first + says,
        table=rows[["where", "text", *parts, "automatic"]].replace({True: "yes", False: "no"}),
        note="The sentences are retold in our words; a rule looks for the words of each part. Just before line 27, A1 also says that one counts as all. A3 puts it as A0 does; A2 does not speak of Article 5.",
        height=340,
        **layout,
    )


def _path(table):
    """Traces and layout of a path of steps, from top to bottom."""
    looks = [
        ("passed", table["reached"] & ~table["stops"], style.BLUE, "circle"),
        ("stops here", table["stops"], style.ORANGE, "x"),
        ("not reached", ~table["reached"], style.GREY, "circle-open"),
    ]
    last = int(table["reached"].sum()) - 1
    traces = [
        go.Scatter(x=[0, 0], y=[0, last], mode="lines", line=dict(color=style.BLUE, width=4), hoverinfo="skip", showlegend=False),
        go.Scatter(x=[0, 0], y=[last, len(table) - 1], mode="lines", line=dict(color=style.GREY, width=2, dash="dot"), hoverinfo="skip", showlegend=False),
    ]  # fmt: skip
    for name, chosen, colour, shape in looks:
        rows = table[chosen]
        traces.append(
            go.Scatter(
                x=[0] * len(rows),
                y=list(rows.index),
                mode="markers+text",
                name=name,
                marker=dict(color=colour, symbol=shape, size=18, line=dict(width=2, color=colour)),
                text=[
                    f"  <b>{style.plain(row['step'])}</b>"
                    + (f"<br>  {style.plain(row['says'])}" if row["reached"] else "")
                    for _, row in rows.iterrows()
                ],
                textposition="middle right",
                textfont_size=15,
                cliponaxis=False,
                customdata=[style.wrapped(row["rests_on"]) for _, row in rows.iterrows()],
                hovertemplate="%{customdata}<extra></extra>",
            )
        )
    layout = dict(
        xaxis=dict(visible=False, range=[-0.4, 10], fixedrange=True),
        yaxis=dict(visible=False, range=[len(table) - 0.5, -0.5], fixedrange=True),
        legend=dict(y=-0.02, yanchor="top"),
    )
    return traces, layout


def after_an_attack(articles, happened="armed attack", where="inside", agreed=True):
    """Path: what the treaty foresees when something happens to an ally, and where the path stops."""
    table = measures.after_an_attack(articles, happened, where, agreed)
    traces, layout = _path(table)
    stop = table[table["stops"]]
    ends = (
        f"The path stops at “{stop['step'].iloc[0]}”: {stop['says'].iloc[0].removeprefix('no: ')}"
        if len(stop)
        else "The path runs to its end: each ally chooses its own help"
    )
    behind = f" {(stop if len(stop) else table)['rests_on'].iloc[-1]}"
    return style.figure(
        traces,
        title=ends,
        subtitle="What the treaty foresees, from top to bottom; hold the pointer on a dot for the article behind it",
        source=data.source_line("treaty_articles", number=5),
        twin=f"{int(table['reached'].sum())} of {len(table)} steps are reached: {ends[0].lower()}{ends[1:]}.{behind.rstrip('.')}; no step makes any ally send troops by itself.",
        table=table.assign(reached=table["reached"].map({True: "yes", False: "no"})).drop(columns="stops"),
        note="A picture of the text, not of any real crisis. What allies would do is a political decision, taken by all of them.",
        height=440,
        **layout,
    )


def way_out(articles, claims, consent=False):
    """Path: how the United States could leave the treaty, with or without the consent that US law asks for."""
    table = measures.after_a_wish_to_leave(articles, claims, consent)
    traces, layout = _path(table)
    ends = (
        "With consent, notice and a year's wait, the way is open" if consent else "Alone, a president meets a law first"
    )
    law = claims.set_index("id").loc["A4-29"]
    return style.figure(
        traces,
        title=ends,
        subtitle="The way out of the treaty for the United States, as law has it; hold the pointer on a dot for what it rests on",
        source=words.sources(data.source_line("treaty_articles", number=13), data.source_line("claims", id="A4-29")),
        twin=f"{int(table['reached'].sum())} of {len(table)} steps are reached. {law['found'].rstrip('.')}.",
        table=table.assign(reached=table["reached"].map({True: "yes", False: "no"})).drop(columns="stops"),
        note="Consent: two thirds of the Senate, or an act of Congress. What happens if a president acts without it is not known: no court has ruled on it, as far as our tables hold.",
        height=360,
        **layout,
    )


def treaty_uses(consultations, lanes="which article", considered=False):
    """Strip: each use of Articles 4 and 5 by day, in lanes by article or by who asked."""
    uses = measures.treaty_uses(consultations, considered)
    counts = measures.count_uses(consultations)
    lane = uses["kind"] if lanes == "which article" else uses["who"]
    heights, axis = _lanes(
        uses["requested_date"], lane, sorted(lane.value_counts().index, key="no request made".__eq__)
    )
    remarks = data.remarks_for("consultations", uses, "requested_date") + data.remarks_for(
        "consultations", uses, "sequence"
    )
    traces = []
    for kind, (colour, shape) in _KIND_LOOKS.items():
        rows = uses[uses["kind"] == kind]
        if rows.empty:
            continue
        traces.append(
            go.Scatter(
                x=rows["requested_date"],
                y=heights[rows.index],
                mode="markers",
                name=f"{kind}: {len(rows)}",
                marker=dict(color=colour, symbol=shape, size=17, opacity=0.85, line=dict(width=3 if "thin" in shape else 1, color=colour)),
                customdata=[
                    (
                        f"{row['requested_date']:%B %Y}" if row["precision"] == "month" else f"{row['requested_date'].day} {row['requested_date']:%B %Y}",
                        style.wrapped(row["asked_by"].replace(";", ", ")),
                        style.wrapped(row["reason"]),
                        style.wrapped(f"Outcome: {row['outcome']}"),
                        style.wrapped(f"{row['note'] if pd.notna(row['note']) else ''} {remarks[row.name]}".strip()),
                    )
                    for _, row in rows.iterrows()
                ],
                hovertemplate=f"<b>{kind}, %{{customdata[0]}}</b><br>%{{customdata[1]}}<br>%{{customdata[2]}}<br>%{{customdata[3]}}<br>%{{customdata[4]}}<extra></extra>",
            )
        )  # fmt: skip
    russia = measures.over_russia(consultations)
    five = uses[uses["kind"] == "Article 5"]
    year = f", in {words.named(five['requested_date'].dt.year.astype(str))}" if len(five) else ""
    askers = uses.loc[uses["kind"] == "Article 4", "who"].value_counts()
    more = f" Most requests came from {askers.index[0]} ({askers.iloc[0]})." if lanes != "which article" else ""
    unused = (
        f" {(uses['kind'] == 'considered, not used').sum()} more cases were talked about and led to no request."
        if considered
        else ""
    )
    return style.figure(
        traces,
        title=f"Article 5: used {_times(counts['Article 5'])}{year}. Article 4: {_times(counts['Article 4'])}",
        subtitle=f"Each mark is one use, by day of request; {_counted_to()}",
        source=data.source_line("consultations", kind="Article 4"),
        twin=f"Article 5 was used {_times(counts['Article 5'])}{year}; Article 4 was used {_times(counts['Article 4'])} ({_counted_to()}). {len(russia)} of the Article 4 requests name Russia as the reason, the first in {russia['requested_date'].dt.year.min()}.{more}{unused}",
        table=uses[["requested_date", "kind", "asked_by", "reason", "outcome"]],
        note="Only what NATO's practice counts; some lists add one more Turkish request of November 2012. Newer uses may be missing.",
        value_axis="x",
        xaxis=dict(range=["1949-01-01", "2028-06-01"], dtick="M120", tick0="1950-01-01", tickformat="%Y"),
        yaxis=axis,
        height=330,
    )  # fmt: skip


def nato_deeds(events, consultations):
    """Strip: what NATO did after 1991, in lanes by the ground it stood on."""
    deeds = measures.nato_deeds(events, consultations)
    heights, axis = _lanes(deeds["date"], deeds["ground"], measures.GROUNDS)
    traces = [
        go.Scatter(
            x=rows["date"],
            y=heights[rows.index],
            mode="markers",
            name=ground,
            marker=dict(color=_GROUND_LOOKS[ground][0], symbol=_GROUND_LOOKS[ground][1], size=17),
            customdata=[
                (f"{row['date'].day} {row['date']:%B %Y}", style.wrapped(row["what"]), style.wrapped(row["came_of_it"]))
                for _, row in rows.iterrows()
            ],
            hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}<br>%{customdata[2]}<extra></extra>",
        )
        for ground, rows in deeds.groupby("ground")
    ]
    counts = deeds["ground"].value_counts()
    outside = counts.get("no Security Council mandate", 0)
    return style.figure(
        traces,
        title="After 1991 the alliance acts, and on more than one ground",
        subtitle=f"What NATO did, by day and by the ground it stood on; {_counted_to()}",
        source=words.sources(
            data.source_line("consultations", kind="Article 4"),
            data.source_line("events", id="1999-03-24-nato-air-campaign-over"),
        ),
        twin=f"Our tables hold {words.named(f'{counts[ground]} under {ground}' for ground in measures.GROUNDS if ground in counts and ground != 'no Security Council mandate')}; {_times(outside)} the alliance went to war without a mandate of the Security Council. The first entry is of {deeds['date'].dt.year.min()}.",
        table=deeds[["date", "ground", "what", "came_of_it"]],
        note="Not a full list: Bosnia, Afghanistan and other missions are not in our tables. The law of the air campaign of 1999 is disputed.",
        value_axis="x",
        xaxis=dict(range=["1990-01-01", "2028-06-01"], dtick="M60", tick0="1990-01-01", tickformat="%Y"),
        yaxis=axis,
        showlegend=False,
        height=330,
    )


def yes_by_day(ratifications, members, candidate="both", day=90):
    """Step lines: how many allies had said yes to Finland and Sweden, day by day; one day marked."""
    chosen = list(_CANDIDATES) if candidate == "both" else [candidate]
    allies = ratifications["iso3"].nunique()
    last = int(ratifications["days_to_ratify"].max())
    signed = ratifications["signed_date"].iloc[0]
    traces, said, tables, annotations = [], [], [], []
    for code in chosen:
        name, colour, dash, shape = _CANDIDATES[code]
        steps = measures.yes_by_day(ratifications, code)
        done, missing = measures.yes_on(ratifications, code, day)
        entered = members.set_index("iso3")["accession_date"][code]
        notes = ratifications[ratifications["candidate"] == code].set_index("country")["note"].dropna()
        traces.append(
            go.Scatter(
                x=steps["day"],
                y=steps["count"],
                mode="lines+markers",
                line=dict(color=colour, dash=dash, shape="hv"),
                marker=dict(symbol=shape, size=9),
                name=f"{name}, an ally on {entered.day} {entered:%B %Y}",
                customdata=[
                    (
                        style.wrapped(row["who"]),
                        f"{(signed + pd.Timedelta(days=row['day'])).day} {signed + pd.Timedelta(days=row['day']):%B %Y}",
                        style.wrapped(" ".join(notes[who] for who in row["who"].split(", ") if who in notes)),
                    )
                    for _, row in steps.iterrows()
                ],
                hovertemplate=f"<b>{name}: %{{y}} of {allies} allies</b><br>day %{{x}} (%{{customdata[1]}}): %{{customdata[0]}}<br>%{{customdata[2]}}<extra></extra>",
            )
        )  # fmt: skip
        traces.append(
            go.Scatter(
                x=[steps["day"].iloc[-1], last + 20],
                y=[steps["count"].iloc[-1]] * 2,
                mode="lines",
                line=dict(color=colour, dash=dash),
                hoverinfo="skip",
                showlegend=False,
            )
        )
        waiting = (
            f"missing: {words.named(missing)}"
            if 0 < len(missing) <= 4
            else f"{len(missing)} missing"
            if missing
            else "nobody is missing"
        )
        said.append(f"for {name} {len(done)} of {allies} allies had said yes ({waiting})")
        tables.append(steps.assign(candidate=name))
        late = steps.tail(2)
        annotations.append(
            dict(
                x=late["day"].iloc[-1],
                y=late["count"].iloc[0],
                ax=-12 if code == "SWE" else 12,
                ay=115 if code == "SWE" else 55,
                xanchor="right" if code == "SWE" else "left",
                text=",<br>then ".join(style.plain(who) for who in late["who"]),
                align="left",
                font_size=15,
                arrowcolor=colour,
                arrowwidth=2,
                arrowhead=0,
            )
        )
    names = words.named(_CANDIDATES[code][0] for code in chosen)
    return style.figure(
        traces,
        title=f"Most said yes within weeks; the last allies took until day {max(table['day'].max() for table in tables)}",
        subtitle=f"Allies that had approved {names}, by days after the signing on {signed.day} {signed:%B %Y}",
        source=data.source_line("ratifications"),
        twin=f"On day {day} after the signing, {'; '.join(said)}. All {allies} had to agree.",
        table=pd.concat(tables)[["candidate", "day", "count", "who"]],
        note="The day is the end of the parliamentary procedure; papers reached Washington then or later. A few days rest on one source: hold the pointer on a step.",
        xaxis=dict(range=[-12, last + 20], title_text="days after signing"),
        yaxis=dict(range=[0, allies + 3], title_text="allies"),
        shapes=[
            dict(
                type="line", x0=day, x1=day, yref="paper", y0=0, y1=1, line=dict(color=style.GREY, width=2, dash="dash")
            )
        ],
        annotations=annotations,
        height=400,
    )


def chance_of_unanimity(allies=32, chance=98.0, doubters=0):
    """Line: the chance that all agree, by number of allies, if each says yes with the same chance by itself."""
    p, doubters = chance / 100, min(doubters, allies)
    numbers = list(range(1, 41))
    curve = [100 * measures.chance_of_unanimity(number, p, doubters) for number in numbers]
    here = 100 * measures.chance_of_unanimity(allies, p, doubters)
    needed = 100 * measures.chance_needed(allies)
    doubt = f" and {doubters} of them undecided" if doubters else ""
    return style.figure(
        [
            go.Scatter(
                x=numbers,
                y=curve,
                mode="lines",
                line=dict(color=style.BLUE),
                name="chance that all agree",
                hovertemplate="%{x} allies: all agree with a chance of %{y:.0f}%<extra></extra>",
            ),
            go.Scatter(
                x=[allies],
                y=[here],
                mode="markers+text",
                marker=dict(color=style.ORANGE, symbol="diamond", size=16),
                text=[f"<b>{here:.0f}%</b>"],
                textposition="top left" if here < 88 else "bottom left",
                textfont=dict(size=17),
                name="your setting",
                hovertemplate=f"{allies} allies{doubt}: all agree with a chance of {here:.1f}%<extra></extra>",
            ),
        ],
        title=f"{allies} allies, each {chance:g}% sure{doubt}: all agree with a chance of {here:.0f}%",
        subtitle="Chance that every ally says yes, in %, by number of allies",
        source="Source: our own calculation",
        twin=f"If each of {allies} allies says yes with a chance of {chance:g}%{doubt}, the chance that all do is {here:.1f}%. For an even chance without anyone undecided, each would have to be {needed:.1f}% sure.",
        table=pd.DataFrame({"allies": numbers, "chance_that_all_agree": curve}),
        note="A model, not a forecast: each ally decides alone here, as if by dice. Real allies talk, bargain and wait for each other. Undecided: as likely no as yes.",
        xaxis=dict(range=[0, 41], title_text="allies who must agree", dtick=4),
        yaxis=dict(range=[0, 104], ticksuffix="%"),
        showlegend=False,
        height=390,
    )


def open_door(countries, members, caucasus=False):
    """Bars: European states by where they stand with NATO: who could be invited, who has asked."""
    table = measures.open_door(countries, members, caucasus)
    outside = table[table["status"] != "already an ally"]
    applied = table.set_index("status").loc["has applied"]
    whole = table["states"].sum()
    return style.figure(
        [
            go.Bar(
                x=table["states"],
                y=[style.wrapped(status, 15) for status in table["status"]],
                orientation="h",
                marker=filled(
                    [style.BLUE, style.ORANGE, style.GREEN, style.GREY, style.GREY, style.GREY],
                    ["", "/", ".", "+", "x", "-"],
                ),
                text=table["states"].astype(str),
                textposition="outside",
                customdata=[style.wrapped(who or "none", 55) for who in table["who"]],
                hovertemplate="<b>%{y}: %{x}</b><br>%{customdata}<extra></extra>",
            )
        ],
        title=f"{outside['states'].sum()} of {whole} European states are outside; {applied['states']} of them has applied"
        if applied["states"] == 1
        else f"{outside['states'].sum()} of {whole} European states are outside; {applied['states']} of them have applied",
        subtitle="European states by where they stand with NATO; number of states"
        + (", Council of Europe members in western Asia included" if caucasus else ", list of the UN's statisticians"),
        source=words.sources(data.source_line("countries", "nato_status"), data.source_line("members", iso3="SWE")),
        twin=f"Of {whole} European states on this list {whole - outside['states'].sum()} are allies. Has applied: {applied['who'] or 'none'}. Any of the others may be invited, but only if all {len(members)} allies agree.",
        table=table,
        note="Article 10 speaks of a European state, without a list. Hold the pointer on a bar for the names.",
        value_axis="x",
        xaxis=dict(range=[0, 34], title_text="states"),
        yaxis=dict(autorange="reversed", showgrid=False),
        showlegend=False,
        height=340,
    )


def definitions(table):
    """Matrix: which purposes the texts give NATO, beside the treaty."""
    purposes = list(measures.PURPOSES)
    answers = table[purposes].replace({True: YES, False: NO}).astype(object)
    traces, layout = matrix(table["where"], answers, table["text"])
    told = table[table["id"] != "treaty"]
    treaty = table[table["id"] == "treaty"].iloc[0]
    beside = [purpose for purpose in purposes if told[purpose].any() and not treaty[purpose]]
    return style.figure(
        traces,
        title=f"{len(told)} definitions, and no two the same",
        subtitle="Filled: the sentence names this purpose. Hollow: it does not",
        source=words.sources(data.source_line("treaty_articles", number=1), "Source: the five texts, in our words"),
        twin=f"Purposes that texts name and the treaty does not: {'; '.join(beside)}. The purpose named most often is {told[purposes].sum().idxmax()} ({told[purposes].sum().max()} of {len(told)}).",
        table=table[["where", "text", *purposes]].replace({True: "yes", False: "no"}),
        note="The sentences are retold in our words; a rule looks for the words of each purpose. A definition is not tested here: an aim can be real without standing in the treaty.",
        height=360,
        **layout,
    )
