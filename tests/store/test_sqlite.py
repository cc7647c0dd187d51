"""The encrypted file: who may open it, what is wrong with it, what stays in it."""

import asyncio
import logging
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import text

from bunniz_bbs.domain.errors import StoreDown
from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.store.errors import StoreUnusable
from bunniz_bbs.store.ports import Transaction
from bunniz_bbs.store.sqlite import SqliteStore, open_sqlite
from bunniz_bbs.store.terms import terms_of
from tests.store.conftest import KEY
from tests.store.rows import ANN, GENERAL, HOUR, NOON, begin, say

PAGE = 4096
RESERVED = 80
"""At the end of each page SQLCipher keeps 16 bytes of IV and 64 of HMAC."""
NOBODY = 65534
MARKER = "xyzzy-marker-nobody-else-writes"


def decrypted(path: Path) -> bytes:
    """Every page of the file and of its log, as SQLite wrote it."""
    file = path.read_bytes()
    pages = [file[at : at + PAGE] for at in range(0, len(file), PAGE)]
    log = path.with_name(path.name + "-wal").read_bytes()[32:]
    pages += [log[at + 24 : at + 24 + PAGE] for at in range(0, len(log), 24 + PAGE)]
    return b"".join(_page(page) for page in pages if len(page) == PAGE)


def size(path: Path) -> int:
    """How long the file is."""
    return path.stat().st_size


def damage(path: Path, pages: Iterable[int]) -> None:
    """Put other bytes into pages, counted from 0."""
    with path.open("r+b") as file:
        for page in pages:
            file.seek(page * PAGE + 100)
            file.write(os.urandom(64))


def put(path: Path, content: bytes) -> None:
    """Put a file there, and its folder if it is missing."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


@contextmanager
def unprivileged() -> Iterator[None]:
    """Be somebody who may not write everywhere, as root may."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(before)


def _page(page: bytes) -> bytes:
    start = PAGE - RESERVED
    plain = Cipher(algorithms.AES(KEY), modes.CBC(page[start : start + 16])).decryptor()
    # The first page begins with the salt instead of a cipher block; CBC recovers.
    return plain.update(page[:start])


class TestAtRest:
    async def test_files_tell_nothing(self, sqlite: SqliteStore, path: Path):
        """No word is readable in any file, and only the server's account reads them."""
        thread = await begin(sqlite, title=MARKER)
        await say(sqlite, thread.id, MARKER)

        files = list(path.parent.iterdir())

        assert len(files) == 4
        for file in files:
            assert MARKER.encode() not in file.read_bytes()
            assert file.stat().st_mode & 0o077 == 0

    async def test_deleted_words_are_gone(self, sqlite: SqliteStore, path: Path):
        """Shredding leaves no copy, not even for whoever holds the key."""
        thread = await begin(sqlite)
        posts = [await say(sqlite, thread.id, f"{MARKER} {i} " * 40) for i in range(30)]
        assert decrypted(path).count(MARKER.encode()) > 30

        async def work(tx: Transaction) -> None:
            for post in posts[:10]:
                await tx.posts.delete(post.id)
            for post in posts[10:20]:
                await tx.posts.edit(post.id, "other")
            for post in posts[20:]:
                await tx.posts.edit(post.id, "a longer other text " * 150)

        await sqlite.write(work)
        assert MARKER.encode() in decrypted(path)
        await sqlite.shred()

        assert MARKER.encode() not in decrypted(path)

    async def test_what_search_found_them_by_is_gone(
        self, sqlite: SqliteStore, path: Path
    ):
        """Neither in the entries nor in the index, by any way in which a post goes."""
        thread, other = await begin(sqlite), await begin(sqlite)
        bodies = [" ".join(f"{MARKER}{n}{i}" for n in range(30)) for i in range(4)]
        posts = [await say(sqlite, thread.id, body) for body in bodies[:3]]
        await say(sqlite, other.id, bodies[3])
        terms = {
            term for body in bodies for term in terms_of(GENERAL, "", body).split()[1:]
        }
        assert all(term.encode() in decrypted(path) for term in terms)

        async def work(tx: Transaction) -> None:
            await tx.posts.delete(posts[0].id)
            await tx.posts.edit(posts[1].id, "other")
            await tx.own.remove_posts(AccountId("bob"))
            await tx.threads.remove_older(GENERAL, NOON + HOUR)

        await sqlite.write(work)
        await sqlite.shred()

        held = decrypted(path)
        # The index keeps what a term has after the beginning of the one before it.
        assert not [one for one in terms if one.encode()[1:] in held]

    async def test_removed_threads_give_their_pages_back(
        self, sqlite: SqliteStore, path: Path
    ):
        """The file shrinks, so nothing of them is left in pages nobody reads."""
        thread = await begin(sqlite)
        for _ in range(20):
            await say(sqlite, thread.id, MARKER * 500)
        await sqlite.shred()
        before = size(path)

        await sqlite.write(lambda tx: tx.threads.remove(thread.id))
        await sqlite.shred()

        assert size(path) < before - 200_000
        assert MARKER.encode() not in decrypted(path)

    async def test_shredding_waits_for_a_reader(self, sqlite: SqliteStore, path: Path):
        """A reader who was there first delays it and is not disturbed."""
        thread = await begin(sqlite)
        post = await say(sqlite, thread.id, MARKER)
        reading, go_on = asyncio.Event(), asyncio.Event()

        async def read(tx: Transaction) -> str:
            await tx.posts.get(thread.id, 1)
            reading.set()
            await go_on.wait()
            again = await tx.posts.get(thread.id, 1)
            assert again is not None
            return again.body

        reader = asyncio.create_task(sqlite.read(read))
        await reading.wait()
        await sqlite.write(lambda tx: tx.posts.delete(post.id))
        shredding = asyncio.create_task(sqlite.shred())
        await asyncio.wait({shredding}, timeout=0.2)
        assert not shredding.done()
        go_on.set()

        assert await reader == MARKER
        await shredding
        assert MARKER.encode() not in decrypted(path)

    async def test_pragmas_hold(self, sqlite: SqliteStore):
        """What durability and privacy rest on is set on the connection that writes."""
        wanted = {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "secure_delete": 1,
            "auto_vacuum": 2,
            "trusted_schema": 0,
            "cell_size_check": 1,
            "temp_store": 2,
            "mmap_size": 0,
        }
        async with sqlite.writer.connect() as connection:
            found = {
                name: await connection.scalar(text(f"PRAGMA {name}")) for name in wanted
            }

        # SQLCipher answers nothing for mmap_size: it has none.
        assert found | {"mmap_size": found["mmap_size"] or 0} == wanted


class TestOpening:
    async def test_finds_what_was_kept(self, sqlite: SqliteStore, path: Path):
        """Closed and opened again, everything is there."""
        thread = await begin(sqlite, posts=3)
        await sqlite.close()

        again = await open_sqlite(path, KEY)

        assert len(await again.read(lambda tx: tx.posts.in_thread(thread.id))) == 3
        await again.close()

    async def test_one_server_to_a_folder(self, sqlite: SqliteStore, path: Path):
        """A second one is refused until the first has closed."""
        with pytest.raises(StoreUnusable, match="another server is running"):
            await open_sqlite(path, KEY)

        await sqlite.close()
        await (await open_sqlite(path, KEY)).close()

    async def test_wrong_key(self, sqlite: SqliteStore, path: Path, capfd):
        """The refusal says so, on no other channel, and the right key still opens."""
        await sqlite.close()

        with pytest.raises(StoreUnusable, match="key") as refusal:
            await open_sqlite(path, bytes(32))

        assert refusal.value.place == path
        assert refusal.value.remedy
        assert capfd.readouterr() == ("", "")
        await (await open_sqlite(path, KEY)).close()

    async def test_key_of_wrong_length(self, path: Path):
        """A key that is cut off is a mistake of the caller."""
        with pytest.raises(ValueError, match="32"):
            await open_sqlite(path, b"short")

    async def test_not_a_database(self, path: Path):
        """Some other file is refused and left as it is."""
        put(path, b"a shopping list\n" * 1000)

        with pytest.raises(StoreUnusable, match="not a data file"):
            await open_sqlite(path, KEY)

        with path.open("rb") as file:
            assert file.read() == b"a shopping list\n" * 1000

    async def test_database_without_encryption(self, path: Path):
        """It is told apart from a wrong key."""
        path.parent.mkdir()
        other = sqlite3.connect(path)
        other.execute("CREATE TABLE t (a)")
        other.close()

        with pytest.raises(StoreUnusable, match="without encryption"):
            await open_sqlite(path, KEY)

    @pytest.mark.parametrize("page", [1, 5, 20])
    async def test_damaged_file(self, sqlite: SqliteStore, path: Path, page: int):
        """A page with other bytes is noticed at the start, wherever it is."""
        await begin(sqlite, posts=3)
        await sqlite.close()
        damage(path, [page])

        with pytest.raises(StoreUnusable, match=r"damaged|disk"):
            await open_sqlite(path, KEY)

    async def test_cut_off_file(self, sqlite: SqliteStore, path: Path):
        """A file that ends too early is noticed."""
        await sqlite.close()
        os.truncate(path, size(path) // 2)

        with pytest.raises(StoreUnusable, match=r"damaged|disk"):
            await open_sqlite(path, KEY)

    async def test_folder_that_is_a_file(self, path: Path):
        """The refusal names the folder."""
        path.parent.write_text("")

        with pytest.raises(StoreUnusable) as refusal:
            await open_sqlite(path, KEY)

        assert refusal.value.place == path.parent

    async def test_folder_that_cannot_be_written(self):
        """The refusal says so."""
        with tempfile.TemporaryDirectory() as folder:
            closed = Path(folder)
            os.chmod(closed, 0o555)  # noqa: PTH101 - one call on a local disk

            with (
                unprivileged(),
                pytest.raises(StoreUnusable, match="cannot be written"),
            ):
                await open_sqlite(closed / "data" / "house.db", KEY)

    async def test_refusal_lets_go_of_the_folder(self, sqlite: SqliteStore, path: Path):
        """After a refusal nothing holds the lock or the file."""
        await sqlite.close()
        copy = path.with_name("copy.db")
        shutil.copy(path, copy)
        put(path, b"x" * 8192)
        with pytest.raises(StoreUnusable):
            await open_sqlite(path, KEY)

        copy.replace(path)
        await (await open_sqlite(path, KEY)).close()


class TestTrouble:
    async def test_full_is_told_and_passes(self, sqlite: SqliteStore):
        """What does not fit is not kept in part; with room again, writing goes on."""
        thread = await begin(sqlite)
        await self.pages(sqlite, 1)

        async def work(tx: Transaction) -> None:
            for _ in range(30):
                await tx.posts.add(thread.id, ANN, "Ann", "x" * PAGE, NOON)

        with pytest.raises(StoreDown):
            await sqlite.write(work)
        assert await sqlite.read(lambda tx: tx.posts.in_thread(thread.id)) == []

        await self.pages(sqlite, 10_000)
        await sqlite.write(work)
        assert len(await sqlite.read(lambda tx: tx.posts.in_thread(thread.id))) == 30

    async def pages(self, store: SqliteStore, most: int) -> None:
        """Let the file have so many pages, as a disk would; never fewer than it has."""
        async with store.writer.begin() as connection:
            await connection.exec_driver_sql(f"PRAGMA max_page_count = {most}")

    async def test_damage_while_running_is_told(self, sqlite: SqliteStore, path: Path):
        """A page that changes on the disk is not believed."""
        thread = await begin(sqlite, posts=3)
        await sqlite.shred()
        damage(path, range(1, size(path) // PAGE))

        with pytest.raises(StoreDown):
            await sqlite.read(lambda tx: tx.posts.in_thread(thread.id))

    async def test_error_does_not_say_what_was_written(self, sqlite: SqliteStore):
        """Words of members are in no error that might be logged."""
        thread = await begin(sqlite)
        await self.pages(sqlite, 1)

        with pytest.raises(StoreDown) as refusal:
            await say(sqlite, thread.id, MARKER * 1000)

        assert refusal.value.__cause__ is not None
        assert MARKER not in str(refusal.value.__cause__)

    async def test_logs_hold_no_words_and_no_key(self, path: Path, caplog):
        """Even the most talkative logs of the libraries below tell nothing."""
        with caplog.at_level(logging.DEBUG):
            store = await open_sqlite(path, KEY)
            thread = await begin(store, title=MARKER)
            await say(store, thread.id, MARKER)
            await store.read(lambda tx: tx.posts.in_thread(thread.id))
            await store.close()

        assert "aiosqlite" in {record.name for record in caplog.records}
        assert MARKER not in caplog.text
        assert KEY.hex() not in caplog.text
        assert repr(KEY) not in caplog.text
