import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bunniz_bbs.commands.house import all_commands
from bunniz_bbs.commands.parsing import read_slash, read_verb, split_slash, split_verb
from bunniz_bbs.commands.registry import Command, Front, Kind, Parameter, Reply
from bunniz_bbs.domain.errors import UsageUnclear
from bunniz_bbs.domain.policy import Action
from bunniz_bbs.i18n import words_for

WORDS = words_for("en")
PARTS = st.sampled_from(
    (
        *("maple", "10m", "off", "-t", "-e", "--uses", "--", "--json", "12", "#3"),
        *("'", '"', "l'heure", "'s", "\u202e", "\x00", "x" * 500, "", " "),
    )
)
TYPED = st.one_of(st.text(max_size=80), st.lists(PARTS, max_size=8).map(" ".join))


async def nothing(context, arguments) -> Reply:
    return Reply()


def a_command(*parameters: Parameter) -> Command:
    return Command("do", "Do it.", Action.LOOK_AROUND, nothing, parameters=parameters)


NAME = Parameter("NAME", Kind.PERSON)
DURATION = Parameter("DURATION", Kind.DURATION, required=False)
REASON = Parameter("REASON", Kind.TEXT)
ROOM = Parameter("ROOM", Kind.ROOM)
TITLE = Parameter("TITLE", Kind.TEXT, flag="-t")
USES = Parameter("USES", Kind.NUMBER, required=False, flag="--uses")


def slash(command: Command, rest: str) -> list[str]:
    given = read_slash(command, rest, WORDS)
    return [given.text(one.name) for one in command.parameters]


def verb(command: Command, line: str) -> list[str]:
    given = read_verb(command, split_verb(line), WORDS)
    return [given.text(one.name) for one in command.parameters]


class TestSlash:
    @pytest.mark.parametrize(
        ("text", "parts"),
        [
            ("/kick maple  too loud ", ("kick", "maple  too loud")),
            ("/help", ("help", "")),
            ("help", ("help", "")),
            ("/", ("", "")),
            ("//x", ("/x", "")),
        ],
    )
    def test_a_line_is_a_name_and_a_rest(self, text, parts):
        """The slash may be left out where one is typed already."""
        assert split_slash(text) == parts

    @pytest.mark.parametrize(
        ("rest", "values"),
        [
            ("maple 10m too  loud", ["maple", "10m", "too  loud"]),
            ("maple too loud", ["maple", "", "too loud"]),
            ("maple off topic", ["maple", "", "off topic"]),
            ("maple   10m   loud", ["maple", "10m", "loud"]),
            ("maple 10minutes of noise", ["maple", "", "10minutes of noise"]),
        ],
    )
    def test_a_duration_can_be_left_out(self, rest, values):
        """What reads as none is the beginning of the reason."""
        assert slash(a_command(NAME, DURATION, REASON), rest) == values

    @pytest.mark.parametrize("rest", ["", "maple", "maple 10m"])
    def test_what_is_needed_is_asked_for(self, rest):
        """By the usage of the command."""
        with pytest.raises(UsageUnclear) as unclear:
            slash(a_command(NAME, DURATION, REASON), rest)

        assert unclear.value.usage == "/do NAME [DURATION] REASON"

    def test_one_too_many_is_not_swallowed(self):
        """Nothing that was typed is silently left out."""
        with pytest.raises(UsageUnclear):
            slash(a_command(NAME), "maple clover")

    def test_off_is_a_duration_where_it_can_be(self):
        """And a word elsewhere."""
        timer = Parameter("DURATION", Kind.DURATION, required=False, or_off=True)

        assert slash(a_command(timer, REASON), "off duty") == ["off", "duty"]

    def test_flags_are_not_for_slash_commands(self):
        """They are neither shown nor taken."""
        command = a_command(NAME, USES)

        assert command.usage(WORDS, Front.SLASH) == "/do NAME"
        with pytest.raises(UsageUnclear):
            slash(command, "maple --uses 3")


class TestSplitVerb:
    @pytest.mark.parametrize(
        ("line", "words"),
        [
            ("", []),
            (" \t\n", []),
            ("say lounge hello", ["say", "lounge", "hello"]),
            ("say lounge c'est l'heure", ["say", "lounge", "c'est", "l'heure"]),
            ("say lounge it's", ["say", "lounge", "it's"]),
            (
                "say 's avonds of 't weekend",
                ["say", "'s", "avonds", "of", "'t", "weekend"],
            ),
            ("post board -t 'Rye bread'", ["post", "board", "-t", "Rye bread"]),
            ('post -t "it\'s rye"', ["post", "-t", "it's rye"]),
            ("say ''", ["say", ""]),
            ('say "open', ["say", '"open']),
            ("say a\\ b", ["say", "a\\", "b"]),
            ('say 5" nails', ["say", '5"', "nails"]),
        ],
    )
    def test_apostrophes_are_not_quotes(self, line, words):
        """The client's shell has taken quotes away; French has apostrophes."""
        assert split_verb(line) == words

    @given(st.lists(st.text(max_size=30), max_size=6))
    def test_what_a_program_quotes_comes_back(self, words):
        """Whatever `shlex.join` makes of any words is taken apart again."""
        assert split_verb(shlex.join(words)) == words

    @given(st.text(max_size=200))
    def test_any_text_has_words(self, text):
        """No quotation is left open, and no letter is lost but quotes and spaces."""
        kept = "".join(split_verb(text))

        assert len(kept) <= len(text)
        assert [one for one in text if one.isalnum()] == [
            one for one in kept if one.isalnum()
        ]


class TestVerb:
    @pytest.mark.parametrize(
        ("line", "values"),
        [
            ("lounge -t Rye bread", ["lounge", "Rye bread"]),
            ("-t 'Rye bread'", None),
            ("lounge -t", None),
            ("lounge", None),
            ("lounge extra -t Rye", None),
            ("lounge -x -t Rye", None),
            ("lounge -t Rye -- x", ["lounge", "Rye -- x"]),
        ],
    )
    def test_a_flagged_text_goes_on_to_the_end(self, line, values):
        """`ssh HOST post BOARD -t Rye bread` needs no second pair of quotes."""
        command = a_command(ROOM, TITLE)
        if values is None:
            with pytest.raises(UsageUnclear):
                verb(command, line)
        else:
            assert verb(command, line) == values

    @pytest.mark.parametrize(
        ("line", "values"),
        [
            ("lounge hello there", ["", "lounge", "hello there"]),
            ("-e 10m lounge hello", ["10m", "lounge", "hello"]),
            ("lounge hello -e 10m", ["10m", "lounge", "hello"]),
            ("lounge -- -e 10m", ["", "lounge", "-e 10m"]),
            ("lounge well --maybe", ["", "lounge", "well --maybe"]),
            ("lounge --maybe", None),
            ("--bogus lounge hello", None),
        ],
    )
    def test_a_timer_is_never_taken_for_words(self, line, values):
        """A flag counts wherever it stands; after `--` everything is text."""
        text = Parameter("TEXT", Kind.TEXT, required=False)
        timer = Parameter("DURATION", Kind.DURATION, required=False, flag="-e")
        command = a_command(timer, ROOM, text)
        if values is None:
            with pytest.raises(UsageUnclear):
                verb(command, line)
        else:
            assert verb(command, line) == values

    def test_usage_shows_flags(self):
        """As one types them."""
        command = a_command(ROOM, TITLE, USES)

        assert command.usage(WORDS, Front.VERB) == "do ROOM -t TITLE [--uses USES]"


@pytest.mark.parametrize("command", all_commands().commands, ids=lambda one: one.name)
@given(text=TYPED)
def test_no_text_breaks_a_command(command: Command, text: str):
    """It has arguments, or it is refused with the way it goes."""
    for front in command.fronts:
        try:
            if front is Front.SLASH:
                given = read_slash(command, split_slash(text)[1], WORDS)
            else:
                given = read_verb(command, split_verb(text), WORDS)
        except UsageUnclear as unclear:
            # Not `pytest.raises`: most texts are arguments of some kind.
            refused = unclear.usage
        else:
            refused = given.usage
        assert refused == command.usage(WORDS, front)
