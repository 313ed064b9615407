"""StoreText: keep of every text what the user chose to keep."""

from functools import partial

import apache_beam as beam
from apache_beam.pvalue import PCollection
from apache_beam.typehints.decorators import no_annotations

from schemas.article import TEXT_STORED, WHOLE
from transforms.articles import stored_row


class StoreText(beam.PTransform):
    """Article or Failure -> the same with its `full` text, an `excerpt` or `none` of it.

    The last stage before rows are kept anywhere: everything before it works on the whole text.
    """

    def __init__(self, store_text: str = WHOLE) -> None:
        super().__init__()
        if store_text not in TEXT_STORED:
            raise ValueError(
                f"store_text must be one of {', '.join(TEXT_STORED)}, got {store_text!r}"
            )
        self.store_text = store_text

    @no_annotations
    def expand(self, rows: PCollection) -> PCollection:
        """Cuts each row by itself; `full` costs nothing."""
        if self.store_text == WHOLE:
            return rows
        return rows | "Cut" >> beam.Map(partial(stored_row, store_text=self.store_text))
