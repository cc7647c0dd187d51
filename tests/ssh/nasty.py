"""Texts that hope to reach a terminal as something else than letters."""

import random
from typing import Final

BEL, ST = "\x07", "\x1b\\"
PAYLOADS: Final = ("0;owned", "8;;http://evil.example", "52;c;cm0gLXJmIH4=", "4;1;?")
"""What follows OSC: a title, a link, the clipboard, a question about colours."""
SEQUENCES: Final = (
    *(f"\x1b]{one}{end}" for one in PAYLOADS for end in (BEL, ST, "\x9c", "")),
    *(f"\x9d{one}\x9c" for one in PAYLOADS),
    *(
        '\x1bP$q"p\x1b\\',
        "\x1bPq#0;2;0;0;0#0!9~\x1b\\",
        "\x90q~\x9c",
        "\x1bP+q544e\x1b\\",
    ),
    *(
        "\x1b_Ga=T,f=24;AAAA\x1b\\",
        "\x9fx\x9c",
        "\x1b^pm\x1b\\",
        "\x9e",
        "\x1bXsos\x1b\\",
    ),
    *("\x1b[21t", "\x1b[8;9;9t", "\x1b[14t", "\x1b[99;5u", "\x1b[?u", "\x1b[>1u"),
    *("\x1b[6n", "\x1b[5n", "\x1b[c", "\x1b[>c", "\x1b[=c", "\x1b[?1;2$p", "\x1b[x"),
    *("\x1b[2J", "\x1b[3J", "\x1b[J", "\x1b[?1049l", "\x1b[?1000h", "\x1b[?2004l"),
    *("\x1b[5m", "\x1b[8m", "\x1b[999;999H", "\x1b[9999A", "\x1b[5i", "\x1b[4h"),
    *("\x1b[!p", "\x1b[1;3r", "\x1b[99S", "\x1b[>4;2m", "\x1b[\x1b[5m", "\x1b[3\x9b5m"),
    *(
        "\x1bc",
        "\x1b7",
        "\x1b8",
        "\x1b(0",
        "\x1b#8",
        "\x1bZ",
        "\x1bM",
        "\x1b%@",
        "\x1b=",
    ),
    *("\x9b5m", "\x9b2J", "\x9b6n", "\x1b", "\x1b[", "\x1b]", "\x1bP"),
)
CONTROLS: Final = tuple(map(chr, (*range(0x20), *range(0x7F, 0xA0))))
BREAKS: Final = ("\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029")
UNSEEN: Final = tuple(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200c"
    "\u200d\u2060\u2061\u2064\ufeff\u00ad\u034f\u180e\u206a\u115f\u3164\uffa0\u2800"
    "\ufff9\ufffb\ufe0f\ufe0e\ufe00\U000e0001\U000e0041\U000e007f\U000e0100"
)
"""Directions, zero width, fillers, selectors and tags."""
LETTERS: Final = (
    *(
        "a\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308",
        "\u0301" * 9,
        "Z\u0489\u20dd" * 3,
    ),
    *(
        "日本語",
        "👩\u200d👩\u200d👧",
        "\u200d" * 5,
        "🇧🇪",
        "1\ufe0f\u20e3",
        "👍🏽",
        "𝔘𝔫𝔦",
    ),
    *(
        "عربي",
        "עברית",
        "ﷺ",
        "ﬀ",
        "ก็็็็็",
        "\ud800",
        "\udfff",
        "\U0010ffff",
        "\ue000",
        "\ufffd",
    ),
    *("x" * 40, "w" * 90, "é", "ß", "  ", " ", "%s", "{v}", "{0}", "\\", "\t"),
)
MARKUP: Final = (
    *(
        "[@click=app.quit]x[/]",
        "[@click=app.bell]x[/]",
        "[@click=screen.back]",
        "[/nope]",
    ),
    *("[b]b", "[/]", "[link=file:///etc/passwd]l[/link]", "[red on red]", "[[", "\\["),
    *("[x](javascript:alert(1))", "[x](http://a.example/\x1b]0;t\x07)", "<b>b</b>"),
    *(
        "![i](http://e.example/i.png)",
        "<http://e.example/\u202e>",
        "**b**",
        "`c",
        "```",
    ),
    *(
        "# h",
        "> q",
        "- l",
        "1. n",
        "&#27;[2J",
        "&#x9b;5m",
        "&lrm;",
        "\\x1b[2J",
        "$(id)",
    ),
)
KINDS: Final = (SEQUENCES, SEQUENCES, CONTROLS, BREAKS, UNSEEN, UNSEEN, LETTERS, MARKUP)


class Nasty:
    """Makes texts by chance, each with a mark of its own that is seen on a screen."""

    def __init__(self, seed: object) -> None:
        self._chance = random.Random(str(seed))
        self._made = 0

    def text(self, longest: int = 60) -> str:
        """One text."""
        pieces = []
        for _ in range(self._chance.randint(1, 6)):
            pieces.append(self._chance.choice(self._chance.choice(KINDS)))
        return "".join(pieces)[:longest]

    def marked(self, longest: int = 60) -> str:
        """One text, after a mark that no other has."""
        self._made += 1
        return f"q{self._made:06d}." + self.text(longest)

    def several(self, count: int, longest: int = 60) -> list[str]:
        """So many of them."""
        return [self.marked(longest) for _ in range(count)]
