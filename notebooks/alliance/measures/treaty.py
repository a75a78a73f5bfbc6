"""The treaty: what its articles say, how they were used, and who has to say yes."""

import pandas as pd

from .. import data
from ..world import table
from .facts import fact, facts_by_row, facts_of
from .membership import CAUCASUS

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

# The claims that turn on an article of the treaty, in our reading.
_TURN_ON = {
    1: "A1-076",
    5: "A0-08 A0-09 A0-20 A1-063 A1-064 A1-113 A3-14 A3-15 A4-09 A4-11",
    6: "A1-104",
    10: "A1-011 A1-012 A1-066 A2-05 A3-08 A3-14",
    13: "A0-04 A4-29",
}

# What Article 5 holds, and what NATO is for: each is a fact of that name, "one_is_all", of an article or a claim.
ARTICLE_5_PARTS = ("one is all", "each helps", "each chooses", "force possible")
PURPOSES = ("defence", "peaceful means", "freedom", "integration", "Soviet Union", "crises")
_WORDINGS = ("A0-08", "A1-064", "A1-113", "A4-09")
_DEFINITIONS = ("A0-08", "A1-001", "A1-002", "A4-07", "A4-10")

_GROUND_OF_FACT = {"summit": "a summit's decision", "no_mandate": "no Security Council mandate"}
GROUNDS = ("Article 5", "Article 4 talks", *_GROUND_OF_FACT.values())

CANDIDATES = {"FIN": "Finland", "SWE": "Sweden"}
MOST_ALLIES = 40  # how far the curve of unanimity is drawn


# The text ----------------------------------------------------------------------------------


@table
def treaty_parts(treaty_articles):
    """The fourteen articles with `part`: promise, working or procedure in words, or 'other' for a theme that is new."""
    return treaty_articles.assign(part=treaty_articles["theme"].map(_PART_OF_THEME).fillna("other"))


@table
def treaty_mentions(treaty_parts, claims):
    """How many of the course's claims turn on each article; which ones is our reading, in `_TURN_ON`.

    Adds to `treaty_parts`: claims (how many) and texts (the newspaper and other articles they stand in, 'A0, A1').
    KeyError names a claim that does not exist.
    """
    text = claims.set_index("id")["article"]
    behind = {number: text.loc[ids.split()] for number, ids in _TURN_ON.items()}
    return treaty_parts.assign(
        claims=[len(behind.get(number, ())) for number in treaty_parts["number"]],
        texts=[", ".join(sorted(set(behind.get(number, [])))) or "none" for number in treaty_parts["number"]],
    )


def articles_with_claims(treaty_mentions):
    """On how many articles any claim turns."""
    return (treaty_mentions["claims"] > 0).sum()


def gist(treaty_articles, number):
    """What one article says, in our words; KeyError if the treaty has no such article."""
    return treaty_articles.set_index("number")["gist"][number]


def _beside_the_treaty(claims, ids, treaty):
    """Sentences of the articles below the treaty's own words: columns id, where, text."""
    known = claims.set_index("id").loc[list(ids)]
    where = known["article"] + ", line " + known["line"].astype(str)
    told = pd.DataFrame({"id": known.index, "where": where.to_numpy(), "text": known["claim"].to_numpy()})
    return pd.concat([pd.DataFrame([treaty], columns=["id", "where", "text"]), told], ignore_index=True)


@table
def wordings_of_article_5(claims, treaty_articles, facts, text="all"):
    """Four sentences on Article 5 beside the treaty's own gist, part by part.

    Columns: id, where, text, one column for each of `ARTICLE_5_PARTS` (bool), parts (how many), automatic (bool:
    says what the treaty does not). The treaty first, then the closest; with `text`, one of the parts, those that
    have it before those that do not.
    """
    sentences = _beside_the_treaty(claims, _WORDINGS, ("treaty", "The treaty", gist(treaty_articles, 5)))
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
    """The sentence that says of Article 5 what the treaty does not, as 'A1, line 53: ...'."""
    beyond = wordings_of_article_5[wordings_of_article_5["automatic"]]
    return (beyond["where"] + ": " + beyond["text"]).item()


@table
def definitions_of_nato(claims, treaty_articles, facts):
    """What NATO is for, by the articles that say so and by all fourteen gists of the treaty together.

    Columns: id, where, text, one column for each of `PURPOSES` (bool), purposes (how many). `attrs`: `beside`, the
    purposes that articles name and the treaty does not; `most` and `times`, the one named most often in articles.
    """
    treaty = " ".join(treaty_articles["title"] + ": " + treaty_articles["gist"])
    sentences = _beside_the_treaty(claims, _DEFINITIONS, ("treaty", "The treaty, all articles", treaty))
    held = facts_by_row(facts, "claims", "purposes")
    held["treaty"] = frozenset().union(*facts_by_row(facts, "treaty_articles", "purposes"))
    for purpose in PURPOSES:
        code = purpose.lower().replace(" ", "_")
        sentences[purpose] = [code in held[id] for id in sentences["id"]]
    again = sentences.groupby("where").cumcount()
    sentences["where"] += (again + 1).map(lambda time: f" ({time})" if time > 1 else "")
    sentences = sentences.assign(purposes=sentences[list(PURPOSES)].sum(axis=1))
    treaty, named = sentences.loc[0, list(PURPOSES)].astype(bool), sentences.loc[1:, list(PURPOSES)].sum()
    beside = list(named.index[(named > 0) & ~treaty])
    sentences.attrs = dict(beside=beside, most=named.idxmax(), times=named.max())
    return sentences


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
def attack_steps(treaty_articles, happened="armed attack", where="inside", agreed=True):
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
def treaty_uses(consultations, considered=False, lanes="which article"):
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
def nato_deeds(events, treaty_uses, facts):
    """What NATO did after 1991 that our tables know the ground of, oldest first.

    Columns: date, ground (of `GROUNDS`), what, came_of_it, source. `attrs`: `last`, the newest day in consultations.
    """
    uses = pd.DataFrame(
        {
            "date": treaty_uses["requested_date"],
            "ground": treaty_uses["kind"].replace({"Article 4": "Article 4 talks"}),
            "what": treaty_uses["reason"],
            "came_of_it": treaty_uses["outcome"],
            "source": treaty_uses["source"],
        }
    )
    ground = events["id"].map(facts_by_row(facts, "events", "ground").map(_GROUND_OF_FACT))
    known = events.assign(ground=ground, what=events["title"], came_of_it=events["description"])
    deeds = pd.concat([uses, known.loc[ground.notna(), list(uses.columns)]])
    deeds = deeds.sort_values("date").reset_index(drop=True)
    deeds.attrs = dict(last=treaty_uses.attrs["last"])
    return deeds


# Who has to say yes ---------------------------------------------------------------------------


@table
def votes(ratifications, candidate="both"):
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
def yes_so_far(ratifications, members, candidate="both", day=90):
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
    }
    status = rows["nato_status"].map(labels).fillna("other, no known wish")
    status = status.mask(rows["iso3"].isin(members["iso3"]), "already an ally")
    order = ["already an ally", *labels.values(), "other, no known wish"]
    who = rows.groupby(status)["name"].agg(lambda names: ", ".join(sorted(names))).reindex(order).fillna("")
    counts = status.value_counts().reindex(order, fill_value=0)
    return pd.DataFrame({"status": order, "states": counts.to_numpy(), "who": who.to_numpy()})
