"""The ledger as data: profiles of articles, a learner's calibration, and sentences of one's own."""

import dataclasses

import pandas as pd

from .spending import allied_spending, full_editions, in_edition

SIDES = {  # verdicts that a hurried reader may take for one another
    "holds": ("supported", "supported-with-caveat"),
    "holds in part, or no longer": ("imprecise", "outdated", "contested"),
    "does not hold": ("contradicted",),
    "cannot be tested": ("not-checkable",),
}


def article_profile(ledger, article, by, order):
    """How many sentences of an article ("all" for the five) fall under each value of the column `by`.

    Columns: value (in the given order, all of them), count, share (%), unverified (not tested, so not sure).
    """
    rows = ledger if article == "all" else ledger[ledger["article"] == article]
    grouped = rows.assign(unverified=rows["tested"].eq("not verified")).groupby(by)["unverified"]
    table = grouped.agg(count="size", unverified="sum").reindex(list(order), fill_value=0)
    table.insert(1, "share", 100 * table["count"] / len(rows))
    return table.rename_axis("value").reset_index()


def verdict_side(verdict):
    """The side of the scale on which a verdict stands: a key of `SIDES`."""
    return next(side for side, verdicts in SIDES.items() if verdict in verdicts)


def calibration(judgements, ledger):
    """A learner's judgements (id, verdict, confidence in %) against the ledger, by confidence.

    Columns: confidence, judged, right (the very verdict), near (the same side), share_right and share_near (%).
    Sentences that nobody has verified are left out.
    """
    known = ledger[ledger["tested"] != "not verified"]
    both = judgements.merge(known[["id", "verdict"]], on="id", suffixes=("", "_found"))
    both["right"] = both["verdict"] == both["verdict_found"]
    both["near"] = (
        both["verdict"].map(verdict_side) == both["verdict_found"].map(verdict_side) if len(both) else both["right"]
    )
    table = both.groupby("confidence").agg(judged=("id", "size"), right=("right", "sum"), near=("near", "sum"))
    return table.assign(
        share_right=100 * table["right"] / table["judged"], share_near=100 * table["near"] / table["judged"]
    ).reset_index()


def moving_verdicts(through):
    """The rows of claims.through whose sentence does not keep one verdict through all editions."""
    kinds = through.groupby("id")["verdict"].nunique()
    return through[through["id"].isin(kinds[kinds > 1].index)].reset_index(drop=True)


# Sentences of one's own ---------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Indicator:
    """A number for a country and a year that a sentence can speak of; `says` has {} in the number's place."""

    table: str
    column: str
    says: str
    unit: str
    digits: int
    scale: float = 1
    year: str = "year"


INDICATORS = {
    "NATO: allies' defence spending": {
        "share of GDP": Indicator("defence_expenditure", "share_of_gdp", "spent {}% of GDP on defence", "% of GDP", 2),
        "amount in dollars": Indicator(
            "defence_expenditure",
            "usd_current_millions",
            "spent {} billion US dollars on defence",
            "US$ billion, current prices",
            1,
            1000,
        ),
        "equipment share": Indicator(
            "defence_expenditure",
            "equipment_share",
            "spent {}% of its defence money on equipment",
            "% of defence spending",
            1,
        ),
        "people in uniform": Indicator(
            "defence_expenditure", "personnel_thousands", "had {} thousand people in its forces", "thousand people", 1
        ),
    },
    "SIPRI: military spending": {
        "share of GDP": Indicator(
            "military_expenditure", "share_of_gdp", "spent {}% of GDP on its military", "% of GDP", 2
        ),
        "amount in prices of 2024": Indicator(
            "military_expenditure",
            "usd_constant_2024_millions",
            "spent {} billion US dollars (at prices of 2024) on its military",
            "US$ billion, prices and exchange rates of 2024",
            1,
            1000,
        ),
    },
    "Kiel: aid to Ukraine": {
        "all aid": Indicator(
            "aid_by_month", "total", "allocated {} billion euros of aid to Ukraine", "EUR billion allocated", 2
        ),
        "military aid": Indicator(
            "aid_by_month",
            "military",
            "allocated {} billion euros of military aid to Ukraine",
            "EUR billion allocated",
            2,
        ),
        "financial aid": Indicator(
            "aid_by_month",
            "financial",
            "allocated {} billion euros of financial aid to Ukraine",
            "EUR billion allocated",
            2,
        ),
    },
    "Corruption and democracy": {
        "corruption score": Indicator(
            "institutions", "cpi_score", "scored {} of 100 in the corruption index", "points; 100 is cleanest", 0
        ),
        "electoral democracy": Indicator(
            "institutions",
            "vdem_electoral",
            "scored {} in the index of electoral democracy",
            "index from 0 to 1; 1 is most democratic",
            3,
        ),
        "liberal democracy": Indicator(
            "institutions",
            "vdem_liberal",
            "scored {} in the index of liberal democracy",
            "index from 0 to 1; 1 is most democratic",
            3,
        ),
    },
    "People, output, soldiers": {
        "population": Indicator(
            "countries", "population", "had {} million people", "million people", 1, 1e6, "population_year"
        ),
        "output": Indicator(
            "countries", "gdp_usd", "had an output (GDP) of {} billion US dollars", "US$ billion", 0, 1e9, "gdp_year"
        ),
        "active soldiers": Indicator(
            "countries",
            "active_military",
            "had {} thousand active soldiers",
            "thousand people",
            1,
            1000,
            "active_military_year",
        ),
    },
}

COMPARISONS = ("at least", "less than", "more than another country", "more than in an earlier year", "how many reached")


def indicator_editions(tables, indicator):
    """The editions of an indicator's table, as {what is read: what is meant}; one without a name where it has none."""
    if indicator.table == "defence_expenditure":
        filled = tables[indicator.table].dropna(subset=indicator.column)
        countries = filled.groupby("edition")["iso3"].nunique()
        return full_editions(filled[filled["edition"].isin(countries[countries > 1].index)])
    return {"the only one here": ""}


def indicator_rows(tables, indicator, edition=""):
    """An indicator, one row a country and year: iso3, country, year, value, note ("estimate", "to June only", "").

    Missing values have no row. A donor that Kiel tracks has 0 for a year in which it allocated nothing.
    """
    if indicator.table == "defence_expenditure":
        rows = in_edition(allied_spending(tables["defence_expenditure"], tables["members"]), edition)
    else:
        rows = _aid_by_year(tables) if indicator.table == "aid_by_month" else tables[indicator.table]
        names = tables["countries"].set_index("iso3")
        names = names.loc[names["kind"].isin(["country", "institution"]), "name"]
        rows = rows[rows["iso3"].isin(names.index)].assign(country=lambda kept: kept["iso3"].map(names))
    if "status" in rows:
        rows = rows.assign(note=rows["status"].where(rows["status"] == "estimate", ""))
    elif indicator.table != "aid_by_month":
        rows = rows.assign(note="")
    rows = rows.assign(
        year=rows[indicator.year],
        value=(rows[indicator.column].astype(float) / indicator.scale).round(indicator.digits),
    )
    rows = rows.dropna(subset=["value", "year"]).astype({"year": int})
    return rows[["iso3", "country", "year", "value", "note"]].sort_values(["country", "year"]).reset_index(drop=True)


def _aid_by_year(tables):
    months = tables["monthly_allocations"]
    last = pd.Timestamp(months["month"].max())
    table = (
        months.assign(year=months["month"].str[:4].astype(int))
        .groupby(["iso3", "year"])[["military", "financial", "humanitarian"]]
        .sum()
    )
    every = pd.MultiIndex.from_product([months["iso3"].unique(), range(2022, last.year + 1)], names=["iso3", "year"])
    table = table.reindex(every, fill_value=0.0).reset_index()
    part = "" if last.month == 12 else f"to {last:%B} only"
    return table.assign(
        total=table[["military", "financial", "humanitarian"]].sum(axis=1),
        note=[part if year == last.year else "" for year in table["year"]],
    )


def own_sentence(rows, indicator, label, who, year, comparison, than):
    """Test one sentence on `rows` of an indicator.

    `than`: a number, another country or an earlier year, as the comparison wants. Returns a dict: claim (the sentence),
    found (what the table says), holds (True, False, or None where a figure is missing or things are only counted).
    """
    digits = indicator.digits
    here = rows[rows["year"] == year].set_index("country")

    def said(country, table=here, when=year):
        if country not in table.index:
            return f"there is no figure for {country} in {when}: missing, which is not zero"
        row = table.loc[country]
        note = f" ({row['note']})" if row["note"] else ""
        return f"{country} {indicator.says.format(f'{row.value:,.{digits}f}')} in {when}{note}"

    if comparison == "how many reached":
        reached = here[here["value"] >= than]
        return dict(
            claim=f"How many countries reached {than:g} ({indicator.unit}) in {year}?",
            found=f"{len(reached)} of the {len(here)} countries with a figure",
            holds=None,
        )
    if comparison in ("at least", "less than"):
        claim = f"{who} {indicator.says.format(f'{comparison} {than:g}')} in {year}."
        found, pair = said(who), (here["value"].get(who), float(than))
    elif comparison == "more than another country":
        claim = f"In {year}, {who} stood above {than} by {label}."
        found, pair = f"{said(who)}; {said(than)}", (here["value"].get(who), here["value"].get(than))
    else:
        before = rows[rows["year"] == than].set_index("country")
        claim = f"{who} stood higher in {year} than in {than} by {label}."
        found = f"{said(who)}; {said(who, before, than)}"
        pair = (here["value"].get(who), before["value"].get(who))
    if None in pair:
        return dict(claim=claim, found=found, holds=None)
    value, other = pair
    holds = (
        value >= other if comparison == "at least" else value < other if comparison == "less than" else value > other
    )
    return dict(claim=claim, found=found, holds=bool(holds))


def reached_by_year(rows, threshold):
    """For each year, how many countries have a value of `threshold` or more, and how many have one at all."""
    return (
        rows.assign(met=rows["value"] >= threshold)
        .groupby("year")
        .agg(count=("met", "sum"), known=("met", "size"))
        .reset_index()
    )
