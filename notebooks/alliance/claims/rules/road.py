"""Claims on the long road: dates, days between them, summits' words (lesson 05)."""

import pandas as pd

from ... import measures
from ...words import named
from .. import Finding, rule

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


def _event(tables, identifier):
    return measures.event(tables["events"], identifier)


def _days(tables, first, second):
    return measures.days_between(tables["events"], first, second)


def _holds(row, claimed):
    """Does the event fall into the day, month or year that the sentence gives?"""
    period = pd.Period(claimed)
    return period.start_time <= row["date"] <= period.end_time


def _told(row):
    return f"{row['said']}: {row['title']}. {row['description']}"


def _says(row, *words):
    """Do all these words stand in what the table holds of an event?"""
    text = " ".join(str(row[column]) for column in ("title", "description", "stance_reason", "actors")).lower()
    return all(word.lower() in text for word in words)


def _flagged(row, *words):
    return all(word in str(row["flag_text"]) for word in words)


def _agreed(row, kept, otherwise="contradicted", then="supported", **more):
    return Finding(_told(row), then if kept else otherwise, **more)


# Sentences that give a date, or an event that has one -----------------------------------------

DATED = {
    "A0-10": ("1991-12-26-soviet-union-ceases-exist", "1991"),
    "A1-015": ("1994-02-08-ukraine-joins-partnership-peace", "1994"),
    "A1-019": (BUCHAREST, "2008-04"),
    "A1-026": (CRIMEA, "2014"),
    "A1-045": ("2020-06-12-ukraine-becomes-enhanced-opportunities", "2020"),
    "A2-01": (CONSTITUTION, "2019"),
    "A2-09": ("2021-12-17-russia-publishes-draft-treaties", "2021-12"),
    "A2-10": ("2021-12-07-biden-putin-hold-video", "2021-12-07"),
    "A3-03": ("2024-12-03-nato-ministers-put-arms", "2024-12"),
    "A3-17": ("1994-12-05-budapest-memorandum-signed", "1994"),
    "A4-13": ("2025-02-26-trump-tells-kyiv-forget", "2025-02"),
}


def _rule_for_date(identifier, claimed):
    def a_dated_sentence(tables):
        row = _event(tables, identifier)
        near = abs(row["date"].year - pd.Period(claimed).year) <= 1
        return _agreed(row, _holds(row, claimed), "imprecise" if near else "contradicted")

    return a_dated_sentence


for _claim, (_identifier, _claimed) in DATED.items():
    rule(_claim)(_rule_for_date(_identifier, _claimed))


@rule("A0-45")
def a_promise_since_2008(tables):
    row, newest = _event(tables, BUCHAREST), measures.newest_event(tables["events"])
    dated = "UKR" in set(tables["members"]["iso3"])
    return Finding(
        f"{_told(row)} That is {measures.apart((newest - row['date']).days)} before the newest event of our table, {measures.when(newest)}.",
        "outdated" if dated else "supported" if row["date"].year <= 2008 else "contradicted",
    )


@rule("A2-02")
def eventual_membership_without_date_or_plan(tables):
    row = _event(tables, BUCHAREST)
    return _agreed(row, _holds(row, "2008") and _says(row, "one day", "cannot agree on action plans"))


@rule("A1-020")
def no_agreement_on_a_plan(tables):
    row = _event(tables, BUCHAREST)
    return _agreed(row, _says(row, "Germany", "France", "United States in favour"), then="supported-with-caveat")


@rule("A1-021")
def paris_and_berlin_feared_provocation(tables):
    row = _event(tables, BUCHAREST)
    polls, middle = measures.support_in(tables["public_opinion"], [2008])
    opposed, few = _says(row, "Germany and France are opposed"), middle[2008] < 50
    return Finding(
        f"Germany and France were opposed. Provocation was not the only ground they gave: in {len(polls)} polls of 2008 only {polls['for_pct'].min():.0f}% to {polls['for_pct'].max():.0f}% of Ukrainians wanted to join.",
        ("supported-with-caveat" if few else "supported") if opposed else "contradicted",
    )


@rule("A1-022")
def georgia_the_following_summer(tables):
    georgia = "2008-08-08-russia-georgia-war"
    summit, war, days = _event(tables, BUCHAREST), _event(tables, georgia), _days(tables, BUCHAREST, georgia)
    later = war["date"].year - summit["date"].year
    return Finding(
        f"The summit promise is of {summit['said']}, the war began on {war['said']}: {days} days later, {'in the same year' if later == 0 else f'{later} year later'}.",
        {0: "imprecise", 1: "supported"}.get(later, "contradicted") if days > 0 else "contradicted",
        readings=(
            ("“the following summer” as the next summer to come", "supported" if later == 0 else "contradicted"),
            ("“the following summer” as the summer of the next year", "supported" if later == 1 else "contradicted"),
        ),
    )


@rule("A1-023")
def putin_ordered_tanks_into_georgia(tables):
    row = _event(tables, "2008-08-08-russia-georgia-war")
    other = _flagged(row, "Medvedev was president")
    return Finding(
        f"{_told(row)}"
        + (" On that day Dmitry Medvedev was president, Vladimir Putin prime minister." if other else ""),
        "imprecise" if other and _holds(row, "2008") else "supported" if _holds(row, "2008") else "contradicted",
    )


# Ukraine's own law and votes ------------------------------------------------------------------


@rule("A1-013")
def cooperation_council_in_1991(tables):
    row = _event(tables, COUNCIL)
    disputed = _flagged(row, "1991", "1992")
    return Finding(
        f"{_told(row)} NATO dates Ukraine's part to 1991, a Ukrainian ministry page to January 1992.",
        "contested" if disputed else "supported" if _holds(row, "1991") else "contradicted",
        readings=(("by NATO's pages", "supported"), ("by the ministry's page", "contradicted")) if disputed else (),
    )


@rule("A1-014")
def a_council_with_former_pact_states(tables):
    row = _event(tables, COUNCIL)
    return _agreed(row, _says(row, "former Warsaw Pact states"))


@rule("A1-017")
def exercises_until_2003(tables):
    row = _event(tables, "1995-yearly-exercises-begin-yavoriv")
    on = _flagged(row, "after 2003")
    return Finding(
        f"The exercises began in {row['date'].year}{' and went on after 2003, under other names' if on else ''}.",
        ("imprecise" if on else "supported") if _holds(row, "1995") else "contradicted",
    )


@rule("A1-018")
def kuchma_signed_an_action_plan(tables):
    aim = _event(tables, "2002-05-23-ukrainian-security-council-sets")
    plan = _event(tables, "2002-11-22-nato-ukraine-action-plan")
    two = aim["date"] != plan["date"] and _says(plan, "foreign ministers")
    return Finding(
        f"Two papers: on {aim['said']} Ukraine's security council made membership an aim; on {plan['said']} foreign ministers adopted an Action Plan, short of membership.",
        ("imprecise" if two else "supported") if _holds(plan, "2002") else "contradicted",
    )


@rule("A1-025")
def yanukovych_turned_away(tables):
    vote = _event(tables, "2010-02-07-viktor-yanukovych-wins-presidency")
    law = _event(tables, "2010-07-01-parliament-adopts-non-bloc")
    programme = _event(tables, "2009-08-21-declaration-complements-nato-ukraine")
    turned = _says(vote, "drops the membership goal") and law["date"] > vote["date"]
    return Finding(
        f"{_told(vote)} {law['said']}: {law['title']}. Yearly programmes of cooperation, in place since {programme['date'].year}, went on.",
        ("supported-with-caveat" if programme["date"] < law["date"] else "supported") if turned else "contradicted",
    )


@rule("A1-052")
def the_vote_of_2004(tables):
    protest, rerun = (
        _event(tables, "2004-11-22-orange-revolution-begins"),
        _event(tables, "2004-12-26-repeat-run-off-won"),
    )
    return Finding(
        f"{_told(protest)} {_told(rerun)}",
        ("supported-with-caveat" if _says(rerun, "repeat run-off", "2005") else "supported")
        if _holds(rerun, "2004-12")
        else "contradicted",
    )


@rule("A1-053")
def euromaidan_of_2014(tables):
    begin = _event(tables, "2013-11-21-euromaidan-protests-begin")
    end = _event(tables, "2014-02-22-parliament-removes-yanukovych-office")
    days = (end["date"] - begin["date"]).days
    return Finding(
        f"The protests began on {begin['said']}; parliament removed the president on {end['said']}, {days} days later.",
        "supported" if _holds(begin, "2014") else "supported-with-caveat" if _holds(end, "2014") else "contradicted",
    )


@rule("A1-056")
def yanukovych_fled(tables):
    row = _event(tables, "2014-02-22-parliament-removes-yanukovych-office")
    return _agreed(row, _says(row, "leaves Kyiv"), then="supported-with-caveat" if _says(row, "coup") else "supported")


@rule("A0-02")
def membership_a_strategic_aim(tables):
    row, offer = _event(tables, CONSTITUTION), _event(tables, OFFER)
    polls = measures.known_polls(tables["public_opinion"])
    newest = polls[polls["question"] == measures.ALL_ADULTS].iloc[-1]
    return Finding(
        f"{_told(row)} In the newest poll of all adults ({newest['date']:%B %Y}) {newest['for_pct']:.0f}% would vote to join. {offer['said']}: {offer['title']}.",
        "supported-with-caveat" if offer["date"] > row["date"] else "supported",
        turns=f"From {offer['said']} on, Kyiv offers to trade the aim; the constitution still has it.",
    )


@rule("A0-44")
def nato_as_a_way_into_the_eu(tables):
    row, countries = _event(tables, "2022-06-23-ukraine-becomes-eu-candidate"), tables["countries"]
    eu = countries[countries["is_eu_member"].fillna(False).astype(bool) & (countries["kind"] == "country")]
    outside = sorted(set(eu["iso3"]) - set(tables["members"]["iso3"]))
    names = eu.set_index("iso3").loc[outside, "name"]
    return Finding(
        f"Two tracks: Ukraine is an EU candidate since {row['said']}, and {len(outside)} members of the EU are not in NATO ({named(sorted(names))}).",
        "imprecise" if outside else "supported",
    )


# From the written demands to the full-scale invasion ------------------------------------------


@rule("A1-005")
def invaded_in_2022(tables):
    row, crimea = _event(tables, INVASION), _event(tables, CRIMEA)
    return Finding(
        f"{_told(row)} The war is older: {crimea['said']}, {crimea['title']}.",
        ("supported-with-caveat" if crimea["date"] < row["date"] else "supported")
        if _holds(row, "2022")
        else "contradicted",
    )


@rule("A2-11")
def putin_pressed_for_refusal(tables):
    call, bid = _event(tables, "2021-12-07-biden-putin-hold-video"), _event(tables, APPLICATION)
    return Finding(
        f"{_told(call)} There was no application yet: it came on {bid['said']}, {measures.apart((bid['date'] - call['date']).days)} later.",
        ("supported-with-caveat" if bid["date"] > call["date"] else "supported")
        if _says(call, "kept out of NATO")
        else "contradicted",
    )


@rule("A1-030")
def demands_of_december_2021(tables):
    row = _event(tables, "2021-12-17-russia-publishes-draft-treaties")
    two = _says(row, "drafts", "NATO", "United States")
    return _agreed(row, _holds(row, "2021-12"), then="supported-with-caveat" if two else "supported")


@rule("A1-031")
def invaded_when_nato_declined(tables):
    answer = "2022-01-26-nato-washington-answer-writing"
    days, row = _days(tables, answer, INVASION), _event(tables, answer)
    recognised = _days(tables, "2022-02-21-russia-recognises-two-breakaway", INVASION)
    return Finding(
        f"The written replies are of {row['said']}; the full-scale invasion began {days} days after them and {recognised} days after Moscow recognised two breakaway entities. Dates give the order; that the refusal was the cause is disputed.",
        "contested" if days > 0 else "contradicted",
        readings=(
            ("as an order of events", "supported" if days > 0 else "contradicted"),
            ("as a statement of cause", "contested"),
        ),
    )


@rule("A2-12")
def a_meeting_set_for_24_february(tables):
    row, war = _event(tables, "2022-02-22-blinken-calls-off-geneva"), _event(tables, INVASION)
    return _agreed(row, _says(row, f"set for {war['date'].day} {war['date']:%B}"))


@rule("A2-13")
def cancelled_because_of_the_invasion_that_day(tables):
    cancelled = "2022-02-22-blinken-calls-off-geneva"
    days, row = _days(tables, cancelled, INVASION), _event(tables, cancelled)
    cause = _event(tables, "2022-02-21-russia-recognises-two-breakaway")
    return Finding(
        f"Washington called the meeting off on {row['said']}, {days} days before the full-scale invasion and {(row['date'] - cause['date']).days} day after Moscow recognised two entities and ordered troops in.",
        "supported" if days == 0 else "contradicted",
    )


@rule("A2-03")
def ties_deepened_after_crimea(tables):
    rows = measures.firm(tables["events"])
    rows = rows[
        rows["actors"].str.contains("NATO") & rows["actors"].str.contains("Ukraine") & (rows["category"] != "war")
    ]
    war, crimea = _event(tables, INVASION)["date"], _event(tables, CRIMEA)["date"]
    steps = rows[rows["date"].between(crimea, war)]
    last = steps[steps["date"] >= war - pd.Timedelta(days=120)]
    return Finding(
        f"From {measures.when(crimea)} to the full-scale invasion our table has {len(steps)} steps of NATO and Ukraine together: {named(f'{title} ({date.year})' for title, date in zip(steps['title'], steps['date']))}. In the last four months: {len(last)}.",
        "contradicted" if steps.empty else "supported-with-caveat" if last.empty else "supported",
    )


@rule("A0-18")
def finland_and_sweden_applied(tables):
    days = _days(tables, INVASION, "2022-05-18-finland-sweden-apply-join")
    return Finding(
        f"Both applied {days} days after the full-scale invasion. Both had worked closely with NATO for years, so the step was smaller than it looks.",
        "supported-with-caveat" if 0 < days < 365 else "contradicted",
    )


@rule("A0-42")
def duda_among_the_first(tables):
    visit = "2022-04-13-polish-baltic-presidents-visit"
    row, days = _event(tables, visit), _days(tables, INVASION, visit)
    first = _flagged(row, "came first")
    return Finding(
        f"The Polish president came on {row['said']}, {days} days after the full-scale invasion began"
        + (", among the first heads of state; three prime ministers had come on 15 March." if first else "."),
        ("supported-with-caveat" if first else "supported") if days < 100 else "contradicted",
    )


@rule("A0-34")
def readier_for_war(tables):
    troops = tables["troops"]
    sizes = troops[troops["measure"] == "battlegroup size"].groupby("year")["personnel"].agg(["count", "sum"])
    first, last = sizes.iloc[0], sizes.iloc[-1]
    return Finding(
        f"Battlegroups in the east: {first['count']:.0f} with {first['sum']:,.0f} soldiers in {sizes.index[0]}, {last['count']:.0f} with {last['sum']:,.0f} in {sizes.index[-1]}. NATO's own word is still deterrence and defence; what changed is the scale.",
        "imprecise" if last["sum"] > first["sum"] else "contradicted",
    )


# The application, the summits and what came after ---------------------------------------------


@rule("A0-46")
def applied_after_the_invasion(tables):
    days, row = _days(tables, INVASION, APPLICATION), _event(tables, APPLICATION)
    return Finding(
        f"Ukraine applied on {row['said']}, {days} days after the full-scale invasion began.",
        "supported" if days > 0 and _holds(row, "2022") else "contradicted",
    )


@rule("A2-14")
def applied_after_the_annexations(tables):
    row, claimed = _event(tables, APPLICATION), _event(tables, "2022-09-30-russia-claims-four-more")
    days = (row["date"] - claimed["date"]).days
    return Finding(
        f"Both are of {row['said']}. {row['description']}" if days == 0 else f"{_told(claimed)} {_told(row)}",
        "supported" if days >= 0 and _holds(row, "2022-09") else "contradicted",
    )


@rule("A2-15")
def vilnius_dropped_the_plan(tables):
    row = _event(tables, VILNIUS)
    return _agreed(row, _holds(row, "2023") and _says(row, "drops the action-plan requirement"))


@rule("A1-038")
def vilnius_a_fast_track(tables):
    row = _event(tables, VILNIUS)
    fast, dated = _says(row, "fast"), not _says(row, "no date")
    return Finding(
        f"{_told(row)} One step went; nothing was made faster by it.",
        ("supported" if fast else "imprecise") if not dated else "contradicted",
        readings=(
            ("as to the schedule", "contradicted" if dated else "supported"),
            ("as to a fast track", "supported" if fast else "contradicted"),
        ),
    )


@rule("A1-039")
def when_allies_agree(tables):
    row = _event(tables, VILNIUS)
    return _agreed(row, _says(row, "allied agreement", "conditions"))


@rule("A2-16")
def washington_sent_no_invitation(tables):
    row = _event(tables, WASHINGTON)
    return _agreed(row, _says(row, "no invitation"))


@rule("A2-17")
def irreversible_on_conditions(tables):
    row = _event(tables, WASHINGTON)
    return _agreed(row, _says(row, "irreversible", "conditions"))


@rule("A1-040")
def washington_in_name_only(tables):
    row = _event(tables, WASHINGTON)
    undated = _says(row, "no invitation") and _holds(row, "2024-07")
    return _agreed(row, undated, then="supported-with-caveat" if _says(row, "irreversible") else "supported")


@rule("A3-04")
def all_allies_called_it_irreversible(tables):
    row, no, silent = (_event(tables, key) for key in (WASHINGTON, HEGSETH, THE_HAGUE))
    allies = (tables["members"]["accession_date"] <= row["date"]).sum()
    reversed_ = no["date"] > row["date"] and _says(silent, "silent on membership")
    return Finding(
        f"{row['said']}: {allies} allies, at a summit that decides by consensus, called the path irreversible. {no['said']}: {no['title']}. The summit text of {silent['said']} is silent on membership.",
        ("supported-with-caveat" if reversed_ else "supported")
        if _says(row, "irreversible") and allies == 32
        else "contradicted",
        turns=f"True on {row['said']}; from {no['said']} on one ally says otherwise." if reversed_ else "",
    )


@rule("A1-042")
def twenty_three_countries_and_the_eu(tables):
    rows, summit = tables["security_agreements"], _event(tables, "2024-07-11-ukraine-compact-launched-agreements")
    signed = rows[(rows["signed_date"] <= summit["date"]) & rows["agreements_so_far"].notna()]
    countries, everyone = int(signed["countries_so_far"].max()), int(signed["agreements_so_far"].max())
    return Finding(
        f"By {summit['said']} {countries} countries and the European Union had signed: {everyone} agreements.",
        "supported" if countries == 23 else "contradicted",
        readings=(
            ("23 countries, and the EU besides", "supported" if countries == 23 else "contradicted"),
            ("23 agreements, the EU's among them", "supported" if everyone == 23 else "contradicted"),
        ),
    )


@rule("A0-01", "A2-19")
def hegseth_on_membership(tables):
    row = _event(tables, HEGSETH)
    return Finding(
        f"{_told(row)} It is the view of one ally's minister on what talks can bring.",
        ("supported" if "NATO" in row["actors"].split(";") else "supported-with-caveat")
        if _says(row, "unrealistic") and _holds(row, "2025-02")
        else "contradicted",
    )


@rule("A2-18")
def no_timetable_in_february_2025(tables):
    row = _event(tables, WASHINGTON)
    outside = "UKR" not in set(tables["members"]["iso3"])
    return Finding(
        f"The text then in force was of {row['said']}: {row['stance_reason'].lower()}. As of {measures.when(measures.newest_event(tables['events']))} our tables have Ukraine {'outside' if outside else 'inside'} the alliance.",
        "supported" if _says(row, "no invitation") and outside else "contradicted",
    )


@rule("A2-20", "A4-16")
def zelenskyy_offers_his_office(tables):
    row = _event(tables, "2025-02-23-zelenskyy-offers-leave-office")
    both = _says(row, "peace", "NATO")
    return Finding(
        f"{_told(row)} Each of two articles keeps one half of the offer.",
        ("supported-with-caveat" if both else "supported") if _holds(row, "2025-02-23") else "contradicted",
    )


@rule("A4-14")
def getting_ready_for_friday(tables):
    row = _event(tables, "2025-02-28-oval-office-meeting-ends")
    reports = tables["articles"].set_index("id").loc["A4", "not_before"]
    past = row["date"] < reports
    return Finding(
        f"The meeting was on {row['said']}; the article reports things of {measures.when(reports)}{', so it was over' if past else ''}.",
        "outdated" if past else "supported",
    )


@rule("A4-20")
def scolded_over_a_peace_deal(tables):
    row = _event(tables, "2025-02-28-oval-office-meeting-ends")
    return _agreed(row, _says(row, "argument"), then="supported-with-caveat" if _says(row, "minerals") else "supported")


@rule("A3-16")
def no_substitute_for_membership(tables):
    row, offer = _event(tables, "2024-12-03-nato-ministers-put-arms"), _event(tables, OFFER)
    return Finding(
        f"{_told(row)} {offer['said']}: {offer['title']}.",
        ("outdated" if offer["date"] > row["date"] else "supported")
        if _says(row, "nothing in place of membership")
        else "contradicted",
        turns=f"True until {offer['said']}, when the president offered a substitute.",
    )


@rule("A1-072")
def article_5_like_guarantees_instead(tables):
    row = _event(tables, OFFER)
    return _agreed(row, _says(row, "Article 5-like guarantees could replace membership"))


@rule("A1-069")
def talks_in_december_2025(tables):
    rows = measures.firm(tables["events"])
    rows = rows[(rows["date"].dt.strftime("%Y-%m") == "2025-12") & rows["description"].str.contains("talks|guarantee")]
    return Finding(
        f"December 2025 in our table: {named(f'{title} ({measures.when(date)})' for title, date in zip(rows['title'], rows['date']))}.",
        "supported" if len(rows) else "contradicted",
    )


@rule("A1-070")
def pressed_to_cede_land(tables):
    plan, offer = _event(tables, "2025-11-20-us-28-point-plan"), _event(tables, OFFER)
    return Finding(
        f"{_told(plan)} {_told(offer)}",
        "supported" if _says(plan, "cede land") and _says(offer, "refuses to cede land") else "contradicted",
    )


@rule("A1-122")
def membership_remains_possible(tables):
    promise, silent, no = (_event(tables, key) for key in (BUCHAREST, THE_HAGUE, HEGSETH))
    open_, blocked = _says(promise, "will join"), _says(silent, "silent") and _says(no, "unrealistic")
    return Finding(
        f"The promise of {promise['said']} stands; the summit text of {silent['said']} is silent on it, and Washington called membership unrealistic on {no['said']}.",
        "contested" if open_ and blocked else "supported" if open_ else "contradicted",
        readings=(
            ("by the texts", "supported" if open_ else "contradicted"),
            ("by what one ally's government said since 2025", "contradicted" if blocked else "supported"),
        ),
    )


def _signed_peace(tables):
    titles = measures.firm(tables["events"])["title"]
    return titles[titles.str.contains("peace (?:treaty|agreement|deal) signed|sign a peace", case=False)]


@rule("A1-073", "A1-102")
def no_peace_signed_yet(tables):
    newest, signed = measures.newest_event(tables["events"]), _signed_peace(tables)
    return Finding(
        f"Up to {measures.when(newest)} our table has no signed peace. A forecast can wait, not be proved."
        if signed.empty
        else f"Our table has: {named(signed)}.",
        "not-checkable" if signed.empty else "contradicted",
    )


@rule("A0-49")
def further_off_than_ever(tables):
    events = tables["events"]
    line = measures.stance_line(events, dict.fromkeys(events["category"].unique(), 1))
    since = line[line["date"] >= _event(tables, HEGSETH)["date"]]
    return Finding(
        f"No scale measures how far off membership is. By our own judgement, which you may change, {(since['effect'] < 0).sum()} steps away and {(since['effect'] > 0).sum()} closer stand in our table since {measures.when(since['date'].iloc[0])}.",
        "not-checkable",
    )


# War, treaty and older history ----------------------------------------------------------------


@rule("A3-01")
def nearly_three_years_old(tables):
    days = _days(tables, INVASION, "2024-12-03-nato-ministers-put-arms")
    return Finding(
        f"From {_event(tables, INVASION)['said']} to the meeting that the article reports as news lie {days:,} days, {days / 365.25:.2f} years. Its own date is unknown.",
        "supported" if 2.5 <= days / 365.25 <= 3 else "imprecise" if 2 <= days / 365.25 <= 3.5 else "contradicted",
    )


@rule("A0-12")
def bombed_serbia_in_1999(tables):
    row = _event(tables, KOSOVO)
    return _agreed(
        row,
        _holds(row, "1999") and _says(row, "Yugoslavia"),
        then="supported-with-caveat" if _says(row, "without a Security Council mandate") else "supported",
    )


@rule("A4-11")
def operations_have_two_legal_bases(tables):
    row, first = _event(tables, KOSOVO), _event(tables, "2001-09-12-article-5-invoked-first")
    neither = _says(row, "without a Security Council mandate") and first["date"] > row["date"]
    return Finding(
        f"{_told(row)} Article 5 was first invoked on {first['said']}. So the campaign of {row['date'].year} {'had neither basis' if neither else 'had one of them'}.",
        "contested" if neither else "supported",
        readings=(
            ("as NATO's description of its tasks", "supported"),
            ("as a rule without exception", "contradicted" if neither else "supported"),
        ),
    )


def _russian_talks(tables):
    rows = tables["consultations"]
    about = rows["reason"].str.contains("Russia") & rows["in_nato_tally"]
    return rows[about & (rows["kind"] == "Article 5")], rows[
        about & (rows["kind"] == "Article 4") & (rows["requested_date"].dt.year >= 2022)
    ]


@rule("A1-078")
def never_invaded_a_member(tables):
    attacks, talks = _russian_talks(tables)
    years = 2025 - measures.event(tables["events"], "1949-04-04-twelve-states-sign-north")["date"].year
    newest = talks.iloc[-1] if len(talks) else None
    short = (
        f" Short of invasion: {len(talks)} Article 4 requests since 2022 name Russia, the newest on {measures.when(newest['requested_date'])}: {newest['reason']}."
        if len(talks)
        else ""
    )
    return Finding(
        f"In {years} years Article 5 was invoked {len(attacks)} times because of Russia.{short}",
        "contradicted" if len(attacks) else "supported-with-caveat" if len(talks) else "supported",
    )


@rule("A1-081")
def avoided_confronting_new_members(tables):
    attacks, talks = _russian_talks(tables)
    return Finding(
        f"Article 4 requests since 2022 that name Russia: {named(f'{who} ({measures.when(day)})' for who, day in zip(talks['asked_by'].str.replace(';', ', '), talks['requested_date']))}. Article 5 invoked because of Russia: {len(attacks)} times.",
        "contradicted" if len(attacks) else "contested" if len(talks) else "supported",
    )


@rule("A1-082")
def care_to_keep_the_war_out(tables):
    drones, jets = (
        _event(tables, "2025-09-10-russian-drones-enter-poland"),
        _event(tables, "2025-09-23-article-4-talks-estonia"),
    )
    return Finding(
        f"{_told(drones)} {_told(jets)}",
        "supported-with-caveat" if _says(jets, "Russia denies") else "contradicted",
    )


@rule("A4-29")
def leaving_the_alliance(tables):
    article = tables["treaty_articles"].set_index("number").loc[13]
    rows = measures.firm(tables["events"])
    remarks = rows[rows["title"].str.contains("Trump") & rows["title"].str.contains("leaving NATO")]
    return Finding(
        f"In our table: {named(f'{title} ({measures.when(day, how)})' for title, day, how in zip(remarks['title'], remarks['date'], remarks['precision']))}. Article 13: {article['gist']} US law adds a hurdle of its own.",
        "supported-with-caveat" if len(remarks) else "not-checkable",
    )


@rule("A4-24")
def seventy_years_of_work(tables):
    said = tables["claims"].set_index("id").loc["A4-24", "as_of"]
    years = (said - _event(tables, "1949-04-04-twelve-states-sign-north")["date"]).days / 365.25
    return Finding(
        f"From the signing to {measures.when(said)}, when it was said, lie {years:.1f} years.",
        "supported" if years >= 70 else "supported-with-caveat" if years >= 69 else "contradicted",
    )


@rule("A4-08")
def fifteen_republics(tables):
    row = _event(tables, "1991-12-26-soviet-union-ceases-exist")
    return _agreed(row, _says(row, "15 republics"))
