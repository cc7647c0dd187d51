"""Clients in a process of their own, so that their work is not in the server's."""

import asyncio
import gc
import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, Final, Protocol

LAST_WORD: Final = 10.0


class Crew(Protocol):
    """What works in the process; each of its coroutines may be asked for."""

    async def close(self) -> None:
        """End."""


class Worker:
    """A process that does one thing after the other, each as it is asked for."""

    def __init__(self, crew: Callable[..., Crew], *given: Any) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._pipe, theirs = spawn.Pipe()
        self._process = spawn.Process(
            target=_work, args=(theirs, crew, given), daemon=True
        )
        self._process.start()

    def tell(self, what: str, *given: Any) -> None:
        """Have something done, and go on meanwhile."""
        self._pipe.send((what, given))

    def is_done(self, seconds: float = 0.0) -> bool:
        """Whether it is done, or is within so many seconds."""
        return self._pipe.poll(seconds)

    def answer(self) -> Any:
        """What came of it.

        Raises:
            Exception: It failed with that.
        """
        answer = self._pipe.recv()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def ask(self, what: str, *given: Any) -> Any:
        """Have something done, and wait for it."""
        self.tell(what, *given)
        return self.answer()

    def close(self) -> None:
        """End the process."""
        if self._process.is_alive():
            self._pipe.send(None)
            self._process.join(LAST_WORD)
        self._process.kill()


def _work(pipe: Connection, crew: Callable[..., Crew], given: tuple[Any, ...]) -> None:
    asyncio.run(_serve(pipe, crew(*given)))


async def _serve(pipe: Connection, crew: Crew) -> None:
    gc.disable()  # no pause of this process may be in the figures
    while asked := await asyncio.to_thread(pipe.recv):
        what, given = asked
        try:
            answer = await getattr(crew, what)(*given)
        except Exception as error:
            answer = RuntimeError(f"{what}: {error!r}")
        pipe.send(answer)
    await crew.close()
