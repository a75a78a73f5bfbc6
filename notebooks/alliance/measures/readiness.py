"""Readiness by numbers: corruption and democracy indices of Ukraine, and of members when they joined.

Every index has its own scale; on Freedom House's, lower is freer. No two versions of an index are mixed.
"""

import pandas as pd

from .road import dates_in_words, event, firm

UKRAINE = "UKR"
INDICES = {  # column -> name, scale, worst, best, and what a better score is called
    "vdem_liberal": ("Liberal democracy, V-Dem", "index, 0 to 1", 0, 1, "more democratic"),
    "vdem_electoral": ("Electoral democracy, V-Dem", "index, 0 to 1", 0, 1, "more democratic"),
    "cpi_score": ("Perceived corruption, CPI", "points, 0 to 100", 0, 100, "cleaner"),
    "fh_political_rights": ("Political rights, Freedom House", "grade, 1 to 7, lower is freer", 7, 1, "freer"),
    "fh_civil_liberties": ("Civil liberties, Freedom House", "grade, 1 to 7, lower is freer", 7, 1, "freer"),
}
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
    _, _, worst, best, _ = INDICES[index]
    return best < worst


def worse(values, score, index):
    """Which of `values` are worse than `score` on an index; missing values are not."""
    return (values > score) if lower_is_better(index) else (values < score)


def scores(institutions, iso3, index):
    """One country's scores by year, missing years left out."""
    return institutions[institutions["iso3"] == iso3].set_index("year")[index].dropna()


def newest_score_year(institutions, index, iso3=UKRAINE):
    """The newest year in which a country has a score."""
    return int(scores(institutions, iso3, index).index.max())


def ukraine_years(institutions, index):
    """The years of Ukraine to look at: the last before each war, and the newest."""
    return [*BEFORE_WARS, newest_score_year(institutions, index)]


def at_accession(institutions, members, index):
    """Members with a score in the year they joined: iso3, country, year, value; best first."""
    joined = members.assign(year=members["accession_date"].dt.year)[["iso3", "country", "year"]]
    rows = joined.merge(institutions[["iso3", "year", index]], on=["iso3", "year"]).rename(columns={index: "value"})
    rows = rows.dropna(subset="value").astype({"value": float})
    return rows.sort_values(["value", "country"], ascending=[lower_is_better(index), True], ignore_index=True)


def unscored_at_accession(institutions, members, index):
    """Members without a score in the year they joined."""
    known = at_accession(institutions, members, index)["iso3"]
    return list(members.loc[~members["iso3"].isin(known), "country"])


def entered_lower(institutions, members, index, year):
    """Members that joined with a worse score than Ukraine had in `year`, and those with the same: two lists of names.

    ValueError names the years Ukraine has.
    """
    own = scores(institutions, UKRAINE, index)
    if year not in own.index:
        raise ValueError(f"Ukraine has no score for {year}; it has {own.index.min()} to {own.index.max()}.")
    rows, score = at_accession(institutions, members, index), float(own[year])
    return list(rows.loc[worse(rows["value"], score, index), "country"]), list(
        rows.loc[rows["value"] == score, "country"]
    )


def entry_order(institutions, members, index, iso3s, year):
    """Some members at accession and Ukraine in `year`, best first: ['Finland (2023)', ..., 'Ukraine in 2021']."""
    rows = at_accession(institutions, members, index)
    rows = rows[rows["iso3"].isin(iso3s)]
    own = pd.DataFrame(
        {"country": ["Ukraine"], "year": [year], "value": [float(scores(institutions, UKRAINE, index)[year])]}
    )
    rows = pd.concat([rows, own]).sort_values("value", ascending=lower_is_better(index), kind="stable")
    return [
        f"{name} in {when_}" if name == "Ukraine" else f"{name} ({when_})"
        for name, when_ in zip(rows["country"], rows["year"])
    ]


def allies_median(institutions, members, index):
    """The middle score of those who were allies in each year, by year."""
    rows = institutions.merge(members[["iso3", "accession_date"]], on="iso3")
    rows = rows[rows["year"] >= rows["accession_date"].dt.year]
    return rows.groupby("year")[index].median().dropna().astype(float)


def gap_closed(start, now, goal):
    """How much of the way from `start` to `goal` lies behind, in %; ValueError where start and goal are the same."""
    if goal == start:
        raise ValueError("The goal is the start: there is no way to go.")
    return 100 * (now - start) / (goal - start)


def gap_range(start, now, goal, margin):
    """The least and the most of the way that margins of both scores allow, in %."""
    ends = [gap_closed(start + side * margin, now - side * margin, goal) for side in (1, -1)]
    return min(ends), max(ends)


def half_way(institutions, start_year=2014, goals=None):
    """How far Ukraine's corruption score has come since `start_year`, goal by goal: yardstick, goal, start, now, percent."""
    own = scores(institutions, UKRAINE, "cpi_score")
    start, now = int(own[start_year]), int(own.iloc[-1])
    rows = [(name, goal, start, now, gap_closed(start, now, goal)) for name, goal in (goals or CPI_GOALS).items()]
    return pd.DataFrame(rows, columns=["yardstick", "goal", "start", "now", "percent"])


def yearly_changes(institutions, iso3, index="cpi_score"):
    """Changes of a score from year to year: year, value, change."""
    own = scores(institutions, iso3, index)
    return pd.DataFrame({"year": own.index, "value": own.to_numpy(), "change": own.diff().to_numpy()}).dropna()


def readiness_panel(institutions):
    """Ukraine by every index before each war and now: index, its scale, three scores, and what came of the last two."""
    rows = []
    for index, (name, scale, _, _, better) in INDICES.items():
        own, years = scores(institutions, UKRAINE, index), ukraine_years(institutions, index)
        first, before, now = (float(own[year]) for year in years)
        moved = "the same" if now == before else f"less {better.removeprefix('more ')}"
        if worse(pd.Series([before]), now, index).item():
            moved = better
        rows.append((name, scale, f"{first:g}", f"{before:g}", f"{now:g} ({years[-1]})", moved))
    first, before = BEFORE_WARS
    columns = ["index", "scale", str(first), str(before), "newest", f"newest against {before}"]
    return pd.DataFrame(rows, columns=columns)


def partnership_steps(events):
    """Ukraine's steps with NATO's forces and programmes, in date order: when, what."""
    rows = firm(events)
    steps = rows["title"].str.contains(
        "Partnership for Peace|Yavoriv|Charter|Action Plan is adopted|Ukraine package|Enhanced Opportunities"
    )
    rows = rows[steps].sort_values("date")
    return pd.DataFrame(
        {
            "when": dates_in_words(rows),
            "step": rows["title"] + ". " + rows["description"],
            "what an article leaves out": rows["flag_text"].fillna("–"),
        }
    ).reset_index(drop=True)


def stall_reasons(events, institutions, members, year=2021):
    """The reasons a briefing gives for the halt before 2022, and one it names later, each with what our tables hold."""
    own = {index: scores(institutions, UKRAINE, index)[year] for index in ("cpi_score", "vdem_electoral")}
    allies = institutions[(institutions["year"] == year) & institutions["iso3"].isin(members["iso3"])]
    lower, _ = entered_lower(institutions, members, "vdem_electoral", year)
    cleaner = int((allies["cpi_score"] > own["cpi_score"]).sum())
    bucharest, minsk, drafts = (
        event(events, key)
        for key in (
            "2008-04-03-bucharest-summit-will-become",
            "2015-02-12-minsk-ii-package",
            "2021-12-17-russia-publishes-draft-treaties",
        )
    )
    rows = [
        ("No consensus", f"{bucharest['said']}: {bucharest['description']}", "events: shows it, for that day"),
        ("Fighting in the east", f"{minsk['said']}: {minsk['title']}. {minsk['stance_reason']}.", "events: shows it"),
        (
            "Corruption",
            f"In {year} Ukraine had {own['cpi_score']} of 100 points; {cleaner} of {len(allies)} allies of today had more.",
            "an index: shows a level, not its weight in a decision",
        ),
        (
            "Democracy",
            f"In {year} Ukraine's electoral score was {own['vdem_electoral']:.2f}; {len(lower)} of {len(at_accession(institutions, members, 'vdem_electoral'))} members joined with less.",
            "an index: shows a level, not its weight in a decision",
        ),
        (
            "Russia's opposition, named later in the same briefing",
            f"{drafts['said']}: {drafts['title']}.",
            "events: shows the demand, not what it moved",
        ),
    ]
    return pd.DataFrame(rows, columns=["reason", "what our tables hold", "what that can show"])
