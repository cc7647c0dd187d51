"""Leaving for good, in line mode."""

from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.own import Posts
from bunniz_bbs.i18n.leaving import about_posts, confirm, what_becomes
from bunniz_bbs.i18n.notices import removed
from bunniz_bbs.plain.paper import Left
from bunniz_bbs.plain.talk import Talk
from bunniz_bbs.services.leaving import require_confirmed


async def leave_for_good(talk: Talk) -> None:
    """Ask what becomes of posts, then for the own name; anything else changes nothing.

    Raises:
        Left: The account is gone.
    """
    words, choices = talk.words, list(Posts)
    for number, one in enumerate(choices, 1):
        told = f"{what_becomes(words, one)}. {about_posts(words, one)}"
        await talk.say(f"{number}. {told}")
    answer = (await talk.paper.ask(words("Your choice:"))).strip()
    if answer not in [str(one) for one in range(1, len(choices) + 1)]:
        await talk.say(words("Nothing was changed."))
        return
    typed = await talk.paper.ask(confirm(words, talk.someone.name) + ":")
    try:
        require_confirmed(talk.someone, typed)
        await talk.services.leaving.leave(talk.someone, choices[int(answer) - 1])
    except BunnizError as error:
        await talk.refuse(error)
        return
    await talk.say(removed(words))
    raise Left
