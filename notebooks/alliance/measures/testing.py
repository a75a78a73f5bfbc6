"""How to test a sentence: who stands behind a source, and verdicts on the border between two."""

import pandas as pd

from .. import words
from ..world import table


@table
def owners_of_sources(source_cards, sources):
    """The sources of `source_cards`: sentence (publisher, title), owner (kind, whose state), why (how it knows)."""
    rows = source_cards.merge(sources, left_on="source", right_on="id")
    owner = rows["owner"] + rows["owner_state"].map(lambda state: "" if pd.isna(state) else f", {state}")
    why = rows["how_it_knows"] + " What it would gain: " + rows["would_gain"] + " Ask next: " + rows["ask_next"]
    return pd.DataFrame({"sentence": rows["publisher"] + ": " + rows["title"], "owner": owner, "why": why})


@table
def border_cases(borderlines, ledger):
    """Claims between two verdicts: sentence (with what was found), verdict, why (also why it is not the other)."""
    rows = borderlines.merge(ledger.set_index("id")[["claim", "verdict", "says"]], left_on="claim", right_index=True)
    return pd.DataFrame(
        {
            "sentence": rows["claim_y"] + " — Found: " + rows["says"],
            "verdict": rows["verdict"].map(words.verdict, na_action="ignore"),
            "why": [
                f"Not “{words.verdict(other)}”: {why}" for other, why in zip(rows["not"], rows["why"], strict=True)
            ],
        }
    )
