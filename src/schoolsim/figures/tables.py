"""The tables of a study that figures are drawn from; a figure with its caption and its numbers."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from html import escape

import pandas as pd
from matplotlib.figure import Figure

from schoolsim.analysis.answers import month_of_progress
from schoolsim.analysis.policies import PolicyRuns, policy_runs
from schoolsim.analysis.run_table import FIXED_COLUMNS, outcome_columns, require_known, swept_columns
from schoolsim.analysis.sentences import Columns, columns_by_name
from schoolsim.figures.errors import FigureError
from schoolsim.figures.series_source import SeriesTable, StoredSeries
from schoolsim.studies.result import StudyResult

_SCREEN = 110  # dots an inch


@dataclass(frozen=True)
class Tables:
    """What a study left behind: its runs, its series and sample if any, and what its columns mean.

    Args:
        runs: Its runs: a table, or those of a stored study, of which only what is drawn is read.
        series: Its series: a table, or True for those of the stored study.
        columns: What its columns mean: the rows of `columns.json`.
        design: Its design table, for figures of a sample.
        schools: What was kept of single schools: a table as `StudyResult.schools`, or that of a stored study when None.
    """

    runs: pd.DataFrame | StudyResult
    series: pd.DataFrame | bool | None
    columns: Columns
    design: pd.DataFrame | None = None
    schools: pd.DataFrame | None = None

    def outcomes(self, chosen: Sequence[str] | None) -> list[str]:
        """The chosen outcomes, or all: those the columns call so, else all measured numbers."""
        if isinstance(self.runs, pd.DataFrame):
            known = list(map(str, self.runs.columns))
        else:
            known = [*self._points.columns, *self.runs.outcomes]
        for name in chosen or ():
            require_known(name, known, "column")
        if chosen:
            return list(chosen)
        declared = [name for name, row in columns_by_name(self.columns).items() if row.get("role") == "outcome"]
        measured = [name for name in declared if name in known]
        return measured or (outcome_columns(self.runs) if isinstance(self.runs, pd.DataFrame) else known)

    @cached_property
    def points(self) -> pd.DataFrame:
        """One row a point, in order: the columns that tell scenarios apart."""
        if not isinstance(self.runs, pd.DataFrame):
            return self._points
        names = swept_columns(self.runs, self.outcomes(None))
        return self.runs.sort_values("point", kind="stable").drop_duplicates("point")[names]

    @cached_property
    def _points(self) -> pd.DataFrame:
        assert not isinstance(self.runs, pd.DataFrame)
        # Series are told by the parameters themselves.
        return self.runs.points if self.series else self.runs.named_points

    def swept(self) -> list[str]:
        """The columns that tell scenarios apart."""
        return [str(name) for name in self.points]

    def has(self, outcome: str) -> bool:
        """Whether there is such an outcome."""
        return outcome in (self.runs if isinstance(self.runs, pd.DataFrame) else self.runs.outcomes)

    def only(self, *outcomes: str) -> pd.DataFrame:
        """The runs without other outcomes, so that none can pass for a swept parameter."""
        if not isinstance(self.runs, pd.DataFrame):
            return self.runs.measured_runs(outcomes, self._points)
        kept = {*FIXED_COLUMNS, *self.swept(), *outcomes}
        return self.runs[[c for c in self.runs.columns if c in kept]]

    def policies(self, kind: str, outcomes: Sequence[str]) -> PolicyRuns:
        """The runs by policy and world, for a kind of figure that compares policies over worlds."""
        if self.design is None:
            raise FigureError(f'figure kind "{kind}" needs the design of a study')
        self.outcomes(outcomes)  # which refuses one that is not there
        return policy_runs(self.only(*outcomes), self.design, self.swept())

    @property
    def month(self) -> float | None:
        """Percentage points in a month of progress; None of tables in memory, or where the study varies it."""
        return None if isinstance(self.runs, pd.DataFrame) else month_of_progress(self.runs)

    def of_schools(self) -> pd.DataFrame:
        """What was kept of single schools.

        Raises:
            FigureError: The tables are in memory, and this is not among them.
            StudyError: The study keeps nothing of single schools; says what to add to its config.
        """
        if self.schools is not None:
            return self.schools
        if isinstance(self.runs, pd.DataFrame):
            raise FigureError("there is no table of schools among these tables")
        return self.runs.schools

    @contextmanager
    def through_time(self, outcomes: Sequence[str], kind: str = "series") -> Iterator[SeriesTable | StoredSeries]:
        """The series of the outcomes, of all when empty.

        Raises:
            FigureError: The study kept none; names the kind of figure that needs them.
        """
        if isinstance(self.series, pd.DataFrame):
            yield SeriesTable(self.series, self.only())
        elif self.series and not isinstance(self.runs, pd.DataFrame):
            with self.runs.through_time(outcomes) as values:
                yield StoredSeries(values, self.only())
        else:
            raise FigureError(no_series(kind))


@dataclass(frozen=True)
class Drawn:
    """A figure, the caption to print under it, and the numbers it shows.

    Args:
        figure: The figure.
        caption: For a figure by itself: outcomes are defined in it, and it says where the tables came from.
        table: The numbers.
        short: The caption for a page that says these elsewhere.
        alt: What is seen, with its main numbers, in words for those who do not see it.
    """

    figure: Figure
    caption: str
    table: pd.DataFrame
    short: str
    alt: str

    @property
    def described(self) -> str:
        """The caption, and in a paragraph of its own what is seen: what a file of the figure says of itself."""
        return f"{self.caption}\n\nSeen: {self.alt}"

    def _repr_html_(self) -> str:
        """The figure with its caption, in any notebook: it asks for no backend of Matplotlib's."""
        picture = io.BytesIO()
        self.figure.savefig(picture, format="png", dpi=_SCREEN)
        data = base64.b64encode(picture.getvalue()).decode("ascii")
        caption = escape(self.short)
        image = f'<img alt="{escape(self.alt)}" src="data:image/png;base64,{data}">'
        return f"<figure>{image}<figcaption>{caption}</figcaption></figure>"


def no_series(kind: str) -> str:
    """Says that a study kept no series for a kind of figure."""
    return f'figure kind "{kind}" needs series, and this study kept none'
