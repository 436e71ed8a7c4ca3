"""What is taken away makes the same run again, and nothing is written outside the folder."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import schoolsim as ss
from schoolsim.config import StudyConfig, config_from_mapping, load_config
from schoolsim.explore import Session
from tests.explore.conftest import SMALL, after


def test_a_saved_config_is_the_scenario(session: Session, tmp_path: Path) -> None:
    session.set_value("B", "market.choice_weight", 0.25)
    session.set_seed("12")
    session.save_config("B", "quiet_market")
    assert session.notice.startswith("Saved: quiet_market.toml")
    saved = load_config(tmp_path / "quiet_market.toml")
    assert (saved.scenario(), saved.seed, saved.years) == (session.sides["B"].scenario, 12, 2)


def test_the_python_makes_the_run_again(session: Session) -> None:
    session.tick_programme("B", "programmes/beacon")
    session.tick_programme("B", "programmes/leading_edge")
    after(session, 3)
    for name, side in session.sides.items():
        assert run(session.python()[name]).outcomes().equals(side.system.outcomes())


@pytest.mark.parametrize("more", [{"burn_in_years": 1}, {"population": {"schools": 12}}])
def test_the_python_says_what_a_config_says_besides(more: dict[str, object], tmp_path: Path) -> None:
    session = after(Session(config_from_mapping({**SMALL, **more}), tmp_path), 8)
    assert run(session.python()["A"]).outcomes().equals(session.sides["A"].system.outcomes())


def run(text: str) -> ss.SchoolSystem:
    """What the text makes; it prints too, which nobody wants here."""
    made: dict[str, ss.SchoolSystem] = {}
    exec(text.replace("print(", "str("), made)
    return made["system"]


def test_the_data_are_those_of_both_and_their_difference(session: Session, tmp_path: Path) -> None:
    after(session, 2)
    session.save_data("both")
    data = pd.read_csv(tmp_path / "both.csv")
    assert list(data.columns) == ["scenario", "half_term", "outcome", "value", "unit"]
    trust = data[data["outcome"] == "trust.mean"].pivot(index="half_term", columns="scenario", values="value")
    assert list(trust.columns) == ["A", "A less B", "B"]
    assert (trust["A"] - trust["B"]).tolist() == pytest.approx(trust["A less B"].tolist())
    series = session.sides["B"].system.simulation.series["trust.mean"]
    assert trust["B"].tolist() == pytest.approx(series.tolist())


def test_nothing_is_written_over(session: Session, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("kept", encoding="utf-8")
    session.save_config("A", "mine")
    assert "there already" in session.error
    assert (tmp_path / "mine.toml").read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize(
    "name", ["", "../out", "/etc/out", "a/b", "a\\b", "..", ".hidden", "a b", "x" * 61, "con.toml", "a\0b", "ä"]
)
def test_no_name_leads_out_of_the_folder(session: Session, name: str, tmp_path: Path) -> None:
    def found() -> list[Path]:
        # What other tests left lies beside this one's folder, and is not looked through.
        return sorted([*tmp_path.parent.iterdir(), *tmp_path.rglob("*")])

    before = found()
    session.save_config("A", name)
    session.save_data(name)
    assert "cannot be the name of a file" in session.error
    assert found() == before


def test_a_link_that_leads_out_is_not_followed(session: Session, tmp_path: Path) -> None:
    outside = tmp_path.parent / "outside.toml"
    (tmp_path / "link.toml").symlink_to(outside)
    session.save_config("A", "link")
    assert "there already" in session.error
    assert not outside.exists()


def test_a_folder_that_is_gone_is_told(small: StudyConfig, tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    session = Session(small, folder)
    folder.rmdir()
    session.save_data("data")
    assert "data.csv cannot be written" in session.error
