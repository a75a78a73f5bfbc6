"""My course: what a learner has begun, guessed and checked, from the answers kept on this computer and nothing else."""

import re

import pandas as pd

from .. import checks, claims, words
from . import answers, lab, sentences
from .cards import Card, listed, tabled
from .check import key

EMPTY = (
    "Nothing is kept yet. Begin with any lesson: what you guess and check there will be counted here, for you alone."
)
OPENING = 2_000  # letters of a notebook within which its title stands


def titles():
    """The lessons by number with the titles of their notebooks: {"04": "Who pays for what?"}."""
    files = sorted(answers.NOTEBOOKS.glob("[0-9][0-9]*_*.ipynb"))
    openings = (file.read_text(encoding="utf-8")[:OPENING] for file in files)
    return dict(found for text in openings for found in re.findall(r"# (\d\d[a-z]?) · ([^\"\\]+)", text)[:1])


def progress():
    """A row a lesson that has checks: begun, done (each core check tried); its checks, those tried, those right at the
    first try; its guesses near and far (answers of kind "near", True or False)."""
    kept = answers.all()
    rows = [_row(lesson, title, [row for row in kept if row["lesson"] == lesson]) for lesson, title in titles().items()]
    table = pd.DataFrame(rows)
    return table[table["checks"] > 0].reset_index(drop=True)


def _row(lesson, title, kept):
    """One lesson's row of `progress`; `kept` are its rows of the answers."""
    asked = checks.ids(lesson)
    tries = {row["key"]: row["first"] for row in kept if row["kind"] == "check" and isinstance(row["first"], dict)}
    tried = [identifier for identifier in asked if key(identifier) in tries]
    near = [row["first"] is True for row in kept if row["kind"] == "near"]
    return {
        "lesson": lesson,
        "title": title,
        "begun": bool(kept),
        "done": all(identifier in tried for identifier in asked if checks.is_core(identifier)),
        "checks": len(asked),
        "tried": len(tried),
        "right": sum(tries[key(identifier)].get("right") is True for identifier in tried),
        "near": sum(near),
        "far": len(near) - sum(near),
    }


def surer_or_righter():
    """How sure the learner was of verdicts and how often the ledger agrees, both in % on average, and of how many.

    None where no verdict counts: those that nobody has verified do not.
    """
    judged = lab.judgements()
    counted = [claims.way(claims.claim(identifier)) != "not verified" for identifier in judged["id"]]
    judged = judged[counted]
    if judged.empty:
        return None
    agrees = [claims.finding(row["id"]).verdict == row["verdict"] for _, row in judged.iterrows()]
    return judged["confidence"].mean(), 100 * sum(agrees) / len(agrees), len(agrees)


def my_course():
    """A card of what is begun and done; it works with nothing kept, and only the learner sees it."""
    table = progress()
    lines = [*_lessons(table), *_calibration(), *_sentences()]
    if not table["begun"].any() and not lines[1:]:
        return Card(EMPTY, listed([EMPTY]))
    return Card("\n".join(lines), listed(lines)) + tabled(_shown(table))


def _shown(table):
    """The table as a person reads it."""
    state = {(False, False): "", (True, False): "begun", (True, True): "done"}
    return pd.DataFrame(
        {
            "lesson": table["lesson"] + " · " + table["title"],
            "so far": [state[begun, done] for begun, done in zip(table["begun"], table["done"], strict=True)],
            "guesses near": table["near"],
            "guesses far": table["far"],
            "right at the first try": [
                f"{right} of {tried}" if tried else ""
                for right, tried in zip(table["right"], table["tried"], strict=True)
            ],
            "checks": table["checks"],
        }
    )


def _lessons(table):
    begun, done = int(table["begun"].sum()), int(table["done"].sum())
    right, tried = int(table["right"].sum()), int(table["tried"].sum())
    first = f"Lessons begun: {begun}, done: {done}, of {len(table)}."
    return [first, *([f"Checks right at the first try: {right} of {tried}."] if tried else [])]


def _calibration():
    found = surer_or_righter()
    if found is None:
        return []
    sure, right, many = found
    fit = "surer than right" if sure > right else "righter than sure" if right > sure else "as sure as right"
    counted = words.counted(many, "verdict")
    return [f"Of {counted} you were {sure:.0f}% sure on average; the ledger agrees with {right:.0f}%: you were {fit}."]


def _sentences():
    counts = {form: sentences.kept(form) for form in checks.FORMS}
    said = {"start": "at the start", "end": "at the end"}
    told = [f"{len(count['right'])} {said[form]}" for form, count in counts.items() if count]
    if not told:
        return []
    return [f"Twelve sentences: {words.named(told)}; who guesses blindly has {sentences.chance('start'):.0f}."]
