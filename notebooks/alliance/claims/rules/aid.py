"""Claims on aid to Ukraine (lesson 06)."""

import pandas as pd

from ... import measures, words
from .. import Finding, judged, rule

SUMMITS = ["2023-07-11-vilnius-summit-drops-action", "2024-07-10-washington-summit-calls-ukraine"]
PACKAGE = "2016-07-09-warsaw-summit-four-battlegroups"
INVASION = "2022-02-24-russia-launches-full-scale"
ARMS_FIRST = "2024-12-03-nato-ministers-put-arms"


def _billions(row):
    return f"{row['amount']:.0f} billion dollars"


def _event(events, identifier):
    return events.set_index("id").loc[identifier]


@rule("A0-03")
def arms_but_no_invitation(allied_military_aid, events, members, articles):
    """More than half of the tracked allies give military aid, and Ukraine was no ally when it was written."""
    count, tracked = measures.count_givers(allied_military_aid)
    whole = allied_military_aid["military"].sum()
    held = [_event(events, summit) for summit in SUMMITS]
    said = " ".join(f"{words.day(summit['date'])}: {summit['title']}." for summit in held)
    invited = members["iso3"].eq("UKR").any()
    then = measures.when_written(members, articles, "A0")["iso3"].eq("UKR").any()
    return Finding(
        f"Kiel tracks {tracked} allies. Of these {count} gave military aid: {whole:.1f} billion euros in all. "
        f"Two summits spoke of membership. {said} Ukraine is {'an ally' if invited else 'not among the allies'}.",
        judged(
            ("contradicted", count <= tracked / 2 or then), ("outdated", invited), otherwise="supported-with-caveat"
        ),
    )


@rule("A0-35")
def arms_worth_billions(aid_by_donor, allied_military_aid, release):
    """'Billions' asks for two at least."""
    military = allied_military_aid.set_index("iso3")["military"]
    name = measures.release_name(measures.in_release(aid_by_donor, release))
    return Finding(
        f"The allies that Kiel tracks have allocated {military.sum():.1f} billion euros of military aid. "
        f"The United States stands for {military['USA']:.1f} of it ({name}).",
        "supported" if military.sum() >= 2 else "contradicted",
    )


@rule("A1-027")
def practical_help_since_2014(events, facts, monthly_allocations):
    """A caveat as long as the figures of aid begin after 2014; without the package of 2016 nothing is left to check."""
    adopted = measures.fact(facts, "events", PACKAGE, "assistance_package_adopted")
    first = pd.Timestamp(monthly_allocations["month"].min())
    return Finding(
        f"On {words.day(_event(events, PACKAGE)['date'])} a NATO summit agreed a package of help for Ukraine. "
        f"Our figures of aid begin in {words.month(first)}. So no one series shows the rise since 2014.",
        judged(("not-checkable", not adopted), ("supported-with-caveat", first.year > 2014), otherwise="supported"),
    )


@rule("A1-033")
def half_of_the_allies_before_2022(aid_by_donor, events, military_givers_by_month):
    """Contested while the count begins less than a year before the invasion: what help counts is disputed, too."""
    start = aid_by_donor["period_start"].min()
    before = (_event(events, INVASION)["date"] - start).days
    first = military_givers_by_month.iloc[0]
    return Finding(
        f"Kiel's count begins on {words.day(start)}, {before} days before the full-scale invasion. "
        f"For {words.month(first['month'])} it has military aid by {first['in_month']} of {first['allies']} allies. "
        "It says nothing of the years before. A list in a journal article was not read. Training, other help and "
        "arms give three different counts.",
        "contested"
        if before < 365
        else judged(("supported", 2 * first["so_far"] < first["allies"]), otherwise="contradicted"),
    )


@rule("A1-035")
def twenty_nine_allies_give_military_aid(allied_military_aid, members, articles):
    """29 is imprecise within two allies, and where the untracked ones could make it up; further off, contradicted.

    Who joined after the essay is none of its allies.
    """
    then = measures.when_written(members, articles, "A1")["iso3"]
    allied_military_aid = allied_military_aid[allied_military_aid["iso3"].isin(then)]
    count, tracked = measures.count_givers(allied_military_aid)
    highest, _ = measures.count_givers(allied_military_aid, untracked="giving")
    zero, untracked = (
        words.named(allied_military_aid.loc[allied_military_aid["status"] == status, "country"])
        for status in (measures.ZERO, measures.UNTRACKED)
    )

    def fits(number):
        return judged(("supported", number == 29), ("imprecise", abs(number - 29) <= 2), otherwise="contradicted")

    return Finding(
        f"Of {tracked} tracked allies {count} have military aid above zero. Zero: {zero}. Not tracked: {untracked}. "
        f"So the number is between {count} and {highest}.",
        "imprecise" if count < 29 <= highest else fits(count),
        readings=(
            (f"tracked allies above zero ({count})", fits(count)),
            (f"if every untracked ally gives, too ({highest})", fits(highest)),
            (f"allies that Kiel tracks, whether they give or not ({tracked})", fits(tracked)),
        ),
        turns="29 is the number of allies that are tracked, not of those that give. "
        "That it comes from there is a guess."
        if tracked == 29 != count
        else "",
    )


@rule("A1-036")
def newer_weapons(weapon_generations):
    """'Replaced' needs newer models and no older ones; both side by side is an addition, hence the caveat."""
    newer, older = weapon_generations["newer"], weapon_generations["older"]
    return Finding(
        f"The weapons table names {words.named(newer)}. Beside them it names {words.named(older)}. "
        "It has no column for age or effect. So it shows what was added, not what was replaced.",
        judged(("supported-with-caveat", newer and older), ("supported", newer), otherwise="contradicted"),
    )


@rule("A1-041")
def washington_turned_to_military_needs(events, facts, monthly_allocations, members):
    """A sum was pledged at the summit, and allies allocated military aid in the year after it."""
    summit = SUMMITS[1]
    pledged = measures.fact(facts, "events", summit, "aid_pledged_billion_euros")
    first = "2024-08"  # the month after the summit
    allied, usa = measures.allied_military_since(monthly_allocations, members, first)
    return Finding(
        f"On {words.day(_event(events, summit)['date'])} leaders pledged at least {pledged} billion euros within a "
        f"year. In the twelve months from {words.known_date(first)} tracked allies allocated "
        f"{allied:.1f} billion euros of military aid. Of that {usa:.1f} came from the United States (Kiel).",
        "supported" if pledged and allied > 0 else "not-checkable",
    )


@rule("A1-114")
def us_commitments_now(last_us_aid, security_agreements, articles):
    """'Now gives' is a wrong word where half a year had passed without an allocation when the essay was written.

    Months without one had occurred before, so less than half a year says nothing; silence that began after the essay
    would make it outdated.
    """
    signed = security_agreements.set_index("iso3").loc["USA"]
    written = articles.set_index("id").loc["A1", "not_before"]
    last, silent = words.month(last_us_aid["month"]), last_us_aid["silent"]
    then = (written.year - last_us_aid["month"].year) * 12 + written.month - last_us_aid["month"].month
    stopped = silent >= 6
    return Finding(
        f"The United States signed an agreement for {signed['duration_years']:.0f} years on "
        f"{words.day(signed['signed_date'])}. Its last allocation is of {last}: {last_us_aid['amount']:.2f} billion "
        f"euros. In the {silent} months to {words.month(last_us_aid['newest'])} there is none. The essay is of "
        f"{words.month(written)} or later.",
        judged(("supported", not stopped), ("imprecise", then >= 6), otherwise="outdated"),
        readings=(
            ("the agreement as signed", "supported"),
            (f"new aid after {last}", "contradicted" if stopped else "supported"),
        ),
        turns=f"The last new aid is of {last}, {then} months before the essay." if stopped else "",
    )


@rule("A1-115")
def a_us_budget_of_175(us_picture):
    """175 within one billion is right; a caveat where another body's count differs by more than 4%."""
    rows = us_picture.set_index("id")
    acts, whole = rows[rows["kind"] == "act"]["amount"], rows["amount"]["five_acts"]
    others = [row for _, row in rows[rows["kind"] == "other count"].iterrows()]
    near = abs(whole - 175) <= 1
    differ = any(abs(row["amount"] / whole - 1) > 0.04 for row in others)
    counted = words.named(f"{row['amount']:.0f} ({row['claimant']})" for row in others)
    return Finding(
        f"Congress voted {' + '.join(f'{amount:g}' for amount in acts)} = {whole:.2f} billion dollars. "
        f"Other counts, in billions of dollars: {counted}.",
        judged(("supported-with-caveat", near and differ), ("supported", near), otherwise="contradicted"),
        readings=(
            (f"voted in five acts ({whole:.0f})", "supported" if near else "contradicted"),
            *(
                (
                    f"as {row['claimant']} counts ({_billions(row)})",
                    "supported" if abs(row["amount"] - 175) <= 1 else "imprecise",
                )
                for row in others
            ),
        ),
        turns=f"The last of the five acts is of {words.known_date(rows['as_of']['five_acts'])}. "
        f"The sum did not grow up to {words.known_date(rows['as_of']['cfr_direct'][:7])}.",
    )


@rule("A1-116")
def straight_to_the_government(us_picture):
    """128 within one billion is right for support; to be money to a government, nine tenths of it must be cash."""
    rows = us_picture.set_index("id")
    amount, counted = rows["amount"], words.known_date(rows["as_of"]["usaid_dbs"])
    support, military, cash = amount["cfr_direct"], amount["cfr_military"], amount["usaid_dbs"]
    same = abs(support - 128) <= 1
    return Finding(
        f"{support:.0f} billion dollars support Ukraine: its military and its civil society. "
        f"For the military it is {military:.1f}, mostly in kind. Cash to the government's budget had come to "
        f"{cash:.1f} billion by {counted}.",
        judged(("imprecise", same and cash < 0.9 * support), ("supported", same), otherwise="contradicted"),
        readings=(
            (f"support for Ukraine, in kind and in cash ({support:.0f})", "supported" if same else "contradicted"),
            (
                f"cash to the government's budget ({cash:.1f})",
                "supported" if cash >= 0.9 * 128 else "contradicted",
            ),
        ),
        turns="The number fits another word: support. It does not fit money sent to a government." if same else "",
    )


@rule("A3-05")
def more_arms_first(events, facts, monthly_allocations):
    """Decided by what the meeting put first and by its day, which the claim names; the month's aid stands beside."""
    meeting = _event(events, ARMS_FIRST)
    arms_first = measures.fact(facts, "events", ARMS_FIRST, "arms_before_invitation")
    december = measures.aid_in_month(monthly_allocations, "2024-12")
    return Finding(
        f"{words.day(meeting['date'])}: {meeting['title']}. All donors allocated {december.sum():.1f} billion euros "
        f"in that month. Of that {december['military']:.1f} was military aid (Kiel).",
        "supported" if arms_first and meeting["date"] == pd.Timestamp("2024-12-03") else "contradicted",
    )


@rule("A4-27")
def could_allies_fill_the_gap(monthly_allocations):
    """A gap to ask about: the United States gives less than a tenth of before. 85% of before is nearly filled."""
    kinds = ("total", "military")
    gaps = {measures.AID_KINDS[kind]: measures.aid_gap(monthly_allocations, kind) for kind in kinds}
    whole = gaps["all aid"]

    def filled(reached):
        return judged(("supported", reached >= 100), ("imprecise", reached >= 85), otherwise="contradicted")

    compared = " ".join(
        f"All donors, {name}: {gap['after']:.1f}. In {gap['span']} it was {gap['before']:.1f} a year: "
        f"{gap['reached']:.0f}% of that was reached."
        for name, gap in gaps.items()
    )
    return Finding(
        f"In {whole['year']} the United States gave {whole['us_after']:.1f} billion euros, "
        f"Europe {whole['europe_after']:.1f}. {compared}",
        "supported" if whole["us_after"] < 0.1 * whole["us_before"] else "outdated",
        readings=tuple(
            (f"“the gap was filled”, in {name} ({gap['reached']:.0f}%)", filled(gap["reached"]))
            for name, gap in gaps.items()
        ),
        turns="There was a gap to ask about. How much of it was filled depends on what is counted.",
    )
