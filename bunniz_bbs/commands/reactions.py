"""Commands for telling an author that one heard them, or thanks them."""

from bunniz_bbs.commands.registry import (
    Arguments,
    Command,
    Context,
    Handler,
    Kind,
    LookAgain,
    Parameter,
    Reply,
)
from bunniz_bbs.domain.policy import Action
from bunniz_bbs.domain.reactions import Kindness, Reaction
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n.reactions import told

_POST = Parameter(N_("POST"), Kind.PLACE)


def kindness_data(kindness: Kindness) -> dict[str, object]:
    """What was said at a post, for machines: numbers for its author alone."""
    return {
        "heard": kindness.heard,
        "thanks": kindness.thanks,
        "said": sorted(kindness.given),
    }


def _says(reaction: Reaction) -> Handler:
    async def run(context: Context, arguments: Arguments) -> Reply:
        thread, number = arguments.post("POST", context.thread)
        given = await context.services.reactions.turn(
            context.actor, thread, number, reaction
        )
        data = {"thread": thread, "post": number, reaction.value: given}
        said = told(context.words, reaction, given=given)
        return Reply([said], data, LookAgain())

    return run


REACTION_COMMANDS = (
    Command(
        "heard",
        N_("Tell a post's author that you heard them; again takes it back."),
        Action.REACT,
        _says(Reaction.HEARD),
        parameters=(_POST,),
    ),
    Command(
        "thanks",
        N_("Thank a post's author; again takes it back."),
        Action.REACT,
        _says(Reaction.THANKS),
        parameters=(_POST,),
    ),
)
