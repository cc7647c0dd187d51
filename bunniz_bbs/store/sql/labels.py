"""Labels, as rows of several tables hold them."""

from typing import Any

from sqlalchemy import Row

from bunniz_bbs.domain.labels import Ask, Labels


def columns(labels: Labels) -> dict[str, object]:
    """What is written for labels."""
    return {
        "warnings": labels.warnings,
        "ask": labels.ask or "",
        "language": labels.language or "",
    }


def labels_in(row: Row[Any]) -> Labels:
    """What stands in a row."""
    ask = Ask(row.ask) if row.ask else None
    return Labels(row.warnings, ask, row.language or None)
