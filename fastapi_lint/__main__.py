"""``python -m fastapi_lint``: the same as the command ``fastapi-lint``."""

from fastapi_lint.cli.main import entry

if __name__ == "__main__":
    entry()
