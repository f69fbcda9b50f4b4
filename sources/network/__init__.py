"""The one door to the network: nothing else in the project asks anything of another machine.

What leads inside our own network is refused before anything is sent, certificates are always
verified, and every answer ends: at its time, at its size, or by itself.
"""

from sources.network.answers import Answer
from sources.network.caps import CAPTURE, Caps
from sources.network.door import request
from sources.network.errors import AddressRefused, NetworkError, TooLarge, TooSlow, Unreachable
from sources.network.targets import Target, target_of

__all__ = [
    "CAPTURE",
    "AddressRefused",
    "Answer",
    "Caps",
    "NetworkError",
    "Target",
    "TooLarge",
    "TooSlow",
    "Unreachable",
    "request",
    "target_of",
]
