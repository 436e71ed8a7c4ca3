"""`schoolsim schools`: what a file or a place holds, and places built of several files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from schoolsim.cli import options
from schoolsim.cli.output import counted, say, say_json, say_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schoolsim.populations import Place, SchoolTable

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


def schools(
    source: Source, authority: options.Authority = None, school: School = None, json: options.Json = False
) -> None:
    """Say what a file or a place of schools holds, what is left out or filled in, and why."""
    place, table = _read(source, authority)
    fates = _fates(place, school or [])
    if json:
        summary = {"file": source, "authorities": table.authorities, "summary": table.summary(), "notes": table.notes}
        say_json({**summary, "fates": _counts(place), **({"schools": fates} if school else {})})
        return
    if school:
        _say_fates(fates, school)
        return
    _say_table(table)
    _say_counts(place)
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


def _read(source: Path, authority: Sequence[str] | None) -> tuple[Place, SchoolTable]:
    from schoolsim.populations import build_place, read_place

    if source.is_dir():
        place = read_place(source)
        return place, place.table(authority or None)
    place = build_place([source], authority=authority or None)
    return place, place.table()


def _counts(place: Place) -> dict[str, int]:
    """Establishments by what became of them."""
    return {str(fate): int(count) for fate, count in place.fates["fate"].value_counts().sort_index().items()}


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


def _say_counts(place: Place) -> None:
    say("Establishments: " + ", ".join(f"{count:,} {fate}" for fate, count in _counts(place).items()) + ".")


def _shown(name: str, value: float) -> str:
    shares = ("capacity use", "disadvantage", "attainment known")
    return f"{100 * value:.0f}%" if name in shares else f"{value:,.0f}"
