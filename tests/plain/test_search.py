"""Search in line mode."""


async def test_a_number_opens_what_was_found(home, enter, maple, clover):
    """Asked for at home, numbered, opened at that post, and back at the list."""
    thread = await home.thread(clover, title="Bakery", posts=3)
    await home.services.posts.reply(clover, thread.id, "Bread at dawn.")
    reader = enter("maple")

    reader.type("s", "bread", "1")
    await reader.reads(
        "What do you look for?",
        "1 post; there is no other.",
        "1. Bakery - General - clover - now: Bread at dawn.",
        "#4 clover",
        "Last post.",
    )
    reader.type("0", "0", "", "")
    await reader.reads("Back at what was found.", "Home.")


async def test_by_its_command_and_with_mistakes(home, enter, maple):
    """What cannot be understood is said, and one is asked again."""
    reader = enter("maple")

    reader.type("/search tax since:never", "tax", "0", "")
    await reader.reads(
        "“never” is no time to begin at.",
        "What do you look for?",
        "Nothing of what you may read here says that.",
        "Home.",
    )


async def test_older_ones(home, enter, maple, clover):
    """M goes on."""
    thread = await home.thread(clover, title="Bakery", posts=1)
    for number in range(52):
        home.clock.move(minutes=1)
        await home.services.posts.reply(clover, thread.id, f"Bread {number}.")
    reader = enter("maple")

    reader.type("/search bread", "m")
    await reader.reads("50 posts so far", "Bread 51.", "2 posts; there are no others.")
    reader.type("1")
    await reader.reads("Bread 1.")
