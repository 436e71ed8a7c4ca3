"""One list of subjects through the house: the catalogue, the rules, the outcomes, the system and the cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tests.architecture.sources import Module

SUBJECTS = (
    "practice", "modes", "learning", "trust", "identity", "engagement", "time_money", "partnerships", "networks",
    "brokers", "headship", "teaching", "market", "accountability", "evaluation", "careers", "programmes", "setting",
)  # fmt: skip
#: Where files and folders are named for subjects, and what else is there.
BESIDES: Mapping[str, frozenset[str]] = {
    "parameters/catalog": frozenset(),
    "rules": frozenset({"shapes", "codes"}),
    "outcomes": frozenset({"catalog", "outcome", "measuring", "summing", "passes", "schools"}),
    "outcomes/passes": frozenset({"statistics"}),
    "system": frozenset({
        "state", "initial", "phases", "simulation", "school_system", "agents", "study_model", "compiling", "twin",
        "checkpoint", "saved_system", "saved_ties", "version",
    }),
}  # fmt: skip


def names_in(folder: str, modules: Iterable[Module]) -> set[str]:
    """Modules and packages directly in a folder of the package."""
    parts = folder.split("/")
    inside = (module.place.removesuffix(".py").split("/") for module in modules)
    return {place[len(parts)] for place in inside if place[: len(parts)] == parts} - {"__init__"}


def unlisted(modules: Iterable[Module]) -> list[str]:
    """What is named for no subject of the list, and for nothing else there is."""
    modules = list(modules)
    return [
        f"{folder}/{name}: neither a subject nor one of {', '.join(sorted(besides)) or 'nothing else'}"
        for folder, besides in BESIDES.items()
        for name in sorted(names_in(folder, modules) - set(SUBJECTS) - besides)
    ]
