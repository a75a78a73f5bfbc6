"""The scale of verdicts: what each means, its mark, and the side of the scale on which it stands."""

VERDICTS = {
    "supported": "The data say the same, within rounding.",
    "supported-with-caveat": "The data say the same, but a reader needs one more fact to use it well.",
    "imprecise": "Right in kind, wrong in a number, a date or a word.",
    "outdated": "Right when it was written; later figures or events say otherwise.",
    "contested": "The answer depends on a definition, a source or a reading that people rightly dispute.",
    "contradicted": "The data say otherwise.",
    "not-checkable": "An opinion, a forecast, or a fact no public source can show.",
}
MARKS = dict(zip(VERDICTS, "●◕◑◷◐○–", strict=True))
WAYS = {
    "computed": "A rule works it out from the tables, anew each time it is asked.",
    "looked up": "A source was read once; the finding says what stood there.",
    "not verified": "It could be tested, but no source has been read: what stands here is general knowledge.",
    "cannot be tested": "An opinion, a forecast or a turn of phrase: evidence may lean one way, none settles it.",
}
SIDES = {  # verdicts that a hurried reader may take for one another
    "holds": ("supported", "supported-with-caveat"),
    "holds in part, or no longer": ("imprecise", "outdated", "contested"),
    "does not hold": ("contradicted",),
    "cannot be tested": ("not-checkable",),
}


def verdict_side(verdict):
    """The side of the scale on which a verdict stands: a key of `SIDES`."""
    return next(side for side, verdicts in SIDES.items() if verdict in verdicts)
