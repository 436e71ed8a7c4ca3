"""What can go wrong with a study, told in one message that says what to do."""

from __future__ import annotations

from schoolsim.parameters.errors import UserError


class StudyError(UserError):
    """A study cannot be run as it was asked for."""


class DesignError(StudyError):
    """A design cannot be drawn from what was given."""


class ModelError(StudyError):
    """The model of a study cannot be loaded, or does not keep to the protocol."""


class StoreError(StudyError):
    """A results folder cannot be read or written."""


class StudyChangedError(StoreError):
    """A results folder holds the runs of another study."""


class StudyBusyError(StoreError):
    """Another process is writing the results folder."""


class RunFailedError(StudyError):
    """A run failed in a study that was asked to stop at the first failure."""


class DamageWarning(UserWarning):
    """Something in a results folder was damaged, set aside, and made good."""
