"""Sentences and reasons: what can be checked, who says it, and what both sides argue."""

import math

import pandas as pd

_SORTS = ("statement of fact", "forecast", "opinion")
_RESTS_ON = {"empirical": "what can be checked now", "predictive": "a forecast", "normative": "a value"}

# Why Ukraine is not in NATO: the reasons that the articles give, who could remove each, and the claims that give it.
_REASONS = (
    ("The allies do not agree", "political and legal: Article 10 asks for all of them", "every single ally",
     "A0-03 A1-020 A1-037 A1-039 A1-066 A2-06 A2-17"),
    ("Entry in wartime could draw allies into the war", "military and legal: Article 5", "whoever ends the fighting, or allies who limit the promise",
     "A0-03 A0-48 A1-063 A1-065 A1-066 A3-02 A3-14"),
    ("Moscow objects", "political", "Moscow, by dropping its objection; allies, by deciding without it",
     "A1-021 A1-030 A1-086 A2-08 A2-09 A2-11 A4-12"),
    ("Reforms and standards come first", "institutional", "Kyiv, and allies who judge it",
     "A0-47 A1-011 A2-06 A2-07"),
    ("Washington says no, or not now", "political", "the United States",
     "A0-01 A0-49 A1-037 A1-068 A2-07 A2-19 A4-13 A4-15"),
    ("A fixed date could prolong the war", "political: a forecast about Moscow", "allies, if they judge otherwise",
     "A1-067"),
    ("Kyiv itself turned away, or offered to", "political", "Ukraine's voters and government",
     "A1-025 A1-072"),
    ("Arms come before membership", "military", "allied governments and parliaments",
     "A1-041 A3-05 A3-08"),
)  # fmt: skip

# Both cases at their best, subject by subject: for an invitation, against one, and the arguments behind each.
_CASES = (
    ("Deterrence",
     "Russia has sent its army against neighbours outside the alliance, never against one inside. A promise by all allies is the one Moscow has not dared to test. Without it, a ceasefire is only a pause.",
     "arg-03 arg-01 arg-02 arg-09",
     "A promise deters only if it is believed. No ally sent its own army to fight for Ukraine, and Moscow took note. It may test the words, and an alliance that fails such a test protects nobody at all.",
     "arg-26 arg-27 arg-40"),
    ("The danger of a wider war",
     "A grey zone invites war; a clear line prevents it. Finland's entry brought no invasion. Inside the alliance Ukraine would plan with others and be held back by them, which makes all safer, Russia too.",
     "arg-05 arg-04 arg-06 arg-10",
     "Moscow calls this entry a red line. Whether its fear is fair matters less than what it may do. Taking in a state at war, or just after one, could set nuclear powers directly against each other.",
     "arg-23 arg-24 arg-25 arg-41"),
    ("How the war ends",
     "An invitation makes Ukraine stronger at the table and ends Moscow's hope of winning by waiting. A promise without a date tempts an attacker to fight on. A promise kept takes that prize away.",
     "arg-16 arg-05 arg-17",
     "If the end of the war opens the door, Moscow has a reason never to end it. A fixed date rewards fighting on. Left open, membership can still be traded at the table for land, people and peace.",
     "arg-28 arg-47 arg-42"),
    ("Rules and values",
     "A free country chooses its own friends. If force can shut the door, every strong state learns that force pays. Ukraine gave up nuclear arms for assurances; it has earned a promise that is kept.",
     "arg-14 arg-17 arg-13",
     "An alliance is a duty, not a reward. Governments owe safety to their own citizens first. A right to ask is no right to be let in; courage can be honoured and supplied without a vow to fight.",
     "arg-30 arg-32 arg-34"),
    ("Costs and burdens",
     "Arming a lonely neighbour without end costs more than planning together. Inside, a large and tested army would strengthen the defence of all, and allies would have a say in how it is used.",
     "arg-19 arg-07 arg-20",
     "Somebody must guard a long new border with troops, aircraft and ships, for decades. Arms and training cost less, can be changed from year to year, and bind no ally's soldiers in advance.",
     "arg-29 arg-35 arg-36 arg-39"),
)  # fmt: skip

_INVADED = {"GEO": "2008-08-08-russia-georgia-war", "UKR": "2022-02-24-russia-launches-full-scale"}
_NON_BLOC = ("2010-07-01-parliament-adopts-non-bloc", "2014-12-23-parliament-drops-non-bloc")
_NATO_AIM = "2019-02-07-nato-eu-course-written"
_ATTACKS = {"2014": "2014-03-18-russia-declares-annexation-crimea", "2022": "2022-02-24-russia-launches-full-scale"}


# Sentences ----------------------------------------------------------------------------------


def sort_of(kinds):
    """What a claim's `kind` makes of its sentence: statement of fact, forecast or opinion. A statement of fact may be false."""
    return kinds.map({"prediction": "forecast", "opinion": "opinion"}).fillna("statement of fact")


def sentence_sorts(ledger):
    """How many claims are of each sort, with their share in %."""
    counts = sort_of(ledger["kind"]).value_counts().reindex(_SORTS, fill_value=0)
    return pd.DataFrame(
        {"sort": counts.index, "claims": counts.to_numpy(), "share": 100 * counts.to_numpy() / len(ledger)}
    )


def verdicts_by_article(ledger, scale):
    """Counts of claims: a row an article, a column a verdict in the order of `scale`; what has no verdict is left out."""
    known = ledger.dropna(subset="verdict")
    return known.groupby(["article", "verdict"]).size().unstack(fill_value=0).reindex(columns=list(scale), fill_value=0)


def turning_claims(ledger):
    """The claims whose verdict is not the same under each reading of them."""
    return ledger[ledger["readings"].map(lambda readings: len({verdict for _, verdict in readings}) > 1)]


# Reasons ------------------------------------------------------------------------------------


def reasons_why_not(claims):
    """The reasons why Ukraine is not in NATO: sort, who could remove each, claims in each article.

    Columns: reason, sort, who_could_remove_it, A0 to A4 (number of claims), claims, articles (how many give it).
    The sorting of claims under reasons is ours. KeyError names a claim that does not exist.
    """
    article = claims.set_index("id")["article"]
    rows = []
    for reason, sort, who, ids in _REASONS:
        counts = article.loc[ids.split()].value_counts()
        rows.append(dict(reason=reason, sort=sort, who_could_remove_it=who, **counts.to_dict()))
    table = pd.DataFrame(rows).fillna(0)
    names = sorted(article.unique())
    table = table.reindex(columns=["reason", "sort", "who_could_remove_it", *names], fill_value=0).astype(
        dict.fromkeys(names, int)
    )
    table["claims"], table["articles"] = table[names].sum(axis=1), (table[names] > 0).sum(axis=1)
    return table.sort_values(["articles", "claims"], ascending=False, kind="stable").reset_index(drop=True)


def argument_pairs(arguments):
    """Both cases, subject by subject: two rows a subject, for and against.

    Columns: subject, side, case (the best wording), reported (who gives it where), rests_on, test, ids.
    """
    known, rows = arguments.set_index("id"), []
    for subject, pro, pro_ids, contra, contra_ids in _CASES:
        for side, case, ids in (("for", pro, pro_ids), ("against", contra, contra_ids)):
            behind = known.loc[ids.split()]
            reported = dict.fromkeys(f"{row['attributed_to']} ({row['article']})" for _, row in behind.iterrows())
            kinds = behind["kind"].value_counts()
            rows.append(
                dict(
                    subject=subject,
                    side=side,
                    case=case,
                    reported="; ".join(reported),
                    rests_on=", ".join(f"{_RESTS_ON[kind]} ({kinds[kind]})" for kind in _RESTS_ON if kind in kinds),
                    test=behind["test"].iloc[0],
                    ids=" ".join(behind.index),
                )
            )
    return pd.DataFrame(rows)


def argument_kinds(arguments):
    """How many reasons of each side rest on what: columns side, kind, reasons, all (of the side), share (%)."""
    sides = arguments[arguments["side"].isin(["for", "against"])]
    counts = sides.groupby(["side", "kind"]).size().rename("reasons").reset_index()
    counts["all"] = counts.groupby("side")["reasons"].transform("sum")
    return counts.assign(share=100 * counts["reasons"] / counts["all"])


def testable_gap(arguments):
    """Share of reasons for that can be checked now, minus the share against, in percentage points."""
    share = argument_kinds(arguments).query("kind == 'empirical'").set_index("side")["share"]
    return share["for"] - share["against"]


def speakers(claims):
    """Who is quoted or paraphrased by name: columns speaker, claims; most first. The articles' own voice is left out."""
    names = claims["attribution"].str.split(",").str[0].str.replace(r" (on X|via .*|\(.*\))$", "", regex=True)
    named = names[~names.isin(["article"])]
    counts = named.replace("Ukraine", "Ukrainian government").value_counts()
    return counts.rename_axis("speaker").reset_index(name="claims")


# Deterrence and prospects -------------------------------------------------------------------


def russias_neighbours(borders, countries, members, events, consultations):
    """The states that share a land border with Russia, as of the newest accession.

    Columns: iso3, country, ally (bool), since (accession date), invaded (bool, since 1991), raised (bool: it asked
    for Article 4 talks because of Russia; only allies can).
    """
    iso3 = borders.loc[
        (borders["neighbour_iso3"] == "RUS") & borders["recommended"] & (borders["iso3"] != "XNT"), "iso3"
    ]
    known = set(events["id"])
    invaded = [state for state, event in _INVADED.items() if event in known]
    over_russia = consultations[(consultations["kind"] == "Article 4") & consultations["reason"].str.contains("Russia")]
    askers = set(over_russia["asked_by_iso3"].dropna().str.split(";").explode())
    since = members.set_index("iso3")["accession_date"]
    table = (
        pd.DataFrame({"iso3": iso3}).merge(countries[["iso3", "name"]], on="iso3").rename(columns={"name": "country"})
    )
    return table.assign(
        ally=table["iso3"].isin(since.index),
        since=table["iso3"].map(since),
        invaded=table["iso3"].isin(invaded),
        raised=table["iso3"].isin(askers),
    ).sort_values(["ally", "country"], ascending=[False, True], ignore_index=True)


def chance_all_outside(table, event="invaded"):
    """The chance that all states struck are non-allies, if blows fell on any of the neighbours alike (0 to 1)."""
    struck, outside = int(table[event].sum()), int((~table["ally"]).sum())
    return math.comb(outside, struck) / math.comb(len(table), struck)


def invitation_waits(members, since=1990):
    """How long states that joined after `since` waited: country, accession_date, years from invitation and from the route's start."""
    late = members[members["accession_date"].dt.year > since]
    columns = {
        "years_invited_to_accession": "from invitation",
        "years_route_to_accession": "from the start of the route",
    }
    return late[["country", "accession_date", "route", *columns]].rename(columns=columns).reset_index(drop=True)


def status_when_attacked(events):
    """Ukraine's status in law on the day of each attack: attack, date, non_bloc (bool), nato_aim (bool: in the constitution)."""
    day = events.set_index("id")["date"]
    begins, ends, aim = day[_NON_BLOC[0]], day[_NON_BLOC[1]], day[_NATO_AIM]
    rows = [
        dict(attack=year, date=day[event], non_bloc=bool(begins <= day[event] < ends), nato_aim=bool(day[event] >= aim))
        for year, event in _ATTACKS.items()
    ]
    return pd.DataFrame(rows)


def weight_of_ukraine(countries, members):
    """Ukraine beside the European allies together: people, output and active soldiers, in % of theirs.

    A dict with `people`, `output`, `soldiers` (the lower estimate) and `allies`, how many count; no Canada, no United States.
    """
    known = countries.set_index("iso3")
    allies = known.loc[known.index.isin(set(members["iso3"]) - {"USA", "CAN"})]
    soldiers = allies["active_military"].fillna(allies["active_military_low"]).astype(float)
    ukraine = known.loc["UKR"]
    own = ukraine["active_military"] if pd.notna(ukraine["active_military"]) else ukraine["active_military_low"]
    return dict(
        people=float(100 * ukraine["population"] / allies["population"].sum()),
        output=float(100 * ukraine["gdp_usd"] / allies["gdp_usd"].sum()),
        soldiers=float(100 * own / soldiers.sum()),
        allies=len(allies),
    )
