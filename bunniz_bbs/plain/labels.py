"""Labels in line mode, for what one is writing."""

from collections.abc import Sequence

from bunniz_bbs.commands.labels import NOTHING, one_of
from bunniz_bbs.domain.labels import NONE, Ask, Labels, Tag
from bunniz_bbs.domain.words import LANGUAGES
from bunniz_bbs.i18n import Words
from bunniz_bbs.i18n.labels import told


class Labelling:
    """The labels of a text, set by their names, with commas between them."""

    def __init__(
        self, words: Words, labels: Labels = NONE, asks: Sequence[Ask] | None = None
    ) -> None:
        """Labels to begin with.

        Args:
            words: The language of whoever writes.
            labels: Those that are set.
            asks: What can be asked for there; None: it is no thread, so that there
                are warnings alone.
        """
        self.labels = labels
        self._words = words
        self._asks = asks

    def set(self, text: str) -> Sequence[str]:
        """Set these in place of those that were set, or none; says which there are.

        Nothing typed tells which there could be, and changes nothing.

        Raises:
            LabelUnclear: One is not known.
        """
        asks = list(self._asks or ())
        known = [*Tag, *asks, *(LANGUAGES if self._asks is not None else ())]
        if not text:
            return [*self._told(), ", ".join([*known, NOTHING])]
        given = [] if text.lower() == NOTHING else [one for one in text.split(",")]
        named = {one_of(one.strip(), known, besides=NOTHING) for one in given}
        spoken = next((one for one in LANGUAGES if one in named), self.labels.language)
        self.labels = Labels(
            frozenset(one for one in Tag if one in named),
            next((one for one in asks if one in named), None),
            spoken,
            self.labels.lasts,
        )
        return self._told()

    def _told(self) -> Sequence[str]:
        words = self._words
        set_now = told(words, self.labels)
        return [", ".join(set_now) if set_now else words("No label is set.")]
