"""Replication table `replications.parquet`: the mean of each outcome and its interval after each replication."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from schoolsim.studies.replications import MeanTracker, Precision
from schoolsim.studies.run_request import OK
from schoolsim.studies.store.folder import Folder
from schoolsim.studies.store.index import PartIndex
from schoolsim.studies.store.parts import OUTCOME
from schoolsim.studies.store.tables import table_writer

SCHEMA = pa.schema(
    [
        pa.field("point", pa.int32()),
        pa.field("outcome", pa.string()),
        pa.field("replications", pa.int32()),
        pa.field("mean", pa.float64()),
        pa.field("sd", pa.float64()),
        pa.field("half_width", pa.float64()),
        pa.field("met", pa.bool_()),
        pa.field("needed", pa.int32()),
        pa.field("settled", pa.bool_()),
    ]
)


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
    curve = _Curve(rule)
    for row in runs.sort_values(["point", "replication"]).to_dict("records"):
        if row["status"] == OK:
            curve.add(row["point"], [row[name] for name in rule.outcomes])
    return curve.table().to_pandas()


def write_curve(folder: Folder, index: PartIndex, rule: Precision) -> None:
    """Write the curve of a study that was replicated to a precision."""
    curve = _Curve(rule)
    names = [OUTCOME + name for name in rule.outcomes]
    with table_writer(folder.replications, SCHEMA, index.identity) as writer:
        for batch in index.batches(["point", "status", *names]):
            values = zip(*(batch[name].to_pylist() for name in names), strict=True)
            points, statuses = batch["point"].to_pylist(), batch["status"].to_pylist()
            for point, status, row in zip(points, statuses, values, strict=True):
                if status == OK:
                    curve.add(point, list(row))
            writer.write_table(curve.table())


class _Curve:
    """The trackers of the point under way, and the rows they gave since the last table."""

    def __init__(self, rule: Precision) -> None:
        self._rule = rule
        self._point: int | None = None
        self._trackers: dict[str, MeanTracker] = {}
        self._rows: list[tuple[object, ...]] = []

    def add(self, point: int, values: list[float]) -> None:
        if point != self._point:
            self._point = point
            self._trackers = {name: MeanTracker(self._rule, name) for name in self._rule.outcomes}
        for (name, tracker), value in zip(self._trackers.items(), values, strict=True):
            look = tracker.add(value)
            measures = (look.replications, look.mean, look.sd, look.half_width, look.met)
            self._rows.append((point, name, *measures, tracker.needed, tracker.settled))

    def table(self) -> pa.Table:
        rows, self._rows = self._rows, []
        columns = list(zip(*rows, strict=True)) or [()] * len(SCHEMA)
        arrays = [pa.array(c, f.type) for c, f in zip(columns, SCHEMA, strict=True)]
        return pa.table(arrays, schema=SCHEMA)
