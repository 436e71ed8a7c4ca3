"""`uncertainties = "posterior"`: a study that draws its uncertainties from the calibrated sample."""

from __future__ import annotations

from pathlib import Path

import pytest

from schoolsim.config import load_config
from schoolsim.evidence.runs.model import posterior_table
from schoolsim.parameters import ConfigError
from schoolsim.studies import Study

TEXT = """title = "Drawn from the posterior"
uncertainties = "posterior"
replications = 1
[levers]
"badging.scope" = ["none", "individual"]
"programme.originators" = 2
"""


def test_every_policy_meets_every_row_of_the_sample(tmp_path: Path) -> None:
    path = tmp_path / "study.toml"
    path.write_text(TEXT)
    points = Study.load(path).points()
    sample = posterior_table()
    assert len(points) == 2 * len(sample)
    assert set(sample.columns) <= set(points.columns)
    none = points[points["badging.scope"] == "none"].reset_index(drop=True)
    assert (none[list(sample.columns)].to_numpy() == sample.to_numpy()).all()


def test_a_design_of_ones_own_beside_it_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "study.toml"
    path.write_text(TEXT + '[design]\nkind = "lhs"\npoints = 5\n')
    with pytest.raises(ConfigError, match=r"study.toml:7: uncertainties = .posterior. takes them"):
        load_config(path)


def test_another_word_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "study.toml"
    path.write_text(TEXT.replace('"posterior"', '"posteriour"'))
    with pytest.raises(ConfigError, match=r"\[uncertainties\] must be a table"):
        load_config(path)
