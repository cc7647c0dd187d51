"""How much somebody may do: so much at once, and so much a second after that."""


class Allowance:
    """A token bucket (a "leaky bucket as a meter"), told the time by its caller."""

    def __init__(self, burst: float, per_second: float, now: float) -> None:
        self._burst = burst
        self._per_second = per_second
        self._left = burst
        self._then = now

    def take(self, amount: float, now: float) -> float:
        """Take an amount; returns how many seconds it came too early, 0 if it did not.

        What comes too early counts all the same.
        """
        refilled = self._left + (now - self._then) * self._per_second
        self._left = min(self._burst, refilled) - amount
        self._then = now
        return max(0.0, -self._left / self._per_second)

    def has(self, amount: float, now: float) -> bool:
        """Take an amount if it is there; otherwise nothing is taken."""
        if self.take(amount, now) == 0:
            return True
        self._left += amount
        return False
