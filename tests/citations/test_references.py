"""References in full."""

from __future__ import annotations

from pathlib import Path

from schoolsim.citations.references import SOFTWARE


def test_the_citation_is_that_of_the_repository(repository: Path) -> None:
    text = (repository / "CITATION.cff").read_text(encoding="utf-8")
    for part in (f'title: "{SOFTWARE.title}"', f"version: {SOFTWARE.version}", f"- name: {SOFTWARE.authors}"):
        assert part in text
