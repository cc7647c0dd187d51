"""The whole of boards.yaml, and the parts that concern everybody."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from bunniz_bbs.config.admission import AdmissionConfig
from bunniz_bbs.config.boards import Boards, DefaultsConfig, Sections
from bunniz_bbs.config.parts import (
    Line,
    LineOrEmpty,
    Model,
    Sentence,
    Slug,
    one_host,
    one_line,
)
from bunniz_bbs.config.rooms import DirectMessagesConfig, Rooms
from bunniz_bbs.domain.words import Language


class OperatorConfig(Model):
    """Who answers for the house, as the door and `about` say."""

    name: LineOrEmpty = ""
    """The person or association that answers for it. Default: empty."""
    contact: LineOrEmpty = ""
    """How members, and people named here, reach them. Default: empty."""
    authorities: LineOrEmpty = ""
    """How authorities reach them. Default: empty."""


class AddressConfig(Model):
    """Where members' clients find the house, as ready commands and recipes say."""

    host: Annotated[str, one_host()] = ""
    """The name or the number that one connects to, such as bbs.example.org or an onion
    address, with no port. Default: empty, so that everybody has to fill it in."""
    port: Annotated[int, Field(ge=1, le=65535)] | None = None
    """The port that one connects to, 1 to 65535, where it is another than the server
    listens on. Default: null, the port that the server listens on."""


class HelpLineConfig(Model):
    """A number to call, shown by `?` on every screen."""

    number: Annotated[str, one_line(30)]
    """The number as one dials it, between quotes, or where to go; at most 30 columns.
    Needed."""
    what: Sentence
    """Who answers, and to what. Needed."""
    hours: Sentence | None = None
    """When they answer and what it costs. Default: not known, so nothing is said."""
    language: Language | None = None
    """The language in which they answer. Default: null, several."""
    urgent: bool = False
    """Whether it comes first for everybody, whatever their language. Default: false."""
    source: Line
    """The site or page where the number was read, with its year in brackets where it
    is dated. Needed."""
    source_read_on: date
    """The day when the source was last read, such as 2026-08-01. It says nothing of
    a test call. Needed."""


class HouseConfig(Model):
    """What there is in this house, for whom, and how long it stays."""

    version: Literal[1]
    """The version of this file's format. Always 1. Needed."""
    name: Annotated[str, one_line(20)]
    """The name at the top of the first screens; at most 20 columns. Needed."""
    operator: OperatorConfig = OperatorConfig()
    """Who answers for the house. Default: nobody is named."""
    address: AddressConfig = AddressConfig()
    """Where clients find the house. Default: nothing is said of it."""
    admission: AdmissionConfig = AdmissionConfig()
    """Who may come in, and what they agree to. Default: whoever has an invite."""
    house_rules: Annotated[tuple[Sentence, ...], Field(min_length=1, max_length=12)]
    """What everybody agrees to at the door, 1 to 12 rules. Needed."""
    help_lines: Annotated[tuple[HelpLineConfig, ...], Field(max_length=40)] = ()
    """Numbers to call, at most 40. Default: none."""
    defaults: DefaultsConfig = DefaultsConfig()
    """What holds for each board that says nothing else. Default: as said there."""
    sections: Sections
    """Headings for boards, 1 to 20, in the order in which they are shown. Needed."""
    launch_profile: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=250)]
    """The boards and rooms that are open, by their slugs. Others wait with all their
    settings. Needed."""
    boards: Boards
    """All boards, 1 to 200, in the order in which they are shown. Needed."""
    rooms: Rooms = ()
    """All rooms, at most 50, in the order in which they are shown. Default: none."""
    direct_messages: DirectMessagesConfig = DirectMessagesConfig()
    """Messages between two people. Default: as said there."""
