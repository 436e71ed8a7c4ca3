"""Departments of secondary schools; other schools are not divided (§3.45, §4.11)."""

from __future__ import annotations

from schoolsim.jit import compiled
from schoolsim.rules.codes import SECONDARY
from schoolsim.system.state import Parameters, Schools, Teachers


@compiled
def departments_of(schools: Schools, school: int, p: Parameters) -> int:
    """How many departments a school is divided into; one where it is not."""
    return p.department_number if schools.phase[school] == SECONDARY else 1


@compiled
def department_of(schools: Schools, teachers: Teachers, post: int) -> int:
    """Whose department a post is in; where a school is not divided all are in the first."""
    return teachers.department[post] if schools.phase[teachers.school[post]] == SECONDARY else 0


@compiled
def one_subject(schools: Schools, teachers: Teachers, post: int, other: int) -> bool:
    """Whether two people teach one subject; only secondary schools divide the work so."""
    if schools.phase[teachers.school[post]] != SECONDARY or schools.phase[teachers.school[other]] != SECONDARY:
        return False
    return bool(teachers.department[post] == teachers.department[other])
