"""Joins the files of a place: every establishment with its texts, its figures and what decides about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from schoolsim.populations.array_types import Int64Array, ObjectArray
from schoolsim.populations.official import columns, file_kinds, results
from schoolsim.populations.official.eligibility import Candidates
from schoolsim.populations.official.establishment_types import Evidence, classify, is_open
from schoolsim.populations.official.establishments import Establishments, Figure
from schoolsim.populations.official.memberships import Memberships, read_memberships
from schoolsim.populations.official.recognition import words_of
from schoolsim.populations.official.results import Attainment
from schoolsim.populations.official.succession import Rule, Succession, inherit, read_succession
from schoolsim.populations.schools import PRIMARY, SECONDARY

_PLAIN_FIGURES: Final = {
    "roll": "Roll", "places": "Places", "use": "Use of capacity", "heads": "Teachers",
    "fte": "Full-time equivalent teachers", "fte_other": "Full-time equivalent teachers",
    "ratio": "Pupil:teacher ratio",
}  # fmt: skip
_RULES: Final = {
    "roll": Rule("sum"), "places": Rule("sum"), "heads": Rule("sum"), "fte": Rule("sum"), "fte_other": Rule("sum"),
    "use": Rule(""), "ratio": Rule(""), "easting": Rule(""), "northing": Rule(""),
    "fsm_percent": Rule("mean"), "attainment8": Rule("mean"), "progress8": Rule("mean"), "key_stage_2": Rule("mean"),
}  # fmt: skip


@dataclass(frozen=True)
class Joined:
    """All establishments of the files.

    Args:
        urn: URN, ascending.
        name: Name.
        authority: Name of its authority.
        authority_code: Code of its authority, blank if no file has it.
        texts: Other texts, by field.
        status: Status as the files give it, blank if none does.
        closed_on: Closing date as the files give it.
        candidates: What decides whether it is a school of the model.
        figures: Figures, by field.
        attainment: Published results on one scale.
        memberships: Trusts and federations.
        succession: Who followed whom.
        givers: Row of each successor that took figures -> the URNs it took them from.
    """

    urn: Int64Array
    name: ObjectArray
    authority: ObjectArray
    authority_code: ObjectArray
    texts: dict[str, ObjectArray]
    status: ObjectArray
    closed_on: ObjectArray
    candidates: Candidates
    figures: dict[str, Figure]
    attainment: Attainment
    memberships: Memberships
    succession: Succession
    givers: dict[int, tuple[int, ...]]


def join(establishments: Establishments) -> Joined:
    """Join the files' texts and figures, pass figures on to successors, and classify every establishment."""
    figures = {
        field: establishments.figure(establishments.columns(field), title) for field, title in _PLAIN_FIGURES.items()
    }
    figures["fsm_percent"] = establishments.figure(columns.free_meals(establishments), "Free school meals")
    east, north = columns.grid(establishments)
    figures["easting"] = establishments.figure(east, "Easting")
    figures["northing"] = establishments.figure(north, "Northing")
    figures |= results.read_results(establishments)
    code = _codes(establishments.text("authority_code"))
    authority = _named_authorities(establishments.text("authority"), code)
    status, closed_on = _status(establishments), establishments.text("closed_on")
    shown = np.array([is_open(*pair) for pair in zip(status, closed_on, strict=True)], dtype=bool)
    texts = {
        name: establishments.text(name)
        for name in ("region", "urban_rural", "type_name", "type_code", "census_type", "phase", "opened_on")
    }
    kind = _kinds(establishments, texts)
    succession = read_succession(establishments.files)
    givers = inherit(figures, _RULES, establishments.urn, ~shown, succession)
    candidates = Candidates(shown, kind, figures["roll"].value, figures["easting"].value, figures["northing"].value)
    return Joined(
        urn=establishments.urn, name=_names(establishments), authority=authority, authority_code=code, texts=texts,
        status=status, closed_on=closed_on, candidates=candidates, figures=figures,
        # Over all establishments, so that one authority may do better or worse than others.
        attainment=results.standardise(figures, candidates.phase, shown),
        memberships=read_memberships(establishments), succession=succession, givers=givers,
    )  # fmt: skip


def _status(establishments: Establishments) -> ObjectArray:
    """Status of each establishment.

    The performance tables only flag those that had closed when the tables were published; a school that the census
    of the same year counted was open.
    """
    status = establishments.text("status")
    flagged = establishments.text("closed_flag") == "1"
    status[(status == "") & flagged & (establishments.text("census_type") == "")] = "Closed"
    return status


def _kinds(establishments: Establishments, texts: dict[str, ObjectArray]) -> ObjectArray:
    listed = np.full(len(establishments), -1)
    for file in establishments.files:
        for kind, phase in ((file_kinds.KEY_STAGE_2, PRIMARY), (file_kinds.KEY_STAGE_4, SECONDARY)):
            if file.kind is kind:
                rows = establishments.rows(file)
                listed[rows] = np.maximum(listed[rows], phase)
    evidence = list(zip(
        texts["census_type"], texts["type_name"], texts["type_code"], establishments.text("group"),
        texts["phase"], listed.tolist(), strict=True,
    ))  # fmt: skip
    # Tens of thousands of establishments are of a few hundred combinations.
    known = {words: _classify(*words) for words in set(evidence)}
    return np.array([known[words] for words in evidence], dtype=object)


def _classify(census_type: str, type_name: str, type_code: str, group: str, phase: str, listed: int) -> int | str:
    return classify(Evidence(census_type, type_name, type_code, group, phase, listed if listed >= 0 else None))


def _names(establishments: Establishments) -> ObjectArray:
    names = establishments.text("name")
    for row in np.flatnonzero(names == ""):
        names[row] = f"School {establishments.urn[row]}"
    return names


def _codes(texts: Iterable[str]) -> ObjectArray:
    """Authorities' codes as whole numbers; other cells are blank."""
    plain = [text.removesuffix(".0") for text in texts]
    return np.array([text.lstrip("0") if text.isdecimal() else "" for text in plain], dtype=object)


def _named_authorities(names: ObjectArray, codes: ObjectArray) -> ObjectArray:
    """Names of authorities: where a file has the code only, or spells it otherwise, the name most often beside it."""
    pairs = Counter((code, name) for code, name in zip(codes, names, strict=True) if code and name)
    name_of: dict[str, str] = {}
    for (code, name), _ in sorted(pairs.items(), key=lambda item: (-item[1], item[0])):
        name_of.setdefault(code, name)
    spelt = {(code, name): name_of[code] if _same_words(name, name_of[code]) else name for code, name in pairs}
    filled = [
        spelt.get((code, name), name) or name_of.get(code) or (f"Authority {code}" if code else "Authority unknown")
        for name, code in zip(names, codes, strict=True)
    ]
    return np.array(filled, dtype=object)


def _same_words(one: str, other: str) -> bool:
    """Whether all words of one name are in the other, as of "Durham" and "County Durham"."""
    words, others = words_of(one), words_of(other)
    return words <= others or others <= words
