"""Hostile words, and ways to put them wherever the course shows words."""

import csv
import functools
import io
import json
import zlib

import pandas as pd

import lessons
from alliance import data
from alliance.figures import style

WORDS = [
    '<img src=x onerror="window.hacked=1">',
    "<script>window.hacked=1</script>",
    '<a href="javascript:window.hacked=1">press</a>',
    '<iframe srcdoc="<script>parent.hacked=1</script>"></iframe>',
    "<svg onload=window.hacked=1>",
    "</td></table><b>bold</b><br>",
    "{{constructor.constructor('window.hacked=1')()}} %{x} ${1} {0}",
    "`window.hacked=1` [press](javascript:window.hacked=1)",
    '=HYPERLINK("https://example.org","press")',
    r"$x^2$ and $\href{javascript:window.hacked=1}{y}$",
    "\u202e right to left \u202c \u0627\u0644\u0633\u0644\u0627\u0645",
    "endless" * 400,
]
NUL = "a\0b"


def figure(word):
    """A chart with `word` wherever a chart has words."""
    table = pd.DataFrame({"name": [word, "b"], word: [1.0, 2.0]})
    hover = f"<b>%{{x}}</b><br>%{{customdata[0]}} {style.plain(word)}<extra></extra>"
    names = dict(x=table["name"], name=word, text=[word, "b"], customdata=[[word], ["b"]], hovertemplate=hover)
    return style.figure(
        [dict(type="bar", y=table[word], **names), dict(type="scatter", x=["b"], y=[1], name="other")],
        title=word,
        subtitle=word,
        source=data.own(word),
        twin=word,
        note=word,
        table=table,
        annotations=[dict(x="b", y=2, text=word)],
        yaxis=dict(title_text=word, range=[0, 3]),
        showlegend=True,
    )


def poison(folder):
    """Put hostile words before each free text of the tables in the data folder; returns how many cells."""
    package, count = json.loads((folder / "datapackage.json").read_text("utf-8")), 0
    for resource in package["resources"]:
        del resource["hash"], resource["bytes"]
        if "schema" not in resource:
            continue
        path, free = folder / resource["path"], free_columns(resource["schema"])
        free = [column for column in free if (resource["name"], column) != ("facts", "value")]  # typed, never shown raw
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))
        for row in rows:
            for column in free:
                if row[column] and row[column] not in named_in_code():
                    row[column] = f"{WORDS[zlib.crc32(row[column].encode()) % len(WORDS)]} {row[column]}"
                    count += 1
        with path.open("w", encoding="utf-8", newline="") as file:
            columns = [field["name"] for field in resource["schema"]["fields"]]
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    (folder / "datapackage.json").write_text(json.dumps(package), "utf-8")
    return count


def free_columns(schema):
    """The columns of a table that hold free text: no key, no list, no pattern."""
    primary = schema.get("primaryKey", [])
    keys = {
        *([primary] if isinstance(primary, str) else primary),
        *(key["fields"] for key in schema.get("foreignKeys", [])),
    }
    ruled = {"enum", "pattern"}
    fields = [field for field in schema["fields"] if field["type"] == "string" and field["name"] not in keys]
    return [field["name"] for field in fields if not ruled & set(field.get("constraints", {}))]


@functools.cache
def named_in_code():
    """All code of lessons and library: what it names must keep its name."""
    cells = [cell for path in lessons.PATHS for cell in lessons.code_cells(path)]
    return "\n".join([*cells, *(path.read_text("utf-8") for path in (lessons.FOLDER / "alliance").rglob("*.py"))])
