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
    unregister unshare unsubscribe unzip update upgrade upload upsert validate verify vote watch webhook zip
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

OPERATIONAL = frozenset(
    """
    admin auth authentication authorize callback callbacks debug docs health healthcheck healthz hook hooks internal
    liveness livez login logout mcp metrics oauth oauth2 openid openapi probe proxy readiness readyz saml scim sso
    static status token webhook webhooks well
    """.split()
)
"""Words in paths of what serves operation, logging in, pages or other services, rather than a resource of the API."""

CREATING_VERBS = frozenset("create add new insert register signup sign post make".split())
"""Words with which the names of functions begin that create what the request describes."""

CHANGING_VERBS = CREATING_VERBS | frozenset(
    """
    clean clear delete enable disable generate import install process purge rebuild refresh regenerate reindex remove
    reset restore save set store sync uninstall update upsert write
    """.split()
)
"""Words with which the names of functions and paths begin that are there to change something."""

LINKED = frozenset(
    """
    csrf unsubscribe reactivate reactivation pixel beacon redirect track tracking invite invitation share shared
    """.split()
)
"""Words of paths that people open by a link, or browsers by themselves, and that may change things all the same."""

INCIDENTAL = frozenset(
    """
    access activity activities audit audits cache event events history log logs metric metrics session sessions token
    tokens usage view views visit visits
    """.split()
)
"""Words in the names of models that record what people do, reading included."""

METHOD_VERBS = {
    **dict.fromkeys(("get", "fetch", "list", "retrieve"), frozenset({"GET"})),
    **dict.fromkeys(("create", "insert"), frozenset({"POST"})),
    **dict.fromkeys(("update", "edit", "modify"), frozenset({"PUT", "PATCH"})),
    "delete": frozenset({"DELETE"}),
}
"""Verbs that say what a method says, and these methods
(https://www.rfc-editor.org/rfc/rfc9110#name-method-definitions)."""

COLLECTION_VERBS = {"add": frozenset({"POST"}), "remove": frozenset({"DELETE"})}
"""Verbs that say so of what has no item before them: what is added to an item, or removed from it, is an action."""

SINGULAR_NOUNS = frozenset(
    """
    account address agent album alert answer application appointment article artist asset author blog board book booking
    brand bucket campaign car card cart category channel city class client comment company component connection country
    coupon course credential customer dashboard dataset department deployment device document doctor driver email
    employee endpoint environment event exam expense experiment extension file film flow folder game group hotel
    house image incident ingredient integration invitation invoice item job key label language lesson link location
    machine meeting member message model movie node note notification order organisation organization owner page patient
    payment permission pet photo plan player playlist policy post prompt product project provider question recipe
    region report request resource review role room route rule run schedule school secret seller server service session
    shipment shop song source stage station store student subscription supplier survey system tag task teacher team
    template tenant thread ticket tier token tool topic track transaction trip unit upload user vehicle vendor version
    video wallet warehouse webhook widget worker workflow workspace
    """.split()
)
"""Countable nouns that name things an API lists; without those that name one thing as well (profile, config, status),
or are uncountable (data, storage, feedback)."""
