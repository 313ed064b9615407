"""In flight: what a stream has taken on and has not committed yet.

A stream has no end at which its account could be drawn up, so it is kept per poll: a `Round` is
one poll of one feed with everything that it opened, and it is committed only once all its items
are settled, and only after the earlier rounds of its feed. So validators are never believed before
the items they stand for are in the tables, and a stream that starts from nothing finds in the
tables all that it needs. Nothing here reads a clock, a table or the network.
"""

from transforms.in_flight.flush import Flush, flush_of
from transforms.in_flight.handed import HANDED_FOR, not_forgotten
from transforms.in_flight.rounds import Round, complete_rounds, open_round

__all__ = [
    "HANDED_FOR",
    "Flush",
    "Round",
    "complete_rounds",
    "flush_of",
    "not_forgotten",
    "open_round",
]
