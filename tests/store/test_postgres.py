"""The database of a house on several nodes: its address, its health, its logs."""

import asyncio
import logging
import time
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bunniz_bbs.domain.errors import StoreDown
from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.store import pgsession
from bunniz_bbs.store.board_ports import SealedDraft
from bunniz_bbs.store.errors import StatementRefused, StoreUnusable
from bunniz_bbs.store.pgsession import address_of
from bunniz_bbs.store.ports import Transaction
from bunniz_bbs.store.postgres import PostgresStore, open_postgres
from tests.store import peers
from tests.store.rows import (
    ANN,
    GENERAL,
    NOON,
    an_account,
    begin,
    join,
    say,
)
from tests.store.server import PASSWORD, USER, Server

MARKER = "xyzzy-marker-nobody-else-writes"
OUTSIDER = "outsider"


async def refusal_of(url: str) -> StoreUnusable:
    """How opening is refused; no part of it holds a password."""
    with pytest.raises(StoreUnusable) as refusal:
        await open_postgres(url)

    told = "".join(traceback.format_exception(refusal.value))
    assert PASSWORD not in told
    assert PASSWORD not in repr(refusal.value)
    assert refusal.value.remedy
    return refusal.value


class TestAddress:
    @pytest.mark.parametrize(
        ("url", "shown"),
        [
            ("postgresql://db/house", "postgresql://db/house"),
            ("postgresql://db:5433/house", "postgresql://db:5433/house"),
            ("postgresql://[::1]:5433/house", "postgresql://[::1]:5433/house"),
            ("postgresql://a,b:5433/house", "postgresql://a,b:5433/house"),
            (f"postgresql://u:{PASSWORD}@db/house", "postgresql://db/house"),
            ("postgresql+asyncpg://db/house", "postgresql://db/house"),
            (f"postgresql://db/house?password={PASSWORD}", "postgresql://db/house"),
            ("postgresql:///h?host=/run/pg", "postgresql:///h?host=/run/pg"),
            ("postgresql:///h?host=%2Frun", "postgresql:///h?host=/run"),
        ],
    )
    def test_is_shown_without_its_user(self, url: str, shown: str):
        """What errors show says where the database is and nothing else."""
        address = address_of(url)

        assert address.shown == shown
        assert PASSWORD not in repr(address)
        assert address.dsn.startswith("postgresql://")

    @pytest.mark.parametrize(
        "url",
        [
            f"mysql://u:{PASSWORD}@db/house",
            f"postgresql://u:{PASSWORD}/@db/house",
            f"postgresql://u:/{PASSWORD}@db/house",
            f"postgresql://u:?{PASSWORD}@db/house",
            f"postgresql://u:#{PASSWORD}@db/house",
            f"postgresql://u:@{PASSWORD}@db/house",
            f"postgresql://u:{PASSWORD}",
            f"postgresql://u:{PASSWORD}/house",
            f"postgresql://db/house?password=@{PASSWORD}",
            PASSWORD,
        ],
    )
    async def test_that_is_none_is_not_repeated(self, url: str):
        """A sign in the password makes another part of it look like a host."""
        refusal = await refusal_of(url)

        assert "not the address" in str(refusal)


class TestOpening:
    @pytest.mark.parametrize("scheme", ["postgresql", "postgresql+asyncpg"])
    @pytest.mark.parametrize("tcp", [False, True])
    async def test_over_socket_and_network(
        self, server: Server, database: str, scheme: str, tcp: bool
    ):
        """Either scheme leads there either way, and what was kept is found."""
        name = database.partition("@/")[2].partition("?")[0]
        url = server.url(name, tcp=tcp).replace("postgresql", scheme, 1)

        store = await open_postgres(url)
        thread = await begin(store, posts=3)
        await store.close()
        again = await open_postgres(database)

        assert len(await again.read(lambda tx: tx.posts.in_thread(thread.id))) == 3
        await again.close()

    async def test_no_such_machine(self):
        """A name that nobody has."""
        refusal = await refusal_of(f"postgresql://u:{PASSWORD}@db.invalid/house")

        assert "no machine of that name" in str(refusal)
        assert refusal.place == "postgresql://db.invalid/house"

    async def test_nobody_answers(self, tmp_path):
        """A port, or a folder, where nobody listens."""
        for url in (
            f"postgresql://u:{PASSWORD}@127.0.0.1:1/house",
            f"postgresql:///house?host={tmp_path}",
        ):
            assert "no server answers" in str(await refusal_of(url))

    async def test_does_not_answer_in_time(self, monkeypatch):
        """Something takes the connection and says nothing: that is told in time."""
        assert pgsession.CONNECT_SECONDS < 5
        monkeypatch.setattr(pgsession, "CONNECT_SECONDS", 0.5)
        began = time.monotonic()
        async with peers.listening(peers.silent) as port:
            refusal = await refusal_of(f"postgresql://u:{PASSWORD}@127.0.0.1:{port}/h")

        assert "did not answer in time" in str(refusal)
        assert time.monotonic() - began < 1.5

    async def test_another_program(self):
        """What listens there is something else."""
        async with peers.listening(peers.web) as port:
            url = f"postgresql://u:{PASSWORD}@127.0.0.1:{port}/h"
            refusals = [
                await refusal_of(url),
                await refusal_of(f"{url}?sslmode=disable"),
            ]

        assert "no PostgreSQL that is there" in str(refusals[0])
        assert "did not speak as PostgreSQL" in str(refusals[1])

    async def test_too_old(self):
        """A version that this program does not know is refused by its greeting."""
        async with peers.listening(peers.version_14) as port:
            refusal = await refusal_of(f"postgresql://u:{PASSWORD}@127.0.0.1:{port}/h")

        assert "older than PostgreSQL 15" in str(refusal)

    @pytest.mark.parametrize(
        ("old", "new"), [(PASSWORD, "wrong"), (USER, "nobody"), (f":{PASSWORD}", "")]
    )
    async def test_not_let_in(self, server: Server, old: str, new: str):
        """A wrong password, a wrong user, no password."""
        url = server.url("postgres", tcp=True).replace(old, new, 1)

        assert "does not accept" in str(await refusal_of(url))

    async def test_no_such_database(self, server: Server):
        """The remedy says how one is made."""
        refusal = await refusal_of(server.url("elsewhere", tcp=True))

        assert "no such database" in str(refusal)
        assert "createdb" in refusal.remedy

    async def test_not_private(self, server: Server):
        """An address that asks for encryption does not go on without."""
        url = server.url("postgres", tcp=True)

        assert "encrypted" in str(await refusal_of(f"{url}?sslmode=require"))

    @pytest.mark.parametrize("query", ["sslmode=banana", "sslmode", "gsslib=x"])
    async def test_parts_that_make_no_sense(self, server: Server, query: str):
        """What the driver cannot read is told without quoting it."""
        url = f"{server.url('postgres', tcp=True)}?{query}"

        assert "not the address" in str(await refusal_of(url))

    async def test_only_to_be_read(self, server: Server, bare: str):
        """A standby, or a database that was made so."""
        async with altered(server, bare, "default_transaction_read_only", "on"):
            assert "only be read" in str(await refusal_of(bare))

    async def test_not_utf8(self, server: Server):
        """A database that would not keep every letter."""
        await server.run(
            "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'"
        )

        assert "UTF-8" in str(await refusal_of(server.url("latin")))

        await server.drop("latin")

    async def test_not_durable(self, server: Server, bare: str):
        """A server that forgets what it acknowledged is not trusted."""
        try:
            await server.run("ALTER SYSTEM SET fsync = off")
            await server.reload("fsync", "off")

            assert "fsync off" in str(await refusal_of(bare))
        finally:
            await server.run("ALTER SYSTEM RESET fsync")
            await server.reload("fsync", "on")

    @pytest.mark.parametrize(
        ("setting", "value"),
        [
            ("log_statement", "all"),
            ("log_statement", "mod"),
            ("log_min_duration_statement", "0"),
            ("log_min_duration_sample", "100"),
            ("log_transaction_sample_rate", "1"),
        ],
    )
    async def test_tells_its_log(
        self, server: Server, bare: str, setting: str, value: str
    ):
        """A server that would log what people write is refused, unless without it."""
        async with altered(server, bare, setting, value):
            assert "into its log" in str(await refusal_of(bare))

            async with altered(server, bare, "log_parameter_max_length", "0"):
                await (await open_postgres(bare)).close()

    async def test_no_right(self, server: Server, outsider: str):
        """A user who may connect but not make tables."""
        assert "may not make" in str(await refusal_of(outsider))

    async def test_crowded(self, server: Server, bare: str, outsider: str):
        """A server, or a database, that takes no more connections."""
        await server.run("ALTER ROLE outsider CONNECTION LIMIT 0")

        assert "no connection left" in str(await refusal_of(outsider))

    async def test_takes_too_long_at_no_step(self, database: str):
        """Sixty connections are more than a node uses, whatever it has to do."""
        store = await open_postgres(database)

        async def look(tx: Transaction) -> None:
            await tx.accounts.all()

        await asyncio.gather(*(store.read(look) for _ in range(60)))
        await asyncio.gather(*(store.write(look) for _ in range(60)))

        assert store.writer.pool.checkedin() <= 4  # type: ignore[attr-defined]
        await store.close()


@pytest.fixture
async def outsider(server: Server, bare: str) -> AsyncIterator[str]:
    """The URL of a database for a user who owns nothing."""
    await server.run(f"CREATE ROLE {OUTSIDER} LOGIN")
    yield bare.replace(USER, OUTSIDER, 1)
    await server.run(f"DROP ROLE {OUTSIDER}")


@asynccontextmanager
async def altered(
    server: Server, url: str, setting: str, value: str
) -> AsyncIterator[None]:
    """A database with a setting of its own."""
    name = url.partition("@/")[2].partition("?")[0]
    await server.run(f"ALTER DATABASE {name} SET {setting} = '{value}'")
    try:
        yield
    finally:
        await server.run(f"ALTER DATABASE {name} RESET {setting}")


class TestSession:
    @pytest.mark.parametrize(
        ("setting", "value"),
        [
            ("synchronous_commit", "on"),
            ("transaction_isolation", "serializable"),
            ("log_parameter_max_length_on_error", "0"),
            ("statement_timeout", "5s"),
            ("idle_in_transaction_session_timeout", "5s"),
            ("application_name", "bunniz-bbs"),
        ],
    )
    async def test_settings_hold(
        self, server: Server, database: str, setting: str, value: str
    ):
        """Whatever the database or the address says: durable, bounded, quiet."""
        url = f"{database}&synchronous_commit=off&statement_timeout=0"
        async with altered(server, database, "synchronous_commit", "off"):
            store = await open_postgres(url)
            async with store.writer.connect() as connection:
                shown = await connection.exec_driver_sql(f"SHOW {setting}")

                assert shown.scalar() == value
            await store.close()


class TestPrivacy:
    async def test_error_does_not_say_what_was_written(self, postgres: PostgresStore):
        """PostgreSQL quotes the values of a row that it refuses; we do not."""
        await join(postgres, "Ann")
        same = an_account("Ann")

        with pytest.raises(StatementRefused) as refused:
            await postgres.write(lambda tx: tx.accounts.add(same, MARKER))

        assert str(refused.value) == "23505"
        told = "".join(traceback.format_exception(refused.value))
        assert "Key (id)" not in told
        assert MARKER not in told

    async def test_value_that_does_not_fit_is_not_quoted(self, postgres: PostgresStore):
        """The driver quotes what it cannot encode; we do not."""
        odd = f"{MARKER}\ud800"

        with pytest.raises((StatementRefused, ValueError)) as refused:
            await postgres.write(lambda tx: tx.threads.add(GENERAL, odd, ANN, "", NOON))

        assert MARKER not in str(refused.value)

    async def test_logs_hold_no_words_and_no_password(
        self, server: Server, bare: str, caplog
    ):
        """The most talkative logs below us and the server's own log tell nothing."""
        name = bare.partition("@/")[2].partition("?")[0]
        with caplog.at_level(logging.DEBUG):
            store = await open_postgres(server.url(name, tcp=True))
            thread = await begin(store, title=MARKER)
            for body in (MARKER, f"{MARKER}\0"):
                await say(store, thread.id, body)
            await self.fail(store, server, bare)
            await store.read(lambda tx: tx.posts.in_thread(thread.id))
            await store.close()

        assert "alembic.runtime.migration" in {record.name for record in caplog.records}
        assert MARKER not in caplog.text
        assert PASSWORD not in caplog.text
        log = server.log.read_text(errors="replace")
        assert "posts" in log
        assert MARKER not in log

    async def fail(self, store: PostgresStore, server: Server, database: str) -> None:
        """Have the server refuse and end statements with words in them."""
        await join(store, "Ann")
        with pytest.raises(StatementRefused):
            await store.write(
                lambda tx: tx.posts.add(2**70, ANN, MARKER, MARKER, NOON)  # type: ignore[arg-type]
            )
        thread = await begin(store)

        async def slow(tx: Transaction) -> None:
            connection = tx.posts.connection  # type: ignore[attr-defined]
            await connection.exec_driver_sql("SET LOCAL lock_timeout = '10ms'")
            await tx.posts.add(thread.id, ANN, MARKER, MARKER, NOON)

        async with server.holding("posts", database):
            with pytest.raises(StoreDown):
                await store.write(slow)


class TestShred:
    async def test_gives_room_back(self, server: Server, postgres: PostgresStore):
        """What was deleted does not pile up: the next words take its room."""
        sizes = []
        for _ in range(5):
            thread = await begin(postgres)

            async def fill(tx: Transaction, thread=thread) -> None:
                for _ in range(200):
                    await tx.posts.add(thread.id, ANN, "Ann", "words " * 200, NOON)

            await postgres.write(fill)
            await postgres.write(lambda tx, t=thread: tx.threads.remove(t.id))
            await postgres.shred()
            async with postgres.writer.connect() as connection:
                size = "SELECT pg_total_relation_size('posts')"
                sizes.append((await connection.exec_driver_sql(size)).scalar())

        assert sizes[-1] <= sizes[0] * 1.2

    async def test_is_done_while_people_read_and_write(self, postgres: PostgresStore):
        """Neither waits for it."""
        thread = await begin(postgres)

        async with asyncio.timeout(10):
            await asyncio.gather(
                *(postgres.shred() for _ in range(5)),
                *(say(postgres, thread.id) for _ in range(10)),
                *(postgres.read(lambda tx: tx.accounts.all()) for _ in range(10)),
            )

    async def test_that_takes_too_long_is_told(
        self, server: Server, database: str, monkeypatch, caplog
    ):
        """A table that is held: nothing is raised, and the log says so."""
        monkeypatch.setitem(pgsession.LIMITS, "statement_timeout", "300ms")
        store = await open_postgres(database)

        async with server.holding("posts", database):
            await store.shred()

        await store.close()
        assert "not all cleared away" in caplog.text


class TestText:
    """What members could send that one of the databases would choke on."""

    async def test_nul_is_left_out(self, store):
        """PostgreSQL has no such character: neither store keeps it."""
        await join(store, "Ann")
        thread = await begin(store, title="a\0b")
        await say(store, thread.id, "c\0d")
        draft = SealedDraft("board:general", b"g\0h", NOON)
        await store.write(lambda tx: tx.drafts.save(ANN, draft))

        found = await store.read(lambda tx: tx.threads.get(thread.id))
        post = await store.read(lambda tx: tx.posts.get(thread.id, 1))
        kept = await store.read(lambda tx: tx.drafts.get(ANN, "board:general\0"))
        nobody = await store.read(lambda tx: tx.accounts.get(AccountId("an\0")))

        assert (found.title, post.body) == ("ab", "cd")
        assert kept.sealed == b"g\0h"
        assert nobody is None

    async def test_large_numbers_lead_nowhere(self, store):
        """A thread or a post of fifteen digits, as somebody may type it."""
        thread = await begin(store, posts=1)
        large = 10**15 - 1

        assert await store.read(lambda tx: tx.threads.get(large)) is None
        assert await store.read(lambda tx: tx.posts.get(large, 1)) is None
        assert await store.read(lambda tx: tx.posts.get(thread.id, large)) is None
        await store.write(lambda tx: tx.reads.advance(ANN, large, 1))
        assert await store.read(lambda tx: tx.reads.get(ANN, large)) == 0
