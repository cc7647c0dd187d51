"""Beginning to write: what was begun before is there again."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeAlias

from bunniz_bbs.domain.boards import Board
from bunniz_bbs.domain.errors import PostNotFound, ThreadNotFound
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.labels import NONE, Labels
from bunniz_bbs.domain.policy import Action, require_board
from bunniz_bbs.domain.team import HeldPost
from bunniz_bbs.domain.threads import Post
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n.labels import asked_for
from bunniz_bbs.i18n.notices import sent, stood, waiting
from bunniz_bbs.services.drafts import Begun
from bunniz_bbs.services.quotes import quote_of
from bunniz_bbs.services.threads import ThreadView
from bunniz_bbs.tui.draft import Writing
from bunniz_bbs.tui.screens.compose import ComposePage
from bunniz_bbs.tui.session import Session

Posted: TypeAlias = Callable[[ThreadId, int], None]


async def new_thread(
    session: Session,
    board: Board,
    posted: Posted,
    tell: Callable[[str], None],
) -> ComposePage:
    """A page to write a new thread on.

    Args:
        session: Who writes.
        board: Where.
        posted: Called with the thread and the number 1 when it is there.
        tell: Called with what is to be said, where that is more than that it is there.

    Raises:
        BunnizError: Whoever asks may not, or the draft could not be fetched.
    """
    services, actor = session.services, session.actor
    require_board(actor, Action.START_THREAD, board)

    async def send(title: str, body: str, labels: Labels) -> None:
        thread = await services.threads.start(actor, board.slug, title, body, labels)
        if isinstance(thread, HeldPost):
            tell(waiting(session.words, thread.author_name))
            return
        posted(thread.id, 1)
        if thread.stood:
            tell(stood(session.words, 1))

    place, heading = f"board:{board.slug}", (N_("New thread"), "")
    labels = Labels(language=actor.language)
    return await _page(session, place, heading, board, "", send, labels, titled=True)


async def new_reply(
    session: Session,
    view: ThreadView,
    quoted: Post | None,
    posted: Posted,
    tell: Callable[[str], None],
) -> ComposePage:
    """A page to reply on, which may begin with a quote.

    Args:
        session: Who writes.
        view: The thread.
        quoted: The post that it begins with.
        posted: Called with the thread and the reply's number when it is there.
        tell: Called with what is to be said, where that is more than that it is there.

    Raises:
        BunnizError: Whoever asks may not, or the draft could not be fetched.
    """
    services, actor = session.services, session.actor
    require_board(actor, Action.REPLY, view.board)

    async def send(title: str, body: str, labels: Labels) -> None:
        reply = await services.posts.reply(
            actor, view.thread.id, body, labels.warnings, labels.lasts
        )
        if isinstance(reply, Post):
            posted(view.thread.id, reply.number)
        tell(sent(session.words, reply))

    body = quote_of(session.words, quoted) + "\n\n" if quoted else ""
    heading = (N_("Reply"), view.thread.title)
    place = f"thread:{view.thread.id}"
    # Who quotes what comes with a warning warns of it too.
    labels = Labels(quoted.warnings) if quoted else NONE
    asked = asked_for(session.words, view.thread)
    here = view.thread.id
    return await _page(
        *(session, place, heading, view.board, body, send, labels),
        thread=here,
        asked=asked,
    )


async def edit_post(session: Session, view: ThreadView, post: Post) -> ComposePage:
    """A page to change one's own post on.

    Raises:
        BunnizError: The draft could not be fetched.
    """
    services, actor = session.services, session.actor

    async def send(title: str, body: str, labels: Labels) -> None:
        number, warnings = post.number, labels.warnings
        await services.posts.edit(actor, view.thread.id, number, body, warnings)

    heading = (N_("Edit"), view.thread.title)
    place = f"post:{post.id}"
    labels = Labels(post.warnings)
    here = view.thread.id
    return await _page(
        *(session, place, heading, view.board, post.body, send, labels), thread=here
    )


async def go_on(
    session: Session,
    begun: Begun,
    posted: Posted,
    tell: Callable[[str], None],
) -> ComposePage:
    """A page to go on with a draft.

    Args:
        session: Who writes.
        begun: The draft.
        posted: Called with the thread and the post's number when it is there.
        tell: Called with what is to be said, where that is more than that it is there.

    Raises:
        ThreadNotFound, PostNotFound: What it is for is gone.
        BunnizError: Whoever asks may not, or the draft could not be fetched.
    """
    if begun.board is None:
        raise ThreadNotFound
    if begun.thread is None:
        return await new_thread(session, begun.board, posted, tell)
    thread, first = begun.thread.id, begun.number or 1
    view = await session.services.threads.open(session.actor, thread, first, 1)
    if not begun.number:
        return await new_reply(session, view, None, posted, tell)
    post = next((one for one in view.posts if one.number == begun.number), None)
    if post is None or post.deleted:
        raise PostNotFound
    return await edit_post(session, view, post)


async def _page(
    session: Session,
    place: str,
    heading: tuple[str, str],
    board: Board,
    body: str,
    send: Callable[[str, str, Labels], Awaitable[None]],
    labels: Labels,
    *,
    titled: bool = False,
    thread: ThreadId | None = None,
    asked: str = "",
) -> ComposePage:
    draft = None
    if not session.actor.is_passing:
        draft = await session.services.drafts.get(session.actor, place)
    title = ""
    if draft:
        title, quoted, warnings = draft.title, body.strip(), draft.labels.warnings
        fresh = quoted and not place.startswith("post:") and quoted not in draft.body
        body = f"{draft.body}\n\n{body}" if fresh else draft.body
        warnings |= labels.warnings if fresh else frozenset()
        labels = replace(draft.labels, warnings=warnings)
    begun = draft is not None
    work = Writing(
        *(place, *heading, board, titled, title, body, begun, send, labels),
        thread=thread,
        reminder=asked,
    )
    return ComposePage(session, work)
