"""Charts of other ways to protect a state: options, promises, costs and an exit."""

import pandas as pd
import plotly.graph_objects as go

from .. import data, measures, words
from . import style
from .marks import filled, matrix

_LOOKS = dict(zip(measures.CRITERIA, zip(style.PALETTE, style.PATTERNS, strict=True), strict=True))
_JUDGED = "The scores are judgements of ours, from 0 to 2. Dispute them: weights and scores are yours to set, and no order here is the answer."


def _weighted(table, alternatives, weights, *, subtitle, first, whose="under your weights"):
    """The stacked bars of `measures.weighted_options`, with what each weight would change in the twin."""
    leaders = measures.leaders(alternatives, weights)
    changes = measures.what_weights_change(alternatives, weights)
    swing = list(changes.loc[changes["changes_first"], "criterion"])
    still = list(changes.loc[~changes["changes_first"] & changes["changes_order"], "criterion"])
    idle = list(changes.loc[~changes["changes_order"], "criterion"])
    said = []
    if leaders and len(swing) == len(changes):
        said.append("Each of the five weights, moved alone, can change who is first")
    elif leaders and swing:
        said.append(f"Moved alone, the weight of {' or '.join(swing)} can change who is first")
    if leaders and still:
        said.append(f"that of {' or '.join(still)} changes only places below")
    if leaders and idle:
        said.append(f"that of {' or '.join(idle)} changes nothing")
    points = table["points"].max()
    if not leaders:
        title, lead = "No weight, no order", "Every weight is zero, so nothing is compared."
    elif len(leaders) == 1:
        title, lead = (
            f"{leaders[0]} comes first {whose}",
            f"{leaders[0]} comes first with {points:.2f} of {measures.MOST_POINTS} points.",
        )
    else:
        title, lead = (
            f"{len(leaders)} options share first place {whose}",
            f"{words.named(leaders)} share first place with {points:.2f} of {measures.MOST_POINTS} points.",
        )
    traces = []
    for criterion, (colour, pattern) in _LOOKS.items():
        traces.append(
            go.Bar(
                x=table[criterion],
                y=[style.wrapped(option, 14) for option in table["option"]],
                orientation="h",
                name=criterion,
                marker=filled(colour, pattern),
                customdata=[(style.wrapped(full, 50), f"{points:.2f}") for full, points in zip(table["full"], table["points"], strict=True)],
                hovertemplate=f"<b>%{{customdata[0]}}</b><br>{criterion}: %{{x:.2f}} points<br>in all %{{customdata[1]}} of {measures.MOST_POINTS}<extra></extra>",
            )
        )  # fmt: skip
    traces.append(
        go.Scatter(
            x=table["points"],
            y=[style.wrapped(option, 14) for option in table["option"]],
            mode="text",
            text=[f" <b>{points:.2f}</b>" for points in table["points"]],
            textposition="middle right",
            textfont_size=15,
            hoverinfo="skip",
            showlegend=False,
        )
    )
    return style.figure(
        traces,
        title=title,
        subtitle=subtitle,
        source=data.source_line("alternatives"),
        twin=" ".join(part for part in (first, lead, "; ".join(said) + "." if said else "") if part),
        table=table[["place", "option", "points", *measures.CRITERIA]],
        note=_JUDGED,
        value_axis="x",
        barmode="stack",
        xaxis=dict(range=[0, measures.MOST_POINTS + 0.2], dtick=0.5, title_text="points"),
        yaxis=dict(autorange="reversed", showgrid=False, tickfont_size=14),
        legend=dict(traceorder="normal"),
        height=440,
    )


def options_by_weight(alternatives, law=1, answer=1, guarantors=1, fast=1, feasible=1):
    """Stacked bars: the options in the order that your five weights give them."""
    weights = dict(zip(measures.CRITERIA, (law, answer, guarantors, fast, feasible), strict=True))
    table = measures.weighted_options(alternatives, weights)
    return _weighted(
        table,
        alternatives,
        weights,
        subtitle=f"Weighted mean of five scores, from 0 (weak) to 2 (strong); {data.resource('alternatives')['coverage']}",
        first="",
    )


def options_with_my_score(alternatives, option, criterion, score):
    """Stacked bars: the same with equal weights, after one score is changed."""
    names = measures.option_names(alternatives)
    ours = int(alternatives.loc[names == option, measures.CRITERIA[criterion]].iloc[0])
    mine = measures.disputed(alternatives, option, criterion, score)
    weights = dict.fromkeys(measures.CRITERIA, 1)
    table = measures.weighted_options(mine, weights)
    place = int(table.loc[table["option"] == option, "place"].iloc[0])
    before = measures.weighted_options(alternatives, weights)
    before = int(before.loc[before["option"] == option, "place"].iloc[0])
    same = "as ours" if ours == score else f"ours is {ours}"
    return _weighted(
        table,
        mine,
        weights,
        subtitle=f"Equal weights; {option}, {criterion}: your score is {score}, {same}",
        whose="with your score",
        first=f"With your score {option} stands in place {place}; with ours it stands in place {before}.",
    )


def agreements_by_day(agreements, count="all_partners", until="2025-01"):
    """Step line: security agreements by day of signing, above the line of those with a duty to fight."""
    rows = measures.signed_agreements(agreements)
    end = pd.Period(until).end_time
    there = measures.agreements_on(agreements, end)[count]
    fights, whole = measures.duty_to_fight(agreements)
    shown = rows if count == "all_partners" else rows[rows["kind"] == "bilateral"]
    what = "countries and the European Union" if count == "all_partners" else "countries"
    last = rows["signed_date"].max()
    axis_end = last + pd.Timedelta(days=60)
    remarks = data.remarks_for("security_agreements", shown, "signed_date") + data.remarks_for(
        "security_agreements", shown, "agreements_so_far"
    )
    duty = shown["mutual_defence_duty"].astype(int).cumsum()
    newest = shown[shown["signed_date"] <= end].tail(1)
    traces = [
        go.Scatter(
            x=[*shown["signed_date"], axis_end],
            y=[*shown[count], shown[count].iloc[-1]],
            mode="lines+markers",
            line=dict(color=style.BLUE, shape="hv"),
            marker=dict(color=style.BLUE, size=[9] * len(shown) + [0]),
            name="signed",
            customdata=[
                (
                    style.plain(row["partner"]),
                    f"{row['signed_date'].day} {row['signed_date']:%B %Y}, {style.plain(row['place'])}",
                    style.wrapped(f"Aid: {row['aid_note']}" if pd.notna(row["aid_note"]) else ""),
                    style.wrapped(f"{row['note'] if pd.notna(row['note']) else ''} {remarks[index]}".strip()),
                )
                for index, row in shown.iterrows()
            ]
            + [("", "", "", "")],
            hovertemplate="<b>%{customdata[0]}</b> (number %{y})<br>%{customdata[1]}<br>%{customdata[2]}<br>%{customdata[3]}<extra></extra>",
        ),
        go.Scatter(
            x=[*shown["signed_date"], axis_end],
            y=[*duty, duty.iloc[-1]],
            mode="lines",
            line=dict(color=style.ORANGE, dash="dash", shape="hv", width=4),
            name="of these, with a duty to fight",
            hovertemplate="with a duty to fight: %{y}<extra></extra>",
        ),
    ]  # fmt: skip
    return style.figure(
        traces,
        title=f"{there} signed by the end of {end:%B %Y}; with a duty to fight: {int(shown.loc[shown['signed_date'] <= end, 'mutual_defence_duty'].sum())}",
        subtitle=f"Security agreements with Ukraine, by day of signing: {what}",
        source=data.source_line("security_agreements", kind="bilateral"),
        twin=f"Signed by the end of {end:%B %Y}: {there} ({what})"
        + (f", {newest['partner'].item()} the latest. " if len(newest) else ". ")
        + f"Of all {whole} agreements in our table {fights or 'none'} {'set' if fights > 1 else 'sets'} a duty to fight if Ukraine is attacked.",
        table=rows[["signed_date", "partner", "countries", "all_partners", "duration_years", "aid_amount", "aid_unit", "aid_period", "aid_note"]],
        note=f"As far as found; the newest in our table is of {last:%B %Y}, and later ones may be missing. Most run for ten years. Never add up the amounts: their units differ.",
        xaxis=dict(range=["2023-12-20", axis_end], dtick="M2", tickformat="%b %Y"),
        yaxis=dict(range=[-0.8, len(rows) + 3], title_text="agreements"),
        shapes=[dict(type="line", x0=min(end, axis_end), x1=min(end, axis_end), yref="paper", y0=0, y1=1, line=dict(color=style.GREY, width=2, dash="dot"))],
        height=380,
    )  # fmt: skip


def duties_by_promise(table, duty="all"):
    """Matrix: which duties four promises hold; `duty` is "all", or one of `measures.DUTIES`."""
    duties = list(measures.DUTIES)
    traces, layout = matrix(table["promise"], table[duties], table["says"])
    held = table[duties].eq("yes").sum(axis=1)
    most = table.loc[held.idxmax(), "promise"]
    if duty == "all":
        title = (
            f"Only one of these promises has all {len(duties)}"
            if held.max() == len(duties) and (held == held.max()).sum() == 1
            else "Promises differ by their duties"
        )
        twin = (
            "; ".join(f"{name}: {count} of {len(duties)}" for name, count in zip(table["promise"], held, strict=True))
            + f". The most duties: {most}."
        )
        shapes = []
    else:
        who = list(table.loc[table[duty] == "yes", "promise"])
        not_sure = list(table.loc[table[duty] == "not known", "promise"])
        title = f"“{duty}” stands in {len(who)} of {len(table)} promises"
        twin = f"With the duty “{duty}”: {words.named(who)}." + (
            f" Not known: {words.named(not_sure)}." if not_sure else ""
        )
        place = duties.index(duty)
        shapes = [
            dict(
                type="rect",
                x0=place - 0.45,
                x1=place + 0.45,
                yref="paper",
                y0=0,
                y1=1,
                line=dict(color=style.ORANGE, width=3),
                fillcolor="rgba(0,0,0,0)",
            )
        ]
    return style.figure(
        traces,
        title=title,
        subtitle="Filled: the duty is there. Hollow: our tables hold no such duty. Hold the pointer on a dot for the words",
        source=words.sources(data.source_line("claims", id="A3-19"), data.source_line("treaty_articles", number=5), data.source_line("alternatives", id="israel-plus")),
        twin=twin,
        table=table,
        note="Told in our words. Budapest: assurances by its English title; the Ukrainian and Russian words are closer to guarantees. The partners of the newer agreements do not all promise the same.",
        shapes=shapes,
        height=340,
        **layout,
    )  # fmt: skip


def entry_cases(cases):
    """Bars: how many days three states waited from asking to entering, or wait still."""
    colours = [style.ORANGE if waiting else style.BLUE for waiting in cases["waiting"]]
    entered = cases[~cases["waiting"]]
    still = cases[cases["waiting"]]
    return style.figure(
        [
            go.Bar(
                x=cases["days"],
                y=[style.wrapped(state, 12) for state in cases["state"]],
                orientation="h",
                marker=filled(colours, ["/" if waiting else "" for waiting in cases["waiting"]]),
                text=[f"{days:,}{'+' if waiting else ''}" for days, waiting in zip(cases["days"], cases["waiting"], strict=True)],
                textposition="outside",
                customdata=[
                    (
                        f"{row['asked'].day} {row['asked']:%B %Y}",
                        "not an ally" if row["waiting"] else f"{row['entered'].day} {row['entered']:%B %Y}",
                        row["at_war"],
                        style.plain(row["open_land"]),
                    )
                    for _, row in cases.iterrows()
                ],
                hovertemplate="<b>%{y}: %{x:,} days</b><br>asked or protocol: %{customdata[0]}; entered: %{customdata[1]}<br>war on its land meanwhile: %{customdata[2]}<br>land it claims and does not hold: %{customdata[3]}<extra></extra>",
            )
        ],
        title=f"{len(entered)} of these {len(cases)} have entered"
        + (", none of them with a war on its land" if (entered["at_war"] == "no").all() else ""),
        subtitle="Days from application, or protocol, to entry; Ukraine, still waiting, to the newest event in our tables",
        source=words.sources(data.source_line("members", iso3="DEU"), data.source_line("members", iso3="FIN")),
        twin=f"{words.named(f'{state} took {days:,} days' for state, days in zip(entered['state'], entered['days'], strict=True))}; {words.named(f'{state} has waited {days:,} days' for state, days in zip(still['state'], still['days'], strict=True)) if len(still) else 'none is waiting'}. War on its land: {words.named(cases.loc[cases['at_war'] == 'yes', 'state'])}.",
        table=cases.drop(columns="waiting"),
        note="West Germany signed no application of the later kind: its clock starts with the protocol of October 1954. Three cases are no rule.",
        value_axis="x",
        xaxis=dict(range=[0, max(1700, cases["days"].max() * 1.25)], title_text="days"),
        yaxis=dict(autorange="reversed", showgrid=False),
        showlegend=False,
        height=270,
    )  # fmt: skip


def israel_and_ukraine(alternatives, months, us_totals, a_year=3.8, kind="military", rate=None):
    """Bars: US aid a year to Israel and to Ukraine, and a yearly sum of your own; `rate` in dollars a euro."""
    kiel = measures.kiel_rate(us_totals)
    rate = rate or kiel
    known = measures.israel_and_ukraine(alternatives, months, rate, kind)
    what = "military aid" if kind == "military" else "all aid"
    table = pd.DataFrame(
        {
            "who": ["Israel, agreed baseline", f"Ukraine, 2022 to 2024, {what}", "Your plan for Ukraine"],
            "usd_billions_a_year": [known["israel"], known["ukraine"], float(a_year)],
        }
    )
    remark = (
        ""
        if kind == "military"
        else " All aid includes a loan of October 2024 that is to be repaid from the proceeds of frozen Russian assets."
    )
    return style.figure(
        [
            go.Bar(
                x=table["usd_billions_a_year"],
                y=[style.wrapped(who, 16) for who in table["who"]],
                orientation="h",
                marker=filled([style.GREEN, style.BLUE, style.ORANGE], ["", "/", "."]),
                text=[f"{amount:.1f}" for amount in table["usd_billions_a_year"]],
                textposition="outside",
                hovertemplate="<b>%{y}</b><br>%{x:.1f} billion US dollars a year<extra></extra>",
            )
        ],
        title=f"{known['times']:.1f} times: US {what} to Ukraine beside Israel's yearly sum",
        subtitle=f"US$ billion a year; euros at {rate:.2f} dollars",
        source=words.sources(data.source_line("alternatives", id="israel-plus"), data.source_line("aid_by_month")),
        twin=f"Israel's agreed baseline is {known['israel']:.1f} billion dollars a year; in an average year of 2022 to 2024 the United States gave Ukraine {known['ukraine']:.1f} billion in {what}, {known['times']:.1f} times as much. Your plan of {a_year:.1f} billion is {a_year / known['ukraine']:.0%} of that; ten years of it cost {10 * a_year:,.0f} billion.",
        table=table,
        note=f"Allocations by Kiel's count, in euros; its own rate is {kiel:.2f} dollars. Money that came to Israel on top since October 2023 is not in our tables.{remark}",
        value_axis="x",
        xaxis=dict(range=[0, 68], title_text="US$ billion a year"),
        yaxis=dict(autorange="reversed", showgrid=False),
        showlegend=False,
        height=300,
    )  # fmt: skip


def force_cost(alternatives, per_soldier, soldiers=40, price="XNE", relief=1):
    """Bars: a sketch of what a force in Ukraine would cost a year, beside published estimates; `soldiers` in thousands."""
    sketch = measures.force_cost(per_soldier, price, soldiers * 1000, relief)
    each = per_soldier.set_index("iso3").loc[price]
    published = measures.cost_estimates(alternatives).dropna(subset="a_year")
    remarks = data.remarks_for("alternatives", published, "cost_high_usd_bn")
    table = pd.DataFrame(
        {
            "estimate": [
                "Your sketch",
                *(f"{option}, {which}" for option, which in zip(published["option"], published["which"], strict=True)),
            ],
            "usd_billions_a_year": [sketch, *published["a_year"]],
            "says": ["your assumptions", *(published["says"] + " " + remarks)],
        }
    )
    order = table.index[::-1]
    return style.figure(
        [
            go.Bar(
                x=table["usd_billions_a_year"],
                y=list(table.index),
                orientation="h",
                marker=filled([style.ORANGE] + [style.BLUE] * len(published), ["."] + [""] * len(published)),
                text=[f"{amount:,.0f}" if amount >= 10 else f"{amount:.1f}" for amount in table["usd_billions_a_year"]],
                textposition="outside",
                customdata=[(style.plain(row["estimate"]), style.wrapped(row["says"])) for _, row in table.iterrows()],
                hovertemplate="<b>%{customdata[0]}</b>: %{x:,.1f} billion US dollars a year<br>%{customdata[1]}<extra></extra>",
            )
        ],
        title=f"Your force: about ${sketch:,.0f} billion a year" if sketch >= 10 else f"Your force: about ${sketch:.1f} billion a year",
        subtitle=f"US$ billion a year; {soldiers:,} thousand soldiers there, {relief} at home for each, {each['thousands']:,.0f} thousand dollars a soldier ({each['year']:.0f})",
        source=words.sources(data.source_line("defence_expenditure", edition=data.newest("defence_expenditure")), data.source_line("alternatives")),
        twin=f"{soldiers:,} thousand soldiers with {relief} at home for each, at {each['thousands']:,.0f} thousand dollars a soldier, cost about {sketch:,.1f} billion dollars a year. Published estimates for other options run from {published['a_year'].min():,.0f} to {published['a_year'].max():,.0f} billion a year.",
        table=table,
        note="A sketch: defence spending divided by soldiers holds everything, from pay to aircraft. Published estimates have different aims and years; they are no range. No estimate for full membership was found.",
        value_axis="x",
        xaxis=dict(range=[0, 330], title_text="US$ billion a year"),
        yaxis=dict(tickvals=list(table.index), ticktext=[style.wrapped(name, 18) for name in table["estimate"]], range=[order[0] + 0.6, -0.6], showgrid=False, tickfont_size=14),
        showlegend=False,
        height=380,
    )  # fmt: skip


def _percent(share):
    """A share as people read it; what is not quite all, or nothing, keeps a decimal."""
    return f"{share:.1f}%" if 99 < share < 100 or 0 < share < 1 else f"{share:.0f}%"


def us_exit(defence, members, months, edition, with_usa=True, years=(2022, 2024)):
    """Bars of 100%: what part of the alliance's means is the United States', and what stays without it."""
    part = measures.us_part(defence, members, months, edition, years)
    table = part.assign(others_share=100 - part["share"])
    labels = [
        style.wrapped(f"{row['measure']}, {row['year']}" if row["year"] != "now" else row["measure"], 18)
        for _, row in part.iterrows()
    ]
    hovers = [
        (
            f"{words.number(row['united_states'], 0)} of {words.number(row['united_states'] + row['others'], 0)} {row['unit']}",
            f"{words.number(row['others'], 0)} {row['unit']}",
        )
        for _, row in part.iterrows()
    ]
    traces = [
        go.Bar(
            x=table["others_share"],
            y=labels,
            orientation="h",
            name="all other allies",
            marker=filled(style.BLUE),
            textfont=dict(color="black", size=16),
            text=[_percent(share) for share in table["others_share"]],
            insidetextanchor="start",
            textangle=0,
            customdata=hovers,
            hovertemplate="<b>%{y}</b><br>all others: %{x:.1f}%, %{customdata[1]}<extra></extra>",
        )
    ]
    if with_usa:
        traces.append(
            go.Bar(
                x=table["share"],
                y=labels,
                orientation="h",
                name="United States",
                marker=filled(style.ORANGE, "/"),
                textfont=dict(color="black", size=16),
                text=[f"{share:.0f}%" if share >= 4 else "" for share in table["share"]],
                insidetextanchor="end",
                textangle=0,
                customdata=hovers,
                hovertemplate="<b>%{y}</b><br>United States: %{x:.1f}%, %{customdata[0]}<extra></extra>",
            )
        )
    kept = ", ".join(f"{_percent(row['others_share'])} of {row['measure']}" for _, row in table.iterrows())
    most = table.loc[table["share"].idxmax()]
    return style.figure(
        traces,
        title=f"The largest part that is American: {most['measure']}, {most['share']:.0f}%" if with_usa else f"Without the United States: {table['others_share'].iloc[0]:.0f}% of the spending stays",
        subtitle=f"Parts of what all allies have together, in %; aid by allies and EU institutions, {years[0]} to {years[1]}",
        source=words.sources(data.source_line("defence_expenditure", edition=edition), data.source_line("aid_by_month"), data.source_line("members", iso3="USA")),
        twin=f"Without the United States allies would keep {kept} ({words.named(dict.fromkeys(part['year']))})." if not with_usa else f"The United States has {', '.join(f'{_percent(share)} of {measure}' for share, measure in zip(table['share'], table['measure'], strict=True))}.",
        table=table[["measure", "unit", "year", "united_states", "others", "share", "others_share"]],
        note="Arithmetic, not strategy: satellites, transport and command are in no row, and American forces serve all over the world. Arms that others buy from the United States count for the buyer.",
        value_axis="x",
        barmode="stack",
        xaxis=dict(range=[0, 100], ticksuffix="%"),
        yaxis=dict(autorange="reversed", showgrid=False),
        legend=dict(traceorder="normal"),
        height=340,
    )  # fmt: skip
