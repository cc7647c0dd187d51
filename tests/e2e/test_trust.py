"""Inviting a friend, an organisation's badge, and who sees what of whom."""

import json
import re

import pytest

from tests.e2e.house import House

SIZES = [(80, 24), (40, 15)]


@pytest.mark.parametrize("size", SIZES)
def test_a_badge_by_two_of_the_team(house: House, size: tuple[int, int]) -> None:
    """It shows beside the name once the second one says so; its bearer invites."""
    house.admit("rosa")
    house.admit("lune", language="fr")
    for name in ("maple", "linde"):
        house.admit(name, "moderator", language="nl")
    posted = house.ask("rosa", "post", "money", "-t", "Tea", given="Words")
    assert posted.returncode == 0, posted.stderr
    lune = house.enter("lune", "go", "1", size=size)
    lune.await_text("rosa", "Words")

    first = house.ask("maple", "badge", "rosa", "UTSOPI")
    assert first.returncode == 0, first.stderr
    assert house.ask("rosa", "invite").returncode == 4
    lune.settle()
    assert "UTSOPI" not in lune.text
    second = house.ask("linde", "badge", "rosa", "UTSOPI", "--json")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", json.loads(second.stdout)["given_on"])

    lune.await_text("[UTSOPI")
    seen = json.loads(house.ask("lune", "whois", "rosa", "--json").stdout)
    assert seen["badge"]["organisation"] == "UTSOPI"
    assert "vouchers" not in seen
    made = json.loads(house.ask("rosa", "invite", "--json").stdout)
    assert made["code"]
    rosa = house.enter("rosa", size=size)
    rosa.await_text("Talking now")
    rosa.type("/")
    rosa.type("invites", "enter")
    rosa.await_text("1 of your codes")
    rosa.press("w")
    rosa.await_text("Press w again")
    rosa.press("w")
    rosa.await_text("0 of your codes")
    house.ask("maple", "unbadge", "rosa")
    lune.await_no_text("[UTSOPI")


def test_moderators_alone_see_who_vouched(house: House) -> None:
    """A vouch says what it means; the member sees neither it nor the inviter."""
    for name in ("rosa", "lune"):
        house.admit(name)
    house.admit("maple", "moderator")

    said = house.ask("lune", "vouch", "rosa")
    assert said.returncode == 0, said.stderr
    assert b"It does not say: I guarantee it" in said.stdout
    assert house.ask("lune", "vouch", "lune").returncode == 4
    assert b"lune" not in house.ask("rosa", "whois", "rosa").stdout
    seen = json.loads(house.ask("maple", "person", "rosa", "--json").stdout)
    assert seen["vouchers"] == ["lune"]
    assert seen["trusted_from"]
    assert house.ask("lune", "unvouch", "rosa").returncode == 0
    seen = json.loads(house.ask("maple", "whois", "rosa", "--json").stdout)
    assert seen["vouchers"] == []
