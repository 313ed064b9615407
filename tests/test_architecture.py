"""The arrows between the packages, read from the imports, and the sizes and names we keep to."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("schemas", "transforms", "pipelines")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
NOUNS = sorted(path.parent.name for path in (ROOT / "transforms").glob("*/__init__.py"))

PRODUCT_LINES = 250
TEST_LINES = 400
FUNCTION_LINES = 40
VAGUE = re.compile(r"(^|_)(utils?|helpers?|managers?|misc|common|stuff)(_|$)")


class Import(NamedTuple):
    """One imported module or name, with the place that imports it."""

    path: Path
    line: int
    target: str

    @property
    def package(self) -> str:
        return self.target.partition(".")[0]

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line} imports {self.target}"


def imports_of(path: Path) -> Iterator[Import]:
    """Every import of a file, those inside functions too; `from a import b` is `a.b`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (Import(path, node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from (Import(path, node.lineno, f"{module}.{a.name}") for a in node.names)


def noun_of(path: Path) -> str | None:
    """The noun a file belongs to; None for a verb, and for a file outside `transforms`."""
    inside = path.relative_to(ROOT).parts
    return inside[1] if inside[0] == "transforms" and len(inside) > 2 else None


def verbs() -> set[str]:
    return {f"transforms.{path.stem}" for path in (ROOT / "transforms").glob("*.py")}


def imports_in(package: str) -> Iterator[Import]:
    for path in SOURCES:
        if path.relative_to(ROOT).parts[0] == package:
            yield from imports_of(path)


def in_product(target: str) -> bool:
    return target.partition(".")[0] in PACKAGES


def complaints(bad: Iterator[Import]) -> list[str]:
    return [str(found) for found in bad]


def test_schemas_import_the_standard_library_themselves_and_in_arrow_also_arrow():
    allowed = {*sys.stdlib_module_names, "schemas"}
    assert not complaints(
        found
        for found in imports_in("schemas")
        if found.package not in allowed
        and not (found.package == "pyarrow" and found.path.name == "arrow.py")
    )


def test_transforms_never_import_pipelines():
    assert not complaints(i for i in imports_in("transforms") if i.package == "pipelines")


def test_nouns_never_import_verbs():
    assert not complaints(
        found
        for found in imports_in("transforms")
        if noun_of(found.path)
        and any(found.target == verb or found.target.startswith(f"{verb}.") for verb in verbs())
    )


def test_nobody_imports_beam_but_verbs_and_pipelines():
    assert not complaints(
        found
        for path in SOURCES
        for found in imports_of(path)
        if found.package == "apache_beam"
        and (noun_of(path) or path.relative_to(ROOT).parts[0] == "schemas")
    )


def test_the_sample_site_does_without_beam():
    sample = ROOT / "pipelines" / "sample"
    assert not complaints(
        found
        for path in sorted(sample.rglob("*.py"))
        for found in imports_of(path)
        if found.package == "apache_beam"
    )


def test_private_names_stay_inside_their_package():
    def package_of(path: Path) -> str:
        return ".".join(path.relative_to(ROOT).parent.parts)

    assert not complaints(
        found
        for path in SOURCES
        for found in imports_of(path)
        if in_product(found.target)
        and re.search(r"\._(?!_)", found.target)
        and not found.target.startswith(f"{package_of(path)}.")
    )


def test_nouns_import_of_each_other_only_what_the_package_or_a_public_module_names():
    # `from transforms.web import url_key` and `from transforms.web.client import Client` are fine,
    # `from transforms.topics.scoring.weights import table` is a look under the skin.
    assert not complaints(
        found
        for found in imports_in("transforms")
        if (own := noun_of(found.path))
        and (parts := found.target.split("."))[0] == "transforms"
        and parts[1] in NOUNS
        and parts[1] != own
        and len(parts) > 4
    )


def test_imports_are_absolute():
    assert not complaints(
        found for path in SOURCES for found in imports_of(path) if found.target.startswith(".")
    )


def test_the_nouns_form_no_circle():
    arrows = {noun: set() for noun in NOUNS}
    for found in imports_in("transforms"):
        own, parts = noun_of(found.path), found.target.split(".")
        if own and parts[0] == "transforms" and parts[1] in NOUNS and parts[1] != own:
            arrows[own].add(parts[1])
    while free := [noun for noun, targets in arrows.items() if not targets]:
        arrows = {n: targets - set(free) for n, targets in arrows.items() if n not in free}
    assert not arrows, f"these import each other: {arrows}"


def test_one_place_catches_every_exception():
    broad = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler) and _is_broad(node.type)
    ]
    assert [place.partition(":")[0] for place in broad] == ["transforms/attempt.py"], broad


def _is_broad(caught: ast.expr | None) -> bool:
    if isinstance(caught, ast.Tuple):
        return any(_is_broad(kind) for kind in caught.elts)
    return caught is None or ast.unparse(caught) in {"Exception", "BaseException"}


@pytest.mark.parametrize(("paths", "limit"), [(SOURCES, PRODUCT_LINES), (TESTS, TEST_LINES)])
def test_files_fit_the_eye(paths, limit):
    lines = {path.relative_to(ROOT): len(path.read_bytes().splitlines()) for path in paths}
    too_long = {str(path): count for path, count in lines.items() if count > limit}
    assert not too_long, f"more than {limit} lines; split them"


def test_functions_fit_the_eye():
    functions = (
        (path, node)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    assert not [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name} has {length} lines of body"
        for path, node in functions
        if (length := _body_lines(node)) > FUNCTION_LINES
    ]


def _body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from the first statement on; the docstring and the options of a command do not count."""
    first = node.body[1 if ast.get_docstring(node) and len(node.body) > 1 else 0]
    return (node.end_lineno or 0) - first.lineno + 1


def test_names_say_what_a_file_is_about():
    named = {*SOURCES, *(path.parent for path in SOURCES)}
    assert not [str(path) for path in sorted(named) if VAGUE.search(path.stem)]


def test_no_noun_hides_a_module_of_the_standard_library():
    assert not sorted(set(NOUNS) & sys.stdlib_module_names)


def test_every_package_names_what_is_public():
    packages = [ROOT / "transforms" / noun / "__init__.py" for noun in NOUNS]
    assert not [str(path) for path in packages if "__all__" not in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("module", ["schemas.arrow", *(f"transforms.{noun}" for noun in NOUNS)])
def test_the_pure_parts_load_without_beam(module):
    code = f"import sys, {module}; sys.exit('apache_beam' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
