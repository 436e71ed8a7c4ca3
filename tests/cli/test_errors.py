"""Every mistake of a user: one message that says where and what is allowed, exit code 2, nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from schoolsim.cli import errors
from schoolsim.cli.app import COMMANDS, SUBCOMMANDS
from schoolsim.cli.errors import MISTAKE
from tests.cli.conftest import TINY, Type

BEACON = "programmes/beacon"

TYPED = {
    "a command misspelt": (["swep"], ["No such command 'swep'", "Did you mean 'sweep'", "schoolsim --help"]),
    "an option misspelt": (["sweep", "x", "--workrs", "2"], ["--workrs", "--workers", "schoolsim sweep --help"]),
    "an option of the program misspelt": (["--debg", "list"], ["--debg", "--debug"]),
    "no config": (["sweep"], ["Missing argument 'CONFIG'", "schoolsim sweep --help"]),
    "a config misspelt": (["run", "becon"], ['no config file "becon"', f'Did you mean "{BEACON}"?']),
    "an executor misspelt": (["sweep", "x", "--executor", "seriel"], ["'seriel' is not one of", "'serial'"]),
    "no number": (["run", BEACON, "--years", "ten"], ["'--years'"]),
    "years out of range": (["run", BEACON, "--years", "0"], ['"years" cannot be 0', "from 1 to 200"]),
    "seed out of range": (["run", BEACON, "--seed", "-1"], ['"seed" cannot be -1']),
    "replications out of range": (["sweep", BEACON, "--replications", "0"], ['"replications" cannot be 0']),
    "a parameter misspelt": (
        ["run", BEACON, "-p", "badging.scop=none"],
        ['"badging.scop" is not a parameter', 'Did you mean "badging.scope"?'],
    ),
    "a value out of bounds": (
        ["run", BEACON, "-p", "market.choice_weight=7"],
        ["-p market.choice_weight=7:", "from 0.0 to 2.0"],
    ),
    "a word for a number": (["run", BEACON, "-p", "funding.years=some"], ['cannot be "some"', "a whole number"]),
    "half a whole number": (["run", BEACON, "-p", "funding.years=1.5"], ['cannot be "1.5"', "a whole number"]),
    "a level misspelt": (
        ["run", BEACON, "-p", "badging.scope=colective"],
        ['"none", "individual", "collective"', 'Did you mean "collective"?'],
    ),
    "no value": (["run", BEACON, "-p", "badging.scope"], ["NAME=VALUE"]),
    "a study run as one": (
        ["run", "badging_funding"],
        [
            "badging.scope (none, individual, collective)",
            "one value of each, as -p ",
            "schoolsim sweep badging_funding",
        ],
    ),
    "a study explored": (["explore", "badging_funding", "--no-open"], ["a study of many points", "-p "]),
    "changes of nothing": (["explore", "--seed", "3"], ["change a config: name one to begin with"]),
    "no port": (["explore", "--port", "70000"], ["'--port'", "65535"]),
    "an authority without a file": (["run", BEACON, "--authority", "Sheffield"], ["--schools FILE"]),
    "no file of schools": (["run", BEACON, "--schools", "nowhere.csv"], ["--schools", "nowhere.csv"]),
    "a scheduler for processes": (
        ["sweep", BEACON, "--scheduler", "tcp://x:1", "--executor", "processes"],
        ["--scheduler is Dask's"],
    ),
    "no workers": (
        ["sweep", BEACON, "--workers", "0", "--out", "r"],
        ["'--workers'", "0 is not a whole number from 1 to 1000"],
    ),
    "no study in a folder": (["status", "."], ["there is no study in"]),
    "nothing to resume": (["resume", "nowhere"], ["there is no study in nowhere"]),
    "nothing to reproduce": (["reproduce", "nowhere"], ["there is no complete study in nowhere"]),
    "nothing to draw": (["figures", "badging_funding"], ["there is no study in"]),
    "nothing to answer": (["answer", "nowhere"], ["there is no study in nowhere"]),
    "a list misspelt": (["list", "leverz"], ['Did you mean "levers"?']),
    "a topic for a list": (["list", "brokers"], ['there is no list of "brokers"', "schoolsim list levers brokers"]),
    "a word that is not there": (["list", "levers", "brokr"], ['speaks of "brokr"', 'Did you mean "broker"?']),
    "a name misspelt": (["show", "progress.neediets"], ['Did you mean "progress.neediest"?']),
    "a mechanism misspelt": (["show", "mechanism.badgin"], ['Did you mean "mechanism.badging"?']),
    "cite what is not there": (["cite", "nowhere"], ['no config file "nowhere"']),
}


@pytest.mark.parametrize("name", TYPED)
def test_a_mistake_on_the_command_line(name: str, typed: Type) -> None:
    words, told = TYPED[name]
    said = typed(*words)
    assert (said.code, said.out) == (MISTAKE, "")
    assert said.err.startswith("Error: ")
    for part in told:
        assert part in said.err


IN_A_CONFIG = {
    "an outcome": ('"trust.mean"]', '"trust.meen"]', ["tiny.toml:18:", '"trust.meen"', 'Did you mean "trust.mean"?']),
    "a kind of figure": ('kind = "series"', 'kind = "seris"', ["tiny.toml:26:", '"seris"', 'Did you mean "series"?']),
    "a level": ('["individual",', '["single",', ["tiny.toml:12:", '"badging.scope"', '"none", "individual"']),
    "a key": ("years = 1", "yeers = 1", ["tiny.toml:5:", '"yeers"', 'Did you mean "years"?']),
    "a section": ("[constants]", "[levers2]", ["tiny.toml:14:", '"levers2"']),
    "a base": ("programmes/beacon", "programmes/becon", ["tiny.toml:3:", "becon", 'Did you mean "programmes/beacon"?']),
    "TOML": ("years = 1", "years 1", ["tiny.toml:5"]),
}


@pytest.mark.parametrize("command", ["sweep", "explain", "cite"])
@pytest.mark.parametrize("name", IN_A_CONFIG)
def test_a_mistake_in_a_config_is_told_with_file_and_line(name: str, command: str, typed: Type, tiny: Path) -> None:
    before, after, told = IN_A_CONFIG[name]
    assert before in TINY
    tiny.write_text(TINY.replace(before, after), encoding="utf-8")
    said = typed(command, tiny)
    assert (said.code, said.out) == (MISTAKE, "")
    for part in told:
        assert part in said.err


def test_an_outcome_is_looked_up_in_a_config_without_figures_too(typed: Type, tiny: Path) -> None:
    tiny.write_text(TINY.partition("[[figures]]")[0].replace("trust.mean", "trust.meen"), encoding="utf-8")
    said = typed("explain", tiny)
    assert (said.code, said.out) == (MISTAKE, "")
    assert 'Did you mean "trust.mean"?' in said.err


def test_one_name_for_two_configs_must_be_said_in_full(typed: Type, elsewhere: Path) -> None:
    for kind in ("programmes", "settings"):
        (elsewhere / "configs" / kind).mkdir(parents=True)
        (elsewhere / "configs" / kind / "both.toml").write_text('title = "Both"\n')
    said = typed("explain", "both")
    assert said.code == MISTAKE
    assert "programmes/both or settings/both" in said.err


def test_another_study_in_the_folder_is_refused(typed: Type, swept: Path, tiny: Path) -> None:
    said = typed("sweep", tiny, "--seed", 4, "--executor", "serial", "--quiet")
    assert said.code == MISTAKE
    assert "holds another study" in said.err
    assert "seed: 3 there, 4 now" in said.err


def test_a_config_changed_since_the_runs_does_not_draw_them(typed: Type, swept: Path, tiny: Path) -> None:
    tiny.write_text(TINY.replace("years = 1", "years = 2"), encoding="utf-8")
    said = typed("figures", tiny)
    assert said.code == MISTAKE
    assert "was not run from this config as it is now" in said.err


@pytest.mark.slow
def test_a_study_of_one_point_is_answered_against_no_programme(typed: Type, tiny: Path) -> None:
    sweep = typed("sweep", tiny, "-p", "badging.scope=none", "--executor", "serial", "--quiet")
    assert sweep.code == 0, sweep.err
    said = typed("answer", "results/tiny")
    assert said.code == 0
    assert "against the same schools without any programme" in said.out


def test_a_folder_that_cannot_be_written_is_told(typed: Type, elsewhere: Path) -> None:
    (elsewhere / "file").write_text("")
    said = typed("run", BEACON, "-p", "setting.schools=12", "--years", 1, "--out", "file")
    assert said.code == MISTAKE
    assert "cannot be written" in said.err


def test_a_fault_of_ours_is_one_line_and_another_code(typed: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> list[object]:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr("schoolsim.parameters.table.parameter_rows", broken)
    said = typed("list", "levers")
    assert (said.code, said.out) == (errors.FAULT, "")
    assert "ZeroDivisionError: by nought" in said.err
    assert "schoolsim --debug" in said.err
    assert said.err.count("\n") == 1
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        typed("--debug", "list", "levers")


EVERY_COMMAND = [
    *((function.__name__.rstrip("_"),) for several in COMMANDS.values() for function in several),
    *((name, one.__name__) for name, several in SUBCOMMANDS.items() for one in several),
]


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=" ".join)
@pytest.mark.parametrize("words", [["--nope"], ["-Q"], ["a", "b", "--nope=1"]])
def test_every_command_answers_a_wrong_option_in_one_message(
    typed: Type, command: tuple[str, ...], words: list[str]
) -> None:
    result = typed(*command, *words)
    assert result.code == 2
    assert result.out == ""
    assert result.err.startswith("Error: ")
    assert result.err.count("Error") == 1
    assert len(result.err.splitlines()) <= 3


#: Commands that do something without an argument.
COMPLETE = {"explore", "list", "docs", "cite", "new", "doctor", "dock", "validate", "calibrate"}
NEEDED = [command for command in EVERY_COMMAND if command[0] not in COMPLETE]


@pytest.mark.parametrize("command", NEEDED, ids=" ".join)
def test_every_command_says_what_is_missing(typed: Type, command: tuple[str, ...]) -> None:
    result = typed(*command)
    assert result.code == 2
    assert result.out == ""
    assert result.err.startswith("Error: ")
    assert result.err.count("Error") == 1


def test_a_path_longer_than_any_file_has_is_told(typed: Type) -> None:
    for command in ("cite", "figures", "answer", "sweep", "explain"):
        result = typed(command, "a/" * 3000)
        assert result.code == 2, command
        assert result.err.startswith("Error: ")


@pytest.mark.parametrize(
    "words", [("list", "\x1b[31m"), ("new", "\x1b[2J"), ("run", "\x07x"), ("show", "\x9b31m"), ("\x1b[1m",)]
)
def test_nothing_typed_reaches_the_terminal_but_as_text(words: tuple[str, ...], typed: Type) -> None:
    said = typed(*words)
    assert said.code == MISTAKE
    assert all(line.isprintable() for line in said.err.split("\n")), said.err
