"""What becomes of a row that cannot go on: its failure, and when another attempt is due."""

from transforms.failures.failure import failure_of
from transforms.failures.schedule import MAX_ATTEMPTS, retry_at

__all__ = ["MAX_ATTEMPTS", "failure_of", "retry_at"]
