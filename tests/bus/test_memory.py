import pytest

from bunniz_bbs.bus.memory import MemoryBus


async def test_ending_leaves_nothing_behind():
    """No topic and no listener stays in memory, however the block ends."""
    bus = MemoryBus()

    async def break_off() -> None:
        async with bus.subscribe(["a"]), bus.subscribe(["a", "b"]) as other:
            other.listen(["c"])
            raise LookupError

    with pytest.raises(LookupError):
        await break_off()

    assert bus._listeners == {}


async def test_nobody_comes_back_after_the_end():
    """A session that asks for topics while it is torn down leaves nothing behind."""
    bus = MemoryBus()
    async with bus.subscribe(["a"]) as heard:
        pass

    heard.listen(["a"])

    assert bus._listeners == {}
