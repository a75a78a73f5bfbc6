"""Charts of other ways to protect a state: options, promises, costs and an exit."""

from typing import Literal

import pandas as pd
import plotly.graph_objects as go
from markupsafe import Markup

from .. import data, measures, words
from . import marks, style

_POINTS = {  # how a score looks: its name, its marker
    2: ("2, strong", dict(symbol="circle", size=21, color=style.BLUE)),
    1: ("1", dict(symbol="circle", size=13, color=style.BLUE)),
    0: ("0, weak", dict(symbol="circle-open", size=9, color=style.GREY, line=dict(width=2))),
    -1: ("not scored by you", dict(symbol="line-ew", size=9, line=dict(width=2, color=style.GREY))),
}
_JUDGED = (
    "Scores are judgements, ours or yours; no order here is the answer. A column without any score of yours counts "
    "for nothing; in one with some, what you left open counts 1."
)
FEW = 3  # options in front that the sentence names; where they are more, it counts them
_DEAREST_PLAN = 68  # US$ billion: the axis stays as long as the longest plan that a learner can choose, or longer
_DEAREST_FORCE = 330
_EXIT_NOTE = (
    "Arithmetic, not strategy: satellites, transport and command are in no row, and American forces serve all over the "
    "world. Arms that others buy from the United States count for the buyer. Soldiers by NATO's table; by the CIA's "
    "counts (lesson 07) the part is {:.0f}%."
)


# Options and weights -------------------------------------------------------------------------


def options_by_weight(weighted_options, alternatives):
    """A table of dots: each option's scores, the weights above the columns, the options in the order they give."""
    return _options(
        weighted_options,
        alternatives,
        subtitle=f"Scores from 0 to 2 and, at the right, their weighted mean; {weighted_options.attrs['covers']}",
        whose="under your weights",
    )


def options_with_my_score(options_with_my_score, alternatives, option, criterion, score):
    """A table of dots: the same with equal weights, after one of our scores is changed."""
    ours, place, before = (options_with_my_score.attrs[name] for name in ("ours", "place", "place_before"))
    same = "as ours" if ours == score else f"ours is {ours}"
    return _options(
        options_with_my_score,
        alternatives,
        subtitle=f"Equal weights; {option}, {criterion}: your score is {score}, {same}",
        whose="with your score",
        first=f"With your score {option} stands in place {place}; with ours it stands in place {before}.",
    )


def _options(rows, alternatives, *, subtitle, whose, first=""):
    """The dots of `measures.weighted`, with what each weight would change in the twin."""
    weights = rows.attrs["weights"]
    criteria, last = list(weights), len(weights)
    traces = list(_option_marks(_option_dots(rows, alternatives, criteria)))
    ends = rows.assign(down=range(len(rows)), across=last, end=rows["points"].map("<b>{:.2f}</b>".format))
    traces.append(marks.labels(ends, "across", "down", "end", textposition="middle center", textfont_size=16))
    title, lead, moves = _options_words(rows, whose)
    weighed = [
        dict(x=across, y=-0.75, text=f"<b>× {weights[name]}</b>", showarrow=False)
        for across, name in enumerate(criteria)
    ]
    return style.figure(
        traces,
        title=title,
        subtitle=subtitle,
        source=data.cited("alternatives"),
        twin=" ".join(part for part in (first, lead, moves) if part),
        table=rows[["place", "option", *criteria, "points"]],
        note=_JUDGED,
        value_axis="x",
        xaxis=dict(
            tickvals=list(range(last + 1)),
            ticktext=[*(style.wrapped(name, 10) for name in criteria), "points"],
            range=[-0.5, last + 0.5],
            side="top",
            ticks="",
            tickfont_size=14,
            showgrid=False,
        ),
        annotations=weighed,
        yaxis=dict(
            tickvals=list(range(len(rows))),
            ticktext=[style.wrapped(option, 14) for option in rows["option"]],
            range=[len(rows) - 0.5, -1.1],
            tickfont_size=14,
        ),
        legend=dict(y=-0.02, yanchor="top"),
        height=480,
    )


def _option_marks(dots):
    """A trace for each score that stands in the dots."""
    for score, (name, marker) in _POINTS.items():
        those = dots[dots["score"] == score]
        if len(those):
            said = marks.hover(those, "<b>{full}</b><br>{criterion}: {told}<br>{why}")
            yield go.Scatter(x=those["across"], y=those["down"], mode="markers", name=name, marker=marker, **said)


def _option_dots(rows, alternatives, criteria):
    """A dot for each option and criterion: across, down, score (-1 where none is set), full, criterion, told, why."""
    known = alternatives.set_index("option").to_dict("index")
    dots = []
    for down, row in enumerate(rows.to_dict("records")):
        for across, criterion in enumerate(criteria):
            score = row[criterion]
            ours = criterion in measures.CRITERIA
            why = known[row["full"]][measures.CRITERIA[criterion][1]] if ours else "your own score"
            told = "no score of yours" if pd.isna(score) else f"{score:.0f} of {measures.MOST_POINTS}"
            dots.append((across, down, -1 if pd.isna(score) else int(score), row["full"], criterion, told, why))
    return pd.DataFrame(dots, columns=["across", "down", "score", "full", "criterion", "told", "why"])


def _options_words(rows, whose):
    """Title, who is first, and what each weight moved alone would change."""
    leaders, swing, unset = (rows.attrs[name] for name in ("leaders", "swing", "unset"))
    open_ = f"Not scored yet: {', '.join(unset)}." if unset else ""
    if not leaders:
        return "No weight, no order", "Every weight is zero, so nothing is compared.", open_
    moves = "No weight, moved alone, changes that."
    if len(swing) == len(rows.attrs["weights"]) - len(unset):
        moves = "Each weight, moved alone, can change that."
    elif swing:
        named = words.named(f"“{name}”" for name in swing).replace(" and ", " or ")
        moves = f"The weight of {named} alone can change that."
    alone = len(leaders) == 1
    title = f"{leaders[0]} comes first" if alone else f"{len(leaders)} options share first place"
    lead = f"{words.named(leaders)} share first place" if 1 < len(leaders) <= FEW else title
    points = f"{rows['points'].max():.2f} of {measures.MOST_POINTS} points"
    return f"{title} {whose}", f"{lead} with {points}.", f"{moves} {open_}".strip()


# Promises ------------------------------------------------------------------------------------


def agreements_by_day(signed_agreements, counted_agreements, duties_to_fight, count="all_partners"):
    """Step line: security agreements by day of signing, above the line of those with a duty to fight."""
    rows, whole = counted_agreements, len(signed_agreements)
    first, last = signed_agreements["signed_date"].iloc[[0, -1]]
    end, axis_end = rows.attrs["end"], last + pd.Timedelta(days=60)
    lines = _signing_lines(rows, axis_end)
    signed = "<b>{partner}</b> (number {number})<br>{when}<br>{aid}<br>{remark}"
    traces = [
        go.Scatter(
            x=lines["signed_date"],
            y=lines["number"],
            mode="lines+markers",
            line=dict(color=style.BLUE, shape="hv"),
            marker=dict(color=style.BLUE, size=[9] * len(rows) + [0], opacity=1),
            name="signed",
            **marks.hover(lines, signed, x="signed_date", y="number"),
        ),
        go.Scatter(
            x=lines["signed_date"],
            y=lines["duties"],
            mode="lines",
            line=dict(color=style.PURPLE, dash="longdash", shape="hv", width=4),
            name="of these, with a duty to fight",
            **marks.hover(lines, "with a duty to fight: {duties}", y="duties"),
        ),
    ]
    what = "countries and the European Union" if count == "all_partners" else "countries"
    edge = min(end, axis_end)
    columns = ["signed_date", "partner", "countries", "all_partners"]
    amounts = ["duration_years", "aid_amount", "aid_unit", "aid_period", "aid_note"]
    return style.figure(
        traces,
        title=f"{rows.attrs['there']} signed by the end of {words.month(end)}; "
        f"with a duty to fight: {rows.attrs['duties']}",
        subtitle=f"Security agreements with Ukraine, by day of signing: {what}",
        source=data.cited("security_agreements", kind="bilateral"),
        twin=_agreements_twin(rows, what, duties_to_fight, whole),
        table=signed_agreements[columns + amounts],
        note=f"As far as found; the newest in our table is of {words.month(last)}, and later ones may be missing. "
        "Most run for ten years. Never add up the amounts: their units differ.",
        xaxis=dict(range=[first - pd.Timedelta(days=23), axis_end], dtick="M2", tickformat="%b %Y"),
        yaxis=dict(range=[-0.8, whole + 3]),
        shapes=[
            dict(
                type="line", x0=edge, x1=edge, yref="paper", y0=0, y1=1,
                line=dict(color=style.GREY, width=2, dash="dot"),
            )
        ],
        height=380,
    )  # fmt: skip


def _signing_lines(rows, axis_end):
    """What the lines go through and say: each signing, and on to the edge of the chart."""
    empty = dict.fromkeys(("partner", "when", "aid", "remark"), "")
    lines = rows.assign(
        when=[f"{words.day(day)}, {place}" for day, place in zip(rows["signed_date"], rows["place"], strict=True)],
        aid=("Aid: " + rows["aid_note"]).fillna(""),
    )
    return pd.concat([lines, lines.tail(1).assign(signed_date=axis_end, **empty)])


def _agreements_twin(rows, what, duties, whole):
    end, there = rows.attrs["end"], rows.attrs["there"]
    newest = rows.loc[rows["signed_date"] <= end, "partner"].tail(1)
    latest = f", {newest.item()} the latest" if len(newest) else ""
    return (
        f"Signed by the end of {words.month(end)}: {there} ({what}){latest}. Of all {whole} agreements in our table "
        f"{duties or 'none'} {'set' if duties > 1 else 'sets'} a duty to fight if Ukraine is attacked."
    )


def duties_by_promise(duties_by_promise, duty: Literal["all", *measures.DUTIES] = "all"):
    """Matrix: which duties four promises hold; `duty` is "all", or one of `measures.DUTIES`."""
    rows, duties = duties_by_promise, list(measures.DUTIES)
    traces, layout = marks.matrix(rows["promise"], rows[duties], rows["says"])
    title, twin = _all_duties_words(rows, duties) if duty == "all" else _duty_words(rows, duty)
    shapes = [] if duty == "all" else [_frame(duties.index(duty))]
    return style.figure(
        traces,
        title=title,
        subtitle="Filled: the duty is there. Hollow: our tables hold no such duty. "
        "Hold the pointer on a dot for the words",
        source=data.cited("events", id="1994-12-05-budapest-memorandum-signed")
        + data.cited("treaty_articles", number=5)
        + data.cited("alternatives", id="israel-plus"),
        twin=twin,
        table=rows[["promise", "says", *duties]],
        note="Told in our words. Budapest: if Ukraine is attacked with nuclear weapons, or threatened so, its states "
        "go to the Security Council at once (paragraph 4), where three of them have a veto, Russia included. On other "
        "questions they consult (6), and no time is named. It applied on signature. Its English title says "
        "assurances; the Ukrainian and Russian words are closer to guarantees.",
        shapes=shapes,
        height=340,
        **layout,
    )


def _frame(place):
    """A frame around one column of the matrix."""
    line = dict(color=style.ORANGE, width=3)
    across = dict(x0=place - 0.45, x1=place + 0.45, yref="paper", y0=0, y1=1)
    return dict(type="rect", **across, line=line, fillcolor="rgba(0,0,0,0)")


def _all_duties_words(rows, duties):
    held, partly = rows[duties].eq(marks.YES).sum(axis=1), rows[duties].eq(marks.PARTLY).sum(axis=1)
    only_one = held.max() == len(duties) and (held == held.max()).sum() == 1
    counts = (
        f"{name}: {count} of {len(duties)}" + (f", {more} more in one case" if more else "")
        for name, count, more in zip(rows["promise"], held, partly, strict=True)
    )
    first = f"{rows['promise'].iloc[0]}: {held.iloc[0]} of {len(duties)} duties"
    return (
        f"{first}; only one of these promises has all {len(duties)}" if only_one else first,
        f"{'; '.join(counts)}. The most duties: {rows.loc[held.idxmax(), 'promise']}.",
    )


def _duty_words(rows, duty):
    who, partly, not_sure = (
        list(rows.loc[rows[duty] == answer, "promise"]) for answer in (marks.YES, marks.PARTLY, marks.UNKNOWN)
    )
    more = f" In one case: {words.named(partly)}." if partly else ""
    more += f" Not known: {words.named(not_sure)}." if not_sure else ""
    return (
        f"“{duty}” stands in {len(who)} of {len(rows)} promises",
        f"With the duty “{duty}”: {words.named(who)}.{more}",
    )


def entry_cases(entry_cases):
    """Bars: how many days three states waited from asking to entering, or wait still."""
    waiting = entry_cases["waiting"]
    rows = entry_cases.assign(
        label=[style.wrapped(state, 12) for state in entry_cases["state"]],
        end=entry_cases["days"].map("{:,}".format) + waiting.map({True: "+", False: ""}),
        began=entry_cases["asked"].map(words.day),
        joined=["not an ally" if pd.isna(day) else words.day(day) for day in entry_cases["entered"]],
        open_land=entry_cases["open_land"].map(style.plain).map(Markup),
    )
    entered, still = rows[~waiting], rows[waiting]
    says = (
        "<b>{label}: {days:,} days</b><br>asked or protocol: {began}; entered: {joined}"
        "<br>war on its land meanwhile: {at_war}<br>land it claims and does not hold: {open_land}"
    )
    look = dict(color=list(waiting.map({True: style.ORANGE, False: style.BLUE})))
    peace = ", none of them with a war on its land" if (entered["at_war"] == "no").all() else ""
    took = words.named(f"{row.state} took {row.days:,} days" for row in entered.itertuples())
    waits = words.named(f"{row.state} has waited {row.days:,} days" for row in still.itertuples())
    war = words.named(rows.loc[rows["at_war"] == "yes", "state"])
    return style.figure(
        [marks.bars(rows, "days", "label", lying=True, says=says, text="end", marker=look)],
        title=f"{len(entered)} of these {len(rows)} have entered{peace}",
        subtitle="Days from application, or protocol, to entry; "
        "Ukraine, still waiting, to the newest event in our tables",
        source=data.cited("members", iso3="DEU") + data.cited("members", iso3="FIN"),
        twin=f"{took}; {waits if len(still) else 'none is waiting'}. War on its land: {war}.",
        table=entry_cases.drop(columns="waiting"),
        note="West Germany signed no application of the later kind: its clock starts with the protocol of "
        "October 1954. Three cases are no rule.",
        value_axis="x",
        xaxis=dict(range=[0, max(1700, rows["days"].max() * 1.25)]),
        yaxis=dict(autorange="reversed", showgrid=False),
        showlegend=False,
        height=270,
    )


# Money ---------------------------------------------------------------------------------------


def israel_and_ukraine(israel_and_ukraine, monthly_allocations, a_year=3.8, kind="military"):
    """Bars: US aid a year to Israel and to Ukraine, and a yearly sum of your own in US$ billion."""
    known = israel_and_ukraine
    what = {"military": "military aid", "total": "all aid"}[kind]
    first, last = measures.KIEL_YEARS[0], measures.KIEL_YEARS[-1]
    loan = "" if kind == "military" else (
        " All aid includes a loan of October 2024 that is to be repaid from the proceeds of frozen Russian assets."
    )  # fmt: skip
    table = pd.DataFrame(
        {
            "who": ["Israel, agreed baseline", f"Ukraine, {first} to {last}, {what}", "Your plan for Ukraine"],
            "usd_billions_a_year": [known["israel"], known["ukraine"], float(a_year)],
        }
    )
    rows = table.assign(
        label=[style.wrapped(who, 16) for who in table["who"]], end=table["usd_billions_a_year"].map("{:.1f}".format)
    )
    return style.figure(
        [
            marks.bars(
                rows, "usd_billions_a_year", "label", lying=True, text="end",
                says="<b>{label}</b><br>{usd_billions_a_year:.1f} billion US dollars a year",
                marker=dict(color=[style.GREEN, style.BLUE, style.ORANGE]),
            )
        ],
        title=f"{known['times']:.1f} times: US {what} to Ukraine beside Israel's yearly sum",
        subtitle=f"US$ billion a year; euros at {known['rate']:.2f} dollars",
        source=data.cited("alternatives", id="israel-plus") + data.cite(monthly_allocations),
        twin=f"Israel's agreed baseline is {known['israel']:.1f} billion dollars a year. In an average year of "
        f"{first} to {last} the United States gave Ukraine {known['ukraine']:.1f} billion in {what}, "
        f"{known['times']:.1f} times as much. "
        f"Your plan of {a_year:.1f} billion is {a_year / known['ukraine']:.0%} of that.",
        table=table,
        note=f"Allocations by Kiel's count, in euros; its own rate is {known['kiel_rate']:.2f} dollars. "
        f"Money that came to Israel on top since October 2023 is not in our tables.{loan}",
        value_axis="x",
        xaxis=dict(range=[0, max(_DEAREST_PLAN, 1.13 * rows["usd_billions_a_year"].max())]),
        yaxis=dict(autorange="reversed", showgrid=False),
        showlegend=False,
        height=300,
    )  # fmt: skip


def force_cost(force_costs, soldiers=40, relief=1):
    """Bars: what a force in Ukraine would cost a year, a sketch beside published estimates; `soldiers` in thousands."""
    rows = force_costs.assign(
        place=range(len(force_costs)),
        end=[f"{amount:,.0f}" if amount >= 10 else f"{amount:.1f}" for amount in force_costs["usd_billions_a_year"]],
        name=force_costs["estimate"].map(style.plain).map(Markup),
    )
    amounts, others = rows["usd_billions_a_year"], len(rows) - 1
    sketch, each = amounts.iloc[0], f"{rows.attrs['each']:,.0f} thousand dollars a soldier"
    extra, sent, by = (rows.attrs[name] for name in ("extra", "extra_soldiers", "extra_by"))
    return style.figure(
        [
            marks.bars(
                rows, "usd_billions_a_year", "place", lying=True, text="end",
                says="<b>{name}</b>: {usd_billions_a_year:,.1f} billion US dollars a year<br>{says}",
                marker=dict(color=[style.ORANGE] + [style.BLUE] * others),
            )
        ],
        title=f"Your force: about ${rows['end'].iloc[0]} billion a year",
        subtitle=f"US$ billion a year; {soldiers:,} thousand soldiers there, {relief} at home for each, "
        f"{each} ({rows.attrs['year']})",
        source=data.cite(pd.DataFrame({"source": [rows.attrs["source"]]})) + data.cited("alternatives"),
        twin=f"Your sketch: about {sketch:,.1f} billion dollars a year, the average cost of soldiers and all behind "
        f"them. {by} counts {extra:,.1f} billion for {sent} thousand: what a mission adds for "
        "soldiers paid anyway. Two measures.",
        table=force_costs,
        note="Defence spending divided by soldiers holds all there is, from pay to aircraft. The published estimates "
        "have different aims and years. They are no range. No estimate for full membership was found.",
        value_axis="x",
        xaxis=dict(range=[0, max(_DEAREST_FORCE, 1.1 * amounts.max())]),
        yaxis=dict(
            tickvals=list(rows["place"]), ticktext=[style.wrapped(name, 18) for name in rows["estimate"]],
            range=[others + 0.6, -0.6], showgrid=False, tickfont_size=14,
        ),
        showlegend=False,
        height=380,
    )  # fmt: skip


# An exit -------------------------------------------------------------------------------------


def us_exit(us_part, monthly_allocations, edition, with_usa=True):
    """Bars of 100%: what part of the alliance's means is the United States', and what stays without it."""
    years = us_part.attrs["years"]
    table = us_part.assign(others_share=100 - us_part["share"])
    dated = table["measure"] + (", " + table["year"]).where(table["year"] != "now", "")
    rows = table.assign(
        label=[style.wrapped(name, 18) for name in dated],
        kept=table["others_share"].map(_percent),
        american=[f"{share:.0f}%" if share >= 4 else "" for share in table["share"]],
        theirs=table["others"].map(words.number) + " " + table["unit"],
        ours=table["united_states"].map(words.number)
        + " of " + (table["united_states"] + table["others"]).map(words.number) + " " + table["unit"],
    )  # fmt: skip
    inside = dict(
        lying=True, textposition="inside", textfont=dict(color="black", size=16), textangle=0, constraintext="none"
    )
    traces = [
        marks.bars(
            rows, "others_share", "label", text="kept", name="all other allies", insidetextanchor="start",
            says="<b>{label}</b><br>all others: {others_share:.1f}%, {theirs}", marker=marks.filled(style.BLUE),
            **inside,
        )
    ]  # fmt: skip
    if with_usa:  # drawn first, so that a number in a short bar is not hidden by the bar beside it
        traces.insert(0, marks.bars(
            rows, "share", "label", text="american", name="United States", insidetextanchor="end",
            base=rows["others_share"], marker=marks.filled(style.ORANGE, "/"),
            says="<b>{label}</b><br>United States: {share:.1f}%, {ours}", **inside,
        ))  # fmt: skip
    else:
        traces[0].update(textposition="outside", textfont_color=None)
    title, twin = _exit_words(rows, with_usa)
    return style.figure(
        traces,
        title=title,
        subtitle="Parts of what all allies have together, in %; "
        f"aid by allies and EU institutions, {years[0]} to {years[1]}",
        source=data.cited("defence_expenditure", edition=edition)
        + data.cite(monthly_allocations)
        + data.cited("warheads"),
        twin=twin,
        table=table[["measure", "unit", "year", "united_states", "others", "share", "others_share"]],
        note=_EXIT_NOTE.format(us_part.attrs["soldiers"]["CIA"]),
        value_axis="x",
        barmode="overlay",
        xaxis=dict(range=[0, 100], ticksuffix="%"),
        yaxis=dict(autorange="reversed", showgrid=False),
        height=340,
    )


def _percent(share):
    """A share as people read it; what is not quite all, or nothing, keeps a decimal."""
    return f"{share:.1f}%" if 99 < share < 100 or 0 < share < 1 else f"{share:.0f}%"


def _exit_words(rows, with_usa):
    if with_usa:
        most = rows.loc[rows["share"].idxmax()]
        parts = ", ".join(f"{_percent(row.share)} of {row.measure}" for row in rows.itertuples())
        title = f"The largest part that is American: {most['measure']}, {most['share']:.0f}%"
        return title, f"The United States has {parts}."
    kept = ", ".join(f"{row.kept} of {row.measure}" for row in rows.itertuples())
    title = f"Without the United States: {rows['others_share'].iloc[0]:.0f}% of the spending stays"
    return title, f"Without the United States allies would keep {kept} ({words.named(dict.fromkeys(rows['year']))})."
