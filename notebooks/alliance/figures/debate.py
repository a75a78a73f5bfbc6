"""Charts of sentences and reasons: what can be checked, who says what, what both sides argue."""

import textwrap
from typing import Literal

import pandas as pd
import plotly.graph_objects as go
from markupsafe import Markup

from .. import data, measures, words
from . import marks, style
from .ledger import ledger_line, readings

_OURS = "Which sentences count as claims is our choice; another choice gives other bars."
_PLURALS = {"statement of fact": "statements of fact", "forecast": "forecasts", "opinion": "opinions"}
_SHADES = [[0, "rgba(116, 120, 125, 0.08)"], [0.001, "#9CCDF9"], [1, "#2E9BF5"]]
_INNER = str.maketrans("“”", "‘’")  # quotation marks inside quotation marks
_FIRST_DOWN = dict(autorange="reversed", showgrid=False)
_CITED = {  # where each view of Russia's neighbours comes from, beside the list of members
    "invaded": ("events", "2008-08-08-russia-georgia-war", "2022-02-24-russia-launches-full-scale"),
    "raised": ("consultations", "article-4-2022-02-24", "article-4-2025-09-10"),
}


# Sentences ----------------------------------------------------------------------------------


def sentence_sorts(sentence_sorts, as_of):
    """Bars: how many of the claims are statements of fact, forecasts, opinions."""
    rows = sentence_sorts.assign(
        end=[f"{row.claims} ({row.share:.0f}%)" for row in sentence_sorts.itertuples()],
    )
    later = rows.loc[rows["sort"] != "statement of fact", "share"].sum()
    counts = words.named(f"{row.claims} are {_PLURALS[row.sort]}" for row in rows.itertuples())
    colours = [style.BLUE, style.ORANGE, style.PURPLE]
    return style.figure(
        [
            marks.bars(
                rows, "share", "sort", lying=True, says="<b>{sort}</b><br>{end} of all claims", text="end",
                marker=dict(color=colours),
            )
        ],
        title=f"{later:.0f} of 100 claims are forecasts or opinions",
        subtitle=f"Claims of the articles by what they say; % of {rows['claims'].sum()} claims",
        source=ledger_line(as_of),
        twin=f"We found {rows['claims'].sum()} claims in the articles. Of these {counts}.",
        table=sentence_sorts,
        note=f"A statement of fact can be true or false. {_OURS}",
        value_axis="x",
        xaxis=dict(range=[0, 100], ticksuffix="%"),
        yaxis=_FIRST_DOWN,
        height=250,
        showlegend=False,
    )  # fmt: skip


def readings_of_claim(ledger, articles, as_of, claim):
    """Dots: the verdict on one claim of the ledger under each reading of it, without what was found."""
    row = ledger.set_index("id").loc[claim]
    verdicts = {}
    for reading, verdict in row["readings"]:
        verdicts.setdefault(words.verdict(verdict), []).append(f"“{reading.translate(_INNER)}”")
    label = articles.set_index("id")["label"][row["article"]]
    sentence = textwrap.shorten(row["claim"], 105, placeholder=" …")
    under = words.named(f"{verdict} in {len(kind)}" for verdict, kind in verdicts.items())
    drawn = readings(row, claim, as_of)
    drawn.update_layout(title_subtitle_text=style.plain(f"“{sentence}” ({claim}, {label})"))
    drawn.twin = f"The sentence can be read in {len(row['readings'])} ways: {under}. As it stands, "
    drawn.twin += f"the ledger calls it {words.verdict(row['verdict'])}."
    drawn.note = row["turns"]
    return drawn


Unit = Literal["count", "share"]


def verdict_bars(verdict_counts, as_of, article="all", unit: Unit = "count"):
    """Bars: how many claims of one article (or of all) have each verdict; `unit` is count or share (%)."""
    counted, compared = unit == "count", unit == "share" and article != "all"
    whose, most, highest = (verdict_counts.attrs[name] for name in ("whose", "most", "highest"))
    rows = verdict_counts.assign(
        name=verdict_counts["words"] + " " + verdict_counts["mark"],
        shown=verdict_counts["claims" if counted else "share"],
        meaning=verdict_counts["meaning"].map(Markup),
    )
    rows = rows.assign(
        end=[_share_words(*pair, compared, counted) for pair in zip(rows["shown"], rows["share_of_all_articles"])],
        place=rows[["shown", "share_of_all_articles"]].max(axis=1) if compared else rows["shown"],
    )
    traces = _verdict_marks(rows, whose) + ([_all_articles(rows)] if compared else [])
    title, twin = _verdict_words(rows, whose, article, counted)
    total = rows["claims"].sum()
    return style.figure(
        traces,
        title=title,
        subtitle=f"Claims by verdict, {'number of claims' if counted else f'% of the {total} claims of {whose}'}",
        source=ledger_line(as_of),
        twin=twin,
        table=pd.DataFrame(
            {"verdict": rows["words"], **{name: rows[name] for name in ("claims", "share", "share_of_all_articles")}}
        ),
        note=_OURS,
        value_axis="x",
        xaxis=dict(range=[0, 1.22 * most if counted else 1.4 * highest], ticksuffix="" if counted else "%"),
        yaxis=_FIRST_DOWN,
        height=400,
        showlegend=compared,
    )  # fmt: skip


def _share_words(value, of_all, compared, counted):
    """What stands at the end of a bar: the number, and of all articles the share that its tick marks."""
    beside = f" (all articles: {of_all:.0f}%)" if compared else ""
    return f" {value:.0f}" if counted else f" {value:.0f}%{beside}"


def _verdict_marks(rows, whose):
    """A bar for each verdict, what contradicts in its own colour, and the number at its end."""
    look = dict(color=[style.ORANGE if verdict == "contradicted" else style.BLUE for verdict in rows["verdict"]])
    says = "<b>{name}</b><br>{claims} claims, {share:.0f}%<br>{meaning}"
    labels = marks.labels(rows, "place", "name", "end", textfont_size=14, cliponaxis=None)
    return [marks.bars(rows, "shown", "name", lying=True, name=whose, says=says, marker=look), labels]


def _all_articles(rows):
    """A tick where the verdict's share of all articles lies; it stands out above and below a bar that covers it."""
    tick = dict(symbol="line-ns", size=30, line=dict(width=4, color=style.GREY))
    says = "<b>{name}</b><br>all articles: {share_of_all_articles:.0f}%"
    drawn = dict(name="all articles", colour=style.GREY, marker=tick)
    return marks.dots(rows, "share_of_all_articles", "name", says=says, **drawn)


def _verdict_words(rows, whose, article, counted):
    claims, total = rows.set_index("verdict")["claims"], rows["claims"].sum()
    middle, against = total - claims["supported"] - claims["contradicted"], claims["contradicted"]
    many = f"{against} of {total}" if counted else f"{100 * against / total:.0f}% of {total}"
    title = f"{whose}: {many} claims contradicted"
    if article == "all":
        title = f"{many} claims are plainly contradicted"
    return title, (
        f"Of {total} claims in {whose}, {claims['supported']} are supported and {claims['contradicted']} contradicted. "
        f"The other {middle} ({100 * middle / total:.0f}%) lie between, or cannot be checked."
    )


def verdict_by_article(verdict_in_articles, as_of, verdict="contradicted", unit: Unit = "count"):
    """Bars: in each article, how many of its claims (or what share, %) have one verdict."""
    counted, word = unit == "count", words.verdict(verdict)
    most, highest = (verdict_in_articles.attrs[name] for name in ("most", "highest"))
    rows = verdict_in_articles.assign(
        name=[f"{style.wrapped(row.article, 15)} ({row.id})" for row in verdict_in_articles.itertuples()],
        shown=verdict_in_articles["claims" if counted else "share"],
    )
    rows = rows.assign(end=rows["shown"].map(("{:.0f}" if counted else "{:.0f}%").format))
    says = f"<b>{{name}}</b><br>{word}: {{claims}} of {{of_all}} claims"
    bars = marks.bars(
        rows, "shown", "name", lying=True, says=says, text="end", cliponaxis=False, marker=dict(color=style.BLUE)
    )
    title = f"No article has a claim that is {word}"
    if rows["claims"].max():
        first, larger = (rows.loc[rows[column].idxmax(), "article"] for column in ("claims", "share"))
        title = f"“{word}”: most in {first}, largest share in {larger}"
        if first == larger:
            title = f"“{word}”: most, and the largest share, in {first}"
    counts = words.named(f"{row.claims} of {row.of_all} in {row.article}" for row in rows.itertuples())
    return style.figure(
        [bars],
        title=title,
        subtitle=f"Claims with the verdict “{word}”, " + ("number" if counted else "% of the article's claims"),
        source=ledger_line(as_of),
        twin=f"Claims that are “{word}”: {counts}.",
        table=verdict_in_articles.drop(columns="id"),
        note=f"The articles differ in length, and the longest has most claims of every kind. {_OURS}",
        value_axis="x",
        xaxis=dict(range=[0, 1.3 * (most if counted else highest)], ticksuffix="" if counted else "%"),
        yaxis=_FIRST_DOWN,
        height=330,
        showlegend=False,
    )


# Reasons ------------------------------------------------------------------------------------


def reasons_why_not(reasons_why_not, articles, as_of):
    """Heat map: which article gives which reason why Ukraine is not in NATO, in how many claims."""
    rows, labels = reasons_why_not, articles.set_index("id")["label"]
    names = [column for column in rows.columns if column in labels.index]
    cells = rows[names].to_numpy()
    who = style.plain(rows["who_could_remove_it"]).map(Markup)
    each = pd.DataFrame([{"who": one, "label": labels[name]} for one in who for name in names])
    says = "<b>{reason}</b><br>{label}<br>claims that give it: {claims}<br>who could remove it: {who}"
    hover = marks.hover(each, says, y="reason", z="claims")
    hover["customdata"] = [hover["customdata"][place : place + len(names)] for place in range(0, len(each), len(names))]
    heat = go.Heatmap(
        z=cells,
        x=names,
        y=[style.wrapped(reason, 36) for reason in rows["reason"]],
        text=[[str(cell) if cell else "" for cell in row] for row in cells],
        texttemplate="%{text}",
        textfont=dict(size=16, color="#14181C"),
        colorscale=_SHADES,
        zmin=0,
        xgap=3,
        ygap=3,
        showscale=False,
        **hover,
    )
    first, last, whole = rows.iloc[0], rows.iloc[-1], len(names)
    following = words.named(f"“{row.reason}” ({row.articles})" for row in rows.iloc[1:3].itertuples())
    called = "; ".join(f"{name}: {labels[name]}" for name in names)
    return style.figure(
        [heat],
        title=f"Given by {first['articles']} of {whole} articles: “{first['reason']}”",
        subtitle="Reasons why Ukraine is not in NATO; number of claims that give the reason (empty: none)",
        source=ledger_line(as_of),
        twin=f"Most articles, {first['articles']} of {whole}, give “{first['reason']}”. Next come {following}. "
        f"“{last['reason']}” stands in {last['articles']} article.",
        table=rows.drop(columns=["claims", "articles", "given_in"]),
        note=f"{called}. The sorting under reasons is ours. "
        "How often a reason is given does not say how much it weighs.",
        xaxis=dict(side="top", showgrid=False, ticks="", tickfont_size=16),
        yaxis=_FIRST_DOWN,
        height=440,
    )


def reasons_by_date(reasons_by_date, articles, as_of, written="all"):
    """Heat map: which article gives which reason, the articles in the order of their dates, with one day between."""
    rows, known = reasons_by_date, articles.set_index("id")
    order, day, since = (rows.attrs[name] for name in ("order", "day", "since"))
    heads = [f"{name}<br>{known['not_before'][name]:%b<br>’%y}" for name in order]
    reason = [style.wrapped(words.shortened(text, 58), 36) for text in rows["reason"]]
    each = pd.DataFrame(
        [
            dict(full=row.reason, who=Markup(style.plain(row.who_could_remove_it)), label=known["label"][name])
            for row in rows.itertuples()
            for name in order
        ]
    )
    says = "<b>{full}</b><br>{label}<br>claims that give it: {claims}<br>who could remove it: {who}"
    hover = marks.hover(each, says, z="claims")
    wide = len(order)
    hover["customdata"] = [hover["customdata"][place : place + wide] for place in range(0, len(each), wide)]
    heat = go.Heatmap(
        z=rows[order].to_numpy(), x=heads, y=reason, text=rows[order].replace(0, "").astype(str).to_numpy(),
        texttemplate="%{text}", textfont=dict(size=16, color="#14181C"), colorscale=_SHADES, zmin=0, xgap=3, ygap=3,
        showscale=False, **hover,
    )  # fmt: skip
    line = dict(type="line", x0=wide - len(since) - 0.5, x1=wide - len(since) - 0.5, yref="paper", y0=0, y1=1)
    title, twin = _dated_words(rows, written)
    return style.figure(
        [heat],
        title=title,
        subtitle="Reasons why Ukraine is not in NATO; number of claims that give the reason, oldest article first",
        source=ledger_line(as_of),
        twin=twin,
        table=rows.drop(columns=["who_could_remove_it", "given_by"]),
        note="An article is dated by the earliest day on which it can have been written. The sorting under reasons is "
        "ours. How often a reason is given does not say how much it weighs.",
        xaxis=dict(side="top", showgrid=False, ticks="", tickfont_size=14),
        yaxis=_FIRST_DOWN,
        shapes=[dict(line=dict(color=style.ORANGE, width=3, dash="dash"), **line)],
        height=480,
    )


def _dated_words(rows, written):
    """Title and twin: all articles and the day between them, or what the articles of one side of it give most."""
    order, since = rows.attrs["order"], rows.attrs["since"]
    day = words.day(rows.attrs["day"])
    if written == "all":
        turned = words.named(f"“{reason}”" for reason in rows.attrs["turned"])
        return (
            f"{len(since)} of {len(order)} articles were written on or after {day}",
            f"On {day} Washington called membership unrealistic. Given by no article before and by each since: "
            f"{turned}. A count of articles counts their dates, too.",
        )
    side, when = rows.attrs[written], "before" if written == "before" else "on or after"
    most = rows[rows["given_by"] == rows["given_by"].max()]
    count = words.counted(len(side), "article")
    return (
        f"{count} written {when} {day}: which reasons come first?",
        f"{count} {'was' if len(side) == 1 else 'were'} written {when} {day}. "
        f"Most often given there, by {most['given_by'].iloc[0]}: "
        + words.named(f"“{reason}”" for reason in most["reason"])
        + ".",
    )


def _two_sides(low, middle, high, **more):
    """The axis from one side to the other, -5 to 5, with a line in the middle."""
    ends = dict(range=[-6, 6], tickvals=[-5, 0, 5], ticktext=[low, middle, high])
    return dict(**ends, zeroline=True, zerolinecolor=style.GREY, **more)


def weighed_subjects(leanings):
    """Bars to both sides: how a learner weighs the two cases, subject by subject, from -5 (against) to 5 (for)."""
    table = measures.weighed(leanings)
    total, turning, weights = table.attrs["total"], table.attrs["turning"], table["your_weight"]
    looks = {1: (style.BLUE, "circle"), 0: (style.GREY, "circle"), -1: (style.PURPLE, "diamond")}
    looks = [looks[(weight > 0) - (weight < 0)] for weight in weights]
    colours, shapes = (list(part) for part in zip(*looks, strict=True))
    rows = table.assign(
        name=[style.wrapped(subject, 14) for subject in table["subject"]], end=weights.map(words.signed)
    )
    bars = marks.bars(
        rows, "your_weight", "name", lying=True, says="<b>{name}</b><br>your weight: {your_weight}",
        marker=dict(color=colours),
    )  # fmt: skip
    ends = go.Scatter(
        x=rows["your_weight"],
        y=rows["name"],
        mode="markers+text",
        marker=dict(size=14, color=colours, symbol=shapes),
        text=rows["end"],
        textposition=["middle left" if weight < 0 else "middle right" for weight in weights],
        textfont_size=15,
        hoverinfo="skip",
    )
    leans = f"lean {abs(total)} towards the case {'for' if total > 0 else 'against'}" if total else "are even"
    without = f"; without {words.named(turning)} they would not." if turning else "."
    return style.figure(
        [bars, ends],
        title=f"Your scales {leans}",
        subtitle="Where you find the evidence stronger, 0 to 5 points; to the left against, to the right for",
        source=data.own("your own sliders", "kept on this computer"),
        twin=f"You find the case for stronger on {(weights > 0).sum()} of {len(rows)} subjects, "
        f"the case against on {(weights < 0).sum()}. Added up, your scales {leans}{without}",
        table=table,
        note="No one scores this. Adding up treats all subjects as equal: are they?",
        value_axis="x",
        xaxis=_two_sides("against", "even", "for", zerolinewidth=2),
        yaxis=_FIRST_DOWN,
        height=270,
        showlegend=False,
    )


def argument_kinds(argument_kinds, sided_arguments):
    """Bars: what the reasons of each side rest on: checkable now, forecast, value."""
    rows = argument_kinds.assign(
        name=argument_kinds["kind"].map(measures.RESTS_ON),
        end=argument_kinds["reasons"].astype(str) + " of " + argument_kinds["all"].astype(str),
    )
    traces = [
        marks.bars(
            rows[rows["side"] == side], "share", "name", lying=True, name=f"reasons {side}", text="end",
            says=f"<b>reasons {side}: {{name}}</b><br>{{end}} ({{share:.0f}}%)",
            marker=marks.filled(colour, pattern),
        )
        for side, colour, pattern in (("for", style.BLUE, ""), ("against", style.PURPLE, "/"))
    ]  # fmt: skip
    share = {(row.side, row.kind): f"{row.share:.0f}%" for row in rows.itertuples()}
    forecasts = share["for", "predictive"], share["against", "predictive"]
    read = words.known_date(data.resource("arguments")["read"])
    return style.figure(
        traces,
        title="Forecasts carry both sides: {} of the reasons for, {} of those against".format(*forecasts),
        subtitle="Reasons for and against membership in the articles, by what they rest on; % of the side's reasons",
        source=data.own("this course's arguments table", "gathered from the articles", f"read {read}"),
        twin=f"{share['for', 'empirical']} of the reasons for and {share['against', 'empirical']} of the reasons "
        "against can be checked now; {} and {} are forecasts.".format(*forecasts),
        table=sided_arguments,
        note="The sorting is ours: read the table and sort again. More that can be checked does not mean more that is "
        "right.",
        value_axis="x",
        xaxis=dict(range=[0, 100], ticksuffix="%"),
        yaxis=_FIRST_DOWN,
        height=330,
    )


def who_speaks(speakers, as_of):
    """Bars: who is quoted or paraphrased in the articles, in how many claims."""
    first = speakers.iloc[0]
    lead = words.named(f"{row.speaker} ({row.claims})" for row in speakers.head(4).itertuples())
    return style.figure(
        [
            marks.bars(
                speakers, "claims", "speaker", lying=True, text="claims", marker=dict(color=style.BLUE),
                says="<b>{speaker}</b><br>quoted or paraphrased in {claims} claims",
            )
        ],
        title=f"{len(speakers)} voices, and {first['speaker']} most often",
        subtitle="Whose words the articles quote or paraphrase; number of claims",
        source=ledger_line(as_of),
        twin=f"{len(speakers)} speakers stand behind {speakers['claims'].sum()} claims. Most often heard: {lead}.",
        table=speakers,
        note="All other claims are in the articles' own voice.",
        value_axis="x",
        xaxis=dict(range=[0, first["claims"] * 1.15]),
        yaxis=dict(dtick=1, **_FIRST_DOWN),
        height=450,
        showlegend=False,
    )  # fmt: skip


# Deterrence and prospects -------------------------------------------------------------------


def russias_neighbours(russias_neighbours, chance_all_outside, event="invaded"):
    """Names in four fields: Russia's land neighbours, allies or not; `event` is "invaded" or "raised" (Article 4)."""
    called = {
        "invaded": ("invaded by Russia since 1991", "not invaded"),
        "raised": ("asked for Article 4 talks because of Russia", "did not ask"),
    }[event]
    year = (" (" + russias_neighbours["since"].dt.strftime("%Y") + ")").where(_later(russias_neighbours), "")
    rows_called = russias_neighbours.assign(called=russias_neighbours["country"] + year)
    traces = [
        _names(rows_called, ally, happened, called[0] if happened else called[1])
        for ally in (True, False)
        for happened in (True, False)
    ]
    title, twin, note = _neighbours_words(russias_neighbours, event, called[0], chance_all_outside)
    where, *rows = _CITED[event]
    cross = dict(type="line", xref="x", yref="y", line=dict(color=style.GREY, width=2))
    field = dict(range=[0, 2], tickvals=[0.5, 1.5], showgrid=False, fixedrange=True)
    newest = russias_neighbours["on"].max()
    return style.figure(
        traces,
        title=title,
        subtitle="States with a land border with Russia, each as it stood on its own day; "
        f"those spared as of {words.day(newest)}",
        source=sum((data.cited(where, id=row) for row in rows), data.cited("members", iso3="POL")),
        twin=twin,
        table=rows_called.drop(columns=["iso3", "country"]),
        note=note,
        xaxis=dict(ticktext=["allies then", "not allies then"], tickfont_size=16, side="top", **field),
        yaxis=dict(ticktext=[style.wrapped(called[1], 11), style.wrapped(called[0], 11)], **field),
        shapes=[dict(x0=1, x1=1, y0=0, y1=2, **cross), dict(x0=0, x1=2, y0=1, y1=1, **cross)],
        height=420,
    )


def _names(neighbours, ally, happened, what):
    """The names in one of the four fields, one below the other."""
    part = neighbours[(neighbours["ally"] == ally) & (neighbours["happened"] == happened)]
    column, row = (0 if ally else 1), (1 if happened else 0)
    part = part.assign(
        x=column + 0.08,
        y=[row + 0.9 - 0.1 * place for place in range(len(part))],
        name=style.plain(part["called"]),
        status=["not an ally" if pd.isna(since) else f"ally since {words.day(since)}" for since in part["since"]],
        day=part["on"].map(words.day),
    )
    colour, shape = (style.BLUE, "circle") if ally else (style.ORANGE, "diamond")
    says = f"<b>{{name}}</b><br>{{status}}<br>{what}, as of {{day}}"
    beside = dict(text="name", textposition="middle right", textfont_size=15, showlegend=False)
    return marks.dots(part, "x", "y", says=says, colour=colour, shape=shape, size=12, **beside)


def _later(neighbours):
    """Which of them are allies that were none on the day in question."""
    return neighbours["since"].notna() & ~neighbours["ally"]


def _neighbours_words(neighbours, event, what, chance):
    """Title, twin and note of the neighbours."""
    struck, allies = neighbours[neighbours["happened"]], int(neighbours["ally"].sum())
    inside, others = int(struck["ally"].sum()), len(neighbours) - allies
    outside, what = len(struck) - inside, words.capital(what)
    title = f"{what}: {inside} of {allies} allies, {outside} of {others} others"
    named = words.named(struck["country"])
    if event == "raised":
        return (
            title,
            f"{title} ({named}). Only allies can ask for such talks, so the empty field on the right says nothing.",
            "Talks under Article 4 follow a worry, not always an attack: airspace, war next door.",
        )
    promised = ", promised membership in 2008" if struck["promised"].all() else ""
    late = words.named(neighbours.loc[(neighbours["since"] > "1991") & ~neighbours["happened"], "country"])
    return (
        title,
        f"{title} ({named}{promised}). Had chance alone picked {len(struck)} of the {len(neighbours)}, all would be "
        f"non-allies in {chance:.0f} of 100 cases.",
        f"{late} joined after 1991 and were not invaded before that, either. So membership is not all that differs. "
        "A year in brackets: an ally since, but not yet on that day.",
    )


def stated_aims(aims_by_document, stated_aims):
    """Matrix: what Russia's leadership stated as its aims, a document a row, a kind of aim a column."""
    rows, kinds = aims_by_document, aims_by_document.attrs["kinds"]
    answers = rows[kinds].notna().replace({True: marks.YES, False: marks.NO})
    said = rows[kinds].apply(lambda column: rows["document"] + ": " + column.fillna("no such aim in our table"))
    traces, layout = marks.matrix(rows["label"], answers, said)
    counts = rows[kinds].notna().sum()
    first = {kind: rows.loc[rows[kind].notna(), "date"].min() for kind in kinds}
    layout["yaxis"] |= dict(tickfont_size=14, ticktext=list(marks.whole(rows["label"])))
    layout["xaxis"] |= dict(tickfont_size=16)
    return style.figure(
        traces,
        title=f"Stated in {len(rows)} documents: aims of {len(kinds)} kinds",
        subtitle="Aims as Russia's leadership stated them, by day and kind. Hold the pointer on a dot for the words",
        source=data.cite(stated_aims),
        twin="How often each kind of aim was stated, and since when: "
        + words.named(f"{kind} {words.times(counts[kind])} (since {first[kind].year})" for kind in kinds)
        + ".",
        table=rows[["date", "speaker", "document", *kinds]],
        note="In our words, and theirs where it says so. What a leader states is not yet what moves him; the choice of "
        "documents is ours.",
        height=480,
        **layout,
    )


def invitation_scenarios(invitation_scenarios, year, count_from="from invitation"):
    """Dots: if an invitation (or a start) came in `year`, when membership would follow by each past wait."""
    rows = invitation_scenarios.assign(joined=invitation_scenarios["accession_date"].dt.strftime("%Y"))
    waits, years = rows["wait"].iloc[[0, -1]], rows["year_of_membership"].iloc[[0, -1]].astype(int)
    (first, last), (earliest, latest) = rows["country"].iloc[[0, -1]], years
    invited = count_from == "from invitation"
    start = "Invited" if invited else "Begun"
    longest = max(2.0, waits.iloc[1]) if invited else rows.attrs["longest"]
    rows["gives"] = [f" {place:.0f}" for place in rows["year_of_membership"].astype(int)]
    return style.figure(
        [
            marks.dots(
                rows, "wait", "country", colour=style.BLUE, marker=dict(size=12, color=style.BLUE), text="gives",
                textposition="middle right", textfont_size=14,
                says="as long as <b>{country}</b> (joined in {joined})<br>{wait:.1f} years: {year_of_membership:.1f}",
            )
        ],
        title=f"{start} at the start of {year}: member by {earliest} to {latest}, if waits stay as they were",
        subtitle=f"Years {count_from} to membership of each state that joined since 1999; "
        "beside them the year that gives",
        source=data.cited("members"),
        twin=f"Counted {count_from}, the shortest wait was {waits.iloc[0]:.1f} years ({first}), the longest "
        f"{waits.iloc[1]:.1f} ({last}), the middle one {rows.attrs['middle']:.1f}. "
        f"Starting with {year}, that spans {earliest} to {latest}.",
        table=invitation_scenarios.rename(columns={"wait": count_from}),
        note="No forecast: none of these states was at war, and nobody knows whether an invitation will come. "
        "States without a dated start of their route are left out.",
        value_axis="x",
        xaxis=dict(range=[0, longest * 1.12]),
        yaxis=dict(autorange="reversed", dtick=1),
        height=440,
        showlegend=False,
    )  # fmt: skip


def positions(before, after):
    """Two marks on one scale: what a learner thought before and after, from -5 (disagree) to 5 (agree)."""
    answers = {"before": before, "after": after}
    looks = {"before": (style.GREY, "circle-open"), "after": (style.BLUE, "diamond")}
    table = pd.DataFrame(
        [{"moment": moment, "agree": answer["agree"], "sure": answer["sure"]} for moment, answer in answers.items()]
    )
    rows = table.assign(
        end=[
            f"{words.signed(agree)}, {sure:g}% sure" for agree, sure in zip(table["agree"], table["sure"], strict=True)
        ]
    )
    traces = [
        marks.dots(
            rows[rows["moment"] == moment],
            "agree",
            "moment",
            says="<b>{moment}</b>: {end}",
            colour=colour,
            marker=dict(size=20, color=colour, symbol=symbol, line_width=3),
            text="end",
            textposition="top center",
            textfont_size=15,
        )
        for moment, (colour, symbol) in looks.items()
    ]
    moved, surer = _positions_words(after["agree"] - before["agree"], after["sure"] - before["sure"])
    return style.figure(
        traces,
        title=f"You {moved}",
        subtitle="“Allies should invite Ukraine to join NATO”: your own answers",
        source=data.own("you", "kept on this computer and compared with nobody"),
        twin=f"You {moved}, and are {surer}",
        table=table,
        note="Moving and staying are both good work, if you can say what moved or kept you.",
        value_axis="x",
        xaxis=_two_sides("no", "undecided", "yes"),
        yaxis=dict(categoryorder="array", categoryarray=["after", "before"], range=[-0.5, 1.7], showgrid=False),
        height=250,
        showlegend=False,
    )


def _positions_words(step, surer):
    """What a learner did, and whether they are surer now."""
    moved = f"moved {abs(step)} {'towards yes' if step > 0 else 'towards no'}" if step else "stayed where you were"
    if not surer:
        return moved, "as sure as before."
    return moved, f"{abs(surer):g} points {'surer' if surer > 0 else 'less sure'} than before."
