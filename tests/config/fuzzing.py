"""Generators of configs and command lines, right, nearly right and wrong, for a fuzzer of the whole program.

Each generator takes a source of chance and an empty folder, writes files into the folder, and gives a `Case`:
what is typed there, and what may come of it. The same source of chance gives the same case.
"""

from __future__ import annotations

import itertools
import os
import random
import string
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from schoolsim.config import ConfigEntry, list_configs
from schoolsim.config.names import SECTIONS, section_of
from schoolsim.config.schema import ConfigFile, Design, Expectation, Outcomes, Population, Replications
from schoolsim.config.write import to_toml
from schoolsim.parameters import REGISTRY, Parameter
from schoolsim.parameters.constraints import CONSTRAINTS, possible

SECRET = "hunter2-of-another-file"
"""Stands in files outside the project; no message may repeat it."""


@dataclass(frozen=True)
class Case:
    """One command line and what may come of it.

    Args:
        argv: What is typed after `schoolsim`, in the folder.
        codes: Exit codes that are right.
        seconds: Processor seconds it may take.
    """

    argv: tuple[str, ...]
    codes: tuple[int, ...] = (0, 2)
    seconds: float = 5.0


Generator = Callable[[random.Random, Path], Case]


# --- values --------------------------------------------------------------------------------------

LITERALS = (
    "", "nan", "inf", "-inf", "0", "-1", "1", "2.5", "1e400", "1e-400", "-0.0", "0x10", "1_000", "007", "9" * 25,
    "9" * 400, "9" * 5000, "true", "false", "True", "none", '""', '" "', '"none"', "'x'", '"""a\nb"""', '"\\u0000"',
    '"\\u001b[31m"', '"\\ud800"', '"é"', '"\U0001f600"', '"~nobody-of-this-name/x"', '"../.."', '"/dev/zero"',
    '"/etc/passwd"', '"pipe.csv"', '"points.csv"', '"' + "a" * 300 + '"', "1979-05-27", "07:32:00",
    "1979-05-27T07:32:00Z", "[]", "[[]]", "[1, 2]", '["a", 1]', "[true, false]", "{}", "{ low = 0, high = 1 }",
    "{ low = 0.0, high = 1.0, levels = 3 }", "{ low = 1 }", "{ low = 0, high = 1, levels = 1e3 }", "[" * 40 + "]" * 40,
    "[" * 2000 + "]" * 2000, "{ a = " * 30 + "1" + " }" * 30, "[" + "1, " * 500 + "]", "synthetic", '"synthetic"',
    '"posterior"', '"lhs"', '"grid"', '"file"', '"a" = 1', "= 1", "#", "\x00", "\ufeff", "]", "}", "\\",
)  # fmt: skip
"""TOML values, some of them none."""

WORDS = (
    *REGISTRY, *ConfigFile.model_fields, *Design.model_fields, *Outcomes.model_fields, *Population.model_fields,
    *Replications.model_fields, *Expectation.model_fields, "base", "low", "high", "levels", "values", "parameters",
    "", "a.b", "a b", "é", "\x1b[31m", r"\u001b[31m", '"', "'", "#", "[", "=", "\n", "a" * 300, "badging", "scope",
)  # fmt: skip
"""Keys, most of them known somewhere."""


def _is_value(text: str) -> bool:
    try:
        return list(tomllib.loads(f"x = {text}")) == ["x"]
    except (ValueError, RecursionError):
        return False


VALUES = tuple(text for text in LITERALS if _is_value(text))
"""Those of them that TOML allows, right or not."""


def literal(chance: random.Random) -> str:
    """A TOML value, or now and then something like it."""
    return chance.choice(VALUES if chance.random() < 0.95 else LITERALS)


def key(chance: random.Random) -> str:
    """A key as TOML spells it, sometimes not."""
    word = chance.choice(WORDS)
    style = chance.randrange(4)
    if style == 0:
        return word
    return f'"{word}"' if style > 1 else f"'{word}'"


def good_value(chance: random.Random, spec: Parameter) -> object:
    """A value the parameter may take."""
    if spec.kind == "flag":
        return chance.random() < 0.5
    if spec.kind == "choice":
        return chance.choice(spec.options)
    low, high = spec.bounds
    if spec.kind == "whole":
        return chance.randint(int(low), int(high))
    return chance.choice((low, high, chance.uniform(low, high)))


def good_config(chance: random.Random, names: Sequence[str] = ()) -> dict[str, object]:
    """A config of which every key is right, and which may still be impossible as a whole.

    Args:
        chance: Source of chance.
        names: Parameters it sets, besides some others.
    """
    data: dict[str, object] = {"title": "A study", "years": chance.randint(1, 9), "replications": chance.randint(1, 9)}
    for name in dict.fromkeys([*names, *chance.sample(list(REGISTRY), chance.randint(0, 12))]):
        spec = REGISTRY[name]
        table = data.setdefault(section_of(spec), {})
        assert isinstance(table, dict)
        values = [good_value(chance, spec) for _ in range(chance.choice((1, 1, 1, 2, 3)))]
        table[spec.name] = values[0] if len(values) == 1 else list(dict.fromkeys(values))
    return data


@cache
def shipped() -> tuple[ConfigEntry, ...]:
    """The configs that come with schoolsim."""
    return tuple(list_configs())


def shipped_text(chance: random.Random) -> str:
    """The text of one of them."""
    return chance.choice(shipped()).path.read_text(encoding="utf-8")


# --- mutations -----------------------------------------------------------------------------------


def mutated(chance: random.Random, text: str) -> bytes:
    """The text with one to six changes, anywhere."""
    for _ in range(chance.randint(1, 6)):
        text = chance.choice(MUTATIONS)(chance, text)
    content = text.encode("utf-8", errors="surrogatepass")
    if chance.random() < 0.1:
        place = chance.randrange(len(content) + 1)
        content = content[:place] + chance.randbytes(chance.randint(1, 4)) + content[place:]
    return content


def _in_lines(change: Callable[[random.Random, list[str]], None]) -> Callable[[random.Random, str], str]:
    def mutation(chance: random.Random, text: str) -> str:
        lines = text.split("\n")
        change(chance, lines)
        return "\n".join(lines)

    return mutation


def _other_value(chance: random.Random, lines: list[str]) -> None:
    place = chance.randrange(len(lines))
    name, equals, _ = lines[place].partition("=")
    lines[place] = f"{name}{equals or '='} {literal(chance)}"


def _other_key(chance: random.Random, lines: list[str]) -> None:
    place = chance.randrange(len(lines))
    _, equals, value = lines[place].partition("=")
    lines[place] = f"{key(chance)} {equals or '='}{value or literal(chance)}"


def _new_line(chance: random.Random, lines: list[str]) -> None:
    form = chance.choice(
        ("{key} = {value}", "[{key}]", "[[{key}]]", "{key}.{key} = {value}", "[{key}.{key}]", "{value}")
    )
    line = form.replace("{key}", key(chance)).replace("{value}", literal(chance))
    lines.insert(chance.randrange(len(lines) + 1), line)


def _moved_line(chance: random.Random, lines: list[str]) -> None:
    line = lines.pop(chance.randrange(len(lines)))
    if chance.random() < 0.7:
        lines.insert(chance.randrange(len(lines) + 1), line)
    elif not lines:
        lines.append(line)


def _copied_line(chance: random.Random, lines: list[str]) -> None:
    lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines))


def _many_lines(chance: random.Random, lines: list[str]) -> None:
    form = chance.choice(("key{}", '"badging.scop{}"', "base", "a{}.b")) + " = " + literal(chance)
    new = [form.replace("{}", str(number)) for number in range(chance.choice((60, 3000)))]
    place = chance.choice((0, len(lines), chance.randrange(len(lines) + 1)))
    lines[place:place] = new


def _many_copies(chance: random.Random, lines: list[str]) -> None:
    place = chance.randrange(len(lines))
    lines[place:place] = [lines[place]] * chance.choice((20, 2000))


def _characters(chance: random.Random, text: str) -> str:
    place = chance.randrange(len(text) + 1)
    new = chance.choice((*string.punctuation, "\n", "\t", "\r", " ", "\x00", "\x7f", "é", "\u2028", "\U0001f600", ""))
    return text[:place] + new + text[place + chance.randint(0, 2) :]


def _cut(chance: random.Random, text: str) -> str:
    return text[: chance.randrange(len(text) + 1)]


MUTATIONS: tuple[Callable[[random.Random, str], str], ...] = (
    _in_lines(_other_value), _in_lines(_other_value), _in_lines(_other_key), _in_lines(_new_line), _in_lines(_new_line),
    _in_lines(_moved_line), _in_lines(_copied_line), _in_lines(_many_copies), _in_lines(_many_lines),
    _characters, _characters, _cut,
)  # fmt: skip


# --- generators ----------------------------------------------------------------------------------


def surroundings(folder: Path) -> None:
    """Files that a config may name: a table, a pipe, a folder, a loop of links, secrets outside the project."""
    (folder / "points.csv").write_text("market.choice_weight\n0.2\n")
    os.mkfifo(folder / "pipe.csv")
    os.mkfifo(folder / "pipe.toml")
    (folder / "folder.toml").mkdir()
    (folder / "loop.toml").symlink_to("loop.toml")
    (folder / "good.toml").write_text("years = 3\n")
    outside = folder.parent / f"{folder.name}-outside"
    outside.mkdir(exist_ok=True)
    (outside / "text.toml").write_text(f"{SECRET}\n")
    (outside / "credentials.toml").write_text(f'["{SECRET}"]\n"{SECRET}" = "{SECRET}"\n')
    (folder / "link.toml").symlink_to(outside / "credentials.toml")


def read(chance: random.Random) -> tuple[str, ...]:
    """A command that reads `study.toml` and runs nothing."""
    return chance.choice((("cite", "study.toml"), ("cite", "./study"), ("cite", "study", "--json"), ("cite", "study")))


def right_config(chance: random.Random, folder: Path) -> Case:
    """A config of which every key is right: taken where all its points are possible, refused where one is not."""
    if chance.random() < 0.2:
        entry = chance.choice(shipped())
        return Case(("cite", chance.choice((entry.name, str(entry.path)))), codes=(0,))
    names = [name for constraint in CONSTRAINTS for name in constraint.parameters]
    data = good_config(chance, chance.sample(names, chance.randint(0, 4)))
    (folder / "study.toml").write_text(to_toml(data), encoding="utf-8")
    levels = {
        name: value if isinstance(value, list) else [value]
        for section in SECTIONS
        for name, value in data.get(section, {}).items()  # type: ignore[attr-defined]
        if name in names
    }
    points = (dict(zip(levels, point, strict=True)) for point in itertools.product(*levels.values()))
    return Case(read(chance), codes=(0,) if all(map(possible, points)) else (2,))


def mutated_config(chance: random.Random, folder: Path) -> Case:
    """A config with a few changes anywhere."""
    surroundings(folder)
    text = shipped_text(chance) if chance.random() < 0.5 else to_toml(good_config(chance))
    (folder / "study.toml").write_bytes(mutated(chance, text))
    return Case(read(chance))


def wrong_values(chance: random.Random, folder: Path) -> Case:
    """Known keys with values of every kind."""
    surroundings(folder)
    models = {
        "": ConfigFile, "population": Population, "design": Design, "outcomes": Outcomes, "replications": Replications,
        "[expects]": Expectation,
    }  # fmt: skip
    lines = []
    for section, model in models.items():
        words = chance.sample(list(model.model_fields), chance.randint(0, min(4, len(model.model_fields))))
        lines += [f"[{section}]"] * bool(section and words)
        lines += [f"{word} = {literal(chance)}" for word in words if section or word not in models]
    for section in ("levers", "uncertainties", "constants"):
        names = chance.sample(list(REGISTRY), chance.randint(0, 4))
        lines += [f"[{section}]", *(f'"{name}" = {literal(chance)}' for name in names)]
    if chance.random() < 0.5:
        lines += ["[[linked]]", f"parameters = {literal(chance)}", f"values = {literal(chance)}"]
    (folder / "study.toml").write_text("\n".join(lines), encoding="utf-8", errors="surrogatepass")
    return Case(read(chance))


def bases(chance: random.Random, folder: Path) -> Case:
    """Files built on files: chains, rings, the same one many times, and what is no config at all."""
    surroundings(folder)
    outside = folder.parent / f"{folder.name}-outside"
    odd = (
        "pipe", "folder", "loop", "link", "good", "nothing", "/etc/passwd", "/dev/zero", "~nobody-of-this-name/x", "",
        ".", "..", "/", "a" * 300, str(outside / "text"), str(outside / "credentials.toml"), "programmes/beacon",
        "programmes/leading_edge", "settings/urban", "studies/badging_funding",
    )  # fmt: skip
    count, ladder = chance.choice((1, 3, 8, 30, 40, 90)), chance.random() < 0.3
    for number in range(count):
        names = [f"b{chance.randrange(count)}" for _ in range(0 if ladder else chance.choice((0, 1, 2, 2, 5, 70)))]
        names += [f"b{number - 1}"] * 2 * (number > 0 and chance.random() < 0.8)
        names += [chance.choice(odd)] * (chance.random() < 0.15)
        data = good_config(chance) if chance.random() < 0.3 else {"years": number + 1}
        (folder / f"b{number}.toml").write_text(to_toml({"base": names, **data}), encoding="utf-8")
    return Case(("cite", f"b{count - 1}"))


def noise(chance: random.Random, folder: Path) -> Case:
    """A file of bytes, or of TOML's own characters, or a large one."""
    content = chance.choice(
        (
            lambda: chance.randbytes(chance.randint(0, 400)),
            lambda: "".join(chance.choices("[]{}=,.\"'#\n\\ a1-_\t", k=chance.randint(0, 600))).encode(),
            lambda: chance.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\r", b"")) + b"years = 3\r\n",
            lambda: chance.choice(b"[{a=\"'#\n.,\\1").to_bytes(1, "big") * chance.choice((10, 1000, 200_000)),
            lambda: b"years = 3\n" + b"x" * chance.choice((1000, 5_000_000)),
        )
    )()
    (folder / "study.toml").write_bytes(content)
    return Case(read(chance))


NAMES = (
    "", " ", ".", "..", "/", "~", "~nobody-of-this-name", "a" * 255, "a" * 256, "a/" * 3000, "/dev/null", "/dev/zero",
    "/etc/passwd", "/proc/self/mem", "/proc/self/environ", "study", "study.toml", "study.toml/x", "pipe", "pipe.toml",
    "folder", "folder.toml", "loop", "link", "programmes", "programmes/becon", "programmes/beacon", "beacon", "*",
    "\n", "\x1b[31m", "é", "-", "--", "tcp://x", "a.b", "badging.scope", "M19", "progress.mean", "contrast",
    "\udcff", "😀", "C:\\x", "con",
)  # fmt: skip
"""Names of configs and of other things, few of them there."""


def names(chance: random.Random, folder: Path) -> Case:
    """Commands that look something up, with names of every kind."""
    surroundings(folder)
    (folder / "study.toml").write_text("years = 3\n")
    command = chance.choice(("cite", "show", "list", "status", "answer", "figures", "resume", "reproduce", "export"))
    words = [chance.choice(NAMES) for _ in range(chance.choice((1, 1, 1, 2, 0)))]
    return Case((command, *words, *["--json"] * (chance.random() < 0.2)), codes=(0, 2), seconds=8.0)


OPTIONS = (
    "--workers", "--time-limit", "--scheduler", "--executor", "--seed", "--years", "--replications", "-p", "--set",
    "--schools", "--authority", "--out", "--retry-failed", "--fail-fast", "--quiet", "--json", "--fast", "--pattern",
    "--results", "--debg", "-x", "--",
)  # fmt: skip

ARGUMENTS = (
    "0", "-1", "1", "2", "1001", "inf", "-inf", "nan", "1e-300", "1e300", "1.5", "9" * 30, "9" * 5000, "", " ", "nope",
    "tcp://x:1", "tcp://x", "tcp://:1", "x:99999", "serial", "processes", "dask", "seriel", "~nobody-of-this-name/x",
    "/dev/zero", "/etc/passwd", "pipe.csv", "points.csv", "nothing.csv", "a" * 300, "badging.scope=none",
    "badging.scope=", "=", "a=b", "market.choice_weight=1e400", f"funding.years={'9' * 5000}", "badging.scop=none",
    "setting.secondary_share=1", "setting.special_share=1", "end.task_least=60", "\x1b[31m=1", "é=é", "\udcff=1",
    "mechanism.badging=maybe",
)  # fmt: skip


def command_lines(chance: random.Random, folder: Path) -> Case:
    """Options of every kind on a config that is not there, so that nothing is ever run."""
    surroundings(folder)
    command = chance.choice(("run", "sweep", "explain", "resume", "reproduce"))
    words = [chance.choice(("no-such-config", "no/such", "nothing.toml", *NAMES[:10]))]
    for _ in range(chance.randint(1, 5)):
        words.append(chance.choice(OPTIONS))
        words += [chance.choice(ARGUMENTS)] * (chance.random() < 0.85)
    return Case((command, *words), codes=(2,))


def changes(chance: random.Random, folder: Path) -> Case:
    """Values set from the command line, one of them certainly wrong."""
    words = ["-p", chance.choice(("badging.scop=none", "market.choice_weight=9", "end.task_least=60", "x", "=", "a=b"))]
    for _ in range(chance.randint(0, 4)):
        spec = chance.choice([spec for spec in REGISTRY.values() if spec.name not in MENDS])
        value = good_value(chance, spec) if chance.random() < 0.7 else chance.choice(ARGUMENTS)
        words += ["-p", f"{spec.name}={str(value).lower() if isinstance(value, bool) else value}"]
    return Case(("run", "programmes/beacon", *words), codes=(2,))


#: Set after the wrong value they may put it right: the last of two values holds.
MENDS = frozenset({"market.choice_weight", "end.task_least", "end.task_most"})


GENERATORS: dict[str, Generator] = {
    "right_config": right_config,
    "mutated_config": mutated_config,
    "wrong_values": wrong_values,
    "bases": bases,
    "noise": noise,
    "names": names,
    "command_lines": command_lines,
    "changes": changes,
}
"""Every generator by name."""
