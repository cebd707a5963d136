"""``python -m fastapi_lint``: the same as the command ``fastapi-lint``."""

import os
import sys

# ``-m`` lets modules of the working directory come before all others, and that is where the checked project is: its
# ``secrets.py`` is none of ours. In a checkout of this very project the folder must stay, though.
_HERE = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
if sys.path and os.path.realpath(sys.path[0]) == os.path.realpath(os.getcwd()) != _HERE:
    del sys.path[0]

from fastapi_lint.cli.main import main  # noqa: E402

if __name__ == "__main__":
    main()
