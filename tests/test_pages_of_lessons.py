"""The pages of the whole course, built once with few states of each chart: each opens as it is given out, alone."""

import contextlib
import html
import pathlib
import re
import urllib.parse
import zipfile

import pytest

import lab as jupyter
from alliance import checks
from alliance.lesson import answers
from alliance.pages import __main__ as command
from alliance.pages import site

pytestmark = pytest.mark.browser
PATHS = {path.stem: path for path in command.notebooks()}
STATES = 2  # of a chart that are listed here; what the others say is tested panel by panel


class Course:
    """The pages of all lessons, each built when it is first asked for; nobody's answers are in them."""

    def __init__(self, folder):
        self.folder, self.sizes, self._lessons = folder, {}, {}
        site.shared(folder / "course")

    def page(self, name):
        """The path of one lesson's page."""
        if name not in self._lessons:
            self._lessons[name], self.sizes[name] = site.write_lesson(self.folder, PATHS[name], STATES)
        return self.folder / f"{name}.html"

    def whole(self):
        """The folder with all pages and what stands beside them."""
        for name in PATHS:
            self.page(name)
        if not (self.folder / "index.html").exists():
            site.write_rest(self.folder, list(self._lessons.values()))
        return self.folder


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The pages of all lessons."""
    folder = tmp_path_factory.mktemp("course")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALLIANCE_ANSWERS", str(folder / "answers.sqlite"))
        patch.setattr(answers, "_unsaved", {})
        yield Course(folder / "pages")


OPEN_ALL = """async () => {
  await alliance.makeAll();
  for (let more = true; more; ) {
    const shut = [...document.querySelectorAll('.abn-part button')].filter((one) => one.textContent === 'Show without a guess' && !one.dataset.pressed);
    shut.forEach((one) => { one.dataset.pressed = 1; one.click(); });
    more = shut.length > 0;
  }
}"""
UNDRAWN = "[...document.querySelectorAll('.abn-plot')].filter((one) => !one.querySelector('.main-svg')).length"
UNNAMED = """[...document.querySelectorAll('main :is(select, textarea, button, input)')]
  .filter((one) => !(one.getAttribute('aria-label') || one.textContent.trim() || one.placeholder || [...(one.labels ?? [])].some((label) => label.textContent.trim())))
  .map((one) => one.outerHTML.slice(0, 160))"""
LINKS_OF = {}  # those of cards and tables too, once they are shown
LINKS = "[...document.querySelectorAll('a')].map((one) => one.getAttribute('href')).filter(Boolean)"
WIDE = """[document.documentElement.scrollWidth - innerWidth, ...[...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 2 && !one.closest('.abn-scroll, .abn-frame, pre, svg')).slice(0, 3).map((one) => one.outerHTML.slice(0, 120))]"""
SQUEEZED = """[...document.querySelectorAll('main :is(td, th)')].filter((one) => one.checkVisibility() && one.textContent.length > 100 && one.offsetWidth < 130).slice(0, 3).map((one) => one.textContent)"""
UNFOCUSED = """() => [...document.querySelectorAll('body :is(a[href], button, input, select, textarea, summary, [tabindex="0"])')].filter((one) => {
  if (one.disabled || !one.checkVisibility()) return false;
  one.focus({ focusVisible: true });
  const { outlineStyle, outlineWidth } = getComputedStyle(one), { width, height } = one.getBoundingClientRect();
  return document.activeElement !== one || outlineStyle === 'none' || parseFloat(outlineWidth) < 2 || !width || !height;
}).map((one) => one.outerHTML.slice(0, 120))"""
# Where the system gives the colours: ink of charts is the text's, what is pressed stands out.
UNFORCED = """() => {
  const ink = getComputedStyle(document.body).color, look = (one) => getComputedStyle(one).backgroundColor;
  const unread = [...document.querySelectorAll('.abn-plot :is(.xtick, .ytick, .legendtext) text')].filter((one) => getComputedStyle(one).fill !== ink);
  const flat = [...document.querySelectorAll('main button[aria-pressed=true]')].filter((one) => {
    const other = one.parentElement.querySelector('button[aria-pressed=false]');
    return other && look(other) === look(one);
  });
  return [...unread, ...flat].slice(0, 3).map((one) => one.outerHTML.slice(0, 160));
}"""
WORDS = "[...document.querySelectorAll('main > section')].map((one) => one.innerText).join(' ')"
OF_CELLS = re.compile(
    r"Shift\+Enter|Run All|Run this cell|run a cell|in an empty cell|folder of the notebooks|No module named"
)


@pytest.fixture(scope="module", params=PATHS)
def seen(request, course, window):
    """What is seen of a page that is opened from a file, everything on it shown: in light, with keys alone, on a phone in
    dark, in the system's own colours.
    """
    request.addfinalizer(window.forget)
    page = window.open(course.page(request.param))
    page.evaluate(OPEN_ALL)
    jupyter.wait_until(
        lambda: not page.evaluate(UNDRAWN), 60, lambda: "charts are not drawn", page.wait_for_timeout, 50
    )
    found = {"name": request.param, "axe": jupyter.axe(page, [["body"]]), "unnamed": page.evaluate(UNNAMED)}
    found |= {"unfocused": page.evaluate(UNFOCUSED), "words": page.evaluate(WORDS)}
    LINKS_OF[f"{request.param}.html"] = page.evaluate(LINKS)
    found["faults"] = page.locator(".abn-fault:not(:empty), .abn-wait").all_inner_texts()
    found["wide"] = {}
    for width, height in ((820, 1180), (390, 800)):  # an iPad, a phone
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="dark" if width == 390 else "light")
        page.wait_for_timeout(250)
        found["wide"][width] = page.evaluate(WIDE)
    looks = {"cut off": jupyter.CLIPPED, "astray": jupyter.ASTRAY, "of many lines": jupyter.MANY_LINES}
    found["phone"] = {what: page.evaluate(look) for what, look in looks.items()}
    found["squeezed"] = page.evaluate(SQUEEZED)
    found["dark"] = jupyter.axe(page, [["body"]], runOnly="color-contrast")
    page.emulate_media(color_scheme="light", forced_colors="active")
    with contextlib.suppress(jupyter.LabError):  # until all charts are drawn anew
        jupyter.wait_until(lambda: not page.evaluate(UNFORCED), 20, str, page.wait_for_timeout, 50)
    found["unforced"] = page.evaluate(UNFORCED)
    found |= {"asked": page.log.requests, "complaints": page.log.complaints}
    return found


def test_a_page_shows_everything_without_an_error_or_a_request_outside(seen):
    assert not seen["faults"] and not seen["complaints"]
    outside = [address for address in seen["asked"] if not address.startswith(("file:", "blob:", "data:"))]
    assert not outside and len(seen["asked"]) >= 5


def test_a_page_is_readable_in_light_dark_and_forced_colours_and_each_control_has_a_name(seen):
    assert not seen["axe"] and not seen["dark"] and not seen["unforced"] and not seen["unnamed"]


def test_a_page_is_used_with_keys_alone_and_what_has_the_focus_is_seen(seen):
    assert not seen["unfocused"]


def test_a_page_neither_scrolls_sideways_nor_squeezes_words_on_a_tablet_or_a_phone(seen):
    assert all(beyond <= 0 for beyond, *_ in seen["wide"].values()), seen["wide"]
    assert not seen["squeezed"], "a table of words is wider than a phone, and is scrolled"


def test_no_word_of_a_chart_is_cut_off_or_astray_on_a_phone(seen):
    assert not any(seen["phone"].values()), seen["phone"]


def test_a_page_says_nothing_of_cells_that_are_run_elsewhere(seen):
    assert seen["name"] == "teacher_guide" or not OF_CELLS.findall(seen["words"])


def test_every_link_leads_somewhere(course):
    folder = course.whole()
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.html")}
    for name, links in [*LINKS_OF.items(), *((name, re.findall(r'href="([^"]+)"', texts[name])) for name in texts)]:
        for link in (html.unescape(one) for one in links if not re.match(r"https?://", one)):
            path, _, anchor = urllib.parse.unquote(link).partition("#")
            assert (folder / (path or name)).is_file(), f"{name}: {link}"
            anchored = f'id="{html.escape(anchor)}"' in texts.get(path or name, "")
            assert not anchor or anchored, f"{name}: {link}"


def test_a_page_is_small_and_lets_no_other_host_in(course):
    folder = course.whole()
    assert max(course.sizes.values()) < 600_000
    for path in folder.glob("*.html"):
        policy = re.search(r'Content-Security-Policy" content="([^"]*)', path.read_text(encoding="utf-8"))
        assert policy and "default-src 'none'" in policy[1] and "http" not in policy[1], path.name


def test_one_zip_holds_all_pages_and_is_small(course, tmp_path):
    assert command.zipped(course.whole(), tmp_path / "all.zip") < command.LARGEST
    names = {pathlib.PurePosixPath(name).name for name in zipfile.ZipFile(tmp_path / "all.zip").namelist()}
    assert {"index.html", "class.html", "answers.html", "plotly.js", *(f"{name}.html" for name in PATHS)} <= names


def test_answers_for_teachers_name_what_is_right_of_every_check(course):
    text = html.unescape((course.whole() / "answers.html").read_text(encoding="utf-8"))
    assert all(checks.check(identifier).question in text for identifier in checks.ids())
    assert all(checks.check(identifier).right_words in text for identifier in checks.ids())
