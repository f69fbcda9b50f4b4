"""The addresses of the log that are no pages: the same in every language."""

from django.urls import path

from factcheck.log import addresses

app_name = "log"

urlpatterns = [
    path("checkpoint", addresses.CheckpointAddress.as_view(), name="checkpoint"),
    path("keys", addresses.KeysAddress.as_view(), name="keys"),
    path("tile/<path:path>", addresses.TileAddress.as_view(), name="tile"),
    path("proof/<seq>", addresses.ProofAddress.as_view(), name="proof"),
    path("verify.py", addresses.VerifierProgram.as_view(), name="verifier"),
]
