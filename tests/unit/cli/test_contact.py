import pytest

from pipelines.contact import ContactError, config_path, find_contact


@pytest.fixture
def config(tmp_path):
    path = tmp_path / "communique" / "config.toml"
    path.parent.mkdir()
    return path


def test_option_wins_over_variable_and_file(tmp_path, config):
    config.write_text('contact = "file@desk.example"')
    environ = {"COMMUNIQUE_CONTACT": "variable@desk.example", "XDG_CONFIG_HOME": str(tmp_path)}
    assert find_contact("option@desk.example", environ) == "option@desk.example"
    assert find_contact(None, environ) == "variable@desk.example"
    assert find_contact(None, environ | {"COMMUNIQUE_CONTACT": ""}) == "file@desk.example"


def test_no_contact_anywhere_is_an_error_that_names_all_three_ways_out(tmp_path, config):
    with pytest.raises(ContactError) as caught:
        find_contact(None, {"XDG_CONFIG_HOME": str(tmp_path)})
    assert all(way in str(caught.value) for way in ("--contact", "COMMUNIQUE_CONTACT", str(config)))


@pytest.mark.parametrize("content", ["contact = 5", "contact = ", "\x00"])
def test_a_file_that_cannot_be_used_is_named(tmp_path, config, content):
    config.write_text(content)
    with pytest.raises(ContactError, match=str(config)):
        find_contact(None, {"XDG_CONFIG_HOME": str(tmp_path)})


def test_a_broken_file_does_not_matter_where_the_option_is_given(tmp_path, config):
    config.write_text("contact = ")
    environ = {"XDG_CONFIG_HOME": str(tmp_path)}
    assert find_contact("desk@desk.example", environ) == "desk@desk.example"


def test_a_relative_config_home_is_ignored(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    expected = tmp_path / ".config" / "communique" / "config.toml"
    assert config_path({"XDG_CONFIG_HOME": "relative"}) == expected
