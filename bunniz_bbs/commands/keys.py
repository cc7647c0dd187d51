"""Commands about one's keys, and about letting another one in."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Final

from bunniz_bbs.commands.registry import (
    Arguments,
    Command,
    Context,
    Front,
    Kind,
    Parameter,
    Reply,
    ShowKeys,
)
from bunniz_bbs.domain.errors import CodeRefused, KeyTaken, NotAllowed, UsageUnclear
from bunniz_bbs.domain.keys import CodeKind, Key
from bunniz_bbs.domain.policy import Action
from bunniz_bbs.i18n import N_, words_for
from bunniz_bbs.i18n import keys as said
from bunniz_bbs.i18n.connecting import about_fingerprint, recipes
from bunniz_bbs.i18n.times import spell_duration
from bunniz_bbs.services.keys import DEVICE_CODE_STAYS, handle
from bunniz_bbs.services.squares import square

USAGE: Final = "keys [add|label|revoke|code|recovery|stop|reset]"
LONGEST_CODE: Final = 200
"""Characters of a code that are looked at."""


async def keys(context: Context, arguments: Arguments) -> Reply:
    """One's keys, or what is done with them."""
    what = arguments.text("WHAT").lower() or "list"
    if what not in _DOINGS:
        raise UsageUnclear(USAGE)
    return await _DOINGS[what](context, arguments.text("TEXT").strip())


async def _list(context: Context, text: str) -> Reply:
    services, words, actor = context.services.keys, context.words, context.actor
    now = context.services.clock.now()
    found = await services.list(actor)
    left = await services.recovery_left(actor)
    pending = await services.pending_reset(actor)
    lines = []
    for one in found:
        parts = [said.called(words, one), said.added(words, one)]
        parts.append(said.used(words, one, now))
        if one.digest == context.key:
            parts.append(words("the key of this visit"))
        lines.append(f"{handle(one)}  " + ", ".join(parts))
    lines.append(said.recovery_left(words, left))
    if pending:
        lines.append(said.reset_pending(words, pending))
    data = {
        "keys": [_data(one, context) for one in found],
        "recovery_codes_left": left,
        "reset_good_from": pending.isoformat() if pending else None,
    }
    return Reply(lines, data, ShowKeys())


def _data(key: Key, context: Context) -> dict[str, object]:
    return {
        "id": handle(key),
        "label": key.label,
        "added_in": f"{key.added_in:%Y-%m}" if key.added_in else None,
        "used_in": f"{key.used_in:%G-W%V}" if key.used_in else None,
        "this": key.digest == context.key,
    }


async def _add(context: Context, label: str) -> Reply:
    if context.front is Front.SLASH:
        raise UsageUnclear("ssh HOST keys add LABEL < KEY.pub")
    key = await context.services.keys.add(context.actor, await context.body(), label)
    told = context.words(
        "{id}  {label}: this key opens your account from now on.",
        id=handle(key),
        label=said.called(context.words, key),
    )
    return Reply([told], _data(key, context))


async def _label(context: Context, text: str) -> Reply:
    which, _, label = text.partition(" ")
    if not which:
        raise UsageUnclear("keys label KEY LABEL")
    key = await context.services.keys.label(context.actor, which, label)
    called = said.called(context.words, key)
    told = context.words("{id} is called “{label}” now.", id=handle(key), label=called)
    return Reply([told], _data(key, context))


async def _revoke(context: Context, which: str) -> Reply:
    if not which:
        raise UsageUnclear("keys revoke KEY")
    key = await context.services.keys.revoke(context.actor, which)
    told = context.words(
        "{id}  {label}: this key opens your account no more; its visits have ended.",
        id=handle(key),
        label=said.called(context.words, key),
    )
    return Reply([told], _data(key, context))


async def _code(context: Context, text: str) -> Reply:
    code, until = await context.services.keys.device_code(context.actor)
    words = context.words
    lines = [words("Code: {code}", code=code), said.about_device_code(words)]
    seconds = int(DEVICE_CODE_STAYS.total_seconds())
    return Reply(lines, {"code": code, "until": until.isoformat(), "seconds": seconds})


async def _recovery(context: Context, text: str) -> Reply:
    codes = await context.services.keys.recovery_codes(context.actor)
    words = context.words
    lines = [said.shown_once(words)]
    lines += [f"{number}. {code}" for number, code in enumerate(codes, 1)]
    return Reply([*lines, *said.about_recovery(words)], {"codes": list(codes)})


async def _stop(context: Context, text: str) -> Reply:
    stopped = await context.services.keys.stop_reset(context.actor)
    words = context.words
    told = (
        words("Stopped: that code is useless now.")
        if stopped
        else words("There is nothing to stop.")
    )
    return Reply([told], {"stopped": stopped})


async def _reset(context: Context, name: str) -> Reply:
    if not name:
        raise UsageUnclear("keys reset NAME")
    account, code, good_from = await context.services.keys.reset(context.actor, name)
    words = context.words
    wait: timedelta = good_from - context.services.clock.now()
    hours = timedelta(hours=round(wait.total_seconds() / 3600))
    return Reply(
        [
            words("Code for {name}: {code}", name=account.name, code=code),
            words(
                "It works after {duration}, for 7 days. All visits of the account are "
                "told and can stop it. Give it to the person whom you know, by no one "
                "else.",
                duration=spell_duration(words, hours),
            ),
        ],
        {"name": account.name, "code": code, "good_from": good_from.isoformat()},
    )


_DOINGS: Final[Mapping[str, Callable[[Context, str], Awaitable[Reply]]]] = {
    "list": _list,
    "add": _add,
    "label": _label,
    "revoke": _revoke,
    "code": _code,
    "recovery": _recovery,
    "stop": _stop,
    "reset": _reset,
}


async def redeem(context: Context, arguments: Arguments) -> Reply:
    """Let the key of this visit open the account that a code is of."""
    if not context.actor.is_passing:
        raise KeyTaken
    if context.key is None:
        raise NotAllowed
    code = arguments.text("CODE") or await context.body()
    opened = await context.services.keys.open_with(context.key, code[:LONGEST_CODE])
    if opened is None:
        raise CodeRefused
    account, device = opened.account, opened.kind is CodeKind.DEVICE
    words = words_for(account.language)
    told = said.came_back(words, account.name, device=device, left=opened.left)
    data = {
        "name": account.name,
        "kind": opened.kind.value,
        "recovery_codes_left": opened.left,
    }
    return Reply([told], data)


async def connect(context: Context, arguments: Arguments) -> Reply:
    """How one connects with each client, and the host key's fingerprint."""
    words, fingerprint = context.words, context.services.keys.fingerprint
    lines = []
    address = context.services.whereabouts.address
    clients = recipes(words, address)
    for title, steps in clients:
        lines += [title, *(f"  {step}" for step in steps), ""]
    ascii_only = arguments.text("SIGNS").lower() == "ascii"
    lines += [about_fingerprint(words), fingerprint]
    lines += square(fingerprint, unicode=not ascii_only)
    data = {
        "host": address.host or None,
        "port": address.port,
        "fingerprint": fingerprint,
        "clients": dict(clients),
    }
    return Reply(lines, data)


KEY_COMMANDS = (
    Command(
        "keys",
        N_("Show your keys, or: code, add, label, revoke, recovery, stop."),
        Action.MANAGE_OWN_KEYS,
        keys,
        parameters=(
            Parameter(N_("WHAT"), Kind.PLACE, required=False),
            Parameter(N_("TEXT"), Kind.TEXT, required=False),
        ),
    ),
    Command(
        "redeem",
        N_("Let this key into your account, with a device, recovery or reset code."),
        Action.LOOK_AROUND,
        redeem,
        Front.VERB,
        parameters=(Parameter(N_("CODE"), Kind.TEXT, required=False),),
    ),
    Command(
        "connect",
        N_("Show how to connect with each client, and the host key's fingerprint."),
        Action.LOOK_AROUND,
        connect,
        parameters=(Parameter(N_("SIGNS"), Kind.PLACE, required=False),),
    ),
)
