"""The long road: events and the days between them, summits' words, polls, laws, stories and stances."""

import pandas as pd

from .. import words
from ..world import table
from .facts import facts_by_row

FIRM = ("verified", "single-source")  # doubtful rows are marked or left out, never counted
ALL_ADULTS = "referendum, all respondents"
ASKED = {ALL_ADULTS: "all who were asked", "referendum, those who would vote": "only those who would vote"}
STANCE_SINCE = "1991-01-01"  # before it there was no Ukraine that could come closer

# The summits whose words are compared: its name, our gist of the text, and the claim that holds what was read.
SUMMITS = {
    "2008-04-03-bucharest-summit-will-become": ("Bucharest", "will become members", "A2-02"),
    "2023-07-11-vilnius-summit-drops-action": ("Vilnius", "no Action Plan needed", "A2-15"),
    "2024-07-10-washington-summit-calls-ukraine": ("Washington", "an irreversible path", "A2-17"),
    "2025-06-25-hague-summit-agrees-five": ("The Hague", "silent on membership", None),
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

# Events that lessons and charts name in a line of code.
EVENT = {
    "Bucharest": "2008-04-03-bucharest-summit-will-become",
    "Georgia": "2008-08-08-russia-georgia-war",
    "Crimea": "2014-03-18-russia-declares-annexation-crimea",
    "drafts": "2021-12-17-russia-publishes-draft-treaties",
    "written reply": "2022-01-26-nato-washington-answer-writing",
    "cancelled meeting": "2022-02-22-blinken-calls-off-geneva",
    "invasion": "2022-02-24-russia-launches-full-scale",
    "application": "2022-09-30-ukraine-applies-fast-track",
}

# What an article does with an event, in the order of a legend.
TELLS, DIFFERS, OMITS = "tells it", "tells it differently", "leaves it out"

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


def firm(table):
    """The rows of a table of events or polls that are not doubtful."""
    return table[table["confidence"].isin(FIRM)].reset_index(drop=True)


@table
def firm_events(events):
    """The events that are not doubtful."""
    return firm(events)


def dates_in_words(rows):
    """The dates of events in words, as a list."""
    return [words.date(date, precision) for date, precision in zip(rows["date"], rows["precision"], strict=True)]


def event(events, identifier):
    """One event as a row, with `said`, its date in words; KeyError names the event there is not."""
    rows = events[events["id"] == identifier]
    if rows.empty:
        raise KeyError(f"There is no event {identifier!r} in this table.")
    row = rows.iloc[0].copy()
    row["said"] = words.date(row["date"], row["precision"])
    return row


def these_events(events, identifiers):
    """Some events, in the order of their table."""
    return events[events["id"].isin(list(identifiers))]


@table
def newest_event(firm_events):
    """The date of the newest event that is not doubtful."""
    return firm_events["date"].max()


# Events against articles -----------------------------------------------------------------------


def road_periods(firm_events):
    """Spans of years to look at: {'2008 to 2025': ('2008-01-01', '2025-12-31'), ...}."""
    first, last = firm_events["date"].dt.year.min(), firm_events["date"].dt.year.max()
    spans = {
        f"{begin} to {end}": (f"{begin}-01-01", f"{end}-12-31")
        for begin, end in ((2008, 2025), (2008, 2013), (2014, 2021), (2022, 2023), (2024, 2025), (first, 2007))
    }
    return {
        **spans,
        "April 2021 to February 2022": ("2021-04-01", "2022-02-28"),
        f"{last}": (f"{last}-01-01", f"{last}-12-31"),
    }


@table
def road_matrix(firm_events, facts, articles, period=("2008-01-01", "2025-12-31"), untold=False):
    """Events of a period and what each article does with them, in date order; those that none tells only if `untold`.

    Columns: id, date, precision, said (the date in words), title, description, flag_text, source, a column for each
    article (A0 ...) with TELLS, DIFFERS (from the record, as facts.csv has it) or OMITS, and `told`, how many articles
    tell it. `attrs`: span, the years asked for in words.
    """
    start, end = (pd.Timestamp(day) for day in period)
    rows = firm_events[firm_events["date"].between(start, end)].sort_values("date", kind="stable")
    named = rows["articles"].fillna("").str.split(";")
    apart = rows["id"].map(facts_by_row(facts, "events", "told_differently_by"))
    cells = {
        article: [_does(article, told, those) for told, those in zip(named, apart, strict=True)]
        for article in articles["id"]
    }
    kept = rows[["id", "date", "precision", "title", "description", "flag_text", "source"]].assign(
        said=dates_in_words(rows), **cells
    )
    kept["told"] = (kept[list(cells)] != OMITS).sum(axis=1)
    kept = (kept if untold else kept[kept["told"] > 0]).reset_index(drop=True)
    kept.attrs["span"] = f"{start.year} to {end.year}" if start.year != end.year else f"{start.year}"
    return kept


def _does(article, told, apart):
    """What an article does with an event that some tell and some tell differently (missing where none does)."""
    if article not in told:
        return OMITS
    return DIFFERS if isinstance(apart, frozenset) and article in apart else TELLS


@table
def told_by_article(road_matrix, articles):
    """How many of the events each article tells, and how many of them differently: article, label, tells, differs."""
    cells = road_matrix[list(articles["id"])]
    counts = articles[["id", "label"]].rename(columns={"id": "article"})
    return counts.assign(tells=(cells != OMITS).sum().to_numpy(), differs=(cells == DIFFERS).sum().to_numpy())


def told_once(road_matrix):
    """What part of the events that articles tell only one of them tells, in %."""
    told = road_matrix.loc[road_matrix["told"] > 0, "told"]
    return 100 * float((told == 1).mean())


def told_by_none(road_matrix):
    """The events that none of the articles tells; none unless they were asked for with `untold`."""
    return road_matrix[road_matrix["told"] == 0]


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


@table
def two_events(events, first, second):
    """Two events as rows, the first asked for on top: the columns of `events`, said, days (since the first)."""
    rows = pd.DataFrame([event(events, identifier) for identifier in (first, second)])
    return rows.assign(days=[0, days_between(events, first, second)])


def day_events(firm_events):
    """Events that an article speaks of and whose day is known, to choose from: {'2008-04-03 Bucharest…': id}."""
    rows = firm_events[(firm_events["precision"] == "day") & firm_events["articles"].notna()]
    rows = rows.sort_values("date", kind="stable")
    named = [f"{date:%Y-%m-%d} {words.shortened(title, 44)}" for date, title in zip(rows["date"], rows["title"])]
    return dict(zip(named, rows["id"], strict=True))


# Words ----------------------------------------------------------------------------------------


@table
def summit_promises(firm_events, claims):
    """What four summits said of Ukraine's membership, in date order.

    Columns: id, date, summit, phrase (our gist), text (what was read of it), articles (and where one parts ways),
    source.
    """
    found, rows = claims.set_index("id")["found"], []
    for identifier, (name, phrase, claim) in SUMMITS.items():
        row = event(firm_events, identifier)
        read = f"What was read: {found[claim]}." if claim else f"{row['stance_reason']}."
        articles = row["articles"].replace(";", ", ") if pd.notna(row["articles"]) else "none"
        flag = f". {row['flag_text']}" if pd.notna(row["flag_text"]) else "."
        rows.append(
            dict(
                id=identifier,
                date=row["date"],
                summit=f"{name}, {row['said']}",
                phrase=phrase,
                text=f"{row['description']} {read}",
                articles=f"Articles that speak of it: {articles}{flag}",
                source=row["source"],
            )
        )
    return pd.DataFrame(rows).sort_values("date", ignore_index=True)


def order_of_phrases(summit_promises):
    """Our gists of what the summits said, oldest first."""
    return list(summit_promises["phrase"])


def peace_steps(firm_events, facts):
    """Events on the way to a peace since 2025, with `peace_step`: plan, talks, offer, ..., or signed."""
    return firm_events.assign(peace_step=firm_events["id"].map(facts_by_row(facts, "events", "peace_step"))).dropna(
        subset="peace_step"
    )


@table
def peace_talks(firm_events, facts):
    """Drafts, talks and offers, doubtful ones left out: when, what, and what it means for membership."""
    rows = peace_steps(firm_events, facts)
    return pd.DataFrame(
        {
            "when": dates_in_words(rows),
            "what was proposed, said or reported": rows["title"] + ". " + rows["description"],
            "for membership, in our reading": rows["stance_reason"],
        }
    ).reset_index(drop=True)


def joint_steps(firm_events, facts, first, last):
    """The steps of NATO and Ukraine together between two days, both included."""
    together = facts_by_row(facts, "events", "nato_with_ukraine")
    return firm_events[firm_events["date"].between(first, last) & firm_events["id"].map(together).eq(True)]


@table
def milestones(firm_events):
    """Steps of membership since the full-scale invasion that changed something: when, what, closer or further."""
    begun = event(firm_events, EVENT["invasion"])["date"]
    since = firm_events["date"] >= begun
    rows = firm_events[since & (firm_events["category"] == "membership") & (firm_events["stance_effect"] != 0)]
    return pd.DataFrame(
        {
            "when": dates_in_words(rows),
            "what": rows["title"] + ". " + rows["description"],
            "our judgement, yours may differ": rows["stance_effect"].map({1: "closer: ", -1: "further: "})
            + rows["stance_reason"],
        }
    ).reset_index(drop=True)


# Polls ----------------------------------------------------------------------------------------


@table
def known_polls(public_opinion, sources):
    """Polls with a share in favour that are not doubtful, with `asked` (whom), `series` (pollster, whom) and `era`.

    An era ends where the way of asking changes: in 2014 (Crimea and occupied land drop out) and in 2022 (by telephone).
    `star` is "*" where an encyclopedia's table alone has the poll, else "".
    """
    rows = firm(public_opinion).dropna(subset="for_pct")
    asked = rows["question"].map(ASKED).fillna("no referendum named")
    era = (rows["year"] >= 2014).astype(int) + (rows["year"] >= 2022).astype(int)
    owners = rows["source"].map(sources.set_index("id")["owner"])
    star = ["*" if owner == "encyclopedia" else "" for owner in owners]
    rows = rows.assign(asked=asked, series=rows["pollster"] + ", " + asked, era=era, star=star)
    return rows.sort_values("date", kind="stable", ignore_index=True)


def poll_series(known_polls, least=3):
    """The series of one pollster and one question with at least `least` polls, longest first."""
    counts = known_polls["series"].value_counts()
    return list(counts[counts >= least].index)


def longest_series(known_polls):
    """The series of polls with most of them."""
    return poll_series(known_polls)[0]


@table
def polls_drawn(known_polls, series, others=True):
    """The polls of one series and, with `others`, all others: adds `drawn_as`, "line" or "single mark"."""
    rows = known_polls.assign(drawn_as=known_polls["series"].eq(series).map({True: "line", False: "single mark"}))
    rows = rows if others else rows[rows["drawn_as"] == "line"]
    return rows.sort_values(["drawn_as", "date"])


@table
def adult_polls(known_polls, years):
    """Polls of all adults on a referendum in these years; `attrs`: first and last, the years of all such polls."""
    asked = known_polls[known_polls["question"] == ALL_ADULTS]
    rows = asked[asked["year"].isin(years)].reset_index(drop=True)
    rows.attrs = dict(first=int(asked["year"].min()), last=int(asked["year"].max()))
    return rows


@table
def middle_of_polls(adult_polls):
    """The middle of the polls of all adults: {year: median of those in favour, in %}."""
    return {int(year): float(value) for year, value in adult_polls.groupby("year")["for_pct"].median().items()}


def middle_in_last_year(middle_of_polls):
    """The middle of the polls of the last of the years asked for, in %."""
    return list(middle_of_polls.values())[-1]


# Gas ------------------------------------------------------------------------------------------


@table
def gas_by_year(gas_transit, written):
    """Russian gas through Ukraine by year, seen from a sentence written in the year `written`.

    Columns: year, bcm, counted_by, note, source, when (before, then or after), share (% of the most).
    `attrs`: then (bcm in the year `written`, the last known where it lies beyond), most, most_year, last (the last
    year with a flow up to `written`).
    """
    rows = gas_transit.sort_values("year").reset_index(drop=True)
    sides = ["before" if year < written else "then" if year == written else "after" for year in rows["year"]]
    known, top = rows[rows["year"] <= written], rows.loc[rows["bcm"].idxmax()]
    rows = rows.assign(when=sides, share=100 * rows["bcm"] / top["bcm"])
    rows.attrs = dict(
        then=float(known["bcm"].iloc[-1]),
        most=float(top["bcm"]),
        most_year=int(top["year"]),
        last=int(known.loc[known["bcm"] > 0, "year"].max()),
    )
    return rows


def gas_in(gas_by_year):
    """Billion cubic metres in the year asked for."""
    return gas_by_year.attrs["then"]


# Law ------------------------------------------------------------------------------------------


def law_events(story_pool, events):
    """The stations of the two stories since Ukraine's independence, to read its law at: {'2014 Russia…': id}."""
    begun = event(events, next(iter(LAWS)))["date"]
    later = set(events.loc[events["date"] >= begun, "id"])
    return {name: identifier for name, identifier in story_pool.items() if identifier in later}


@table
def law_spans(events, newest_event):
    """What Ukrainian law said of alliances: id, title, description and source of what began it, law, start, end, years.

    Start and end are dates. The last span ends with the newest event of the table.
    """
    rows = pd.DataFrame([event(events, identifier) for identifier in LAWS]).reset_index(drop=True)
    spans = rows.assign(law=list(LAWS.values()), start=rows["date"], end=rows["date"].shift(-1).fillna(newest_event))
    spans["years"] = ((spans["end"] - spans["start"]).dt.days / 365.25).round(2)
    return spans[["id", "law", "start", "end", "years", "title", "description", "source"]]


def law_on(law_spans, events, mark):
    """What Ukrainian law said of alliances on the day of an event; ValueError before independence."""
    spans = law_spans[law_spans["start"] <= event(events, mark)["date"]]
    if spans.empty:
        raise ValueError("Ukraine was not yet independent on that day.")
    return spans["law"].iloc[-1]


# The ladder -----------------------------------------------------------------------------------


def allies_by_route(members):
    """Allies whose way in is recorded from its first step, by accession date: {'Finland': 'FIN', ...}."""
    rows = members.dropna(subset=["route_start_date", "invited_date"]).sort_values("accession_date", ascending=False)
    return dict(zip(rows["country"], rows["iso3"]))


@table
def membership_ladder(events, members, newest_event, ally):
    """Rungs to membership with the day Ukraine and one ally (iso3) reached them; missing where one did not.

    Columns: rung, ukraine, ally, formal (a step every ally takes), source (of the event that is Ukraine's).
    `attrs`: country (the ally), took (days from its first step to membership), since (days since Ukraine applied, up
    to `newest`, the day of the newest event or accession, or up to its own), joined (whether it is an ally).
    """
    row = members.set_index("iso3").loc[ally]
    own = members.set_index("iso3").reindex(["UKR"]).iloc[0]
    reached = {rung: event(events, key) for rung, key in RUNGS.items() if key}
    ukraine = [reached[rung]["date"] if rung in reached else own[ALLY_RUNGS[rung]] for rung in RUNGS]
    theirs = [row[ALLY_RUNGS[rung]] if rung in ALLY_RUNGS else pd.NaT for rung in RUNGS]
    steps = [reached.get(rung, {"precision": "day", "source": None}) for rung in RUNGS]
    rows = pd.DataFrame(
        {
            "rung": list(RUNGS),
            "ukraine": pd.to_datetime(ukraine),
            "ally": pd.to_datetime(theirs),
            "formal": [rung in ALLY_RUNGS for rung in RUNGS],
            "precision": [step["precision"] for step in steps],
            "source": [step["source"] for step in steps],
        }
    )
    formal, newest = rows[rows["formal"]], max(newest_event, members["accession_date"].max())
    entry = own["accession_date"]
    rows.attrs = dict(
        country=row["country"],
        took=(formal["ally"].iloc[-1] - formal["ally"].iloc[0]).days,
        since=(pd.Series([newest, entry]).min() - formal["ukraine"].iloc[0]).days,
        newest=newest,
        joined=pd.notna(entry),
    )
    return rows


# Stories and stances --------------------------------------------------------------------------


@table
def story_pool(events):
    """The stations from which two stories are built, in order: {'2008 Bucharest summit: …': event id, ...}."""
    rows = events.dropna(subset="pool").sort_values("date", kind="stable")
    return {
        f"{date.year} {title}": key for date, title, key in zip(rows["date"], rows["title"], rows["id"], strict=True)
    }


def owners_of_because(scholars):
    """Authors who say why, for a story to name one: {'nobody yet': '', 'George F. Kennan, 1997 (side)': id}."""
    rows = scholars[scholars["question"] != "What was promised in 1990?"].sort_values("year", kind="stable")
    named = {f"{row['person']}, {row['year']} ({row['side']})": row["id"] for _, row in rows.iterrows()}
    return {"nobody yet": "", **named}


@table
def positions(scholars):
    """Who says why, by name, work and year: those for enlargement as cause, for Russian aims, for both or neither."""
    rows = scholars[scholars["question"] != "What was promised in 1990?"]
    order = ["enlargement as cause", "Russian aims as cause", "both", "neither"]
    rows = rows.sort_values(
        ["side", "year"], key=lambda column: column.map(order.index) if column.name == "side" else column
    )
    return _positions(rows)


@table
def positions_on_1990(scholars):
    """What named historians and archives' readers hold of the talks of 1990."""
    return _positions(scholars[scholars["question"] == "What was promised in 1990?"].sort_values("year"))


def _positions(rows):
    return pd.DataFrame(
        {
            "who": rows["person"] + ", " + rows["who"],
            "work and year": rows["work"] + ", " + rows["year"].astype(str),
            "side, as we sort it": rows["side"],
            "holds, in our words": rows["position"] + rows["note"].map(" {}".format).where(rows["note"].notna(), ""),
        }
    ).reset_index(drop=True)


@table
def two_stories(events, story_pool, story_a, story_b, more=()):
    """The stations in order, and what each of two stories does with them.

    `story_a`, `story_b`: the ids each story tells; `more`: ids of events that a learner adds to the pool. Columns:
    those of events, said, a, b (told or not), days_a, days_b (since the date told before), left_out_a, left_out_b
    (the other tells it).
    """
    rows = these_events(events, [*story_pool.values(), *more])
    rows = rows.sort_values("date", kind="stable").reset_index(drop=True)
    rows = rows.assign(said=dates_in_words(rows))
    for side, told in (("a", story_a), ("b", story_b)):
        rows[side] = rows["id"].isin(told)
        rows[f"days_{side}"] = rows.loc[rows[side], "date"].diff().dt.days
    return rows.assign(left_out_a=rows["b"] & ~rows["a"], left_out_b=rows["a"] & ~rows["b"])


@table
def stance_line(firm_events, membership=1, diplomacy=1, war=1, reform=1, aid=1):
    """Steps closer minus steps away since 1991, each times the weight of its kind; spending counts with aid.

    Columns: id, date, precision, title, category, stance_reason, effect, level (the sum so far). Doubtful events are
    left out.
    """
    weights = dict(membership=membership, diplomacy=diplomacy, war=war, reform=reform, aid=aid, spending=aid)
    rows = _steps(firm_events)
    effect = rows["stance_effect"] * rows["category"].map(weights).fillna(0)
    kept = rows[["id", "date", "precision", "title", "category", "stance_reason"]]
    return kept.assign(effect=effect, level=effect.cumsum())


@table
def stance_limits(firm_events, most=2):
    """The lowest and the highest level that any weights from 0 to `most` can give."""
    rows = _steps(firm_events)
    levels = most * pd.get_dummies(rows["category"]).mul(rows["stance_effect"], axis="index").cumsum()
    return float(levels.clip(upper=0).sum(axis=1).min()), float(levels.clip(lower=0).sum(axis=1).max())


def _steps(firm_events):
    """The events since `STANCE_SINCE`, in order."""
    rows = firm_events[firm_events["date"] >= STANCE_SINCE]
    return rows.sort_values("date", kind="stable").reset_index(drop=True)


# The eastern flank ----------------------------------------------------------------------------


@table
def battlegroup_sizes(troops):
    """Battlegroups in the east by year: groups (with a size), soldiers."""
    rows = troops[troops["measure"] == "battlegroup size"].groupby("year")["personnel"]
    return rows.agg(groups="count", soldiers="sum").reset_index()


# Sentences and sources ------------------------------------------------------------------------


def publishers_of(table, sources, least=2):
    """Who stands behind the rows of a table: publisher and number of rows, those with fewer than `least` together."""
    counts = table["source"].map(sources.set_index("id")["publisher"]).value_counts()
    few = counts[counts < least]
    rows = counts[counts >= least].rename_axis("publisher").reset_index(name="rows")
    rest = pd.DataFrame({"publisher": [f"{len(few)} other publishers"], "rows": [few.sum()]})
    return pd.concat([rows, rest], ignore_index=True)
