"""The cluster expansion of any mixture of classical particles, to any order.

Nothing here knows of junctions. With f_ij = exp(-v_ij) - 1 the weight of a set of particles is the product of
all 1 + f_ij; the logarithm of the partition function keeps its connected part, the Ursell function.
"""

from functools import cache
from itertools import combinations

from sympy import Expr, Integer, Symbol, expand, prod

__all__ = ["bond", "boltzmann_weight", "ursell_function"]


def bond(i: int, j: int) -> Symbol:
    """The Mayer bond f_ij = exp(-v_ij) - 1 of particles i < j."""
    return Symbol(f"f_{i}{j}", real=True)


def boltzmann_weight(particles: tuple[int, ...], interacting) -> Expr:
    """exp(-sum of v_ij) in terms of bonds; `interacting(i, j)` says which pairs have one."""
    return prod(
        (
            1 + bond(i, j)
            for i, j in combinations(particles, 2)
            if interacting(i, j)
        ),
        start=Integer(1),
    )


def ursell_function(count: int = 2, interacting=lambda i, j: True) -> Expr:
    """The connected part of the weight of `count` particles: the term of that order in the logarithm.

    A set is the connected cluster of its first particle times any arrangement of the rest; solving for the
    cluster of all particles gives the recursion used here, the logarithm of an exponential series.

    >>> ursell_function(2)
    f_12
    >>> ursell_function(3)
    f_12*f_13*f_23 + f_12*f_13 + f_12*f_23 + f_13*f_23
    """

    @cache
    def cluster(particles: tuple[int, ...]) -> Expr:
        first, others = particles[0], particles[1:]
        rest = Integer(0)
        for size in range(len(others)):
            for kept in combinations(others, size):
                outside = tuple(p for p in others if p not in kept)
                rest += cluster((first, *kept)) * boltzmann_weight(
                    outside, interacting
                )
        return expand(boltzmann_weight(particles, interacting) - rest)

    return cluster(tuple(range(1, count + 1)))
