"""The page: what a browser finds in it is what the report holds, and nothing in it acts."""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import pairwise

from funding_model.questions.compare import compare
from funding_model.report.paper.asked import ANNEXES, Choices
from funding_model.report.paper.build import paper_of
from funding_model.report.paper.content import Paper
from funding_model.report.paper.page import html_of
from funding_model.scenario.library import starter_document
from funding_model.scenario.loading import load_text
from tests.report.paper.reading import comparison_of, library_paper, read_page

HOSTILE = '<script>alert(1)</script> "\'><img src=x onerror=alert(1)> =1+1 #import "x" $x$ {{7*7}} `code` \\u{202e} ]]>'


@cache
def hostile_paper(name: str = HOSTILE, annexes: tuple[str, ...] = tuple(ANNEXES)) -> Paper:
    """Return a report of the starter scenario in which everything that has a name has a hostile one."""
    assert len(name) <= 120
    text = starter_document()
    scenario, problems = load_text(text)
    assert scenario is not None, problems
    document = scenario.model_dump(mode="json")
    document["name"] = document["organisation"]["name"] = document["description"] = name
    document["base"] = None
    for number, contract in enumerate(document["contracts"]):
        contract["name"] = f"{name[:110]} {number}"
    homes = [*document["services"], *document["organisation"]["pools"], *document["organisation"]["other_activities"]]
    for number, home in enumerate(homes):
        home["name"] = f"{name[:110]} h{number}"
        for post in home.get("posts", []):
            post["name"], post["time"] = name, {}
        for line in home.get("lines", []):
            line["name"] = line["category"] = name

    changed, problems = load_text(json.dumps(document))
    assert changed is not None, problems
    return paper_of(compare(changed), Choices(annexes=annexes))


def test_nothing_in_the_page_acts_or_is_fetched() -> None:
    page = html_of(hostile_paper())
    found = read_page(page)
    names = {name for name, _ in found.tags}
    assert not names & {"script", "img", "link", "iframe", "object", "embed", "form", "base"}
    for name, attributes in found.tags:
        assert not [each for each in attributes if each.startswith("on")]
        for key in ("src", "href", "xlink:href", "action", "data"):
            value = attributes.get(key) or "#"
            assert value.startswith("#"), (name, key, value)
        assert "url(" not in (attributes.get("style") or "")
    assert "default-src 'none'" in page.decode()
    assert "<script>alert(1)</script>" in "".join(found.text)


def test_the_page_is_the_same_twice() -> None:
    paper = library_paper("family_support_hub")
    assert html_of(paper) == html_of(library_paper.__wrapped__("family_support_hub"))


def test_headings_tables_and_pictures_have_their_parts() -> None:
    page = html_of(library_paper("family_support_hub"))
    found = read_page(page)
    levels = [int(name[1]) for name, _ in found.tags if re.fullmatch(r"h[1-6]", name)]
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert all(attributes.get("scope") in ("col", "row", "colgroup") for name, attributes in found.tags if name == "th")
    pictures = [attributes for _, attributes in found.tags if attributes.get("role") == "img"]
    assert pictures
    assert all(len(attributes["aria-label"] or "") > 40 for attributes in pictures)
    places = [attributes["id"] for _, attributes in found.tags if "id" in attributes]
    assert len(places) == len(set(places))
    targets = [(attributes.get("href") or "")[1:] for name, attributes in found.tags if name == "a"]
    assert set(targets) <= set(places)
    assert dict(found.tags[1][1] if found.tags[0][0] == "!doctype" else found.tags[0][1])["lang"] == "en-GB"


def test_a_report_without_annexes_is_short() -> None:
    paper = paper_of(comparison_of("short_breaks"), Choices(annexes=()))
    assert len(html_of(paper)) < 60_000
