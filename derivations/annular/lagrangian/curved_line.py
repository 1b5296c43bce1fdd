"""The equation of motion a second time, from a curved line whose width varies: Eqs. 8-12 of M16.

Here nothing is averaged over the width: the current along the line is the width times the sheet current, and
what it loses crosses the barrier. The annulus enters only at the end, through its width and its normal.

The normal is the outward one of Eq. 1 and s grows clockwise. With the choice of `field`, Eq. 11 then is minus
Eq. 6, and the field term of Eqs. 8 and 9 has the minus sign that makes up for it. A normal that points inward,
or the opposite sign of Delta, removes both signs; the paper's own choice is lost with its formulas.
"""


from sympy import (
    Add,
    Eq,
    Expr,
    Matrix,
    diff,
    exp,
    expand,
    factor_terms,
    pi,
    simplify,
    sin,
    symbols,
)

from derivations.annular.lagrangian.field import (
    applied_gradient,
    barrier_current,
    equation_of_motion,
    field_vector,
    forcing,
    in_scales,
    quarter_turn,
    sheet_current,
)
from derivations.annular.ring.geometry import exact_width, explicit, thin_width, unit_vectors
from derivations.annular.symbols import (
    H_N,
    Delta,
    F_h,
    H,
    J_c,
    Q,
    W,
    alpha,
    beta,
    c,
    gamma,
    h,
    lambda_J,
    nu,
    nu_bar,
    phi,
    s,
    t,
    tau,
    theta,
)
from derivations.papers import M16
from rederived.kept import kept
from rederived.ledger import consistent, lemma

__all__ = [
    "along_the_annulus",
    "both_derivations_agree",
    "field_term",
    "line_equation",
    "line_equation_rearranged",
    "normal_component_of_field",
    "second_derivative_alone",
]

N_x, N_y = symbols(r"\hat{N}_x \hat{N}_y", real=True)


@kept
def tangential_gradient() -> Expr:
    """What the applied field alone would give phi_s: it sees the component along the outward normal."""
    normal = Matrix([N_x, N_y])
    tangent = -quarter_turn * normal
    along = expand(tangent.dot(applied_gradient()))
    return factor_terms(along / normal.dot(field_vector)).simplify() * H_N(s)


@kept
def conserved_current() -> Expr:
    """What the current along the line loses less what crosses the barrier, per width, over J_c: zero."""
    f = phi(s, t)
    along = W(s) * sheet_current(diff(f, s), tangential_gradient())
    lost = expand(diff(along, s) / W(s))
    return in_scales((lost - barrier_current(f, gamma(s))) / J_c).subs(beta, 0)


def straight_line(form: Eq) -> bool:
    """A uniform width without field obeys the perturbed sine-Gordon equation."""
    f = phi(s, t)
    straight = (form.lhs - form.rhs).subs({W(s): 1, H_N(s): 0}).doit()
    return straight == lambda_J**2 * diff(f, s, 2) - diff(f, t, 2) - sin(
        f
    ) - alpha * diff(f, t) + gamma(s)


def current_is_conserved(form: Eq) -> bool:
    """Times the width it is a conservation law: where the bias feeds what crosses, the current stays as it is."""
    f = phi(s, t)
    moved = (form.lhs - form.rhs) * W(s)
    along = W(s) * (lambda_J**2 * diff(f, s) + Delta / J_c * H_N(s))
    across = W(s) * (diff(f, t, 2) + sin(f) + alpha * diff(f, t) - gamma(s))
    return expand(moved - diff(along, s) + across) == 0


@consistent(
    M16,
    8,
    straight_line,
    current_is_conserved,
    ours="Both: the prose only names what enters, the normal field and the slope of the width.",
)
def line_equation() -> Eq:
    """The phase of a curved line of variable width: the normal field enters by its slope and by that of the width."""
    terms = Add.make_args(conserved_current())
    plain = [
        a
        for a in terms
        if not (a.has(alpha) or a.has(gamma) or a.has(H_N) or a.has(W))
    ]
    of_width = [a for a in terms if a.has(diff(W(s), s))]
    rest = [a for a in terms if a not in plain and a not in of_width]
    slope = diff(W(s), s) / W(s)
    return Eq(
        Add(*plain),
        -Add(*rest) - slope * expand(Add(*of_width) / slope),
        evaluate=False,
    )


def is_eq_8(form: Eq) -> bool:
    """It is Eq. 8, rearranged."""
    before = line_equation()
    return expand(form.lhs - form.rhs - before.lhs + before.rhs) == 0


def gathers_the_phase_and_the_field(form: Eq) -> bool:
    """The slope of the width comes with phi_s on the left and with the normal field on the right."""
    return not form.lhs.has(H_N) and not form.rhs.has(diff(phi(s, t), s))


@consistent(M16, 9, is_eq_8, gathers_the_phase_and_the_field, ours="What is gathered on which side.")
def line_equation_rearranged() -> Eq:
    """Eq. 8 with the two slopes of the phase on one side and the two of the field on the other."""
    terms = Add.make_args(conserved_current())
    of_field = factor_terms(Add(*(a for a in terms if a.has(H_N))))
    drives = Add(*(a for a in terms if a.has(alpha) or a.has(gamma)))
    stiff = factor_terms(Add(*(a for a in terms if a.has(lambda_J))))
    others = Add(*terms) - expand(of_field) - drives - expand(stiff)
    return Eq(stiff + others, -drives - of_field, evaluate=False)


def smooth_around_the_annulus(form: Eq) -> bool:
    """The component is smooth: a cosine over Q, without a step anywhere."""
    numerator = expand(form.rhs * Q(tau) / H)
    return numerator == diff(-numerator, tau, 2) and not numerator.has(Q)


def whole_field_at_its_poles(form: Eq) -> bool:
    """It is the whole field where the field is normal: at the poles along y, at the equator along x."""
    along_y, along_x = (explicit(form.rhs.subs(theta, a)) for a in (0, pi / 2))
    return (
        simplify(along_y.subs(tau, 0)) == H
        and simplify(along_x.subs(tau, pi / 2)) == H
    )


@consistent(
    M16,
    10,
    smooth_around_the_annulus,
    whole_field_at_its_poles,
    ours="The second; the prose has that it follows from Eq. 1 and is smooth.",
)
def normal_component_of_field() -> Eq:
    """Component of the applied field along the outward normal of the annulus, by Eq. 1."""
    normal = [
        unit.rhs.subs(nu, nu_bar).subs(Q(nu_bar, tau), Q(tau))
        for unit in unit_vectors()[:2]
    ]
    return Eq(H_N(tau), factor_terms(expand(Matrix(normal).dot(field_vector))))


def along_the_annulus(expression: Expr) -> Expr:
    """Derivative with respect to the arc length: d/ds = d/d tau over c Q."""
    return diff(expression, tau) / (c * Q(tau))


@lemma(admissible={tau: (-6.0, 6.0)})
def slope_of_the_scale() -> Eq:
    """dQ/d tau = -sin(2 tau)/2Q."""
    return Eq(explicit(diff(Q(tau), tau)), explicit(-sin(2 * tau) / (2 * Q(tau))))


def is_eq_6_up_to_the_sign(form: Eq) -> bool:
    """Times Delta/J_c it is the forcing term of Eq. 6, up to the sign of the normal."""
    of_line = (Delta / J_c * form.rhs).subs(H, h * J_c * c)
    return simplify(of_line + forcing().rhs) == 0


@consistent(M16, 11, is_eq_6_up_to_the_sign, ours="That a sign is left open: those of the paper are lost.")
def field_term() -> Eq:
    """The field term of Eq. 9 on the annulus: the slope of Q H_N, without a slope of Q left."""
    width, component = thin_width().rhs, normal_component_of_field().rhs
    slopes = (
        along_the_annulus(component) + along_the_annulus(width) / width * component
    )
    left = diff(H_N(s), s) + diff(W(s), s) / W(s) * H_N(s)
    return Eq(left, factor_terms(simplify(expand(slopes))))


def no_first_derivative(form: Eq) -> bool:
    """The term with the first derivative has disappeared, since the annulus is confocal."""
    f = phi(tau, t)
    return form.rhs == diff(f, tau, 2) / (c * Q(tau)) ** 2


def for_any_thickness(form: Eq) -> bool:
    """It holds for the width between two confocal ellipses however far apart they are."""
    slope, squared = along_the_annulus(phi(tau, t)), exact_width().lhs ** 2
    whole = along_the_annulus(slope) + along_the_annulus(squared) / (2 * squared) * slope
    missing = explicit(expand(whole - form.rhs)).coeff(diff(phi(tau, t), tau))
    return simplify(missing.rewrite(exp)) == 0


@consistent(M16, 12, no_first_derivative, for_any_thickness, ours="The second.")
def second_derivative_alone() -> Eq:
    """The phase term of Eq. 9 on the annulus: the slope of the width undoes that of the scale."""
    f, width = phi(tau, t), thin_width().rhs
    slope = along_the_annulus(f)
    on_annulus = along_the_annulus(slope) + along_the_annulus(width) / width * slope
    g = phi(s, t)
    return Eq(diff(g, s, 2) + diff(W(s), s) / W(s) * diff(g, s), expand(on_annulus))


@lemma
def both_derivations_agree() -> Eq:
    """Eqs. 11 and 12 in Eq. 9 recover Eq. 5 with the force of Eq. 6, without surface losses."""
    line = line_equation_rearranged()
    inserted = line.lhs - line.rhs
    for weight, piece in (
        (lambda_J**2, second_derivative_alone()),
        (Delta / J_c, field_term()),
    ):
        inserted = expand(inserted - weight * piece.lhs) + weight * piece.rhs
    along = inserted.subs(
        {phi(s, t): phi(tau, t), gamma(s): gamma(tau), H: h * J_c * c}
    )
    confocal = equation_of_motion().subs(F_h(tau), forcing().rhs).subs(beta, 0)
    return Eq(along.doit(), expand(confocal.lhs - confocal.rhs), evaluate=False)
