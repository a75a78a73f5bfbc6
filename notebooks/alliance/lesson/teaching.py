"""For the teacher guide: what is made from tables. Only a teacher is meant to see it."""

import pandas as pd
from markupsafe import Markup

from .. import checks, data
from .cards import Card, folded, items, tabled


def answers_to_checks(lesson):
    """Every check of a lesson ("04") with its answer, folded; what is said of each option is folded below it."""
    table = checks.key_for_teachers()
    rows = table[table["check"].str.split("-").str[0] == lesson]
    text, answers = [], Markup("")
    for row in rows.itertuples():
        asked = f"{row.check} ({row.core}, section {row.section}). {row.question}"
        said = [f"{option}: {why}" for option, why in row.reasons]
        answer = row.answer.replace(".; ", "; ")
        text += [asked, f"  Answer: {answer}"]
        answers += Markup(
            "<li>{}<br><strong>{}</strong>"
            "<details><summary>what is said of each option</summary><ul>{}</ul></details></li>"
        ).format(asked, answer, items(said))
    heading = f"Answers to the checks of lesson {lesson}"
    listed = Markup('<ul style="font-size: 16px; max-width: 1000px; line-height: 1.45;">{}</ul>').format(answers)
    return Card("\n".join([heading, *text]), folded(heading, listed))


def twelve_sentences():
    """What many people believe, and the lesson that works on it, with the question of either form and its answer."""
    table, asked = data.load("sentences"), {form: checks.sentences(form) for form in checks.FORMS}
    first = table[table["form"] == "start"].drop_duplicates("number").sort_values("number")
    rows = [
        {
            "what many people believe": row["misconception"],
            "lesson": row["lesson"],
            **{f"asked at the {form}, with the answer": _with_answer(asked[form][place]) for form in checks.FORMS},
        }
        for place, (_, row) in enumerate(first.iterrows())
    ]
    return tabled(pd.DataFrame(rows))


def _with_answer(asked):
    return f"{asked.question} → {asked.right_words}"
