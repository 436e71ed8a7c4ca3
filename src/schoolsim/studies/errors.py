"""Errors of studies: each is one message that says what is wrong and what to do."""

from __future__ import annotations

from schoolsim.parameters.errors import UserError


class StudyError(UserError):
    """A study cannot be run with these settings."""


class DesignError(StudyError):
    """A design cannot be drawn from these axes, this sampling or this file."""


class ModelError(StudyError):
    """The model of a study cannot be loaded, or does not keep to the protocol."""


class StoreError(StudyError):
    """A results folder cannot be read or written."""


class DamagedError(StoreError):
    """A file of a results folder is not the one that was written, or not of the shape it must have."""


class FormatError(StoreError):
    """A results folder was written in another version of the format."""


class StudyChangedError(StoreError):
    """A results folder holds the runs of another study."""


class StudyBusyError(StoreError):
    """Another process is writing the results folder."""


class RunFailedError(StudyError):
    """A run failed in a study run with `fail_fast`."""


class DamageWarning(UserWarning):
    """A file of a results folder was damaged; it is kept under another name, and what it held is made again."""
