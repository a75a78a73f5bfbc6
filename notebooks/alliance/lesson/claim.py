"""A claim to judge: `tested("A0-28")` shows the sentence and four buttons; choosing one opens what was found.

The first choice counts: it is kept, and stands with the others in lesson 11.
"""

import ipywidgets as widgets

from .. import claims, words
from ..chart import with_text
from ..claims import card
from ..controls import Panel, Said
from ..measures.verdicts import SIDES, verdict_side
from . import answers
from .cards import evidence, whole

SIDE_OF = dict(zip(("holds", "holds with a fix", "does not hold", "cannot be tested"), SIDES, strict=True))
SAID = {side: button for button, side in SIDE_OF.items()}


def key(identifier):
    """Where the first judgement of a claim's card is kept: a key of `SIDE_OF`."""
    return f"card {identifier}"


class Claim(Panel):
    """One claim: the sentence, who said it, four buttons; then what was found, and on which side the ledger stands."""

    def __init__(self, identifier):
        self.row, self._found = claims.claim(identifier), claims.finding(identifier)
        self.judged = widgets.ToggleButtons(description="Does it hold?", options=list(SIDE_OF), value=None)
        self.judged.style.description_width = "initial"
        self._skip = widgets.Button(description="Open without judging", layout=widgets.Layout(width="auto"))
        self._said, self._evidence = Said(), widgets.HTML()
        self._evidence.add_class("abn-say")
        sentence = Said(self.row["claim"], css="abn-ask")
        super().__init__(
            [sentence, Said(card.where(self.row), css="abn-why"), self.judged, self._skip, self._said, self._evidence]
        )
        self.add_class("abn-claim")
        self._skip.on_click(lambda _: self.show())
        before = answers.first(key(identifier))
        if before in SIDE_OF:
            self.judged.value = before
            self._tell(before)
        self.judged.observe(lambda change: self._judge(change["new"]), "value")

    @property
    def twin(self):
        choices = words.named(SIDE_OF).replace(" and ", " or ")
        return f"The sentence: {self.row['claim']}\n{card.where(self.row)}\nDecide first: {choices}?"

    def _judge(self, choice):
        """Keep the choice, the first that counts, and open what was found."""
        if choice is not None and not self._evidence.value:
            trouble = answers.keep(key(self.row["id"]), choice, lesson=self.row["lesson"], kind="card")
            self._tell(choice, trouble)

    def _tell(self, choice, trouble=""):
        side = SAID[verdict_side(self._found.verdict)]
        if claims.way(self.row) == "not verified":
            told = "Nobody has verified this one, so it does not count in your picture."
        elif choice == side:
            told = "So says the ledger."
        else:
            told = f"The ledger says: {side}. If you still disagree, write down why: the ledger can be wrong."
        self._said.say(" ".join(part for part in (f"You said: {choice}.", told, trouble) if part))
        self.show()

    def show(self):
        """Show what was found; what is judged after that does not count, so the buttons rest."""
        self.judged.disabled = True
        self._skip.layout.display = "none"
        self._evidence.value = evidence(self.row["id"])._repr_html_()

    def _repr_mimebundle_(self, **kwargs):
        return with_text(super()._repr_mimebundle_(**kwargs), self.twin, answer=repr(whole(self.row["id"])))


class Claims(widgets.VBox):
    """Claims to judge, one below the other, each a panel with a keyboard of its own."""

    def __init__(self, panels):
        super().__init__(panels)

    def __add__(self, other):
        """All of both."""
        return Claims([*self.children, *other.children])

    @property
    def twin(self):
        """The sentences, and what to decide of them."""
        return "\n\n".join(panel.twin for panel in self.children)

    def _repr_mimebundle_(self, **kwargs):
        hidden = "\n\n".join(repr(whole(panel.row["id"])) for panel in self.children)
        return with_text(super()._repr_mimebundle_(**kwargs), self.twin, answer=hidden)


def tested(first, *others):
    """The claims of these ids as cards to judge; what was found opens with the first judgement."""
    return Claims([Claim(identifier) for identifier in (first, *others)])


def judged():
    """The learner's first judgement of each card, by claim: {"A0-28": "holds with a fix"};
    None that nobody has verified.
    """
    kept = {row["key"]: row["first"] for row in answers.all() if row["kind"] == "card"}
    rows = claims.data.load("claims")
    found = {row["id"]: kept.get(key(row["id"])) for _, row in rows.iterrows() if claims.way(row) != "not verified"}
    return {identifier: side for identifier, side in found.items() if side in SIDE_OF}


def tally():
    """How often the ledger stands on the side that the learner chose on a card, as a sentence;
    '' where none is judged.
    """
    found = judged()
    if not found:
        return ""
    same = sum(SIDE_OF[side] == verdict_side(claims.finding(claim).verdict) for claim, side in found.items())
    blind = len(found) / len(SIDE_OF)
    by_chance = f" Who chooses blindly agrees with about {blind:.0f}." if blind >= 1 else ""
    return (
        f"On the lessons' cards you judged {words.counted(len(found), 'sentence')}: "
        f"the ledger stands on your side in {same}.{by_chance}"
    )
