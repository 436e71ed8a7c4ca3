"""The explorer from its start to its end, in a real browser, as somebody would use it."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import schoolsim as ss
from schoolsim.config import StudyConfig

PATIENCE = 120_000  # milliseconds that a busy machine is waited for
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here: apt-get install chromium")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of an explorer started in this folder with `small.toml`; ended by Ctrl-C."""
    command = [sys.executable, "-m", "schoolsim", "explore", "small.toml", "--no-open", "--port", "0"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            said = ""
            while "explorer is at" not in said:
                line = process.stderr.readline()
                assert line, said
                said += line
            yield re.findall(r"http://127\.0\.0\.1:\d+/", said)[0]
        finally:
            process.send_signal(signal.SIGINT)
            code = process.wait(timeout=PATIENCE / 1000)
    assert code == 130


@contextmanager
def opened(address: str) -> Iterator[Any]:
    """The page, and `page.errors`, what went wrong in it or was asked of anybody else."""
    playwright = pytest.importorskip("playwright.sync_api", reason="the package playwright is not installed")
    playwright.expect.set_options(timeout=PATIENCE)
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(PATIENCE)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("request", lambda request: page.errors.append(request.url) if elsewhere(request.url, address) else None)
        page.on("response", lambda reply: page.errors.append(reply.url) if reply.status >= 400 else None)
        try:
            page.goto(address)
            yield page
        finally:
            browser.close()


def elsewhere(url: str, address: str) -> bool:
    return not url.startswith((address, address.replace("http", "ws"), "data:", "blob:"))


@pytest.mark.slow
def test_it_opens_and_steps(small: StudyConfig, tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(small.to_toml(), encoding="utf-8")
    with served(tmp_path) as address, opened(address) as page:
        from playwright.sync_api import expect

        page.get_by_role("button", name="Step").click()
        expect(page.locator(".ss-when")).to_contain_text("Year 1, autumn (1 of 12 half-terms)")
        assert page.errors == []


@pytest.mark.slow
def test_from_start_to_export(small: StudyConfig, tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(small.to_toml(), encoding="utf-8")
    with served(tmp_path) as address, opened(address) as page:
        from playwright.sync_api import expect

        when = page.locator(".ss-when")
        expect(when).to_have_text("At the beginning (0 of 12 half-terms)")
        expect(page.locator(".ss-map")).to_have_count(2)
        change_a_lever(page, expect)
        refuse_kindly(page, expect)
        page.get_by_role("button", name="Step").click()
        expect(when).to_contain_text("Year 1, autumn (1 of 12 half-terms)")
        play(page, expect)
        compare(page, expect)
        click_a_school(page, expect)
        export(page, expect, tmp_path)
        by_keyboard_alone(page, expect)
        on_a_phone(page)
        assert page.errors == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.csv", "mine.toml", "small.toml"]


def change_a_lever(page: Any, expect: Any) -> None:
    page.get_by_role("searchbox", name="Search").fill("grant to each")
    exact = page.get_by_label("Grant to each partnership, exact value")
    expect(exact).to_have_value("7500")
    exact.fill("20000")
    exact.press("Enter")
    expect(page.get_by_role("button", name="Undo Grant to each partnership")).to_be_visible()
    expect(page.locator(".ss-map figcaption").first).to_contain_text("1 value set by hand")
    expect(page.get_by_role("slider", name="Grant to each partnership")).to_have_value("20000")


def refuse_kindly(page: Any, expect: Any) -> None:
    exact = page.get_by_label("Grant to each partnership, exact value")
    exact.fill("a lot")
    exact.press("Enter")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("it must be a number from 0.0 to 200000.0")
    assert "Traceback" not in alert.inner_text()
    expect(exact).to_have_value("20000")
    alert.get_by_role("button", name="Close").click()
    expect(alert).to_have_count(0)


def play(page: Any, expect: Any) -> None:
    page.get_by_label("Speed").select_option("fast")
    page.get_by_role("button", name="Play").click()
    expect(page.locator(".ss-when")).to_contain_text("(12 of 12 half-terms)")
    expect(page.get_by_role("button", name="Step")).to_be_disabled()
    expect(page.get_by_role("button", name="Play")).to_be_disabled()


def compare(page: Any, expect: Any) -> None:
    chart = page.locator(".ss-chart", has_text="Partnerships at work")
    expect(chart.locator(".ss-curve")).to_have_count(2)
    expect(chart.locator(".ss-now")).to_contain_text("A less B")
    page.get_by_role("radio", name="A less B").check()
    expect(chart.locator(".ss-curve")).to_have_count(1)
    page.get_by_label("Compare two").uncheck()
    expect(page.locator(".ss-map")).to_have_count(1)
    expect(chart.locator(".ss-now")).not_to_contain_text("A less B")
    page.get_by_label("Compare two").check()
    expect(page.locator(".ss-map")).to_have_count(2)


def click_a_school(page: Any, expect: Any) -> None:
    school = page.get_by_role("option", name=re.compile("passes practice on")).first
    name = school.get_attribute("aria-label").partition(",")[0]
    school.dispatch_event("click")  # others may stand in front of it
    story = page.get_by_role("region", name="Story")
    expect(story.get_by_role("heading", level=3)).to_have_count(2)
    expect(story).to_contain_text(f"A {name}")
    expect(story).to_contain_text("Year 1, autumn")
    expect(story).to_contain_text("It wears a badge.")
    page.locator(".ss-line").first.dispatch_event("click")
    expect(story).to_contain_text("begin to work together")
    story.get_by_role("button", name="Close").click()
    expect(story).to_have_count(0)


def export(page: Any, expect: Any, folder: Path) -> None:
    name = page.get_by_label("Name of the file")
    name.fill("../out")
    page.get_by_role("button", name="Save A as a config").click()
    expect(page.get_by_role("alert")).to_contain_text("cannot be the name of a file here")
    name.fill("mine")
    page.get_by_role("button", name="Save A as a config").click()
    expect(page.locator(".ss-notice")).to_contain_text("Saved: mine.toml")
    page.get_by_role("button", name="Save the data").click()
    expect(page.locator(".ss-notice")).to_contain_text("Saved: mine.csv")
    assert ss.load_config(folder / "mine.toml").scenario()["funding.per_partnership"] == 20_000.0
    page.get_by_text("Python that makes A again").click()
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "'funding.per_partnership': 20000.0" in copied
    assert "for _ in range(12)" in copied


def by_keyboard_alone(page: Any, expect: Any) -> None:
    page.reload()
    page.get_by_role("button", name="Step").wait_for()
    page.keyboard.press("Tab")
    reached = []
    for _ in range(5):
        reached.append(page.evaluate("document.activeElement.innerText.trim() || document.activeElement.tagName"))
        page.keyboard.press("Tab")
    assert reached[:4] == ["Skip to the map", "Play", "Step", "Reset"]
    page.get_by_role("button", name="Step").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".ss-when")).to_contain_text("(1 of 12 half-terms)")
    page.get_by_role("listbox").first.focus()
    page.keyboard.press("ArrowRight")
    first = page.get_by_role("listbox").first.get_attribute("aria-activedescendant")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    last = page.get_by_role("listbox").first.get_attribute("aria-activedescendant")
    assert first
    assert last
    page.keyboard.press("Enter")
    expect(page.locator(f"#{last}")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("heading", name="The story so far")).to_be_focused()
    unnamed = page.evaluate(
        """[...document.querySelectorAll('.ss-page button, .ss-page input, .ss-page select')].filter(one =>
           !(one.textContent.trim() && one.tagName === 'BUTTON') && !one.ariaLabel && !(one.labels && one.labels.length)
        ).map(one => one.outerHTML)"""
    )
    assert unnamed == []
    assert page.evaluate("document.documentElement.lang") == "en"


def on_a_phone(page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("document.documentElement.scrollWidth <= 390")
