"""The rules as plain Python, all that the twin shares with the model it checks."""

from __future__ import annotations

from benchmarks.twin.uncompiled import uncompiled
from schoolsim.rules import brokers as _brokers
from schoolsim.rules import engagement as _engagement
from schoolsim.rules import identity as _identity
from schoolsim.rules import learning as _learning
from schoolsim.rules import market as _market
from schoolsim.rules import modes as _modes
from schoolsim.rules import partnerships as _partnerships
from schoolsim.rules import practice as _practice
from schoolsim.rules import shapes as _shapes
from schoolsim.rules import teaching as _teaching
from schoolsim.rules import time_money as _time_money
from schoolsim.rules import trust as _trust

brokers = uncompiled(_brokers)
engagement = uncompiled(_engagement)
identity = uncompiled(_identity)
learning = uncompiled(_learning)
market = uncompiled(_market)
modes = uncompiled(_modes)
partnerships = uncompiled(_partnerships)
practice = uncompiled(_practice)
shapes = uncompiled(_shapes)
teaching = uncompiled(_teaching)
time_money = uncompiled(_time_money)
trust = uncompiled(_trust)

unit = shapes.unit
toward = shapes.toward
