"""A thread: reading it, and acting on its posts."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from bunniz_bbs.domain.people import Role
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n.labels import ASKS
from bunniz_bbs.i18n.threads import stays
from bunniz_bbs.tui.board_text import readers
from bunniz_bbs.tui.ink import Ink, Line, Span
from bunniz_bbs.tui.keys import (
    ASK,
    FOLLOW,
    NEWS,
    NEXT,
    ON_EVERY_PAGE,
    SEARCH,
    Key,
    as_bindings,
)
from bunniz_bbs.tui.labels import titled
from bunniz_bbs.tui.thread_acting import ThreadActing


class ThreadPage(ThreadActing):
    """One thread, and the keys of it."""

    KEYS: ClassVar = (
        Key("r", "reply", N_("reply"), "r"),
        Key("o", "fold", N_("unfold"), "o"),
        Key("B,backspace", "jump_back", N_("go back"), "B"),
        Key("Q", "quote", N_("reply with a quote"), name="Q"),
        NEXT,
        Key("u", "unread", N_("first unread"), "u"),
        Key("v", "quoted", N_("quoted post"), "v"),
        Key("O", "fold_all", N_("unfold all"), name="O"),
        Key("L", "links", N_("links"), "L"),
        Key("g", "number", N_("go to a number"), name="g"),
        Key("e", "edit", N_("edit"), "e"),
        Key("w", "labels", N_("labels"), name="w"),
        Key("d", "delete", N_("remove"), "d"),
        FOLLOW,
        Key("b", "bookmark", N_("bookmark or not"), name="b"),
        NEWS,
        Key("h", "react('heard')", N_("heard"), name="h"),
        Key("t", "react('thanks')", N_("thank"), name="t"),
        Key("R", "report", N_("report to the team"), name="R"),
        ASK,
        SEARCH,
        *ON_EVERY_PAGE,
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *as_bindings(KEYS),
        *(Binding(one, f"number('{one}')", show=False) for one in "123456789"),
    ]

    def where(self) -> Line:
        """The thread's title."""
        if self.view is None:
            return ()
        return titled(self.session, self.view.thread, Ink.TITLE)

    def what_happens(self) -> Sequence[Span]:
        """How long the thread stays, and where it is."""
        if self.view is None:
            return ()
        board, labels = self.view.board, self.view.thread.labels
        asked = [self.words(ASKS[labels.ask])] if labels.ask else []
        return [
            *(Span(one, Ink.QUIET) for one in asked),
            Span(stays(self.words, self.view.thread, board), Ink.QUIET),
            Span(board.title[self.words.language], Ink.QUIET),
            *([Span(self.words("you follow it"), Ink.QUIET)] * self.view.followed),
        ]

    def explain(self) -> list[str]:
        """What happens to words here."""
        words = self.words
        told = [
            words(
                "Arrows go from post to post. What you have seen counts as read when "
                "it was on your screen to its end."
            )
        ]
        if self.view:
            board = self.view.board
            told += [
                stays(words, self.view.thread, board) + ".",
                readers(words, board),
            ]
            if self.view.thread.author == self.session.actor.id:
                told.append(
                    words(
                        "You began this thread: /close-replies takes no more replies, "
                        "/open-replies takes them again."
                    )
                )
        if self.session.actor.role >= Role.MODERATOR:
            told.append(
                words(
                    "The team can press / and type: delete 3 REASON, pin REASON, "
                    "lock REASON, move BOARD REASON, keep REASON, checked, mute NAME "
                    "1d REASON, ban NAME 7d REASON."
                )
            )
        return told
