"""References in full."""

from __future__ import annotations

from pathlib import Path

from schoolsim.citations.references import SOFTWARE, software_of


def test_the_citation_is_that_of_the_repository(repository: Path) -> None:
    text = (repository / "CITATION.cff").read_text(encoding="utf-8")
    for part in (f'title: "{SOFTWARE.title}"', f"version: {SOFTWARE.version}", f"- name: {SOFTWARE.authors}"):
        assert part in text


def test_the_software_has_its_year_and_another_version_none(repository: Path) -> None:
    assert f"Copyright (c) {SOFTWARE.year} " in (repository / "LICENSE").read_text(encoding="utf-8")
    assert f"  year = {{{SOFTWARE.year}}},\n  version = {{{SOFTWARE.version}}}\n}}" in SOFTWARE.bibtex()
    assert SOFTWARE.text().startswith(f"{SOFTWARE.authors} ({SOFTWARE.year}). ")
    assert software_of({"schoolsim": SOFTWARE.version}, None) == SOFTWARE
    older = software_of({"schoolsim": "0.0.7"}, {"commit": "0123456789abcdef", "dirty": False})
    assert "year" not in older.bibtex()
    assert "  version = {0.0.7},\n  note = {Commit 0123456789ab}\n}" in older.bibtex()
