"""Runs made for evidence: experiments in cells, what is measured in them, and effects with intervals."""

from __future__ import annotations

from schoolsim.evidence.runs.effects import Term, effect_of, per_replication
from schoolsim.evidence.runs.experiment import Experiment, run_experiment
from schoolsim.evidence.runs.model import EvidenceModel, posterior_table

__all__ = ["EvidenceModel", "Experiment", "Term", "effect_of", "per_replication", "posterior_table", "run_experiment"]
