"""Commands about who let whom in, who believes whom, and who speaks for whom."""

from collections.abc import Sequence
from typing import Final

from bunniz_bbs.commands.moderation import addressed
from bunniz_bbs.commands.notes import note_lines
from bunniz_bbs.commands.people import role_word
from bunniz_bbs.commands.registry import (
    Arguments,
    Command,
    Context,
    Front,
    Kind,
    Parameter,
    Reply,
    ShowInvites,
)
from bunniz_bbs.domain.people import Actor, Role
from bunniz_bbs.domain.policy import Action
from bunniz_bbs.domain.team import Badge
from bunniz_bbs.domain.text import printable
from bunniz_bbs.i18n import N_, Words
from bunniz_bbs.i18n.door import NAMES
from bunniz_bbs.services.invites import Allowance
from bunniz_bbs.services.trust import Person, Standing

DAYS: Final = (1, 3, 7, 30)
"""How long a code can be made to last, as far as the house allows it."""
BADGE_SAYS: Final = N_("A badge says that we checked on that date, nothing more.")
VOUCH_SAYS: Final = N_(
    "You vouch for {name}. That says: I believe this person does or did sex work and "
    "will keep the rules. It does not say: I guarantee it. Only moderators see who "
    "vouched, and it is forgotten after 90 days."
)


def allowance_text(words: Words, allowed: Allowance) -> str:
    """How many codes somebody has and may have."""
    if not allowed.may:
        return words("You cannot invite here. A moderator can make a code for you.")
    told = words.many(
        "{n} of your codes can still be used.",
        "{n} of your codes can still be used.",
        allowed.open,
    )
    if allowed.most is None:
        return told
    return told + " " + words("There can be {limit} at a time.", limit=allowed.most)


def lifetimes(actor: Actor, allowed: Allowance) -> Sequence[int]:
    """The days that somebody can let a code last, to choose from."""
    if not allowed.may:
        return ()
    if actor.role >= Role.MODERATOR:
        return DAYS
    return sorted({one for one in DAYS if one <= allowed.days} | {allowed.days})


async def invites(context: Context, arguments: Arguments) -> Reply:
    """How many codes one has; the codes themselves are shown once, when made."""
    allowed = await context.services.invites.allowance(context.actor)
    return Reply(
        [allowance_text(context.words, allowed)],
        {"may": allowed.may, "open": allowed.open, "most": allowed.most},
        ShowInvites() if context.front is Front.SLASH else None,
    )


async def uninvite(context: Context, arguments: Arguments) -> Reply:
    """Make all of one's codes useless."""
    count = await context.services.invites.withdraw_all(context.actor)
    return Reply([withdrawn(context.words, count)], {"withdrawn": count})


def withdrawn(words: Words, count: int) -> str:
    """What is said when somebody withdrew their codes."""
    return words.many(
        "{n} code can be used no more.", "{n} codes can be used no more.", count
    )


async def vouch(context: Context, arguments: Arguments) -> Reply:
    """Say that one believes somebody."""
    trust, name = context.services.trust, arguments.text("NAME")
    account = await trust.vouch(context.actor, name)
    return Reply([context.words(VOUCH_SAYS, name=account.name)], {"name": account.name})


async def unvouch(context: Context, arguments: Arguments) -> Reply:
    """Take one's vouch back."""
    trust, name = context.services.trust, arguments.text("NAME")
    account = await trust.unvouch(context.actor, name)
    said = context.words("You do not vouch for {name} any more.", name=account.name)
    return Reply([said], {"name": account.name})


async def whois(context: Context, arguments: Arguments) -> Reply:
    """What somebody shows of themselves."""
    trust, name = context.services.trust, arguments.text("NAME")
    person = await trust.person(context.actor, name)
    note = await context.services.notes.on(context.actor, person.account.id)
    lines = _person_lines(context.words, person)
    lines += note_lines(context.words, note) if note else []
    return Reply(lines, _person_data(person) | {"note": note or None})


def _person_lines(words: Words, person: Person) -> list[str]:
    account, badge = person.account, person.badge
    lines = [printable(account.name)]
    if account.pronouns:
        lines.append(words("Pronouns: {text}", text=printable(account.pronouns)))
    if account.speaks:
        spoken = ", ".join(NAMES[one] for one in account.speaks)
        lines.append(words("Speaks: {text}", text=spoken))
    if account.role >= Role.MODERATOR or person.standing:
        lines.append(words("Role: {role}", role=role_word(words, account.role)))
    if badge:
        lines += [words("Badge: {text}", text=printable(badge.mark)), words(BADGE_SAYS)]
    if person.standing:
        lines += _standing_lines(words, person.standing)
    return lines


def _standing_lines(words: Words, standing: Standing) -> Sequence[str]:
    """What moderators alone read; it is forgotten after a time."""
    nobody = words("nobody, or it is forgotten")
    lines = [
        words("Came through: {text}", text=printable(standing.inviter or nobody)),
        words("Vouched for by: {text}", text=", ".join(standing.vouchers) or nobody),
    ]
    if day := standing.trusted_from:
        lines.append(words("Can become trusted from {date} on.", date=day.isoformat()))
    return lines


def badge_data(badge: Badge | None) -> dict[str, object] | None:
    """A badge for machines; None: there is none."""
    if badge is None:
        return None
    given = badge.given_on and badge.given_on.isoformat()
    return {"organisation": badge.organisation, "given_on": given}


def _person_data(person: Person) -> dict[str, object]:
    account, standing = person.account, person.standing
    data: dict[str, object] = {
        "name": account.name,
        "pronouns": account.pronouns,
        "speaks": list(account.speaks),
        "badge": badge_data(person.badge),
    }
    if account.role >= Role.MODERATOR or standing:
        data["role"] = account.role.word
    if standing:
        day = standing.trusted_from
        data |= {
            "inviter": standing.inviter,
            "vouchers": list(standing.vouchers),
            "trusted_from": day and day.isoformat(),
        }
    return data


async def badge(context: Context, arguments: Arguments) -> Reply:
    """Propose an organisation's badge, or confirm what another proposed."""
    words, service = context.words, context.services.badges
    if not arguments.text("NAME"):
        found = await service.proposed(context.actor)
        lines = [
            f"{printable(name)} - {printable(one.organisation)}" for name, one in found
        ]
        empty = words("No badge waits for a second one of the team.")
        data = [{"name": name, **(badge_data(one) or {})} for name, one in found]
        return Reply(lines or [empty], data)
    name, given = await addressed(context, arguments, _BADGED, (_ORGANISATION,))
    made = await service.give(context.actor, name, given.text("ORGANISATION"))
    values = {"name": name, "organisation": made.organisation}
    if made.given_on is None:
        said = words(
            "You propose that {name} has a badge of {organisation}. It shows once "
            "another one of the team says the same.",
            **values,
        )
    else:
        said = words("{name} has a badge of {organisation} now.", **values)
    return Reply([said], {"name": name, **(badge_data(made) or {})})


async def unbadge(context: Context, arguments: Arguments) -> Reply:
    """Take a badge away."""
    name = arguments.text("NAME")
    gone = await context.services.badges.remove(context.actor, name)
    said = context.words(
        "{name} has no badge of {organisation} any more.",
        name=name,
        organisation=gone.organisation,
    )
    return Reply([said], {"name": name})


_WHO: Final = Parameter(N_("NAME"), Kind.TEXT)
_BADGED: Final = Parameter(N_("NAME"), Kind.PERSON, required=False)
_ORGANISATION: Final = Parameter(N_("ORGANISATION"), Kind.TEXT, required=False)

TRUST_COMMANDS = (
    Command(
        "invites",
        N_("Show how many of your invite codes can still be used."),
        Action.INVITE,
        invites,
    ),
    Command(
        "uninvite",
        N_("Make all of your unused invite codes useless."),
        Action.INVITE,
        uninvite,
    ),
    Command(
        "whois",
        N_("Show what somebody shows of themselves."),
        Action.SEE_PERSON,
        whois,
        parameters=(_WHO,),
        aliases=("person",),
    ),
    Command(
        "vouch",
        N_("Say that you believe somebody to belong here."),
        Action.VOUCH,
        vouch,
        parameters=(_WHO,),
    ),
    Command(
        "unvouch",
        N_("Take back that you vouched for somebody."),
        Action.VOUCH,
        unvouch,
        parameters=(_WHO,),
    ),
    Command(
        "badge",
        N_("Give somebody an organisation's badge; it takes two of the team."),
        Action.BADGE,
        badge,
        parameters=(_BADGED, _ORGANISATION),
    ),
    Command(
        "unbadge",
        N_("Take an organisation's badge away."),
        Action.BADGE,
        unbadge,
        parameters=(_WHO,),
    ),
)
