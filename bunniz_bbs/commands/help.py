"""Help, made from the registry itself so that it cannot lie."""

from bunniz_bbs.commands.registry import (
    Arguments,
    Command,
    Context,
    Front,
    Kind,
    Parameter,
    Reply,
    ShowHelp,
)
from bunniz_bbs.domain.policy import Action
from bunniz_bbs.i18n import N_


async def show(context: Context, arguments: Arguments) -> Reply:
    """All commands that the reader can use, or one of them."""
    words, front = context.words, context.front
    wanted = arguments.text("COMMAND").removeprefix("/")
    if wanted:
        one = context.registry.find(wanted, front, context.actor)
        shown: list[Command] = [one]
    elif front is Front.SLASH:
        return Reply(effect=ShowHelp())
    else:
        shown = list(context.registry.offered(front, context.actor))
    lines = []
    for command in shown:
        lines += [command.usage(words, front), "    " + words(command.summary)]
    if not wanted:
        lines += [
            "go " + words("PLACE"),
            "    " + words("Open a board, a thread or a room on the full screen."),
            "plain [" + words("PLACE") + "]",
            "    " + words("Come in in plain lines, for screen readers and bad lines."),
            "",
            words("Add --json to any command for output that programs can read."),
        ]
    return Reply(
        lines,
        [
            {"usage": command.usage(words, front), "summary": words(command.summary)}
            for command in shown
        ],
    )


HELP_COMMANDS = (
    Command(
        "help",
        N_("Show what can be asked for, or how one command works."),
        Action.LOOK_AROUND,
        show,
        parameters=(Parameter(N_("COMMAND"), Kind.COMMAND, required=False),),
        before_agreeing=True,
    ),
)
