"""One call of `fetch`, on the loop's side: every host's requests in order, all hosts at once."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from functools import partial
from queue import SimpleQueue

from schemas.errors import RowError
from transforms.web.errand import Errand
from transforms.web.exchange import Fetched, Request, Response
from transforms.web.links import Link


class Round:
    """Runs errands and hands over their ends, each exactly once, through `done`."""

    def __init__(
        self,
        requests: dict[str, list[tuple[Request, Link]]],
        visit: Callable[[Errand], Awaitable[Response]],
        max_waiting: int,
    ) -> None:
        """`requests` are those of each host.

        At most `max_waiting` answers are under way or wait to be taken. That is what bounds
        memory: `done` itself holds whatever it is given.
        """
        self.done: SimpleQueue[Fetched] = SimpleQueue()
        self._room = asyncio.Semaphore(max_waiting)
        self._visit = visit
        self._queues = {
            host: deque(Errand(request, link, self._room) for request, link in items)
            for host, items in requests.items()
        }
        self._open = {errand for queue in self._queues.values() for errand in queue}
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begin. To be called on the loop, like everything else here."""
        for queue in self._queues.values():
            self._spawn(self._serve(queue))

    def taken(self, fetched: Fetched) -> None:
        """Count the room of an answer that the consumer has taken as free."""
        if fetched.response is not None and fetched.response.body:
            self._room.release()

    def stop(self) -> None:
        """Let running exchanges end; everything else ends now, as `interrupted`."""
        for errand in [e for e in self._open if not e.is_sending]:
            self._end(errand, _interrupted())
            if errand.task is not None:
                errand.task.cancel()
        for errand in self._open:
            errand.is_stopped = True
        for queue in self._queues.values():
            queue.clear()

    async def cancel(self) -> None:
        """End everything now and wait until it is over."""
        for errand in list(self._open):
            self._end(errand, _interrupted())
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _spawn(self, work: Awaitable[None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _serve(self, queue: deque[Errand]) -> None:
        """The errands of one host, one after the other until each is done or sent elsewhere."""
        while queue:
            errand = queue.popleft()
            errand.task = self._spawn(self._run(errand))
            errand.task.add_done_callback(partial(self._settle, errand))
            await errand.has_left.wait()

    async def _run(self, errand: Errand) -> None:
        try:
            end: Response | RowError = await self._visit(errand)
        except RowError as error:
            end = error
        self._end(errand, end)

    def _settle(self, errand: Errand, task: asyncio.Task[None]) -> None:
        """After an errand's task: free its host, and account for what even it did not foresee."""
        errand.has_left.set()
        fault = None if task.cancelled() else task.exception()
        if fault is not None:
            detail = f"{type(fault).__name__} in the web client: {str(fault)[:200]}"
            self._end(errand, RowError("unexpected", detail))

    def _end(self, errand: Errand, end: Response | RowError) -> None:
        if errand not in self._open:
            return  # it was interrupted meanwhile
        self._open.discard(errand)
        if isinstance(end, RowError):
            # Its traceback would keep what was read of the body, and failures take no room.
            end.__traceback__ = end.__cause__ = end.__context__ = None
            self.done.put(Fetched(errand.request, None, end))
        else:
            self.done.put(Fetched(errand.request, end, None))


def _interrupted() -> RowError:
    return RowError("interrupted", "the run was stopped before this request's turn")
