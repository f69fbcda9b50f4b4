from hypothesis import settings

# A busy machine is no error of the code under test; what must be fast has its own clock.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
