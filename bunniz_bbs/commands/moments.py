"""Moments as programs read them: never finer than screens show them."""

from datetime import datetime


def minute(at: datetime) -> str:
    """A moment to the minute (ISO 8601): the very moment would tell who was busy."""
    return at.isoformat(timespec="minutes")
