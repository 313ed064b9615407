"""What a worker does with a graph: unpickle its functions, and use them. Nothing of ours is near.

python worker.py GRAPH...      prints one JSON object
"""

import json
import sys
from pathlib import Path

from apache_beam.internal import pickler
from apache_beam.portability import python_urns
from apache_beam.portability.api import beam_runner_api_pb2

PAGE = """<html lang=en><head><title>Envoys meet in Geneva</title></head><body><article>
<h1>Envoys meet in Geneva</h1>
<p>The foreign ministers of France and Egypt met in Geneva on Monday and signed a ceasefire
agreement after three days of peace talks that the United Nations had mediated.</p>
<p>Both delegations said that the truce would hold while negotiations on a peace treaty go on, and
that their ambassadors would return to the two capitals before the end of the month.</p>
</article></body></html>"""


def functions(graph):
    """Each DoFn of a graph, unpickled."""
    pipeline = beam_runner_api_pb2.Pipeline.FromString(Path(graph).read_bytes())
    for transform in pipeline.components.transforms.values():
        if transform.spec.urn == "beam:transform:pardo:v1":
            payload = beam_runner_api_pb2.ParDoPayload.FromString(transform.spec.payload)
            if payload.do_fn.urn == python_urns.PICKLED_DOFN_INFO:
                yield pickler.loads(payload.do_fn.payload)[0]


def main(graphs):
    unpickled = {Path(graph).stem: [type(f).__name__ for f in functions(graph)] for graph in graphs}
    # Imported after the graphs, which must bring in what they need by themselves.
    from transforms.boilerplate import clean_page
    from transforms.topics import load_tagger

    page = clean_page(PAGE.encode(), "https://paper.example/a")
    tagging = load_tagger().explain("Envoys meet in Geneva", page.text, "en")
    ours = ("pipelines", "transforms", "schemas")
    places = {name: module.__file__ for name, module in sys.modules.items() if name in ours}
    topics = [topic.id for topic in tagging.topics]
    told = {"functions": unpickled, "words": len(page.text.split()), "topics": topics}
    print(json.dumps({**told, "places": places}))


if __name__ == "__main__":
    main(sys.argv[1:])
