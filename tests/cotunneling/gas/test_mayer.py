"""The cluster expansion against connected graphs and against the logarithm of a lattice gas."""

from fractions import Fraction
from itertools import combinations, product
from math import factorial, prod
from random import Random

import pytest
from sympy import lambdify

from derivations.cotunneling.gas.mayer import boltzmann_weight, bond, ursell_function

__all__: list[str] = []


def connected(count, edges):
    """Whether the edges connect the particles 1..count."""
    reached = {1}
    for _ in range(count):
        reached |= {v for edge in edges for v in edge if reached & set(edge)}
    return len(reached) == count


def sum_over_connected_graphs(count, bonds):
    """Sum over connected graphs of the product of their bonds, every graph looked at."""
    pairs = list(bonds)
    graphs = (edges for size in range(len(pairs) + 1) for edges in combinations(pairs, size))
    return sum(prod((bonds[edge] for edge in edges), start=1) for edges in graphs if connected(count, edges))


def at(expression, bonds):
    """The value of an expression in bonds, in exact arithmetic."""
    return lambdify([bond(*pair) for pair in bonds], expression, modules="math")(*bonds.values())


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_cluster_is_the_sum_over_connected_graphs(count):
    random = Random(count)
    bonds = {pair: Fraction(random.randint(-9, 9), 7) for pair in combinations(range(1, count + 1), 2)}
    assert at(ursell_function(count), bonds) == sum_over_connected_graphs(count, bonds)


def test_only_bonds_between_different_species_connect():
    species = {1: "first", 2: "first", 3: "second", 4: "second"}
    different = [pair for pair in combinations(species, 2) if species[pair[0]] != species[pair[1]]]
    bonds = {pair: Fraction(k + 1, 3) for k, pair in enumerate(different)}
    cluster = ursell_function(4, lambda i, j: species[i] != species[j])
    assert at(cluster, bonds) == sum_over_connected_graphs(4, bonds)
    assert ursell_function(3, lambda i, j: False) == 0


def test_weight_is_a_product_over_pairs():
    weight = boltzmann_weight((1, 3, 4), lambda i, j: (i, j) != (3, 4))
    assert weight.expand() == (1 + bond(1, 3) + bond(1, 4) + bond(1, 3) * bond(1, 4))
    assert boltzmann_weight((2,), lambda i, j: True) == 1


SITES, LARGEST = (0, 1, 2), 3


def mayer_bonds(places):
    """f of two particles by their distance; a chain whose ends are far apart."""
    table = {0: Fraction(-1), 1: Fraction(3, 5), 2: Fraction(-2, 7)}
    return {(i + 1, j + 1): table[abs(places[i] - places[j])] for i, j in combinations(range(len(places)), 2)}


def logarithm(coefficients):
    """Coefficients of the logarithm of a power series that starts with 1: n c_n = n a_n - sum of k c_k a_(n-k)."""
    found = [Fraction(0)]
    for n in range(1, len(coefficients)):
        rest = sum((k * found[k] * coefficients[n - k] for k in range(1, n)), start=Fraction(0))
        found.append(coefficients[n] - rest / n)
    return found


def test_clusters_make_the_logarithm_of_a_lattice_gas():
    def order(count, weight):
        places = product(SITES, repeat=count)
        return sum((weight(mayer_bonds(p)) for p in places), start=Fraction(0)) / factorial(count)

    partition_function = [order(n, lambda bonds: prod(1 + f for f in bonds.values())) for n in range(LARGEST + 1)]
    clusters = [order(n, lambda bonds, n=n: at(ursell_function(n), bonds)) for n in range(1, LARGEST + 1)]
    assert logarithm(partition_function)[1:] == clusters


def test_pair_of_two_species_is_the_mixed_term_of_the_logarithm():
    # ln Z = ln(1 + a S + b S + a b sum over places (1 + f) + ...): the coefficient of a b.
    pair_weights = [1 + mayer_bonds(places)[1, 2] for places in product(SITES, repeat=2)]
    mixed = sum(pair_weights) - len(SITES) ** 2
    cluster = ursell_function(2, lambda i, j: (i, j) == (1, 2))
    assert sum(at(cluster, mayer_bonds(places)) for places in product(SITES, repeat=2)) == mixed
