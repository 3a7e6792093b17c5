"""The second lock, on PostgreSQL: row-level security over the same join as the door.

The app's role neither owns the tables nor may step past the policies. Who acts, and when, is set for each transaction;
without it there are no rows. The rule itself acts as «rule»: it may read the facts of consent and no one's words. Of a
tiltak it is told who carries it, by a view that holds nothing else.
"""

from collections.abc import Iterator
from typing import Final

from bti.store import carried
from bti.store.tables import Base, Tiltak

RULE_READS: Final = (
    "consent",
    "consent_request",
    "consent_declaration",
    "consent_answer",
    "consent_evidence",
    "consent_withdrawal",
    "archive_receipt",
)
RULE_WRITES: Final = ("case_decision", "case_decision_consenter")
"""Facts the rule may add too: the approvals come from two people who take no part in the case (R-60)."""
OF_MEMBERS: Final = (
    "narrowing",
    "correction",
    "phone_agreement",
    "case_decision_notice",
    "child_view_plan",
    "child_view_reader",
    "meeting",
    "meeting_participant",
    "tiltak_contributor",
    "goal_owner",
    "inform_child_task",
    "paper_meeting",
    "referral_recipient",
)
OF_WORDS: Final = {
    "child_view": "bti_open(case_id, NULL, NULL, NULL, NULL)"
    " AND (about_guardian IS NULL OR bti_open(case_id, 'family_home', about_guardian, NULL, written_at))"
}
"""The child's words have no window: whom the child named is asked by the statement, the guardian of it here too (R-59)."""
OF_FAMILIES: Final = {
    "child": "k.child_id = child.id",
    "guardian": "k.child_id = guardian.child_id",
    "sibling_link": "k.child_id = sibling_link.child_id",
}
RULE_CHANGES: Final = ("child",)
"""What the rule may change too, and not make: the class of a child, for a leader who takes no part in the case (R-12, R-63)."""
OF_ASKER: Final = "asked_by = bti_actor()"
LEFT_ON_PAPER: Final = (
    'EXISTS (SELECT 1 FROM "case" k WHERE k.number = draft.place'
    " AND k.stafettlogg_mode = 'paper' AND bti_open(k.id, NULL, NULL, NULL, NULL))"
)
"""What somebody was typing when the family chose paper: those who take part may take it away (R-69)."""
OF_ONE_PERSON: Final = {
    "draft": (f"user_id = bti_actor() OR {LEFT_ON_PAPER}", "user_id = bti_actor()"),
    "creation_request": (f"{OF_ASKER} OR bti_is_coordinator()", f"{OF_ASKER} OR bti_is_coordinator()"),
    "strict_address_approval": ("bti_is_rule() OR approved_by = bti_actor()", "approved_by = bti_actor()"),
}
"""What is seen and written by the one it belongs to; an approval is asked for by the rule too (R-60)."""
OPEN_TO_THE_APP: Final = (
    "installation",
    "service",
    "staff_user",
    "login",
    "sign_in_attempt",
    "case",
    "participant",
    "stafettholder_handover",
    "sharing",
    "ownership",
    "transfer",
    "log_event",
)

FUNCTIONS: Final = """
CREATE OR REPLACE FUNCTION bti_actor() RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN current_setting('bti.actor', true) ~ '^[0-9a-f-]{36}$' THEN current_setting('bti.actor')::uuid END
$$;
CREATE OR REPLACE FUNCTION bti_is_rule() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT current_setting('bti.actor', true) = 'rule'
$$;
CREATE OR REPLACE FUNCTION bti_now() RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('bti.now', true), '')::timestamptz
$$;
CREATE OR REPLACE FUNCTION bti_is_coordinator() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM staff_user WHERE id = bti_actor() AND active AND access_role = 'coordinator')
$$;
CREATE OR REPLACE FUNCTION bti_owner(wanted_case uuid, first_owner uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    (
      SELECT w.service_id FROM ownership w
      WHERE w.case_id = wanted_case AND w.owns AND w.opens <= bti_now() AND bti_now() < w.closes
    ),
    first_owner
  )
$$;
CREATE OR REPLACE FUNCTION bti_open(
  wanted_case uuid, wanted_category text, wanted_about uuid, written_for uuid, written_at timestamptz
) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1
    FROM participant p
    JOIN staff_user u ON u.id = p.user_id AND u.active
    JOIN "case" k ON k.id = p.case_id
    JOIN service o ON o.id = u.service_id
    LEFT JOIN ownership w ON w.case_id = k.id AND w.service_id = o.id AND w.opens <= bti_now() AND bti_now() < w.closes
    WHERE p.case_id = wanted_case AND p.user_id = bti_actor() AND p.kind = 'staff'
      AND p.joined_at <= bti_now() AND p.left_at IS NULL
      AND (p.access_until IS NULL OR p.access_until >= (bti_now() AT TIME ZONE 'Europe/Oslo')::date)
      AND (
        (
          (w.id IS NOT NULL OR o.id = bti_owner(k.id, k.owner_service_id))
          AND (o.owner = 'kommune' OR o.agreement_date <= (bti_now() AT TIME ZONE 'Europe/Oslo')::date)
          AND (
            wanted_category IS NULL
            OR (o.owner = 'kommune' AND (w.id IS NULL OR (w.since <= written_at AND written_at < w.until)))
            OR (wanted_about IS NULL AND written_for = o.id)
            OR (wanted_about IS NULL AND wanted_category = ANY(string_to_array(w.before, ',')))
          )
        )
        OR EXISTS (
          SELECT 1 FROM sharing s
          WHERE s.case_id = p.case_id AND s.service_id = u.service_id
            AND (wanted_category IS NULL OR (s.category = wanted_category AND s.about IS NOT DISTINCT FROM wanted_about))
            AND s.opens <= bti_now() AND bti_now() < s.closes AND k.stafettlogg_mode = 'digital'
            AND (s.purpose = 'cooperate' OR k.status = 'escalating' OR k.level = 'external')
        )
      )
  )
$$;
CREATE OR REPLACE FUNCTION bti_owns(wanted_case uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT bti_open(wanted_case, NULL, NULL, NULL, NULL) AND EXISTS (
    SELECT 1
    FROM "case" k
    JOIN staff_user u ON u.id = bti_actor()
    JOIN service o ON o.id = u.service_id AND o.owner = 'kommune'
    WHERE k.id = wanted_case
      AND (
        o.id = bti_owner(k.id, k.owner_service_id)
        OR EXISTS (
          SELECT 1 FROM ownership w
          WHERE w.case_id = k.id AND w.service_id = o.id AND w.opens <= bti_now() AND bti_now() < w.closes
        )
      )
  )
$$
"""


def statements(app_role: str) -> Iterator[str]:
    """Give the statements that put the lock on, in order. A table that is named nowhere here is an error."""
    yield from (part for part in FUNCTIONS.split(";\n") if part.strip())
    yield f"GRANT SELECT ON alembic_version TO {app_role}"
    for table in Base.metadata.sorted_tables:
        yield from _of(table.name, has_category="category" in table.c, role=app_role)
    yield from _carried(app_role)


def _of(table: str, *, has_category: bool, role: str) -> Iterator[str]:
    name = f'"{table}"'
    if table == "log_event":
        yield f"GRANT SELECT, INSERT ON {name} TO {role}"
        return
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON {name} TO {role}"
    if table in OPEN_TO_THE_APP:
        return
    seen, written = _condition(table, has_category=has_category)
    yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY"
    yield from (f"DROP POLICY IF EXISTS {policy} ON {name}" for policy in ("seen", "made", "changed", "removed"))
    yield f"CREATE POLICY seen ON {name} FOR SELECT USING ({seen})"
    yield f"CREATE POLICY made ON {name} FOR INSERT WITH CHECK ({written})"
    changed = f"bti_is_rule() OR {written}" if table in RULE_CHANGES else written
    yield f"CREATE POLICY changed ON {name} FOR UPDATE USING ({seen}) WITH CHECK ({changed})"
    yield f"CREATE POLICY removed ON {name} FOR DELETE USING ({seen})"


def _carried(role: str) -> Iterator[str]:
    """Let the owner's view read as the rule, and nobody else: the app itself reads no row of the table by this."""
    table, view = Tiltak.__tablename__, carried.CARRIED.name
    yield f"DROP POLICY IF EXISTS carried ON {table}"
    yield f"CREATE POLICY carried ON {table} FOR SELECT TO CURRENT_USER USING (bti_is_rule())"
    yield f"CREATE OR REPLACE VIEW {view} AS {carried.ROWS} AND bti_is_rule()"
    yield f"GRANT SELECT ON {view} TO {role}"


def _condition(table: str, *, has_category: bool) -> tuple[str, str]:
    member = "bti_open(case_id, NULL, NULL, NULL, NULL)"
    of_its_own = {
        "closing": ("bti_owns(case_id)", member),
        # Read by the rule and those in the case; written by an administrator, who is in none.
        "case_reopened": (f"bti_is_rule() OR {member}", "bti_actor() IS NOT NULL"),
        **OF_ONE_PERSON,
    }
    if table in of_its_own:
        return of_its_own[table]
    if table in OF_FAMILIES:
        theirs = (
            f'EXISTS (SELECT 1 FROM "case" k WHERE {OF_FAMILIES[table]} AND bti_open(k.id, NULL, NULL, NULL, NULL))'  # noqa: S608 - words of ours
        )
        return f"bti_is_rule() OR {theirs}", "bti_actor() IS NOT NULL"
    if table in RULE_WRITES:
        return f"bti_is_rule() OR {member}", f"bti_is_rule() OR {member}"
    if table in RULE_READS:
        return f"bti_is_rule() OR {member}", member
    if table in OF_MEMBERS:
        return member, member
    if has_category:
        return OF_WORDS.get(table, "bti_open(case_id, category, about_guardian, written_for, written_at)"), member
    raise LookupError(table)
