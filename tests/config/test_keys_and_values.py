"""Mistakes within one part of boards.yaml: where they stand and how they are told."""

from pathlib import Path

import pytest

from bunniz_bbs.config.load import load_house
from tests.config.small import SMALL, said, save, spoilt


def test_the_small_file_is_right(tmp_path: Path):
    """What the other tests spoil loads without a mistake."""
    house = load_house(save(tmp_path, SMALL))

    assert list(house.boards) == ["guide", "money"]
    assert list(house.rooms) == ["lounge"]


class TestKeys:
    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            ("version:", "verzion:", "1: verzion: {}; did you mean `version`?"),
            ("house_rules:", "rules:", "3: rules: {}; did you mean `house_rules`?"),
            ("name: small", "Name: small", "2: Name: {}; did you mean `name`?"),
            (
                "title: {fr: Acc",
                "titel: {fr: Acc",
                "20: boards.guide.titel: {}; did you mean `title`?",
            ),
            (
                "reply: none\n    ttl_days",
                "reply: none\n    ttl_dayz",
                "25: boards.guide.ttl_dayz: {}; did you mean `ttl_days`?",
            ),
            (
                "post: member\n",
                "post: member\n    history_minute: 5\n",
                "32: boards.money.history_minute: {}",
            ),
            (
                "about: {fr: Un, nl: Een, en: One, de: Eins}\n    read",
                "abuot: {fr: Un, nl: Een, en: One, de: Eins}\n    read",
                "36: rooms.lounge.abuot: {}; did you mean `about`?",
            ),
            (
                "de: Sei nett",
                "de: Sei nett, es: Sé amable",
                "4: house_rules[0].es: {}; there can be `fr`, `nl`, `en` and `de`",
            ),
            (
                "guards: {ads:",
                "guards: {adds:",
                "12: defaults.guards.adds: {}; did you mean `ads`?",
            ),
            (
                "version: 1\n",
                "version: 1\nrooted_in: [A64]\n",
                "2: rooted_in: {}",
            ),
        ],
    )
    def test_mistyped_is_told_once(
        self, tmp_path: Path, old: str, new: str, expected: str
    ):
        """An unknown key is told with the likely one, which is not told as missing."""
        there_is_none = expected.format("there is no such key here")

        assert said(tmp_path, spoilt((old, new))) == [there_is_none]

    def test_few_known_ones_are_listed(self, tmp_path: Path):
        """Where a part has few keys and none is like the one there, all are named."""
        text = spoilt(("de: Stube", "de: Stube, portugais: Sala"))

        assert said(tmp_path, text) == [
            "35: rooms.lounge.title.portugais: there is no such key here; there can be "
            "`fr`, `nl`, `en` and `de`"
        ]

    def test_one_that_is_there_is_rarely_meant(self, tmp_path: Path):
        """`roles` is not taken for `rooms`, which stands in the file."""
        text = spoilt(("version: 1\n", "version: 1\nroles: {}\n"))

        assert said(tmp_path, text) == ["2: roles: there is no such key here"]

    @pytest.mark.parametrize(
        ("gone", "expected"),
        [
            ("version: 1\n", "1: version: is missing; it must be `1`"),
            ("name: small\n", "1: name: is missing; it must be text"),
            (
                "    section: work\n",
                "26: boards.money.section: is missing; it must be text",
            ),
            (
                "    title: {fr: Argent, nl: Geld, en: Money, de: Geld}\n",
                "26: boards.money.title: is missing; it must hold keys such as "
                "`fr`, `nl`, `en` and `de`",
            ),
            (", de: Stube", "35: rooms.lounge.title.de: is missing; it must be text"),
            (
                "    source_read_on: 2026-08-01\n",
                "6: help_lines.107.source_read_on: is missing; it must be a day, "
                "written as in `2026-08-01`",
            ),
        ],
    )
    def test_missing_is_told_where_it_belongs(
        self, tmp_path: Path, gone: str, expected: str
    ):
        """The line is the one where the part begins that lacks the key."""
        assert said(tmp_path, spoilt((gone, ""))) == [expected]

    def test_twice_names_the_first(self, tmp_path: Path):
        """A key that stands twice is told at the second, with the line of the first."""
        text = spoilt(("    reply: none\n", "    reply: none\n    post: guest\n"))

        assert said(tmp_path, text) == [
            "25: boards.guide.post: this key stands on line 23 already"
        ]

    def test_must_be_plain_words(self, tmp_path: Path):
        """A list as a key is told and does no harm."""
        text = spoilt(("version: 1\n", "version: 1\n[a, b]: c\n"))

        assert said(tmp_path, text) == ["2: file: a key must be a plain word"]


ROLES = "one of `guest`, `member`, `trusted`, `moderator` and `sysop`"
DAYS = "a whole number from 1 to 3650 or `null`"


class TestValues:
    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            ("version: 1", "version: 2", "1: version: must be `1`, not the number `2`"),
            (
                "name: small",
                "name: 112",
                "2: name: must be text, not the number `112`; put it between quotes",
            ),
            ("name: small", "name:", "2: name: must be text, not empty"),
            ("name: small", 'name: ""', "2: name: must not be empty"),
            ("name: small", "name: [a]", "2: name: must be text, not a list"),
            (
                "name: small",
                "name: {a: b}",
                "2: name: must be text, not keys with values",
            ),
            (
                "name: small",
                "name: true",
                "2: name: must be text, not `true`; put it between quotes",
            ),
            (
                "name: small",
                "name: 2026-08-01",
                "2: name: must be text, not the day `2026-08-01`; put it between "
                "quotes",
            ),
            (
                "name: small",
                "name: a name that does not fit",
                "2: name: takes 24 columns; at most 20 fit",
            ),
            (
                "en: Money",
                "en: 日本語日本語日本語日本語日本語",
                "28: boards.money.title.en: takes 30 columns; at most 26 fit",
            ),
            (
                "en: Money",
                'en: " Money"',
                "28: boards.money.title.en: begins or ends with a space",
            ),
            (
                "en: Money",
                'en: "Mo\\nney"',
                "28: boards.money.title.en: must be one line",
            ),
            (
                "en: Money",
                'en: "Mo\\e[2Jney"',
                "28: boards.money.title.en: holds a control, direction or invisible "
                "character",
            ),
            (
                "en: Money",
                'en: "Mo\\u202eney"',
                "28: boards.money.title.en: holds a control, direction or invisible "
                "character",
            ),
            (
                "en: Money",
                'en: "Mo\\ud800ney"',
                "28: boards.money.title.en: holds a control, direction or invisible "
                "character",
            ),
            (
                "read: member",
                "read: membre",
                f"30: boards.money.read: must be {ROLES}, not the text `membre`; did "
                "you mean `member`?",
            ),
            (
                "read: member",
                "read: everybody",
                f"30: boards.money.read: must be {ROLES}, not the text `everybody`",
            ),
            (
                "reply: none",
                "reply: null",
                f"24: boards.guide.reply: must be {ROLES.replace(' and', ',')} and "
                "`none`, not empty; did you mean `none`?",
            ),
            (
                "ttl_days: 90",
                "ttl_days: 0",
                f"11: defaults.ttl_days: must be {DAYS}, not the number `0`",
            ),
            (
                "ttl_days: 90",
                "ttl_days: 3651",
                f"11: defaults.ttl_days: must be {DAYS}, not the number `3651`",
            ),
            (
                "ttl_days: 90",
                "ttl_days: 1.5",
                f"11: defaults.ttl_days: must be {DAYS}, not the number `1.5`",
            ),
            (
                "ttl_days: 90",
                'ttl_days: "90"',
                f"11: defaults.ttl_days: must be {DAYS}, not the text `90`; leave out "
                "the quotes",
            ),
            (
                "ttl_days: 90",
                "ttl_days: never",
                f"11: defaults.ttl_days: must be {DAYS}, not the text `never`; did you "
                "mean `null`?",
            ),
            (
                "ttl_days: 90",
                "ttl_days: true",
                f"11: defaults.ttl_days: must be {DAYS}, not `true`",
            ),
            (
                "ttl_days: 90",
                "edit_own: yes",
                "11: defaults.edit_own: must be `true` or `false`, not the text `yes`; "
                "did you mean `true`?",
            ),
            (
                "ttl_days: 90",
                "edit_own: no",
                "11: defaults.edit_own: must be `true` or `false`, not the text `no`; "
                "did you mean `false`?",
            ),
            (
                "ttl_days: 90",
                "text_only: false",
                "11: defaults.text_only: must be `true`, not `false`",
            ),
            (
                "ttl_days: 90",
                "reactions: [heard, like]",
                "11: defaults.reactions[1]: must be one of `heard` and `thanks`, not "
                "the text `like`",
            ),
            (
                "ttl_days: 90",
                "reactions: heard",
                "11: defaults.reactions: must be a list, not the text `heard`; put "
                "each entry on a line of its own, after a `-`",
            ),
            (
                'defaults:\n  ttl_days: 90\n  guards: {ads: "offers"}\n',
                "defaults:\n",
                "10: defaults: must hold keys such as `text_only`, not empty",
            ),
            (
                "source_read_on: 2026-08-01",
                "source_read_on: August",
                "9: help_lines.107.source_read_on: must be a day, written as in "
                "`2026-08-01`, not the text `August`",
            ),
            (
                "source_read_on: 2026-08-01",
                'source_read_on: "2026-08-01"',
                "9: help_lines.107.source_read_on: must be a day, written as in "
                "`2026-08-01`, not the text `2026-08-01`; leave out the quotes",
            ),
            (
                "source_read_on: 2026-08-01",
                "source_read_on: 2026-08-01 10:00:00",
                "9: help_lines.107.source_read_on: must be a day, written as in "
                "`2026-08-01`, not a time",
            ),
            (
                "source_read_on: 2026-08-01",
                "source_read_on: 2026-02-30",
                "9: help_lines.107.source_read_on: `2026-02-30` is no day; put a text "
                "between quotes",
            ),
            (
                'source: "107.be"',
                'source: "107.be"\n    language: Fr',
                "9: help_lines.107.language: must be one of `fr`, `nl`, `en`, `de` and "
                "`null`, not the text `Fr`; did you mean `fr`?",
            ),
            (
                "slug: money",
                "slug: Liège_1",
                "26: boards.Liège_1.slug: must be small letters a to z, digits and "
                "`-`, first a letter, 24 at most, not the text `Liège_1`; did you mean "
                "`liege-1`?",
            ),
            (
                "house_rules:\n"
                "  - {fr: Sois poli, nl: Wees beleefd, en: Be kind, de: Sei nett}",
                "house_rules: []",
                "3: house_rules: needs at least one entry",
            ),
        ],
    )
    def test_are_told_in_plain_words(
        self, tmp_path: Path, old: str, new: str, expected: str
    ):
        """What must stand there, what does, and what was likely meant."""
        # A slug is spoilt where it is used too, so that one mistake is one.
        text = spoilt((old, new)).replace("[guide, money,", "[guide,")

        assert said(tmp_path, text) == [expected]

    def test_too_many_are_counted(self, tmp_path: Path):
        """A list that is too long says how long it is and may be."""
        rule = "  - {fr: Un, nl: Een, en: One, de: Eins}\n"
        text = spoilt(("help_lines:", rule * 12 + "help_lines:"))

        assert said(tmp_path, text) == [
            "3: house_rules: holds 13 entries; at most 12 can be"
        ]

    def test_of_a_foreign_tag_are_told_once(self, tmp_path: Path):
        """A tag makes no value, and nothing else is said of the place."""
        text = spoilt(("name: small", "name: !secret small"))

        assert said(tmp_path, text) == [
            "2: name: the tag `!secret` has no meaning here"
        ]

    def test_that_are_long_are_cut(self, tmp_path: Path):
        """A value is shown up to 40 characters, so that a line stays a line."""
        text = spoilt(("read: member", f"read: {'m' * 5000}"))

        [line] = said(tmp_path, text)

        assert f"`{'m' * 39}…`" in line
        assert len(line) < 200

    def test_cannot_write_to_the_terminal(self, tmp_path: Path):
        """Control characters of a value are not in what is printed."""
        text = spoilt(("read: member", 'read: "\\e]0;x\\a"'))

        [line] = said(tmp_path, text)

        assert "\x1b" not in line
        assert "\x07" not in line


class TestAliases:
    def test_mistake_at_the_anchor_is_told_once(self, tmp_path: Path):
        """What aliases repeat is one mistake, told on the anchor's line."""
        text = spoilt(("about: &about {fr: Un", "about: &about {fr: 1"))

        assert said(tmp_path, text) == [
            "21: boards.guide.about.fr: must be text, not the number `1`; put it "
            "between quotes"
        ]

    def test_alias_in_a_list_has_a_line_of_its_own(self, tmp_path: Path):
        """A board that an alias repeats is told where the alias stands."""
        text = spoilt(("- slug: guide", "- &guide\n    slug: guide"))
        text = text.replace("rooms:\n", "  - *guide\nrooms:\n")

        assert said(tmp_path, text) == [
            "34: boards.guide: the board on line 19 is called `guide` already"
        ]

    def test_merged_keys_keep_their_lines(self, tmp_path: Path):
        """A mistake in what `<<` brings in is told where it was written, once."""
        text = spoilt(
            ("    read: guest\n", "    read: guest\n    <<: &more {polls: some}\n"),
            ("    read: member\n", "    read: member\n    <<: *more\n"),
        )

        assert said(tmp_path, text) == [
            "23: boards.guide.polls: must be one of `none` and `anonymous_only`, not "
            "the text `some`"
        ]

    def test_merged_keys_give_way(self, tmp_path: Path):
        """A key that stands in a board wins over one that is merged into it."""
        text = spoilt(
            ("    post: sysop\n", "    <<: &sysop {post: sysop, reply: sysop}\n"),
            ("    post: member\n", "    <<: *sysop\n"),
        )

        house = load_house(save(tmp_path, text))

        assert house.board("guide").reply is None
        assert house.board("money").post.word == "sysop"
        assert house.board("money").reply is not None
        assert house.board("money").reply.word == "member"

    def test_merge_of_no_keys_is_told(self, tmp_path: Path):
        """`<<` takes keys, not a text."""
        text = spoilt(("name: small\n", "name: small\n<<: text\n"))

        assert said(tmp_path, text) == ["3: <<: must be an alias of keys"]

    def test_alias_within_itself_is_told(self, tmp_path: Path):
        """A list that holds itself has no end, and is no crash."""
        text = spoilt(
            ("launch_profile: [guide,", "launch_profile: &l [*l, guide,"),
        )

        assert said(tmp_path, text) == [
            "16: launch_profile[0]: stands within itself, through an alias"
        ]


def test_all_mistakes_are_told_at_once(tmp_path: Path):
    """Fifty mistakes are fifty lines, in the order of the file."""
    board = """\
  - slug: b{0}
    section: start
    title: {{fr: Un, nl: Een, en: One, de: Eins}}
    about: {{fr: Un, nl: Een, en: One, de: Eins}}
    read: membr
    post: member
    reply: member
    premode: all
"""
    boards = "".join(board.format(number) for number in range(25))

    lines = said(tmp_path, spoilt(("rooms:\n", f"{boards}rooms:\n")))

    assert len(lines) == 50
    assert lines[0].startswith("37: boards.b0.read: must be one of")
    assert lines[-1] == (
        "232: boards.b24.premode: there is no such key here; did you mean `premod`?"
    )
    numbers = [int(line.partition(":")[0]) for line in lines]
    assert numbers == sorted(numbers)
