"""The teacher guide, the pupils' sheets, the articles' pages and README say what the course is today."""

import re
from types import SimpleNamespace

import nbformat
import pandas as pd
import pytest

import lessons
from alliance import checks, data, sheets, words
from alliance.claims import card
from alliance.lesson import cards, sheet, teaching
from alliance.lesson.course import titles
from alliance.pages import site
from test_lessons import NOT_OURS, section

GUIDE = lessons.FOLDER / "teacher_guide.ipynb"
README = (lessons.FOLDER.parent / "README.md").read_text(encoding="utf-8")
TAUGHT = sheet.lessons()
PARTS = ("60:", "20 minutes.", "Likely answers.", "Misconceptions.", "Exercises.", "Without code.", "Without screens.")


def cells(kind):
    return [cell for cell in nbformat.read(GUIDE, as_version=4).cells if cell.cell_type == kind]


def plan(lesson):
    found = [cell.source for cell in cells("markdown") if cell.source.startswith(f"### {lesson} · ")]
    assert len(found) == 1, f"{len(found)} plans for lesson {lesson}"
    return found[0]


def path_of(lesson):
    return next(lessons.FOLDER.glob(f"{lesson}_*.ipynb"))


# The guide -----------------------------------------------------------------------------------


def test_the_guide_reads_as_a_page_its_code_folded_and_every_section_a_cell():
    for cell in cells("markdown"):
        assert re.match(r"#{1,3} ", cell.source) and len(re.findall(r"^#+ ", cell.source, re.MULTILINE)) == 1
    for cell in cells("code"):
        assert cell.metadata.get("jupyter", {}).get("source_hidden") or cell.source.startswith("from alliance"), cell.id
        assert cell.outputs and all(set(output.data) <= {"text/plain", "text/html"} for output in cell.outputs), cell.id


@pytest.mark.parametrize("lesson", TAUGHT)
def test_every_lesson_has_a_plan_with_its_answers(lesson):
    text = plan(lesson)
    assert text.startswith(f"### {lesson} · {TAUGHT[lesson]}\n")
    assert [part for part in PARTS if f"**{part}**" in text] == list(PARTS)
    assert f'answers_to_checks("{lesson}")' in [cell.source for cell in cells("code")]
    for title in ("Exercises", "Check yourself"):
        assert section(path_of(lesson), title), f"{lesson} has no {title} to plan for"


@pytest.mark.parametrize("lesson", TAUGHT)
def test_a_plan_names_the_core_sections_of_its_lesson_in_25_minutes(lesson):
    text, there = plan(lesson), re.findall(r"^## (\d+)\. (.+)$", lessons.prose(path_of(lesson)), re.MULTILINE)
    core = [number for number, title in there if not title.endswith("(optional)")]
    assert re.findall(r"\| Section (\d+):", text) == core, f"the core of {lesson} is sections {core}"
    rows = [tuple(map(int, row)) for row in re.findall(r"^\| (\d+)–(\d+) \|", text, re.MULTILINE)]
    assert rows[0][0] == 5 and rows[-1][1] == 30 and all(a[1] == b[0] for a, b in zip(rows, rows[1:]))
    short = re.search(r"\*\*20 minutes\.\*\* (.+)", text)[1]
    assert len(set(re.findall(r"section (\d+)", short.lower())) & set(core)) == 2, "two steps of the core in 20 minutes"
    more = re.search(r"\*\*60:\*\* (.+)", text)[1]
    named = re.findall(r"(?:section|or|,) (\d+) \(", more)
    assert named and set(named) <= {number for number, _ in there} - set(core), f"{lesson}, 60: {more}"


def test_the_guide_plans_no_lesson_that_is_not_there():
    planned = [found[1] for cell in cells("markdown") if (found := re.match(r"### (\d\d\w?) · ", cell.source))]
    assert planned == list(TAUGHT)


def test_the_guide_and_readme_use_our_words():
    for text in (lessons.prose(GUIDE), README):
        for pattern, better in NOT_OURS.items():
            found = re.search(pattern, text, re.IGNORECASE if pattern.islower() else 0)
            assert not found, f"{found[0]!r} ({better})"


@pytest.mark.parametrize("lesson", TAUGHT)
def test_the_answers_hold_every_check_and_what_is_right(lesson):
    told = str(teaching.answers_to_checks(lesson))
    for asked in map(checks.check, checks.ids(lesson)):
        assert f"{asked.id} (" in told and asked.question in told
        assert asked.right_words.replace(".; ", "; ") in told


def test_the_twelve_sentences_stand_with_the_lesson_that_works_on_each():
    told = str(teaching.twelve_sentences()).splitlines()
    assert len(told) == 12 and [row.split(" | ")[0] for row in told] == checks.misconceptions()
    assert {row.split(" | ")[1] for row in told} <= set(TAUGHT)


# The sheet to print --------------------------------------------------------------------------


@pytest.mark.parametrize("lesson", TAUGHT)
def test_a_sheet_asks_the_guesses_of_the_core_and_holds_no_answer(lesson):
    told, cells = str(sheet.pupils_sheet(lesson)), lessons.book(path_of(lesson)).cells
    core = "\n".join(cell.source for cell in cells).split("(optional)")[0]
    assert told.count("because ____") == len(re.findall(r"predict\.\w+\(", core)), "every guess of the core, no other"
    assert all(question in told for question in re.findall(r'predict\.\w+\(\s*"([^"{]+)"', core))
    assert all(part in told for part in ("Name: ", "Exit ticket", "How sure are you?"))
    for asked in map(checks.check, checks.ids(lesson)):
        assert not any(reason and reason in told for reason in asked.reasons.values())
    for claim in re.findall(r"\((A\d-\d+)\)", told):
        assert card.evidence(claim).says not in told


def test_a_sheet_of_a_lesson_that_is_not_there_is_refused_in_words():
    with pytest.raises(KeyError, match="No lesson '99' has a sheet; there are 01, "):
        sheet.pupils_sheet("99")


def test_the_command_writes_a_page_to_print(tmp_path, capsys):
    sheets.main([str(tmp_path / "new"), "04"])
    page = (tmp_path / "new" / "sheet_04.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>") and "<details open" in page and "size: A4" in page
    assert "sheet_04.html" in capsys.readouterr().out


# The articles' pages -------------------------------------------------------------------------


@pytest.mark.parametrize("identifier", data.load("articles")["id"])
def test_an_article_has_a_page_of_ten_lines(identifier):
    lines, told = data.load("article_lines").query("article == @identifier"), str(cards.article(identifier))
    assert list(lines["number"]) == list(range(1, 11)) and {"is", "says", "speaks"} == set(lines["part"])
    assert all(line in told for line in lines["line"])
    used = data.load("claims").query("article == @identifier")
    assert sum(map(int, re.findall(r"esson \S+: (\d+)", told))) == len(used)
    assert re.findall(r"\((A\d-\d+), lesson", told) == list(used["id"]) and all(one in told for one in used["claim"])
    assert f'article("{identifier}")' in lessons.code_cells(lessons.FOLDER / "00_start_here.ipynb")


def test_a_student_is_named_on_the_article_s_page_and_nowhere_else():
    author = data.load("articles").set_index("id").loc["A1", "author"]
    assert str(cards.article("A1")).count(author) == 1
    assert not any(author in card.text(claim) for claim in data.load("claims")["id"])
    assert author not in lessons.prose(GUIDE) + README


def test_an_article_that_is_not_there_is_refused_in_words():
    known = words.named(data.load("articles")["id"])
    with pytest.raises(KeyError, match=f"There is no article 'A99': they are {known}"):
        cards.article("A99")


def test_the_guide_s_lines_for_a_hub_give_each_learner_a_file_of_their_own():
    """JupyterHub calls a function with the spawner; a name in curly brackets in a plain text it leaves as it is."""
    found = re.findall(r"lambda spawner: f\"[^\"]+\"", " ".join(lessons.prose(GUIDE).split()))
    assert len(found) == lessons.prose(GUIDE).count("spawner.user.name") == 2
    assert "{username}" not in lessons.prose(GUIDE)
    for line in found:
        files = {eval(line)(SimpleNamespace(user=SimpleNamespace(name=name))) for name in ("ann", "ben")}
        assert len(files) == 2 and all(re.fullmatch(r"/\S+\.sqlite", file) for file in files)


# README --------------------------------------------------------------------------------------


def test_readme_lists_the_lessons_and_counts_them():
    rows = dict(re.findall(r"^\| (\d\d\w?) \| ([^|]+) \|", README, re.MULTILINE))
    assert rows == titles()
    assert f"{words.spelt(len(TAUGHT)).capitalize()} lessons" in README


def test_readme_says_what_the_tables_hold():
    said = {(number, name) for number, name in re.findall(r"(\d+) (questions|claims)", README)}
    assert said == {(str(len(data.load(name))), name) for name in ("questions", "claims")}


def test_no_text_of_ours_counts_the_articles():
    """A sixth is a row: prose, titles and the descriptor say "the articles"; a chart that counts them computes it."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in lessons.FOLDER.rglob("*.py")}
    texts |= {path.name: lessons.prose(path) + "\n".join(lessons.code_cells(path)) for path in lessons.PATHS}
    texts |= {"README": README, "descriptor": (data.FOLDER / "datapackage.json").read_text(encoding="utf-8")}
    told = f"{len(data.load('claims'))} claims"
    counted = re.compile(rf'\b(?:five|5) (?:articles|texts)\b|\ball five\b(?! *")|\b{told}', re.IGNORECASE)
    for name, text in texts.items():
        found = counted.search(text)
        assert not found or (name, found[0]) == ("README", told), f"{name}: {found[0]}"


def test_readme_says_how_current_the_tables_are():
    newest = max(data.load("defence_expenditure")["edition"])
    edition = {name: data.resource(name)["edition"] for name in ("military_expenditure", "aid_by_month", "events")}
    release, until = re.fullmatch(r"Release (\d+), data to (.+)", edition["aid_by_month"]).groups()
    looked = re.fullmatch(r"Looked for until (.+)", edition["events"])[1]
    year = re.match(r"SIPRI (\d{4}) release", edition["military_expenditure"])[1]
    said = (
        f"NATO's edition of {words.month(pd.Period(newest))}, SIPRI's release of {year}, "
        f"Kiel's release {release} (to {until}), events looked for until {looked}."
    )
    assert said in README


def test_readme_s_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("https://") or (lessons.FOLDER.parent / target).exists(), target


def test_readme_s_badge_and_the_pages_of_a_copy_on_github_lead_to_its_lesson_00_on_binder(monkeypatch):
    monkeypatch.setenv("GITHUB_REPOSITORY", "OWNER/REPOSITORY")
    address = site.BINDER.format("OWNER/REPOSITORY")
    assert f"\n```\n[![Binder](https://mybinder.org/badge_logo.svg)]({address})\n```\n" in README
    assert (lessons.FOLDER.parent / address.partition("lab/tree/")[2]).is_file()
    page = site.start_page([])
    assert f'<a href="{address}">Try it with code (Binder, needs the network)</a>' in page and "<img" not in page


@pytest.mark.parametrize("repository", (None, "", "no address", 'a/b"><script>', "a/b/c"))
def test_pages_that_no_copy_on_github_wrote_ask_no_other_host(repository, monkeypatch):
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    if repository is not None:
        monkeypatch.setenv("GITHUB_REPOSITORY", repository)
    assert "Binder" not in site.start_page([]) and "//" not in site.start_page([])
