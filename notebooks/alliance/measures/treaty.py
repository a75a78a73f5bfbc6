"""The treaty: what its articles say, how they were used, and who has to say yes."""

from typing import Literal

import pandas as pd

from .. import data, words
from ..world import table
from .facts import fact, facts_by_row, facts_of
from .membership import CAUCASUS, DAYS_A_YEAR

_PART_OF_THEME = {
    "peace": "what allies promise",
    "values": "what allies promise",
    "capability": "what allies promise",
    "consultation": "what allies promise",
    "defence": "what allies promise",
    "geography": "what allies promise",
    "law": "how the alliance works",
    "institution": "how the alliance works",
    "enlargement": "how the alliance works",
    "exit": "procedure",
    "procedure": "procedure",
}

# What Article 5 holds, and what NATO is for: each is a fact of that name, "one_is_all", of an article or a claim.
ARTICLE_5_PARTS = ("one is all", "each helps", "each chooses", "force possible")
PURPOSES = ("defence", "peaceful means", "freedom", "integration", "Soviet Union", "crises")
_WORDINGS = ("A0-08", "A1-064", "A1-113", "A4-09")
_DEFINITIONS = ("A0-08", "A1-001", "A1-002", "A4-07", "A4-10")

PARTS = (*dict.fromkeys(_PART_OF_THEME.values()), "other")

NO_MANDATE = "no UN mandate"
_GROUNDS = {  # legal_kind of a mission -> its ground as a chart says it
    "un-mandate": "a UN mandate",
    "article-5": "Article 5",
    "host-consent": "consent or request",
    "request": "consent or request",
    "own-territory": "agreement among allies",
    "none-named": "agreement among allies",
    "none-of-the-un": NO_MANDATE,
}
GROUNDS = tuple(dict.fromkeys(_GROUNDS.values()))
MISSIONS = {  # what sorts of operation a chart can show at once -> their kinds
    "bombing and peace forces": ("air campaign", "peace force"),
    "at sea and on patrol": ("naval", "patrol"),
    "training and relief": ("training", "humanitarian"),
}

CANDIDATES = {"FIN": "Finland", "SWE": "Sweden"}
Candidate = Literal["both", *CANDIDATES]
MOST_ALLIES = 40  # how far the curve of unanimity is drawn


# The text ----------------------------------------------------------------------------------


@table
def treaty_parts(treaty_articles):
    """The fourteen articles with `part`: promise, working or procedure in words, or 'other' for a theme that is new."""
    return treaty_articles.assign(part=treaty_articles["theme"].map(_PART_OF_THEME).fillna("other"))


@table
def treaty_mentions(treaty_parts, claims, facts):
    """How many of the course's claims turn on each article; which ones is our reading, a fact of the claim.

    Adds to `treaty_parts`: claims (how many) and texts (the newspaper and other articles they stand in, 'A0, A1').
    """
    text = claims.set_index("id")["article"]
    turned = facts_by_row(facts, "claims", "treaty_articles")
    behind = {
        number: [text[claim] for claim, held in turned.items() if str(number) in held]
        for number in treaty_parts["number"]
    }
    return treaty_parts.assign(
        claims=[len(behind[number]) for number in treaty_parts["number"]],
        texts=[", ".join(sorted(set(behind[number]))) or "none" for number in treaty_parts["number"]],
    )


@table
def treaty_tiles(treaty_mentions):
    """`treaty_mentions` in two columns: adds side (0: what allies promise, 1: the rest) and row on that side."""
    order = treaty_mentions["part"].map({part: place for place, part in enumerate(PARTS)})
    rows = treaty_mentions.assign(side=(order > 0).astype(int), order=order).sort_values(["order", "number"])
    return rows.assign(row=rows.groupby("side").cumcount()).drop(columns="order")


def articles_with_claims(treaty_mentions):
    """On how many articles any claim turns."""
    return (treaty_mentions["claims"] > 0).sum()


def gist(treaty_articles, number):
    """What one article says, in our words; KeyError if the treaty has no such article."""
    return treaty_articles.set_index("number")["gist"][number]


def _beside_the_treaty(claims, facts, ids, treaty):
    """Sentences of the articles below the treaty's own words: columns id, where, text, label ("A1: ..." in short)."""
    known = claims.set_index("id").loc[list(ids)]
    where = known["article"] + ", line " + known["line"].astype(str)
    told = pd.DataFrame({"id": known.index, "where": where.to_numpy(), "text": known["claim"].to_numpy()})
    short = told["id"].map(facts_by_row(facts, "claims", "in_short")).fillna(told["text"])
    told["label"] = known["article"].to_numpy() + ": " + short.str.rstrip(".")
    return pd.concat([pd.DataFrame([treaty], columns=["id", "where", "text", "label"]), told], ignore_index=True)


@table
def wordings_of_article_5(claims, treaty_articles, facts, text: Literal["all", *ARTICLE_5_PARTS] = "all"):
    """Four sentences on Article 5 beside the treaty's own gist, part by part.

    Columns: id, where, text, label, one column for each of `ARTICLE_5_PARTS` (bool), parts (how many), automatic (bool:
    says what the treaty does not). The treaty first, then the closest; with `text`, one of the parts, those that
    have it before those that do not.
    """
    treaty = ("treaty", "The treaty", gist(treaty_articles, 5), "The treaty, Article 5")
    sentences = _beside_the_treaty(claims, facts, _WORDINGS, treaty)
    rows = [("treaty_articles", 5) if id == "treaty" else ("claims", id) for id in sentences["id"]]
    for part in (*ARTICLE_5_PARTS, "automatic"):
        sentences[part] = [fact(facts, of, row, part.replace(" ", "_")) for of, row in rows]
    sentences["parts"] = sentences[list(ARTICLE_5_PARTS)].sum(axis=1)
    order = sentences.assign(treaty=sentences["id"] == "treaty", without=False if text == "all" else ~sentences[text])
    order = order.sort_values(
        ["without", "treaty", "automatic", "parts"], ascending=[True, False, True, False], kind="stable"
    )
    return order.drop(columns=["treaty", "without"]).reset_index(drop=True)


def one_beyond_the_treaty(wordings_of_article_5):
    """The sentence that says of Article 5 what the treaty does not, as 'A1: ...'."""
    return wordings_of_article_5.loc[wordings_of_article_5["automatic"], "label"].item()


@table
def definitions_of_nato(claims, treaty_articles, facts):
    """What NATO is for, by the articles that say so and by all fourteen gists of the treaty together.

    Columns: id, where, text, label, one column for each of `PURPOSES` (bool), purposes (how many).
    `attrs`: `beside`, the purposes that articles name and the treaty does not; `most` and `times`, the one
    named most often in articles.
    """
    treaty = " ".join(treaty_articles["title"] + ": " + treaty_articles["gist"])
    treaty = ("treaty", "The treaty, all articles", treaty, "The treaty, all articles")
    sentences = _beside_the_treaty(claims, facts, _DEFINITIONS, treaty)
    held = facts_by_row(facts, "claims", "purposes")
    held["treaty"] = frozenset().union(*facts_by_row(facts, "treaty_articles", "purposes"))
    for purpose in PURPOSES:
        code = purpose.lower().replace(" ", "_")
        sentences[purpose] = [code in held[id] for id in sentences["id"]]
    sentences = sentences.assign(purposes=sentences[list(PURPOSES)].sum(axis=1))
    treaty, named = sentences.loc[0, list(PURPOSES)].astype(bool), sentences.loc[1:, list(PURPOSES)].sum()
    beside = list(named.index[(named > 0) & ~treaty])
    sentences.attrs = dict(beside=beside, most=named.idxmax(), times=named.max())
    return sentences


@table
def purposes_by_text(nato_purposes):
    """NATO's own texts, oldest first, and what each says that the alliance is for: columns text, agreed, purpose."""
    return pd.DataFrame(
        {
            "text": nato_purposes["document"],
            "agreed": nato_purposes["date"].map(words.month),
            "purpose": nato_purposes["purpose"],
        }
    )


@table
def treaty_facts(treaty_articles, facts):
    """What each article of the treaty holds, as typed facts: {number: {fact: value}}."""
    return {number: facts_of(facts, "treaty_articles", number) for number in treaty_articles["number"]}


@table
def leaves_the_choice(treaty_facts):
    """Whether Article 5 leaves it to each ally what to do: true of the text as it stands."""
    return treaty_facts[5]["each_chooses"] and not treaty_facts[5]["automatic"]


# What happens next ---------------------------------------------------------------------------


@table
def attack_steps(
    treaty_articles,
    happened: Literal["armed attack", "threat"] = "armed attack",
    where: Literal["inside", "outside"] = "inside",
    agreed=True,
):
    """What the treaty foresees, step by step.

    `happened`: "armed attack" or "threat"; `where`: "inside" or "outside" the area of Article 6; `agreed`:
    whether all allies hold that it is a case for Article 5. Columns: step, says, rests_on (the gist of the article
    behind it), because (why the path may stop here), reached (bool), stops (bool).
    """
    attack = happened == "armed attack"
    covered = attack and where == "inside"
    declared = covered and agreed
    steps = [
        ("Something happens", "an armed attack" if attack else "a threat, no shot is fired", "", None, True),
        ("An ally may ask for talks", "the Council meets", "", 4, True),
        ("Was it an armed attack?", "yes" if attack else "no", "so it stays at talks", 5, attack),
        ("Does the place count?", "yes" if where == "inside" else "no", "outside the area", 6, covered),
        ("Do all allies see it so?", "yes" if agreed else "no", "nothing is declared", 5, declared),
        ("It is an attack on all", "each ally has to help", "", 5, declared),
        ("Each ally chooses how", "words, money, arms or troops", "", 5, declared),
    ]
    basis = {number: f"Article {number}: {gist(treaty_articles, number)}" for number in (4, 5, 6)} | {None: ""}
    return _path(
        [
            (step, f"no: {because}" if says == "no" else says, because, basis[number], passed)
            for step, says, because, number, passed in steps
        ]
    )


@table
def exit_steps(treaty_articles, claims, consent=False):
    """The way out of the treaty for the United States, step by step; columns as in `attack_steps`.

    `consent`: whether two thirds of the Senate, or an act of Congress, agree. `attrs`: `law`, what US law says.
    """
    treaty = f"Article 13: {gist(treaty_articles, 13)}"
    law = claims.set_index("id")["found"]["A4-29"]
    steps = _path(
        [
            ("A president wants out", "said, not yet done", "", "", True),
            ("The US law of 2023", "consent is given" if consent else "alone, a president may not", "", law, consent),
            ("Notice is given", "to the US government itself", "", treaty, consent),
            ("One year passes", "all duties still bind", "", treaty, consent),
            ("The membership ends", "the other allies stay", "", treaty, consent),
        ]
    )
    steps.attrs = dict(law=law)
    return steps


def first_hurdle(exit_steps):
    """The step at which the way out stops."""
    return exit_steps.loc[exit_steps["stops"], "step"].item()


def _path(steps):
    path = pd.DataFrame(steps, columns=["step", "says", "because", "rests_on", "passed"])
    reached = path["passed"].shift(fill_value=True).cummin()
    return path.assign(reached=reached, stops=reached & ~path["passed"]).drop(columns="passed")


# How it was used -----------------------------------------------------------------------------


@table
def treaty_uses(consultations, considered=False, lanes: Literal["which article", "who asked"] = "which article"):
    """The uses of Articles 4 and 5 that NATO's practice counts, oldest first; with `considered`, also what was not.

    Adds `who` (the one state that asked, or how many did), `remark` (known doubts of day and number) and `lane`:
    its article, or with `lanes` "who asked" its asker. `attrs`: `lanes`, most used first, what led to no request
    last; `last`, the newest day in the table.
    """
    rows = consultations if considered else consultations[consultations["in_nato_tally"]]
    first = rows["asked_by"].str.split(";").str[0]
    who = first.where(rows["allies_asking"] <= 1, rows["allies_asking"].astype(str) + " allies together")
    who = who.where(rows["kind"] != "Article 5", "the Council itself")
    who = who.where(rows["kind"] != "considered, not used", "no request made")
    lane = rows["kind"] if lanes == "which article" else who
    doubts = [data.remarks_for("consultations", rows, field) for field in ("requested_date", "sequence")]
    uses = rows.assign(who=who, lane=lane, remark=doubts[0] + doubts[1]).sort_values("requested_date")
    uses = uses.reset_index(drop=True)
    order = sorted(uses["lane"].value_counts().index, key="no request made".__eq__)
    uses.attrs = dict(lanes=order, last=consultations["requested_date"].max())
    return uses


@table
def use_counts(treaty_uses):
    """How often each article was used: a Series, index "Article 4" and "Article 5", 0 where never."""
    return treaty_uses["kind"].value_counts().reindex(["Article 4", "Article 5"], fill_value=0)


def uses_of_article_5(use_counts):
    """How often Article 5 was used."""
    return int(use_counts["Article 5"])


@table
def article_4_askers(treaty_uses):
    """Who asked for Article 4 talks how often, most often first: a Series, index as in `who`."""
    return treaty_uses.loc[treaty_uses["kind"] == "Article 4", "who"].value_counts()


@table
def over_russia(treaty_uses, facts):
    """The Article 4 requests made over something that Russia did."""
    over = facts_by_row(facts, "consultations", "over_russia")
    return treaty_uses[(treaty_uses["kind"] == "Article 4") & treaty_uses["id"].map(over).eq(True)]


@table
def operations(missions):
    """What NATO did since 1992, oldest first: adds to `missions` ground (of `GROUNDS`) and running (bool)."""
    rows = missions.assign(ground=missions["legal_kind"].map(_GROUNDS), running=missions["end"].isna())
    return rows.sort_values("start").reset_index(drop=True)


@table
def operation_spans(operations, last_event_day):
    """The same with the years that each operation lasted: adds begin, until (as years, 1999.25) and years.

    What still runs is counted to the day of the newest event. `attrs`: `last`, that day.
    """
    begin, until = (
        day.dt.year + day.dt.day_of_year / DAYS_A_YEAR
        for day in (operations["start"], operations["end"].fillna(last_event_day))
    )
    rows = operations.assign(begin=begin, until=until, years=(until - begin).round(2))
    rows.attrs = dict(last=last_event_day)
    return rows


# Who has to say yes ---------------------------------------------------------------------------


@table
def votes(ratifications, candidate: Candidate = "both"):
    """Rows of `ratifications` for Finland, Sweden or both, in the order in which allies said yes."""
    chosen = list(CANDIDATES) if candidate == "both" else [candidate]
    rows = ratifications[ratifications["candidate"].isin(chosen)]
    return rows.sort_values(["candidate", "days_to_ratify", "country"])


@table
def yes_by_day(votes, last_yes):
    """How many allies had said yes to a candidate by each day after signing.

    Columns: candidate, day, count, date, who (those of that day), note (what is known of their dates). The first row
    of a candidate is the day of signing. `attrs`: `signed`, that day; `allies`, how many had to agree;
    `longest`, the day on which the last of them said yes to either candidate, for a steady axis.
    """
    steps = votes.groupby(["candidate", "days_to_ratify"], as_index=False).agg(
        new=("country", "size"), who=("country", ", ".join), note=("note", lambda notes: " ".join(notes.dropna()))
    )
    steps["count"] = steps.groupby("candidate")["new"].cumsum()
    steps["candidate"] = steps["candidate"].map(CANDIDATES)
    signed = votes["signed_date"].iloc[0]
    steps["date"] = signed + pd.to_timedelta(steps["days_to_ratify"], unit="D")
    steps = steps.rename(columns={"days_to_ratify": "day"})[["candidate", "day", "count", "date", "who", "note"]]
    steps.attrs = dict(signed=signed, allies=votes["iso3"].nunique(), longest=int(last_yes.max()))
    return steps


def yes_on(ratifications, candidate, day):
    """Who had said yes to a candidate (FIN, SWE) by a day after signing: names in that order."""
    rows = votes(ratifications, candidate)
    return list(rows.loc[rows["days_to_ratify"] <= day, "country"])


def missing_on(ratifications, candidate, day):
    """Who had not said yes to a candidate (FIN, SWE) by a day after signing: names in the order of their yes."""
    rows = votes(ratifications, candidate)
    return list(rows.loc[rows["days_to_ratify"] > day, "country"])


def count_yes(ratifications, candidate, day):
    """How many allies had said yes to a candidate (FIN, SWE) by a day after signing."""
    return len(yes_on(ratifications, candidate, day))


@table
def yes_so_far(ratifications, members, candidate: Candidate = "both", day=90):
    """Where each candidate stood on a day after signing: candidate, name, done (how many), missing (names), entered."""
    since = members.set_index("iso3")["accession_date"]
    chosen = list(CANDIDATES) if candidate == "both" else [candidate]
    return pd.DataFrame(
        {
            "candidate": [CANDIDATES[code] for code in chosen],
            "done": [count_yes(ratifications, code, day) for code in chosen],
            "missing": [missing_on(ratifications, code, day) for code in chosen],
            "entered": [since[code] for code in chosen],
        }
    )


@table
def last_yes(ratifications):
    """The day after signing on which the last ally said yes: a Series, index candidate (FIN, SWE)."""
    return ratifications.groupby("candidate")["days_to_ratify"].max()


@table
def allies(members):
    """How many allies there are."""
    return len(members)


@table
def all_agree(allies, chance=98.0, doubters=0):
    """The chance (%) that all allies agree, if each is sure by `chance` (%) and `doubters` of them are undecided."""
    return 100 * chance_of_unanimity(allies, chance / 100, doubters)


def all_agree_rounded(all_agree):
    """That chance in whole %."""
    return round(all_agree)


@table
def unanimity_curve(allies, chance=98.0, doubters=0):
    """The chance (%) that all agree among 1 to `MOST_ALLIES` allies: columns allies, chance_that_all_agree."""
    numbers = range(1, MOST_ALLIES + 1)
    undecided = min(doubters, allies)
    curve = [100 * chance_of_unanimity(number, chance / 100, undecided) for number in numbers]
    return pd.DataFrame({"allies": numbers, "chance_that_all_agree": curve})


def chance_of_unanimity(allies, chance, doubters=0):
    """The chance (0 to 1) that all agree, if each says yes with `chance` (0 to 1) by itself.

    `doubters` of them are as likely to say no as yes.
    """
    doubters = min(doubters, allies)
    return chance ** (allies - doubters) * 0.5**doubters


def chance_needed(allies, all_agree=0.5):
    """How sure each ally's yes has to be (0 to 1) for the chance that all agree to be `all_agree`."""
    return all_agree ** (1 / allies)


@table
def open_door(countries, members, caucasus=False):
    """European states by where they stand with NATO: columns status, states, who.

    European by the list of the UN's statisticians, with `caucasus` also Türkiye, Armenia, Azerbaijan and Georgia,
    members of the Council of Europe in western Asia. Allies outside Europe are left out.
    """
    in_asia = countries["iso3"].isin([*CAUCASUS, "TUR"])
    chosen = countries["in_un_m49_europe"].eq(True) | (caucasus & in_asia)
    rows = countries[chosen]
    labels = {
        "applicant": "has applied",
        "aspirant/partner": "wants to, has not applied",
        "neutral": "neutral or non-aligned",
        "CSTO": "in the Russian-led CSTO",
        "member": "an ally only later",  # in a world of an older day
    }
    status = rows["nato_status"].map(labels).fillna("other, no known wish")
    status = status.mask(rows["iso3"].isin(members["iso3"]), "already an ally")
    order = ["already an ally", *labels.values(), "other, no known wish"]
    order = [label for label in order if label != labels["member"] or label in set(status)]
    who = rows.groupby(status)["name"].agg(lambda names: ", ".join(sorted(names))).reindex(order).fillna("")
    counts = status.value_counts().reindex(order, fill_value=0)
    return pd.DataFrame({"status": order, "states": counts.to_numpy(), "who": who.to_numpy()})
