"""Beyond the model: several charge states an island, charge noise and a bath."""

__all__: list[str] = []
