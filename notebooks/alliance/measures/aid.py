"""Aid to Ukraine: donors, months, releases of the Kiel tracker, and the rival totals of the United States.

Money is in billion euros unless a name says dollars. Releases are never mixed in one sum.
"""

from typing import Literal

import pandas as pd

from .. import data, words
from ..world import table
from .facts import facts_by_row
from .membership import allies_on

AID_TYPES = ["military", "financial", "humanitarian"]
AID_GROUPS = ["Europe", "United States", "Other donors"]
AID_KINDS = {"total": "all aid"} | {kind: f"{kind} aid" for kind in AID_TYPES}
Kind, Step = Literal[*AID_KINDS], Literal["year", "half-year"]
Untracked = Literal["leave out", "not giving", "giving"]  # what a count does with allies that nobody follows
EU_INSTITUTIONS = "XEU"
RECEIVER = "UKR"  # of all aid: no giver, were it an ally
GIVES, ZERO, UNTRACKED = "military aid above zero", "zero military aid", "not tracked"
BELOW = "below your line"
USUAL_YEARS = (2022, 2024)  # the full years before the United States stopped: what a later year stands beside

# The rows of us_aid_totals that belong in one picture, in its order; acts add up to the first total.
US_ACTS = ["act1_total", "act2_total", "act3_total", "act4_total", "act5_total"]
US_PICTURE = {
    "cfr_direct": "For Ukraine",
    "cfr_military": "Military part",
    "usaid_dbs": "Cash to the budget",
    "sig_2024q3": "Inspector General",
    "crfb_total": "CRFB, think tank",
    "kiel_us_r30_usd": "Kiel Institute",
}
US_STEPS = {  # of the staircase, each within the one before: what falls away on the step
    "five_acts": "",
    "cfr_direct": "neighbours and US forces",
    "civil": "military, mostly in kind",
    "usaid_dbs": "other help, or paid later",
}
MILESTONES = {  # up to five events of each category that stand beside aid by month, and what they are called there
    "membership": {
        "2022-09-30-ukraine-applies-fast-track": "Kyiv applies",
        "2023-07-11-vilnius-summit-drops-action": "Vilnius summit",
        "2024-07-10-washington-summit-calls-ukraine": "Washington summit",
        "2025-02-12-hegseth-calls-nato-membership": "Hegseth speaks",
        "2025-12-14-zelenskyy-offers-set-nato": "Zelenskyy's offer",
    },
    "war": {
        "2022-02-24-russia-launches-full-scale": "full-scale invasion",
        "2022-09-30-russia-claims-four-more": "four regions claimed",
        "2025-09-10-russian-drones-enter-poland": "drones over Poland",
        "2026-03-04-nato-defences-destroy-missile": "missile near Türkiye",
    },
    "diplomacy": {
        "2022-03-29-istanbul-draft-neutrality-guarantees": "Istanbul draft",
        "2024-06-14-putin-names-conditions-ceasefire": "Putin's conditions",
        "2025-05-16-first-direct-russia-ukraine": "direct talks",
        "2025-08-15-trump-putin-meet-alaska": "Alaska meeting",
        "2026-01-23-first-us-russia-ukraine": "three-way talks",
    },
    "aid": {
        "2023-07-12-g7-declaration-first-nato": "G7 declaration",
        "2024-07-11-ukraine-compact-launched-agreements": "Ukraine Compact",
        "2025-03-11-jeddah-talks-restore-us": "US aid restored",
        "2025-07-14-trump-rutte-agree-arms": "allies pay for US arms",
        "2025-12-19-eu-agrees-90-billion": "EU loan agreed",
    },
}
_STAGES = {  # of money: word, term
    "voted": ("voted", "appropriated"),
    "promised": ("promised", "committed"),
    "set_aside": ("set aside", "allocated"),
    "bound": ("bound", "obligated"),
    "paid": ("paid out", "disbursed"),
}
_US_STAGES = {"voted": "gao_four_acts", "bound": "gao_obligated", "paid": "gao_disbursed"}
_PREVIEW = "-preview"  # the end of the name of a release that its publisher marked unpublished

# Releases ------------------------------------------------------------------------------------


@table
def release(aid_by_donor):
    """The newest release of the tracker that has donors' sums."""
    return aid_by_donor["release"].max()


@table
def weapons_release(aid_weapons):
    """The newest published release that lists weapons by donor."""
    listed = aid_weapons[aid_weapons["status"].eq("allocated") & ~_preview(aid_weapons)]
    return listed["release"].max()


@table
def monthly_allocations(aid_by_month):
    """The rows of aid_by_month of its newest release."""
    newest = aid_by_month["release"].max()
    return aid_by_month[aid_by_month["release"] == newest].reset_index(drop=True)


def in_release(aid_by_donor, release):
    """The rows of one release; ValueError names the releases there are."""
    rows = aid_by_donor[aid_by_donor["release"] == release]
    if rows.empty:
        known = ", ".join(sorted(aid_by_donor["release"].unique()))
        raise ValueError(f"There is no release {release!r}; the table has {known}.")
    return rows


def release_name(rows):
    """The release of `rows` (columns release, period_end) as 'release 30, data to 30 June 2026'."""
    row = rows.iloc[0]
    return f"release {row['release'][1:]}, data to {words.day(row['period_end'])}"


def older_releases(aid_by_donor):
    """The releases but the newest one, newest first: {'release 29, data to 30 April 2026': 'R29', ...}."""
    names = sorted(aid_by_donor["release"].unique(), reverse=True)[1:]
    return {release_name(in_release(aid_by_donor, name)): name for name in names}


# Donors --------------------------------------------------------------------------------------


@table
def allocations(aid_by_donor, countries, release):
    """What each donor has allocated by one release, largest first; EU institutions are a donor of their own.

    Columns: iso3, donor, military, financial, humanitarian, total, share_of_gdp_2021 (%), release, period_start,
    period_end, source.
    """
    return _by_donor(aid_by_donor, countries, release, shared=False)


def allocations_with_eu_share(aid_by_donor, countries, release):
    """As `allocations`, but aid by EU institutions is shared out among the EU's members: totals only.

    ValueError names the release if it does not share out.
    """
    own = allocations(aid_by_donor, countries, release)
    shared = _by_donor(aid_by_donor, countries, release, shared=True)
    if shared.empty:
        raise ValueError(f"Kiel's {release_name(own)}, does not share EU aid out among members.")
    others = own[~own["iso3"].isin([*shared["iso3"], EU_INSTITUTIONS])]
    return (
        pd.concat([shared, others])
        .assign(**dict.fromkeys(AID_TYPES, float("nan")))
        .sort_values("total", ascending=False, ignore_index=True)
    )


def _by_donor(aid_by_donor, countries, release, shared):
    rows = in_release(aid_by_donor, release)
    rows = rows[rows["measure"].eq("allocation") & rows["eu_share_included"].eq(shared)]
    rows = rows.merge(_named(countries), on="iso3", validate="one_to_one")
    columns = ["total", "share_of_gdp_2021", "release", "period_start", "period_end", "source"]
    return rows[["iso3", "donor", *AID_TYPES, *columns]].sort_values("total", ascending=False, ignore_index=True)


@table
def chosen_donors(allocations, names):
    """The rows of `allocations` of the donors `names`, largest sum first."""
    return allocations[allocations["donor"].isin(names)].reset_index(drop=True)


def donors_by_share(chosen_donors):
    """The names of some donors, the largest share of GDP first."""
    return list(chosen_donors.sort_values("share_of_gdp_2021", ascending=False)["donor"])


@table
def ranked_donors(
    aid_by_donor,
    countries,
    release,
    count: Literal["total", "share_of_gdp_2021"] = "total",
    eu: Literal["donor", "members"] = "donor",
):
    """All donors, most first by `count`, with the types of aid in its unit.

    `count`: "total" (billion euros) or "share_of_gdp_2021" (%; EU institutions have none). `eu`: "donor" keeps EU
    institutions apart, "members" adds their aid to the EU's members, without types. `attrs`: `longest`, the most that
    either way of counting EU aid gives, for a steady axis; `usa`, the place of the United States.
    """
    own = allocations(aid_by_donor, countries, release)
    shared = allocations_with_eu_share(aid_by_donor, countries, release)
    rows = shared if eu == "members" else own
    if count != "total":
        rows = rows[rows["iso3"] != EU_INSTITUTIONS]
    rows = rows.assign(**{kind: rows[kind] * rows[count] / rows["total"] for kind in AID_TYPES})
    rows = rows.sort_values(count, ascending=False)
    rows.attrs = dict(longest=max(own[count].max(), shared[count].max()), usa=list(rows["iso3"]).index("USA") + 1)
    return rows


# The United States ---------------------------------------------------------------------------


@table
def stages_of_money(aid_by_donor, us_aid_totals, release):
    """One pot of money at each stage that its source counts: voted, promised, set aside, bound, paid out.

    Columns: money (the pot and its time), pot, unit, counted_by, word, term, amount (missing where the source counts
    no such thing), as_of (ISO text), source, note (breaks known of the pot).
    """
    rows = in_release(aid_by_donor, release)
    rows = rows[~rows["eu_share_included"]]
    us = us_aid_totals.set_index("id")
    pots = [
        dict(
            pot="United States",
            time="four acts of 2022",
            unit="US$ billion",
            counted_by="US Government Accountability Office",
            amounts={stage: us.loc[name, "usd_billions"] for stage, name in _US_STAGES.items()},
            as_of=us.loc[_US_STAGES["voted"], "as_of"],
            sources={stage: us.loc[name, "source"] for stage, name in _US_STAGES.items()},
        )
    ]
    for pot, iso in (("All donors", None), ("EU institutions", EU_INSTITUTIONS), ("United States", "USA")):
        part = rows[rows["iso3"] == iso] if iso else rows
        sums = part.groupby("measure")["total"].sum()
        pots.append(
            dict(
                pot=pot,
                time="since 2022",
                unit="EUR billion",
                counted_by="Kiel Institute",
                amounts=dict(promised=sums["commitment"], set_aside=sums["allocation"]),
                as_of=rows["period_end"].iloc[0].strftime("%Y-%m-%d"),
                sources=dict(promised=rows["source"].iloc[0], set_aside=rows["source"].iloc[0]),
                note=_breaks_of(iso),
            )
        )
    return pd.DataFrame([_stage(pot, stage) for pot in pots for stage in _STAGES])


def _stage(pot, stage):
    word, term = _STAGES[stage]
    return dict(
        money=f"{pot['pot']}: {pot['time']}",
        pot=pot["pot"],
        unit=pot["unit"],
        counted_by=pot["counted_by"],
        word=word,
        term=term,
        amount=pot["amounts"].get(stage, float("nan")),
        as_of=pot["as_of"],
        source=pot["sources"].get(stage),
        note=pot.get("note", ""),
    )


def _breaks_of(iso):
    """The notes on breaks that are known of one donor."""
    known = data.remarks("aid_by_donor", "breaks")
    return " ".join(known.loc[known["iso3"] == iso, "note"])


def pots_of_money(stages_of_money):
    """The pots of `stages_of_money`, in its order."""
    return list(stages_of_money["money"].unique())


@table
def us_picture(us_aid_totals):
    """The United States' aid as several bodies count it: each act, their sum, parts of it, and other totals.

    Columns: id, label, kind (act|sum|part|civil|other count), amount (US$ billion), claimant, as_of, definition,
    includes, excludes, note (known outliers), source.
    """
    rows = us_aid_totals.set_index("id", drop=False)
    acts = rows.loc[US_ACTS].assign(kind="act")
    acts["label"] = ["Act of " + pd.Timestamp(day).strftime("%b %Y") for day in acts["as_of"]]
    parts = rows.loc[list(US_PICTURE)].assign(label=list(US_PICTURE.values()))
    parts["kind"] = ["part", "part", "part", "other count", "other count", "other count"]
    picture = pd.concat([acts, _sum_and_civil(acts, rows), parts], ignore_index=True)
    picture = picture.assign(
        amount=picture["usd_billions"], note=data.remarks_for("us_aid_totals", picture, "usd_billions")
    )
    said = ["claimant", "as_of", "definition", "includes", "excludes", "note", "source"]
    return picture[["id", "label", "kind", "amount", *said]]


def _sum_and_civil(acts, rows):
    """Two rows that no source prints: the acts added up, and what of the support for Ukraine is not military."""
    direct, military = rows.loc["cfr_direct"], rows.loc["cfr_military"]
    return pd.DataFrame(
        [
            dict(
                id="five_acts",
                kind="sum",
                label="Voted in five acts",
                usd_billions=acts["usd_billions"].sum(),
                claimant="US Congress",
                as_of=acts["as_of"].max(),
                definition="five acts, added up",
                includes="everything voted because of the war, at home and abroad",
                excludes="money from yearly budgets",
                source=acts["source"].iloc[-1],
            ),
            dict(
                id="civil",
                kind="civil",
                label="Not military",
                usd_billions=direct["usd_billions"] - military["usd_billions"],
                claimant="subtraction",
                as_of=direct["as_of"],
                definition="support for Ukraine less its military part",
                source=direct["source"],
            ),
        ]
    )


@table
def us_stairs(us_picture):
    """The four nested sums of the staircase: as `us_picture`, with before (the sum they are a part of), falls and away.

    `falls` is what falls away on the step (US$ billion), `away` what that is for; both empty on the first.
    """
    rows = us_picture.set_index("id", drop=False).loc[list(US_STEPS)]
    before = rows["amount"].shift()
    return rows.assign(before=before, falls=before - rows["amount"], away=list(US_STEPS.values())).reset_index(
        drop=True
    )


@table
def us_other_counts(us_picture):
    """The rows of `us_picture` in which other bodies count by other rules, largest first."""
    rows = us_picture[us_picture["kind"] == "other count"]
    return rows.sort_values("amount", ascending=False, ignore_index=True)


def us_bars(us_stairs, us_other_counts):
    """The bars and dots of the United States' totals: {label: id}."""
    return pd.concat([us_stairs, us_other_counts]).set_index("label")["id"].to_dict()


def cash_to_the_budget(us_picture):
    """What of the United States' aid went in cash to Ukraine's budget, in billion dollars."""
    return us_picture.set_index("id")["amount"]["usaid_dbs"]


# Months --------------------------------------------------------------------------------------


@table
def aid_by_year(monthly_allocations, kind: Kind = "total", step: Step = "year"):
    """Allocations by period and group of donors.

    `kind`: "total" or one of `AID_TYPES`; `step`: "year" or "half-year". Columns: period, at (where it stands on an
    axis of years), months (how many it has), full, Europe, United States, Other donors, total, source.
    `attrs`: `highest`, the most of all aid in a period, for a steady axis; `first` and `last`, months as dates.
    """
    rows = monthly_aid(monthly_allocations, kind)
    periods = _by_period(rows, step)
    everything = _by_period(monthly_aid(monthly_allocations), step)
    periods.attrs = dict(highest=everything["total"].max(), first=rows["month"].iloc[0], last=rows["month"].iloc[-1])
    return periods.assign(source=rows["source"].iloc[0])


def _by_period(rows, step):
    year, half = rows["month"].dt.year, (rows["month"].dt.month > 6).astype(int)
    by_year = step == "year"
    halves = half.map({0: ", 1st half", 1: ", 2nd half"})
    periods = rows.assign(
        period=year.astype(str) if by_year else year.astype(str) + halves,
        at=year.astype(float) if by_year else year + 0.25 + 0.5 * half,
        months=1,
    )
    summed = periods.groupby(["period", "at"], as_index=False)[[*AID_GROUPS, "months"]].sum()
    return summed.assign(total=summed[AID_GROUPS].sum(axis=1), full=summed["months"] == (12 if by_year else 6))


def yearly_totals(aid_by_year):
    """What all donors together allocated, by year."""
    return aid_by_year.set_index("at")["total"]


def whole_years(aid_by_year):
    """The years of which the newest release counts every month, oldest first."""
    return [int(year) for year in aid_by_year.loc[aid_by_year["full"], "at"]]


@table
def aid_gap(monthly_allocations, kind: Kind = "total", step: Step = "year", year=2025):
    """How aid of `year` stands beside the average of `USUAL_YEARS`.

    A dict: year, span (the usual years in words), before, after (all donors), usual (the average in a `step`), reached
    (% of the average), us_before, us_after, europe_before, europe_after, and replaced (what Europe added, in % of what
    the United States no longer gave).
    """
    first, last = USUAL_YEARS
    years = aid_by_year(monthly_allocations, kind).set_index("at")
    before, after = years.loc[first:last, [*AID_GROUPS, "total"]].mean(), years.loc[year]
    lost = before["United States"] - after["United States"]
    added = after["Europe"] - before["Europe"]
    return dict(
        year=year,
        span=f"{first} to {last}",
        before=before["total"],
        after=after["total"],
        usual=before["total"] * (1 if step == "year" else 0.5),
        reached=100 * after["total"] / before["total"],
        us_before=before["United States"],
        us_after=after["United States"],
        europe_before=before["Europe"],
        europe_after=after["Europe"],
        replaced=100 * added / lost,
    )


@table
def front_and_aid(land_taken, monthly_allocations):
    """The land that Russia took in a year by each counter (km²), beside all donors' aid of that year, as text.

    Columns: year, one for each counter, all aid, military aid (billion euros). What nobody counted is "not read".
    """
    counted = land_taken.pivot(index="year", columns="counted_by", values="km2").sort_index()
    told = counted.map(lambda area: "not read" if pd.isna(area) else words.number(area))
    aid = {kind: aid_by_year(monthly_allocations, kind).set_index("at")["total"] for kind in ("total", "military")}
    return pd.DataFrame(
        {"year": told.index.astype(str)}
        | {f"land taken (km²), by {counter}": told[counter].to_numpy() for counter in told}
        | {
            f"{AID_KINDS[kind]} (EUR billion)": [words.number(sums[year], 1) for year in told.index]
            for kind, sums in aid.items()
        }
    )


@table
def monthly_aid(monthly_allocations, kind: Kind = "total"):
    """Allocations by month (a date) and group of donors, total, source; a month without an allocation is 0."""
    groups = [monthly_allocations["month"], monthly_allocations["donor_group"]]
    wide = _kind(monthly_allocations, kind).groupby(groups).sum().unstack(fill_value=0)
    rows = _every_month(wide, monthly_allocations)[AID_GROUPS].reset_index()
    return rows.assign(total=rows[AID_GROUPS].sum(axis=1), source=monthly_allocations["source"].iloc[0])


def monthly_by_type(monthly_allocations):
    """Allocations by month (a date) and type, total, source; a month without an allocation is 0."""
    wide = monthly_allocations.groupby("month")[AID_TYPES].sum()
    rows = _every_month(wide, monthly_allocations).reset_index()
    return rows.assign(total=rows[AID_TYPES].sum(axis=1), source=monthly_allocations["source"].iloc[0])


@table
def months_of_donor(
    monthly_allocations,
    countries,
    donor="all",
    colour: Literal["type", "group"] = "type",
    view: Literal["month", "sum"] = "month",
):
    """Aid of some donors by month, with what is known of breaks and outliers.

    `donor`: "all", a group of donors or an ISO code; `colour`: a column for each "type" of aid or "group" of donors;
    `view`: "month", or "sum" for months added up. Columns: month (a date), those, total, letter and note ('' where
    there is none), source. `attrs`: `who`; `amounts`, the sums of parts above zero; `active`, the months with aid.
    """
    chosen = _of_donor(monthly_allocations, donor)
    blanked = {
        kind: monthly_allocations[kind].where(monthly_allocations.index.isin(chosen.index)) for kind in AID_TYPES
    }
    every = monthly_allocations.assign(**blanked)
    parts = AID_TYPES if colour == "type" else AID_GROUPS
    rows = monthly_by_type(every) if colour == "type" else monthly_aid(every)
    amounts = rows[parts].sum()
    names = {"all": "All donors"} | dict(zip(countries["iso3"], countries["name"], strict=True))
    about = dict(
        who=names.get(donor, donor),
        amounts=amounts[amounts > 0].to_dict(),
        active=int((rows["total"] != 0).sum()),
    )
    if view == "sum":
        rows[[*parts, "total"]] = rows[[*parts, "total"]].cumsum()
    notes = _notable(chosen, donor == "all")
    letters = dict(zip(notes.index, "abcdefgh"))
    rows = rows.assign(
        letter=[letters.get(month, "") for month in rows["month"]],
        note=[notes.get(month, "") for month in rows["month"]],
    )
    rows.attrs = about
    return rows


def _of_donor(monthly_allocations, donor):
    """The rows of all donors ("all"), of a group of donors, or of one donor's ISO code."""
    if donor == "all":
        return monthly_allocations
    chosen = monthly_allocations["donor_group"].eq(donor) | monthly_allocations["iso3"].eq(donor)
    if not chosen.any():
        raise KeyError(donor)
    return monthly_allocations[chosen]


def _notable(rows, with_breaks):
    """What datapackage.json notes on these rows' months, oldest first; breaks of the whole table only if asked."""
    entries = data.remarks("aid_by_month", "outliers")
    entries = entries[entries["iso3"].isin(rows["iso3"])]
    if with_breaks:
        entries = pd.concat([entries, data.remarks("aid_by_month", "breaks")])
    entries = entries.assign(month=pd.to_datetime(entries["month"]))
    return entries.groupby("month")["note"].agg(lambda notes: " ".join(dict.fromkeys(notes)))


def donor_choices(monthly_allocations, countries):
    """What `months_of_donor` takes, by the name that is read: all donors, the groups, each but the United States."""
    names = dict(zip(countries["iso3"], countries["name"], strict=True))
    single = sorted((names[iso], iso) for iso in monthly_allocations["iso3"].unique() if iso != "USA")
    return {"All donors": "all"} | {group: group for group in AID_GROUPS} | dict(single)


@table
def last_us_aid(monthly_allocations):
    """The newest month with an allocation by the United States.

    A dict: month (a date), amount, newest (the table's last month, a date), silent (months after `month` to `newest`).
    """
    rows = monthly_allocations[monthly_allocations["iso3"] == "USA"]
    month, newest = pd.Timestamp(rows["month"].max()), pd.Timestamp(monthly_allocations["month"].max())
    amount = float(rows.loc[pd.to_datetime(rows["month"]) == month, AID_TYPES].sum().sum())
    silent = (newest.year - month.year) * 12 + newest.month - month.month
    return dict(month=month, amount=amount, newest=newest, silent=silent)


@table
def purl_by_month(purl, monthly_allocations, last_us_aid):
    """American arms that others pay for, and the United States' own allocations, by month from its last one on.

    Columns: month (a date), paid_by_others, own (both billion euros; 0 where nothing is recorded, paid_by_others
    missing after the last month that its count covers), source. `attrs`: `total`, `first`, `last` (months as dates) of
    what others paid, and `pledged`, the newest row of pledges.
    """
    rows = purl[purl["measure"] == "allocated in the month"]
    paid = rows.assign(month=pd.to_datetime(rows["as_of"])).set_index("month")["eur_billions"]
    usa = monthly_allocations[monthly_allocations["iso3"] == "USA"]
    own = usa.set_index(pd.to_datetime(usa["month"]))[AID_TYPES].sum(axis=1)
    months = pd.date_range(last_us_aid["month"], max(last_us_aid["newest"], paid.index.max()), freq="MS")
    table = pd.DataFrame(
        {
            "month": months,
            "paid_by_others": paid.reindex(months).where(months > paid.index.max(), paid.reindex(months, fill_value=0)),
            "own": own.reindex(months, fill_value=0),
            "source": rows["source"].iloc[0],
        }
    ).reset_index(drop=True)
    pledges = purl[purl["measure"] == "pledged since August 2025"].sort_values("as_of")
    table.attrs = dict(
        total=paid.sum(), first=paid.index.min(), last=paid.index.max(), pledged=pledges.iloc[-1].to_dict()
    )
    return table


def allied_military_since(monthly_allocations, members, first, months=12):
    """Military aid of all allies, and of the United States, in the `months` from `first` ('2024-08') on."""
    start = pd.Period(first, "M")
    span = monthly_allocations["month"].between(str(start), str(start + months - 1))
    military = monthly_allocations[span].set_index("iso3")["military"]
    allies = allies_on(members, (start + months - 1).end_time)["iso3"]
    return military[military.index.isin(allies)].sum(), military[military.index == "USA"].sum()


def aid_in_month(monthly_allocations, month):
    """What all donors allocated in a month ('2024-12'), by type of aid."""
    return monthly_allocations[monthly_allocations["month"] == month][AID_TYPES].sum()


# Allies that give ----------------------------------------------------------------------------


@table
def allied_military_aid(aid_by_donor, members, release):
    """Each ally's military aid by one release: iso3, country, military, status, release, source; largest first.

    Allies are those of the day to which the release counts, but for Ukraine, which receives. Zero is a figure.
    Missing means that the tracker does not follow the ally; these come last, without a source.
    """
    rows = in_release(aid_by_donor, release)
    rows = rows[rows["measure"].eq("allocation") & ~rows["eu_share_included"]]
    allies = allies_on(members, rows["period_end"].max())
    allies = allies.loc[allies["iso3"] != RECEIVER, ["iso3", "country"]]
    rows = allies.merge(rows[["iso3", "military", "source"]], on="iso3", how="left")
    status = rows["military"].gt(0).map({True: GIVES, False: ZERO}).mask(rows["military"].isna(), UNTRACKED)
    rows = rows.assign(status=status, release=release)
    return rows.sort_values("military", ascending=False, ignore_index=True)


def count_givers(allied_military_aid, least=0.0, untracked: Untracked = "leave out"):
    """How many allies give military aid of `least` million euros or more: (count, of how many).

    At `least` 0 any amount above zero counts. `untracked`: "leave out", "not giving" or "giving".
    """
    known = allied_military_aid[allied_military_aid["military"].notna()]
    count = int((known["military"].gt(0) & known["military"].ge(least / 1000)).sum())
    missing = len(allied_military_aid) - len(known)
    if untracked == "leave out":
        return count, len(known)
    return count + (missing if untracked == "giving" else 0), len(allied_military_aid)


def givers_above_zero(allied_military_aid):
    """How many allies have military aid above zero."""
    return count_givers(allied_military_aid)[0]


def giver_choices(allied_military_aid):
    """Numbers to choose from when asked for `givers_above_zero`, that one among them: {"28": 28, ..., "all 32": 32}."""
    right, every = givers_above_zero(allied_military_aid), len(allied_military_aid)
    numbers = {20, right, 29 if right != 29 else 27}  # 29 is what the essay says
    return {str(number): number for number in sorted(numbers - {every})} | {f"all {every}": every}


@table
def givers(allied_military_aid, least=0.0, untracked: Untracked = "leave out"):
    """`allied_military_aid` with the status `BELOW` for those that give less than `least` million euros.

    Adds million_euros. `attrs`: `count` and `of`, as `count_givers` has them.
    """
    less = allied_military_aid["status"].eq(GIVES) & allied_military_aid["military"].lt(least / 1000)
    rows = allied_military_aid.assign(
        status=allied_military_aid["status"].mask(less, BELOW), million_euros=1000 * allied_military_aid["military"]
    )
    count, of = count_givers(allied_military_aid, least, untracked)
    rows.attrs = dict(count=count, of=of)
    return rows


@table
def military_givers_by_month(monthly_allocations, members, aid_by_donor, release):
    """How many states that were allies in a month gave military aid in it, and had given any so far.

    Columns: month (a date), in_month, so_far, allies, source. `attrs`: `since`, the first day that the tracker counts;
    `untracked`, the allies that it does not follow, by name.
    """
    military = monthly_allocations[monthly_allocations["military"] > 0]
    wide = military.pivot(index="month", columns="iso3", values="military").notna()
    wide = _every_month(wide.astype(int), monthly_allocations)
    rows, givers_of_aid = [], members[members["iso3"] != RECEIVER]
    for month, gave in wide.cumsum().iterrows():
        allies = givers_of_aid.loc[givers_of_aid["accession_date"] < month + pd.offsets.MonthBegin(), "iso3"]
        there = [iso for iso in allies if iso in wide.columns]
        rows.append((month, int(wide.loc[month, there].sum()), int((gave[there] > 0).sum()), len(allies)))
    by_month = pd.DataFrame(rows, columns=["month", "in_month", "so_far", "allies"])
    tracked = in_release(aid_by_donor, release)
    there = allies_on(givers_of_aid, tracked["period_end"].max())
    by_month.attrs = dict(
        since=tracked["period_start"].min(),
        untracked=sorted(there.loc[~there["iso3"].isin(tracked["iso3"]), "country"]),
    )
    return by_month.assign(source=monthly_allocations["source"].iloc[0])


# Revisions, weapons, events ------------------------------------------------------------------


@table
def revised_aid(aid_by_donor, monthly_allocations, countries, release, kind: Kind = "total"):
    """The same months as an older release counted them, and as the newest months table counts them now.

    Columns: iso3, donor, then, now, change, source (of then); largest change first. `attrs`: `release`, `period_start`
    and `period_end` of then, `newest`, the release of now, `note` on the older release, `widest`, the largest change of
    any release, for a steady axis.
    """
    chosen = in_release(aid_by_donor, release)
    rows = _revised(aid_by_donor, monthly_allocations, countries, release, kind)
    others = aid_by_donor["release"].unique()
    notes = data.remarks_for("aid_by_donor", chosen, "period_end")
    rows.attrs = dict(
        release=release,
        period_start=chosen["period_start"].iloc[0],
        period_end=chosen["period_end"].iloc[0],
        newest=monthly_allocations["release"].iloc[0],
        note=" ".join(dict.fromkeys(note for note in notes if note)),
        widest=max(
            _revised(aid_by_donor, monthly_allocations, countries, other)["change"].abs().max() for other in others
        ),
    )
    return rows


def _revised(aid_by_donor, monthly_allocations, countries, release, kind="total"):
    old = allocations(aid_by_donor, countries, release).set_index("iso3")
    end = old["period_end"].iloc[0].strftime("%Y-%m")
    same = monthly_allocations[monthly_allocations["month"] <= end]
    now = _kind(same, kind).groupby(same["iso3"]).sum()
    rows = pd.DataFrame({"donor": old["donor"], "then": old[kind], "now": now.reindex(old.index, fill_value=0)})
    rows = rows.assign(change=rows["now"] - rows["then"], source=old["source"])
    return rows.sort_values("change", key=abs, ascending=False).reset_index()


@table
def largest_revisions(revised_aid):
    """The ten largest changes of `revised_aid`, from the deepest cut to the largest addition."""
    return revised_aid.head(10).sort_values("change")


def revision(revised_aid):
    """By how many per cent the sum of `revised_aid` changed, with one decimal."""
    return round(100 * (revised_aid["now"].sum() / revised_aid["then"].sum() - 1), 1)


@table
def allocated_weapons(aid_weapons, countries, category, weapons_release):
    """Units of one kind of weapon by donor in one release, most first.

    Columns: iso3, donor, units, models, note (known outliers), release, as_of, source.
    """
    chosen = aid_weapons["release"].eq(weapons_release) & aid_weapons["category"].eq(category)
    rows = aid_weapons[chosen & aid_weapons["status"].eq("allocated")]
    rows = rows.assign(note=data.remarks_for("aid_weapons", rows, "units")).merge(_named(countries), on="iso3")
    columns = ["iso3", "donor", "units", "models", "note", "release", "as_of", "source"]
    return rows[columns].sort_values("units", ascending=False, ignore_index=True)


@table
def preview_weapons(aid_weapons, countries, category):
    """As `allocated_weapons`, the cells that an unpublished preview of the next release changed, without models."""
    rows = aid_weapons[_preview(aid_weapons) & aid_weapons["category"].eq(category)]
    rows = rows.assign(note=data.remarks_for("aid_weapons", rows, "units")).merge(_named(countries), on="iso3")
    columns = ["iso3", "donor", "units", "note", "release", "source"]
    return rows[columns].sort_values("units", ascending=False, ignore_index=True)


@table
def weapons_side_by_side(allocated_weapons, preview_weapons):
    """`allocated_weapons` beside the preview, most first: donor, units, models, units_in_the_preview."""
    units = preview_weapons[["donor", "units"]].rename(columns={"units": "units_in_the_preview"})
    both = allocated_weapons[["donor", "units", "models"]].merge(units, on="donor", how="outer")
    return both.sort_values("units", ascending=False)


@table
def weapon_generations(aid_weapons, weapons_release, facts):
    """The models of two generations that a release names: {"newer": [...], "older": [...]}, sorted."""
    listed = aid_weapons[aid_weapons["release"].eq(weapons_release) & aid_weapons["status"].eq("allocated")]
    known = {name: facts_by_row(facts, "aid_weapons", f"{name}_models") for name in ("newer", "older")}
    return {name: sorted(frozenset().union(*models[models.index.isin(listed["id"])])) for name, models in known.items()}


@table
def pledged_and_delivered(aid_weapons):
    """Weapon systems that the newest release to do so counts twice, for all donors; most complete first.

    Columns: models, category, pledged, delivered (may be missing), share (%), release, as_of, source.
    """
    rows = aid_weapons[aid_weapons["status"].isin(["pledged", "delivered"])]
    rows = rows[rows["release"] == rows["release"].max()]
    systems = rows.pivot(index=["category", "models"], columns="status", values="units").reset_index()
    first = rows.iloc[0]
    systems = systems.assign(
        share=100 * systems["delivered"] / systems["pledged"],
        **{name: first[name] for name in ("release", "as_of", "source")},
    )
    columns = ["models", "category", "pledged", "delivered", "share", "release", "as_of", "source"]
    return systems.sort_values("share", ascending=False, ignore_index=True)[columns]


@table
def events_beside(events, monthly_allocations, category):
    """The `MILESTONES` of one category within the months of aid, oldest first, with `label`, what they are called."""
    months = pd.to_datetime(monthly_allocations["month"])
    within = events["date"].between(months.min(), months.max() + pd.offsets.MonthEnd())
    chosen = events[events["id"].isin(MILESTONES[category]) & within]
    chosen = chosen.sort_values("date", ignore_index=True)
    return chosen.assign(label=chosen["id"].map(MILESTONES[category]))


@table
def two_tracks(monthly_aid, events_beside):
    """Each month with all donors' aid and its events: month (a date), total, events ('' if none), source."""
    told = [f"{row['title']} ({words.day(row['date'])}). {row['description']}" for _, row in events_beside.iterrows()]
    months = events_beside["date"].dt.to_period("M").dt.to_timestamp()
    by_month = pd.Series(told, index=months, dtype=object).groupby(level=0).agg(" ".join)
    return monthly_aid[["month", "total", "source"]].assign(
        events=[by_month.get(month, "") for month in monthly_aid["month"]]
    )


def _preview(aid_weapons):
    return aid_weapons["release"].str.endswith(_PREVIEW)


def _named(countries):
    return countries[["iso3", "name"]].rename(columns={"name": "donor"})


def _kind(monthly_allocations, kind):
    return monthly_allocations[AID_TYPES].sum(axis=1) if kind == "total" else monthly_allocations[kind].fillna(0)


def _every_month(wide, monthly_allocations):
    """`wide` with a row for every month from the table's first to its last, as dates, nothing as 0."""
    first, last = monthly_allocations["month"].min(), monthly_allocations["month"].max()
    every = pd.date_range(first, last, freq="MS", name="month")
    wide.index = pd.to_datetime(wide.index)
    return wide.reindex(every, fill_value=0)
