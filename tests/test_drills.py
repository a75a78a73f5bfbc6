"""Next July, tried in a copy: a new edition, an ally more, an article more; every cell runs, and what is said is true.

Each drill changes tables of data/ in a folder of its own and runs the lessons that look at them, cell by cell. Nothing
in a lesson is typed for it. `Run` gathers what a learner sees; `sound` holds what is true of any edition.
"""

import collections
import json
import re
import shutil

import pandas as pd
import pytest

import issued
import lessons
import record
import test_guesses
import test_newest
import test_states
from alliance import checks, claims, data, words, world
from alliance.claims import card
from alliance.lesson import answers, evidence
from alliance.lesson.predict import Choice, Line, Number, Ranking, Reveal, Waiting
from alliance.publishers import cpi, kiel, nato, sipri
from alliance.update import files, report
from alliance.update.plan import _written as written
from alliance.update.plan import plan
from alliance.world import World, load

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
        return seen(self.values)


def seen(values):
    """Each text of a lesson that a learner sees at the start or after a guess, in one block a thing shown."""
    for place, value in values:
        if isinstance(value, Reveal):
            yield place, said_by(value.figure)
        elif panel := lessons.explored(value):
            yield place, said_by(panel.figure)
        else:
            yield place, test_guesses.visible(value)


def said_by(figure):
    title = figure.layout.title
    return "\n".join(str(part) for part in (title.text, title.subtitle.text, figure.twin, figure.note, figure.source))


def updated(publisher, path, key, **options):
    """Bring the copy to the edition `key` of a publisher's file, read with `options`, as the command does; the `Plan`."""
    made = plan(publisher, publisher.read(path, key, **options), ABOUT | {"date_read": "2027-07-09"})
    files.write(made.files)
    return made


def put(name, rows):
    """Write rows as a table of the copy, with its record; the descriptor allows the new values of years and editions."""
    package = json.loads((data.FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    entry = next(entry for entry in package["resources"] if entry["name"] == name)
    for field in entry["schema"]["fields"]:
        if field["name"] == "year":
            field["constraints"]["maximum"] = max(int(row["year"]) for row in rows)
        if field["name"] in ("edition", "release"):
            field["constraints"]["enum"] = sorted({row[field["name"]] for row in rows})
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
        row
        | {"status": "actual" if row["year"] < last else "estimate"}
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
    return issued.sipri(path, ours + more, base=str(int(last))), f"{int(last) + 2}-04"


def kiel_next(folder):
    """Kiel's next release: three months more, the Netherlands' past revised, Ruritania a donor."""
    countries = issued.rows("countries")
    put(
        "countries",
        [*countries, dict.fromkeys(countries[0], "") | {"iso3": "RUR", "name": "Ruritania", "kind": "country"}],
    )
    donors, months = issued.rows("aid_by_donor"), issued.rows("aid_by_month")
    newest = max(row["release"] for row in donors)
    donors, months = ([row for row in table if row["release"] == newest] for table in (donors, months))
    last = max(row["month"] for row in months)
    ours = [
        row | {"military": f"{float(row['military']) * 1.04:.6f}"}
        if row["iso3"] == "NLD" and row["month"] < "2024" and row["military"]
        else row
        for row in months
    ]
    new = []
    for step in (1, 2, 3):
        number = int(last[5:]) - 1 + step
        month = f"{int(last[:4]) + number // 12}-{number % 12 + 1:02}"
        new += [{**row, "month": month} for row in months if row["month"] == last]
    like = next(row for row in months if row["iso3"] == "JPN")
    new.append({**like, "iso3": "RUR", "month": month, "military": "", "financial": "", "humanitarian": "0.001"})
    ours += sorted(new, key=lambda row: row["month"])
    donors += [{**row, "iso3": "RUR"} for row in donors if row["iso3"] == "JPN"]
    key = int(newest[1:]) + 1
    return issued.kiel(folder, donors, ours, key, f"{month[5:]}/{month[:4]}"), f"R{key}"


def cpi_next(path):
    """The index's next workbook: a year more than the newest, Ukraine a point up."""
    ours = [row for row in issued.rows("institutions") if row["cpi_score"]]
    last = max(row["year"] for row in ours)
    up = [row | {"year": str(int(last) + 1)} for row in ours if row["year"] == last]
    up = [row | {"cpi_score": str(int(row["cpi_score"]) + (row["iso3"] == "UKR"))} for row in up]
    issued.cpi(path, ours + up)
    return path, str(int(last) + 1)


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


# What is true of any edition --------------------------------------------------------------------


def unreached(run):
    """Controls that stop before the newest year, edition, release or month that their chart can draw."""
    for place, panel in run.panels():
        for name in set(test_newest.NEWEST) & set(panel.controls):
            if test_newest.called(panel.draw) not in test_newest.FREE:
                last, newest = max(lessons.options(panel.controls[name])), test_newest.newest(name, panel.draw)
                if last not in newest:
                    yield f"{run.path.name}, code cell {place}: {name} ends at {last}, not at one of {newest}"


def outside(guess, answer):
    """Why the true answer to a guess is none that can be given; '' where it can."""
    if isinstance(guess, Choice):
        numbers = guess._numbers or {option: None for option in guess._input.options}
        if None in numbers.values():
            return "" if answer in numbers else f"{answer!r} is none of {list(numbers)}"
        near = min(numbers.values(), key=lambda number: abs(number - answer))
        exact = all(re.search(rf"(?<!about )\b{number}\b", option) for option, number in numbers.items())
        ordered = sorted(numbers.values())
        room = 0 if exact else min(high - low for low, high in zip(ordered, ordered[1:])) / 2
        return "" if abs(near - answer) <= room else f"{answer!r} is none of {numbers}"
    if isinstance(guess, Number):
        fits = guess._low <= answer <= guess._high
        return "" if fits else f"{answer!r} does not lie from {guess._low} to {guess._high}"
    if isinstance(guess, Ranking):
        return "" if sorted(map(str, answer)) == sorted(map(str, guess._items)) else f"{answer} are not {guess._items}"
    wanted = {year: answer.get(year) for year in guess._years}
    fits = all(value is not None and guess._low <= value <= guess._high for value in wanted.values())
    return "" if fits else f"{wanted} do not all lie from {guess._low} to {guess._high}"


def stale(run, older):
    """Blocks of words that name the older edition, and no other of its kind: as if it were the newest.

    A day ("7 July 2026") names no edition, and another publisher's may bear the same month.
    """
    names = [re.compile(rf"(?<!\d )(?<![\w-]){re.escape(name)}(?![\w-])") for name in older["names"]]
    for place, text in run.seen():
        lines = [line for line in text.splitlines() if not any(other in line for other in older["others"])]
        block = "\n".join(lines)
        found = next((match for name in names for match in [name.search(block)] if match), None)
        if found and not re.search(older["newer"], block):
            around = block[max(found.start() - 80, 0) : found.end() + 40]
            yield f"{run.path.name}, code cell {place} names {found[0]} alone: {around!r}"


def numbers_in(text):
    """The numbers that a text says, days, years and articles of the treaty aside."""
    text = re.sub(
        r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)\b",
        "",
        text,
    )
    text = re.sub(r"\bArticles? \d+|\bA\d-\d+|\b(?:19|20)\d\d(?:-\d\d)?\b", "", text)
    return set(re.findall(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?", text))


def torn(before, tables):
    """Cards whose parts contradict each other: a caveat with a number that the finding had and has no more; a source
    that is not that of the newest rows."""
    for identifier in claims.RULES:
        if not claims.tables_of(identifier) & set(tables):
            continue
        found = card.evidence(identifier)
        said = " ".join([found.says, found.turns, *found.readings])
        if lost := (numbers_in(found.caveat) & numbers_in(before[identifier])) - numbers_in(said):
            yield f"{identifier}: the caveat has {lost}, the finding has it no more: {found}"
        if "cannot be worked out" in found.says.lower():
            yield f"{identifier}: {found.says}"


def said_before(tables):
    """What each finding that looks at these tables says, before they change."""
    with_tables = [one for one in claims.RULES if claims.tables_of(one) & set(tables)]
    found = {one: card.evidence(one) for one in with_tables}
    return {one: " ".join([evidence.says, evidence.turns, *evidence.readings]) for one, evidence in found.items()}


def check_options():
    """Checks whose right answer the tables give, and that is none of their options."""
    for identifier in checks.ids():
        try:
            checks.check(identifier)
        except ValueError as error:
            yield str(error)


def drilled(numbers, tables, before, older=None):
    """Run the lessons of these numbers in the tables as they are now, and say all that is not true of them."""
    wrong = [*torn(before, tables), *check_options()]
    ledger = load("ledger")
    wrong += [f"{row['id']}: {row['says']}" for _, row in ledger[ledger["verdict"].isna()].iterrows()]
    for path in lessons.PATHS:
        if lessons.number(path) in numbers:
            run = Run(path)
            wrong += [*run.raised, *unreached(run)]
            wrong += [
                f"{path.name}, code cell {place}: {reason}"
                for place, value in run.reveals()
                if (reason := outside(value.guess, value.answer))
            ]
            wrong += stale(run, older) if older else []
    return wrong


OF_SPENDING = ("00", "01", "04", "07", "09", "10", "11")


def names_of(made, others, newer):
    return {"names": [name for name in made.older if not re.search(r"[a-z]-", name)], "others": others, "newer": newer}


# The drills -----------------------------------------------------------------------------------


def test_a_full_edition_of_nato_with_a_new_year(copy):
    before = said_before(["defence_expenditure"])
    path, key = nato_next(copy / "nato.xlsx")
    made = updated(nato, path, key)
    older = names_of(made, ["Defence Agency"], "|".join(made.newer))
    assert not (wrong := drilled(OF_SPENDING, made.tables, before, older)), "\n".join(wrong)
    assert data.newest("defence_expenditure") == key


def one_year(rows, newest):
    """An annual report's single year: thirty allies, the last year that is no estimate, one decimal."""
    year = max(row["year"] for row in rows if row["edition"] == newest and row["status"] == "actual")
    taken = [
        row
        for row in rows
        if row["edition"] == newest and row["year"] == str(int(year) + 1) and row["iso3"] not in ("XNT", "XNE", "CZE")
    ]
    return [
        {"share_of_gdp": f"{float(row['share_of_gdp']):.1f}"} | {"iso3": row["iso3"], "year": row["year"]}
        for row in taken
    ]


def shares_alone(rows, newest):
    """A table of shares without amounts, groups or anything else, which has a year more than the amounts go to."""
    taken = [row for row in rows if row["edition"] == newest]
    last = max(row["year"] for row in taken)
    taken += [row | {"year": str(int(last) + 1)} for row in taken if row["year"] == last]
    return [{name: row[name] for name in ("iso3", "year", "share_of_gdp", "status")} for row in taken]


@pytest.mark.parametrize("part, month", [(one_year, "03"), (shares_alone, "08")], ids=["one-year", "shares"])
def test_an_edition_that_gives_less_than_the_others(copy, part, month):
    before = said_before(["defence_expenditure"])
    rows = issued.rows("defence_expenditure")
    newest = max(row["edition"] for row in rows if row["equipment_share"])
    edition = f"{int(newest[:4]) + 1}-{month}"
    blank = dict.fromkeys(rows[0], "") | {"edition": edition, "status": "actual", "source": f"nato-{newest}"}
    put("defence_expenditure", [*(blank | row for row in part(rows, newest)), *rows])
    assert data.newest("defence_expenditure") == edition
    assert not (wrong := drilled(("00", "04", "07", "09"), ["defence_expenditure"], before)), "\n".join(wrong)


def test_a_release_of_kiel_with_new_months_a_revised_past_and_a_new_donor(copy):
    before = said_before(["aid_by_month", "aid_by_donor"])
    path, key = kiel_next(copy / "kiel")
    made = updated(kiel, path, key)
    older = names_of(made, ["dollar sheet"], "|".join(made.newer))
    assert not (wrong := drilled(("00", "06", "07", "09", "11"), made.tables, before, older)), "\n".join(wrong)
    last = world.editions("aid_by_month")[-2]
    then, now = World(until={"aid_by_month": last}), World()
    past = [
        one["monthly_allocations"].query("iso3 == 'NLD' and month < '2024'")["military"].sum() for one in (then, now)
    ]
    assert past[1] == pytest.approx(1.04 * past[0])
    assert len(claims.changed(then)) >= 3, "--changed sees the months as they were counted before"
    assert "Ruritania" in set(load("giving")["country"] if "giving" in world.TABLES else data.load("countries")["name"])


def test_a_release_of_sipri_with_a_new_year_and_another_base_year(copy):
    before = said_before(["military_expenditure"])
    base, newest = load("sipri_spending")["base_year"].max(), world.editions("military_expenditure")[-1]
    path, key = sipri_next(copy / "sipri.xlsx")
    made = updated(sipri, path, key, spared=("BLR",))  # its rows of before, in the prices of before
    names = [f"{newest[:4]} release", f"SIPRI, {words.edition(newest)}"]
    older = {"names": names, "others": ["urchasing"], "newer": "|".join(made.newer)}
    told = f"in the prices of {base + 1}, and {newest} in those of {base}"
    assert any(told in line for line in made.lines), made.lines
    assert not (wrong := drilled(("00", "01", "04", "07", "10", "11"), made.tables, before, older)), "\n".join(wrong)
    assert set(load("sipri_spending")["base_year"].dropna()) == {base + 1}
    assert f"prices and exchange rates of {base + 1}" in " ".join(load("eu_spending")["unit"])


def test_a_corruption_index_with_a_new_year_that_the_other_indices_lack(copy):
    before = said_before(["institutions"])
    path, key = cpi_next(copy / "cpi.xlsx")
    made = updated(cpi, path, key)
    assert not (wrong := drilled(("08",), made.tables, before)), "\n".join(wrong)
    gone = f"cpi-{int(key) - 1}"
    assert f"sources.csv: 1 row gone, {gone}: nothing names it any more" in made.lines
    assert gone not in set(data.load("sources")["id"])


@pytest.mark.parametrize("codes", [("UKR",), ("IRL", "GEO")], ids="-".join)
def test_a_state_joins_and_what_was_right_when_it_was_written_becomes_outdated(copy, codes):
    then = load("ledger").set_index("id")
    count = len(data.load("members"))
    before = said_before(["members"])
    for code in codes:
        joined(code)
    now = load("ledger").set_index("id")
    assert len(data.load("members")) == count + len(codes)
    turned = now.index[(now["verdict"] == "contradicted") & (then["verdict"] != "contradicted")]
    assert set(turned) <= {"A1-066"}, "it was right when it was written"  # A1-066 names a condition that then failed
    better = now.index[now["verdict"].eq("supported") & then["verdict"].ne("supported")]
    assert set(better) <= {"A2-18"}, f"an ally that came later makes nothing right: {list(better)}"
    outdated = {"A0-16", "A0-29", "A1-003", "A4-03", "A4-06"}
    assert set(now.index[now["verdict"] == "outdated"]) >= outdated
    numbers = ("02", "03", "05b", "07", "08", "09", "10", "11") if "UKR" in codes else ("02", "07")
    assert not (wrong := drilled(numbers, ["members"], before)), "\n".join(wrong)
    told = "\n".join(now["says"])
    assert not re.search(r"Ukraine did not|-\d+\.\d years|\bnan\b", told) or "UKR" not in codes


def test_no_state_weighs_on_both_sides_and_none_weighs_before_it_joined(copy):
    """The weights are of a year: who joins later is in none of its sums, and Ukraine stands where its switch puts it."""
    ratios, growth, aid = load("side_ratios"), load("border_growth"), load("allied_military_aid")
    joined("UKR")
    joined("IRL")
    assert load("side_ratios").equals(ratios)
    assert load("border_growth").equals(growth)
    assert load("allied_military_aid").equals(aid)
    year = int(data.load("countries")["gdp_year"].max())
    members = data.load("members")
    since = members["accession_date"].mask(members["iso3"] == "UKR", pd.Timestamp(year, 1, 1))
    early = World(instead={"members": members.assign(accession_date=since)})
    sides = early.ask(lambda side_ratios: side_ratios)
    assert sides["Ukraine with Russia"].equals(ratios["Ukraine with Russia"]), "an ally of that year: on one side alone"


@pytest.mark.parametrize("code", ["PRT", "SWE"])
def test_an_ally_whose_row_is_gone_is_refused_in_a_sentence(copy, code):
    """The past counts an ally that is one no more: without its row all that was counted then would change in silence."""
    put("members", [row for row in issued.rows("members") if row["iso3"] != code])
    with pytest.raises(data.DataError, match=rf"'{code}' is not in data/members\.csv, column iso3"):
        load("ratifications")


def test_a_country_is_called_the_same_in_every_table():
    names = issued.names()
    for table, column in NAMED_IN.items():
        rows = [row for row in issued.rows(table) if row["iso3"] in names and row["iso3"] != "XEU"]
        assert rows and not [(table, row[column]) for row in rows if row[column] != names[row["iso3"]]]


LATER_NAME = "quux"  # no word of the course ends so
NAMED_IN = {"members": "country", "ratifications": "country", "troops": "host", "security_agreements": "partner"}


def test_a_country_that_is_called_otherwise_changes_nothing_but_its_name(copy):
    """Every country has another name: what goes by a name that is typed finds no row, or another.

    What the lessons, findings and charts of claims show then is held against what they show with the names that we
    have.
    """
    then = all_that_is_said(lessons.shown)
    renamed()
    runs = {path: Run(path) for path in lessons.PATHS}
    assert not (raised := [line for run in runs.values() for line in run.raised]), raised
    now = all_that_is_said(lambda path: runs[path].values)
    assert not {
        place: (then.get(place), now.get(place)) for place in {*then, *now} if then.get(place) != now.get(place)
    }
    reveals = [value for run in runs.values() for _, value in run.reveals()]
    assert not (wrong := [why for value in reveals if (why := outside(value.guess, value.answer))]), wrong


def renamed():
    """Every country is called otherwise, in each table that names it."""
    for table, column in {"countries": "name", **NAMED_IN}.items():
        put(table, [row | {column: row[column] + LATER_NAME} for row in issued.rows(table)])


def plain(text):
    """A text with the names that we have and its lines run together."""
    return " ".join(text.replace(LATER_NAME, "").replace("<br>", " ").split())


def all_that_is_said(shown):
    """What each cell of a lesson, each finding and the chart of each claim says, in the names that we have, by place.

    `shown`: what gives the values of a lesson's cells.
    """
    found = collections.defaultdict(str)
    charts = {one: evidence.chart(one, world.today()) for one in (sharing.split()[0] for sharing in evidence.CHARTS)}
    with pd.option_context("display.max_colwidth", None, "display.width", 10_000, "display.max_columns", None):
        for path in lessons.PATHS:
            for place, text in seen(shown(path)):
                found[path.name, place] += plain(text)
        found |= {("finding", one): plain(str(card.evidence(one))) for one in claims.RULES}
        found |= {("chart", one): plain(said_by(figure)) for one, figure in charts.items()}
    return found


RULE = "A5-01"


def test_a_sixth_article_is_a_row_its_claims_two_rows_and_a_rule(copy, monkeypatch):
    articles, rows = issued.rows("articles"), issued.rows("claims")
    put("articles", [*articles, articles[-1] | {"id": "A5", "label": "Sixth text"}])
    like = next(row for row in rows if row["id"] == "A4-03")
    read = next(row for row in rows if row["basis"] == "looked-up" and row["verdict"] == "supported")
    new = [like | {"id": RULE, "article": "A5", "related": "", "caveat": "", "priority": "3", "lesson": "10"}]
    new += [read | {"id": "A5-02", "article": "A5", "related": "", "priority": "3", "lesson": "10"}]
    put("claims", [*rows, *new])
    monkeypatch.setitem(claims.RULES, RULE, lambda members: claims.Finding(f"{len(members)} states.", "supported"))
    before, seen = said_before([]), {}
    assert not (wrong := drilled((), [], before)), "\n".join(wrong)
    for path in lessons.PATHS:
        if lessons.number(path) in ("01", "05", "10", "11"):
            run = Run(path)
            assert not run.raised, run.raised
            seen[lessons.number(path)] = "\n".join(text for _, text in run.seen())
    count = len(rows)
    for number, text in seen.items():
        assert not re.search(rf"\b{count}\b (?:claims|sentences)|\bfive (?:articles|texts)\b", text), f"lesson {number}"
    assert f"{count + 2} claims" in seen["01"] and f"{count + 2} sentences" in seen["11"] and "Sixth text" in seen["01"]


def test_a_value_corrected_in_place_is_told_panel_by_panel_sentence_by_sentence(copy, monkeypatch):
    """The record of all states names what a corrected poll touches, though no saved text holds a chart's points."""
    polls = issued.rows("public_opinion")
    [wrong] = [row for row in polls if row["id"] == "2006-01-20-ispp"] if "id" in polls[0] else [polls[0]]
    put("public_opinion", [row | {"for_pct": "36.0"} if row is wrong else row for row in polls])
    monkeypatch.setattr(
        lessons, "outputs", lessons.outputs.__wrapped__
    )  # run anew: the lessons shown before stay as they are
    path = next(path for path in lessons.PATHS if lessons.number(path) == "05b")
    drawn, of_polls = test_states.drawn_states, lambda panel: "public_opinion" in world.needs(panel.draw)
    monkeypatch.setattr(test_states, "drawn_states", lambda panel: drawn(panel) if of_polls(panel) else ())
    now = {what: states for what, states in record.lesson(path).items() if states}
    told = record.differences("05b", {what: record.read("05b")[what] for what in now}, now)
    assert re.search(r"^05b, (panel|chart|reveal) \d+: \d+ of \d+ states moved", told, re.MULTILINE)
    assert ", table" in told, "the points behind a chart count"


def test_an_edition_removed_is_named(copy, tmp_path):
    before = shutil.copytree(data.FOLDER, tmp_path / "before")
    put("defence_expenditure", [row for row in issued.rows("defence_expenditure") if row["edition"] != "2024-06"])
    told = "\n".join(report.of_rows(before, data.FOLDER, ["defence_expenditure"]))
    assert "defence_expenditure: 2024-06 is gone, 363 rows" in told
    told = "\n".join(report.of_claims(before, data.FOLDER, ["defence_expenditure"]))
    assert "- **A0-28** " in told


def test_a_true_answer_that_is_no_option_is_found():
    exact = Choice("How many?", {"20": 20, "28": 28, "29": 29, "all 32": 32})
    assert not outside(exact, 28) and "30 is none of" in outside(exact, 30)
    about = Choice("What part?", {"about 10%": 10, "about 30%": 30, "about 50%": 50})
    assert not outside(about, 49.5) and not outside(about, 38) and "75 is none of" in outside(about, 75)
    assert "150" in outside(Number("How many?", 0, 100), 150) and not outside(Number("How many?", 0, 100), 99)


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in lessons.PATHS])
def test_the_true_answer_to_each_guess_can_be_given(path):
    for place, value in lessons.shown(path):
        if isinstance(value, Reveal):
            those_to_come = [value.answer]
            if (
                isinstance(value.guess, Line) and "EUR" in value.guess._unit
            ):  # the next release may have half as much again
                those_to_come.append({year: 1.5 * amount for year, amount in value.answer.items()})
            for answer in those_to_come:
                reason = outside(value.guess, answer)
                assert not reason, f"{path.name}, code cell {place}: {value.guess.question} {reason}"
