"""A small fictional news web, shipped with the package and served on loopback.

Six outlets under `.example`, each with a feed of its own format and pages of its own make, as tidy
and as dirty as real ones. The real job runs on it (`communique run --sample`), so that the program
can be tried and tested without the internet. README.md beside this file explains every oddity.

Sources are in `outlets/<host>/`: one Markdown-like file per feed entry, which also says what should
become of it (`expected_rows`), a page template, and robots.txt. All times are fixed, in the week of
16 to 22 November 2026, and every answer is the same bytes in every run.
"""

from pipelines.sample.expected import ExpectedRow, expected_rows
from pipelines.sample.server import Requested, SampleSite
from pipelines.sample.stories import Story, load_stories

__all__ = ["ExpectedRow", "Requested", "SampleSite", "Story", "expected_rows", "load_stories"]
