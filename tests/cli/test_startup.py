"""A command loads the packages it works with, and no others: that is what makes it quick to start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from schoolsim.cli import app
from tests.architecture.test_light_import import HEAVY

WATCHED = HEAVY | {"ema_workbench", "llvmlite", "numba", "optuna", "sklearn"}
TABLES = {"pandas", "pyarrow"}
STATISTICS = TABLES | {"scipy"}
MODEL = {"llvmlite", "numba", "scipy"}

COMMANDS = sorted(command.__name__.rstrip("_") for commands in app.COMMANDS.values() for command in commands)

FIRST = ("answer", "figures", "run")
"""Commands whose help is asked for each time; that of the others when slow tests run."""

NOTHING: dict[str, str] = {
    "the version": "--version",
    "the help": "--help",
    **{f"the help of {name}": f"{name} --help" for name in FIRST},
    "list": "list",
    **{
        f"list {kind}": f"list {kind}"
        for kind in ("levers", "uncertainties", "mechanisms", "outcomes", "figures", "programmes", "studies")
    },
    "show a parameter": "show badging.scope",
    "show a mechanism": "show M19",
    "show an outcome": "show progress.partner",
    "show a kind of figure": "show contrast",
    "show a programme": "show beacon",
    "show a study": "show badging_funding",
    "a name misspelt": "show progress.parnter",
    "cite the software": "cite",
    "cite a study": "cite badging_funding",
    "cite a study for BibTeX": "cite badging_funding --bibtex",
    "a study to start from": "new Do badges help?",
}
"""What loads none of the packages watched."""

LISTS = ("list", "list levers", "list levers brokers", "list outcomes", "list programmes", "list figures")
"""What is typed most: these do without Rich too, which costs as much as all the rest of them."""

MOST_MODULES = 500
"""Modules that are loaded when a list has been printed; some 370 now, a third of them of Typer and Pydantic."""

WORK: dict[str, tuple[str, set[str]]] = {
    "a grid explained": ("explain tiny", set()),
    "a sample explained": ("explain sampled", set()),
    "a run": ("run tiny -p badging.scope=none", MODEL),
    "a sweep": ("sweep tiny --executor serial --quiet", MODEL | STATISTICS),
    "a status": ("status RESULTS", TABLES),
    "figures": ("figures RESULTS", STATISTICS | {"matplotlib"}),
    "an answer": ("answer RESULTS", STATISTICS),
    "robustness": ("robust RESULTS --outcome trust.mean", STATISTICS),
    "a report": ("report RESULTS", STATISTICS | {"matplotlib"}),
    "a list of points explained": ("explain listed", STATISTICS),
    "what to cite of results": ("cite RESULTS --bibtex", TABLES),
    "an export": ("export RESULTS", TABLES),
}
"""What loads some, and which it may."""

SAMPLED = """\
title = "A sample"
years = 1
replications = 1
[levers]
"badging.scope" = ["individual", "none"]
[uncertainties]
"market.choice_weight" = { low = 0.1, high = 1.0 }
[constants]
"setting.schools" = 12
[design]
kind = "lhs"
points = 4
"""


LISTED = """\
title = "Points from a file"
years = 1
replications = 1
[constants]
"setting.schools" = 12
[design]
kind = "file"
file = "points.csv"
"""

PROGRAM = """
import contextlib, io, json, sys
from schoolsim.cli import main
found = {{}}
for name, command in {commands!r}.items():
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            main(command.split())
    except SystemExit as end:
        assert end.code in (0, 2), (name, end.code)
    found[name] = sorted({{module.partition(".")[0] for module in sys.modules}} & set({watched!r}))
print(json.dumps(found))
"""


def loaded(commands: dict[str, str], package: Path) -> dict[str, set[str]]:
    """The watched packages that are loaded after each command, one after another in a fresh interpreter."""
    program = PROGRAM.format(commands=commands, watched=sorted(WATCHED))
    environment = {**os.environ, "PYTHONPATH": str(package.parent)}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    return {name: set(packages) for name, packages in json.loads(done.stdout.splitlines()[-1]).items()}


def test_looking_up_loads_nothing_heavy(package: Path) -> None:
    assert {name: packages for name, packages in loaded(NOTHING, package).items() if packages} == {}


@pytest.mark.slow
def test_no_help_loads_anything_heavy(package: Path) -> None:
    helps = {name: f"{name} --help" for name in COMMANDS}
    assert {name: packages for name, packages in loaded(helps, package).items() if packages} == {}


def test_lists_do_without_rich_and_options_of_figures(package: Path) -> None:
    """One after another in one process: what none of them loads is not there at the end."""
    watched = {"rich", "schoolsim.figures.options", "tomlkit", "jinja2", "numpy"}
    program = (
        "import sys\n"
        "from schoolsim.cli import main\n"
        f"for command in {LISTS!r}:\n"
        "    try:\n"
        "        main(command.split())\n"
        "    except SystemExit as end:\n"
        "        assert end.code == 0\n"
        f"print(sorted(set(sys.modules) & {watched!r}), len(sys.modules))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(package.parent)}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    found, _, number = done.stdout.splitlines()[-1].rpartition(" ")
    assert found == "[]"
    assert int(number) < MOST_MODULES


@pytest.mark.slow
@pytest.mark.parametrize("name", WORK)
def test_work_loads_what_it_works_with(name: str, package: Path, elsewhere: Path, swept: Path) -> None:
    (elsewhere / "sampled.toml").write_text(SAMPLED, encoding="utf-8")
    (elsewhere / "points.csv").write_text("market.choice_weight\n0.5\n", encoding="utf-8")
    (elsewhere / "listed.toml").write_text(LISTED, encoding="utf-8")
    command, allowed = WORK[name]
    (packages,) = loaded({name: command.replace("RESULTS", str(swept))}, package).values()
    assert packages <= allowed


@pytest.mark.slow
def test_a_heavy_package_is_seen(package: Path) -> None:
    assert "pyarrow" in loaded({"a status": "status nowhere"}, package)["a status"]
