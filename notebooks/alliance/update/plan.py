"""What an edition changes in data/: the files as they would be,
and a line for each change that a maintainer should see.
"""

import collections
import copy
import csv
import dataclasses
import io
import itertools
import json
import re

from .. import data, publishers
from ..publishers import IN_PRICES, Refused, text_of
from ..words import named

NAMED = 8  # as many rows revised, gone or moved are named one by one


@dataclasses.dataclass(frozen=True)
class Plan:
    """`files`: the bytes of each file of data/ that changes, by name. `lines`: what changes, in words.

    `tables`: the names of the tables that change. `older`, `newer`: how prose names the edition that is no longer the
    newest (nothing where none came) and the one that is. `years`: pairs of a table's last year before and now, where
    it moved.
    """

    files: dict
    lines: list
    tables: tuple
    older: tuple
    newer: tuple
    years: tuple


def plan(publisher, issue, about):
    """The `Plan` of an issue that a module of `publishers` has read.

    `about`: what sources.csv is to say of a new source (title, address, licence, copy_read, date_read), None where
    not said. Raises Refused where the source is new and its address is not given, and where the issue is older than
    the only one that a table keeps.
    """
    package = json.loads((data.FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    before, files, lines, years = copy.deepcopy(package), {}, [], []
    entries = {entry["name"]: entry for entry in package["resources"]}
    newest = _newest_source(publisher, entries[issue.parts[0].table])
    sources, source = _with_source(publisher, issue, about, newest)
    for part in issue.parts:
        entry = entries[part.table]
        columns, ours = text_of(entry["path"])
        _check_newer(part, columns, issue.source, entry["sources"])
        merged, told = merge(part, columns, entry["schema"]["primaryKey"], ours)
        lines += [f"{entry['path']}: {told[0]}", *told[1:]]
        files[entry["path"]] = _written(columns, merged)
        years += _with_values(entry, merged)
        publisher.describe(entry, issue, merged)
        _cite(entry, merged, source, sources)
    older = ()
    if source not in text_of("sources.csv")[1]:
        idle = _unnamed(before, package, files)
        files["sources.csv"] = _written(list(sources[0]), [row for row in sources if row["id"] not in idle])
        said = "; ".join(f"{column} {value}" for column, value in source.items() if value and column != "id")
        lines.append(f"sources.csv: 1 row new, {source['id']}: {said}")
        lines += [f"sources.csv: 1 row gone, {one}: nothing names it any more" for one in idle]
        _move_on(package, entries["sources"], source["date_read"])
        older = _older(publisher, issue, newest, sources)
    lines += [f"datapackage.json, {line.strip()}" for line in _differences(before, package)]
    files = _changed(files, package)
    tables = tuple(part.table for part in issue.parts)
    return Plan(files, lines, tables, older, publisher.names(issue.key), tuple(years))


def _changed(files, package):
    """Those of the files that are not as in data/, and the descriptor among them, with their fingerprints in it."""
    for entry in package["resources"]:
        if entry["path"] in files:
            entry["bytes"], entry["hash"] = data._fingerprint(files[entry["path"]])
    descriptor = (json.dumps(package, indent=2, ensure_ascii=False) + "\n").encode()
    files = files | {"datapackage.json": descriptor}
    return {name: content for name, content in files.items() if content != (data.FOLDER / name).read_bytes()}


def _move_on(package, entry, day):
    """Let the descriptor say that a source was read on a `day`: of the table of sources, and of the whole."""
    entry["read"] = max(entry["read"], day)
    entry["edition"] = f"Compiled {_day(entry['read'])}"
    package["version"] = max(package["version"], day[:7].replace("-", "."))
    package["created"] = max(package["created"], f"{day}T00:00:00Z")


def _older(publisher, issue, newest, sources):
    """How prose names the edition that was the newest until this issue; nothing where this issue is the older one."""
    if _order(issue.source) <= _order(newest):
        return ()
    said = next(row["edition"] for row in sources if row["id"] == newest)
    dates = re.findall(rf"(?:{'|'.join(publishers.MONTHS)}) \d{{4}}", said)
    return tuple(dict.fromkeys([newest, *publisher.names(_key_of(newest)), *dates]))


# Rows ---------------------------------------------------------------------------------------


def merge(part, columns, keys, ours):
    """Our rows with those of a part in their places; what is new, revised and gone, in lines.

    A number that is written otherwise but is the same number stays as we have it.
    """
    theirs = {_key(row, keys): _among(row, columns) for row in part.rows}
    if len(theirs) < len(part.rows):
        raise Refused(f"The file gives {part.table} two rows for one {', '.join(keys)}.")
    within, emptied = _among(part.within, columns), dict.fromkeys(set(_among(part.rows[0], columns)) - set(keys), "")
    merged, both, gone = [], {}, []
    for row in ours:
        key = _key(row, keys)
        if not _inside(row, within):
            merged.append(row)
        elif key not in theirs and part.removes:
            gone.append(row)
        else:
            both[key] = row, _renewed(row, theirs.get(key, emptied))
            merged.append(both[key][1])
    new = [dict.fromkeys(columns, "") | row for key, row in theirs.items() if key not in both]
    told = _told(part, keys, ours, new, list(both.values()), gone)
    return _placed(merged, new, keys, within), list(told)


def _among(row, columns):
    """The cells of a row whose columns are among `columns`."""
    return {name: text for name, text in row.items() if name in columns}


def _key(row, keys):
    return tuple(row[key] for key in keys)


def _inside(row, within):
    """Whether a row of ours is one of those whose place a part takes."""
    return all(row[column] == value for column, value in within.items())


def _renewed(row, fresh):
    """A row of ours with the cells of a `fresh` one; a cell that holds the same number stays as we write it."""
    return row | {name: _kept(row[name], value) for name, value in fresh.items()}


def _moved(row, now):
    """The columns in which a row is not as it was, its source apart."""
    return [name for name in row if now[name] != row[name] and name != "source"]


def _placed(rows, new, keys, within):
    """Rows of a table with the new ones: first if no row is of their edition, else sorted among those that are."""
    mine = [_inside(row, within) for row in rows]
    if not new:
        return rows
    if not any(mine):
        return [*new, *rows]
    together = sorted([*itertools.compress(rows, mine), *new], key=lambda row: _key(row, keys))
    apart = [row for row, inside in zip(rows, mine) if not inside]
    first = mine.index(True)
    return [*apart[:first], *together, *apart[first:]]


def _check_newer(part, columns, source, cited):
    """Refuse to put an older issue in the place of the newest, in a table that keeps one."""
    family = source.rstrip("0123456789")
    newer = [
        other["id"]
        for other in cited
        if other["id"].rstrip("0123456789") == family and _order(other["id"]) > _order(source)
    ]
    if newer and not set(part.within) & set(columns):
        raise Refused(f"{part.table} keeps the newest issue only, now {newer[0]}: {source} would take its place.")


def _order(source):
    return len(source), source


def _kept(ours, theirs):
    """Our text of a cell where theirs is the same number, else theirs."""
    try:
        return ours if float(ours) == float(theirs) else theirs
    except ValueError:
        return theirs


# What changed, told ------------------------------------------------------------------------


def _told(part, keys, ours, new, both, gone):
    """What a part does to a table, in lines; `both`: pairs of a row before and now."""
    names = _names()
    revised = [(row, now, columns) for row, now in both if (columns := _moved(row, now))]
    yield f"{len(new)} row{'s' * (len(new) != 1)} new, {len(revised)} revised, {len(gone)} gone."
    if cited := sum(now.get("source") != row.get("source") for row, now in both):
        yield f"  {cited} of the rows that we had cite {part.rows[0]['source']} now"
    for word, rows in (("new", new), ("gone", gone)):
        if rows:
            yield f"  {word}: {_by_country(rows, names)}"
    if revised:
        yield from _revised(revised, keys, names)
    elif new and (column := next(iter(part.within), None)) in keys:
        yield from _against(part, column, keys, ours, names)


def _revised(revised, keys, names):
    """Which countries' columns are revised, and the largest moves; of (row before, row now, columns moved)."""
    moved = {}
    for row, _, columns in revised:
        moved.setdefault(names.get(row["iso3"], row["iso3"]), set()).update(columns)
    yield "  revised: " + "; ".join(f"{name} ({', '.join(sorted(columns))})" for name, columns in moved.items())
    yield from _largest([(row, now, name) for row, now, columns in revised for name in columns], keys, names)


def _by_country(rows, names):
    """How many rows each country has, those with as many together: "13 each for Albania, Belgium; 2 for Latvia"."""
    groups = {}
    for code, count in collections.Counter(row["iso3"] for row in rows).items():
        groups.setdefault(count, []).append(names.get(code, code))
    return "; ".join(
        f"{count} for {group[0]}" if len(group) == 1 else f"{count} each for {', '.join(group)}"
        for count, group in sorted(groups.items(), reverse=True)
    )


def _against(part, column, keys, ours, names):
    """What the new edition says otherwise than the newest of ours, of the same years."""
    older = _newest_full(row[column] for row in ours if row[column] < part.within[column])
    if older is not None:
        rest = [key for key in keys if key != column]
        yield from _compared(older, [row for row in ours if row[column] == older], part.rows, rest, names)


def _compared(older, before, now, keys, names):
    """What the rows `now` say otherwise than those `before`, of the edition `older`: rows lost, numbers that moved."""
    known, theirs = ({_key(row, keys): row for row in rows} for rows in (before, now))
    if lost := [row for place, row in known.items() if place not in theirs]:
        yield f"  not in it, though in {older}: {_each_country(lost, names)}"
    both = [(known[place], row) for place, row in theirs.items() if place in known]
    yield from _prices(older, before, now)
    moved = [(old, row, name) for old, row in both for name in _otherwise(old, row)]
    rows = {id(row) for _, row, _ in moved}
    yield f"  {len(rows)} of {len(both)} rows that {older} has too say another number" + (":" if moved else ".")
    yield from _largest(moved, keys, names)


def _prices(older, before, now):
    """A line where the constant prices of two editions are those of different years."""
    bases = [sorted({row.get("base_year", "") for row in rows} - {""}) for rows in (before, now)]
    if all(bases) and bases[0] != bases[1]:
        yield (
            f"  in the prices of {named(bases[1])}, and {older} in those of {named(bases[0])}: "
            "amounts in constant prices are not compared, and never mixed"
        )


def _each_country(rows, names):
    """How many rows each country has, one by one: "Albania (13), Latvia (1)"."""
    counts = collections.Counter(row["iso3"] for row in rows)
    return ", ".join(f"{names.get(code, code)} ({count})" for code, count in counts.items())


def _otherwise(old, row):
    """The columns in which a row holds another number than an older one, in prices of the same year if in any."""
    other_prices = ("base_year", *IN_PRICES) if old.get("base_year") != row.get("base_year") else ()
    return [name for name in row if name not in other_prices and _differ(old.get(name, ""), row[name])]


def _newest_full(editions):
    """The newest edition that has at least half as many rows as the fullest; None if there is none."""
    counts = collections.Counter(editions)
    return max((edition for edition, count in counts.items() if 2 * count >= max(counts.values())), default=None)


def _differ(old, new):
    """Whether both are numbers and other ones."""
    try:
        return round(float(old) - float(new), 9) != 0
    except ValueError:
        return False


def _largest(moved, keys, names):
    """A line for each of the largest moves of (row before, row now, column)."""

    def size(change):
        old, new, name = change
        try:
            return abs(float(new[name]) / float(old[name]) - 1)
        except ZeroDivisionError:
            return abs(float(new[name]))
        except ValueError:
            return float("inf")  # a figure come or gone

    numbers = [change for change in moved if change[2] not in ("status", "source")]
    for old, new, name in sorted(numbers, key=size, reverse=True)[:NAMED]:
        place = " ".join(names.get(old[key], old[key]) for key in keys)
        yield f"    {place}, {name}: {old[name] or 'empty'}, now {new[name] or 'empty'}"
    if len(numbers) > NAMED:
        yield f"    and {len(numbers) - NAMED} numbers more"


def _with_values(entry, rows):
    """Let the descriptor allow the values that rows hold: names of editions, years;
    pairs of a last year before and now.
    """
    moved = []
    for field in entry["schema"]["fields"]:
        rules = field.get("constraints", {})
        held = list(dict.fromkeys(row[field["name"]] for row in rows if row[field["name"]]))
        if field["name"] in ("edition", "release") and "enum" in rules:
            new = sorted(set(held) - set(rules["enum"]))
            last = rules["enum"] == sorted(rules["enum"])
            rules["enum"] = [*rules["enum"], *new] if last else [*reversed(new), *rules["enum"]]
        if field["name"] == "year" and held:
            years = [int(year) for year in held]
            if max(years) > rules["maximum"]:
                moved.append((rules["maximum"], max(years)))
            rules["minimum"], rules["maximum"] = min(rules["minimum"], *years), max(rules["maximum"], *years)
    return moved


def _newest_source(publisher, entry):
    """The id of the first source that the descriptor names for a table and that is the publisher's."""
    owners = {row["id"]: row["publisher"] for row in text_of("sources.csv")[1]}
    return next(cited["id"] for cited in entry["sources"] if owners[cited["id"]] == publisher.NAME)


def _with_source(publisher, issue, about, newest):
    """The rows of sources.csv with the issue's own among them, and that row."""
    _, rows = text_of("sources.csv")
    known = {row["id"]: row for row in rows}
    if issue.source in known:
        return rows, known[issue.source]
    before = known[newest]
    if not about["address"]:
        raise Refused(f"{issue.source} is not in sources.csv yet: say where it is published, --address https://...")
    titled = about["title"] or _moved_on(before["title"], before["id"], issue.key)
    row = before | {  # the publisher and who owns it stay
        "id": issue.source,
        "title": titled,
        "edition": about["edition"] or issue.words,
        "address": about["address"],
        "copy_read": about["copy_read"] or "",
        "licence": about["licence"] or before["licence"],
        "date_read": about["date_read"],
    }
    return sorted([*rows, row], key=lambda row: row["id"]), row


def _moved_on(title, before, key):
    """A title with its years moved on as far as the edition did: "(2014-2026)" to "(2014-2027)";
    versions are dropped.
    """
    old, new = (re.search(r"\d{4}", text) for text in (before, key))
    if not (old and new):
        return title
    step = int(new[0]) - int(old[0])
    title = re.sub(r", v[\d.]+$", "", title)
    last = max(re.findall(r"\b(?:19|20)\d\d\b", title), default="")
    return re.sub(rf"\b{last}\b", str(int(last) + step), title) if last else title


def _key_of(source):
    """The edition that a source's id names: "2026-07" of nato-2026-07, "R30" of kiel-r30."""
    return source.split("-", 1)[1].replace("r", "R")


def _cite(entry, rows, source, sources):
    """Let the descriptor name, for a table, the `source` of an issue beside those that its rows or columns still have:
    a newer one first; and the day on which it was read.
    """
    entry["read"] = max(entry["read"], source["date_read"])
    if source["id"] in {cited["id"] for cited in entry["sources"]}:
        return
    used = {row.get("source") for row in rows} | {field.get("source") for field in entry["schema"]["fields"]}
    kept = [cited["id"] for cited in entry["sources"] if cited["id"] in used]
    newer = not kept or _order(source["id"]) > _order(kept[0])
    known = {row["id"]: row for row in sources}
    entry["sources"] = [_citation(known[one]) for one in ([source["id"], *kept] if newer else [*kept, source["id"]])]


def _unnamed(before, package, files):
    """The ids of sources that the descriptor named `before`; neither it nor a row does once `files` are written."""
    then, now = ({one for entry in each["resources"] for one in _named_for(entry)} for each in (before, package))
    cells = set()
    for entry in package["resources"] if then - now else ():
        for key in entry.get("schema", {}).get("foreignKeys", []):
            if key["reference"]["resource"] == "sources":
                columns = [key["fields"]] if isinstance(key["fields"], str) else key["fields"]
                content = files.get(entry["path"]) or (data.FOLDER / entry["path"]).read_bytes()
                rows = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
                cells |= {row[column] for row in rows for column in columns}
    return sorted(then - now - cells)


def _named_for(entry):
    """The ids of the sources that the descriptor names for a table and for its columns."""
    columns = entry.get("schema", {}).get("fields", [])
    return [one["id"] for one in entry.get("sources", []) if "id" in one] + [
        field["source"] for field in columns if "source" in field
    ]


def _citation(row):
    """What the descriptor says of a source: its id, title and address."""
    when = f" ({row['edition']})" if row["edition"] else ""
    return {"id": row["id"], "title": f"{row['publisher']}: {row['title']}{when}", "path": row["address"]}


def _differences(before, after, path=""):
    """A line for each value of the descriptor that is not as it was; a list of names says what came and went."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys([*before, *after]):
            yield from _differences(before.get(key), after.get(key), f"{path}.{key}" if path else key)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _differences_of_lists(before, after, path)
    elif before != after:
        shown = "added" if before is None else "taken away" if after is None else f"{before!r}, now {after!r}"
        yield f"  {_place(path)}: {shown}"


def _differences_of_lists(before, after, path):
    """The same of two lists: part by part where each part has a name, else what came and what went."""
    old, new = _parts(before), _parts(after)
    if old and new and None not in {*old, *new}:
        for name in dict.fromkeys([*new, *old]):
            yield from _differences(old.get(name), new.get(name), f"{path}.{name}")
    elif before != after:
        come = [f"{part} added" for part in after if part not in before]
        went = [f"{part} taken away" for part in before if part not in after]
        yield f"  {_place(path)}: {', '.join([*come, *went])}"


def _parts(entries):
    """The dicts of a list by their name or id."""
    return {part.get("name", part.get("id")): part for part in entries if isinstance(part, dict)}


def _place(path):
    return path.removeprefix("resources.").replace(".schema.fields.", ".").replace(".constraints.", ".")


def _names():
    countries = data.load("countries")
    return dict(zip(countries["iso3"], countries["name"]))


def _written(columns, rows):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _day(text):
    year, month, day = text.split("-")
    return f"{int(day)} {publishers.MONTHS[int(month) - 1]} {year}"
