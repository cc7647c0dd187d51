"""Labels beside titles, as this visit sees them."""

from bunniz_bbs.domain.choices import Show
from bunniz_bbs.domain.threads import Thread
from bunniz_bbs.i18n.labels import about
from bunniz_bbs.tui.ink import Ink, Line, Span
from bunniz_bbs.tui.session import Session


def titled(session: Session, thread: Thread, ink: Ink) -> Line:
    """What a thread warns of, and its title unless it is folded."""
    tags = thread.labels.warnings
    shown = session.lens.thread(thread) is Show.OPEN
    marked = f"[{about(session.words, tags)}] " if tags else ""
    mark = Span(marked, Ink.QUIET if shown else ink)
    return (mark, Span(thread.title, ink)) if shown else (mark,)
