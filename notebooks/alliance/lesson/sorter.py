"""Sort sentences into piles: `sort("Which pile?", {sentence: right pile}, piles, why)`.

Each sentence has a drop-down list of the piles, so that keyboard and screen reader reach all of it.
What is said afterwards names where learner and ledger differ, and why the ledger decides as it does.
"""

import ipywidgets as widgets
import pandas as pd

from .. import claims as ledger
from .. import measures, words
from ..chart import with_text
from ..controls import Panel, Said, choice
from .drafts import Draft

OPEN = "choose …"
SORTS = {
    "statement of fact": "A source can show whether it is true.",
    "forecast": "Only time can settle it.",
    "opinion": "People who agree on every number may still disagree.",
}


class Sorter(Panel):
    """Sentences, a pile for each, a button, and a line under each sentence that says what the ledger has."""

    def __init__(self, question, sentences, piles, why):
        if stray := set(sentences.values()) - set(piles):
            raise ValueError(f"Right piles that are not among the piles: {sorted(stray)}.")
        self.question, self._sentences, self._why = question, sentences, why
        self.inputs = {sentence: choice(sentence, [OPEN, *piles]) for sentence in sentences}
        self._notes = {sentence: Said(css="abn-why") for sentence in sentences}
        self._said = Said()
        button = widgets.Button(description="Compare", button_style="primary", layout=widgets.Layout(width="auto"))
        button.on_click(lambda _: self.compare())
        rows = [part for sentence in sentences for part in (self.inputs[sentence], self._notes[sentence])]
        self.draft = Draft(question, "piles")
        super().__init__([Said(question, css="abn-ask"), *rows, self.draft.line, button, self._said])
        self.add_class("abn-sort")
        before = self.draft.kept()
        for sentence, pile in (before if isinstance(before, dict) else {}).items():
            if sentence in self.inputs and pile in piles:
                self.inputs[sentence].value = pile
        for sentence, list_ in self.inputs.items():
            list_.observe(lambda _, sentence=sentence: self._moved(sentence), "value")

    @property
    def twin(self):
        return f"Sort these: {self.question}"

    def sorted(self):
        """The learner's pile of each sentence that has one."""
        return {sentence: list_.value for sentence, list_ in self.inputs.items() if list_.value != OPEN}

    def _moved(self, sentence):
        """A sentence went to another pile: what was said of it is over, and the piles are kept."""
        self._notes[sentence].say("")
        self._said.say("")
        self.draft.note(self.sorted())

    def compare(self):
        """Say where learner and ledger differ."""
        mine = self.sorted()
        for sentence, note in self._notes.items():
            note.say(self._noted(sentence, mine[sentence]) if sentence in mine else "")
        same = sum(self._sentences[sentence] == pile for sentence, pile in mine.items())
        left = len(self._sentences) - len(mine)
        said = f"Same as the ledger: {same} of {len(mine)}."
        if left:
            said += f" {left} not sorted yet."
        if same < len(mine):
            said += " Where you differ, the reason stands under the sentence. If you still disagree, write down why:"
            said += " the ledger can be wrong."
        self._said.say(said if mine else "Choose a pile for one sentence first.")

    def _noted(self, sentence, pile):
        right = self._sentences[sentence]
        reason = self._why[sentence] if sentence in self._why else self._why.get(right, "")
        return f"{'✓ The same' if pile == right else '≠ The ledger'}: {right}. {reason}".strip()

    def _repr_mimebundle_(self, **kwargs):
        return with_text(super()._repr_mimebundle_(**kwargs), self.twin, answer=str(self._sentences))


def claims(question, identifiers, found=False):
    """Ask for the verdict of each of these claims ('A2-09 A2-10'); the ledger's own verdict and finding say why.

    With `found` what was found stands beside each sentence, and the meaning of the ledger's verdict says why.
    """
    scale = ledger.scale().set_index("verdict")["meaning"]
    right, why = {}, scale.to_dict() if found else {}
    for row in map(ledger.claim, identifiers.split()):
        one = ledger.finding(row["id"])
        sentence = f"{row['claim']} — Found: {one.says}" if found else row["claim"]
        right[sentence] = words.verdict(one.verdict)
        if not found:
            why[sentence] = f"{one.says} {'' if pd.isna(row['caveat']) else row['caveat']}".strip()
    return Sorter(question, right, list(scale.index), why)


def kinds(question, identifiers):
    """Ask of each of these claims ('A0-46 A1-080') whether it is a statement of fact, a forecast or an opinion."""
    rows = pd.DataFrame(map(ledger.claim, identifiers.split()))
    return Sorter(question, dict(zip(rows["claim"], measures.sort_of(rows["kind"]), strict=True)), list(SORTS), SORTS)


def sort(question, sentences, piles, why):
    """Ask for the pile of each of `sentences` (a dict to the right pile); `why` maps a sentence, or a pile,
    to the reason.
    """
    return Sorter(question, sentences, piles, why)
