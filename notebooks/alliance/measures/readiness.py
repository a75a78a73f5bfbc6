"""Readiness by numbers: corruption and democracy indices of Ukraine, and of members when they joined.

Every index has its own scale; on Freedom House's, lower is freer. No two versions of an index are mixed.
"""

import pandas as pd

from .. import data, words
from ..world import table
from .facts import facts_by_row
from .road import event, firm

UKRAINE = "UKR"
INDICES = {  # column -> name, scale, worst, best, and what a better and a worse score are called
    "vdem_liberal": ("Liberal democracy, V-Dem", "index, 0 to 1", 0, 1, "more democratic", "less democratic"),
    "vdem_electoral": ("Electoral democracy, V-Dem", "index, 0 to 1", 0, 1, "more democratic", "less democratic"),
    "cpi_score": ("Perceived corruption, CPI", "points, 0 to 100", 0, 100, "cleaner", "less clean"),
    "fh_political_rights": (
        "Political rights, Freedom House", "grade, 1 to 7, lower is freer", 7, 1, "freer", "less free",
    ),
    "fh_civil_liberties": (
        "Civil liberties, Freedom House", "grade, 1 to 7, lower is freer", 7, 1, "freer", "less free",
    ),
}  # fmt: skip
BEFORE_WARS = (2013, 2021)  # the last full years before the annexation of Crimea and the full-scale invasion
CPI_MARGIN = (1.5, 2.6)  # points: the standard errors that the table's description gives
CPI_GOALS = {  # yardsticks for “half way”, in points
    "50, the middle of the scale": 50,
    "64, the average of western Europe and the EU": 64,
    "90, about the highest score there is": 90,
}


def index_choices():
    """The indices to choose from: {'Liberal democracy, V-Dem': 'vdem_liberal', ...}."""
    return {name: column for column, (name, *_) in INDICES.items()}


def lower_is_better(index):
    """Whether a lower number on this index means a better score."""
    _, _, worst, best, *_ = INDICES[index]
    return best < worst


def worse(values, score, index):
    """Which of `values` are worse than `score` on an index; missing values are not."""
    return (values > score) if lower_is_better(index) else (values < score)


def scored_peers(institutions, countries):
    """The countries with scores beside Ukraine, by code: {'Albania': 'ALB', ...}."""
    names = countries.set_index("iso3")["name"]
    return {names[code]: code for code in sorted(institutions["iso3"].unique()) if code != UKRAINE}


def scored_countries(institutions, countries):
    """The countries with scores, Ukraine first."""
    return {"Ukraine": UKRAINE, **scored_peers(institutions, countries)}


def scores(institutions, iso3, index):
    """One country's scores by year, oldest first, missing years left out."""
    return institutions[institutions["iso3"] == iso3].set_index("year")[index].dropna().sort_index()


def ukraine_scores(institutions, index="vdem_liberal"):
    """Ukraine's scores as {year: score}, missing years left out."""
    return scores(institutions, UKRAINE, index).to_dict()


def first_start(institutions):
    """The first year from which Ukraine's way in the corruption index can be measured."""
    return int(scores(institutions, UKRAINE, "cpi_score").index.min())


def last_start(institutions):
    """The last year from which Ukraine's way in the corruption index can be measured: the one before the newest."""
    return int(scores(institutions, UKRAINE, "cpi_score").index[-2])


def at_accession(institutions, members, index):
    """Members with a score in the year they joined: iso3, country, year, value; best first."""
    joined = members.assign(year=members["accession_date"].dt.year)[["iso3", "country", "year"]]
    rows = joined.merge(institutions[["iso3", "year", index]], on=["iso3", "year"]).rename(columns={index: "value"})
    rows = rows.dropna(subset="value").astype({"value": float})
    return rows.sort_values(["value", "country"], ascending=[lower_is_better(index), True], ignore_index=True)


@table
def entry_scores(institutions, members, index="vdem_electoral", year=2021):
    """Members in the year they joined and Ukraine in some years (before each war, the newest, and `year`), best first.

    Columns: country, year, value, who ("member" or "Ukraine"), against (a member's score against Ukraine's of `year`:
    "worse", "same" or "better"; missing where Ukraine has none). `attrs`: `unscored`, the members without a score in
    their year; `early`, those of them that joined before the first year of the index, `begins`; `covers`, Ukraine's
    first and last year; `year`.
    """
    own, rows = scores(institutions, UKRAINE, index), at_accession(institutions, members, index)
    years = sorted({*BEFORE_WARS, own.index.max(), *([year] if year in own.index else [])})
    ukraine = pd.DataFrame({"country": "Ukraine", "year": years, "value": own[years].astype(float).to_list()})
    without, begins = members[~members["iso3"].isin(rows["iso3"])], int(institutions.dropna(subset=index)["year"].min())
    early = without["accession_date"].dt.year < begins
    if year in own.index:
        less, same = worse(rows["value"], float(own[year]), index), rows["value"] == float(own[year])
        rows = rows.assign(against=same.map({True: "same", False: "better"}).mask(less, "worse"))
    entries = pd.concat([rows.assign(who="member"), ukraine.assign(who="Ukraine")]).reindex(
        columns=["country", "year", "value", "who", "against"]
    )
    entries = entries.sort_values("value", ascending=lower_is_better(index), kind="stable", ignore_index=True)
    entries.attrs = dict(
        unscored=list(without["country"]),
        early=int(early.sum()),
        begins=begins,
        covers=(own.index.min(), own.index.max()),
        year=year,
    )
    return entries


@table
def entry_rounds(entry_scores, index="vdem_electoral"):
    """The members of `entry_scores`, each among those that joined in the same year.

    Added columns: joined (how many they are), last (none of them has a worse score), alone (none has the same),
    equals (how many have the same to two digits, itself too), turn (which of those it is: 0, 1, ...).
    """
    rows = entry_scores[entry_scores["who"] == "member"]
    year, score = rows["year"], rows["value"]
    together, same = score.groupby(year), score.groupby([year, score.round(2)])
    return rows.assign(
        joined=together.transform("size"),
        last=score == together.transform("max" if lower_is_better(index) else "min"),
        alone=score.groupby([year, score]).transform("size") == 1,
        equals=same.transform("size"),
        turn=same.cumcount(),
    )


@table
def ukraine_levels(entry_scores):
    """Ukraine's scores in `entry_scores`, lowest first: value, country, year (the years with that score, as text)."""
    rows = entry_scores[entry_scores["who"] == "Ukraine"].groupby("value", as_index=False)
    return rows.agg(country=("country", "first"), year=("year", lambda years: words.named(sorted(years))))


def entry_order(entry_scores, countries, iso3s, year=2021):
    """Some members at accession and Ukraine in `year`, best first: ['Finland (2023)', ..., 'Ukraine in 2021']."""
    names = countries.set_index("iso3")["name"][iso3s]
    own = (entry_scores["who"] == "Ukraine") & (entry_scores["year"] == year)
    rows = entry_scores[own | entry_scores["country"].isin(names)]
    return [
        f"{name} in {when}" if name == "Ukraine" else f"{name} ({when})"
        for name, when in zip(rows["country"], rows["year"])
    ]


@table
def score_lines(institutions, members, countries, index="vdem_liberal", peer="MKD"):
    """Scores by year (index), since Ukraine's first, of Ukraine, another country and the middle of the allies.

    Columns ukraine, peer and allies, the median of those who were allies in that year. With them ukraine_note,
    peer_note and allies_note (known breaks), and ukraine_better (than the peer; missing where one has no score).
    `attrs`: `peer`, its name; `joins`, the year it joined if that is among these and it has a score then, else None.
    """
    own, other = scores(institutions, UKRAINE, index), scores(institutions, peer, index)
    then = institutions.merge(members[["iso3", "accession_date"]], on="iso3")
    then = then[then["year"] >= then["accession_date"].dt.year]
    middle = then.groupby("year")[index].median().dropna()
    lines = pd.DataFrame({"ukraine": own, "peer": other, "allies": middle}).astype(float).rename_axis("year")
    lines = lines.loc[own.index.min() :]
    for name, iso3 in (("ukraine", UKRAINE), ("peer", peer), ("allies", None)):
        places = pd.DataFrame({"iso3": iso3, "year": lines.index}, index=lines.index)
        lines[f"{name}_note"] = data.remarks_for("institutions", places, index)
    both = lines[["ukraine", "peer"]].dropna()
    better = worse(both["peer"], both["ukraine"], index).astype("boolean")
    lines = lines.assign(ukraine_better=better.reindex(lines.index))
    joined = members.set_index("iso3")["accession_date"].dt.year.get(peer)
    names = countries.set_index("iso3")["name"]
    lines.attrs = dict(peer=names[peer], joins=int(joined) if joined in lines.index and joined in other.index else None)
    return lines


def gap_closed(start, now, goal):
    """How much of the way from `start` to `goal` lies behind, in %; ValueError where start and goal are the same."""
    if goal == start:
        raise ValueError("The goal is the start: there is no way to go.")
    return 100 * (now - start) / (goal - start)


@table
def way_to_goal(institutions, start=2014, goal=64, margin=0.0):
    """Ukraine's way in the corruption index from the year `start` to `goal` points: a Series.

    start (the year), begin, now, goal (points), year (the newest), percent (of the way), low, high (what margins of
    both scores allow, %); the last three are missing where the goal is the start.
    """
    own = scores(institutions, UKRAINE, "cpi_score")
    begin, now, year = int(own[start]), int(own.iloc[-1]), int(own.index[-1])
    way = dict(start=start, begin=begin, now=now, goal=goal, year=year, percent=None, low=None, high=None)
    if goal != begin:
        ends = [gap_closed(begin + side * margin, now - side * margin, goal) for side in (1, -1)]
        way |= dict(percent=gap_closed(begin, now, goal), low=min(ends), high=max(ends))
    return pd.Series(way, dtype=object)


@table
def half_way(institutions, start=2014):
    """How far Ukraine's corruption score has come since the year `start`, goal by goal.

    Columns: yardstick, goal, start, now (points), percent (of the way), since (the year).
    """
    own = scores(institutions, UKRAINE, "cpi_score")
    begin, now = int(own[start]), int(own.iloc[-1])
    rows = [(name, goal, begin, now, gap_closed(begin, now, goal), start) for name, goal in CPI_GOALS.items()]
    return pd.DataFrame(rows, columns=["yardstick", "goal", "start", "now", "percent", "since"])


def half_way_to_the_average(half_way):
    """How much of the way to the average of western Europe and the EU lies behind Ukraine, in whole %."""
    return round(half_way["percent"].iloc[1])


@table
def yearly_changes(institutions, countries, country="UKR"):
    """A country's corruption score and its change against the year before: year, value, change.

    `attrs`: `country`, its name; `widest`, the largest change of any country, for a steady axis.
    """
    own = scores(institutions, country, "cpi_score")
    changes = pd.DataFrame({"year": own.index, "value": own.to_numpy(), "change": own.diff().to_numpy()}).dropna()
    every = institutions.sort_values(["iso3", "year"]).groupby("iso3")["cpi_score"].diff().abs()
    names = countries.set_index("iso3")["name"]
    changes.attrs = dict(country=names[country], widest=int(every.max()))
    return changes


@table
def readiness_panel(institutions):
    """Ukraine by every index before each war and now: index, its scale, three scores, and what came of the last two."""
    rows = []
    first, before = BEFORE_WARS
    for index, (name, scale, _, _, better, less) in INDICES.items():
        own = scores(institutions, UKRAINE, index)
        then, now, year = float(own[before]), float(own.iloc[-1]), own.index[-1]
        moved = "the same" if now == then else less
        if worse(own[[before]], now, index).item():
            moved = better
        rows.append((name, scale, f"{float(own[first]):g}", f"{then:g}", f"{now:g} ({year})", moved))
    columns = ["index", "scale", str(first), str(before), "newest", f"newest against {before}"]
    return pd.DataFrame(rows, columns=columns)


KINDS_OF_CONDITION = {  # as entry_criteria has them, in the order of a reader's questions
    "political": "politics", "disputes": "disputes", "military": "forces", "resources": "money and people",
    "legal": "law and secrets",
}  # fmt: skip


@table
def entry_conditions(entry_criteria):
    """What the texts on entry ask of a candidate, by kind: on, what is asked, where, what our tables can set beside it.

    `where` is the text and its year; a row whose text was read only in a summary, or not at all, says so.
    """
    kinds = list(KINDS_OF_CONDITION)
    rows = entry_criteria.assign(place=entry_criteria["kind"].map(kinds.index))
    rows = rows.sort_values(["place", "date"], kind="stable", ignore_index=True)
    read = rows["read"].map({"yes": "", "in a summary": "; read in a summary", "no": "; not read in the text itself"})
    return pd.DataFrame(
        {
            "on": rows["kind"].map(KINDS_OF_CONDITION),
            "what is asked": rows["criterion"],
            "where": rows["document"] + ", " + rows["date"].dt.year.astype(str) + ": " + rows["part"] + read,
            "what to set beside it": rows["compare"],
        }
    )


@table
def named_reforms(reforms):
    """The reforms named for Ukraine, in date order: when, reform, asked by, how far it was, and as of which day."""
    rows = reforms.sort_values("date", ignore_index=True)
    known = rows["status_as_of"].map(words.day)
    return pd.DataFrame(
        {
            "when": rows["date"].map(words.day),
            "reform": rows["reform"],
            "asked by": rows["asked_by"],
            "how far it was": rows["status"] + " (" + known + ")",
        }
    )


@table
def allies_say(ukraine_brings):
    """What allies, and Kyiv, say that Ukraine brings or costs the alliance, in date order: when, who, said, kind."""
    kinds = {"doubt": "a doubt", "offer": "Kyiv's own offer"}
    rows = ukraine_brings.sort_values("date", ignore_index=True)
    return pd.DataFrame(
        {
            "when": [words.date(day, precision) for day, precision in zip(rows["date"], rows["precision"])],
            "who": rows["speaker"] + ", " + rows["role"],
            "what was said, in our words": rows["said"],
            "kind": rows["kind"].map(kinds).fillna("a gain or lesson"),
        }
    )


@table
def partnership_steps(events, facts):
    """Ukraine's steps with NATO's forces and programmes, in date order: when, step, what an article leaves out."""
    steps = facts_by_row(facts, "events", "partnership_step")
    rows = firm(events)
    rows = rows[rows["id"].isin(steps[steps.astype(bool)].index)].sort_values("date")
    return pd.DataFrame(
        {
            "when": [words.date(date, precision) for date, precision in zip(rows["date"], rows["precision"])],
            "step": rows["title"] + ". " + rows["description"],
            "what an article leaves out": rows["flag_text"].fillna("–"),
        }
    ).reset_index(drop=True)


@table
def standing(institutions, members, year=2021):
    """Where Ukraine stood among allies of today in `year`: a Series.

    corruption (its score), cleaner (allies with more), allies (with a row that year), electoral (its score),
    lower (members that joined with less), joined (members with a score in their year).
    """
    own = institutions[(institutions["iso3"] == UKRAINE) & (institutions["year"] == year)].iloc[0]
    others = members[members["iso3"] != UKRAINE]
    allies = institutions[(institutions["year"] == year) & institutions["iso3"].isin(others["iso3"])]
    entries = at_accession(institutions, others, "vdem_electoral")
    return pd.Series(
        dict(
            year=year,
            corruption=own["cpi_score"],
            cleaner=int((allies["cpi_score"] > own["cpi_score"]).sum()),
            allies=len(allies),
            electoral=own["vdem_electoral"],
            lower=int(worse(entries["value"], own["vdem_electoral"], "vdem_electoral").sum()),
            joined=len(entries),
        ),
        dtype=object,
    )


@table
def stall_reasons(events, standing):
    """The reasons a briefing gives for the halt before 2022, and one it names later, each with what our tables hold."""
    bucharest, minsk, drafts = (
        event(events, key)
        for key in (
            "2008-04-03-bucharest-summit-will-become",
            "2015-02-12-minsk-ii-package",
            "2021-12-17-russia-publishes-draft-treaties",
        )
    )
    score = "an index: shows a level, not its weight in a decision"
    rows = [
        ("No consensus", f"{bucharest['said']}: {bucharest['description']}", "events: shows it, for that day"),
        (
            "Russia's war in the east",
            f"{minsk['said']}: {minsk['title']}. {minsk['stance_reason']}.",
            "events: shows it",
        ),
        (
            "Corruption",
            f"In {standing['year']} Ukraine had {standing['corruption']} of 100 points; "
            f"{standing['cleaner']} of {standing['allies']} allies of today had more.",
            score,
        ),
        (
            "Democracy",
            f"In {standing['year']} Ukraine's electoral score was {standing['electoral']:.2f}; "
            f"{standing['lower']} of {standing['joined']} members joined with less.",
            score,
        ),
        (
            "Russia's opposition, named later in the same briefing",
            f"{drafts['said']}: {drafts['title']}.",
            "events: shows the demand, not what it moved",
        ),
    ]
    return pd.DataFrame(rows, columns=["reason", "what our tables hold", "what that can show"])
