"""The repository is fit to be read and cloned by a stranger."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture import hygiene


@pytest.fixture(scope="module")
def files(repository: Path) -> list[Path]:
    found = hygiene.repository_files(repository)
    assert repository / "pyproject.toml" in found
    return found


def test_no_file_names_a_path_of_one_machine(files: list[Path]) -> None:
    assert hygiene.machine_paths(files) == []


def test_no_file_names_a_package_registry(files: list[Path]) -> None:
    assert hygiene.registry_hosts(files) == []


def test_no_file_is_too_large(files: list[Path]) -> None:
    assert hygiene.too_large(files) == []


def test_every_changelog_entry_says_whether_results_change(repository: Path) -> None:
    text = (repository / "CHANGELOG.md").read_text(encoding="utf-8")
    assert hygiene.changelog_entries(text)
    assert hygiene.unflagged(text) == []


def test_adding_a_programme_is_what_contributing_explains_best(repository: Path) -> None:
    words = hygiene.sections((repository / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert max(words, key=lambda heading: words[heading]) == "Adding a programme"


def test_every_programme_says_what_it_is_and_where_that_comes_from(repository: Path) -> None:
    configs = repository / "configs"
    # A catalogue with studies but no programmes would let this test pass with nothing read.
    assert list(configs.glob("programmes/*.toml")) or not list(configs.rglob("*.toml"))
    assert hygiene.undescribed(configs / "programmes") == []


# The telling word is put in when the test runs, or this file would be found as well.
@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("data = read('/{}/ada/schools.csv')", "home"),
        ("see /{}/notes/model.md", "work"),
        ("cache:/{}/x1/cache", "tmp"),
        ("C:\\{}\\ada", "Users"),
        ("file:///{}/x", "root"),
    ],
)
def test_a_machine_path_is_seen(line: str, word: str, tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(f"First line.\n{line.format(word)}\n")
    (finding,) = hygiene.machine_paths([tmp_path / "page.md"])
    assert "page.md:2:" in finding


@pytest.mark.parametrize(
    "line",
    ["https://example.org/home/12", "the group/home/outcome words", "results/home/x", "~/home/x"],
)
def test_what_only_looks_like_a_path_passes(line: str, tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(line)
    assert hygiene.machine_paths([tmp_path / "page.md"]) == []


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("https://files.{}.org/x.whl", "pythonhosted"),
        ("--{}-url https://example.org/simple", "index"),
    ],
)
def test_a_registry_is_seen(line: str, word: str, tmp_path: Path) -> None:
    (tmp_path / "lock.txt").write_text(f"# lock\n{line.format(word)}\n")
    assert len(hygiene.registry_hosts([tmp_path / "lock.txt"])) == 1


def test_a_large_file_is_seen(tmp_path: Path) -> None:
    (tmp_path / "runs.csv").write_bytes(b"0" * (hygiene.LARGEST + 1))
    (tmp_path / "small.csv").write_bytes(b"0" * hygiene.LARGEST)
    (finding,) = hygiene.too_large([tmp_path / "runs.csv", tmp_path / "small.csv"])
    assert "runs.csv" in finding


def test_a_file_that_git_would_add_is_found_and_one_made_here_is_not(tmp_path: Path) -> None:
    for name in ("page.md", ".venv/lib.py", "src/__pycache__/a.pyc", "results/s/parts/1.parquet"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert hygiene.repository_files(tmp_path) == [tmp_path / "page.md"]


def test_an_unflagged_changelog_entry_is_seen() -> None:
    text = (
        "# Changelog\n\n## 0.1.0\n\n"
        "- Trust fades. (changes results: yes)\n"
        "- A figure is wider,\n  and taller. (changes results: no)\n"
        "- A quiet change.\n"
        "- Another. (changes results: perhaps)\n"
    )
    assert len(hygiene.changelog_entries(text)) == 4
    assert hygiene.unflagged(text) == [
        "- A quiet change.",
        "- Another. (changes results: perhaps)",
    ]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ('title = "Beacon"\nsources = ["a, p. 1"]\n', "a.toml: no description"),
        ('description = " "\nsources = ["a, p. 1"]\n', "a.toml: no description"),
        ('description = "What it is."\nsources = []\n', "a.toml: no sources"),
        ('description = "What it is."\n', "a.toml: sources is not a list of sentences"),
        (
            'description = "What it is."\nsources = "a, p. 1"\n',
            "a.toml: sources is not a list of sentences",
        ),
    ],
)
def test_an_undescribed_programme_is_seen(text: str, finding: str, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(text)
    (tmp_path / "b.toml").write_text('description = "What it is."\nsources = ["a, p. 1"]\n')
    assert hygiene.undescribed(tmp_path) == [finding]
