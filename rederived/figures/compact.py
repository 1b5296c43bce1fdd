"""Make SVG small and the same everywhere: coordinates to a hundredth of a point, lines without idle points.

Byte-stable pictures have to round; what is smaller than the rounding is then not worth its bytes.
"""

import hashlib
import re

import numpy as np

__all__ = ["compact", "with_own_ids"]

# In points: a fifteenth of a pixel on a screen, a hundredth of a millimeter on paper.
DEVIATION = 0.03


def compact(text: str) -> str:
    """Keep what is drawn; sizes in `scale(...)` stay exact, for they multiply whole glyphs."""
    text = text[text.index("<svg") :]
    text = re.sub(r"<!--.*?-->|<metadata>.*?</metadata>|<style.*?</style>", "", text, flags=re.DOTALL)
    text = text.replace("xlink:href", "href")
    text = re.sub(r'(?<= d=")[^"]+', lambda found: _path(found[0]), text)
    text = re.sub(r'(?<= (?:x|y)=")[^"]+', lambda found: _rounded(found[0]), text)
    text = re.sub(r"(?<=translate\()[^)]+", lambda found: _rounded(found[0]), text)
    text = re.sub(r'style="([^"]*)"', lambda found: f'style="{found[1].replace(": ", ":").replace("; ", ";")}"', text)
    text = text.replace("stroke-dashoffset:0;", "")
    text = re.sub(r">\s+<", "><", re.sub(r"\s*\n\s*", " ", text))
    text = re.sub(r'<path d="[^"]*" style="fill:none"/>', "", text)
    used = _referred(text)
    return _grouped(re.sub(r' id="([^"]*)"', lambda found: found[0] if found[1] in used else "", text))


def with_own_ids(text: str) -> str:
    """Name what is referred to by a hash of the content, so that two figures on a page share no id.

    The names that Matplotlib gives are hashes of unrounded coordinates, whose last digits are the processor's:
    they are replaced by numbers before the content is hashed, and what is drawn alike has one name.
    """
    text = _numbered(_drawn_once(text))
    prefix = "s" + hashlib.sha256(text.encode()).hexdigest()[:8]
    return re.sub(_NAME, lambda found: found[1] + prefix + found[2], text)


_NAME = r'( id="|href="#|url\(#)([^")]+)'


def _numbered(text: str) -> str:
    numbers = {name: f"{number:x}" for number, name in enumerate(_referred(text))}
    return re.sub(_NAME, lambda found: found[1] + numbers[found[2]], text)


def _drawn_once(text: str) -> str:
    """Let definitions that are equal once rounded be one: which of them differ before depends on the processor."""
    first: dict[str, str] = {}
    same: dict[str, str] = {}
    for whole, name, content in re.findall(r'(<path id="([^"]*)"([^>]*)/>)', text):
        same[name] = first.setdefault(content, name)
        if same[name] != name:
            text = text.replace(whole, "", 1)
    return re.sub(_NAME, lambda found: found[1] + same.get(found[2], found[2]), text)


def _referred(text: str) -> dict[str, None]:
    return dict.fromkeys(re.findall(r'(?:href="#|url\(#)([^")]+)', text))


def _grouped(text: str) -> str:
    """Drop groups that say nothing, and let marks of one look share it."""
    text = re.sub(r"<g\b[^>]*/>", "", text)
    pieces, bare = [], []
    for piece in re.split(r"(</?g\b[^>]*>)", text):
        if piece.startswith("<g"):
            bare.append(piece == "<g>")
        if not ((piece.startswith("<g") and bare[-1]) or (piece == "</g>" and bare.pop())):
            pieces.append(piece)
    text = re.sub(r"<defs></defs>|<defs/>", "", "".join(pieces))
    text = re.sub(r"</defs><defs>", "", text)
    mark = r'<use href="[^"]*" x="[^"]*" y="[^"]*" style="{}"/>'
    runs = mark.format('([^"]*)') + f"(?:{mark.format(chr(92) + '1')})+"

    def shared(found: re.Match) -> str:
        look = f' style="{found[1]}"'
        return f"<g{look}>{found[0].replace(look, '')}</g>"

    return re.sub(runs, shared, text)


def _rounded(text: str) -> str:
    return re.sub(r"-?\d+\.\d+(?:e-?\d+)?|-?\d+e-?\d+", lambda found: _short(_hundredths(found[0])), text)


def _hundredths(number: str) -> int:
    return round(float(number) * 100)


def _short(hundredths: int) -> str:
    text = f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")
    return re.sub(r"^(-?)0\.", r"\1.", text)


def _path(text: str) -> str:
    """Write a path in steps from point to point; in whole hundredths, so that rounding does not add up."""
    written, here, last = "", np.zeros(2, int), ""
    for letter, points in _segments(text):
        if letter == "z":
            written += "z"
        else:
            origin = np.zeros(2, int) if letter == "M" else here
            written += ("" if letter == last else letter if letter == "M" else letter.lower()) or " "
            written += " ".join(_short(value) for value in (points - origin).ravel())
            here = points[-1]
        last = "" if letter == "M" else letter
    return written.replace(" -", "-")


def _segments(text: str) -> list[tuple[str, np.ndarray]]:
    """The commands of a path with their points in hundredths; runs of lines lose their idle points."""
    found = []
    for letter, numbers in re.findall(r"([MLQCZz])([^MLQCZz]*)", text):
        points = np.array([_hundredths(n) for n in numbers.split()], int).reshape(-1, 2)
        found.append((letter.upper(), points))
    lines: list[np.ndarray] = []
    rest: list[tuple[str, np.ndarray]] = []
    for letter, points in [*found, ("", np.empty((0, 2), int))]:
        if letter == "L":
            lines.append(points[-1])
            continue
        if lines:
            run = np.array([rest[-1][1][-1], *lines])
            rest += [("L", point[None]) for point in run[_kept(run)][1:]]
            lines = []
        if letter:
            rest.append(("z", points) if letter == "Z" else (letter, points))
    return rest


def _kept(points: np.ndarray) -> np.ndarray:
    """Which points of a polyline stay, by Douglas and Peucker's halving."""
    kept = np.zeros(len(points), bool)
    kept[[0, -1]] = True
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        inner = points[first + 1 : last]
        if not len(inner):
            continue
        away = _distances(inner - points[first], points[last] - points[first])
        farthest = int(np.argmax(away))
        if away[farthest] > 100 * DEVIATION:
            middle = first + 1 + farthest
            kept[middle] = True
            spans += [(first, middle), (middle, last)]
    return kept


def _distances(points: np.ndarray, line: np.ndarray) -> np.ndarray:
    """How far points are from the segment from the origin to `line`."""
    length = max(1, int(line @ line))
    along = np.clip(points @ line / length, 0, 1)
    return np.hypot(*(points - along[:, None] * line).T)
