"""An extension's process, and what the kernel knows of it."""

import os
import time


class Extension:
    """Started at once, with nothing but the given environment, and no output. To be used in `with`: it is killed at the end.

    With `command`, that is started, with the executable's path behind it: a program that runs the extension and watches it.
    """

    def __init__(self, program, environment, group=None, command=None):
        self._ended = False
        null = os.open(os.devnull, os.O_RDWR)
        actions = [(os.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1, 2)]
        try:
            if group is None:
                self.started = time.perf_counter()
                started = [*(command or []), program.path]
                self.pid = os.posix_spawn(started[0], started, environment, file_actions=actions)
            else:
                self._start_in(group, program, environment, actions)
        finally:
            os.close(null)

    def _start_in(self, group, program, environment, actions):
        reading, writing = os.pipe()
        try:
            actions.append((os.POSIX_SPAWN_DUP2, writing, 3))
            self.pid = os.posix_spawn(group.launcher, [group.launcher, group.processes, program.path], environment, file_actions=actions)
            os.close(writing)
            writing = None
            self.started = int(os.read(reading, 32) or b"0") / 1e9
        finally:
            os.close(reading)
            if writing is not None:
                os.close(writing)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    def end(self):
        """Kills it, unless it has ended by itself."""
        if not self._ended:
            self.kill()
            self.wait()

    def wait(self):
        """Waits until it has ended."""
        os.waitpid(self.pid, 0)
        self._ended = True

    def kill(self):
        os.kill(self.pid, 9)

    def since_start_ms(self, moment):
        return (moment - self.started) * 1000

    def processor_ms(self):
        """Processor time of all its threads, ended ones included, to the nanosecond: the process's own clock, as clock_getcpuclockid(3) names it."""
        return time.clock_gettime((~self.pid << 3) | 2) * 1000

    def resident_mib(self):
        return self._status("VmRSS")

    def peak_mib(self):
        return self._status("VmHWM")

    def threads(self):
        with open(f"/proc/{self.pid}/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("Threads:"))

    def page_faults(self):
        """The minor ones: pages touched for the first time."""
        with open(f"/proc/{self.pid}/stat") as file:
            return int(file.read().rsplit(")", 1)[1].split()[7])

    def _status(self, field):
        with open(f"/proc/{self.pid}/status") as file:
            return next(int(line.split()[1]) / 1024 for line in file if line.startswith(field))
