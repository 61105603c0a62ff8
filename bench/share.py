"""The same start with the processor share of a 128 MB function: 1769 MB are one core, and the kernel deals the time out every 20 ms."""

import os
import time

from .programs import compile_native
from .results import interleaved
from .startup import start_once

PERIOD_US = 20_000
QUOTA_US = PERIOD_US * 128 // 1769


class ProcessorShare:
    """A control group with that quota, of version 2 or 1. To be used in `with`; OSError where it may not be made."""

    def __init__(self):
        self.launcher = compile_native("launch")
        version, parent = _controller()
        self._folder = os.path.join(parent, f"lambda-bench-{os.getpid()}")
        os.mkdir(self._folder)
        self.processes = os.path.join(self._folder, "cgroup.procs")
        try:
            if version == 2:
                self._write("cpu.max", f"{QUOTA_US} {PERIOD_US}")
            else:
                self._write("cpu.cfs_period_us", str(PERIOD_US))
                self._write("cpu.cfs_quota_us", str(QUOTA_US))
        except OSError:
            os.rmdir(self._folder)
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.rmdir(self._folder)

    def _write(self, file, text):
        with open(os.path.join(self._folder, file), "w") as stream:
            stream.write(text)


def _controller():
    """Version and folder of the control groups that can limit processor time."""
    with open("/proc/mounts") as file:
        mounts = [line.split() for line in file]
    for _, folder, kind, options, *_ in mounts:
        if kind == "cgroup" and "cpu" in options.split(","):
            return 1, folder
    for _, folder, kind, *_ in mounts:
        if kind == "cgroup2":
            with open(os.path.join(folder, "cgroup.subtree_control")) as file:
                if "cpu" in file.read().split():
                    return 2, folder
    raise OSError("no control group here limits processor time")


def measure(results, setup):
    section = "start at a 128 MB function's processor share"
    register = results.new("share.register", section, "spawn to registration with 7.2 % of a core", "ms", digits=1)
    following = results.new("share.next", section, "spawn to the first /next with 7.2 % of a core", "ms", digits=1)
    try:
        with ProcessorShare() as group:
            for program, counts in interleaved(setup.programs, setup.extent.share_turns, warm_up=True):
                # Waits until the quota of a full period is available.
                time.sleep(3 * PERIOD_US / 1e6)
                figures = results.attempt(program, [register, following], lambda: start_once(program, setup, group))
                if counts and figures:
                    register.add(program.name, figures["register"])
                    following.add(program.name, figures["next"])
    except OSError as error:
        for program in setup.programs:
            register.leave_out(program.name, "no processor quota")
            following.leave_out(program.name, "no processor quota")
        results.note(f"The start at a 128 MB function's share was left out: {error}. It takes root and a control group with the cpu controller.")
