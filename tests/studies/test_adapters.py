"""Mesa models and EMA Workbench models in our studies, and ours in the workbench."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from schoolsim.studies import Fixed, ModelReference, StudyPlan, StudyResult
from schoolsim.studies.adapters.mesa_model import MesaModel
from schoolsim.studies.designs import listed, ranged
from schoolsim.studies.errors import ModelError, StudyError
from schoolsim.studies.seeds import replication_seed
from tests.studies.plans import HERE, run_study, spread

WALKERS = "tests.studies.mesa_models:Walkers"
MESA = "schoolsim.studies.adapters.mesa_model:MesaModel"


def mesa_plan(**arguments: object) -> StudyPlan:
    model = ModelReference(MESA, {"model": WALKERS, "steps": 6, **arguments})
    return StudyPlan(pd.DataFrame({"walkers": [3, 5]}), model, Fixed(3), fixed={"stride": 2.0})


def test_a_mesa_class_is_a_model(tmp_path: Path) -> None:
    run_study(mesa_plan(), tmp_path)
    result = StudyResult.open(tmp_path)
    assert result.outcomes == ("distance", "steps_taken")
    assert result.runs["steps_taken"].tolist() == [6.0] * 6
    assert result.runs.groupby("replication")["distance"].nunique().tolist() == [2, 2, 2]
    path = result.series.query("point == 0 and replication == 0 and outcome == 'steps_taken'")
    assert path["value"].tolist() == [0, 1, 2, 3, 4, 5, 6]
    assert path["half_term"].tolist() == list(range(7))


@pytest.mark.slow
def test_a_mesa_class_repeats_itself_in_workers(tmp_path: Path) -> None:
    serial = run_study(mesa_plan(), tmp_path / "a")
    assert run_study(mesa_plan(), tmp_path / "b", executor="processes", workers=2) == serial


def test_attributes_can_be_reported_and_only_those_asked_for() -> None:
    model = MesaModel(WALKERS, 2, outcomes=["distance", "stride"], version="9")
    result = model.run({"walkers": 2, "stride": 0.5}, 1)
    assert list(result.outcomes) == ["distance", "stride"]
    assert list(result.series) == ["distance"]
    assert result.outcomes["stride"] == 0.5
    assert model.version == "9"


def test_a_model_that_stops_stops() -> None:
    result = MesaModel(WALKERS, 50).run({"walkers": 2, "stride": 0.5, "until": 4}, 1)
    assert result.outcomes["steps_taken"] == 4


def test_a_seed_has_the_effect_of_a_seed() -> None:
    model = MesaModel(WALKERS, 3)
    one, two, other = (model.run({"walkers": 2}, seed).outcomes["distance"] for seed in (1, 1, 2))
    assert one == two != other


def test_mesa_models_do_not_pile_up() -> None:
    import gc
    import weakref

    from tests.studies.mesa_models import Walkers

    model = MesaModel(WALKERS, 1)
    alive = weakref.WeakSet()
    start = Walkers.__init__

    def remember(self: Walkers, *args: object, **kwargs: object) -> None:
        alive.add(self)
        start(self, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Walkers, "__init__", remember)
        patch.setattr(model, "_seed", "seed")
        for seed in range(20):
            model.run({"walkers": 2}, seed)
    gc.collect()
    assert len(alive) <= 1


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("tests.studies.mesa_models:Seedless", "takes no seed"),
        ("tests.studies.models:normal", "is not a class"),
        ("tests.studies.mesa_models:Nobody", "has no"),
    ],
)
def test_what_is_no_mesa_class_is_told(path: str, message: str) -> None:
    with pytest.raises(ModelError, match=message):
        MesaModel(path, 3)


def test_an_outcome_that_is_not_there_is_told() -> None:
    with pytest.raises(ModelError, match='"height"; its reporters are distance, steps_taken'):
        MesaModel(WALKERS, 2, outcomes=["height"]).run({"walkers": 2}, 1)


def test_the_adapters_do_not_import_what_they_adapt() -> None:
    code = (
        "import sys, schoolsim.studies.adapters.mesa_model, schoolsim.studies.adapters.ema\n"
        "print({'mesa', 'ema_workbench'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}\n{code}"],
                          capture_output=True, text=True, check=True)  # fmt: skip
    assert done.stdout == "set()\n"


@pytest.fixture(scope="module")
def workbench() -> object:
    with pytest.MonkeyPatch.context():
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return pytest.importorskip("ema_workbench")


EMA = "schoolsim.studies.adapters.ema:EmaModel"


def ema_plan() -> StudyPlan:
    points = pd.DataFrame({"release": [0.1, 0.5, 0.1, 0.5], "inflow": [1.0, 1.0, 2.0, 2.0]})
    model = ModelReference(EMA, {"model": "tests.studies.ema_models:lake", "seed_parameter": "seed", "version": "3"})
    return StudyPlan(points, model, Fixed(2))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.slow
def test_a_workbench_model_is_a_model(tmp_path: Path, workbench: object) -> None:
    from tests.studies.ema_models import level

    run_study(ema_plan(), tmp_path)
    result = StudyResult.open(tmp_path)
    assert result.outcomes == ("height", "path")
    for row in result.runs.itertuples():
        expected = level(release=row.release, inflow=row.inflow, seed=row.seed)
        assert row.height == expected["height"]
        path = result.series[result.series["run"] == row.run]
        assert path["value"].tolist() == expected["path"].tolist()
    assert result.manifest["study"]["version"] == "3"


@pytest.mark.filterwarnings("ignore")
def test_a_failing_workbench_run_does_not_repeat_the_one_before(tmp_path: Path, workbench: object) -> None:
    plan = replace(ema_plan(), points=pd.DataFrame({"release": [0.1, -1.0, 0.5], "inflow": 1.0}))
    run_study(plan, tmp_path)
    runs = StudyResult.open(tmp_path).runs
    assert runs["status"].tolist() == ["ok"] * 2 + ["failed"] * 2 + ["ok"] * 2
    assert runs["height"].isna().tolist() == [False] * 2 + [True] * 2 + [False] * 2


@pytest.mark.filterwarnings("ignore")
def test_our_model_is_a_workbench_model(workbench: object) -> None:
    from ema_workbench import SequentialEvaluator

    from schoolsim.studies.adapters.ema import workbench_model

    axes = [
        listed({"spread.badge": ["none", "collective"]}, lever=True),
        ranged("spread.rate", 0.1, 0.4),
    ]
    model = workbench_model("spread", f"{HERE}:Spread", axes, ["final"], replications=3, seed=7)
    with SequentialEvaluator(model) as evaluator:
        experiments, outcomes = evaluator.perform_experiments(scenarios=4, policies=2)
    assert len(experiments) == 8
    own = ModelReference(f"{HERE}:Spread").load()
    for row, value in zip(experiments.to_dict("records"), outcomes["final"], strict=True):
        parameters = {name: row[name] for name in ("spread.badge", "spread.rate")}
        seeds = [replication_seed(7, number) for number in range(3)]
        expected = np.mean([own.run(parameters, seed).outcomes["final"] for seed in seeds])
        assert value == pytest.approx(expected)


SCHOOLS = ModelReference(
    "schoolsim.system.study_model:SchoolModel", {"years": 1, "burn_in_years": 0, "population": {"schools": 12}}
)
FEW = {"programme.originators": 2, "programme.partners_each": 1}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("workers", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_the_school_model_is_driven_from_the_workbench(workbench: object, workers: int) -> None:
    from ema_workbench import MultiprocessingEvaluator, SequentialEvaluator

    from schoolsim.studies.adapters.ema import workbench_model

    axes = [
        listed({"badging.scope": ["none", "individual"]}, lever=True),
        ranged("market.choice_weight", 0.0, 1.5),
    ]
    model = workbench_model("schools", SCHOOLS, axes, ["progress.mean", "trust.mean"], fixed=FEW, seed=3)
    with SequentialEvaluator(model) if workers == 1 else MultiprocessingEvaluator(model, workers) as evaluator:
        experiments, outcomes = evaluator.perform_experiments(scenarios=2, policies=2)
    own = SCHOOLS.load()
    for place, row in enumerate(experiments.to_dict("records")):
        given = {name: row[name] for name in ("badging.scope", "market.choice_weight")}
        expected = own.run({**FEW, **given}, replication_seed(3, 0)).outcomes
        assert {name: outcomes[name][place] for name in outcomes} == {name: expected[name] for name in outcomes}
    assert len(set(outcomes["progress.mean"])) > 1


def test_the_school_model_as_a_mesa_class_is_the_model_of_our_studies(tmp_path: Path) -> None:
    """`SchoolSystem` through the adapter for any Mesa class: the same numbers at every half-term."""
    names = ["progress.mean", "trust.mean"]
    mesa = {"model": "schoolsim.system.school_system:SchoolSystem", "steps": 6, "outcomes": names}
    fields = pd.DataFrame({"badging_scope": ["none", "individual"], "setting_schools": [12, 12]})
    others = {name.replace(".", "_"): value for name, value in FEW.items()}
    run_study(StudyPlan(fields, ModelReference(MESA, mesa), Fixed(2), fixed=others), tmp_path / "mesa")
    points = pd.DataFrame({"badging.scope": ["none", "individual"]})
    run_study(StudyPlan(points, SCHOOLS, Fixed(2), fixed=FEW), tmp_path / "own")
    through_mesa, own = (StudyResult.open(tmp_path / name) for name in ("mesa", "own"))
    assert through_mesa.runs["seed"].tolist() == own.runs["seed"].tolist()
    values = own.series[own.series["outcome"].isin(names)]["value"]
    # Mesa's collector has a first row of the start, before any half-term.
    after = through_mesa.series[through_mesa.series["half_term"] > 0]
    assert after["value"].tolist() == values.tolist()


@pytest.mark.slow
def test_mesa_s_batch_runner_drives_the_school_model_in_processes() -> None:
    from schoolsim.system.school_system import SchoolSystem
    from tests.system.test_mesa import batch

    fields = {name.replace(".", "_"): value for name, value in FEW.items()}
    grid = {**fields, "setting_schools": 12, "badging_scope": ["none", "individual"]}
    rows = batch(SchoolSystem, grid, [1, 2], number_processes=2, max_steps=5)
    own = SCHOOLS.load()
    assert len(rows) == 4
    for row in rows:
        series = own.run({**FEW, "badging.scope": row["badging_scope"]}, row["seed"]).series
        assert row["Step"] == 5
        assert row["progress.mean"] == series["progress.mean"][4]  # row 5 of Mesa's, whose first is of the start


@pytest.mark.filterwarnings("ignore")
def test_kinds_of_axis_become_kinds_of_parameter(workbench: object) -> None:
    from schoolsim.studies.adapters.ema import workbench_model

    axes = [
        ranged("x", 0, 1),
        ranged("n", 1, 5, whole=True),
        listed({"flag": [False, True]}, lever=True),
        listed({"c": ["a", "b"]}),
    ]
    model = workbench_model("m", f"{HERE}:normal", axes, ["value"])
    kinds = {p.name: type(p).__name__ for p in [*model.levers, *model.uncertainties]}
    assert kinds == {
        "x": "RealParameter",
        "n": "IntegerParameter",
        "flag": "BooleanParameter",
        "c": "CategoricalParameter",
    }
    with pytest.raises(StudyError, match="linked"):
        workbench_model("m", f"{HERE}:normal", [listed({"a": [1], "b": [2]})], ["value"])


def test_our_results_in_the_workbench_s_form(tmp_path: Path) -> None:
    from schoolsim.studies.adapters.ema import workbench_results

    run_study(spread(), tmp_path)
    result = StudyResult.open(tmp_path)
    experiments, outcomes = workbench_results(result.runs, result.points.columns, ["final"])
    assert experiments.columns.tolist() == ["scenario", "spread.rate", "spread.badge"]
    assert len(experiments) == len(outcomes["final"]) == 8
    expected = result.runs[result.runs["point"] == 3]["final"].mean()
    assert outcomes["final"][3] == pytest.approx(expected)
    failed = result.runs.assign(status="failed")
    with pytest.raises(StudyError, match="8 points have no run"):
        workbench_results(failed, result.points.columns, ["final"])
