"""``fastapi-lint clean``: removes what is kept between runs."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--cache-dir", type=click.Path(path_type=Path), metavar="DIR", help="The folder that holds the cache.")
def clean(paths: tuple[Path, ...], cache_dir: Path | None) -> int:
    """Remove what is kept between runs of the projects that PATHS belong to; of the current folder by default.

    The next run takes as long as the first.
    """
    from fastapi_lint.engine.discovery import group_by_project
    from fastapi_lint.engine.run import existing
    from fastapi_lint.engine.store import DIRECTORY, kept_files
    from fastapi_lint.text.words import counted

    removed = 0
    for place in group_by_project(existing(paths or (Path("."),))):
        files = kept_files(place.root, cache_dir.absolute() if cache_dir is not None else None)
        removed += len(files)
        try:
            for file in files:
                file.unlink()
            if cache_dir is None:
                _remove_folder(place.root / DIRECTORY)
        except OSError as error:
            raise click.ClickException(f"{error.filename} can't be removed: {error.strerror}.") from None
    click.echo(f"Removed {counted(removed, 'file')}." if removed else "Nothing is kept.")
    return 0


def _remove_folder(folder: Path) -> None:
    """Removes the folder of a cache with what marks it as one; what is not ours stays, and the folder with it."""
    if not folder.is_dir():
        return
    for name in (".gitignore", "CACHEDIR.TAG"):
        (folder / name).unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()
