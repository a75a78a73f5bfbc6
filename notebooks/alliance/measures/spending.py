"""Defence spending: NATO's editions, SIPRI's series, targets and what they cost."""

import math

import pandas as pd

from .. import data, words
from ..world import table
from .facts import facts_by_row, facts_of

NATO, EUROPE_AND_CANADA = "XNT", "XNE"
SIPRI_DECIMALS = 1  # SIPRI calls a share of 1.95% or more "2.0%" when it counts
FALLS, RISES = "falls below", "rises above"  # the line, from one edition to another
REAL_IN_DOLLARS = "real growth, in dollars of one year"
NOMINAL_IN_DOLLARS = "nominal growth, in dollars of each year"
IN_EUROS = NOMINAL_IN_EUROS, LATER_IN_EUROS = (
    "nominal growth, in euros of each year",
    "the same, with the agency's later figure",
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
    year; `core`, the year from which NATO's tables count core defence expenditure, None for an edition before that.
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
    rows.attrs = dict(
        highest=allied_spending["share_of_gdp"].max(),
        covers=(table["year"].min(), table["year"].max()),
        core=_core_from(facts, edition),
    )
    return rows


def _core_from(facts, edition):
    """The year from which NATO's tables count core defence expenditure; None where the edition is older than that."""
    begins = facts_by_row(facts, "sources", "core_defence_from").min()
    return begins.year if pd.Period(edition, "M").end_time >= begins else None


@table
def alliance_totals(defence_expenditure):
    """NATO's own aggregates: rows of NATO total and of NATO Europe and Canada."""
    return defence_expenditure[defence_expenditure["iso3"].isin([NATO, EUROPE_AND_CANADA])].reset_index(drop=True)


@table
def newest_edition(full_editions):
    """The newest edition that gives each ally several years; `edition` is the newest that gives amounts, too."""
    return next(iter(full_editions.values()))


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


def meets(shares, target, decimals=2):
    """Which shares of GDP reach `target` at `decimals`: NATO prints two, SIPRI counts at one."""
    return shares.round(decimals) >= target


def allies_at_guideline(allied_spending, year, edition, target=2.0):
    """Rows of the allies at `target` % of GDP or more in `year`, highest first."""
    rows = in_year(allied_spending, year, edition)
    return rows[meets(rows["share_of_gdp"], target)].sort_values("share_of_gdp", ascending=False)


@table
def sipri_spending(military_expenditure):
    """The newest release of SIPRI's table; each release counts the whole past anew, in prices of its own base year."""
    return military_expenditure[military_expenditure["release"] == military_expenditure["release"].max()]


def base_year(rows):
    """The one year in whose prices the constant amounts of rows are; ValueError where there are two: they never mix."""
    years = rows["base_year"].dropna().unique()
    if len(years) != 1:
        raise ValueError(f"These amounts are in the prices of {words.named(sorted(map(str, years))) or 'no year'}.")
    return int(years[0])


@table
def sipri_shares(military_expenditure, members):
    """SIPRI's share of GDP (%) of those who were allies in a year, each release; Iceland has no forces.

    Columns: iso3, year, release, share_of_gdp, source.
    """
    rows = military_expenditure.merge(members[["iso3", "accession_date"]], on="iso3")
    rows = rows[(rows["accession_date"].dt.year <= rows["year"]) & (rows["iso3"] != "ISL")]
    return rows[["iso3", "year", "release", "share_of_gdp", "source"]].dropna(subset="share_of_gdp")


def newest_year(allied_spending):
    """The last year of a table; of spending, the last that the newest edition with amounts has: a later table of
    shares alone has no dollars for its year.
    """
    return newest_years(allied_spending, 1)[0]


def newest_years(allied_spending, count=3):
    """The last years with a figure or an estimate, oldest first; of which edition, see `newest_year`."""
    rows = allied_spending
    if "edition" in rows:
        rows = rows[rows["edition"] == rows.loc[rows["usd_current_millions"].notna(), "edition"].max()]
    return sorted(int(year) for year in rows["year"].unique())[-count:]


def allies_with_figures(allied_spending):
    """The names of the allies that NATO's table has, in order of the alphabet."""
    return sorted(allied_spending["country"].unique())


@table
def guideline_counts(allied_spending, full_editions, sipri_shares, spending_other_totals, year=2024, target=2.0):
    """How many allies met `target` in `year`: by NATO's full editions, SIPRI, and counts in print.

    Each publisher by its own rule: NATO at the two decimals it prints, SIPRI at a whole tenth. Columns: by (who
    counts, which edition), publisher, edition, allies (with a figure), count, unrounded (SIPRI's count without any
    rounding), source. A count in print has no table behind it, so `allies` and `source` are missing there.
    `attrs`: year, target.
    """
    nato = allied_spending[allied_spending["edition"].isin(full_editions.values())]
    nato = nato.assign(publisher="NATO", met=meets(nato["share_of_gdp"], target))
    sipri = sipri_shares.rename(columns={"release": "edition"}).assign(
        publisher="SIPRI",
        met=meets(sipri_shares["share_of_gdp"], target, decimals=SIPRI_DECIMALS),
        exact=sipri_shares["share_of_gdp"] >= target,
    )
    shares = pd.concat([nato, sipri]).dropna(subset="share_of_gdp")
    counted = (
        shares[shares["year"] == year]
        .groupby(["publisher", "edition"], as_index=False)
        .agg(
            allies=("met", "size"),
            count=("met", "sum"),
            unrounded=("exact", lambda exact: exact.sum() if exact.notna().any() else float("nan")),
            source=("source", "first"),
        )
    )
    others = spending_other_totals
    printed = others[(others["measure"] == "allies at 2% of GDP") & (others["year"] == year) & (target == 2)]
    printed = printed[["body", "edition", "allies"]].set_axis(["publisher", "edition", "count"], axis=1)
    table = pd.concat([counted.assign(mark=""), printed.assign(mark="*")], ignore_index=True)
    by = table["publisher"] + ", " + table["edition"].map(words.edition) + table["mark"]
    table = table.assign(by=by).astype({"count": int, "allies": "Int64", "unrounded": "Int64"})
    table = table.sort_values(["publisher", "edition"])
    table = table[["by", "publisher", "edition", "allies", "count", "unrounded", "source"]].reset_index(drop=True)
    table.attrs = dict(year=year, target=target)
    return table


MOST_COUNTS = 6  # as many of `guideline_counts` are named in one sentence


def counts_to_name(counts):
    """The rows of `guideline_counts` that one sentence names, in their order. Each edition brings one more: of more
    than `MOST_COUNTS` each publisher's first and newest and the newest of the others.
    """
    if len(counts) <= MOST_COUNTS:
        return counts
    ends = {place for _, rows in counts.groupby("publisher") for place in (rows.index[0], rows.index[-1])}
    between = counts.drop(index=list(ends)).sort_values("edition", ascending=False).index
    return counts.loc[sorted(ends | set(between[: MOST_COUNTS - 1 - len(ends)]))]


@table
def two_editions(allied_spending, facts, year, before, edition, target=2.0):
    """Each ally's share of GDP (%) of one year by an older edition and by another, highest by the other first.

    Columns: country, before, after, status (of after), move ("falls below", "rises above" or ""), note (known breaks
    and outliers), source. A share that an edition does not give is missing. `attrs`: `highest` of all editions, for a
    steady axis; `counts` of allies at `target`, by `before` and by `edition`; `sources` of both; `core`, the year from
    which NATO's tables count core defence expenditure, None where both are older than that.
    """
    then, now = (_of_year(allied_spending, year, name) for name in (before, edition))
    rows = then.add_suffix("_then").join(now, how="outer")
    above = [meets(rows[column], target) for column in ("share_of_gdp_then", "share_of_gdp")]
    both = rows[["share_of_gdp_then", "share_of_gdp"]].notna().all(axis=1)
    moved = pd.Series("", index=rows.index).mask(both & above[0] & ~above[1], FALLS)
    rows = rows.assign(
        status=rows["status"].fillna(rows["status_then"]),
        move=moved.mask(both & ~above[0] & above[1], RISES),
        note=rows["note"].fillna(rows["note_then"]),
        source=rows["source"].fillna(rows["source_then"]),
    ).rename(columns={"share_of_gdp_then": "before", "share_of_gdp": "after"})
    rows = rows.assign(order=rows["after"].fillna(rows["before"])).sort_values("order", ascending=False).reset_index()
    cited = [in_edition(allied_spending, name)["source"].iloc[0] for name in dict.fromkeys((before, edition))]
    rows = rows[["country", "before", "after", "status", "move", "note", "source"]]
    rows.attrs = dict(
        highest=allied_spending["share_of_gdp"].max(),
        counts=[int(met.sum()) for met in above],
        sources=cited,
        core=_core_from(facts, max(before, edition)),
    )
    return rows


def _of_year(allied_spending, year, edition):
    rows = in_edition(allied_spending, edition)
    rows = rows[rows["year"] == year].dropna(subset="share_of_gdp")
    rows = rows.assign(note=data.remarks_for("defence_expenditure", rows, "share_of_gdp"))
    return rows.set_index("country")[["share_of_gdp", "status", "note", "source"]]


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
def prices(allied_spending, year, edition, target, with_usa=True, most=12):
    """What reaching a target would cost: the `most` dearest allies one by one, the others as one row.

    Columns: country, extra_billions and billions (US$ of the year), share_of_gdp (%, missing for the others), source.
    `attrs`: `extra`, `now`, `allies` and `free` of all of them (sums in US$ billions; how many there are, and how many
    would pay nothing more); `end`, a round number beyond the longest bar.
    """
    rows = price_of_target(allied_spending, year, edition, target)
    rows = rows if with_usa else rows[rows["iso3"] != "USA"]
    named = rows.head(most)
    others = rows.iloc[most:]
    table = named[["country", "extra_billions", "billions", "share_of_gdp", "source"]]
    if len(others):
        rest = dict(country=f"{len(others)} others", source=others["source"].iloc[0])
        sums = others[["extra_billions", "billions"]].sum().to_dict()
        table = pd.concat([table, pd.DataFrame([rest | sums])], ignore_index=True)
    table.attrs = dict(
        extra=rows["extra_billions"].sum(),
        now=rows["billions"].sum(),
        allies=len(rows),
        free=int(rows["extra_billions"].eq(0).sum()),
        end=round_number_above(table["extra_billions"].max()),
    )
    return table


def round_number_above(value):
    """The next of 1, 2, 5, 10, 20, 50, ... above a value, so that an axis moves in steps and not with each number."""
    size = 10.0 ** math.floor(math.log10(max(value, 1)))
    return next(step * size for step in (1, 2, 5, 10) if step * size > value)


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
    """Share of GDP and the part of it spent on equipment (both %), an ally a row, with `met`: what it reaches.

    The guidelines of 2014: 2% of GDP, and a fifth of that for major equipment; `met` is "both", "2% only", "a fifth
    only" or "neither". `named`: whether its name, above it, meets neither another ally nor another name.
    `attrs`: the highest of both in the edition, for steady axes.
    """
    rows = in_year(allied_spending, year, edition).dropna(subset=["share_of_gdp", "equipment_share"])
    rows = rows.reset_index(drop=True)
    enough = meets(rows["share_of_gdp"], 2).map({True: "2% only", False: "neither"})
    fifth = meets(rows["equipment_share"], 20)
    met = enough.mask(fifth & enough.eq("2% only"), "both").mask(fifth & enough.eq("neither"), "a fifth only")
    every = in_edition(allied_spending, edition)
    highest = {column: every[column].max() for column in ("share_of_gdp", "equipment_share")}
    places = rows[list(highest)] / pd.Series(highest)
    rows = rows.assign(
        met=met,
        named=_stand_alone(places, rows["country"]),
        note=data.remarks_for("defence_expenditure", rows, "share_of_gdp"),
    )
    rows.attrs = highest
    return rows


def _stand_alone(places, names):
    """Which of some places on a plane of 1 by 1 have room for a name above them, on a chart as small as a phone's."""
    across, up = (places[column].to_numpy() for column in places)
    half, high = names.str.len().to_numpy() / 70, 0.12
    named = []
    for place in range(len(places)):
        near = abs(across - across[place])
        others = (near < half[place] + 0.03) & (up > up[place] - 0.03) & (up < up[place] + high)
        meets = [abs(up[other] - up[place]) < high and near[other] < half[place] + half[other] for other in named]
        if others.sum() == 1 and not any(meets):
            named.append(place)
    return places.index.isin(places.index[named])


_WAYS = (  # way, column of SIPRI's table (none: the European Defence Agency), unit, its row left out
    (REAL_IN_DOLLARS, "usd_constant_millions", "US$ billion, prices and exchange rates of {base}", None),
    (NOMINAL_IN_DOLLARS, "usd_current_millions", "US$ billion, current prices and exchange rates", None),
    (NOMINAL_IN_EUROS, None, "EUR billion, current prices", "eda-2024-final"),
    (LATER_IN_EUROS, None, "EUR billion, current prices", "eda-2024-estimate"),
)
_EDA_FIRST_PRINT = "eda-2021-first"  # without Denmark, which joined the agency in 2023


@table
def explainer_years(facts):
    """The two years that the explainer's sentence on the EU members' spending compares."""
    said = facts_of(facts, "claims", "A0-27")
    return said["from_year"], said["to_year"]


@table
def eu_spending_by_year(sipri_spending, countries, spending_other_totals, facts, explainer_years):
    """The EU members' defence spending by year from the first of `explainer_years` on, counted four ways.

    Columns: way, unit, year, billions, status (actual or estimate), printed (the day or month in which a figure was
    printed, where there are several of one year), table, source. `attrs`: `tracked`, how many of the `members` SIPRI's
    table has.
    """
    first, last = explainer_years
    eu = countries.loc[countries["is_eu_member"].eq(True), "iso3"]
    sipri = sipri_spending[sipri_spending["iso3"].isin(eu) & (sipri_spending["year"] >= first)]
    eda = spending_other_totals[spending_other_totals["measure"] == "defence expenditure of EU members"]
    eda = eda[eda["id"] != _EDA_FIRST_PRINT]
    guessed = facts_by_row(facts, "spending_other_totals", "estimate")
    eda = eda.assign(
        billions=eda["eur_billions"],
        status=eda["id"].map(guessed).eq(True).map(_STATUS),
        printed=eda["id"].map(facts_by_row(facts, "spending_other_totals", "printed")),
    )
    parts = []
    for way, column, unit, left_out in _WAYS:
        if column:
            by_year = sipri.groupby("year", as_index=False).agg(billions=(column, "sum"), source=("source", "first"))
            by_year = by_year.assign(billions=by_year["billions"] / 1000, status="actual")
            by_year["table"] = "military_expenditure"
        else:
            by_year = eda[eda["id"] != left_out].assign(table="spending_other_totals")
        parts.append(by_year.assign(way=way, unit=unit.format(base=base_year(sipri))))
    table = pd.concat(parts, ignore_index=True)
    table = table[["way", "unit", "year", "billions", "status", "printed", "table", "source"]]
    table.attrs = dict(tracked=sipri.loc[sipri["year"] == last, "iso3"].nunique(), members=len(eu))
    return table


_STATUS = {True: "estimate", False: "actual"}


@table
def eu_spending(eu_spending_by_year, explainer_years):
    """How the EU members' defence spending grew between `explainer_years`, counted four ways.

    Columns: way, unit, from_year, to_year, first, last (in billions), change (%), printed (of last), table.
    """
    first, last = (
        eu_spending_by_year[eu_spending_by_year["year"] == year].set_index("way") for year in explainer_years
    )
    table = eu_spending_by_year.drop_duplicates("way")[["way", "unit", "table"]]
    table = table.assign(
        from_year=explainer_years[0],
        to_year=explainer_years[1],
        first=table["way"].map(first["billions"]),
        last=table["way"].map(last["billions"]),
        printed=table["way"].map(last["printed"]),
    )
    return table.assign(change=100 * (table["last"] / table["first"] - 1)).reset_index(drop=True)


def newest_eu_spending(eu_spending_by_year):
    """The newest figure in euros that is no estimate, and the newest of all: two rows of `eu_spending_by_year`."""
    rows = eu_spending_by_year[eu_spending_by_year["way"] == LATER_IN_EUROS].sort_values("year")
    return rows[rows["status"] == "actual"].iloc[-1], rows.iloc[-1]


@table
def nominal_growth_in_euros(eu_spending):
    """Change (%) of EU members' spending between `explainer_years` in euros of each year."""
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
def by_border(allied_spending, members, newest_edition, since=2014, until=None):
    """The European allies' and Canada's shares of GDP (%) in two years, those with a land border with Russia first.

    The United States is left out: it borders Russia only across water. Columns: country, near (True, False), year,
    share_of_gdp, status, note, source; `until` is the edition's newest year unless given. `attrs`: `medians`, of both
    years by near; `years`; `allies`, how many in the last year, by near; `highest`, the highest share in the edition,
    for a steady axis.
    """
    rows = in_edition(allied_spending, newest_edition).dropna(subset="share_of_gdp")
    highest = rows["share_of_gdp"].max()
    near = members.set_index("iso3")["borders_russia"]
    rows = rows[rows["iso3"] != "USA"].assign(near=rows["iso3"].map(near))
    until = rows["year"].max() if until is None else until
    rows = rows[rows["year"].isin([since, until])]
    rows = rows.assign(note=data.remarks_for("defence_expenditure", rows, "share_of_gdp"))
    columns = ["country", "near", "year", "share_of_gdp", "status", "note", "source"]
    table = rows.sort_values(["near", "country", "year"], ascending=[False, True, True], ignore_index=True)[columns]
    medians = table.groupby(["near", "year"])["share_of_gdp"].median().unstack()[[since, until]]
    table.attrs = dict(
        medians={near: (then, now) for near, then, now in medians.itertuples()},
        years=(since, int(until)),
        allies=table.loc[table["year"] == until, "near"].value_counts().to_dict(),
        highest=highest,
    )
    return table


@table
def eu_growth(sipri_spending, countries, first, last):
    """Real change (%) of EU members' military spending between two years, SIPRI, constant US$.

    Only members with a figure in both years count: a dict with change, members (that count) and whole (all members).
    """
    eu = countries.loc[countries["is_eu_member"].eq(True), "iso3"]
    wide = (
        sipri_spending[sipri_spending["iso3"].isin(eu)]
        .pivot(index="iso3", columns="year", values="usd_constant_millions")[[first, last]]
        .dropna()
    )
    return dict(change=float(100 * (wide[last].sum() / wide[first].sum() - 1)), members=len(wide), whole=len(eu))
