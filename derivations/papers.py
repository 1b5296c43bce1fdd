"""The papers that the book derives: which text of each was compared, and in which part the book does it."""

from rederived.ledger import Source

__all__ = ["ANWB23", "M16", "PAPERS", "PARTS", "SLZ25a", "SLZ25b"]

SLZ25a = Source(
    "SLZ25a",
    "Phys. Rev. Lett. 134, 086001 (2025), arXiv:2410.13270",
    "An abstract with the title of the letter, and two captions, without an equation. It cites the letter, so that it "
    "may be that of a talk. The letter itself was not at hand.",
)
SLZ25b = Source(
    "SLZ25b",
    "arXiv:2505.06720, Phys. Rev. B 112, 144501 (2025)",
    "The first version of the preprint (v1, May 2025), read by a machine from its PDF. Single letters, signs and "
    "numbers of equations may be errors of that reading. The journal version was not at hand.",
)
ANWB23 = Source(
    "ANWB23",
    "arXiv:2308.13597",
    "The prose of the preprint, read by a machine; our copy does not say which version. All formulas and captions, and "
    "most numbers in sentences, were lost in conversion. About half of the published data (the repository "
    "QuantumPumping) was compared number by number. No journal version was at hand.",
)
M16 = Source(
    "M16",
    "arXiv:1606.02494",
    "The prose of the preprint, read by a machine, up to Sec. III.1, where our copy breaks off; it does not say which "
    "version. Formulas, captions, notes and most numbers were lost in conversion. The rest of Sec. III, Secs. IV and V "
    "and any journal version were not at hand.",
)

PAPERS = (SLZ25b, SLZ25a, ANWB23, M16)
PARTS = ("cotunneling", "pumping", "annular")
