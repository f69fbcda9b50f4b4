"""Programs that ask the API."""

from tests.surfaces.conftest import claim_id, home, keys, public_server, reader

__all__ = ["claim_id", "home", "keys", "public_server", "reader"]
