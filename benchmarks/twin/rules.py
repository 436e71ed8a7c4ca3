"""The rules as plain Python: the one thing the twin shares with the model it checks."""

from __future__ import annotations

from benchmarks.twin.plainly import plainly
from schoolsim.rules import brokering as _brokering
from schoolsim.rules import endings as _endings
from schoolsim.rules import engagement as _engagement
from schoolsim.rules import horizon as _horizon
from schoolsim.rules import identity as _identity
from schoolsim.rules import learning as _learning
from schoolsim.rules import market as _market
from schoolsim.rules import modes as _modes
from schoolsim.rules import practice as _practice
from schoolsim.rules import search as _search
from schoolsim.rules import shapes as _shapes
from schoolsim.rules import time_money as _time_money
from schoolsim.rules import trust as _trust

brokering = plainly(_brokering)
endings = plainly(_endings)
engagement = plainly(_engagement)
horizon = plainly(_horizon)
identity = plainly(_identity)
learning = plainly(_learning)
market = plainly(_market)
modes = plainly(_modes)
practice = plainly(_practice)
search = plainly(_search)
shapes = plainly(_shapes)
time_money = plainly(_time_money)
trust = plainly(_trust)

unit = shapes.unit
toward = shapes.toward
