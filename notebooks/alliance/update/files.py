"""The files of data/ as they would be, tried on a copy; then written, all of them or none."""

import contextlib
import os
import pathlib
import shutil
import tempfile

from .. import data


@contextlib.contextmanager
def reading(folder):
    """Meanwhile tables are read from another folder: a copy on trial, or the data as they were."""
    kept, data.FOLDER = data.FOLDER, pathlib.Path(folder)
    try:
        yield
    finally:
        data.FOLDER = kept


@contextlib.contextmanager
def trial(files):
    """A copy of data/ with `files` (name to bytes) in it, read and checked whole;
    data.DataError names the first damage.
    """
    with tempfile.TemporaryDirectory(prefix="alliance-trial-") as folder:
        copied = pathlib.Path(folder) / data.FOLDER.name
        shutil.copytree(data.FOLDER, copied)
        for name, content in files.items():
            (copied / name).write_bytes(content)
        with reading(copied):
            check()
        yield copied


def check():
    """Read every table; data.DataError names the first damage."""
    for name in data.names():
        data.load(name)


def write(files):
    """Put `files` (name to bytes) into data/, all of them or none: whatever fails, everything stands as it did."""
    kept = {name: (data.FOLDER / name).read_bytes() for name in files}
    with tempfile.TemporaryDirectory(prefix=".update-", dir=data.FOLDER) as folder:
        ready = {name: pathlib.Path(folder, str(number)) for number, name in enumerate(files)}
        for name, path in ready.items():
            path.write_bytes(files[name])
            shutil.copymode(data.FOLDER / name, path)
        try:
            for name, path in ready.items():
                os.replace(path, data.FOLDER / name)
            check()
        except BaseException:
            for name, content in kept.items():
                if (data.FOLDER / name).read_bytes() != content:
                    (data.FOLDER / name).write_bytes(content)
            raise
