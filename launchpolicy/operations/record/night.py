"""What is known when a fact is about to be recorded: the request, the plan, who records, when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from launchpolicy.reporters.instants import as_written
from launchpolicy.requests.launch_progress import Phase, phase_of, window_of
from launchpolicy.requests.names import with_steps
from launchpolicy.vocabulary.names import Names
from launchpolicy.vocabulary.place import Data
from launchpolicy.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class LaunchNight:
    """A request in the night of its launch.

    `recorder` is the person of git's identity, "" where that is nobody; `by` is who did what is
    recorded. `at` is when it happened.
    """

    data: Data
    names: Names
    recorder: str
    by: str
    at: datetime
    is_forced: bool = False

    @property
    def written_at(self) -> str:
        """Return the time of the fact, in the offset in which the window is written."""
        window = window_of(self.data)
        moment = self.at.astimezone(window[0].tzinfo) if window is not None else self.at
        return as_written(moment)

    @property
    def phase(self) -> Phase:
        return phase_of(self.data)

    def step_name(self, name: str) -> Text:
        return with_steps(self.names, self.data).name_of("steps", name)
