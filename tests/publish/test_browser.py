"""The published page in a real Chromium: what it shows is what Python says, by mouse, by keys and on a telephone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from schoolsim.analysis import Answer
from schoolsim.publish.answering import Cells, Emulation, answering
from schoolsim.publish.data import page_data
from schoolsim.publish.page import publish_page
from schoolsim.publish.quantities import criteria, reported, values_of
from schoolsim.studies import StudyResult

LONG = [pytest.param(study, marks=pytest.mark.slow) for study in ("joint", "small")]
EXACTLY = 1e-9
"""How near the page's numbers are to Python's, relatively."""


@dataclass
class Published:
    """A page that is open, what answers in Python, and what the browser had to say."""

    page: Page
    answers: Cells | Emulation
    data: dict[str, Any]
    complaints: list[str] = field(default_factory=list)

    def number(self, what: str) -> float:
        """The number that an element shows, in full."""
        text = self.page.locator(f"#{what}").get_attribute("data-value")
        assert text is not None, what
        return float(text)

    def setting(self) -> list[float]:
        """Where the controls stand, as a reader sees them."""
        found = []
        for place, control in enumerate(self.answers.controls):
            if control.is_range:
                found.append(float(self.page.locator(f"#typed{place}").input_value()))
            else:
                found.append(float(self.page.locator(f"input[name=control{place}]:checked").input_value()))
        return found


@pytest.fixture(scope="session")
def pages(folders: Path) -> Callable[[StudyResult], tuple[Path, Cells | Emulation, dict[str, Any]]]:
    """The page of a study and what answers in Python, each made once."""
    known: dict[Path, tuple[Path, Cells | Emulation, dict[str, Any]]] = {}

    def of(result: StudyResult) -> tuple[Path, Cells | Emulation, dict[str, Any]]:
        if result.folder not in known:
            file = folders / f"{result.folder.name}.html"
            file.write_text(publish_page(result), encoding="utf-8")
            answer = Answer(result)
            shown, ranked = reported(answer), criteria(answer)
            quantities = [*shown, *(one.quantity for one in ranked if one.quantity not in shown)]
            answers = answering(answer, values_of(answer, quantities), lambda line: None)
            known[result.folder] = file, answers, page_data(answers, quantities, len(shown), ranked)
        return known[result.folder]

    return of


@pytest.fixture
def opened(browser: Browser, pages: Any) -> Iterator[Callable[..., Published]]:
    """Open the page of a study without a network; whatever it complains of, or asks for, fails the test."""
    contexts, found = [], []

    def open_page(result: StudyResult, width: int = 1280, height: int = 900) -> Published:
        file, answers, data = pages(result)
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
        page = context.new_page()
        one = Published(page, answers, data)
        page.on("console", lambda message: one.complaints.append(message.text))
        page.on("pageerror", lambda error: one.complaints.append(str(error)))
        page.on("request", lambda request: request.url == file.as_uri() or one.complaints.append(request.url))
        page.goto(file.as_uri())
        contexts.append(context)
        found.append(one)
        return one

    yield open_page
    for one in found:
        assert one.complaints == []
    for context in contexts:
        context.close()


def slide(page: Page, name: str, share: float) -> None:
    """Press the mouse on a slider, a share of the way along."""
    page.locator(f"#{name}").scroll_into_view_if_needed()
    box = page.locator(f"#{name}").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 8 + share * (box["width"] - 16), box["y"] + box["height"] / 2)


@pytest.mark.slow
def test_moved_sliders_show_what_python_says(opened: Callable[..., Published], crossed: StudyResult) -> None:
    one = opened(crossed)
    before = one.number("value0")
    slide(one.page, "control1", 0.7)
    slide(one.page, "control2", 0.2)
    setting = one.setting()
    assert setting[0] == 2.0
    assert setting[1] == pytest.approx(6.2, abs=0.2)
    assert setting[2] == pytest.approx(0.3, abs=0.05)
    assert one.number("value0") != before
    for quantity in range(2):
        level = one.answers.level(quantity, setting)
        assert one.number(f"value{quantity}") == pytest.approx(level.mean, rel=EXACTLY)
        apart = one.answers.difference(quantity, setting, [0.0, *setting[1:]])
        assert one.number(f"difference{quantity}") == pytest.approx(apart.mean, rel=EXACTLY)
    assert "Answered by an emulator, between the 120 points that were run (960 runs)." in one.page.inner_text("#status")
    assert "Higher by" in one.page.inner_text("#difference0")
    assert "no badge" in one.page.inner_text("#compared")


@pytest.mark.parametrize("study", ["grid", "crossed", *LONG])
def test_every_number_of_the_page_is_pythons(
    opened: Callable[..., Published], study: str, request: pytest.FixtureRequest
) -> None:
    one = opened(request.getfixturevalue(study))
    rng = np.random.default_rng(4)
    settings = [
        [
            float(rng.uniform(control.low - 0.1, control.high + 0.1))
            if control.is_range
            else float(rng.integers(len(control.values)))
            for control in one.answers.controls
        ]
        for _ in range(60)
    ]
    faults = [one.answers.fault(setting) for setting in settings]
    assert one.page.evaluate("settings => settings.map(one => answers.fault(one))", settings) == faults
    inside = [setting for setting, fault in zip(settings, faults, strict=True) if not fault]
    assert len(inside) >= 20
    levers = [place for place, control in enumerate(one.answers.controls) if control.role == "policy"]
    others = [
        [control.compared if place in levers else setting[place] for place, control in enumerate(one.answers.controls)]
        for setting in inside
    ]
    pairs = [(setting, other) for setting, other in zip(inside, others, strict=True) if not one.answers.fault(other)]
    for quantity in range(len(one.data["quantities"])):
        told = one.page.evaluate(
            "([pairs, q]) => pairs.map(([one, two]) => [answers.level(q, one), answers.difference(q, one, two)])",
            [pairs, quantity],
        )
        scale = float(np.nanstd(one.answers.values[:, quantity]))
        for (setting, other), (level, apart) in zip(pairs, told, strict=True):
            for ours, theirs in (
                (one.answers.level(quantity, setting), level),
                (one.answers.difference(quantity, setting, other), apart),
            ):
                for name in ("mean", "low", "high"):
                    # Beside the spread of the quantity, for differences near 0.
                    assert theirs[name] == pytest.approx(getattr(ours, name), rel=EXACTLY, abs=EXACTLY * scale), name


def test_outside_the_runs_there_is_no_number(opened: Callable[..., Published], crossed: StudyResult) -> None:
    one = opened(crossed)
    one.page.fill("#typed2", "1.7")
    assert one.page.inner_text("#value0") == "No number"
    assert one.page.locator("#value0").get_attribute("data-value") is None
    status = one.page.inner_text("#status")
    assert status == "Outside what was run: competition between schools went from 0.00 to 1.50. No number is shown."
    one.page.fill("#typed2", "")
    assert one.page.inner_text("#value0") == "No number"
    one.page.fill("#typed2", "0.6")
    assert one.number("value0") == pytest.approx(one.answers.level(0, [2.0, one.setting()[1], 0.6]).mean, rel=EXACTLY)


def test_a_grid_says_which_runs_it_rests_on(opened: Callable[..., Published], grid: StudyResult) -> None:
    one = opened(grid)
    one.page.get_by_label("A badge on the originating school alone").check()
    assert one.page.inner_text("#status") == "Answered by the runs themselves: 8 runs of exactly this setting."
    level = one.answers.level(0, one.setting())
    assert one.number("value0") == pytest.approx(level.mean, rel=EXACTLY)
    one.page.locator("#card0 summary").click()
    assert "column progress.mean of runs.parquet" in one.page.inner_text("#from0")
    assert one.page.locator("#bands0 .band").count() == 3


@pytest.mark.slow
def test_a_policy_can_be_held_and_compared_with(opened: Callable[..., Published], joint: StudyResult) -> None:
    one = opened(joint)
    one.page.click("#hold")
    assert one.page.inner_text("#difference0") == "Exactly as in the comparison."
    held = one.setting()
    slide(one.page, "control1", 0.9)
    setting = one.setting()
    apart = one.answers.difference(0, setting, [*held[:2], *setting[2:]])
    assert one.number("difference0") == pytest.approx(apart.mean, rel=EXACTLY)
    one.page.click("#reset")
    assert one.setting() == [control["start"] for control in one.data["controls"]]


def test_the_ranking_follows_the_weights(opened: Callable[..., Published], crossed: StudyResult) -> None:
    one = opened(crossed)
    world = one.setting()[1:]
    found = one.data["criteria"]
    assert [row["key"] for row in found] == ["progress", "gap", "cost", "hours"]
    for given in ((10, 0, 0, 0), (0, 0, 10, 2), (5, 5, 1, 3)):
        for place, weight in enumerate(given):
            slider = one.page.locator(f"#weight{place}")
            slider.focus()
            slider.press("Home")
            for _ in range(weight):
                slider.press("ArrowRight")
        points = [
            100 * weight / sum(given) / (row["best"] - row["worst"])
            for weight, row in zip(given, found, strict=True)
        ]  # fmt: skip
        weighed = list(zip(points, found, strict=True))
        parts = np.array([
            [point * one.answers.level(row["quantity"], [policy, *world]).mean for point, row in weighed]
            for policy in range(3)
        ])  # fmt: skip
        scores = parts.sum(axis=1) - parts.min(axis=0).sum()
        shown = [
            float(cell.get_attribute("data-value") or "nan") for cell in one.page.locator("#ranks td[data-value]").all()
        ]
        assert shown == pytest.approx(sorted(scores, reverse=True), rel=1e-8, abs=1e-6)
        first = one.page.locator("#ranks tbody th").first.inner_text().lower()
        assert first.startswith(one.answers.controls[0].levels[int(scores.argmax())].lower())
    for place in range(4):
        one.page.locator(f"#weight{place}").focus()
        one.page.keyboard.press("Home")
    assert one.page.inner_text("#first") == "Give at least one of these a weight."


def test_keys_alone_do_everything(opened: Callable[..., Published], crossed: StudyResult) -> None:
    one = opened(crossed)
    page = one.page

    def focused() -> str:
        return str(page.evaluate("document.activeElement.id || document.activeElement.name"))

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    seen = []
    for _ in range(30):
        page.keyboard.press("Tab")
        seen.append(focused())
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none" or page.evaluate("document.activeElement === document.body"), seen[-1]
        if seen[-1] == "control0":
            page.keyboard.press("ArrowUp")
        if seen[-1] == "control1":
            page.keyboard.press("ArrowRight")
            page.keyboard.press("ArrowRight")
        if seen[-1] == "hold":
            assert one.setting()[0] == 1.0
            page.keyboard.press("Enter")
    wanted = [
        "control0",
        "control1",
        "typed1",
        "control2",
        "typed2",
        "hold",
        "reset",
        "outcome",
        "across",
        "view",
        "runs",
    ]
    assert [name for name in seen if name in wanted] == wanted
    assert {"weight0", "weight1", "weight2", "weight3"} <= set(seen)
    setting = one.setting()
    assert setting[1] == pytest.approx(one.data["controls"][1]["start"] + 2 * one.data["controls"][1]["step"], abs=0.1)
    assert one.number("value0") == pytest.approx(one.answers.level(0, setting).mean, rel=EXACTLY)
    assert "originating school alone" in page.inner_text("#compared")


def test_a_screen_reader_is_told_what_changed(opened: Callable[..., Published], crossed: StudyResult) -> None:
    one = opened(crossed)
    slide(one.page, "control1", 0.5)
    one.page.wait_for_timeout(1_000)
    said = one.page.locator("#said").inner_text()
    assert one.page.inner_text("#value0") in said
    assert one.page.locator("#control1").get_attribute("aria-valuetext") == f"{one.setting()[1]:.2f}"


@pytest.mark.parametrize("study", ["hostile", "crossed", pytest.param("grid", marks=pytest.mark.slow), *LONG])
def test_nothing_scrolls_sideways_on_a_telephone(
    opened: Callable[..., Published], study: str, request: pytest.FixtureRequest
) -> None:
    one = opened(request.getfixturevalue(study), 360, 740)
    for summary in one.page.locator("summary").all():
        summary.click()
    for _ in range(2):
        assert one.page.evaluate("document.documentElement.scrollWidth") == 360
        assert one.page.evaluate("document.body.scrollWidth") <= 360
        one.page.locator("#view").select_option("level")
        one.page.locator("#runs").check()
    assert one.page.locator("#strip").is_visible()


def test_a_page_that_is_too_wide_is_seen(opened: Callable[..., Published], grid: StudyResult) -> None:
    one = opened(grid, 360, 740)
    one.page.locator("#status").evaluate("one => { one.style.width = '500px'; }")
    assert one.page.evaluate("document.documentElement.scrollWidth") > 360


def test_names_that_are_programs_are_not_run(opened: Callable[..., Published], hostile: StudyResult) -> None:
    one = opened(hostile)
    assert one.page.title().startswith("Hostile </script>")
    assert one.page.locator("script").count() == 2
    one.page.get_by_label("Second </script>").check()
    assert one.number("value0") == pytest.approx(one.answers.level(0, one.setting()).mean, rel=EXACTLY)
    one.page.locator("#across").select_option("1")
    assert "</script>" in one.page.inner_text("#chart-title")


def test_curves_are_drawn_of_what_is_answered(opened: Callable[..., Published], crossed: StudyResult) -> None:
    one = opened(crossed)
    assert one.page.locator("#chart path.now").count() == 1
    one.page.locator("#view").select_option("level")
    assert one.page.locator("#chart path.before").count() == 1
    assert one.page.locator("#chart path.runs").count() == 0
    one.page.locator("#runs").check()
    assert one.page.locator("#chart path.runs").count() == 2
    one.page.locator("#across").select_option("0")
    assert one.page.locator("#chart circle").count() == 3
    one.page.locator("#curves summary").click()
    rows = one.page.locator("#drawn tbody tr").all_inner_texts()
    assert len(rows) == 3
    assert rows[0].startswith("No badge")


def test_a_reader_who_asks_for_a_dark_page_has_one(browser: Browser, pages: Any, crossed: StudyResult) -> None:
    file, _, _ = pages(crossed)
    grounds = {}
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme, offline=True)  # type: ignore[arg-type]  # from a list
        page = context.new_page()
        page.goto(file.as_uri())
        grounds[scheme] = page.evaluate("getComputedStyle(document.body).backgroundColor")
        drawn = page.evaluate("getComputedStyle(document.querySelector('svg text')).fill")
        assert drawn == page.evaluate("getComputedStyle(document.body).color")
        context.close()
    assert grounds == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 24, 29)"}
