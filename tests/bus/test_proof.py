"""Who a node is, and to whom it shows that."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bus.brokers import Broker, Cable
from tests.bus.certificates import make_certificate
from tests.bus.nodes import a_node, until

pytestmark = pytest.mark.usefixtures("hasty")

USER = ("--user", "bunniz", "--pass", "r1ght:@/x")
SHOWN = "bunniz:r1ght%3A%40%2Fx@"


def running(broker: Broker) -> Iterator[Broker]:
    """A broker that runs until the test ends."""
    broker.start()
    yield broker
    broker.kill()


@pytest.fixture
def careful(tmp_path: Path) -> Iterator[Broker]:
    """A broker that wants a password."""
    yield from running(Broker(tmp_path, *USER))


@pytest.fixture
def encrypted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Broker]:
    """A broker that speaks TLS, whose certificate is trusted here."""
    certificate, private = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    words = ("--tls", f"--tlscert={certificate}", f"--tlskey={private}")
    yield from running(Broker(tmp_path, *USER, *words))


def there(broker: Broker) -> str:
    """Its host and port."""
    return broker.url.removeprefix("nats://")


class TestPassword:
    async def test_a_broker_that_wants_one_gets_it(self, careful):
        """From the address."""
        async with a_node(f"nats://{SHOWN}{there(careful)}") as one:
            assert one.bus.whole

    @pytest.mark.parametrize("who", ["bunniz:wr0ng@", "wr0ng@", ""])
    async def test_a_wrong_one_is_not_shown(self, careful, caplog, who):
        """The log says once that the broker cannot be used; it is tried again."""
        caplog.set_level("DEBUG")
        async with a_node(f"nats://{who}{there(careful)}", whole=False) as one:
            await until(lambda: "cannot be reached" in caplog.text)
            await until(lambda: careful.log.read_text().count("rror") >= 2)
            assert not one.bus.whole

        ours = [one for one in caplog.records if one.name.startswith("bunniz")]
        assert len(ours) == 1
        assert "wr0ng" not in caplog.text


class TestEncryption:
    async def test_a_broker_that_speaks_it_is_spoken_to_so(self, encrypted):
        """Nothing passes that is not encrypted, but for the broker's greeting."""
        async with Cable(encrypted.port).laid() as cable:
            url = f"tls://{SHOWN}{there(encrypted)}".replace(
                str(encrypted.port), str(cable.port)
            )
            async with a_node(url) as one:
                assert one.bus.whole
            wire = bytes(cable.carried)

        assert wire.startswith(b"INFO")
        assert b"r1ght" not in wire
        assert b"PUB" not in wire

    async def test_a_broker_that_does_not_speak_it_is_shown_nothing(
        self, careful, caplog
    ):
        """Somebody on the way could have taken the encryption out."""
        async with Cable(careful.port).laid() as cable:
            url = f"tls://{SHOWN}127.0.0.1:{cable.port}"
            async with a_node(url, whole=False) as one:
                await until(lambda: "NotEncrypted" in caplog.text)
                assert not one.bus.whole
            wire = bytes(cable.carried)

        assert b"INFO" in wire
        assert b"r1ght" not in wire

    async def test_a_broker_without_a_password_that_does_not_speak_it_is_left(
        self, broker, caplog
    ):
        """Whoever asks for encryption gets it or nothing."""
        url = broker.url.replace("nats://", "tls://")
        async with a_node(url, whole=False) as one:
            await until(lambda: "NotEncrypted" in caplog.text)
            assert not one.bus.whole

    async def test_a_certificate_of_somebody_else_is_not_believed(
        self, encrypted, monkeypatch, tmp_path, caplog
    ):
        """Nor is one for another host."""
        other = tmp_path / "other"
        other.mkdir()
        monkeypatch.setenv("SSL_CERT_FILE", str(make_certificate(other)[0]))
        async with a_node(f"tls://{SHOWN}{there(encrypted)}", whole=False) as one:
            await until(lambda: "cannot be reached" in caplog.text)
            assert not one.bus.whole

        assert "SSLCertVerificationError" in caplog.text


async def test_the_next_host_is_tried_where_one_does_not_answer(broker, tmp_path):
    """A cluster has several."""
    nobody = Broker(tmp_path)

    async with a_node(f"nats://127.0.0.1:{nobody.port},{there(broker)}") as one:
        assert one.bus.whole
