"""``python -m fastapi_lint.docs [--check] [--root FOLDER]``: writes the generated documents, or says which are stale.

Exit status: 0 all is well, 1 ``--check`` found stale documents, 2 they cannot be made.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from fastapi_lint.docs.generate import DocumentationError, changes, write
from fastapi_lint.rules.registry import Registry, load


def main(arguments: Sequence[str] | None = None, registry: Registry | None = None) -> int:
    """Run the command.

    Args:
        arguments: those of the command line, by default the process's own.
        registry: the rules, by default the linter's own.

    Returns:
        The exit status.
    """
    parser = argparse.ArgumentParser(prog="python -m fastapi_lint.docs", description="Write the generated documents.")
    parser.add_argument("--check", action="store_true", help="write nothing, say what is stale and exit 1")
    parser.add_argument("--root", type=Path, default=Path(), metavar="FOLDER", help="the checkout (default: here)")
    options = parser.parse_args(arguments)
    try:
        found = changes(load() if registry is None else registry, options.root)
    except DocumentationError as error:
        for problem in error.problems:
            print(f"error: {problem}", file=sys.stderr)
        return 2
    if not options.check:
        write(found, options.root)
    for path in found.texts:
        print(f"{'stale' if options.check else 'written'}: {path}")
    for path in found.obsolete:
        print(f"{'obsolete' if options.check else 'removed'}: {path}")
    return 1 if found and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
