"""Which addresses are for programs: those of the API, of the fact check façade, and of the log."""

from factcheck.common.middleware import API_PREFIX
from factcheck.common.rpc_errors import speaks_rpc

OF_THE_LOG = ("/log/checkpoint", "/log/keys", "/log/tile/", "/log/proof/", "/log/verify.py")


def is_for_programs(path: str) -> bool:
    """Whether the address belongs to the API, to the façade, or to the log; the page about the log
    is one for people.
    """
    return path.startswith((API_PREFIX, *OF_THE_LOG)) or speaks_rpc(path)
