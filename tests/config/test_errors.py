"""Each mistake in a config is one line: file, line, key, what is allowed, nearest name.

The cases and their whole messages are in `mistakes.txt`, to be read aloud.
"""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

import pytest

from schoolsim.config import load_config
from schoolsim.config.schema import ConfigFile
from schoolsim.parameters import REGISTRY, ConfigError
from schoolsim.parameters.values import shown
from tests.config.conftest import Refusal, Write
from tests.config.picked import line, misspelt, pick, section

REAL = pick("real", "uncertainty")
OTHER = pick("real", "uncertainty", skip=1)
NUMBER = pick("real", "lever")
LEVER = pick("choice", "lever")
WHOLE = pick("whole")
FLAG = pick("flag")

STANDS_FOR = {
    "KEYS": ", ".join(["base", *ConfigFile.model_fields]),
    "FIRST": LEVER.options[0],
    "SECOND": LEVER.options[1],
    "MISSPELT_SECOND": misspelt(LEVER.options[1]),
    "OPTIONS": shown(LEVER.options),
    "LOW": REAL.low,
    "HIGH": REAL.high,
    "WHOLE_LOW": int(REAL.bounds[0]),
    "HALF": sum(REAL.bounds) / 2,
    "BEYOND": REAL.bounds[1] + 1.0,
    "LOW_SCHOOLS": REGISTRY["setting.schools"].low,
    "HIGH_SCHOOLS": REGISTRY["setting.schools"].high,
}
for word, spec in {
    "REAL": REAL, "OTHER": OTHER, "NUMBER": NUMBER, "LEVER": LEVER, "WHOLE": WHOLE, "FLAG": FLAG,
}.items():  # fmt: skip
    STANDS_FOR |= {
        word: spec.name,
        f"MISSPELT_{word}": misspelt(spec.name),
        f"ALLOWED_{word}": spec.allowed,
        f"SECTION_{word}": section(spec),
        f"LOW_{word}": spec.low,
        f"HIGH_{word}": spec.high,
    }


def cases() -> dict[str, tuple[str, str]]:
    """Config and message by the name of the case."""
    told = Path(__file__).with_name("mistakes.txt").read_text(encoding="utf-8")
    found = re.findall(r"^## (.+)\n((?:.*\n)+?)->\n((?:.+\n)+)", told, re.MULTILINE)
    assert len(found) == told.count("\n## "), "a case is not in the form of the others"
    return {name: (text, message.rstrip("\n")) for name, text, message in found}


CASES = cases()


def test_there_are_cases_and_their_names_differ() -> None:
    told = Path(__file__).with_name("mistakes.txt").read_text(encoding="utf-8")
    assert len(CASES) == told.count("\n## ") > 80


@pytest.mark.parametrize(("text", "message"), CASES.values(), ids=CASES)
def test_the_message_is_as_written(refusal: Refusal, write: Write, text: str, message: str) -> None:
    write("points.csv", "")
    told = refusal(Template(text).substitute(STANDS_FOR))
    assert "\n".join(told) == "study.toml:" + Template(message).substitute(STANDS_FOR)


def test_mistakes_are_told_together_in_the_order_of_the_file(refusal: Refusal) -> None:
    text = f"seed = -1\n[outcomes]\nwindow = 0\n[design]\nkind = 'gird'\n[levers]\n{line(LEVER, 3)}"
    told = refusal(text)
    assert [message.split(":")[1] for message in told] == ["1", "3", "5", "7"]


def test_unknown_outcomes_and_figures_are_told_when_the_names_are_given(refusal: Refusal) -> None:
    text = "[outcomes]\nreport = ['trust.mean',\n'progres.mean']\n[[figures]]\nkind = 'contrst'"
    told = refusal(text, outcomes={"progress.mean", "trust.mean"}, figures=["contrast", "line"])
    assert told == [
        'study.toml:3: [outcomes] report: "progres.mean" is not an outcome. Did you mean "progress.mean"?',
        'study.toml:5: [[figures]] kind cannot be "contrst": it must be one of "contrast", "line". '
        'Did you mean "contrast"?',
    ]


def test_a_file_that_is_not_text_is_refused(write: Write) -> None:
    write("study.toml", "").write_bytes(b"title = '\xff\xfe'")
    with pytest.raises(ConfigError, match=r"^study.toml: is not text in UTF-8; save it as UTF-8.$"):
        load_config("study")


def test_a_file_that_may_not_be_read_is_refused(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> int:
        raise PermissionError(13, "Permission denied")

    write("study.toml", "")
    monkeypatch.setattr("schoolsim.parameters.files.os.open", refuse)
    with pytest.raises(ConfigError, match=r"^study.toml: cannot be read \(Permission denied\).$"):
        load_config("study")
