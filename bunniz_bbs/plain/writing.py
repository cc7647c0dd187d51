"""Writing in line mode: a thread, a reply, a change. What was begun is there again."""

from collections.abc import Awaitable, Callable

from bunniz_bbs.domain.boards import Board
from bunniz_bbs.domain.errors import (
    BunnizError,
    TextEmpty,
    ThreadLocked,
    ThreadNotFound,
)
from bunniz_bbs.domain.labels import NONE, Labels
from bunniz_bbs.domain.limits import TITLE_CHARACTERS
from bunniz_bbs.domain.people import Role
from bunniz_bbs.domain.policy import Action, require_board
from bunniz_bbs.domain.team import HeldPost
from bunniz_bbs.domain.text import clean_line
from bunniz_bbs.domain.threads import Post
from bunniz_bbs.i18n.notices import sent, stood, waiting
from bunniz_bbs.i18n.times import lifetime
from bunniz_bbs.plain.asking import BACK, ask, no_choice
from bunniz_bbs.plain.body import Body, End, how_to_end, how_to_write
from bunniz_bbs.plain.labels import Labelling
from bunniz_bbs.plain.talk import Talk
from bunniz_bbs.services.drafts import Begun
from bunniz_bbs.services.quotes import quote_of
from bunniz_bbs.services.threads import ThreadView


async def write_thread(talk: Talk, board: Board) -> None:
    """Write a new thread.

    Raises:
        BunnizError: Whoever asks may not, or the draft could not be fetched.
    """
    require_board(talk.someone, Action.START_THREAD, board)

    labels = Labels(language=talk.someone.language)
    labelling = Labelling(talk.words, labels, board.asks)

    async def send(title: str, text: str) -> str:
        sent = await talk.services.threads.start(
            talk.someone, board.slug, title, text, labelling.labels
        )
        if isinstance(sent, HeldPost):
            return waiting(talk.words, sent.author_name)
        return stood(talk.words, 1) if sent.stood else talk.words("Posted.")

    await _write(talk, f"board:{board.slug}", board, send, labelling, titled=True)


async def write_reply(talk: Talk, view: ThreadView, quoted: Post | None = None) -> None:
    """Write a reply, which may begin with a quote.

    Raises:
        BunnizError: Whoever asks may not, or the draft could not be fetched.
    """
    require_board(talk.someone, Action.REPLY, view.board)
    if not view.thread.takes_replies and talk.someone.role < Role.MODERATOR:
        raise ThreadLocked

    labelling = Labelling(talk.words, Labels(quoted.warnings) if quoted else NONE)

    async def send(title: str, text: str) -> str:
        posts, warnings = talk.services.posts, labelling.labels.warnings
        written = await posts.reply(talk.someone, view.thread.id, text, warnings)
        return sent(talk.words, written)

    begins = quote_of(talk.words, quoted) + "\n" if quoted else ""
    place = f"thread:{view.thread.id}"
    await _write(talk, place, view.board, send, labelling, begins=begins)


async def write_edit(talk: Talk, view: ThreadView, post: Post) -> None:
    """Change one's own post; of another's it is said that one cannot.

    Raises:
        BunnizError: The draft could not be fetched.
    """
    if post.author != talk.someone.id:
        await talk.say(talk.words("You can change only what you wrote yourself."))
        return

    labelling = Labelling(talk.words, Labels(post.warnings))

    async def send(title: str, text: str) -> str:
        edit, warnings = talk.services.posts.edit, labelling.labels.warnings
        await edit(talk.someone, view.thread.id, post.number, text, warnings)
        return talk.words("#{number} was changed.", number=post.number)

    place = f"post:{post.id}"
    await _write(talk, place, view.board, send, labelling, begins=post.body)


async def write_on(talk: Talk, begun: Begun) -> None:
    """Go on with a draft.

    Raises:
        ThreadNotFound, PostNotFound: What it is for is gone.
        BunnizError: Whoever asks may not, or it could not be fetched.
    """
    if begun.board is None:
        raise ThreadNotFound
    if begun.thread is None:
        await write_thread(talk, begun.board)
        return
    first = begun.number or 1
    view = await talk.services.threads.open(talk.someone, begun.thread.id, first, 1)
    if begun.number:
        post = await talk.services.posts.one(talk.someone, begun.thread.id, first)
        await write_edit(talk, view, post)
    else:
        await write_reply(talk, view)


async def _write(
    talk: Talk,
    place: str,
    board: Board,
    send: Callable[[str, str], Awaitable[str]],
    labelling: Labelling,
    *,
    titled: bool = False,
    begins: str = "",
) -> None:
    words = talk.words
    begun = await _draft(talk, place)
    if begun is None:
        return
    title, text = begun
    # An edit's draft has the post in it; a quote joins what was begun.
    joins = not place.startswith("post:") or not text
    if joins and begins.strip() not in text:
        text = f"{text}\n\n{begins}" if text else begins
        await talk.page(text.rstrip("\n").split("\n"))
    name = words("as {name}", name=talk.someone.name)
    await talk.say(f"{lifetime(words, board.lifetime)}, {name}")
    if titled and not title:
        title = await _ask_title(talk)
        if not title:
            return
    body = Body(talk, place, title, text, labelling)
    await talk.say(how_to_end(words))
    while (end := await body.write()) is End.SEND:
        try:
            await talk.say(await send(title, body.text))
        except BunnizError as error:
            await body.keep()
            await talk.refuse(error)
            await talk.say(
                words(
                    "Your text is still here: a dot tries again, .q keeps it as a "
                    "draft, .x throws it away."
                )
            )
        else:
            return
    await body.set_aside(end)


async def _draft(talk: Talk, place: str) -> tuple[str, str] | None:
    """The title and the text to begin with; None: somebody goes back."""
    words, drafts = talk.words, talk.services.drafts
    if talk.someone.is_passing:
        return "", ""
    draft = await drafts.get(talk.someone, place)
    if draft is None:
        return "", ""
    await talk.say(words("This is the draft that you began and did not send."))
    title = [draft.title] if draft.title else []
    await talk.page([*title, *draft.body.split("\n")])
    await talk.say(words("1. Go on with it"), words("2. Begin anew, without it"))
    while True:
        answer = await ask(talk, words("Your choice:"), lambda: how_to_write(words))
        match answer:
            case "1":
                return draft.title, draft.body.rstrip("\n")
            case "2":
                await drafts.drop(talk.someone, place)
                return "", ""
            case _ if answer in BACK:
                return None
            case _:
                await talk.say(no_choice(words, answer))


async def _ask_title(talk: Talk) -> str:
    """Ask for a title; empty: somebody goes back."""
    words = talk.words
    prompt = words("Title of the thread, or Enter alone to go back:")
    while True:
        typed = await ask(talk, prompt, lambda: how_to_write(words))
        try:
            return clean_line(typed, characters=TITLE_CHARACTERS)
        except TextEmpty:
            return ""
        except BunnizError as error:
            await talk.refuse(error)
