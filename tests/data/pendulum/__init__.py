"""A paper of our invention on the pendulum, in three equations; the last has a slip."""

__all__: list[str] = []
