"""python -m sqlite3 [FILE [SQL]]: executes a statement, or reads statements at a prompt."""

import sqlite3
import sys
from argparse import ArgumentParser
from code import InteractiveConsole
from textwrap import dedent


def _execute(target, sql, exits=True):
    """Execute a statement and print its rows. An error is printed; with exits, the program then ends with code 1."""
    try:
        for row in target.execute(sql):
            print(row)
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", None)
        print(f"{type(error).__name__}{f' ({name})' if name else ''}: {error}", file=sys.stderr)
        if exits:
            sys.exit(1)


class _Prompt(InteractiveConsole):
    """A prompt for SQL: a statement goes on until it is complete."""

    def __init__(self, connection):
        super().__init__()
        self._connection = connection
        self._cursor = connection.cursor()

    def runsource(self, source, filename="<input>", symbol="single"):
        match source:
            case ".version":
                print(sqlite3.sqlite_version)
            case ".help":
                print("Enter SQL code and press enter.")
            case ".quit":
                sys.exit(0)
            case _:
                if not sqlite3.complete_statement(source):
                    return True
                _execute(self._cursor, source, exits=False)
        return False


def _arguments(args):
    parser = ArgumentParser(description="Python sqlite3 CLI", prog="python -m sqlite3")
    parser.add_argument("filename", type=str, default=":memory:", nargs="?",
                        help="SQLite database to open (defaults to ':memory:'). A new database is created if the file does not previously exist.")
    parser.add_argument("sql", type=str, nargs="?", help="An SQL query to execute. Any returned rows are printed to stdout.")
    parser.add_argument("-v", "--version", action="version", version=f"SQLite version {sqlite3.sqlite_version}",
                        help="Print underlying SQLite library version")
    return parser.parse_args(args)


def main(*args):
    """The command; args: one list of its arguments."""
    given = _arguments(*args)
    memory = given.filename == ":memory:"
    shown = "a transient in-memory database" if memory else repr(given.filename)
    banner = f"""
        sqlite3 shell, running on SQLite version {sqlite3.sqlite_version}
        Connected to {shown}

        Each command will be run using execute() on the cursor.
        Type ".help" for more information; type ".quit" or CTRL-D to quit.
    """
    connection = sqlite3.connect(given.filename, isolation_level=None)
    try:
        if given.sql:
            _execute(connection, given.sql)
        else:
            _read(connection, dedent(banner).strip())
    finally:
        connection.close()
    sys.exit(0)


def _read(connection, banner):
    first, more = getattr(sys, "ps1", None), getattr(sys, "ps2", None)
    sys.ps1, sys.ps2 = "sqlite> ", "    ... "
    try:
        _Prompt(connection).interact(banner, exitmsg="")
    finally:
        for name, value in ("ps1", first), ("ps2", more):
            setattr(sys, name, value) if value is not None else delattr(sys, name)


if __name__ == "__main__":
    main(sys.argv[1:])
