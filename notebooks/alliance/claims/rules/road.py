"""Claims on the long road: dates, days between them, summits' words (lesson 05).

What a verdict needs to know of an event, beside its date, is a typed fact (data/facts.csv), never a word of its text.
"""

import pandas as pd

from ... import measures, words
from ...words import named
from .. import Finding, judged, rule

BUCHAREST = "2008-04-03-bucharest-summit-will-become"
VILNIUS = "2023-07-11-vilnius-summit-drops-action"
WASHINGTON = "2024-07-10-washington-summit-calls-ukraine"
THE_HAGUE = "2025-06-25-hague-summit-agrees-five"
CONSTITUTION = "2019-02-07-nato-eu-course-written"
CRIMEA = "2014-03-18-russia-declares-annexation-crimea"
INVASION = "2022-02-24-russia-launches-full-scale"
APPLICATION = "2022-09-30-ukraine-applies-fast-track"
HEGSETH = "2025-02-12-hegseth-calls-nato-membership"
OFFER = "2025-12-14-zelenskyy-offers-set-nato"
KOSOVO = "1999-03-24-nato-air-campaign-over"
COUNCIL = "1991-12-20-north-atlantic-cooperation-council"
GEORGIA = "2008-08-08-russia-georgia-war"
DRAFTS = "2021-12-17-russia-publishes-draft-treaties"
MINISTERS = "2024-12-03-nato-ministers-put-arms"
SIGNING = "1949-04-04-twelve-states-sign-north"
OVAL_OFFICE = "2025-02-28-oval-office-meeting-ends"
REMOVAL = "2014-02-22-parliament-removes-yanukovych-office"
CANCELLED = "2022-02-22-blinken-calls-off-geneva"
SPRING = "2021-04-19-russian-troops-mass-near"
AUTUMN = "2021-11-15-nato-warns-new-build"
CALL = "2021-12-07-biden-putin-hold-video"
RECOGNISED = "2022-02-21-russia-recognises-two-breakaway"


def _fact(facts, identifier, name):
    """What is known of an event, by its name in facts.csv."""
    return measures.fact(facts, "events", identifier, name)


def _holds(row, claimed):
    """Does the event fall into the day, month or year that the sentence gives?"""
    period = pd.Period(claimed)
    return period.start_time <= row["date"] <= period.end_time


def _told(row):
    return f"{row['said']}: {row['title']}. {row['description']}"


def _agreed(row, kept, otherwise="contradicted", then="supported"):
    return Finding(_told(row), then if kept else otherwise)


# Sentences that give a date, or an event that has one -----------------------------------------

DATED = {
    "A0-10": ("1991-12-26-soviet-union-ceases-exist", "1991"),
    "A1-015": ("1994-02-08-ukraine-joins-partnership-peace", "1994"),
    "A1-019": (BUCHAREST, "2008-04"),
    "A1-026": (CRIMEA, "2014"),
    "A1-045": ("2020-06-12-ukraine-becomes-enhanced-opportunities", "2020"),
    "A2-01": (CONSTITUTION, "2019"),
    "A2-09": (DRAFTS, "2021-12"),
    "A2-10": (CALL, "2021-12-07"),
    "A3-03": (MINISTERS, "2024-12"),
    "A3-17": ("1994-12-05-budapest-memorandum-signed", "1994"),
    "A4-13": ("2025-02-26-trump-tells-kyiv-forget", "2025-02"),
}


def _rule_for_date(identifier, claimed):
    def a_dated_sentence(events):
        """True within the day, month or year given; a year off is a slip, more is another event."""
        row = measures.event(events, identifier)
        near = abs(row["date"].year - pd.Period(claimed).year) <= 1
        return _agreed(row, _holds(row, claimed), "imprecise" if near else "contradicted")

    return a_dated_sentence


for _claim, (_identifier, _claimed) in DATED.items():
    rule(_claim)(_rule_for_date(_identifier, _claimed))


@rule("A0-45")
def a_promise_since_2008(events, members, newest_event):
    """True until Ukraine is a member; the sentence gives 2008 or "long", so any later first promise would refute it."""
    row, member = measures.event(events, BUCHAREST), "UKR" in set(members["iso3"])
    waited = words.apart((newest_event - row["date"]).days)
    return Finding(
        f"{_told(row)} That is {waited} before the newest event of our table, {words.day(newest_event)}.",
        judged(("outdated", member), ("supported", row["date"].year <= 2008), otherwise="contradicted"),
    )


@rule("A2-02")
def eventual_membership_without_date_or_plan(events, facts):
    """Three parts, all needed: promised, no date, no action plan."""
    row = measures.event(events, BUCHAREST)
    bare = not _fact(facts, BUCHAREST, "date_given") and not _fact(facts, BUCHAREST, "action_plan_agreed")
    return _agreed(row, _holds(row, "2008") and _fact(facts, BUCHAREST, "membership_promised") and bare)


@rule("A1-020")
def no_agreement_on_a_plan(events, facts):
    """Needs both who opposed and who was in favour; that others stood on either side is the caveat."""
    split = _fact(facts, BUCHAREST, "opposed") >= {"DEU", "FRA"} and "USA" in _fact(facts, BUCHAREST, "in_favour")
    return _agreed(measures.event(events, BUCHAREST), split, then="supported-with-caveat")


@rule("A1-021")
def paris_and_berlin_feared_provocation(events, facts, known_polls):
    """Their opposition is a fact; a second ground they gave holds if fewer than half of Ukrainians wished to join."""
    year = measures.event(events, BUCHAREST)["date"].year
    polls = measures.adult_polls(known_polls, [year])
    few = measures.middle_of_polls(polls)[year] < 50
    return Finding(
        "Germany and France were against it. Provocation was not the only ground they gave. "
        f"In {len(polls)} polls of {year} only {polls['for_pct'].min():.0f}% to {polls['for_pct'].max():.0f}% "
        "of Ukrainians wanted to join.",
        judged(
            ("contradicted", not _fact(facts, BUCHAREST, "opposed") >= {"DEU", "FRA"}),
            ("supported-with-caveat", few),
            otherwise="supported",
        ),
    )


@rule("A1-022")
def georgia_the_following_summer(events):
    """Turns on what "following" means: the summer of the same year, or of the next."""
    summit, war = measures.event(events, BUCHAREST), measures.event(events, GEORGIA)
    days, later = measures.days_between(events, BUCHAREST, GEORGIA), war["date"].year - summit["date"].year
    return Finding(
        f"The summit promise is of {summit['said']}. The war began on {war['said']}: {days} days later, "
        f"{'in the same year' if later == 0 else f'{later} year later'}.",
        judged(
            ("contradicted", days <= 0), ("imprecise", later == 0), ("supported", later == 1), otherwise="contradicted"
        ),
        readings=(
            ("“the following summer” as the next summer to come", "supported" if later == 0 else "contradicted"),
            ("“the following summer” as the summer of the next year", "supported" if later == 1 else "contradicted"),
        ),
    )


@rule("A1-023")
def putin_ordered_tanks_into_georgia(events, facts):
    """Whoever was president commanded the forces; another name than Putin's makes the sentence imprecise, not false."""
    row = measures.event(events, GEORGIA)
    other = _fact(facts, GEORGIA, "president_of_russia") != "Putin"
    president = " On that day Dmitry Medvedev was president, Vladimir Putin prime minister." if other else ""
    return Finding(
        _told(row) + president,
        judged(("contradicted", not _holds(row, "2008")), ("imprecise", other), otherwise="supported"),
    )


# Ukraine's own law and votes ------------------------------------------------------------------


@rule("A1-013")
def cooperation_council_in_1991(events, facts):
    """Contested where the two sides of the partnership date Ukraine's part to different years."""
    row, by_ministry = measures.event(events, COUNCIL), _fact(facts, COUNCIL, "ukraine_in_by_ministry")
    disputed = by_ministry.year != row["date"].year
    return Finding(
        f"{_told(row)} NATO dates Ukraine's part to {row['date'].year}. "
        f"A page of Ukraine's foreign ministry has {words.month(by_ministry)}.",
        judged(("contested", disputed), ("supported", _holds(row, "1991")), otherwise="contradicted"),
        readings=(("by NATO's pages", "supported"), ("by the ministry's page", "contradicted")) if disputed else (),
    )


@rule("A1-014")
def a_council_with_former_pact_states(events, facts):
    """Whom the council was opened to is all the sentence says."""
    return _agreed(measures.event(events, COUNCIL), _fact(facts, COUNCIL, "with_former_pact_states"))


@rule("A1-017")
def exercises_until_2003(events, facts):
    """The first year must hold; exercises after the last year given make the span imprecise."""
    begun = "1995-yearly-exercises-begin-yavoriv"
    row, last = measures.event(events, begun), _fact(facts, begun, "went_on_after")
    on = last >= 2003
    return Finding(
        f"The exercises began in {row['date'].year}.{f' They went on after {last}, under other names.' if on else ''}",
        judged(("contradicted", not _holds(row, "1995")), ("imprecise", on), otherwise="supported"),
    )


@rule("A1-018")
def kuchma_signed_an_action_plan(events, facts):
    """Two papers told as one: imprecise where the plan is not the one that set the aim, nor signed by the president."""
    adopted = "2002-11-22-nato-ukraine-action-plan"
    aim, plan = (measures.event(events, key) for key in ("2002-05-23-ukrainian-security-council-sets", adopted))
    two = aim["date"] != plan["date"] and _fact(facts, adopted, "adopted_by") == "foreign_ministers"
    return Finding(
        f"There were two papers. On {aim['said']} Ukraine's security council made membership an aim. "
        f"On {plan['said']} foreign ministers agreed an Action Plan. That is less than membership.",
        judged(("contradicted", not _holds(plan, "2002")), ("imprecise", two), otherwise="supported"),
    )


@rule("A1-025")
def yanukovych_turned_away(events, facts):
    """He dropped the aim and the law followed; that cooperation begun before it went on is the caveat."""
    won = "2010-02-07-viktor-yanukovych-wins-presidency"
    vote, law = measures.event(events, won), measures.event(events, "2010-07-01-parliament-adopts-non-bloc")
    programme = measures.event(events, "2009-08-21-declaration-complements-nato-ukraine")
    turned = _fact(facts, won, "drops_membership_aim") and law["date"] > vote["date"]
    return Finding(
        f"{_told(vote)} {law['said']}: {law['title']}. "
        f"Yearly programmes with NATO, in place since {programme['date'].year}, went on.",
        judged(
            ("contradicted", not turned),
            ("supported-with-caveat", programme["date"] < law["date"]),
            otherwise="supported",
        ),
    )


@rule("A1-052")
def the_vote_of_2004(events, facts):
    """December 2004 decides; that the winner took office only in the next year is the caveat."""
    won = "2004-12-26-repeat-run-off-won"
    protest, rerun = measures.event(events, "2004-11-22-orange-revolution-begins"), measures.event(events, won)
    later = _fact(facts, won, "office_taken").year > rerun["date"].year
    return Finding(
        f"{_told(protest)} {_told(rerun)}",
        judged(("contradicted", not _holds(rerun, "2004-12")), ("supported-with-caveat", later), otherwise="supported"),
    )


@rule("A1-053")
def euromaidan_of_2014(events):
    """A movement is dated by its beginning; one that only ended in the year given is dated with a caveat."""
    begin, end = measures.event(events, "2013-11-21-euromaidan-protests-begin"), measures.event(events, REMOVAL)
    days = (end["date"] - begin["date"]).days
    return Finding(
        f"The protests began on {begin['said']}. Parliament removed the president on {end['said']}, {days} days later.",
        judged(
            ("supported", _holds(begin, "2014")),
            ("supported-with-caveat", _holds(end, "2014")),
            otherwise="contradicted",
        ),
    )


@rule("A1-056")
def yanukovych_fled(events, facts):
    """That he left is a fact; that Russia calls what followed a coup is the caveat."""
    disputed = "RUS" in _fact(facts, REMOVAL, "called_a_coup_by")
    return _agreed(
        measures.event(events, REMOVAL),
        _fact(facts, REMOVAL, "president_left_kyiv"),
        then="supported-with-caveat" if disputed else "supported",
    )


@rule("A0-02")
def membership_a_strategic_aim(events, known_polls):
    """The constitution has the aim; an offer to trade it, made later, is the caveat."""
    row, offer = measures.event(events, CONSTITUTION), measures.event(events, OFFER)
    newest = known_polls[known_polls["question"] == measures.ALL_ADULTS].iloc[-1]
    return Finding(
        f"{_told(row)} In the newest poll of all adults ({words.month(newest['date'])}) "
        f"{newest['for_pct']:.0f}% would vote to join. {offer['said']}: {offer['title']}.",
        "supported-with-caveat" if offer["date"] > row["date"] else "supported",
        turns=f"From {offer['said']} on, Kyiv offers to trade the aim. The constitution still has it.",
    )


@rule("A0-44")
def nato_as_a_way_into_the_eu(events, countries, members):
    """One EU member outside NATO shows that these are two tracks, so the sentence is imprecise."""
    row = measures.event(events, "2022-06-23-ukraine-becomes-eu-candidate")
    eu = countries[countries["is_eu_member"].fillna(False).astype(bool) & (countries["kind"] == "country")]
    outside = sorted(eu.loc[~eu["iso3"].isin(members["iso3"]), "name"])
    return Finding(
        f"There are two tracks. Ukraine is an EU candidate since {row['said']}. And {len(outside)} members of the EU "
        f"are not in NATO ({named(outside)}).",
        "imprecise" if outside else "supported",
    )


# From the written demands to the full-scale invasion ------------------------------------------


@rule("A1-005")
def invaded_in_2022(events):
    """The year holds; that the war is older, if Crimea came first, is the caveat."""
    row, crimea = measures.event(events, INVASION), measures.event(events, CRIMEA)
    return Finding(
        f"{_told(row)} The war is older: {crimea['said']}, {crimea['title']}.",
        judged(
            ("contradicted", not _holds(row, "2022")),
            ("supported-with-caveat", crimea["date"] < row["date"]),
            otherwise="supported",
        ),
    )


@rule("A2-11")
def putin_pressed_for_refusal(events, facts):
    """He pressed; that there was no application yet which could be refused is the caveat."""
    call, bid = measures.event(events, CALL), measures.event(events, APPLICATION)
    return Finding(
        f"{_told(call)} There was no application yet: it came on {bid['said']}, "
        f"{words.apart((bid['date'] - call['date']).days)} later.",
        judged(
            ("contradicted", not _fact(facts, CALL, "asked_to_keep_ukraine_out")),
            ("supported-with-caveat", bid["date"] > call["date"]),
            otherwise="supported",
        ),
    )


@rule("A1-030")
def demands_of_december_2021(events, facts):
    """The month holds; that there were two drafts, one to NATO and one to Washington, is the caveat."""
    two = _fact(facts, DRAFTS, "addressed_to") >= {"NATO", "USA"}
    row = measures.event(events, DRAFTS)
    return _agreed(row, _holds(row, "2021-12"), then="supported-with-caveat" if two else "supported")


@rule("A1-031")
def invaded_when_nato_declined(events):
    """Dates give the order, never the cause: contested as long as the invasion came after the replies."""
    answer = "2022-01-26-nato-washington-answer-writing"
    row, days = measures.event(events, answer), measures.days_between(events, answer, INVASION)
    recognised = measures.days_between(events, RECOGNISED, INVASION)
    return Finding(
        f"The written replies are of {row['said']}. The full-scale invasion began {days} days after them. It began "
        f"{recognised} days after Moscow recognised two entities in eastern Ukraine. "
        "Dates give the order. That the refusal was the cause is disputed.",
        "contested" if days > 0 else "contradicted",
        readings=(
            ("as an order of events", "supported" if days > 0 else "contradicted"),
            ("as a statement of cause", "contested"),
        ),
    )


@rule("A2-12")
def a_meeting_set_for_24_february(events, facts):
    """The day for which the meeting was set decides, and that it is the day of the invasion."""
    war = measures.event(events, INVASION)
    return _agreed(measures.event(events, CANCELLED), _fact(facts, CANCELLED, "meeting_set_for") == war["date"])


@rule("A2-13")
def cancelled_because_of_the_invasion_that_day(events):
    """The sentence says "that day": true only if both fall on one day."""
    row, days = measures.event(events, CANCELLED), measures.days_between(events, CANCELLED, INVASION)
    after = measures.days_between(events, RECOGNISED, CANCELLED)
    return Finding(
        f"Washington called the meeting off on {row['said']}. That was {words.counted(days, 'day')} before the "
        f"full-scale invasion. It was {words.counted(after, 'day')} after Moscow recognised two entities and ordered "
        "troops in.",
        "supported" if days == 0 else "contradicted",
    )


@rule("A2-04")
def troops_late_in_2021(events, facts):
    """A build-up that NATO and Kyiv saw in the last quarter of 2021; the order of the first one is the caveat."""
    row, first = measures.event(events, AUTUMN), measures.event(events, SPRING)
    seen = _fact(facts, AUTUMN, "build_up_seen_by") >= {"NATO", "UKR"}
    soldiers, before = _fact(facts, AUTUMN, "troops_counted_by_kyiv"), _fact(facts, SPRING, "troops_counted_at_least")
    return Finding(
        f"{row['said']}: NATO warned of a build-up. Kyiv counted about {soldiers:,} soldiers. "
        f"It was the second that year: by {first['said']} the EU had counted more than {before:,}.",
        judged(("supported", seen and pd.Period(row["date"], "Q") == pd.Period("2021Q4")), otherwise="contradicted"),
    )


@rule("A1-028")
def washington_warned_of_an_attack(events, facts):
    """A warning by Washington within 2021 is all the sentence says."""
    row = measures.event(events, CALL)
    warned = "USA" in _fact(facts, CALL, "warned_of_an_attack_by")
    return _agreed(row, warned and _holds(row, "2021"))


@rule("A2-03")
def ties_deepened_after_crimea(events, firm_events, facts):
    """Any joint step supports it; none in the last four months (120 days) before the invasion is the caveat."""
    crimea, war = (measures.event(events, key)["date"] for key in (CRIMEA, INVASION))
    steps = measures.joint_steps(firm_events, facts, crimea, war)
    late = measures.joint_steps(firm_events, facts, war - pd.Timedelta(days=120), war)
    told = named(f"{title} ({date.year})" for title, date in zip(steps["title"], steps["date"], strict=True))
    return Finding(
        f"From {words.day(crimea)} to the full-scale invasion our table has {words.counted(len(steps), 'joint step')}. "
        f"They are: {told}. In the last four months there were {len(late) or 'none'}.",
        judged(("contradicted", steps.empty), ("supported-with-caveat", late.empty), otherwise="supported"),
    )


@rule("A0-18")
def finland_and_sweden_applied(events):
    """Within a year after the invasion; that both stood close to NATO before is the caveat."""
    days = measures.days_between(events, INVASION, "2022-05-18-finland-sweden-apply-join")
    return Finding(
        f"Both applied {days} days after the full-scale invasion. "
        "Both had worked closely with NATO for years. So the step was smaller than it looks.",
        "supported-with-caveat" if 0 < days < 365 else "contradicted",
    )


@rule("A0-42")
def duda_among_the_first(events, facts):
    """Within 100 days counts as among the first; that others came before him is the caveat."""
    visit = "2022-04-13-polish-baltic-presidents-visit"
    row, days = measures.event(events, visit), measures.days_between(events, INVASION, visit)
    earlier = _fact(facts, visit, "earlier_visit")
    first = earlier < row["date"]
    before = (
        f" He was among the first heads of state. Three prime ministers had come on {earlier.day} {earlier:%B}."
        if first
        else ""
    )
    return Finding(
        f"The Polish president came on {row['said']}. The full-scale invasion had begun {days} days before.{before}",
        judged(("contradicted", days >= 100), ("supported-with-caveat", first), otherwise="supported"),
    )


@rule("A0-34")
def readier_for_war(battlegroup_sizes):
    """More soldiers in the east is a change of scale, not of NATO's posture in its own words: imprecise."""
    first, last = battlegroup_sizes.iloc[0], battlegroup_sizes.iloc[-1]
    return Finding(
        f"Battlegroups in the east: {first['groups']:.0f} with {first['soldiers']:,.0f} soldiers in "
        f"{first['year']:.0f}, {last['groups']:.0f} with {last['soldiers']:,.0f} in {last['year']:.0f}. "
        "NATO still calls it deterrence and defence. What changed is the scale.",
        "imprecise" if last["soldiers"] > first["soldiers"] else "contradicted",
    )


# The application, the summits and what came after ---------------------------------------------


@rule("A0-46")
def applied_after_the_invasion(events):
    """Order and year decide."""
    days, row = measures.days_between(events, INVASION, APPLICATION), measures.event(events, APPLICATION)
    return Finding(
        f"Ukraine asked to join on {row['said']}. The full-scale invasion had begun {days} days before.",
        "supported" if days > 0 and _holds(row, "2022") else "contradicted",
    )


@rule("A2-14")
def applied_after_the_annexations(events):
    """The same day counts as after: the application was signed hours after the ceremony."""
    row, claimed = measures.event(events, APPLICATION), measures.event(events, "2022-09-30-russia-claims-four-more")
    days = (row["date"] - claimed["date"]).days
    return Finding(
        f"Both are of {row['said']}. {row['description']}" if days == 0 else f"{_told(claimed)} {_told(row)}",
        "supported" if days >= 0 and _holds(row, "2022-09") else "contradicted",
    )


@rule("A2-15")
def vilnius_dropped_the_plan(events, facts):
    """The year, and that the plan is required no longer."""
    row = measures.event(events, VILNIUS)
    return _agreed(row, _holds(row, "2023") and not _fact(facts, VILNIUS, "action_plan_required"))


@rule("A1-038")
def vilnius_a_fast_track(events, facts):
    """The schedule decides first: a date would refute it; without a fast track the word is imprecise."""
    row, fast = measures.event(events, VILNIUS), _fact(facts, VILNIUS, "fast_track")
    dated = _fact(facts, VILNIUS, "date_given")
    return Finding(
        f"{_told(row)} One step went. Nothing was made faster by it.",
        judged(("contradicted", dated), ("supported", fast), otherwise="imprecise"),
        readings=(
            ("as to the schedule", "contradicted" if dated else "supported"),
            ("as to a fast track", "supported" if fast else "contradicted"),
        ),
    )


@rule("A1-039")
def when_allies_agree(events, facts):
    """Both halves of the formula: when allies agree, and when conditions are met."""
    both = _fact(facts, VILNIUS, "needs_allied_agreement") and _fact(facts, VILNIUS, "on_conditions")
    return _agreed(measures.event(events, VILNIUS), both)


@rule("A2-16")
def washington_sent_no_invitation(events, facts):
    """Whether an invitation was sent is all the sentence says."""
    return _agreed(measures.event(events, WASHINGTON), not _fact(facts, WASHINGTON, "invitation_sent"))


@rule("A2-17")
def irreversible_on_conditions(events, facts):
    """Both halves: called irreversible, and conditions kept."""
    both = _fact(facts, WASHINGTON, "called_irreversible") and _fact(facts, WASHINGTON, "on_conditions")
    return _agreed(measures.event(events, WASHINGTON), both)


@rule("A1-040")
def washington_in_name_only(events, facts):
    """No invitation in July 2024 supports it; that the path was called irreversible is the caveat."""
    row, word = measures.event(events, WASHINGTON), _fact(facts, WASHINGTON, "called_irreversible")
    nothing = not _fact(facts, WASHINGTON, "invitation_sent") and _holds(row, "2024-07")
    return _agreed(row, nothing, then="supported-with-caveat" if word else "supported")


@rule("A3-04")
def all_allies_called_it_irreversible(events, facts, members):
    """All 32 allies of that day, by consensus; that one of them says otherwise since is the caveat."""
    row, no, silent = (measures.event(events, key) for key in (WASHINGTON, HEGSETH, THE_HAGUE))
    allies = (members["accession_date"] <= row["date"]).sum()
    turned = no["date"] > row["date"] and not _fact(facts, THE_HAGUE, "names_membership")
    all_said = _fact(facts, WASHINGTON, "called_irreversible") and allies == 32
    return Finding(
        f"{row['said']}: {allies} allies called the path irreversible, and a summit decides by consensus. "
        f"{no['said']}: {no['title']}. The summit text of {silent['said']} does not name membership.",
        judged(("contradicted", not all_said), ("supported-with-caveat", turned), otherwise="supported"),
        turns=f"True on {row['said']}. From {no['said']} on one ally says otherwise." if turned else "",
    )


@rule("A1-042")
def twenty_three_countries_and_the_eu(events, security_agreements):
    """Turns on whether the EU is counted among the 23 or beside them; both are printed."""
    summit = measures.event(events, "2024-07-11-ukraine-compact-launched-agreements")
    signed = security_agreements[security_agreements["signed_date"] <= summit["date"]]
    signed = signed.dropna(subset="agreements_so_far")
    countries, everyone = int(signed["countries_so_far"].max()), int(signed["agreements_so_far"].max())
    return Finding(
        f"By {summit['said']} {countries} countries and the European Union had signed. "
        f"That makes {everyone} agreements.",
        "supported" if countries == 23 else "contradicted",
        readings=(
            ("23 countries, and the EU besides", "supported" if countries == 23 else "contradicted"),
            ("23 agreements, the EU's among them", "supported" if everyone == 23 else "contradicted"),
        ),
    )


@rule("A0-01", "A2-19")
def hegseth_on_membership(events, facts):
    """Said, and in that month; that he spoke for one ally, not for NATO, is the caveat."""
    row = measures.event(events, HEGSETH)
    said = _fact(facts, HEGSETH, "called_unrealistic") and _holds(row, "2025-02")
    for_all = _fact(facts, HEGSETH, "spoken_for") == "NATO"
    return Finding(
        f"{_told(row)} It is the view of one ally's minister on what talks can bring.",
        judged(("contradicted", not said), ("supported", for_all), otherwise="supported-with-caveat"),
    )


@rule("A2-18")
def no_timetable_in_february_2025(events, members, articles, facts):
    """No invitation in the text then in force, and no membership when it was written."""
    row, then = measures.event(events, WASHINGTON), measures.when_written(members, articles, "A2")
    outside = "UKR" not in set(then["iso3"])
    return Finding(
        f"The text then in force was of {row['said']}: {row['stance_reason'].lower()}. When the briefing "
        f"was written, Ukraine was {'outside' if outside else 'inside'} the alliance.",
        "supported" if not _fact(facts, WASHINGTON, "invitation_sent") and outside else "contradicted",
    )


@rule("A2-20", "A4-16")
def zelenskyy_offers_his_office(events, facts):
    """The day decides; that he named peace and membership, of which each article keeps one, is the caveat."""
    offered = "2025-02-23-zelenskyy-offers-leave-office"
    row, both = measures.event(events, offered), _fact(facts, offered, "offered_for") >= {"peace", "membership"}
    return Finding(
        f"{_told(row)} Each of two articles keeps one half of the offer.",
        judged(("contradicted", not _holds(row, "2025-02-23")), ("supported-with-caveat", both), otherwise="supported"),
    )


@rule("A4-14")
def getting_ready_for_friday(events, articles):
    """Contradicted if the article itself reports something later than the meeting it still expects."""
    row, reports = measures.event(events, OVAL_OFFICE), articles.set_index("id").loc["A4", "not_before"]
    past = row["date"] < reports
    return Finding(
        f"The meeting was on {row['said']}. The article reports things of {words.day(reports)}."
        f"{' So it was over when this was published.' if past else ''}",
        "contradicted" if past else "supported",
    )


@rule("A4-20")
def scolded_over_a_peace_deal(events, facts):
    """The argument is a fact; that a minerals deal, left unsigned, was on the table is the caveat."""
    signed = _fact(facts, OVAL_OFFICE, "minerals_deal_signed")
    return _agreed(
        measures.event(events, OVAL_OFFICE),
        _fact(facts, OVAL_OFFICE, "open_argument"),
        then="supported" if signed else "supported-with-caveat",
    )


@rule("A3-16")
def no_substitute_for_membership(events, facts):
    """Kyiv refused a substitute; outdated from the day it offered to take one."""
    row, offer = measures.event(events, MINISTERS), measures.event(events, OFFER)
    offered = _fact(facts, OFFER, "kyiv_takes_a_substitute") and offer["date"] > row["date"]
    return Finding(
        f"{_told(row)} {offer['said']}: {offer['title']}.",
        judged(
            ("contradicted", _fact(facts, MINISTERS, "kyiv_takes_a_substitute")),
            ("outdated", offered),
            otherwise="supported",
        ),
        turns=f"True until {offer['said']}. Then the president offered a substitute.",
    )


@rule("A1-072")
def article_5_like_guarantees_instead(events, facts):
    """Whether Kyiv would take a substitute is all the sentence says."""
    return _agreed(measures.event(events, OFFER), _fact(facts, OFFER, "kyiv_takes_a_substitute"))


@rule("A1-069")
def talks_in_december_2025(firm_events, facts):
    """One meeting or offer of that month supports it; remarks and papers do not count as talks."""
    steps = measures.peace_steps(firm_events, facts)
    said = pd.Period("2025-12")
    rows = steps[steps["peace_step"].isin(["talks", "offer"]) & steps["date"].between(said.start_time, said.end_time)]
    told = named(f"{title} ({words.day(date)})" for title, date in zip(rows["title"], rows["date"], strict=True))
    return Finding(f"Our table has for {words.month(said)}: {told}.", "supported" if len(rows) else "contradicted")


@rule("A1-070")
def pressed_to_cede_land(events, facts):
    """Both sides: the plan asks for land, and Kyiv refuses."""
    asked = "2025-11-20-us-28-point-plan"
    plan, offer = measures.event(events, asked), measures.event(events, OFFER)
    refused = _fact(facts, asked, "asks_to_cede_land") and not _fact(facts, OFFER, "kyiv_cedes_land")
    return Finding(f"{_told(plan)} {_told(offer)}", "supported" if refused else "contradicted")


@rule("A1-122")
def membership_remains_possible(events, facts):
    """Open by the promise of 2008, closed by what one ally says since: contested while both stand."""
    promise, silent, no = (measures.event(events, key) for key in (BUCHAREST, THE_HAGUE, HEGSETH))
    open_ = _fact(facts, BUCHAREST, "membership_promised")
    blocked = not _fact(facts, THE_HAGUE, "names_membership") and _fact(facts, HEGSETH, "called_unrealistic")
    return Finding(
        f"The promise of {promise['said']} stands. The summit text of {silent['said']} does not name it. "
        f"Washington called membership unrealistic on {no['said']}.",
        judged(("contradicted", not open_), ("contested", blocked), otherwise="supported"),
        readings=(
            ("by the texts", "supported" if open_ else "contradicted"),
            (f"by what one ally's government said since {no['date'].year}", "contradicted" if blocked else "supported"),
        ),
    )


@rule("A1-073", "A1-102")
def no_peace_signed_yet(firm_events, facts, newest_event):
    """A forecast stays open until a signed peace stands among the events."""
    steps = measures.peace_steps(firm_events, facts)
    signed = steps.loc[steps["peace_step"] == "signed", "title"]
    if len(signed):
        return Finding(f"Our table has: {named(signed)}.", "contradicted")
    return Finding(
        f"Up to {words.day(newest_event)} our table has no signed peace. A forecast can wait, not be proved.",
        "not-checkable",
    )


@rule("A0-49")
def further_off_than_ever(events, stance_line):
    """No scale measures it, so no count of steps can decide."""
    since = stance_line[stance_line["date"] >= measures.event(events, HEGSETH)["date"]]
    away, closer = (since["effect"] < 0).sum(), (since["effect"] > 0).sum()
    return Finding(
        "No scale measures how far off membership is. Since "
        f"{words.day(since['date'].iloc[0])} our table has {away} steps away and {closer} closer. "
        "That is our own judgement, which you may change.",
        "not-checkable",
    )


# Gas ------------------------------------------------------------------------------------------


@rule("A1-009")
def a_main_route_for_long(gas_transit):
    """A past that lasted: at least ten years of flow, whatever flows now; "main" is the word of the sentence."""
    flowing, most = gas_transit[gas_transit["bcm"] > 0], gas_transit.loc[gas_transit["bcm"].idxmax()]
    return Finding(
        f"Russian gas flowed through Ukraine in each of {len(flowing)} years of our table, the most in "
        f"{most['year']} ({most['bcm']:.0f} billion cubic metres), the last in {flowing['year'].max()}.",
        "supported" if len(flowing) >= 10 else "imprecise",
    )


@rule("A1-010")
def essential_because_of_the_gas(gas_transit, articles):
    """The reason given is a flow: contradicted where none was left in the year in which the essay was written."""
    year = articles.set_index("id").loc["A1", "not_before"].year
    by_year = gas_transit.sort_values("year")
    then, before = by_year[by_year["year"] <= year].iloc[-1], by_year[by_year["bcm"] > 0].iloc[-1]
    return Finding(
        f"In {year}, when the essay was written, {then['bcm']:.0f} billion cubic metres flowed. "
        f"The last year with a flow was {before['year']} ({before['bcm']:.1f}).",
        judged(("contradicted", then["bcm"] == 0), otherwise="not-checkable"),
    )


# War, treaty and older history ----------------------------------------------------------------


@rule("A3-01")
def nearly_three_years_old(events):
    """2.5 to 3 years round to "nearly three"; half a year more on either side is imprecise."""
    war, days = measures.event(events, INVASION), measures.days_between(events, INVASION, MINISTERS)
    years = days / 365.25
    return Finding(
        f"From {war['said']} to the meeting that the article reports as news lie {days:,} days, {years:.2f} years. "
        "Its own date is unknown.",
        judged(("supported", 2.5 <= years <= 3), ("imprecise", 2 <= years <= 3.5), otherwise="contradicted"),
    )


@rule("A0-12")
def bombed_serbia_in_1999(events, facts):
    """Year and target decide; that there was no mandate is the caveat."""
    row, mandate = measures.event(events, KOSOVO), _fact(facts, KOSOVO, "un_mandate")
    bombed = _holds(row, "1999") and "YUG" in _fact(facts, KOSOVO, "bombed")
    return _agreed(row, bombed, then="supported" if mandate else "supported-with-caveat")


def _russian_talks(consultations, facts):
    """The uses because of Russia that NATO counts: those of Article 5, and those of Article 4 since 2022."""
    over = consultations["id"].map(measures.facts_by_row(facts, "consultations", "over_russia")).eq(True)
    rows = consultations[over & consultations["in_nato_tally"]]
    recent = rows["requested_date"].dt.year >= 2022
    return rows[rows["kind"] == "Article 5"], rows[(rows["kind"] == "Article 4") & recent]


def _used(attacks):
    return f"used {words.times(len(attacks))}" if len(attacks) else "never used"


@rule("A1-078")
def never_invaded_a_member(events, consultations, facts, claims):
    """An Article 5 case over Russia would refute it; requests for talks over Russia are the caveat."""
    attacks, talks = _russian_talks(consultations, facts)
    years = claims.set_index("id").loc["A1-078", "as_of"].year - measures.event(events, SIGNING)["date"].year
    short = ""
    if len(talks):
        newest = talks.loc[talks["requested_date"].idxmax()]
        short = (
            f" Less than an invasion: {words.counted(len(talks), 'call')} for Article 4 talks since 2022 name Russia. "
            f"The newest is of {words.day(newest['requested_date'])}: {newest['reason']}."
        )
    return Finding(
        f"In {years} years Article 5 was {_used(attacks)} because of Russia.{short}",
        judged(("contradicted", len(attacks)), ("supported-with-caveat", len(talks)), otherwise="supported"),
    )


@rule("A1-081")
def avoided_confronting_new_members(consultations, facts):
    """An Article 5 case over Russia would refute it; requests for talks make it a matter of what "confront" means."""
    attacks, talks = _russian_talks(consultations, facts)
    asked = named(
        f"{who.replace(';', ', ')} ({words.day(day)})"
        for who, day in zip(talks["asked_by"], talks["requested_date"], strict=True)
    )
    return Finding(
        f"Calls for Article 4 talks since 2022 that name Russia: {asked}. "
        f"Article 5 was {_used(attacks)} because of Russia.",
        judged(("contradicted", len(attacks)), ("contested", len(talks)), otherwise="supported"),
    )


@rule("A1-082")
def care_to_keep_the_war_out(events, facts):
    """Russia denies intent, which is what "care" needs; that drones and jets came all the same is the caveat."""
    request = "2025-09-23-article-4-talks-estonia"
    drones, jets = measures.event(events, "2025-09-10-russian-drones-enter-poland"), measures.event(events, request)
    return Finding(
        f"{_told(drones)} {_told(jets)}",
        "contradicted" if _fact(facts, request, "russia_admits") else "supported-with-caveat",
    )


@rule("A4-29")
def leaving_the_alliance(firm_events, facts, treaty_articles):
    """A remark on leaving supports it; that the treaty and US law set hurdles is the caveat."""
    by = firm_events["id"].map(measures.facts_by_row(facts, "events", "leaving_considered_by"))
    remarks = firm_events[by == "USA"]
    told = named(
        f"{title} ({said})" for title, said in zip(remarks["title"], measures.dates_in_words(remarks), strict=True)
    )
    return Finding(
        f"In our table: {told}. Article 13: {treaty_articles.set_index('number').loc[13, 'gist']} "
        "US law adds a hurdle of its own.",
        "supported-with-caveat" if len(remarks) else "not-checkable",
    )


@rule("A4-24")
def seventy_years_of_work(events, claims):
    """Seventy counts from 70.0 years; within a year below it the sentence is rounded up."""
    said = claims.set_index("id").loc["A4-24", "as_of"]
    years = (said - measures.event(events, SIGNING)["date"]).days / 365.25
    return Finding(
        f"From the signing to {words.day(said)}, when it was said, lie {years:.1f} years.",
        judged(("supported", years >= 70), ("supported-with-caveat", years >= 69), otherwise="contradicted"),
    )


@rule("A4-08")
def fifteen_republics(events, facts):
    """The number of republics is all the sentence says."""
    end = "1991-12-26-soviet-union-ceases-exist"
    return _agreed(measures.event(events, end), _fact(facts, end, "republics") == 15)
