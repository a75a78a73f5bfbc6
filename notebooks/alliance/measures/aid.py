"""Aid to Ukraine: donors, months, releases of the Kiel tracker, and the rival totals of the United States.

Money is in billion euros unless a name says dollars. Releases are never mixed in one sum.
"""

import pandas as pd

AID_TYPES = ["military", "financial", "humanitarian"]
AID_GROUPS = ["Europe", "United States", "Other donors"]
EU_INSTITUTIONS = "XEU"
GIVES, ZERO, UNTRACKED = "military aid above zero", "zero military aid", "not tracked"

# The rows of us_aid_totals that belong in one picture, in its order; acts add up to the first total.
US_ACTS = ["act1_total", "act2_total", "act3_total", "act4_total", "act5_total"]
US_PICTURE = {
    "cfr_direct": "For Ukraine",
    "cfr_military": "Military part",
    "usaid_dbs": "Cash to budget",
    "sig_2024q3": "Inspector General",
    "kiel_us_r30_eur": "Kiel, in euros",
}


def release_name(donors, release):
    """'R30' as 'release 30, data to 30 June 2026'."""
    end = donors.loc[donors["release"] == release, "period_end"]
    if end.empty:
        raise ValueError(
            f"There is no release {release!r}; the table has {', '.join(sorted(donors['release'].unique()))}."
        )
    return f"release {release[1:]}, data to {end.iloc[0].day} {end.iloc[0]:%B %Y}"


def releases(donors):
    """The releases, newest first: {'release 30, data to 30 June 2026': 'R30', ...}."""
    return {release_name(donors, release): release for release in sorted(donors["release"].unique(), reverse=True)}


def older_releases(donors):
    """`releases` without the newest one."""
    return dict(list(releases(donors).items())[1:])


def allocations(donors, countries, release):
    """What each donor has allocated by one release, largest first; EU institutions are a donor of their own.

    Columns: iso3, donor, military, financial, humanitarian, total, share_of_gdp_2021 (%).
    """
    release_name(donors, release)
    chosen = donors["release"].eq(release) & donors["measure"].eq("allocation") & ~donors["eu_share_included"]
    rows = donors[chosen].merge(_named(countries), on="iso3", validate="one_to_one")
    return rows[["iso3", "donor", *AID_TYPES, "total", "share_of_gdp_2021"]].sort_values(
        "total", ascending=False, ignore_index=True
    )


def allocations_with_eu_share(donors, countries, release):
    """As `allocations`, but aid by EU institutions is shared out among the EU's members: totals only.

    ValueError names the release if it does not share out.
    """
    own = allocations(donors, countries, release)
    chosen = donors["release"].eq(release) & donors["measure"].eq("allocation") & donors["eu_share_included"]
    if not chosen.any():
        raise ValueError(f"Kiel's {release_name(donors, release)}, does not share EU aid out among members.")
    shared = donors[chosen].merge(_named(countries), on="iso3", validate="one_to_one")
    others = own[~own["iso3"].isin([*shared["iso3"], EU_INSTITUTIONS])]
    return (
        pd.concat([shared[own.columns], others])
        .assign(**dict.fromkeys(AID_TYPES, float("nan")))
        .sort_values("total", ascending=False, ignore_index=True)
    )


def stages_of_money(donors, us_totals, release):
    """One pot of money at each stage that its source counts: voted, promised, set aside, bound, paid out.

    Columns: money, unit, counted_by, word, term, amount (missing where the source counts no such thing), as_of.
    """
    end = donors.loc[donors["release"] == release, "period_end"].iloc[0].strftime("%Y-%m-%d")
    rows = donors[donors["release"].eq(release) & ~donors["eu_share_included"]].pivot(
        index="iso3", columns="measure", values="total"
    )
    us = us_totals.set_index("id")
    kiel = {
        "All donors": rows.sum(),
        "EU institutions": rows.loc[EU_INSTITUTIONS],
        "United States": rows.loc["USA"],
    }
    acts = dict(voted=us.loc["gao_four_acts"], bound=us.loc["gao_obligated"], paid=us.loc["gao_disbursed"])
    pots = [
        (
            "United States: four acts of 2022",
            "US$ billion",
            "US Government Accountability Office",
            {stage: row["usd_billions"] for stage, row in acts.items()},
            acts["voted"]["as_of"],
        )
    ]
    pots += [
        (f"{name}: since 2022", "EUR billion", "Kiel Institute", dict(promised=row["commitment"], set_aside=row["allocation"]), end)
        for name, row in kiel.items()
    ]  # fmt: skip
    words = {
        "voted": ("voted", "appropriated"),
        "promised": ("promised", "committed"),
        "set_aside": ("set aside", "allocated"),
        "bound": ("bound", "obligated"),
        "paid": ("paid out", "disbursed"),
    }
    return pd.DataFrame(
        [
            (money, unit, by, *words[stage], amounts.get(stage, float("nan")), as_of)
            for money, unit, by, amounts, as_of in pots
            for stage in words
        ],
        columns=["money", "unit", "counted_by", "word", "term", "amount", "as_of"],
    )


def us_picture(us_totals):
    """The United States' aid as five bodies count it: each act, their sum, parts of it, and two other totals.

    Columns: id, label, kind (act|sum|rest|part|other count), start and amount (bar from start, in billions),
    unit, claimant, as_of, definition, includes, excludes.
    """
    table = us_totals.set_index("id", drop=False)
    acts = table.loc[US_ACTS].assign(kind="act")
    acts["label"] = ["Act of " + pd.Timestamp(day).strftime("%b %Y") for day in acts["as_of"]]
    acts["start"] = acts["usd_billions"].cumsum() - acts["usd_billions"]
    whole, direct = acts["usd_billions"].sum(), table.loc["cfr_direct", "usd_billions"]
    cfr = table.loc["cfr_direct"]
    added = pd.DataFrame(
        [
            dict(
                id="five_acts",
                kind="sum",
                label="Five acts",
                usd_billions=whole,
                start=0,
                claimant="US Congress",
                as_of=acts["as_of"].max(),
                definition="the five bars above, added up",
                includes="everything voted because of the war, at home and abroad",
                excludes="money from yearly budgets",
            ),
            dict(
                id="rest",
                kind="rest",
                label="Not for Ukraine",
                usd_billions=whole - direct,
                start=direct,
                claimant="subtraction",
                as_of=cfr["as_of"],
                definition="the five acts less what supports Ukraine",
                includes=cfr["excludes"],
            ),
        ]
    )
    parts = table.loc[list(US_PICTURE)].assign(label=list(US_PICTURE.values()), start=0)
    parts["kind"] = ["part", "part", "part", "other count", "other count"]
    rows = pd.concat([acts, added, parts], ignore_index=True)
    dollars = rows["usd_billions"].notna()
    return rows.assign(
        amount=rows["usd_billions"].fillna(rows["eur_billions"]), unit=dollars.map({True: "US$ billion", False: "EUR billion"})
    )[
        ["id", "label", "kind", "start", "amount", "unit", "claimant", "as_of", "definition", "includes", "excludes"]
    ]  # fmt: skip


def aid_by_year(months, kind="total", step="year"):
    """Allocations by period and group of donors.

    `kind`: "total" or one of `AID_TYPES`; `step`: "year" or "half-year". Columns: period, at (where it
    stands on an axis of years), months (how many it has), full, Europe, United States, Other donors, total.
    """
    rows = monthly_aid(months, kind)
    year, half = rows["month"].dt.year, (rows["month"].dt.month > 6).astype(int)
    whole = 12 if step == "year" else 6
    keys = year.astype(str) if step == "year" else year.astype(str) + half.map({0: ", 1st half", 1: ", 2nd half"})
    at = year.astype(float) if step == "year" else year + 0.25 + 0.5 * half
    table = (
        rows.assign(period=keys, at=at, months=1)
        .groupby(["period", "at"], as_index=False)[[*AID_GROUPS, "months"]]
        .sum()
    )
    return table.assign(total=table[AID_GROUPS].sum(axis=1), full=table["months"] == whole)


def monthly_aid(months, kind="total"):
    """Allocations by month (a date) and group of donors; a month without an allocation is 0."""
    value = _kind(months, kind)
    wide = value.groupby([months["month"], months["donor_group"]]).sum().unstack(fill_value=0)
    return _every_month(wide, months)[AID_GROUPS].reset_index()


def monthly_by_type(months):
    """Allocations by month (a date) and type; a month without an allocation is 0."""
    return _every_month(months.groupby("month")[AID_TYPES].sum(), months).reset_index()


def of_donor(months, donor):
    """The rows of all donors ("all"), of a group of donors, or of one donor's ISO code."""
    if donor == "all":
        return months
    return months[months["donor_group"].eq(donor) | months["iso3"].eq(donor)]


def donor_choices(months, countries):
    """What `of_donor` takes, by the name that is read: all donors, the groups, then each donor but the United States."""
    names = dict(zip(countries["iso3"], countries["name"], strict=True))
    single = sorted((names[iso], iso) for iso in months["iso3"].unique() if iso != "USA")
    return {"All donors": "all"} | {group: group for group in AID_GROUPS} | dict(single)


def aid_gap(months, kind="total", year=2025):
    """How aid of `year` stands beside the average of 2022 to 2024.

    A dict: before, after (all donors), reached (% of the average), us_lost, europe_added, replaced (% of us_lost),
    and the same two groups' averages and amounts: us_before, us_after, europe_before, europe_after.
    """
    table = aid_by_year(months, kind).set_index("at")
    before, after = table.loc[2022:2024, [*AID_GROUPS, "total"]].mean(), table.loc[year]
    lost = before["United States"] - after["United States"]
    added = after["Europe"] - before["Europe"]
    return dict(
        before=before["total"],
        after=after["total"],
        reached=100 * after["total"] / before["total"],
        us_before=before["United States"],
        us_after=after["United States"],
        europe_before=before["Europe"],
        europe_after=after["Europe"],
        us_lost=lost,
        europe_added=added,
        replaced=100 * added / lost,
    )


def last_us_month(months):
    """The newest month (a date) with an allocation by the United States, and its amount."""
    rows = months[months["iso3"] == "USA"]
    newest = rows["month"].max()
    return pd.Timestamp(newest), float(rows.loc[rows["month"] == newest, AID_TYPES].sum().sum())


def allied_military_aid(donors, members, release):
    """Each ally's military aid by one release: iso3, country, military, status; largest first, untracked last.

    Zero is a figure. Missing means that the tracker does not follow the ally.
    """
    chosen = donors["release"].eq(release) & donors["measure"].eq("allocation") & ~donors["eu_share_included"]
    rows = members[["iso3", "country"]].merge(donors.loc[chosen, ["iso3", "military"]], on="iso3", how="left")
    status = rows["military"].gt(0).map({True: GIVES, False: ZERO}).mask(rows["military"].isna(), UNTRACKED)
    return rows.assign(status=status).sort_values("military", ascending=False, ignore_index=True)


def count_givers(aid, least=0.0, untracked="leave out"):
    """How many allies give military aid of `least` million euros or more: (count, of how many).

    At `least` 0 any amount above zero counts. `untracked`: "leave out", "not giving" or "giving".
    """
    known = aid[aid["military"].notna()]
    count = int((known["military"].gt(0) & known["military"].ge(least / 1000)).sum())
    missing = len(aid) - len(known)
    if untracked == "leave out":
        return count, len(known)
    return count + (missing if untracked == "giving" else 0), len(aid)


def military_givers_by_month(months, members):
    """How many states that were allies in a month gave military aid in it, and had given any so far.

    Columns: month (a date), in_month, so_far, allies.
    """
    military = months[months["military"] > 0]
    wide = military.pivot(index="month", columns="iso3", values="military").notna()
    wide = _every_month(wide.astype(int), months)
    rows = []
    for month, gave in wide.cumsum().iterrows():
        allies = members.loc[members["accession_date"] < month + pd.offsets.MonthBegin(), "iso3"]
        there = [iso for iso in allies if iso in wide.columns]
        rows.append((month, int(wide.loc[month, there].sum()), int((gave[there] > 0).sum()), len(allies)))
    return pd.DataFrame(rows, columns=["month", "in_month", "so_far", "allies"])


def revised_aid(donors, months, countries, release, kind="total"):
    """The same months as an older release counted them, and as the newest months table counts them now.

    Columns: iso3, donor, then, now, change; largest change first.
    """
    old = allocations(donors, countries, release).set_index("iso3")
    end = donors.loc[donors["release"] == release, "period_end"].iloc[0].strftime("%Y-%m")
    same = months[months["month"] <= end]
    now = _kind(same, kind).groupby(same["iso3"]).sum()
    table = pd.DataFrame({"donor": old["donor"], "then": old[kind], "now": now.reindex(old.index, fill_value=0)})
    table["change"] = table["now"] - table["then"]
    return table.sort_values("change", key=abs, ascending=False).reset_index()


def allocated_weapons(weapons, countries, category, release):
    """Units of one kind of weapon by donor in one release, most first: iso3, donor, units, models."""
    chosen = weapons["release"].eq(release) & weapons["status"].eq("allocated") & weapons["category"].eq(category)
    rows = weapons[chosen].merge(_named(countries), on="iso3")
    return rows[["iso3", "donor", "units", "models"]].sort_values("units", ascending=False, ignore_index=True)


def pledged_and_delivered(weapons):
    """Weapon systems that are counted twice, for all donors: model, pledged, delivered (may be missing), share (%)."""
    rows = weapons[weapons["iso3"] == "XAD"]
    table = rows.pivot(index=["category", "models"], columns="status", values="units").reset_index()
    table["share"] = 100 * table["delivered"] / table["pledged"]
    return table.sort_values("share", ascending=False, ignore_index=True)[
        ["models", "category", "pledged", "delivered", "share"]
    ]


def events_beside(events, months, category):
    """Events of one category within the months of the table, oldest first; doubtful ones are left out."""
    first, last = pd.Timestamp(months["month"].min()), pd.Timestamp(months["month"].max()) + pd.offsets.MonthEnd()
    chosen = events["category"].eq(category) & events["date"].between(first, last) & events["confidence"].ne("doubtful")
    return events[chosen].sort_values("date", ignore_index=True)


def _named(countries):
    return countries[["iso3", "name"]].rename(columns={"name": "donor"})


def _kind(months, kind):
    return months[AID_TYPES].sum(axis=1) if kind == "total" else months[kind].fillna(0)


def _every_month(wide, months):
    """`wide` with a row for every month from the table's first to its last, as dates, nothing as 0."""
    every = pd.date_range(months["month"].min(), months["month"].max(), freq="MS", name="month")
    wide.index = pd.to_datetime(wide.index)
    return wide.reindex(every, fill_value=0)
