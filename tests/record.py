"""The record of all that a learner can be shown: every state of every panel, every hidden figure, evidence chart and finding.

    python tests/record.py           says what moved since the record was written, each sentence then and now
    python tests/record.py --renew   says it and writes the record anew

A state is recorded as it is seen: its words in full, its picture (with each mark's hover as a reader would read it) and
its table as fingerprints. Only the looks of a chart's code may change without a trace here.
"""

import base64
import functools
import hashlib
import json
import pathlib
import re
import sys

import numpy as np
import pandas as pd

FOLDER = pathlib.Path(__file__).parent / "record"
TOKEN = re.compile(r"%\{(customdata(?:\[(\d+)\])?|\w+)(?::([^}]*))?\}")
WORLDS = {  # older worlds in which each finding that looks at the table is recorded: all editions, and these days
    "members": ("1991-12-31", "2004-03-29", "2023-04-03", "2023-04-04", "2024-03-06"),
    "aid_by_month": ("2022-12", "2024-12", "2025-06"),  # a table of releases; here its months up to one
    "events": ("2022-02-23", "2024-12-31", "2025-06-30"),
}


def seen(figure):
    """A figure as it is recorded: its words, and fingerprints of its picture and of the table behind it."""
    title = figure.layout.title
    words = {"title": title.text, "subtitle": title.subtitle.text, "twin": figure.twin, "note": figure.note}
    return {
        **words,
        "source": str(figure.source),
        "picture": fingerprint(picture(figure)),
        "table": fingerprint(cells(figure)),
    }


def fingerprint(value):
    return hashlib.blake2b(json.dumps(value, sort_keys=True).encode(), digest_size=6).hexdigest()


def picture(figure):
    """Traces and layout as plain values, hover as the text of each mark, so that only what is seen counts."""
    drawn = figure.to_plotly_json()
    layout = {name: part for name, part in drawn["layout"].items() if name not in ("title", "template")}
    return [[plain(told(dict(trace))) for trace in drawn["data"]], plain(layout)]


def told(trace):
    """A trace with its hover as read at each mark, in the place of template and customdata."""
    template, carried = trace.pop("hovertemplate", None), unpacked(trace.pop("customdata", None))
    if template is None or trace.get("hoverinfo") == "skip":
        return trace
    carried = None if carried is None else list(carried)
    trace = {name: unpacked(value) for name, value in trace.items()}
    along = {
        name: list(trace[name])
        for name in ("x", "y", "text", "z", "locations")
        if isinstance(trace.get(name), list | tuple | np.ndarray | pd.Series)
    }
    if trace.get("type") == "heatmap":  # a grid is read cell by cell, row after row
        high, wide = np.shape(along["z"])
        along |= {"x": along["x"] * high, "y": [name for name in along["y"] for _ in range(wide)]}
        along |= {name: [cell for row in along[name] for cell in row] for name in ("z", "text") if name in along}
        carried = [cell for row in carried or () for cell in row] or None
    count = max((len(side) for side in (carried or (), *along.values())), default=0)
    templates = [template] * count if isinstance(template, str) else list(template)

    def read(place):
        def fill(match):
            name, number, form = match.groups()
            side = carried if name.startswith("customdata") else along.get(name, [f"<{name}>"] * count)
            value = side[place] if side and place < len(side) else "nothing"  # plotly would show the bare template
            value = plain(value if number is None else value[int(number)])
            return f"{value}|{form}" if form else str(value)

        return TOKEN.sub(fill, templates[place])

    return {**trace, "hover": [read(place) for place in range(count)]}


def plain(value):
    """Values of numpy, pandas and Python as JSON has them; 5.0 is 5, and a number has ten digits."""
    if isinstance(value, dict) and "bdata" in value:  # as plotly packs numbers
        return plain(unpacked(value))
    if isinstance(value, dict):
        return {str(name): plain(part) for name, part in sorted(value.items())}
    if isinstance(value, list | tuple | set | np.ndarray | pd.Series | pd.Index):
        return [plain(part) for part in value]
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return None
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int | float | np.number):
        rounded = float(f"{float(value):.10g}")
        return int(rounded) if rounded.is_integer() else rounded
    if isinstance(value, pd.Timestamp | np.datetime64):
        return str(pd.Timestamp(value))[:10]
    return str(value)


def unpacked(value):
    """Numbers as plotly packs them (base64) as an array; everything else as it is."""
    if not isinstance(value, dict) or "bdata" not in value:
        return value
    shape = [int(side) for side in str(value.get("shape", "-1")).split(",")]
    return np.frombuffer(base64.b64decode(value["bdata"]), dtype=value["dtype"]).reshape(shape)


def cells(figure):
    """The table behind a figure: its columns and rows as plain values."""
    if figure.table is None:
        return None
    table = figure.table if figure.table.index.name is None else figure.table.reset_index()
    return [list(map(str, table.columns)), [plain(list(row)) for row in table.itertuples(index=False)]]


def said(state):
    """A state of controls as text: 'year=2024, edition=2026-07'."""
    return ", ".join(
        f"{name}={'/'.join(map(str, value)) if isinstance(value, tuple | list) else value}"
        for name, value in state.items()
    )


@functools.cache
def read(name):
    """One file of the record: {what: [state, what is seen]}; each state holds what differs from the one before."""
    recorded, now = {}, {}
    for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        what, state, parts, changed = json.loads(line)
        now = {part: changed.get(part, now.get(part)) for part in parts or now}
        recorded.setdefault(what, {})[state] = now
    return recorded


def write(name, recorded):
    """Write one file of the record, one state a line: the names of its parts where they are new, and what differs."""
    lines, before = [], {}
    for what, states in recorded.items():
        for place, (state, now) in enumerate(states.items()):
            old = before if place and list(before) == list(now) else {}
            changed = {part: value for part, value in now.items() if part not in old or old[part] != value}
            lines.append(json.dumps([what, state, [] if old else list(now), changed], ensure_ascii=False))
            before = now
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def differences(name, recorded, now, most=5):
    """What moved in one file of the record, as sentences; '' where nothing did."""
    told = []
    for what in [*recorded, *(new for new in now if new not in recorded)]:
        then_states, now_states = recorded.get(what, {}), now.get(what, {})
        moved = [state for state in {**then_states, **now_states} if then_states.get(state) != now_states.get(state)]
        if not moved:
            continue
        told.append(f"{name}, {what}: {len(moved)} of {len({**then_states, **now_states})} states moved")
        for state in moved[:most]:
            then, new = then_states.get(state), now_states.get(state)
            if then is None or new is None:
                told.append(
                    f"  {state or 'as it stands'}: {'new: ' + next(iter(new.values())) if then is None else 'gone: ' + next(iter(then.values()))}"
                )
                continue
            for part in {**then, **new}:
                if then.get(part) != new.get(part):
                    told.append(
                        f"  {state or 'as it stands'}, {part}\n    then: {then.get(part)}\n    now:  {new.get(part)}"
                    )
        if len(moved) > most:
            told.append(f"  ... and {len(moved) - most} more states")
    return "\n".join(told)


# What is recorded, file by file ---------------------------------------------------------------


def lesson(path, panels=True):
    """All that the panels, hidden figures and still charts of a lesson can show: {what: {state: what is seen}}."""
    import lessons
    import test_states
    from alliance.chart import Chart
    from alliance.lesson.predict import Reveal

    recorded, place, hidden, still = {}, 0, 0, 0
    for _, value in lessons.shown(path):
        if isinstance(value, Reveal):
            hidden += 1
            recorded[f"reveal {hidden}"] = {"": {**seen(value.figure), "answer": str(plain(value.answer))}}
        if panels and (panel := lessons.explored(value)):
            place += 1
            states = recorded[f"panel {place}"] = {}
            for state in test_states.drawn_states(panel):
                states[said(state)] = seen(panel.figure)
        elif isinstance(value, Chart):
            still += 1
            recorded[f"chart {still}"] = {"": seen(value.shown)}
    return recorded


def put(controls, state):
    for name, value in state.items():
        controls[name].value = value


def evidence():
    """The chart of evidence for each claim that has one, in today's world and in older ones.

    Claims that share a chart share one drawing, and so do worlds that differ in no table that the chart is filled from.
    """
    from alliance.lesson import evidence
    from alliance.world import needs

    drawn, recorded = {}, {}
    worlds = older(("", "defence_expenditure=2024-06", "members=2023-04-03"))
    for claim, (draw, choices) in sorted(evidence.BY_CLAIM.items()):
        looks_at = set().union(*(needs(asked) for asked in (draw, *choices.values()) if callable(asked)))
        recorded[claim] = {}
        for name, world in worlds:
            key = draw.__name__, repr(choices), name if world.altered & looks_at else ""
            if key not in drawn:
                drawn[key] = attempt(evidence.chart, claim, world)
            recorded[claim][name] = drawn[key]
    return recorded


def findings():
    """Each computed finding, its chart of readings, and the finding in each older world of a table it looks at."""
    from alliance import claims, figures, world

    cuts = [("", None)]
    for table in ("defence_expenditure", "aid_by_donor", *WORLDS):
        days = WORLDS.get(table) or world.editions(table)
        cuts += [(f"{table}={day}", table) for day in days]
    worlds, recorded = dict(older(name for name, _ in cuts)), {}
    for claim in sorted(claims.RULES):
        recorded[claim] = {}
        for name, table in cuts:
            if table is None or table in claims.tables_of(claim):
                found = claims.finding_in(worlds[name], claim)
                if found.verdict is None:
                    recorded[claim][name] = {"says": found.says.split(":")[0]}  # why not is no part of the record
                    continue
                recorded[claim][name] = {
                    "says": found.says,
                    "verdict": found.verdict,
                    "turns": found.turns,
                    "readings": [list(pair) for pair in found.readings],
                }
                if table is None and found.readings:
                    recorded[claim]["readings"] = seen(
                        worlds[name].ask(figures.readings, finding=found, identifier=claim, judged="supported")
                    )
    return recorded


def own_sentences():
    """Own sentences of the fact-check lab: each table and measure, its first two years, each comparison."""
    import lessons
    from alliance import measures

    [panel] = [
        value
        for path in lessons.PATHS
        if lessons.number(path) == "11"
        for _, value in lessons.shown(path)
        if type(value).__name__ == "OwnSentence"
    ]
    start, recorded = {name: control.value for name, control in panel.controls.items()}, {}
    for table, labels in measures.INDICATORS.items():
        for measure in labels:
            states = recorded[f"{table}, {measure}"] = {}
            put(panel.controls, {"table": table, "measure": measure})
            for year in lessons.options(panel.controls["year"])[:2]:
                panel.controls["year"].value = year
                for comparison in lessons.options(panel.controls["comparison"]):
                    panel.controls["comparison"].value = comparison
                    states[f"{year} {comparison}"] = seen(panel.figure)
    put(panel.controls, start)
    return recorded


def attempt(draw, *arguments):
    try:
        return seen(draw(*arguments))
    except Exception as error:
        return {"cannot be drawn": type(error).__name__}


def older(names):
    """Pairs of a name like 'members=2023-04-03' and the world as it was known then; '' is today's."""
    from alliance import data
    from alliance.world import World

    def known(name):
        table, _, last = name.partition("=")
        if table == "aid_by_month":
            months = data.load(table)
            return World(instead={table: months[months["month"] <= last]})
        return World(until={table: last} if name else None)

    return [(name, known(name)) for name in names]


@functools.cache
def parts():
    """The files of the record and what fills each: lessons first."""
    import lessons

    return {
        **{lessons.number(path): functools.partial(lesson, path) for path in lessons.PATHS},
        "evidence": evidence,
        "findings": findings,
        "own sentences": own_sentences,
    }


def main(arguments):
    import lessons

    sys.path.insert(0, str(lessons.FOLDER))
    wanted = [name for name in arguments if not name.startswith("--")]
    for name, make in parts().items():
        if wanted and name not in wanted:
            continue
        now = make()
        recorded = read(name) if (FOLDER / f"{name}.jsonl").exists() else {}
        told = differences(name, recorded, now, most=3)
        print(told or f"{name}: {sum(map(len, now.values()))} states, as recorded", flush=True)
        if "--renew" in arguments and told:
            write(name, now)


if __name__ == "__main__":
    import os
    import tempfile

    os.environ["ALLIANCE_ANSWERS"] = os.path.join(tempfile.mkdtemp(), "answers.sqlite")
    sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[1] / "notebooks")]
    main(sys.argv[1:])
