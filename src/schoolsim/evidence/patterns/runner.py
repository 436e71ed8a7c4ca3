"""Running patterns and scoring them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import pandas as pd

from schoolsim.evidence.patterns.catalogue import read_patterns
from schoolsim.evidence.patterns.pattern import Pattern
from schoolsim.evidence.patterns.scoring import UNCLEAR, score
from schoolsim.evidence.runs.experiment import AS_IS, run_experiment
from schoolsim.evidence.runs.model import posterior_path
from schoolsim.studies import Execution
from schoolsim.studies.store.files import disk_errors

COLUMNS: Final = (
    "pattern", "use", "kind", "variant", "claim", "says", "expect", "mean", "low", "high", "n", "dropped", "verdict",
    "ablation", "p05", "p50", "p95", "p99",
)  # fmt: skip
NOT_EXPRESSED: Final = "cannot be expressed"


def validate(
    ids: Sequence[str] | None = None,
    *,
    folder: Path = Path("results/evidence/patterns"),
    quick: bool = False,
    posterior: bool = True,
    execution: Execution | None = None,
    report: Callable[[str], None] | None = None,
) -> pd.DataFrame:
    """Run patterns and say which appear.

    Args:
        ids: Which; all when None.
        folder: Where runs are kept, a folder a pattern; what is there is not made again.
        quick: Fewer seeds; else a pattern with a claim that its seeds cannot tell is run with more (`Pattern.more`).
        posterior: Draw calibrated parameters from the posterior sample, where there is one; else all at their defaults.
        execution: How runs are made.
        report: Called with a sentence before each pattern.

    Returns:
        A row a claim and variant, columns `COLUMNS`. Variant `as is` is the model; `mechanism off` the same with the
        mechanism out that should be the cause; `without ...` is one claim without one cause of its own; others have
        the disputed values of their name.

    Raises:
        UserError: There is no such pattern, or no such folder can be made.
    """
    drawn = posterior_hash() if posterior else ""
    with disk_errors(folder):  # before anything is reported
        folder.mkdir(parents=True, exist_ok=True)
    rows: list[dict[str, object]] = []
    for pattern in read_patterns(ids):
        if report is not None:
            report(f"{pattern.id}: {pattern.title}")
        if pattern.cannot:
            rows.append(_not_expressed(pattern))
            continue
        runs_of = partial(_runs, pattern, posterior=drawn, execution=execution)
        scored = runs_of(
            folder / ("fast" if quick else "whole") / pattern.id, pattern.fast if quick else pattern.replications
        )
        for seeds in () if quick else pattern.more:
            # Each in a folder of its own, so that a second time no number of seeds is in another's way.
            if seeds > pattern.replications and _cannot_tell(scored):
                scored = runs_of(folder / f"more_{seeds}" / pattern.id, seeds)
        rows += scored
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _runs(
    pattern: Pattern, place: Path, replications: int, *, posterior: str, execution: Execution | None
) -> list[dict[str, object]]:
    """The pattern's rows at a number of seeds; runs that the folder has are not made again."""
    run = partial(run_experiment, replications=replications, posterior=posterior, execution=execution)
    without = {
        number: pd.concat(
            run(one, folder=place.with_name(f"{pattern.id}_claim_{number}_{turn}")) for turn, one in enumerate(own, 1)
        )
        for number, own in pattern.claim_experiments().items()
    }
    return score(pattern, run(pattern.experiment(), folder=place), without)


def _cannot_tell(rows: list[dict[str, object]]) -> bool:
    """Whether these seeds leave a claim of the model as it is undecided."""
    return any(row["variant"] == AS_IS and row["verdict"] == UNCLEAR for row in rows)


def posterior_hash() -> str:
    """What identifies the posterior sample; empty where there is none."""
    path = posterior_path()
    return "" if path is None else hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _not_expressed(pattern: Pattern) -> dict[str, object]:
    return {
        "pattern": pattern.id, "use": pattern.use, "kind": pattern.kind, "variant": AS_IS, "claim": 0,
        "says": pattern.cannot, "expect": "", "n": 0, "dropped": 0, "verdict": NOT_EXPRESSED, "ablation": "",
    }  # fmt: skip
