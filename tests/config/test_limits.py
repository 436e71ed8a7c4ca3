"""Whatever a config holds, it is read or refused in bounded time, with one message that repeats little of it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from schoolsim.config import load_config
from schoolsim.parameters import ConfigError
from tests.config.conftest import Write
from tests.config.picked import line, pick

REAL = pick("real", "uncertainty")
OTHER = pick("real", "uncertainty", skip=1)
WHOLE = pick("whole", "lever")
LOW, HIGH = REAL.bounds
MOST_LINES, LONGEST_LINE = 40, 2500

pytestmark = pytest.mark.timeout(60)


@contextmanager
def processor_time(seconds: float) -> Iterator[None]:
    """The block takes no longer, however busy the machine is."""
    start = time.process_time()
    yield
    assert time.process_time() - start < seconds


def refusal(source: str | Path) -> str:
    """The message that refuses a config: short lines, and not many."""
    with pytest.raises(ConfigError) as caught:
        load_config(source)
    message = str(caught.value)
    lines = message.split("\n")
    assert len(lines) <= MOST_LINES
    assert max(map(len, lines)) <= LONGEST_LINE
    return message


def fractions(count: int) -> str:
    return ", ".join(str(LOW + (HIGH - LOW) * place / count) for place in range(count))


NUMBERS = {
    "a seed": "seed = {}",
    "a real": f'[uncertainties]\n"{REAL.name}" = {{}}',
    "a whole": f'[levers]\n"{WHOLE.name}" = {{}}',
    "an end of a range": f'[uncertainties]\n"{REAL.name}" = {{{{ low = {{}}, high = 1.0 }}}}',
    "a level": f'[uncertainties]\n"{REAL.name}" = [{LOW}, {{}}]',
    "a fraction": f'[uncertainties]\n"{REAL.name}" = 0.{{}}',
    "an option of a figure": '[[figures]]\nkind = "contrast"\nsize = {}',
    "a base": "base = {}",
}


@pytest.mark.parametrize("digits", [400, 5000, 200_000])
@pytest.mark.parametrize("place", NUMBERS)
def test_a_number_of_many_digits_is_refused_with_its_line(write: Write, place: str, digits: int) -> None:
    text = NUMBERS[place].format("7" * digits)
    write("study.toml", text)
    with processor_time(2):
        assert refusal("study").startswith(f"study.toml:{text.count(chr(10)) + 1}: ")


DEEP: dict[str, Callable[[int], str]] = {
    "lists": lambda depth: f"x = {'[' * depth}{']' * depth}",
    "lists that never end": lambda depth: f"x = {'[' * depth}",
    "tables": lambda depth: f"x = {'{a = ' * depth}1{'}' * depth}",
    "a dotted key": lambda depth: f"{'.'.join(['a'] * depth)} = 1",
    "a heading": lambda depth: f"[{'.'.join(['a'] * depth)}]",
    "a heading of a list": lambda depth: f"[[{'.'.join(['a'] * depth)}]]",
    "an option of a figure": lambda depth: f'[[figures]]\nkind = "x"\ny = {"[" * depth}{"]" * depth}',
}


@pytest.mark.parametrize("depth", [20, 950, 100_000])
@pytest.mark.parametrize("form", DEEP)
def test_deep_nesting_is_refused(write: Write, form: str, depth: int) -> None:
    write("study.toml", DEEP[form](depth))
    with processor_time(2):
        assert "nests lists and tables more than 16 deep" in refusal("study")


LONG = {
    "levels": f'[uncertainties]\n"{REAL.name}" = [{fractions(16_000)}]',
    "levels that are none": f'[uncertainties]\n"{REAL.name}" = [{", ".join(["true"] * 16_000)}]',
    "keys": "\n".join(f"year{number} = 1" for number in range(20_000)),
    "parameters": "[levers]\n" + "\n".join(f'"badging.scop{number}" = 1' for number in range(20_000)),
    "baseline": "[outcomes.baseline]\n" + "\n".join(f'"badging.scop{number}" = 1' for number in range(20_000)),
    "keys of a range": f'[uncertainties."{REAL.name}"]\n' + "\n".join(f"lo{number} = 1" for number in range(20_000)),
    "outcomes": f"[outcomes]\nreport = {[f'outcome{number}' for number in range(20_000)]}",
    "sources": f"sources = {[f'source{number}' for number in range(20_000)]}",
    "authorities": f"[population]\nauthority = {list(range(20_000))}",
    "half-widths": '[outcomes]\nreport = ["a"]\n[replications]\nprecision = 1\n[replications.absolute]\n'
    + "\n".join(f"b{number} = 1" for number in range(20_000)),
    "figures": '[[figures]]\nkind = "x"\n' * 20_000,
    "expectations": '[[expects]]\noutcome = "a"\nchange = "rises"\nbecause = "b"\n' * 20_000,
    "linked rows": f'[[linked]]\nparameters = ["{REAL.name}", "{OTHER.name}"]\n'
    f"values = {[[0.1, 0.1]] * 20_000}",
    "linked parameters": f"[[linked]]\nvalues = [[1]]\nparameters = {[REAL.name] * 9000}",
    "linked groups": "[[linked]]\n" * 20_000,
    "bases": f"base = {['nothing'] * 20_000}",
    "a base's name": f'base = "{"a" * 100_000}"',
    "a title in a list": f"title = ['{'a' * 1_000_000}']",
    "a key's name": f"{'a' * 1_000_000} = 1",
    "a parameter's name": f"[levers]\n{'a' * 1_000_000} = 1",
    "a line that is not TOML": "a" * 1_000_000,
    "a text without an end": f'title = """{"a" * 1_000_000}',
    "backslashes": f'title = """{chr(92) * 1_000_001}',
    "quotes": f"title = {chr(34) * 1_000_001}",
    "values": f"x = [{'1,' * 300_000}]",
    "bytes": f"# {'a' * 5_000_000}",
}  # fmt: skip


SLOWEST = ("linked groups", "baseline", "expectations", "authorities", "keys of a range", "parameters", "figures")


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=[pytest.mark.slow] if kind in SLOWEST else []) for kind in LONG]
)
def test_much_of_anything_is_refused_in_no_time(write: Write, kind: str) -> None:
    write("study.toml", LONG[kind])
    with processor_time(4):
        refusal("study")


def test_as_many_levels_as_a_grid_may_have_are_read_and_written_in_no_time(write: Write) -> None:
    write("study.toml", f'[uncertainties]\n"{REAL.name}" = [{fractions(10_000)}]')
    with processor_time(4):
        study = load_config("study")
        write("again.toml", study.to_toml())
        assert load_config("again").uncertainties == study.uncertainties
    assert len(study.uncertainties[REAL.name]) == 10_000  # type: ignore[arg-type]


def test_long_values_are_shortened_in_messages(write: Write) -> None:
    write("study.toml", f'years = "{"ten " * 1000}"\n[levers]\n"{WHOLE.name}" = "{"many " * 1000}"')
    assert len(refusal("study")) < 1500


def test_control_characters_are_refused_and_not_printed(write: Write) -> None:
    write("study.toml", 'title = "a\\u001b[31mb"\n[figures."c\\u0007"]\nx = 1')
    message = refusal("study")
    assert message.isprintable() or message.replace("\n", "").isprintable()
    assert r"\u001B" in message
    assert r"\u0007" in message


# --- bases ---------------------------------------------------------------------------------------


def test_bases_named_twice_in_every_file_are_each_read_once(write: Write) -> None:
    write("b0.toml", f"seed = 7\n[uncertainties]\n{line(REAL, HIGH)}")
    for number in range(1, 30):
        write(f"b{number}.toml", f'base = ["b{number - 1}", "b{number - 1}"]\nyears = {number}')
    with processor_time(2):
        study = load_config("b29")
    assert (study.seed, study.years, study.uncertainties) == (7, 29, {REAL.name: HIGH})


def test_a_long_chain_of_bases_is_refused(write: Write) -> None:
    write("b0.toml", "seed = 7")
    for number in range(1, 2001):
        write(f"b{number}.toml", f'base = "b{number - 1}"')
    with processor_time(2):
        assert "a config cannot be built of more than 64 files, or more than 32 on top of one another" in refusal(
            "b2000"
        )


def test_many_bases_are_refused(write: Write) -> None:
    for number in range(70):
        write(f"b{number}.toml", "seed = 7")
    write("half.toml", f"base = {[f'b{number}' for number in range(35)]}")
    write("study.toml", f"base = {['half', *(f'b{number}' for number in range(35, 70))]}")
    with processor_time(2):
        assert "more than 64 files" in refusal("study")


def test_large_bases_are_counted_together(write: Write) -> None:
    for number in range(5):
        write(f"b{number}.toml", f"# {'a' * 999_999}")
    write("study.toml", 'base = ["b0", "b1", "b2", "b3", "b4"]')
    assert "is too large" in refusal("study")


def test_values_of_bases_are_counted_together(write: Write) -> None:
    for number in range(5):
        write(f"b{number}.toml", f'[[figures]]\nkind = "x"\ny = [{"1," * 30_000}]')
    write("study.toml", 'base = ["b0", "b1", "b2", "b3", "b4"]')
    with processor_time(4):
        assert "holds more than 100,000 values" in refusal("study")


def test_a_programme_that_is_wrong_is_told_and_not_merged(write: Write) -> None:
    write("configs/programmes/a.toml", "levers = 3")
    write("configs/programmes/b.toml", "[levers]\nx = 3")
    write("study.toml", 'base = ["programmes/a", "programmes/b"]')
    assert "configs/programmes/a.toml:1: [levers] must be a table" in refusal("study")


# --- names and files -----------------------------------------------------------------------------

PATHS = {
    "too long": ("a" * 300, "is too long"),
    "too long in all": ("a/" * 3000, "is too long"),
    "of an unknown user": ("~nobody-of-this-name/x", 'names a user there is not, "nobody-of-this-name"'),
    "with a null": (r"a\u0000b", "control character"),
    "of a pipe": ("pipe", "is a pipe, not a regular file"),
    "of a device": ("/dev/zero", "is a device, not a regular file"),
    "of a folder": ("folder.toml", "folder"),
    "of a file that is too large": ("sparse", "is too large"),
    "of a loop": ("loop", "cannot be read"),
    "of a file that may not be read": ("/proc/1/mem", ""),
    "of another kind of file": ("/etc/passwd", ""),
    "of nothing": ("nothing", "no"),
}


@pytest.fixture
def oddities(folder: Path) -> None:
    """A pipe, a folder, a loop of links and a file of a terabyte, under names of configs and of tables."""
    for suffix in (".toml", ".csv"):
        os.mkfifo(folder / f"pipe{suffix}")
        (folder / f"loop{suffix}").symlink_to(folder / f"loop{suffix}")
        with (folder / f"sparse{suffix}").open("wb") as file:
            file.truncate(10**12)
    (folder / "folder.toml").mkdir()


@pytest.mark.usefixtures("oddities")
@pytest.mark.parametrize("kind", PATHS)
def test_a_base_that_is_no_config_is_refused(write: Write, kind: str) -> None:
    name, reason = PATHS[kind]
    write("study.toml", f'title = "x"\nbase = "{name}"')
    with processor_time(2):
        message = refusal("study")
    assert reason in message
    assert "root:" not in message


@pytest.mark.usefixtures("oddities")
@pytest.mark.parametrize("kind", [kind for kind in PATHS if "null" not in kind])
def test_a_config_named_by_the_user_that_is_none_is_refused(kind: str) -> None:
    name, reason = PATHS[kind]
    with processor_time(2):
        message = refusal(name)
    assert reason in message
    assert "root:" not in message


@pytest.mark.parametrize("name", ["a\0b", "", " ", "\udcff", ".", "..", "/", "~"])
def test_a_strange_name_is_refused(folder: Path, name: str) -> None:
    with processor_time(2):
        refusal(name)


@pytest.mark.usefixtures("oddities")
@pytest.mark.parametrize("kind", [kind for kind in PATHS if kind not in ("of a file that is too large", "of nothing")])
@pytest.mark.parametrize("key", ["population source", "design file"])
def test_a_data_file_that_is_none_is_refused(write: Write, key: str, kind: str) -> None:
    section, word = key.split()
    name = PATHS[kind][0]
    name = f"{name}.csv" if name in ("pipe", "loop") else name
    write(
        "study.toml",
        f'[{section}]\n{"kind = {q}file{q}".format(q=chr(34)) if section == "design" else ""}\n{word} = "{name}"',
    )
    with processor_time(2):
        message = refusal("study")
    assert message.startswith("study.toml:3: [")
    assert "root:" not in message


def test_a_folder_named_in_place_of_a_config_is_not_searched_to_its_end(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in (Path(f"{a}/{b}/{c}") for a in range(10) for b in range(10) for c in range(10)):
        (folder / "disk" / path).mkdir(parents=True)
    visited: list[object] = []
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: visited.append(path) or scandir(path))  # type: ignore[func-returns-value]
    assert '"disk" is a folder; it holds no config files' in refusal("disk")
    assert len(visited) < 50


def test_a_full_configs_folder_is_searched_within_limits(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6_000):
        path = folder / "configs" / "studies" / str(number % 40)
        path.mkdir(parents=True, exist_ok=True)
        (path / f"{number}.toml").touch()
    with processor_time(2):
        refusal("studies/nothing")


# --- nothing of other people's files -------------------------------------------------------------

SECRET = {
    "not TOML": 'password hunter2 "\n',
    "not TOML later": 'title = "x"\npassword = hunter2\n',
    "TOML of something else": '[hunter2]\npassword = "hunter2"\n',
    "a wrong key beside right ones": 'title = "x"\nhunter2 = "hunter2"\n',
    "set twice": 'title = "x"\n"hunter2" = 1\n"hunter2" = 2\n',
    "in two spellings": '[credentials]\n"hunter2.a" = 1\nhunter2.a = 2\n',
}


@pytest.fixture
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder outside the project."""
    return tmp_path_factory.mktemp("elsewhere")


@pytest.mark.parametrize("kind", SECRET)
@pytest.mark.parametrize("route", ["path", "link"])
def test_a_base_outside_the_project_is_not_repeated(write: Write, elsewhere: Path, kind: str, route: str) -> None:
    secret = elsewhere / "credentials.toml"
    secret.write_text(SECRET[kind])
    if route == "link":
        Path("link.toml").symlink_to(secret)
    write("study.toml", f'base = "{secret if route == "path" else "link"}"')
    message = refusal("study")
    assert "hunter2" not in message
    assert "password" not in message


def test_a_base_outside_the_project_can_be_built_on_and_its_mistakes_are_told(write: Write, elsewhere: Path) -> None:
    shared = elsewhere / "shared.toml"
    shared.write_text("seed = 5\n")
    write("study.toml", f'base = "{shared}"')
    assert load_config("study").seed == 5
    shared.write_text("seed = -5\n")
    assert f'{shared}:1: "seed" cannot be -5' in refusal("study")


def test_a_config_in_the_project_is_repeated_where_it_is_not_toml(write: Write) -> None:
    write("base.toml", "seed five")
    write("study.toml", 'base = "base"')
    assert "    seed five" in refusal("study")
