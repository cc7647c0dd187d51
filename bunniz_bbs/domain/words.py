"""Content in four languages, as sysops write it."""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias, get_args

Language: TypeAlias = Literal["fr", "nl", "en", "de"]

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
"""The languages of the house, in the order in which they are offered."""

Told: TypeAlias = Mapping[Language, str]
"""The same text in each of the four languages."""
