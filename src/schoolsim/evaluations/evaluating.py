"""Evaluates an evaluation: bias and power of a design against the true effect, which the runs know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from scipy import stats

from schoolsim.config import StudyConfig, load_config
from schoolsim.config.schema import Evaluation as Design
from schoolsim.evaluations.samples import Estimate, draw, estimate
from schoolsim.evaluations.words import answer
from schoolsim.evaluations.worlds import Worlds, make_worlds
from schoolsim.parameters.errors import UserError
from schoolsim.showing import Facts, as_html, as_text
from schoolsim.studies import Execution
from schoolsim.studies.store.csv_text import write_csv
from schoolsim.studies.store.files import whole_file

PARTS: Final = ("selection", "spillover", "measure", "rest")
"""What a bias is made of, in the order in which it is told."""
CELL: Final = ("authorities", "schools", "years")
TABLE, SAMPLES, DESIGN = "evaluation.csv", "samples.csv", "design.toml"
"""Files of an evaluation."""
_CONFIDENCE: Final = 0.95


@dataclass(frozen=True, eq=False, repr=False)
class Evaluation:
    """What an evaluation of some design would find, and how often.

    Args:
        title: Of the design.
        design: What was asked.
        table: One row a size of sample and year: `authorities`, `schools` (of each; 0 is all), `years`, `samples`;
            means over samples of the true `effect` on treated schools' teaching and of the `estimate`, percentage
            points; `spread` of estimates and their mean standard `error`; `bias` with its 95% interval `bias_low` to
            `bias_high`, and its parts `selection`, `spillover`, `measure`, `rest`; `power`, the share of samples that
            find an effect of the true sign, with its 95% interval; shares that find one of the `wrong_sign`, and that
            would find one if the programme did nothing (`false_alarms`); number of samples with `no_estimate`.
        samples: One row a sample, size and year: `authorities`, `schools` (0 is all), `years`, `sample`, `estimate`,
            `error`, `p`, `placebo` and `placebo_p` (had the programme done nothing), `effect`, and parts of the bias.
    """

    title: str
    design: Design
    table: pd.DataFrame
    samples: pd.DataFrame

    def lines(self) -> Iterator[str]:
        """The answer in sentences."""
        return answer(self.table, self.design)

    def write(self, folder: str | Path) -> list[Path]:
        """Write `evaluation.csv` and `samples.csv`; the same design and runs give the same bytes.

        Raises:
            StoreError: The disk will not have them.
        """
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        files = [folder / TABLE, folder / SAMPLES]
        for path, table in zip(files, (self.table, self.samples), strict=True):
            write_csv(path, table)
        return files

    def _facts(self) -> Facts:
        return [("design", f"{self.design.treated}, {self.design.data}, {self.design.estimator}"),
                *(("answer", line) for line in self.lines())]  # fmt: skip

    def __repr__(self) -> str:
        """The design and the answer."""
        return as_text(f"Evaluation: {self.title}", self._facts())

    def _repr_html_(self) -> str:
        return as_html(f"Evaluation: {self.title}", self._facts())


def evaluate(
    config: StudyConfig | str | Path,
    *,
    out: str | Path,
    workers: int | None = None,
    execution: Execution | None = None,
    model: object | None = None,
    tell: Callable[[str], None] | None = None,
) -> Evaluation:
    """Make the runs of a design that are missing, draw its samples, and say what an evaluator would find.

    Args:
        config: A config with a programme and an `[evaluation]` table: its path, its name or itself.
        out: Folder of the evaluation; the runs of every arm are an ordinary results folder in it.
        workers: Processes, where `execution` is not given.
        execution: How to run.
        model: Any model of the config's parameters that gives `progress`, `published` and `joined` of schools; the
            school model when None.
        tell: Called with a line before every arm.

    Raises:
        UserError: The config has no `[evaluation]`, varies something or has no programme, or a run failed.
        StudyError: A run cannot be made, or the folder holds the runs of another config.
    """
    config = config if isinstance(config, StudyConfig) else load_config(config)
    if config.evaluation is None:
        raise UserError("the config has no [evaluation], which says who is treated and what is measured: see "
                        "schoolsim list evaluations")  # fmt: skip
    folder = Path(out)
    worlds = make_worlds(
        config, config.evaluation, folder, execution or Execution(workers=workers), model=model, tell=tell
    )
    found = evaluate_worlds(worlds, config.evaluation, title=config.title, seed=config.seed, years=config.years)
    found.write(folder)
    with whole_file(folder / DESIGN) as draft:
        draft.write_text(config.to_toml(folder.resolve()), encoding="utf-8")
    return found


def evaluate_worlds(worlds: Worlds, design: Design, *, title: str, seed: int, years: int) -> Evaluation:
    """Draw the samples of a design from schools that are known with and without the programme.

    Args:
        worlds: The schools.
        design: The design.
        title: Of it.
        seed: Of all chance of the samples.
        years: Years of policy of the worlds, all of which are read where the design names none.

    Raises:
        UserError: No school is of the phase that is asked for, or there are fewer authorities than are wanted.
    """
    chosen = worlds.of_phase(design.phase)
    if not len(chosen.run):
        raise UserError(f"[evaluation] phase: none of the schools is {design.phase}.")
    several = len(np.unique(chosen.authority)) // len(np.unique(chosen.run))
    known = len(np.unique(chosen.authority)) if design.treated != "covered" or several == 1 else several
    if max(design.authorities) > known:
        raise UserError(f"[evaluation] authorities: {max(design.authorities)} are wanted and there are {known}.")
    read = sorted(design.years or range(1, years + 1))
    sizes: list[int | None] = [*sorted(design.schools)] or [None]
    rows: list[dict[str, float]] = []
    for authorities in sorted(design.authorities):
        for schools in sizes:
            for number in range(design.samples):
                key = [seed, authorities, schools or 0, number]
                sample = draw(chosen, design, authorities, schools, key)
                for year in read:
                    cell = {"authorities": authorities, "schools": schools or 0, "years": year, "sample": number}
                    rows.append({**cell, **_row(estimate(sample, design, year, [*key, year]))})
    samples = pd.DataFrame(rows)
    return Evaluation(title, design, _table(samples, design, known), samples)


def _row(one: Estimate) -> dict[str, float]:
    own = {field.name: getattr(one, field.name) for field in fields(one)}
    found, placebo = own.pop("found"), own.pop("placebo")
    return {
        "estimate": found.estimate, "error": found.error, "p": found.p, "placebo": placebo.estimate,
        "placebo_p": placebo.p, **own,
    }  # fmt: skip


def _table(samples: pd.DataFrame, design: Design, known: int) -> pd.DataFrame:
    """What the samples of each size and year show together, drawn from so many known authorities."""
    rows = []
    for cell, own in samples.groupby(list(CELL), sort=True):
        bias = own["estimate"] - own["effect"]
        # Other authorities might have been run. Lots even out what these differ in; nothing else does.
        of_runs = bias - own["selection"] if design.treated == "authorities" else bias
        half = 1.96 * np.sqrt(bias.var() / max(bias.count(), 1) + of_runs.var() * cell[0] / known)
        clear, false = own["p"] < design.level, own["placebo_p"] < design.level
        wrong = clear & (own["estimate"] * own["effect"].mean() < 0)
        detected = int((clear & ~wrong).sum())
        low, high = interval(detected, len(own))
        rows.append({
            **dict(zip(CELL, cell, strict=True)), "samples": len(own), "effect": own["effect"].mean(),
            "estimate": own["estimate"].mean(), "spread": own["estimate"].std(), "error": own["error"].mean(),
            "bias": bias.mean(), "bias_low": bias.mean() - half, "bias_high": bias.mean() + half,
            **{part: own[part].mean() for part in PARTS},
            "power": detected / len(own), "power_low": low, "power_high": high, "wrong_sign": wrong.mean(),
            "false_alarms": false.mean(), "no_estimate": int(own["p"].isna().sum()),
        })  # fmt: skip
    return pd.DataFrame(rows)


def interval(found: int, of: int) -> tuple[float, float]:
    """Wilson's 95% interval of a share."""
    z = float(stats.norm.ppf(0.5 + _CONFIDENCE / 2))
    share, size = found / of, 1 + z**2 / of
    middle, half = (share + z**2 / (2 * of)) / size, z / size * np.sqrt(share * (1 - share) / of + (z / (2 * of)) ** 2)
    # None and all are bounds of it; rounding would go a hair beyond them, and be shown as -0%.
    return max(0.0, float(middle - half)), min(1.0, float(middle + half))
