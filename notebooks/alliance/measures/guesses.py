"""What a class guessed, learner by learner, as tables that a chart can draw."""

import pandas as pd


def class_guesses(guesses, kind):
    """The guesses of a class to one question of `kind`, a list of what each learner guessed.

    "number": a row a guess, value and height (how many said the same before, and it). "choice": said and learners, most
    first. "ranking" and "order": item and mean_place, the foremost first. "line": learner, year, value, a point a row.
    """
    return GUESSED[kind](guesses)


def _numbers(guesses):
    rows = pd.DataFrame({"value": pd.Series(guesses, dtype=float)}).sort_values("value", ignore_index=True)
    return rows.assign(height=rows.groupby("value").cumcount() + 1)


def _choices(guesses):
    counts = pd.Series(guesses, dtype=object).value_counts()
    return counts.rename_axis("said").reset_index(name="learners")


def _orders(guesses):
    places = pd.DataFrame(
        [(item, place) for order in guesses for place, item in enumerate(order, 1)], columns=["item", "place"]
    )
    means = places.groupby("item")["place"].mean().sort_values(kind="stable")
    return means.rename_axis("item").reset_index(name="mean_place")


def _lines(guesses):
    points = [(number, year, value) for number, line in enumerate(guesses, 1) for year, value in line]
    return pd.DataFrame(points, columns=["learner", "year", "value"])


GUESSED = {"number": _numbers, "choice": _choices, "ranking": _orders, "order": _orders, "line": _lines}
