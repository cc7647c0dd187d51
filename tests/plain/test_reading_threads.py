"""In line mode one goes to any post of a thread, back, and to where links lead."""

from bunniz_bbs.services.quotes import quote
from bunniz_bbs.store.tables import posts as posts_table


async def read_of(home, actor, thread):
    return (await home.services.threads.open(actor, thread.id)).read


async def test_jumps_leave_unread_what_lies_between(home, enter, maple, clover):
    """A number goes there, u to what is unread, and nothing is marked on the way."""
    thread = await home.thread(clover, posts=30)
    await home.services.threads.mark_read(maple, thread.id, 3)

    reader = enter("maple", str(thread.id))
    await reader.reads("#4 clover")
    reader.type("20")
    await reader.reads("#20 clover")
    reader.type("")
    await reader.reads("#21 clover", "Post 21 of 30.")
    assert await read_of(home, maple, thread) == 4
    reader.type("u")
    await reader.reads("#5 clover", "Post 5 of 30.")
    assert await read_of(home, maple, thread) == 5
    reader.type("")
    await reader.reads("#6 clover", "Post 6 of 30.")
    assert await read_of(home, maple, thread) == 6


async def test_goes_to_the_quoted_post_and_back(home, enter, maple, clover):
    """By v and j; where there is nothing to go to, it is said."""
    thread = await home.thread(clover, posts=3)
    body = quote("Words 2.", "@clover", 2) + "\n\nYes."
    await home.services.posts.reply(maple, thread.id, body)
    await home.services.threads.mark_read(maple, thread.id, 3)

    reader = enter("maple", str(thread.id))
    reader.type("4")
    await reader.reads("> @clover #2:")
    reader.type("v")
    await reader.reads("#2 clover", "Words 2.")
    reader.type("v")
    await reader.reads("This post quotes no other post of this thread.")
    reader.type("j")
    await reader.reads("#4 maple")
    reader.type("j")
    await reader.reads("You have not jumped from anywhere.")
    reader.type("u")
    await reader.reads("You have read everything in this thread.")


async def test_tells_where_links_lead(home, enter, maple, clover):
    """By l, which lists the hosts and addresses of the post, after a warning."""
    thread = await home.thread(clover)
    await home.services.posts.reply(clover, thread.id, "[x](https://a.be/y)")

    reader = enter("maple", str(thread.id))
    reader.type("l")
    await reader.reads("There is no link in this post.")
    reader.type("")
    reader.type("l")
    await reader.reads(
        "Nothing of a link is fetched here.", "1. a.be", "https://a.be/y"
    )


async def test_reads_on_where_posts_are_gone(home, enter, maple, clover):
    """Their numbers are left out, at the beginning, in the middle and at the end."""
    thread = await home.thread(clover, posts=9)

    async def work(tx):
        here = posts_table.c.thread == thread.id
        gone = here & posts_table.c.number.not_in((3, 4, 7))
        await tx.posts.connection.execute(posts_table.delete().where(gone))

    await home.store.write(work)
    reader = enter("maple", str(thread.id))
    await reader.reads("#3 clover")
    reader.type("", "")
    await reader.reads("#4 clover", "#7 clover")
    reader.type("", "1", "9")
    await reader.reads("#3 clover", "There is no such post in this thread.")
    reader.type("7")
    await reader.reads("#7 clover", "Post 7 of 9.")
    assert await read_of(home, maple, thread) == 7


async def test_a_post_is_a_place(home, enter, maple, clover):
    """Opened at once, or gone to from anywhere; what lies before stays unread."""
    thread = await home.thread(clover, posts=30)

    reader = enter("maple", f"{thread.id}#20")
    await reader.reads("#20 clover", "Post 20 of 30.")
    assert await read_of(home, maple, thread) == 0
    reader.type(f"/go {thread.id}#7")
    await reader.reads("#7 clover", "Post 7 of 30.")
    reader.type("0", f"/go {thread.id}#31")
    await reader.reads("There is no such post in this thread.")
    reader.type("/go 99#1")
    await reader.reads("That thread is not there any more")
