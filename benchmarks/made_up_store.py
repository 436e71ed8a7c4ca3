"""Writes the results folder of a study of any number of runs without making one: every file as a sweep leaves it.

The folder is sealed and `schoolsim verify` finds nothing in it; only the numbers are made up. Effects of levers are set
here, so that an answer has something to say. A million runs of 127 outcomes take about a minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.studies import Fixed, Study
from schoolsim.studies.model import Column
from schoolsim.studies.plan import StudyPlan
from schoolsim.studies.seeds import replication_seed
from schoolsim.studies.store import manifest as manifests
from schoolsim.studies.store.columns import write_columns
from schoolsim.studies.store.files import write_text
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.tables import (
    design_table,
    runs_schema,
    series_schema,
    table_writer,
    write_table,
)

RUNS_A_GROUP = 1000
"""Runs in a row group of the tables, as a sweep writes them."""
HALF_TERMS = np.arange(-6, 12, dtype=np.int32)
THROUGH_TIME = ("progress.partner", "progress.neediest", "trust.partner")
"""Outcomes that have a series."""
STEP = 1 / 64
"""Made-up values are whole numbers of these, so that they take little room on the disk."""

_HEAD = """title = "A made-up study"
description = "Do badges help?"
base = "programmes/beacon"
years = 2
burn_in_years = 1
replications = {replications}
{design}
[levers]
"badging.scope" = ["none", "individual", "collective"]
"""
_OUTCOMES = """
[outcomes]
report = ["progress.partner", "progress.neediest", "trust.partner", "hours.joint"]
baseline = { "badging.scope" = "none" }
"""
_GRID = """"funding.purse" = ["originator", "partnership"]

[uncertainties]
"market.choice_weight" = [0.2, 1.0]
"""
_SAMPLE = """
[uncertainties]
"market.choice_weight" = { low = 0.0, high = 1.0 }
"practice.effect_mean" = { low = 0.01, high = 0.1 }
"practice.decay" = { low = 0.0, high = 0.05 }
"evidence.mean" = { low = 0.1, high = 0.5 }
"trust.rivalry" = { low = 0.1, high = 0.5 }
"""
_FIGURES = """
[[figures]]
kind = "contrast"
lever = "badging.scope"

[[figures]]
kind = "series"
lever = "badging.scope"
outcomes = ["progress.partner", "progress.neediest", "trust.partner"]
"""
GRID_POINTS, SAMPLE_REPLICATIONS = 12, 20


def grid_config(runs: int) -> str:
    """A study of twelve points with at least so many runs, with figures of differences and through the years."""
    head = _HEAD.format(replications=-(-runs // GRID_POINTS), design="")
    return head + _GRID + _OUTCOMES + _FIGURES


def sample_config(runs: int) -> str:
    """Three policies in sampled worlds, twenty replications each, with at least so many runs."""
    worlds = -(-runs // (3 * SAMPLE_REPLICATIONS))
    design = f'\n[design]\nkind = "lhs"\npoints = {worlds}\ncross = true\n'
    return _HEAD.format(replications=SAMPLE_REPLICATIONS, design=design) + _SAMPLE + _OUTCOMES


def write_study(folder: Path, config: str) -> int:
    """Write the results folder of a study.

    Args:
        folder: Made; must not be there. The config lies beside it, with the ending `.toml`.
        config: Text of a config with a fixed number of replications.

    Returns:
        How many runs are in it.
    """
    source = folder.with_suffix(".toml")
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(config, encoding="utf-8")
    plan, place = Study.load(source).plan, Folder(folder)
    folder.mkdir()
    write_text(place.config, plan.config_in(folder))
    assert plan.layout is not None
    write_table(place.points, design_table(plan.points), plan.identity)
    write_table(place.design, design_table(plan.layout), plan.identity)
    names = list(OUTCOMES)
    assert isinstance(plan.replications, Fixed)
    replications = plan.replications.count
    schema = runs_schema(design_table(plan.points).schema, names)
    runs = 0
    with (
        table_writer(place.runs, schema, plan.identity) as rows,
        table_writer(place.series, series_schema(), plan.identity) as series,
    ):
        for batch in _batches(plan, names, replications):
            runs += len(batch)
            rows.write_table(batch.cast(schema))
            series.write_table(_series(batch))
    write_columns(
        place, plan.swept, names, {n: Column(o.unit, o.definition, o.time_base(1)) for n, o in OUTCOMES.items()}
    )
    manifest: Any = manifests.new_manifest(place, plan)
    manifest |= {"state": manifests.COMPLETE, "ended": manifests.now(), "counts": {"ok": runs}}
    manifest["files"] = manifests.file_hashes([*place.inputs, *place.tables])
    manifests.write_manifest(place, manifest)
    return runs


def _batches(plan: StudyPlan, names: list[str], replications: int) -> Iterator[pa.Table]:
    """Rows of the runs table, a row group at a time, in order of point and replication."""
    design, points = design_table(plan.points), len(plan.points)
    seeds = np.array([replication_seed(plan.seed, number) for number in range(replications)])
    effects = _effects(plan)
    for first in range(0, points * replications, RUNS_A_GROUP):
        number = np.arange(first, min(first + RUNS_A_GROUP, points * replications))
        point, replication = number // replications, number % replications
        luck = np.random.default_rng(first).normal(0.0, 0.1, len(number)) + (seeds[replication] % 97) / 97
        rows = design.take(pa.array(point))
        columns: dict[str, Any] = {
            "run": pa.array([f"{one:016x}" for one in number]),
            "point": point.astype(np.int32), "replication": replication.astype(np.int32), "seed": seeds[replication],
            "status": pa.array(["ok"] * len(number)), "error": pa.nulls(len(number), pa.string()),
        }  # fmt: skip
        columns |= {name: rows[name] for name in design.column_names}
        level = np.round((luck + effects[point]) / STEP)
        columns |= {name: (level + place) * STEP for place, name in enumerate(names)}
        yield pa.table(columns)


def _effects(plan: StudyPlan) -> np.ndarray:
    """What each point adds: more for badges, less for them where schools compete."""
    badge = plan.points["badging.scope"].map({"none": 0.0, "individual": 0.3, "collective": 0.5}).to_numpy(dtype=float)
    competition = plan.points["market.choice_weight"].to_numpy(dtype=float)
    return np.asarray(badge * (1.0 - competition))


def _series(batch: pa.Table) -> pa.Table:
    """The series of some runs: an outcome's number, reached from 0 in equal steps."""
    runs, times, number = len(batch), len(HALF_TERMS), len(THROUGH_TIME)
    row = np.repeat(np.arange(runs), times * number)
    keys = batch.select(["run", "point", "replication"]).take(pa.array(row))
    last = np.stack([batch[name].to_numpy() for name in THROUGH_TIME], axis=1)
    share = np.clip((HALF_TERMS + 1) / 12, 0.0, 1.0)
    outcome = np.tile(np.repeat(np.arange(number, dtype=np.int32), times), runs)
    coded = pa.DictionaryArray.from_arrays(pa.array(outcome), pa.array(list(THROUGH_TIME)))
    value = np.round(last[:, :, None] * share / STEP) * STEP
    columns = [*keys.columns, pa.array(np.tile(HALF_TERMS, runs * number)), coded, pa.array(value.ravel())]
    return pa.table(columns, schema=series_schema())
