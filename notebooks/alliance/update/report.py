"""What became false when tables changed, in the shape of a pull request's text."""

import collections
import csv
import io
import itertools
import json
import pathlib
import re
import subprocess
import sys

from .. import checks, claims, data, publishers
from ..world import needs, today, version_column
from . import saved
from .files import reading

COURSE = pathlib.Path(__file__).resolve().parents[3]
LESSONS = sorted((COURSE / "notebooks").glob("*.ipynb"))  # the teacher guide among them
SHORT = 60  # characters kept at each end of a stretch that did not change, in the text of a lesson
ASKS = re.compile(r"\b(check|predict)[.(]")  # a cell with a question: check("04-5"), predict.number(...)
ROWS_TOLD = 8  # as many revised rows of a table are told one by one
LONG = 6_000  # a longer text is told by its length: a table, whose numbers are read where they are shown
A_NUMBER = re.compile(
    r"\d|\b(?:no|none|all|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirty-two)\b", re.I
)


def findings(folder, tables):
    """Each claim by id, as the tables of a folder have it: verdict, sentence, verdict on record, caveat, whether it
    rests on `tables`.

    This is the only place that asks for the ledger.
    """
    with reading(folder):
        ledger = today()["ledger"].set_index("id")
        written = data.load("claims").set_index("id")
    looks = {identifier: bool(claims.tables_of(identifier) & set(tables)) for identifier in claims.RULES}
    return {
        identifier: {
            "claim": row["claim"],
            "verdict": row["verdict"],
            "says": " ".join(
                filter(
                    None,
                    [row["says"], row["turns"], *(f"{reading}: {verdict}." for reading, verdict in row["readings"])],
                )
            ),
            "recorded": written.at[identifier, "verdict"],
            "caveat": written.at[identifier, "caveat"] if isinstance(written.at[identifier, "caveat"], str) else "",
            "touched": looks.get(identifier, False),
        }
        for identifier, row in ledger.iterrows()
    }


def difference(before, after):
    """Two texts as lines with what differs in brackets, [then → now]."""
    if max(len(before), len(after)) > LONG:
        return [f"a text of {len(before):,} characters, now {len(after):,}: read it in the lesson"]
    return claims.merged(before, after)


def shortened(line):
    """A line of a difference with its long unchanged stretches cut in the middle; what changed stays whole."""

    def cut(match):
        text = match[0]
        return text if len(text) <= 3 * SHORT else f"{text[:SHORT].rstrip()} … {text[-SHORT:].lstrip()}"

    return re.sub(r"(?:^|(?<=\]))[^\[\]]+", cut, line) if "→" in line else line


def of_rows(before, after, tables):
    """The section on rows changed by hand: by table, rows come, gone and revised, and each edition that is no more."""
    yield "## Rows"
    for name in tables:
        said = data.resource(name)
        old, new = ({_key(row, said): row for row in _rows(folder, said["path"])} for folder in (before, after))
        gone, come = old.keys() - new.keys(), new.keys() - old.keys()
        revised = [key for key in old if new.get(key, old[key]) != old[key]]
        yield f"- {name}: {_count(len(come), 'row')} new, {len(revised)} revised, {len(gone)} gone"
        yield from _editions_gone(name, old, new)
        for key in revised[:ROWS_TOLD]:
            yield f"  - {' '.join(key)}, {_cells(old[key], new[key])}"


def _editions_gone(name, old, new):
    """A line for each edition, or release, of a table that has no row any more."""
    column = version_column(name)
    if column in ("edition", "release"):
        held = collections.Counter(row[column] for row in old.values())
        for edition in sorted(held.keys() - {row[column] for row in new.values()}):
            rows = _count(held[edition], "row")
            yield f"  - {name}: {edition} is gone, {rows}: what compared with it now compares otherwise"


def _cells(old, new):
    """Which cells of a row are not as they were."""
    return "; ".join(
        f"{cell}: {old[cell] or 'empty'}, now {value or 'empty'}"
        for cell, value in new.items()
        if value != old.get(cell)
    )


def _rows(folder, path):
    file = pathlib.Path(folder, path)
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"), newline=""))) if file.exists() else []


def _key(row, said):
    """What tells a row of a table from all others: its key, or all of its cells where it has none."""
    keys = said["schema"].get("primaryKey", list(row))
    return tuple(row.get(key, "") for key in ([keys] if isinstance(keys, str) else keys))


def of_checks(before, after, tables):
    """The section on checks that the tables decide: which right answers move, and which are no option any more."""
    told = []
    for identifier, answer in checks.ANSWERS.items():
        if identifier in checks.ids() and needs(answer) & set(tables):
            then, now = (_right(folder, identifier) for folder in (before, after))
            told += [f"- **{identifier}** [{then} → {now}]"] if then != now else []
    yield f"## {_count(len(told), 'check')} with another right answer"
    yield from told


def _right(folder, identifier):
    """The right answer to a check by the tables of a folder, or why there is none."""
    with reading(folder):
        try:
            return checks.check(identifier).right_words
        except (ValueError, LookupError) as error:
            return str(error)


def of_claims(before, after, tables):
    """The sections on claims: verdicts that move, sentences with other numbers, caveats to read; `before`, `after`:
    folders.
    """
    old, new = findings(before, tables), findings(after, tables)
    both = {one: (old[one], found) for one, found in new.items() if found != old.get(one, found)}
    verdicts = {one: pair for one, pair in both.items() if pair[0]["verdict"] != pair[1]["verdict"]}
    numbers = {one: pair for one, pair in both.items() if one not in verdicts and pair[0]["says"] != pair[1]["says"]}
    yield f"## {_count(len(verdicts), 'verdict')} that move{'s' * (len(verdicts) == 1)}"
    for one, pair in verdicts.items():
        yield from _verdict(one, *pair)
    yield f"## {_count(len(numbers), 'sentence')} with other words or numbers, verdict unchanged"
    for one, (then, now) in numbers.items():
        yield f"- **{one}** " + "; ".join(difference(then["says"], now["says"]))
    yield from _caveats(new)


def _verdict(one, then, now):
    """What is told of a claim whose verdict moves."""
    yield f"- **{one}** {now['claim']}"
    yield f"  - {then['verdict'] or 'cannot be worked out'} → {now['verdict'] or 'cannot be worked out'}"
    yield from (f"  - {line}" for line in difference(then["says"], now["says"]))
    if now["verdict"] and now["recorded"] != now["verdict"]:
        yield f"  - on record: {now['recorded']}. If the new verdict is right, write it into claims.csv."


def _caveats(found):
    """The section on caveats that hold a number, of claims whose rules look at the tables that changed."""
    caveats = {one: row["caveat"] for one, row in found.items() if row["touched"] and A_NUMBER.search(row["caveat"])}
    yield f"## {_count(len(caveats), 'caveat')} to read: a number or a count, beside a rule that looks at these tables"
    yield from (f"- **{one}** {caveat}" for one, caveat in caveats.items())


def of_words(older, newer, years, tables):
    """The sections on words and calls of ours that name the edition that is no longer the newest, or the last year
    as it was.

    Of the descriptor, what it says of `tables`; a text that names the newer edition, too, has been brought up to it.
    """
    prose, calls = [], []
    for place, text, is_code in _texts(tables):
        for line in text.splitlines():
            if ".json" in place and any(name in line for name in newer):
                continue
            if found := _named(line, older, years if is_code or ".ipynb" in place else ()):
                (calls if is_code else prose).append(f"- {place}: {', '.join(found)} in “{_around(line, found[0])}”")
    yield f"## {_count(len(prose), 'line')} of prose to read"
    yield from prose
    yield f"## {_count(len(calls), 'line')} of code to read: controls, charts and checks with a typed edition or year"
    yield from calls


def of_lessons(save):
    """The sections on lessons: checks that show otherwise, then each lesson's cells, what stood there and what
    stands there now.

    With `save`, each lesson that differs and raises nothing is saved as it shows now.
    """
    import nbformat

    asking, lessons, count = [], [], 0
    for path in LESSONS:
        print(f"running {path.name}", file=sys.stderr, flush=True)
        book = saved.run(path)
        wrong, moved = saved.raised(book), saved.moved(path, book)
        lessons += [f"- **{path.name}, cell {number} raises** {error}" for number, error in wrong]
        if moved:
            count += len(moved)
            state = "not saved" if not save else "not saved, for a cell raises" if wrong else "saved as it shows now"
            lessons.append(f"### {path.name}: {_count(len(moved), 'cell')}, {state}")
            lessons += [line for cell in moved for line in _cell("cell", *cell)]
            asking += [_cell(f"{path.name}, cell", *cell) for cell in moved if ASKS.search(cell[1])]
            if save and not wrong:
                nbformat.write(book, path)
    yield (
        f"## {_count(len(asking), 'question')} to read: is each answer still among the options, each reason still true?"
    )
    yield from itertools.chain(*asking)
    yield f"## {_count(count, 'cell')} of lessons that show otherwise"
    yield from lessons


def _cell(place, number, source, then, now):
    """What is told of a cell that shows otherwise."""
    return [f"- {place} {number}, `{_first(source)}`", *(f"  - {shortened(line)}" for line in difference(then, now))]


def of_states(save):
    """The section on all that a learner can be shown, control by control: what is not as tests/record.py has it on
    record.

    With `save`, the record is renewed.
    """
    print("asking for every state of every panel", file=sys.stderr, flush=True)
    command = [sys.executable, str(COURSE / "tests" / "record.py"), *(["--renew"] if save else [])]
    asked = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    told = list(_panels(asked.stdout))
    if asked.returncode:
        told.append(f"The record could not be compared to its end: {asked.stderr.strip().splitlines()[-1]}")
    yield "## States of panels, findings and charts that show otherwise" + ("" if told else ": none")
    yield from told


def _panels(recorded):
    """What the record says in a line a panel, with the sentence of one state; findings stand above already."""
    for panel in re.split(r"^(?=\S)", recorded, flags=re.MULTILINE):
        heading, *lines = panel.splitlines() or [""]
        if heading and not heading.endswith("as recorded") and not heading.startswith("findings"):
            yield f"- {heading}"
            sentences = [at for at, line in enumerate(lines) if line.endswith(", twin")]
            yield from lines[sentences[0] : sentences[0] + 3] if sentences else []


def _texts(tables):
    """All that a reader of the course is told in words typed by hand: place, text, whether it is code."""
    yield "README.md", (COURSE / "README.md").read_text(encoding="utf-8"), False
    for _, row in data.load("claims").iterrows():
        told = [row[column] for column in ("caveat", "how", "found", "source") if isinstance(row[column], str)]
        yield f"claims.csv, {row['id']}", " ".join(told), False
    for path in LESSONS:
        for number, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"], 1):
            yield f"{path.name}, cell {number}", "".join(cell["source"]), cell["cell_type"] == "code"
    for path in sorted((COURSE / "notebooks" / "alliance").rglob("*.py")):
        if path.parent.name not in ("publishers", "update"):
            yield path.relative_to(COURSE).as_posix(), path.read_text(encoding="utf-8"), True
    yield from ((f"datapackage.json, {place}", text, False) for place, text in _described(tables))


def _described(tables):
    """What the descriptor says of the whole and of `tables`: place, text."""
    package = json.loads((data.FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    yield "description", package["description"]
    for entry in [entry for entry in package["resources"] if entry["name"] in tables]:
        told = {key: entry.get(key, "") for key in ("title", "description", "edition", "coverage")}
        told |= {field["name"]: field.get("description", "") for field in entry.get("schema", {}).get("fields", [])}
        for key, text in told.items():
            yield f"{entry['name']}.{key}", text
        for note in entry.get("breaks", []) + entry.get("outliers", []):
            where = " ".join(map(str, note["where"].values()))
            yield f"{entry['name']}, a note on {note['field']}", f"{where}: {note['note']}"


def _named(line, older, years):
    """Which of the older edition's names a line holds, and which last year as it was, standing alone."""
    found = [name for name in older if re.search(rf"(?<![\w-]){re.escape(name)}(?!\w|-\d)", line)]
    for last, _ in years:
        for match in re.finditer(rf"(?<![\d.,-]){last}(?![\d-])", line):
            before = line[: match.start()].split()[-1:] or [""]
            if before[0] not in publishers.MONTHS and not found:
                found = [str(last)]
    return found


def _around(line, name, reach=50):
    at = line.find(name)
    return line[max(at - reach, 0) : at + len(name) + reach].strip()


def _first(source):
    return next((line.strip() for line in source.splitlines() if line.strip()), "")[:90]


def _count(number, noun):
    return f"{number} {noun}{'s' * (number != 1)}"
