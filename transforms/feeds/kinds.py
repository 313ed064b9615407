"""The kinds of outlets that a feed list may name (`Feed.kind`, `articles.outlet_kind`)."""

KINDS = {
    "wire": "news agency: its reports are reprinted by others",
    "newspaper": "newspaper or news magazine, printed or not",
    "broadcaster": "radio or television, public or private",
    "state_media": "any of these, run by or for a government that decides what it says",
    "outlet": "news site of another form",
    "journal": "review of foreign affairs, law or security",
    "think_tank": "research institute, or the magazine of one",
    "ministry": "a ministry: foreign affairs, defence, trade ...",
    "government": "a head of state or government, or another office of the executive",
    "igo": "intergovernmental organisation, the United Nations and the European Union included",
    "aggregator": "collection of others' articles",
}
"""Kind -> what it means. Closed, since reports group by it; grows by agreement."""


def kind_of(text: str) -> str | None:
    """The kind that `text` names, in any spelling ("Think-Tank"); None if there is none."""
    kind = "_".join(text.lower().replace("-", " ").replace("_", " ").split())
    return kind if kind in KINDS else None
