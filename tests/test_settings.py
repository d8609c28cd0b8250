import pytest

from playground.errors import Refused
from playground.settings import read


def test_flags_go_over_variables_over_the_file_over_the_defaults(tmp_path):
    file = tmp_path / "playground.toml"
    file.write_text("port = 1\nthreads = 2\nwaiting_total = 3\n")
    environment = {"PLAYGROUND_SETTINGS": str(file), "PLAYGROUND_PORT": "4", "PLAYGROUND_THREADS": "5"}
    settings = read(["--port", "6"], environment)
    assert (settings.port, settings.threads, settings.waiting_total, settings.host) == (6, 5, 3, "127.0.0.1")


def test_this_machine_needs_no_code_and_the_network_gets_one():
    assert read([], {}).access_code == ""
    assert len(read(["--host", "0.0.0.0"], {}).access_code) >= 8
    assert read(["--host", "0.0.0.0", "--access-code", "tulip"], {}).access_code == "tulip"
    assert read(["--host", "0.0.0.0"], {"SPACE_ID": "owner/name"}).access_code == ""


@pytest.mark.parametrize(
    "arguments, environment, said",
    [
        (["--port", "many"], {}, "has to be a number"),
        (["--threads", "-1"], {}, "cannot be negative"),
        (["--device", "abacus"], {}, "auto, cpu"),
        ([], {"PLAYGROUND_PORT": "x"}, "port"),
        (["--settings", "/nowhere/at/all.toml"], {}, "cannot be read"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(arguments, environment, said):
    with pytest.raises(Refused, match=said):
        read(arguments, environment)


@pytest.mark.parametrize("text, said", [("port = ", "cannot be read"), ("colour = 1", "no setting 'colour'")])
def test_a_broken_file_is_named(tmp_path, text, said):
    (tmp_path / "a.toml").write_text(text)
    with pytest.raises(Refused, match=said):
        read(["--settings", str(tmp_path / "a.toml")], {})
