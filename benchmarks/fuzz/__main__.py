"""Fuzz every reader of what strangers write, with a time limit by the byte.

    make fuzz                                   # atheris, all targets, 60 s each
    python -m benchmarks.fuzz --seconds 300 --only page,url
    python -m benchmarks.fuzz --engine random   # where atheris cannot be installed

With atheris (libFuzzer: guided by coverage) a target runs in a process of its own; what it finds
stays in build/fuzz/<target>/ with the growing corpus. `random` strings tokens and noise together.
A finding is an error that the target does not name, or an input that takes longer than
0.5 s + 20 us a byte of CPU. Prints one JSON line a target; exits 1 if there was a finding.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import time
import traceback
from pathlib import Path

from benchmarks.fuzz.targets import TARGETS

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "build" / "fuzz"
TOKENS = Path(__file__).with_name("tokens.txt")
FIXED_S = 0.5
PER_BYTE_S = 20e-6
MAX_BYTES = 20_000
SEEDS = 100


def check(name: str, data: bytes) -> None:
    """Run a target on one input. Raises what it raises; TimeoutError if it took too long."""
    start = time.process_time()
    TARGETS[name][0](data)
    took = time.process_time() - start
    if took > FIXED_S + PER_BYTE_S * len(data):
        raise TimeoutError(f"{took:.2f} s of CPU for {len(data)} bytes")


def tokens_of(name: str) -> list[bytes]:
    """The pieces that the inputs of a target are made of."""
    kinds = TOKENS.read_text(encoding="ascii").split("== ")
    _, *tokens = next(kind for kind in kinds if kind.startswith(TARGETS[name][1])).split()
    return [token.encode("ascii").decode("unicode_escape").encode("latin-1") for token in tokens]


def made_of(tokens: list[bytes], rng: random.Random) -> bytes:
    """An input: tokens and noise in any order, some of them over and over."""
    parts = []
    for _ in range(rng.randrange(1, 40)):
        kind = rng.random()
        if kind < 0.7:
            parts.append(rng.choice(tokens))
        elif kind < 0.9:
            parts.append(rng.randbytes(rng.randrange(1, 8)))
        else:
            piece = b"".join(rng.choices(tokens, k=rng.randrange(1, 3)))
            parts.append(piece * rng.randrange(2, MAX_BYTES // len(piece) // 3))
    return b"".join(parts)[:MAX_BYTES]


def at_random(name: str, seconds: float, seed: int) -> dict:
    """Inputs from tokens for so many seconds, until the first finding."""
    rng = random.Random(seed)
    tokens = tokens_of(name)
    begin, runs, size = time.monotonic(), 0, 0
    while time.monotonic() - begin < seconds:
        data = made_of(tokens, rng)
        runs, size = runs + 1, size + len(data)
        try:
            check(name, data)
        except Exception:  # noqa: BLE001  a finding is whatever gets out
            CORPUS.mkdir(parents=True, exist_ok=True)
            found = CORPUS / f"finding-{name}-{runs}"
            found.write_bytes(data)
            finding = traceback.format_exc().strip().splitlines()[-1]
            return {"runs": runs, "bytes": size, "finding": finding, "input": str(found)}
    return {"runs": runs, "bytes": size, "finding": None}


def with_atheris(name: str, seconds: float, seed: int) -> dict:
    """libFuzzer on one target, in a process of its own."""
    folder = CORPUS / name
    folder.mkdir(parents=True, exist_ok=True)
    words, counts, rng = CORPUS / f"{name}.dict", CORPUS / f"{name}.counts", random.Random(seed)
    tokens = tokens_of(name)
    for number in range(SEEDS):
        (folder / f"seed-{number}").write_bytes(made_of(tokens, rng))
    escaped = ("".join(f"\\x{byte:02x}" for byte in token) for token in tokens)
    words.write_text("".join(f'"{token}"\n' for token in escaped), encoding="ascii")
    limits = [f"-max_total_time={int(seconds)}", f"-max_len={MAX_BYTES}", "-timeout=60"]
    command = [sys.executable, "-m", "benchmarks.fuzz.guided", name, folder, f"-dict={words}"]
    options = [
        *limits,
        f"-seed={seed}",
        f"-artifact_prefix={folder}-finding-",
        "-rss_limit_mb=4096",
    ]
    done = subprocess.run(
        [*command, *options],
        cwd=ROOT,
        env={**os.environ, "FUZZ_COUNTS": str(counts)},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    said = done.stdout + done.stderr
    size, runs = map(int, counts.read_text().split()) if counts.exists() else (0, 0)
    finding = None
    if done.returncode:
        lines = [
            line
            for line in said.splitlines()
            if re.match(r"\s*(\w+\.)*\w*(Error|Exception)\b", line)
        ]
        finding = (lines or said.splitlines()[-3:])[0][:300]
    return {"runs": runs, "bytes": size, "finding": finding}


def main() -> int:
    """Fuzz the targets one after the other."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--seconds", type=float, default=60, help="for each target")
    options.add_argument("--only", help="targets, separated by commas")
    options.add_argument("--engine", choices=["atheris", "random"], default="atheris")
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    run = with_atheris if asked.engine == "atheris" else at_random
    names = asked.only.split(",") if asked.only else list(TARGETS)
    bad = 0
    for name in names:
        result = run(name, asked.seconds, asked.seed)
        bad += result["finding"] is not None
        print(json.dumps({"target": name, "engine": asked.engine, **result}), flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
