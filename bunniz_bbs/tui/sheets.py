"""How widgets are laid out and coloured, read once for all visits that look alike."""

from collections.abc import Hashable
from typing import TypeAlias

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

MOST_READ = 256
"""Sheets that are kept: one for each theme and order in which pages were opened."""

Rules: TypeAlias = tuple[list[RuleSet], dict[str, list[RuleSet]]]
"""What a sheet says, in its order and by what it is about."""


class Sheets:
    """Sheets that were read, for all visits of a process."""

    def __init__(self) -> None:
        self.read: dict[Hashable, Rules] = {}

    def keep(self, key: Hashable, rules: Rules) -> None:
        """Keep a sheet; where there are too many, all others go."""
        if len(self.read) >= MOST_READ:
            self.read.clear()
        self.read[key] = rules


class SharedSheet(Stylesheet):
    """One app's sheet; Textual would read it anew for each app, and keep it twice."""

    def __init__(self, sheets: Sheets, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._sheets = sheets

    def parse(self) -> None:
        """Know what the sources say."""
        key = (tuple(self._variables.items()), tuple(self.source.items()))
        if key not in self._sheets.read:
            super().parse()
            self._sheets.keep(key, (self._rules, dict(self.rules_map)))
        rules, by_name = self._sheets.read[key]
        self._rules, self._rules_map = rules, by_name
        self._require_parse = False

    def reparse(self) -> None:
        """Know what the sources say, with other variables."""
        self.parse()
