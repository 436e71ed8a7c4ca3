"""Replication table `replications.parquet`: the mean of each outcome and its interval after each replication."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from schoolsim.studies.replications import MeanTracker, Precision
from schoolsim.studies.run_request import OK
from schoolsim.studies.schedule import differences
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.index import PartIndex
from schoolsim.studies.store.parts import OUTCOME
from schoolsim.studies.store.tables import table_writer

_FIELDS = [
    ("outcome", pa.string()), ("replications", pa.int32()), ("mean", pa.float64()), ("sd", pa.float64()),
    ("half_width", pa.float64()), ("met", pa.bool_()), ("needed", pa.int32()), ("settled", pa.bool_()),
]  # fmt: skip
SCHEMA = pa.schema([("point", pa.int32()), *_FIELDS])
"""Of a study whose levels were to be precise."""
COMPARED = pa.schema([("compared", pa.int32()), *_FIELDS])
"""Of a study whose differences were: `compared` is the place in the `compared` of its rule."""


def curve_schema(found: pa.Schema) -> pa.Schema:
    """The schema that a stored table of replications must have."""
    return COMPARED if found.names[:1] == ["compared"] else SCHEMA


def replication_curve(runs: pd.DataFrame, rule: Precision) -> pd.DataFrame:
    """How the means of a runs table settle, replication by replication.

    Args:
        runs: A runs table with `point`, `replication`, `status` and the rule's outcomes.
        rule: What is precise enough.

    Returns:
        One row a point, replication that did not fail, and outcome, in that order: `replications`
        so far, their `mean` and `sd`, the `half_width` of the mean's confidence interval, whether
        that is narrow enough (`met`), the fewest replications after which it is so and has stayed
        so (`needed`, missing while it is not), and whether it stayed so over the look-ahead
        (`settled`).
    """
    curve = _Curve(rule, SCHEMA)
    for row in runs.sort_values(["point", "replication"]).to_dict("records"):
        if row["status"] == OK:
            curve.add(row["point"], [row[name] for name in rule.outcomes])
    return curve.table().to_pandas()


def write_curve(folder: Folder, index: PartIndex, rule: Precision, worlds: int = 0) -> None:
    """Write the curve of a study that was replicated to a precision, in so many worlds."""
    names = [OUTCOME + name for name in rule.outcomes]
    if rule.compared:
        _write_differences(folder, index, rule, worlds)
        return
    curve = _Curve(rule, SCHEMA, worlds)
    with table_writer(folder.replications, SCHEMA, index.identity) as writer:
        for batch in index.batches(["point", "replication", "status", *names]):
            values = zip(*(batch[name].to_pylist() for name in names), strict=True)
            keys = zip(*(batch[name].to_pylist() for name in ("point", "replication", "status")), strict=True)
            for (point, replication, status), row in zip(keys, values, strict=True):
                if status == OK:
                    curve.add(point, list(row), replication)
            writer.write_table(curve.table())


def _write_differences(folder: Folder, index: PartIndex, rule: Precision, worlds: int) -> None:
    """The same of differences between points, which need all points of a replication at once."""
    runs: dict[int, dict[int, dict[str, float]]] = {}
    names = [OUTCOME + name for name in rule.outcomes]
    for batch in index.batches(["point", "replication", "status", *names]):
        for row in batch.to_pylist():
            if row["status"] == OK:
                values = {name: row[OUTCOME + name] for name in rule.outcomes}
                runs.setdefault(row["replication"], {})[row["point"]] = values
    with table_writer(folder.replications, COMPARED, index.identity) as writer:
        for number, comparison in enumerate(rule.compared):
            curve = _Curve(rule, COMPARED, worlds)
            for replication in sorted(runs):
                found = differences(rule, comparison, runs[replication])
                if found is not None:
                    curve.add(number, list(found.values()), replication)
            writer.write_table(curve.table())


class _Curve:
    """The trackers of the point or difference under way, and the rows they gave since the last table."""

    def __init__(self, rule: Precision, schema: pa.Schema, worlds: int = 0) -> None:
        self._rule, self._schema, self._worlds = rule, schema, worlds
        self._number: int | None = None
        self._trackers: dict[str, MeanTracker] = {}
        self._rows: list[tuple[object, ...]] = []

    def add(self, number: int, values: list[float], replication: int = 0) -> None:
        if number != self._number:
            self._number = number
            self._trackers = {name: MeanTracker(self._rule, name, self._worlds) for name in self._rule.outcomes}
        for (name, tracker), value in zip(self._trackers.items(), values, strict=True):
            look = tracker.add(value, replication)
            measures = (look.replications, look.mean, look.sd, look.half_width, look.met)
            self._rows.append((number, name, *measures, tracker.needed, tracker.settled))

    def table(self) -> pa.Table:
        rows, self._rows = self._rows, []
        columns = list(zip(*rows, strict=True)) or [()] * len(self._schema)
        arrays = [pa.array(c, f.type) for c, f in zip(columns, self._schema, strict=True)]
        return pa.table(arrays, schema=self._schema)
