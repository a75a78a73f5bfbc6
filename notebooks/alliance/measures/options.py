"""Ways to protect a state without, or before, membership: promises, scores, costs and what an exit would take."""

import re

import numpy as np
import pandas as pd

CRITERIA = {
    "binding in law": "score_binding",
    "automatic answer": "score_automatic",
    "strong guarantors": "score_guarantors",
    "fast": "score_speed",
    "feasible now": "score_feasible_now",
}
MOST_POINTS = 2
HEAVIEST = 5

_DUTIES = {
    "respect borders": r"respect borders|peaceful means|avoid threats or force",
    "talk at once": r"\btalks\b|\bconsult|Security Council action",
    "arms or money": r"\baid\b|\barming\b|ability to resist",
    "help if attacked": r"counts as an attack on all",
    "ratified treaty": r"ratif(?:ies|y) .*papers|each member ratifies",
}

_KIEL_YEARS = (2022, 2023, 2024)


# Options and weights -------------------------------------------------------------------------


def option_names(alternatives):
    """A short name for each option: 'Full membership', 'Limited Article 5'."""
    return alternatives["id"].str.replace("-", " ").str.capitalize().str.replace("article", "Article")


def disputed(alternatives, option, criterion, score):
    """The table with one score changed: `option` a short name, `criterion` a key of `CRITERIA`, `score` 0 to 2."""
    table = alternatives.copy()
    table.loc[option_names(table) == option, CRITERIA[criterion]] = score
    return table


def weighted_options(alternatives, weights):
    """Each option's points under `weights` ({criterion: 0 or more}), the strongest first.

    Points are the weighted mean of the scores, from 0 to 2. Columns: option, full (its full name), one column a
    criterion (its part of the points), points, place (ties share it). With no weight at all, all points are 0.
    """
    whole = sum(weights.values())
    table = pd.DataFrame({"option": option_names(alternatives), "full": alternatives["option"]})
    for criterion, column in CRITERIA.items():
        table[criterion] = alternatives[column] * weights[criterion] / whole if whole else 0.0
    table["points"] = table[list(CRITERIA)].sum(axis=1).round(9)
    table["place"] = table["points"].rank(ascending=False, method="min").astype(int)
    return table.sort_values("points", ascending=False, kind="stable").reset_index(drop=True)


def leaders(alternatives, weights):
    """The options in first place, as a list of short names; empty if nothing has a weight."""
    table = weighted_options(alternatives, weights)
    return list(table.loc[table["place"] == 1, "option"]) if sum(weights.values()) else []


def what_weights_change(alternatives, weights):
    """For each criterion, what happens if its weight alone moves anywhere from 0 to 5.

    Columns: criterion, changes_first (bool), changes_order (bool), could_lead (options that come first somewhere).
    """
    scores = alternatives[list(CRITERIA.values())].to_numpy(dtype=float)
    names = option_names(alternatives).to_numpy()

    def points(chosen):
        whole = sum(chosen.values())
        return (scores @ np.array([chosen[criterion] for criterion in CRITERIA]) / whole).round(9) if whole else None

    here = points(weights)
    first = frozenset() if here is None else frozenset(names[here == here.max()])
    rows = []
    for criterion in CRITERIA:
        tried = [points({**weights, criterion: weight}) for weight in range(HEAVIEST + 1)]
        tried = [trial for trial in tried if trial is not None]
        firsts = [frozenset(names[trial == trial.max()]) for trial in tried]
        rows.append(
            dict(
                criterion=criterion,
                changes_first=any(other != first for other in firsts),
                changes_order=here is None or any(not np.array_equal(_places(trial), _places(here)) for trial in tried),
                could_lead=", ".join(sorted(frozenset().union(*firsts))),
            )
        )
    return pd.DataFrame(rows)


def _places(points):
    return (points[:, None] < points[None, :]).sum(axis=1)


# Promises ------------------------------------------------------------------------------------


def signed_agreements(agreements):
    """The agreements in order of signing, without related documents.

    Adds countries and all_partners: running counts without and with the European Union.
    """
    rows = agreements[agreements["kind"] != "related document"].sort_values("signed_date", kind="stable")
    return rows.assign(
        countries=(rows["kind"] == "bilateral").cumsum(), all_partners=range(1, len(rows) + 1)
    ).reset_index(drop=True)


def agreements_on(agreements, day):
    """How many had been signed by a day: {'countries': 22, 'all_partners': 23}."""
    rows = signed_agreements(agreements)
    rows = rows[rows["signed_date"] <= pd.Timestamp(day)]
    return {"countries": int((rows["kind"] == "bilateral").sum()), "all_partners": len(rows)}


def months_of_signing(agreements):
    """The months from the first signing to the last: {'January 2024': '2024-01', ...}."""
    days = signed_agreements(agreements)["signed_date"]
    return {f"{month:%B %Y}": str(month) for month in pd.period_range(days.min(), days.max(), freq="M")}


def duty_to_fight(agreements):
    """How many of the agreements set a duty to fight, and how many there are: two numbers."""
    rows = signed_agreements(agreements)
    return int(rows["mutual_defence_duty"].sum()), len(rows)


def duties_by_promise(claims, agreements, articles, alternatives):
    """Four promises beside each other, duty by duty.

    Columns: promise, says (what our tables hold of it), one column for each of `DUTIES` ("yes", "no", "not known").
    A rule looks for the words of each duty; duties to fight are counted in the tables.
    """
    known, option = claims.set_index("id"), alternatives.set_index("id").loc["israel-plus"]
    treaty = articles.set_index("number")["gist"]
    fights, _ = duty_to_fight(agreements)
    rows = {
        "Budapest, 1994": known["found"]["A3-19"],
        "Agreements since 2024": known["caveat"]["A1-043"],
        "US and Israel": f"{option['summary']} {option['cost_estimate'].split('. ')[0]}. {option['precedent'].split(';')[0]}.",
        "NATO's treaty": " ".join(f"Article {number}: {treaty[number]}" for number in (1, 3, 4, 5, 11)),
    }
    table = pd.DataFrame({"promise": rows.keys(), "says": rows.values()})
    for duty, pattern in _DUTIES.items():
        table[duty] = table["says"].str.contains(pattern, case=False).map({True: "yes", False: "no"})
    table = table.set_index("promise")
    table.loc["Budapest, 1994", "help if attacked"] = "yes" if float(known["value"]["A3-19"]) else "no"
    table.loc["Agreements since 2024", "help if attacked"] = "yes" if fights else "no"
    table.loc["Budapest, 1994", "ratified treaty"] = "not known"
    return table.reset_index()


DUTIES = tuple(_DUTIES)


def _day(date):
    return f"{date.day} {date:%B %Y}"


def then_and_now(members, events, claims, alternatives):
    """West Germany in 1955 beside Ukraine, question by question: columns question, West Germany, Ukraine."""
    germany = members.set_index("iso3").loc["DEU"]
    known, found = events.set_index("id"), claims.set_index("id")
    applied = known["date"]["2022-09-30-ukraine-applies-fast-track"]
    invasion = known["date"]["2022-02-24-russia-launches-full-scale"]
    newest = known["date"].max()
    limited = alternatives.set_index("id").loc["limited-article-5"]
    joined = "UKR" in set(members["iso3"])
    rows = [
        ("Asked or invited", f"invited {_day(germany['invited_date'])}", f"applied {_day(applied)}"),
        ("Entered", _day(germany["accession_date"]), "an ally" if joined else f"not an ally as of {newest:%B %Y}"),
        ("War on its land at that time", "no", f"yes: full-scale invasion since {_day(invasion)}"),
        ("Land that it claimed and did not hold", "East Germany", "land occupied by Russia since 2014 and 2022"),
        ("What it promised about force", "never to use it for unity (1954)", "no such promise in our tables"),
        ("Was the line clear?", found["caveat"]["A1-105"], f"{limited['objections'].split(';')[0]} (so A1 argues)"),
        ("What Article 5 covered", found["found"]["A1-104"].replace("FRG", "West German"), "to be agreed by all allies"),
        ("When the rest was covered", f"{known['date']['1990-10-03-german-unification-extends-treaty']:%Y}, with unification", "not known"),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["question", "West Germany, 1955", "Ukraine"])


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
    table = pd.DataFrame(rows, columns=["state", "asked", "entered", "at_war", "open_land"])
    table["entered"] = pd.to_datetime(table["entered"])
    table["waiting"] = table["entered"].isna()
    table["days"] = (table["entered"].fillna(newest) - table["asked"]).dt.days
    return table


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


def aid_to_israel(alternatives):
    """The yearly US aid to Israel in billion dollars, as the table of options words it; ValueError if it does not."""
    text = alternatives.set_index("id")["cost_estimate"]["israel-plus"]
    found = re.search(r"Israel: about ([\d.]+) billion dollars a year", text)
    if not found:
        raise ValueError("The option israel-plus no longer says what the United States gives Israel a year.")
    return float(found[1])


def us_aid_a_year(months, kind="military"):
    """US aid to Ukraine in an average year of 2022 to 2024, EUR billion; `kind`: "military" or "total"."""
    usa = months[(months["iso3"] == "USA") & months["month"].str[:4].astype(int).isin(_KIEL_YEARS)]
    columns = ["military", "financial", "humanitarian"] if kind == "total" else [kind]
    return float(usa[columns].sum().sum() / len(_KIEL_YEARS))


def kiel_rate(us_totals):
    """Dollars for a euro in Kiel's newest release: its total in dollars divided by the same total in euros."""
    known = us_totals.set_index("id")
    return float(known["usd_billions"]["kiel_us_r30_usd"] / known["eur_billions"]["kiel_us_r30_eur"])


def israel_and_ukraine(alternatives, months, rate, kind="military"):
    """US aid a year: to Israel, and to Ukraine in 2022 to 2024, in US$ billion at `rate` dollars a euro; and how many times."""
    israel, ukraine = aid_to_israel(alternatives), us_aid_a_year(months, kind) * rate
    return dict(israel=israel, ukraine=ukraine, times=ukraine / israel)


def cost_estimates(alternatives):
    """The published costs of options, one row an estimate.

    Columns: id, option, which ("lowest", "highest" or "only"), usd_billions, years (missing where the period is
    no number of years), a_year, says.
    """
    rows = []
    for name, (_, row) in zip(option_names(alternatives), alternatives.iterrows(), strict=True):
        low, high = row["cost_low_usd_bn"], row["cost_high_usd_bn"]
        found = re.match(r"(\d+) years?$", row["cost_period"] if pd.notna(row["cost_period"]) else "")
        years = float(found[1]) if found else None
        known = {"only": low} if low == high else {"lowest": low, "highest": high}
        rows += [
            (row["id"], name, which, amount, years, row["cost_estimate"])
            for which, amount in known.items()
            if pd.notna(amount)
        ]
    table = pd.DataFrame(rows, columns=["id", "option", "which", "usd_billions", "years", "says"])
    return table.assign(a_year=table["usd_billions"] / table["years"])


def has_an_estimate(alternatives, identifier):
    """Whether any cost is on record for an option."""
    return bool(alternatives.set_index("id").loc[identifier, ["cost_low_usd_bn", "cost_high_usd_bn"]].notna().any())


def spending_per_soldier(defence, edition):
    """Defence spending for each of an ally's own soldiers in US$ thousand, newest year with actual figures.

    Columns: iso3, year, thousands (of dollars). Everything is in it: pay, arms, buildings, research.
    """
    rows = defence[(defence["edition"] == edition) & (defence["status"] == "actual")]
    rows = rows.dropna(subset=["usd_current_millions", "personnel_thousands"])
    rows = rows[rows["year"] == rows["year"].max()]
    return rows.assign(thousands=rows["usd_current_millions"] / rows["personnel_thousands"])[
        ["iso3", "year", "thousands"]
    ]


def force_cost(per_soldier, iso3, soldiers, relief=1):
    """What a force would cost a year in US$ billion, at an ally's spending for each of its soldiers.

    `soldiers`: in the country at any time. `relief`: soldiers at home for each one there, who rest and train.
    """
    each = per_soldier.set_index("iso3")["thousands"][iso3]
    return float(soldiers * (1 + relief) * each / 1_000_000)


# An exit -------------------------------------------------------------------------------------


def us_part(defence, members, months, edition, years=(2022, 2024)):
    """What part of the alliance's means is the United States': columns measure, unit, year, united_states, others, share (%).

    Spending and soldiers by NATO's newest actual year, nuclear-armed states, and aid to Ukraine by allies and the EU
    in the years given (allocations, EUR billion).
    """
    rows = defence[(defence["edition"] == edition) & (defence["status"] == "actual")]
    year = int(rows.loc[rows["iso3"] == "XNT", "year"].max())
    rows = rows[rows["year"] == year].set_index("iso3")
    nuclear = members[members["nuclear_power"]]
    allies = months[months["iso3"].isin([*members["iso3"], "XEU"])]
    allies = allies[allies["month"].str[:4].astype(int).between(*years)]
    aid = allies[["military", "financial", "humanitarian"]].sum(axis=1).groupby(allies["iso3"] == "USA").sum()
    usa_aid = float(aid.get(True, 0.0))
    table = [
        ("defence spending", "US$ billion", str(year), rows["usd_current_millions"]["USA"] / 1000, rows["usd_current_millions"]["XNT"] / 1000),
        ("soldiers", "thousand", str(year), rows["personnel_thousands"]["USA"], rows["personnel_thousands"]["XNT"]),
        ("nuclear-armed states", "states", "now", float((nuclear["iso3"] == "USA").sum()), float(len(nuclear))),
        ("aid to Ukraine", "EUR billion", f"{years[0]} to {years[1]}", usa_aid, float(aid.sum())),
    ]  # fmt: skip
    result = pd.DataFrame(table, columns=["measure", "unit", "year", "united_states", "whole"])
    result["others"] = result["whole"] - result["united_states"]
    result["share"] = 100 * result["united_states"] / result["whole"]
    return result.drop(columns="whole")


def after_a_us_exit(claims, agreements, events, part):
    """What is known, not known and disputed about Ukraine if the United States left: columns state, what, who_says."""
    found = claims.set_index("id")
    note = agreements.set_index("id")["note"]["usa-2024"]
    said = events.set_index("id").loc["2026-04-trump-says-he-considering"]
    aid = part.set_index("measure").loc["aid to Ukraine"]
    rows = [
        ("known", found["found"]["A4-29"], "treaty, Article 13; US Code"),
        ("known", f"The US agreement with Ukraine is no treaty: {note[0].lower()}{note[1:]}", "press, 2024"),
        ("known", f"In {aid['year']} the United States gave {aid['share']:.0f}% of what allies and EU institutions gave Ukraine.", "Kiel Institute"),
        ("not known", "Whether a president would go, when, and what Congress would do.", f"{said['title']}, {said['date']:%B %Y}"),
        ("not known", "Whether arms could still be bought, and whether intelligence would still be shared.", "no source in our tables"),
        ("disputed", found["claim"]["A4-28"], found["attribution"]["A4-28"]),
        ("disputed", found["claim"]["A4-32"], found["attribution"]["A4-32"]),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["", "what", "who says so"])
