"""Mistakes between parts of boards.yaml: doubles, and names that lead nowhere."""

from pathlib import Path

import pytest

from bunniz_bbs.config.load import load_house
from tests.config.small import said, save, spoilt


class TestNames:
    def test_of_boards_are_their_own(self, tmp_path: Path):
        """A second board of a name is told, with the line of the first."""
        text = spoilt(("slug: money", "slug: guide"), ("guide, money,", "guide,"))

        assert said(tmp_path, text) == [
            "26: boards.guide.slug: the board on line 18 is called `guide` already"
        ]

    def test_of_rooms_are_no_boards(self, tmp_path: Path):
        """Boards and rooms share one set of names."""
        text = spoilt(("slug: lounge", "slug: money"), ("money, lounge", "money"))

        assert said(tmp_path, text) == [
            "34: rooms.money.slug: the board on line 26 is called `money` already"
        ]

    def test_of_sections_are_their_own(self, tmp_path: Path):
        """A second section of a name is told."""
        text = spoilt(("id: work", "id: start"), ("section: work", "section: start"))

        assert said(tmp_path, text) == [
            "15: sections.start.id: the section on line 14 is called `start` already"
        ]

    def test_of_sections_lead_somewhere(self, tmp_path: Path):
        """A board in no section is told, with the section that was likely meant."""
        text = spoilt(("section: work", "section: wrok"))

        assert said(tmp_path, text) == [
            "27: boards.money.section: there is no section `wrok`; did you mean `work`?"
        ]


class TestLaunchProfile:
    @pytest.mark.parametrize(
        ("name", "hint"),
        [("monney", "; did you mean `money`?"), ("xyz", ""), ("work", "")],
    )
    def test_names_what_is_there(self, tmp_path: Path, name: str, hint: str):
        """A name of nothing, or of a section, opens nothing and is told."""
        text = spoilt(("lounge]", f"lounge,\n  {name}]"))

        assert said(tmp_path, text) == [
            f"17: launch_profile[3]: no board or room is called `{name}`{hint}"
        ]

    def test_names_it_once(self, tmp_path: Path):
        """A name that stands twice is told at the second."""
        text = spoilt(("lounge]", "lounge,\n  guide]"))

        assert said(tmp_path, text) == [
            "17: launch_profile[3]: `guide` stands in this list twice"
        ]

    def test_may_name_a_template(self, tmp_path: Path):
        """A board that is not enabled may be named; it stays closed."""
        text = spoilt(("section: work\n", "section: work\n    enabled: false\n"))

        assert list(load_house(save(tmp_path, text)).boards) == ["guide"]


class TestRoles:
    @pytest.mark.parametrize("key", ["post", "reply"])
    def test_who_writes_on_a_board_can_read_it(self, tmp_path: Path, key: str):
        """Neither `post` nor `reply` is below `read`."""
        text = spoilt(("slug: guide", "slug: guide\n    identity: pseudonym"))
        board = text.index("slug: money")
        text = text[:board] + spoilt(
            (f"{key}: member", f"{key}: guest"), text=text[board:]
        )

        line = {"post": 32, "reply": 33}[key]
        assert said(tmp_path, text) == [
            f"{line}: boards.money.{key}: `guest` is below `read`, which begins with "
            "`member`"
        ]

    def test_who_speaks_in_a_room_can_come_in(self, tmp_path: Path):
        """`post` of a room is not below its `read`."""
        text = spoilt(("de: Stube}", "de: Stube}\n    identity: pseudonym"))
        room = text.index("slug: lounge")
        text = text[:room] + spoilt(("read: member", "read: trusted"), text=text[room:])

        assert said(tmp_path, text) == [
            "39: rooms.lounge.post: `member` is below `read`, which begins with "
            "`trusted`"
        ]

    @pytest.mark.parametrize("where", ["board", "defaults"])
    def test_only_the_team_writes_as_the_team(self, tmp_path: Path, where: str):
        """`identity: staff` takes no post from members, whoever says staff."""
        change = {
            "board": (
                "    section: work\n",
                "    section: work\n    identity: staff\n",
            ),
            "defaults": ("  ttl_days: 90\n", "  ttl_days: 90\n  identity: staff\n"),
        }[where]

        assert said(tmp_path, spoilt(change)) == [
            f"{line}: boards.money.{key}: must be `moderator` or `sysop`, not "
            "`member`: people write as the team here (`identity: staff`)"
            for line, key in ((32, "post"), (33, "reply"))
        ]


class TestBoards:
    def test_days_after_an_event_need_one(self, tmp_path: Path):
        """`ttl_after_event_days` goes with `form: event` and with nothing else."""
        days = "    section: work\n    ttl_after_event_days: 7\n"
        wrong = spoilt(("    section: work\n", days))
        right = spoilt(("    section: work\n", f"{days}    form: event\n"))

        assert said(tmp_path, wrong) == [
            "28: boards.money.ttl_after_event_days: goes only with `form: event`"
        ]
        assert load_house(save(tmp_path, right)).board("money")

    def test_guard_that_is_off_stops_nothing(self, tmp_path: Path):
        """A board can block only by a guard that `defaults` gives a text."""
        text = spoilt(
            (
                "    section: work\n",
                "    section: work\n    guards_block: [ads, place]\n",
            )
        )

        assert said(tmp_path, text) == [
            "28: boards.money.guards_block[1]: the guard `place` is off: "
            "`defaults.guards` has no text"
        ]

    def test_choices_stand_once(self, tmp_path: Path):
        """The same word twice in a list of choices is told, wherever that is."""
        text = spoilt(
            ("    section: work\n", "    section: work\n    ask_mode: [both, both]\n"),
            ("  ttl_days: 90\n", "  ttl_days: 90\n  reactions: [heard, heard]\n"),
        )

        assert said(tmp_path, text) == [
            "12: defaults.reactions[1]: `heard` stands in this list twice",
            "29: boards.money.ask_mode[1]: `both` stands in this list twice",
        ]


class TestInstances:
    def spoilt(self, instances: str) -> str:
        """The lounge with instances, on line 35."""
        return spoilt(
            ("  - slug: lounge\n", f"  - slug: lounge\n    instances: {instances}\n")
        )

    @pytest.mark.parametrize(
        ("instances", "problem"),
        [
            ("[money, money]", "[1]: `money` stands in this list twice"),
            (
                "[a-name-that-is-too-long]",
                "[0]: makes `lounge-a-name-that-is-too-long`, 30 characters; at most "
                "24 can be",
            ),
            (
                "[abcdefghijklmnop]",
                "[0]: makes a title of 27 columns (fr); at most 26 fit",
            ),
        ],
    )
    def test_make_names_and_titles_that_fit(
        self, tmp_path: Path, instances: str, problem: str
    ):
        """Each instance is a room with a name and a title like any other."""
        lines = said(tmp_path, self.spoilt(instances))

        assert f"35: rooms.lounge.instances{problem}" in lines

    def test_are_called_as_nothing_else(self, tmp_path: Path):
        """An instance does not take the name of a board or a room."""
        text = self.spoilt("[bar]").replace("money", "lounge-bar")

        assert said(tmp_path, text) == [
            "35: rooms.lounge.instances[0]: makes `lounge-bar`, and so the board on "
            "line 26 is called"
        ]


def test_mistakes_of_all_kinds_come_together(tmp_path: Path):
    """A slip of YAML, a wrong value and a name that leads nowhere are told at once."""
    text = spoilt(
        ("name: small\n", "name: small\nname: other\n"),
        ("ttl_days: 90", "ttl_days: 0"),
        ("section: work", "section: wrok"),
    )

    assert [line.split(": ")[:2] for line in said(tmp_path, text)] == [
        ["3", "name"],
        ["12", "defaults.ttl_days"],
        ["28", "boards.money.section"],
    ]
