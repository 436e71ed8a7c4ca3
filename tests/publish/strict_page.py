"""Parses a published page as strictly as a report, with controls, each of which must have a name."""

from __future__ import annotations

import re

from tests.report import strict_html
from tests.report.strict_html import Page

#: What a published page has beyond a report, and where it may stand.
INSIDE = {
    "form": {"section", "div"}, "fieldset": {"div"}, "legend": {"fieldset"}, "option": {"select"}, "article": {"div"},
    "details": {"article", "section"}, "summary": {"details"}, "svg": {"figure"}, "figcaption": {"figure"},
    "noscript": {"main"},
}  # fmt: skip
BLOCKS = {"select", "label", "button"}
PHRASES = {"span", "input", "label", "select", "button"}


def parse(text: str) -> Page:
    """Read a page; `errors` says all that is wrong with it."""
    body, *scripts = re.split(r"<script\b[^>]*>.*?</script>\n", text, flags=re.DOTALL)
    with _controls():
        page = strict_html.parse(body + "".join(scripts))
    if len(scripts) != 2:
        page.errors.append(f"{len(scripts)} scripts")
    ids = {one.attributes["id"] for one in page.elements if "id" in one.attributes}
    named = {one.attributes["for"] for one in page.all("label") if "for" in one.attributes}
    page.errors += [f"{name} is labelled and nowhere" for name in sorted(named - ids)]
    inside = [one for one in page.all("label") if "for" not in one.attributes]
    radios = [one for one in page.all("input") if one.attributes.get("type") == "radio"]
    if len(inside) != len(radios):
        page.errors.append(f"{len(radios)} choices have {len(inside)} labels")
    for one in page.all("input", "select"):
        if one not in radios and one.attributes.get("id") not in named:
            page.errors.append(f"{one.attributes.get('id')} has no label")
    for one in page.all("form", "nav"):
        if not one.attributes.get("aria-label"):
            page.errors.append(f"<{one.tag}> has no name")
    for one in page.elements:
        for name in ("aria-labelledby", "aria-controls"):
            if name in one.attributes and one.attributes[name] not in ids:
                page.errors.append(f"{one.attributes[name]} is nowhere")
    return page


class _controls:  # noqa: N801  # used as a function
    """The elements of a published page are known while one is parsed."""

    def __enter__(self) -> None:
        self.before = strict_html.INSIDE, strict_html.BLOCKS, strict_html.PHRASES, strict_html.PHRASING
        strict_html.INSIDE = {**strict_html.INSIDE, **INSIDE}
        strict_html.BLOCKS = strict_html.BLOCKS | BLOCKS
        strict_html.PHRASES = strict_html.PHRASES | PHRASES

    def __exit__(self, *_: object) -> None:
        strict_html.INSIDE, strict_html.BLOCKS, strict_html.PHRASES, strict_html.PHRASING = self.before
