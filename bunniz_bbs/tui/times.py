"""Moments as members read them."""

from datetime import datetime

from bunniz_bbs.i18n.times import ago
from bunniz_bbs.tui.session import Session


def when(session: Session, moment: datetime) -> str:
    """How long ago something was, in words."""
    return ago(session.words, moment, session.services.clock.now())


def hour(session: Session, moment: datetime) -> str:
    """The time of day, as `20:14`."""
    return moment.astimezone(session.zone).strftime("%H:%M")
