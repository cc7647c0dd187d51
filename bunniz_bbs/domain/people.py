"""Who somebody is here: a pseudonym, a role and nothing more."""

import re
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Final

from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.domain.words import Language


class Role(IntEnum):
    """What somebody may do; each role includes the ones before it."""

    GUEST = 0
    MEMBER = 1
    TRUSTED = 2
    MODERATOR = 3
    SYSOP = 4

    @property
    def word(self) -> str:
        """The role as it is written in boards.yaml and on the command line."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> "Role":
        """The role that is written so.

        Raises:
            KeyError: No role is called that.
        """
        return cls[word.upper()]


@dataclass(frozen=True, slots=True)
class Account:
    """What is kept of a person.

    There is deliberately no date of joining, no last visit and no trace of a device.
    """

    id: AccountId
    name: str
    role: Role
    language: Language
    read_floor: date
    """What was written before this day counts as read, so that years of backlog do
    not drown somebody who comes in new."""
    pronouns: str = ""
    speaks: tuple[Language, ...] = ()
    """Languages that they want others to know of."""
    hidden: bool = False
    """Whether nobody sees that they are in a room until they speak."""
    waiting: bool = False
    """Whether they asked to come in, and the team has not decided."""
    settles_on: date | None = None
    """When they may become trusted; None: they are, or it is not kept any more."""
    answers: bool = False
    """Whether they want to be shown what waits for a first answer."""
    new_until: date | None = None
    """The last day on which they post slowly; None: they do not, as soon as somebody
    vouches for them or that day is over."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who does something, as services see them."""

    id: AccountId
    name: str
    role: Role
    language: Language = "en"
    waiting: bool = False
    """Whether they asked to come in, and the team has not decided."""

    @classmethod
    def of(cls, account: Account) -> "Actor":
        """The actor that an account is."""
        return cls(
            account.id, account.name, account.role, account.language, account.waiting
        )

    @classmethod
    def passing(
        cls, language: Language = "en", visit: str = "", name: str = ""
    ) -> "Actor":
        """Somebody without an account, who looks around as a guest.

        Args:
            language: What they read.
            visit: What tells this visit apart from others of such people.
            name: What they are called for as long as it lasts.
        """
        passer = AccountId(f"{PASSER}-{visit}") if visit else PASSER
        return cls(passer, name, Role.GUEST, language)

    @property
    def is_passing(self) -> bool:
        """Whether there is no account: nothing is kept of them."""
        return is_passer(self.id)


PASSER: Final = AccountId("passer")
"""Stands for everybody who has no account; no account is called so."""


def is_passer(account: AccountId) -> bool:
    """Whether this stands for somebody who has no account."""
    return account == PASSER or account.startswith(f"{PASSER}-")


def is_account(account: AccountId) -> bool:
    """Whether this is what accounts are called by: 20 hexadecimal digits."""
    return re.fullmatch(r"[0-9a-f]{20}", account) is not None


def gone(account: AccountId) -> str:
    """What stands for somebody whose account is gone, such as `~3f9a12`.

    No name begins so. It tells the entries of one account from those of others.
    """
    return f"~{account[:6]}"


NOBODY: Final = AccountId("")
"""The author of what somebody wrote who has no account."""
CONSOLE: Final = Actor(AccountId("console"), "console", Role.SYSOP)
"""Whoever holds the server's command line: may do what a sysop may."""
