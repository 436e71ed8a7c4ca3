"""The page of a study: valid, whole, readable by everybody, and the same bytes each time."""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from schoolsim import Study
from schoolsim.analysis import Answer, contrast
from schoolsim.config import config_from_mapping, load_config
from schoolsim.report import report_page, write_report
from schoolsim.studies import StudyResult
from schoolsim.studies.errors import StoreError
from tests.report.conftest import CONFIG, SCRIPT
from tests.report.strict_html import Page, parse

LEAST_CONTRAST = 4.5
DARK = re.compile(r"@media screen and \(prefers-color-scheme: dark\) \{ (:root \{[^{}]*\}) \}")
"""Of text with what is behind it: level AA of the Web Content Accessibility Guidelines."""


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return parse(text)


@pytest.fixture(scope="module")
def bare(once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study with one figure that cannot be drawn, which takes a fraction of the time; only read."""
    figures = [{"kind": "contrast", "name": "badge", "lever": "badging.scope", "baseline": "nobody"}]
    config = config_from_mapping({**CONFIG, "figures": figures})
    folder = Path(shutil.copytree(once, tmp_path_factory.mktemp("bare") / "badge"))
    # Words and figures of a config may change after the runs: nothing is run again.
    Study(config, name="badge").run(out=folder, executor="serial", progress=False)
    return folder


@pytest.fixture(scope="module")
def bare_text(bare: Path) -> str:
    """Its page."""
    return report_page(StudyResult.open(bare))


def test_a_page_is_valid(page: Page) -> None:
    assert page.errors == []
    assert page.all("html")[0].attributes["lang"] == "en-GB"
    assert page.all("title")[0].text.startswith("Does a badge help?")
    assert {"charset": "utf-8"} in [one.attributes for one in page.all("meta")]


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (("<main>", ""), "</main> where <body> is open"),
        (("</main>", ""), "</body> where <main> is open"),
        (('<section id="design">', '<section id="answer">'), "two elements have the id answer"),
        (('id="levels"', 'id="level"'), "#levels is nowhere"),
        (("<tbody>", ""), "<tr> inside <table>"),
        (('<p class="note">', '<p class="note"><ul></ul>'), "<ul> inside <p>"),
        (('<p class="note">', '<p class="note">a < b & c '), "not escaped"),
        (("<!DOCTYPE html>", ""), "no doctype"),
        (("<figcaption>", "<caption>"), "<caption> inside <figure>"),
        (("<h1>", '<img src="x"/><h1>'), "is not written so"),
        (("<img ", '<img alt="" '), "an attribute twice"),
        (("<dl>", "<dl><blink>"), "<blink> is not an element"),
    ],
)
def test_what_a_browser_would_mend_is_seen(text: str, broken: tuple[str, str], says: str) -> None:
    assert broken[0] in text
    assert any(says in error for error in parse(text.replace(*broken, 1)).errors)


def external(page: Page) -> list[str]:
    """All that a page would load from elsewhere, or leads there."""
    names = ("src", "srcset", "href", "action", "data", "poster", "background")
    found = [one.attributes[name] for one in page.elements for name in names if name in one.attributes]
    found = [address for address in found if not address.startswith(("data:image/svg+xml;base64,", "#"))]
    return found + re.findall(r"@import|url\([^)]*\)|https?:[^\s;]*", page.style)


def test_a_page_needs_nothing_from_elsewhere(page: Page, text: str) -> None:
    assert external(page) == []
    assert not page.all("script", "link", "iframe", "object")
    (policy,) = (one.attributes["content"] for one in page.all("meta") if "http-equiv" in one.attributes)
    assert policy.startswith("default-src 'none'")
    elsewhere = text.replace('<img src="', '<img src="https://example.org/', 1).replace("margin: 0;", "@import x;", 1)
    assert len(external(parse(elsewhere))) == 2


def test_every_picture_is_told_in_words(page: Page) -> None:
    images = page.all("img")
    assert len(images) == len(page.all("figcaption")) == 2
    assert images[0].attributes["alt"].startswith("Chart. Points with bars: the difference in ")
    assert "(a badge on the whole partnership" in images[0].attributes["alt"]
    # One drawing for a page, one for a telephone.
    narrow = [one.attributes["srcset"] for one in page.all("source")]
    assert len(set(narrow) | {one.attributes["src"] for one in images}) == 4


def test_headings_go_down_one_step_at_a_time(page: Page) -> None:
    levels = [int(one.tag[1]) for one in page.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    assert [one.text for one in page.all("h2")] == [
        "The answer", "Expected and found", "Figures", "Design", "Effects", "Levels", "Where it comes from", "Sources",
    ]  # fmt: skip
    assert all(one.attributes.get("scope") in ("col", "row") for one in page.all("th"))


def test_what_a_user_wrote_is_text_and_nothing_else(page: Page, text: str) -> None:
    assert "<script" not in text
    assert SCRIPT in page.all("h1")[0].text
    for part in (f"And where? {SCRIPT}", f"Nobody 2001 {SCRIPT}", f"section 2.24 {SCRIPT}"):
        assert part in page.text, part


def rules(style: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Selectors with their declarations, colours by value."""
    colours = dict(re.findall(r"(--\w+): (#[0-9a-f]{6})", style))
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", style):
        pairs = (part.split(":", 1) for part in body.split(";") if ":" in part and not part.strip().startswith("--"))
        said = {name.strip(): value.strip() for name, value in pairs}
        yield (
            selector.strip(),
            {name: re.sub(r"var\((--\w+)\)", lambda found: colours[found[1]], value) for name, value in said.items()},
        )


def luminance(colour: str) -> float:
    """Relative luminance, as the guidelines define it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def in_scheme(style: str, scheme: str) -> str:
    """A page's style where the reader asks for a light or a dark page."""
    found, count = DARK.subn(r"\1" if scheme == "dark" else "", style)
    assert count > 0, "there is no dark style"
    return found


def faint(style: str) -> list[str]:
    """Rules whose text is too like what is behind it, or that say only one of the two, on a light or a dark page."""
    return [f"{scheme}: {one}" for scheme in ("light", "dark") for one in _faint(in_scheme(style, scheme))]


def contrast_ratio(one: str, other: str) -> float:
    """How far two colours stand apart, as the guidelines define it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _faint(style: str) -> list[str]:
    found = []
    for selector, said in rules(style):
        if "color" not in said:
            continue
        if not re.fullmatch(r"#[0-9a-f]{6}", said.get("background", "")):
            found.append(f"{selector}: no background")
            continue
        ratio = contrast_ratio(said["color"], said["background"])
        if ratio < LEAST_CONTRAST:
            found.append(f"{selector}: {ratio:.1f}")
    return found


def test_text_stands_out_from_what_is_behind_it(page: Page) -> None:
    assert sum("color" in said for _, said in rules(page.style)) > 5
    assert faint(page.style) == []
    assert faint(page.style.replace("--quiet: #4d5661", "--quiet: #9aa3ad")) != []
    assert faint(page.style.replace("--quiet: #aeb7c2", "--quiet: #5a636d")) != []
    assert _faint("p { color: #000000 }") == ["p: no background"]


def test_a_figure_stands_on_white_on_a_dark_page_too(page: Page) -> None:
    (image,) = (said for selector, said in rules(in_scheme(page.style, "dark")) if selector == "picture img")
    assert image["background"] == "#ffffff"


def test_a_page_is_made_for_paper_and_for_telephones(page: Page) -> None:
    for part in ("@media print", "@page", "@media screen and (max-width: 40em)"):
        assert part in page.style
    assert page.all("meta")[2].attributes["content"] == "width=device-width, initial-scale=1"


def test_a_page_says_what_the_study_says(page: Page, once: Path) -> None:
    result = StudyResult.open(once)
    said = page.text
    for line in Answer(result, whole=True).findings():
        first, *items = line.split("\n- ")
        for part in (first, *items):
            assert part[1:] in said, part
    effects = contrast(
        result.runs, "badging.scope", baseline="none", outcomes=["progress.partner", "trust.mean"],
        by=["market.choice_weight"],
    )  # fmt: skip
    rows = [
        one.text
        for one in page.all("tr")
        if " low competition " in " ".join(one.text.split()) and "a badge on the" in one.text
    ]
    assert len(rows) >= len(effects) / 2
    row = effects[(effects["level"] == "collective") & (effects["outcome"] == "progress.partner")].iloc[0]
    (found,) = (" ".join(text.split()) for text in rows if "whole partnership" in text and "Progress" in text)
    numbers = re.findall(r"−?\d+(?:\.\d+)?", found.partition("whole partnership")[2])
    for shown, number in zip(numbers, (row["mean"], row["low"], row["high"]), strict=False):
        half = 0.5 * 10.0 ** -len(shown.partition(".")[2])
        assert abs(float(shown.replace("−", "-")) - number) <= half * 1.001, (shown, number)
    assert len(numbers) >= 3
    for part in (
        "36 runs made, none failed.", "12 points, every combination.", "6 policies in 2 worlds.", "16 schools",
        "1 year.", "3 a point", result.manifest["identity"], "schoolsim reproduce results/badge",
        result.manifest["files"]["runs.parquet"], "Factors Influencing the Transfer of Good Practice",
    ):  # fmt: skip
        assert part in said, part
    assert result.config_text.strip() in page.all("pre")[0].text


def test_what_was_expected_stands_beside_what_was_found(page: Page, once: Path) -> None:
    first, second = (
        [" ".join(cell.text.split()) for cell in page.elements[place + 1 : place + 5]]
        for place, one in enumerate(page.elements)
        if one.tag == "tr" and "Because" in str(page.elements[place + 2].attributes)
    )
    found = Answer(StudyResult.open(once)).expectations()
    assert first[0] == "Progress in partner schools rises"
    assert first[2].startswith(f"It {found[0].found}: ")
    assert "with a badge on the whole partnership rather than no badge" in first[2]
    assert first[3] in ("As expected", "The other way", "Not seen")
    assert second[0].endswith(" stays")


@pytest.mark.slow
def test_progress_of_a_programme_is_held_against_the_run_without_it(tmp_path: Path) -> None:
    small = {"years": 1, "replications": 2, "population": {"schools": 16}, "levers": {"programme.originators": 3}}
    config = config_from_mapping(small, on=load_config("programmes/beacon"))
    result = Study(config, name="beacon").run(out=tmp_path / "beacon", executor="serial", progress=False)
    page = parse(report_page(result))
    assert page.errors == []
    found = Answer(result).expectations()
    assert [one.expected.outcome for one in found] == ["progress.originator", "progress.partner", "confidence.partner"]
    effect = result.runs["effect.originator"].mean()
    assert found[0].row is not None
    assert found[0].row["mean"] == pytest.approx(effect)
    assert found[2].row is None
    assert page.text.count("with the programme rather than none.") == 2
    assert page.text.count("This study does not compare it.") == 1
    assert "against the same schools without any programme" in page.text


@pytest.mark.slow
def test_the_same_folder_gives_the_same_bytes_wherever_it_is(bare: Path, bare_text: str, tmp_path: Path) -> None:
    """Without its figures, which are drawn to the same bytes by tests of their own; with them, the next test."""
    folder = shutil.copytree(bare, tmp_path / "elsewhere" / "badge")
    page = StudyResult.open(folder).report(folder / "deeper" / "page.html")
    assert page.read_text(encoding="utf-8") == bare_text


@pytest.mark.slow
def test_a_page_stands_in_the_folder_unless_told_otherwise(folder: Path, text: str) -> None:
    page = write_report(StudyResult.open(folder))
    assert page == folder / "report.html"
    assert page.read_text(encoding="utf-8") == text


def test_a_disk_that_fills_up_leaves_the_page_that_was_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = folder / "report.html"
    target.write_text("before", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    result = StudyResult.open(folder)
    monkeypatch.setattr("schoolsim.report.page.report_page", lambda _: "after")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="The disk is full"):
        write_report(result)
    assert target.read_text(encoding="utf-8") == "before"
    assert list(folder.glob("*.tmp")) + list(folder.glob(".*.tmp")) == []


def test_a_table_changed_by_hand_is_not_reported(folder: Path) -> None:
    runs = pd.read_parquet(folder / "runs.parquet")
    runs["progress.partner"] += 5
    runs.to_parquet(folder / "runs.parquet")
    with pytest.raises(StoreError, match=r"runs\.parquet is not the file that was written"):
        report_page(StudyResult.open(folder))


LATE = [pytest.param(name, marks=pytest.mark.slow) for name in ("design.parquet", "series.parquet")]
"""Files that are read when half of the page is made."""


@pytest.mark.parametrize("name", ["study.toml", "points.parquet", "columns.json", *LATE])
def test_every_file_is_compared_before_it_is_used(folder: Path, name: str) -> None:
    with (folder / name).open("ab") as file:
        file.write(b"\n")
    with pytest.raises(StoreError, match=f"{name} is not the file that was written"):
        report_page(StudyResult.open(folder))


def test_a_figure_that_cannot_be_drawn_says_why(bare_text: str) -> None:
    page = parse(bare_text)
    assert page.errors == []
    assert page.all("img") == []
    assert "no level 'nobody'" in page.text
    assert "badge cannot be drawn." in page.text
