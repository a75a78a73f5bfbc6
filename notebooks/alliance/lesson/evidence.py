"""Which chart of a lesson shows the evidence for a claim: what the fact-check lab opens after a verdict.

A claim without an entry shows the verdict of each of its readings, or its card alone.
"""

from .. import figures, measures

CHARTS = {}


def shows(*ids):
    """Register a function of a `World` that draws the evidence for these claims."""

    def register(draw):
        CHARTS.update(dict.fromkeys(ids, draw))
        return draw

    return register


def chart(identifier, tables):
    """The chart that shows the evidence for a claim, or None."""
    return CHARTS[identifier](tables) if identifier in CHARTS else None


# Members and treaty --------------------------------------------------------------------------


@shows("A0-05", "A0-16", "A0-29", "A1-003", "A4-03", "A4-04", "A4-06", "A1-103")
def members_over_time(tables):
    return figures.members_over_time(tables["members"], tables["events"]["date"].max())


@shows("A1-004", "A1-119")
def share_of_europe(tables):
    definition = next(iter(measures.europes(tables["countries"])))
    return figures.share_of_europe(tables["countries"], tables["members"], definition)


@shows("A1-024", "A1-080", "A4-05")
def rounds(tables):
    return figures.rounds(tables["members"], tables["events"], "former_ussr")


@shows("A1-120")
def waits(tables):
    waiting = measures.still_waiting(tables["events"], tables["events"]["date"].max())
    return figures.waits(tables["members"], next(iter(measures.WAITS)), waiting)


@shows("A0-07")
def fourteen_articles(tables):
    return figures.fourteen_articles(measures.treaty_mentions(tables["treaty_articles"], tables["claims"]))


@shows("A0-08", "A1-064", "A1-113", "A4-09")
def wordings(tables):
    return figures.wordings(measures.wordings_of_article_5(tables["claims"], tables["treaty_articles"]))


@shows("A3-15", "A1-063", "A3-14", "A1-078", "A1-081")
def treaty_uses(tables):
    return figures.treaty_uses(tables["consultations"])


@shows("A1-011", "A1-012", "A1-066", "A3-08")
def chance_of_unanimity(tables):
    return figures.chance_of_unanimity(allies=len(tables["members"]))


@shows("A0-17")
def yes_by_day(tables):
    return figures.yes_by_day(tables["ratifications"], tables["members"], day=400)


# Spending ------------------------------------------------------------------------------------


@shows("A0-28")
def guideline_counts(tables):
    return tables.ask(figures.guideline_counts)


@shows("A0-23", "A0-30")
def guideline(tables):
    return tables.ask(figures.guideline, year=2024, edition=tables.newest("defence_expenditure"))


@shows("A0-21")
def two_guidelines(tables):
    return tables.ask(figures.two_guidelines, year=2024)


@shows("A0-22", "A0-43")
def us_share(tables):
    return tables.ask(figures.us_share)


@shows("A0-26", "A0-27")
def change_of_prices(tables):
    return tables.ask(figures.change_of_prices, way=measures.REAL_IN_DOLLARS)


@shows("A0-32")
def price_of_target(tables):
    return tables.ask(figures.price_of_target, year=2024, target=5.0)


@shows("A0-41")
def polands_share(tables):
    return tables.ask(figures.country_target, country="Poland", target=5.0)


@shows("A4-31")
def britains_share(tables):
    return tables.ask(figures.country_target, country="United Kingdom", target=3.5)


@shows("A0-40")
def distance(tables):
    return tables.ask(figures.distance, year=2024, edition=tables["newest_edition"])


@shows("A1-109", "A1-118")
def common_funds(tables):
    return tables.ask(figures.common_funds)


# The road ------------------------------------------------------------------------------------


@shows("A1-022")
def bucharest_to_georgia(tables):
    return _days_apart(tables, measures.EVENT["Bucharest"], measures.EVENT["Georgia"])


@shows("A2-13", "A2-12")
def cancelled_to_invasion(tables):
    return _days_apart(tables, measures.EVENT["cancelled meeting"], measures.EVENT["invasion"])


@shows("A1-031", "A1-030")
def drafts_to_invasion(tables):
    return _days_apart(tables, measures.EVENT["drafts"], measures.EVENT["invasion"])


@shows("A0-46", "A2-14")
def invasion_to_application(tables):
    return _days_apart(tables, measures.EVENT["invasion"], measures.EVENT["application"])


@shows("A3-16", "A1-072")
def refusal_to_offer(tables):
    return _days_apart(tables, "2024-12-03-nato-ministers-put-arms", "2025-12-14-zelenskyy-offers-set-nato")


def _days_apart(tables, first, second):
    return tables.ask(figures.days_apart, first=first, second=second)


@shows("A1-009", "A1-010")
def gas(tables):
    return tables.ask(figures.gas, written=tables["articles"].set_index("id").loc["A1", "not_before"].year)


@shows("A1-018", "A1-075", "A1-083", "A2-01")
def law(tables):
    return tables.ask(figures.law, mark=measures.EVENT["Crimea"])


@shows("A4-29")
def way_out(tables):
    return figures.way_out(tables["treaty_articles"], tables["claims"])


@shows("A1-019", "A2-02", "A0-45", "A1-038", "A2-15", "A2-17", "A1-040", "A2-16", "A3-04", "A1-122")
def promises(tables):
    return tables.ask(figures.promises)


@shows("A1-021", "A0-02")
def support(tables):
    return tables.ask(figures.support, series=tables.ask(measures.poll_series)[0])


# Aid -----------------------------------------------------------------------------------------


@shows("A0-03", "A0-24", "A0-35", "A1-035")
def military_givers(tables):
    return tables.ask(figures.military_givers)


@shows("A1-114", "A4-27")
def aid_gap(tables):
    return tables.ask(figures.aid_gap, step="half-year")


@shows("A3-05", "A1-041")
def military_months(tables):
    return tables.ask(figures.aid_gap, kind="military", step="half-year")


@shows("A1-115", "A1-116")
def us_picture(tables):
    return tables.ask(figures.us_picture)


@shows("A1-033")
def givers_by_month(tables):
    return tables.ask(figures.military_givers_by_month)


# Borders, balance, readiness -----------------------------------------------------------------


@shows("A0-19")
def finnish_border(tables):
    return tables.ask(figures.border_by_source, country="FIN", unit="miles")


@shows("A1-094")
def ukrainian_border(tables):
    return tables.ask(figures.border_by_source, country="UKR")


@shows("A1-095", "A4-12")
def border_over_time(tables):
    return tables.ask(figures.border_over_time)


@shows("A1-090", "A4-28")
def two_sides(tables):
    return tables.ask(figures.two_sides)


@shows("A1-008", "A1-091")
def two_sides_with_ukraine_on_russias(tables):
    return tables.ask(figures.two_sides, ukraine="Russia", forces="high")


@shows("A1-050", "A2-06")
def readiness_lines(tables):
    return tables.ask(figures.readiness_lines)


@shows("A1-062")
def half_way(tables):
    return tables.ask(figures.half_way)


# Other ways, and the debate ------------------------------------------------------------------


@shows("A1-043", "A1-111")
def agreements(tables):
    return figures.agreements_by_day(tables["security_agreements"])


@shows("A1-042")
def agreements_at_the_summit(tables):
    return figures.agreements_by_day(tables["security_agreements"], count="countries", until="2024-07")


@shows("A3-19")
def duties(tables):
    names = ("claims", "security_agreements", "treaty_articles", "alternatives")
    return figures.duties_by_promise(measures.duties_by_promise(*(tables[name] for name in names)))


@shows("A1-106")
def israel_and_ukraine(tables):
    return figures.israel_and_ukraine(tables["alternatives"], tables["aid_by_month"], tables["us_aid_totals"])


@shows("A1-079")
def russias_neighbours(tables):
    names = ("borders", "countries", "members", "events", "consultations")
    return figures.russias_neighbours(measures.russias_neighbours(*(tables[name] for name in names)))


@shows("A3-02")
def reasons_why_not(tables):
    return figures.reasons_why_not(measures.reasons_why_not(tables["reasons"], tables["claims"]))
