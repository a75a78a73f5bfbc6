"""Sentences and reasons: what can be checked, who says it, and what both sides argue."""

from typing import Literal

import pandas as pd

from .. import words
from ..world import table
from .facts import facts_by_row, facts_of
from .membership import when_written
from .verdicts import MARKS, VERDICTS

_SORTS = ("statement of fact", "forecast", "opinion")
RESTS_ON = {"empirical": "can be checked now", "predictive": "a forecast", "normative": "a value"}
SIDES_ARGUED = ("for", "against")
_NON_BLOC = ("2010-07-01-parliament-adopts-non-bloc", "2014-12-23-parliament-drops-non-bloc")
_BUCHAREST = "2008-04-03-bucharest-summit-will-become"
_REFUSAL = "2025-02-12-hegseth-calls-nato-membership"
_NATO_AIM = "2019-02-07-nato-eu-course-written"
_ATTACKS = {"2014": "2014-03-18-russia-declares-annexation-crimea", "2022": "2022-02-24-russia-launches-full-scale"}
_YEARS_AHEAD = 14  # how far a learner may imagine an invitation


# Sentences ----------------------------------------------------------------------------------


def sort_of(kinds):
    """What a claim's `kind` makes of its sentence: statement of fact (which may be false), forecast or opinion."""
    return kinds.map({"prediction": "forecast", "opinion": "opinion"}).fillna("statement of fact")


@table
def sentence_sorts(ledger):
    """How many claims are of each sort, with their share in %."""
    counts = sort_of(ledger["kind"]).value_counts().reindex(_SORTS, fill_value=0)
    return pd.DataFrame(
        {"sort": counts.index, "claims": counts.to_numpy(), "share": 100 * counts.to_numpy() / len(ledger)}
    )


def share_of_forecasts_and_opinions(sentence_sorts):
    """How many of 100 claims are forecasts or opinions."""
    return round(100 - sentence_sorts.set_index("sort")["share"]["statement of fact"])


@table
def verdicts_by_article(ledger):
    """Counts of the claims that have a verdict: a row an article, a column a verdict in the order of the scale."""
    known = ledger.dropna(subset="verdict")
    counts = known.groupby(["article", "verdict"]).size().unstack(fill_value=0)
    return counts.reindex(columns=list(VERDICTS), fill_value=0)


@table
def verdict_counts(verdicts_by_article, articles, article="all"):
    """The claims of one article, or of "all", by verdict in the order of the scale.

    Columns: verdict, words (the same as people say it), mark, meaning, claims, share (%), share_of_all_articles (%).
    `attrs`: `whose` claims they are, and, for steady axes, `most` claims with one verdict in all articles and
    the `highest` share of one verdict in any article.
    """
    every = verdicts_by_article.sum()
    counts = every if article == "all" else verdicts_by_article.loc[article]
    names = articles.set_index("id")["label"]
    rows = pd.DataFrame(
        {
            "verdict": list(VERDICTS),
            "words": [words.verdict(name) for name in VERDICTS],
            "mark": list(MARKS.values()),
            "meaning": list(VERDICTS.values()),
            "claims": counts.to_numpy(),
            "share": 100 * counts.to_numpy() / counts.sum(),
            "share_of_all_articles": 100 * every.to_numpy() / every.sum(),
        }
    )
    rows.attrs = dict(
        whose="the articles" if article == "all" else str(names[article]),
        most=int(every.max()),
        highest=float(_shares(verdicts_by_article).max().max()),
    )
    return rows


def _shares(verdicts_by_article):
    return 100 * verdicts_by_article.div(verdicts_by_article.sum(axis=1), axis=0)


@table
def verdict_in_articles(verdicts_by_article, articles, verdict="contradicted"):
    """How many claims of each article have one verdict: columns id, article (its label), claims, of_all, share (%).

    `attrs`: `most` and `highest`, the largest number and share of any verdict in any article, for steady axes.
    """
    counts, shares = verdicts_by_article, _shares(verdicts_by_article)
    rows = pd.DataFrame(
        {
            "id": counts.index,
            "article": articles.set_index("id")["label"][counts.index].to_numpy(),
            "claims": counts[verdict].to_numpy(),
            "of_all": counts.sum(axis=1).to_numpy(),
            "share": shares[verdict].to_numpy(),
        }
    )
    rows.attrs = dict(most=int(counts.max().max()), highest=float(shares.max().max()))
    return rows


def most_contradicted_article(verdict_in_articles):
    """The label of the article that has most claims with the verdict."""
    return verdict_in_articles.loc[verdict_in_articles["claims"].idxmax(), "article"]


@table
def turning_claims(ledger):
    """The claims whose verdict is not the same under each reading of them."""
    return ledger[ledger["readings"].map(lambda readings: len({verdict for _, verdict in readings}) > 1)]


def turning_choices(turning_claims):
    """What a list of `turning_claims` offers: {sentence: id}."""
    return dict(zip(turning_claims["claim"], turning_claims["id"], strict=True))


# Reasons ------------------------------------------------------------------------------------


@table
def reasons_why_not(reasons, claims):
    """The reasons why Ukraine is not in NATO, the one that most articles give first.

    Columns: reason, sort, who_could_remove_it, A0 to A4 (number of claims), claims, articles (how many give it),
    given_in (the ids of the claims). KeyError names a claim that does not exist.
    """
    article = claims.set_index("id")["article"]
    names, given_in = sorted(article.unique()), reasons["claims"].str.split(";")
    counts = [article.loc[ids].value_counts().reindex(names, fill_value=0) for ids in given_in]
    rows = pd.concat([reasons.drop(columns="claims"), pd.DataFrame(counts).reset_index(drop=True)], axis=1)
    rows = rows.assign(claims=rows[names].sum(axis=1), articles=(rows[names] > 0).sum(axis=1), given_in=given_in)
    return rows.sort_values(["articles", "claims"], ascending=False, kind="stable").reset_index(drop=True)


@table
def reasons_by_date(reasons_why_not, articles, events, written: Literal["all", "before", "since"] = "all"):
    """The same reasons with the articles in the order of their dates, and what lies on either side of one day.

    First comes the reason that most of the articles `written` "before" the day, "since", or ("all") ever give.

    The day is that on which Washington called membership unrealistic; an article is dated by the earliest day on
    which it can have been written.
    Columns: reason, who_could_remove_it, one an article (number of claims), before, since (articles of either side
    that give it), given_by (articles that count here and give it).
    `attrs`: `order` (articles, oldest first), `day`, `before` and `since` (their ids), `turned` (the reasons that no
    article before the day gives, and every article since).
    """
    dated = articles.sort_values("not_before").set_index("id")["not_before"]
    order = [name for name in dated.index if name in reasons_why_not]
    day = events.set_index("id")["date"][_REFUSAL]
    sides = {
        "before": [name for name in order if dated[name] < day],
        "since": [name for name in order if dated[name] >= day],
    }
    given = reasons_why_not[order].gt(0)
    rows = reasons_why_not[["reason", "who_could_remove_it", *order]].assign(
        before=given[sides["before"]].sum(axis=1), since=given[sides["since"]].sum(axis=1)
    )
    by = given[sides.get(written, order)].sum(axis=1).sort_values(ascending=False, kind="stable")
    rows = rows.loc[by.index].assign(given_by=by).reset_index(drop=True)
    turned = rows["before"].eq(0) & rows["since"].eq(len(sides["since"]))
    rows.attrs = dict(order=order, day=day, turned=list(rows.loc[turned, "reason"]), **sides)
    return rows


def reason_order(reasons_by_date):
    """The reasons, the one that most articles give first."""
    return list(reasons_by_date["reason"])


@table
def reason_choices(reasons_why_not):
    """The reasons in the order of the alphabet, to choose from."""
    return sorted(reasons_why_not["reason"])


@table
def argument_pairs(cases, arguments, scholars):
    """Both cases, subject by subject: two rows a subject, for and against.

    Columns: subject, side, case (the best wording), reported (who gives it where), argued_by (author, work, year; ""
    where none is named), rests_on, test, ids. KeyError names an argument or a scholar that does not exist.
    """
    known, rows, people = arguments.set_index("id"), [], scholars.set_index("id")
    rests_on = RESTS_ON | {"empirical": "what can be checked now"}
    for _, one in cases.iterrows():
        behind = known.loc[one["arguments"].split(";")]
        reported = dict.fromkeys(f"{row['attributed_to']} ({row['article']})" for _, row in behind.iterrows())
        kinds = behind["kind"].value_counts()
        rows.append(
            dict(
                subject=one["subject"],
                side=one["side"],
                case=one["case"],
                reported="; ".join(reported),
                argued_by="; ".join(
                    f"{people['person'][name]}, {people['work'][name]} ({people['year'][name]})"
                    for name in ([] if pd.isna(one["scholars"]) else one["scholars"].split(";"))
                ),
                rests_on=", ".join(f"{rests_on[kind]} ({kinds[kind]})" for kind in rests_on if kind in kinds),
                test=behind["test"].iloc[0],
                ids=" ".join(behind.index),
            )
        )
    return pd.DataFrame(rows)


@table
def argument_kinds(arguments):
    """How many reasons of each side rest on what: columns side, kind, reasons, all (of the side), share (%)."""
    pairs = pd.MultiIndex.from_product([SIDES_ARGUED, RESTS_ON], names=["side", "kind"])
    counts = arguments.groupby(["side", "kind"]).size().reindex(pairs, fill_value=0).rename("reasons").reset_index()
    counts["all"] = counts.groupby("side")["reasons"].transform("sum")
    return counts.assign(share=100 * counts["reasons"] / counts["all"])


@table
def sided_arguments(arguments, argument_kinds):
    """The reasons for and against, one a row, each with the share of its side that rests on the same (%)."""
    columns = ["side", "argument", "article", "attributed_to", "kind", "test"]
    shares = argument_kinds[["side", "kind", "share"]].rename(columns={"share": "share_of_side"})
    return arguments[columns].merge(shares, on=["side", "kind"])


def testable_gap(argument_kinds):
    """Share of reasons for that can be checked now, minus the share against, in percentage points."""
    share = argument_kinds[argument_kinds["kind"] == "empirical"].set_index("side")["share"]
    return share["for"] - share["against"]


def weighed(leanings):
    """How a learner weighs the cases ({subject: -5, against, to 5, for}): columns subject, your_weight.

    `attrs`: `total`, the sum, and `turning`, the subjects without which the sum would not lean as it does.
    """
    total = sum(leanings.values())
    turning = [subject for subject, weight in leanings.items() if weight and total * (total - weight) <= 0]
    rows = pd.DataFrame({"subject": list(leanings), "your_weight": list(leanings.values())})
    rows.attrs = dict(total=total, turning=turning if total else [])
    return rows


@table
def speakers(claims):
    """Who is quoted or paraphrased, not the articles' own voice: columns speaker, claims; most first."""
    return claims["speaker"].value_counts().rename_axis("speaker").reset_index(name="claims")


def loudest_speaker(speakers):
    """Whose words the articles quote or paraphrase in most claims."""
    return speakers["speaker"].iloc[0]


# Deterrence and prospects -------------------------------------------------------------------


@table
def russias_neighbours(
    borders, countries, members, events, consultations, facts, event: Literal["invaded", "raised"] = "invaded"
):
    """The states that share a land border with Russia, each as it stood on the day in question.

    `event`: "invaded" (by Russia, since 1991), or "raised" (it asked for Article 4 talks because of Russia; only
    allies can). Columns: iso3, country, since (accession date), happened (bool), on (the state's own day: of the first
    invasion as an ally, or else of the first; of the first request; the newest such day of all where it was spared),
    ally (bool, on that day), promised (bool: membership without a date, in 2008).
    """
    near = borders[(borders["neighbour_iso3"] == "RUS") & borders["recommended"] & (borders["iso3"] != "XNT")]
    days = (_invasions if event == "invaded" else _requests)(events, consultations, facts)
    days = days[days["iso3"].isin(near["iso3"])]
    since = members.set_index("iso3")["accession_date"]
    days = days.assign(ally=days["date"] >= days["iso3"].map(since))
    first = days.sort_values(["ally", "date"], ascending=[False, True]).drop_duplicates("iso3").set_index("iso3")
    rows = near[["iso3"]].merge(countries[["iso3", "name"]], on="iso3").rename(columns={"name": "country"})
    rows = rows.assign(since=rows["iso3"].map(since), happened=rows["iso3"].isin(first.index))
    spared = days["date"].max() if len(days) else since.max()
    rows["on"] = pd.to_datetime(first["date"].reindex(rows["iso3"]).to_numpy()).fillna(spared)
    promised = facts_of(facts, "events", _BUCHAREST).get("promised", frozenset())
    rows = rows.assign(ally=rows["on"] >= rows["since"], promised=rows["iso3"].isin(promised))
    return rows.sort_values(["ally", "country"], ascending=[False, True], ignore_index=True)


def _invasions(events, _, facts):
    """The days on which Russia invaded a state: columns iso3, date."""
    dates = events.set_index("id")["date"]
    invasions = facts_by_row(facts, "events", "russia_invades")
    rows = [(state, dates[row]) for row, states in invasions.items() if row in dates for state in states]
    return pd.DataFrame(rows, columns=["iso3", "date"]).astype({"date": "datetime64[ns]"})


def _requests(_, consultations, facts):
    """The days on which a state asked for talks under Article 4 because of Russia: columns iso3, date."""
    over_russia = facts_by_row(facts, "consultations", "over_russia")
    asked = consultations[consultations["id"].isin(over_russia.index[over_russia.eq(True)])]
    asked = asked.dropna(subset="asked_by_iso3")
    rows = asked.assign(iso3=asked["asked_by_iso3"].str.split(";")).explode("iso3")
    return rows.rename(columns={"requested_date": "date"})[["iso3", "date"]]


@table
def chance_all_outside(russias_neighbours):
    """In how many of 100 cases all states struck would be non-allies, had chance alone picked them.

    Each is picked among the neighbours as they stood on its day, one after another. 100 if none was struck.
    """
    struck = russias_neighbours[russias_neighbours["happened"]].sort_values("on")
    since, chance = russias_neighbours["since"], 1.0
    for before, day in enumerate(struck["on"]):
        outside = int((since.isna() | (since > day)).sum())
        chance *= max(outside - before, 0) / (len(russias_neighbours) - before)
    return 100 * chance


@table
def aims_by_document(stated_aims):
    """What Russia's leadership stated as its aims, one row a document, oldest first, a column a kind of aim.

    Columns: label (speaker and day), date, speaker, document, then one for each kind in the order of first mention
    (the aim in our words, with its note; missing where that document states none). `attrs`: `kinds`.
    """
    kinds = list(stated_aims.sort_values("date", kind="stable")["kind"].drop_duplicates())
    said = stated_aims.assign(aim=stated_aims["aim"] + (". " + stated_aims["note"].fillna("")).str.rstrip(". "))
    rows = said.groupby(["date", "speaker", "document", "kind"])["aim"].agg("; ".join).unstack()[kinds].reset_index()
    pairs = zip(rows["date"], rows["speaker"], strict=True)
    labels = [f"{words.day(day)}: {_short(speaker)}" for day, speaker in pairs]
    rows.insert(0, "label", labels)
    rows.columns.name = None
    rows.attrs = dict(kinds=kinds)
    return rows


def _short(speaker):
    """A person's surname; any other speaker in full: 'Putin', 'Foreign ministry'."""
    first, _, last = speaker.partition(" ")
    return last if last.istitle() and " " not in last else speaker


@table
def invitation_waits(members, since=1990):
    """How long states that joined after `since` waited, in years: columns country, accession_date, route,
    from invitation, from the start of the route."""
    late = members[members["accession_date"].dt.year > since]
    columns = {
        "years_invited_to_accession": "from invitation",
        "years_route_to_accession": "from the start of the route",
    }
    return late[["country", "accession_date", "route", *columns]].rename(columns=columns).reset_index(drop=True)


@table
def scenario_years(events):
    """The years in which an invitation may be imagined: from the year of our newest event on, (first, last)."""
    newest = events["date"].max().year
    return newest, newest + _YEARS_AHEAD


@table
def invitation_scenarios(
    invitation_waits,
    year,
    count_from: Literal["from invitation", "from the start of the route"] = "from invitation",
):
    """When Ukraine would be a member if an invitation (or a start) came in `year`, by each past wait, shortest first.

    Columns: country, accession_date, wait (years), year_of_membership. `attrs`: `middle`, the middle wait,
    `longest`, the longest wait whatever it is counted from.
    """
    rows = invitation_waits.dropna(subset=count_from).sort_values(count_from)
    rows = rows[["country", "accession_date"]].assign(wait=rows[count_from], year_of_membership=year + rows[count_from])
    rows.attrs = dict(
        middle=rows["wait"].median(), longest=float(invitation_waits["from the start of the route"].max())
    )
    return rows


@table
def status_when_attacked(events):
    """Ukraine's status in law on the day of each attack.

    Columns: attack, date, non_bloc (bool), nato_aim (bool: in the constitution).
    """
    day = events.set_index("id")["date"]
    begins, ends, aim = day[_NON_BLOC[0]], day[_NON_BLOC[1]], day[_NATO_AIM]
    rows = [
        dict(attack=year, date=day[event], non_bloc=bool(begins <= day[event] < ends), nato_aim=bool(day[event] >= aim))
        for year, event in _ATTACKS.items()
    ]
    return pd.DataFrame(rows)


@table
def weight_of_ukraine(countries, members, articles):
    """Ukraine beside the European allies of the essay's day: people, output and active soldiers, in % of theirs.

    A dict with `people`, `output`, `soldiers` (the lower estimate) and `allies`, how many count (no Canada, no
    United States). A state is never weighed beside itself, whoever joined before the essay.
    """
    known = countries.set_index("iso3")
    then = set(when_written(members, articles, "A1")["iso3"]) - {"USA", "CAN", "UKR"}
    allies = known.loc[known.index.isin(then)]
    soldiers = allies["active_military"].fillna(allies["active_military_low"]).astype(float)
    ukraine = known.loc["UKR"]
    own = ukraine["active_military"] if pd.notna(ukraine["active_military"]) else ukraine["active_military_low"]
    return dict(
        people=float(100 * ukraine["population"] / allies["population"].sum()),
        output=float(100 * ukraine["gdp_usd"] / allies["gdp_usd"].sum()),
        soldiers=float(100 * own / soldiers.sum()),
        allies=len(allies),
    )
