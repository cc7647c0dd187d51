"""Settings of the machine: options win over the environment, that over defaults."""

from pathlib import Path

import pytest

from bunniz_bbs.config.settings import NAMES, SettingBroken, Settings, settings_from


def test_defaults_keep_to_this_machine():
    """Without a setting the house listens to this machine alone, next to its files."""
    assert settings_from({}) == Settings(
        host="127.0.0.1",
        port=2222,
        config=Path("boards.yaml"),
        data=Path("data"),
        keys=Path("host_keys"),
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
    ],
)
def test_environment_sets_each(name: str, value: str, field: str, expected: object):
    """Each name sets its field and no other."""
    default = settings_from({})

    found = settings_from({name: value, "PATH": "/bin"})

    assert getattr(found, field) == expected
    others = {"host", "port", "config", "data", "keys"} - {field}
    assert all(getattr(found, one) == getattr(default, one) for one in others)


def test_all_names_are_tried():
    """Each name that is taken from the environment is tried above."""
    tried = {"HOST", "PORT", "CONFIG", "DATA", "KEYS"}

    assert set(NAMES) == {f"BUNNIZ_{name}" for name in tried}


@pytest.mark.parametrize("name", NAMES)
def test_empty_is_not_set(name: str):
    """A name without a value is as if it were not there."""
    assert settings_from({name: "  "}) == settings_from({})


def test_options_win():
    """What is said on the command line counts, whatever the environment says."""
    environment = dict.fromkeys(NAMES, "1")

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
        ("BUNNIZ_SOMETHING_ELSE", ""),
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


def test_cannot_write_to_the_terminal():
    """Control characters of the environment are not in what is printed."""
    with pytest.raises(SettingBroken) as broken:
        settings_from({"BUNNIZ_\x1b[2J": "1"})

    assert "\x1b" not in str(broken.value)
