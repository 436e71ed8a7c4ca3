"""Synthetic authorities, drawn to the published figures of England's schools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Final

import numpy as np

from schoolsim.parameters.catalog.setting import MOST_OF_ONE_AUTHORITY
from schoolsim.populations.authorities import apportion, draw_setting, lay_out_squares
from schoolsim.populations.draws import validated_seed
from schoolsim.populations.school_attributes import Attributes, draw_attributes
from schoolsim.populations.schools import PHASES, PRIMARY, PopulationError, SchoolTable
from schoolsim.populations.setting import ENGLAND, Setting
from schoolsim.populations.towns import Landscape, draw_landscape, draw_places

_MOST_AUTHORITIES: Final = 500
# Schools an authority of a system, in the mean; the largest has about four times the mean.
_FEWEST: Final = 4
_MOST_EACH: Final = 400
_MEAN: Final = 140  # of England's 151
# A school's stable number is its authority's, plus its phase's, plus its index from 1.
_AUTHORITY_STEP: Final = 100_000
_PHASE_STEP: Final = 10_000


def synthetic_authority(
    seed: int,
    *,
    schools: int = ENGLAND.schools,
    secondary_share: float = ENGLAND.secondary_share,
    special_share: float = ENGLAND.special_share,
    density: float = ENGLAND.density,
    town_share: float = ENGLAND.town_share,
    primary_roll: float = ENGLAND.primary_roll,
    secondary_roll: float = ENGLAND.secondary_roll,
    roll_spread: float = ENGLAND.roll_spread,
    disadvantage: float = ENGLAND.disadvantage,
    segregation: float = ENGLAND.segregation,
    clustering: float = ENGLAND.clustering,
) -> SchoolTable:
    """Draw one authority; by default England in miniature, about 95 schools and 2,200 teachers.

    The same seed and settings give the same table. A school's draws are keyed by its phase and its
    index, so more schools of a phase leave the others as they were (their distances stretch with
    the land). From 150 schools on, towns and areas rich and poor grow in number with the land and no
    longer in size, so that an authority of 2,000 schools has as many schools near a school as one of
    300; sites are then others, and so is what hangs on them. `Setting` explains each setting and its
    bounds.

    Targets over many seeds, and no single draw is forced to them (England, January 2019; sources
    in `facts`; primary / secondary):

    - phases: 79 / 16 / 5% of schools are primary / secondary / special. Teachers follow from the
      rolls: 20.9 pupils a full-time teacher (sd 3.6) / 61 of them a school (sd 25), and 1.11 / 1.07
      heads each. That makes 2,200 heads in 95 schools, 23 a school as in England;
    - rolls: gamma of mean 282, sd 163 / normal of mean 973, sd 416; 15% of primary schools within
      15 pupils of 210 and 7% of 420;
    - share on free meals: beta(1.36, 7.76) / beta(1.84, 10.3); its correlation with the nearest
      school's .54 / .42 (of which a third lies between authorities, so that one alone has less),
      with the roll +.14 / -.24;
    - nearest school of the phase: log km of mean -.23, sd .95 / mean .33, sd 1.01 beyond 30 m; 5%
      of primary schools share a site; Clark-Evans R .83 / .74;
    - use of capacity: mean .84, above 1 for 16%;
    - attainment of secondary schools: correlation -.59 with free meals, +.31 with the roll, and .17
      with the nearest school's. It is normal: England's tail of grammar schools is left out.

    Returns:
        The schools, by phase. Easting and northing run from 0 to `Setting.side` kilometres.

    Raises:
        PopulationError: The seed or a setting is out of bounds.
    """
    setting = Setting(
        schools=schools,
        secondary_share=secondary_share,
        special_share=special_share,
        density=density,
        town_share=town_share,
        primary_roll=primary_roll,
        secondary_roll=secondary_roll,
        roll_spread=roll_spread,
        disadvantage=disadvantage,
        segregation=segregation,
        clustering=clustering,
    )
    return _table(validated_seed(seed), [setting])


def authorities_of(schools: int) -> int:
    """How many authorities a run of so many made-up schools has."""
    return 1 if schools <= MOST_OF_ONE_AUTHORITY else round(schools / _MEAN)


def synthetic_schools(seed: int, schools: int, setting: Mapping[str, Any]) -> SchoolTable:
    """Draw as many schools as a run asks for.

    Up to `MOST_OF_ONE_AUTHORITY` they are one authority (`synthetic_authority`), beyond that as many authorities as
    England would have for them (`synthetic_system`), one for 140 schools.

    Args:
        seed: Seed of the population.
        schools: How many, to the last one.
        setting: Settings by name, as of `synthetic_authority`; of several authorities, as `like` of `synthetic_system`.

    Raises:
        PopulationError: The seed, the number or a setting is out of bounds.
    """
    authorities = authorities_of(schools)
    if authorities == 1:
        return synthetic_authority(seed, schools=schools, **setting)
    return synthetic_system(seed, authorities=authorities, schools=schools, like=replace(ENGLAND, **setting))


def synthetic_system(
    seed: int, *, authorities: int = 11, schools: int | None = None, like: Setting = ENGLAND
) -> SchoolTable:
    """Draw several authorities side by side, each of its own size, density and disadvantage.

    Eleven authorities make a region of about 1,500 schools, 151 an England of about 21,000. Each
    authority is square; how authorities differ is drawn to 150 English ones (`authorities`), and
    over many of them the targets of `synthetic_authority` hold again, with the share of variance
    between authorities (free meals .24 / .33, attainment .09) and the nearest school in the same
    authority for 96 / 90%. An authority keeps its schools when others are added.

    Args:
        seed: Seed of the population.
        authorities: How many (1 to 500).
        schools: Schools in all (4 to 400 for each authority); None leaves the sizes as drawn.
        like: Density, rolls, disadvantage and so on are what England's would be times the ratio of this setting to the
            default, as far as bounds go; shares of phases are those given, and its number of schools does not count.

    Raises:
        PopulationError: The seed or a number is out of bounds.
    """
    if not 1 <= authorities <= _MOST_AUTHORITIES:
        raise PopulationError(f'"authorities" cannot be {authorities!r}: it must be from 1 to {_MOST_AUTHORITIES}.')
    seed = validated_seed(seed)
    settings = [draw_setting(seed, _number(row), like) for row in range(authorities)]
    if schools is not None:
        low, high = _FEWEST * authorities, _MOST_EACH * authorities
        if not low <= schools <= high:
            raise PopulationError(
                f'"schools" cannot be {schools!r} in {authorities} authorities: it must be from {low:,} to {high:,}.'
            )
        sizes = apportion([setting.schools for setting in settings], schools)
        settings = [replace(setting, schools=size) for setting, size in zip(settings, sizes, strict=True)]
    return _table(seed, settings)


def _number(row: int) -> int:
    """Stable number of the authority in this row."""
    return (row + 1) * _AUTHORITY_STEP


def _table(seed: int, settings: Sequence[Setting]) -> SchoolTable:
    corners = lay_out_squares(np.array([setting.side for setting in settings]))
    parts = []
    for row, setting in enumerate(settings):
        landscape = draw_landscape(seed, _number(row), stretch=setting.stretch)
        for phase in range(len(PHASES)):
            part = _phase_columns(seed, setting, landscape, number=_number(row), phase=phase)
            part["easting"] = np.round(corners[row, 0] + setting.side * part["easting"], 3)
            part["northing"] = np.round(corners[row, 1] + setting.side * part["northing"], 3)
            part["authority"] = np.full(len(part["urn"]), row)
            parts.append(part)
    columns: dict[str, Any] = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return SchoolTable(**columns, authorities=tuple(f"Authority {row + 1}" for row in range(len(settings))))


def _phase_columns(seed: int, setting: Setting, landscape: Landscape, *, number: int, phase: int) -> dict[str, Any]:
    """Draw the columns of one phase; places are still in sides of the authority's square."""
    index = 1 + np.arange(setting.counts[phase], dtype=np.int64)
    urn = number + phase * _PHASE_STEP + index
    # Half as many of the larger schools lie outside the towns.
    town_share = setting.town_share if phase == PRIMARY else 0.5 + 0.5 * setting.town_share
    places = draw_places(seed, landscape, phase, urn, town_share=town_share, reach=setting.reach)
    spread = np.sqrt(town_share * (1.0 - town_share))
    town = (places.in_town - town_share) / spread if spread > 0 else np.zeros(len(urn))
    neighbourhood = landscape.poverty(places.east, places.north)
    area_results = landscape.results(places.east, places.north)
    attributes = draw_attributes(
        seed, setting, phase, urn, town=town, neighbourhood=neighbourhood, area_results=area_results
    )
    name = PHASES[phase].capitalize()
    return {
        "urn": urn,
        "name": np.array([f"{name} {number_in_phase}" for number_in_phase in index], dtype=np.object_),
        "phase": np.full(len(urn), phase),
        "easting": places.east,
        "northing": places.north,
        **{field.name: getattr(attributes, field.name) for field in fields(Attributes)},
    }
