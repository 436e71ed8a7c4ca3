"""Systems in files: all that decides how one goes on, as numbers and plain text, so that no code is run to read it.

A file is a line that names its format, a line with the SHA-256 of the rest, a line of JSON, and arrays one after the
other, as the JSON lists them.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from schoolsim.columns import AnyArray
from schoolsim.outcomes.catalog import OUTCOMES
from schoolsim.parameters import Scenario, UserError
from schoolsim.parameters.errors import did_you_mean
from schoolsim.parameters.files import display_path, read_regular_file
from schoolsim.populations.schools import SchoolTable
from schoolsim.system.checkpoint import Checkpoint
from schoolsim.system.saved_ties import arrays_of_ties, ties_of, words_of_ties
from schoolsim.system.simulation import Simulation
from schoolsim.system.state import State
from schoolsim.system.version import rules_version

_KIND: Final = "schoolsim system"
_FORMAT: Final = "1"
_TABLE_ARRAYS: Final = (
    "urn", "phase", "easting", "northing", "roll", "capacity", "disadvantage", "attainment", "teachers", "authority",
)  # fmt: skip


class SavedSystemError(UserError):
    """A system that cannot be saved, or a file that cannot be gone on from; the message says why."""


@dataclass(frozen=True, eq=False)
class Saved:
    """What a file holds.

    Args:
        simulation: The run, ready for its next half-term.
        face: What the system is beside its run, as plain values.
        collected: What its collector held: a row each time it collected, a column an outcome of the run.
    """

    simulation: Simulation
    face: Mapping[str, Any]
    collected: AnyArray


def save(path: Path, saved: Saved) -> None:
    """Write a system to a file, whole or not at all.

    Raises:
        SavedSystemError: The file cannot be written.
    """
    simulation = saved.simulation
    checkpoint, table = simulation.checkpoint(), simulation.table
    measured = list(simulation.outcome_names)
    arrays: dict[str, AnyArray] = {name: getattr(table, name) for name in _TABLE_ARRAYS}
    arrays["rows"] = np.array(checkpoint.rows).reshape(len(checkpoint.rows), len(measured))
    arrays["collected"] = saved.collected
    groups = {name: getattr(checkpoint.state, name) for name in State.groups}
    arrays |= {f"state.{name}": group.block for name, group in groups.items()}
    if simulation.ties is not None:
        arrays |= arrays_of_ties(simulation.ties)
    header = {
        "version": rules_version(),
        "face": saved.face,
        "seed": simulation.clock.seed,
        "half_term": checkpoint.half_term,
        "burn_in_years": simulation.burn_in_years,
        "parameters": simulation.scenario.changed(),
        "outcomes": measured,
        "names": [str(name) for name in table.name],
        "trusts": [str(code) for code in table.trust],
        "federations": [str(code) for code in table.federation],
        "authorities": list(table.authorities),
        "notes": list(table.notes),
        "groups": {name: [group.rows, group.width] for name, group in groups.items()},
        **({} if simulation.ties is None else {"ties": words_of_ties(simulation.ties)}),
        "arrays": [[name, array.dtype.str, list(array.shape)] for name, array in arrays.items()],
    }
    try:
        head = json.dumps(header, ensure_ascii=True, allow_nan=False).encode() + b"\n"
    except (TypeError, ValueError) as error:
        raise SavedSystemError(f"this system cannot be saved: {error}.") from None
    content = b"".join([head, *(np.ascontiguousarray(array).tobytes() for array in arrays.values())])
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with draft.open("wb") as file:
            file.write(f"{_KIND} {_FORMAT}\n{hashlib.sha256(content).hexdigest()}\n".encode() + content)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise SavedSystemError(f"{display_path(path)} cannot be written: {error.strerror or error}.") from None


def load(path: Path) -> Saved:
    """Read a system from a file.

    Raises:
        FileError: The file is not there, is no regular file, or may not be read.
        SavedSystemError: It is no saved system, is damaged, or is of another version.
    """
    name = display_path(path)
    size = path.stat().st_size if path.is_file() else 0
    kind, _, rest = read_regular_file(path, size).partition(b"\n")
    if not kind.startswith(_KIND.encode()):
        raise SavedSystemError(f"{name} is no saved system: SchoolSystem.save writes one.")
    if kind != f"{_KIND} {_FORMAT}".encode():
        raise SavedSystemError(f"{name} is a saved system of another format than this schoolsim reads ({_FORMAT}).")
    digest, _, content = rest.partition(b"\n")
    if hashlib.sha256(content).hexdigest().encode() != digest:
        raise SavedSystemError(f"{name} is damaged: its content is not what was saved.")
    head, _, cells = content.partition(b"\n")
    try:
        header = json.loads(head)
        if header["version"] != rules_version():
            raise SavedSystemError(
                f"{name} was saved by schoolsim {header['version']} and this is {rules_version()}, whose rules may "
                "differ: go on with the version that saved it, or run it from its beginning."
            )
        _require_outcomes(name, header["outcomes"])
        return _restored(header, _arrays(header, cells))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise SavedSystemError(f"{name} is not as a saved system is: {error}.") from None


def _require_outcomes(name: str, outcomes: list[str]) -> None:
    for outcome in outcomes:
        if outcome not in OUTCOMES:
            raise SavedSystemError(
                f'{name} measures "{outcome}", which is no outcome here.{did_you_mean(outcome, OUTCOMES)} '
                "An outcome of your own is declared with schoolsim.outcome before the file is loaded."
            )


def _arrays(header: Mapping[str, Any], cells: bytes) -> dict[str, AnyArray]:
    arrays: dict[str, AnyArray] = {}
    place = 0
    for name, dtype, shape in header["arrays"]:
        kind = np.dtype(dtype)
        if kind.kind not in "iuf":
            raise ValueError(f"{name} holds no numbers")
        count = int(np.prod(shape, dtype=np.int64))
        arrays[name] = np.frombuffer(cells, kind, count, place).reshape(shape)
        place += count * kind.itemsize
    if place != len(cells):
        raise ValueError("there is more in it than it lists")
    return arrays


def _restored(header: Mapping[str, Any], arrays: Mapping[str, AnyArray]) -> Saved:
    table = SchoolTable(
        name=np.array(header["names"], dtype=object),
        trust=np.array(header["trusts"], dtype=object),
        federation=np.array(header["federations"], dtype=object),
        authorities=tuple(header["authorities"]),
        notes=tuple(header["notes"]),
        **{name: arrays[name] for name in _TABLE_ARRAYS},
    )
    groups = {}
    for name, kind in State.groups.items():
        rows, width = header["groups"][name]
        groups[name] = kind(int(rows), int(width))
        groups[name].block[:] = arrays[f"state.{name}"]
    simulation = Simulation(
        Scenario.of(header["parameters"]),
        int(header["seed"]),
        table,
        burn_in_years=int(header["burn_in_years"]),
        outcomes=header["outcomes"],
        checkpoint=Checkpoint(State(**groups), int(header["half_term"]), tuple(arrays["rows"].copy())),
        ties=ties_of(header["ties"], arrays) if "ties" in header else None,
    )
    return Saved(simulation, header["face"], arrays["collected"])
