"""The sysop's side: setting up, commands, and everything that can be wrong."""

import json
import os
import re
import shutil
import signal
import socket
import stat
from pathlib import Path

import pytest

from tests.e2e.house import ROOT, House


def mode(path: Path) -> int:
    """A path's permission bits."""
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(scope="module")
def set_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a house that was set up, to be copied."""
    made = House(tmp_path_factory.mktemp("still"))
    assert made.command("init").returncode == 0
    return made.folder


class TestSettingUp:
    """What the first start makes."""

    def test_makes_closed_secrets_and_an_encrypted_file(self, house: House) -> None:
        """The keys' folder is 0700, its files 0600, the data file is not readable."""
        assert mode(house.keys) == 0o700
        assert mode(house.data) == 0o700
        for one in house.keys.iterdir():
            assert mode(one) == 0o600
        for one in house.data.iterdir():
            assert mode(one) == 0o600, one
        assert b"SQLite" not in (house.data / "bunniz.db").read_bytes()

    def test_says_how_to_join_and_keeps_its_identity(self, house: House) -> None:
        """The join command, the fingerprint and a claim code; the same key later."""
        said = "\n".join(house.output)
        assert f"ssh -p {house.port} 127.0.0.1" in said
        fingerprint = re.search(r"SHA256:\S+", said)
        assert fingerprint
        assert house.claim
        house.restart()

        assert fingerprint[0] in "\n".join(house.output)

    def test_a_house_with_a_sysop_prints_no_claim_code(self, house: House) -> None:
        """Nobody can claim what has somebody already."""
        house.admit("maple", "sysop")
        house.restart()

        assert not house.claim

    def test_nothing_about_clients_is_written(self, house: House) -> None:
        """User name, address, client version and terminal are in no output or file."""
        canary = "canary-user-name"
        house.admit("rosa")
        visitor = house.enter("rosa")
        visitor.await_text("Boards")
        visitor.press("q")
        visitor.await_exit()
        words = [
            word.replace("x@", f"{canary}@") for word in house.ssh("rosa", "whoami")
        ]
        visitor = house.enter("rosa")
        assert os.spawnvp(os.P_WAIT, "ssh", words) == 0
        house.stop()

        written = "\n".join(house.output).encode()
        files = [one.read_bytes() for one in house.data.iterdir() if one.is_file()]
        for data in (written, *files):
            assert canary.encode() not in data
            assert b"OpenSSH" not in data
            assert b"xterm" not in data
        assert written.count(b"127.0.0.1") == 2  # where it listens, how to join
        house.start()


class TestCommands:
    """people, invite, check: with the server running and without."""

    @pytest.mark.parametrize("running", [True, False])
    def test_people_and_invite(self, house: House, running: bool) -> None:
        """Both work on the same data, whoever holds the file."""
        if not running:
            house.stop()
        key = str(house.public_key("maple"))
        house.command("people", "add", "maple", "--key", key, "--role", "moderator")
        listed = house.command("people", "list")
        code = house.command("invite", "--uses", "3", "--expires", "2d")
        changed = house.command("people", "role", "maple", "trusted")
        removed = house.command("people", "remove", "maple")
        empty = house.command("people", "list")
        if not running:
            house.start()

        assert "maple\tmoderator\ten" in listed.stdout
        assert re.fullmatch(r"([0-9A-Z]{4}-){6}[0-9A-Z]{2}\n", code.stdout)
        assert "trusted" in changed.stdout
        assert removed.returncode == 0
        assert "maple" not in empty.stdout

    @pytest.mark.parametrize(
        ("words", "status", "said"),
        [
            (["people", "role", "nobody", "member"], 3, "Nobody here is called"),
            (["people", "add", "x", "--key", "missing.pub"], 1, "cannot be read"),
            (["invite", "--expires", "soon"], 2, "is not a duration"),
            (["invite", "--role", "boss"], 2, "no such role"),
        ],
    )
    def test_mistakes_are_named(
        self, shared: House, words: list[str], status: int, said: str
    ) -> None:
        """Each has a status and a sentence on standard error."""
        done = shared.command(*words)

        assert done.returncode == status
        assert said in done.stderr
        assert "Traceback" not in done.stderr

    def test_a_private_key_is_refused_with_a_warning(self, shared: House) -> None:
        """The one file that must never be given away is recognised."""
        key = shared.key("rosa")
        done = shared.command("people", "add", "rosa", "--key", str(key))

        assert done.returncode == 1
        assert "private key" in done.stderr

    @pytest.mark.parametrize(
        ("kind", "fits"),
        [
            (("-t", "ecdsa", "-b", "256"), True),
            (("-t", "rsa", "-b", "3072"), True),
            (("-t", "rsa", "-b", "2048"), False),
            (("-t", "ecdsa", "-b", "521"), False),
        ],
    )
    def test_keys_of_accepted_kinds_get_in(
        self, house: House, kind: tuple[str, ...], fits: bool
    ) -> None:
        """The same kinds are accepted from a file and over ssh."""
        house.key("rosa", kind)
        added = house.command(
            "people", "add", "rosa", "--key", str(house.public_key("rosa"))
        )
        asked = house.ask("rosa", "whoami --json", options=["-v"])

        assert (added.returncode == 0) == fits
        # Whoever has no other key is a guest.
        assert (json.loads(asked.stdout)["name"] == "rosa") == fits
        if not fits:
            assert "ed25519" in added.stderr
            assert b"ssh-keygen -t ed25519" in asked.stderr


class TestRefusingToStart:
    """A server that should not run says why and does not."""

    @pytest.fixture
    def still(self, set_up: Path, folder: Path) -> House:
        """A house that was set up and does not run."""
        shutil.copytree(set_up, folder, dirs_exist_ok=True)
        return House(folder)

    def serve(self, house: House) -> tuple[int, str]:
        """Try to serve; the status and what was said."""
        done = house.command("serve", "--port", str(house.port))
        return done.returncode, done.stderr

    def test_on_a_mistyped_config(self, still: House, folder: Path) -> None:
        """Every mistake with its line, status 2, from check and from serve."""
        text = (ROOT / "boards.yaml").read_text("utf-8")
        still.config = folder / "boards.yaml"
        still.config.write_text(text.replace("ttl_days:", "ttl_day:", 1), "utf-8")
        line = text.split("ttl_days:")[0].count("\n") + 1

        for words in (["check"], ["serve"]):
            done = still.command(*words)
            assert done.returncode == 2
            assert f"boards.yaml:{line}: " in done.stderr
            assert "did you mean `ttl_days`?" in done.stderr

    def test_on_keys_that_others_can_read(self, still: House) -> None:
        """The file is named, and what to run."""
        (still.keys / "data.key").chmod(0o644)

        status, said = self.serve(still)

        assert status == 1
        assert "chmod 600" in said

    def test_on_another_key(self, still: House) -> None:
        """A data file that this key does not open is left as it is."""
        before = (still.data / "bunniz.db").read_bytes()
        (still.keys / "data.key").write_text("00" * 32 + "\n")

        status, said = self.serve(still)

        assert status == 1
        assert "does not open it" in said
        assert (still.data / "bunniz.db").read_bytes() == before

    def test_on_a_damaged_file(self, still: House) -> None:
        """Damage is called damage."""
        path = still.data / "bunniz.db"
        data = bytearray(path.read_bytes())
        data[5000:6000] = os.urandom(1000)
        path.write_bytes(data)

        status, said = self.serve(still)

        assert status == 1
        assert "damaged" in said

    def test_on_a_missing_key_beside_data(self, still: House) -> None:
        """No new key is made that could not open what is there."""
        (still.keys / "data.key").unlink()

        status, said = self.serve(still)

        assert status == 1
        assert "Put back your copy" in said

    def test_on_a_busy_port(self, still: House) -> None:
        """The port is named, and the option to choose another."""
        with socket.create_server(("127.0.0.1", 0)) as taken:
            still.port = taken.getsockname()[1]
            status, said = self.serve(still)

        assert status == 1
        assert "the port is in use" in said
        assert "--port" in said

    def test_beside_another_server(self, house: House) -> None:
        """Two servers never share a data folder."""
        done = house.command("serve", "--port", "0")

        assert done.returncode == 1
        assert "another server" in done.stderr

    @pytest.mark.parametrize("name", ["TEXTUAL", "TEXTUAL_DEBUG", "TEXTUAL_LOG"])
    def test_under_textual_debugging(
        self, still: House, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What would write down keys is refused."""
        monkeypatch.setattr(
            "tests.e2e.house.clean_environment", lambda: os.environ | {name: "1"}
        )

        status, said = self.serve(still)

        assert status == 1
        assert f"{name} is set" in said

    def test_on_a_mistyped_setting(
        self, still: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A setting that does not exist is a mistake, not a silence."""
        monkeypatch.setattr(
            "tests.e2e.house.clean_environment",
            lambda: os.environ | {"BUNNIZ_PROT": "1"},
        )

        done = still.command("check")

        assert done.returncode == 2
        assert "BUNNIZ_PORT" in done.stderr


def test_a_second_signal_is_not_needed(house: House) -> None:
    """SIGINT ends the server as SIGTERM does."""
    assert house.stop(signal.SIGINT) == 0
    house.start()
