"""Whole numbers that stand for options in columns and parameters: a choice's from the catalogue, the others named here.

A code is bound when the module is loaded, so that a misspelt option fails at once and compiled code sees a constant.
"""

from __future__ import annotations

from typing import Final

from schoolsim.parameters import code

#: In a column of rows, slots, practices or half-terms: there is none.
NONE: Final = -1

# Phase of a school, in the order of `populations.PHASES`.
PRIMARY: Final = 0
SECONDARY: Final = 1
SPECIAL: Final = 2

# Modes, from the shallowest to the deepest: rules compare them.
MODES: Final = ("replication", "adaptation", "exchange", "creation")
FREE_MODE: Final = code("programme.mode", "free")
#: `programme.mode` counts from the free choice, a partnership's own mode from replication.
FIRST_MODE: Final = code("programme.mode", "replication")
REPLICATION: Final = FIRST_MODE - FIRST_MODE
ADAPTATION: Final = code("programme.mode", "adaptation") - FIRST_MODE
EXCHANGE: Final = code("programme.mode", "exchange") - FIRST_MODE
CREATION: Final = code("programme.mode", "creation") - FIRST_MODE

NO_BADGES: Final = code("badging.scope", "none")
INDIVIDUAL: Final = code("badging.scope", "individual")
COLLECTIVE: Final = code("badging.scope", "collective")

PURSE_ORIGINATOR: Final = code("funding.purse", "originator")
PURSE_PARTNERSHIP: Final = code("funding.purse", "partnership")
PURSE_CENTRAL: Final = code("funding.purse", "central")
PURSE_BID: Final = code("funding.purse", "bid")

FOR_ALL: Final = code("funding.covers", "all")
FOR_ORIGINATORS: Final = code("funding.covers", "originators")

NO_EVALUATION: Final = code("evaluation.kind", "none")
FORMAL: Final = code("evaluation.kind", "formal")
INFORMAL: Final = code("evaluation.kind", "informal")

HEADS_ONLY: Final = code("network.levels", "heads")

MAP_NONE: Final = code("broker.mapping", "none")
MAP_HOLES: Final = code("broker.mapping", "holes")
MAP_HUBS: Final = code("broker.mapping", "hubs")
MAP_MIXED: Final = code("broker.mapping", "mixed")

SELECT_BEST: Final = code("programme.select", "best")
SELECT_VOLUNTEERS: Final = code("programme.select", "volunteers")
SELECT_WEAKEST: Final = code("programme.select", "weakest")
SELECT_CROSS_AREA: Final = code("programme.select", "cross_area")
SELECT_UNLIKE: Final = code("programme.select", "unlike")
SELECT_VALUE_ADDED: Final = code("programme.select", "value_added")
#: Of `network.select`, whose other options are those of `programme.select` after it.
SELECT_AS_PROGRAMME: Final = code("network.select", "programme")
FIRST_NETWORK_SELECT: Final = SELECT_AS_PROGRAMME + 1

STAR: Final = code("programme.structure", "star")
CLUSTER: Final = code("programme.structure", "cluster")
TRIAD: Final = code("programme.structure", "triad")
SUPPORTED: Final = code("programme.structure", "supported")

ALL_LEVELS: Final = code("network.levels", "all")

# Role of a school in the programme.
NEITHER: Final = 0
ORIGINATOR: Final = 1
PARTNER: Final = 2

# Level of contact, and the scope of practices at whose level change is meant to happen.
TEACHERS: Final = code("contact.level", "teachers")
MIDDLE: Final = code("contact.level", "middle")
HEADS: Final = code("contact.level", "heads")

OWN_CHANNEL: Final = code("channel.programme", "own")
DOCUMENT: Final = code("channel.programme", "document")
MEETING: Final = code("channel.programme", "meeting")
VISIT: Final = code("channel.programme", "visit")
COTEACHING: Final = code("channel.programme", "coteaching")

# Role of a teacher.
CLASS_TEACHER: Final = 0
MIDDLE_LEADER: Final = 1
ADVANCED: Final = 2
