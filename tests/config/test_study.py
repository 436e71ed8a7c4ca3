"""A resolved study says what it will do, and written out and read back it is the same study."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from schoolsim.config import Design, Range, StudyConfig, config_from_mapping, load_config
from schoolsim.parameters import REGISTRY, ConfigError, Scenario
from tests.config.conftest import Write
from tests.config.picked import line, other_value, pick
from tests.config.strategies import configs

LEVER = pick("choice", "lever")
WORLD = pick("real", "uncertainty")
WHOLE = pick("whole")
LOW, HIGH = WORLD.bounds


@given(configs())
def test_a_study_written_and_read_is_the_same_study(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any]
) -> None:
    study = config_from_mapping(data)
    path = tmp_path_factory.getbasetemp() / "resolved.toml"
    path.write_text(study.to_toml(), encoding="utf-8")
    again = load_config(path)
    assert again == study
    assert again.to_toml() == study.to_toml()
    assert "base" not in tomllib.loads(study.to_toml())


@given(configs())
def test_a_study_holds_what_the_config_said(data: dict[str, Any]) -> None:
    study = config_from_mapping(data)
    linked = {name for group in study.linked for name in group.parameters}
    assert set(study.fixed()) | set(study.swept()) == set(study.settings)
    assert set(study.axes()) == set(study.swept()) | linked
    for name, setting in study.settings.items():
        given_value = next(
            data[key][name] for key in ("levers", "uncertainties", "constants") if name in data.get(key, {})
        )
        if isinstance(setting, Range):
            assert setting.plain() == given_value
        else:
            assert setting == (tuple(given_value) if isinstance(given_value, list) else given_value)
    order = list(REGISTRY)
    assert list(study.settings) == sorted(study.settings, key=order.index)
    assert study.scenario() == Scenario.of(study.fixed())


@given(configs())
def test_a_study_taken_as_its_own_base_is_the_same_study(data: dict[str, Any]) -> None:
    study = config_from_mapping(data)
    assert config_from_mapping({}, on=study) == study


def test_an_empty_file_is_a_study_of_the_defaults(write: Write) -> None:
    write("plain.toml", "")
    study = load_config("plain")
    assert (study.title, study.years, study.design.kind) == ("plain", 10, "grid")
    assert study.scenario() == Scenario.of()
    assert study.axes() == ()


def test_a_file_from_windows_reads_alike(write: Write) -> None:
    text = f'title = "École"\n[levers]\n{line(LEVER, other_value(LEVER))}\n'
    write("unix.toml", text)
    write("windows.toml", "").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert load_config("windows") == load_config("unix")
    write("windows.toml", "").write_bytes(b"\xef\xbb\xbfyears = 3\r\nseed = -1\r\n")
    with pytest.raises(ConfigError, match=r"^windows.toml:2: "):
        load_config("windows")


def test_dotted_keys_do_as_well_as_quoted_ones(write: Write) -> None:
    write("dotted.toml", f'[levers]\n{LEVER.name} = "{LEVER.options[1]}"\n')
    subject, word = LEVER.name.split(".")
    write("table.toml", f'[levers.{subject}]\n{word} = "{LEVER.options[1]}"\n')
    expected = {LEVER.name: LEVER.options[1]}
    assert load_config("dotted").levers == load_config("table").levers == expected


def test_a_precision_and_several_authorities(write: Write) -> None:
    write("schools.csv", "URN\n")
    write(
        "study.toml",
        'replications = { precision = 0.1, absolute = { "progress.mean" = 1 } }\n'
        '[population]\nsource = "schools.csv"\nauthority = ["Leeds", 383]\n'
        '[outcomes]\nreport = ["progress.mean"]\n',
    )
    study = load_config("study")
    rule = study.replications
    assert not isinstance(rule, int)
    assert (rule.precision, rule.absolute, rule.max) == (0.1, {"progress.mean": 1.0}, 200)
    assert study.population.authority == ("Leeds", 383)
    write("again.toml", study.to_toml())
    assert load_config("again").title == study.title
    assert load_config("again") == study


def test_options_of_figures_and_expectations_come_back_whole(write: Write) -> None:
    write(
        "study.toml",
        '[[figures]]\nkind = "line"\nfrom = 2005-09-01\nempty = []\nplain = {}\n'
        '[[expects]]\noutcome = "trust.mean"\nchange = "rises"\nbecause = "section 2.12"\n',
    )
    study = load_config("study")
    (figure,) = study.figures
    assert figure.options == {"from": datetime.date(2005, 9, 1), "empty": [], "plain": {}}
    assert [(one.outcome, one.change, one.because) for one in study.expects] == [
        ("trust.mean", "rises", "section 2.12")
    ]
    write("again.toml", study.to_toml())
    assert load_config("again") == study


def test_a_point_goes_on_top_of_the_fixed_values() -> None:
    study = config_from_mapping(
        {"levers": {LEVER.name: other_value(LEVER)}, "uncertainties": {WORLD.name: [LOW, HIGH]}}
    )
    scenario = study.scenario({WORLD.name: HIGH})
    assert scenario == Scenario.of({LEVER.name: other_value(LEVER), WORLD.name: HIGH})
    assert study.scenario({LEVER.name: LEVER.default}) == Scenario.of()


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Range(0.0, 1.0, 5), (0.0, 0.25, 0.5, 0.75, 1.0)),
        (Range(0.1, 0.7, 2), (0.1, 0.7)),
        (Range(0, 12, 5), (0, 3, 6, 9, 12)),
        (Range(0, 4, 4), (0, 1, 3, 4)),
        (Range(1, 3, 3), (1, 2, 3)),
    ],
)
def test_the_levels_of_a_range(span: Range, expected: tuple[float, ...]) -> None:
    assert span.values() == expected
    assert [type(value) for value in span.values()] == [type(value) for value in expected]


@pytest.mark.parametrize("width", range(1, 12))
def test_whole_levels_are_all_different(width: int) -> None:
    for levels in range(2, width + 2):
        assert len(set(Range(0, width, levels).values())) == levels


def test_a_range_without_levels_has_no_list() -> None:
    with pytest.raises(ValueError, match="without levels"):
        Range(0.0, 1.0).values()


def test_a_whole_range_has_no_more_levels_than_numbers() -> None:
    low, _ = WHOLE.bounds
    home = {"lever": "levers", "uncertainty": "uncertainties", "constant": "constants"}[WHOLE.role]
    with pytest.raises(ConfigError, match="cannot be 9: it must be a whole number from 2 to 2"):
        config_from_mapping({home: {WHOLE.name: {"low": low, "high": low + 1, "levels": 9}}})


def test_a_study_made_by_hand_is_checked_too() -> None:
    with pytest.raises(ValueError, match="has nothing to sample"):
        StudyConfig.model_validate({"design": {"kind": "lhs", "points": 4}})
    with pytest.raises(ValueError, match="frozen"):
        StudyConfig().seed = 3  # type: ignore[misc]


def test_loading_parameters_does_not_load_pydantic(package: Path) -> None:
    import subprocess
    import sys

    program = (
        f"import sys; sys.path.insert(0, {str(package.parent)!r}); "
        "import schoolsim.parameters as room; room.Scenario.of().as_one(); "
        "assert not {'pydantic', 'pandas', 'tomlkit'} & set(sys.modules), 'too much'"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[expects]]\noutcome = "trust.meen"\nchange = "rises"\nbecause = "x"\n', 'Did you mean "trust.mean"?'),
        ('[[expects]]\noutcome = "trust.mean"\nchange = "up"\nbecause = "x"\n', '"rises", "falls", "stays"'),
        ('[[expects]]\noutcome = "trust.mean"\nchange = "rises"\n', "because"),
        ('[[expects]]\noutcome = "trust.mean"\nchange = "rises"\nbecause = "x"\nwhy = "y"\n', "why"),
        (2 * '[[expects]]\noutcome = "trust.mean"\nchange = "rises"\nbecause = "x"\n', "twice"),
        (
            '[outcomes]\nreport = ["progress.mean"]\n'
            '[[expects]]\noutcome = "trust.mean"\nchange = "rises"\nbecause = "x"\n',
            "not listed under [outcomes] report",
        ),
    ],
)
def test_a_wrong_expectation_is_told(write: Write, text: str, told: str) -> None:
    write("study.toml", text)
    with pytest.raises(ConfigError) as caught:
        load_config("study", outcomes=["trust.mean", "progress.mean"])
    assert told in str(caught.value)
    assert str(caught.value).startswith("study.toml:")


def test_expectations_are_a_files_own(write: Write) -> None:
    """What a source expects of a programme is not expected of a study that changes it."""
    write("one.toml", '[[expects]]\noutcome = "trust.mean"\nchange = "rises"\nbecause = "x"\n')
    write("study.toml", 'base = "one"\n')
    assert load_config("one").expects
    assert load_config("study").expects == ()
    assert config_from_mapping({"years": 3}, on=load_config("one")).expects == load_config("one").expects


class Oddity:
    """Something no config can hold."""


ODDITIES: list[object] = [
    None, b"bytes", {1, 2}, complex(1, 2), Oddity(), Oddity, 10**400, 10**5000, float("nan"), "a\0b", "\ud800",
    Path("x"), (value for value in "ab"), {1: 2}, {"": ""}, range(3),
]  # fmt: skip


def nested(depth: int) -> list[object]:
    value: list[object] = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize("place", range(len(ODDITIES) + 2))
@pytest.mark.parametrize("key", ["title", "years", "levers", "design", "outcomes", "linked", "figures", "base", "x"])
def test_python_data_of_any_kind_are_taken_or_refused_with_a_message(key: str, place: int) -> None:
    endless: list[object] = []
    endless.append(endless)
    value = [*ODDITIES, nested(2000), endless][place]
    for data in ({key: value}, {key: [value]}, {key: {"kind": value}}, {key: [{"kind": "x", "y": value}]}):
        message = ""
        try:
            tomllib.loads(config_from_mapping(data).to_toml())  # type: ignore[arg-type]
        except ConfigError as error:
            message = str(error)
        assert len(message) < 5000


def test_parts_of_a_study_can_be_given_as_they_are_in_one() -> None:
    ranges = {WORLD.name: Range(LOW, HIGH)}
    study = config_from_mapping({"design": {"kind": "lhs", "points": 8, "cross": False}, "uncertainties": ranges})
    assert config_from_mapping({"design": study.design, "uncertainties": study.uncertainties}) == study
    assert study.design == Design(kind="lhs", points=8, cross=False)
