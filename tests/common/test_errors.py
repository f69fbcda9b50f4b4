import pickle

from factcheck.common.errors import FieldError, InvalidInput, NotReady


def test_a_refused_value_is_named_in_the_message_but_not_in_a_form():
    error = InvalidInput.at("title", "Shorten this.")

    assert str(error) == error.message == "title: Shorten this."
    assert error.errors == [FieldError("title", "Shorten this.")]
    assert error.for_form().messages == ["Shorten this."]


def test_a_refusal_of_the_whole_names_nothing():
    assert str(InvalidInput.at("", "Send JSON.")) == "Send JSON."
    assert InvalidInput("Send JSON.").for_form().messages == ["Send JSON."]


def test_a_form_shows_every_message():
    error = InvalidInput("Two.", [FieldError("a", "100% one."), FieldError("b", "%(two)s.")])

    assert error.for_form().messages == ["100% one.", "%(two)s."]


def test_errors_travel_between_processes_whole():
    for error in (InvalidInput.at("a", "No."), NotReady("No.", ["Because."])):
        copy = pickle.loads(pickle.dumps(error))
        assert (type(copy), copy.__dict__) == (type(error), error.__dict__)
