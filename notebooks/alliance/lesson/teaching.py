"""For the teacher guide: what is made from tables. Only a teacher is meant to see it."""

import html

import pandas as pd

from .. import checks, data
from .cards import SUMMARY, Card, tabled


def answers_to_checks(lesson):
    """Every check of a lesson ("04") with its answer, folded; what is said of each option is folded below it."""
    table = checks.key_for_teachers()
    rows = table[table["check"].str.split("-").str[0] == lesson]
    text, markup = [], ""
    for row in rows.itertuples():
        asked = f"{row.check} ({row.core}, section {row.section}). {row.question}"
        said = [f"{option}: {why}" for option, why in row.reasons]
        answer = row.answer.replace(".; ", "; ")
        text += [asked, f"  Answer: {answer}"]
        markup += (
            f"<li>{html.escape(asked)}<br><strong>{html.escape(answer)}</strong>"
            "<details><summary>what is said of each option</summary><ul>"
            + "".join(f"<li>{html.escape(line)}</li>" for line in said)
            + "</ul></details></li>"
        )
    heading = f"Answers to the checks of lesson {lesson}"
    return Card(
        "\n".join([heading, *text]),
        f'<details><summary style="{SUMMARY}">{heading}</summary>'
        f'<ul style="font-size: 16px; max-width: 1000px; line-height: 1.45;">{markup}</ul></details>',
    )


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
