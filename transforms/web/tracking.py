"""Query parameters that say where a reader came from, not what is read.

SOURCES: the parameter list of courlan 1.4 (which follows AdGuard's TrackParamFilter, ClearURLs
and Firefox's query stripping), narrowed to whole names: courlan's pattern also matches inside
other names (`gallery`, `eidos`) and takes `cid`, `eid`, `uid` and `keyword`, which on many news
sites are the only name of the story.
"""

import re

_PREFIXES = re.compile(
    r"(?:ads?|at|cm_mmc|ga|gs|hsa|itm|mc|mkt|ml|mtm|oly|pk|piwik|matomo|stm|trk|utm|vero|wt|_?_hs)"
    r"[_.-]"
)
"""`utm_source`, `at_medium`, `mtm_campaign` ..., also written `utm-source` or `WT.mc_id`."""

_KNOWN = """
    fbclid gclid dclid gbraid wbraid msclkid mscklid twclid yclid ysclid ymclid ttclid igshid igsh
    li_fat_id epik rdt_cid srsltid gclsrc dicbo vgo_ee wickedid zanpid irclickid clickid click_id
    gad_source gad_campaignid fbc fbp _openstat yandex_referrer _ga _gl _ke _kx

    aff affi affiliate affid campaign campaign_id campaignid cmp cmpid icid ito ito_source mbid
    ncid ocid rsscid smid smtyp sref partnerid partner_id nl_id nlid s_cid s_kwcid xtor xts
    ns_campaign ns_mchannel ns_source ns_linkname ns_fee bxid esrc cndid mkt_tok ceid emci emdi
    sr_share share_id share_source sharetype shared via_share ss_source

    ref referer referrer referral ref_src ref_url refsrc reflink source src medium feedtype
    feed_id from_rss rss

    session sessionid session_id phpsessid jsessionid aspsessionid

    guccounter guce_referrer guce_referrer_sig soc_src soc_trk tsrc hsctatracking hsenc _hsmi
    _hsenc wprov traffic_source int_source int_medium int_campaign pf_rd_p pf_rd_r spm scm
    trackingid tracking_id tracking track
"""
"""Click identifiers; campaigns, newsletters and share buttons; referrers; sessions; the rest."""

_NAMES = frozenset(_KNOWN.split())

_STORY_NUMBER = re.compile(r"[0-9]+\Z")
_MAY_NAME_A_STORY = frozenset({"source", "src", "rss", "track", "session", "shared", "ref"})
"""Dropped unless the value is a number: `?ref=rss` tracks, `?ref=48213` may be the story."""


def is_tracking(name: str, value: str) -> bool:
    """True if the parameter `name` (lower case, decoded) does not help to name a page."""
    if name in _NAMES:
        return name not in _MAY_NAME_A_STORY or _STORY_NUMBER.match(value) is None
    return _PREFIXES.match(name) is not None
