"""Commands about oneself, and about who may come in."""

from datetime import timedelta

from bunniz_bbs.commands.registry import (
    Arguments,
    Command,
    Context,
    Front,
    Kind,
    Leave,
    Parameter,
    Reply,
    ShowYou,
    Speak,
)
from bunniz_bbs.domain.errors import UsageUnclear
from bunniz_bbs.domain.people import Role
from bunniz_bbs.domain.policy import Action
from bunniz_bbs.domain.words import LANGUAGES
from bunniz_bbs.i18n import N_, Words, words_for
from bunniz_bbs.i18n.people import renamed
from bunniz_bbs.i18n.times import spell_duration

ROLES = {
    Role.GUEST: N_("guest"),
    Role.MEMBER: N_("member"),
    Role.TRUSTED: N_("trusted member"),
    Role.MODERATOR: N_("moderator"),
    Role.SYSOP: N_("sysop"),
}

INVITE_STAYS = timedelta(days=7)
MOST_USES = 100


def role_word(words: Words, role: Role) -> str:
    """A role in the reader's language."""
    return words(ROLES[role])


async def whoami(context: Context, arguments: Arguments) -> Reply:
    """Who one is here."""
    actor = context.actor
    if actor.is_passing:
        told = context.words("You look around as a guest; nobody knows you here.")
        data = {"name": None, "role": actor.role.word, "language": actor.language}
        return Reply([told], data)
    role = role_word(context.words, actor.role)
    return Reply(
        [context.words("You are {name}, {role}.", name=actor.name, role=role)],
        {"name": actor.name, "role": actor.role.word, "language": actor.language},
    )


async def you(context: Context, arguments: Arguments) -> Reply:
    """Who one is here; on a screen, the page of all that is one's own."""
    told = await whoami(context, arguments)
    more = context.words("In line mode, y at home leads to all that is yours.")
    return Reply([*told.lines, more], told.data, ShowYou())


async def rename(context: Context, arguments: Arguments) -> Reply:
    """Take another name."""
    words, wanted = context.words, arguments.text("NAME")
    account = await context.services.naming.rename(context.actor, wanted)
    return Reply([renamed(words, account.name)], {"name": account.name})


async def language(context: Context, arguments: Arguments) -> Reply:
    """Change the language."""
    wanted = arguments.text("LANGUAGE").lower()
    if wanted not in LANGUAGES:
        raise UsageUnclear("/lang " + "|".join(LANGUAGES))
    await context.services.people.set_language(context.actor, wanted)
    words = words_for(wanted)
    return Reply([words("From now on in English.")], {"language": wanted}, Speak(words))


async def rules(context: Context, arguments: Arguments) -> Reply:
    """The house rules."""
    told = [rule[context.words.language] for rule in context.services.house.rules]
    return Reply([f"- {rule}" for rule in told], told)


async def invite(context: Context, arguments: Arguments) -> Reply:
    """Make a code that lets somebody in."""
    words = context.words
    uses = arguments.number("USES") if arguments.text("USES") else 1
    lifetime = arguments.duration("DURATION")
    if lifetime is None:
        allowed = await context.services.invites.allowance(context.actor)
        lifetime = min(INVITE_STAYS, timedelta(days=allowed.days))
    try:
        role = Role.of(arguments.text("ROLE") or "member")
    except KeyError:
        raise UsageUnclear("|".join(role.word for role in Role)) from None
    if not 1 <= uses <= MOST_USES:
        raise UsageUnclear(f"1-{MOST_USES}")
    code = await context.services.invites.create(context.actor, uses, lifetime, role)
    return Reply(
        [
            words("Invite code: {code}", code=code),
            words(
                "It is shown this once and works for {duration}. "
                "Give it in person or over a channel that you trust.",
                duration=spell_duration(words, lifetime),
            ),
        ],
        {"code": code, "uses": uses, "role": role.word},
    )


async def role(context: Context, arguments: Arguments) -> Reply:
    """Change what somebody may do."""
    words = context.words
    try:
        wanted = Role.of(arguments.text("ROLE").strip())
    except KeyError:
        raise UsageUnclear("|".join(role.word for role in Role)) from None
    account = await context.services.people.set_role(
        context.actor, arguments.text("NAME"), wanted
    )
    told = words(
        "{name} is now: {role}.", name=account.name, role=role_word(words, wanted)
    )
    return Reply([told], {"name": account.name, "role": wanted.word})


async def leave_house(context: Context, arguments: Arguments) -> Reply:
    """End the visit."""
    return Reply(effect=Leave())


PEOPLE_COMMANDS = (
    Command(
        "whoami",
        N_("Show who you are here."),
        Action.LOOK_AROUND,
        whoami,
        before_agreeing=True,
    ),
    Command(
        "you",
        N_("Open your page: your name, your keys, and all that is yours here."),
        Action.SET_OWN,
        you,
        Front.SLASH,
    ),
    Command(
        "rename",
        N_("Take another name here; the former one is shown nowhere any more."),
        Action.SET_OWN,
        rename,
        parameters=(Parameter(N_("NAME"), Kind.TEXT),),
    ),
    Command(
        "lang",
        N_("Change the language: fr, nl, en or de."),
        Action.SET_OWN,
        language,
        parameters=(Parameter(N_("LANGUAGE"), Kind.LANGUAGE),),
        before_agreeing=True,
    ),
    Command(
        "rules",
        N_("Show the house rules."),
        Action.LOOK_AROUND,
        rules,
        before_agreeing=True,
    ),
    Command(
        "invite",
        N_("Make a code that lets somebody in, by default once and for 7 days."),
        Action.INVITE,
        invite,
        parameters=(
            Parameter(N_("DURATION"), Kind.DURATION, required=False),
            Parameter(N_("USES"), Kind.NUMBER, required=False, flag="--uses"),
            Parameter(N_("ROLE"), Kind.ROLE, required=False, flag="--role"),
        ),
    ),
    Command(
        "role",
        N_("Change what somebody may do; so a sysop hands over to another."),
        Action.MANAGE_PEOPLE,
        role,
        parameters=(
            Parameter(N_("NAME"), Kind.PERSON),
            Parameter(N_("ROLE"), Kind.ROLE),
        ),
    ),
    Command(
        "quit",
        N_("Leave."),
        Action.LOOK_AROUND,
        leave_house,
        Front.SLASH,
        aliases=("exit", "q"),
    ),
)
