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
    "files stay small": [{"rules/trust.py": "x = 1\n" * (FILE_LINES + 1)}],
    "functions stay small": [
        {"rules/trust.py": f"def grow():\n{_LONG_BODY}"},
        {"rules/trust.py": f"class Trust:\n    def grow(self):\n{_LONG_METHOD}"},
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
