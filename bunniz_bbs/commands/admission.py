"""Commands about what everybody agrees to, and about who runs this place."""

from typing import Final

from bunniz_bbs.commands.registry import (
    Arguments,
    Command,
    Context,
    Kind,
    Parameter,
    Reply,
    ShowAgreements,
)
from bunniz_bbs.domain.admission import ConsentKind
from bunniz_bbs.domain.errors import UsageUnclear
from bunniz_bbs.domain.policy import Action
from bunniz_bbs.i18n import N_, Words
from bunniz_bbs.i18n import door as said
from bunniz_bbs.i18n.times import month

USAGE: Final = "agree terms|adult|special"
LEAVE: Final = "leave-for-good"


async def about(context: Context, arguments: Arguments) -> Reply:
    """Who answers for this place, and what it can and cannot protect."""
    words, operator = context.words, context.services.house.admission.operator
    told = [*said.operator(words, operator), *said.limits(words)]
    data = {"name": operator.name, "contact": operator.contact}
    if operator.authorities:
        data["authorities"] = operator.authorities
        told.insert(-len(said.limits(words)), _authorities(words, operator.authorities))
    return Reply(told, data)


def _authorities(words: Words, contact: str) -> str:
    return words("For authorities: {contact}", contact=contact)


async def terms(context: Context, arguments: Arguments) -> Reply:
    """The rules and the terms, and what is new in them."""
    words, house = context.words, context.services.house
    admission = house.admission
    passing = context.actor.is_passing
    had = 0 if passing else await context.services.admission.terms_of(context.actor)
    new = said.changes(words, admission, had)
    told = said.terms(words, admission)
    version = admission.terms.version
    lines = [words("Terms, version {n}", n=version)]
    lines += [words("What is new in the terms"), *new] if new else []
    lines += [*said.rules(words, house), *told]
    data = {
        "version": version,
        "agreed_to": had or None,
        "changed": list(new),
        "rules": [one[words.language] for one in house.rules],
        "text": list(told),
    }
    return Reply(lines, data)


async def agree(context: Context, arguments: Arguments) -> Reply:
    """Agree to one thing that everybody agrees to, or see what is missing."""
    words, admission = context.words, context.services.admission
    wanted = arguments.text("WHAT").lower()
    if not wanted:
        missing = await admission.missing(context.actor)
        lines = [_asked(words, kind) for kind in missing]
        data = {"missing": [kind.value for kind in missing]}
        return Reply(lines or [words("You have agreed to everything.")], data)
    try:
        kind = ConsentKind(wanted)
    except ValueError:
        raise UsageUnclear(USAGE) from None
    agreed = {kind: admission.rules.present(kind)}
    missing = await admission.agree(context.actor, agreed)
    lines = [words("Noted: {what}.", what=said.consent_title(words, kind))]
    lines += [_asked(words, one) for one in missing]
    return Reply(lines, {"agreed": wanted, "missing": [one.value for one in missing]})


def _asked(words: Words, kind: ConsentKind) -> str:
    """What is agreed to, and how."""
    what = " ".join(said.about_consent(words, kind))
    what = what or words("Read the rules and the terms with: terms")
    how = words("If you agree: {command}", command=f"agree {kind.value}")
    return f"{what} {how}"


async def agreements(context: Context, arguments: Arguments) -> Reply:
    """What one agreed to, and when, and how it is taken back."""
    words = context.words
    found = await context.services.admission.consents(context.actor)
    lines = [
        words(
            "{what}, version {n}: agreed in {month}",
            what=said.consent_title(words, one.kind),
            n=one.version,
            month=month(words, one.given_in),
        )
        for one in found
    ]
    lines.append(said.about_withdrawing(words))
    lines.append(words("To do that: {command}", command=LEAVE))
    data = [
        {
            "what": one.kind.value,
            "version": one.version,
            "given_in": f"{one.given_in:%Y-%m}",
        }
        for one in found
    ]
    return Reply(lines, data, ShowAgreements())


ADMISSION_COMMANDS = (
    Command(
        "about",
        N_("Show who answers for this place, and what it cannot protect."),
        Action.LOOK_AROUND,
        about,
        before_agreeing=True,
    ),
    Command(
        "terms",
        N_("Show the house rules and the terms, and what is new in them."),
        Action.LOOK_AROUND,
        terms,
        before_agreeing=True,
    ),
    Command(
        "agree",
        N_("Agree to what everybody here agrees to: terms, adult or special."),
        Action.SET_OWN,
        agree,
        parameters=(Parameter(N_("WHAT"), Kind.TEXT, required=False),),
        before_agreeing=True,
    ),
    Command(
        "agreements",
        N_("Show what you agreed to, and how to take it back."),
        Action.SET_OWN,
        agreements,
        before_agreeing=True,
    ),
)
