"""`schoolsim map`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from schoolsim import __version__
from schoolsim.cli import options
from schoolsim.cli.configs import Changes, load, require_one_point, school_notes
from schoolsim.cli.output import counted, say, say_json, tell
from schoolsim.cli.progress import say_if_compiling
from schoolsim.parameters.errors import UserError

if TYPE_CHECKING:
    from schoolsim.mapping import NetworkMap
    from schoolsim.system.simulation import Simulation

TIE_LISTS = (".csv", ".graphml")
"""Endings of files of ties."""


class Of(StrEnum):
    """Whose ties."""

    schools = "schools"
    teachers = "teachers"


class Layout(StrEnum):
    """Where nodes stand in the figure."""

    geographic = "geographic"
    force = "force"


Source = Annotated[
    str,
    typer.Argument(
        metavar="CONFIG|DIR|TIES",
        callback=options.possible_path,
        help="A config, run once; a results folder, one run of which is made again; or ties as .csv or .graphml.",
    ),
]
OfOption = Annotated[Of | None, typer.Option("--of", help="Ties between schools, or between teachers of schools.")]
At = Annotated[
    list[int] | None, typer.Option(metavar="YEAR", help="Years of policy run before the map; may be repeated.")
]
RunId = Annotated[
    str | None, typer.Option("--run", metavar="ID", help="Of a results folder, the run; the first if left out.")
]
Kind = Annotated[
    str | None, typer.Option(help="Only ties of this kind: of a system partnership or acquaintance, of a list its own.")
]
Least = Annotated[float, typer.Option(help="Strength below which a tie does not count.")]
Groups = Annotated[str, typer.Option(help="Groups: communities found in the ties, or authority, phase, school_name.")]
Most = Annotated[int, typer.Option(help="Introductions listed.")]
LayoutOption = Annotated[
    Layout | None, typer.Option("--layout", help="Of the figure; what suits the network if left out.")
]
Out = Annotated[
    Path | None,
    typer.Option(metavar="DIR", callback=options.expanded, help="Folder for tables, figure, GraphML and GeoJSON."),
]


@dataclass
class _Asked:
    """What is mapped: a run and the years after which, or ties.

    Args:
        title: What it is.
        name: In the provenance of the figure.
        given: A simulation that was not run yet, or ties.
        years: Years of policy after which it is mapped; none of ties.
        more: Further arguments of `map_network`.
        notes: Sentences on the source.
    """

    title: str
    name: str
    given: Any
    years: Sequence[int] = ()
    more: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def map_(
    source: Source,
    of: OfOption = None,
    at: At = None,
    run: RunId = None,
    values: options.Set = None,
    seed: options.Seed = None,
    schools: options.Schools = None,
    authority: options.Authority = None,
    kind: Kind = None,
    least: Least = 0.0,
    groups: Groups = "communities",
    most: Most = 20,
    layout: LayoutOption = None,
    out: Out = None,
    json: options.Json = False,
) -> None:
    """Map who is tied to whom: hubs, brokers, structural holes, the isolated, and who could introduce whom.

    A config is run once, as schoolsim run does, and mapped at the end, or after the years of --at. With --out, tables
    (CSV, JSON), the graph (GraphML), a map for geographic programs (GeoJSON) and a figure are written, and for a run a
    figure of trust by distance and rivalry with the ties it shows (CSV).
    """
    changes = Changes(values, seed=seed, schools=schools, authority=authority)
    asked = _asked(source, changes, at, run)
    for note in asked.notes:
        tell(note)
    wanted = {"of": of and of.value, "kind": kind, "least": least, "groups": groups, "most": most, **asked.more}
    maps = _maps(asked, wanted)
    figure_layout = layout and layout.value
    files = [] if out is None else _write(out, asked, maps, figure_layout)
    if json:
        say_json({"maps": [found.to_dict() for found in maps], "files": files})
        return
    for found in maps:
        say(found.title, bold=True)
        for line in found.lines():
            say(line)
            say()
    if out is not None:
        say(f"{counted(len(files), 'file')} in {out}: tables, graph (.graphml, .geojson) and figures (.png, .svg).")


def _asked(source: str, changes: Changes, at: list[int] | None, run: str | None) -> _Asked:
    path = Path(source)
    if path.suffix.lower() in TIE_LISTS:
        _refuse(f"{source} is a list of ties, which", at=at, run=run, values=changes.values, seed=changes.seed)
        return _ties(path, changes)
    if any(year < 0 for year in at or ()):
        raise UserError("--at: years of policy are counted from 0.")
    if path.is_dir():
        _refuse(f"{source} holds runs that are made, which", values=changes.values, seed=changes.seed,
                schools=changes.schools, authority=changes.authority)  # fmt: skip
        return _stored(path, at, run)
    _refuse(f"{source} is a config, which", run=run)
    return _config(source, changes, at)


def _refuse(what: str, **given: object) -> None:
    names = {"values": "-p"}
    for name, value in given.items():
        if value is not None and value != []:
            raise UserError(f"{what} takes no {names.get(name, f'--{name}')}.")


def _ties(path: Path, changes: Changes) -> _Asked:
    from schoolsim.populations import read_schools
    from schoolsim.populations.ties import read_ties

    if changes.schools is None:
        raise UserError(f"{path}: ties are matched with schools: give their register or place with --schools FILE.")
    table = read_schools(changes.schools, list(changes.authority) if changes.authority else None)
    return _Asked(f"Ties of {path.name}", path.name, read_ties(path, table), more={"schools": table})


def _config(source: str, changes: Changes, at: list[int] | None) -> _Asked:
    from schoolsim.studies.school_model import school_model

    request = load(source, changes)
    require_one_point(request.config, source)
    reference = school_model(request.config)
    say_if_compiling(reference)
    model: Any = reference.load()  # the class of the model is of the system, which studies do not know
    simulation = model.simulation(request.config.scenario().changed(), request.config.seed)
    notes = [f"Schools: {note}" for note in school_notes(request.config)]
    title = f"{request.config.title}, seed {request.config.seed}"
    return _Asked(title, request.name, simulation, sorted(set(at or [model.years])), notes=notes)


def _stored(folder: Path, at: list[int] | None, run: str | None) -> _Asked:
    from schoolsim.studies import StudyResult

    result = StudyResult.open(folder)
    if result.runs.empty:
        raise UserError(f"{folder} holds no run yet.")
    chosen = str(result.runs["run"].iloc[0]) if run is None else run
    reference = result.model_of(chosen)
    model: Any = reference[0]
    row, parameters = reference[1:]
    if not hasattr(model, "simulation"):
        raise UserError(f"{folder} is a study of another model than schools, which has no network to map.")
    simulation = model.simulation(parameters, int(row["seed"]))
    title = f"{result.config.title}, point {row['point']}, replication {row['replication']}"
    return _Asked(title, f"{result.folder.name} run {row['run']}", simulation, sorted(set(at or [model.years])))


def _maps(asked: _Asked, wanted: dict[str, Any]) -> list[NetworkMap]:
    from schoolsim.mapping import map_network

    if not asked.years:
        return [map_network(asked.given, title=asked.title, **wanted)]
    from schoolsim.system.compiling import compile_once

    compile_once()
    simulation: Simulation = asked.given
    maps, before = [], 0
    for year in asked.years:
        simulation.run(year - before)
        before = year
        when = f"after {counted(year, 'year')}" if year else "as the policy begins"
        maps.append(map_network(simulation, title=f"{asked.title}, {when}", **wanted))
    return maps


def _write(out: Path, asked: _Asked, maps: Sequence[NetworkMap], layout: str | None) -> list[Path]:
    from schoolsim.figures import map_caption, map_figure, save_figure
    from schoolsim.studies.store.files import write_text

    files: list[Path] = []
    for found, year in zip(maps, asked.years or [0], strict=True):
        files += found.write(out / f"year-{year}" if len(maps) > 1 else out)
    titles = [f"After {counted(year, 'year')}" if year else "As the policy begins" for year in asked.years]
    figure = map_figure(maps, titles=titles if len(maps) > 1 else (), layout=layout)
    provenance: dict[str, object] = {
        "title": maps[-1].title, "study": asked.name, "config_sha256": None, "version": __version__, "commit": None,
    }  # fmt: skip
    caption = map_caption(maps, layout)
    files += [save_figure(figure, out / f"map{ending}", provenance, caption=caption) for ending in (".png", ".svg")]
    write_text(out / "map.txt", f"{caption}\n")
    files.append(out / "map.txt")
    if asked.years and maps[-1].of == "schools":
        files += _write_trust(out, asked.given, maps[-1].title, provenance)
    return files


def _write_trust(out: Path, simulation: Simulation, title: str, provenance: dict[str, object]) -> list[Path]:
    """Trust by distance and rivalry, as a figure and the ties it is drawn from; nothing where no two are tied."""
    from schoolsim.figures.save import save_figure
    from schoolsim.figures.trust import trust_caption, trust_figure
    from schoolsim.mapping.ties import school_ties
    from schoolsim.studies.store.csv_text import write_csv
    from schoolsim.studies.store.files import write_text

    ties = school_ties(simulation)
    if ties.empty:
        return []
    figure, caption = trust_figure(ties), trust_caption(ties, title)
    files = [save_figure(figure, out / f"trust{ending}", provenance, caption=caption) for ending in (".png", ".svg")]
    write_text(out / "trust.txt", f"{caption}\n")
    write_csv(out / "ties.csv", ties)
    return [*files, out / "trust.txt", out / "ties.csv"]
