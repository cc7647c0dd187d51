"""From what boards.yaml says to the house that opens."""

from datetime import timedelta
from pathlib import Path

import pytest

from bunniz_bbs.config.load import ConfigBroken, load_house
from bunniz_bbs.domain.admission import (
    Admission,
    InviteRule,
    Mode,
    Operator,
    TrustRule,
)
from bunniz_bbs.domain.boards import Identity, Premod
from bunniz_bbs.domain.errors import BoardNotFound, RoomNotFound
from bunniz_bbs.domain.house import Address, House
from bunniz_bbs.domain.people import Role
from tests.config.small import save, spoilt


def opened(folder: Path, *changes: tuple[str, str]) -> House:
    """The small house with each text replaced by another."""
    return load_house(save(folder, spoilt(*changes)))


class TestBoards:
    def test_take_what_the_file_says(self, tmp_path: Path):
        """Roles, texts and lifetime are those of the file."""
        guide = opened(tmp_path).board("guide")

        assert guide.title == {
            "fr": "Accueil",
            "nl": "Welkom",
            "en": "Welcome",
            "de": "Willkommen",
        }
        assert (guide.read, guide.post, guide.reply) == (Role.GUEST, Role.SYSOP, None)
        assert guide.lifetime is None
        assert guide.section == "start"

    def test_take_the_rest_from_the_defaults(self, tmp_path: Path):
        """A board that says nothing takes lifetime, identity and premoderation."""
        defaults = (
            "ttl_days: 90",
            "ttl_days: 90\n  identity: anon_allowed\n  premod: all",
        )

        money = opened(tmp_path, defaults).board("money")

        assert money.lifetime == timedelta(days=90)
        assert money.identity is Identity.ANON_ALLOWED
        assert money.premod is Premod.ALL

    def test_say_otherwise_than_the_defaults(self, tmp_path: Path):
        """What a board says of itself wins, `premod: none` too."""
        money = opened(
            tmp_path,
            ("ttl_days: 90", "ttl_days: 90\n  premod: all"),
            ("section: work\n", "section: work\n    premod: none\n    ttl_days: 7\n"),
        ).board("money")

        assert money.premod is Premod.NONE
        assert money.lifetime == timedelta(days=7)

    def test_wait_until_they_are_launched(self, tmp_path: Path):
        """A board that the launch profile does not name is not there."""
        house = opened(tmp_path, ("guide, money,", "guide,"))

        with pytest.raises(BoardNotFound):
            house.board("money")

    def test_keep_the_order_of_the_file(self, tmp_path: Path):
        """The launch profile opens boards; it does not sort them."""
        house = opened(tmp_path, ("guide, money,", "money, guide,"))

        assert list(house.boards) == ["guide", "money"]


class TestRooms:
    def test_wait_until_they_are_launched(self, tmp_path: Path):
        """A room that the launch profile does not name is not there."""
        house = opened(tmp_path, (", lounge]", "]"))

        with pytest.raises(RoomNotFound):
            house.room("lounge")

    def test_for_one_guest_at_a_time_show_an_hour(self, tmp_path: Path):
        """So that the team reads what was said while nobody of it was there."""
        change = ("- slug: lounge\n", "- slug: lounge\n    one_to_one: true\n")

        room = opened(tmp_path, change).room("lounge")

        assert room.open
        assert room.one_to_one
        assert room.history == timedelta(hours=1)

    @pytest.mark.parametrize("kind", ["needs_host: true", "opens: scheduled"])
    def test_of_a_kind_to_come_are_shown_and_closed(self, tmp_path: Path, kind: str):
        """What a later version opens is there, and cannot be entered."""
        change = ("- slug: lounge\n", f"- slug: lounge\n    {kind}\n")

        assert opened(tmp_path).room("lounge").open
        assert not opened(tmp_path, change).room("lounge").open

    def test_with_instances_are_several(self, tmp_path: Path):
        """One room an instance, titled by the board of its name or by the name."""
        change = ("- slug: lounge\n", "- slug: lounge\n    instances: [money, bar]\n")

        rooms = opened(tmp_path, change).rooms

        assert list(rooms) == ["lounge-money", "lounge-bar"]
        assert rooms["lounge-money"].title["fr"] == "Le salon\N{NO-BREAK SPACE}: Argent"
        assert rooms["lounge-money"].title["de"] == "Stube: Geld"
        assert rooms["lounge-bar"].title["en"] == "The lounge: bar"


class TestHelpLines:
    def test_without_hours_say_nothing_of_them(self, tmp_path: Path):
        """Where it is not known when they answer, the text is empty."""
        [line] = opened(tmp_path).help_lines

        assert line.hours == {"fr": "", "nl": "", "en": "", "de": ""}
        assert line.language is None
        assert not line.urgent


ADMISSION = """\
admission:
  mode: approval
  invites: {lowest: trusted, most: 2, days: 3, uses: 4}
  trust: {days: 60, vouches: 3}
  terms:
    version: 7
    text: [&terms {fr: Un, nl: Een, en: One, de: Eins}]
    changed: [*terms]
sections:
"""


class TestAddress:
    def test_is_where_clients_find_the_house(self, tmp_path: Path):
        """A host and a port; where nothing is said, nobody guesses."""
        assert opened(tmp_path).address == Address()
        said = "name: small\naddress: {host: bbs.example.org, port: 22}"

        address = opened(tmp_path, ("name: small", said)).address

        assert address == Address("bbs.example.org", 22)

    @pytest.mark.parametrize(
        "host",
        ["bbs.example.org:22", "me@here", "a b", "-oProxyCommand=x", "a\\nUser b"],
    )
    def test_holds_nothing_that_a_client_would_take_for_more(
        self, tmp_path: Path, host: str
    ):
        """It goes into files and commands that members copy."""
        said = f'name: small\naddress: {{host: "{host}"}}'

        with pytest.raises(ConfigBroken, match="must be a name or a number"):
            opened(tmp_path, ("name: small", said))


class TestAdmission:
    def test_is_by_invite_where_nothing_is_said(self, tmp_path: Path):
        """And nobody is named as answering for the house."""
        admission = opened(tmp_path).admission

        assert admission == Admission()
        assert admission.mode is Mode.INVITE
        assert not admission.operator.name

    def test_is_what_the_file_says(self, tmp_path: Path):
        """Mode, invites, trust, terms, and who answers for it."""
        operator = (
            "name: small\noperator: {name: Us, contact: Here, authorities: There}"
        )

        admission = opened(
            tmp_path, ("sections:\n", ADMISSION), ("name: small", operator)
        ).admission

        assert admission.mode is Mode.APPROVAL
        assert admission.invites == InviteRule(Role.TRUSTED, 2, 3, 4)
        assert admission.trust == TrustRule(60, 3)
        assert admission.terms.version == 7
        assert [one["en"] for one in admission.terms.text] == ["One"]
        assert [one["nl"] for one in admission.terms.changed] == ["Een"]
        assert admission.operator == Operator("Us", "Here", "There")
