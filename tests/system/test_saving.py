"""A system that was saved, pickled or copied goes on as if it had never stopped; a file runs nothing."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from pathlib import Path

import mesa
import pytest

from schoolsim.outcomes import catalog
from schoolsim.parameters import UserError
from schoolsim.system import saved_system
from schoolsim.system.agents import School
from schoolsim.system.school_system import SchoolSystem
from tests.system.worlds import PROGRAMME, digest, made_table

TABLE = made_table(9, 10)
SETTING = {**PROGRAMME, "badging.scope": {0: "none", 1: "collective"}, "broker.number": {0: 1, 1: 2}}
Way = Callable[[SchoolSystem, Path], SchoolSystem]


def _by_file(system: SchoolSystem, folder: Path) -> SchoolSystem:
    return SchoolSystem.load(system.save(folder / "a.system"))


def _by_pickle(system: SchoolSystem, folder: Path) -> SchoolSystem:
    return pickle.loads(pickle.dumps(system))  # type: ignore[no-any-return]


def _by_copy(system: SchoolSystem, folder: Path) -> SchoolSystem:
    return copy.deepcopy(system)


WAYS = pytest.mark.parametrize("way", [_by_file, _by_pickle, _by_copy])


def begun(steps: int = 0) -> SchoolSystem:
    system = SchoolSystem(parameters=SETTING, seed=9, schools=TABLE, burn_in_years=1, years=2)
    for _ in range(steps):
        system.step()
    return system


@WAYS
@pytest.mark.parametrize("steps", [0, 4, 6, 8, 12, 13])
def test_it_goes_on_to_the_same_bytes(way: Way, steps: int, tmp_path: Path) -> None:
    """Stopped in the burn-in, as the policy begins, before and after a timetable's year."""
    straight = begun().run(2)
    stopped = begun(steps)
    schools = stopped.schools
    schools[0].pos = None
    again = way(stopped, tmp_path)
    before = digest(stopped.simulation)
    again.run_model()
    assert digest(stopped.simulation) == before
    assert digest(again.simulation) == digest(straight.simulation)
    assert again.outcomes().equals(straight.outcomes())
    assert again.effects().equals(straight.effects())
    assert again.effects()["effect"].abs().max() > 0
    frames = [system.datacollector.get_model_vars_dataframe() for system in (again, straight)]
    assert frames[0].equals(frames[1])
    assert (again.steps, again.half_term, again.running) == (straight.steps, 12, False)
    assert again.random.random() == straight.random.random()
    assert again.rng.random() == straight.rng.random()
    assert len(again.agents_by_type[School]) == len(TABLE)
    assert all(school.model is again for school in again.schools)


def test_a_copy_is_another_system() -> None:
    system = begun(7)
    other = copy.deepcopy(system)
    other.schools[0].tone = 0.0
    other.run(1)
    assert digest(system.simulation) == digest(begun(7).simulation)
    assert system.half_term == 1


def test_what_was_done_to_schools_is_saved(tmp_path: Path) -> None:
    systems = [begun(7), begun(7)]
    for system in systems:
        system.schools[2].tone = 0.9
    assert digest(_by_file(systems[0], tmp_path).run(1).simulation) == digest(systems[1].run(1).simulation)


class Mine(SchoolSystem):
    """A class of somebody's own."""


def test_a_class_of_ones_own_is_loaded_by_itself(tmp_path: Path) -> None:
    system = Mine(parameters=SETTING, seed=9, schools=TABLE)
    path = system.save(tmp_path / "mine")
    assert type(Mine.load(path)) is Mine
    with pytest.raises(UserError, match="was saved as .*Mine"):
        SchoolSystem.load(path)


def _other_phases(system: SchoolSystem) -> None:
    system.phases.append(("mine", lambda state, p, clock: None))


def _fewer_phases(system: SchoolSystem) -> None:
    del system.phases[2]


def _other_collector(system: SchoolSystem) -> None:
    system.datacollector = mesa.DataCollector({"now": lambda model: model.half_term})


def _own_attribute(system: SchoolSystem) -> None:
    system.notes = ["mine"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_other_phases, r"phases of its own \(mine\)"),
        (_fewer_phases, "phases that were taken out"),
        (_other_collector, "a data collector of its own"),
        (_own_attribute, "the attribute notes of its own"),
    ],
)
def test_what_no_file_can_hold_is_refused(change: Callable[[SchoolSystem], None], message: str, tmp_path: Path) -> None:
    system = begun()
    change(system)
    with pytest.raises(UserError, match=message):
        system.save(tmp_path / "a.system")
    assert not list(tmp_path.iterdir())


def test_an_outcome_of_ones_own_must_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = begun(1).save(tmp_path / "a.system")
    fewer = {name: one for name, one in catalog.OUTCOMES.items() if name != "trust.mean"}
    monkeypatch.setattr(saved_system, "OUTCOMES", fewer)
    with pytest.raises(UserError, match='measures "trust.mean", which is no outcome here'):
        SchoolSystem.load(path)


def test_damage_is_one_clear_message(tmp_path: Path) -> None:
    content = begun(1).save(tmp_path / "a.system").read_bytes()
    path = tmp_path / "b.system"
    places = [0, 30, 100, 400, len(content) // 2, len(content) - 1]
    for damaged in (b"", content[:-1], content + b"0", *(_flipped(content, place) for place in places)):
        path.write_bytes(damaged)
        with pytest.raises(UserError, match=r"b\.system is (damaged|no saved system|a saved system of another format)"):
            SchoolSystem.load(path)
    with pytest.raises(UserError, match="is not there"):
        SchoolSystem.load(tmp_path / "c.system")
    with pytest.raises(UserError, match="cannot be written"):
        begun().save(tmp_path / "nowhere" / "a.system")


def _flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def test_another_version_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = begun(1).save(tmp_path / "a.system")
    monkeypatch.setattr(saved_system, "rules_version", lambda: "9.9+0")
    with pytest.raises(UserError, match=r"was saved by schoolsim .*\+.* and this is 9\.9\+0"):
        SchoolSystem.load(path)
    path.write_bytes(path.read_bytes().replace(b"schoolsim system 1", b"schoolsim system 2", 1))
    with pytest.raises(UserError, match="another format"):
        SchoolSystem.load(path)
    path.write_bytes(pickle.dumps([1]))
    with pytest.raises(UserError, match="is no saved system"):
        SchoolSystem.load(path)
