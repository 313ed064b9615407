"""The stages of the way from feeds to tables, in order, and the nouns they know.

Verbs are Beam without logic, one stage a file: `poll_feeds`, `keep_new`, `fetch_articles`,
`clean_articles`, `tag_topics`, `write_tables`; `attempt` turns errors into failures for all.
Nouns are logic without Beam, one package each: `web`, `feeds`, `boilerplate`, `topics`, `tables`.
This file imports nothing: importing a noun must not import Beam.
"""
