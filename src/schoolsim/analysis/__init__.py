"""Contrasts, levels, sensitivity and sentences, from the tables of a study and nothing else."""

from __future__ import annotations

from schoolsim.analysis.contrasts import contrast, interaction
from schoolsim.analysis.levels import half_term_runs, level_table, spread_table
from schoolsim.analysis.multiplicity import holm, simultaneous
from schoolsim.analysis.run_table import AnalysisError, outcome_columns, swept_columns
from schoolsim.analysis.sensitivity import morris, sobol
from schoolsim.analysis.sentences import answer, sentences
from schoolsim.analysis.words import columns_by_name

__all__ = [
    "AnalysisError",
    "answer",
    "columns_by_name",
    "contrast",
    "half_term_runs",
    "holm",
    "interaction",
    "level_table",
    "morris",
    "outcome_columns",
    "sentences",
    "simultaneous",
    "sobol",
    "spread_table",
    "swept_columns",
]
