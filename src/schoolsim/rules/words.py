"""Whole numbers that stand for words in columns and records; a test holds them against the catalogue."""

from __future__ import annotations

from typing import Final

PRIMARY: Final = 0
SECONDARY: Final = 1
SPECIAL: Final = 2

REPLICATION: Final = 0
ADAPTATION: Final = 1
EXCHANGE: Final = 2
CREATION: Final = 3
MODES: Final = ("replication", "adaptation", "exchange", "creation")

NO_BADGES: Final = 0
INDIVIDUAL: Final = 1
COLLECTIVE: Final = 2

PURSE_ORIGINATOR: Final = 0
PURSE_PARTNERSHIP: Final = 1
PURSE_CENTRAL: Final = 2
PURSE_BID: Final = 3

FOR_ALL: Final = 0
FOR_ORIGINATORS: Final = 1

NO_EVALUATION: Final = 0
FORMAL: Final = 1
INFORMAL: Final = 2

COURTSHIP: Final = 0
PLANNING: Final = 1
EARLY_USE: Final = 2
SETTLED: Final = 3

SELECT_BEST: Final = 0
SELECT_VOLUNTEERS: Final = 2
SELECT_WEAKEST: Final = 3
SELECT_CROSS_AREA: Final = 4
SELECT_UNLIKE: Final = 5
SELECT_VALUE_ADDED: Final = 6
SELECT_AS_PROGRAMME: Final = 0  # of `network.select`, whose other numbers are one more

STAR: Final = 0
CLUSTER: Final = 1
TRIAD: Final = 2
SUPPORTED: Final = 3
ALL_LEVELS: Final = 1

FREE_MODE: Final = 0

NEITHER: Final = 0
ORIGINATOR: Final = 1
PARTNER: Final = 2

# Levels of contact (`contact.level`), and the scope of practices at whose level change is meant to happen.
TEACHERS: Final = 0
MIDDLE: Final = 1
HEADS: Final = 2

# Channels (`channel.programme`), and the share of hours side by side and of the visits that each means.
BY_MODE: Final = 0
DOCUMENT: Final = 1
WEBSITE: Final = 2
MEETING: Final = 3
VISIT: Final = 4
COTEACHING: Final = 5
SUSTAINED: Final = 6

CLASS_TEACHER: Final = 0
MIDDLE_LEADER: Final = 1
ADVANCED: Final = 2
