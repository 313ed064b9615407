"""A Flex Template of Dataflow for `communique stream`: its parameters, and what launches it.

    python -m pipelines.flex_template > deploy/dataflow/metadata.json

The parameters are the options of the command, so that the two cannot differ.
Source of the form: google.dataflow.v1beta3.TemplateMetadata and ParameterMetadata.
"""

import inspect
import json
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_type_hints

from pipelines.__main__ import main
from pipelines.commands.stream import stream

LEFT_OUT = {
    "sample": "its site is on loopback",
    "log": "no process is left to write it",
    "detach": "always said by the launcher",
    "verbose": "always said by the launcher: its log is Google's",
    "resolve": "may be repeated, which a parameter may not",
    "allow_host": "may be repeated, which a parameter may not",
}
"""Options that are no parameters, and why."""

_REQUIRED = {"contact": None, "output": "^gs://[^/]+/.+$"}
"""What has no default where a template is launched, and the form that Dataflow checks first."""

_BEAMS = {
    "name": "sdk_container_image",
    "label": "sdk_container_image",
    "helpText": "The image of the template: its workers need what it holds.",
    "isOptional": False,
    "paramType": "TEXT",
}


class Option(NamedTuple):
    """An option of the command: its name as Python writes it, its type, default and help."""

    name: str
    kind: type
    default: Any
    help: str


def options_of_stream() -> Iterator[Option]:
    """The options of `communique stream`, in its order, without those that are left out."""
    hints = get_type_hints(stream, include_extras=True)
    for name, parameter in inspect.signature(stream).parameters.items():
        if name in LEFT_OUT or name == "beam_options":
            continue
        declared, told = get_args(hints[name])
        kinds = [kind for kind in get_args(declared) or [declared] if kind is not type(None)]
        yield Option(name, kinds[0], parameter.default, told.help)


def metadata() -> dict[str, Any]:
    """The template's description, for `gcloud dataflow flex-template build --metadata-file`."""
    return {
        "name": "Communiqué",
        "description": "Reads news feeds without an end, keeps the article text, tags what "
        "diplomacy it is about, and commits it to Delta tables.",
        "streaming": True,
        "supportsAtLeastOnce": False,
        "supportsExactlyOnce": True,
        "parameters": [*map(_parameter, options_of_stream()), _BEAMS],
    }


def command_of(arguments: Sequence[str]) -> list[str]:
    """What the launcher gives (`--name=value`) as a call of the command: ours, `--`, Beam's.

    A flag is said for the value `true` and left out for any other; an empty value is none.
    """
    options = {option.name: option.kind for option in options_of_stream()}
    ours, beams = ["stream", "--detach", "--verbose"], []
    for argument in arguments:
        name, _, value = argument.removeprefix("--").partition("=")
        written = f"--{name.replace('_', '-')}"
        if name not in options:
            beams.append(argument)
        elif options[name] is bool:
            ours += [written] if value.lower() == "true" else []
        elif value:
            ours += [f"{written}={value}"]
    return [*ours, "--", *beams]


def launch(arguments: Sequence[str]) -> int:
    """Send the job as the launcher says. Returns the exit status of the command."""
    return main(command_of(arguments))


def _parameter(option: Option) -> Mapping[str, Any]:
    form = _REQUIRED.get(option.name)
    told: dict[str, Any] = {
        "name": option.name,
        "label": f"--{option.name.replace('_', '-')}",
        "helpText": option.help,
        "isOptional": option.name not in _REQUIRED,
        "paramType": _type_of(option.kind),
    }
    if issubclass(option.kind, Enum):
        told["enumOptions"] = [{"value": member.value} for member in option.kind]
    if form is not None:
        told["regexes"] = [form]
    default = option.default.value if isinstance(option.default, Enum) else option.default
    if told["isOptional"] and default is not None:
        told["defaultValue"] = str(default).lower() if option.kind is bool else str(default)
    return told


def _type_of(kind: type) -> str:
    if issubclass(kind, Enum):
        return "ENUM"
    return {bool: "BOOLEAN", int: "NUMBER", str: "TEXT", Path: "TEXT"}[kind]


if __name__ == "__main__":
    print(json.dumps(metadata(), indent=2, ensure_ascii=False))
