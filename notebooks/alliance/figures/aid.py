"""Charts of aid to Ukraine."""

import pandas as pd
from markupsafe import Markup

from .. import data, measures, words
from . import marks, style

# Colour and pattern of each type of aid and of each group of donors, the same in every chart.
_TYPES = {"military": (style.BLUE, ""), "financial": (style.ORANGE, "/"), "humanitarian": (style.GREEN, ".")}
_GROUPS = {"Europe": (style.BLUE, ""), "United States": (style.PURPLE, "/"), "Other donors": (style.GREEN, ".")}
_KIEL = "Allocated: set aside for a purpose, or delivered. Refugee costs at home are not in it."


def _look(colour, pattern=""):
    """A bar of one colour with its pattern drawn over it, so that a narrow bar still reads."""
    return marks.filled(colour, pattern, fgcolor="rgba(255, 255, 255, 0.8)")


def _ends(rows, x, y, text, says, look, **more):
    """Lying bars with the words of the column `text` at their ends."""
    return marks.bars(rows, x, y, says=says, text=text, lying=True, marker=_look(*look), cliponaxis=False, **more)


def _uncounted(rows, y, text):
    """A grey cross at nought for each row that its source does not count, with a word of why."""
    cross = dict(symbol="x-thin", size=10, line=dict(width=2, color=style.GREY))
    blank = rows.assign(nought=0)
    return marks.labels(blank, "nought", y, text, mode="markers+text", marker=cross, showlegend=None)


def _names(donors, **more):
    """An axis of names, the first at the top."""
    return dict(categoryorder="array", categoryarray=list(donors), showgrid=False, dtick=1, tickfont_size=14) | more


# Donors --------------------------------------------------------------------------------------


def sum_and_share(chosen_donors):
    """Two panels: what some donors allocated in euros, and as a share of their GDP."""
    rows = chosen_donors.assign(
        sum=chosen_donors["total"].map("{:.1f}".format),
        share=chosen_donors["share_of_gdp_2021"].map("{:.2f}%".format),
    )
    by_share = measures.donors_by_share(rows)
    widest = rows[["total", "share_of_gdp_2021"]].max() * 1.25
    below = rows.set_index("donor", drop=False).loc[by_share[::-1]]
    panel = dict(domain=[0, 1], showticklabels=False, showgrid=False, ticks="")
    gave = (
        f"{row['donor']} {row['total']:.1f} billion euros, {row['share_of_gdp_2021']:.2f}% of its GDP"
        for _, row in rows.iterrows()
    )
    return style.figure(
        [
            _ends(rows[::-1], "total", "donor", "sum", "<b>{donor}</b><br>{sum} billion euros", (style.BLUE,),
                  xaxis="x", yaxis="y"),
            _ends(below, "share_of_gdp_2021", "donor", "share", "<b>{donor}</b><br>{share} of GDP", (style.ORANGE,),
                  xaxis="x2", yaxis="y2"),
        ],
        title=f"{rows['donor'].iloc[0]} gives the largest sum, {by_share[0]} the largest share",
        subtitle=f"Aid to Ukraine: EUR billion above, % of GDP of 2021 below; {measures.release_name(rows)}",
        source=data.cite(rows),
        twin=f"Allocated to Ukraine since {words.month(rows['period_start'].iloc[0])}. "
        f"{words.capital('; '.join(gave))}.",
        table=rows[["donor", "total", "share_of_gdp_2021"]],
        note=_KIEL,
        value_axis="x",
        xaxis=dict(anchor="y", range=[0, widest["total"]], **panel),
        xaxis2=dict(anchor="y2", range=[0, widest["share_of_gdp_2021"]], **panel),
        yaxis=dict(domain=[0.54, 1], showgrid=False),
        yaxis2=dict(domain=[0, 0.46], anchor="x2", showgrid=False),
        showlegend=False,
        height=340,
    )  # fmt: skip


def donor_bars(ranked_donors, count="total", eu="donor"):
    """Bars of the fifteen largest donors by type of aid, in euros or as a share of GDP.

    `eu`: "donor" keeps EU institutions apart, "members" adds their aid to the EU's members.
    """
    unit, form, _ = _COUNTED[count]
    top = ranked_donors.head(15)
    top = top.assign(said=" " + top[count].map(form.format))
    traces = [
        _stack(top, kind, look, f"<b>{{donor}}</b><br>{kind}: {{{kind}:.2f}} {unit}", name=kind)
        for kind, look in _TYPES.items()
    ]
    if eu == "members":
        says, name = f"<b>{{donor}}</b><br>{{{count}:.2f}} {unit}", "all types, with the share of EU aid"
        traces = [_stack(top, count, (style.PURPLE,), says, name=name, showlegend=True)]
    traces.append(marks.labels(top, count, "donor", "said"))
    return style.figure(
        traces,
        **_donor_words(ranked_donors, top, count, eu),
        source=data.cite(ranked_donors),
        table=ranked_donors[["donor", *_TYPES, count]].dropna(axis="columns", how="all"),
        value_axis="x",
        barmode="stack",
        xaxis=dict(range=[0, ranked_donors.attrs["longest"] * 1.2]),
        yaxis=_names(top["donor"], autorange="reversed"),
        height=450,
    )


_COUNTED = {  # by count: unit, its form in words, what a donor leads in
    "total": ("billion euros", "{:.1f}", "in euros"),
    "share_of_gdp_2021": ("% of GDP of 2021", "{:.2f}%", "by share of GDP"),
}


def _stack(rows, x, look, says, **more):
    return marks.bars(rows, x, "donor", says=says, lying=True, marker=_look(*look), **more)


def _donor_words(rows, top, count, eu):
    """Title, subtitle, twin and note: who leads, how EU aid is counted, where the United States stands."""
    unit, form, leads = _COUNTED[count]
    in_euros = count == "total"
    apart = "EU institutions are a donor of their own" if in_euros else "EU institutions are left out"
    how = "The aid of EU institutions is shared out among members" if eu == "members" else apart
    first, second = top["donor"].iloc[:2]
    five = top.head(5)
    values = (f"{row['donor']} {form.format(row[count]).rstrip('%')}" for _, row in five.iterrows())
    usa = "" if "USA" in set(five["iso3"]) else f" The United States stands at place {rows.attrs['usa']}."
    twice = " EU institutions are paid for by members, so their aid must not be counted twice."
    return dict(
        title=f"{first} leads {leads}; {second} comes second",
        subtitle=f"Aid to Ukraine, {'EUR billion' if in_euros else unit}, fifteen largest of {len(rows)}; "
        f"{measures.release_name(rows)}",
        twin=f"These lead, in {unit}: {words.named(values)}.{usa} {how}.",
        note=_KIEL + ("" if in_euros else twice),
    )


# The words of money --------------------------------------------------------------------------

_ONE_POT = "Dollars and euros, and two ways of counting: compare the bars within one pot, not between pots."


def stages_of_money(stages_of_money, money):
    """Bars: one pot of money, voted, promised, set aside, bound and paid out, where its source counts them."""
    rows = stages_of_money[stages_of_money["money"] == money]
    rows = rows.assign(
        under=rows["word"] + "<br>(" + rows["term"] + ")",
        said=rows["amount"].map("{:.1f}".format),
        why="  not counted",
    )
    known, blank = rows[rows["amount"].notna()], rows[rows["amount"].isna()]
    pot, unit, by = rows[["pot", "unit", "counted_by"]].iloc[0]
    when, largest = words.known_date(rows["as_of"].iloc[0]), rows["amount"].max()
    told = words.named(f"{row['said']} {row['term']}" for _, row in known.iterrows())
    says = f"<b>{{under}}</b><br>{{amount:.1f}} {unit}<br>{style.plain(by)}, {when}"
    return style.figure(
        [
            _ends(known, "amount", "under", "said", says, (style.BLUE,)),
            _uncounted(blank, "under", "why"),
        ],
        title=f"{pot}: {told}",
        subtitle=f"{unit}; {by}, {when}",
        source=data.cite(known),
        twin=f"{pot}, by the {by}, {when}: {told} ({unit}). The smallest of them is "
        f"{100 * rows['amount'].min() / largest:.0f}% of the largest. Not counted by this source: "
        f"{words.named(blank['term'])}.",
        table=rows[["word", "term", "amount", "unit"]],
        note=f"{_ONE_POT} {rows['note'].iloc[0]}".strip(),
        value_axis="x",
        xaxis=dict(range=[0, largest * 1.2]),
        yaxis=dict(categoryorder="array", categoryarray=list(rows["under"])[::-1], showgrid=False),
        showlegend=False,
        height=340,
    )


def us_picture(us_stairs, us_other_counts, chosen=None):
    """A staircase of four nested sums, with what falls away on each step; below it dots for those who count otherwise.

    `chosen`: the id of a bar or dot whose label is read out in the twin.
    """
    stairs, others = (_us_rows(rows, chosen) for rows in (us_stairs, us_other_counts))
    if chosen is not None and not any(rows["marked"].any() for rows in (stairs, others)):
        raise KeyError(chosen)
    rest = stairs.dropna(subset="before")
    every = pd.concat([stairs, others], ignore_index=True)
    read = every[every["marked"]]
    value = stairs.set_index("id")["amount"]
    return style.figure(
        [
            marks.bars(
                stairs, "amount", "label", says="{hover}", text="amount_said", lying=True, textposition="inside",
                insidetextanchor="start", textangle=0, textfont_color="black", constraintext="none",
                cliponaxis=False, marker=_marked(stairs, style.BLUE),
            ),
            marks.bars(
                rest, "falls", "label", says="{lost}", text="lost", lying=True, base=rest["amount"], cliponaxis=False,
                marker=dict(color=style.FAINT, pattern_shape="/"), textposition="outside", constraintext="none",
            ),
            marks.dots(
                others, "amount", "label", says="{hover}", colour=style.PURPLE, text="amount_said",
                textposition="middle right", textfont_size=14, cliponaxis=False,
                marker=dict(symbol="diamond", size=15, **_marked(others, style.PURPLE)),
            ),
        ],
        title=f"{value['five_acts']:.0f} billion voted, {value['usaid_dbs']:.0f} in cash to the budget: "
        "one country, many totals",
        subtitle="US aid because of the war, US$ billion; bars: each a part of the one above; diamonds: other counts",
        source=data.cite(every),
        twin=read["told"].iloc[0] if len(read) else _summary(value, others),
        table=every[["label", "amount", "falls", "away", "claimant", "as_of", "definition", "includes", "excludes"]],
        note="Hatched: what is left out on the step. The steps come from three counters with dates of their own, so a "
        "rest is not exact. " + " ".join(read["note"]),
        value_axis="x",
        barmode="overlay",
        xaxis=dict(range=[0, every["amount"].max() * 1.4]),
        yaxis=_names([style.wrapped(label, 14) for label in [*us_stairs["label"], *us_other_counts["label"]]],
                     autorange="reversed"),
        showlegend=False,
        bargap=0.15,
        height=450,
    )  # fmt: skip


def _us_rows(rows, chosen):
    """Rows of the United States' totals with what is written and said of each."""
    rows = rows.assign(
        told=[_told(row) for _, row in rows.iterrows()],
        marked=rows["id"].eq(chosen),
        label=[style.wrapped(label, 14) for label in rows["label"]],
        amount_said=[
            f"{amount:.0f}, {pd.Timestamp(day):%b %Y}"
            for amount, day in zip(rows["amount"], rows["as_of"], strict=True)
        ],
    )
    if "falls" in rows:
        rows["lost"] = [
            style.hover("−{:.0f}: {}", row["falls"], Markup(style.wrapped(row["away"], 16))) if row["away"] else ""
            for _, row in rows.iterrows()
        ]
        rows["amount_said"] = rows["amount"].map("{:.0f}".format)
    rows["hover"] = rows["told"] + " " + rows["note"]
    return rows


def _marked(rows, colour):
    """A marker with an orange edge around the chosen row."""
    return dict(color=colour, line=dict(width=[4 if mark else 0 for mark in rows["marked"]], color=style.ORANGE))


def _told(row):
    """What a bar counts, in short sentences."""
    holds = [f"Included: {row['includes']}."] if pd.notna(row["includes"]) else []
    holds += [f"Left out: {row['excludes']}."] if pd.notna(row["excludes"]) else []
    return " ".join(
        [
            f"{row['label']}: {round(row['amount'], 2):g} billion dollars, {words.known_date(row['as_of'])}, "
            f"counted by {row['claimant']}: {row['definition']}.",
            *holds,
        ]
    )


def _summary(value, others):
    return (
        f"Congress voted {value['five_acts']:.0f} billion dollars, and {value['cfr_direct']:.0f} support Ukraine, "
        f"{value['cfr_direct'] - value['civil']:.0f} of them military. Cash to its budget: {value['usaid_dbs']:.0f}. "
        f"Other counts: {words.named(f'{amount:.0f}' for amount in others['amount'])}."
    )


# Months --------------------------------------------------------------------------------------


def aid_gap(aid_by_year, aid_gap, kind="total", step="year"):
    """Stacked bars by group of donors and year or half-year, with the average of the usual years as a line."""
    by_year = step == "year"
    edges = [aid_by_year["at"].min() - 0.5, aid_by_year["at"].max() + 0.5]
    average = f"average of {aid_gap['span']}: {aid_gap['usual']:.1f}"
    traces = [
        marks.bars(
            aid_by_year.assign(amount=aid_by_year[group]), "at", "amount", name=group, marker=_look(*look),
            says=f"<b>{{period}}</b><br>{group}: {{amount:.1f}} billion euros<br>{{months}} months",
            width=0.62 if by_year else 0.36,
        )
        for group, look in _GROUPS.items()
    ]  # fmt: skip
    usual = pd.DataFrame({"at": edges, "usual": aid_gap["usual"]})
    traces.append(
        marks.line(
            usual, "at", "usual", says=f"{average} billion euros a {step}", colour=style.GREY, name=average,
        ).update(line=dict(width=2, dash="dash"))
    )  # fmt: skip
    years = sorted({int(at) for at in aid_by_year["at"]})
    return style.figure(
        traces,
        **_gap_words(aid_by_year, aid_gap, measures.AID_KINDS[kind], step),
        source=data.cite(aid_by_year),
        table=aid_by_year[["period", "months", *_GROUPS, "total"]],
        barmode="stack",
        xaxis=dict(
            range=edges,
            tickvals=years if by_year else [year + 0.5 for year in years],
            ticktext=[str(year) for year in years],
            showgrid=False,
        ),
        yaxis=dict(range=[0, aid_by_year.attrs["highest"] * (1.28 if by_year else 1.08)]),
        annotations=[
            dict(x=row["at"], y=row["total"], yanchor="bottom", text=f"{row['months']} months", showarrow=False)
            for _, row in aid_by_year[~aid_by_year["full"]].iterrows()
        ],
        height=420,
    )


def _gap_words(rows, gap, what, step):
    """Title, subtitle, twin and note: what the year came to beside the usual years, and who filled how much of it."""
    year, span = gap["year"], gap["span"]
    halves = [f"{total:.1f}" for total in rows.loc[rows["at"].between(year, year + 0.99), "total"]]
    in_halves = "" if step == "year" else f" ({' and '.join(halves)} in its halves)"
    by_year = f"{year}: {what} at {gap['reached']:.0f}% of the average of {span}"
    return dict(
        title=by_year if step == "year" else f"{year}: {words.named(halves)} billion euros in its halves, {what}",
        subtitle=f"{words.capital(what)} allocated to Ukraine, EUR billion a {step}; "
        f"{words.month(rows.attrs['first'])} to {words.month(rows.attrs['last'])}",
        twin=f"{words.capital(what)}, billion euros a year, {span} and {year}. All donors: {gap['before']:.1f} and "
        f"{gap['after']:.1f}{in_halves}; the United States: {gap['us_before']:.1f} and {gap['us_after']:.1f}; Europe: "
        f"{gap['europe_before']:.1f} and {gap['europe_after']:.1f}. "
        f"That is {gap['replaced']:.0f}% of the American gap.",
        note="Europe: EU members and institutions, United Kingdom, Norway, Switzerland, Iceland. American arms that "
        "others buy for Ukraine count for those who pay. An allocation does not tell what part of it is a loan: "
        "October 2024 (US) and some of Europe's months of 2025 hold loans to be repaid from the proceeds of frozen "
        "Russian assets. Euros of each day, prices not taken out.",
    )


def purl(purl_by_month, last_us_aid):
    """Bars by month: American arms for Ukraine that others pay for, beside what the United States itself allocates."""
    rows, about = purl_by_month, purl_by_month.attrs
    first, last, pledged = words.month(about["first"]), words.month(about["last"]), about["pledged"]
    stopped = words.month(last_us_aid["month"])
    return style.figure(
        [
            marks.bars(
                rows, "month", "own", name="by the United States", marker=_look(*_GROUPS["United States"]),
                says="<b>{month|%B %Y}</b><br>allocated by the United States: {own:.2f} billion euros",
            ),
            marks.bars(
                rows.dropna(subset="paid_by_others"), "month", "paid_by_others", name="American arms, paid by others",
                marker=_look(style.BLUE),
                says="<b>{month|%B %Y}</b><br>American arms paid by others: {paid_by_others:.2f} billion euros",
            ),
        ],
        title=f"American arms, paid by others: {about['total']:.1f} billion euros to {last}",
        subtitle="Allocated to Ukraine, EUR billion a month; arms bought in the United States from a list (PURL)",
        source=data.cite(pd.DataFrame({"source": [rows["source"].iloc[0], pledged["source"]]})),
        twin=f"The United States' last allocation is of {stopped}. From {first} to {last} others set aside "
        f"{about['total']:.1f} billion euros for American arms. By {words.known_date(pledged['as_of'])} "
        f"{pledged['states']:.0f} states had pledged at least {pledged['usd_billions']:g} billion dollars.",
        table=rows[["month", "paid_by_others", "own"]].assign(month=rows["month"].dt.strftime("%Y-%m")),
        note=f"What others pay is counted up to {last} only. Pledges as told by the {pledged['said_by']}; a pledge is "
        "not yet an allocation, so the two must not be added.",
        barmode="stack",
        bargap=0.15,
        xaxis=dict(type="date", dtick="M3", tickformat="%b %Y", hoverformat="%B %Y"),
        yaxis=dict(rangemode="tozero"),
        height=340,
    )  # fmt: skip


def aid_months(months_of_donor, colour="type", view="month"):
    """Aid month by month as stacked bars, or added up as stacked areas.

    `colour`: "type" of aid or "group" of donors; `view`: "month" or "sum". Known breaks and outliers of the table carry
    a letter and a note.
    """
    looks = _TYPES if colour == "type" else _GROUPS
    draw = _month_bars if view == "month" else _month_areas
    traces = [draw(months_of_donor, part, *looks[part]) for part in looks if part in months_of_donor.attrs["amounts"]]
    noted = months_of_donor[months_of_donor["letter"] != ""]
    if len(noted):
        traces.append(
            marks.dots(
                noted, "month", "total", says="<b>{month|%B %Y}</b><br>{note}", colour=style.GREY, name="see note",
                text="letter", textposition="top center", cliponaxis=False,
                marker=dict(symbol="diamond-open", size=9, color=style.GREY, line_width=2),
            )
        )  # fmt: skip
    return style.figure(
        traces,
        **_month_words(months_of_donor, view),
        source=data.cite(months_of_donor),
        table=months_of_donor[["month", *looks]].assign(month=months_of_donor["month"].dt.strftime("%Y-%m")),
        barmode="stack",
        bargap=0.1,
        xaxis=_month_axis(months_of_donor["month"], 20, 25, hoverformat="%B %Y"),
        yaxis=dict(range=[0, max(months_of_donor["total"].max(), 0.001) * 1.15]),
        height=400,
    )


def _month_bars(rows, part, colour, pattern):
    rows, says = rows.assign(amount=rows[part]), _MONTH_SAYS.format(part)
    return marks.bars(rows, "month", "amount", says=says, name=part, marker=_look(colour, pattern))


def _month_areas(rows, part, colour, pattern):
    rows, says = rows.assign(amount=rows[part]), _MONTH_SAYS.format(part)
    area = dict(stackgroup="one", fillpattern=dict(shape=pattern, fgcolor=colour))
    return marks.line(rows, "month", "amount", says=says, name=part, colour=colour, **area).update(line_width=2)


_MONTH_SAYS = "<b>{{month|%B %Y}}</b><br>{}: {{amount:.2f}} billion euros"


def _month_axis(months, before, after, **more):
    """An axis of dates from some days `before` the first month to some days `after` the last."""
    ends = [months.iloc[0] - pd.Timedelta(days=before), months.iloc[-1] + pd.Timedelta(days=after)]
    return dict(type="date", range=ends, dtick="M12", tickformat="%Y", **more)


def _month_words(rows, view):
    """Title, subtitle, twin and note: the sum, the month with most, in how many months, what the letters stand for."""
    about, first, last = rows.attrs, words.month(rows["month"].iloc[0]), words.month(rows["month"].iloc[-1])
    who, amounts = about["who"], about["amounts"]
    grand = f"{words.billions(sum(amounts.values()))} euros"
    most = rows.loc[rows["total"].idxmax()]
    peak = f"{who}: most in {words.month(most['month'])}, {words.billions(most['total'])} euros"
    parts = words.named(f"{part} {words.billions(amount)}" for part, amount in amounts.items())
    noted = (
        f"{row['letter']} {words.month(row['month'])}: {row['note']}" for _, row in rows.iterrows() if row["letter"]
    )
    return dict(
        title=f"{who}: {grand} by {last}" if view == "sum" else peak,
        subtitle="Aid allocated to Ukraine, EUR billion"
        f"{f', added up since {first}' if view == 'sum' else ' a month'}, to {last}",
        twin=f"{who} allocated {grand} from {first} to {last}. There was some in {about['active']} of {len(rows)} "
        f"months. By part: {parts}.",
        note="A month without a bar: nothing was recorded, so it counts as zero. The scale follows the donor. "
        + " ".join(noted),
    )


# Allies that give ----------------------------------------------------------------------------

_TILES = {
    measures.GIVES: (style.BLUE, "circle"),
    measures.BELOW: (style.ORANGE, "diamond-open"),
    measures.ZERO: (style.ORANGE, "square-open"),
    measures.UNTRACKED: (style.GREY, "x"),
}
_UNTRACKED = {
    "leave out": "untracked left out",
    "not giving": "untracked counted as not giving",
    "giving": "untracked counted as giving",
}


def military_givers(givers, least=0, untracked="leave out"):
    """One tile an ally: gives military aid, gives less than `least` million euros, gives nothing, or not tracked."""
    wide = 3
    deep = -(-len(givers) // wide)
    tiles = givers.assign(
        across=givers.index // deep,
        down=givers.index % deep,
        beside=" " + givers["country"].map(lambda name: style.wrapped(name, 12).replace("<br>", "<br> ")),
        said=[f"{value:,.0f} million euros" if value == value else "no figure" for value in givers["million_euros"]],
    )
    traces = []
    for name, (colour, shape) in _TILES.items():
        part = tiles[tiles["status"] == name]
        traces.append(
            marks.dots(
                part, "across", "down", says=f"<b>{{country}}</b><br>military aid: {{said}}<br>{name}", colour=colour,
                text="beside", textposition="middle right", textfont_size=14, cliponaxis=False,
                marker=dict(color=colour, symbol=shape, size=13, line_width=3 if shape.endswith("open") else 0),
                name=f"{name}: {len(part)}",
            )
        )  # fmt: skip
    gives = f"military aid of {least:,.0f} million euros or more" if least else "military aid"
    gives, how = f"{givers.attrs['count']} of {givers.attrs['of']} allies give {gives}", _UNTRACKED[untracked]
    lists = {name: words.named(tiles.loc[tiles["status"] == name, "country"]) for name in _TILES}
    return style.figure(
        traces,
        title=gives,
        subtitle=f"Allies by military aid to Ukraine, largest first; Kiel release {givers['release'].iloc[0][1:]}; "
        f"{how}",
        source=data.cite(givers),
        twin=f"{gives} ({how}). Zero: {lists[measures.ZERO]}; not tracked: {lists[measures.UNTRACKED]}."
        + (f" Below your line: {lists[measures.BELOW]}." if least else ""),
        table=tiles[["country", "million_euros", "status"]],
        note="Zero is a figure: someone looked and found nothing. Not tracked is no figure: nobody looked.",
        xaxis=dict(visible=False, range=[-0.06, wide - 0.14]),
        yaxis=dict(visible=False, range=[deep - 0.4, -0.6]),
        height=450,
    )


def military_givers_by_month(military_givers_by_month):
    """Bars: allies that gave military aid in a month; steps: those that had given any so far, and all allies."""
    rows = military_givers_by_month
    month, start = "<b>{month|%B %Y}</b><br>", rows["month"].iloc[0]
    uncounted = [start - pd.DateOffset(months=7, days=-14), start - pd.Timedelta(days=17)]
    steps = dict(line_shape="hv")
    return style.figure(
        [
            marks.bars(
                rows, "month", "in_month", name="gave in that month", marker=_look(style.BLUE),
                says=month + "{in_month} allies gave military aid in that month",
            ),
            marks.line(
                rows, "month", "so_far", name="have given so far", colour=style.ORANGE, **steps,
                says=month + "{so_far} allies had given by then",
            ).update(line_width=3),
            marks.line(
                rows, "month", "allies", name="allies", colour=style.GREY, dash="dot", **steps,
                says=month + "{allies} allies",
            ).update(line_width=2),
        ],
        **_giver_words(rows),
        source=data.cite(rows),
        table=rows[["month", "in_month", "so_far", "allies"]].assign(month=rows["month"].dt.strftime("%Y-%m")),
        bargap=0.15,
        xaxis=_month_axis(rows["month"], (start - uncounted[0]).days, 25),
        yaxis=dict(range=[0, rows["allies"].max() * 1.08]),
        shapes=[
            dict(type="rect", x0=uncounted[0], x1=uncounted[1], yref="paper", y0=0, y1=1,
                 fillcolor=style.FAINT, line_width=0)
        ],
        annotations=[
            dict(x=start - pd.DateOffset(months=4, days=-14), yref="paper", y=0.5, text="not counted", textangle=-90,
                 showarrow=False)
        ],
        height=380,
    )  # fmt: skip


def _giver_words(rows):
    first, second, last = rows.iloc[0], rows.iloc[1], rows.iloc[-1]
    begin, then, end = (words.month(row["month"]) for row in (first, second, last))
    return dict(
        title=f"From {first['so_far']} allies in {begin} to {last['so_far']} by {end}",
        subtitle="Allies with military aid for Ukraine, number by month; "
        f"Kiel counts from {words.day(rows.attrs['since'])}",
        twin=f"Allies with military aid so far: {first['so_far']} of {first['allies']} in {begin}, {second['so_far']} "
        f"in {then}, {last['so_far']} of {last['allies']} by {end}. Before {begin} the tracker counts nothing: "
        "the grey field is unknown, not zero.",
        note="A state counts from the month of its accession to NATO. "
        f"{words.named(rows.attrs['untracked'])} are allies that Kiel does not track.",
    )


# Events, weapons, revisions ------------------------------------------------------------------


def aid_and_events(two_tracks, events_beside, category, kind="total"):
    """Bars of aid by month, and up to five dated events of one category as lines with their names."""
    top, what = two_tracks["total"].max(), measures.AID_KINDS[kind]
    count, last = len(events_beside), words.month(two_tracks["month"].iloc[-1])
    middle = two_tracks["month"].iloc[len(two_tracks) // 2]
    events = events_beside.assign(
        level=[top * (1.62 - 0.11 * place) for place in range(count)],
        said=[f"{words.day(row['date'])}: {row['title']}. {row['description']}" for _, row in events_beside.iterrows()],
        side=["middle right" if date < middle else "middle left" for date in events_beside["date"]],
    )
    named = words.named(f"{row['label']} ({words.month(row['date'])})" for _, row in events.iterrows())
    return style.figure(
        [
            marks.bars(
                two_tracks, "month", "total", name=f"{what}, EUR billion a month", marker=_look(style.BLUE),
                says=f"<b>{{month|%B %Y}}</b><br>{what}: {{total:.1f}} billion euros",
            ),
            marks.dots(
                events, "date", "level", says="{said}", colour=style.ORANGE, shape="diamond",
                text="label", textposition=list(events["side"]), textfont_size=14, cliponaxis=False,
                name="events, named",
            ),
        ],
        title=f"Two tracks: {what} by month, and {words.counted(count, 'event')} ({_CATEGORIES[category]})",
        subtitle=f"Bars: {what}, EUR billion a month, all donors. Lines: events. To {last}",
        source=data.cite(two_tracks) + data.cite(events),
        twin=f"{words.capital(what)} by month, beside {named}. The chart shows when, not why.",
        table=pd.DataFrame(
            {
                "month": two_tracks["month"].dt.strftime("%Y-%m"),
                "billion_euros": two_tracks["total"],
                "events": two_tracks["events"],
            }
        ),
        note="Side by side is not cause and effect. The events are a selection of ours.",
        bargap=0.1,
        xaxis=_month_axis(two_tracks["month"], 20, 80),
        yaxis=dict(range=[0, top * 1.7]),
        shapes=[
            dict(type="line", x0=row["date"], x1=row["date"], y0=0, y1=row["level"],
                 line=dict(color=style.ORANGE, width=2, dash="dot"))
            for _, row in events.iterrows()
        ],
        showlegend=False,
        height=420,
    )  # fmt: skip


_CATEGORIES = {"membership": "membership", "war": "the war", "diplomacy": "talks", "aid": "aid"}


_WEAPONS = {
    "Tanks": "tanks",
    "Howitzers": "howitzers",
    "MLRS": "rocket launchers",
    "IFV": "infantry fighting vehicles",
    "Air defence": "air defence systems",
}


def weapons(allocated_weapons, preview_weapons, weapons_side_by_side, category, preview=False):
    """Bars: units of one kind of weapon that each donor has allocated; hollow diamonds: an unpublished preview."""
    newer = preview_weapons if preview else preview_weapons.head(0)
    rows = allocated_weapons.assign(remark=(allocated_weapons["models"] + ". " + allocated_weapons["note"]).str.strip())
    says = "<b>{donor}</b><br>{units} allocated<br>{remark}"
    name = f"allocated, release {rows['release'].iloc[0][1:]}"
    traces = [_ends(rows, "units", "donor", "units", says, (style.BLUE,), name=name)]
    if len(newer):
        traces.append(
            marks.dots(
                newer, "units", "donor", says="<b>{donor}</b><br>{units} in the unpublished preview",
                colour=style.ORANGE, name="unpublished preview",
                marker=dict(symbol="diamond-open", size=13, color=style.ORANGE, line_width=3),
            )
        )  # fmt: skip
    return style.figure(
        traces,
        **_weapon_words(rows, newer, _WEAPONS[category]),
        source=data.cite(pd.concat([rows, newer])),
        table=weapons_side_by_side if len(newer) else rows[["donor", "units", "models"]],
        value_axis="x",
        xaxis=dict(range=[0, rows["units"].iloc[0] * 1.2]),
        yaxis=_names(dict.fromkeys([*rows["donor"], *newer["donor"]]), autorange="reversed"),
        height=450,
    )


def _weapon_words(rows, newer, name):
    """Title, subtitle, twin and note: how many by how many donors, who has most, what the preview changes."""
    most, count = rows.iloc[0], f"{rows['units'].sum():,} {name}"
    revised = words.named(f"{row['donor']} {row['units']}" for _, row in newer.iterrows())
    return dict(
        title=f"{count} allocated by {len(rows)} donors",
        subtitle=f"Units allocated to Ukraine by donor; release {most['release'][1:]}, to {words.day(most['as_of'])}",
        twin=f"{len(rows)} donors have allocated {count}. Most: {most['donor']}, {most['units']}."
        + (f" An unpublished preview of the next release changes: {revised}." if len(newer) else ""),
        note=" ".join(
            [
                "Allocated is not delivered. Models differ in age, size and worth.",
                *dict.fromkeys(note for note in newer["note"] if note),
            ]
        ),
    )


def pledged_and_delivered(pledged_and_delivered):
    """Bars: what part of the units pledged by all donors had been delivered, by weapon system."""
    rows = pledged_and_delivered
    known, blank = rows[rows["share"].notna()], rows[rows["share"].isna()]
    known = known.assign(
        part=[f"{got:,.0f} of {all_:,.0f}" for got, all_ in zip(known["delivered"], known["pledged"], strict=True)]
    )
    blank = blank.assign(part=blank["pledged"].map("  ? of {:,.0f}".format))
    most, least, row = known.iloc[0], known.iloc[-1], rows.iloc[0]
    says = "<b>{models}</b><br>{part} delivered, at least<br>{share:.0f}%"
    return style.figure(
        [
            _ends(known, "share", "models", "part", says, (style.BLUE,)),
            _uncounted(blank, "models", "part"),
        ],
        title=f"Delivered so far: from {least['share']:.0f}% to {most['share']:.0f}% of what was pledged",
        subtitle="Units delivered, % of units pledged, all donors; "
        f"release {row['release'][1:]}, to {words.day(row['as_of'])}",
        source=data.cite(rows),
        twin=f"Most complete is the {most['models']} ({most['share']:.0f}% delivered), least the {least['models']} "
        f"({least['share']:.0f}%). No count of deliveries: {words.named(blank['models'])}.",
        table=rows[["models", "category", "pledged", "delivered", "share"]],
        note="At least so many were delivered: where the tracker has a blank, nothing was added.",
        value_axis="x",
        xaxis=dict(range=[0, 160], tickvals=[0, 50, 100], ticksuffix="%"),
        yaxis=dict(categoryorder="array", categoryarray=list(rows["models"])[::-1], showgrid=False, dtick=1),
        showlegend=False,
        height=390,
    )


def revised_aid(revised_aid, largest_revisions, monthly_allocations, kind="total"):
    """Bars: how the newest release changed what an older one said of the same months, donor by donor."""
    top = largest_revisions.assign(said=largest_revisions["change"].map("{:+.2f}".format).str.replace("-", "−"))
    says = "<b>{donor}</b><br>then {then:.2f}, now {now:.2f} billion euros"
    end = 1.6 * revised_aid.attrs["widest"]
    return style.figure(
        [
            _ends(part, "change", "donor", "said", says, look, name=name)
            for part, look, name in (
                (top[top["change"] >= 0], (style.BLUE, ""), "revised up"),
                (top[top["change"] < 0], (style.ORANGE, "/"), "revised down"),
            )
        ],
        **_revised_words(revised_aid, measures.AID_KINDS[kind]),
        source=data.cite(revised_aid) + data.cite(monthly_allocations),
        table=revised_aid[["donor", "then", "now", "change"]],
        value_axis="x",
        barmode="overlay",
        xaxis=dict(range=[-end, end], zeroline=True, zerolinecolor=style.GREY),
        yaxis=_names(top["donor"]),
        height=420,
    )


def _revised_words(rows, what):
    """Title, subtitle, twin and note: the two sums, by how much they differ, whose figure changed most."""
    about, most = rows.attrs, rows.iloc[0]
    begin, end = words.month(about["period_start"]), words.month(about["period_end"])
    old, new = about["release"][1:], about["newest"][1:]
    then, now = rows["then"].sum(), rows["now"].sum()
    return dict(
        title=f"The same months, counted again: {then:.1f} became {now:.1f} billion euros",
        subtitle=f"Change of {what}, {begin} to {end}, EUR billion; ten largest changes from release {old} to {new}",
        twin=f"For the months to {end}, release {old} counted {then:.1f} billion euros of {what}. Release {new} counts "
        f"{now:.1f} ({words.signed(100 * (now / then - 1), 1)}%). Largest change: {most['donor']}, "
        f"from {most['then']:.2f} to {most['now']:.2f}.",
        note=f"Both counts cover the same months: the difference is correction, not new aid. {about['note']}",
    )
