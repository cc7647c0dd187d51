"""Names that `@` and some letters can become, while one writes."""

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.limits import NAME_CELLS
from bunniz_bbs.tui.widgets.editor import Editor

MOST: Final = 5
"""Names that are offered at once."""

_BEGUN: Final = re.compile(rf"(?<![\w@])@([^@\n]{{0,{NAME_CELLS[1]}}})$")


class Mentioning:
    """Offers names at the cursor of an editor; Tab or Enter takes the first."""

    def __init__(
        self, editor: Editor, fetch: Callable[[], Awaitable[Sequence[str]]]
    ) -> None:
        """Names for an editor.

        Args:
            editor: Where one writes.
            fetch: Looks whom one may mean, the likeliest first; asked once.
        """
        self._editor = editor
        self._fetch = fetch
        self._names: Sequence[str] | None = None
        self._typed = ""
        self._dismissed = ""
        """What stood before the cursor when the names were sent away."""
        self.offers: Sequence[str] = ()

    async def look(self) -> None:
        """See what was typed, and offer what it can become."""
        before = self._editor.before
        if not (self._dismissed and before.startswith(self._dismissed)):
            self._dismissed = ""
        begun = None if self._dismissed else _BEGUN.search(before)
        if begun is None:
            self.offers = ()
            return
        if self._names is None:
            try:
                self._names = await self._fetch()
            except BunnizError:  # then one types the name oneself
                self._names = ()
        self._typed = begun[1]
        wanted = self._typed.casefold()
        found = [one for one in self._names if one.casefold().startswith(wanted)]
        whole = len(found) == 1 and found[0].casefold() == wanted
        self.offers = () if whole else found[:MOST]

    def forget(self) -> None:
        """Ask anew whom one may mean."""
        self._names, self.offers = None, ()

    def take(self, key: str) -> bool:
        """Take the first name, or send all away; whether a key did that."""
        if not self.offers:
            return False
        exact = self._typed.casefold() in map(str.casefold, self.offers)
        if key == "tab" or (key == "enter" and not exact):
            name, self.offers = self.offers[0], ()
            self._editor.put_back(len(self._typed), f"{name} ")
        elif key == "escape":
            self._dismissed, self.offers = self._editor.before, ()
            self._editor.screen.post_message(Editor.Moved(self._editor))
        else:
            return False
        return True
