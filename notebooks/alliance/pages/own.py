"""A learner's own sentence (lesson 11's lab), as a page needs it: every table's values, and how its charts look.

own.js offers the lists, tests the sentence and words it; tests/test_pages.py compares both with Python's.
"""

import pandas as pd

from .. import controls, data, figures, measures, world
from ..lesson import lab
from . import states

COUNTRIES, YEARS = ("A", "B"), (2000, 2001)  # of charts that are drawn for their looks alone
_LOOKS = (("more than another country", YEARS), ("at least", YEARS), ("more than another country", YEARS[:1]))


def facts(panel):
    """What own.js works with beside the labels of `panel`: tables, comparisons, what lists begin with, looks."""
    within = world.today()
    return {
        "labels": {name: controls.heading(control) for name, control in panel.controls.items()},
        "tables": {
            table: {label: _measure(within, indicator) for label, indicator in indicators.items()}
            for table, indicators in measures.INDICATORS.items()
        },
        "wanted": measures.WANTED,
        "wish": lab.wish(),
        "number": [panel.controls["number"].low, panel.controls["number"].high],
        "looks": [_looks(comparison, years) for comparison, years in _LOOKS],
    }


def _measure(within, indicator):
    """A measure's words, and each of its editions."""
    editions = measures.indicator_editions(within, indicator)
    return {
        "unit": indicator.unit,
        "says": indicator.says,
        "digits": indicator.digits,
        "editions": [
            {"name": name, "edition": one, **_edition(within, indicator, one)} for name, one in editions.items()
        ],
    }


def _edition(within, indicator, edition):
    """One edition: a list of values for each country, over `span` (null where missing), notes, and what is cited.

    `noted`: the places in `span` to which a note belongs, by country: {"estimate": {"Italy": [11, 12]}}.
    """
    rows = measures.indicator_rows(within, indicator, edition)
    years, usual, filled = measures.sentence_years(rows)
    span = sorted(years)
    table = rows.pivot(index="country", columns="year", values="value").sort_index()[span]
    noted = {}
    for country, year, note in rows.loc[rows["note"] != "", ["country", "year", "note"]].itertuples(index=False):
        noted.setdefault(note, {}).setdefault(country, []).append(span.index(year))
    by, source = lab.cited_for(indicator, edition)
    return {
        "countries": list(table.index),
        "span": span,
        "values": [[None if value != value else value for value in row] for row in table.to_numpy().tolist()],
        "noted": noted,
        "usual": usual,
        "filled": sorted(filled),
        "comparisons": measures.comparisons(years),
        "threshold": measures.usual_threshold(rows, indicator),
        "by": by,
        "source": source.lines(),
        "sources": list(map(str, source)),
    }


def _looks(comparison, years):
    """The texts of a chart of made-up countries, the last of several years estimated."""
    rows = pd.DataFrame(
        [
            {"country": country, "year": year, "value": 1.0, "note": "estimate" * (year == YEARS[1])}
            for country in COUNTRIES
            for year in years
        ]
    )
    indicator = next(iter(next(iter(measures.INDICATORS.values())).values()))
    than = 2.0 if comparison == "at least" else COUNTRIES[1]
    tested = measures.own_sentence(rows, COUNTRIES[0], years[0], comparison, than)
    return states.still(figures.own_sentence(rows, indicator, "label", tested, "by", data.own("nobody")))
