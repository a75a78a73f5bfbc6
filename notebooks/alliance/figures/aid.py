"""Charts of aid to Ukraine."""

import re

import pandas as pd
import plotly.graph_objects as go

from .. import data, measures, words
from . import style

# Colour and pattern of each type of aid and of each group of donors, the same in every chart.
_TYPES = {"military": (style.BLUE, ""), "financial": (style.ORANGE, "/"), "humanitarian": (style.GREEN, ".")}
_GROUPS = {"Europe": (style.BLUE, ""), "United States": (style.PURPLE, "/"), "Other donors": (style.GREEN, ".")}
_KIND = {
    "total": "all aid",
    "military": "military aid",
    "financial": "financial aid",
    "humanitarian": "humanitarian aid",
}
_OVER = "rgba(255, 255, 255, 0.8)"
_KIEL = "Allocated: set aside for a purpose, or delivered. Refugee costs at home are not in it."


def _source(release):
    return data.source_line("aid_by_donor", release=release)


def _months_source():
    return data.source_line("aid_by_month")


def _day(as_of):
    """'2024-09-30' as '30 September 2024', '2024-08' as 'August 2024', '2025' as it is."""
    when = {4: "", 7: "%B ", 10: "{day} %B "}[len(as_of)]
    moment = pd.Timestamp(as_of)
    return moment.strftime(when.format(day=moment.day)) + str(moment.year)


def _month(moment):
    return moment.strftime("%B %Y")


def _look(colour, pattern):
    """A bar of one colour with its pattern drawn over it, so that a narrow bar still reads."""
    return dict(color=colour, pattern=dict(shape=pattern, fillmode="overlay", fgcolor=_OVER, size=7))


def sum_and_share(donors, countries, release, names):
    """Two panels: what some donors allocated in euros, and as a share of their GDP."""
    table = measures.allocations(donors, countries, release)
    rows = table[table["donor"].isin(names)]
    traces = []
    for axis, column, colour, pattern, form in (
        ("", "total", style.BLUE, "", "{:.1f}"),
        ("2", "share_of_gdp_2021", style.ORANGE, "/", "{:.2f}%"),
    ):
        panel = rows.sort_values(column)
        traces.append(
            go.Bar(
                x=panel[column],
                y=panel["donor"],
                xaxis=f"x{axis}",
                yaxis=f"y{axis}",
                orientation="h",
                marker=_look(colour, pattern),
                text=panel[column].map(form.format),
                textposition="outside",
                cliponaxis=False,
                hovertemplate=f"<b>%{{y}}</b><br>%{{text}} {'of GDP' if axis else 'billion euros'}<extra></extra>",
            )
        )
    first, most = rows.iloc[0], rows.sort_values("share_of_gdp_2021").iloc[-1]
    return style.figure(
        traces,
        title=f"{first['donor']} gives the largest sum, {most['donor']} the largest share",
        subtitle=f"Aid to Ukraine: EUR billion above, % of GDP of 2021 below; {measures.release_name(donors, release)}",
        source=_source(release),
        twin="Allocated to Ukraine since January 2022: "
        + words.named(
            f"{row['donor']} {row['total']:.1f} billion euros, {row['share_of_gdp_2021']:.2f}% of its GDP"
            for _, row in rows.iterrows()
        )
        + ".",
        table=rows[["donor", "total", "share_of_gdp_2021"]],
        note=_KIEL,
        value_axis="x",
        xaxis=dict(domain=[0, 1], anchor="y", range=[0, rows["total"].max() * 1.25], showticklabels=False),
        xaxis2=dict(
            domain=[0, 1], anchor="y2", range=[0, rows["share_of_gdp_2021"].max() * 1.25], showticklabels=False
        ),
        yaxis=dict(domain=[0.54, 1], showgrid=False),
        yaxis2=dict(domain=[0, 0.46], anchor="x2", showgrid=False),
        showlegend=False,
        height=340,
    )


def donor_bars(donors, countries, release, count="total", eu="donor"):
    """Bars of the fifteen largest donors by type of aid, in euros or as a share of GDP.

    `eu`: "donor" keeps EU institutions apart, "members" adds their aid to the EU's members.
    """
    rows = measures.allocations(donors, countries, release)
    if eu == "members":
        rows = measures.allocations_with_eu_share(donors, countries, release)
    in_euros = count == "total"
    if not in_euros:
        rows = rows[rows["iso3"] != measures.EU_INSTITUTIONS]
    if eu == "donor":
        parts = rows[list(_TYPES)].mul(rows[count] / rows["total"], axis=0)
        rows = rows.assign(**{kind: parts[kind] for kind in _TYPES})
    top = rows.sort_values(count, ascending=False).head(15)
    unit = "billion euros" if in_euros else "% of GDP of 2021"
    traces = []
    if eu == "donor":
        for kind, look in _TYPES.items():
            traces.append(
                go.Bar(
                    x=top[kind],
                    y=top["donor"],
                    orientation="h",
                    name=kind,
                    marker=_look(*look),
                    hovertemplate=f"<b>%{{y}}</b><br>{kind}: %{{x:.2f}} {unit}<extra></extra>",
                )
            )
    else:
        traces.append(
            go.Bar(
                x=top[count],
                y=top["donor"],
                orientation="h",
                name="all types, with the share of EU aid",
                marker=_look(style.PURPLE, ""),
                hovertemplate=f"<b>%{{y}}</b><br>%{{x:.2f}} {unit}<extra></extra>",
                showlegend=True,
            )
        )
    traces.append(
        go.Scatter(
            x=top[count],
            y=top["donor"],
            mode="text",
            text=top[count].map("{:.1f}".format if in_euros else "{:.2f}%".format),
            textposition="middle right",
            cliponaxis=False,
            hoverinfo="skip",
            showlegend=False,
        )
    )
    how = (
        "EU institutions' aid shared out among members"
        if eu == "members"
        else "EU institutions as a donor of their own"
        if in_euros
        else "EU institutions left out"
    )
    return style.figure(
        traces,
        title=f"{top['donor'].iloc[0]} leads {'in euros' if in_euros else 'by share of GDP'}; {top['donor'].iloc[1]} comes second",
        subtitle=f"Aid to Ukraine, {'EUR billion' if in_euros else unit}, fifteen largest of {len(rows)}; {measures.release_name(donors, release)}",
        source=_source(release),
        twin=f"Counted in {unit}, {how}: "
        + words.named(f"{row['donor']} {row[count]:.{1 if in_euros else 2}f}" for _, row in top.head(5).iterrows())
        + " lead"
        + ("." if "USA" in set(top["iso3"].head(5)) else f"; the United States stands at place {_place(rows, count)}."),
        table=rows.sort_values(count, ascending=False)[["donor", *_TYPES, count]].dropna(axis="columns", how="all"),
        note=_KIEL
        + (" EU institutions are paid for by members, so their aid must not be counted twice." if not in_euros else ""),
        value_axis="x",
        barmode="stack",
        legend_traceorder="normal",
        xaxis=dict(range=[0, _longest(donors, countries, release, count) * 1.2], title_text=unit),
        yaxis=dict(
            autorange="reversed",
            categoryorder="array",
            categoryarray=list(top["donor"]),
            showgrid=False,
            dtick=1,
            tickfont_size=14,
        ),
        height=450,
    )


def _longest(donors, countries, release, count):
    """The longest bar that either way of counting EU aid can give: the axis then stays as it is."""
    own = measures.allocations(donors, countries, release)
    shared = measures.allocations_with_eu_share(donors, countries, release)
    return max(own[count].max(), shared[count].max())


def _place(rows, column):
    order = list(rows.sort_values(column, ascending=False)["iso3"])
    return order.index("USA") + 1


def stages_of_money(stages, money):
    """Bars: one pot of money, voted, promised, set aside, bound and paid out, where its source counts them."""
    rows = stages[stages["money"] == money]
    under = rows["word"] + "<br>(" + rows["term"] + ")"
    known, blank = rows["amount"].notna(), rows["amount"].isna()
    unit, by, when = rows["unit"].iloc[0], rows["counted_by"].iloc[0], _day(rows["as_of"].iloc[0])
    told = [f"{amount:.1f} {term}" for amount, term in zip(rows["amount"][known], rows["term"][known], strict=True)]
    pot, largest = money.split(":")[0], rows["amount"].max()
    table = "us_aid_totals" if unit.startswith("US") else "aid_by_donor"
    return style.figure(
        [
            go.Bar(
                x=rows["amount"][known],
                y=under[known],
                orientation="h",
                marker=_look(style.BLUE, ""),
                text=rows["amount"][known].map("{:.1f}".format),
                textposition="outside",
                cliponaxis=False,
                hovertemplate=f"<b>%{{y}}</b><br>%{{x:.1f}} {unit}<br>{style.plain(by)}, {when}<extra></extra>",
            ),
            go.Scatter(
                x=[0] * int(blank.sum()),
                y=under[blank],
                mode="markers+text",
                marker=dict(symbol="x-thin", size=10, line=dict(width=2, color=style.GREY)),
                text=["  not counted"] * int(blank.sum()),
                textposition="middle right",
                cliponaxis=False,
                hoverinfo="skip",
            ),
        ],
        title=f"{pot}: {words.named(told)}",
        subtitle=f"{unit}; {by}, {when}",
        source=data.source_line(table, id="gao_four_acts")
        if table == "us_aid_totals"
        else data.source_line(table, release=_newest()),
        twin=f"{pot}, by the {by}, {when}: {words.named(told)} ({unit}). The smallest of them is {100 * rows['amount'].min() / largest:.0f}% of the largest; {words.named(rows['term'][blank])}: not counted by this source.",
        table=rows[["word", "term", "amount", "unit"]],
        note="Dollars and euros, and two ways of counting: compare the bars within one pot, not between pots."
        + (_remark("aid_by_donor", "iso3", measures.EU_INSTITUTIONS) if pot == "EU institutions" else ""),
        value_axis="x",
        xaxis=dict(range=[0, largest * 1.2], title_text=unit),
        yaxis=dict(categoryorder="array", categoryarray=list(under)[::-1], showgrid=False),
        showlegend=False,
        height=340,
    )


def _remark(table, column, value):
    """The notes on breaks that datapackage.json has for one value of a column, with a space before."""
    entries = data.remarks(table, "breaks")
    return " " + " ".join(entries.loc[entries[column] == value, "note"])


def _newest():
    return data.newest("aid_by_donor", "release")


_US_LOOKS = {
    "act": (style.BLUE, ""),
    "sum": (style.BLUE, ""),
    "rest": (style.GREY, "/"),
    "part": (style.GREEN, "."),
    "other count": (style.PURPLE, "x"),
}


def us_picture(us_totals, chosen=None):
    """Waterfall: the acts that Congress voted, what of them supports Ukraine, and two other totals.

    `chosen`: the id of a bar whose label is read out in the twin.
    """
    rows = measures.us_picture(us_totals)
    spoken = rows["as_of"].map(_day)
    short = pd.to_datetime(rows["as_of"], format="mixed").dt.strftime("%b %Y")
    amount = rows["amount"].round(2).map("{:g}".format)
    amount = amount.mask(rows["unit"].str.startswith("EUR"), "EUR " + rows["amount"].map("{:.1f}".format))
    amount = [f"−{text}" if kind == "rest" else text for text, kind in zip(amount, rows["kind"])]
    told = [_told(row, when) for (_, row), when in zip(rows.iterrows(), spoken, strict=True)]
    notes = data.remarks_for("us_aid_totals", rows, "usd_billions")
    marked = rows["id"].eq(chosen)
    value = rows.set_index("id")["amount"]
    summary = (
        f"Congress voted {value['five_acts']:.2f} billion dollars in five acts. {value['cfr_direct']:.0f} of it supports Ukraine, "
        f"{value['cfr_military']:.1f} of that is military; {value['usaid_dbs']:.1f} had gone as cash to the budget by {spoken[rows['id'].eq('usaid_dbs')].item()}. "
        f"The Inspector General counts {value['sig_2024q3']:.0f}, Kiel {value['kiel_us_r30_eur']:.0f} billion euros."
    )
    return style.figure(
        [
            go.Bar(
                x=rows["amount"],
                base=rows["start"],
                y=rows["label"],
                orientation="h",
                marker=dict(
                    **_look(
                        [_US_LOOKS[kind][0] for kind in rows["kind"]], [_US_LOOKS[kind][1] for kind in rows["kind"]]
                    ),
                    line=dict(width=[4 if mark else 0 for mark in marked], color=style.ORANGE),
                ),
                text=[
                    f"{'▶ ' if mark else ''}{text}, {when}"
                    for text, when, mark in zip(amount, short, marked, strict=True)
                ],
                textposition="outside",
                cliponaxis=False,
                customdata=[style.wrapped(f"{text} {note}") for text, note in zip(told, notes, strict=True)],
                hovertemplate="%{customdata}<extra></extra>",
            )
        ],
        title=f"{value['five_acts']:.0f} billion voted, {value['usaid_dbs']:.0f} in cash to the budget: one country, many totals",
        subtitle="US aid because of the war, US$ billion (Kiel: EUR billion); each bar with its date",
        source=words.sources(
            *(data.source_line("us_aid_totals", id=name) for name in rows["id"] if name in set(us_totals["id"]))
        ),
        twin=told[marked.to_numpy().argmax()] if marked.any() else summary,
        table=rows[["label", "amount", "unit", "claimant", "as_of", "definition", "includes", "excludes"]],
        note="Acts (plain) add up from left to right. Parts (dotted) start at nothing; they overlap and must not be added. Crossed: other counts, by other rules. "
        + " ".join(notes[marked]),
        value_axis="x",
        xaxis=dict(range=[0, rows["amount"].max() * 1.5], title_text="billion"),
        yaxis=dict(autorange="reversed", showgrid=False, dtick=1, tickfont_size=14),
        showlegend=False,
        bargap=0.2,
        height=450,
    )


def _told(row, when):
    """What a bar counts, as two sentences."""
    meaning = re.sub(r" \(oig[^)]*\)", "", str(row["definition"])).replace("OAR", "Operation Atlantic Resolve")
    unit = "euros" if row["unit"].startswith("EUR") else "dollars"
    holds = [f"includes {row['includes']}"] if pd.notna(row["includes"]) else []
    holds += [f"leaves out {row['excludes']}"] if pd.notna(row["excludes"]) else []
    said = f"{row['label']}: {round(row['amount'], 2):g} billion {unit}, {when}, by {row['claimant']}; on its label: {meaning}."
    return said + (f" It {'; it '.join(holds)}." if holds else "")


def aid_gap(months, kind="total", step="year"):
    """Stacked bars by group of donors and year or half-year, with the average of 2022 to 2024 as a line."""
    table = measures.aid_by_year(months, kind, step)
    gap = measures.aid_gap(months, kind)
    usual = gap["before"] * (1 if step == "year" else 0.5)
    widest = measures.aid_by_year(months, "total", step)["total"].max()
    traces = [
        go.Bar(
            x=table["at"],
            y=table[group],
            name=group,
            marker=_look(*_GROUPS[group]),
            width=0.62 if step == "year" else 0.36,
            customdata=table[["period", "months"]],
            hovertemplate=f"<b>%{{customdata[0]}}</b><br>{group}: %{{y:.1f}} billion euros<br>%{{customdata[1]}} months<extra></extra>",
        )
        for group in measures.AID_GROUPS
    ]
    edges = [table["at"].min() - 0.5, table["at"].max() + 0.5]
    traces.append(
        go.Scatter(
            x=edges,
            y=[usual, usual],
            mode="lines",
            line=dict(color=style.GREY, width=2, dash="dash"),
            name=f"average of 2022 to 2024: {usual:.1f}",
            hovertemplate=f"average of 2022 to 2024: {usual:.1f} billion euros a {step}<extra></extra>",
        )
    )
    part = table[~table["full"]]
    what = _KIND[kind]
    years = sorted({int(at) for at in table["at"]})
    in_2025 = table[table["at"].between(2025, 2025.99)]
    halves = "" if step == "year" else f" ({' and '.join(f'{total:.1f}' for total in in_2025['total'])} in its halves)"
    title = (
        f"2025: {what} at {gap['reached']:.0f}% of the average of 2022 to 2024"
        if step == "year"
        else f"2025: {words.named(f'{total:.1f}' for total in in_2025['total'])} billion euros in its halves, {what}"
    )
    return style.figure(
        traces,
        title=title,
        subtitle=f"{what[0].upper() + what[1:]} allocated to Ukraine, EUR billion a {step}; January 2022 to {_month(pd.Timestamp(months['month'].max()))}",
        source=_months_source(),
        twin=f"{what[0].upper() + what[1:]}: all donors allocated {gap['before']:.1f} billion euros a year from 2022 to 2024 and {gap['after']:.1f} in 2025{halves}. The United States went from {gap['us_before']:.1f} to {gap['us_after']:.1f}, Europe from {gap['europe_before']:.1f} to {gap['europe_after']:.1f}: it made up {gap['replaced']:.0f}% of what the United States no longer gave.",
        table=table[["period", "months", *measures.AID_GROUPS, "total"]],
        note="Europe: EU members and institutions, United Kingdom, Norway, Switzerland, Iceland. October 2024 (US) and some of Europe's months of 2025 hold loans to be repaid from the proceeds of frozen Russian assets.",
        barmode="stack",
        legend_traceorder="normal",
        xaxis=dict(
            range=edges,
            tickvals=years if step == "year" else [year + 0.5 for year in years],
            ticktext=[str(year) for year in years],
            showgrid=False,
        ),
        yaxis=dict(range=[0, widest * (1.28 if step == "year" else 1.08)], title_text="EUR billion"),
        annotations=[
            dict(x=row["at"], y=row["total"], yanchor="bottom", text=f"{row['months']} months", showarrow=False)
            for _, row in part.iterrows()
        ],
        height=420,
    )


def aid_months(months, countries, donor="all", colour="type", view="month"):
    """Aid month by month as stacked bars, or added up since January 2022 as stacked areas.

    `donor`: "all", a group of donors or an ISO code; `colour`: "type" of aid or "group" of donors;
    `view`: "month" or "sum". Known breaks and outliers of the table carry a letter and a note.
    """
    rows = measures.of_donor(months, donor)
    by_type = colour == "type"
    looks = _TYPES if by_type else _GROUPS
    every = months.assign(**{kind: months[kind].where(months.index.isin(rows.index)) for kind in _TYPES})
    table = measures.monthly_by_type(every) if by_type else measures.monthly_aid(every)
    names = [name for name in looks if table[name].sum() > 0]
    if view == "sum":
        table[list(looks)] = table[list(looks)].cumsum()
    total = table[list(looks)].sum(axis=1)
    name = {"all": "All donors"} | dict(zip(countries["iso3"], countries["name"], strict=True))
    who = name.get(donor, donor)
    traces = []
    for part in names:
        shade, pattern = looks[part]
        common = dict(
            x=table["month"],
            y=table[part],
            name=part,
            hovertemplate=f"<b>%{{x|%B %Y}}</b><br>{part}: %{{y:.2f}} billion euros<extra></extra>",
        )
        traces.append(
            go.Bar(**common, marker=_look(shade, pattern))
            if view == "month"
            else go.Scatter(
                **common,
                mode="lines",
                stackgroup="one",
                line=dict(color=shade, width=2),
                fillpattern=dict(shape=pattern or "", fgcolor=shade),
            )
        )
    notes = _notable(rows, donor == "all")
    marked = table["month"].isin(notes.index)
    letters = dict(zip(notes.index, "abcdefgh"))
    if marked.any():
        traces.append(
            go.Scatter(
                x=table["month"][marked],
                y=total[marked],
                mode="markers+text",
                marker=dict(symbol="diamond-open", size=9, color=style.GREY, line_width=2),
                text=[letters[month] for month in table["month"][marked]],
                textposition="top center",
                cliponaxis=False,
                customdata=[style.wrapped(notes[month]) for month in table["month"][marked]],
                hovertemplate="<b>%{x|%B %Y}</b><br>%{customdata}<extra></extra>",
                name="see note",
            )
        )
    grand = total.iloc[-1] if view == "sum" else total.sum()
    peak = total.idxmax()
    quiet = int((total == 0).sum()) if view == "month" else int((total.diff().fillna(total) == 0).sum())
    last = _month(table["month"].iloc[-1])
    title = (
        f"{who}: {grand:,.1f} billion euros by {last}"
        if view == "sum"
        else f"{who}: most in {_month(table['month'][peak])}, {total[peak]:,.1f} billion euros"
    )
    return style.figure(
        traces,
        title=title,
        subtitle=f"Aid allocated to Ukraine, EUR billion{' a month' if view == 'month' else ', added up since January 2022'}, to {last}",
        source=_months_source(),
        twin=f"{who} allocated {grand:,.1f} billion euros from January 2022 to {last}, in {len(table) - quiet} of {len(table)} months: "
        + words.named(f"{part} {(table[part].iloc[-1] if view == 'sum' else table[part].sum()):,.1f}" for part in names)
        + ".",
        table=table.assign(month=table["month"].dt.strftime("%Y-%m")),
        note="A month without a bar: nothing was recorded, so it counts as zero. The scale follows the donor. "
        + " ".join(f"{letters[month]} {_month(month)}: {text}" for month, text in notes.items()),
        barmode="stack",
        legend_traceorder="normal",
        bargap=0.1,
        xaxis=dict(
            type="date",
            range=[
                table["month"].iloc[0] - pd.Timedelta(days=20),
                table["month"].iloc[-1] + pd.Timedelta(days=25),
            ],
            dtick="M12",
            tickformat="%Y",
            hoverformat="%B %Y",
        ),
        yaxis=dict(range=[0, max(total.max(), 0.001) * 1.15], title_text="EUR billion"),
        height=400,
    )


def _notable(rows, with_breaks):
    """The notes of datapackage.json on these rows' months, oldest first; breaks of the whole table only for all donors."""
    entries = data.remarks("aid_by_month", "outliers")
    entries = entries[entries["iso3"].isin(rows["iso3"])]
    if with_breaks:
        entries = pd.concat([entries, data.remarks("aid_by_month", "breaks")])
    entries = entries.assign(month=pd.to_datetime(entries["month"]))
    return entries.groupby("month")["note"].agg(lambda notes: " ".join(dict.fromkeys(notes)))


_TILES = {
    measures.GIVES: (style.BLUE, "circle"),
    "below your line": (style.ORANGE, "diamond-open"),
    measures.ZERO: (style.ORANGE, "square-open"),
    measures.UNTRACKED: (style.GREY, "x"),
}


def military_givers(aid, release, least=0, untracked="leave out"):
    """One tile an ally: gives military aid, gives less than `least` million euros, gives nothing, or not tracked."""
    count, of = measures.count_givers(aid, least, untracked)
    status = aid["status"].mask(aid["status"].eq(measures.GIVES) & aid["military"].lt(least / 1000), "below your line")
    wide = 6
    tiles = aid.assign(status=status, across=aid.index % wide, down=aid.index // wide)
    traces = []
    for name, (colour, shape) in _TILES.items():
        part = tiles[tiles["status"] == name]
        said = [f"{1000 * value:,.0f} million euros" if value == value else "no figure" for value in part["military"]]
        traces.append(
            go.Scatter(
                x=part["across"],
                y=part["down"],
                mode="markers+text",
                text=part["iso3"],
                textposition="bottom center",
                textfont_size=14,
                cliponaxis=False,
                marker=dict(color=colour, symbol=shape, size=20, line_width=3 if shape.endswith("open") else 0),
                customdata=list(zip(part["country"], said)),
                hovertemplate=f"<b>%{{customdata[0]}}</b><br>military aid: %{{customdata[1]}}<br>{name}<extra></extra>",
                name=f"{name}: {len(part)}",
            )
        )
    line = "military aid" if not least else f"military aid of {least:,.0f} million euros or more"
    how = {
        "leave out": "untracked allies left out",
        "not giving": "untracked allies counted as not giving",
        "giving": "untracked allies counted as giving",
    }[untracked]
    lists = {
        name: words.named(tiles.loc[tiles["status"] == name, "country"])
        for name in (measures.ZERO, measures.UNTRACKED, "below your line")
    }
    return style.figure(
        traces,
        title=f"{count} of {of} allies give {line}",
        subtitle=f"Military aid to Ukraine by ally, largest first; Kiel release {release[1:]}; {how}",
        source=_source(release),
        twin=f"{count} of {of} allies give {line} ({how}). Zero: {lists[measures.ZERO]}; not tracked by Kiel: {lists[measures.UNTRACKED]}."
        + (f" Below your line: {lists['below your line']}." if least else ""),
        table=tiles.assign(million_euros=1000 * tiles["military"])[["country", "million_euros", "status"]],
        note="Zero is a figure: someone looked and found nothing. Not tracked is no figure: nobody looked.",
        xaxis=dict(visible=False, range=[-0.6, wide - 0.4]),
        yaxis=dict(visible=False, range=[(len(tiles) - 1) // wide + 0.7, -0.5]),
        height=430,
    )


def military_givers_by_month(months, members):
    """Bars: allies that gave military aid in a month; steps: those that had given any so far, and all allies."""
    table = measures.military_givers_by_month(months, members)
    first, last = table.iloc[0], table.iloc[-1]
    steps = dict(mode="lines", line_shape="hv")
    return style.figure(
        [
            go.Bar(
                x=table["month"],
                y=table["in_month"],
                name="gave in that month",
                marker=_look(style.BLUE, ""),
                hovertemplate="<b>%{x|%B %Y}</b><br>%{y} allies gave military aid in that month<extra></extra>",
            ),
            go.Scatter(
                x=table["month"],
                y=table["so_far"],
                name="have given so far",
                line=dict(color=style.ORANGE, width=3),
                hovertemplate="<b>%{x|%B %Y}</b><br>%{y} allies had given by then<extra></extra>",
                **steps,
            ),
            go.Scatter(
                x=table["month"],
                y=table["allies"],
                name="allies",
                line=dict(color=style.GREY, width=2, dash="dot"),
                hovertemplate="<b>%{x|%B %Y}</b><br>%{y} allies<extra></extra>",
                **steps,
            ),
        ],
        title=f"From {first['so_far']} allies in {_month(first['month'])} to {last['so_far']} by {_month(last['month'])}",
        subtitle="Allies with military aid for Ukraine, number by month; Kiel counts from 24 January 2022",
        source=_months_source(),
        twin=f"Allies with military aid so far: {first['so_far']} of {first['allies']} in {_month(first['month'])}, {table['so_far'].iloc[1]} in {_month(table['month'].iloc[1])}, {last['so_far']} of {last['allies']} by {_month(last['month'])}. Before January 2022 the tracker counts nothing: the grey field is unknown, not zero.",
        table=table.assign(month=table["month"].dt.strftime("%Y-%m")),
        note="A state counts from the month of its accession to NATO. Albania, Montenegro and North Macedonia are allies that Kiel does not track.",
        bargap=0.15,
        xaxis=dict(
            type="date",
            range=["2021-06-15", table["month"].iloc[-1] + pd.Timedelta(days=25)],
            dtick="M12",
            tickformat="%Y",
        ),
        yaxis=dict(range=[0, table["allies"].max() * 1.08], title_text="allies"),
        shapes=[
            dict(
                type="rect",
                x0="2021-06-15",
                x1="2021-12-15",
                yref="paper",
                y0=0,
                y1=1,
                fillcolor=style.FAINT,
                line_width=0,
            )
        ],
        annotations=[dict(x="2021-09-15", yref="paper", y=0.5, text="not counted", textangle=-90, showarrow=False)],
        height=380,
    )


def aid_and_events(months, events, category, kind="total"):
    """Two tracks: aid by month below, dated events of one category above."""
    table = measures.monthly_aid(months, kind)
    total = table[measures.AID_GROUPS].sum(axis=1)
    chosen = measures.events_beside(events, months, category)
    top = total.max()
    levels = [top * (1.1 + 0.11 * (place % 5)) for place in range(len(chosen))]
    said = [
        style.wrapped(f"{row['date'].day} {_month(row['date'])}: {row['title']}. {row['description']}")
        for _, row in chosen.iterrows()
    ]
    what = _KIND[kind]
    months_of = chosen["date"].dt.to_period("M").dt.to_timestamp()
    beside = total[table["month"].isin(months_of)].mean() if len(chosen) else float("nan")
    rest = total[~table["month"].isin(months_of)].mean()
    return style.figure(
        [
            go.Bar(
                x=table["month"],
                y=total,
                name=f"{what}, EUR billion a month",
                marker=_look(style.BLUE, ""),
                hovertemplate=f"<b>%{{x|%B %Y}}</b><br>{what}: %{{y:.1f}} billion euros<extra></extra>",
            ),
            go.Scatter(
                x=chosen["date"],
                y=levels,
                mode="markers+text",
                text=[str(number) for number in range(1, len(chosen) + 1)],
                textposition="middle right",
                textfont_size=14,
                cliponaxis=False,
                marker=dict(color=style.ORANGE, symbol="diamond", size=11),
                customdata=said,
                hovertemplate="%{customdata}<extra></extra>",
                name="events, numbered in the table",
            ),
        ],
        title=f"Two tracks: {what} by month, and {len(chosen)} events ({category})",
        subtitle=f"Bars: {what}, EUR billion a month, all donors. Diamonds: events. To {_month(table['month'].iloc[-1])}",
        source=f"{_months_source()}. Events: {chosen['source'].nunique()} sources, named in data/events.csv and data/sources.csv",
        twin=f"Months with one of the {len(chosen)} events had {beside:.1f} billion euros of {what} on average, the other months {rest:.1f}. First: {_titled(chosen.iloc[0])}; last: {_titled(chosen.iloc[-1])}.",
        table=_two_tracks(table["month"], total, chosen),
        note="Side by side is not cause and effect. Events are a selection; open the table to read them.",
        bargap=0.1,
        xaxis=dict(
            type="date",
            range=[table["month"].iloc[0] - pd.Timedelta(days=20), table["month"].iloc[-1] + pd.Timedelta(days=80)],
            dtick="M12",
            tickformat="%Y",
        ),
        yaxis=dict(range=[0, top * 1.65], title_text="EUR billion"),
        height=420,
    )


def _two_tracks(month, amount, events):
    """The months as rows, with the amount and the numbered events of each."""
    told = [
        f"{number}. {_titled(event)}. {event['description']}" for number, (_, event) in enumerate(events.iterrows(), 1)
    ]
    by_month = pd.Series(told, index=events["date"].dt.strftime("%Y-%m")).groupby(level=0).agg(" ".join)
    rows = pd.DataFrame({"month": month.dt.strftime("%Y-%m"), "billion_euros": amount})
    return rows.assign(events=rows["month"].map(by_month).fillna(""))


def _titled(event):
    return f"{event['title']} ({event['date'].day} {_month(event['date'])})"


def weapons(table, countries, category, release, preview=False):
    """Bars: units of one kind of weapon that each donor has allocated; hollow diamonds: an unpublished preview."""
    rows = measures.allocated_weapons(table, countries, category, release)
    newer = measures.allocated_weapons(table, countries, category, "R31-preview")
    notes = data.remarks_for(
        "aid_weapons", table[table["release"].eq(release) & table["category"].eq(category)], "units"
    )
    notes.index = table.loc[notes.index, "iso3"]
    hover = [
        style.wrapped(f"{models}. {notes.get(iso, '')}".strip())
        for iso, models in zip(rows["iso3"], rows["models"], strict=True)
    ]
    traces = [
        go.Bar(
            x=rows["units"],
            y=rows["donor"],
            orientation="h",
            marker=_look(style.BLUE, ""),
            text=rows["units"],
            textposition="outside",
            cliponaxis=False,
            customdata=hover,
            hovertemplate="<b>%{y}</b><br>%{x} allocated<br>%{customdata}<extra></extra>",
            name=f"allocated, release {release[1:]}",
        )
    ]
    if preview and len(newer):
        traces.append(
            go.Scatter(
                x=newer["units"],
                y=newer["donor"],
                mode="markers",
                marker=dict(symbol="diamond-open", size=13, color=style.ORANGE, line_width=3),
                name="unpublished preview",
                hovertemplate="<b>%{y}</b><br>%{x} in the unpublished preview<extra></extra>",
            )
        )
    counted = rows[["donor", "units", "models"]]
    if preview and len(newer):
        units = newer[["donor", "units"]].rename(columns={"units": "units_in_the_preview"})
        counted = counted.merge(units, on="donor", how="outer").sort_values("units", ascending=False)
    most = rows.iloc[0]
    name = _WEAPONS[category]
    order = list(dict.fromkeys([*rows["donor"], *(newer["donor"] if preview else [])]))
    revised = words.named(f"{row['donor']} {row['units']}" for _, row in newer.iterrows())
    return style.figure(
        traces,
        title=f"{rows['units'].sum():,} {name} allocated by {len(rows)} donors",
        subtitle=f"Units allocated to Ukraine by donor; release {release[1:]}, to {_day(table.loc[table['release'].eq(release), 'as_of'].iloc[0].strftime('%Y-%m-%d'))}",
        source=data.source_line("aid_weapons", release=release),
        twin=f"{len(rows)} donors have allocated {rows['units'].sum():,} {name}, {most['donor']} most ({most['units']})."
        + (f" An unpublished preview of the next release changes: {revised}." if preview and len(newer) else ""),
        table=counted,
        note="Allocated is not delivered, and a unit is not a unit: models differ in age, size and worth."
        + (
            _remark("aid_weapons", "release", "R31-preview")
            if preview and category in ("Howitzers", "Air defence")
            else ""
        ),
        value_axis="x",
        xaxis=dict(range=[0, most["units"] * 1.2], title_text="units"),
        yaxis=dict(
            autorange="reversed",
            categoryorder="array",
            categoryarray=order,
            showgrid=False,
            dtick=1,
            tickfont_size=14,
        ),
        height=450,
    )


_WEAPONS = {
    "Tanks": "tanks",
    "Howitzers": "howitzers",
    "MLRS": "rocket launchers",
    "IFV": "infantry fighting vehicles",
    "Air defence": "air defence systems",
}


def pledged_and_delivered(table):
    """Bars: what part of the units pledged by all donors had been delivered, by weapon system."""
    rows = measures.pledged_and_delivered(table)
    known, blank = rows[rows["share"].notna()], rows[rows["share"].isna()]
    release = "R28"
    day = table.loc[table["release"].eq(release), "as_of"].iloc[0]
    return style.figure(
        [
            go.Bar(
                x=known["share"],
                y=known["models"],
                orientation="h",
                marker=_look(style.BLUE, ""),
                text=[f"{got:,.0f} of {all_:,.0f}" for got, all_ in zip(known["delivered"], known["pledged"])],
                textposition="outside",
                cliponaxis=False,
                hovertemplate="<b>%{y}</b><br>%{text} delivered, at least<br>%{x:.0f}%<extra></extra>",
            ),
            go.Scatter(
                x=[0] * len(blank),
                y=blank["models"],
                mode="markers+text",
                marker=dict(symbol="x-thin", size=10, line=dict(width=2, color=style.GREY)),
                text=[f"  ? of {units:,.0f}" for units in blank["pledged"]],
                textposition="middle right",
                cliponaxis=False,
                hoverinfo="skip",
            ),
        ],
        title=f"Delivered so far: from {known['share'].min():.0f}% to {known['share'].max():.0f}% of what was pledged",
        subtitle=f"Units delivered, % of units pledged, all donors; release {release[1:]}, to {_day(day.strftime('%Y-%m-%d'))}",
        source=data.source_line("aid_weapons", release=release),
        twin=f"Most complete is the {known['models'].iloc[0]} ({known['share'].iloc[0]:.0f}% delivered), least the {known['models'].iloc[-1]} ({known['share'].iloc[-1]:.0f}%). No count of deliveries: {words.named(blank['models'])}.",
        table=rows,
        note="Deliveries are a lower bound: where the tracker has a blank, nothing was added.",
        value_axis="x",
        xaxis=dict(range=[0, 160], tickvals=[0, 50, 100], ticksuffix="%"),
        yaxis=dict(categoryorder="array", categoryarray=list(rows["models"])[::-1], showgrid=False, dtick=1),
        showlegend=False,
        height=390,
    )


def revised_aid(donors, months, countries, release, kind="total"):
    """Bars: how the newest release changed what an older one said of the same months, donor by donor."""
    table = measures.revised_aid(donors, months, countries, release, kind)
    newest = max(donors["release"])
    top = table.head(10).sort_values("change")
    widest = 1.3 * max(
        measures.revised_aid(donors, months, countries, older)["change"].abs().max()
        for older in donors["release"].unique()
    )
    then, now = table["then"].sum(), table["now"].sum()
    up, down = top[top["change"] >= 0], top[top["change"] < 0]
    end = donors.loc[donors["release"] == release, "period_end"].iloc[0]
    what = _KIND[kind]
    most = table.iloc[0]
    known = donors[donors["release"].eq(release)]
    notes = " ".join(
        dict.fromkeys(note for note in data.remarks_for("aid_by_donor", known, "period_end").to_list() if note)
    )
    traces = [
        go.Bar(
            x=part["change"],
            y=part["donor"],
            orientation="h",
            marker=_look(*look),
            name=name,
            text=part["change"].map("{:+.2f}".format).str.replace("-", "−"),
            textposition="outside",
            cliponaxis=False,
            customdata=part[["then", "now"]],
            hovertemplate="<b>%{y}</b><br>then %{customdata[0]:.2f}, now %{customdata[1]:.2f} billion euros<extra></extra>",
        )
        for part, look, name in (
            (up, (style.BLUE, ""), "revised up"),
            (down, (style.ORANGE, "/"), "revised down"),
        )
    ]
    return style.figure(
        traces,
        title=f"The same months, counted again: {then:.1f} became {now:.1f} billion euros",
        subtitle=f"Change of {what}, January 2022 to {_month(end)}, EUR billion; ten largest changes from release {release[1:]} to {newest[1:]}",
        source=words.sources(_source(release), _months_source()),
        twin=f"For the months to {_month(end)}, release {release[1:]} counted {then:.1f} billion euros of {what}, release {newest[1:]} counts {now:.1f} ({100 * (now / then - 1):+.1f}%). Largest change: {most['donor']}, from {most['then']:.2f} to {most['now']:.2f}.",
        table=table[["donor", "then", "now", "change"]],
        note="Both counts cover the same months: the difference is correction, not new aid. " + notes,
        value_axis="x",
        barmode="overlay",
        xaxis=dict(range=[-widest, widest], title_text="EUR billion", zeroline=True, zerolinecolor=style.GREY),
        yaxis=dict(categoryorder="array", categoryarray=list(top["donor"]), showgrid=False, dtick=1, tickfont_size=14),
        height=420,
    )
