"""Contrasts, levels, sensitivity and sentences, from the tables of a study and nothing else.

Each name is imported when it is first used: the words of outcomes and levers are read without pandas.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schoolsim.analysis.answers import Answer
    from schoolsim.analysis.contrasts import contrast, interaction
    from schoolsim.analysis.discovery import Box, Discovery, Limit, discover, find_boxes
    from schoolsim.analysis.gains import school_gains
    from schoolsim.analysis.levels import half_term_runs, level_table, spread_table
    from schoolsim.analysis.multiplicity import holm, simultaneous
    from schoolsim.analysis.policies import PolicyRuns, policy_runs
    from schoolsim.analysis.robustness import Robustness, pareto_set, robust
    from schoolsim.analysis.run_table import AnalysisError, outcome_columns, swept_columns
    from schoolsim.analysis.sensitivity import morris, sobol
    from schoolsim.analysis.sentences import columns_by_name, comparison_sentence, contrast_sentences

_HOMES = {
    "AnalysisError": "run_table",
    "Answer": "answers",
    "Box": "discovery",
    "columns_by_name": "sentences",
    "comparison_sentence": "sentences",
    "contrast": "contrasts",
    "contrast_sentences": "sentences",
    "discover": "discovery",
    "Discovery": "discovery",
    "find_boxes": "discovery",
    "half_term_runs": "levels",
    "holm": "multiplicity",
    "interaction": "contrasts",
    "level_table": "levels",
    "Limit": "discovery",
    "morris": "sensitivity",
    "outcome_columns": "run_table",
    "pareto_set": "robustness",
    "policy_runs": "policies",
    "PolicyRuns": "policies",
    "robust": "robustness",
    "Robustness": "robustness",
    "school_gains": "gains",
    "simultaneous": "multiplicity",
    "sobol": "sensitivity",
    "spread_table": "levels",
    "swept_columns": "run_table",
}
__all__ = [
    "AnalysisError",
    "Answer",
    "Box",
    "Discovery",
    "Limit",
    "PolicyRuns",
    "Robustness",
    "columns_by_name",
    "comparison_sentence",
    "contrast",
    "contrast_sentences",
    "discover",
    "find_boxes",
    "half_term_runs",
    "holm",
    "interaction",
    "level_table",
    "morris",
    "outcome_columns",
    "pareto_set",
    "policy_runs",
    "robust",
    "school_gains",
    "simultaneous",
    "sobol",
    "spread_table",
    "swept_columns",
]


def __getattr__(name: str) -> object:
    """The public name, from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
