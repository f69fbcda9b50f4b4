"""Programs that ask the API."""

from tests.surfaces.conftest import claim_id, public_server, reader

__all__ = ["claim_id", "public_server", "reader"]
