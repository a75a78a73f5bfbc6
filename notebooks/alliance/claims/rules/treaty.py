"""Claims on the treaty, its uses and unanimity (lesson 03)."""

import re

from ... import data, measures
from ...words import named
from .. import Finding, rule


def _gist(tables, number):
    return measures.gist(tables["treaty_articles"], number)


def _counted():
    return data.resource("consultations")["coverage"]


def _times(count):
    return "once" if count == 1 else f"{count} times"


def _day(date):
    return f"{date.day} {date:%B %Y}"


@rule("A0-07")
def fourteen_articles(tables):
    parts = measures.treaty_parts(tables["treaty_articles"])
    procedure = parts.loc[parts["part"] == "procedure", "number"].astype(str)
    return Finding(
        f"The treaty has {len(parts)} articles. {len(procedure)} of them ({named(procedure)}) set procedure: how to ratify, review, leave and keep the text.",
        "contradicted" if len(parts) != 14 else "supported-with-caveat" if len(procedure) else "supported",
    )


@rule("A0-08")
def an_attack_on_one_is_an_attack_on_all(tables):
    five, six = _gist(tables, 5), _gist(tables, 6)
    says_so = "attack on all" in five
    return Finding(
        f"In our words, Article 5: {five} Article 6: {six}",
        "contradicted"
        if not says_so
        else "supported-with-caveat"
        if measures.leaves_the_choice(tables["treaty_articles"]) or "area" in six
        else "supported",
    )


@rule("A0-09")
def american_protection(tables):
    five = _gist(tables, 5)
    first = measures.treaty_uses(tables["consultations"]).query("kind == 'Article 5'")
    for_whom = first["asked_by"].iloc[0].split("for the ")[-1] if len(first) else "nobody yet"
    mutual = bool(re.search(r"\beach\b", five))
    return Finding(
        f"In our words: {five} It names no protector, and binds the United States and the others alike. The one time it was used, it was for the {for_whom}.",
        "supported-with-caveat" if mutual else "supported",
    )


@rule("A0-17")
def finland_and_sweden(tables):
    entry = tables["members"].set_index("iso3")["accession_date"]
    days = tables["ratifications"].groupby("candidate")["days_to_ratify"].max()
    as_claimed = [entry["FIN"].year == 2023, entry["SWE"].year == 2024]
    return Finding(
        f"Finland joined on {_day(entry['FIN'])}, Sweden on {_day(entry['SWE'])}. The last ally said yes to Finland {days['FIN']} days after the signing, to Sweden {days['SWE']} days after it.",
        "supported" if all(as_claimed) else "imprecise" if any(as_claimed) else "contradicted",
    )


@rule("A0-20")
def a_nuclear_umbrella(tables):
    articles, members = tables["treaty_articles"], tables["members"]
    nuclear = members.loc[members["nuclear_power"], "country"]
    named_in = articles["gist"].str.contains("nuclear", case=False).sum()
    collective = "attack on all" in _gist(tables, 5)
    return Finding(
        f"{len(nuclear)} of {len(members)} allies have nuclear weapons: {named(nuclear)}. Collective defence is Article 5; {named_in or 'none'} of our summaries of the {len(articles)} articles speaks of nuclear weapons.",
        "contradicted"
        if not collective or not len(nuclear)
        else "supported-with-caveat"
        if named_in == 0
        else "supported",
    )


@rule("A1-011")
def open_to_any_european_country(tables):
    ten = _gist(tables, 10)
    right_to_invite = "invite" in ten and "unanimous" in ten.lower()
    return Finding(
        f"In our words: {ten} That gives allies a right to invite; it gives nobody a right to join.",
        "imprecise" if right_to_invite else "supported",
    )


@rule("A1-012")
def ukraine_is_european(tables):
    countries, members = tables["countries"].set_index("iso3"), tables["members"]
    european = bool(countries.loc["UKR", "in_un_m49_europe"])
    needs_all = "unanimous" in _gist(tables, 10).lower()
    chance = 100 * measures.chance_of_unanimity(len(members), 0.98)
    return Finding(
        f"Ukraine is {'on' if european else 'not on'} the UN's list of European states, so it may be invited. All {len(members)} allies have to agree: if each were 98% sure, and decided alone, the chance would be {chance:.0f}%.",
        "contradicted" if not european else "supported-with-caveat" if needs_all else "supported",
    )


@rule("A1-063")
def a_strike_would_set_off_article_5(tables):
    uses = measures.count_uses(tables["consultations"])
    choice = measures.leaves_the_choice(tables["treaty_articles"])
    return Finding(
        f"Article 5 was used {_times(uses['Article 5'])}, after an attack on an ally; Article 4, talks only, {_times(uses['Article 4'])} ({_counted()}). An armed attack on an ally raises the question of Article 5; allies decide the answer.",
        "supported-with-caveat" if choice else "supported",
    )


@rule("A1-064")
def whatever_they_think_necessary(tables):
    held = measures.wordings_of_article_5(tables["claims"], tables["treaty_articles"]).set_index("id")
    parts = [part for part in measures.ARTICLE_5_PARTS if held.loc["A1-064", part]]
    shared = [part for part in parts if held.loc["treaty", part]]
    return Finding(
        f"Of the parts of Article 5 this sentence holds {len(parts)}: {named(parts)}. The treaty has {'all of them' if shared == parts else named(shared)}.",
        "supported" if shared == parts else "imprecise" if shared else "contradicted",
    )


@rule("A1-066")
def no_unanimity_during_the_war(tables):
    members, events = tables["members"], tables["events"].set_index("id")
    joined = "UKR" in set(members["iso3"])
    said = [day for event, day in events["date"].items() if "no-consensus" in event]
    newest = events["date"].max()
    words = f" NATO's secretary general said on {_day(said[-1])} that not all {len(members)} agree." if said else ""
    return Finding(
        f"Ukraine is {'an ally' if joined else 'not an ally'} as of {newest:%B %Y}, the end of our table of events.{words}",
        "contradicted" if joined else "supported-with-caveat" if said else "not-checkable",
    )


@rule("A1-076")
def barred_from_striking(tables):
    one = _gist(tables, 1)
    event = tables["events"].set_index("id").loc["1955-05-06-west-germany-becomes-fifteenth"]
    limit = "United Nations" in one
    pledge = "never" in event["description"]
    return Finding(
        f"In our words, Article 1: {one} It bars no reply to an attack and names no country's land. West Germany gave a pledge of its own in 1954, never to seek unity by force.",
        "imprecise" if limit and pledge else "supported" if "territory" in one else "contradicted",
    )


@rule("A1-113")
def an_automatic_response(tables):
    choice = measures.leaves_the_choice(tables["treaty_articles"])
    return Finding(
        f"In our words: {_gist(tables, 5)} Each of the {len(tables['members'])} allies chooses for itself.",
        "contradicted" if choice else "supported",
    )


@rule("A2-05")
def the_door_stayed_open(tables):
    events = tables["events"].set_index("id")["date"]
    said = [
        events[event]
        for event in ("2021-06-14-brussels-summit-repeats-bucharest", "2022-01-26-nato-washington-answer-writing")
    ]
    since = tables["members"]["accession_date"]
    entered = ((since > "1999-01-01") & (since < said[-1])).sum()
    return Finding(
        f"Article 10, in our words: {_gist(tables, 10)} Between 1999 and January 2022 {entered} states entered; allies repeated the promise on {_day(said[0])} and kept to it in their reply of {_day(said[1])}.",
        "supported" if entered and "invite" in _gist(tables, 10) else "contested",
                    )  # fmt: skip


@rule("A3-08")
def for_kyiv_to_decide(tables):
    members = tables["members"]
    slowest = tables["ratifications"].loc[tables["ratifications"]["days_to_ratify"].idxmax()]
    needs_all = "unanimous" in _gist(tables, 10).lower()
    candidate = tables["countries"].set_index("iso3")["name"][slowest["candidate"]]
    return Finding(
        f"Talks are Kyiv's to open. Membership is not Kyiv's alone: all {len(members)} allies have to invite and to ratify. The slowest yes on record here is {slowest['country']}'s to {candidate}: {slowest['days_to_ratify']} days.",
        "imprecise" if needs_all else "supported",
    )


@rule("A3-14")
def hesitate_to_trigger_article_5(tables):
    joined = int((tables["members"]["enlargement_round"] > 0).sum())
    used = measures.count_uses(tables["consultations"])["Article 5"]
    separate = "invite" in _gist(tables, 10) and "attack" in _gist(tables, 5)
    return Finding(
        f"To admit a state is Article 10, to answer an attack is Article 5: {joined} states have joined since 1949, and Article 5 was used {_times(used)}. No entry has set it off by itself.",
        "imprecise" if separate and used < joined else "supported",
    )


@rule("A3-15")
def article_5_used_once(tables):
    uses = measures.treaty_uses(tables["consultations"])
    five = uses[uses["kind"] == "Article 5"]
    four = measures.count_uses(tables["consultations"])["Article 4"]
    after_11_september = len(five) > 0 and five["requested_date"].iloc[0].strftime("%Y-%m") == "2001-09"
    days = named(_day(day) for day in five["requested_date"])
    return Finding(
        f"Uses of Article 5: {len(five)} ({days}). Article 4, which brings talks, was used {_times(four)} ({_counted()}).",
        "supported" if len(five) == 1 and after_11_september else "outdated" if after_11_september else "contradicted",
    )


@rule("A4-09")
def others_should_help(tables):
    held = measures.wordings_of_article_5(tables["claims"], tables["treaty_articles"]).set_index("id")
    fits = held.loc["A4-09", "each helps"] and held.loc["treaty", "each helps"]
    beyond = held.loc["A4-09", "automatic"]
    return Finding(
        f"The treaty, in our words: {_gist(tables, 5)} The sentence has the duty to help; it leaves open, as the treaty does, what the help is.",
        "contradicted" if not fits else "imprecise" if beyond else "supported",
    )
