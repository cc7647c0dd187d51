"""What everybody agrees to, asked one by one in line mode."""

from collections.abc import Sequence

from bunniz_bbs.domain.admission import ConsentKind
from bunniz_bbs.domain.errors import AlreadyDone, BunnizError
from bunniz_bbs.i18n.door import (
    about_consent,
    agree,
    changes,
    consent_title,
    rules,
    terms,
)
from bunniz_bbs.plain.asking import BACK
from bunniz_bbs.plain.paper import Left
from bunniz_bbs.plain.talk import Talk


async def ask_to_agree(talk: Talk, kind: ConsentKind, had: int = 0) -> bool:
    """Say what is agreed to and wait for Enter alone; whether they agree.

    Args:
        talk: Whom.
        kind: What.
        had: The version of the terms that they agreed to before; 0: none.
    """
    await talk.page(_text(talk, kind, had))
    while answer := (await talk.paper.ask(agree(talk.words, kind))).strip().lower():
        if answer in BACK:
            return False
    talk.agreed[kind] = talk.services.admission.rules.present(kind)
    return True


async def agree_first(talk: Talk) -> None:
    """Ask a member for what is new, or was never asked, before they go on.

    Raises:
        Left: They do not agree.
    """
    admission = talk.services.admission
    missing = await admission.missing(talk.someone)
    had = await admission.terms_of(talk.someone) if missing else 0
    while missing:
        kind = missing[0]
        if not await ask_to_agree(talk, kind, had):
            raise Left
        try:
            missing = await admission.agree(talk.someone, {kind: talk.agreed[kind]})
        except AlreadyDone:  # in another visit, meanwhile
            missing = await admission.missing(talk.someone)
        except BunnizError as error:
            await talk.refuse(error)


def _text(talk: Talk, kind: ConsentKind, had: int) -> Sequence[str]:
    words, house = talk.words, talk.services.house
    if kind is not ConsentKind.TERMS:
        return [consent_title(words, kind), *about_consent(words, kind)]
    new = changes(words, house.admission, had)
    told = terms(words, house.admission)
    return [
        *([words("What is new in the terms"), *new] if new else ()),
        words("How we are with each other"),
        *rules(words, house),
        *([words("What you can expect, and what we keep"), *told] if told else ()),
    ]
