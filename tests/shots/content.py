"""Words for the pictures: people who are kind to each other, in four languages."""

from dataclasses import dataclass
from datetime import timedelta

from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.people import Actor, Role
from bunniz_bbs.domain.rooms import LineKind
from tests.tui.house import TestHouse


@dataclass
class Told:
    """Who lives in the house, and the threads that pictures show."""

    house: TestHouse
    lune: Actor
    maple: Actor
    rosa: Actor
    linde: Actor
    heron: Actor
    calm: Actor
    """Somebody who has read everything."""
    tax: ThreadId
    markdown: ThreadId


TITLE = "Books and forms to lend"
NEWS = "zij heeft me meteen geantwoord, dank je"

QUESTION = """\
Does somebody know which expenses one may deduct for a flat that is also the \
workplace? I keep all receipts in a box and I am a bit lost."""

ANSWER = """\
> which expenses one may deduct

A share of **rent, electricity and internet**, by surface and hours. Keep a simple \
table:

1. the square metres that you use for work
2. the hours in a week
3. what the bills say

An accountant from the list in *Directory* told me so."""

LIST = """\
# Drop-in hours

- Monday and Thursday, 14 to 18 h
- No name asked, no papers asked
- Tea, showers, and somebody who listens

The door code is not on this board. Ask for it in `The lounge`, and see \
https://example.org/drop-in for the holidays."""


async def furnish(house: TestHouse) -> Told:
    """Fill a house: five people, nine threads, a year of time."""
    heron = await house.person("heron", Role.MODERATOR, "fr")
    rosa = await house.person("rosa", Role.MEMBER, "nl")
    maple = await house.person("maple", Role.MEMBER, "en")
    linde = await house.person("linde", Role.MEMBER, "de")
    lune = await house.person("lune", Role.MEMBER, "fr")
    services = house.services

    pinned = await house.thread(
        heron, "money", "How to read your social contributions", "Line by line."
    )
    await services.order.pin(heron, pinned, True, "for everybody")
    house.clock.move(days=40)
    old = await house.thread(maple, "money", "Invoice templates", "Here is mine.")
    await house.reply(rosa, old, "Dank je, precies wat ik zocht.")
    house.clock.move(days=6)
    locked = await house.thread(
        linde, "money", "Bank hat mein Konto abgelehnt", "Was kann ich tun?"
    )
    await house.reply(heron, locked, "Answered in the guide: service bancaire de base.")
    await services.order.lock(heron, locked, True, "goes on in the guide")
    for seen in (pinned, old, locked):
        await services.threads.mark_read(lune, seen, 9)

    house.clock.move(days=3)
    markdown = await house.thread(rosa, "ghent", "Inloopuren in Gent", LIST)
    await house.thread(
        linde, "wellbeing", "Schlafen nach einer langen Nacht", "Was hilft euch?"
    )
    house.clock.move(hours=9)
    await house.thread(
        maple, "safety", "Back-up plan: what do you tell whom?", "Ours fits on a card."
    )
    house.clock.move(hours=11)
    tax = await house.thread(lune, "money", "Tax return as self-employed", QUESTION)
    house.clock.move(hours=3)
    await house.reply(maple, tax, ANSWER)
    await house.reply(linde, tax, "Das war der falsche Faden.")
    await house.services.posts.delete(linde, tax, 3)
    await services.threads.mark_read(lune, tax, 3)
    house.clock.move(hours=1)
    await house.reply(
        rosa, tax, "En schrijf op hoe je aan dat deel komt, in twee zinnen."
    )
    await house.services.posts.edit(
        rosa, tax, 4, "En schrijf op hoe je aan dat deel komt, in twee korte zinnen."
    )
    house.clock.move(minutes=50)
    await house.thread(
        rosa, "newcomers", "First week, what should I know?", "Hello all."
    )
    await house.thread(
        heron, "brussels", "Permanence sans rendez-vous, mardi", "De 10 h à 13 h."
    )
    house.clock.move(minutes=12)
    calm = await house.person("olm", Role.MEMBER, "en")
    while row := await services.boards.next_unread(calm):
        await services.threads.mark_read(calm, row.thread.id, row.thread.last_number)
    return Told(house, lune, maple, rosa, linde, heron, calm, tax, markdown)


async def talk(told: Told) -> None:
    """Let three people talk in the lounge."""
    rooms, clock = told.house.services.rooms, told.house.clock
    for who in (told.maple, told.rosa, told.linde):
        await rooms.enter(who, "lounge", who)
    await rooms.set_topic(told.heron, "lounge", "calm evening")
    await rooms.say(
        told.lune, "lounge", "quelqu'un connaît une bonne comptable à Liège ?"
    )
    clock.move(seconds=50)
    await rooms.say(told.rosa, "lounge", "ja, ik stuur het je zo door")
    clock.move(seconds=30)
    await rooms.say(
        told.maple,
        "lounge",
        "the door code has changed since this morning, ask at the desk when you "
        "arrive and do not write it down",
        timer=timedelta(minutes=10),
    )
    clock.move(seconds=70)
    await rooms.say(told.linde, "lounge", "winkt in die Runde", kind=LineKind.ME)
    await rooms.say(
        told.linde,
        "lounge",
        "macht Tee für alle",
        kind=LineKind.ME,
        timer=timedelta(hours=1),
    )
    clock.move(seconds=20)
