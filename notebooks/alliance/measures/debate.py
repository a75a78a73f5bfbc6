"""Sentences and reasons: what can be checked, who says it, and what both sides argue."""

import math

import pandas as pd

_SORTS = ("statement of fact", "forecast", "opinion")
_RESTS_ON = {"empirical": "what can be checked now", "predictive": "a forecast", "normative": "a value"}
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


def reasons_why_not(reasons, claims):
    """The reasons why Ukraine is not in NATO, the one that most articles give first.

    Columns: reason, sort, who_could_remove_it, A0 to A4 (number of claims), claims, articles (how many give it).
    KeyError names a claim that does not exist.
    """
    article = claims.set_index("id")["article"]
    names = sorted(article.unique())
    counts = [article.loc[ids.split(";")].value_counts().reindex(names, fill_value=0) for ids in reasons["claims"]]
    table = pd.concat([reasons.drop(columns="claims"), pd.DataFrame(counts).reset_index(drop=True)], axis=1)
    table["claims"], table["articles"] = table[names].sum(axis=1), (table[names] > 0).sum(axis=1)
    return table.sort_values(["articles", "claims"], ascending=False, kind="stable").reset_index(drop=True)


def argument_pairs(cases, arguments):
    """Both cases, subject by subject: two rows a subject, for and against.

    Columns: subject, side, case (the best wording), reported (who gives it where), rests_on, test, ids.
    KeyError names an argument that does not exist.
    """
    known, rows = arguments.set_index("id"), []
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
