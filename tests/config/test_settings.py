"""Settings of the machine: options win over the environment, that over defaults."""

from dataclasses import fields
from pathlib import Path
from unittest.mock import ANY

import pytest

from bunniz_bbs.config.settings import (
    CHOICES,
    NAMES,
    SCHEMES,
    SettingBroken,
    Settings,
    settings_from,
)

PASSWORD = "quince-and-medlar"
DATABASE = f"postgresql+asyncpg://house:{PASSWORD}@db.example:5432/house"
BROKER = f"nats://house:{PASSWORD}@bus.example:4222"


def a_file(folder: Path, content: str, mode: int = 0o600) -> Path:
    """A file that an address stands in."""
    path = folder / "address"
    path.write_text(content)
    path.chmod(mode)
    return path


def test_defaults_keep_to_this_machine():
    """Without a setting the house listens to this machine alone, next to its files."""
    assert settings_from({}) == Settings(
        host="127.0.0.1",
        port=2222,
        config=Path("boards.yaml"),
        data=Path("data"),
        keys=Path("host_keys"),
        store="",
        bus="",
        algorithms="default",
        source_limits="remote",
    )


@pytest.mark.parametrize(
    ("name", "value", "field", "expected"),
    [
        ("BUNNIZ_HOST", "0.0.0.0", "host", "0.0.0.0"),
        ("BUNNIZ_HOST", " ::1 ", "host", "::1"),
        ("BUNNIZ_PORT", "22", "port", 22),
        ("BUNNIZ_PORT", " 0 ", "port", 0),
        ("BUNNIZ_PORT", "65535", "port", 65535),
        ("BUNNIZ_CONFIG", "/etc/b.yaml", "config", Path("/etc/b.yaml")),
        ("BUNNIZ_DATA", "/srv/data", "data", Path("/srv/data")),
        ("BUNNIZ_KEYS", "/srv/keys", "keys", Path("/srv/keys")),
        ("BUNNIZ_STORE", f" {DATABASE} ", "store", DATABASE),
        ("BUNNIZ_STORE", "postgresql:///h?host=/run", "store", ANY),
        ("BUNNIZ_BUS", BROKER, "bus", BROKER),
        ("BUNNIZ_BUS", "tls://a,b:4223", "bus", ANY),
        ("BUNNIZ_ALGORITHMS", " strict ", "algorithms", "strict"),
        ("BUNNIZ_SOURCE_LIMITS", "all", "source_limits", "all"),
        ("BUNNIZ_SOURCE_LIMITS", "none", "source_limits", "none"),
    ],
)
def test_environment_sets_each(name: str, value: str, field: str, expected: object):
    """Each name sets its field and no other."""
    default = settings_from({})

    found = settings_from({name: value, "PATH": "/bin"})

    assert getattr(found, field) == expected
    others = {one.name for one in fields(Settings)} - {field}
    assert all(getattr(found, one) == getattr(default, one) for one in others)


def test_all_names_are_tried():
    """Each name that is taken from the environment is tried above."""
    tried = {"HOST", "PORT", "CONFIG", "DATA", "KEYS", "STORE", "BUS"}
    tried |= {"ALGORITHMS", "SOURCE_LIMITS"}

    assert set(NAMES) == {f"BUNNIZ_{name}" for name in tried}


@pytest.mark.parametrize("name", NAMES)
def test_each_is_explained(name: str):
    """docs/SETTINGS.md has a row for it, and one that names every word it may be."""
    page = Path(__file__).parents[2] / "docs" / "SETTINGS.md"

    row = next(line for line in page.read_text().splitlines() if f"| `{name}`" in line)

    assert all(f"`{word}`" in row for word in CHOICES.get(name, ()))


@pytest.mark.parametrize("name", NAMES)
def test_empty_is_not_set(name: str):
    """A name without a value is as if it were not there."""
    assert settings_from({name: "  "}) == settings_from({})


def test_options_win():
    """What is said on the command line counts, whatever the environment says."""
    environment = dict.fromkeys(set(NAMES) - set(SCHEMES) - set(CHOICES), "1")

    found = settings_from(
        environment,
        host="h",
        port=5,
        config=Path("c"),
        data=Path("d"),
        keys=Path("k"),
    )

    assert found == Settings("h", 5, Path("c"), Path("d"), Path("k"))


def test_port_option_makes_the_environment_moot():
    """A port that is not used is not looked at."""
    assert settings_from({"BUNNIZ_PORT": "ssh"}, port=0).port == 0


def test_no_host_is_not_every_host():
    """An empty host, which systems read as every address, is taken as none given."""
    assert settings_from({}, host="").host == "127.0.0.1"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("BUNNIZ_PROT", "; did you mean `BUNNIZ_PORT`?"),
        ("BUNNIZ_HOSTS", "; did you mean `BUNNIZ_HOST`?"),
        ("BUNNIZ_port", "; did you mean `BUNNIZ_PORT`?"),
        ("BUNNIZ_XYZZY", ""),
    ],
)
def test_mistyped_names_are_told(name: str, hint: str):
    """A name that sets nothing is refused with the one that was likely meant."""
    with pytest.raises(SettingBroken) as broken:
        settings_from({name: "1"})

    assert str(broken.value) == f"{name}: there is no such setting{hint}"


@pytest.mark.parametrize(
    "port",
    [
        "ssh",
        "-1",
        "65536",
        "22.5",
        "0x16",
        "٢٢",
        "2222222222",
        "0000002222",
        "1" * 5000,
    ],
)
def test_bad_ports_of_the_environment_are_told(port: str):
    """What is no port is refused in a short line that names the setting."""
    with pytest.raises(SettingBroken) as broken:
        settings_from({"BUNNIZ_PORT": port})

    assert str(broken.value).startswith("BUNNIZ_PORT: `")
    assert str(broken.value).endswith("` is no port: from 0 to 65535")
    assert len(str(broken.value)) < 100


@pytest.mark.parametrize("port", [-1, 65536, 10**30])
def test_bad_ports_of_options_are_told(port: int):
    """A number beyond all ports is refused under the option's name."""
    with pytest.raises(SettingBroken, match=r"^--port: `[-\d]+` is no port: "):
        settings_from({}, port=port)


@pytest.mark.parametrize("name", CHOICES)
@pytest.mark.parametrize("word", ["1", "Strict", "ALL", "strict all", "x" * 5000])
def test_other_words_are_told_with_the_right_ones(name: str, word: str):
    """A setting that is one of a few words is never guessed."""
    with pytest.raises(SettingBroken) as broken:
        settings_from({name: word})

    said = str(broken.value)
    assert said.startswith(f"{name}: `")
    assert f"is none of: {', '.join(CHOICES[name])}" in said
    assert len(said) < 140


def test_a_mistyped_word_is_told_with_the_one_that_is_meant():
    """As mistyped names are."""
    with pytest.raises(SettingBroken, match="did you mean `strict`"):
        settings_from({"BUNNIZ_ALGORITHMS": "stict"})


def test_cannot_write_to_the_terminal():
    """Control characters of the environment are not in what is printed."""
    with pytest.raises(SettingBroken) as broken:
        settings_from({"BUNNIZ_\x1b[2J": "1"})

    assert "\x1b" not in str(broken.value)


class TestAddresses:
    """Of the database and of the broker."""

    @pytest.mark.parametrize("content", [DATABASE, f"{DATABASE}\n", f"{DATABASE}\r\n"])
    def test_may_stand_in_a_file(self, tmp_path: Path, content: str):
        """`@FILE` names it, and the line may end as lines do."""
        path = a_file(tmp_path, content)

        assert settings_from({"BUNNIZ_STORE": f"@{path}"}).store == DATABASE

    @pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
    def test_file_is_for_nobody_else(self, tmp_path: Path, mode: int):
        """A file that others may read is refused, with the line that closes it."""
        path = a_file(tmp_path, BROKER, mode)

        with pytest.raises(SettingBroken) as broken:
            settings_from({"BUNNIZ_BUS": f"@{path}"})

        assert str(broken.value) == (
            f"BUNNIZ_BUS: {path}: is open to others on this machine. "
            f"Run: chmod 600 {path}"
        )

    @pytest.mark.parametrize("content", ["", " \n"])
    def test_file_may_not_be_empty(self, tmp_path: Path, content: str):
        """It would mean the data file of this machine, which was not meant."""
        with pytest.raises(SettingBroken, match="is empty"):
            settings_from({"BUNNIZ_STORE": f"@{a_file(tmp_path, content)}"})

    def test_file_must_be_there(self, tmp_path: Path):
        """A name that leads nowhere is told."""
        with pytest.raises(SettingBroken, match="No such file"):
            settings_from({"BUNNIZ_STORE": f"@{tmp_path / 'none'}"})

    def test_file_holds_text(self, tmp_path: Path):
        """Something else is not taken for an address."""
        path = a_file(tmp_path, "")
        path.write_bytes(b"\xff\xfe")

        with pytest.raises(SettingBroken, match="no address"):
            settings_from({"BUNNIZ_STORE": f"@{path}"})

    @pytest.mark.parametrize(
        ("name", "value", "problem"),
        [
            ("BUNNIZ_STORE", "mysql://db/x", "mysql:// is not known here; "),
            ("BUNNIZ_STORE", "sqlite:///x", "sqlite:// is not known here; "),
            ("BUNNIZ_STORE", "postgres://db/x", "postgres:// is not known here; "),
            ("BUNNIZ_STORE", "nats://db/x", "nats:// is not known here; "),
            ("BUNNIZ_STORE", "db.example/house", "it is no address; "),
            ("BUNNIZ_BUS", "redis://bus", "redis:// is not known here; "),
            ("BUNNIZ_BUS", "bus.example:4222", "it is no address; "),
        ],
    )
    def test_wrong_ones_are_told_with_right_ones(self, name, value, problem: str):
        """The refusal names how an address begins."""
        with pytest.raises(SettingBroken) as broken:
            settings_from({name: value})

        told = str(broken.value)
        assert told.startswith(f"{name}: {problem}")
        assert all(f"{scheme}://…" in told for scheme in SCHEMES[name])

    @pytest.mark.parametrize("between", [" ", "\n", "\x1b", "\0"])
    def test_are_one_word(self, tmp_path: Path, between: str):
        """Two lines in the file are not one address."""
        path = a_file(tmp_path, f"{DATABASE}{between}{DATABASE}")

        with pytest.raises(SettingBroken, match="no spaces"):
            settings_from({"BUNNIZ_STORE": f"@{path}"})

    @pytest.mark.parametrize("name", SCHEMES)
    @pytest.mark.parametrize(
        "value",
        [
            f"mysql://house:{PASSWORD}@db/house",
            f"house:{PASSWORD}@db/house",
            PASSWORD,
            f"postgresql:// {PASSWORD}",
            f"nats:// {PASSWORD}",
        ],
    )
    def test_refusals_keep_the_password(self, name: str, value: str):
        """What might be a password is not repeated."""
        with pytest.raises(SettingBroken) as broken:
            settings_from({name: value})

        assert PASSWORD not in str(broken.value)

    def test_settings_are_shown_without_them(self):
        """Who prints the settings prints no password."""
        found = settings_from({"BUNNIZ_STORE": DATABASE, "BUNNIZ_BUS": BROKER})

        assert (found.store, found.bus) == (DATABASE, BROKER)
        assert PASSWORD not in repr(found)
        assert PASSWORD not in str(found)
