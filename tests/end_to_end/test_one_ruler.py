"""Tables that one taxonomy tagged, and a run with another one: refused, or accepted and recorded."""

import json

import pytest

from transforms.tables import breaks, open_dataset, rulers, verify
from transforms.topics import tagging_versions

OWN = """
version: "7"
extends: packaged
topics:
  - id: harbour_dues
    parent: economic
    kind: theme
    label: Harbour dues
    definition: Fees that states take from each other's ships.
    strong: [harbour dues]
"""


@pytest.fixture
def own_taxonomy(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(OWN)
    return path


@pytest.fixture
def options(run_options, tmp_path):
    """Those of a run into tables that the packaged taxonomy tagged, once `communique` made them."""
    return [*run_options, "--output", tmp_path / "news"]


def log_versions(output):
    return {path.name for path in output.glob("*/_delta_log/*.json")}


def test_another_taxonomy_is_refused_before_any_request_and_accepted_on_demand(
    communique, options, own_taxonomy, site, tmp_path
):
    news = tmp_path / "news"
    status, out, err = communique("run", *options)
    assert status == 0, err
    assert json.loads(out)["accepted_break"] is None
    packaged, own = tagging_versions(), tagging_versions(own_taxonomy)

    asked, committed = len(site.requests), log_versions(news)
    status, out, err = communique("run", *options, "--taxonomy", own_taxonomy)
    assert (status, out, len(site.requests), log_versions(news)) == (2, "", asked, committed)
    assert all(part in err for part in (packaged[0], own[0], "--accept-break", str(news)))
    repeated = communique("run", *options, "--taxonomy", own_taxonomy, "--every", "1h")
    assert (repeated[0], len(site.requests)) == (2, asked)

    status, out, err = communique("run", *options, "--taxonomy", own_taxonomy, "--accept-break")
    assert status == 0, err
    assert len(site.requests) > asked
    (found,) = breaks(rulers(str(news)))
    assert (found.before, found.after, found.accepted) == (packaged, own, True)
    told = json.loads(out)["accepted_break"]
    assert (tuple(told["from"].values()), tuple(told["to"].values())) == (packaged, own)
    assert verify(str(news)).problems == ()

    status, out, err = communique("status", "--output", news)
    assert status == 0, err
    assert all(part in out for part in ("break accepted", packaged[0], own[0]))


def test_the_rows_of_a_run_have_the_ruler_that_is_recorded(sample_output):
    columns = ["taxonomy_version", "model_version"]
    rows = open_dataset(str(sample_output), "articles").to_table(columns=columns).to_pylist()
    assert {tuple(row.values()) for row in rows} == {tagging_versions()}
    assert [record.ruler for record in rulers(str(sample_output))] == [tagging_versions()]
