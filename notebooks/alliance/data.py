"""The tables of the course: data/*.csv, typed and checked as data/datapackage.json describes them.

`load("aid_by_month")` gives a table, or one DataError that says in which file, line and column
the damage is, what stands there and what was expected. Text is text: HTML or a spreadsheet
formula in a text cell stays as written and is never run.

From the notebooks folder, `python -m alliance` checks every table, and
`python -m alliance --record` writes down the fingerprint of an edition just added.
"""

import argparse
import copy
import csv
import hashlib
import io
import json
import os
import re
import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from . import words

FOLDER = Path(__file__).resolve().parents[2] / "data"
Stamp = tuple[str, int, int]  # what changes when a file does: its place, time and size
LARGEST = 5_000_000  # bytes: the whole package is meant to stay under 2 MB

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = rf"(?:(?:\d{{1,2}} )?(?:{MONTHS}) )?\b(?:1[89]|20)\d\d\b"  # in a title, the latest part of which dates it

# Stricter than float() and int(), which take "1_000", " 3 ", "1e5", "nan" and other scripts' digits.
SHAPES = {
    "integer": (r"-?[0-9]{1,15}", "a whole number like 1234"),
    "year": (r"[0-9]{4}", "a year like 1949"),
    "number": (r"-?[0-9]{1,15}(\.[0-9]{1,20})?", "a number like 1234.5"),
    "date": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "a date like 2024-02-29"),
    "boolean": (r"true|false", "true or false"),
}
# Of a Frictionless field: given what it asks, what tells whether a value keeps it; and what is said where it is broken
RULES = {
    "pattern": (lambda pattern: re.compile(pattern).fullmatch, "is not like"),
    "enum": (lambda listed: listed.__contains__, "is not one of"),
    "minimum": (lambda least: lambda value: value >= least, "is below the least possible,"),
    "maximum": (lambda most: lambda value: value <= most, "is above the most possible,"),
}
DTYPES = {
    "string": "str",
    "integer": "int64",
    "year": "int64",
    "number": "float64",
    "boolean": "bool",
    "date": "datetime64[us]",
}
GAP_DTYPES = {"integer": "Int64", "year": "Int64", "boolean": "boolean"}  # where a cell is empty


class DataError(ValueError):
    """What is wrong with a file of the data folder, or with a question about it, in a sentence."""


# Asking -------------------------------------------------------------------------------------


def load(name: str) -> pd.DataFrame:
    """Return the table `name`, one row a line, typed; units and meanings are in `field`.

    Empty cells are missing. Raises DataError where the file is not as datapackage.json has it.
    """
    return _table(name, _stamps(name)).copy(deep=False)  # pandas copies on write: what a learner changes is theirs


def row(name: str, identifier: str) -> pd.Series:
    """Return the row of a table that has this `id`. Raises DataError, naming the close ones, where there is none."""
    rows = _by_id(name, _stamps(name))
    if identifier not in rows.index:
        raise DataError(f"There is no {identifier!r} in {name}{_hint(str(identifier), rows.index)}.")
    return rows.loc[identifier]


def names() -> list[str]:
    """Return the names of all tables, in the order of datapackage.json."""
    return list(_entries(_stamp("datapackage.json"))[0])


def outlines() -> list[str]:
    """Return the names of all country outlines, in the order of datapackage.json."""
    return list(_entries(_stamp("datapackage.json"))[1])


def stamps() -> tuple:
    """Return what changes when any file of the data folder does."""
    found = ((file.name, os.stat(file.path)) for file in os.scandir(FOLDER) if file.is_file())
    return tuple(sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in found))


def resource(name: str) -> dict:
    """Return what datapackage.json says of one table, as a dict of your own."""
    return copy.deepcopy(_resource(name))


def field(name: str, column: str) -> dict:
    """Return what datapackage.json says of one column: type, title, description, unit."""
    fields = {entry["name"]: entry for entry in _resource(name)["schema"]["fields"]}
    if column not in fields:
        raise DataError(f"{name} has no column {column!r}{_hint(column, fields)}.")
    return copy.deepcopy(fields[column])


def unit(name: str, column: str) -> str:
    """Return the unit of a column ("EUR billion"), empty where it has none."""
    return field(name, column).get("unit", "")


def newest(name: str, column: str = "edition") -> Any:
    """Return the newest edition in a table, so that a lesson need not name one."""
    field(name, column)
    return load(name)[column].max()


def sources(name: str, *columns: str, **where: Any) -> pd.DataFrame:
    """Return the rows of sources.csv behind a table, or behind some columns, or where column == value.

    Asked for are the sources of the columns, else of the rows, else of the whole table.
    """
    return _sources(name, columns, tuple(where.items()), _stamps(name), _stamps("sources")).copy(deep=False)


@lru_cache(maxsize=512)
def _sources(name: str, columns: tuple, where: tuple, *stamps: tuple[Stamp, ...]) -> pd.DataFrame:
    """As `sources`; the stamps are for the cache: many charts and cards rest on one table."""
    rows, table = load(name), load("sources")
    for column, value in where:
        field(name, column)
        rows = rows[rows[column] == value]
    cited = [field(name, column).get("source") for column in columns]
    if None in cited or not cited:
        whole = [source["id"] for source in _resource(name).get("sources", []) if "id" in source]
        cited += list(rows["source"]) if "source" in rows else whole
    order = {source: place for place, source in enumerate(dict.fromkeys(cited))}
    used = table[table["id"].isin(order)]
    return used.sort_values("id", key=lambda ids: ids.map(order)).reset_index(drop=True)


class Source(NamedTuple):
    """What figures rest on, as a reader is told of it; `when` is its edition, or the day on which it was read."""

    publisher: str
    title: str = ""
    when: str = ""

    def __str__(self) -> str:
        return ", ".join(part for part in self if part)

    def called(self) -> str:
        """The publisher by a name short enough for a phone."""
        return field("sources", "publisher")["called"].get(self.publisher, self.publisher)

    def brief(self, only_year: bool = False) -> str:
        """Publisher and edition, each as short as it can be said: "Kiel Institute, Release 30"."""
        dated = re.findall(_DAY, self.title) if self.when.startswith("read ") else []
        when = dated[-1] if dated else re.split(r", | \(", self.when)[0]
        years = re.findall(r"\b(?:1[89]|20)\d\d\b", when if dated else self.when)
        return ", ".join(part for part in (self.called(), years[-1] if only_year and years else when) if part)


class Sources(tuple[Source, ...]):
    """What a chart rests on, in order; `+` joins two without saying a source twice. As text all of them, in full."""

    def __add__(self, others: Iterable[Source]) -> "Sources":  # type: ignore[override]
        return Sources(dict.fromkeys((*self, *others)))

    def __str__(self) -> str:
        return self.text()

    def text(self, most: int | None = None) -> str:
        """'Source: A' or 'Sources: A; B; and 3 more', with at most `most` of them named; '' if there is none."""
        return self._line(dict.fromkeys(map(str, self[:most])), len(self[most:]) if most else 0)

    def lines(self) -> list[str]:
        """The line under a chart in ever fewer letters: in full, by publisher and edition, by the first of them."""
        briefs = [source.brief() for source in self]
        named = list(dict.fromkeys(briefs))
        found = [self.text()] if len(self) < 4 else []
        for most in range(min(len(named), 6), 0, -1):
            found.append(self._line(named[:most], sum(brief not in named[:most] for brief in briefs)))
        rest = f" and {len(self) - 1} more" if len(self) > 1 else ""
        for source in self[:1]:
            found += [self._line([source.brief(only_year=True)], len(self) - 1), source.called() + rest]
        return found

    def _line(self, named: Collection[str], more: int) -> str:
        parts = [*named, *([f"and {more} more"] if more else [])]
        return ("Sources: " if len(self) > 1 else "Source: " if self else "") + "; ".join(parts)


def own(what: str, how: str = "", when: str = "") -> Sources:
    """Return what a chart rests on that is no publisher's: "our own calculation"."""
    return Sources([Source(what, how, when)])


def cited(name: str, *columns: str, **where: Any) -> Sources:
    """Return the `Sources` of a table, or of some columns, or where column == value; takes what `sources` takes.

    DataError if there is none.
    """
    found = Sources(map(_source, sources(name, *columns, **where).to_dict("records")))
    if not found:
        raise DataError(f"{name} cites no source" + (f" where {where}." if where else "."))
    return found


def cite(rows: pd.DataFrame) -> Sources:
    """Return the `Sources` of the rows that a chart shows, by their column `source`, in order of appearance.

    DataError if the rows cite none.
    """
    known = load("sources").set_index("id", drop=False)
    used = rows["source"].dropna().unique()
    if not len(used):
        raise DataError("These rows cite no source.")
    return Sources(map(_source, known.loc[used].to_dict("records")))


def remarks(name: str, kind: str) -> pd.DataFrame:
    """Return the known "breaks" or "outliers" of a table: the columns that say where, field, note."""
    noted = _resource(name).get(kind, [])
    return pd.DataFrame([{**entry["where"], "field": entry["field"], "note": entry["note"]} for entry in noted])


def remarks_for(name: str, rows: pd.DataFrame, field: str) -> pd.Series:
    """Return the notes on known breaks and outliers of a field, one text beside each of `rows`.

    Empty where there is none. `rows` needs the columns that say where a break is, else it is not noted.
    """
    notes: dict[tuple, dict[tuple, str]] = {}
    for entry in _resource(name).get("breaks", []) + _resource(name).get("outliers", []):
        if entry["field"] == field:
            notes.setdefault(tuple(entry["where"]), {}).setdefault(tuple(entry["where"].values()), entry["note"])
    found = [""] * len(rows)
    for columns, known in notes.items():
        if set(columns) <= set(rows.columns):
            places = zip(*(rows[column].tolist() for column in columns))
            found = [f"{text} {known.get(place, '')}".strip() for text, place in zip(found, places)]
    return pd.Series(found, index=rows.index, dtype="str")


def load_outlines(name: str) -> dict:
    """Return the country outlines `name` ("europe_outlines") as GeoJSON; a feature's id is its ISO code."""
    path = _entry(name, _entries(_stamp("datapackage.json"))[1])["path"]
    outlines = _parsed(path, _stamp(path))
    _check_record(path)
    return copy.deepcopy(outlines)


# Reading ------------------------------------------------------------------------------------


def _stamp(path: str) -> Stamp:
    """Return what changes when a file does: its place, time and size."""
    file = FOLDER / path
    try:
        stat = file.stat()
    except OSError as error:
        raise DataError(f"{_called(path)} is missing or cannot be read ({error.strerror}).") from None
    if stat.st_size > LARGEST:
        raise DataError(f"{_called(path)} has {stat.st_size:,} bytes; a table here has at most {LARGEST:,}.")
    return str(file), stat.st_mtime_ns, stat.st_size


def _stamps(name: str) -> tuple[Stamp, ...]:
    keys = _resource(name)["schema"].get("foreignKeys", [])
    others = [_resource(key["reference"]["resource"] or name)["path"] for key in keys]
    return tuple(_stamp(path) for path in ["datapackage.json", _resource(name)["path"], *others])


def _called(path: str) -> str:
    return f"{FOLDER.name}/{path}"


def _content(path: str) -> bytes:
    """Return the bytes of a file, without what Windows programs add to them."""
    try:
        content = (FOLDER / path).read_bytes()
    except OSError as error:
        raise DataError(f"{_called(path)} cannot be read ({error.strerror}).") from None
    return content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")


def _text(path: str) -> str:
    content, wrong = _content(path), []
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        wrong = [error.start]
    if b"\0" in content:
        wrong.append(content.index(b"\0"))
    if wrong:
        line, byte = content.count(b"\n", 0, min(wrong)) + 1, content[min(wrong)]
        raise DataError(
            f"{_called(path)}, line {line}: byte 0x{byte:02x} has no place in UTF-8 text; save the file as 'CSV UTF-8'."
        )
    return text


@lru_cache(maxsize=8)
def _parsed(path: str, stamp: Stamp) -> Any:
    try:
        return json.loads(_text(path))
    except json.JSONDecodeError as error:
        raise DataError(f"{_called(path)}, line {error.lineno}: is not JSON ({error.msg}).") from None


def _package() -> dict:
    package = _parsed("datapackage.json", _stamp("datapackage.json"))
    if not isinstance(package, dict) or "resources" not in package:
        raise DataError(f"{_called('datapackage.json')} names no resources; is it a Frictionless Data Package?")
    return package


def _resource(name: str) -> dict:
    return _entry(name, _entries(_stamp("datapackage.json"))[0])


@lru_cache(maxsize=2)
def _entries(stamp: Stamp) -> tuple[dict[str, dict], dict[str, dict]]:
    """Return what datapackage.json says of the tables and of the outlines, by name; the stamp is for the cache."""
    tables: dict[str, dict] = {}
    outlines: dict[str, dict] = {}
    for entry in _package()["resources"]:
        (tables if "schema" in entry else outlines)[entry["name"]] = entry
    return tables, outlines


def _entry(name: str, known: dict[str, dict]) -> dict:
    """Return what datapackage.json says of `name`, among the entries known."""
    if name not in known:
        raise DataError(f"There is no {name!r} in data{_hint(name, known)}. There are: {', '.join(known)}.")
    return known[name]


def _hint(word: str, known: Iterable) -> str:
    hint = words.meant(word, known, 1)
    return f" ({hint})" if hint else ""


class _Column:
    """A column, or a key of several, as text (None where a cell is empty), with the line of each cell."""

    def __init__(self, file: str, name: str, lines: list[int], cells: Sequence[str | None]) -> None:
        self.file, self.name, self.lines, self.cells = file, name, lines, cells
        self.texts = {cell for cell in cells if cell is not None}

    def refuse(self, wrong: Collection[str | None], reason: str, known: Iterable = ()) -> None:
        """Raise one DataError with the first three places of the `wrong` texts, if there are any."""
        if not wrong:
            return
        bad = [(line, _shown(cell)) for line, cell in zip(self.lines, self.cells, strict=True) if cell in wrong]
        line, value = bad[0]
        hint = _hint(value.strip("'"), known)
        also = "; ".join(f"line {line} ({value})" for line, value in bad[1:3])
        also = f" So too {also}{f', {len(bad)} in all' * (len(bad) > 3)}." if also else ""
        raise DataError(f"{self.file}, line {line}, column {self.name}: {value} {reason}{hint}.{also}")


@lru_cache(maxsize=64)
def _columns(name: str, stamps: tuple[Stamp, ...]) -> dict[str, _Column]:
    """Return a table's columns as text, by name; the stamps are for the cache."""
    file, schema = _called(_resource(name)["path"]), _resource(name)["schema"]
    names, missing = [entry["name"] for entry in schema["fields"]], schema.get("missingValues", [""])
    reader = csv.reader(io.StringIO(_text(_resource(name)["path"]), newline=""), strict=True)
    rows, lines, start = [], [], 1
    try:
        _check_header(file, next(reader, []), names)
        start = reader.line_num + 1
        for row in reader:
            if len(row) != len(names):
                raise DataError(
                    f"{file}, line {start}: {_shown(','.join(row))} holds {len(row)} of {len(names)} cells; "
                    "is the line cut short, or does a comma stand outside quotes?"
                )
            rows.append(row)
            lines.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        raise DataError(f"{file}, line {start}: is not CSV ({error}).") from None
    texts = zip(*rows, strict=True) if rows else [()] * len(names)
    return {
        column: _Column(file, column, lines, [None if cell in missing else cell for cell in cells])
        for column, cells in zip(names, texts, strict=True)
    }


def _check_header(file: str, found: list[str], columns: list[str]) -> None:
    if not found:
        raise DataError(f"{file} is empty; line 1 should hold the columns {', '.join(columns)}.")
    for column in columns:
        if column not in found:
            hint = _hint(column, set(found) - set(columns))
            raise DataError(
                f"{file}, line 1: column {column} is missing; {_shown(','.join(found))} stands there{hint}."
            )
    for column, expected in zip_longest(found, columns):
        if column != expected:
            raise DataError(f"{file}, line 1: column {column} stands where {expected or 'no more'} was expected.")


# Checking -----------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _by_id(name: str, stamps: tuple[Stamp, ...]) -> pd.DataFrame:
    return _table(name, stamps).set_index("id", drop=False)


@lru_cache(maxsize=64)
def _table(name: str, stamps: tuple[Stamp, ...]) -> pd.DataFrame:
    table = _checked(name, stamps)
    _check_record(_resource(name)["path"])
    return table


def _check_record(path: str) -> None:
    """Refuse a file whose bytes are not those recorded: a shifted decimal breaks no rule of its column."""
    size, found = _fingerprint(_content(path))
    for entry in _package()["resources"]:
        if entry["path"] == path and entry.get("hash", found) != found:
            other = "other bytes " if size == entry.get("bytes") else ""
            raise DataError(
                f"{_called(path)} differs from its record in datapackage.json: {entry.get('bytes')} bytes recorded, "
                f"{size} {other}found; if you changed it on purpose, run `python -m alliance --record` "
                "(from the notebooks folder)."
            )


def _checked(name: str, stamps: tuple[Stamp, ...]) -> pd.DataFrame:
    """Return the typed table, or raise the first damage found in it: cells first, keys last."""
    schema, columns = _resource(name)["schema"], _columns(name, stamps[:2])
    table = pd.DataFrame({entry["name"]: _typed(columns[entry["name"]], entry) for entry in schema["fields"]})
    if "primaryKey" in schema:
        _check_once(_joined(columns, schema["primaryKey"]))
    for foreign, stamp in zip(schema.get("foreignKeys", []), stamps[2:], strict=True):
        other = foreign["reference"]["resource"] or name
        known = _joined(_columns(other, (stamps[0], stamp)), foreign["reference"]["fields"])
        key = _joined(columns, foreign["fields"])
        key.refuse(key.texts - known.texts, f"is not in {known.file}, column {known.name}", known.texts)
    return table


def _typed(column: _Column, entry: dict) -> pd.Series:
    """Return a column of text as the type that datapackage.json names, if it keeps all its rules."""
    kind, rules = entry["type"], entry.get("constraints", {})
    of = f" ({entry['unit']})" if entry.get("unit") else ""
    _check_shape(column, kind, of)
    if rules.get("required"):
        column.refuse({None}.intersection(column.cells), f"stands where every row needs a value{of}")
    if rules.get("unique"):
        _check_once(column)
    kinds: dict[str, Callable[[str], Any]] = {"integer": int, "year": int, "number": float, "boolean": "true".__eq__}
    value_of = kinds.get(kind, str)
    values: dict[str | None, Any] = {None: None} | {text: value_of(text) for text in column.texts}
    for rule in (rule for rule in RULES if rule in rules):
        _check_rule(column, rule, rules[rule], values, of)
    dtype = (DTYPES | GAP_DTYPES if None in column.cells else DTYPES)[kind]
    return pd.Series([values[cell] for cell in column.cells], dtype=dtype)


def _check_shape(column: _Column, kind: str, of: str) -> None:
    """Refuse texts that are not of the `kind`; `of` says the unit, in brackets."""
    if kind in SHAPES:
        shape, like = SHAPES[kind]
        fits = re.compile(shape).fullmatch
        column.refuse({text for text in column.texts if not fits(text)}, f"is not {like}{of}")
    if kind == "date":
        column.refuse({text for text in column.texts if not _is_day(text)}, "is not a day of the calendar")


def _check_rule(column: _Column, rule: str, allowed: Any, values: dict[str | None, Any], of: str) -> None:
    """Refuse texts whose values break a rule of the column, such as "enum" with the list that is `allowed`."""
    keeper, says = RULES[rule]
    keeps = keeper(allowed)
    listed = allowed if rule == "enum" else []
    said = ", ".join(map(str, listed)) or allowed
    column.refuse({text for text in column.texts if not keeps(values[text])}, f"{says} {said}{of}", listed)


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _check_once(key: _Column) -> None:
    seen: set[str | None] = set()
    twice: set[str | None] = set()
    for text in key.cells:
        (twice if text in seen else seen).add(text)
    key.refuse(twice - {None}, "stands more than once, but may stand once")


def _joined(columns: dict[str, _Column], names: str | list[str]) -> _Column:
    """Return one column, or several as one: the text of a row's key."""
    if isinstance(names, str) or len(names) == 1:
        return columns[names if isinstance(names, str) else names[0]]
    first, parts = columns[names[0]], zip(*(columns[name].cells for name in names), strict=True)
    cells = [", ".join(part or "" for part in row) if any(row) else None for row in parts]
    return _Column(first.file, ", ".join(names), first.lines, cells)


def _shown(value: str | None) -> str:
    if value is None:
        return "an empty cell"
    return repr(value if len(value) <= 60 else value[:57] + "...")


def _source(row: dict) -> Source:
    day = row["date_read"]
    when = row["edition"] if pd.notna(row["edition"]) else "" if pd.isna(day) else f"read {day.day} {day:%B %Y}"
    return Source(row["publisher"], row["title"] if pd.notna(row["title"]) else "", when)


# Keeping ------------------------------------------------------------------------------------


def _fingerprint(content: bytes) -> tuple[int, str]:
    return len(content), "sha256:" + hashlib.sha256(content).hexdigest()


def _record() -> None:
    """Write bytes and hash of every file into datapackage.json, unless a table is damaged."""
    for name in names():
        _checked(name, _stamps(name))
    package = copy.deepcopy(_package())
    for entry in package["resources"]:
        entry["bytes"], entry["hash"] = _fingerprint(_content(entry["path"]))
    (FOLDER / "datapackage.json").write_text(
        json.dumps(package, indent=2, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n"
    )


def _check_all() -> int:
    """Print a line a table; return how many are damaged."""
    damaged = 0
    for name in names():
        try:
            rows, word = f"{len(load(name)):>6} rows", "ok"
        except DataError as error:
            rows, word, damaged = " " * 11, str(error), damaged + 1
        print(f"{name:28} {rows}  {_resource(name).get('edition', '')}  {word}")
    return damaged


def main(arguments: list[str] | None = None) -> int:
    """Check every table, or record their fingerprints first; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m alliance", description="Check every table of the course.")
    parser.add_argument("--record", action="store_true", help="first write down the fingerprints of changed tables")
    try:
        if parser.parse_args(arguments).record:
            _record()
        return 1 if _check_all() else 0
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
