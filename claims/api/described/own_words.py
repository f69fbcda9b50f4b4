"""Where descriptions of addresses come from: what is written for partners, and nothing else."""

from drf_spectacular.openapi import AutoSchema


class OwnWords(AutoSchema):
    """Leaves out docstrings, which are for those who read the code."""

    def get_description(self) -> str:  # type: ignore[override]
        """None but what a view is given by `extend_schema`."""
        return ""
