"""Calibration: which parameter sets are compatible with measured magnitudes (history matching with an emulator)."""

from __future__ import annotations

from schoolsim.evidence.calibration.calibrating import Calibrated, calibrate
from schoolsim.evidence.calibration.emulator import Emulator
from schoolsim.evidence.calibration.matching import implausibility
from schoolsim.evidence.calibration.setup import Setup, Target, read_setup
from schoolsim.evidence.calibration.waves import Wave, in_model

__all__ = [
    "Calibrated", "Emulator", "Setup", "Target", "Wave", "calibrate", "implausibility", "in_model", "read_setup",
]  # fmt: skip
