"""The ledger: verdicts are computed, need evidence, and equal the recorded ones."""

import ast
import hashlib
import inspect
import json
import shutil
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sympy import Eq, Integral, Rational, cos, exp, oo, pi, sin, sqrt, symbols, true
from sympy import Tuple as Forms

from derivations.papers import ANWB23, M16, SLZ25b
from rederived import command, comparison
from rederived.ledger import (
    BOOK,
    Correction,
    Finding,
    InLimit,
    claim,
    consistent,
    definition,
    equation,
    lemma,
    notation,
    open_question,
    record,
    remark,
    rows,
    traceback_of,
    verdict,
)
from rederived.place import HERE, Book

__all__: list[str] = []

PENDULUM = Path(__file__).parents[1] / "data" / "pendulum"
RECORDED = {(e["source"], e["number"]): e for e in json.loads(HERE.record.read_text(encoding="utf-8"))}
x, y, z, t = symbols("x", positive=True), *symbols("y z t", real=True)


def squared_sine():
    """sin(x)^2 is one half of 1 - cos(2x)."""
    return Eq(y, (1 - cos(2 * x)) / 2)


def off_by_numbers(form):
    """At x = 1 the square of the sine is 0.70807."""
    return abs(float(form.rhs.subs(x, 1)) - 0.7080734182735712)


def corrected(apply, oracle=off_by_numbers):
    return Correction("a sign", apply, oracle, 1e-12)


def judged(printed, correction=None, compare=None):
    return verdict(equation(SLZ25b, 99, printed=printed, correction=correction, compare=compare)(squared_sine).row)


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.source.key}:{row.number}")
def test_verdict_is_the_recorded_one(row):
    assert record(row) == RECORDED[row.source.key, row.number]


def test_record_and_functions_name_the_same_rows():
    assert list(RECORDED) == [(row.source.key, row.number) for row in rows()]


@pytest.mark.parametrize(("source", "last"), [(SLZ25b, 31), (ANWB23, 28), (M16, 23)], ids=lambda s: str(s))
def test_every_numbered_equation_has_its_row(source, last):
    assert not {(source.key, str(n)) for n in range(1, last + 1)} - RECORDED.keys()


TESTED = [row for row in rows() if row.constraints]


@pytest.mark.parametrize("row", TESTED, ids=lambda row: f"{row.source.key}:{row.number}")
def test_constraints_look_at_the_form_that_they_test(row):
    for constraint in row.constraints:
        function = ast.parse(textwrap.dedent(inspect.getsource(constraint))).body[0]
        names = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
        assert function.args.args[0].arg in names, constraint.__name__


def test_errata_and_misprints_name_correction_and_oracle():
    words = ("erratum", "misprint")
    corrected = {number: e["detail"] for (_, number), e in RECORDED.items() if e["verdict"] in words}
    assert [n for n in corrected if RECORDED["SLZ25b", n]["verdict"] == "erratum"] == ["2", "28"]
    assert corrected.keys() >= {"10, n = +-1", "20", "23", "before 26"}
    for number, detail in corrected.items():
        correction = rows(f"SLZ25b:{number}")[0].correction
        assert correction.text in detail
        assert correction.oracle.__doc__.splitlines()[0] in detail


def test_oracles_of_errata_do_not_ask_the_derivation():
    for row in rows():
        if row.correction:
            names = set(row.correction.oracle.__code__.co_names)
            assert row.function.__name__ not in names


def test_claims_have_evidence_with_numbers_and_nothing_is_open_without_reason():
    claims = [e for e in RECORDED.values() if e["kind"] == "claim"]
    assert len(claims) >= 4
    assert all(len(e["detail"]) > 20 for e in claims)
    assert {e["verdict"] for e in claims} == {"holds", "does not hold", "holds in its limit"}
    assert all(bool(e["where"]) == (e["source"] != "book") for e in claims)
    assert all(e["detail"] for e in RECORDED.values() if e["verdict"] == "open")
    assert all(e["title"].endswith(".") for e in RECORDED.values())


def test_equal_forms_agree():
    found = judged(lambda: Eq(y, sin(x) ** 2))
    assert (found.verdict, found.detail) == ("agrees", "difference simplifies to zero")


@pytest.mark.parametrize("printed", [Eq(y, sin(x)), Eq(2 * y, sin(x) ** 2), Eq(y, sin(x) ** 2 + x / 10**28)])
def test_difference_without_correction_is_open(printed):
    found = judged(lambda: printed)
    assert (found.holds, found.verdict) == (False, "open")
    assert "differ by up to" in found.detail


def test_difference_far_behind_the_point_is_not_seen_as_zero_nor_rounding_as_difference():
    small = Eq(y, sin(x) ** 2 + x / 10**27)
    assert not comparison.numerically()(small, squared_sine()).holds
    assert comparison.numerically()(Eq(y, sin(x) ** 2 + x / 10**35), squared_sine()).holds


def test_forms_of_different_length_do_not_agree():
    found = comparison.exactly()(Forms(Eq(y, x)), Forms(Eq(y, x), Eq(y, x)))
    assert not found.holds


def test_erratum_needs_a_correction_and_an_oracle():
    wrong = lambda: Eq(y, -sin(x) ** 2)  # noqa: E731
    right = lambda form: Eq(form.lhs, -form.rhs)  # noqa: E731
    found = judged(wrong, corrected(right))
    assert found.verdict == "erratum"
    assert found.detail.startswith("a sign. At x = 1 the square of the sine is 0.70807. Off by 1.4 as printed")


def test_what_the_paper_has_right_elsewhere_is_a_misprint():
    right = lambda form: Eq(form.lhs, -form.rhs)  # noqa: E731
    slip = Correction("a sign", right, off_by_numbers, 1e-12, elsewhere="the line after (12)")
    found = judged(lambda: Eq(y, -sin(x) ** 2), slip)
    assert found.verdict == "misprint"
    assert "Of v1 or of our copy: the line after (12) has it right." in found.detail


def test_correction_that_does_not_lead_to_the_derived_form_is_open():
    found = judged(lambda: Eq(y, -sin(x) ** 2), corrected(lambda form: Eq(form.lhs, 2 * form.rhs)))
    assert (found.holds, found.verdict) == (False, "open")
    assert found.detail.startswith("the correction does not lead to the derived form")


@pytest.mark.parametrize(
    "oracle",
    [lambda form: abs(float(form.rhs.subs(x, 1)) + 0.7080734182735712), lambda form: 0.0, lambda form: 1.0],
    ids=["sides with the printed form", "accepts both", "accepts none"],
)
def test_oracle_that_does_not_side_with_the_derived_form_leaves_it_open(oracle):
    found = judged(lambda: Eq(y, -sin(x) ** 2), corrected(lambda form: Eq(form.lhs, -form.rhs), oracle))
    assert (found.holds, found.verdict) == (False, "open")
    assert found.detail.startswith("the oracle is off by")


def test_correction_of_what_agrees_is_no_erratum():
    assert judged(lambda: Eq(y, sin(x) ** 2), corrected(lambda form: form)).verdict == "agrees"


def test_claim_is_settled_by_its_number():
    @claim(SLZ25b, "a place", where="Sec. III, last sentence", ours="nothing")
    def never_exceeds_one():
        """It never exceeds one."""
        return Finding(2.0, 2.0 <= 1, "It is two.")

    entry = record(never_exceeds_one.row)
    assert (entry["verdict"], entry["detail"]) == ("does not hold", "It is two.")
    assert entry["title"] == "It never exceeds one."
    assert entry["anchor"] == "slz25b-a-place"
    assert (entry["where"], entry["ours"]) == ("Sec. III, last sentence", "")


@pytest.mark.parametrize("given", [{}, {"where": "Sec. I"}, {"ours": "the threshold"}])
def test_claim_about_a_paper_says_where_it_stands_and_what_is_ours(given):
    with pytest.raises(ValueError, match=r"Argument `(where|ours)` must be given for a claim of a paper"):
        claim(SLZ25b, "a place", **given)
    with pytest.raises(ValueError, match=r"Argument `where` must be empty for a claim of the book"):
        claim(BOOK, "a place", where="Sec. I")


def in_limit(points, errors):
    def becomes_exact():
        """It becomes exact."""
        return InLimit("x", points, errors, "By hand.")

    return claim(SLZ25b, "a limit", where="Sec. I", ours="nothing")(becomes_exact)


@pytest.mark.parametrize(
    ("errors", "word"),
    [((0.4, 0.1), "holds in its limit"), ((0.1, 0.4), "does not hold"), ((0.4, 0.39), "does not hold")],
    ids=["falls", "grows", "hardly falls"],
)
def test_limit_is_judged_by_how_the_error_falls(errors, word):
    assert verdict(in_limit((0.2, 0.1), errors).row).verdict == word


def test_limit_states_its_errors_and_their_power():
    found = verdict(in_limit((0.2, 0.1), (0.4, 0.1)).row)
    assert found.detail == "By hand. The error is 40% at 0.2, 10% at 0.1 = x: it falls as the power 2.0."


def test_remark_has_numbers_and_no_verdict():
    @remark(SLZ25b, "a perhaps", where="Sec. V, last sentence", reason="The paper says perhaps.")
    def may_be_large():
        """It may be large."""
        return Finding(2.0, False, "It is two.")

    found = verdict(may_be_large.row)
    assert (found.verdict, found.detail) == ("not judged", "The paper says perhaps. It is two.")


def test_notation_names_letter_meaning_and_the_other_place():
    step = notation(SLZ25b, "98, measure", "t", "imaginary time", "Eq. 4")(squared_sine)
    assert verdict(step.row).detail == "t stands for imaginary time here, as in Eq. 4"


def test_constraints_from_the_text_are_counted_and_named_when_they_fail():
    def vanishes_at_zero(form):
        """vanishes at zero"""
        return form.rhs.subs(x, 0) == 0

    def diverges(form):
        """diverges at infinity"""
        return form.rhs.limit(x, oo) == oo

    def odd():
        """An odd function."""
        return Eq(y, sin(x))

    met = verdict(consistent(SLZ25b, 97, vanishes_at_zero)(odd).row)
    assert (met.verdict, met.detail) == ("consistent with the text", "1 constraint: vanishes at zero")
    missed = verdict(consistent(SLZ25b, 96, vanishes_at_zero, diverges)(odd).row)
    assert (missed.holds, missed.verdict, missed.detail) == (False, "open", "the text is not met: diverges")


def test_definition_and_open_question_say_what_they_are():
    def named():
        """It names something."""
        return Eq(y, x)

    assert verdict(definition(SLZ25b, 95)(named).row).verdict == "definition"
    asked = verdict(open_question(SLZ25b, 94, "the source breaks off")(named).row)
    assert (asked.holds, asked.verdict, asked.detail) == (False, "open", "the source breaks off")


def test_false_lemma_is_open():
    def gaussian_integral():
        """An integral that sympy is not asked to do."""
        return Eq(Integral(exp(-(t**2)), (t, -oo, oo)), x)

    assert not verdict(lemma(gaussian_integral).row).holds

    @lemma
    def root_of_pi():
        """An integral that sympy is not asked to do."""
        return Eq(Integral(exp(-x * t**2), (t, -oo, oo)), sqrt(pi / x))

    @lemma
    def to_sixteen_digits():
        """Sixteen digits are not thirty."""
        return Eq(Integral(exp(-x * t**2), (t, -oo, oo)), 1.7724538509055159 / sqrt(x))

    assert verdict(root_of_pi.row).verdict == "agrees"
    assert not verdict(to_sixteen_digits.row).holds


def test_number_is_derived_once():
    equation(SLZ25b, 99, printed=squared_sine)(squared_sine)
    with pytest.raises(ValueError, match=r"SLZ25b:99 is already derived by squared_sine"):
        equation(SLZ25b, 99, printed=squared_sine)(off_by_numbers)
    equation(SLZ25b, 99, printed=squared_sine)(squared_sine)  # a module that is imported again


def test_derivation_runs_once_and_only_when_asked():
    runs = []

    def counted():
        """It counts."""
        runs.append(1)
        return Eq(y, x)

    step = equation(SLZ25b, 93, printed=lambda: Eq(y, x))(counted)
    assert not runs
    assert verdict(step.row).holds
    assert step() is step()
    assert runs == [1]


def test_comparison_takes_several_points_on_the_admissible_set(monkeypatch):
    seen, n = [], symbols("n", integer=True)
    value_at = comparison.value_at
    monkeypatch.setattr(comparison, "value_at", lambda e, p, d: seen.append((p[n], p[x])) or value_at(e, p, d))
    compare = comparison.numerically({x: (3.0, 4.0), n: (1, -1)})
    assert compare(Eq(y, n * sin(2 * x)), Eq(y, 2 * n * sin(x) * cos(x))).holds
    assert len(set(seen)) == comparison.POINTS
    assert {point[0] for point in seen} == {1, -1}
    assert all(3 <= point[1] <= 4 for point in seen)


def test_comparison_evaluates_each_side_itself():
    wide, narrow, hardly = (
        Integral(exp(-(x + Rational(1, 10**n)) * t**2), (t, -oo, oo)) for n in (99, 25, 40)
    )
    assert not comparison.exactly()(Eq(y, wide), Eq(y, narrow)).holds
    assert comparison.exactly()(Eq(y, wide), Eq(y, hardly)).holds


def test_series_agree_only_through_the_stated_order():
    sine, cubic = Eq(y, sin(x)), Eq(y, x - x**3 / 6)
    assert comparison.to_order(x, 4)(cubic, sine).verdict == "agrees asymptotically"
    assert comparison.to_order(x, 5)(cubic, sine).verdict == "open"
    assert comparison.to_order(x, 3)(Eq(z, x), sine).verdict == "open"
    assert comparison.order_by_order("x")(Forms(1, x), Forms(1, x)).verdict == "agrees asymptotically"
    assert comparison.order_by_order("x")(Forms(1, x), Forms(1, 2 * x)).verdict == "open"


def test_limit_needs_ratio_one():
    agree = comparison.in_the_limit(x, oo, "x -> oo")
    assert agree(Eq(y, x), Eq(y, x + 1)).verdict == "agrees asymptotically"
    assert agree(Eq(y, 2 * x), Eq(y, x + 1)).verdict == "open"
    assert agree(Eq(z, x), Eq(y, x + 1)).verdict == "open"


def test_rows_are_found_by_source_part_and_number():
    assert {row for key in ("SLZ25a", "SLZ25b", "ANWB23", "M16", "book") for row in rows(key)} == {*rows()}
    assert all(row.function.__module__.startswith("derivations.cotunneling") for row in rows("cotunneling"))
    assert [row.number for row in rows("SLZ25b:12")] == ["12"]
    assert rows("SLZ25b:999") == ()
    numbers = [int(row.number) for row in rows("SLZ25b") if row.number.isdigit()]
    assert numbers == sorted(numbers)


def test_command_prints_verdict_and_place(capsys):
    assert command.main(["SLZ25b:3"]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("SLZ25b:3")
    assert "AGREES" in printed.out
    assert "derivations.cotunneling.action.action.josephson_energy" in printed.out
    assert "1 rows, 0 differ" in printed.err


def with_record(tmp_path, entries) -> Book:
    """The book, with another record."""
    book = replace(HERE, stored=tmp_path / "ledger.json")
    book.record.write_text(json.dumps(entries), encoding="utf-8")
    return book


def test_changed_verdict_is_a_failure_that_names_the_equation(tmp_path, capsys):
    changed = RECORDED["SLZ25b", "3"] | {"verdict": "open"}
    book = with_record(tmp_path, [RECORDED["SLZ25b", "1"], changed])
    assert command.main(["SLZ25b:3"], book=book) == 1
    assert "SLZ25b:3: recorded 'open', computed 'agrees'" in capsys.readouterr().err
    assert command.main(["SLZ25b:1"], book=book) == 0


@pytest.fixture
def pendulum(tmp_path) -> Book:
    """A book of three equations; each test has its own, under a name of its own."""
    place = tmp_path / f"pendulum_{hashlib.sha256(str(tmp_path).encode()).hexdigest()[:8]}"
    shutil.copytree(PENDULUM, place, ignore=shutil.ignore_patterns("__pycache__"))
    return Book.at(place)


def test_row_that_is_lost_or_new_is_a_failure(pendulum, capsys):
    assert command.main([], book=pendulum) == 1
    assert "P26:2: recorded None, computed 'agrees'" in capsys.readouterr().err
    assert command.main(["--record"], book=pendulum) == 0
    assert command.main([], book=pendulum) == 0
    entries = json.loads(pendulum.record.read_text(encoding="utf-8"))
    pendulum.record.write_text(json.dumps([*entries, entries[0] | {"number": "4"}]), encoding="utf-8")
    assert command.main([], book=pendulum) == 1
    assert "P26:4: recorded, but no function derives it" in capsys.readouterr().err


def test_record_of_some_rows_leaves_the_others(tmp_path, capsys):
    stale = [entry | {"detail": "stale"} for entry in RECORDED.values()]
    book = with_record(tmp_path, stale)
    assert command.main(["SLZ25b:1", "--record"], book=book) == 0
    written = json.loads(book.record.read_text(encoding="utf-8"))
    fresh = RECORDED["SLZ25b", "1"]
    assert written == [fresh if (e["source"], e["number"]) == ("SLZ25b", "1") else e for e in stale]
    with pytest.raises(SystemExit):
        command.main(["SLZ25b:999", "--record"], book=book)
    assert "must name a source, a part or a row, but got 'SLZ25b:999'" in capsys.readouterr().err


def test_two_books_in_one_process_may_number_alike(pendulum, tmp_path):
    other = Book.at(shutil.copytree(pendulum.folder / pendulum.derivations, tmp_path / f"{pendulum.derivations}_too"))
    mine, others = rows(book=pendulum), rows(book=other)
    assert [row.number for row in mine] == [row.number for row in others] == ["1", "2", "3"]
    assert not set(mine) & set(others)
    assert not {row.source.key for row in rows()} & {"P26"}
    assert [verdict(row).verdict for row in mine] == ["agrees", "agrees", "erratum"]


def test_two_books_of_one_name_are_refused_in_one_process(pendulum, tmp_path):
    rows(book=pendulum)
    (tmp_path / "elsewhere").mkdir()
    twin = shutil.copytree(pendulum.folder / pendulum.derivations, tmp_path / "elsewhere" / pendulum.derivations)
    with pytest.raises(ValueError, match=r"must be the only package .*: rename one of the folders"):
        rows(book=Book.at(twin))


def test_a_folder_that_is_no_paper_is_refused_by_name(tmp_path):
    with pytest.raises(ValueError, match="must be a folder with Python modules, but got"):
        Book.at(tmp_path)
    (tmp_path / "my-paper").mkdir()
    (tmp_path / "my-paper" / "a.py").touch()
    with pytest.raises(ValueError, match="must have a name that Python can import, but got 'my-paper'"):
        Book.at(tmp_path / "my-paper")


@pytest.mark.parametrize("holds", [np.bool_(True), true, None, 1, np.array([True])], ids=repr)
def test_only_a_bool_settles_a_claim(holds):
    with pytest.raises(ValueError, match=r"Argument `holds` must be True or False, but got .*: write bool"):
        Finding(1.0, holds, "It is one.")


@pytest.mark.parametrize("evidence", ["", " ", None], ids=repr)
def test_a_claim_without_evidence_is_refused(evidence):
    with pytest.raises(ValueError, match="Argument `evidence` must be a line that says what settles the claim"):
        Finding(1.0, True, evidence)
    with pytest.raises(ValueError, match="Argument `evidence` must be"):
        InLimit("x", (0.2, 0.1), (0.2, 0.1), evidence)


@pytest.mark.parametrize(("points", "errors"), [((0.1,), (0.1,)), ((0.1, 0.2), (0.1, 0.2)), ((0.2, 0.1), (0.1,))])
def test_a_limit_needs_points_that_approach_it(points, errors):
    with pytest.raises(ValueError, match="Argument `points` must have at least two values that fall"):
        InLimit("x", points, errors, "By hand.")


def test_a_row_without_docstring_is_refused_when_it_is_registered():
    def silent():
        return Eq(y, x)

    with pytest.raises(ValueError, match=r"silent must have a docstring: its first sentence is"):
        definition(SLZ25b, 89)(silent)
    with pytest.raises(ValueError, match=r"<lambda> must have a docstring"):
        consistent(SLZ25b, 89, lambda form: True)(squared_sine)


def test_letters_of_one_name_and_other_assumptions_are_refused_by_name():
    twin = symbols("x", real=True)
    found = judged(lambda: Eq(y, sin(twin) ** 2))
    assert (found.holds, found.verdict) == (False, "open")
    assert "Letter `x` must have one set of assumptions, but stands here as x(positive=True) and x(real=True)" in (
        found.detail
    )


def test_the_traceback_of_a_failed_derivation_is_shown_on_request(pendulum, capsys):
    place = pendulum.folder / pendulum.derivations / "equations.py"
    text = place.read_text(encoding="utf-8")
    place.write_text(text.replace("velocity = theta.diff(t)", "velocity = theta.diff(t) / 0.0 ** []"), encoding="utf-8")
    assert command.main(["P26:1"], book=pendulum) == 1
    assert "Traceback" not in capsys.readouterr().err
    assert command.main(["P26:1", "--traceback"], book=pendulum) == 1
    said = capsys.readouterr()
    assert "the derivation fails: TypeError" in said.out
    assert "P26:1\nTraceback" in said.err
    assert "velocity = theta.diff(t) / 0.0 ** []" in said.err
    assert traceback_of(rows("P26:2", book=pendulum)[0]) == ""


def test_rows_know_their_modules():
    assert all(row.function.__module__ in sys.modules for row in rows())
