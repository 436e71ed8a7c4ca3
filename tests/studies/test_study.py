"""From a config file of the catalogue's parameters to points, rules and results."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from schoolsim.config import config_from_mapping, list_configs, load_config
from schoolsim.parameters import REGISTRY
from schoolsim.studies import Fixed, ModelReference, Precision, Study, StudyResult
from schoolsim.studies.errors import DesignError, StudyChangedError
from schoolsim.studies.model import prepare
from schoolsim.studies.study import design_of, typical_point
from tests.populations import made_up
from tests.studies.plans import HERE

MODEL = ModelReference(f"{HERE}:Anything", {"years": 4})


def of_kind(kind: str, role: str, *, number: int = 0) -> str:
    """A parameter of a kind and role, whatever the catalogue calls it."""
    found = [name for name, spec in REGISTRY.items() if (spec.kind, spec.role) == (kind, role)]
    if len(found) <= number:
        pytest.skip(f"the catalogue has no {role} of kind {kind}")
    return found[number]


def study(**data: object) -> Study:
    base = {"title": "A study of ours", "seed": 3, "replications": 2}
    return Study(config_from_mapping({**base, **data}), MODEL)


RANGES = {"market.choice_weight": {"low": 0.1, "high": 1.0}, "trust.change": {"low": 0.0, "high": 0.1}}
LISTS = {"badging.scope": ["none", "individual", "collective"], "programme.originators": [2, 3]}
LINKED = [{"parameters": ["funding.purse", "funding.years"], "values": [["originator", 1], ["partnership", 4]]}]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"levers": LISTS},
        {"levers": LISTS, "linked": LINKED},
        {"levers": {"funding.years": {"low": 1, "high": 7, "levels": 3}}},
        *[
            {
                "levers": LISTS,
                "linked": LINKED,
                "uncertainties": RANGES,
                "design": {"kind": kind, "cross": cross, **size},
            }
            for kind, size in {
                "lhs": {"points": 5},
                "sobol": {"points": 8},
                "saltelli": {"points": 4},
                "morris": {"trajectories": 3},
            }.items()
            for cross in (True, False)
        ],
    ],
)
def test_a_design_is_counted_without_being_drawn(data: dict[str, object]) -> None:
    made = study(**data)
    assert made.size == len(made.design.points)
    point = typical_point(made.config)
    assert point is not None
    assert set(point) == set(made.plan.swept)
    if made.config.design.kind == "grid":
        assert point == dict(made.points().iloc[0])


@pytest.mark.parametrize("name", [entry.name for entry in list_configs("studies")])
def test_the_shipped_studies_are_counted_without_being_drawn(name: str) -> None:
    config = load_config(name)
    drawn = design_of(config).points
    assert Study(config).size == len(drawn)
    point = typical_point(config)
    assert (point is None) == (config.design.kind == "file")
    assert point is None or set(point) == set(drawn.columns)


def test_a_grid_of_a_config() -> None:
    lever, world = of_kind("choice", "lever"), of_kind("real", "uncertainty")
    options, spec = list(REGISTRY[lever].options), REGISTRY[world]
    made = study(
        levers={lever: options},
        uncertainties={world: {"low": spec.low, "high": spec.high, "levels": 3}},
    )
    points = made.points()
    assert list(points.columns) == [lever, world]
    assert len(points) == 3 * len(options)
    assert sorted(set(points[world])) == [spec.low, (spec.low + spec.high) / 2, spec.high]
    assert made.plan.design["kind"] == "grid"
    assert made.plan.replications == Fixed(2)


def test_every_policy_meets_every_sampled_world() -> None:
    lever, world = of_kind("choice", "lever"), of_kind("real", "uncertainty")
    options, spec = list(REGISTRY[lever].options), REGISTRY[world]
    config = {
        "levers": {lever: options},
        "uncertainties": {world: {"low": spec.low, "high": spec.high}},
        "design": {"kind": "lhs", "points": 5},
    }
    points = study(**config).points()
    assert Counter(points[lever]) == dict.fromkeys(options, 5)
    assert points[world].nunique() == 5
    config["design"]["cross"] = False
    assert len(study(**config).points()) == 5


def test_whole_numbers_of_a_config_are_whole() -> None:
    name = next(name for name, spec in REGISTRY.items() if spec.kind == "whole")
    spec = REGISTRY[name]
    section = {"lever": "levers", "uncertainty": "uncertainties", "constant": "constants"}
    points = study(
        **{section[spec.role]: {name: {"low": spec.low, "high": spec.high}}},
        design={"kind": "lhs", "points": 20, "cross": False},
    ).points()
    assert points[name].dtype == "int64"


def test_points_from_a_file(tmp_path: Path) -> None:
    lever, world = of_kind("choice", "lever"), of_kind("real", "uncertainty")
    spec, options = REGISTRY[world], list(REGISTRY[lever].options)
    path = tmp_path / "worlds.csv"
    path.write_text(f"{world}\n{spec.low}\n{spec.high}\n")
    config = {"levers": {lever: options}, "design": {"kind": "file", "file": str(path)}}
    assert len(study(**config).points()) == 2 * len(options)
    path.write_text(f"{world}\n{spec.low}\n{spec.high + 1}\n")
    with pytest.raises(DesignError, match=rf"line 3, column {world}.*must be a number from"):
        study(**config).points()
    path.write_text(f"{world[:-1]}\n1\n")
    with pytest.raises(DesignError, match=f'is not a parameter. Did you mean "{world}"'):
        study(**config).points()


def test_a_precision_of_a_config() -> None:
    rule = {"precision": 0.1, "min": 4, "max": 30, "look_ahead": 2, "confidence": 0.9}
    made = study(replications=rule, outcomes={"report": ["progress.mean"]})
    expected = Precision(0.1, ("progress.mean",), alpha=0.1, initial=4, look_ahead=2, maximum=30)
    assert made.plan.replications == expected
    rule["absolute"] = {"progress.mean": 0.2}
    made = study(replications=rule, outcomes={"report": ["progress.mean"]})
    assert made.plan.replications.absolute == {"progress.mean": 0.2}


def test_the_school_model_is_found_by_name_with_what_decides_its_runs() -> None:
    config = config_from_mapping({"years": 7, "burn_in_years": 2, "population": {"schools": 12}})
    reference = Study(config).plan.model
    assert reference.path.startswith("schoolsim.system.")
    assert reference.arguments["years"] == 7
    assert reference.arguments["population"]["schools"] == 12


@pytest.mark.slow
def test_the_school_model_compiles_before_its_first_run(tmp_path: Path) -> None:
    """What is compiled or loaded in a run would count against its time limit."""
    code = textwrap.dedent(f"""
        import sys
        sys.path[:] = {sys.path!r}
        from numba.core.registry import CPUDispatcher
        from schoolsim.config import load_config
        from schoolsim.studies import Study
        from schoolsim.studies.model import prepare

        def compiled():
            return {{
                (module.__name__, name, str(signature))
                for module in [m for n, m in sys.modules.items() if n.startswith("schoolsim")]
                for name, found in vars(module).items() if isinstance(found, CPUDispatcher)
                for signature in found.signatures
            }}

        plan = Study(load_config("programmes/beacon")).plan
        model = plan.model.load()
        prepare(model)
        before = compiled()
        model.run({{**plan.parameters(0), "setting.schools": 30}}, 1)
        print(len(before), sorted(compiled() - before))
    """)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    number, _, late = done.stdout.strip().partition(" ")
    assert int(number) > 10
    assert late == "[]"


def test_the_school_model_reads_its_schools_before_its_first_run(tmp_path: Path) -> None:
    register = made_up.write(tmp_path, [made_up.secondary(200 + n, east=441000 + 2000 * n) for n in range(12)])
    config = config_from_mapping({"years": 1, "population": {"source": str(register)}})
    model = Study(config).plan.model.load()
    prepare(model)
    register.unlink()
    assert model.run({}, 1).outcomes


def test_a_study_is_run_and_its_config_gives_the_same_again(tmp_path: Path) -> None:
    lever = of_kind("choice", "lever")
    made = study(levers={lever: list(REGISTRY[lever].options)})
    first = made.run(out=tmp_path / "a", progress=False)
    assert first.complete
    assert first.config == made.config
    again = Study(load_config(tmp_path / "a" / "study.toml"), MODEL)
    second = again.run(2, out=tmp_path / "b", executor="processes", progress=False)
    assert (first.folder / "runs.parquet").read_bytes() == (second.folder / "runs.parquet").read_bytes()
    described = first.columns.set_index("name").loc[lever]
    assert described["definition"] == REGISTRY[lever].meaning
    table = first.contrast(lever, baseline=REGISTRY[lever].options[0])
    assert set(table["outcome"]) == {"progress.mean"}


def test_a_default_that_changed_is_another_study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = study()
    made.run(out=tmp_path, progress=False)
    name = of_kind("real", "uncertainty")
    moved = {**REGISTRY, name: replace(REGISTRY[name], default=REGISTRY[name].high)}
    monkeypatch.setattr("schoolsim.studies.study.REGISTRY", moved)
    with pytest.raises(StudyChangedError, match=rf"context defaults {name}: .* there, {REGISTRY[name].high} now"):
        study().run(out=tmp_path, progress=False)


def test_the_folder_is_named_after_the_file_or_the_title(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.toml").write_text('title = "Some title"\nreplications = 1\n')
    assert Study.load("mine.toml", MODEL).run(progress=False).folder == Path("results/mine")
    assert study().name == "a_study_of_ours"
    assert StudyResult.open("results/mine").counts == {"ok": 1}


FACTORS = {"factors": {"setting": ["urban", "rural"]}, "design": {"kind": "file"}}


def of_file(tmp_path: Path, text: str, **changes: object) -> Study:
    file = tmp_path / "points.csv"
    file.write_text(text, encoding="utf-8")
    design = {"kind": "file", "file": str(file)}
    return Study({**FACTORS, "design": design, **changes}, name="file")


def test_a_design_from_a_file_may_hold_a_factor_by_name(tmp_path: Path) -> None:
    made = of_file(tmp_path, "setting,broker.number\nurban,0\nRural,3\n")
    (group,) = made.config.linked
    points = made.points()
    assert points["broker.number"].tolist() == [0, 3]
    rows = [tuple(points[list(group.parameters)].iloc[number]) for number in range(2)]
    assert rows == list(group.values)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("setting,broker.number\nurbn,0\n", 'it must be one of Urban, Rural. Did you mean "Urban"?'),
        ("broker.number\n0\n", 'has no column "setting"'),
        ("setting,setting.density\nurban,1.0\n", "are both columns of the design"),
    ],
)
def test_a_factor_in_a_file_is_one_of_its_levels(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(DesignError) as error:
        of_file(tmp_path, text).points()
    assert says in str(error.value)


def test_what_a_study_writes_out_it_reads_in_again(tmp_path: Path) -> None:
    crossed = Study({"factors": {"setting": ["urban", "rural"]}, "levers": {"broker.number": [0, 3]}})
    crossed.points().to_csv(tmp_path / "out.csv", index=False)
    again = Study({"design": {"kind": "file", "file": str(tmp_path / "out.csv")}})
    assert again.points().equals(crossed.points())
