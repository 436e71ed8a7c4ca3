"""The lists on the screen hold what the registry and the configs hold."""

from __future__ import annotations

from schoolsim.explore import catalogue
from schoolsim.parameters import REGISTRY, parameter


def test_every_lever_and_uncertainty_is_there_once_with_what_a_reader_needs() -> None:
    rows = {row["name"]: row for row in catalogue.levers()}
    assert list(rows) == [name for name, spec in REGISTRY.items() if spec.role in ("lever", "uncertainty")]
    for name, row in rows.items():
        spec = parameter(name)
        assert row["meaning"] == spec.meaning
        assert all(row[word] for word in ("label", "subject", "source", "range"))
        if spec.kind in ("real", "whole"):
            assert (row["low"], row["high"]) == spec.bounds
            assert row["options"] == []
        else:
            assert [option["value"] for option in row["options"]] == list(spec.options or (True, False))
            assert all(option["label"] for option in row["options"])


def test_a_slider_of_whole_numbers_goes_by_ones() -> None:
    rows = {row["name"]: row for row in catalogue.levers()}
    assert rows["programme.originators"]["step"] == 1
    assert rows["market.choice_weight"]["step"] == 0.02


def test_programmes_and_settings_come_with_their_sources() -> None:
    programmes, settings = catalogue.programmes(), catalogue.settings()
    assert "programmes/beacon" in {entry.name for entry in programmes}
    assert catalogue.NO_PROGRAMME not in {entry.name for entry in programmes}
    assert "settings/urban" in {entry.name for entry in settings}
    assert all(entry.title and entry.text and entry.sources for entry in [*programmes, *settings])


def test_subjects_are_those_of_the_catalogue() -> None:
    subjects = catalogue.subject_of()
    assert subjects["badging.scope"] == "Identity"
    assert subjects["funding.purse"] == "Time and money"
