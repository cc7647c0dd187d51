"""What somebody takes with them: all that is theirs, as JSON can hold it."""

from collections.abc import Sequence
from datetime import date, datetime

from bunniz_bbs.domain.choices import Choices
from bunniz_bbs.domain.drafts import Draft
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.keys import CodeKind
from bunniz_bbs.domain.labels import in_order
from bunniz_bbs.domain.own import WrittenPost
from bunniz_bbs.domain.people import Account
from bunniz_bbs.domain.rooms import Line, base_of
from bunniz_bbs.domain.team import HeldPost
from bunniz_bbs.services.mentions import under_names
from bunniz_bbs.services.notes import Note
from bunniz_bbs.store.ports import Transaction


async def everything(
    tx: Transaction,
    account: Account,
    notes: Sequence[Note],
    drafts: Sequence[Draft],
    lines: Sequence[Line],
    now: datetime,
) -> dict[str, object]:
    """All that is one's own but posts, with no digest and no moment finer than needed.

    Args:
        tx: Where it is read.
        account: Whose.
        notes: What they noted on others.
        drafts: What they began and did not send.
        lines: What they said in rooms that is still there.
        now: The moment.
    """
    one = account.id
    badge = await tx.badges.get(one)
    standing = await tx.restrictions.on(one, now) or ("", ())
    counts = await tx.own.counts(one, ["invited.account", "barred_keys.account"])
    return {
        "made_at": _minute(now),
        "account": _account(account),
        "profile": {
            "pronouns": account.pronouns,
            "languages": list(account.speaks),
            "hidden_in_rooms": account.hidden,
        },
        "keys": [
            {
                "label": key.label,
                "added_in": _month(key.added_in),
                "used_in": _week(key.used_in),
            }
            for key in await tx.keys.of(one)
        ],
        "codes": {
            kind.value: len(await tx.codes.of(one, kind, now)) for kind in CodeKind
        },
        "agreed": [
            {
                "what": given.kind.value,
                "version": given.version,
                "given_in": _month(given.given_in),
            }
            for given in await tx.consents.of(one)
        ],
        "badge": badge
        and {"organisation": badge.organisation, "given_on": _day(badge.given_on)},
        "vouches_for": [
            {"name": vouch.name, "given_in": _week(vouch.given_on)}
            for vouch in await tx.own.vouches(one)
        ],
        "invite_codes": await tx.invites.count_of(one, now),
        "came_by_invite": counts["invited.account"] > 0,
        "people_invited": len(await tx.invited.by(one)),
        "restrictions": [
            {
                "what": held.kind.value,
                "reason": held.reason,
                "until": held.until and _minute(held.until),
            }
            for held in standing[1]
        ],
        "barred_keys": counts["barred_keys.account"],
        "moderators_log": [
            {
                "act": entry.act.value,
                "month": _month(entry.at),
                "until": entry.until and _minute(entry.until),
                "reason": entry.reason,
            }
            for entry in await tx.log.about(one)
        ],
        "notes": [{"about": note.name, "text": note.text} for note in notes],
        "drafts": [
            {
                "place": draft.place,
                "title": draft.title,
                "text": draft.body,
                "saved_at": _minute(draft.saved_at),
            }
            for draft in drafts
        ],
        "waiting_posts": [
            {
                "board": post.board,
                "thread": post.thread,
                "title": post.title,
                "text": post.body,
                "warnings": list(in_order(post.labels.warnings)),
                "asks_for": post.labels.ask,
                "language": post.labels.language,
                "goes_at": post.goes_at and _minute(post.goes_at),
                "sent_at": _minute(post.sent_at),
            }
            for post in await _held(tx, account)
        ],
        "read_up_to": {
            str(mark.thread): mark.number for mark in await tx.own.reads(one)
        },
        "unread_that_means_you": _places(await tx.mentions.of(one)),
        "bookmarks": _places(
            [(kept.thread.id, kept.post.number) for kept in await tx.bookmarks.of(one)]
        ),
        "reactions": [
            {"thread": thread, "number": number, "said": sorted(said)}
            for thread, number, said in await tx.reactions.of(one)
        ],
        "follows": {
            str(thread): wanted for thread, wanted in (await tx.follows.of(one)).items()
        },
        "quiet_boards": sorted(await tx.quiet_boards.of(one)),
        "choices": _choices(await tx.choices.get(one)),
        "lines_in_rooms": [
            {
                "room": base_of(line.room),
                "text": line.text,
                "at": _minute(line.sent_at),
            }
            for line in lines
        ],
    }


def _choices(choices: Choices) -> dict[str, object]:
    return {
        "open": list(in_order(choices.opens)),
        "fold": list(in_order(choices.folds)),
        "hide": list(in_order(choices.hides)),
        "read_in": list(choices.languages),
    }


async def _held(tx: Transaction, account: Account) -> Sequence[HeldPost]:
    return await under_names(tx, await tx.held.by(account.id), account.language)


def post_data(post: WrittenPost) -> dict[str, object]:
    """A post of one's own, with names in place of accounts."""
    return {
        "board": post.board,
        "thread": post.thread,
        "title": post.title,
        "number": post.number,
        "at": _minute(post.created_at),
        "edited": post.edited,
        "goes_at": post.goes_at and _minute(post.goes_at),
        "text": post.body,
        "warnings": list(in_order(post.warnings)),
    }


def _account(account: Account) -> dict[str, object]:
    return {
        "name": account.name,
        "role": account.role.word,
        "language": account.language,
        "unread_from": _day(account.read_floor),
        "waiting": account.waiting,
        "sees_unanswered": account.answers,
        "trusted_from": _day(account.settles_on),
        "new_until": _day(account.new_until),
    }


def _places(posts: Sequence[tuple[ThreadId, int]]) -> list[dict[str, int]]:
    return [{"thread": thread, "number": number} for thread, number in posts]


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%MZ}"


def _month(when: date | None) -> str | None:
    return f"{when:%Y-%m}" if when else None


def _week(when: date | None) -> str | None:
    return f"{when:%G-W%V}" if when else None


def _day(when: date | None) -> str | None:
    return when.isoformat() if when else None
