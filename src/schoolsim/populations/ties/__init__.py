"""Ties between schools or teachers that a researcher brings: edge lists, graphs and survey nominations."""

from __future__ import annotations

from schoolsim.populations.ties.given import first_ties
from schoolsim.populations.ties.reading import read_ties
from schoolsim.populations.ties.table import TieTable

__all__ = ["TieTable", "first_ties", "read_ties"]
