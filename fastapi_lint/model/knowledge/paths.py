"""Words of paths. Source: the routes of the dev corpus and the usual names of authentication endpoints."""

from __future__ import annotations

ACTIONS = frozenset(
    """
    accept access-token acknowledge activate add analyze approve archive ask authenticate authorize backup batch build
    bulk calculate callback cancel change chat check clean clear clone close compare complete completions compute
    confirm convert copy count deactivate decline delete deploy deselect detach disable disconnect download duplicate
    embed embeddings enable estimate evaluate execute export extract fetch finish flush forgot generate heartbeat
    impersonate import index ingest inspect install invoke join like link lock login logoff logout mark merge move
    notify parse password-recovery pause ping poll predict preview process promote publish purge query read rebuild
    recalculate recover refresh regenerate reindex reject release reload remove rename render reorder replay reply
    report reprocess rerun rescan reset reset-password resolve restart restore resume retry revert review revoke
    revalidate rollback rotate run save scan schedule search seed select send set share signal signin sign-in signout
    sign-out simulate skip sort start status stop stream submit subscribe suggest summarize swap sync synchronize tag
    test toggle token transfer translate transform trigger unarchive undo unfollow unlike unlink unlock unpublish
    unshare unsubscribe unzip update upgrade upload upsert validate verify vote watch webhook zip
    """.split()
)
"""Words by which a segment names an action: alone, or before others ("change-password")."""

NOUNS_TOO = frozenset(
    """
    batch build callback chat check copy embed export fetch import index link lock merge message notify ping poll
    preview query read release reply report reset review run save scan search share signal sort start stream swap tag
    test token upload vote watch webhook
    """.split()
)
"""Actions that are nouns as well: before others they say nothing ("tag_types", "test-cases")."""

CREATING_VERBS = frozenset("create add new insert register signup sign post make".split())
"""Words with which the names of functions begin that create what the request describes."""
