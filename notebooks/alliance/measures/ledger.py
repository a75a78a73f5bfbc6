"""The ledger as data: profiles of articles, a learner's calibration, and sentences of one's own."""

import dataclasses
import operator
from typing import Any, Literal

import pandas as pd

from .. import words
from ..world import table
from .spending import full_editions, in_edition
from .verdicts import VERDICTS, WAYS, verdict_side


@table
def as_of(events):
    """The month of the newest event in our table, as people write it: what the ledger is as of."""
    return words.month(events["date"].max())


@table
def article_profile(ledger, by: Literal["verdict", "kind", "tested"], article="all"):
    """How many sentences of an article ("all" for all of them) fall under each value of the column `by` of the ledger.

    Columns: value (in the scale's order, or the alphabet's), count, share (%), known, unverified (not tested, so not
    sure).
    """
    rows = ledger if article == "all" else ledger[ledger["article"] == article]
    orders = {"verdict": VERDICTS, "kind": sorted(ledger["kind"].unique()), "tested": WAYS}
    grouped = rows.assign(unverified=rows["tested"].eq("not verified")).groupby(by)["unverified"]
    profile = grouped.agg(count="size", unverified="sum").reindex(list(orders[by]), fill_value=0)
    profile["share"] = 100 * profile["count"] / len(rows)
    profile["known"] = profile["count"] - profile["unverified"]
    return profile[["count", "share", "known", "unverified"]].rename_axis("value").reset_index()


def articles_to_choose(articles):
    """The articles as choices: {label: id}, and all of them together as "all"."""
    return {"all of them": "all", **dict(zip(articles["label"], articles["id"], strict=True))}


def computed_sentences(ledger):
    """How many sentences a rule works out from the tables."""
    return int((ledger["tested"] == "computed").sum())


def sentences(ledger):
    """How many sentences the ledger has."""
    return len(ledger)


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


def turns_of_verdicts(through):
    """The rows of claims.through at which a sentence gets another verdict than the edition before, the first included.

    Sorted by id, editions in order; an edition that cannot give a verdict is no turn.
    """
    rows = through.dropna(subset="verdict").sort_values("id", kind="stable")
    before = rows.groupby("id")["verdict"].shift()
    return rows[rows["verdict"] != before].reset_index(drop=True)


def verdicts_by_edition(through):
    """A row for each sentence of claims.through and a column for each edition, with the verdict."""
    return through.pivot(index="id", columns="edition", values="verdict")


def sentences_alike(through):
    """Rows of claims.through whose sentences get the same verdicts in the same editions, told once for all of them.

    Columns of `through` for the shortest of these sentences, with `alike`: how many they are; most first.
    """
    wide = verdicts_by_edition(through).astype(str).agg("|".join, axis=1)
    first = through.drop_duplicates("id").assign(
        way=lambda rows: rows["id"].map(wide), long=lambda rows: rows["claim"].str.len()
    )
    first = first.sort_values("long").assign(alike=lambda rows: rows.groupby("way")["id"].transform("size"))
    told = first.drop_duplicates("way").sort_values(["alike", "id"], ascending=[False, True])[["id", "alike"]]
    return told.merge(through, on="id", how="left")


def moved_sentences(through):
    """How many sentences get another verdict along the editions."""
    return moving_verdicts(through)["id"].nunique()


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
        "amount in prices of one year": Indicator(
            "military_expenditure",
            "usd_constant_millions",
            "spent {} billion US dollars (in prices of one year) on its military",
            "US$ billion, prices and exchange rates of one year",
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

# A comparison, and what a sentence with it names beside table, measure and year; first what it compares with
WANTED = {
    "at least": ("number", "who"),
    "less than": ("number", "who"),
    "more than another country": ("other", "who"),
    "more than in an earlier year": ("earlier", "who"),
    "how many reached": ("number",),
}


def comparisons(years):
    """The comparisons that a table with these years allows: none with an earlier year where there are hardly any."""
    return [comparison for comparison in WANTED if len(years) > 3 or "earlier" not in comparison]


def sentence_years(rows, usual=2024):
    """The years of an indicator's rows, newest first; the one to begin with; and those that most countries have."""
    per_year = rows["year"].value_counts()
    filled = set(per_year.index[per_year >= 0.5 * per_year.max()])
    begin = usual if per_year.get(usual, 0) > 0.5 * per_year.max() else int(per_year.idxmax())
    return sorted(per_year.index.tolist(), reverse=True), begin, filled


def usual_threshold(rows, indicator):
    """A number to begin a sentence with: 2 for shares of GDP, else the middle of the values above zero."""
    return 2.0 if "GDP" in indicator.unit else float(f"{rows.loc[rows['value'] > 0, 'value'].median():.2g}")


def indicator_editions(world, indicator):
    """The editions of an indicator's table, as {what is read: what is meant}; one without a name where it has none."""
    if indicator.table == "defence_expenditure":
        filled = world[indicator.table].dropna(subset=indicator.column)
        countries = filled.groupby("edition")["iso3"].nunique()
        return full_editions(filled[filled["edition"].isin(countries[countries > 1].index)])
    return {"the only one here": ""}


def indicator_rows(world, indicator, edition=""):
    """An indicator, one row a country and year: iso3, country, year, value, note ("estimate", "to June only", "").

    Missing values have no row. A donor that Kiel tracks has 0 for a year in which it allocated nothing.
    """
    if indicator.table == "defence_expenditure":
        rows = in_edition(world["allied_spending"], edition)
    else:
        newest = {"military_expenditure": "sipri_spending", "aid_by_month": "monthly_allocations"}
        rows = world[newest.get(indicator.table, indicator.table)]
        rows = _aid_by_year(rows) if indicator.table == "aid_by_month" else rows
        names = world["countries"].set_index("iso3")
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


def _aid_by_year(months):
    last = pd.Timestamp(months["month"].max())
    table = (
        months.assign(year=months["month"].str[:4].astype(int))
        .groupby(["iso3", "year"])[["military", "financial", "humanitarian"]]
        .sum()
    )
    every = pd.MultiIndex.from_product([months["iso3"].unique(), range(2022, last.year + 1)], names=["iso3", "year"])
    table = table.reindex(every, fill_value=0.0).reset_index()
    part = "" if last.month == 12 else f"to {words.month(last).split()[0]} only"
    return table.assign(
        total=table[["military", "financial", "humanitarian"]].sum(axis=1),
        note=[part if year == last.year else "" for year in table["year"]],
    )


@dataclasses.dataclass(frozen=True)
class Found:
    """What a table has of one country in one year: `value` is None where a figure is missing."""

    country: str
    year: int
    value: float | None
    note: str


@dataclasses.dataclass(frozen=True)
class Tested:
    """A learner's own sentence and its test.

    `comparison`, `who`, `year`, `than`: what it says. `found`: what the table has, a `Found` for each figure that it
    speaks of. `reached`: of countries that are counted, how many reach the line, and how many have a figure. `holds`:
    True, False, or None where a figure is missing or things are only counted. `series`: pairs of a name and the rows
    to draw. `level`: the number it names.
    """

    comparison: str
    who: str
    year: int
    than: Any
    series: list
    found: tuple[Found, ...] = ()
    reached: tuple[int, int] | None = None
    holds: bool | None = None
    level: float | None = None

    @property
    def years(self) -> tuple[int, ...]:
        """The years that it names."""
        return (self.year, self.than) if self.comparison == "more than in an earlier year" else (self.year,)


def own_sentence(rows, who, year, comparison: Literal[*WANTED], than):
    """Test one sentence on the `rows` of an indicator; `than` is a number, another country or an earlier year.

    Returns `Tested`.
    """
    if comparison == "how many reached":
        here = rows[rows["year"] == year]
        counts = reached_by_year(rows, than).rename(columns={"count": "value"}).assign(note="")
        series, reached = [("countries at the line or above", counts)], ((here["value"] >= than).sum(), len(here))
        return Tested(comparison, who, year, than, series, reached=reached, level=than)
    against = {"more than another country": (than, year), "more than in an earlier year": (who, than)}
    found = tuple(_found(rows, *one) for one in ((who, year), against.get(comparison)) if one)
    series = [(name, rows[rows["country"] == name]) for name in dict.fromkeys(one.country for one in found)]
    holds, level = _holds(comparison, found[0].value, found[1].value if len(found) > 1 else than), None
    if len(found) == 1:
        level = than
    return Tested(comparison, who, year, than, series, found, holds=holds, level=level)


def _found(rows, country, year):
    row = rows[(rows["country"] == country) & (rows["year"] == year)]
    return Found(country, year, row["value"].item(), row["note"].item()) if len(row) else Found(country, year, None, "")


def _holds(comparison, value, other):
    """Whether the comparison holds; None where a figure is missing."""
    if value is None or other is None:
        return None
    compared = {"at least": operator.ge, "less than": operator.lt}.get(comparison, operator.gt)
    return bool(compared(value, other))


def reached_by_year(rows, threshold):
    """For each year, how many countries have a value of `threshold` or more, and how many have one at all."""
    return (
        rows.assign(met=rows["value"] >= threshold)
        .groupby("year")
        .agg(count=("met", "sum"), known=("met", "size"))
        .reset_index()
    )
