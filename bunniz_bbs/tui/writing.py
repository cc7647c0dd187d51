"""Beginning to write: what was begun before is there again."""

from collections.abc import Awaitable, Callable

from bunniz_bbs.domain.boards import Board
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.threads import Post
from bunniz_bbs.services.markup import quote
from bunniz_bbs.services.threads import ThreadView
from bunniz_bbs.tui.screens.compose import ComposePage, Writing
from bunniz_bbs.tui.session import Session


async def new_thread(
    session: Session, board: Board, posted: Callable[[ThreadId], None]
) -> ComposePage:
    """A page to write a new thread on; `posted` is called with it when it is sent.

    Raises:
        BunnizError: The draft could not be fetched.
    """
    services, actor = session.services, session.actor

    async def send(title: str, body: str) -> None:
        thread = await services.threads.start(actor, board.slug, title, body)
        posted(thread.id)

    place, heading = f"board:{board.slug}", session.words("New thread")
    return await _page(session, place, heading, board, "", send, titled=True)


async def new_reply(
    session: Session, view: ThreadView, quoted: Post | None
) -> ComposePage:
    """A page to reply on, which may begin with a quote.

    Raises:
        BunnizError: The draft could not be fetched.
    """
    services, actor = session.services, session.actor

    async def send(title: str, body: str) -> None:
        await services.posts.reply(actor, view.thread.id, body)

    body = quote(quoted.body, quoted.author_name) + "\n\n" if quoted else ""
    heading = session.words("Reply") + ": " + view.thread.title
    place = f"thread:{view.thread.id}"
    return await _page(session, place, heading, view.board, body, send)


async def edit_post(session: Session, view: ThreadView, post: Post) -> ComposePage:
    """A page to change one's own post on.

    Raises:
        BunnizError: The draft could not be fetched.
    """
    services, actor = session.services, session.actor

    async def send(title: str, body: str) -> None:
        await services.posts.edit(actor, view.thread.id, post.number, body)

    heading = session.words("Edit") + ": " + view.thread.title
    place = f"post:{post.id}"
    return await _page(session, place, heading, view.board, post.body, send)


async def _page(
    session: Session,
    place: str,
    heading: str,
    board: Board,
    body: str,
    send: Callable[[str, str], Awaitable[None]],
    *,
    titled: bool = False,
) -> ComposePage:
    draft = await session.services.drafts.get(session.actor, place)
    title = ""
    if draft:
        title = draft.title
        quoted = body and not place.startswith("post:") and body != draft.body
        body = f"{draft.body}\n\n{body}" if quoted else draft.body
    writing = Writing(place, heading, board, titled, title, body, send)
    return ComposePage(session, writing, begun=draft is not None)
