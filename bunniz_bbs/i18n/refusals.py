"""What is said when something is not done: what is so, then what to do."""

from datetime import datetime, timedelta
from typing import Final

from bunniz_bbs.domain import errors
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.i18n.times import spell_duration, until
from bunniz_bbs.i18n.words import N_, Words

SENTENCES: Final[dict[type[BunnizError], str]] = {
    errors.BoardNotFound: N_(
        "No board is called “{name}” for you here. Look at the list of boards."
    ),
    errors.ThreadNotFound: N_("That thread is not there any more."),
    errors.PostNotFound: N_("There is no such post in this thread."),
    errors.DraftNotFound: N_(
        "You have no draft that is called “{name}”; “drafts” shows them."
    ),
    errors.LineNotFound: N_("That line has gone already."),
    errors.RoomNotFound: N_("That works inside a room only. Go into one with /join."),
    errors.PersonNotFound: N_("Nobody here is called “{name}”. Check the spelling."),
    errors.CommandNotFound: N_(
        "There is no command “{name}”. Type help to see what there is."
    ),
    errors.KeyNotFound: N_("None of your keys is called “{label}”; “keys” shows them."),
    errors.NotHere: N_("It does not wait any more: somebody of the team decided."),
    errors.NothingKept: N_(
        "Nothing is kept of you without an account, so nobody can tell which posts are "
        "yours. Ask the team in the porch."
    ),
    errors.NotAgreed: N_(
        "Before you go on there is something to read and to agree to: “terms” shows "
        "it, and with “agree” you agree."
    ),
    errors.DoorClosed: N_("Nobody new is let in at the moment. Come back another day."),
    errors.NotAllowed: N_(
        "Your role does not reach for this here. A moderator can help you."
    ),
    errors.Outranked: N_(
        "{name} has the same role as you or a higher one. Ask a sysop."
    ),
    errors.Banned: N_(
        "A moderator closed the door to this account {until}. The reason given: "
        "{reason}. If you think that this is wrong, ask a person of the team whom you "
        "know."
    ),
    errors.Muted: N_(
        "A moderator muted you {until}. The reason given: {reason}. You can read "
        "everything; nothing that you typed is lost."
    ),
    errors.ThreadLocked: N_(
        "This thread is locked: it takes no more replies. You can begin another one."
    ),
    errors.RoomClosed: N_("This room is not open yet."),
    errors.Unseen: N_(
        "You are hidden, and only those who are seen see who is here. With /show you "
        "are seen, and see them."
    ),
    errors.WaitsForTeam: N_(
        "The team reads posts here before others do, so they cannot be changed "
        "afterwards. You can remove yours and write another."
    ),
    errors.TooManyWait: N_(
        "The team has as much to read as it can for now. Nothing that you typed is "
        "lost; try again tomorrow."
    ),
    errors.PorchFull: N_(
        "The team talks with many people at the moment. Try again in a while."
    ),
    errors.ConversationUnclear: N_(
        "The team talks with one guest at a time here; “queue” shows with whom."
    ),
    errors.UsageUnclear: N_("It goes like this: {usage}"),
    errors.LabelUnclear: N_(
        "“{text}” is not known here. There are: {known}. Where several can be chosen, "
        "write commas between them and no spaces."
    ),
    errors.NotAskedHere: N_(
        "That cannot be asked for on this board. Leave it out, or choose another one."
    ),
    errors.DurationUnclear: N_(
        "“{text}” is not a duration. Write 30s, 10m, 2h, 7d or 1h30m; a year at most."
    ),
    errors.DayUnclear: N_(
        "“{text}” is not a day that has come. Write today, how long ago, such as 7d, "
        "or a day such as 2026-03-01."
    ),
    errors.TerminalNeeded: N_(
        "A full screen needs a terminal. With “ssh -t HOST go PLACE” there is one."
    ),
    errors.TextEmpty: N_("There is nothing to send yet."),
    errors.TextTooLong: N_(
        "This has {length} characters and {limit} fit. Nothing was sent; make it "
        "shorter or send it in parts."
    ),
    errors.TextTooManyLines: N_(
        "This has {lines} lines and {limit} fit. Nothing was sent; make it shorter or "
        "send it in parts."
    ),
    errors.TooLongToKeep: N_(
        "This has {length} characters and {limit} fit. Nothing was changed; make it "
        "shorter."
    ),
    errors.ReasonMissing: N_(
        "A reason is needed; the person reads it. Write it at the end."
    ),
    errors.NameTaken: N_(
        "Somebody is called “{name}” here, or looks the same. Choose another name."
    ),
    errors.CodeRefused: N_(
        "This code was used or has expired, or it was copied wrong. Ask the person "
        "who gave it to you for another."
    ),
    errors.KeyTaken: N_(
        "This key opens an account already. Take another one for another account."
    ),
    errors.KeyUnfit: N_("This key is not accepted: {why}."),
    errors.LastKey: N_(
        "This is your only key, and you have no recovery codes: without it you could "
        "not come back. Make recovery codes first, or add another key."
    ),
    errors.TooMany: N_("There is room for {limit} of these. Take one away first."),
    errors.TooFast: N_(
        "That was quick. Wait {seconds}; nothing that you typed is lost."
    ),
    errors.OnlySysop: N_(
        "You are the only sysop, and without one nobody could run this place. First "
        "make another one with: role NAME sysop."
    ),
    errors.NotConfirmed: N_(
        "Nothing was changed. To leave for good, type your own name as it is here."
    ),
    errors.LifeUnfit: N_(
        "Here something can go after {shortest} at the soonest, and after {longest} at "
        "the latest. Nothing was sent; choose another time."
    ),
    errors.EndFixed: N_(
        "Whoever began this thread said when it goes, and nobody can lengthen that."
    ),
    errors.AlreadyDone: N_("It is so already."),
    errors.HouseDivided: N_(
        "The line between our servers is down at the moment, and not everybody would "
        "read this. Nothing was sent; try again in a minute, your words are still here."
    ),
    errors.StoreDown: N_(
        "The server cannot keep anything at the moment, so nothing was sent. Copy "
        "what you wrote and try again in a minute."
    ),
}

NAME_RULES: Final = {
    "length": N_("A name has 2 to 20 characters. Choose another one."),
    "letters": N_(
        "A name has a letter at least, and else letters, digits, spaces and - _ . ' "
        "only. Choose another one."
    ),
    "scripts": N_(
        "A name is written in one alphabet and does not look like another one, so that "
        "nobody is taken for somebody else. Choose another one."
    ),
    "edges": N_(
        "A name begins and ends with a letter or a digit, and has one sign at a time "
        "between them. Choose another one."
    ),
    "reserved": N_("This name is kept for the house. Choose another one."),
}

NEWCOMER_RULES: Final = {
    "links": N_(
        "While you are new here a post has room for {limit} links. Take one out, "
        "or ask somebody to vouch for you; nothing that you typed is lost."
    ),
    "mentions": N_(
        "While you are new here a post can mean {limit} people with @. Take one "
        "out, or ask somebody to vouch for you; nothing that you typed is lost."
    ),
    "threads": N_(
        "While you are new here you can begin {limit} threads a day. Wait "
        "{seconds}, or ask somebody to vouch for you; nothing that you typed is lost."
    ),
    "replies": N_(
        "While you are new here you can reply {limit} times a day. Wait "
        "{seconds}, or ask somebody to vouch for you; nothing that you typed is lost."
    ),
    "pause": N_(
        "While you are new here there is a pause between posts. Wait {seconds}; "
        "nothing that you typed is lost."
    ),
}

SEARCHES: Final = {
    "nothing": N_(
        "There is nothing to look for yet. Type words, or “words in a row”; ? tells "
        "more."
    ),
    "without": N_(
        "That only says what is not to be there. Type a word that is to be there too."
    ),
    "empty": N_(
        "Something is missing after “{text}”. Write it right behind the colon, without "
        "a space."
    ),
    "long": N_("A search has room for {text} characters. Take a few words only."),
    "many": N_("A search has room for {text} words. Take a few only."),
    "lang": N_("“{text}” is no language here. Write fr, nl, en or de after “lang:”."),
    "since": N_(
        "“{text}” is no time to begin at. Write “since:7d”, or a day such as "
        "“since:2026-03-31”."
    ),
}
"""Why it cannot be told what somebody looks for."""

LONGEST_NAME: Final = 40
"""Characters that are said back of a name that was typed."""

NO_ROOM: Final = N_("No room is called “{name}” for you here. Type /rooms for a list.")
SUGGESTION: Final = N_("There is no command “{name}”. Did you mean “{suggestion}”?")


def refusal(words: Words, error: BunnizError) -> str:
    """One or two sentences: what is so, and what to do."""
    values = _values(words, error)
    match error:
        case errors.NameUnfit(rule=rule):
            return words(NAME_RULES[rule])
        case errors.NewHere(rule=rule):
            return words(NEWCOMER_RULES[rule], **values)
        case errors.SearchUnclear(kind=kind):
            return words(SEARCHES[kind], **values)
        case errors.RoomNotFound(name=name) if name:
            return words(NO_ROOM, **values)
        case errors.CommandNotFound(suggestion=suggestion) if suggestion:
            return words(SUGGESTION, **values)
    return words(SENTENCES[type(error)], **values)


def _values(words: Words, error: BunnizError) -> dict[str, object]:
    """What the sentence needs, as it is said."""
    values: dict[str, object] = dict(vars(error))
    for name, value in values.items():
        match name, value:
            case "until", datetime() | None:
                values[name] = until(words, value)
            case "seconds" | "shortest" | "longest", int():
                values[name] = spell_duration(words, timedelta(seconds=max(1, value)))
            case "name" | "text", str() if len(value) > LONGEST_NAME:
                values[name] = value[:LONGEST_NAME] + "…"
    return values
