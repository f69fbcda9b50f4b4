"""What the façade refuses. The code becomes the `reason` that programs read: API_KEY_INVALID."""

from factcheck.common.errors import InvalidInput, NotAllowed


class KeyMissing(NotAllowed):
    """No key was given."""

    code = "api-key-missing"


class KeyNotValid(InvalidInput):
    """A key was given that opens nothing."""

    code = "api-key-invalid"


class KeyNotForThis(NotAllowed):
    """The key is good, for other things."""

    code = "api-key-service-blocked"
