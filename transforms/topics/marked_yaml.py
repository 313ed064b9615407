"""YAML read as nodes, so that every complaint can name the line it is about."""

import difflib
from collections.abc import Collection
from pathlib import Path
from typing import NoReturn

import yaml

from schemas.errors import UsageError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class TaxonomyError(UsageError, ValueError):
    """A taxonomy file cannot be used: the message names file, line, value, rule and remedy."""


class MarkedYaml:
    """The nodes of one YAML file. Every method raises TaxonomyError with file and line."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def root(self) -> yaml.Node:
        """The top node of the file."""
        try:
            text = self.path.read_text(encoding="utf-8-sig")
            root = yaml.compose(text, Loader=_LOADER)
        except OSError as error:
            reason = error.strerror or error
            raise TaxonomyError(f"{self.path}: cannot be read ({reason}); check the path") from None
        except UnicodeDecodeError as error:
            raise TaxonomyError(
                f"{self.path}: byte {error.start} is not UTF-8; save the file as UTF-8"
            ) from None
        except (yaml.YAMLError, RecursionError) as error:
            raise TaxonomyError(self._syntax_message(error)) from None
        if root is None:
            raise TaxonomyError(f"{self.path}:1: the file is empty; it needs `topics:`")
        return root

    def fail(self, node: yaml.Node, message: str) -> NoReturn:
        """Raise a TaxonomyError about the line of `node`."""
        raise TaxonomyError(f"{self.path}:{line_of(node)}: {message}")

    def mapping(
        self, node: yaml.Node, what: str, required: Collection[str], optional: Collection[str] = ()
    ) -> dict[str, yaml.Node]:
        """The entries of a mapping that must have the `required` keys and may have `optional`."""
        found = self.entries(node, what)
        allowed = [*required, *optional]
        for key, value in found.items():
            if key not in allowed:
                near = difflib.get_close_matches(key, allowed, n=1)
                hint = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(allowed)}"
                self.fail(value, f"{what} has the unknown key {key!r}; {hint}")
        for key in required:
            if key not in found:
                self.fail(node, f"{what} has no {key!r}, which it must have; add `{key}: ...`")
        return found

    def entries(self, node: yaml.Node, what: str) -> dict[str, yaml.Node]:
        """The entries of a mapping with any keys, each of which may stand once."""
        if not isinstance(node, yaml.MappingNode):
            self.fail(node, f"{what} is {_shape(node)}, it must be a mapping; write `key: value`")
        found: dict[str, yaml.Node] = {}
        for key_node, value in node.value:
            key = self.text(key_node, f"a key of {what}")
            if key in found:
                first = line_of(found[key])
                self.fail(key_node, f"{what} has {key!r} twice, first in line {first}; remove one")
            found[key] = value
        return found

    def items(self, node: yaml.Node, what: str) -> list[yaml.Node]:
        """The nodes of a list."""
        if not isinstance(node, yaml.SequenceNode):
            self.fail(node, f"{what} is {_shape(node)}, it must be a list; write `[first, second]`")
        return list(node.value)

    def text(self, node: yaml.Node, what: str) -> str:
        """A text that is not empty. `no`, `1.0` and `null` are no texts unless quoted."""
        if not isinstance(node, yaml.ScalarNode):
            self.fail(node, f"{what} is {_shape(node)}, it must be a text")
        if node.tag != "tag:yaml.org,2002:str":
            value = node.value
            self.fail(node, f'{what} is {value!r}, which YAML reads as {_shape(node)}; write "..."')
        if not node.value.strip():
            self.fail(node, f"{what} is empty; write a text or remove the line")
        return str(node.value)

    def whole(self, node: yaml.Node, what: str, least: int, most: int) -> int:
        """A whole number from `least` to `most`."""
        is_whole = isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:int"
        digits = node.value if is_whole else ""
        if not digits.isdecimal() or not least <= int(digits[:9]) <= most:
            shown = repr(node.value) if isinstance(node, yaml.ScalarNode) else _shape(node)
            self.fail(node, f"{what} is {shown}; it must be a whole number from {least} to {most}")
        return int(digits)

    def _syntax_message(self, error: Exception) -> str:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or str(error).split("\n", maxsplit=1)[0]
        return f"{self.path}:{line}: not valid YAML: {problem}; check indent, quotes and brackets"


def line_of(node: yaml.Node) -> int:
    """The line of a node, from 1."""
    return int(node.start_mark.line) + 1


def _shape(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    kind = node.tag.rsplit(":", 1)[-1]
    names = {"str": "a text", "int": "a whole number", "float": "a number", "bool": "true or false"}
    return names.get(kind, "nothing" if kind == "null" else f"a {kind}")
