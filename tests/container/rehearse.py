"""Build the image of a Dockerfile and run it, without an engine: mounts, chroot and nothing else.

    unshare --mount python rehearse.py DOCKERFILE CONTEXT FOLDER [JSON list of argument lists]

Knows the instructions that our Dockerfiles use and refuses others. Every base image is a root of
this machine's /usr (Debian), Python's own prefix at /usr/local, and an /etc that knows names and
certificates. RUN gets the environment that the ENVs make, and from this one where pip's index and
cache are. The program is run as USER, on a root that is read-only but for /tmp.
Prints one JSON object a run: status, stdout, stderr.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ETC = (
    *("resolv.conf", "hosts", "nsswitch.conf", "passwd", "group"),
    *("ld.so.conf", "ld.so.conf.d", "ssl"),
)
INDEX = ("PIP_INDEX_URL", "PIP_CERT", "PIP_TRUSTED_HOST", "PIP_PROXY", "PIP_DEFAULT_TIMEOUT")
PATH = "/usr/local/bin:/usr/bin:/bin"


def instructions(dockerfile):
    """(name, rest) of each instruction: comments gone, continued lines joined."""
    text = re.sub(r"^\s*#.*\n", "", dockerfile.read_text("utf-8"), flags=re.MULTILINE)
    lines = text.replace("\\\n", " ").splitlines()
    return [tuple(line.split(None, 1)) for line in lines if line.strip()]


def mount(*arguments):
    subprocess.run(["mount", *map(str, arguments)], check=True)


def read_only(source, target):
    target.mkdir(parents=True, exist_ok=True)
    mount("--bind", source, target)
    mount("-o", "remount,ro,bind", target)


def base_image(root):
    """A root with the programs of this machine and nobody's files."""
    root.mkdir(parents=True)
    read_only("/usr", root / "usr")
    read_only(Path(sys.base_prefix), root / "usr/local")
    for name in ("bin", "sbin", "lib", "lib64"):
        (root / name).symlink_to(f"usr/{name}")
    for name in ("etc", "tmp", "proc", "dev"):
        (root / name).mkdir()
    (root / "tmp").chmod(0o1777)
    for name in ETC:
        source = Path("/etc", name)
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, root / "etc" / name)
    mount("--rbind", "/dev", root / "dev")
    mount("--rbind", "/proc", root / "proc")
    subprocess.run(["chroot", root, "/sbin/ldconfig"], check=True)  # finds Python's own library


class Stage:
    """What the instructions since the last FROM have made."""

    def __init__(self, root):
        base_image(root)
        self.root, self.directory, self.user, self.env = root, "/", "0:0", {"PATH": PATH}
        self.entrypoint, self.default = [], []

    def copy(self, rest, context, stages):
        origin, rest = re.fullmatch(r"(?:--from=(\w+) )?(.*)", rest).groups()
        *sources, target = rest.split()
        start = stages[origin].root if origin else context
        into = self.root / str(Path(self.directory, target)).lstrip("/")
        for source in (start / name.lstrip("/") for name in sources):
            if source.is_dir():
                shutil.copytree(source, into, symlinks=True, dirs_exist_ok=True)
            else:
                into.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, into)

    def instruct(self, name, rest):
        match name:
            case "RUN":
                self.run(rest)
            case "WORKDIR":
                self.directory = rest
                (self.root / rest.lstrip("/")).mkdir(parents=True, exist_ok=True)
            case "ENV":
                self.env.update(pair.split("=", 1) for pair in rest.split())
            case "USER":
                self.user = rest
            case "ENTRYPOINT":
                self.entrypoint = json.loads(rest)
            case "CMD":
                self.default = json.loads(rest)
            case _:
                raise SystemExit(f"the rehearsal does not know the instruction {name}")

    def command(self, words, extra):
        env = [f"{name}={value}" for name, value in {**self.env, **extra}.items()]
        return ["chroot", self.root, "env", "-i", "-C", self.directory, *env, *words]

    def run(self, rest):
        index = {name: os.environ[name] for name in INDEX if name in os.environ}
        cache = Path.home() / ".cache/pip"
        if cache.is_dir():  # what this machine has fetched before is not fetched again
            (self.root / "cache").mkdir(exist_ok=True)
            mount("--bind", cache, self.root / "cache")
            index |= {"PIP_NO_CACHE_DIR": "0", "PIP_CACHE_DIR": "/cache"}
        subprocess.run(self.command(["sh", "-c", rest], index), check=True, stdout=sys.stderr)

    def start(self, arguments):
        uid, gid = self.user.split(":")
        less = ["--clear-groups", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"]
        words = ["setpriv", f"--reuid={uid}", f"--regid={gid}", *less, *self.entrypoint]
        return subprocess.run(
            self.command([*words, *(arguments or self.default)], {}),
            check=False,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )


def build(dockerfile, context, folder):
    """The last stage, built."""
    stages, stage = {}, None
    for name, rest in instructions(dockerfile):
        if name == "FROM":
            label = rest.split(" AS ")[1] if " AS " in rest else "last"
            stage = stages[label] = Stage(folder / label)
        elif name == "COPY":
            stage.copy(rest, context, stages)
        elif name not in {"ARG", "FROM"}:
            stage.instruct(name, rest)
    return stage


def main(dockerfile, context, folder, runs="[]"):
    mount("--make-rprivate", "/")
    stage = build(Path(dockerfile), Path(context), Path(folder))
    mount("--bind", stage.root, stage.root)  # hides the mounts below it: made anew there
    for name in ("usr", "dev", "proc"):
        mount("--rbind", f"/{name}", stage.root / name)
    read_only(sys.base_prefix, stage.root / "usr/local")
    mount("-t", "tmpfs", "-o", "mode=1777", "tmpfs", stage.root / "tmp")
    mount("-o", "remount,ro,bind", stage.root)
    for arguments in json.loads(runs):
        done = stage.start(arguments)
        told = {"status": done.returncode, "stdout": done.stdout, "stderr": done.stderr}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
