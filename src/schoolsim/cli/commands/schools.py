"""`schoolsim schools`: what a file or a place holds, and places built of several files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from schoolsim.cli import options
from schoolsim.cli.configs import assignment
from schoolsim.cli.output import counted, say, say_json, say_table
from schoolsim.parameters.errors import UserError
from schoolsim.parameters.values import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schoolsim.populations import Place, SchoolTable, Setting

Source = Annotated[
    Path,
    typer.Argument(
        metavar="FILE|PLACE",
        callback=options.school_file,
        help="A register of schools as CSV, or the folder of a place.",
    ),
]
Sources = Annotated[
    list[Path], typer.Argument(metavar="FILE|DIR...", help="Official files, or folders of them; CSV as downloaded.")
]
School = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Say what became of establishments of this name or URN; may be repeated."),
]
Out = Annotated[
    Path, typer.Option(metavar="PLACE", callback=options.expanded, help="Folder in which the place is written.")
]
Seed = Annotated[int, typer.Option(help="Seed of what is drawn where no file has it.")]
Force = Annotated[bool, typer.Option("--force", help="Replace a place that stands there.")]

_SHOWN = 20


class Size(StrEnum):
    """How much of a made-up country is drawn."""

    authority = "authority"
    region = "region"
    england = "england"


_AUTHORITIES: Final = {Size.authority: 1, Size.region: 11, Size.england: 151}

SizeOption = Annotated[Size, typer.Argument(metavar="SIZE", help="authority, region (11 of them) or england (151).")]
Number = Annotated[
    int | None, typer.Option("--schools", metavar="N", help="Schools in all; about 95, 1,500 or 21,000 if left out.")
]
DrawSeed = Annotated[int, typer.Option("--seed", help="Seed of the place.")]
Set = Annotated[
    list[str] | None,
    typer.Option("-p", "--set", metavar="NAME=VALUE", help="A setting, as -p setting.density=0.4; may be repeated."),
]


def schools(
    source: Source, authority: options.Authority = None, school: School = None, json: options.Json = False
) -> None:
    """Say what a file or a place of schools holds, what is left out or filled in, and why."""
    place, table = _read(source, authority)
    fates = _fates(place, school or [])
    if json:
        summary = {"file": source, "authorities": table.authorities, "summary": table.summary(), "notes": table.notes}
        say_json({**summary, "fates": _counts(place, table.authorities), **({"schools": fates} if school else {})})
        return
    if school:
        _say_fates(fates, school)
        return
    _say_table(table)
    _say_counts(place, table.authorities)
    say("What was left out or filled in:")
    for note in table.notes:
        say(f"- {note}")


def build(
    sources: Sources,
    out: Out,
    authority: options.Authority = None,
    seed: Seed = 0,
    force: Force = False,
    json: options.Json = False,
) -> None:
    """Build a place of official files: schools.parquet, and fates.csv with what became of every establishment.

    Each file is recognised by its columns: the register of Get Information About Schools, its links and groups, the
    performance tables with census and workforce, and school-level files of Explore Education Statistics. They are
    joined on the URN; a study takes the place as the source of its population, a run as --schools PLACE.
    """
    from schoolsim.populations import build_place, write_place

    place = build_place(
        [path for path in map(options.expanded, sources) if path is not None], authority=authority or None, seed=seed
    )
    folder = write_place(place, out, replace=force)
    if json:
        files = [{"file": record.file, "kind": record.kind, "year": record.year} for record in place.files]
        summary = place.table().summary()
        say_json({
            "place": folder, "files": files, "authorities": place.authorities, "summary": summary,
            "fates": _counts(place), "notes": place.notes,
        })  # fmt: skip
        return
    rows = [(record.file, record.kind, record.year or "–", f"{record.establishments:,}") for record in place.files]
    say_table(["file", "read as", "year", "rows"], rows, right=["year", "rows"])
    _say_table(place.table())
    _say_counts(place)
    for note in place.notes:
        say(f"- {note}")
    say(f"Written to {folder}: schools.parquet, fates.csv (every establishment by name), place.json.", bold=True)


def draw(
    size: SizeOption,
    out: Out,
    number: Number = None,
    values: Set = None,
    seed: DrawSeed = 0,
    force: Force = False,
    json: options.Json = False,
) -> None:
    """Draw a made-up authority, region or England as a place, to the published figures of England's schools.

    What is written is what schools build writes of official files, and serves wherever a place does: as the source of a
    study's population, as --schools PLACE. Made-up schools of a study without a place differ between replications;
    those of a place are the same in all. Settings are those of parameters.md under "Setting": of one authority as they
    are; several differ as England's do, and a setting of twice its default doubles it in each, as far as bounds go.
    """
    from schoolsim.populations import draw_place, write_place

    place = draw_place(seed, authorities=_AUTHORITIES[size], schools=number, like=_setting(values or ()))
    folder = write_place(place, out, replace=force)
    if json:
        say_json({"place": folder, "authorities": place.authorities, "summary": place.table().summary(),
                  "fates": _counts(place), "notes": place.notes})  # fmt: skip
        return
    _say_table(place.table())
    for note in place.notes:
        say(f"- {note}")
    say(f"Written to {folder}: schools.parquet, fates.csv, place.json.", bold=True)


def _setting(values: Sequence[str]) -> Setting:
    """The settings typed, in place of England's.

    Raises:
        UserError: One is no setting of made-up schools, or may not have that value.
    """
    from schoolsim.populations import Setting

    given: dict[str, Any] = {}
    for text in values:
        spec, value = assignment(text)
        room, _, name = spec.name.partition(".")
        if room != "setting" or name == "schools":
            hint = (
                "how many schools there are is said with --schools"
                if name == "schools"
                else "only settings (setting.*) are given here"
            )
            raise UserError(f"-p {printable(text)}: {hint}.")
        given[name] = value
    return Setting(**given)


def _read(source: Path, authority: Sequence[str] | None) -> tuple[Place, SchoolTable]:
    from schoolsim.populations import build_place, read_place

    if source.is_dir():
        place = read_place(source)
        return place, place.table(authority or None)
    place = build_place([source], authority=authority or None)
    return place, place.table()


def _counts(place: Place, authorities: Sequence[str] = ()) -> dict[str, int]:
    """Establishments by what became of them, of these authorities or of all."""
    of_these = place.fates[place.fates["authority"].isin(authorities)] if authorities else place.fates
    return {str(fate): int(count) for fate, count in of_these["fate"].value_counts().sort_index().items()}


def _fates(place: Place, wanted: Sequence[str]) -> list[dict[str, object]]:
    """The account of the establishments whose URN is, or whose name contains, one of the words asked for."""
    names, urns = place.fates["name"].str.casefold(), place.fates["urn"].astype(str)
    rows = [(urns == word.strip()) | names.str.contains(word.strip().casefold(), regex=False) for word in wanted]
    if not rows:
        return []
    chosen = rows[0]
    for more in rows[1:]:
        chosen = chosen | more
    records: list[dict[str, object]] = place.fates[chosen].to_dict("records")
    return records


def _say_fates(fates: list[dict[str, object]], wanted: Sequence[str]) -> None:
    if not fates:
        say(f"No establishment is called {' or '.join(wanted)}.")
    for record in fates[:_SHOWN]:
        say(f"{record['urn']} {record['name']} ({record['authority']}): {record['fate']}", bold=True)
        for key in ("reason", "detail"):
            if record[key]:
                say(f"  {record[key]}")
        for key, value in record.items():
            if key.endswith("_from") and value:
                say(f"  {key.removesuffix('_from')}: {value}")
    if len(fates) > _SHOWN:
        say(f"... and {len(fates) - _SHOWN:,} more.")


def _say_table(table: SchoolTable) -> None:
    authorities = ", ".join(table.authorities[:10]) + (" …" if len(table.authorities) > 10 else "")
    number = counted(len(table.authorities), "authority", "authorities")
    say(f"{counted(len(table), 'school')} of {number}: {authorities}", bold=True)
    summary = table.summary()
    columns = list(summary["all"])
    rows = [(phase, *(_shown(name, figures[name]) for name in columns)) for phase, figures in summary.items()]
    say_table(["phase", *columns], rows, right=columns)


def _say_counts(place: Place, authorities: Sequence[str] = ()) -> None:
    counts = _counts(place, authorities)
    say("Establishments: " + ", ".join(f"{count:,} {fate}" for fate, count in counts.items()) + ".")


def _shown(name: str, value: float) -> str:
    shares = ("capacity use", "disadvantage", "attainment known")
    return f"{100 * value:.0f}%" if name in shares else f"{value:,.0f}"
