"""The whole command at work on the sample site, and what it does when nobody disturbs it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from benchmarks.crash.compare import COMMUNIQUE, Spent, finish, row_sets, start
from benchmarks.crash.forks import Nursery
from pipelines.sample import SampleSite

RERUNS = 3
CONTACT = "crash@communique.example"
Rows = dict[str, list[str]]


class Job:
    """`communique run` over the sample site, which this process serves: it outlives the runs."""

    def __init__(self, site: SampleSite, nursery: Nursery | None = None) -> None:
        self._site, self._nursery = site, nursery
        feeds = site.feeds_file.read_text("utf-8").splitlines()[1:]
        self._not_pages = {urlsplit(line.partition(",")[0]).path for line in feeds}
        self._not_pages |= {"/robots.txt", "/"}

    def start(self, output: Path, **environment: str) -> Any:
        """Start a run: a process of its own, or a fork."""
        arguments = ["run", "--json", "--poll", "all", "--pace", "0s", "--contact", CONTACT]
        arguments += [part for mapping in self._site.mappings for part in ("--resolve", mapping)]
        arguments += ["--allow-host", self._site.allow, "--feeds", str(self._site.feeds_file)]
        arguments += ["--output", str(output)]
        if self._nursery:
            return self._nursery.start(arguments, **environment)
        return start(*COMMUNIQUE, *arguments, **environment)

    @contextmanager
    def forked(self, **environment: str) -> Iterator["Job"]:
        """The same job by forks of a process that starts in such an environment."""
        nursery = Nursery(**environment)
        try:
            yield Job(self._site, nursery)
        finally:
            nursery.close()

    def pages_asked(self) -> int:
        """Requests for pages that the site has answered so far."""
        return sum(request.path not in self._not_pages for request in self._site.requests)


class Usual(NamedTuple):
    """What the job is when nothing happens to it."""

    rows: Rows
    first: Spent
    again: Spent
    pages: int


@contextmanager
def sample_job() -> Iterator[Job]:
    """The job, while its site is served."""
    with SampleSite().serve() as site:
        yield Job(site)


def undisturbed(job: Job, output: Path, problems: list[str]) -> Usual:
    """A run that finds all new, and the median of some that find nothing new."""
    asked = job.pages_asked()
    first = finish(job.start(output), "unbroken run", problems)
    pages = job.pages_asked() - asked
    again = [finish(job.start(output), "second run", problems) for _ in range(RERUNS)]
    middle = Spent(*(median(figures) for figures in zip(*again, strict=True)))
    twice = job.pages_asked() - asked - pages
    if twice:
        problems.append(f"{twice} pages fetched again with nothing new")
    return Usual(row_sets(output), first, middle, pages)
