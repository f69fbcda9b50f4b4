"""Which addresses are for programs: those of the API, and of the fact check façade."""

from factcheck.common.middleware import API_PREFIX
from factcheck.common.rpc_errors import speaks_rpc


def is_for_programs(path: str) -> bool:
    """Whether the address belongs to the API or to the façade."""
    return path.startswith(API_PREFIX) or speaks_rpc(path)
