"""What becomes of a row that cannot go on: its failure, and when another attempt is due."""

from transforms.failures.failure import failure_of, is_last_try
from transforms.failures.schedule import MAX_TRIES, retry_at

__all__ = ["MAX_TRIES", "failure_of", "is_last_try", "retry_at"]
