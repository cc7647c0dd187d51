"""In a thread one goes to any post at once, and back; long quotes are one line."""

import pytest

from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.services.quotes import quote
from bunniz_bbs.store.ports import Transaction
from bunniz_bbs.store.tables import posts as posts_table
from tests.tui.house import TestHouse
from tests.tui.test_windows import POSTS, a_long_thread, numbers
from tests.tui.visit import Visit, visiting

SIX = "\n".join(f"Row {number}." for number in range(1, 7))


def chosen(visit: Visit) -> str:
    """The head of the post that the cursor is on."""
    return next(one for one in visit.lines if one.startswith("▌") and "#" in one)


async def read_of(house: TestHouse, actor: Actor, thread: ThreadId) -> int:
    return (await house.services.threads.open(actor, thread)).read


async def test_goes_to_a_number_and_back(house: TestHouse, lune: Actor, rosa: Actor):
    """`g` asks for it, a digit begins it; B and Backspace take jumps back."""
    thread = await a_long_thread(house, rosa)

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.sees("Words 1.")
        await visit.press("down", "g")
        await visit.sees(f"the number of a post, up to {POSTS}")
        await visit.type("100")
        await visit.press("enter")
        await visit.sees("Words 100.", "B go back")
        assert "#100 " in chosen(visit)
        await visit.press("5")
        await visit.type("7")
        await visit.press("enter")
        await visit.sees("Words 57.")
        assert "#57 " in chosen(visit)
        await visit.press("B")
        await visit.sees("Words 100.")
        assert "#100 " in chosen(visit)
        await visit.press("backspace")
        await visit.sees("Words 2.")
        assert "#2 " in chosen(visit)
        assert "go back" not in visit.text
        await visit.press("g")
        await visit.type(str(POSTS + 1))
        await visit.press("enter")
        await visit.sees("There is no such post in this thread.")


async def test_what_was_jumped_over_stays_unread(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """To the end and back: what was not on the screen is new as before; `u` goes on."""
    thread = await a_long_thread(house, rosa)

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.sees("Words 1.")
        await visit.holds(lambda: visit.page._read > 2)  # type: ignore[attr-defined]
        read = visit.page._read  # type: ignore[attr-defined]
        assert "u first unread" not in visit.text
        await visit.press("end")
        await visit.sees(f"Words {POSTS}.", "u first unread")
        await visit.press("pageup", "end")
        await visit.press("u")
        await visit.sees(f"Words {read + 1}.")
        assert f"#{read + 1} " in chosen(visit)
        await visit.holds(lambda: visit.page._read > read)  # type: ignore[attr-defined]
        assert visit.page._read <= 2 * read + 1  # type: ignore[attr-defined]

    assert await read_of(house, lune, thread) <= 2 * read + 1


async def test_says_when_nothing_is_unread(house: TestHouse, lune: Actor, rosa: Actor):
    """`u` leads nowhere where all is read."""
    thread = await house.thread(rosa, "money", "Question", "One.")

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.sees("One.")
        await visit.press("u")
        await visit.sees("You have read everything in this thread.")


async def test_goes_to_what_a_post_quotes(house: TestHouse, lune: Actor, rosa: Actor):
    """`v` goes to the quoted post, once more to the next one; B comes back."""
    thread = await a_long_thread(house, rosa)
    body = f"{quote('Words 3.', '@rosa', 3)}\n\nYes.\n\n{quote('x', '@rosa', 90)}"
    await house.reply(lune, thread, body)
    await house.services.threads.mark_read(lune, thread, POSTS + 1)

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.sees("│ @rosa #3:", "v quoted post")
        await visit.press("v")
        await visit.sees("Words 3.", "Words 4.")
        assert "#3 " in chosen(visit)
        await visit.press("B", "v")
        await visit.sees("Words 90.")
        assert "#90 " in chosen(visit)
        await visit.press("v")
        await visit.sees("This post quotes no other post of this thread.")


async def test_a_name_in_a_quote_follows(house: TestHouse, lune: Actor, rosa: Actor):
    """What is folded is said to be of the name of today, and of nobody's after that."""
    thread = await house.thread(rosa, "money", "Question", SIX)
    await house.reply(lune, thread, quote(SIX, "@rosa", 1) + "\n\nYes.")

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.sees("… 6 lines by rosa, #1")
        await house.services.naming.rename(rosa, "stille weide")
        await visit.sees("… 6 lines by stille weide, #1")
        assert "rosa" not in visit.text


async def test_folds_long_quotes(house: TestHouse, lune: Actor, rosa: Actor):
    """One line in place of many, in each language; `o` opens one, `O` all."""
    thread = await house.thread(rosa, "money", "Question", SIX)
    for answer in ("Yes.", "No."):
        body = f"{quote(SIX, '@rosa', 1)}\n\n{answer}"
        await house.reply(lune, thread, body)
    await house.reply(lune, thread, "> so\n> say\n\nTwo rows.")
    await house.services.threads.mark_read(lune, thread, 4)

    async with visiting(house.app(lune, str(thread)), (80, 50)) as visit:
        await visit.sees("… 6 lines by rosa, #1", "│ say")
        assert visit.text.count("Row 6.") == 1
        assert "o unfold" not in visit.text
        await visit.press("up", "o")
        await visit.sees("│ Row 6.", "o unfold")
        assert "#3 " in chosen(visit)
        assert visit.text.count("Row 6.") == 2
        await visit.press("O")
        assert visit.text.count("Row 6.") == 3
        await visit.press("o")
        assert visit.text.count("Row 6.") == 2
        await visit.press("O")
        assert visit.text.count("Row 6.") == 1


async def test_keeps_its_place(house: TestHouse, lune: Actor, rosa: Actor):
    """Help, a reply, a new post, another size: the chosen post stays where it is."""
    thread = await a_long_thread(house, rosa)

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.app.go_to_post(thread, 90, visit.page)
        await visit.sees("Words 90.")
        await visit.press("down", "down", "down")
        before = visit.lines[:20]
        assert "#93 " in chosen(visit)
        await visit.press("question_mark", "escape")
        assert visit.lines[:20] == before
        await visit.press("r")
        await visit.sees("as lune")
        await visit.press("escape")
        await visit.holds(lambda: visit.lines[:20] == before)
        await house.reply(rosa, thread, "Just now.")
        await visit.holds(lambda: visit.page.view.last == POSTS + 1)  # type: ignore[attr-defined]
        assert visit.lines[:20] == before
        await visit.resize(40, 15)
        assert "#93 " in chosen(visit)
        await visit.resize(80, 24)
        assert "#93 " in chosen(visit)


@pytest.mark.parametrize("way", [-1, 1])
async def test_a_thread_with_gaps_is_read_whole(
    house: TestHouse, lune: Actor, rosa: Actor, way: int
):
    """Where posts are gone at the beginning, in the middle and at the end."""
    thread = await a_long_thread(house, rosa)
    left = {*range(7, 30), *range(120, POSTS - 3)}

    async def work(tx: Transaction) -> None:
        for post in await tx.posts.in_thread(thread):
            if post.number not in left:
                await tx.posts.connection.execute(  # type: ignore[attr-defined]
                    posts_table.delete().where(posts_table.c.id == post.id)
                )

    await house.services.threads._store.write(work)
    seen: set[int] = set()
    async with visiting(house.app(lune, "money")) as visit:
        start = 7 if way > 0 else POSTS - 4
        await visit.app.go_to_post(thread, start, visit.page)
        await visit.sees(f"Words {start}.")
        for _ in range(60):
            seen.update(numbers(visit))
            await visit.press("pagedown" if way > 0 else "pageup")
        assert seen == left
        await visit.app.go_to_post(thread, 60, visit.page)
        await visit.holds(lambda: numbers(visit))


async def test_shows_links_after_a_warning(house: TestHouse, lune: Actor, rosa: Actor):
    """`L` tells where they lead, Enter one address alone; it goes with its post."""
    body = "See [bank](https://evil.be/x?y=1) or https://b\u0430nk.be."
    thread = await house.thread(rosa, "money", "Question", body)
    await house.reply(lune, thread, "No link.")

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.sees("bank <https://evil.be/x?y=1>", "xn--bnk-6cd.be")
        await visit.press("down", "L")
        await visit.sees("There is no link in this post.")
        await visit.press("up")
        await visit.sees("L links")
        await visit.press("L")
        await visit.sees("Links of #1", "Nothing of a link is fetched here.", "evil.be")
        await visit.sees("It shows as b\u0430nk.be", "⏎ show the address")
        assert "https://" not in visit.text
        await visit.press("enter")
        assert "https://evil.be/x?y=1" in [one.rstrip() for one in visit.lines]
        assert "\x1b]" not in visit.text
        await visit.press("down", "enter")
        assert "https://xn--bnk-6cd.be" in [one.rstrip() for one in visit.lines]
        assert "https://evil.be" not in visit.text
        await house.services.posts.delete(rosa, thread, 1)
        await visit.sees("There is no link in this post.")
        assert "evil.be" not in visit.text


async def test_a_post_is_a_place(house: TestHouse, lune: Actor, rosa: Actor):
    """`go 1#90` opens it; in its thread the number is enough on the line for places."""
    thread = await a_long_thread(house, rosa)

    async with visiting(house.app(lune, f"{thread}#90")) as visit:
        await visit.sees("Words 90.")
        assert "#90 " in chosen(visit)
        await visit.ask("go 12")
        await visit.sees("Words 12.")
        assert "#12 " in chosen(visit)
        await visit.ask("#57")
        await visit.sees("Words 57.")
        assert "#57 " in chosen(visit)
        await visit.press("B", "B")
        await visit.sees("Words 90.")
        await visit.ask("#999")
        await visit.sees("There is no such post in this thread.")
        await visit.ask("money")
        await visit.sees("Budget, invoices")


async def test_a_phone_shows_the_key_that_unfolds(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """Of all keys, the one that is needed to read on."""
    thread = await house.thread(rosa, "money", "Question", "> a\n" * 6 + "\nYes.")

    async with visiting(house.app(lune, str(thread)), (40, 15)) as visit:
        await visit.sees("… 6 lines quoted", "o unfold")


async def test_a_short_jump_leaves_unread_what_lies_between(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """Though all of it is there; read on from the first unread, it is read."""
    bodies = [f"Words {number}.\n\n{SIX}" for number in range(1, 9)]
    thread = await house.thread(rosa, "money", "Question", *bodies)

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.holds(lambda: visit.page._read == 2)  # type: ignore[attr-defined]
        await visit.press("g")
        await visit.type("6")
        await visit.press("enter")
        await visit.sees("Words 6.", "u first unread")
        await visit.press("r", "escape")
        await visit.sees("Words 6.")
        assert await read_of(house, lune, thread) == 2
        await visit.press("u")
        await visit.sees("Words 3.")
        await visit.press("pagedown", "pagedown", "pagedown", "pagedown", "pagedown")
        await visit.holds(lambda: visit.page._read == 8)  # type: ignore[attr-defined]
        assert "u first unread" not in visit.text


async def test_one_sees_what_one_replied(house: TestHouse, lune: Actor, rosa: Actor):
    """After a reply one is at it; what lies before it stays unread, one key away."""
    thread = await a_long_thread(house, rosa)
    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.press("r")
        await visit.type("Mine")
        await visit.press("ctrl+s")
        await visit.sees(f"lune  #{POSTS + 1}", "Mine", f"Posted as #{POSTS + 1}.")
        await visit.press("u")
        await visit.sees("Words 8.", "B go back")
