"""What the launcher of the Flex Template runs: the stream, sent to Dataflow."""  # noqa: INP001 - a program

import sys

from pipelines.flex_template import launch

if __name__ == "__main__":
    sys.exit(launch(sys.argv[1:]))
