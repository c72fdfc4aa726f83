# SPDX-License-Identifier: Apache-2.0
"""The errors that end a run with a sentence instead of a traceback."""


class RunError(Exception):
    """The run cannot start or go on; the text is for the person at the terminal. Exit status 1."""

    exit_status = 1


class UsageError(RunError):
    """An argument is wrong, whatever the state of the machine. Exit status 2."""

    exit_status = 2


class ToolError(Exception):
    """A helper program (initdb, psql, dbmate) failed; the text holds its last lines. Tried again with back-off."""
