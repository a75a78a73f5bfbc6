"""Claims on aid to Ukraine (lesson 06)."""

import pandas as pd

from ... import measures
from ...words import named
from .. import Finding, rule


def _release(tables):
    return tables.newest("aid_by_donor", "release")


def _military(tables):
    return measures.allied_military_aid(tables["aid_by_donor"], tables["members"], _release(tables))


def _day(moment):
    return f"{moment.day} {moment:%B %Y}"


def _billions(row):
    return f"{row['amount']:.0f} billion {'dollars' if row['unit'].startswith('US') else 'euros'}"


def _event(tables, identifier):
    return tables["events"].set_index("id").loc[identifier]


@rule("A0-03")
def arms_but_no_invitation(tables):
    aid, events = _military(tables), tables["events"].set_index("id")
    count, tracked = measures.count_givers(aid)
    summits = events.loc[["2023-07-11-vilnius-summit-drops-action", "2024-07-10-washington-summit-calls-ukraine"]]
    invited = tables["members"]["iso3"].eq("UKR").any()
    return Finding(
        f"{count} of {tracked} allies that Kiel tracks gave military aid, {aid['military'].sum():.1f} billion euros in all. Of membership, {_day(summits['date'].iloc[0])}: {summits['title'].iloc[0]}; {_day(summits['date'].iloc[1])}: {summits['title'].iloc[1]}. Ukraine is {'an ally' if invited else 'not among the allies'}.",
        "supported-with-caveat" if count > tracked / 2 and not invited else "contradicted",
    )


@rule("A0-35")
def arms_worth_billions(tables):
    aid = _military(tables)
    whole, usa = aid["military"].sum(), aid.set_index("iso3")["military"]["USA"]
    name = measures.release_name(tables["aid_by_donor"], _release(tables))
    return Finding(
        f"The allies that Kiel tracks have allocated {whole:.1f} billion euros of military aid, {usa:.1f} of it by the United States ({name}).",
        "supported" if whole >= 2 else "contradicted",
    )


@rule("A1-027")
def practical_help_since_2014(tables):
    package = _event(tables, "2016-07-09-warsaw-summit-four-battlegroups")
    first = pd.Timestamp(tables["aid_by_month"]["month"].min())
    helped = "assistance package for Ukraine" in package["description"]
    return Finding(
        f"On {_day(package['date'])} a NATO summit adopted an assistance package for Ukraine. Our figures of aid begin in {first:%B %Y}, so no one series shows the rise since 2014.",
        "not-checkable" if not helped else "supported-with-caveat" if first.year > 2014 else "supported",
    )


@rule("A1-033")
def half_of_the_allies_before_2022(tables):
    start = tables["aid_by_donor"]["period_start"].min()
    war = _event(tables, "2022-02-24-russia-launches-full-scale")["date"]
    first = measures.military_givers_by_month(tables["aid_by_month"], tables["members"]).iloc[0]
    return Finding(
        f"Kiel's count begins on {_day(start)}, {(war - start).days} days before the full-scale invasion. For {first['month']:%B %Y} it has military aid by {first['in_month']} of {first['allies']} allies. Of the years before it says nothing.",
        "not-checkable" if (war - start).days < 365 else "contested",
    )


@rule("A1-035")
def twenty_nine_allies_give_military_aid(tables):
    aid = _military(tables)
    count, tracked = measures.count_givers(aid)
    highest, _ = measures.count_givers(aid, untracked="giving")
    zero = named(aid.loc[aid["status"] == measures.ZERO, "country"])
    untracked = named(aid.loc[aid["status"] == measures.UNTRACKED, "country"])

    def fits(number):
        return "supported" if number == 29 else "imprecise" if abs(number - 29) <= 2 else "contradicted"

    return Finding(
        f"{count} of {tracked} tracked allies have military aid above zero; zero: {zero}. Not tracked: {untracked}. The number is between {count} and {highest}.",
        "imprecise" if count < 29 <= highest else fits(count),
        readings=(
            (f"tracked allies above zero ({count})", fits(count)),
            (f"if every untracked ally gives, too ({highest})", fits(highest)),
            (f"allies that Kiel tracks, whether they give or not ({tracked})", fits(tracked)),
        ),
        turns="29 is the number of allies that are tracked, not of those that give; that it comes from there is a guess."
        if tracked == 29 != count
        else "",
    )


@rule("A1-036")
def newer_weapons(tables):
    weapons = tables["aid_weapons"]
    rows = weapons[weapons["release"].eq("R29") & weapons["status"].eq("allocated")]
    newer = sorted(
        model
        for model in ("Leopard-2", "M1A1 Abrams", "Patriot", "HIMARS", "Iris-T")
        if rows["models"].str.contains(model, regex=False).any()
    )
    older = sorted(
        model for model in ("T-72", "BMP-1", "D-30") if rows["models"].str.contains(model, regex=False).any()
    )
    return Finding(
        f"The weapons table names {named(newer)}, and beside them {named(older)}. It has no column for age or effect, so it shows additions, not a replacement.",
        "supported-with-caveat" if newer and older else "supported" if newer else "contradicted",
    )


@rule("A1-041")
def washington_turned_to_military_needs(tables):
    summit, months = _event(tables, "2024-07-10-washington-summit-calls-ukraine"), tables["aid_by_month"]
    year = months[months["month"].between("2024-08", "2025-07")]
    allied = year[year["iso3"].isin(tables["members"]["iso3"])]["military"].sum()
    pledged = "40 billion euros" in summit["description"]
    return Finding(
        f"On {_day(summit['date'])} leaders pledged at least 40 billion euros within a year. In the twelve months from August 2024 tracked allies allocated {allied:.1f} billion euros of military aid, of which {year.loc[year['iso3'] == 'USA', 'military'].sum():.1f} by the United States (Kiel).",
        "supported" if pledged and allied > 0 else "not-checkable",
    )


@rule("A1-114")
def us_commitments_now(tables):
    months, agreements = tables["aid_by_month"], tables["security_agreements"]
    last, amount = measures.last_us_month(months)
    newest = pd.Timestamp(months["month"].max())
    silent = (newest.year - last.year) * 12 + newest.month - last.month
    signed = agreements.loc[agreements["iso3"].eq("USA"), ["signed_date", "duration_years"]].iloc[0]
    return Finding(
        f"The United States signed an agreement for {signed['duration_years']:.0f} years on {_day(signed['signed_date'])}. Its last allocation is of {last:%B %Y}: {amount:.2f} billion euros. In the {silent} months to {newest:%B %Y} there is none.",
        "outdated" if silent >= 6 else "supported",
        readings=(
            ("the agreement as signed", "supported"),
            (f"new aid after {last:%B %Y}", "contradicted" if silent >= 6 else "supported"),
        ),
        turns=f"True until {last:%B %Y}." if silent >= 6 else "",
    )


@rule("A1-115")
def a_us_budget_of_175(tables):
    rows = measures.us_picture(tables["us_aid_totals"]).set_index("id")
    acts, whole = rows[rows["kind"] == "act"]["amount"], rows["amount"]["five_acts"]
    others = rows[rows["kind"] == "other count"]
    near = abs(whole - 175) <= 1
    differ = (others["amount"] / whole - 1).abs().max() > 0.04
    last = pd.Timestamp(rows["as_of"]["five_acts"])
    return Finding(
        f"Congress voted {' + '.join(f'{amount:g}' for amount in acts)} = {whole:.2f} billion dollars. Other counts: "
        + named(f"{row['claimant']} {_billions(row)}" for _, row in others.iterrows())
        + ".",
        "supported-with-caveat" if near and differ else "supported" if near else "contradicted",
        readings=(
            (f"voted in five acts ({whole:.0f})", "supported" if near else "contradicted"),
            *(
                (
                    f"as {row['claimant']} counts ({_billions(row)})",
                    "supported" if abs(row["amount"] - 175) <= 1 else "imprecise",
                )
                for _, row in others.iterrows()
            ),
        ),
        turns=f"The last of the five acts is of {_day(last)}: the sum did not grow up to July 2025.",
    )


@rule("A1-116")
def straight_to_the_government(tables):
    rows = measures.us_picture(tables["us_aid_totals"]).set_index("id")["amount"]
    support, military, cash = rows["cfr_direct"], rows["cfr_military"], rows["usaid_dbs"]
    same = abs(support - 128) <= 1
    return Finding(
        f"{support:.0f} billion dollars support Ukraine's military and civil society, {military:.1f} of it military and mostly in kind. Cash to the government's budget had come to {cash:.1f} billion by August 2024.",
        "imprecise" if same and cash < 0.9 * support else "supported" if same else "contradicted",
        readings=(
            (f"support for Ukraine, in kind and in cash ({support:.0f})", "supported" if same else "contradicted"),
            (
                f"cash to the government's budget ({cash:.1f})",
                "supported" if cash >= 0.9 * 128 else "contradicted",
            ),
        ),
        turns="The number is right for another word: support, not money sent to a government." if same else "",
    )


@rule("A3-05")
def more_arms_first(tables):
    meeting, months = _event(tables, "2024-12-03-nato-ministers-put-arms"), tables["aid_by_month"]
    december = months[months["month"] == "2024-12"][measures.AID_TYPES].sum()
    return Finding(
        f"{_day(meeting['date'])}: {meeting['title']}. In that month all donors allocated {december.sum():.1f} billion euros, {december['military']:.1f} of it military (Kiel).",
        "supported" if "arms" in meeting["title"] and meeting["date"] == pd.Timestamp("2024-12-03") else "contradicted",
    )


@rule("A4-27")
def could_allies_fill_the_gap(tables):
    months = tables["aid_by_month"]
    gaps = {name: measures.aid_gap(months, kind) for name, kind in (("all aid", "total"), ("military aid", "military"))}
    whole = gaps["all aid"]
    filled = {name: gap["reached"] >= 100 for name, gap in gaps.items()}
    return Finding(
        f"In 2025 the United States gave {whole['us_after']:.1f} billion euros, Europe {whole['europe_after']:.1f}. "
        + " ".join(
            f"All donors together, {name}: {gap['after']:.1f} against {gap['before']:.1f} a year in 2022 to 2024 ({gap['reached']:.0f}%)."
            for name, gap in gaps.items()
        ),
        "supported" if whole["us_after"] < 0.1 * whole["us_before"] else "outdated",
                        readings=tuple(
            (f"“the gap was filled”, in {name} ({gap['reached']:.0f}%)", "supported" if filled[name] else "imprecise" if gap["reached"] >= 85 else "contradicted")
            for name, gap in gaps.items()
        ),
        turns="There was a gap to ask about; how much of it was filled depends on what is counted.",
    )  # fmt: skip
