"""The house rules hold, and each is seen to fail on a file that breaks it."""

from __future__ import annotations

import pytest

from tests.architecture.conftest import MadeUp
from tests.architecture.house import BODY_LINES, FILE_LINES, RULES
from tests.architecture.sources import Module

_LONG_BODY = "    x = 1\n" * (BODY_LINES + 1)
_LONG_METHOD = "        x = 1\n" * (BODY_LINES + 1)

# Rule -> made-up files of one package each that break it.
BROKEN: dict[str, list[dict[str, str]]] = {
    "heavy packages stay in their rooms": [
        {"rules/trust.py": "import mesa"},
        {"analysis/contrast.py": "def late():\n    from matplotlib import pyplot"},
        {"studies/store.py": "import mesa.space"},
        {"analysis/multiplicity.py": "from dask.distributed import Client"},
        {"studies/progress.py": "import typer"},
    ],
    "dask stays in one file": [
        {"studies/cluster.py": "import dask", "studies/store.py": "import distributed"},
    ],
    "nothing is pickled": [
        {"studies/store.py": "import pickle"},
        {"studies/store.py": "from cloudpickle import dumps"},
        {"studies/store.py": "import numpy as np\nnp.load('x', allow_pickle=True)"},
        {"analysis/run_table.py": "def save(frame):\n    frame.to_pickle('x')"},
    ],
    "chance is not hidden": [
        {"populations/ties.py": "import numpy as np\nnp.random.seed(0)"},
        {"populations/ties.py": "import numpy\nx = numpy.random.rand()"},
        {"populations/ties.py": "from numpy.random import shuffle"},
        {"populations/ties.py": "import random"},
        {"populations/ties.py": "import numpy as np\nr = np.random.default_rng()"},
    ],
    "only cli prints": [{"analysis/contrast.py": "def f():\n    print('done')"}],
    "the start method is the caller's": [
        {"studies/pool.py": "import multiprocessing as mp\nmp.set_start_method('spawn')"},
    ],
    "files are named after their content": [
        {"studies/utils.py": ""},
        {"utils/paths.py": ""},
        {"rules/helpers.py": ""},
    ],
    "public functions name their arguments": [
        {"studies/sweep.py": "def sweep(**options): ..."},
        {"studies/sweep.py": "class Study:\n    def run(self, **options): ..."},
    ],
    "modules tell what they do": [
        {"rules/trust.py": '"""How trust moves."""'},
        {"studies/store.py": '"""What is stored, and where."""\n'},
    ],
    "files stay small": [{"rules/trust.py": "x = 1\n" * (FILE_LINES + 1)}],
    "functions stay small": [
        {"rules/trust.py": f"def grow():\n{_LONG_BODY}"},
        {"rules/trust.py": f"class Trust:\n    def grow(self):\n{_LONG_METHOD}"},
    ],
}

BROKEN |= {
    "functions of the system take few arguments": [
        {"system/trust/ties.py": "def grow(state, p, clock, school, other, tie, trust): ..."},
        {"system/state/slots.py": "def grow(a, b, c, d, e, f, g=1): ..."},
        {"system/agents.py": "class School:\n    def __init__(self, a, b, c, d, e, f, g): ..."},
    ],
    "no number is without a name": [
        {"rules/trust.py": "def success(gain):\n    return 30.0 * gain"},
        {"system/trust/ties.py": "def grow(state):\n    state.ties.trust[0] = min(1.0, 0.15)"},
        {"system/brokers/visits.py": "def looks(visit):\n    return visit * 1000"},
        {"system/state/slots.py": "def parts():\n    for place in range(3):\n        yield place"},
        {"rules/trust.py": "def loss(level):\n    return -level ** 3"},
        {"rules/trust.py": "def guard(level):\n    return max(1e-3, level)"},
    ],
    "nothing private of the compiler's": [
        {"jit.py": "from numba.core.dispatcher import _FunctionCompiler"},
        {"jit.py": "import numba._dispatcher"},
        {"columns.py": "from numba import njit\ndef size(function):\n    return function._cache"},
        {"columns.py": "from numba.core import types\nclass Column(types.Type):\n    name = types.Type._code"},
    ],
    "the compiler is not patched": [
        {"jit.py": "import numba\nnumba.config.OPT = 1"},
        {"jit.py": "from numba.core import caching\ncaching.FunctionCache.load = None"},
        {"jit.py": "from numba.core.compiler import Flags\nsetattr(Flags, 'nrt', False)"},
        {"jit.py": "import llvmlite.binding as llvm\ndel llvm.Target"},
        {"jit.py": "import os\nos.environ['NUMBA_OPT'] = '1'"},
        {"jit.py": "import numba\nnumba.config.OPT += 1"},
    ],
}

# Files near the rules that break none.
KEPT: dict[str, dict[str, str]] = {
    "guests at home": {
        "system/face.py": "import mesa",
        "explore/app.py": "import mesa",
        "figures/lines.py": "import matplotlib.pyplot",
        "studies/cluster.py": "import dask\nimport distributed",
        "cli/main.py": "import typer\nprint('done')",
    },
    "a generator somebody seeds": {
        "analysis/multiplicity.py": "import numpy as np\nr = np.random.default_rng(1)",
        "populations/ties.py": "from numpy.random import Generator",
    },
    "names that only look alike": {
        "studies/old.py": "import pickleshare",
        "studies/store.py": "import numpy as np\nnp.load('x', allow_pickle=False)",
        "rules/randomness.py": "from schoolsim.draws import uniform\nprinted = 'print()'",
        "studies/sweep.py": "def _adapt(**options): ...",
    },
    "numbers and names as they should be": {
        "rules/trust.py": (
            "LEVEL = 0.15\n\n\ndef success(gain, years=10):\n    return max(1e-9, -1.0 + 2.0 * gain * 0.5 - LEVEL) ** 2"
        ),
        "system/trust/ties.py": "def grow(state, p, clock, school, other, tie, *, trust): ...",
        "studies/store.py": "def store(a, b, c, d, e, f, g):\n    return 512 * a._private",
        "columns.py": (
            "from numba import types\n\n\nclass Column:\n    def __init__(self, held):\n        self._held = held\n"
            "        self._take(held)\n\n    def _take(self, held):\n        held.head._take(held._getvalue())\n"
        ),
        "jit.py": "import os\nimport numba\nchosen = os.environ.get('NUMBA_OPT')\nmine = {}\nmine['numba'] = numba",
    },
    "just inside": {
        "rules/trust.py": "x = 1\n" * FILE_LINES,
        "rules/modes.py": "def grow():\n" + "    x = 1\n" * BODY_LINES,
    },
}


@pytest.mark.parametrize("rule", RULES)
def test_the_package_keeps(rule: str, modules: list[Module]) -> None:
    assert RULES[rule](modules) == []


def test_every_rule_has_files_that_break_it() -> None:
    assert set(BROKEN) == set(RULES)


@pytest.mark.parametrize(
    ("rule", "files"),
    [pytest.param(rule, files, id=f"{rule} {n}") for rule in BROKEN for n, files in enumerate(BROKEN[rule])],
)
def test_a_broken_rule_is_seen(rule: str, files: dict[str, str], made_up: MadeUp) -> None:
    findings = RULES[rule](made_up(files))
    assert len(findings) == 1
    assert next(iter(files)) in findings[0]


@pytest.mark.parametrize("files", KEPT.values(), ids=KEPT.keys())
@pytest.mark.parametrize("rule", RULES)
def test_what_keeps_the_rules_passes(rule: str, files: dict[str, str], made_up: MadeUp) -> None:
    assert RULES[rule](made_up(files)) == []


def test_a_docstring_is_not_counted_as_body(made_up: MadeUp) -> None:
    doc = '    """One.\n' + "    more\n" * BODY_LINES + '    """\n'
    source = "def grow():\n" + doc + "    x = 1\n" * BODY_LINES
    assert RULES["functions stay small"](made_up({"rules/trust.py": source})) == []
