"""What waits for the team, in line mode: one thing after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bunniz_bbs.commands.registry import Front
from bunniz_bbs.commands.team import held_head, report_head
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.people import Account
from bunniz_bbs.domain.rooms import conversation_of
from bunniz_bbs.domain.team import HeldPost, Report
from bunniz_bbs.domain.text import printable
from bunniz_bbs.i18n import Words
from bunniz_bbs.plain.asking import BACK, Choice, Listing, ask, no_choice
from bunniz_bbs.plain.rooms import choose_conversation, talk_in
from bunniz_bbs.plain.talk import Talk
from bunniz_bbs.services.markup import parse, to_plain

WIDTH = 72


@dataclass(frozen=True, slots=True)
class Porch:
    """The talks with guests."""


Item: TypeAlias = Account | HeldPost | Report | Porch


async def see_to(talk: Talk) -> None:
    """Choose among all that waits until somebody goes back.

    Raises:
        BunnizError: It could not be looked up.
    """
    words = talk.words

    async def load() -> Sequence[Choice[Item]]:
        return await _choices(talk)

    await talk.say(words("For the team"))
    listing = Listing(
        talk,
        load,
        lambda: [words("A number opens one. Enter shows the list again.")],
        nothing=words("Nothing waits for the team."),
    )
    while (chosen := await listing.choose()) is not None:
        assert not isinstance(chosen, str)
        try:
            await _open(talk, chosen)
        except BunnizError as error:
            await talk.refuse(error)
        await talk.say(words("For the team"))


async def _choices(talk: Talk) -> Sequence[Choice[Item]]:
    words, context = talk.words, talk.context(Front.SLASH)
    queue = await talk.services.team.queue(talk.someone)
    asks = words("asks to come in")
    found: list[Choice[Item]] = []
    for person in queue.people:
        found.append(Choice(f"{printable(person.name)} - {asks}", person))
    for held in queue.held:
        found.append(Choice(held_head(context, held), held))
    for report in queue.reports:
        head = report_head(context, report)
        found.append(Choice(words("Report: {place}", place=head), report))
    if queue.talks:
        waits = sum(one.waits for one in queue.talks)
        told = words.many("{n} waits", "{n} wait", waits)
        found.append(Choice(words("In the porch") + f" - {told}", Porch()))
    return found


async def _open(talk: Talk, item: Item) -> None:
    """Read one, and decide."""
    words = talk.words
    match item:
        case Porch():
            await choose_conversation(talk)
        case Account():
            prompt = words("a lets in, d turns away, p talks, 0 goes back:")
            await _decide(talk, item, prompt)
        case HeldPost():
            await talk.page(to_plain(parse(item.body), WIDTH))
            prompt = words("a publishes, d does not, 0 goes back:")
            await _decide(talk, item, prompt)
        case Report():
            await talk.page([printable(one) for one in item.body.split("\n")])
            await _decide(talk, item, words("a closes it, 0 goes back:"))


async def _decide(talk: Talk, item: Account | HeldPost | Report, prompt: str) -> None:
    words = talk.words
    while True:
        answer = (await ask(talk, prompt, lambda: [prompt])).lower()
        try:
            if answer in BACK:
                return
            if answer == "a":
                await talk.say(await _accept(talk, item))
                return
            if answer == "d" and not isinstance(item, Report):
                if said := await _decline(talk, item):
                    await talk.say(said)
                    return
            elif answer == "p" and isinstance(item, Account):
                await _talk_with(talk, item)
            else:
                await talk.say(no_choice(words, answer))
        except BunnizError as error:
            await talk.refuse(error)


async def _accept(talk: Talk, item: Account | HeldPost | Report) -> str:
    team, words = talk.services.team, talk.words
    match item:
        case Account(name=name):
            await team.approve(talk.someone, name)
            return words("{name} is let in.", name=name)
        case HeldPost():
            await team.publish(talk.someone, item.id)
            return words("Published: {title}", title=item.title)
        case Report():
            await team.close(talk.someone, item.id)
            return words("Report {number} is closed.", number=item.id)


async def _decline(talk: Talk, item: Account | HeldPost) -> str:
    """Ask why, and do it; empty: somebody goes back."""
    team, words = talk.services.team, talk.words
    reason = await _why(talk, words)
    if not reason:
        return ""
    if isinstance(item, Account):
        await team.decline(talk.someone, item.name, reason)
        return words("{name} is not let in.", name=item.name)
    await team.refuse(talk.someone, item.id, reason)
    return words("Not published: {title}", title=item.title)


async def _why(talk: Talk, words: Words) -> str:
    prompt = words("Why? The person reads it. Enter alone goes back:")
    return await ask(talk, prompt, lambda: [prompt])


async def _talk_with(talk: Talk, item: Account) -> None:
    rooms = talk.services.house.rooms.values()
    porch = next((one for one in rooms if one.one_to_one), None)
    if porch is None:
        await talk.say(talk.words("This house has no porch to talk in."))
    else:
        await talk_in(talk, conversation_of(porch.slug, item.id))
