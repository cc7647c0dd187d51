"""How to get to each screen, from the keys that are pressed to what is shown."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from bunniz_bbs.domain.choices import Show
from bunniz_bbs.domain.errors import Banned
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.labels import Ask, Labels, Tag
from bunniz_bbs.domain.people import CONSOLE, Actor, Role
from bunniz_bbs.services.quotes import quote
from bunniz_bbs.tui.app import BunnizApp
from bunniz_bbs.tui.screens.choices import ChoicesPage
from bunniz_bbs.tui.widgets.entry import Entry
from tests.shots.content import NEWS, TITLE, Told, talk
from tests.tui.visit import Visit

Walk = Callable[[Told, Visit], Awaitable[None]]


async def stay(told: Told, visit: Visit) -> None:
    """Go nowhere."""


@dataclass(frozen=True)
class Scene:
    """A screen, and the way to it."""

    walk: Walk = stay
    who: Callable[[Told], Actor | None] = lambda told: told.lune
    place: str | None = None
    ban: Banned | None = None

    def app(self, told: Told, **given: object) -> BunnizApp:
        """The visit, before anything is pressed."""
        places = {"tax": str(told.tax), "markdown": str(told.markdown)}
        place = places.get(self.place or "", self.place)
        session = told.house.session(self.who(told), **given)
        return BunnizApp(session, place, self.ban)


def keys(*pressed: str) -> Walk:
    """Press keys; a word that begins with a mark is typed."""

    async def walk(told: Told, visit: Visit) -> None:
        for one in pressed:
            await (visit.type(one[1:]) if one[0] == "'" else visit.press(one))

    return walk


async def code(told: Told, visit: Visit) -> None:
    """Read on until a code is asked for: on a phone that takes more than a key."""
    answer = visit.app.screen.query_one("#answer")
    for _ in range(25):
        if not answer.display:
            await visit.press("enter")


async def adult(told: Told, visit: Visit) -> None:
    """Read on until one is asked for one's age."""
    for _ in range(25):
        if "3/6" not in visit.lines[0]:
            await visit.press("enter")


async def special(told: Told, visit: Visit) -> None:
    """A good code was given."""
    invites = told.house.services.invites
    made = await invites.create(CONSOLE, 1, timedelta(days=1), Role.MEMBER)
    await code(told, visit)
    await visit.say(made)


async def new_terms(told: Told, visit: Visit) -> None:
    """The terms are others than those that one agreed to."""
    house = told.house.services.house
    changed = replace(house.admission.terms, version=2, changed=house.rules[:1])
    admission = replace(house.admission, terms=changed)
    house.become(replace(house, admission=admission))
    await visit.app.come_in()


async def agreements(told: Told, visit: Visit) -> None:
    """What one agreed to, by its command."""
    await visit.ask("agreements")


async def wrong_code(told: Told, visit: Visit) -> None:
    """A code that nobody gave."""
    await code(told, visit)
    await visit.say("ABCD-EFGH-JKLM-NPQR")
    await _noticed(visit)


async def name(told: Told, visit: Visit) -> None:
    """A name that was drawn by lot: the same on each picture."""
    invites = told.house.services.invites
    made = await invites.create(CONSOLE, 1, timedelta(days=1), Role.MEMBER)
    await code(told, visit)
    await visit.say(made)
    await code(told, visit)
    await visit.holds(lambda: visit.page.query_one("#answer", Entry).value != made)
    visit.page.query_one("#answer", Entry).value = "stille weide"
    await visit.pilot.pause()


async def _noticed(visit: Visit) -> None:
    await visit.holds(lambda: visit.page.query_one("#notice").display)


async def room(told: Told, visit: Visit) -> None:
    """The lounge after a look elsewhere, with a timer set."""
    await talk(told)
    await visit.sees("macht Tee")
    await visit.say("/ephemeral 10m")
    await visit.press("escape")
    told.house.clock.move(minutes=4)
    await told.house.services.rooms.say(told.rosa, "lounge", NEWS)
    told.house.clock.move(seconds=20)
    await visit.holds(lambda: 1 in visit.app.session.rooms.values())
    await visit.app.go("lounge", visit.page)
    await visit.pilot.pause()
    await visit.type("merci, vraiment")


async def compose(told: Told, visit: Visit) -> None:
    """A new thread that is being written."""
    await visit.press("c")
    await visit.type(f"{TITLE}\nWhat may I lend?\n\n- books\n- a **bold** idea")


async def labels(told: Told, visit: Visit) -> None:
    """Labels for what is being written."""
    await compose(told, visit)
    await visit.press("ctrl+l", "enter")


async def name_begun(told: Told, visit: Visit) -> None:
    """A reply in which a name is begun."""
    await visit.press("r")
    await visit.type("What may I lend? @")
    await visit.sees("Tab ")


async def drafts(told: Told, visit: Visit) -> None:
    """What one began to write in two places."""
    kept = told.house.services.drafts
    await kept.save(told.lune, "board:money", TITLE, "What may I lend?")
    told.house.clock.move(minutes=40)
    await kept.save(told.lune, f"thread:{told.tax}", "", "What may I lend?")
    await visit.ask("drafts")


async def warned(told: Told, visit: Visit) -> Sequence[ThreadId]:
    """A board with threads that warn and ask, in two languages; which they are."""
    on, board = told.house.services, "wellbeing"
    grief = frozenset({Tag.DEATH, Tag.SUICIDE})
    labels = Labels(grief, Ask.LISTEN, "fr")
    first = await on.threads.start(told.rosa, board, "Une amie", "Elle.", labels)
    told.house.clock.move(minutes=9)
    labels = Labels(ask=Ask.ADVICE, language="nl")
    second = await on.threads.start(told.linde, board, "Slapen", "Wie?", labels)
    told.house.clock.move(minutes=5)
    await on.posts.reply(
        told.maple, second.id, "After a raid.", frozenset({Tag.POLICE})
    )
    told.house.clock.move(minutes=2)
    await on.posts.reply(told.rosa, second.id, "Warme melk, en niemand wekken.")
    await on.posts.reply(told.heron, second.id, "Elle.", frozenset({Tag.DRUGS}))
    await on.choices.choose(told.lune, [Tag.DRUGS], Show.HIDE)
    await on.choices.read_in(told.lune, ["fr", "nl"])
    told.house.clock.move(minutes=20)
    await visit.app.go(board, visit.page)
    await visit.pilot.pause()
    return first.id, second.id


async def warned_board(told: Told, visit: Visit) -> None:
    """The board itself."""
    await warned(told, visit)


def warned_thread(which: int) -> Walk:
    """One of them: one that is folded, one with posts that are."""

    async def walk(told: Told, visit: Visit) -> None:
        threads = await warned(told, visit)
        await visit.app.go(threads[which], visit.page)
        await visit.pilot.pause()

    return walk


async def choices(told: Told, visit: Visit) -> None:
    """What one wants to read."""
    await told.house.services.choices.choose(told.lune, [Tag.SUICIDE], Show.HIDE)
    await told.house.services.choices.choose(told.lune, [Tag.POLICE], Show.OPEN)
    await visit.app.push_screen(ChoicesPage(visit.app.session))
    await visit.pilot.pause()


async def preview(told: Told, visit: Visit) -> None:
    """The same as it will look."""
    await compose(told, visit)
    await visit.press("tab")


async def refused(told: Told, visit: Visit) -> None:
    """A post by somebody who is muted."""
    await told.house.services.moderation.mute(
        told.heron, "lune", timedelta(hours=2), "three warnings about names today"
    )
    await compose(told, visit)
    await visit.press("ctrl+s")
    await _noticed(visit)


async def quotes(told: Told, visit: Visit) -> None:
    """A long quote is one line; the cursor is on its post."""
    view = await told.house.services.threads.open(told.rosa, told.tax)
    body = quote(view.posts[1].body, "@maple", 2)
    await told.house.services.posts.reply(told.rosa, told.tax, f"{body}\n\nmerci")
    await visit.holds(lambda: visit.page.view.last == 5)  # type: ignore[attr-defined]
    await visit.press("end")


async def links(told: Told, visit: Visit) -> None:
    """Where the links of a post lead, and one address."""
    body = "[The list](https://example.org/list) or https://ex\u0430mple.org, not both."
    await told.house.services.posts.reply(told.rosa, told.markdown, body)
    await visit.holds(lambda: visit.page.view.last == 2)  # type: ignore[attr-defined]
    await visit.press("end", "L", "enter")


async def own_keys(told: Told, visit: Visit) -> None:
    """The keys of one's account."""
    await visit.ask("keys")


async def recovery(told: Told, visit: Visit) -> None:
    """Recovery codes are offered."""
    await own_keys(told, visit)
    await visit.press("w")


async def connecting(told: Told, visit: Visit) -> None:
    """How one connects."""
    await own_keys(told, visit)
    await visit.press("h")


async def you(told: Told, visit: Visit) -> None:
    """What is one's own."""
    profiles = told.house.services.profiles
    await profiles.set_pronouns(told.lune, "elle")
    await profiles.set_speaks(told.lune, ("fr", "nl"))
    await visit.press("y")


async def search(told: Told, visit: Visit) -> None:
    """What was found."""
    await visit.press("s")
    await visit.say("what")


async def notes(told: Told, visit: Visit) -> None:
    """Notes on people."""
    notes = told.house.services.notes
    await notes.write(told.lune, "rosa", "met at the drop-in in Ghent, keeps her word")
    await notes.write(told.lune, "maple", "knows taxes")
    await visit.ask("you")
    await visit.press("end", *["up"] * 7, "enter")


async def news(told: Told, visit: Visit) -> None:
    """Something of each kind, with what waits for a first answer."""
    services = told.house.services
    await told.house.reply(
        told.rosa, told.tax, "> @lune:\n> I keep all receipts\n\nMe too, in a folder."
    )
    plan = await told.house.thread(told.linde, "safety", "What do you tell whom?")
    await told.house.reply(told.maple, plan, "@lune may know somebody.")
    await services.follows.set(told.lune, told.markdown, True)
    await services.news.set_answers(told.lune, True)
    await visit.press("N")


async def bookmarks(told: Told, visit: Visit) -> None:
    """Two posts to find again."""
    kept = told.house.services.bookmarks
    await kept.turn(told.lune, told.tax, 2)
    await kept.turn(told.lune, told.markdown, 1)
    await visit.ask("bookmarks")


async def followed(told: Told, visit: Visit) -> None:
    """Threads that one chose."""
    for thread in (told.tax, told.markdown):
        await told.house.services.follows.set(told.lune, thread, True)
    await visit.ask("followed")


async def quiet(told: Told, visit: Visit) -> None:
    """One board is quiet."""
    await told.house.services.follows.set_quiet(told.lune, "ghent", True)
    await visit.ask("you")
    await visit.press("end", "up", "up", "up", "enter")


async def invites(told: Told, visit: Visit) -> None:
    """A code to give to somebody."""
    await visit.ask("invites")


async def log(told: Told, visit: Visit) -> None:
    """What the team did."""
    moderation = told.house.services.moderation
    await moderation.mute(
        told.heron, "rosa", timedelta(hours=2), "wrote the number of a client twice"
    )
    told.house.clock.move(minutes=5)
    await moderation.unmute(told.heron, "rosa", "understood, and removed it")
    await visit.ask("log")


def help_of(walk: Walk = stay) -> Walk:
    """The help of the screen that a walk ends at."""

    async def then(told: Told, visit: Visit) -> None:
        await walk(told, visit)
        await visit.press("f1")

    return then


def nobody(told: Told) -> None:
    """A key that is not known."""


BANNED: Final = Banned(
    "sold addresses of members to somebody outside, after two talks with the team",
    None,
)

SCENES: Final[Mapping[str, Scene]] = {
    "door-1-language": Scene(who=nobody),
    "door-2-limits": Scene(keys("enter"), nobody),
    "door-3-rules": Scene(keys("enter", "enter"), nobody),
    "door-4-code": Scene(code, nobody),
    "door-4-wrong": Scene(wrong_code, nobody),
    "door-5-name": Scene(name, nobody),
    "door-adult": Scene(adult, nobody),
    "door-special": Scene(special, nobody),
    "agree": Scene(new_terms),
    "agreements": Scene(agreements),
    "known": Scene(keys("/", "'known", "enter")),
    "leaving": Scene(keys("/", "'leave-for-good", "enter")),
    "door-help": Scene(help_of(code), nobody),
    "home": Scene(),
    "home-calm": Scene(who=lambda told: told.calm),
    "home-ask": Scene(keys("/", "'mon")),
    "home-escape": Scene(keys("escape")),
    "home-rules": Scene(keys("/", "'rules", "enter")),
    "board": Scene(place="money"),
    "board-empty": Scene(place="rights"),
    "thread": Scene(place="tax"),
    "thread-top": Scene(keys("home"), place="tax"),
    "thread-markdown": Scene(place="markdown"),
    "thread-quotes": Scene(quotes, place="tax"),
    "thread-links": Scene(links, place="markdown"),
    "thread-delete": Scene(keys("home", "d"), place="tax"),
    "compose": Scene(compose, place="money"),
    "compose-name": Scene(name_begun, place="tax"),
    "quote": Scene(keys("r", "ctrl+o"), place="tax"),
    "drafts": Scene(drafts),
    "compose-quote": Scene(keys("home", "down", "Q"), place="tax"),
    "board-warned": Scene(warned_board),
    "thread-folded": Scene(warned_thread(0)),
    "thread-warned": Scene(warned_thread(1)),
    "choices": Scene(choices),
    "labels": Scene(labels, place="wellbeing"),
    "preview": Scene(preview, place="money"),
    "refusal": Scene(refused, place="money"),
    "room": Scene(room, place="lounge"),
    "room-names": Scene(keys("'/names", "enter"), place="lounge"),
    "search": Scene(search),
    "search-empty": Scene(keys("s")),
    "search-nothing": Scene(keys("s", "'umbrella", "enter")),
    "help-search": Scene(help_of(search)),
    "help-home": Scene(help_of()),
    "help-thread": Scene(help_of(), place="tax"),
    "help-room": Scene(help_of(), place="lounge"),
    "language": Scene(keys("l")),
    "log": Scene(log, lambda told: told.heron),
    "you": Scene(you),
    "news": Scene(news),
    "news-sure": Scene(keys("N", "A")),
    "news-calm": Scene(keys("N"), lambda told: told.calm),
    "bookmarks": Scene(bookmarks),
    "followed": Scene(followed),
    "quiet": Scene(quiet),
    "notes": Scene(notes),
    "invites": Scene(invites, lambda told: told.heron),
    "keys": Scene(own_keys),
    "recovery": Scene(recovery),
    "connecting": Scene(connecting),
    "closed": Scene(who=nobody, ban=BANNED),
}
