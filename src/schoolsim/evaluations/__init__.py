"""Evaluation designs: how often an evaluator would find a programme's effect, and how far off the answer would be."""

from schoolsim.evaluations.estimators import Inference, Panel, infer, weights
from schoolsim.evaluations.evaluating import Evaluation, evaluate, evaluate_worlds
from schoolsim.evaluations.words import design_words
from schoolsim.evaluations.worlds import Arm, Worlds

__all__ = [
    "Arm",
    "Evaluation",
    "Inference",
    "Panel",
    "Worlds",
    "design_words",
    "evaluate",
    "evaluate_worlds",
    "infer",
    "weights",
]
