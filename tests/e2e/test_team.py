"""Guests and the team: coming in by talking, asking without a key, reporting."""

import asyncio
import json

from bunniz_bbs.config.secrets import load_secrets
from bunniz_bbs.services.names import shape
from bunniz_bbs.store.ports import Transaction
from bunniz_bbs.store.sqlite import open_sqlite
from bunniz_bbs.wiring.stores import DATA_FILE
from tests.e2e.house import House

WITHOUT_KEY = ["-oPubkeyAuthentication=no"]


def let_wait(house: House, person: str, language: str) -> None:
    """Somebody has asked to come in; how they do so at the door is another story."""
    house.admit(person, "guest", language)
    house.stop()

    async def mark() -> None:
        secrets = load_secrets(house.keys)
        store = await open_sqlite(house.data / DATA_FILE, secrets.data_key)

        async def work(tx: Transaction) -> None:
            account = await tx.accounts.by_shape(shape(person))
            assert account is not None
            await tx.accounts.set_waiting(account.id, True)

        await store.write(work)
        await store.close()

    asyncio.run(mark())
    house.start()


def test_somebody_comes_in_through_the_porch(house: House) -> None:
    """In French on a small screen, with the team in English on a large one."""
    house.admit("maple", "moderator")
    let_wait(house, "robin", "fr")
    robin = house.enter("robin", "go", "porch", size=(40, 15))
    robin.await_text("Le perron")
    robin.type("Bonjour, je voudrais entrer.", "enter")
    robin.await_text("je voudrais entrer.")
    maple = house.enter("maple")
    maple.await_text("2 wait")
    maple.press("t")
    maple.await_text("robin", "In the porch")
    maple.press("p")
    maple.await_text("je voudrais entrer.", "robin - The porch")
    maple.type("Bienvenue, robin !", "enter")
    robin.await_text("maple", "Bienvenue, robin !")
    assert house.ask("robin", "read", "money").returncode == 3
    maple.press("esc")
    maple.await_text("a let in")
    maple.press("a")
    maple.await_text("robin is let in.")

    robin.await_text("Le salon")
    robin.await_no_text("Bienvenue, robin !")
    assert house.ask("robin", "read", "money").returncode == 0
    logged = house.ask("maple", "log", "--json").stdout
    assert json.loads(logged)[0]["act"] == "approve"
    for terminal in (robin, maple):
        terminal.press("^X")
        assert terminal.await_exit() == 0
        assert terminal.modes_left_on() == set()


def test_whoever_has_no_key_reads_asks_and_learns_how_to_come_back(
    house: House,
) -> None:
    """The guide, a question that the team publishes, and a recipe for a key."""
    house.admit("maple", "sysop")
    given = "With *care*.\n"
    assert house.ask("maple", "post guide -t Begin", given=given).returncode == 0

    guest = house.enter_keyless()
    guest.await_text("English")
    guest.press_until("enter", "ssh-keygen -t ed25519")
    guest.press_until("enter", "You look around as a guest")
    guest.press_until("enter", "With care.")
    guest.press("esc", "esc", "/")
    guest.type("newcomers", "enter")
    guest.await_text("Press c to begin")
    guest.press("c")
    guest.type("First week", "enter")
    guest.type("What should I know?")
    guest.press("^S")
    guest.await_text("Somebody of the team reads it")
    assert b"First week" not in house.ask("maple", "read", "newcomers").stdout

    (post,) = json.loads(house.ask("maple", "queue", "--json").stdout)["posts"]
    assert post["body"] == "What should I know?"
    assert house.ask("maple", "publish", str(post["number"])).returncode == 0
    guest.await_text("First week", "now")
    guest.press_until("esc", "You look around as a guest")
    guest.press("c")
    guest.await_text("ssh-keygen -t ed25519")
    guest.press("^X")
    assert guest.await_exit() == 0

    asked = house.ask("stranger", "read", "newcomers", options=WITHOUT_KEY)
    assert b"First week" in asked.stdout


def test_a_guest_reports_and_asks_by_verbs(house: House) -> None:
    """With or without a key; the team sees what, and nobody sees who."""
    house.admit("maple", "moderator")
    report = "report guide/1#1 It names me."
    done = house.ask("nobody", report, options=WITHOUT_KEY)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"as number " in done.stdout
    asked = house.ask(
        "stranger", "post newcomers -t Hello --json", given="Who are you?"
    )
    assert json.loads(asked.stdout)["waits"] is True

    assert house.ask("nobody", "queue", options=WITHOUT_KEY).returncode == 4
    told = house.ask("maple", "queue").stdout.decode()
    assert "It names me." in told
    assert "Who are you?" in told
    waits = json.loads(house.ask("maple", "queue --json").stdout)
    (post,), (about,) = waits["posts"], waits["reports"]
    close = f"close {about['report']}"
    assert house.ask("maple", close).returncode == 0
    assert house.ask("maple", close).returncode == 3
    refuse = f"refuse {post['number']} It is"
    assert house.ask("maple", refuse, "a test.").returncode == 0
    assert b"Nothing waits" in house.ask("maple", "queue").stdout


def test_whoever_was_not_let_in_reads_why_when_they_come_back(house: House) -> None:
    """At the door, before anything is asked; a verb says so too."""
    house.admit("maple", "moderator")
    let_wait(house, "wren", "fr")
    assert house.ask("maple", "decline wren Later.").returncode == 0

    wren = house.enter("wren", size=(40, 15))
    wren.await_text("Choisir")
    wren.press("enter")
    wren.await_text("Later.")
    wren.press("^X")
    assert wren.await_exit() == 0
    assert b"Later." in house.ask("wren", "boards").stderr
