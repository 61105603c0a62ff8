"""How much is measured, and with what."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Extent:
    """The size of a run. A quick one shows that everything works; nothing can be concluded from it."""

    start_turns: int = 31
    share_turns: int = 21
    record_turns: int = 5
    loads: tuple = ((200, 50_000), (200, 200_000), (2_000, 20_000))
    compressions: tuple = ("none", "gzip")
    modes: tuple = ("end", "auto", "next")
    held_turns: int = 2
    held_invocations: int = 24
    delays_ms: tuple = (0, 20, 100)
    first_turns: int = 15
    steady_turns: int = 5
    steady_invocations: int = 200
    reconnects: int = 30
    count_turns: int = 1


QUICK = Extent(start_turns=2, share_turns=2, record_turns=1, loads=((200, 5_000),), modes=("end",), held_turns=1, held_invocations=4, delays_ms=(0,),
               first_turns=1, steady_turns=1, steady_invocations=5, reconnects=3)


@dataclass(frozen=True)
class Setup:
    programs: list
    extent: Extent
    # Variables for all extensions beside those of Lambda and HTTP_ENDPOINT; {endpoint} in a value stands for the endpoint's URL.
    environment: dict = field(default_factory=dict)

    @property
    def forwarders(self):
        return [program for program in self.programs if program.forwards]
