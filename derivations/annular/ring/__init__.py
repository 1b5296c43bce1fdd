"""The annulus: its scale factor, its lengths, the angle as a function of the arc length."""

__all__: list[str] = []
