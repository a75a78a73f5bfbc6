"""Next July, tried in a copy: a new edition, an ally more, an article more; every cell runs, and what is said is true.

Each drill changes tables of data/ in a folder of its own and runs the lessons that look at them, cell by cell. Nothing
in a lesson is typed for it. `Run` gathers what a learner sees; `sound` holds what is true of any edition.
"""

import contextlib
import json
import re
import shutil

import pandas as pd
import pytest

import issued
import lessons
import test_guesses
import test_newest
from alliance import checks, claims, data, words, world
from alliance.claims import card
from alliance.lesson import answers
from alliance.lesson.predict import Choice, Line, Number, Ranking, Reveal, Waiting
from alliance.publishers import kiel, nato, sipri
from alliance.update import files
from alliance.update.plan import _written as written
from alliance.update.plan import plan
from alliance.world import load

pytestmark = pytest.mark.slow

ABOUT = {"address": "https://example.org/file", "title": None, "edition": None, "copy_read": None, "licence": None}


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """data/ in a folder of its own, to be changed; and a learner who has answered nothing."""
    shutil.copytree(data.FOLDER, tmp_path / "data")
    monkeypatch.setattr(data, "FOLDER", tmp_path / "data")
    monkeypatch.setenv("ALLIANCE_ANSWERS", str(tmp_path / "answers.sqlite"))
    monkeypatch.setattr(answers, "_unsaved", {})
    return tmp_path


class Run:
    """A lesson run in the tables as they are: `values`, what each code cell shows; `raised`, what it raises."""

    def __init__(self, path):
        namespace, self.path, self.raised, self.values = {}, path, [], []
        for place, source in enumerate(lessons.code_cells(path), 1):
            try:
                value = lessons.run_cell(source, namespace)
            except Exception as error:
                self.raised.append(f"{path.name}, code cell {place}: {type(error).__name__}: {error}")
                continue
            if value is not None:
                parts = value.contents if isinstance(value, Waiting) else [value]
                self.values += [(place, part) for part in parts]

    def panels(self):
        for place, value in self.values:
            if panel := lessons.explored(value):
                yield place, panel

    def reveals(self):
        return [(place, value) for place, value in self.values if isinstance(value, Reveal)]

    def seen(self):
        """Each text of the lesson that a learner sees at the start or after a guess, in one block a thing shown."""
        for place, value in self.values:
            if isinstance(value, Reveal):
                yield place, said_by(value.figure)
            elif panel := lessons.explored(value):
                yield place, said_by(panel.figure)
            else:
                yield place, test_guesses.visible(value)


def said_by(figure):
    title = figure.layout.title
    return "\n".join(str(part) for part in (title.text, title.subtitle.text, figure.twin, figure.note, figure.source))


def updated(publisher, path, key, **about):
    """Bring the copy to the edition `key` of a publisher's file, as the command does; the `Plan`."""
    made = plan(publisher, publisher.read(path, key), ABOUT | {"date_read": "2027-07-09"} | about)
    files.write(made.files)
    return made


def put(name, rows):
    """Write rows as a table of the copy, with its record; the descriptor allows the new values of years and editions."""
    package = json.loads((data.FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    entry = next(entry for entry in package["resources"] if entry["name"] == name)
    content = written(rows[0], rows)
    entry["bytes"], entry["hash"] = data._fingerprint(content)
    (data.FOLDER / entry["path"]).write_bytes(content)
    (data.FOLDER / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")


def nato_next(path, only=None):
    """NATO's next workbook: a year more than the newest, small steps up; Germany's past revised."""
    spending = issued.rows("defence_expenditure")
    edition = max(row["edition"] for row in spending if row["equipment_share"])
    ours = [row for row in spending if row["edition"] == edition]
    last = max(row["year"] for row in ours)

    def more(row):
        share = f"{float(row['share_of_gdp']) * 1.03:.2f}" if row["share_of_gdp"] else ""
        return {**row, "year": str(int(last) + 1), "status": "estimate", "share_of_gdp": share}

    ours = [
        row | {"status": "actual" if row["year"] < last else "estimate"}
        | ({"share_of_gdp": "1.97"} if (row["iso3"], row["year"]) == ("PRT", "2025") else {})
        | ({"share_of_gdp": "2.05"} if (row["iso3"], row["year"]) == ("DEU", "2024") else {})
        for row in ours
    ]
    ours += [more(row) for row in ours if row["year"] == last]
    return issued.nato(path, ours, "2021", one_row_of_years=False), f"{int(last) + 1}-07"


def sipri_next(path):
    """SIPRI's next workbook: a year more than the newest, all in prices of that year."""
    rows = issued.rows("military_expenditure")
    newest = max(row["release"] for row in rows)
    ours = [row for row in rows if row["release"] == newest]
    last = max(row["year"] for row in ours)
    more = [{**row, "year": str(int(last) + 1)} for row in ours if row["year"] == last and row["iso3"] != "BLR"]
    return issued.sipri(path, ours + more), f"{int(last) + 2}-04"


def kiel_next(folder):
    """Kiel's next release: three months more, the Netherlands' past revised, Brazil a donor."""
    countries = issued.rows("countries")
    put("countries", [*countries, dict.fromkeys(countries[0], "") | {"iso3": "BRA", "name": "Brazil", "kind": "country"}])
    donors, months = issued.rows("aid_by_donor"), issued.rows("aid_by_month")
    newest = max(row["release"] for row in donors)
    donors, months = ([row for row in table if row["release"] == newest] for table in (donors, months))
    last = max(row["month"] for row in months)
    ours = [
        row | {"military": f"{float(row['military']) * 1.04:.6f}"} if row["iso3"] == "NLD" and row["month"] < "2024" and row["military"] else row
        for row in months
    ]
    new = []
    for step in (1, 2, 3):
        number = int(last[5:]) - 1 + step
        month = f"{int(last[:4]) + number // 12}-{number % 12 + 1:02}"
        new += [{**row, "month": month} for row in months if row["month"] == last]
    like = next(row for row in months if row["iso3"] == "JPN")
    new.append({**like, "iso3": "BRA", "month": month, "military": "", "financial": "", "humanitarian": "0.001"})
    ours += sorted(new, key=lambda row: row["month"])
    donors += [{**row, "iso3": "BRA"} for row in donors if row["iso3"] == "JPN"]
    key = int(newest[1:]) + 1
    return issued.kiel(folder, donors, ours, key, f"{month[5:]}/{month[:4]}"), f"R{key}"


def joined(code, day="2027-01-15"):
    """A state becomes an ally on a day: one row of the members, as its publisher would give it."""
    rows = issued.rows("members")
    like = next(row for row in rows if row["iso3"] == "FIN")
    name = issued.names()[code]
    former = {"former_ussr": "true" if code in ("UKR", "GEO") else "false", "former_yugoslavia": "false"}
    new = like | former | {"iso3": code, "country": name, "accession_date": day, "enlargement_round": "11"}
    new |= {"borders_russia": former["former_ussr"], "eu_member": "true" if code == "IRL" else "false"}
    new |= {"note": "", "route_start_date": "", "years_route_to_accession": ""} if code == "IRL" else {"note": ""}
    put("members", [*rows, new])
