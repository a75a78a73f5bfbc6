"""Right answers that the tables decide, or that are worked out: by the id of the question."""

import pandas as pd

from .. import claims, measures
from . import Answer, answer

CRIMEA = "2014-03-18-russia-declares-annexation-crimea"
INVASION = "2022-02-24-russia-launches-full-scale"
REPLIES = "2022-01-26-nato-washington-answer-writing"
NON_BLOC = ("2010-07-01-parliament-adopts-non-bloc", "2014-12-23-parliament-drops-non-bloc")  # its first and last day
KM_A_SEA_MILE = 1.852
GOAL = 60  # points, as the question of 08-3 says


def _day(events, identifier):
    return events.set_index("id")["date"].loc[identifier]


def _non_bloc(events, day):
    """Whether Ukraine's law ruled out alliances on that day."""
    begin, end = (_day(events, identifier) for identifier in NON_BLOC)
    return begin <= day < end


# Lessons ------------------------------------------------------------------------------------


@answer("02-2")
def soviet_republics(members):
    """The members' own column decides."""
    return _soviet(members, ["EST", "FIN", "LTU", "POL", "ALB"])


@answer("03-1")
def article_for_talks(treaty_articles):
    """The one article whose theme is consultation."""
    return str(treaty_articles.loc[treaty_articles["theme"] == "consultation", "number"].item())


@answer("03-2")
def ten_judges():
    """Ten times 90%, multiplied; nobody waits for another."""
    return 100 * 0.9**10


@answer("03-4", "start-03", "end-03")
def what_article_5_leaves(world):
    """By the claim that the clause is automatic: its rule reads the treaty's typed facts."""
    automatic = claims.finding("A1-113", world).verdict in ("supported", "supported-with-caveat")
    return "automatic" if automatic else "choice"


@answer("05-1")
def law_on_the_day_of_crimea(events):
    """Non-bloc if the day lies between the two votes of parliament."""
    return "non-bloc" if _non_bloc(events, _day(events, CRIMEA)) else "aim"


@answer("05-2")
def after_the_replies(events):
    """Order is all that two dates show, however many days lie between."""
    days = (_day(events, INVASION) - _day(events, REPLIES)).days
    return Answer("after", {"days": days})


@answer("05b-1")
def two_polls(public_opinion):
    """If both asked the same people, a change of opinion would be the likelier reason."""
    polls = public_opinion.set_index("id").loc[["2021-11-razumkov", "2021-12-13-kiis"]]
    voters, adults = polls["for_pct"]
    asked = "asked" if polls["question"].nunique() == 2 else "opinion"
    return Answer(asked, {"voters": f"{voters:.0f}", "adults": f"{adults:.0f}"})


@answer("05b-3")
def gas_in_the_year_of_the_essay(gas_transit, articles):
    """The past tense if nothing flowed in the year in which the essay was written."""
    year = articles.set_index("id").loc["A1", "not_before"].year
    flowed = gas_transit.set_index("year")["bcm"].get(year, 0)
    return Answer("present" if flowed > 0 else "past", {"year": year})


@answer("06-2")
def part_of_the_gap():
    """What B gives more, as a part of what A no longer gives."""
    return 100 * (60 - 40) / 50


@answer("07-1")
def times_as_long():
    """Old line, new member and candidate, over the old line with the new member."""
    return (1000 + 500 + 1500) / (1000 + 500)


@answer("07-4")
def miles_of_the_finnish_border():
    """Miles on land; the slips are kilometres multiplied, and miles at sea."""
    words = {"multiplied": round(1340 * measures.KM_A_MILE), "sea": round(1340 / KM_A_SEA_MILE)}
    return Answer(1340 / measures.KM_A_MILE, words)


@answer("08-1")
def a_grade_and_an_index():
    """Both fell; which end of each scale is free, the measure knows that turns the axis."""
    turned = [measures.lower_is_better(index) for index in ("fh_political_rights", "vdem_electoral")]
    return "differ" if turned == [True, False] else "same"


@answer("08-4")
def a_point_of_corruption():
    """One point is nothing to go by within the margin of a single score."""
    return "chance" if max(measures.CPI_MARGIN) >= 1 else "fallen"


@answer("08-3")
def part_of_the_way(institutions):
    """From the score of 2014, as section 3 counts, to the newest."""
    scores = institutions[institutions["iso3"] == "UKR"].dropna(subset="cpi_score").set_index("year")["cpi_score"]
    start, now = int(scores[2014]), int(scores.iloc[-1])
    closed = measures.gap_closed(start, now, GOAL)
    words = {"start": start, "now": now, "forgot": round(100 * now / GOAL), "left": round(100 - closed)}
    return Answer(closed, words)


@answer("09-3")
def times_a_yearly_sum():
    """A third of three years' sum, over one year's."""
    return 60 / 3 / 4


KINDS = {
    "predictive": "It says what will, or would, happen.",
    "empirical": "It speaks of what is or was: it can be checked now.",
    "normative": "It says what ought to be: a value.",
}


@answer("10-1")
def reasons_that_are_forecasts(arguments):
    """The kind of each reason stands in its table."""
    asked = arguments.set_index("id").loc[["arg-01", "arg-13", "arg-14", "arg-28", "arg-46"]]
    words = {f"arg_{identifier[4:]}": text for identifier, text in asked["argument"].items()}
    words |= {f"why_{identifier[4:]}": KINDS[kind] for identifier, kind in asked["kind"].items()}
    return Answer(frozenset(asked.index[asked["kind"] == "predictive"]), words)


# Twelve sentences -----------------------------------------------------------------------------


def _soviet(members, asked):
    """Which of the allies asked for, by ISO code, were republics of the Soviet Union."""
    return frozenset(members.loc[members["former_ussr"] & members["iso3"].isin(asked), "iso3"])


@answer("start-02")
def once_soviet(members):
    """One of the three was."""
    return _soviet(members, ["FIN", "EST", "HUN"])


@answer("end-02")
def never_soviet(members):
    """One of the three was not."""
    asked = {"LVA", "LTU", "FIN"}
    return frozenset(asked - _soviet(members, asked))


@answer("start-06")
def cash_of_what_was_voted(us_aid_totals):
    """Budget support, over the sum of the five acts."""
    return _band(_billions(us_aid_totals, "usaid_dbs") / _billions(us_aid_totals, "five_acts_crs"))


@answer("end-06")
def cash_of_what_reached_ukraine(us_aid_totals):
    """Budget support, over what the council counts as direct support."""
    return _band(_billions(us_aid_totals, "usaid_dbs") / _billions(us_aid_totals, "cfr_direct"))


def _billions(us_aid_totals, identifier):
    return us_aid_totals.set_index("id")["usd_billions"].loc[identifier]


def _band(share):
    """Less than a third, up to a half or so, or most."""
    return pd.cut([share], [0, 1 / 3, 0.6, 1], labels=["less", "half", "most"])[0]


@answer("start-10")
def duty_of_budapest(world):
    """By the claim that the paper gave guarantees."""
    guarantees = claims.finding("A3-19", world).verdict in ("supported", "supported-with-caveat")
    return "fight" if guarantees else "talk"


@answer("end-10")
def agreements_with_a_duty_to_fight(security_agreements):
    """Whether all, some or none have the duty."""
    kinds = frozenset(security_agreements["mutual_defence_duty"].eq(True))
    return {frozenset([True]): "all", frozenset([False]): "none"}.get(kinds, "some")
