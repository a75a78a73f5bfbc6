"""The long road: events and the days between them, summits' words, polls, laws, stories and stances."""

import pandas as pd

FIRM = ("verified", "single-source")  # doubtful rows are marked or left out, never counted
ALL_ADULTS = "referendum, all respondents"

# The summits whose words are compared: our gist of the text in a few words, and the claim that holds what was read.
SUMMITS = {
    "2008-04-03-bucharest-summit-will-become": ("will become members", "A2-02"),
    "2023-07-11-vilnius-summit-drops-action": ("no Action Plan needed", "A2-15"),
    "2024-07-10-washington-summit-calls-ukraine": ("an irreversible path", "A2-17"),
    "2025-06-25-hague-summit-agrees-five": ("silent on membership", None),
}

# What Ukrainian law said of alliances, and the event that began it.
LAWS = {
    "1991-08-24-ukraine-declares-independence": "no stated aim",
    "2002-05-23-ukrainian-security-council-sets": "membership an aim, by decree",
    "2010-07-01-parliament-adopts-non-bloc": "non-bloc by law",
    "2014-12-23-parliament-drops-non-bloc": "no bar, no aim in law",
    "2017-06-08-law-makes-nato-membership": "membership an aim, by law",
    "2019-02-07-nato-eu-course-written": "membership an aim, in the constitution",
}

# Dates that a story of the road may use, with short names; a lesson may add others.
STORY = {
    "1999 Kosovo": "1999-03-24-nato-air-campaign-over",
    "2004 seven join": "2004-03-29-seven-states-join-nato",
    "2008 Bucharest": "2008-04-03-bucharest-summit-will-become",
    "2008 Georgia": "2008-08-08-russia-georgia-war",
    "2010 non-bloc law": "2010-07-01-parliament-adopts-non-bloc",
    "2014 Crimea": "2014-03-18-russia-declares-annexation-crimea",
    "2014 law dropped": "2014-12-23-parliament-drops-non-bloc",
    "2019 constitution": "2019-02-07-nato-eu-course-written",
    "2021 drafts": "2021-12-17-russia-publishes-draft-treaties",
    "2022 written reply": "2022-01-26-nato-washington-answer-writing",
    "2022 invasion": "2022-02-24-russia-launches-full-scale",
    "2022 application": "2022-09-30-ukraine-applies-fast-track",
}

# Ukraine's steps towards membership, in order; None where no event of the table reaches it.
RUNGS = {
    "asks for an Action Plan": "2008-01-ukraine-leaders-ask-membership",
    "gets a promise without a date": "2008-04-03-bucharest-summit-will-become",
    "applies, or enters the Action Plan": "2022-09-30-ukraine-applies-fast-track",
    "is freed from the Action Plan": "2023-07-11-vilnius-summit-drops-action",
    "is invited": None,
    "signs the protocol": None,
    "is a member": None,
}
ALLY_RUNGS = {
    "applies, or enters the Action Plan": "route_start_date",
    "is invited": "invited_date",
    "signs the protocol": "protocol_date",
    "is a member": "accession_date",
}


def when(date, precision="day"):
    """A date no more precise than it is known: '3 April 2008', 'January 2008', '1995'."""
    return {"day": f"{date.day} {date:%B %Y}", "month": f"{date:%B %Y}", "year": f"{date:%Y}"}[precision]


def firm(table):
    """The rows of a table of events or polls that are not doubtful."""
    return table[table["confidence"].isin(FIRM)].reset_index(drop=True)


def event(events, identifier):
    """One event as a row, with `said`, its date in words; KeyError names the event there is not."""
    rows = events[events["id"] == identifier]
    if rows.empty:
        raise KeyError(f"There is no event {identifier!r} in this table.")
    row = rows.iloc[0].copy()
    row["said"] = when(row["date"], row["precision"])
    return row


def newest_event(events):
    """The date of the newest event that is not doubtful."""
    return firm(events)["date"].max()


# The road with filters ------------------------------------------------------------------------


def road_periods(events):
    """Spans of years to look at: {'2008 to 2013': ('2008-01-01', '2013-12-31'), ...}."""
    first, last = events["date"].dt.year.min(), events["date"].dt.year.max()
    spans = {
        f"{first} to {last}": (f"{first}-01-01", f"{last}-12-31"),
        "1991 to 2007": ("1991-01-01", "2007-12-31"),
        "2008 to 2013": ("2008-01-01", "2013-12-31"),
        "2014 to 2021": ("2014-01-01", "2021-12-31"),
        "December 2021 to February 2022": ("2021-12-01", "2022-02-28"),
        "2022 to 2024": ("2022-01-01", "2024-12-31"),
    }
    return {**spans, f"2025 and {last}": ("2025-01-01", f"{last}-12-31")}


def road_articles(articles):
    """Choices of article: {'any or none': 'all', 'A0, New York Times explainer': 'A0', ..., 'none of the five': 'none'}."""
    named = {f"{row['id']}, {row['label']}": row["id"] for _, row in articles.iterrows()}
    return {"any or none": "all", **named, "none of the five": "none"}


def road_events(events, period, kind="all", article="all", doubtful=False):
    """Events of a period, a kind and an article in date order; doubtful ones only where asked for."""
    start, end = (pd.Timestamp(day) for day in period)
    rows = events if doubtful else firm(events)
    rows = rows[rows["date"].between(start, end)]
    if kind != "all":
        rows = rows[rows["category"] == kind]
    if article == "none":
        rows = rows[rows["articles"].isna()]
    elif article != "all":
        rows = rows[rows["articles"].fillna("").str.contains(article)]
    return rows.sort_values("date", kind="stable").reset_index(drop=True)


# Days -----------------------------------------------------------------------------------------


def days_between(events, first, second):
    """Days from one event to another, negative if the second came first; ValueError where a day is not known."""
    dates = []
    for identifier in (first, second):
        row = event(events, identifier)
        if row["precision"] != "day":
            raise ValueError(f"Only the {row['precision']} of “{row['title']}” is known, so days cannot be counted.")
        dates.append(row["date"])
    return (dates[1] - dates[0]).days


def apart(days):
    """A number of days as people say it: '2 days', '4 months', '5.9 years'."""
    if abs(days) < 200:
        return f"{abs(days):,.0f} day{'' if abs(days) == 1 else 's'}"
    return f"{abs(days) / 30.44:.0f} months" if abs(days) < 730 else f"{abs(days) / 365.25:.1f} years"


def day_events(events):
    """Events that an article speaks of and whose day is known, to choose from: {'2008-04-03 Bucharest…': id}."""
    rows = firm(events)
    rows = rows[(rows["precision"] == "day") & rows["articles"].notna()].sort_values("date", kind="stable")
    return {f"{row['date']:%Y-%m-%d} {shortened(row['title'], 44)}": row["id"] for _, row in rows.iterrows()}


def shortened(text, length):
    """A text cut at a word, with a sign that it goes on."""
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


# Words ----------------------------------------------------------------------------------------


def summit_promises(events, claims):
    """What four summits said of Ukraine's membership, in date order.

    Columns: id, date, summit, phrase (our gist), text (what was read of it), articles (and where one parts ways), source.
    """
    found, rows = claims.set_index("id")["found"], []
    for identifier, (phrase, claim) in SUMMITS.items():
        row = event(events, identifier)
        read = f" What was read: {found[claim]}." if claim else f" {row['stance_reason']}."
        speak = "Articles that speak of it: " + (
            row["articles"].replace(";", ", ") if pd.notna(row["articles"]) else "none"
        )
        flag = f". {row['flag_text']}" if pd.notna(row["flag_text"]) else "."
        rows.append(
            (
                identifier,
                row["date"],
                f"{row['title'].split(' summit')[0]}, {row['said']}",
                phrase,
                row["description"] + read,
                speak + flag,
                row["source"],
            )
        )
    columns = ["id", "date", "summit", "phrase", "text", "articles", "source"]
    return pd.DataFrame(rows, columns=columns).sort_values("date", ignore_index=True)


def peace_talks(events, start="2025-11-01"):
    """Drafts, talks and offers since `start`, doubtful ones left out: when, what, and what it means for membership."""
    rows = firm(events)
    about = rows["title"].str.contains("plan|talks|round|guarantee|membership|NATO bid|letter|meet at", case=False)
    rows = rows[
        (rows["date"] >= pd.Timestamp(start)) & about & rows["category"].isin(["diplomacy", "membership", "aid"])
    ]
    rows = rows[~rows["title"].str.contains("EU |Arctic|leaving")]
    return pd.DataFrame(
        {
            "when": [when(date, precision) for date, precision in zip(rows["date"], rows["precision"])],
            "what was proposed, said or reported": rows["title"] + ". " + rows["description"],
            "for membership, in our reading": rows["stance_reason"],
        }
    ).reset_index(drop=True)


def milestones(events, start="2022-02-24"):
    """Steps of membership since `start` that changed something, in our judgement: when, what, closer or further."""
    rows = firm(events)
    rows = rows[
        (rows["date"] >= pd.Timestamp(start)) & (rows["category"] == "membership") & (rows["stance_effect"] != 0)
    ]
    return pd.DataFrame(
        {
            "when": [when(date, precision) for date, precision in zip(rows["date"], rows["precision"])],
            "what": rows["title"] + ". " + rows["description"],
            "our judgement, yours may differ": rows["stance_effect"].map({1: "closer: ", -1: "further: "})
            + rows["stance_reason"],
        }
    ).reset_index(drop=True)


def recorded_findings(claims, identifiers):
    """Sentences with what was looked up about them, where no table of ours holds the figures."""
    rows = claims.set_index("id").loc[identifiers]
    dates = [when(date, precision) for date, precision in zip(rows["as_of"], rows["as_of_precision"])]
    return pd.DataFrame(
        {
            "the sentence": rows["claim"],
            "what was read": rows["found"],
            "what to add": rows["caveat"].fillna("–"),
            "as of": dates,
        }
    ).reset_index(drop=True)


# Polls ----------------------------------------------------------------------------------------


def known_polls(polls):
    """Polls with a share in favour that are not doubtful, with `series` (pollster and question) and `era`.

    An era ends where the way of asking changes: in 2014 (Crimea and occupied land drop out) and in 2022 (by telephone).
    """
    rows = firm(polls).dropna(subset="for_pct")
    question = rows["question"].map(
        {ALL_ADULTS: "all who were asked", "referendum, those who would vote": "only those who would vote"}
    )
    era = (rows["year"] >= 2014).astype(int) + (rows["year"] >= 2022).astype(int)
    return rows.assign(series=rows["pollster"] + ", " + question.fillna("no referendum named"), era=era).sort_values(
        "date", kind="stable", ignore_index=True
    )


def poll_series(polls, least=3):
    """The series of one pollster and one question with at least `least` polls, longest first."""
    counts = known_polls(polls)["series"].value_counts()
    return list(counts[counts >= least].index)


def support_in(polls, years):
    """Polls of all adults on a referendum in these years, and their median: (rows, {year: median in %})."""
    rows = known_polls(polls)
    rows = rows[rows["year"].isin(years) & (rows["question"] == ALL_ADULTS)].reset_index(drop=True)
    return rows, {int(year): float(value) for year, value in rows.groupby("year")["for_pct"].median().items()}


# Law ------------------------------------------------------------------------------------------


def law_spans(events):
    """What Ukrainian law said of alliances: law, start, end (dates), years, title and description of what began it.

    The last span ends with the newest event of the table.
    """
    rows = [event(events, identifier) for identifier in LAWS]
    starts = [row["date"] for row in rows]
    ends = [*starts[1:], newest_event(events)]
    return pd.DataFrame(
        {
            "law": list(LAWS.values()),
            "start": starts,
            "end": ends,
            "years": [round((end - start).days / 365.25, 2) for start, end in zip(starts, ends)],
            "title": [row["title"] for row in rows],
            "description": [row["description"] for row in rows],
        }
    )


def law_on(events, date):
    """What Ukrainian law said of alliances on a day; ValueError before independence."""
    spans = law_spans(events)
    spans = spans[spans["start"] <= date]
    if spans.empty:
        raise ValueError("Ukraine was not yet independent on that day.")
    return spans["law"].iloc[-1]


# The ladder -----------------------------------------------------------------------------------


def allies_by_route(members):
    """Allies whose way in is recorded from its first step, by accession date: {'Finland': 'FIN', ...}."""
    rows = members.dropna(subset=["route_start_date", "invited_date"]).sort_values("accession_date", ascending=False)
    return dict(zip(rows["country"], rows["iso3"]))


def membership_ladder(events, members, ally):
    """Rungs to membership with the day Ukraine and one ally (iso3) reached them; missing where one did not.

    Columns: rung, ukraine, ally, formal (a step every ally takes).
    """
    row = members.set_index("iso3").loc[ally]
    own = members.set_index("iso3").reindex(["UKR"]).iloc[0]
    ukraine = [event(events, key)["date"] if key else own[ALLY_RUNGS[rung]] for rung, key in RUNGS.items()]
    theirs = [row[ALLY_RUNGS[rung]] if rung in ALLY_RUNGS else pd.NaT for rung in RUNGS]
    return pd.DataFrame(
        {
            "rung": list(RUNGS),
            "ukraine": pd.to_datetime(ukraine),
            "ally": pd.to_datetime(theirs),
            "formal": [rung in ALLY_RUNGS for rung in RUNGS],
        }
    )


# Stories and stances --------------------------------------------------------------------------


def two_stories(events, pool, story_a, story_b):
    """The dates of a pool in order, and what each of two stories does with them.

    `pool`: name -> event id; `story_a`, `story_b`: the ids each story tells. Columns: id, date, said, title,
    description, a, b (told or not), days_a, days_b (since the date told before), left_out_a, left_out_b (the other tells it).
    """
    rows = events[events["id"].isin(pool.values())].sort_values("date", kind="stable").reset_index(drop=True)
    rows = rows.assign(said=[when(date, precision) for date, precision in zip(rows["date"], rows["precision"])])
    for name, told in (("a", story_a), ("b", story_b)):
        rows[name] = rows["id"].isin(told)
        rows[f"days_{name}"] = rows.loc[rows[name], "date"].diff().dt.days
    rows["left_out_a"], rows["left_out_b"] = rows["b"] & ~rows["a"], rows["a"] & ~rows["b"]
    kept = ["id", "date", "said", "title", "description", "a", "b", "days_a", "days_b", "left_out_a", "left_out_b"]
    return rows[kept]


def stance_line(events, weights, start="1991-01-01"):
    """Steps closer minus steps away since `start`, each weighted by its kind: id, date, title, reason, effect, level.

    `weights`: category -> number; a kind without one counts nothing. Doubtful events are left out.
    """
    rows = _steps(events, start)
    effect = rows["stance_effect"] * rows["category"].map(weights).fillna(0)
    table = rows[["id", "date", "precision", "title", "category", "stance_reason"]]
    return table.assign(effect=effect, level=effect.cumsum())


def stance_limits(events, most=2, start="1991-01-01"):
    """The lowest and the highest level since `start` that any weights from 0 to `most` can give."""
    rows = _steps(events, start)
    levels = most * pd.get_dummies(rows["category"]).mul(rows["stance_effect"], axis="index").cumsum()
    return float(levels.clip(upper=0).sum(axis=1).min()), float(levels.clip(lower=0).sum(axis=1).max())


def _steps(events, start):
    """The events that are no matter of doubt, since `start`, in order."""
    rows = firm(events)
    return rows[rows["date"] >= pd.Timestamp(start)].sort_values("date", kind="stable").reset_index(drop=True)


# Sentences and sources ------------------------------------------------------------------------


def to_sort(claims, finding, identifiers):
    """Claims as `sorter.sort` takes them: sentences with their right piles, and why, by sentence.

    `claims`: the table; `finding`: what gives the finding of an id; `identifiers`: 'A0-12 A4-11', KeyError if unknown.
    """
    ids = identifiers.split()
    rows, found = claims.set_index("id").loc[ids], [finding(identifier) for identifier in ids]
    why = [f"{one.says} {caveat}".strip() for one, caveat in zip(found, rows["caveat"].fillna(""))]
    piles = [one.verdict.replace("-", " ") for one in found]
    return dict(sentences=dict(zip(rows["claim"], piles)), why=dict(zip(rows["claim"], why)))


def publishers_of(table, sources, least=2):
    """Who stands behind the rows of a table: publisher and number of rows, those with fewer than `least` together."""
    counts = table["source"].map(sources.set_index("id")["publisher"]).value_counts()
    few = counts[counts < least]
    rows = counts[counts >= least].rename_axis("publisher").reset_index(name="rows")
    rest = pd.DataFrame({"publisher": [f"{len(few)} other publishers"], "rows": [few.sum()]})
    return pd.concat([rows, rest], ignore_index=True)
