"""Questions: a line that may be a command, and a choice by number."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.i18n import Words
from bunniz_bbs.plain.giving import carry_out
from bunniz_bbs.plain.places import number_in
from bunniz_bbs.plain.talk import SCREENFUL, Talk

T = TypeVar("T")

BACK: Final = ("0", "q")
"""What goes back, and at home leaves."""


async def ask(
    talk: Talk,
    prompt: str,
    about: Callable[[], Sequence[str]],
    *,
    thread: ThreadId | None = None,
) -> str:
    """Ask for a line; `?` and commands are answered here, and it is asked again.

    Args:
        talk: Whom.
        prompt: For what.
        about: What `?` says of the place where one is.
        thread: The thread that is open.

    Raises:
        Left, Gone: Nobody answers any more.
        Turn, Back: Somebody goes elsewhere.
    """
    while True:
        line = (await talk.paper.ask(prompt)).strip()
        if line == "?":
            # Where nothing is asked, all is said but what a place says of itself.
            back = [going_back(talk.words)] if prompt else []
            await talk.say(*about(), *back, leaving(talk.words))
        elif line.startswith("/") and not line.startswith("//"):
            try:
                await carry_out(talk, line, thread=thread)
            except BunnizError as error:
                await talk.refuse(error)
        else:
            return line.removeprefix("/") if line.startswith("//") else line


def going_back(words: Words) -> str:
    """What can be typed wherever something is asked."""
    return words("Type 0 or q to go back, /help for all commands, 0 at home to leave.")


def leaving(words: Words) -> str:
    """How one leaves, wherever one is."""
    return words(
        "Ctrl+D leaves. Ctrl+X and Ctrl+C leave at once, with no word, but in line "
        "mode what is on your screen stays there."
    )


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """Something that can be chosen by its number."""

    text: str
    item: T
    above: str = ""
    """A heading that stands before it."""


class Listing(Generic[T]):
    """A list with numbers, a screenful at a time; Enter shows more, or it again."""

    def __init__(
        self,
        talk: Talk,
        load: Callable[[], Awaitable[Sequence[Choice[T]]]],
        about: Callable[[], Sequence[str]],
        *,
        nothing: str,
        letters: str = "",
    ) -> None:
        """A list.

        Args:
            talk: Who chooses.
            load: Looks what there is.
            about: What `?` says.
            nothing: What is said where there is nothing.
            letters: What can be answered beside a number.
        """
        self._talk = talk
        self._load = load
        self._about = about
        self._nothing = nothing
        self._letters = letters
        self._choices: Sequence[Choice[T]] = ()
        self._shown = 0

    async def choose(self) -> T | str | None:
        """What is chosen: a thing, a letter, or None to go back.

        Raises:
            BunnizError: It could not be looked up.
            Left, Gone, Turn: Nobody chooses.
        """
        if not self._choices:
            await self._show()
        while True:
            words = self._talk.words
            more = len(self._choices) - self._shown
            prompt = words("Your choice:")
            if more:
                prompt = words("Your choice, or Enter for {n} more:", n=more)
            answer = (await ask(self._talk, prompt, self._about)).lower()
            number = number_in(answer)
            if answer in BACK:
                return None
            if not answer:
                await self._show()
            elif number is not None and 1 <= number <= len(self._choices):
                return self._choices[number - 1].item
            elif answer in self._letters:
                return answer
            else:
                await self._talk.say(no_choice(words, answer))

    async def _show(self) -> None:
        """The next screenful, or the first one anew where there are no more."""
        if self._shown >= len(self._choices):
            self._choices, self._shown = await self._load(), 0
        lines = [] if self._choices else [self._nothing]
        for one in self._choices[self._shown : self._shown + SCREENFUL]:
            self._shown += 1
            lines += [one.above] if one.above else []
            lines.append(f"{self._shown}. {one.text}")
        await self._talk.say(*lines)


def no_choice(words: Words, answer: str) -> str:
    """That something cannot be chosen here."""
    return words("There is no “{answer}” here. Type ? for help.", answer=answer[:40])
