"""The version of the rules: what decides a run beside its parameters, seed and schools."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from schoolsim.jit import source_hash


def rules_version() -> str:
    """Release, and a hash of all sources that decide a run; runs of two versions are never mixed."""
    try:
        release = version("schoolsim")
    except PackageNotFoundError:
        release = "uninstalled"
    return f"{release}+{source_hash()}"
