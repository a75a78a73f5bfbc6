"""`python -m alliance.update nato FILE --edition 2027-07` brings the course to a new edition; see `--help`."""

import argparse
import importlib
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from datetime import date
from io import BytesIO

from .. import data, publishers
from . import files, report
from .plan import plan

PUBLISHERS = {
    "nato": ("2027-07", "the workbook of NATO's defence expenditure"),
    "sipri": ("2027-04", "the workbook of SIPRI's Military Expenditure Database"),
    "kiel": ("R31", "the folder with the six CSV files of a release of the Ukraine Support Tracker"),
    "cpi": ("2026", "the workbook of the Corruption Perceptions Index"),
}


def main(arguments=None):
    """Do what is asked; returns 0, or 1 with a sentence on stderr where a file or table is refused and nothing
    written.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    asked = _parser().parse_args(arguments)
    try:
        return asked.run(asked)
    except (publishers.Refused, data.DataError) as error:
        print(f"{error}\nNothing was written.", file=sys.stderr)
        return 1


def _parser():
    parser = argparse.ArgumentParser(
        prog="python -m alliance.update",
        description="Bring the course to a new edition of a publisher's file, and say what became false.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, (example, what) in PUBLISHERS.items():
        command = commands.add_parser(
            name,
            help=f"{what}, as issued",
            description=f"Reads {what}, as issued, and prints what it changes and what becomes false. Nothing is "
            "written without --write; with it, rows, source and descriptor are written together, or not at all.",
        )
        command.add_argument("file", type=pathlib.Path, help=what)
        command.add_argument("--edition", required=True, metavar=example, help="how our tables name this edition")
        if name == "sipri":
            help_spare, help_since = "leave our rows of these countries as they are", "keep the years from this one on"
            command.add_argument("--spare", nargs="+", default=[], metavar="CODE", help=help_spare)
            command.add_argument("--since", type=int, metavar="YEAR", help=help_since)
        new = command.add_argument_group("where the edition is new: what sources.csv is to say of it")
        new.add_argument("--address", help="the publisher's own address of the file (needed)")
        new.add_argument("--title", help="default: that of the edition before, its years moved on")
        new.add_argument("--words", help='the edition in words, like "July 2027, information as of 3 July 2027"')
        new.add_argument("--copy-read", help="the address of the copy that was read, if not the publisher's")
        new.add_argument("--licence", help="default: that of the edition before")
        new.add_argument(
            "--read",
            type=date.fromisoformat,
            default=date.today(),
            metavar="DAY",
            help="the day it was read; default: today",
        )
        command.add_argument(
            "--write", action="store_true", help="write it into data/, then run every lesson and say what differs"
        )
        command.add_argument(
            "--save",
            action="store_true",
            help="with --write: also save the lessons and the record of states that differ",
        )
        command.set_defaults(run=_edition, publisher=name)
    changed = commands.add_parser(
        "changed",
        help="what became false since a commit, whatever changed in data/",
        description="Compares data/ with a commit: verdicts, sentences, caveats, lessons. For rows changed by hand.",
    )
    changed.add_argument("--since", default="HEAD", metavar="COMMIT", help="default: the last commit")
    changed.add_argument("--save", action="store_true", help="save the lessons and the record of states that differ")
    changed.set_defaults(run=_changed)
    return parser


def _edition(asked):
    publisher = importlib.import_module(f"..publishers.{asked.publisher}", __package__)
    options = {"spared": asked.spare, "since": asked.since} if asked.publisher == "sipri" else {}
    issue = publisher.read(asked.file, asked.edition, **options)
    about = {"address": asked.address, "title": asked.title, "edition": asked.words, "copy_read": asked.copy_read}
    made = plan(publisher, issue, about | {"licence": asked.licence, "date_read": f"{asked.read}"})
    _say(f"# {publisher.NAME}: {issue.words}", "", "## What it changes", *made.lines)
    if not made.files:
        _say("Nothing: data/ holds this already.")
        return 0
    with tempfile.TemporaryDirectory(prefix="alliance-before-") as before:
        shutil.copytree(data.FOLDER, before, dirs_exist_ok=True)
        with files.trial(made.files) as after:
            _say(*report.of_claims(before, after, made.tables))
            _say(*report.of_checks(before, after, made.tables))
            with files.reading(after):
                _say(*report.of_words(made.older, made.newer, made.years, made.tables))
        if not asked.write:
            _say(
                "## Nothing was written", "Read the above, then ask again with --write: it writes and runs the lessons."
            )
            return 0
        files.write(made.files)
    _say(*report.of_lessons(asked.save))
    _say(*report.of_states(asked.save))
    return 0


def _changed(asked):
    with tempfile.TemporaryDirectory(prefix="alliance-before-") as folder:
        command = ["git", "-C", str(report.COURSE), "archive", asked.since, "data"]
        packed = subprocess.run(command, capture_output=True, check=False)
        if packed.returncode:
            raise data.DataError(f"git cannot give data/ of {asked.since!r} ({packed.stderr.decode().strip()}).")
        with tarfile.open(fileobj=BytesIO(packed.stdout)) as archive:
            archive.extractall(folder, filter="data")
        before = pathlib.Path(folder, "data")
        tables = [name for name in data.names() if _bytes(before, name) != _bytes(data.FOLDER, name)]
        _say(f"# data/ since {asked.since}", f"Changed tables: {', '.join(tables) or 'none'}.")
        _say(*report.of_rows(before, data.FOLDER, tables))
        _say(*report.of_claims(before, data.FOLDER, tables))
        _say(*report.of_checks(before, data.FOLDER, tables))
    _say(*report.of_lessons(asked.save))
    _say(*report.of_states(asked.save))
    return 0


def _bytes(folder, name):
    path = folder / data.resource(name)["path"]
    return path.read_bytes() if path.exists() else b""


def _say(*lines):
    print("\n".join(lines), flush=True)


if __name__ == "__main__":
    status = 0
    try:
        status = main()
    except BrokenPipeError:  # `| head` has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(status)
