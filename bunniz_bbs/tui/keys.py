"""Keys as data: bindings, the key line and help are made from the same rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.binding import Binding, BindingType

from bunniz_bbs.i18n import N_

TOLD_ONLY = "noop"
"""The action of a key that a widget takes by itself."""


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that a key does on a page."""

    keys: str
    """As Textual names them, separated by commas."""
    action: str
    label: str
    """A message id: one or two words."""
    shown: str = ""
    """How the key is written on the key line; empty: only `?` tells of it."""
    name: str = ""
    """How `?` writes it, where the key line does not show it."""


def as_bindings(keys: Sequence[Key]) -> list[BindingType]:
    """The bindings of a page."""
    return [
        Binding(key.keys, key.action, show=False)
        for key in keys
        if key.action != TOLD_ONLY
    ]


HELP = Key("question_mark,f1", "help", N_("help"), "?")
BACK = Key("escape,q", "back", N_("back"), "Esc")
NEXT = Key("n", "next_unread", N_("next unread"), "n")
NEWS = Key("N", "news", N_("all that is new"), name="N")
FOLLOW = Key("f", "follow", N_("follow or not"), name="f")
MARK = Key("m", "mark", N_("mark as read"), name="m")
MARK_BOARD = Key("B", "mark_board", N_("this board read"), name="B")
ASK = Key("slash", "ask", N_("find"), "/")
ASK_AT_HOME = Key("slash", "ask", N_("find or command"), "/")
SEARCH = Key("s", "search", N_("search"), name="s")
LANGUAGE = Key("l", "language", N_("language"), name="l")
LEAVE = Key("ctrl+x", "quick_exit", N_("leave now"), "^X")
LANGUAGE_CHORD = Key("ctrl+t", "language", N_("language"), name="^T")
HELP_F1 = Key("f1", "help", N_("help"), "F1")

ON_EVERY_PAGE = (HELP, BACK, LEAVE, LANGUAGE)
"""The last keys of every page that one can go back from."""
