"""A teacher can stand behind each source: who owns it is said, by one rule, and none is a copy."""

import collections
import pathlib
import re
from urllib.parse import urlsplit

import pandas as pd
import pytest

import lessons
from alliance import claims, data
from alliance.world import load

SOURCES = data.load("sources").set_index("id", drop=False)
CLAIMS = data.load("claims").set_index("id", drop=False)
BOOKS = [*lessons.PATHS, lessons.FOLDER / "teacher_guide.ipynb"]
STATES = {"government", "state media", "public media"}  # owners that have a state behind them
STATELESS = {"intergovernmental", "private media", "encyclopedia", "private person"}
FILES = [lessons.FOLDER.parent / "README.md", *sorted(data.FOLDER.glob("*.[cj]s*"))] + [
    path for kind in ("*.py", "*.md", "*.js", "*.css") for path in sorted(lessons.FOLDER.rglob(kind))
]

# Networks that clone press sites to spread one state's line (VIGINUM, "Portal Kombat", February 2024): nowhere at all.
NETWORKS = re.compile(r"news-pravda\.com|\bpravda-(?!\d)\w{2}\.com|\bpravda-network\b", re.IGNORECASE)
# Sites that copy, sum up or mirror what others wrote: they may have been read, they are never the source.
COPIES = """
    am1.news aggregator.oikosix.com allthe.news antiwar.com aretenews.com azureedge.net beautifulnight.pl biblio.kz
    bignewsnetwork.com bnc.app.br cedarsrevolution.net cloudfront.net datana.cloud deeperquestions.com
    defensehere.com dev.checkyourfact.com docslib.org elisme.gr epochtimes.com eurasia.ro euroscopenews.com
    everything.explained.today evol.news fakti.bg glasno.com.ua good-time-invest.com hvylya.net hyperlinked.wiki
    iiab.me imalbania.com informationclearinghouse.info ir-ia.com its9ja.com jagonews24.com lexbuild.dev lianhezuozhan.com
    longform.social massachusettsexpress.com meaww.com militaryspot.com milwaukeesun.com mixedtimes.com mypresstoday.com
    nachrichten-meldung.de news.mail.ru newsmax.com newssummedup.com ntd.com ogreszinas.news omua.info opednews.com
    ot.gr paperzz.com particle.news pledgetimes.com prologuejournal.com pubt.io qoshe.com ru-main.ru safirnews.in
    search.r-project.org shunculture.com skylinenews.org sputniknews.africa the-daily.org
    thebadely.github.io themonexus.com tid.news tribunnews.com trigtent.com triviaquestions.online uat.apnews.com ubn.news ukraina.ru vdocument.in wiki.edu.vn
    wikizero.com yidianzixum.com yours-media.com github.com
"""


def copies_in(text):
    """The copy sites that a text gives an address of."""
    hosts = {urlsplit(address).netloc.lower() for address in re.findall(r"https?://[^\s\"'<>\\]+", text)}
    return sorted(host for host in hosts if any(host == copy or host.endswith("." + copy) for copy in COPIES.split()))


def cells(path):
    return "\n".join(cell.source for cell in lessons.book(path).cells)


# Where the words come from -------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_file_names_a_disinformation_network(path):
    assert NETWORKS.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_no_lesson_names_a_disinformation_network_or_a_copy(path):
    assert NETWORKS.findall(cells(path)) + copies_in(cells(path)) == []


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_no_saved_page_names_a_disinformation_network_or_a_copy(path):
    """Fails where the tables have moved on and the page was not run again."""
    saved = path.read_text(encoding="utf-8")
    assert NETWORKS.findall(saved) + copies_in(saved) == []


@pytest.mark.parametrize("column", ["address", "publisher", "title"])
def test_no_source_is_a_copy(column):
    found = {row["id"]: copies_in(row[column]) for _, row in SOURCES.iterrows() if copies_in(row[column])}
    assert not found, f"cite the publisher; where it was read may stand in copy_read: {found}"
    named = SOURCES[SOURCES[column].str.contains(r"read in a copy|copy site|aggregator", case=False)]
    assert named.empty, list(named["id"])


@pytest.mark.parametrize("name", [*data.names(), "datapackage.json"])
def test_no_table_gives_an_address_of_a_network_or_a_copy(name):
    """Whatever the column; where numbers were read in a public repository of data, copy_read may say so."""
    path = data.FOLDER / (name if "." in name else data.resource(name)["path"])
    text = path.read_text(encoding="utf-8")
    assert not NETWORKS.findall(text) and not set(copies_in(text)) - {"github.com"}
    if name != "sources":
        assert "github.com" not in copies_in(text)


def front_page(address):
    """Whether an address names a site, or a section of it, and no page."""
    parts = urlsplit(address)
    return len(parts.path.strip("/")) < 4 and not re.search(r"=[\w-]{5}", parts.query)


def test_a_front_page_says_that_the_page_was_not_opened():
    said = SOURCES["title"].str.contains("(front page only: the page itself was not opened)", regex=False)
    silent = SOURCES[SOURCES["address"].map(front_page) & ~said]
    assert list(silent.index) == []


def test_no_claim_stands_firmly_on_a_page_that_was_not_opened():
    unopened = SOURCES.index[SOURCES["title"].str.contains("front page only")]
    resting = CLAIMS[CLAIMS["source"].isin(unopened)]
    assert set(resting["confidence"]) <= {"low"} and set(resting["verdict"]) <= {"supported-with-caveat", "contested"}


def test_links_of_lessons_and_guide_lead_to_a_page():
    for path in BOOKS:
        links = re.findall(r"\]\((https?://[^)]+)\)", cells(path))
        assert not [link for link in links if front_page(link)], path.name


def test_the_deny_list_finds_what_it_is_for():
    for address in ("https://nato.news-pravda.com/x", "https://news-pravda.com/world", "https://pravda-fr.com"):
        assert NETWORKS.search(address)
    assert not NETWORKS.search("https://www.pravda.com.ua/eng/news/2025/02/26/7500319/")
    assert copies_in("see https://www.themonexus.com/a and https://www.nato.int") == ["www.themonexus.com"]


# Who owns it ---------------------------------------------------------------------------------


def test_every_source_has_an_owner_of_the_kinds_that_the_descriptor_explains():
    field = data.field("sources", "owner")
    assert set(SOURCES["owner"]) == set(field["constraints"]["enum"]), "a kind that no source has is no kind"
    assert all(kind in field["description"] for kind in field["constraints"]["enum"])


@pytest.mark.parametrize("publisher", sorted(SOURCES["publisher"].unique()))
def test_a_publisher_has_one_owner(publisher):
    owners = SOURCES[SOURCES["publisher"] == publisher][["owner", "owner_state"]].drop_duplicates()
    assert len(owners) == 1, owners.to_dict("records")


def test_pages_of_one_site_have_one_owner():
    """But for what a site prints of somebody else, who is then named as the publisher: "Poll of June 2016 (in ZIK)"."""
    owners = collections.defaultdict(set)
    for _, row in SOURCES[~SOURCES["title"].str.contains(r"\((?:in|at) [A-Zt]")].iterrows():
        owners[urlsplit(row["address"]).netloc.removeprefix("www.")].add(row["owner"])
    assert not {host: kinds for host, kinds in owners.items() if len(kinds) > 1}


def test_a_state_is_named_where_it_owns_and_only_there():
    owned, state = SOURCES["owner"], SOURCES["owner_state"]
    assert list(SOURCES.index[owned.isin(STATES) & state.isna()]) == []
    assert list(SOURCES.index[owned.isin(STATELESS) & state.notna()]) == []


def test_no_side_of_the_war_has_its_state_media_hidden():
    """The same label for all: what TASS would be called is what Ukrinform and Voice of America are called by rule."""
    for publisher, kind in {
        "Ukrinform": "state media",
        "UATV": "state media",
        "Voice of America": "public media",
    }.items():
        assert set(SOURCES[SOURCES["publisher"] == publisher]["owner"]) == {kind}


def test_a_text_of_the_alliance_is_cited_from_the_alliance():
    texts = SOURCES[SOURCES["title"].str.contains(r"summit declaration|^The North Atlantic Treaty", case=False)]
    assert len(texts) >= 6 and set(texts["publisher"]) == {"NATO"}


# Every source is used, every use has a source --------------------------------------------------


def used():
    """Ids that a row of a table or the descriptor names."""
    named = set()
    for name in data.names():
        resource = data.resource(name)
        named |= {source["id"] for source in resource.get("sources", []) if "id" in source}
        named |= {field["source"] for field in resource["schema"]["fields"] if "source" in field}
        for key in resource["schema"].get("foreignKeys", []):
            if key["reference"]["resource"] == "sources":
                columns = [key["fields"]] if isinstance(key["fields"], str) else key["fields"]
                named |= {value for column in columns for value in data.load(name)[column].dropna()}
    return named


def test_no_source_is_unused_and_none_is_missing():
    assert set(SOURCES.index) == used()


def test_the_descriptor_cites_a_source_as_the_table_does():
    for name in data.names():
        for source in data.resource(name).get("sources", []):
            if "id" in source:
                row = SOURCES.loc[source["id"]]
                edition = f" ({row['edition']})" if pd.notna(row["edition"]) else ""
                assert (
                    source["title"] == f"{row['publisher']}: {row['title']}{edition}"
                    and source["path"] == row["address"]
                )


# What a verdict needs ----------------------------------------------------------------------------


def test_not_checkable_never_stands_on_what_is_merely_unread():
    unread = CLAIMS[
        (CLAIMS["verdict"] == "not-checkable") & CLAIMS["basis"].isin(["not-verified", "background-knowledge"])
    ]
    assert unread.empty, list(unread.index)


def test_nothing_is_left_unread():
    assert "not looked up yet" not in set(load("ledger")["why"])
    said = CLAIMS["found"].fillna("") + " " + CLAIMS["caveat"].fillna("")
    assert list(CLAIMS.index[said.str.contains(r"not looked up|not verified|background knowledge", case=False)]) == []


FIXED = r"\b(?:A[0-4](?:-\d+)?|[Aa]rticles? \d+(?: to \d+)?|[Ll]ine \d+|(?:1[89]|20)\d\d(?:-\d\d)?|\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*)\b"

OF_RECORD = {"A1-026": {"100", "11"}, "A1-043": {"24"}}  # a vote of the General Assembly; hours in the agreements


@pytest.mark.parametrize("identifier", sorted(claims.RULES))
def test_a_caveat_holds_no_number_that_a_table_can_change(identifier):
    """Numbers are computed; a caveat may name days, articles, what the claim itself says, and votes of record."""
    caveat = re.sub(FIXED, "", str(CLAIMS.loc[identifier, "caveat"]))
    said = set(re.findall(r"\d+", CLAIMS.loc[identifier, "claim"])) | OF_RECORD.get(identifier, set())
    assert not set(re.findall(r"\d+", caveat)) - said, caveat


def test_the_students_name_stands_once_in_the_table_of_articles():
    surname = data.load("articles").set_index("id").loc["A1", "author"].split()[-1]
    texts = {path: path.read_text(encoding="utf-8") for path in FILES} | {path: cells(path) for path in lessons.PATHS}
    named = {pathlib.Path(path).name: text.count(surname) for path, text in texts.items() if surname in text}
    assert named == {"articles.csv": 1}
