"""Keeping order from inside: kick, mute, ban, delete, pin, lock, and the log."""

import json

from tests.e2e.house import House


def test_a_ban_holds(house: House) -> None:
    """The person is told why; neither a new visit, a verb nor a restart gets in."""
    house.admit("maple", "moderator")
    house.admit("rosa")
    rosa = house.enter("rosa", "go", "lounge")
    rosa.await_text("Nothing here")
    maple = house.enter("maple", "go", "lounge")
    maple.await_text("Nothing here")
    maple.type("/ban rosa 7d wrote a client's name", "enter")
    maple.await_text("rosa is banned")

    assert rosa.await_exit() == 4
    assert "wrote a client's name" in rosa.text
    again = house.enter("rosa")
    again.await_text("wrote a client's name")
    asked = house.ask("rosa", "unread")
    assert asked.returncode == 4
    assert b"wrote a client's name" in asked.stderr
    house.restart()
    later = house.enter("rosa")
    later.await_text("wrote a client's name")
    lifted = house.ask("maple", "unban", "rosa", "a", "misunderstanding")
    assert lifted.returncode == 0, lifted.stderr
    assert house.ask("rosa", "whoami").returncode == 0


def test_a_reason_is_needed_and_everything_is_in_the_log(house: House) -> None:
    """Without a reason nothing happens; each act is in the log for moderators only."""
    house.admit("maple", "moderator")
    house.admit("rosa")
    rosa = house.enter("rosa", "go", "lounge")
    rosa.await_text("Nothing here")
    rosa.type("buy my thing", "enter")
    maple = house.enter("maple", "go", "lounge")
    maple.await_text("a few people")
    maple.type("/mute rosa 10m", "enter")
    maple.await_text("/mute NAME [DURATION] REASON")
    maple.press(*["backspace"] * 20)
    maple.type("/delete rosa advertising", "enter")
    rosa.await_no_text("buy my thing")
    rosa.await_text("advertising")
    maple.type("/mute rosa 10m advertising", "enter")
    rosa.await_text("muted you")
    rosa.type("but why", "enter")
    rosa.await_text("nothing that you typed is lost")
    maple.type("/kick rosa calm down first", "enter")
    assert rosa.await_exit() == 4
    maple.type("/unmute rosa talked it over", "enter")
    maple.await_text("can write again")
    maple.type("/log", "enter")
    maple.await_text("Moderators' log", "sent out", "muted", "line removed")

    entries = json.loads(house.ask("maple", "log", "--json").stdout)
    assert [one["act"] for one in entries] == ["unmute", "kick", "mute", "delete-line"]
    assert house.ask("rosa", "log").returncode == 4


def test_pin_lock_and_delete_in_a_thread(house: House) -> None:
    """A pinned thread leads, a locked one takes no replies, a removed post is gone."""
    house.admit("maple", "moderator")
    house.admit("rosa")
    for title in ("old", "new"):
        house.ask("rosa", "post", "money", "-t", title, given=f"words of {title}")
    house.ask("rosa", "reply", "1", given="a number: 0470")
    maple = house.enter("maple", "go", "1")
    maple.await_text("words of old")
    for line, done in (
        ("pin the guide for all", "Pinned: old"),
        ("lock all is said", "Locked: old"),
        ("delete 2 a phone number", "Removed post #2"),
    ):
        maple.type("/")
        maple.await_text("a place, or a command")
        maple.type(line, "enter")
        maple.await_text(done)

    shown = json.loads(house.ask("rosa", "read", "money", "--json").stdout)
    assert [one["title"] for one in shown] == ["old", "new"]
    thread = json.loads(house.ask("rosa", "read", "money", "1", "--json").stdout)
    assert thread["posts"][1]["deleted"]
    assert "0470" not in json.dumps(thread)
    assert house.ask("rosa", "reply", "1", given="more").returncode == 4


def test_members_cannot_do_what_moderators_do(house: House) -> None:
    """The commands are not offered, and refused where they are typed."""
    house.admit("rosa")
    house.admit("lune")

    for verb in ("kick", "mute", "ban", "unban", "delete", "pin", "lock", "invite"):
        done = house.ask("rosa", verb, "lune", "because")
        assert done.returncode in (2, 4), (verb, done.stderr)
    assert b"kick" not in house.ask("rosa", "help").stdout


def test_a_thread_moves_and_stays_with_a_reason(house: House) -> None:
    """Who may read it there follows it; who may not has lost it at once."""
    house.admit("maple", "moderator")
    house.admit("rosa")
    house.admit("lune", language="fr")
    house.ask("rosa", "post", "money", "-t", "Bread", given="words of bread")
    rosa = house.enter("rosa", "go", "1")
    rosa.await_text("words of bread")
    moved = house.ask("maple", "move", "1", "wellbeing", "it", "is", "about", "that")
    assert moved.returncode == 0, moved.stderr
    rosa.await_text("Mental wellbeing")
    assert house.ask("maple", "keep", "1", "asked every week").returncode == 0
    rosa.await_text("The team keeps this: asked every week")
    thanked = house.ask("lune", "thanks", "1#1", "--json")
    assert json.loads(thanked.stdout) == {"thread": 1, "post": 1, "thanks": True}
    shown = json.loads(house.ask("rosa", "read", "wellbeing", "1", "--json").stdout)
    assert [one["thanks"] for one in shown["posts"]] == [1]
    again = house.ask("rosa", "post", "wellbeing", "-t", "Bread", given="other")
    twice = house.ask("rosa", "post", "wellbeing", "-t", "Bread", given="other")
    assert again.returncode == twice.returncode == 0
    assert b"Nothing was posted twice" in twice.stdout
    assert house.ask("maple", "move", "1", "modroom", "for the team").returncode == 0
    rosa.await_text("That thread is not there any more.")

    assert house.ask("rosa", "read", "modroom", "1").returncode == 3
    assert house.ask("rosa", "move", "1", "money", "mine").returncode == 4
    entries = json.loads(house.ask("maple", "log", "--json").stdout)
    assert [one["act"] for one in entries] == ["move", "keep", "move"]
