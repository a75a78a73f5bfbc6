"""The answers of each lesson on a page of its own, for teachers: guesses, checks, cards, sorted sentences."""

from markupsafe import Markup

from .. import checks, words


def sections(lessons):
    """HTML with a section a lesson, from pairs of its title and what it asks (`site._asked`)."""
    section = Markup('<section class="abn-section abn-sheet"><h1>{}</h1>{}{}</section>')
    return Markup("").join(section.format(title, _lines(asked), _checks(title)) for title, asked in lessons)


def _lines(asked):
    """What a lesson asks beside its checks, in its order, with what the data say."""
    told = [(one["question"], TOLD[one["type"]](one)) for one in asked if one["type"] in TOLD]
    return _list(told)


def _list(told):
    if not told:
        return ""
    items = (Markup("<dt>{}</dt><dd>{}</dd>").format(question, answer) for question, answer in told)
    return Markup("<dl>{}</dl>").format(Markup("").join(items))


def _checks(title):
    """The checks of a lesson, by the number in its title, each with what is right and why."""
    number = title.split(" ")[0]
    asked = [checks.check(identifier) for identifier in checks.ids(number)]
    if not asked:
        return ""
    told = [(one.question, " ".join([f"{one.right_words.rstrip('.')}.", *_why(one)])) for one in asked]
    return Markup("<h2>Check yourself</h2>") + _list(told)


def _why(asked):
    """The reasons of what is right, each once."""
    if asked.kind == "number":
        return []
    return list(dict.fromkeys(asked.reasons[key] for key in asked.options if key in asked.right))


def _sorted(one):
    """The sentences of each pile, below its name."""
    piles = {pile: [text for text, of in one["rows"].items() if of == pile] for pile in one["piles"]}
    told = ((pile, Markup("<br>").join(texts)) for pile, texts in piles.items() if texts)
    return Markup("").join(Markup("<p><strong>{}</strong><br>{}</p>").format(*pair) for pair in told)


def _rounded(one, value):
    """A number with as many digits as the guess has, or one more where it has none."""
    return words.short(round(value, max(one["digits"], 1)))


TOLD = {
    "number": lambda one: f"{_rounded(one, one['answer'])} {one['unit']}".strip(),
    "choice": lambda one: "; ".join(one["right"]),
    "ranking": lambda one: ", ".join(f"{place}. {item}" for place, item in enumerate(one["answer"], 1)),
    "order": lambda one: f"None is right. In the chart: {', '.join(one['answer'])}",
    "line": lambda one: ", ".join(f"{year}: {_rounded(one, value)}" for year, value in one["answer"].items()),
    "card": lambda one: one["side"],
    "sort": _sorted,
}
