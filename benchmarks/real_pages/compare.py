"""The whole job on 2,000 real pages, beside the script that an expert writes in an hour.

    python benchmarks/real_pages/compare.py --shared ../shared --venvs DIR [-n 2000] [PEER ...]

Makes a loopback site of 40 hosts from real pages (`measure/e2e/site.py`) and runs each peer on it
in turn (`measure/e2e/bench.py`): CPU ms per article, peak memory, missing and doubled articles,
body F1. `DIR` holds a virtual environment per peer (`v_diy` for diy_asyncio); ours is this one.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> int:
    """Make the site, lay our runner beside the peers', run the bench."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--shared", type=Path, default=HERE.parents[1].parent / "shared")
    options.add_argument("--venvs", type=Path, required=True)
    options.add_argument("-n", default="2000")
    options.add_argument("--hosts", default="40")
    options.add_argument("--rerun", action="store_true")
    options.add_argument("peers", nargs="*", default=["ours", "diy_asyncio"])
    asked = options.parse_args()
    e2e = asked.shared / "measure" / "e2e"
    if not e2e.is_dir():
        print(f"{e2e} is not there: this comparison needs its pages and peers", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="communique-bench-") as folder:
        bench, site = Path(folder) / "bench", Path(folder) / "site"
        bench.mkdir()
        for tool in [*e2e.glob("*.py"), HERE / "run_peer_ours.py"]:
            (bench / tool.name).symlink_to(tool.resolve())
        venvs = Path(folder) / "venvs"
        venvs.mkdir()
        (venvs / "v_ours").symlink_to(Path(sys.prefix))
        for venv in asked.venvs.glob("v_*"):
            (venvs / venv.name).symlink_to(venv.resolve())
        pages = asked.shared / "data" / "extraction" / "scrapinghub"
        gen = ["gen", "--pages", pages, "--out", site, "-n", asked.n, "--feeds", asked.hosts]
        subprocess.run([sys.executable, bench / "site.py", *gen], check=True)
        command = [sys.executable, bench / "bench.py", "--site", site, "--venvs", venvs]
        command += ["--rerun"] * asked.rerun
        return subprocess.run([*command, *asked.peers], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
