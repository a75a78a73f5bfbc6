"""Claims on reasons for and against membership (lesson 10).

Opinions and forecasts that no table bears on have no rule here: the ledger says why.
"""

from ... import measures
from ...words import named, number
from .. import Finding, rule


def _day(date):
    return f"{date.day} {date:%B %Y}"


def _events(tables):
    return tables["events"].set_index("id")


@rule("A0-24")
def allies_isolate_moscow(tables):
    release = tables.newest("aid_by_donor", "release")
    gifts = tables["aid_by_donor"]
    rows = gifts[
        (gifts["release"] == release) & (gifts["measure"] == "allocation") & ~gifts["eu_share_included"]
    ].merge(tables["members"][["iso3", "country"]], on="iso3")
    none = rows.loc[rows["military"] == 0, "country"]
    return Finding(
        f"Closeness is in no table. Aid is: of {rows['military'].notna().sum()} allies tracked, {len(none)} gave Ukraine no military aid ({named(none)}), by Kiel's release {release[1:]}. Allies do not act as one.",
        "contested" if len(none) else "supported-with-caveat",
    )


@rule("A0-48")
def entry_during_the_war(tables):
    applied = _events(tables).loc["2022-09-30-ukraine-applies-fast-track", "date"]
    members = tables["members"]
    since = members.loc[members["accession_date"] > applied, "country"]
    limited = tables["alternatives"].set_index("id").loc["limited-article-5"]
    joined = "UKR" in set(members["iso3"])
    return Finding(
        f"Ukraine applied on {_day(applied)}; {named(since)} joined after that day, Ukraine did not. Whether entry would have meant war is a judgement: each ally chooses its action under Article 5, and one option would cover only the land that Kyiv holds.",
        "contradicted"
        if joined
        else "contested"
        if limited["covers_occupied_land"] == "no"
        else "supported-with-caveat",
        turns=f"As of the newest accession in the table, {_day(members['accession_date'].max())}.",
    )


@rule("A1-006")
def allies_determined_to_integrate(tables):
    events = _events(tables)
    asked = events.loc["2008-01-ukraine-leaders-ask-membership", "date"]
    bucharest = events.loc["2008-04-03-bucharest-summit-will-become"]
    divided = "opposed" in bucharest["description"]
    return Finding(
        f"Ukraine's leaders asked for an action plan in {asked:%B %Y}; on {_day(bucharest['date'])} Germany and France were opposed, the United States in favour. Allies were divided, and the wish was Kyiv's, too."
        if divided
        else f"Allies agreed on {_day(bucharest['date'])}.",
        "contested" if divided else "supported-with-caveat",
    )


@rule("A1-068")
def unthinkable_for_now(tables):
    events = tables["events"]
    since = _events(tables).loc["2025-02-12-hegseth-calls-nato-membership", "date"]
    american = events[
        events["actors"].str.contains("Trump|Hegseth|United States", na=False) & (events["date"] >= since)
    ]
    about = american[american["category"].eq("membership") & american["stance_effect"].eq(-1)]
    return Finding(
        f"Since {_day(since)} our table has {len(about)} American statements or moves against Ukraine's membership. “Anti-NATO” and “pro-Russian” are the article's own judgements, which no table holds.",
        "contested" if len(about) else "not-checkable",
    )


@rule("A1-075")
def only_deterrence_stops_moscow(tables):
    status = measures.status_when_attacked(tables["events"]).set_index("attack")
    same = status["non_bloc"].nunique() == 1
    return Finding(
        f"Two attacks, two situations: in 2014 Ukraine was {_status(status.loc['2014'])}, in 2022 {_status(status.loc['2022'])}. It was an ally in neither; so few cases fit several explanations.",
        "supported-with-caveat" if same else "contested",
    )


def _status(row):
    law = "outside all blocs by law" if row["non_bloc"] else "no longer non-bloc by law"
    return law + (", with NATO membership as an aim in its constitution" if row["nato_aim"] else "")


@rule("A1-079")
def article_5_deters(tables):
    table = measures.russias_neighbours(
        tables["borders"], tables["countries"], tables["members"], tables["events"], tables["consultations"]
    )
    allies, others = table[table["ally"]], table[~table["ally"]]
    chance = measures.chance_all_outside(table)
    hit = int(allies["invaded"].sum())
    return Finding(
        f"Of Russia's {len(table)} land neighbours, {hit} of {len(allies)} allies and {others['invaded'].sum()} of {len(others)} others were invaded since 1991. Drawn by lot, both blows would fall outside the alliance in {100 * chance:.0f} of 100 draws: the record fits deterrence, but so few cases fit chance, too.",
        "contradicted" if hit else "contested" if chance > 0.05 else "supported-with-caveat",
    )


@rule("A1-083")
def no_security_in_neutrality(tables):
    status = measures.status_when_attacked(tables["events"])
    readings = tuple(
        (
            f"the attack of {row['attack']}: Ukraine was {_status(row)}",
            "supported" if row["non_bloc"] else "contradicted",
        )
        for _, row in status.iterrows()
    )
    fits = status["non_bloc"]
    return Finding(
        f"The non-bloc law was in force in {fits.sum()} of {len(status)} attacks. Being outside blocs did not protect Ukraine in 2014; in 2022 it was not neutral by law.",
        "supported-with-caveat" if fits.all() else "contested" if fits.any() else "contradicted",
        readings=readings,
    )


@rule("A1-086", "A2-08")
def moscow_objects(tables):
    event = _events(tables).loc["2021-12-17-russia-publishes-draft-treaties"]
    demands = "no further enlargement" in event["description"]
    return Finding(
        f"On {_day(event['date'])} Russia published drafts that demand legal promises of no further enlargement. This is its stated position; whether fear was the cause of the war is disputed.",
        "supported" if demands else "not-checkable",
    )


@rule("A1-089")
def ukraine_unimportant(tables):
    share = measures.weight_of_ukraine(tables["countries"], tables["members"])
    small, large = share["output"] < 10, share["soldiers"] > 25
    return Finding(
        f"Beside the {share['allies']} European allies together, Ukraine has {share['people']:.0f}% of their people, {number(share['output'], 1)}% of their output and, in wartime, about {share['soldiers']:.0f}% of their active soldiers. Small in money, large in soldiers: which one decides a balance is a judgement.",
        "contested" if small and large else "supported-with-caveat" if small else "contradicted",
    )


@rule("A1-093")
def only_to_keep_it_out_of_nato(tables):
    event = _events(tables).loc["2022-09-30-russia-claims-four-more"]
    return Finding(
        f"On {_day(event['date'])} Moscow declared the annexation of four more regions, which the UN General Assembly rejected. Keeping a neighbour out of an alliance does not by itself explain taking its land; what moved Moscow is argued over.",
        "contested" if event["category"] == "war" else "not-checkable",
    )


@rule("A1-112")
def no_state_fought_for_ukraine(tables):
    events = tables["events"]
    start = _events(tables).loc["2022-02-24-russia-launches-full-scale", "date"]
    in_ukraine = events[
        (events["category"] == "war") & (events["date"] >= start) & events["actors"].str.contains("Ukraine", na=False)
    ]
    actors = set(in_ukraine["actors"].str.split(";").explode())
    helpers = sorted(actors - {"Russia", "Ukraine", "NATO"})
    return Finding(
        f"In our events of the war in Ukraine since {_day(start)}, the sides that fight are Russia and Ukraine; "
        + (
            f"also named: {named(helpers)}."
            if helpers
            else "no other state is named as fighting for Ukraine. Volunteers went."
        ),
        "contested" if helpers else "supported-with-caveat",
    )


@rule("A3-02")
def fear_of_a_wider_war(tables):
    reasons = measures.reasons_why_not(tables["reasons"], tables["claims"]).set_index("reason")
    own = reasons.loc["Entry in wartime could draw allies into the war"]
    return Finding(
        f"It is one of {len(reasons)} reasons that the five articles give; {own['articles']} of 5 articles give this one.",
        "supported-with-caveat" if len(reasons) > 1 else "supported",
    )


@rule("A3-13")
def zelenskyy_wants_it_before_talks(tables):
    events = _events(tables)
    plan = events.loc["2024-10-16-zelenskyy-presents-victory-plan", "date"]
    offer = events.loc["2025-12-14-zelenskyy-offers-set-nato", "date"]
    return Finding(
        f"His plan of {_day(plan)} put an invitation first; on {_day(offer)} he offered to set the bid aside for binding guarantees.",
        "supported-with-caveat" if plan < offer else "supported",
        readings=((f"from {_day(plan)}", "supported"), (f"since {_day(offer)}", "outdated")),
        turns=f"His position until {_day(offer)}.",
    )


@rule("A3-20")
def ukraine_blames_the_powers(tables):
    events = _events(tables)
    meeting, memorandum = (
        events.loc["2024-12-03-nato-ministers-put-arms"],
        events.loc["1994-12-05-budapest-memorandum-signed"],
    )
    recalls = "recalling 1994" in meeting["description"]
    return Finding(
        f"On {_day(meeting['date'])} Kyiv recalled the memorandum of {_day(memorandum['date'])} and said that it would accept nothing in place of membership. That Russia broke a promise and that others did too little are two different reproaches.",
        "supported-with-caveat" if recalls else "not-checkable",
    )
