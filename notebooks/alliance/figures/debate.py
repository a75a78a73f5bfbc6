"""Charts of sentences and reasons: what can be checked, who says what, what both sides argue."""

import textwrap

import pandas as pd
import plotly.graph_objects as go

from .. import claims, data, measures, words
from . import style
from .ledger import ledger_line, readings

LEDGER = ledger_line("July 2026")

_ARGUMENTS = "Source: the arguments table of this course, gathered from the five articles of 2024 and 2025"
_OURS = "Which sentences count as claims is our choice; another choice gives other bars."


def _said(verdict):
    return verdict.replace("-", " ")


def _labels(article=None):
    names = data.load("articles").set_index("id")["label"]
    return names if article is None else names[article]


def _signed(value):
    """+3, 0 or −2, with a minus sign that is as wide as the plus."""
    return f"{value:+d}".replace("-", "−") if value else "0"


def sentence_sorts(ledger):
    """Bars: how many of the claims are statements of fact, forecasts, opinions."""
    sorts = measures.sentence_sorts(ledger)
    later = sorts[sorts["sort"] != "statement of fact"]
    return style.figure(
        [
            go.Bar(
                x=sorts["share"],
                y=sorts["sort"],
                orientation="h",
                marker=dict(color=[style.BLUE, style.ORANGE, style.PURPLE], pattern_shape=["", "/", "."]),
                text=[f"{count} ({share:.0f}%)" for count, share in zip(sorts["claims"], sorts["share"], strict=True)],
                textposition="outside",
                hovertemplate="<b>%{y}</b><br>%{text} of all claims<extra></extra>",
            )
        ],
        title=f"{later['share'].sum():.0f} of 100 claims are forecasts or opinions",
        subtitle=f"Claims of the five articles by what they say; % of {len(ledger)} claims",
        source=LEDGER,
        twin="Of the claims we found in the five articles, "
        + words.named(f"{row['claims']} are {_plural(row['sort'])}" for _, row in sorts.iterrows())
        + ".",
        table=sorts,
        note=f"A statement of fact can be true or false. {_OURS}",
        value_axis="x",
        xaxis=dict(range=[0, 100], ticksuffix="%"),
        yaxis=dict(autorange="reversed", showgrid=False),
        height=250,
        showlegend=False,
    )


def _plural(sort):
    return {"statement of fact": "statements of fact", "forecast": "forecasts", "opinion": "opinions"}[sort]


def readings_of_claim(ledger, claim):
    """Dots: the verdict on one claim of the ledger under each reading of it, without what was found."""
    row = ledger.set_index("id").loc[claim]
    verdicts = {}
    for reading, verdict in row["readings"]:
        verdicts.setdefault(_said(verdict), []).append(f"“{reading}”")
    drawn = readings(row, claim, "July 2026")
    sentence = textwrap.shorten(row["claim"], 105, placeholder=" …")
    drawn.update_layout(title_subtitle_text=style.plain(f"“{sentence}” ({claim}, {_labels(row['article'])})"))
    said = "; ".join(f"read as {words.named(kind)}, the sentence is {verdict}" for verdict, kind in verdicts.items())
    drawn.twin = f"R{said[1:]}. As it stands, the ledger calls it {_said(row['verdict'])}."
    drawn.note = row["turns"]
    return drawn


def verdict_bars(ledger, article="all", unit="count"):
    """Bars: how many claims of one article (or of all) have each verdict; `unit` is count or share (%)."""
    counts = measures.verdicts_by_article(ledger, claims.VERDICTS)
    every = counts.sum()
    rows = every if article == "all" else counts.loc[article]
    total, overall = rows.sum(), every.sum()
    share, share_all = 100 * rows / total, 100 * every / overall
    shown = rows if unit == "count" else share
    ceiling = every.max() * 1.22 if unit == "count" else 100 * (counts.T / counts.sum(axis=1)).max().max() * 1.22
    names = [f"{_said(verdict)} {claims.MARKS[verdict]}" for verdict in rows.index]
    whose = "the five articles" if article == "all" else _labels(article)
    compared = unit == "share" and article != "all"
    ends = shown.where(shown >= share_all, share_all) if compared else shown
    traces = [
        go.Bar(
            x=shown,
            y=names,
            orientation="h",
            marker=dict(
                color=[style.ORANGE if verdict == "contradicted" else style.BLUE for verdict in rows.index],
                pattern_shape=["/" if verdict == "contradicted" else "" for verdict in rows.index],
            ),
            customdata=list(zip(rows, share, map(claims.VERDICTS.get, rows.index), strict=True)),
            name=str(whose),
            hovertemplate="<b>%{y}</b><br>%{customdata[0]} claims, %{customdata[1]:.0f}%<br>%{customdata[2]}<extra></extra>",
        ),
        go.Scatter(
            x=ends,
            y=names,
            mode="text",
            text=[f" {value:.0f}{'' if unit == 'count' else '%'}" for value in shown],
            textposition="middle right",
            textfont_size=14,
            hoverinfo="skip",
            showlegend=False,
        ),
    ]
    if compared:
        traces.append(
            go.Scatter(
                x=share_all,
                y=names,
                mode="markers",
                marker=dict(symbol="line-ns", size=22, line=dict(width=4, color=style.GREY)),
                name="all five articles",
                hovertemplate="<b>%{y}</b><br>all five articles: %{x:.0f}%<extra></extra>",
            )
        )
    middle = total - rows["supported"] - rows["contradicted"]
    return style.figure(
        traces,
        title=f"{rows['contradicted']} of {total} claims are plainly contradicted"
        if article == "all"
        else f"{whose}: {rows['contradicted']} of {total} claims contradicted",
        subtitle="Claims by verdict, "
        + ("number of claims" if unit == "count" else f"% of the {total} claims of {whose}"),
        source=LEDGER,
        twin=f"Of {total} claims in {whose}, {rows['supported']} are supported and {rows['contradicted']} contradicted; {middle} ({100 * middle / total:.0f}%) lie between or cannot be checked.",
        table=pd.DataFrame(
            {
                "verdict": [_said(verdict) for verdict in rows.index],
                "claims": rows.to_numpy(),
                "share": share.to_numpy(),
                "share_of_all_five": share_all.to_numpy(),
            }
        ),
        note=_OURS,
        value_axis="x",
        xaxis=dict(range=[0, ceiling], ticksuffix="" if unit == "count" else "%"),
        yaxis=dict(autorange="reversed", showgrid=False),
        height=400,
        showlegend=compared,
    )


def verdict_by_article(ledger, verdict="contradicted", unit="count"):
    """Bars: in each article, how many of its claims (or what share, %) have one verdict."""
    counts = measures.verdicts_by_article(ledger, claims.VERDICTS)
    total, shares = counts.sum(axis=1), 100 * counts.div(counts.sum(axis=1), axis=0)
    rows, shown = counts[verdict], (counts if unit == "count" else shares)[verdict]
    names = [f"{style.wrapped(_labels(article), 15)} ({article})" for article in rows.index]
    most, highest = rows.idxmax(), shares[verdict].idxmax()
    word = _said(verdict)
    return style.figure(
        [
            go.Bar(
                x=shown,
                y=names,
                orientation="h",
                marker_color=style.BLUE,
                text=[f"{value:.0f}{'' if unit == 'count' else '%'}" for value in shown],
                textposition="outside",
                cliponaxis=False,
                customdata=list(zip(rows, total, strict=True)),
                hovertemplate="<b>%{y}</b><br>" + word + ": %{customdata[0]} of %{customdata[1]} claims<extra></extra>",
            )
        ],
        title=f"Most claims “{word}”: {_labels(most)}; largest share: {_labels(highest)}"
        if rows.max()
        else f"No article has a claim that is {word}",
        subtitle=f"Claims with the verdict “{word}”, " + ("number" if unit == "count" else "% of the article's claims"),
        source=LEDGER,
        twin=f"“{word.capitalize()}”: "
        + words.named(
            f"{count} of {whole} claims in {_labels(a)}"
            for a, count, whole in zip(rows.index, rows, total, strict=True)
        )
        + ".",
        table=pd.DataFrame(
            {
                "article": _labels()[rows.index].to_list(),
                "claims": rows.to_numpy(),
                "of_all": total.to_numpy(),
                "share": shares[verdict].to_numpy(),
            }
        ),
        note=f"The articles differ in length, and the longest has most claims of every kind. {_OURS}",
        value_axis="x",
        xaxis=dict(
            range=[0, (counts if unit == "count" else shares).max().max() * 1.3],
            ticksuffix="" if unit == "count" else "%",
        ),
        yaxis=dict(autorange="reversed", showgrid=False),
        height=330,
        showlegend=False,
    )


def reasons_why_not(reasons):
    """Heat map: which article gives which reason why Ukraine is not in NATO, in how many claims."""
    articles = [column for column in reasons.columns if column in set(_labels().index)]
    first = reasons.iloc[0]
    cells = reasons[articles].to_numpy()
    who, labels = style.plain(reasons["who_could_remove_it"]), list(_labels()[articles])
    return style.figure(
        [
            go.Heatmap(
                z=cells,
                x=articles,
                y=[style.wrapped(reason, 24) for reason in reasons["reason"]],
                text=[[str(cell) if cell else "" for cell in row] for row in cells],
                texttemplate="%{text}",
                textfont=dict(size=16, color="#14181C"),
                customdata=[[[name, label] for label in labels] for name in who],
                colorscale=[[0, "rgba(116, 120, 125, 0.08)"], [0.001, "#9CCDF9"], [1, "#2E9BF5"]],
                zmin=0,
                xgap=3,
                ygap=3,
                showscale=False,
                hovertemplate="<b>%{y}</b><br>%{customdata[1]}<br>claims that give it: %{z}<br>who could remove it: %{customdata[0]}<extra></extra>",
            )
        ],
        title=f"Given by {first['articles']} of {len(articles)} articles: “{first['reason']}”",
        subtitle="Reasons why Ukraine is not in NATO; number of claims that give the reason (empty: none)",
        source=LEDGER,
        twin=f"Most articles, {first['articles']} of {len(articles)}, give “{first['reason']}”; next come "
        + words.named(f"“{row['reason']}” ({row['articles']})" for _, row in reasons.iloc[1:4].iterrows())
        + f". “{reasons.iloc[-1]['reason']}” stands in {reasons.iloc[-1]['articles']} article.",
        table=reasons.drop(columns=["claims", "articles"]),
        note=f"{'; '.join(f'{article}: {label}' for article, label in zip(articles, labels, strict=True))}. The sorting under reasons is ours. How often a reason is given does not say how much it weighs.",
        xaxis=dict(side="top", showgrid=False, ticks="", tickangle=0, tickfont_size=16),
        yaxis=dict(autorange="reversed", showgrid=False),
        height=440,
    )


def weighed_subjects(leanings):
    """Bars to both sides: how a learner weighs the two cases, subject by subject, from -5 (against) to 5 (for)."""
    subjects, values = list(leanings), list(leanings.values())
    pro, contra = [sum(value > 0 for value in values), sum(value < 0 for value in values)]
    total = sum(values)
    leans = "are even" if total == 0 else f"lean {abs(total)} towards the case {'for' if total > 0 else 'against'}"
    turning = [s for s, value in leanings.items() if total * (total - value) <= 0 < abs(value)]
    colours = [style.BLUE if value > 0 else style.PURPLE if value else style.GREY for value in values]
    names = [style.wrapped(subject, 14) for subject in subjects]
    return style.figure(
        [
            go.Bar(
                x=values,
                y=names,
                orientation="h",
                marker=dict(color=colours, pattern_shape=["" if value >= 0 else "/" for value in values]),
                hovertemplate="<b>%{y}</b><br>your weight: %{x}<extra></extra>",
            ),
            go.Scatter(
                x=values,
                y=names,
                mode="markers+text",
                marker=dict(size=14, color=colours, symbol=["circle" if value >= 0 else "diamond" for value in values]),
                text=[_signed(value) for value in values],
                textposition=["middle left" if value < 0 else "middle right" for value in values],
                textfont_size=15,
                hoverinfo="skip",
            ),
        ],
        title=f"Your scales {leans}",
        subtitle="Where you find the evidence stronger, 0 to 5 points; to the left against, to the right for",
        source="Source: your own sliders, kept on this computer",
        twin=f"You find the case for stronger on {pro} of {len(values)} subjects, the case against on {contra}. "
        f"Added up, your scales {leans}"
        + (f"; without {words.named(turning)} they would not." if turning and total else "."),
        table=pd.DataFrame({"subject": subjects, "your_weight": values}),
        note="No one scores this. Adding up treats all subjects as equal: are they?",
        value_axis="x",
        xaxis=dict(
            range=[-6, 6],
            tickvals=[-5, 0, 5],
            ticktext=["against", "even", "for"],
            tickangle=0,
            zeroline=True,
            zerolinecolor=style.GREY,
            zerolinewidth=2,
        ),
        yaxis=dict(autorange="reversed", showgrid=False),
        height=270,
        showlegend=False,
    )


def argument_kinds(arguments):
    """Bars: what the reasons of each side rest on: checkable now, forecast, value."""
    kinds = measures.argument_kinds(arguments)
    called = {
        "empirical": "can be checked now",
        "predictive": "a forecast",
        "normative": "a value",
    }
    looks = {"for": (style.BLUE, ""), "against": (style.PURPLE, "/")}
    traces = []
    for side, (colour, pattern) in looks.items():
        rows = kinds[kinds["side"] == side].set_index("kind").reindex(list(called)).fillna(0)
        traces.append(
            go.Bar(
                y=list(called.values()),
                x=rows["share"],
                orientation="h",
                name=f"reasons {side}",
                marker=dict(color=colour, pattern_shape=pattern),
                text=[f"{count:.0f} of {kinds.loc[kinds['side'] == side, 'all'].iloc[0]}" for count in rows["reasons"]],
                textposition="outside",
                hovertemplate=f"<b>reasons {side}: %{{y}}</b><br>%{{text}} (%{{x:.0f}}%)<extra></extra>",
            )
        )
    share = kinds.pivot(index="kind", columns="side", values="share")
    forecast = share.loc["predictive"]
    return style.figure(
        traces,
        title=f"Forecasts carry both sides: {forecast['for']:.0f}% of the reasons for, {forecast['against']:.0f}% of those against",
        subtitle="Reasons for and against membership in the five articles, by what they rest on; % of the side's reasons",
        source=_ARGUMENTS,
        twin=f"{share.loc['empirical', 'for']:.0f}% of the reasons for and {share.loc['empirical', 'against']:.0f}% of the reasons against can be checked now; {forecast['for']:.0f}% and {forecast['against']:.0f}% are forecasts.",
        table=arguments.loc[
            arguments["side"].isin(list(looks)), ["side", "argument", "article", "attributed_to", "kind", "test"]
        ]
        .merge(kinds[["side", "kind", "share"]], on=["side", "kind"])
        .rename(columns={"share": "share_of_side"}),
        note="The sorting is ours: read the table and sort again. More that can be checked does not mean more that is right.",
        value_axis="x",
        xaxis=dict(range=[0, 100], ticksuffix="%"),
        yaxis=dict(autorange="reversed", showgrid=False),
        height=330,
    )


def russias_neighbours(neighbours, event="invaded"):
    """Names in four fields: Russia's land neighbours, allies or not, by what happened to them; `event` is invaded or raised."""
    called = {
        "invaded": ("invaded by Russia since 1991", "not invaded"),
        "raised": ("asked for Article 4 talks because of Russia", "did not ask"),
    }[event]
    chance = measures.chance_all_outside(neighbours)
    traces = []
    for ally, colour, symbol in ((True, style.BLUE, "circle"), (False, style.ORANGE, "diamond")):
        for happened in (True, False):
            part = neighbours[(neighbours["ally"] == ally) & (neighbours[event] == happened)]
            column, row = (0 if ally else 1), (1 if happened else 0)
            traces.append(
                go.Scatter(
                    x=[column + 0.08] * len(part),
                    y=[row + 0.9 - 0.115 * place for place in range(len(part))],
                    mode="markers+text",
                    text=list(style.plain(part["country"])),
                    textposition="middle right",
                    textfont_size=15,
                    marker=dict(size=12, color=colour, symbol=symbol),
                    customdata=[
                        "ally since " + since.strftime("%Y-%m-%d") if ally else "not an ally" for since in part["since"]
                    ],
                    hovertemplate="<b>%{text}</b><br>%{customdata}<br>"
                    + (called[0] if happened else called[1])
                    + "<extra></extra>",
                    showlegend=False,
                )
            )
    struck, allies = neighbours[neighbours[event]], int(neighbours["ally"].sum())
    inside, others = int(struck["ally"].sum()), len(neighbours) - allies
    late = neighbours.loc[neighbours["since"] > "1991", "country"]
    return style.figure(
        traces,
        title=f"{called[0][0].upper()}{called[0][1:]}: {inside} of {allies} allies, {len(struck) - inside} of {others} others",
        subtitle="States with a land border with Russia, as of the newest accession",
        source=words.sources(
            data.source_line("members", iso3="POL"),
            *(
                [
                    data.source_line("events", id=war)
                    for war in ("2008-08-08-russia-georgia-war", "2022-02-24-russia-launches-full-scale")
                ]
                if event == "invaded"
                else [
                    data.source_line("consultations", id="article-4-2022-02-24"),
                    data.source_line("consultations", id="article-4-2025-09-10"),
                ]
            ),
        ),
        twin=f"{called[0][0].upper()}{called[0][1:]}: {inside} of the {allies} allies with a land border with Russia and {len(struck) - inside} of its {others} other neighbours. These are {words.named(struck['country'])}. "
        + (
            f"If lots had drawn {len(struck)} of the {len(neighbours)}, all would be non-allies in {100 * chance:.0f} of 100 draws."
            if event == "invaded"
            else "Only allies can ask for such talks, so the empty field on the right says nothing."
        ),
        table=neighbours.drop(columns="iso3"),
        note=f"{words.named(late)} joined after 1991 and were not invaded before that, either: membership is not all that differs."
        if event == "invaded"
        else "Talks under Article 4 follow a worry, not always an attack: airspace, war next door.",
        xaxis=dict(
            range=[0, 2],
            tickvals=[0.5, 1.5],
            ticktext=["allies", "not allies"],
            tickfont_size=16,
            side="top",
            showgrid=False,
            fixedrange=True,
        ),
        yaxis=dict(
            range=[0, 2],
            tickvals=[0.5, 1.5],
            ticktext=[style.wrapped(called[1], 11), style.wrapped(called[0], 11)],
            showgrid=False,
            fixedrange=True,
        ),
        shapes=[
            dict(type="line", xref="x", yref="y", x0=1, x1=1, y0=0, y1=2, line=dict(color=style.GREY, width=2)),
            dict(type="line", xref="x", yref="y", x0=0, x1=2, y0=1, y1=1, line=dict(color=style.GREY, width=2)),
        ],
        height=420,
    )


def invitation_scenarios(waits, year, count_from="from invitation"):
    """Dots: if an invitation (or a start) came in `year`, when membership would follow by each past wait."""
    rows = waits.dropna(subset=count_from).sort_values(count_from)
    dates = year + rows[count_from]
    first, last = rows.iloc[0], rows.iloc[-1]
    middle = rows[count_from].median()
    start = "an invitation came" if count_from == "from invitation" else "the route began"
    longest = 2040 + waits["from the start of the route"].max()
    return style.figure(
        [
            go.Scatter(
                x=dates,
                y=rows["country"],
                mode="markers",
                marker=dict(size=12, color=style.BLUE),
                customdata=list(zip(rows[count_from], rows["accession_date"].dt.strftime("%Y"), strict=True)),
                hovertemplate="as long as <b>%{y}</b> (joined in %{customdata[1]})<br>%{customdata[0]:.1f} years: %{x:.1f}<extra></extra>",
            )
        ],
        title=f"If {start} at the start of {year}: a member in {int(year + first[count_from])} by the shortest wait, {int(year + last[count_from])} by the longest",
        subtitle=f"Year of membership after the same wait {count_from} as each state that joined since 1999",
        source=data.source_line("members"),
        twin=f"Counted {count_from}, the shortest wait was {first[count_from]:.1f} years ({first['country']}), the longest {last[count_from]:.1f} ({last['country']}), the middle one {middle:.1f}. Starting with {year}, that spans {int(year + first[count_from])} to {int(year + last[count_from])}.",
        table=rows.assign(year_of_membership=dates)[["country", "accession_date", count_from, "year_of_membership"]],
        note="No forecast: none of these states was at war, and nobody knows whether an invitation will come. States without a dated start of their route are left out.",
        value_axis="x",
        xaxis=dict(range=[2025.5, longest + 1 if count_from != "from invitation" else 2043], tickformat="d"),
        yaxis=dict(autorange="reversed", dtick=1),
        height=440,
        showlegend=False,
    )


def who_speaks(speakers):
    """Bars: who is quoted or paraphrased in the five articles, in how many claims."""
    first = speakers.iloc[0]
    return style.figure(
        [
            go.Bar(
                x=speakers["claims"],
                y=speakers["speaker"],
                orientation="h",
                marker_color=style.BLUE,
                text=speakers["claims"],
                textposition="outside",
                hovertemplate="<b>%{y}</b><br>quoted or paraphrased in %{x} claims<extra></extra>",
            )
        ],
        title=f"{len(speakers)} voices, and {first['speaker']} most often",
        subtitle="Whose words the five articles quote or paraphrase; number of claims",
        source=LEDGER,
        twin=f"{len(speakers)} speakers stand behind {speakers['claims'].sum()} claims: {words.named(f'{row.speaker} ({row.claims})' for row in speakers.head(4).itertuples())} lead.",
        table=speakers,
        note="All other claims are in the articles' own voice.",
        value_axis="x",
        xaxis=dict(range=[0, first["claims"] * 1.15]),
        yaxis=dict(autorange="reversed", dtick=1, showgrid=False),
        height=450,
        showlegend=False,
    )


def positions(before, after):
    """Two marks on one scale: what a learner thought before and after, from -5 (disagree) to 5 (agree)."""
    marks = {"before": (before, style.GREY, "circle-open"), "after": (after, style.BLUE, "diamond")}
    step = after["agree"] - before["agree"]
    called = (
        "stayed where you were" if step == 0 else f"moved {abs(step)} {'towards yes' if step > 0 else 'towards no'}"
    )
    surer = after["sure"] - before["sure"]
    return style.figure(
        [
            go.Scatter(
                x=[answer["agree"]],
                y=[moment],
                mode="markers+text",
                text=[f"{_signed(answer['agree'])}, {answer['sure']}% sure"],
                textposition="top center",
                textfont_size=15,
                marker=dict(size=20, color=colour, symbol=symbol, line_width=3),
                hovertemplate=f"<b>{moment}</b>: %{{text}}<extra></extra>",
            )
            for moment, (answer, colour, symbol) in marks.items()
        ],
        title=f"You {called}",
        subtitle="“Allies should invite Ukraine to join NATO”: your own answers",
        source="Source: you; kept on this computer and compared with nobody",
        twin=f"You {called}, and are "
        + (
            "as sure as before."
            if surer == 0
            else f"{abs(surer)} points {'surer' if surer > 0 else 'less sure'} than before."
        ),
        table=pd.DataFrame(
            {
                "moment": list(marks),
                "agree": [before["agree"], after["agree"]],
                "sure": [before["sure"], after["sure"]],
            }
        ),
        note="Moving and staying are both good work, if you can say what moved or kept you.",
        value_axis="x",
        xaxis=dict(
            range=[-6, 6],
            tickvals=[-5, 0, 5],
            ticktext=["no", "undecided", "yes"],
            zeroline=True,
            zerolinecolor=style.GREY,
        ),
        yaxis=dict(categoryorder="array", categoryarray=["after", "before"], range=[-0.5, 1.7], showgrid=False),
        height=250,
        showlegend=False,
    )
