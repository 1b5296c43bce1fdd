"""Plain sentences with formulas in ASCII, as docstrings have them, become HTML with letters and indices."""

import html
import re

__all__ = ["as_html", "in_ascii"]

_GREEK = {
    "Delta": "Δ",
    "Sigma": "Σ",
    "alpha": "α",
    "delta": "δ",
    "epsilon": "ε",
    "eta": "η",
    "gamma": "γ",
    "kappa": "κ",
    "lambda": "λ",
    "mu": "μ",
    "nu": "ν",
    "omega": "ω",
    "Omega": "Ω",
    "phi": "φ",
    "pi": "π",
    "psi": "ψ",
    "rho": "ρ",
    "tau": "τ",
    "theta": "θ",
    "xi": "ξ",
}
_NAME = re.compile(
    rf"(?<![A-Za-z.])(?P<base>{'|'.join(_GREEK)}|[A-Za-z])(?P<tilde>~)?(?P<prime>')?"
    r"(?:_(?P<index>\{[^}]*\}|\w+(?:,-?\w+)?))?(?![\w(])"
)
_SIGNS = (("&lt;&lt;", "≪"), ("-&gt;", "→"), ("d τ", "dτ"), ("d φ", "dφ"), ("δ J", "δJ"), ("δ μ", "δμ"), (" oo", " ∞"))


def as_html(text: str) -> str:
    """A sentence for a page; a name such as gamma_1,-1 or E_J gets its Greek letter and its index.

    >>> as_html("gamma_1,-1 < E_J at tau'_{M_2}")
    'γ<sub>1,-1</sub> &lt; E<sub>J</sub> at τ′<sub>M_2</sub>'
    """

    def letters(found: re.Match) -> str:
        base, index = found["base"], found["index"]
        if base not in _GREEK and not index:
            return found[0]
        name = _GREEK.get(base, base) + ("\u0303" if found["tilde"] else "") + ("′" if found["prime"] else "")
        return name + (f"<sub>{_GREEK.get(index, index.strip('{}'))}</sub>" if index else "")

    page = re.sub(r"\^(-?\d+)", r"<sup>\1</sup>", _NAME.sub(letters, html.escape(text, quote=False)))
    for plain, sign in _SIGNS:
        page = page.replace(plain, sign)
    return page


def in_ascii(expression) -> str:
    """A sympy expression as a sentence of the ledger writes it.

    >>> from sympy import symbols
    >>> J, E_C = symbols("J E_C")
    >>> in_ascii(-3 * J**2 / (2 * E_C))
    '-3 J^2/(2 E_C)'
    """
    return str(expression).replace("**", "^").replace("*", " ")
