"""The whole place as boards.yaml describes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date

from bunniz_bbs.domain.admission import Admission
from bunniz_bbs.domain.boards import Board, Section
from bunniz_bbs.domain.errors import BoardNotFound, RoomNotFound
from bunniz_bbs.domain.ids import BoardSlug, RoomSlug
from bunniz_bbs.domain.rooms import Room, base_of, guest_of
from bunniz_bbs.domain.words import Language, Told


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A number that somebody in need can call; shown by `?` on every screen."""

    number: str
    what: Told
    hours: Told
    language: Language | None
    """The language in which they answer; None: several."""
    urgent: bool
    """Whether it comes first for everybody, whatever their language."""
    source: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class Address:
    """Where clients find the house."""

    host: str = ""
    """A name or a number; empty: nothing is said of it."""
    port: int = 0
    """0: nothing is said of it."""


@dataclass(slots=True)
class House:
    """What is open here now, in the order in which it is shown.

    Everybody who holds it sees the new description when it becomes another one.
    """

    name: str
    sections: tuple[Section, ...]
    boards: Mapping[BoardSlug, Board]
    rooms: Mapping[RoomSlug, Room]
    rules: tuple[Told, ...]
    help_lines: tuple[HelpLine, ...]
    admission: Admission = field(default_factory=Admission)
    """Who may come in, and what they agree to."""
    address: Address = Address()
    """Where clients find it, as far as boards.yaml says."""
    warns_of_links: bool = True
    """Whether it is said who sees a visit before a link can be copied."""

    def become(self, other: "House") -> None:
        """From now on be as another description says, all at once."""
        for one in fields(self):
            setattr(self, one.name, getattr(other, one.name))

    def board(self, slug: str) -> Board:
        """The open board that is called so.

        Raises:
            BoardNotFound: None is.
        """
        try:
            return self.boards[BoardSlug(slug)]
        except KeyError:
            raise BoardNotFound(slug) from None

    def room(self, slug: str) -> Room:
        """The room that is called so, or a guest's conversation in one.

        Raises:
            RoomNotFound: None is.
        """
        found = self.rooms.get(base_of(slug))
        if found is None or (guest_of(slug) is not None and not found.one_to_one):
            raise RoomNotFound(slug)
        return found if found.slug == slug else replace(found, slug=RoomSlug(slug))

    def has_room(self, slug: object) -> bool:
        """Whether a room, or a guest's conversation in one, is called so."""
        if not isinstance(slug, str):
            return False
        found = self.rooms.get(base_of(slug))
        return found is not None and (guest_of(slug) is None or found.one_to_one)
