"""Calibration: which parameter sets are compatible with measured magnitudes (an emulator of each, and a posterior)."""

from __future__ import annotations

from schoolsim.evidence.calibration.calibrating import Calibrated, calibrate
from schoolsim.evidence.calibration.emulator import Emulator
from schoolsim.evidence.calibration.setup import Setup, Target, read_setup
from schoolsim.evidence.calibration.simulated import Simulated, in_model

__all__ = [
    "Calibrated", "Emulator", "Setup", "Target", "Simulated", "calibrate", "in_model", "read_setup",
]  # fmt: skip
