"""Parses a page strictly: what a browser would mend is an error here."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "img", "source", "br", "hr", "link", "input"})
#: Where each element may stand; those without an entry may stand in any block.
INSIDE = {
    "html": {""}, "head": {"html"}, "body": {"html"}, "title": {"head"}, "meta": {"head"}, "style": {"head"},
    "header": {"body"}, "nav": {"body"}, "main": {"body"}, "section": {"main"}, "li": {"ul", "ol"},
    "dt": {"div"}, "dd": {"div"}, "caption": {"table"}, "thead": {"table"}, "tbody": {"table"},
    "tr": {"thead", "tbody"}, "th": {"tr"}, "td": {"tr"}, "source": {"picture"}, "figcaption": {"figure"},
    "picture": {"figure"}, "figure": {"section"}, "dl": {"section"},
}  # fmt: skip
BLOCKS = frozenset({"a", "p", "h1", "h2", "h3", "h4", "ul", "ol", "div", "table", "pre", "img"})
PHRASES = frozenset({"b", "strong", "code", "em"})
#: Elements that hold text and phrases only.
PHRASING = frozenset({"p", "h1", "h2", "h3", "h4", "a", "b", "strong", "code", "title", "caption", "dt", "th"})
TEXTLESS = frozenset({"html", "head", "body", "ul", "ol", "dl", "table", "thead", "tbody", "tr", "picture", "nav"})


@dataclass
class Element:
    """An element of a page."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Page:
    """What was read of a page, and what is wrong with it."""

    elements: list[Element] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    style: str = ""

    def all(self, *tags: str) -> list[Element]:
        """The elements with these tags, in order."""
        return [element for element in self.elements if element.tag in tags]

    @property
    def text(self) -> str:
        """All text of the body that people read."""
        return " ".join(self.all("body")[0].text.split())


class _Strict(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.page, self.open, self.doctype = Page(), list[Element](), False

    def fault(self, text: str) -> None:
        self.page.errors.append(f"line {self.getpos()[0]}: {text}")

    def handle_decl(self, decl: str) -> None:
        if decl.lower() != "doctype html" or self.page.elements:
            self.fault(f"<!{decl}>")
        self.doctype = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parent = self.open[-1].tag if self.open else ""
        known = INSIDE.keys() | BLOCKS | PHRASES
        if tag not in known:
            self.fault(f"<{tag}> is not an element that a report has")
        elif tag in INSIDE and parent not in INSIDE[tag] and not (tag == "dt" and parent == "dl"):
            self.fault(f"<{tag}> inside <{parent}>")
        elif parent in PHRASING and tag not in PHRASES:
            self.fault(f"<{tag}> inside <{parent}>, which holds phrases only")
        names = [name for name, _ in attrs]
        if len(set(names)) < len(names):
            self.fault(f"<{tag}> has an attribute twice")
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.page.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.fault(f"<{tag}/> is not written so in HTML")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1].tag != tag:
            self.fault(f"</{tag}> where <{self.open[-1].tag if self.open else ''}> is open")
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1].tag == "style":
            self.page.style += data
            return
        if "<" in data or "&" in data:
            self.fault(f"a sign that is not escaped in {data.strip()[:60]!r}")
        self.read(data)

    def handle_entityref(self, name: str) -> None:
        if name not in ("amp", "lt", "gt", "quot"):
            self.fault(f"&{name};")
        self.read(self.unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self.read(self.unescape(f"&#{name};"))

    def unescape(self, text: str) -> str:
        import html

        return html.unescape(text)

    def read(self, data: str) -> None:
        if data.strip() and (not self.open or self.open[-1].tag in TEXTLESS):
            self.fault(f"text {data.strip()[:40]!r} where there is none")
        for element in self.open:
            element.text += data

    def handle_comment(self, data: str) -> None:
        self.fault("a comment")


def parse(text: str) -> Page:
    """Read a page; `errors` says all that is wrong with it."""
    parser = _Strict()
    parser.feed(text)
    parser.close()
    page = parser.page
    if not parser.doctype:
        page.errors.append("no doctype")
    page.errors += [f"<{element.tag}> is never closed" for element in parser.open]
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    page.errors += [f"two elements have the id {name}" for name in sorted({n for n in ids if ids.count(n) > 1})]
    targets = [one.attributes["href"][1:] for one in page.all("a") if one.attributes.get("href", "").startswith("#")]
    page.errors += [f"#{name} is nowhere" for name in targets if name not in ids]
    for table in ("html", "head", "body", "title", "main", "h1"):
        if len(page.all(table)) != 1:
            page.errors.append(f"{len(page.all(table))} of <{table}>")
    return page
