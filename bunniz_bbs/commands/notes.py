"""Commands about private notes on people."""

from collections.abc import Sequence

from bunniz_bbs.commands.registry import (
    Arguments,
    Command,
    Context,
    Kind,
    Parameter,
    Reply,
)
from bunniz_bbs.domain.errors import UsageUnclear
from bunniz_bbs.domain.policy import Action
from bunniz_bbs.domain.text import printable
from bunniz_bbs.i18n import N_, Words


async def note(context: Context, arguments: Arguments) -> Reply:
    """One's note on somebody: shown, kept or removed."""
    notes, words, actor = context.services.notes, context.words, context.actor
    typed = f"{arguments.text('NAME')} {arguments.text('TEXT')}"
    name, text = await notes.addressee(actor, typed)
    removed = bool(arguments.text("REMOVE"))
    if not name or (removed and text):
        raise UsageUnclear(arguments.usage)
    if removed:
        account = await notes.write(actor, name, "")
        said = words("You have no note on {name} any more.", name=account.name)
        return Reply([said], {"name": account.name, "note": None})
    if text:
        account = await notes.write(actor, name, text)
        kept = await notes.on(actor, account.id)
        said = words("Noted, for you alone.")
        return Reply([said], {"name": account.name, "note": kept})
    found = await notes.read(actor, name)
    return Reply(note_lines(words, found), {"name": name, "note": found or None})


def note_lines(words: Words, text: str) -> Sequence[str]:
    """One's own note on somebody, as words."""
    if not text:
        return [words("You have no note on this person.")]
    return [words("Your note: {text}", text=printable(text))]


async def notes(context: Context, arguments: Arguments) -> Reply:
    """All of one's notes."""
    found = await context.services.notes.all(context.actor)
    lines = [f"{printable(one.name)} - {printable(one.text)}" for one in found]
    empty = context.words(
        "You have no notes on people. Write one with: {command}",
        command="note " + context.words("NAME") + " " + context.words("TEXT"),
    )
    data = [{"name": one.name, "note": one.text} for one in found]
    return Reply(lines or [empty], data)


NOTE_COMMANDS = (
    Command(
        "note",
        N_("Show or write a note on somebody, for you alone; --remove removes it."),
        Action.KEEP_NOTES,
        note,
        parameters=(
            Parameter(N_("NAME"), Kind.PERSON),
            Parameter(N_("TEXT"), Kind.TEXT, required=False),
            Parameter(N_("REMOVE"), Kind.SWITCH, required=False, flag="--remove"),
        ),
    ),
    Command(
        "notes",
        N_("Show all your private notes on people."),
        Action.KEEP_NOTES,
        notes,
    ),
)
