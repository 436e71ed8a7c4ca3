"""The school model as experiments of evidence run it: chosen measures, and values drawn from the posterior sample."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from schoolsim.config.locate import config_folders
from schoolsim.evidence.runs.measures import Probe
from schoolsim.evidence.runs.measures_of_learning import Kept, Learners, Zone
from schoolsim.evidence.runs.measures_of_partnerships import Asking, Mix, Survival
from schoolsim.evidence.runs.measures_of_results import Stories
from schoolsim.evidence.runs.measures_of_schools import Spread
from schoolsim.evidence.runs.series import check_outcome, from_series, split
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import Scenario
from schoolsim.parameters.errors import ConfigError
from schoolsim.studies.model import Column, RunResult
from schoolsim.system.simulation import Population, Simulation
from schoolsim.system.state.schema import HALF_TERMS
from schoolsim.system.study_model import BURN_IN, SchoolModel

PROBES: tuple[type[Any], ...] = (Survival, Asking, Mix, Learners, Zone, Kept, Stories, Spread)
PROBED: Mapping[str, type[Any]] = {name: probe for probe in PROBES for name in probe.measures}
"""Every measure that needs a probe, and the probe."""

POSTERIOR = "calibration/posterior.csv"


class EvidenceModel:
    """`run(parameters, seed)` gives the measures asked for; what is not given is the posterior's, or its default."""

    def __init__(
        self,
        measures: Sequence[str],
        years: int = 5,
        burn_in_years: int = 2,
        posterior: str = "",
        *,
        branch: str = "none",
    ) -> None:
        """Take what decides a run.

        Args:
            measures: Names of `runs.series` and of `PROBED`.
            years: Years of policy.
            burn_in_years: Years before it.
            posterior: Hash of the posterior sample to draw from, so that runs of two are never mixed; empty for none.
            branch: "burn_in" where the cells of a world and seed share their burn-in, or "none"; no result differs.

        Raises:
            UserError: A measure is not known.
        """
        for measure in measures:
            check_outcome(split(measure)[0], list(PROBED))
        self._measures, self._years, self._burn_in = list(measures), years, burn_in_years
        self._branches = branch == BURN_IN
        self._sample = posterior_table() if posterior else None
        self.version = f"{SchoolModel().version}+{_probes_hash()}"
        self.columns = {measure: _column(measure) for measure in self._measures}

    def run(self, parameters: Mapping[str, object], seed: int) -> RunResult:
        """Run once; cells of one seed share schools, luck and row of the posterior."""
        drawn: dict[str, object] = {}
        if self._sample is not None:
            drawn = self._sample.iloc[seed % len(self._sample)].to_dict()
        scenario = Scenario.of({**drawn, **parameters})
        names = dict.fromkeys(split(measure)[0] for measure in self._measures)
        table, asked = Population().table(scenario, seed), [name for name in names if name in OUTCOMES]
        run = Simulation(
            scenario, seed, table, burn_in_years=self._burn_in, outcomes=asked, branch=self._branches
        )  # fmt: skip
        kinds = dict.fromkeys(PROBED[name] for name in names if name in PROBED)
        probes: list[Probe] = [kind() for kind in kinds]
        while (step := run.clock.half_term) < HALF_TERMS * self._years:
            looking = probes if step >= 0 else []
            for probe in looking:
                probe.before(run)
            run.step()
            for probe in looking:
                probe.after(run, step)
        found_by_probes = {name: value for probe in probes for name, value in probe.results().items()}
        return RunResult({measure: self._read(run, found_by_probes, measure) for measure in self._measures})

    def _read(self, run: Simulation, found_by_probes: Mapping[str, float], measure: str) -> float:
        name, first, _ = split(measure)
        if name in OUTCOMES:
            return from_series(run.series, run.half_terms, measure)
        whole = measure if first is not None or measure in found_by_probes else f"{name}@{self._years}"
        return found_by_probes.get(whole, math.nan)


def posterior_path() -> Path | None:
    """The posterior sample that ships with schoolsim, or that the current folder has in its place."""
    for folder in config_folders():
        if (folder / POSTERIOR).is_file():
            return folder / POSTERIOR
    return None


def posterior_table() -> pd.DataFrame:
    """The posterior sample: a row a parameter set, a column a parameter.

    Raises:
        ConfigError: There is none yet.
    """
    path = posterior_path()
    if path is None:
        raise ConfigError(f"there is no posterior sample configs/{POSTERIOR}; schoolsim calibrate makes one.")
    return _read_sample(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read_sample(path: Path, changed: int) -> pd.DataFrame:
    return pd.read_csv(path)


@lru_cache(maxsize=1)
def _probes_hash() -> str:
    """Changes when what is measured does: runs measured differently are never mixed in one study."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        if file.stem in ("model", "series") or file.stem.startswith("measures"):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


def _column(measure: str) -> Column:
    name, first, last = split(measure)
    when = "" if first is None else f", year {first}" if first == last else f", years {first} to {last}"
    if name in OUTCOMES:
        return Column(OUTCOMES[name].unit, OUTCOMES[name].definition.rstrip(".") + when + ".")
    return Column("", PROBED[name].measures[name] + when + ".")
