"""A text that is typed line by line; what is there survives when the line drops."""

import asyncio
import re
from contextlib import suppress
from enum import Enum, auto
from typing import Final

from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.limits import BODY_CHARACTERS
from bunniz_bbs.i18n import Words
from bunniz_bbs.i18n.drafts import no_room
from bunniz_bbs.plain.labels import Labelling
from bunniz_bbs.plain.paper import Left
from bunniz_bbs.plain.streams import Gone
from bunniz_bbs.plain.talk import Talk
from bunniz_bbs.services.mentions import renamed

QUIET: Final = 1.0
"""Seconds after a line until the draft is saved, with what came meanwhile."""
LONGEST: Final = BODY_CHARACTERS * 4
"""Characters that are kept: so many that whoever is given them says it is too long."""


class End(Enum):
    """What somebody wants done with what they wrote."""

    SEND = auto()
    KEEP = auto()
    DROP = auto()


class Unsent(Exception):
    """Somebody thought better of it, and was told what became of their text."""


ENDS: Final = {".": End.SEND, ".q": End.KEEP, ".x": End.DROP}
COMMANDS: Final = (*ENDS, ".u", ".r", ".l", ".?")
_ONE_LINE: Final = re.compile(r"\.(s|d) ([0-9]{1,4})(?: (.*))?")
"""Puts words in place of one line, or takes it out."""
_LABELS: Final = re.compile(r"\.w( .*)?")
"""Says what the text warns of, and what it asks for."""


class Body:
    """Takes lines until one ends the text, and keeps them as a draft meanwhile."""

    def __init__(
        self,
        talk: Talk,
        place: str | None,
        title: str = "",
        text: str = "",
        labelling: Labelling | None = None,
    ) -> None:
        """A text.

        Args:
            talk: Whoever writes it.
            place: Under which name its draft is kept; None: none is.
            title: What stands above it.
            text: What it begins with.
            labelling: Its labels; None: it bears none.
        """
        self._talk = talk
        self._labelling = labelling
        # Nothing is kept of somebody without an account.
        self._place = None if talk.someone.is_passing else place
        self._title = title
        self._lines = text.split("\n") if text else []
        self._length = len(text)
        self._changed = asyncio.Event()

    @property
    def text(self) -> str:
        """What is written so far."""
        return "\n".join(self._lines)

    async def write(self) -> End:
        """Take lines to the end of the text.

        Raises:
            Left, Gone: Somebody leaves in the middle; what they wrote is kept.
        """
        saving = asyncio.ensure_future(self._save_soon())
        self._talk.rename = self._rename
        try:
            return await self._take()
        except (Left, Gone, asyncio.CancelledError):
            if unfinished := self._talk.streams.unfinished:
                self._add(unfinished)
            with suppress(BunnizError):
                await self.keep()
            raise
        finally:
            self._talk.rename = None
            saving.cancel()
            await asyncio.gather(saving, return_exceptions=True)

    def _rename(self, was: str, name: str) -> None:
        """Somebody is called otherwise now, also in what is being written."""
        self._lines = [renamed(one, was, name) for one in self._lines]

    async def _take(self) -> End:
        talk = self._talk
        while True:
            line = await talk.paper.ask()
            command = line.strip()
            if command in ENDS:
                return ENDS[command]
            match command:
                case ".u":
                    if self._lines:
                        self._length -= len(self._lines.pop()) + 1
                    last = self._lines[-1] if self._lines else ""
                    told = talk.words("The last line is now: {line}", line=last)
                    await talk.say(told)
                case ".r":
                    await talk.page(self._lines or [talk.words("Nothing written yet.")])
                case ".l":
                    lines = [f"{n}. {one}" for n, one in enumerate(self._lines, 1)]
                    await talk.page(lines or [talk.words("Nothing written yet.")])
                case ".?":
                    await talk.say(*how_to_write(talk.words))
                case _ if self._labelling and _LABELS.fullmatch(command):
                    await self._label(self._labelling, command[2:].strip())
                case _ if found := _ONE_LINE.fullmatch(command):
                    await self._change(int(found[2]), found[1] == "d", found[3] or "")
                case _:
                    meant = line[1:] if _is_command(command[1:]) else line
                    if not self._add(meant):
                        await talk.say(no_room(talk.words))
            self._changed.set()

    async def _label(self, labelling: Labelling, text: str) -> None:
        try:
            await self._talk.say(*labelling.set(text))
        except BunnizError as error:
            await self._talk.refuse(error)

    def _add(self, line: str) -> bool:
        """One more line, as far as there is any use in it; whether there was room."""
        if self._length >= LONGEST:
            return False
        if line or self._lines:
            self._lines.append(line)
            self._length += len(line) + 1
        return True

    async def _change(self, number: int, out: bool, text: str) -> None:
        """Put words in place of a line, or take it out."""
        talk, at = self._talk, number - 1
        if not 0 <= at < len(self._lines):
            await talk.say(talk.words("There is no line {n}.", n=number))
            return
        self._length += (-1 if out else len(text)) - len(self._lines[at])
        self._lines[at : at + 1] = [] if out else [text]
        if out:
            await talk.say(talk.words("Line {n} is gone.", n=number))
        else:
            await talk.say(talk.words("Line {n} is now: {line}", n=number, line=text))

    async def _save_soon(self) -> None:
        while True:
            await self._changed.wait()
            await self._talk.services.clock.sleep(QUIET)
            self._changed.clear()
            with suppress(BunnizError):
                await self.keep()

    async def keep(self) -> None:
        """Save what is written as a draft.

        Raises:
            BunnizError: It could not be kept.
        """
        if self._place is not None:
            talk = self._talk
            await talk.services.drafts.save(
                talk.someone, self._place, self._title, self.text
            )

    async def drop(self) -> None:
        """Forget it.

        Raises:
            BunnizError: It could not be forgotten.
        """
        if self._place is not None:
            await self._talk.services.drafts.drop(self._talk.someone, self._place)

    async def set_aside(self, end: End) -> None:
        """Keep the text or throw it away, as was asked, and say so.

        Raises:
            BunnizError: It could not be done.
        """
        words = self._talk.words
        if end is End.KEEP and self._place is not None:
            await self.keep()
            await self._talk.say(words("Your draft is kept for 24 hours."))
        else:
            await self.drop()
            await self._talk.say(words("Your text was thrown away."))

    async def given(self) -> str:
        """The text, for a command that asks for one.

        Raises:
            Unsent: It was kept or thrown away instead.
        """
        await self._talk.say(how_to_end(self._talk.words))
        end = await self.write()
        if end is not End.SEND:
            await self.set_aside(end)
            raise Unsent
        await self.keep()  # until it is sent
        return self.text


def _is_command(text: str) -> bool:
    return text in COMMANDS or any(one.fullmatch(text) for one in (_ONE_LINE, _LABELS))


def how_to_end(words: Words) -> str:
    """What one needs to know before one writes."""
    return words(
        "Type your text, line by line. A line with only a dot sends it; .? tells what "
        "else there is."
    )


def how_to_write(words: Words) -> list[str]:
    """All that can be done while one writes."""
    return [
        words(". alone on a line sends the text."),
        words(".. alone on a line writes a line with one dot."),
        words(".u takes back the last line; .r reads out what is written."),
        words(
            ".l shows the lines with their numbers; .s 3 TEXT puts TEXT in place of "
            "line 3, .d 3 takes it out."
        ),
        words(
            ".w and labels, such as .w violence,listen, says what the text warns of "
            "and asks for; .w alone tells which labels there are."
        ),
        words(".q goes back and keeps the text as a draft for 24 hours."),
        words(".x throws the text away."),
        words(
            "A draft is also kept when the connection drops, or when you leave with "
            "Ctrl+D."
        ),
        words(
            "You can write **bold**, *italic*, `code`, lists with - or 1. and quotes "
            "with >. Nothing else is treated specially."
        ),
        words(
            "Details such as dates, places or the way you write can show who you are. "
            "Readers can copy what they see."
        ),
    ]
