"""The treaty: what its articles say, how they were used, and who has to say yes."""

import re

import pandas as pd

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
TREATY_PARTS = ("what allies promise", "how the alliance works", "procedure")

# The claims that turn on an article of the treaty, in our reading.
_TURN_ON = {
    1: "A1-076",
    5: "A0-08 A0-09 A0-20 A1-063 A1-064 A1-113 A3-14 A3-15 A4-09 A4-11",
    6: "A1-104",
    10: "A1-011 A1-012 A1-066 A2-05 A3-08 A3-14",
    13: "A0-04 A4-29",
}

# What Article 5 holds, and how a sentence shows that it has it; then what the article does not hold.
ARTICLE_5_PARTS = {
    "one is all": r"attack (?:on|against) (?:any|one)\b.*\ball\b",
    "each helps": r"\bhelps?\b|\bassist",
    "each chooses": r"(?:judges?|think|deems?)\b.*?\bnecessary|\bnecessary\b|whatever they think",
    "force possible": r"\bforce\b",
}
_BEYOND_ARTICLE_5 = r"\bautomatic"
_WORDINGS = ("A0-08", "A1-064", "A1-113", "A4-09")

# What NATO is for, as sentences show it; the treaty is searched for the same.
PURPOSES = {
    "defence": r"\bdefen[cd]|\battack|\bsecurity\b",
    "peaceful means": r"\bpeaceful means\b",
    "freedom": r"\bfree(?:dom)?\b|\bdemocra|\bvalues\b",
    "integration": r"\bintegration\b",
    "Soviet Union": r"\bSoviet\b",
    "crises": r"\bcris[ie]s\b|\bpeacekeeping\b",
}
_DEFINITIONS = ("A0-08", "A1-001", "A1-002", "A4-07", "A4-10")

_DEEDS = {
    "1999-03-24-nato-air-campaign-over": "no Security Council mandate",
    "2016-07-09-warsaw-summit-four-battlegroups": "a summit's decision",
}
GROUNDS = ("Article 5", "Article 4 talks", "a summit's decision", "no Security Council mandate")


# The text ----------------------------------------------------------------------------------


def treaty_parts(articles):
    """The fourteen articles with `part`: one of `TREATY_PARTS`, or 'other' for a theme that is new."""
    return articles.assign(part=articles["theme"].map(_PART_OF_THEME).fillna("other"))


def treaty_mentions(articles, claims):
    """How many of the course's claims turn on each article; which ones is our reading, in `_TURN_ON`.

    Adds to `treaty_parts`: claims (how many) and texts (the newspaper and other articles they stand in, 'A0, A1').
    KeyError names a claim that does not exist.
    """
    text = claims.set_index("id")["article"]
    behind = {number: text.loc[ids.split()] for number, ids in _TURN_ON.items()}
    parts = treaty_parts(articles)
    return parts.assign(
        claims=[len(behind.get(number, ())) for number in parts["number"]],
        texts=[", ".join(sorted(set(behind.get(number, [])))) or "none" for number in parts["number"]],
    )


def gist(articles, number):
    """What one article says, in our words; KeyError if the treaty has no such article."""
    return articles.set_index("number")["gist"][number]


def _held(text, patterns):
    return {name: bool(re.search(pattern, text, re.IGNORECASE)) for name, pattern in patterns.items()}


def wordings_of_article_5(claims, articles):
    """Four sentences on Article 5 beside the treaty's own gist, part by part.

    Columns: id, where, text, one column for each of `ARTICLE_5_PARTS` (bool), parts (how many), automatic (bool:
    says what the treaty does not). The treaty first, then the closest.
    """
    known = claims.set_index("id")
    rows = [("treaty", "The treaty", gist(articles, 5))]
    rows += [
        (claim, f"{known['article'][claim]}, line {known['line'][claim]}", known["claim"][claim]) for claim in _WORDINGS
    ]
    table = pd.DataFrame(rows, columns=["id", "where", "text"])
    table = table.join(pd.DataFrame([_held(text, ARTICLE_5_PARTS) for text in table["text"]]))
    table["parts"] = table[list(ARTICLE_5_PARTS)].sum(axis=1)
    table["automatic"] = table["text"].str.contains(_BEYOND_ARTICLE_5, case=False)
    order = table.assign(treaty=table["id"] == "treaty")
    order = order.sort_values(["treaty", "automatic", "parts"], ascending=[False, True, False], kind="stable")
    return order.drop(columns="treaty").reset_index(drop=True)


def definitions_of_nato(claims, articles):
    """What NATO is for, by the articles that say so and by all fourteen gists of the treaty together.

    Columns: id, where, text, one column for each of `PURPOSES` (bool), purposes (how many).
    """
    known = claims.set_index("id")
    rows = [("treaty", "The treaty, all articles", " ".join(articles["title"] + ": " + articles["gist"]))]
    rows += [
        (claim, f"{known['article'][claim]}, line {known['line'][claim]}", known["claim"][claim])
        for claim in _DEFINITIONS
    ]
    table = pd.DataFrame(rows, columns=["id", "where", "text"])
    table = table.join(pd.DataFrame([_held(text, PURPOSES) for text in table["text"]]))
    again = table.groupby("where").cumcount()
    table["where"] += (again + 1).map(lambda time: f" ({time})" if time > 1 else "")
    return table.assign(purposes=table[list(PURPOSES)].sum(axis=1))


def leaves_the_choice(articles):
    """Whether Article 5 leaves it to each ally what to do: true of the text as it stands."""
    held = _held(gist(articles, 5), ARTICLE_5_PARTS)
    return held["each chooses"] and not re.search(_BEYOND_ARTICLE_5, gist(articles, 5))


# What happens next ---------------------------------------------------------------------------


def after_an_attack(articles, happened, where, agreed):
    """What the treaty foresees, step by step: columns step, says, rests_on, reached (bool), stops (bool).

    `happened`: "armed attack" or "threat"; `where`: "inside" or "outside" the area of Article 6; `agreed`:
    whether all allies hold that it is a case for Article 5. `rests_on` is the gist of the article behind a step.
    """
    attack = happened == "armed attack"
    covered = attack and where == "inside"
    declared = covered and agreed
    steps = [
        ("Something happens", "an armed attack" if attack else "a threat, no shot is fired", None, True),
        ("An ally may ask for talks", "the Council meets", 4, True),
        ("Was it an armed attack?", "yes" if attack else "no: so it stays at talks", 5, attack),
        ("Does the place count?", "yes" if where == "inside" else "no: outside the area", 6, covered),
        ("Do all allies see it so?", "yes" if agreed else "no: nothing is declared", 5, declared),
        ("It is an attack on all", "each ally has to help", 5, declared),
        ("Each ally chooses how", "words, money, arms or troops", 5, declared),
    ]
    basis = {number: f"Article {number}: {gist(articles, number)}" for number in (4, 5, 6)} | {None: ""}
    return _path([(step, says, basis[number], passed) for step, says, number, passed in steps])


def after_a_wish_to_leave(articles, claims, consent):
    """The way out of the treaty for the United States, step by step; columns as in `after_an_attack`.

    `consent`: whether two thirds of the Senate, or an act of Congress, agree.
    """
    treaty = f"Article 13: {gist(articles, 13)}"
    law = claims.set_index("id")["found"]["A4-29"]
    steps = [
        ("A president wants out", "said, not yet done", "", True),
        ("The US law of 2023", "consent is given" if consent else "alone, a president may not", law, consent),
        ("Notice is given", "to the US government itself", treaty, consent),
        ("One year passes", "all duties still bind", treaty, consent),
        ("The membership ends", "the other allies stay", treaty, consent),
    ]
    return _path(steps)


def _path(steps):
    table = pd.DataFrame(steps, columns=["step", "says", "rests_on", "passed"])
    reached = table["passed"].shift(fill_value=True).cummin()
    return table.assign(reached=reached, stops=reached & ~table["passed"]).drop(columns="passed")


# How it was used -----------------------------------------------------------------------------


def treaty_uses(consultations, considered=False):
    """The uses of Articles 4 and 5 that NATO's practice counts, oldest first; with `considered`, also what was not used.

    Adds `who`: the one state that asked, or how many did.
    """
    rows = consultations if considered else consultations[consultations["in_nato_tally"]]
    first = rows["asked_by"].str.split(";").str[0]
    who = first.where(rows["allies_asking"] <= 1, rows["allies_asking"].astype(str) + " allies together")
    who = who.where(rows["kind"] != "Article 5", "the Council itself")
    who = who.where(rows["kind"] != "considered, not used", "no request made")
    return rows.assign(who=who).sort_values("requested_date").reset_index(drop=True)


def count_uses(consultations):
    """How often each article was used: {'Article 5': 1, ...}, 0 where never."""
    counts = treaty_uses(consultations)["kind"].value_counts()
    return {kind: int(counts.get(kind, 0)) for kind in ("Article 4", "Article 5")}


def over_russia(consultations):
    """The Article 4 requests whose reason names Russia."""
    uses = treaty_uses(consultations)
    return uses[(uses["kind"] == "Article 4") & uses["reason"].str.contains("Russia")]


def nato_deeds(events, consultations):
    """What NATO did after 1991 that our tables know the ground of: columns date, ground (of `GROUNDS`), what, came_of_it."""
    uses = treaty_uses(consultations)
    known = events.set_index("id").loc[list(_DEEDS)]
    rows = pd.concat(
        [
            pd.DataFrame(
                {
                    "date": uses["requested_date"],
                    "ground": uses["kind"].replace({"Article 4": "Article 4 talks"}),
                    "what": uses["reason"],
                    "came_of_it": uses["outcome"],
                }
            ),
            pd.DataFrame(
                {
                    "date": known["date"],
                    "ground": known.index.map(_DEEDS),
                    "what": known["title"],
                    "came_of_it": known["description"],
                }
            ),
        ]
    )
    return rows.sort_values("date").reset_index(drop=True)


# Who has to say yes ---------------------------------------------------------------------------


def yes_by_day(ratifications, candidate):
    """How many allies had said yes to a candidate (FIN, SWE) by each day after signing.

    Columns: day, count, who (those of that day). The first row is the day of signing.
    """
    rows = ratifications[ratifications["candidate"] == candidate].sort_values(["days_to_ratify", "country"])
    by_day = rows.groupby("days_to_ratify")["country"].agg(["size", lambda names: ", ".join(names)])
    by_day.columns = ["new", "who"]
    table = by_day.rename_axis("day").reset_index()
    return table.assign(count=table["new"].cumsum())[["day", "count", "who"]]


def yes_on(ratifications, candidate, day):
    """Who has said yes by a day, and who is still missing: two lists of names."""
    rows = ratifications[ratifications["candidate"] == candidate].sort_values(["days_to_ratify", "country"])
    done = rows["days_to_ratify"] <= day
    return list(rows.loc[done, "country"]), list(rows.loc[~done, "country"])


def chance_of_unanimity(allies, chance, doubters=0):
    """The chance (0 to 1) that all agree, if each says yes with `chance` (0 to 1) by itself.

    `doubters` of them are as likely to say no as yes.
    """
    doubters = min(doubters, allies)
    return chance ** (allies - doubters) * 0.5**doubters


def chance_needed(allies, all_agree=0.5):
    """How sure each ally's yes has to be (0 to 1) for the chance that all agree to be `all_agree`."""
    return all_agree ** (1 / allies)


def open_door(countries, members, caucasus=False):
    """European states by where they stand with NATO: columns status, states, who.

    European by the list of the UN's statisticians, with `caucasus` also the members of the Council of Europe in
    western Asia; Türkiye and Cyprus among them. Allies outside Europe are left out.
    """
    council = countries["count_note"].str.contains("Council of Europe", na=False)
    chosen = countries["in_un_m49_europe"].eq(True) | (caucasus & council)
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
