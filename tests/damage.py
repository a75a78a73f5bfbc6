"""Ways in which a CSV table is damaged in daily life, each with what its error has to name.

`variants(table)` yields Damage: the new content of a file, and the words that the error must hold
(`says`), or `harmless` where the table has to load as if nothing had happened.
"""

import csv
import io
import random
from dataclasses import dataclass

HUGE = b"0" * 5_000_001


@dataclass
class Damage:
    kind: str
    table: str
    content: bytes | None  # None: the file is gone
    says: tuple = ()
    harmless: bool = False
    file: str = ""  # the file that is damaged, if it is not the table's own


class Table:
    """A table's text taken apart, so that a mutation reads as one line."""

    def __init__(self, resource, content, others):
        self.name, self.file = resource["name"], resource["path"]
        self.schema, self.fields = resource["schema"], resource["schema"]["fields"]
        self.content, self.others = content, others  # others: {table name: Table}, for foreign keys
        self.header, *self.rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
        self.random = random.Random(self.name)

    def column(self, name):
        return self.header.index(name)

    def with_rows(self, rows, header=None):
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows([header or self.header, *rows])
        return text.getvalue().encode()

    def filled(self, name):
        """Return the number of some row that has a value in a column."""
        filled = [number for number, row in enumerate(self.rows) if row[self.column(name)]]
        return self.random.choice(filled) if filled else None

    def with_cell(self, number, name, value):
        rows = [list(row) for row in self.rows]
        rows[number][self.column(name)] = value
        return self.with_rows(rows)

    def fields_with(self, *, type=None, rule=None):
        return [
            entry
            for entry in self.fields
            if (type is None or entry["type"] in type)
            and (rule is None or rule in entry.get("constraints", {}))
            and self.filled(entry["name"]) is not None
        ]


def variants(table):
    for mutate in (_whole_file, _header, _row, _cell, _rules, _keys, _unseen_by_rules):
        yield from mutate(table)


def _whole_file(table):
    content, last = table.content, len(table.rows) + 1
    text = content.decode()
    yield Damage("missing file", table.name, None, ("missing",))
    yield Damage("empty file", table.name, b"", ("empty",))
    yield Damage("only a byte-order mark", table.name, b"\xef\xbb\xbf", ("empty",))
    yield Damage("header only", table.name, content.split(b"\n")[0] + b"\n", ("bytes recorded",))
    yield Damage("Windows line ends", table.name, content.replace(b"\n", b"\r\n"), harmless=True)
    yield Damage("byte-order mark", table.name, b"\xef\xbb\xbf" + content, harmless=True)
    yield Damage("both", table.name, b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"), harmless=True)
    yield Damage("old Mac line ends", table.name, content.replace(b"\n", b"\r"))
    yield Damage("UTF-16", table.name, text.encode("utf-16"), ("line 1", "UTF-8"))
    yield Damage("UTF-16 without mark", table.name, text.encode("utf-16-le"), ("line 1",))
    for encoding in ("cp1252", "cp1251", "cp437"):
        wrong = text.encode(encoding, errors="replace")
        says = () if content.isascii() else ("differs" if wrong.isascii() else "UTF-8",)
        yield Damage(encoding, table.name, wrong, says, harmless=content.isascii())
    if not content.isascii():
        yield Damage("UTF-8 encoded twice", table.name, text.encode().decode("latin-1").encode())
    yield Damage("huge file", table.name, HUGE, ("bytes",))
    yield Damage("no last line end", table.name, content[:-1], ("bytes recorded",))
    cut = content.rstrip(b"\n").rindex(b"\n") + 2
    yield Damage("cut in the last row", table.name, content[:cut], (f"line {last}",) if len(table.header) > 1 else ())
    yield Damage("cut anywhere", table.name, content[: table.random.randrange(2, len(content) - 1)])
    yield Damage("zip instead of CSV", table.name, b"PK\x03\x04\x14\x00\n\xff", ("line 1",))
    yield Damage("web page instead of CSV", table.name, b"<!DOCTYPE html>\n<html></html>\n", ("line 1", "DOCTYPE"))
    if len(table.header) > 1:
        yield Damage("semicolons", table.name, _delimited(table, ";"), ("line 1", table.header[0]))
        yield Damage("tabs", table.name, _delimited(table, "\t"), ("line 1", table.header[0]))


def _delimited(table, delimiter):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows([table.header, *table.rows])
    return text.getvalue().encode()


def _header(table):
    name = table.random.choice(table.header)
    at = table.column(name)
    renamed = [name + "_x" if column == name else column for column in table.header]
    yield Damage(
        "renamed column",
        table.name,
        table.with_rows(table.rows, renamed),
        ("line 1", f"column {name} is missing", f"did you mean {name}_x"),
    )
    without = [[cell for number, cell in enumerate(row) if number != at] for row in [table.header, *table.rows]]
    yield Damage(
        "dropped column", table.name, table.with_rows(without[1:], without[0]), ("line 1", f"column {name} is missing")
    )
    extra = [[*row, "1"] for row in table.rows]
    yield Damage("extra column", table.name, table.with_rows(extra, [*table.header, "notes2"]), ("line 1", "notes2"))
    twice = [[*row, row[at]] for row in table.rows]
    yield Damage("column twice", table.name, table.with_rows(twice, [*table.header, name]), ("line 1", name))
    yield Damage("title above the header", table.name, b"Table 1\n" + table.content, ("line 1", "Table 1"))
    yield Damage("no header", table.name, table.with_rows(table.rows[1:], table.rows[0]), ("line 1",))
    if len(table.header) > 1:
        moved = [[*row[1:], row[0]] for row in [table.header, *table.rows]]
        yield Damage("columns moved", table.name, table.with_rows(moved[1:], moved[0]), ("line 1", table.header[1]))


def _row(table):
    number = table.random.randrange(len(table.rows))
    line, row = number + 2, table.rows[number]
    before, after = table.rows[:number], table.rows[number + 1 :]
    yield Damage("row cut short", table.name, table.with_rows([*before, row[:-1], *after]), (f"line {line}",))
    yield Damage(
        "cell too many",
        table.name,
        table.with_rows([*before, [*row, "x"], *after]),
        (f"line {line}", f"{len(row) + 1} of {len(row)} cells"),
    )
    yield Damage("blank line", table.name, table.with_rows([*before, [], row, *after]), (f"line {line}",))
    lines = table.content.decode().split("\n")
    lines[line - 1] = '"' + lines[line - 1].replace('"', "")
    yield Damage("quote never closed", table.name, "\n".join(lines).encode(), (f"line {line}",))
    lines[line - 1] = lines[line - 1][1:3] + "\0" + lines[line - 1][3:]
    yield Damage("NUL", table.name, "\n".join(lines).encode(), (f"line {line}", "0x00"))


def _cell(table):
    wrong = {
        "integer": ("abc", "1.5", "1e3", "1_000", "1,000", " 3", "+3", "n/a", "=1+1", "<b>1</b>", "١٢", "1" * 30),
        "number": (
            "abc",
            "1,5",
            "1 234",
            "1,234.5",
            "1_000",
            " 3.1 ",
            "1e5",
            "nan",
            "inf",
            "−5",
            ".",
            "=1+1",
            "<b>1</b>",
            "#REF!",
            "9" * 400,
        ),
        "date": ("2024-02-30", "2023-13-01", "30/02/2024", "2024-2-3", "2024", "45321", "tomorrow", "2024-01-01T00:00"),
        "boolean": ("yes", "1", "TRUE", "maybe"),
    }
    for entry in table.fields_with(type=wrong):
        values = wrong[entry["type"]]
        for value in table.random.sample(values, k=2):
            number = table.filled(entry["name"])
            damaged = table.with_cell(number, entry["name"], value)
            says = (f"line {number + 2}", f"column {entry['name']}", repr(value[:57])[:-1])
            yield Damage(f"{entry['name']} {value[:12]!r}", table.name, damaged, says)
    for entry in table.fields_with(type={"number"})[:1]:
        number = table.filled(entry["name"])
        marked = table.with_cell(number, entry["name"], "12345678")
        yield Damage("decimal comma", table.name, marked.replace(b"12345678", b"1,5"), (f"line {number + 2}", "comma"))


def _rules(table):
    def one(kind, entry, value):
        number = table.filled(entry["name"])
        says = (f"line {number + 2}", f"column {entry['name']}", repr(value) if value else "empty")
        return Damage(f"{kind} {entry['name']}", table.name, table.with_cell(number, entry["name"], value), says)

    for entry in table.fields_with(type={"integer", "number"}, rule="maximum"):
        yield one(
            "300%" if entry["constraints"]["maximum"] < 300 else "above",
            entry,
            "300" if entry["constraints"]["maximum"] < 300 else str(int(entry["constraints"]["maximum"]) + 1),
        )
    for entry in table.fields_with(type={"integer", "number"}, rule="minimum"):
        yield one("below", entry, str(int(entry["constraints"]["minimum"]) - 1))
    for entry in table.fields_with(type={"date"}, rule="minimum"):
        yield one("too early", entry, "1900-01-01")
    for entry in table.fields_with(type={"date"}, rule="maximum"):
        yield one("too late", entry, "2999-01-01")
    for entry in table.fields_with(type={"string"}, rule="enum"):
        yield one("not in the list", entry, entry["constraints"]["enum"][0] + "e")
    for entry in table.fields_with(type={"string"}, rule="pattern"):
        yield one("not the pattern", entry, "<\N{NO-BREAK SPACE}?")
    for entry in [entry for entry in table.fields_with(rule="required") if entry["constraints"]["required"]][-3:]:
        yield one("empty", entry, "")


def _keys(table):
    number = table.random.randrange(len(table.rows))
    twice = table.with_rows([*table.rows, table.rows[number]])
    yield Damage("row twice", table.name, twice, (f"line {len(table.rows) + 2}", table.rows[number][0]))
    for foreign in table.schema.get("foreignKeys", []):
        names = foreign["fields"] if isinstance(foreign["fields"], list) else [foreign["fields"]]
        if len(names) > 1 or table.filled(names[0]) is None:
            continue
        name, other = names[0], table.others[foreign["reference"]["resource"] or table.name]
        number = table.filled(name)
        yield Damage(
            f"unknown {name}",
            table.name,
            table.with_cell(number, name, "QQQ"),
            (f"line {number + 2}", f"column {name}", "'QQQ'"),
        )
        there = foreign["reference"]["fields"]
        at = other.column(there if isinstance(there, str) else there[0])
        value = table.rows[number][table.column(name)]
        left = other.with_rows([row for row in other.rows if row[at] != value])
        if other.name != table.name:
            yield Damage(
                f"{name} gone from {other.name}",
                table.name,
                left,
                ("line", "column", repr(value), other.file),
                file=other.file,
            )


def _unseen_by_rules(table):
    """Damage that no rule of a column can see: only the recorded fingerprint does."""
    numbers = table.fields_with(type={"integer", "number"})
    for entry in numbers[:3]:
        number = table.filled(entry["name"])
        value = table.rows[number][table.column(entry["name"])]
        shifted = value.replace(".", "") if "." in value else value + "0"
        yield Damage(f"shifted decimal {entry['name']}", table.name, table.with_cell(number, entry["name"], shifted))
    for kind in ("string", "number", "integer"):
        same = [table.column(entry["name"]) for entry in table.fields if entry["type"] == kind]
        if len(same) > 1:
            a, b = same[-2:]
            rows = [list(row) for row in table.rows]
            for row in rows:
                row[a], row[b] = row[b], row[a]
            if rows != table.rows:
                yield Damage(f"two {kind} columns swapped", table.name, table.with_rows(rows))
    yield Damage("row gone", table.name, table.with_rows(table.rows[1:]))
    yield Damage("rows in another order", table.name, table.with_rows(table.rows[::-1]))
    for value in ("<script>alert(1)</script>", '=HYPERLINK("http://example.org")', "@SUM(A1)"):
        entry = table.fields_with(type={"string"})[-1]
        number = table.filled(entry["name"])
        yield Damage(f"text {value[:7]}", table.name, table.with_cell(number, entry["name"], value))
