"""Defence spending: NATO's editions, SIPRI's series, targets and what they cost."""

import pandas as pd

from .. import data
from ..world import table

NATO, EUROPE_AND_CANADA = "XNT", "XNE"


def edition_name(edition):
    """'2026-07' as 'July 2026'."""
    return pd.Timestamp(f"{edition}-01").strftime("%B %Y")


def full_editions(spending):
    """The editions that give each ally several years, newest first: {'July 2026': '2026-07', ...}.

    NATO's annual reports quote a single year and are left out.
    """
    years = spending.groupby(["edition", "iso3"])["year"].nunique().groupby("edition").median()
    return {edition_name(edition): edition for edition in sorted(years[years > 1].index, reverse=True)}


@table
def allied_spending(defence_expenditure, members):
    """NATO's table, one row an ally, year and edition, from each ally's accession year on.

    Adds `country`. Shares in % of GDP, money in millions. Iceland has no forces and no row.
    """
    allies = members[["iso3", "country", "accession_date"]]
    joined = defence_expenditure.merge(allies, on="iso3", validate="many_to_one")
    since = joined["accession_date"].dt.year
    return joined[joined["year"] >= since].drop(columns="accession_date").reset_index(drop=True)


@table
def edition(defence_expenditure):
    """The newest edition of NATO's table that gives amounts; some give shares of GDP alone, or a single year."""
    return defence_expenditure.loc[defence_expenditure["usd_current_millions"].notna(), "edition"].max()


@table
def ally_shares(allied_spending, members, year, edition, target=2.0):
    """Every ally's share of GDP (%) in one year by one edition, highest first, then those without a figure by name.

    Columns: country, share_of_gdp, status (actual, estimate, "no figure" or "not an ally yet"), reaches_target
    ("yes", "no", missing without a figure), note (known breaks and outliers), source.
    `attrs`: `highest`, the highest share in any edition, for a steady axis; `covers`, the edition's first and last year.
    """
    table = in_edition(allied_spending, edition).dropna(subset="share_of_gdp")
    known = table[table["year"] == year].sort_values("share_of_gdp", ascending=False)
    known = known.assign(
        reaches_target=meets(known["share_of_gdp"], target).map({True: "yes", False: "no"}),
        note=data.remarks_for("defence_expenditure", known, "share_of_gdp"),
    )
    blank = members[~members["country"].isin(known["country"])].sort_values("country")
    later = blank["accession_date"].dt.year > year
    blank = blank[["country"]].assign(
        status=later.map({True: "not an ally yet", False: "no figure"}), source=table["source"].iloc[0]
    )
    columns = ["country", "share_of_gdp", "status", "reaches_target", "note", "source"]
    rows = pd.concat([known[columns], blank], ignore_index=True)
    rows.attrs = dict(highest=allied_spending["share_of_gdp"].max(), covers=(table["year"].min(), table["year"].max()))
    return rows


def alliance_totals(defence):
    """NATO's own aggregates: rows of NATO total and of NATO Europe and Canada."""
    return defence[defence["iso3"].isin([NATO, EUROPE_AND_CANADA])].reset_index(drop=True)


def in_edition(spending, edition):
    """The rows of one edition; ValueError names the editions there are."""
    chosen = spending[spending["edition"] == edition]
    if chosen.empty:
        raise ValueError(
            f"There is no edition {edition!r}; the table has {', '.join(sorted(spending['edition'].unique()))}."
        )
    return chosen


def in_year(spending, year, edition):
    """The allies of one year in one edition; ValueError says which years the edition covers."""
    chosen = in_edition(spending, edition)
    rows = chosen[chosen["year"] == year]
    if rows.empty:
        raise ValueError(
            f"The {edition_name(edition)} edition has no figures for {year}; it covers {chosen['year'].min()} to {chosen['year'].max()}."
        )
    return rows


def meets(shares, target):
    """Which shares of GDP reach `target`, at the two decimals NATO prints."""
    return shares.round(2) >= target


def allies_at_guideline(spending, year, edition, target=2.0):
    """Rows of the allies at `target` % of GDP or more in `year`, highest first."""
    rows = in_year(spending, year, edition)
    return rows[meets(rows["share_of_gdp"], target)].sort_values("share_of_gdp", ascending=False)


def guideline_counts(spending, military, members, others, year=2024, target=2.0):
    """How many allies met `target` in `year`: by NATO's full editions, SIPRI, and counts in print.

    Columns: by (who counts, which edition), publisher, edition, allies (with a figure), count.
    A count in print has no table behind it, so `allies` is missing there.
    """
    rows = []
    for name, edition in full_editions(spending).items():
        shares = spending.loc[(spending["edition"] == edition) & (spending["year"] == year), "share_of_gdp"].dropna()
        if len(shares):
            rows.append((f"NATO, {name}", "NATO", edition, len(shares), meets(shares, target).sum()))
    printed = others[(others["measure"] == "allies at 2% of GDP") & (others["year"] == year)]
    if target == 2:
        rows += [
            (f"{row['body']}, {edition_name(row['edition'])}*", row["body"], row["edition"], None, row["allies"])
            for _, row in printed.iterrows()
        ]
    allies = members.loc[members["accession_date"].dt.year <= year, "iso3"]
    sipri = military[(military["year"] == year) & military["iso3"].isin(allies) & (military["iso3"] != "ISL")][
        "share_of_gdp"
    ].dropna()
    rows.append(("SIPRI, April 2026", "SIPRI", "2026-04", len(sipri), meets(sipri, target).sum()))
    table = pd.DataFrame(rows, columns=["by", "publisher", "edition", "allies", "count"])
    return table.astype({"count": int, "allies": "Int64"}).sort_values(["publisher", "edition"]).reset_index(drop=True)


def guideline_by_year(spending, edition, target=2.0):
    """Count of allies at `target` for each year of an edition, with the number of allies that have a figure."""
    table = in_edition(spending, edition).dropna(subset="share_of_gdp")
    return (
        table.assign(met=meets(table["share_of_gdp"], target))
        .groupby("year")
        .agg(count=("met", "sum"), allies=("met", "size"), status=("status", "first"))
        .reset_index()
    )


def us_share(spending, totals, edition):
    """US spending as % of NATO's total, by year, current prices; with the billions behind it."""
    usa = in_edition(spending[spending["iso3"] == "USA"], edition).set_index("year")
    total = in_edition(totals[totals["iso3"] == NATO], edition).set_index("year")["usd_current_millions"]
    table = pd.DataFrame(
        {
            "united_states": usa["usd_current_millions"] / 1000,
            "others": (total - usa["usd_current_millions"]) / 1000,
            "status": usa["status"],
        }
    )
    table["us_share"] = 100 * table["united_states"] / (table["united_states"] + table["others"])
    return table.reset_index()


def price_of_target(spending, year, edition, target):
    """What each ally would spend on top in `year` at `target` % of GDP, in US$ billions of that year.

    GDP is what NATO's own share and amount imply; an ally above the target gets zero.
    """
    rows = in_year(spending, year, edition).dropna(subset=["share_of_gdp", "usd_current_millions"])
    gdp = rows["usd_current_millions"] / rows["share_of_gdp"] * 100
    gap = (target - rows["share_of_gdp"]).clip(lower=0)
    return rows.assign(extra_billions=gap * gdp / 100_000, billions=rows["usd_current_millions"] / 1000).sort_values(
        "extra_billions", ascending=False
    )


def eu_spending(military, countries, others):
    """The EU members' defence spending of 2021 and 2024, counted four ways.

    Columns: way, unit, from_year, to_year, first, last (in billions), change (%), table, note.
    """
    eu = countries.loc[countries["is_eu_member"].eq(True), "iso3"]
    sipri = military[military["iso3"].isin(eu)].groupby("year")
    members = f"SIPRI's figures; {sipri['iso3'].nunique()[2024]} of {len(eu)} EU members are in our table."
    eda = others[others["body"] == "European Defence Agency"].set_index("id")["eur_billions"]
    rows = []
    for way, column, unit, note in (
        (
            "real growth, in dollars of 2024",
            "usd_constant_2024_millions",
            "US$ billion, prices and exchange rates of 2024",
            "Inflation and exchange rates are taken out: what changed is the amount of things that could be bought. ",
        ),
        (
            "nominal growth, in dollars of each year",
            "usd_current_millions",
            "US$ billion, current prices and exchange rates",
            "Inflation is in it, and so is the exchange rate between euro and dollar. ",
        ),
    ):
        total = sipri[column].sum() / 1000
        rows.append((way, unit, total[2021], total[2024], "military_expenditure", note + members))
    for way, last, note in (
        (
            "nominal growth, in euros of each year",
            "eda-2024-estimate",
            "The European Defence Agency's figures; 2024 as it estimated in December 2024.",
        ),
        (
            "the same, with the later figure for 2024",
            "eda-2024-final",
            "The European Defence Agency's figures; 2024 as it reported in September 2025.",
        ),
    ):
        rows.append((way, "EUR billion, current prices", eda["eda-2021"], eda[last], "spending_other_totals", note))
    table = pd.DataFrame(rows, columns=["way", "unit", "first", "last", "table", "note"]).assign(
        from_year=2021, to_year=2024
    )
    return table.assign(change=100 * (table["last"] / table["first"] - 1))


def common_funds(others, totals, edition):
    """NATO's common funds beside all allied spending of the same year.

    Returns a dict: year, edition, eur_billions, usd_billions, low and high (% of the whole, with a
    euro at 1.00 and 1.20 US dollars), per_thousand (their middle), table.
    """
    row = others[others["measure"] == "common funds"].iloc[0]
    total = in_year(totals[totals["iso3"] == NATO], row["year"], edition)["usd_current_millions"].iloc[0] / 1000
    low, high = (100 * row["eur_billions"] * rate / total for rate in (1.0, 1.2))
    table = pd.DataFrame(
        {
            "item": ["NATO common funds, EUR billion", "allied defence spending, US$ billion"],
            "year": row["year"],
            "billions": [row["eur_billions"], total],
        }
    )
    return dict(
        year=int(row["year"]),
        edition=edition,
        eur_billions=row["eur_billions"],
        usd_billions=total,
        low=low,
        high=high,
        per_thousand=5 * (low + high),
        table=table,
    )


def near_russia(spending, distances, year, edition):
    """European allies of a year with `distance_km` to Russia and share of GDP.

    `attrs["highest"]` is the highest share any of them has in the edition, for a steady axis.
    """
    rows = in_year(spending, year, edition).dropna(subset="share_of_gdp").merge(distances, on="iso3")
    rows.attrs["highest"] = in_edition(spending, edition)["share_of_gdp"].max()
    return rows


def eu_growth(military, countries, first, last):
    """Real change (%) of EU members' military spending between two years, SIPRI, constant US$.

    Only members with a figure in both years count; returns a dict with change and members.
    """
    eu = countries.loc[countries["is_eu_member"].eq(True), "iso3"]
    wide = (
        military[military["iso3"].isin(eu)]
        .pivot(index="iso3", columns="year", values="usd_constant_2024_millions")[[first, last]]
        .dropna()
    )
    return dict(change=float(100 * (wide[last].sum() / wide[first].sum() - 1)), members=len(wide))
