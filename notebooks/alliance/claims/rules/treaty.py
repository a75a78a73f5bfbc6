"""Claims on the treaty, its uses and unanimity (lesson 03)."""

from ... import data, measures, words
from .. import Finding, judged, rule


def _counted():
    """What the table of uses covers."""
    return data.resource("consultations")["coverage"]


@rule("A0-07")
def fourteen_articles(treaty_parts):
    """The number decides; that some articles only set procedure is what a reader needs beside it."""
    procedure = treaty_parts.loc[treaty_parts["part"] == "procedure", "number"]
    return Finding(
        f"The treaty has {len(treaty_parts)} articles. {len(procedure)} of them ({words.named(procedure)}) set "
        "procedure: how to ratify, review, leave and keep the text.",
        judged(
            ("contradicted", len(treaty_parts) != 14),
            ("supported-with-caveat", len(procedure)),
            otherwise="supported",
        ),
    )


@rule("A0-08")
def an_attack_on_one_is_an_attack_on_all(treaty_articles, leaves_the_choice, treaty_facts):
    """Article 5 has to say so; a reader needs to know that each ally chooses, or that the place counts."""
    five, six = measures.gist(treaty_articles, 5), measures.gist(treaty_articles, 6)
    limited = leaves_the_choice or treaty_facts[6]["limits_area"]
    return Finding(
        f"In our words, Article 5: {five} Article 6: {six}",
        judged(
            ("contradicted", not treaty_facts[5]["one_is_all"]),
            ("supported-with-caveat", limited),
            otherwise="supported",
        ),
    )


@rule("A0-09")
def american_protection(treaty_articles, treaty_uses, treaty_facts):
    """The duty is each ally's towards each other; that is what the sentence leaves out."""
    for_whom = "United States" if (treaty_uses["kind"] == "Article 5").any() else "nobody yet"
    return Finding(
        f"In our words: {measures.gist(treaty_articles, 5)} It names no protector, and binds the United States and "
        f"the others alike. The one time it was used, it was for the {for_whom}.",
        "supported-with-caveat" if treaty_facts[5]["each_helps"] else "supported",
    )


@rule("A0-17")
def finland_and_sweden(members, last_yes):
    """Both years have to be right; one of them makes it imprecise."""
    entry = members.set_index("iso3")["accession_date"]
    as_claimed = [entry["FIN"].year == 2023, entry["SWE"].year == 2024]
    return Finding(
        f"Finland joined on {words.day(entry['FIN'])}, Sweden on {words.day(entry['SWE'])}. The last ally said yes to "
        f"Finland {last_yes['FIN']} days after the signing, to Sweden {last_yes['SWE']} days after it.",
        judged(("supported", all(as_claimed)), ("imprecise", any(as_claimed)), otherwise="contradicted"),
    )


@rule("A0-20")
def a_nuclear_umbrella(treaty_articles, members, treaty_facts):
    """Some ally has nuclear weapons and the treaty a common defence; that no article joins the two is the caveat."""
    nuclear = members.loc[members["nuclear_power"], "country"]
    named_in = sum(article["nuclear_weapons"] for article in treaty_facts.values())
    covered = treaty_facts[5]["one_is_all"] and len(nuclear) > 0
    return Finding(
        f"Of {len(members)} allies {len(nuclear)} have nuclear weapons: {words.named(nuclear)}. Collective defence is "
        f"Article 5. Of our lines on the {len(treaty_articles)} articles {named_in or 'none'} speaks of nuclear "
        "weapons.",
        judged(("contradicted", not covered), ("supported", named_in), otherwise="supported-with-caveat"),
    )


@rule("A1-011")
def open_to_any_european_country(treaty_articles, treaty_facts):
    """A right to invite, by all, is less than a door open to anyone."""
    right_to_invite = treaty_facts[10]["invites"] and treaty_facts[10]["unanimous"]
    return Finding(
        f"In our words: {measures.gist(treaty_articles, 10)} That gives allies a right to invite. It gives nobody a "
        "right to join.",
        "imprecise" if right_to_invite else "supported",
    )


@rule("A1-012")
def ukraine_is_european(countries, members, articles, treaty_facts):
    """The UN's list decides who is European; that all allies have to agree is the caveat."""
    european = bool(countries.set_index("iso3").loc["UKR", "in_un_m49_europe"])
    then = measures.when_written(members, articles, "A1")
    return Finding(
        f"Ukraine is {'on' if european else 'not on'} the UN's list of European states, so it may be invited. All "
        f"allies, {len(then)} when the essay was written, have to agree.",
        judged(
            ("contradicted", not european),
            ("supported-with-caveat", treaty_facts[10]["unanimous"]),
            otherwise="supported",
        ),
    )


@rule("A1-063")
def a_strike_would_set_off_article_5(use_counts, leaves_the_choice):
    """An attack raises the question of Article 5; as long as allies decide, it answers nothing by itself."""
    return Finding(
        f"Article 5 was used {words.times(use_counts['Article 5'])}, after an attack on an ally. Article 4, which "
        f"brings talks, was used {words.times(use_counts['Article 4'])} ({_counted()}). An armed attack on an ally "
        "raises the question of Article 5. Allies decide the answer.",
        "supported-with-caveat" if leaves_the_choice else "supported",
    )


@rule("A1-064")
def whatever_they_think_necessary(wordings_of_article_5):
    """Every part of Article 5 that the sentence holds has to be in the treaty, too."""
    held = wordings_of_article_5.set_index("id")[list(measures.ARTICLE_5_PARTS)]
    parts = held.columns[held.loc["A1-064"]]
    shared = held.columns[held.loc["A1-064"] & held.loc["treaty"]]
    return Finding(
        f"Of the parts of Article 5 this sentence holds {len(parts)}: {words.named(parts)}. The treaty has "
        f"{'all of them' if len(shared) == len(parts) else words.named(shared)}.",
        judged(("supported", len(shared) == len(parts)), ("imprecise", len(shared)), otherwise="contradicted"),
    )


@rule("A1-066")
def no_unanimity_during_the_war(members, events, firm_events, last_event_day, facts):
    """Entry before a peace would prove it false; that NATO says it does not agree proves nothing for later."""
    steps = measures.peace_steps(firm_events, facts)
    peace = steps.loc[steps["peace_step"] == "signed", "date"]
    joined = members.loc[members["iso3"] == "UKR", "accession_date"]
    agreed = events["id"].map(measures.facts_by_row(facts, "events", "allies_agree"))
    said = events.loc[agreed.eq(False), "date"]
    not_all = ""
    if len(said):
        then = measures.allies_on(members, said.iloc[-1])
        not_all = f" NATO's secretary general said on {words.day(said.iloc[-1])} that not all {len(then)} agreed."
    at_war, ally = False, f"Ukraine was not an ally on {words.day(last_event_day)}, the last day of our tables."
    if len(joined):
        at_war = not (peace <= joined.iloc[0]).any()
        ally = (
            f"Ukraine has been an ally since {words.day(joined.iloc[0])}. Our tables have "
            f"{'no' if at_war else 'a'} signed peace before that day."
        )
    return Finding(
        f"{ally}{not_all}",
        judged(("contradicted", at_war), ("supported-with-caveat", len(said)), otherwise="not-checkable"),
    )


@rule("A1-076")
def barred_from_striking(treaty_articles, events, treaty_facts, facts):
    """A ban on a named territory would make it right; a limit by the Charter and a pledge of one ally come near it."""
    pledged = events["id"].map(measures.facts_by_row(facts, "events", "no_force_pledge")).eq(True).any()
    near = treaty_facts[1]["within_un_charter"] and pledged
    return Finding(
        f"In our words, Article 1: {measures.gist(treaty_articles, 1)} It bars no reply to an attack and names no "
        "country's land. West Germany gave a pledge of its own in 1954, never to seek unity by force.",
        judged(("imprecise", near), ("supported", treaty_facts[1]["names_territory"]), otherwise="contradicted"),
    )


@rule("A1-113")
def an_automatic_response(treaty_articles, members, leaves_the_choice):
    """What each ally may choose is not automatic."""
    return Finding(
        f"In our words: {measures.gist(treaty_articles, 5)} Each of the {len(members)} allies chooses for itself.",
        "contradicted" if leaves_the_choice else "supported",
    )


@rule("A2-05")
def the_door_stayed_open(treaty_articles, members, events, treaty_facts):
    """Open is a door through which states went and which allies said they keep open."""
    day = events.set_index("id")["date"]
    repeated = day["2021-06-14-brussels-summit-repeats-bucharest"]
    kept = day["2022-01-26-nato-washington-answer-writing"]
    entered = members["accession_date"].between("1999-01-01", kept, inclusive="neither").sum()
    return Finding(
        f"Article 10, in our words: {measures.gist(treaty_articles, 10)} Between 1999 and {words.month(kept)} "
        f"{entered} states entered. Allies repeated the promise on {words.day(repeated)} and kept to it in their "
        f"reply of {words.day(kept)}.",
        "supported" if entered and treaty_facts[10]["invites"] else "contested",
    )


@rule("A3-08")
def for_kyiv_to_decide(members, articles, ratifications, countries, treaty_facts):
    """What needs the yes of all allies is not one state's to decide."""
    then = measures.when_written(members, articles, "A3")
    slowest = ratifications.loc[ratifications["days_to_ratify"].idxmax()]
    candidate = countries.set_index("iso3")["name"][slowest["candidate"]]
    return Finding(
        f"Talks are Kyiv's to open. Membership is not Kyiv's alone: all allies, {len(then)} when it was "
        f"written, have to invite and to ratify. The slowest yes on record here is "
        f"{slowest['country']}'s to {candidate}: "
        f"{slowest['days_to_ratify']} days.",
        "imprecise" if treaty_facts[10]["unanimous"] else "supported",
    )


@rule("A3-14")
def hesitate_to_trigger_article_5(later_members, use_counts, treaty_facts):
    """To invite and to answer an attack are two articles; entries without a use of Article 5 show it."""
    joined, used = len(later_members), use_counts["Article 5"]
    separate = treaty_facts[10]["invites"] and treaty_facts[5]["one_is_all"]
    return Finding(
        f"To admit a state is Article 10. To answer an attack is Article 5. Since 1949 {joined} states have joined, "
        f"and Article 5 was used {words.times(used)}. No entry has set it off by itself.",
        "imprecise" if separate and used < joined else "supported",
    )


@rule("A3-15")
def article_5_used_once(treaty_uses, use_counts):
    """One use, in September 2001; more of them later would make the sentence old."""
    days = treaty_uses.loc[treaty_uses["kind"] == "Article 5", "requested_date"]
    after_11_september = len(days) > 0 and (days.iloc[0].year, days.iloc[0].month) == (2001, 9)
    return Finding(
        f"Uses of Article 5: {len(days)} ({words.named(days.map(words.day))}). Article 4, which brings talks, was "
        f"used {words.times(use_counts['Article 4'])} ({_counted()}).",
        judged(
            ("supported", len(days) == 1 and after_11_september),
            ("outdated", after_11_september),
            otherwise="contradicted",
        ),
    )


@rule("A4-09")
def others_should_help(treaty_articles, wordings_of_article_5):
    """The duty to help has to be in the sentence and in the treaty; a word too many makes it imprecise."""
    held = wordings_of_article_5.set_index("id")
    fits = held.loc["A4-09", "each helps"] and held.loc["treaty", "each helps"]
    return Finding(
        f"The treaty, in our words: {measures.gist(treaty_articles, 5)} The sentence has the duty to help. It leaves "
        "open, as the treaty does, what the help is.",
        judged(("contradicted", not fits), ("imprecise", held.loc["A4-09", "automatic"]), otherwise="supported"),
    )


@rule("A4-11")
def operations_have_two_legal_bases(operations):
    """Force with neither basis breaks the rule but not the description; other grounds make it imprecise."""
    ground = operations["ground"].value_counts().reindex(measures.GROUNDS, fill_value=0)
    neither = operations[operations["ground"] == measures.NO_MANDATE]
    two = ground["Article 5"] + ground["a UN mandate"]
    told = words.named(f"{name} in {start.year}" for name, start in zip(neither["name"], neither["start"], strict=True))
    return Finding(
        f"Of {len(operations)} operations since {operations['start'].dt.year.min()}, {ground['Article 5']} stood on "
        f"Article 5 and {ground['a UN mandate']} on a UN mandate. {len(operations) - two - len(neither)} had the "
        f"consent of a host or ran on allied land and at sea. Force with neither: {told}.",
        judged(("contested", len(neither)), ("imprecise", two < len(operations)), otherwise="supported"),
        readings=(
            ("as NATO's description of its tasks", "supported"),
            ("as a rule without exception", "contradicted" if len(neither) else "supported"),
        ),
    )
