"""Run Communiqué as the bench of real pages runs its peers: `--feeds FILE --out DIR`.

Leaves `DIR/parquet`, the committed files of the articles table (one run, nothing replaced yet).
"""

import argparse
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

options = argparse.ArgumentParser()
options.add_argument("--feeds", type=Path, required=True)
options.add_argument("--out", type=Path, required=True)
options.add_argument("--workers", default="1")
asked = options.parse_args()

port = urlsplit(asked.feeds.read_text(encoding="utf-8").split()[0]).port
news = asked.out / "news"
command = [
    *(str(Path(sys.executable).with_name("communique")), "run"),
    *("--feeds", str(asked.feeds), "--output", str(news), "--workers", asked.workers),
    *("--allow-host", f"127.0.1.0/24:{port}", "--pace", "0s"),
    *("--contact", "bench@communique.example"),
]
status = subprocess.run(command, check=False).returncode
if not (asked.out / "parquet").exists():
    (asked.out / "parquet").symlink_to(news / "articles")
sys.exit(status)
