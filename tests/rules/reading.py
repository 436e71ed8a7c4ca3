"""The cases of `tests/cases`, and rules called as the model calls them."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import textwrap
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from schoolsim import rules
from schoolsim.parameters import REGISTRY, Scenario
from schoolsim.parameters.constraints import possible
from schoolsim.parameters.record import Parameters
from schoolsim.rules.modes import Held, Terms
from tests.system.worlds import values_of

CASES = Path(__file__).parents[1] / "cases"


@dataclass(frozen=True)
class Case:
    """A rule, what it is given, and what a person with paper and pencil got."""

    subject: str
    rule: str
    working: str
    given: Mapping[str, Any]
    parameters: Mapping[str, object]
    expected: Any

    def __str__(self) -> str:
        """Subject, rule and what the case is about."""
        return f"{self.subject}.{self.rule}: {self.working}"


def cases() -> Iterator[Case]:
    """Every case of every file."""
    for file in sorted(CASES.glob("*.toml")):
        for rule in tomllib.loads(file.read_text(encoding="utf-8"))["rule"]:
            for case in rule["case"]:
                parameters = rule.get("parameters", {}) | case.get("parameters", {})
                yield Case(
                    file.stem, rule["name"], case["working"], case.get("given", {}), parameters, case["expected"]
                )


def all_rules() -> dict[str, Callable[..., Any]]:
    """Every public rule by `subject.name`."""
    found = {}
    for module in pkgutil.iter_modules(rules.__path__):
        here = importlib.import_module(f"schoolsim.rules.{module.name}")
        for name, value in vars(here).items():
            plain = getattr(value, "py_func", value)
            if inspect.isfunction(plain) and plain.__module__ == here.__name__ and not name.startswith("_"):
                found[f"{module.name}.{name}"] = value
    return found


def plain(rule: Callable[..., Any]) -> Callable[..., Any]:
    """The rule as it is written, uncompiled."""
    return getattr(rule, "py_func", rule)


def argument_names(rule: Callable[..., Any]) -> list[str]:
    """Names of a rule's arguments."""
    return list(inspect.signature(plain(rule)).parameters)


def _argument(name: str, value: Any) -> Any:
    if name == "held" and isinstance(value, list):
        return Held(*value)
    if name == "terms":
        return Terms(*value)
    return np.array(value) if isinstance(value, list) else value


def arguments(rule: Callable[..., Any], given: Mapping[str, Any], record: Any) -> list[Any]:
    """What the rule is called with, in its own order."""
    return [record if name == "p" else _argument(name, given[name]) for name in argument_names(rule)]


@cache
def parameters_read(rule: Callable[..., Any]) -> list[str]:
    """Names of the parameters a rule reads itself, in the order of the catalogue."""
    read = {
        node.attr
        for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(plain(rule)))))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "p"
    }
    return [name for name, spec in REGISTRY.items() if spec.field in read]


def record(parameters: Mapping[str, object]) -> Parameters:
    """Parameters as a rule takes them."""
    return Scenario.of(parameters).as_one()


def drawn_record(data: st.DataObject, rule: Callable[..., Any]) -> Parameters:
    """The parameters a rule reads, drawn anywhere in their bounds where they go together."""
    drawn = st.fixed_dictionaries({name: values_of(name) for name in parameters_read(rule)})
    return record(data.draw(drawn.filter(possible)))
