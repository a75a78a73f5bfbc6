"""Defence spending: NATO's editions, SIPRI's series, targets and what they cost."""

import pandas as pd

from .. import data, words
from ..world import table
from .facts import facts_by_row
from .geography import distance_to

NATO, EUROPE_AND_CANADA = "XNT", "XNE"
HIGHEST_TARGET = 5.0  # % of GDP: the goal for 2035 agreed at The Hague
REAL_IN_DOLLARS = "real growth, in dollars of 2024"
IN_EUROS = NOMINAL_IN_EUROS, LATER_IN_EUROS = (
    "nominal growth, in euros of each year",
    "the same, with the later figure for 2024",
)


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
def full_editions(allied_spending):
    """The editions that give each ally several years, newest first: {'July 2026': '2026-07', ...}.

    NATO's annual reports quote a single year and are left out.
    """
    years = allied_spending.groupby(["edition", "iso3"])["year"].nunique().groupby("edition").median()
    return {words.edition(edition): edition for edition in sorted(years[years > 1].index, reverse=True)}


@table
def ally_shares(allied_spending, members, facts, year, edition, target=2.0):
    """Every ally's share of GDP (%) in one year by one edition, highest first, then those without a figure by name.

    Columns: country, share_of_gdp, status (actual, estimate, "no figure" or "not an ally yet"), reaches_target
    ("yes", "no", missing without a figure), note (known breaks and outliers), source.
    `attrs`: `highest`, the highest share in any edition, for a steady axis; `covers`, the edition's first and last
    year; `core`, whether the edition counts core defence expenditure.
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
    core = facts_by_row(facts, "sources", "core_defence_from").min()
    rows.attrs = dict(
        highest=allied_spending["share_of_gdp"].max(),
        covers=(table["year"].min(), table["year"].max()),
        core=pd.Period(edition, "M").end_time >= core,
    )
    return rows


@table
def alliance_totals(defence_expenditure):
    """NATO's own aggregates: rows of NATO total and of NATO Europe and Canada."""
    return defence_expenditure[defence_expenditure["iso3"].isin([NATO, EUROPE_AND_CANADA])].reset_index(drop=True)


@table
def newest_edition(defence_expenditure):
    """The newest edition of NATO's table, whatever it gives; `edition` is the newest that gives amounts."""
    return defence_expenditure["edition"].max()


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
            f"The {words.edition(edition)} edition has no figures for {year}; it covers {chosen['year'].min()} to "
            f"{chosen['year'].max()}."
        )
    return rows


def meets(shares, target):
    """Which shares of GDP reach `target`, at the two decimals NATO prints."""
    return shares.round(2) >= target


def allies_at_guideline(allied_spending, year, edition, target=2.0):
    """Rows of the allies at `target` % of GDP or more in `year`, highest first."""
    rows = in_year(allied_spending, year, edition)
    return rows[meets(rows["share_of_gdp"], target)].sort_values("share_of_gdp", ascending=False)


@table
def sipri_shares(military_expenditure, members):
    """SIPRI's share of GDP (%) of those who were allies in a year, newest release; Iceland has no forces.

    Columns: iso3, year, release, share_of_gdp, source.
    """
    rows = military_expenditure[military_expenditure["release"] == military_expenditure["release"].max()]
    rows = rows.merge(members[["iso3", "accession_date"]], on="iso3")
    rows = rows[(rows["accession_date"].dt.year <= rows["year"]) & (rows["iso3"] != "ISL")]
    return rows[["iso3", "year", "release", "share_of_gdp", "source"]].dropna(subset="share_of_gdp")


def newest_year(allied_spending):
    """The last year for which any edition has a figure or an estimate."""
    return int(allied_spending["year"].max())


def newest_years(allied_spending, count=3):
    """The last years with a figure or an estimate, oldest first."""
    return sorted(int(year) for year in allied_spending["year"].unique())[-count:]


def allies_with_figures(allied_spending):
    """The names of the allies that NATO's table has, in order of the alphabet."""
    return sorted(allied_spending["country"].unique())


@table
def guideline_counts(allied_spending, full_editions, sipri_shares, spending_other_totals, year=2024, target=2.0):
    """How many allies met `target` in `year`: by NATO's full editions, SIPRI, and counts in print.

    Columns: by (who counts, which edition), publisher, edition, allies (with a figure), count, source.
    A count in print has no table behind it, so `allies` and `source` are missing there. `attrs`: year, target.
    """
    nato = allied_spending[allied_spending["edition"].isin(full_editions.values())].assign(publisher="NATO")
    sipri = sipri_shares.rename(columns={"release": "edition"}).assign(publisher="SIPRI")
    shares = pd.concat([nato, sipri]).dropna(subset="share_of_gdp")
    shares = shares[shares["year"] == year]
    counted = (
        shares.assign(met=meets(shares["share_of_gdp"], target))
        .groupby(["publisher", "edition"], as_index=False)
        .agg(allies=("met", "size"), count=("met", "sum"), source=("source", "first"))
    )
    others = spending_other_totals
    printed = others[(others["measure"] == "allies at 2% of GDP") & (others["year"] == year) & (target == 2)]
    printed = printed[["body", "edition", "allies"]].set_axis(["publisher", "edition", "count"], axis=1)
    table = pd.concat([counted.assign(mark=""), printed.assign(mark="*")], ignore_index=True)
    by = table["publisher"] + ", " + table["edition"].map(words.edition) + table["mark"]
    table = table.assign(by=by).astype({"count": int, "allies": "Int64"}).sort_values(["publisher", "edition"])
    table = table[["by", "publisher", "edition", "allies", "count", "source"]].reset_index(drop=True)
    table.attrs = dict(year=year, target=target)
    return table


@table
def newest_count(guideline_counts, edition):
    """How many allies met the target by NATO's newest edition."""
    return int(guideline_counts.loc[guideline_counts["edition"] == edition, "count"].item())


@table
def guideline_by_year(allied_spending, edition, target=2.0):
    """Count of allies at `target` for each year of an edition, with the number of allies that have a figure."""
    table = in_edition(allied_spending, edition).dropna(subset="share_of_gdp")
    return (
        table.assign(met=meets(table["share_of_gdp"], target))
        .groupby("year")
        .agg(count=("met", "sum"), allies=("met", "size"), status=("status", "first"))
        .reset_index()
    )


@table
def us_shares(allied_spending, alliance_totals, edition):
    """US spending as % of NATO's total, by year, current prices: united_states and others in billions, us_share,
    source.
    """
    usa = in_edition(allied_spending[allied_spending["iso3"] == "USA"], edition).set_index("year")
    total = in_edition(alliance_totals[alliance_totals["iso3"] == NATO], edition).set_index("year")
    table = pd.DataFrame(
        {
            "united_states": usa["usd_current_millions"] / 1000,
            "others": (total["usd_current_millions"] - usa["usd_current_millions"]) / 1000,
            "status": usa["status"],
            "source": usa["source"],
        }
    )
    table["us_share"] = 100 * table["united_states"] / (table["united_states"] + table["others"])
    return table.reset_index()


def us_share_by_year(us_shares):
    """The United States' part of all allied spending (%), by year."""
    return us_shares.set_index("year")["us_share"]


@table
def price_of_target(allied_spending, year, edition, target):
    """What each ally would spend on top in `year` at `target` % of GDP, in US$ billions of that year.

    GDP is what NATO's own share and amount imply; an ally above the target gets zero.
    """
    rows = in_year(allied_spending, year, edition).dropna(subset=["share_of_gdp", "usd_current_millions"])
    gdp = rows["usd_current_millions"] / rows["share_of_gdp"] * 100
    gap = (target - rows["share_of_gdp"]).clip(lower=0)
    return rows.assign(extra_billions=gap * gdp / 100_000, billions=rows["usd_current_millions"] / 1000).sort_values(
        "extra_billions", ascending=False
    )


@table
def prices(allied_spending, year, edition, target, with_usa=True):
    """`price_of_target`, with or without the United States, and what a steady axis needs to be drawn.

    `attrs`: `order`, the allies by what 5% would cost them; `highest`, the largest of these sums in US$ billions.
    """
    rows, ceiling = (price_of_target(allied_spending, year, edition, share) for share in (target, HIGHEST_TARGET))
    if not with_usa:
        rows, ceiling = rows[rows["iso3"] != "USA"], ceiling[ceiling["iso3"] != "USA"]
    rows.attrs = dict(order=list(ceiling["country"]), highest=max(ceiling["extra_billions"].max(), 1))
    return rows


@table
def ally_years(allied_spending, country, edition, target):
    """One ally's share of GDP by year in one edition, with known breaks and outliers as `note`.

    `attrs`: `price`, US$ billions more that `target` would take in the last year (NaN where the edition gives no
    amounts); `highest`, the highest share of any ally in the edition, for a steady axis.
    """
    rows = in_edition(allied_spending[allied_spending["country"] == country], edition).dropna(subset="share_of_gdp")
    rows = rows.assign(note=data.remarks_for("defence_expenditure", rows, "share_of_gdp"))
    priced = price_of_target(allied_spending, rows["year"].iloc[-1], edition, target).set_index("country")
    highest = in_edition(allied_spending, edition)["share_of_gdp"].max()
    rows.attrs = dict(price=priced["extra_billions"].get(country, float("nan")), highest=highest)
    return rows


def newest_share(ally_years):
    """One ally's share of GDP (%) in the last year of an edition."""
    return float(ally_years["share_of_gdp"].iloc[-1])


@table
def guideline_pairs(allied_spending, year, edition):
    """Share of GDP and the part of it spent on equipment (both %), an ally a row, with `met`: both, one or neither.

    The guidelines of 2014: 2% of GDP, and a fifth of that for major equipment. `attrs`: the highest of both in the
    edition, for steady axes.
    """
    rows = in_year(allied_spending, year, edition).dropna(subset=["share_of_gdp", "equipment_share"])
    met = meets(rows["share_of_gdp"], 2).astype(int) + meets(rows["equipment_share"], 20)
    rows = rows.assign(
        met=met.map({2: "both", 1: "one", 0: "neither"}),
        note=data.remarks_for("defence_expenditure", rows, "share_of_gdp"),
    )
    every = in_edition(allied_spending, edition)
    rows.attrs = {column: every[column].max() for column in ("share_of_gdp", "equipment_share")}
    return rows


@table
def eu_spending(military_expenditure, countries, spending_other_totals):
    """The EU members' defence spending of 2021 and 2024, counted four ways.

    Columns: way, unit, from_year, to_year, first, last (in billions), change (%), table, note.
    """
    eu = countries.loc[countries["is_eu_member"].eq(True), "iso3"]
    sipri = military_expenditure[military_expenditure["iso3"].isin(eu)].groupby("year")
    members = f"SIPRI's figures; {sipri['iso3'].nunique()[2024]} of {len(eu)} EU members are in our table."
    eda = spending_other_totals.set_index("id")["eur_billions"]  # as the European Defence Agency printed them
    rows = []
    for way, column, unit, note in (
        (
            REAL_IN_DOLLARS,
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
            NOMINAL_IN_EUROS,
            "eda-2024-estimate",
            "The European Defence Agency's figures; 2024 as it estimated in December 2024.",
        ),
        (
            LATER_IN_EUROS,
            "eda-2024-final",
            "The European Defence Agency's figures; 2024 as it reported in September 2025.",
        ),
    ):
        rows.append((way, "EUR billion, current prices", eda["eda-2021"], eda[last], "spending_other_totals", note))
    table = pd.DataFrame(rows, columns=["way", "unit", "first", "last", "table", "note"]).assign(
        from_year=2021, to_year=2024
    )
    return table.assign(change=100 * (table["last"] / table["first"] - 1))


@table
def nominal_growth_in_euros(eu_spending):
    """Change (%) of EU members' spending from 2021 to 2024 in euros of each year."""
    return eu_spending.set_index("way").loc[NOMINAL_IN_EUROS, "change"]


def ways_of_counting(eu_spending):
    """The four ways of counting the EU members' spending, in the table's order."""
    return list(eu_spending["way"])


@table
def common_funds(spending_other_totals, alliance_totals, edition):
    """NATO's common funds beside all allied spending of the same year.

    Two rows: item, year, billions, source. `attrs`: year, eur_billions, usd_billions, low and high (% of the whole,
    with a euro at 1.00 and 1.20 US dollars), per_thousand (their middle).
    """
    funds = spending_other_totals[spending_other_totals["measure"] == "common funds"].iloc[0]
    total = in_year(alliance_totals[alliance_totals["iso3"] == NATO], funds["year"], edition).iloc[0]
    billions = total["usd_current_millions"] / 1000
    low, high = (100 * funds["eur_billions"] * rate / billions for rate in (1.0, 1.2))
    table = pd.DataFrame(
        {
            "item": ["NATO common funds, EUR billion", "allied defence spending, US$ billion"],
            "year": funds["year"],
            "billions": [funds["eur_billions"], billions],
            "source": [funds["source"], total["source"]],
        }
    )
    amounts = dict(eur_billions=funds["eur_billions"], usd_billions=billions)
    table.attrs = dict(year=int(funds["year"]), low=low, high=high, per_thousand=5 * (low + high), **amounts)
    return table


def dollars_in_a_thousand(common_funds):
    """Of each 1,000 allied defence dollars, how many go through NATO's common funds."""
    return round(common_funds.attrs["per_thousand"])


@table
def distances_to_russia(europe_outlines):
    """The shortest distance from each outlined European country to Russia's outline, in km: iso3, distance_km."""
    return distance_to(europe_outlines, "RUS")


@table
def near_russia(allied_spending, distances_to_russia, year, edition):
    """European allies of a year with `distance_km` to Russia and share of GDP, and known breaks as `note`.

    `attrs`: `highest`, the highest share any of them has in the edition, for a steady axis; `rank_correlation`
    (Spearman's) of distance and share; `close` and `far`, the median share of those with a land border and of others.
    """
    rows = in_year(allied_spending, year, edition).dropna(subset="share_of_gdp").merge(distances_to_russia, on="iso3")
    rows = rows.assign(note=data.remarks_for("defence_expenditure", rows, "share_of_gdp"))
    correlation = rows["distance_km"].rank().corr(rows["share_of_gdp"].rank())
    highest = in_edition(allied_spending, edition)["share_of_gdp"].max()
    close, far = (
        rows.loc[side, "share_of_gdp"].median() for side in (rows["distance_km"] == 0, rows["distance_km"] > 0)
    )
    rows.attrs = dict(highest=highest, rank_correlation=correlation, close=close, far=far)
    return rows


@table
def shares_by_border(allied_spending, members, newest_edition, since=2014, until=2024):
    """Median share of GDP (%) of the European allies and Canada with a land border with Russia, and of all others.

    Index: borders_russia (True, False); columns: the two years. The United States is among the others.
    """
    near = members.assign(near=members["borders_russia"] & (members["iso3"] != "USA")).set_index("iso3")["near"]
    rows = in_edition(allied_spending, newest_edition)
    rows = rows[rows["year"].isin([since, until])].assign(borders_russia=rows["iso3"].map(near))
    medians = rows.groupby(["borders_russia", "year"])["share_of_gdp"].median().unstack()
    return medians.reindex(index=[True, False], columns=[since, until])


@table
def eu_growth(military_expenditure, countries, first, last):
    """Real change (%) of EU members' military spending between two years, SIPRI, constant US$.

    Only members with a figure in both years count; returns a dict with change and members.
    """
    eu = countries.loc[countries["is_eu_member"].eq(True), "iso3"]
    wide = (
        military_expenditure[military_expenditure["iso3"].isin(eu)]
        .pivot(index="iso3", columns="year", values="usd_constant_2024_millions")[[first, last]]
        .dropna()
    )
    return dict(change=float(100 * (wide[last].sum() / wide[first].sum() - 1)), members=len(wide))
