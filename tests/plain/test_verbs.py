"""One verb after the other, as scripts use them."""

import pytest

from bunniz_bbs.domain.errors import StoreDown
from tests.plain.memory import Client, MemoryStreams


@pytest.fixture
def client(home, maple) -> Client:
    """A member's client."""
    return Client(home, "maple")


@pytest.fixture
def team(home, mossy) -> Client:
    """A moderator's client."""
    return Client(home, "mossy")


class TestWhoIsAsking:
    async def test_an_unknown_key_is_told_the_way_in(self, home):
        """Whatever a guest cannot do; what is open to guests they read."""
        nobody = Client(home, "nobody")
        for line in ("ban maple x", "read general", "say lounge hello", "invite"):
            status, out, err = await nobody.run(line)
            assert (status, out) == (4, "")
            assert "not known here" in err
        assert (await nobody.run("whoami"))[0] == 0
        assert "porch" in (await nobody.run("boards"))[1]

    async def test_a_banned_key_is_told_why(self, home, maple, client, team):
        """In words and as a document."""
        await team.run("ban maple 1h too loud")

        status, out, err = await client.run("boards")
        assert (status, out) == (4, "")
        assert "too loud" in err
        status, said = await client.json("boards")
        assert (status, said["error"]) == (4, "banned")

    async def test_an_unknown_key_gets_a_document_too(self, home):
        """Programs read one thing only."""
        status, said = await Client(home, "nobody").json("invite")

        assert (status, said["error"]) == (4, "key-unknown")

    async def test_whoever_was_not_let_in_reads_why(self, home, mossy):
        """Beside what they ask now, as long as the answer is kept."""
        await home.waiter("robin")
        await home.services.team.decline(mossy, "robin", "Come with a friend.")
        robin = Client(home, "robin")

        status, out, err = await robin.run("boards")
        assert (status, "porch" in out) == (0, True)
        assert "did not let you in" in err
        assert "Come with a friend." in err
        status, said = await robin.json("invite")
        assert (status, said["error"]) == (4, "declined")
        home.clock.move(days=30)
        assert (await robin.run("boards"))[2] == ""

    async def test_speaks_the_readers_language(self, home):
        """Answers and refusals."""
        await home.person("alder", language="nl")
        client = Client(home, "alder")

        _, out, _ = await client.run("whoami")
        _, _, err = await client.run("read nothing")

        assert out == "Je naam hier: alder. Je rol: lid.\n"
        assert "forum" in err


class TestAnswers:
    @pytest.mark.parametrize(
        ("line", "out"),
        [
            ("whoami", "You are maple, member.\n"),
            ("WHOAMI", "You are maple, member.\n"),
            ("rules", "- Be kind.\n- Name nobody.\n"),
            ("unread", "Nothing new.\n"),
            ("read general", "No threads yet.\n"),
            ("rooms", None),
            ("boards", None),
            ("help", None),
            ("", None),
            ("lang de", None),
            ("mod whoami", "You are maple, member.\n"),
        ],
    )
    async def test_are_text_by_default_and_end_well(self, client, line, out):
        """On standard output, with nothing on standard error."""
        status, said, err = await client.run(line)

        assert (status, err) == (0, "")
        assert said.endswith("\n")
        if out is not None:
            assert said == out

    @pytest.mark.parametrize(
        "line", ["whoami", "rules", "unread", "read general", "rooms", "boards", "help"]
    )
    async def test_are_one_document_for_programs(self, client, line):
        """Whatever the command."""
        status, said = await client.json(line)

        assert status == 0
        assert said is not None

    async def test_empty_is_help(self, client):
        """`ssh HOST` without a terminal shows what can be asked for."""
        assert await client.run("") == await client.run("help")

    async def test_a_conversation(self, home, client, team):
        """Begin a thread, answer, see what is new, read, and all is read."""
        status, out, _ = await client.run(
            "post general -t Rye bread", "Which **one**?\n"
        )
        assert (status, out) == (0, "Posted. Read it with: read general 1\n")
        _, row = await team.json("unread")
        assert (row[0]["title"], row[0]["unread"]) == ("Rye bread", 1)
        assert await team.run("reply 1", "Wheat.") == (0, "Posted as #2.\n", "")

        status, out, _ = await client.run("read general 1")

        assert status == 0
        assert out.splitlines() == [
            "Rye bread",
            "",
            "#1 maple - now",
            "  Which one?",
            "",
            "#2 mossy - now",
            "  Wheat.",
        ]
        assert await client.json("unread") == (0, [])

    async def test_a_moderators_day(self, home, client, team):
        """Every act by its verb, with and without the word `mod`."""
        await client.run("post general -t Rye", "Words")
        await client.run("say lounge hello")
        lines = [
            "kick maple loud",
            "mod mute maple 10m loud",
            "unmute maple talked",
            "ban maple 1h loud",
            "mod unban maple talked",
            "pin 1 useful",
            "unpin 1 old",
            "lock 1 calm",
            "unlock 1 go on",
            "delete 1#1 names a client",
        ]

        for line in lines:
            status, out, err = await team.run(line)
            assert (status, err) == (0, ""), line
            assert out

        _, entries = await team.json("log")
        acts = [one["act"] for one in reversed(entries)]
        expected = [line.removeprefix("mod ").split()[0] for line in lines]
        assert acts == [*expected[:-1], "delete-post"]

    async def test_an_invite_is_a_code(self, home, team):
        """That lets somebody in."""
        status, said = await team.json("invite 2d --uses 2")

        assert (status, said["uses"]) == (0, 2)
        assert len((await home.rows())["invites"]) == 1


class TestRefusals:
    @pytest.mark.parametrize(
        ("line", "status", "code"),
        [
            ("reply 1", 3, "thread-not-found"),
            ("read nothing", 3, "board-not-found"),
            ("read team", 3, "board-not-found"),
            ("say office x", 3, "room-not-found"),
            ("read general x", 2, "usage-unclear"),
            ("read", 2, "usage-unclear"),
            ("say -e soon lounge x", 2, "duration-unclear"),
            ("nonsense", 2, "command-not-found"),
            ("go lounge", 2, "terminal-needed"),
            ("post notices -t x", 4, "not-allowed"),
            ("post careful -t x", 1, "text-empty"),
            ("kick clover x", 4, "not-allowed"),
            ("invite", 4, "not-allowed"),
            ("log", 4, "not-allowed"),
            ("listen later", 4, "room-closed"),
            ("say lounge", 1, "text-empty"),
            ("post general -t x", 1, "text-empty"),
        ],
    )
    async def test_have_a_status_and_a_sentence(self, home, client, line, status, code):
        """On standard error, or as a document on standard output."""
        body = "" if code == "text-empty" else "Words"

        text = await client.run(line, body)
        document = await client.json(line, body)

        assert text[:2] == (status, "")
        assert text[2].endswith("\n")
        assert text[2].count("\n") == 1
        assert document == (status, {"error": code, "message": text[2].strip()})

    async def test_a_store_that_is_down(self, home, client, monkeypatch):
        """Nothing is claimed to be kept."""

        async def down(work):
            raise StoreDown

        monkeypatch.setattr(home.store, "write", down)

        status, out, err = await client.run("post general -t Rye", "Words")

        assert (status, out) == (1, "")
        assert "nothing was sent" in err

    async def test_what_was_typed_is_said_back_harmlessly(self, client):
        """No control character reaches the terminal by an error message."""
        status, out, err = await client.run("\x1b]0;x\x07\u202enonsense")

        assert (status, out) == (2, "")
        assert "\x1b" not in err
        assert "\u202e" not in err

    async def test_a_mistake_of_ours_is_not_hidden(self, home, client, monkeypatch):
        """It goes to whoever runs the front, which names it by a number."""

        async def broken(work):
            raise ZeroDivisionError

        monkeypatch.setattr(home.store, "write", broken)

        with pytest.raises(ZeroDivisionError):
            await client.run("post general -t Rye", "Words")


class TestStandardInput:
    @pytest.mark.parametrize(
        ("body", "status"),
        [
            (b"", 1),
            (b" \n\t\r\n", 1),
            (b"\x00\x1b\x7f", 1),
            (b"x" * 4000, 0),
            (("é" * 4000).encode(), 0),
            (b"x" * 4001, 1),
            (b"x\n" * 500_000, 1),
            (b"x" * 2**20, 1),
            (b"x" * (2 * 2**20 + 7), 1),
        ],
        ids=lambda value: len(value) if isinstance(value, bytes) else "",
    )
    async def test_any_amount_is_taken_or_refused(self, home, client, body, status):
        """Nothing is kept of what does not fit."""
        found, _, err = await client.run("post general -t Rye", body)

        assert found == status
        assert bool(err) == bool(status)
        assert len((await home.rows())["posts"]) == (0 if status else 1)

    @pytest.mark.parametrize(
        ("body", "kept"),
        [
            (b"caf\xe9", "caf\ufffd"),
            (b"\xff\xfeRye", "\ufffd\ufffdRye"),
            (b"a\r\nb\rc", "a\nb\nc"),
            (b"\x1b[2J\x1b]52;c;eA==\x07Rye", "[2J]52;c;eA==Rye"),
            ("\u202eRye\u2066\u200b!".encode(), "Rye!"),
            (
                b"[red]x[/red] [@click=app.bell]y[/]",
                "[red]x[/red] [@click=app.bell]y[/]",
            ),
        ],
    )
    async def test_comes_out_harmless(self, home, client, maple, body, kept):
        """Broken bytes, escapes, direction, hidden signs and markup are only text."""
        thread = await home.thread(maple)

        assert (await client.run(f"reply {thread.id}", body))[0] == 0

        view = await home.services.threads.open(maple, thread.id)
        assert view.posts[1].body == kept
        _, out, _ = await client.run(f"read general {thread.id}")
        assert not [one for one in out if one != "\n" and not one.isprintable()]

    async def test_is_not_read_by_verbs_that_need_none(self, home, client):
        """Nobody waits for the end of an input that nobody asked for."""
        for line in ("whoami", "boards", "say lounge hello", "read general"):
            streams = MemoryStreams(ended=False)
            assert await client.verb(line, streams) == 0
            assert not streams.read.is_set()


async def test_an_author_takes_back_what_waits(home, client):
    """They find its number among their own; without an account there is none."""
    await client.run("post careful -t Bread", "How?")

    status, out, _ = await client.run("waiting")
    _, (held,) = await client.json("waiting")
    assert status == 0
    assert "Your thread “Bread” waits for the team." in out
    assert "How?" in out
    assert (held["board"], held["thread"], held["body"]) == ("careful", None, "How?")

    withdraw = f"withdraw {held['number']}"
    assert "Nothing of it is left" in (await client.run(withdraw))[1]
    assert (await client.run(withdraw))[0] == 3
    assert (await client.json("waiting"))[1] == []
    status, _, err = await Client(home, "nobody").run("waiting")
    assert (status, "Nothing is kept of you" in err) == (4, True)


async def test_the_ban_of_somebody_gone_is_lifted_by_what_the_log_shows(
    home, maple, team, sorrel
):
    """With the sign before it or, where a shell takes that for a home, without."""
    for called in ("maple", "fern"):
        if called == "fern":
            await home.person("fern")
        await team.run(f"ban {called} 30d too loud")
        await home.services.people.remove(sorrel, called)
        entries = (await team.json("log"))[1]
        gone = next(one["target"] for one in entries if one["act"] == "ban")
        typed = gone if called == "maple" else gone.removeprefix("~")

        status, out, _ = await team.run(f"unban {typed} we talked")

        assert (status, out) == (0, f"{gone} can come in again.\n")
