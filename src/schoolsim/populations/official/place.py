"""A place: the schools of one or several authorities, each figure with its source, and the fate of every other."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from schoolsim.parameters.errors import did_you_mean
from schoolsim.populations.official.recognition import words_of
from schoolsim.populations.schools import PHASES, PopulationError, SchoolTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    from numpy.typing import NDArray

#: How a note ends that a place was tampered with: it concerns whatever is taken of it.
CHANGED: Final = "was changed after the place was built."
# Figures of which a note tells how many were filled in, and in what words.
_FIGURES: Final = {
    "capacity": "places", "disadvantage": "free school meals", "attainment": "attainment", "teachers": "teachers",
}  # fmt: skip
# Authorities that a message lists; of more than these, the nearest names.
_LISTED: Final = 12
_NEAREST: Final = 5


@dataclass(frozen=True)
class FileRecord:
    """What was read of one file.

    Args:
        file: Its name.
        kind: Kind of file.
        year: School year of its figures, None if nothing tells.
        sha256: Hash of its bytes.
        rows: Rows below the header.
        establishments: Rows read, one establishment each (ties: rows read).
        columns: Names of the columns read.
    """

    file: str
    kind: str
    year: int | None
    sha256: str
    rows: int
    establishments: int
    columns: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Place:
    """The schools of one or several authorities.

    Args:
        schools: One row a school, by URN; columns as in `schema`.
        fates: One row an establishment of the authorities, by URN: `urn`, `name`, `authority`, `fate` ("kept",
            "kept, filled in", "left out"), `reason`, `detail`, and where each figure came from.
        files: What was read of each file.
        notes: Sentences on what was left out, filled in or found odd.
        seed: Seed of what was drawn.
    """

    schools: pd.DataFrame
    fates: pd.DataFrame
    files: tuple[FileRecord, ...]
    notes: tuple[str, ...]
    seed: int

    @property
    def authorities(self) -> tuple[str, ...]:
        """Names of the authorities, in order."""
        return tuple(sorted(set(self.schools["authority"])))

    def table(self, authority: str | int | Sequence[str | int] | None = None) -> SchoolTable:
        """The schools as the model takes them.

        Args:
            authority: Name or code of an authority of the place, or several; None for all.

        Raises:
            PopulationError: The place has no such authority.
        """
        return school_table(self.schools, self.notes, authority)


def school_table(
    schools: pd.DataFrame, notes: tuple[str, ...], authority: str | int | Sequence[str | int] | None = None
) -> SchoolTable:
    """Make the model's table of the schools of a place, or of some of its authorities."""
    trust = _trusts_of_several(schools)
    if authority is not None:
        names = select_authorities(
            authority, schools["authority"].to_numpy(), schools["authority_code"].to_numpy(), "the place"
        )
        total = len(schools)
        taken = schools["authority"].isin(names).to_numpy()
        schools, trust = schools[taken].reset_index(drop=True), trust[taken]
        if len(schools) < total:
            told = f"{len(schools):,} of the place's {total:,} schools taken: {', '.join(names)}."
            notes = (told, *_notes_of(schools), *_on_the_whole(notes))
    authorities = tuple(sorted(set(schools["authority"])))
    row_of = {name: row for row, name in enumerate(authorities)}
    code_of = {name: code for code, name in enumerate(PHASES)}
    columns: dict[str, Any] = {
        name: schools[name].to_numpy()
        for name in ("urn", "easting", "northing", "roll", "capacity", "disadvantage", "attainment", "teachers")
    }
    return SchoolTable(
        **columns,
        name=schools["name"].to_numpy(dtype=object),
        phase=np.array([code_of[phase] for phase in schools["phase"]]),
        authority=np.array([row_of[name] for name in schools["authority"]]),
        authorities=authorities,
        notes=notes,
        trust=trust,
        federation=schools["federation_code"].to_numpy(dtype=object),
    )


def _trusts_of_several(schools: pd.DataFrame) -> NDArray[np.object_]:
    """Code of each school's trust, blank where it runs this school alone, or where nothing tells that it runs more."""
    codes = schools["trust_code"].to_numpy(dtype=object)
    kinds = schools["trust_type"].astype(str).str.casefold()
    sharing = schools["trust_code"].map(schools["trust_code"].value_counts()).to_numpy() > 1
    several = kinds.str.startswith("multi").to_numpy() | (~kinds.str.startswith("single").to_numpy() & sharing)
    return np.where(several, codes, "").astype(object)


def _notes_of(schools: pd.DataFrame) -> list[str]:
    """How many figures of these schools were computed, filled in or left open."""
    parts = []
    for basis, words in (("computed", "computed"), ("imputed", "filled in"), ("unknown", "unknown")):
        counts = {name: int((schools[f"{figure}_basis"] == basis).sum()) for figure, name in _FIGURES.items()}
        told = [f"{name} of {count:,}" for name, count in counts.items() if count]
        if told:
            parts.append(f"{words}: {', '.join(told)}")
    return [f"Of these schools' figures are {'; '.join(parts)}."] if parts else []


def _on_the_whole(notes: tuple[str, ...]) -> list[str]:
    """What stands for the notes on a whole place, where only a part of it is taken."""
    kept = [note for note in notes if note.endswith(CHANGED)]
    rest = len(notes) - len(kept)
    if rest:
        more = "1 note more is" if rest == 1 else f"{rest:,} notes more are"
        kept.append(f"{more} on the whole place: see `schoolsim schools PLACE`, or its place.json.")
    return kept


def select_authorities(
    wanted: str | int | Sequence[str | int], names: Iterable[Any], codes: Iterable[Any], where: str
) -> list[str]:
    """Names of the authorities asked for by name (whatever its case) or by code.

    Args:
        wanted: Name or code, or several; of a name such as "County Durham" a part is enough that no other one has.
        names: Authority of each establishment.
        codes: Its code.
        where: What a message calls the establishments.

    Raises:
        PopulationError: There is no such authority; the message lists those there are, of many the nearest names.
    """
    pairs = {(str(code), str(name)) for code, name in zip(codes, names, strict=True) if name}
    by_name = {name.casefold(): name for _, name in sorted(pairs)}
    by_code = {code: name for code, name in sorted(pairs) if code}
    selected = []
    for item in [wanted] if isinstance(wanted, str | int) else list(wanted):
        text = str(item).strip()
        name = by_name.get(text.casefold()) or by_code.get(text) or _longer_name(text, by_name.values())
        if not name:
            known = sorted(by_name.values())
            raise PopulationError(f'{where}: no authority "{text}".{_there_are(text, known)}')
        selected.append(name)
    return list(dict.fromkeys(selected))


def _there_are(text: str, known: list[str]) -> str:
    """The authorities there are, or of many the nearest names."""
    if len(known) <= _LISTED:
        return f"{did_you_mean(text, known)} There are: {', '.join(known)}."
    by_case = {name.casefold(): name for name in known}
    near = [by_case[name] for name in get_close_matches(text.casefold(), by_case, _NEAREST)]
    nearest = f" Nearest: {', '.join(near)}." if near else ""
    return f"{nearest} There are {len(known):,}: `schoolsim schools FILE|PLACE --json` lists them."


def _longer_name(text: str, names: Iterable[str]) -> str | None:
    """The one name that has all words of a text, or None where there is no such name or there are several."""
    words = words_of(text)
    having = [name for name in names if words and words <= words_of(name)]
    return having[0] if len(having) == 1 else None
