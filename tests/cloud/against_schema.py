"""Hold Terraform files against the schema of the provider, without the provider.

    build/cloud/bin/python against_schema.py FOLDER

The provider itself is in no package registry; its schema is, as the classes that are generated from
it (cdktf-cdktf-provider-google). Prints a line for each argument that a resource does not have and
each that it needs and has not got. Reads the classes as text: running them would need Node.
"""

import ast
import importlib.util
import re
import sys
from pathlib import Path

import hcl2

META = {"for_each", "count", "depends_on", "lifecycle", "provider"}


def schema_of(resource):
    """Class name -> (every argument, those without a default), of one resource."""
    package = importlib.util.find_spec("cdktf_cdktf_provider_google").submodule_search_locations[0]
    file = Path(package, resource.removeprefix("google_"), "__init__.py")
    if not file.exists():
        return {}
    classes = {}
    for node in ast.parse(file.read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef):
            makers = [
                n for n in node.body if isinstance(n, ast.FunctionDef) and n.name == "__init__"
            ]
            for maker in makers:
                names = [a.arg for a in maker.args.kwonlyargs]
                needed = {
                    name
                    for name, default in zip(names, maker.args.kw_defaults, strict=True)
                    if default is None
                }
                classes[node.name] = (set(names), needed)
    return classes


def problems(where, body, prefix, classes):
    """What is wrong with a resource or a block of it, and with the blocks in it."""
    names, needed = classes.get(f"{prefix}Config") or classes[prefix]
    given = {name for name in body if not name.startswith("__")} - META
    yield from (f"{where} has no argument {name}" for name in sorted(given - names))
    yield from (f"{where} needs {name}" for name in sorted(needed - given))
    for name in sorted(given & names):
        inner = prefix + "".join(part.capitalize() for part in name.split("_"))
        for block in body[name] if isinstance(body[name], list) else ():
            if isinstance(block, dict) and inner in classes:
                yield from problems(f"{where}.{name}", block, inner, classes)


def main(folder):
    found, seen = [], 0
    for file in sorted(Path(folder).glob("*.tf")):
        with file.open(encoding="utf-8") as text:
            parsed = hcl2.load(text)
        for resources in parsed.get("resource", []):
            for quoted, named in resources.items():
                kind = quoted.strip('"')
                classes = schema_of(kind)
                if not classes:
                    found.append(f"{file.name}: the provider has no {kind}")
                    continue
                prefix = "".join(p.capitalize() for p in kind.removeprefix("google_").split("_"))
                prefix = next(n for n in classes if n.lower() == prefix.lower())
                for name, body in named.items():
                    seen += 1
                    found += problems(f"{kind}.{name.strip(chr(34))}", body, prefix, classes)
    print(*found, sep="\n")
    print(f"{seen} resources", file=sys.stderr)


if __name__ == "__main__":
    main(re.sub(r"/$", "", sys.argv[1]))
