"""What is typed is checked before anything starts: one message that says what is allowed, exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Type, typed  # noqa: F401  (a fixture)

BEACON = "programmes/beacon"
MISTAKE = 2

WORKERS = "is not a whole number from 1 to 1000"
SECONDS = "is not a number of seconds from 0.000001 to 31536000"
ADDRESS = "is not the address of a Dask scheduler, such as tcp://node1:8786"
USER = 'names a user there is not, "nobody-of-this-name"'
NOBODY = "~nobody-of-this-name/x"

TYPED = {
    "no workers": (["sweep", BEACON, "--workers", "0"], WORKERS),
    "workers below none": (["explain", BEACON, "--workers", "-1"], WORKERS),
    "more workers than a machine has": (["resume", "x", "--workers", "1001"], WORKERS),
    "workers without end": (["reproduce", "x", "--workers", "9" * 400], WORKERS),
    "workers of a calibration": (["calibrate", "--workers", "0"], WORKERS),
    "workers of a validation": (["validate", "--workers", "0"], WORKERS),
    "a time limit of nothing": (["sweep", BEACON, "--time-limit", "0"], SECONDS),
    "a time limit below nothing": (["sweep", BEACON, "--time-limit", "-1"], SECONDS),
    "a time limit too short for a timer": (["sweep", BEACON, "--time-limit", "1e-300"], SECONDS),
    "a time limit without end": (["sweep", BEACON, "--time-limit", "inf"], SECONDS),
    "a time limit beyond a year": (["resume", "x", "--time-limit", "1e300"], SECONDS),
    "a time limit that is no number": (["sweep", BEACON, "--time-limit", "nan"], SECONDS),
    "a scheduler without a port": (["sweep", BEACON, "--scheduler", "nope"], ADDRESS),
    "a scheduler without a host": (["sweep", BEACON, "--scheduler", "tcp://:8786"], ADDRESS),
    "a scheduler on port 0": (["sweep", BEACON, "--scheduler", "tcp://a:0"], ADDRESS),
    "a scheduler on port 70000": (["sweep", BEACON, "--scheduler", "tcp://a:70000"], ADDRESS),
    "a scheduler of the web": (["sweep", BEACON, "--scheduler", "http://a:80"], ADDRESS),
    "no scheduler": (["sweep", BEACON, "--scheduler", ""], ADDRESS),
    "out of nobody": (["sweep", BEACON, "--out", NOBODY], USER),
    "a run out of nobody": (["run", BEACON, "--out", NOBODY], USER),
    "a table out of nobody": (["dock", "--out", NOBODY], USER),
    "results of nobody": (["status", NOBODY], USER),
    "evidence of nobody": (["validate", "--results", NOBODY], USER),
    "schools of nobody": (["run", BEACON, "--schools", NOBODY], USER),
    "a config of nobody": (["run", NOBODY], USER),
    "a name that is too long": (["run", "a" * 300], "is too long"),
    "schools out of a device": (["run", BEACON, "--schools", "/dev/zero"], "is a device, not a regular file"),
    "schools out of another file": (["run", BEACON, "--schools", "/etc/passwd"], "its name must end in .csv"),
    "schools out of a folder": (
        ["run", BEACON, "--schools", "/etc"],
        "a regular file. Build a place of the files in it: schoolsim schools build /etc --out PLACE",
    ),
    "a register out of a device": (["schools", "/dev/zero"], "is a device, not a regular file"),
    "a register of nobody": (["schools", NOBODY], USER),
    "an export to nobody": (["export", "x", "--out", NOBODY], USER),
    "no file of schools": (["run", BEACON, "--schools", "nothing.csv"], "there is no file nothing.csv"),
    "a disk": (["run", "/"], '"/" is a folder'),
    "a value of many digits": (["run", BEACON, "-p", f"funding.years={'9' * 5000}"], "cannot be"),
    "an infinite value": (["run", BEACON, "-p", "market.choice_weight=1e400"], "cannot be inf"),
    "a seed of many digits": (["run", BEACON, "--seed", "9" * 400], '"seed" cannot be'),
    "a parameter with a strange name": (["run", BEACON, "-p", "a\x1b[31m=1"], r"a\u001B[31m"),
    "a text in place of an assignment": (["run", BEACON, "-p", "a" * 10_000], "NAME=VALUE"),
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", TYPED)
def test_a_mistake_is_told(name: str, typed: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.chdir(tmp_path)
    words, reason = TYPED[name]
    said = typed(*words)
    assert (said.code, said.out) == (MISTAKE, "")
    assert said.err.startswith("Error: ")
    assert reason in said.err
    assert len(said.err) < 1500
    assert said.err.replace("\n", "").isprintable()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["tcp://node1:8786", "tls://10.0.0.1:1", "node1:8786", "tcp://[::1]:65535"])
def test_an_address_of_a_scheduler_is_taken(address: str, typed: Type) -> None:  # noqa: F811
    said = typed("sweep", BEACON, "--scheduler", address, "--executor", "serial")
    assert "--scheduler is Dask's" in said.err


def test_several_authorities_make_a_folder_with_a_name_of_bounded_length(tmp_path: Path) -> None:
    from schoolsim.cli.configs import Changes, _suffix

    names = [f"Authority number {number}" for number in range(40)]
    first, second = (_suffix(Changes(schools=Path("x.csv"), authority=some)) for some in (names, names[:-1]))
    assert first != second
    assert max(len(first), len(second)) < 100
    assert _suffix(Changes(schools=Path("x.csv"), authority=["Sheffield"])) == "_sheffield"
