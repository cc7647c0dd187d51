"""Files that cannot be read as YAML at all: one sentence, and the line it is about."""

import os
import time
from pathlib import Path

import pytest

from bunniz_bbs.config.load import ConfigBroken, load_house
from bunniz_bbs.config.reading import LARGEST, MOST_PARTS
from tests.config.small import SMALL, said, save, spoilt


class TestSyntax:
    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            (
                "  ttl_days: 90\n",
                "\tttl_days: 90\n",
                "11: ttl_days: a tab stands here; YAML is indented with spaces",
            ),
            (
                "name: small",
                'name: "small',
                "2: name: the quotes that open here are not closed",
            ),
            (
                "name: small",
                "name: 'small",
                "2: name: the quotes that open here are not closed",
            ),
            (
                "name: small",
                "name: a: b",
                "2: name: a colon too many; put the text between quotes",
            ),
            ("name: small", "name small", "2: file: a colon is missing after a key"),
            (
                "name: small",
                "name: small\nrest",
                "3: file: a colon is missing after a key",
            ),
            (
                "  ttl_days: 90\n",
                "   ttl_days: 90\n",
                "12: guards: the indentation does not fit the lines above",
            ),
            (
                "lounge]",
                "lounge",
                "16: launch_profile: the bracket that opens here is not closed, or a "
                "comma is missing",
            ),
            (
                "&about",
                "*about",
                "21: about: this alias names an anchor that does not stand above",
            ),
            (
                "name: small",
                '"name": "small" house',
                "2: file: something stands after the closing quotes",
            ),
            (
                "    read: guest",
                "      read: guest",
                "22: read: the indentation does not fit the lines above",
            ),
            (
                "    post: sysop",
                "      post: sysop",
                "23: post: does not fit the line above: a colon is missing there, or "
                "this is indented too far",
            ),
            (
                "name: small",
                "name: @small",
                "2: name: a text that begins so must stand between quotes",
            ),
            (
                "name: small",
                'name: "\\q"',
                "2: name: a backslash that means nothing between double quotes",
            ),
            (
                "name: small",
                "name: small\n---",
                "3: file: a second document begins here; leave out the ---",
            ),
            (
                "name: small",
                "name: sm\aall",
                "2: name: holds a control character (U+0007)",
            ),
            (
                "name: small",
                "name: sm\u2028all",
                "2: file: holds a line break that cannot be seen (U+2028)",
            ),
            (
                "name: small",
                "name: " + "[" * 60 + "]" * 60,
                "2: name: too many levels of lists and keys within each other",
            ),
        ],
    )
    def test_is_told_where_the_slip_is(
        self, tmp_path: Path, old: str, new: str, expected: str
    ):
        """The line of the slip, the key on it, and what to do, without YAML's words."""
        assert said(tmp_path, spoilt((old, new))) == [expected]

    def test_end_of_the_file_is_a_line_of_it(self, tmp_path: Path):
        """What is missing at the end is told on the last line, not below it."""
        assert said(tmp_path, "name: [a,\n") == [
            "1: name: the file ends before a bracket is closed"
        ]


class TestContent:
    @pytest.mark.parametrize("text", ["", "\n\n", "# words\n", "---\n", "null\n"])
    def test_must_be_there(self, tmp_path: Path, text: str):
        """A file without anything in it is empty."""
        assert said(tmp_path, text) == ["1: file: is empty"]

    @pytest.mark.parametrize("text", ["- a\n- b\n", "words\n", "12\n"])
    def test_must_be_keys(self, tmp_path: Path, text: str):
        """A list or a text is no house."""
        assert said(tmp_path, text) == [
            "1: file: must hold keys such as `boards:` and `rooms:`"
        ]

    def test_must_be_utf_8(self, tmp_path: Path):
        """A file in another encoding is told with the first line that shows it."""
        raw = spoilt(("fr: Écoute", "fr: Ecoute")).encode()
        raw = raw.replace(b"fr: Accueil", "fr: Accès".encode("latin-1"))

        assert said(tmp_path, raw) == [
            "20: file: this is not UTF-8 text; save the file as UTF-8"
        ]

    def test_may_begin_with_a_mark(self, tmp_path: Path):
        """The byte order mark that some editors write does no harm."""
        assert load_house(save(tmp_path, "\ufeff" + SMALL)).name == "small"

    def test_may_have_windows_line_ends(self, tmp_path: Path):
        """CR LF is a line end, and lines are counted the same."""
        text = spoilt(("read: member", "read: membre")).replace("\n", "\r\n")

        assert said(tmp_path, text)[0].startswith("30: boards.money.read: ")
        assert load_house(save(tmp_path, SMALL.replace("\n", "\r\n"))).name == "small"

    def test_is_not_endless(self, tmp_path: Path):
        """A file larger than any house needs is not read to its end."""
        assert said(tmp_path, SMALL + "#" * LARGEST) == [
            f"1: file: is larger than {LARGEST // 1024} KiB"
        ]


class TestBombs:
    """Few lines that stand for far more: refused at once, in little memory."""

    FULL = f"1: file: holds more than {MOST_PARTS} values, counting what aliases repeat"

    @pytest.fixture(autouse=True)
    def _quickly(self):
        begun = time.monotonic()
        yield
        assert time.monotonic() - begun < 10

    def test_of_lists(self, tmp_path: Path):
        """Lists of lists of lists, nine times nine times nine."""
        rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
        rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 20)]

        assert said(tmp_path, "\n".join(rows)) == [self.FULL]

    def test_of_keys(self, tmp_path: Path):
        """Keys that hold the same keys again and again."""
        rows = ["a0: &a0 {x: x, y: y}"]
        rows += [f"a{n}: &a{n} {{x: *a{n - 1}, y: *a{n - 1}}}" for n in range(1, 40)]

        assert said(tmp_path, "\n".join(rows)) == [self.FULL]

    def test_of_merges(self, tmp_path: Path):
        """Many keys that are merged in many times."""
        keys = ", ".join(f"k{n}: 1" for n in range(5000))
        rows = [f"a: &a {{{keys}}}"] + [f"b{n}: {{<<: *a}}" for n in range(5000)]

        assert said(tmp_path, "\n".join(rows)) == [self.FULL]

    def test_of_the_same_merge(self, tmp_path: Path):
        """What is merged twice is merged once."""
        keys = ", ".join(f"k{n}: 1" for n in range(300))
        merges = ", ".join(["*a"] * 20_000)
        rows = [f"a: &a {{{keys}}}", f"b: {{<<: [{merges}]}}"]

        lines = said(tmp_path, "\n".join(rows))

        assert "1: a: there is no such key here" in lines
        assert "2: b: there is no such key here" in lines


class TestPath:
    def told(self, path: Path) -> str:
        """What is said of a path."""
        with pytest.raises(ConfigBroken) as broken:
            load_house(path)
        return str(broken.value)

    def test_leads_to_a_file(self, tmp_path: Path):
        """A file that is not there is told by its name."""
        path = tmp_path / "boards.yaml"

        assert self.told(path) == f"{path}:1: file: there is no such file"
        assert self.told(path / "x") == f"{path / 'x'}:1: file: there is no such file"

    def test_leads_through_folders_only(self, tmp_path: Path):
        """A file is no folder to look in."""
        inside = save(tmp_path, SMALL) / "boards.yaml"

        assert self.told(inside) == f"{inside}:1: file: there is no such file"

    def test_leads_to_no_folder(self, tmp_path: Path):
        """A folder is told as one."""
        assert (
            self.told(tmp_path) == f"{tmp_path}:1: file: this is a folder, not a file"
        )

    def test_leads_to_no_pipe(self, tmp_path: Path):
        """A pipe, which would never end, is not opened."""
        os.mkfifo(pipe := tmp_path / "pipe")

        assert self.told(pipe) == f"{pipe}:1: file: this is not a plain file"

    def test_leads_somewhere(self, tmp_path: Path):
        """A link to itself is told in the words of the system."""
        path = tmp_path / "boards.yaml"
        path.symlink_to(path)

        assert self.told(path).startswith(f"{path}:1: file: cannot be read: ")

    def test_is_a_name_for_a_file(self):
        """A path that no file can have is told without a crash."""
        assert "cannot be read: " in self.told(Path("x" * 5000))
        assert "cannot be read: " in self.told(Path("a\0b"))
