"""Worker process, the child's side. Started as a script, so that nothing of the parent's `__main__` is run.

Parent and worker talk over a pipe whose number is the one argument: first comes what to run, then
lists of tasks; back go records. Whatever the model prints goes to the file that is standard output
and standard error, and from there, run by run, into the records. When the parent dies its end of
the pipe closes, and this process ends at once, in the middle of a run if need be.
"""

from __future__ import annotations

import faulthandler
import os
import queue
import signal
import sys
import threading
import time
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from schoolsim.studies.model import Model
    from schoolsim.studies.run_request import RunTask

LONGEST_OUTPUT = 64 * 1024
"""Bytes of what a run prints that are kept."""

SHORT = 0.002
GATHER = 0.02
"""Records of runs shorter than `SHORT` are gathered for up to so many seconds into one message."""


def main() -> None:
    """Serve the parent until it closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    faulthandler.enable(file=2)
    os.set_inheritable(int(sys.argv[1]), False)  # a process the model starts must not hold it
    parent = Connection(int(sys.argv[1]))
    hello = parent.recv()
    sys.path[:] = hello["sys_path"]
    sys.argv[:] = [hello["path"]]
    try:
        model = _load(hello)
    except BaseException as error:  # whatever it is, the parent has to hear of it
        import traceback

        known = type(error).__name__ == "ModelError"
        parent.send(("broken", str(error) if known else traceback.format_exc()))
        return
    parent.send(("ready", None))
    messages: queue.SimpleQueue[list[RunTask]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(parent, messages), daemon=True).start()
    _serve(model, messages, parent, one_by_one=hello["one_by_one"])


def _load(hello: dict[str, Any]) -> Model:
    import logging

    logging.basicConfig(stream=sys.stderr, level=hello["log_level"], format="%(levelname)s %(name)s: %(message)s")
    from schoolsim.studies.errors import ModelError
    from schoolsim.studies.model import ModelReference, model_version, prepare

    model = ModelReference(hello["path"], hello["arguments"]).load()
    if hello["version"] not in (None, model_version(model)):
        raise ModelError(
            f"{hello['path']} has version {model_version(model)} there, {hello['version']} here; "
            "was it changed while the study runs, or is another one installed there?"
        )
    prepare(model)
    return model


def _listen(parent: Connection, messages: queue.SimpleQueue[list[RunTask]]) -> None:
    """Pass the parent's messages on; leave when the parent has gone."""
    try:
        while True:
            messages.put(parent.recv())
    except (EOFError, OSError):
        os._exit(0)


def _serve(model: Model, messages: queue.SimpleQueue[list[RunTask]], parent: Connection, *, one_by_one: bool) -> None:
    from schoolsim.studies.execution.run_one import run_one

    short = 0.0 if one_by_one else SHORT
    while True:
        records, since = [], time.monotonic()
        for task in messages.get():
            record = run_one(model, task)
            sys.stdout.flush()
            sys.stderr.flush()
            record.output = printed(2)
            records.append(record)
            if record.seconds >= short or time.monotonic() - since >= GATHER:
                parent.send(("records", records))
                records, since = [], time.monotonic()
        if records:
            parent.send(("records", records))


def printed(descriptor: int) -> str:
    """What has been written to a file since it was last asked for; the file is emptied."""
    size = os.fstat(descriptor).st_size
    if size == 0:
        return ""
    text = os.pread(descriptor, LONGEST_OUTPUT, 0).decode(errors="replace")
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return text if size <= LONGEST_OUTPUT else f"{text}\n[{size - LONGEST_OUTPUT} bytes left out]"


if __name__ == "__main__":
    main()
