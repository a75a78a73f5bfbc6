"""Which chart shows the evidence for a claim: a figure and what it is asked with; the tables are filled in by name.

A claim without an entry shows the verdict of each of its readings, or its card alone.
"""

from .. import figures, measures

EVENT = measures.EVENT


def _named(iso3):
    """What asks for the name of a country by its code."""
    return lambda countries: measures.country_name(countries, iso3)


CHARTS = {
    "A0-05 A0-16 A0-29 A1-003 A4-03 A4-04 A4-06 A1-103": (figures.members_over_time, {}),
    "A1-004 A1-119": (figures.share_of_europe, {}),
    "A1-024 A1-080 A4-05": (figures.rounds, dict(mark="former_ussr")),
    "A1-120": (figures.waits, dict(waiting=True)),
    "A0-07": (figures.fourteen_articles, {}),
    "A0-08 A1-064 A1-113 A4-09": (figures.wordings, {}),
    "A3-15 A1-063 A3-14 A1-078 A1-081": (figures.treaty_uses, {}),
    "A1-011 A1-012 A1-066 A3-08": (figures.chance_of_unanimity, {}),
    "A0-12 A4-11": (figures.missions, {}),
    "A0-17": (figures.yes_by_day, dict(day=400)),
    "A0-28": (figures.guideline_counts, {}),
    "A0-23 A0-30": (figures.guideline, dict(year=2024, edition=measures.newest_edition)),
    "A0-21": (figures.two_guidelines, dict(year=2024)),
    "A0-22 A0-43": (figures.us_share, {}),
    "A0-26 A0-27": (figures.change_of_prices, dict(way=measures.REAL_IN_DOLLARS)),
    "A0-32": (figures.price_of_target, dict(year=2024, target=5.0)),
    "A0-41": (figures.country_target, dict(country=_named("POL"), target=5.0)),
    "A4-31": (figures.country_target, dict(country=_named("GBR"), target=3.5)),
    "A0-40": (figures.by_border, dict(until=2024)),
    "A1-109 A1-118": (figures.common_funds, {}),
    "A1-022": (figures.days_apart, dict(first=EVENT["Bucharest"], second=EVENT["Georgia"])),
    "A2-13 A2-12": (
        figures.days_apart,
        dict(first=EVENT["cancelled meeting"], second=EVENT["invasion"]),
    ),
    "A1-031 A1-030": (figures.days_apart, dict(first=EVENT["drafts"], second=EVENT["invasion"])),
    "A0-46 A2-14": (figures.days_apart, dict(first=EVENT["invasion"], second=EVENT["application"])),
    "A3-16 A1-072": (
        figures.days_apart,
        dict(first="2024-12-03-nato-ministers-put-arms", second="2025-12-14-zelenskyy-offers-set-nato"),
    ),
    "A1-009 A1-010": (figures.gas, dict(written=2025)),
    "A1-028 A2-04 A2-09 A2-10 A2-11": (
        figures.event_matrix,
        dict(period=("2021-04-01", "2022-02-28"), untold=True),
    ),
    "A1-018 A1-075 A1-083 A2-01": (figures.law, dict(mark=EVENT["Crimea"])),
    "A4-29": (figures.way_out, {}),
    "A1-019 A2-02 A0-45 A1-038 A2-15 A2-17 A1-040 A2-16 A3-04 A1-122": (figures.promises, {}),
    "A1-021 A0-02": (figures.support, dict(series=measures.longest_series)),
    "A0-03 A0-24 A0-35 A1-035": (figures.military_givers, {}),
    "A1-114 A4-27": (figures.aid_gap, dict(step="half-year")),
    "A3-05 A1-041": (figures.aid_gap, dict(kind="military", step="half-year")),
    "A1-115 A1-116": (figures.us_picture, {}),
    "A1-033": (figures.military_givers_by_month, {}),
    "A0-19": (figures.border_by_source, dict(country="FIN", unit="miles")),
    "A1-094": (figures.border_by_source, dict(country="UKR")),
    "A1-095 A4-12": (figures.border_over_time, {}),
    "A1-090 A4-28": (figures.two_sides, {}),
    "A1-008 A1-091": (figures.two_sides, dict(ukraine="Russia", forces="high")),
    "A1-050 A2-06": (figures.readiness_lines, {}),
    "A1-062": (figures.half_way, {}),
    "A1-043 A1-111": (figures.agreements_by_day, {}),
    "A1-042": (figures.agreements_by_day, dict(count="countries", until="2024-07")),
    "A3-19": (figures.duties_by_promise, {}),
    "A1-106": (figures.israel_and_ukraine, {}),
    "A1-079": (figures.russias_neighbours, {}),
    "A3-02": (figures.reasons_why_not, {}),
}
BY_CLAIM = {claim: chart for claims, chart in CHARTS.items() for claim in claims.split()}


def chart(identifier, world):
    """The chart that shows the evidence for a claim in a `World`, or None."""
    if identifier not in BY_CLAIM:
        return None
    figure, choices = BY_CLAIM[identifier]
    asked = {name: world.ask(value) if callable(value) else value for name, value in choices.items()}
    return world.ask(figure, **asked)
