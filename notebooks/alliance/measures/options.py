"""Ways to protect a state without, or before, membership: promises, scores, costs and what an exit would take."""

from typing import Literal

import numpy as np
import pandas as pd

from .. import data, words
from ..world import table
from .aid import AID_TYPES, EU_INSTITUTIONS, USUAL_YEARS
from .balance import FORCES_CIA, FORCES_NATO, WARHEADS
from .facts import facts_by_row, facts_of
from .membership import allies_on

CRITERIA = {  # what our table scores: (its column, the column that says why)
    "binding in law": ("score_binding", "legally_binding"),
    "automatic answer": ("score_automatic", "automatic_response"),
    "strong guarantors": ("score_guarantors", "guarantors"),
    "soon": ("score_soon", "speed"),
}
MOST_POINTS = 2
MIDDLE = 1  # what an option counts as while a learner has scored others in a column, but not this one
HEAVIEST = 5
DUTIES = {  # what a promise may hold, and the typed fact that says whether it does
    "respect borders": "duty_borders",
    "talk": "duty_talks",
    "arms or money": "duty_arms",
    "help if attacked": "duty_help",
    "ratified treaty": "duty_ratified",
}
IN_ONE_CASE = "in one case"
KIEL_YEARS = (2022, 2023, 2024)
_MEANS = {  # of `us_parts`: what it is called beside aid, and in which unit
    "defence spending": ("defence spending", "US$ billion"),
    FORCES_NATO: ("soldiers", "thousand"),
    WARHEADS: ("nuclear warheads", "warheads"),
}
_BUDAPEST = "1994-12-05-budapest-memorandum-signed"
_TREATY = (1, 3, 4, 5, 11)  # the articles that hold duties of one ally to another


@table
def option_facts(alternatives, facts):
    """The typed facts of each option in the table: {id: {fact: value}}."""
    return {option: facts_of(facts, "alternatives", option) for option in alternatives["id"]}


# Options and weights -------------------------------------------------------------------------


@table
def option_names(alternatives):
    """A short name for each option: 'Full membership', 'Limited Article 5'."""
    return alternatives["id"].str.replace("-", " ").str.capitalize().str.replace("article", "Article")


def disputed(alternatives, option, criterion, score):
    """The table with one score changed: `option` a short name, `criterion` a key of `CRITERIA`, `score` 0 to 2."""
    mine = alternatives.copy()
    mine.loc[option_names(mine) == option, CRITERIA[criterion][0]] = score
    return mine


@table
def own_criteria(option_questions):
    """The questions that learners score for themselves, each with both sides' words and who says them.

    Columns: criterion, asks, for, against, for_owner, against_owner.
    """
    sides = option_questions.pivot(index=["criterion", "asks"], columns="side", values=["case", "owner"])
    rows = pd.DataFrame(
        {
            name: sides[part, side]
            for side in ("for", "against")
            for name, part in ((side, "case"), (f"{side}_owner", "owner"))
        }
    ).reset_index()
    order = list(option_questions["criterion"].drop_duplicates())
    return rows.set_index("criterion").loc[order].reset_index()


@table
def weighted_options(
    alternatives, own_criteria, law=1, answer=1, guarantors=1, soon=1, deters=1, calm=1, cheap=1, mine=()
):
    """The options in the order that seven weights (0 or more; ours, then the learner's own) give them; see `weighted`.

    `mine`: the learner's scores, for each of `own_criteria` a tuple in the order of the options, None where not set.
    """
    own = list(own_criteria["criterion"])
    weights = dict(zip([*CRITERIA, *own], (law, answer, guarantors, soon, deters, calm, cheap), strict=True))
    return weighted(alternatives, weights, dict(zip(own, mine or [()] * len(own), strict=True)))


@table
def options_with_my_score(alternatives, option_names, option, criterion: Literal[*CRITERIA], score):
    """The same with equal weights and our scores alone, after one of them is changed: see `disputed` and `weighted`.

    `attrs` has, beside those of `weighted`: `ours`, the score of our table, `place` and `place_before` of the option.
    """
    equal = dict.fromkeys(CRITERIA, 1)
    rows, before = weighted(disputed(alternatives, option, criterion, score), equal), weighted(alternatives, equal)
    ours = alternatives.loc[option_names == option, CRITERIA[criterion][0]].item()
    rows.attrs |= dict(
        ours=int(ours),
        place=int(rows.loc[rows["option"] == option, "place"].item()),
        place_before=int(before.loc[before["option"] == option, "place"].item()),
    )
    return rows


def option_scores(alternatives, own=None):
    """Each option's scores, 0 to 2: a column for each of `CRITERIA` and of `own`, {criterion: scores or ()}.

    What a learner has not scored is missing.
    """
    scores = pd.DataFrame({criterion: alternatives[column] for criterion, (column, _) in CRITERIA.items()})
    for criterion, given in (own or {}).items():
        scores[criterion] = list(given) or None
    return scores.astype(float)


def weighted(alternatives, weights, own=None):
    """Each option's points under `weights` ({criterion: 0 or more}), the strongest first.

    Points are the weighted mean of the scores, from 0 to 2. A criterion of `own` ({criterion: scores or ()}) counts
    once one option has a score there; options without one are in the `MIDDLE`. Columns: option, full (its full name),
    one column a criterion (its score; missing where not set), points, place (ties share it). With nothing that
    counts, all points are 0. `attrs`: `leaders` (see `leaders`), `swing` (see `weights_that_decide`), `unset` (criteria
    without any score), `weights`, `covers` (of the scores).
    """
    scores = option_scores(alternatives, own)
    unset = [criterion for criterion in scores if scores[criterion].isna().all()]
    counted = scores.drop(columns=unset).fillna(MIDDLE)
    rows = pd.DataFrame({"option": option_names(alternatives), "full": alternatives["option"]}).join(scores)
    points = _points(counted, weights)
    rows["points"] = 0.0 if points is None else points
    rows["place"] = rows["points"].rank(ascending=False, method="min").astype(int)
    rows.attrs = dict(
        leaders=[] if points is None else list(rows.loc[rows["place"] == 1, "option"]),
        swing=weights_that_decide(counted, weights),
        unset=unset,
        weights=dict(weights),
        covers=data.resource("alternatives")["coverage"],
    )
    return rows.sort_values("points", ascending=False, kind="stable").reset_index(drop=True)


def _points(scores, weights):
    """The weighted mean of each row of scores as an array; None if nothing has a weight."""
    own = np.array([weights[criterion] for criterion in scores], dtype=float)
    return (scores.to_numpy() @ own / own.sum()).round(9) if own.sum() else None


def leaders(alternatives, weights):
    """The options in first place, as a list of short names; empty if nothing has a weight."""
    return weighted(alternatives, weights).attrs["leaders"]


def options_in_front(weighted_options):
    """How many options share first place."""
    return len(weighted_options.attrs["leaders"])


def weights_that_decide(scores, weights):
    """The criteria whose weight, moved alone anywhere from 0 to 5, can put another option first.

    `scores`: a row an option, a column a criterion, none missing.
    """

    def first(points):
        return None if points is None else frozenset(np.flatnonzero(points == points.max()))

    here, decide = first(_points(scores, weights)), []
    for criterion in scores:
        tried = [_points(scores, {**weights, criterion: weight}) for weight in range(HEAVIEST + 1)]
        if any(points is not None and first(points) != here for points in tried):
            decide.append(criterion)
    return decide


# Promises ------------------------------------------------------------------------------------


@table
def signed_agreements(security_agreements):
    """The agreements in order of signing, without related documents.

    Adds countries and all_partners: running counts without and with the European Union.
    """
    rows = security_agreements[security_agreements["kind"] != "related document"]
    rows = rows.sort_values("signed_date", kind="stable")
    return rows.assign(
        countries=(rows["kind"] == "bilateral").cumsum(), all_partners=range(1, len(rows) + 1)
    ).reset_index(drop=True)


@table
def counted_agreements(signed_agreements, count: Literal["all_partners", "countries"] = "all_partners", until=None):
    """The agreements that `count` counts ("all_partners", or "countries" without the European Union), as signed.

    Adds number and duties (running counts: agreements, those with a duty to fight), remark (what to know of a row).
    `attrs`: `end`, the last moment of the month `until` (the newest unless given), `there` and `duties` by then.
    """
    last = signed_agreements["signed_date"].max()
    end = (last.to_period("M") if until is None else pd.Period(until, "M")).end_time
    rows = signed_agreements
    if count == "countries":
        rows = rows[rows["kind"] == "bilateral"]
    remarks = [data.remarks_for("security_agreements", rows, field) for field in ("signed_date", "agreements_so_far")]
    rows = rows.assign(
        number=rows[count],
        duties=rows["mutual_defence_duty"].astype(int).cumsum(),
        remark=(rows["note"].fillna("") + " " + remarks[0] + remarks[1]).str.strip(),
    )
    by_then = rows["signed_date"] <= end
    rows.attrs = dict(
        end=end,
        there=agreements_on(signed_agreements, end)[count],
        duties=int(rows.loc[by_then, "mutual_defence_duty"].sum()),
    )
    return rows


def agreements_on(signed_agreements, day):
    """How many had been signed by a day: {'countries': 22, 'all_partners': 23}."""
    rows = signed_agreements[signed_agreements["signed_date"] <= pd.Timestamp(day)]
    return {"countries": int((rows["kind"] == "bilateral").sum()), "all_partners": len(rows)}


def months_of_signing(signed_agreements):
    """The months from the first signing to the last: {'January 2024': '2024-01', ...}."""
    days = signed_agreements["signed_date"]
    return {words.month(month): str(month) for month in pd.period_range(days.min(), days.max(), freq="M")}


@table
def duties_to_fight(signed_agreements):
    """How many of the agreements set a duty to fight."""
    return int(signed_agreements["mutual_defence_duty"].sum())


@table
def duties_by_promise(claims, signed_agreements, duties_to_fight, treaty_articles, alternatives, option_facts, facts):
    """Four promises beside each other, duty by duty.

    Columns: promise, says (what our tables hold of it), one column for each of `DUTIES` ("yes", "no", "in one case",
    "not known"), source. Each duty is a typed fact of the promise; duties to fight are counted in the agreements.
    Help by way of the Security Council, if nuclear weapons are used or threatened, is help in one case.
    """
    known, option = claims.set_index("id"), alternatives.set_index("id").loc["israel-plus"]
    treaty = treaty_articles.set_index("number")
    each = pd.DataFrame([facts_of(facts, "treaty_articles", number) for number in _TREATY]).reindex(
        columns=list(DUTIES.values())
    )
    israel = option_facts["israel-plus"]
    baseline = f"Israel: about {israel['aid_to_israel_usd_bn']:.1f} billion dollars a year from the US"
    rows = [
        ("Budapest, 1994", known["found"]["A3-19"], facts_of(facts, "events", _BUDAPEST), known["source"]["A3-19"]),
        (
            f"Agreements since {signed_agreements['signed_date'].min().year}",
            known["caveat"]["A1-043"],
            facts_of(facts, "claims", "A1-043") | {"duty_help": bool(duties_to_fight)},
            known["source"]["A1-043"],
        ),
        (
            "US and Israel",
            f"{option['summary']} {baseline}. {option['precedent'].split(';')[0]}.",
            israel,
            option["source"],
        ),
        (
            "NATO's treaty",
            " ".join(f"Article {number}: {treaty['gist'][number]}" for number in _TREATY),
            each.eq(True).any().to_dict(),
            treaty["source"][5],
        ),
    ]
    told = {True: "yes", False: "no", None: "not known"}
    found = pd.DataFrame(
        [
            {"promise": promise, "says": says}
            | {duty: told[held.get(name)] for duty, name in DUTIES.items()}
            | {"source": source}
            for promise, says, held, source in rows
        ]
    )
    partly = [not held.get("duty_help") and held.get("help_if_nuclear", False) for _, _, held, _ in rows]
    found.loc[partly, "help if attacked"] = IN_ONE_CASE
    return found


def duties_of_budapest(duties_by_promise):
    """How many of the `DUTIES` the memorandum of 1994 holds in every case."""
    return int(duties_by_promise.set_index("promise").loc["Budapest, 1994", list(DUTIES)].eq("yes").sum())


@table
def then_and_now(members, events, claims, alternatives):
    """West Germany in 1955 beside Ukraine, question by question: columns question, West Germany, Ukraine."""
    germany = members.set_index("iso3").loc["DEU"]
    known, found, dates = events.set_index("id"), claims.set_index("id"), events.set_index("id")["date"]
    applied, newest = dates["2022-09-30-ukraine-applies-fast-track"], known["date"].max()
    invasion, unity = (
        dates["2022-02-24-russia-launches-full-scale"],
        dates["1990-10-03-german-unification-extends-treaty"],
    )
    limited = alternatives.set_index("id").loc["limited-article-5"]
    entered = "an ally" if "UKR" in set(members["iso3"]) else f"not an ally as of {words.month(newest)}"
    line, covered = found["caveat"]["A1-105"], found["found"]["A1-104"].replace("FRG", "West German")
    rows = [
        ("Asked or invited", f"invited {words.day(germany['invited_date'])}", f"applied {words.day(applied)}"),
        ("Entered", words.day(germany["accession_date"]), entered),
        ("War on its land at that time", "no", f"yes: full-scale invasion since {words.day(invasion)}"),
        ("Land that it claimed and did not hold", "East Germany", "land occupied by Russia since 2014 and 2022"),
        ("What it promised about force", "never to use it for unity (1954)", "no such promise in our tables"),
        ("Was the line clear?", line, f"{limited['objections'].split(';')[0]} (so A1 argues)"),
        ("What Article 5 covered", covered, "to be agreed by all allies"),
        ("When the rest was covered", f"{unity.year}, with unification", "not known"),
    ]
    return pd.DataFrame(rows, columns=["question", "West Germany, 1955", "Ukraine"])


@table
def entry_cases(members, events):
    """Three states on their way into NATO: columns state, asked, entered, at_war, open_land, waiting (bool), days.

    `asked` is the application, or the protocol where there was none; `days` run to entry, or to our newest event.
    """
    entry, known = members.set_index("iso3"), events.set_index("id")["date"]
    applied = known["2022-05-18-finland-sweden-apply-join"]
    kyiv, newest = known["2022-09-30-ukraine-applies-fast-track"], known.max()
    germany = entry.loc["DEU"]
    rows = [
        ("West Germany", germany["protocol_date"], germany["accession_date"], "no", "East Germany"),
        ("Finland", applied, entry["accession_date"]["FIN"], "no", "none"),
        ("Ukraine", kyiv, entry["accession_date"].get("UKR"), "yes", "land occupied by Russia"),
    ]
    cases = pd.DataFrame(rows, columns=["state", "asked", "entered", "at_war", "open_land"])
    cases["entered"] = pd.to_datetime(cases["entered"])
    cases["waiting"] = cases["entered"].isna()
    cases["days"] = (cases["entered"].fillna(newest) - cases["asked"]).dt.days
    return cases


@table
def wartime_arguments(arguments):
    """What the texts say for and against entry while a war lasts: columns for, against; as many of each."""
    known = arguments.set_index("id")

    def told(identifiers):
        return [
            f"{known['argument'][name]} ({known['attributed_to'][name]}; {known['article'][name]})"
            for name in identifiers
        ]

    return pd.DataFrame({"for": told(["arg-05", "arg-16", "arg-17"]), "against": told(["arg-41", "arg-42", "arg-40"])})


# Money ---------------------------------------------------------------------------------------


@table
def aid_to_israel(option_facts):
    """The baseline of US aid to Israel a year, US$ billion, as agreed in its memorandum."""
    return option_facts["israel-plus"]["aid_to_israel_usd_bn"]


@table
def us_aid_a_year(monthly_allocations, kind: Literal["military", "total"] = "military"):
    """US aid to Ukraine in an average year of `KIEL_YEARS`, EUR billion; `kind`: "military" or "total"."""
    years = monthly_allocations["month"].str[:4].astype(int)
    usa = monthly_allocations[(monthly_allocations["iso3"] == "USA") & years.isin(KIEL_YEARS)]
    return float(usa[AID_TYPES if kind == "total" else [kind]].sum().sum() / len(KIEL_YEARS))


@table
def kiel_rate(us_aid_totals, facts):
    """Dollars for a euro in the newest Kiel release that gives a total in both: one divided by the other."""
    counts = facts_by_row(facts, "us_aid_totals", "counts")
    rows = us_aid_totals[us_aid_totals["id"].isin(counts.index[counts == "all_us_allocations"])]
    newest = rows.groupby("as_of")[["usd_billions", "eur_billions"]].max().dropna().sort_index().iloc[-1]
    return float(newest["usd_billions"] / newest["eur_billions"])


@table
def israel_and_ukraine(aid_to_israel, us_aid_a_year, kiel_rate, rate=None):
    """US aid a year to Israel and to Ukraine, in US$ billion at `rate` dollars a euro (Kiel's unless given).

    A dict: israel, ukraine, times (the second divided by the first), rate, kiel_rate.
    """
    rate = rate or kiel_rate
    ukraine = us_aid_a_year * rate
    return dict(israel=aid_to_israel, ukraine=ukraine, times=ukraine / aid_to_israel, rate=rate, kiel_rate=kiel_rate)


def us_military_aid_a_year(israel_and_ukraine):
    """US military aid to Ukraine in an average year of `KIEL_YEARS`, US$ billion to one decimal."""
    return round(israel_and_ukraine["ukraine"], 1)


@table
def cost_estimates(alternatives, option_facts):
    """The published costs of options, one row an estimate.

    Columns: id, option, which ("lowest", "highest" or "only"), usd_billions, years (missing where the period is
    no number of years), a_year, says (with what is known of the estimate).
    """
    rows = []
    for name, (_, row) in zip(option_names(alternatives), alternatives.iterrows(), strict=True):
        low, high = row["cost_low_usd_bn"], row["cost_high_usd_bn"]
        known = {"only": low} if low == high else {"lowest": low, "highest": high}
        rows += [
            (row["id"], name, which, amount, option_facts[row["id"]].get("cost_years"), row["cost_estimate"])
            for which, amount in known.items()
            if pd.notna(amount)
        ]
    found = pd.DataFrame(rows, columns=["id", "option", "which", "usd_billions", "years", "says"])
    remarks = data.remarks_for("alternatives", found, "cost_high_usd_bn")
    return found.assign(a_year=found["usd_billions"] / found["years"].astype(float), says=found["says"] + " " + remarks)


def has_an_estimate(alternatives, identifier):
    """Whether any cost is on record for an option."""
    return bool(alternatives.set_index("id").loc[identifier, ["cost_low_usd_bn", "cost_high_usd_bn"]].notna().any())


@table
def spending_per_soldier(defence_expenditure, edition):
    """Defence spending for each of an ally's own soldiers in US$ thousand, newest year with actual figures.

    Columns: iso3, year, thousands (of dollars), source. Everything is in it: pay, arms, buildings, research.
    """
    rows = defence_expenditure[
        (defence_expenditure["edition"] == edition) & (defence_expenditure["status"] == "actual")
    ].dropna(subset=["usd_current_millions", "personnel_thousands"])
    rows = rows[rows["year"] == rows["year"].max()]
    return rows.assign(thousands=rows["usd_current_millions"] / rows["personnel_thousands"])[
        ["iso3", "year", "thousands", "source"]
    ]


@table
def force_costs(
    spending_per_soldier, cost_estimates, option_facts, alternatives, sources, soldiers=40, price="XNE", relief=1
):
    """A sketch of what a force would cost a year, above the published estimates that name a number of years.

    `soldiers`: thousands in the country at any time, each at the spending of `price` (an ally, or all of Europe and
    Canada) for each of its soldiers. `relief`: soldiers at home for each one there, who rest and train.
    Columns: estimate, usd_billions_a_year, says. `attrs`: `each` (US$ thousand a soldier), `year`, its source;
    `extra` (US$ billion a year), `extra_soldiers` (thousands) and `extra_by`, a published estimate of what a mission
    adds to the cost of soldiers whom their states pay anyway.
    """
    each = spending_per_soldier.set_index("iso3").loc[price]
    published = cost_estimates.dropna(subset="a_year")
    sketch = float(soldiers * (1 + relief) * each["thousands"] / 1000)
    rows = pd.DataFrame(
        {
            "estimate": ["Your sketch", *(published["option"] + ", " + published["which"])],
            "usd_billions_a_year": [sketch, *published["a_year"]],
            "says": ["your assumptions", *published["says"]],
        }
    )
    mission = option_facts["coalition-force"]
    whose = alternatives.set_index("id").loc["coalition-force", "cost_low_source"]
    rows.attrs = dict(
        each=float(each["thousands"]),
        year=int(each["year"]),
        source=each["source"],
        extra=mission["force_extra_usd_bn"] / mission["cost_years"],
        extra_soldiers=mission["force_thousands"],
        extra_by=sources.set_index("id").loc[whose, "publisher"],
    )
    return rows


# An exit -------------------------------------------------------------------------------------


@table
def us_part(us_parts, members, monthly_allocations, years=USUAL_YEARS):
    """What part of the alliance's means is the United States': three of `us_parts`, and aid to Ukraine.

    Columns: measure, unit, year, united_states, others, share (%). Aid is by allies and EU institutions in the years
    given (allocations, EUR billion). `attrs`: years; `soldiers`, the share of soldiers (%) by each of two publishers.
    """
    known = us_parts.set_index("what")
    parts = known.loc[list(_MEANS)]
    months = monthly_allocations["month"].str[:4].astype(int).between(*years)
    then = allies_on(members, f"{years[1]}-12-31")["iso3"]
    allies = monthly_allocations[monthly_allocations["iso3"].isin([*then, EU_INSTITUTIONS]) & months]
    aid = allies[AID_TYPES].sum(axis=1).groupby(allies["iso3"] == "USA").sum().reindex([True, False], fill_value=0.0)
    rows = [
        (*_MEANS[what], "now" if pd.isna(part["year"]) else str(part["year"]), part["united_states"], part["others"])
        for what, part in parts.iterrows()
    ]
    rows.append(("aid to Ukraine", "EUR billion", f"{years[0]} to {years[1]}", aid[True], aid[False]))
    means = pd.DataFrame(rows, columns=["measure", "unit", "year", "united_states", "others"])
    means = means.assign(share=100 * means["united_states"] / (means["united_states"] + means["others"]))
    means.attrs["years"] = years
    means.attrs["soldiers"] = {"NATO": known["us_part"][FORCES_NATO], "CIA": known["us_part"][FORCES_CIA]}
    return means


def spans_of_aid(monthly_allocations):
    """The full years before the United States stopped, and those since: {'2022 to 2024': (2022, 2024), ...}."""
    newest = int(monthly_allocations["month"].max()[:4])
    spans = USUAL_YEARS, (USUAL_YEARS[1] + 1, newest)
    return {f"{first} to {last}": (first, last) for first, last in spans}


def us_part_order(us_part):
    """The means of the alliance, the one whose largest part is American first."""
    return list(us_part.sort_values("share", ascending=False)["measure"])


@table
def after_a_us_exit(claims, security_agreements, events, us_part):
    """What is known, not known and disputed about Ukraine if the United States left: columns state, what, who_says."""
    found = claims.set_index("id")
    note = security_agreements.set_index("id")["note"]["usa-2024"]
    said = events.set_index("id").loc["2026-04-trump-says-he-considering"]
    aid = us_part.set_index("measure").loc["aid to Ukraine"]
    bought, left = (
        "Whether arms could still be bought",
        "Whether a president would go, when, and what Congress would do.",
    )
    given = f"gave {aid['share']:.0f}% of what allies and EU institutions gave Ukraine."
    rows = [
        ("known", found["found"]["A4-29"], "treaty, Article 13; US Code"),
        ("known", f"The US agreement with Ukraine is no treaty: {note[0].lower()}{note[1:]}", "press, 2024"),
        ("known", f"In {aid['year']} the United States {given}", "Kiel Institute"),
        ("not known", left, f"{said['title']}, {words.month(said['date'])}"),
        ("not known", f"{bought}, and whether intelligence would still be shared.", "no source in our tables"),
        ("disputed", found["claim"]["A4-28"], found["attribution"]["A4-28"]),
        ("disputed", found["claim"]["A4-32"], found["attribution"]["A4-32"]),
    ]
    return pd.DataFrame(rows, columns=["", "what", "who says so"])
