"""One name, one thing; one word, one meaning; and a way without leaps from a public function to its derivation."""

import ast
import inspect
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from derivations import cotunneling
from rederived.evaluate.declared import Formula

__all__: list[str] = []

PART = Path(cotunneling.__file__).parent
SOURCES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PART.rglob("*.py"))}


def public_functions():
    return [
        (path, node)
        for path, tree in SOURCES.items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


def test_no_two_functions_of_the_part_share_a_name():
    places = defaultdict(list)
    for path, node in public_functions():
        places[node.name].append(path.relative_to(PART).as_posix())
    assert len(places) > 200
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_no_evaluator_is_looked_up_by_a_string():
    called = {node.name for _, node in public_functions() if node.name.endswith("evaluator_of")}
    tables = {t.id for tree in SOURCES.values() for n in tree.body if isinstance(n, ast.Assign)
              for t in n.targets if isinstance(t, ast.Name) and t.id == "_MADE_BY"}
    assert called | tables == set()


def test_a_ratio_of_capacitances_is_never_called_by_another_name():
    """`mutual_capacitance` is farads, at the border only; `coupling` is E_J/E_Cm, `capacitance_ratio` C_m/C."""
    arguments = defaultdict(set)
    for path, tree in SOURCES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
                    arguments[argument.arg].add(path.name)
    assert arguments["mutual_capacitance"] == {"laboratory.py"}
    assert {"pair.py", "bounce.py", "regimes.py", "merged.py"} <= arguments["capacitance_ratio"]
    assert not any(name.startswith("coupling_ratio") for name in arguments)


@pytest.mark.parametrize(
    "function",
    [
        cotunneling.single_junction_amplitude,
        cotunneling.renormalized_amplitude,
        cotunneling.cotunneling_amplitude,
        cotunneling.weak_coupling_amplitude,
        cotunneling.steepest_descent_amplitude,
        cotunneling.merged_instanton_amplitude,
        cotunneling.attraction_depth,
        cotunneling.frequency_ratio,
        cotunneling.crossover_energy,
        cotunneling.cooper_pair_cotunneling_amplitude,
        cotunneling.interaction_profile,
        cotunneling.typical_separation,
    ],
    ids=lambda f: f.__name__,
)
def test_a_public_function_names_the_formula_that_it_evaluates(function):
    """The body's only global is a formula, whose arguments are the function's own, in their order."""
    names = set(function.__code__.co_names) & set(function.__globals__)
    formulas = [f for n in names if isinstance(f := function.__globals__[n], Formula)]
    assert len(formulas) == 1, names
    taken = [name for name in inspect.signature(function).parameters if name != "log"]
    assert list(formulas[0].arguments) == taken
    assert formulas[0].name == function.__name__


def test_importing_the_part_derives_nothing():
    """Formulas run when asked for: no expression is in the caches after an import."""
    code = (
        "import derivations.cotunneling as part, sys; [getattr(part, name) for name in part.__all__];"
        "from rederived.evaluate.declared import Formula;"
        "found = [v for m in list(sys.modules.values()) if m.__name__.startswith('derivations')"
        " for v in vars(m).values() if isinstance(v, Formula)];"
        "made = [f.__name__ for f in found if 'evaluator' in vars(f)];"
        "from derivations.cotunneling.instantons.instanton import plasma_frequency;"
        "print(len(found) > 20, made, plasma_frequency.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PART.parents[1])
    assert done.stdout.strip() == "True [] 0"


def test_what_is_only_symbolic_needs_neither_numpy_nor_scipy():
    """Rooms of formulas can be imported, and what they hold derived anew, where both packages are missing."""
    code = (
        "import sys; sys.modules['numpy'] = sys.modules['scipy'] = None;"
        "from derivations.cotunneling.instantons.pair import charging_over_josephson;"
        "from derivations.cotunneling.drag.drag import drag_from_rates;"
        "import derivations.cotunneling.dual.cooper_pairs, derivations.cotunneling.strong_coupling.merged;"
        "print(charging_over_josephson(), len(drag_from_rates()))"
    )
    surroundings = {**os.environ, "DERIVATIONS_KEPT": "off"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=PART.parents[1],
                          env=surroundings)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "xi**2/8 2\n"


def test_the_part_offers_what_it_says_and_imports_it_when_asked():
    assert dir(cotunneling) == sorted(cotunneling.__all__)
    assert all(getattr(cotunneling, name) is not None for name in cotunneling.__all__)
    with pytest.raises(AttributeError, match="no attribute 'evaluator_of'"):
        _ = cotunneling.evaluator_of
