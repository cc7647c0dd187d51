"""What has an end goes: from a screen, from answers, and from every file."""

import time

from bunniz_bbs.store.sqlcipher import connect
from tests.e2e.house import House
from tests.e2e.test_canary import found_in, rows_of

WORDS = "canary words of a day"
KEPT = "words that stay"
SOON = 15.0
"""Seconds until it ends that was sent for a day."""
SECONDS = 5.0
"""So long after its end nothing is left."""


def end_soon(house: House) -> float:
    """Let what was sent for a day end in a moment; when that is."""
    key = bytes.fromhex((house.keys / "data.key").read_text().strip())
    ends = time.time() + SOON
    data = connect(house.data / "bunniz.db", key)
    try:
        data.execute(
            "UPDATE posts SET goes_at = ? WHERE goes_at IS NOT NULL",
            (int(ends * 1_000_000),),
        )
    finally:
        data.close()
    return ends


def test_five_seconds_after_its_end_a_post_is_nowhere(house: House) -> None:
    """Gone from the open screen, which says that it went; no copy in any file."""
    house.admit("rosa", language="fr")
    house.admit("lune")
    assert not house.ask("rosa", "post", "money", "-t", "Bread", given=KEPT).returncode
    sent = house.ask("rosa", "reply", "1", "--for", "1d", given=WORDS)
    assert sent.returncode == 0, sent.stderr
    house.stop()
    ends = end_soon(house)
    assert found_in(rows_of(house), {"words": WORDS.encode()}) == ["words"]
    house.start()

    lune = house.enter("lune", "go", "1", size=(40, 15))
    lune.await_text(WORDS)
    lune.await_text("its time was up")
    lune.await_no_text(WORDS)
    shown = house.ask("rosa", "read", "money", "1")
    assert "son temps était passé" in shown.stdout.decode()
    time.sleep(max(0.0, ends + SECONDS - time.time()))

    files = [one for one in house.data.rglob("*") if one.is_file()]
    assert files
    for one in files:
        assert found_in(one.read_bytes(), {"words": WORDS.encode()}) == []
    house.stop()
    rows = rows_of(house)
    assert found_in(rows, {"words": WORDS.encode()}) == []
    assert found_in(rows, {"kept": KEPT.encode()}) == ["kept"]
    house.start()
