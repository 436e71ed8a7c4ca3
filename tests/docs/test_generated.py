"""The generated parts of the documents are what the code says."""

from __future__ import annotations

import ast
import importlib
import inspect
import math
import re
import sys
import textwrap
from functools import partial
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from schoolsim.parameters import REGISTRY
from schoolsim.rules.codes import MODES
from schoolsim.system.phases import PHASES
from schoolsim.system.state import schema
from tests.rules.reading import Case, all_rules, argument_names, arguments, cases, plain, record

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "docs"))
        return importlib.import_module("generate")


@pytest.fixture(scope="module")
def model_text(generate: ModuleType) -> ModuleType:
    """What describes the model, which `generate` loads."""
    return sys.modules["model_text"]


def test_every_page_is_in_step_with_the_code(generate: ModuleType) -> None:
    pages = generate.pages()
    assert len(pages) >= 4
    stale = [
        page.name
        for page in pages
        if generate.filled(page.read_text(encoding="utf-8")) != page.read_text(encoding="utf-8")
    ]
    assert stale == [], "run `make docs`"


@pytest.mark.slow
def test_figures_are_drawn_from_the_stored_tables_to_the_same_bytes(generate: ModuleType, tmp_path: Path) -> None:
    for figure in generate.draw_figures(tmp_path):
        assert figure.read_bytes() == (ROOT / "docs" / "figures" / figure.name).read_bytes(), "run `make docs`"


def test_a_changed_page_is_noticed(generate: ModuleType) -> None:
    page = (ROOT / "docs" / "reference" / "parameters.md").read_text(encoding="utf-8")
    assert generate.filled(page.replace("badging.scope", "badging.scape")) == page


def test_an_unknown_part_is_refused(generate: ModuleType) -> None:
    with pytest.raises(KeyError):
        generate.filled("<!-- generated: nothing --><!-- /generated -->")


def test_every_rule_says_what_it_gives(model_text: ModuleType) -> None:
    silent = [
        f"{file.stem}.{node.name}"
        for file in sorted(model_text.RULES.glob("*.py"))
        if file.stem not in ("__init__", "codes", "shapes")
        for node in model_text.public_functions(file)
        if not model_text.first_sentence(node)
    ]
    assert silent == []


def test_every_rule_is_in_the_description_with_its_equation(model_text: ModuleType) -> None:
    page = (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")
    for rule in all_rules():
        subject, name = rule.split(".")
        chapter = page.partition(f"\n### {subject}: ")[2].partition("\n### ")[0]
        assert f"- `{name}(" in chapter, rule
    equation = model_text.equation(ast.parse(SAMPLE).body[0])
    assert equation == "x = trust.change * 2.0\nreturn unit(exp(x))"


def test_every_phase_is_in_the_description_with_its_steps(model_text: ModuleType) -> None:
    assert model_text.phases_in_order() == [name for name, _ in PHASES]
    page = (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")
    for number, (name, phase) in enumerate(PHASES, start=1):
        chapter = page.partition(f"\n{number}. **{name.replace('_', ' ').capitalize()}** – ")[2]
        chapter = chapter.partition(f"\n{number + 1}. **")[0]
        assert chapter, name
        place = 0
        # Every function of the system that the phase's own code names, in the order in which it is called.
        for called in model_text.steps(phase.__module__, ast.parse(inspect.getsource(phase)).body[0]):
            found = chapter.find(f"`{called.node.name}`", place)
            assert found >= 0, (name, called.node.name)
            place = found


def test_every_group_of_the_state_is_in_the_description() -> None:
    page = (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")
    groups = [
        value for value in vars(schema).values() if isinstance(value, type) and value.__module__ == schema.__name__
    ]
    assert len(groups) > 10
    for group in groups:
        chapter = page.partition(f"**`{group.__name__}`.**")[2].partition("**`")[0]
        for column in group.__annotations__:
            assert column == "shapes" or f"- `{column}`" in chapter, (group, column)


SAMPLE = """
def rule(x: float, p: Parameters) -> float:
    \'\'\'A sample.\'\'\'
    x = float(p.trust_change * 2.0)
    return unit(math.exp(x), p)
"""


def computed(model_text: ModuleType, case: Case) -> object:
    """What a case comes to by the equation on the page."""
    rule = all_rules()[f"{case.subject}.{case.rule}"]
    node = ast.parse(inspect.getsource(plain(rule))).body[0]
    p = record(case.parameters)

    def value(found: re.Match[str]) -> str:
        spec = REGISTRY.get(found[0])
        return found[0] if spec is None else repr(getattr(p, spec.field))

    text = re.sub(r"\b[a-z_]+\.[a-z_]+\b", value, model_text.equation(node))
    names = {**vars(math), **plain(rule).__globals__}
    for name, value in names.items():
        if inspect.isfunction(plain(value)) and "p" in inspect.signature(plain(value)).parameters:
            names[name] = partial(lambda called, *given: called(*given, p), plain(value))
    exec(f"def equation({', '.join(case.given)}):\n" + textwrap.indent(text, "    "), names)
    return names["equation"](
        **{
            name: argument
            for name, argument in zip(argument_names(rule), arguments(rule, case.given, p), strict=True)
            if name != "p"
        }
    )


@pytest.mark.parametrize("case", list(cases()), ids=str)
def test_an_equation_gives_what_was_worked_by_hand(case: Case, model_text: ModuleType) -> None:
    assert computed(model_text, case) == pytest.approx(case.expected, rel=1e-12, abs=1e-12)


def test_the_partnership_that_is_drawn_is_the_models() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "docs"))
        script = importlib.import_module("measure_partnership")
    fresh, stored = script.followed(), pd.read_csv(script.STORED)
    pd.testing.assert_frame_equal(fresh, stored, check_exact=True)
    assert not script.followed(seed=script.SEED + 1).equals(stored)


def test_the_pictures_of_the_explanation_have_every_phase_and_every_mode() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "docs"))
        script = importlib.import_module("explanation_figures")
    assert list(script.PHASE_WORDS) == [name for name, _ in PHASES]
    assert set(script.YEARLY) < set(script.PHASE_WORDS)
    assert tuple(script.MODE_WORDS) == MODES
    page = (ROOT / "docs" / "explanation" / "model.md").read_text(encoding="utf-8")
    assert [
        name for name in ("entities", "half_term", "modes", "partnership") if f"figures/{name}.svg" not in page
    ] == []


def test_the_stored_stories_are_what_the_model_tells() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "docs"))
        script = importlib.import_module("measure_stories")
    kind, config = script.STORIES[-1]
    assert script.told(kind, config) in script.STORED.read_text(encoding="utf-8"), "run `make measured`"
