"""Names of schema fields that belong to one side of an API. Chosen from the schemas of real applications."""

from __future__ import annotations

SERVER_FIELDS = frozenset(
    """id uuid pk _id created created_at created_by created_on created_date date_created creation_date updated
    updated_at updated_by updated_on updated_date date_updated modified modified_at modified_by modified_on
    last_modified deleted_at is_deleted hashed_password password_hash date_joined last_login last_login_at is_superuser
    is_admin is_staff owner_id""".split()
)
"""Fields that a server sets."""

SECRET_INPUTS = frozenset(
    {"password", "password1", "password2", "password_repeat", "password_confirm", "plain_password"}
)
"""Fields that a client sends and that nobody should get back."""

TIMES = frozenset(
    """created created_at created_on created_date date_created creation_date updated updated_at updated_on updated_date
    date_updated modified modified_at modified_on last_modified""".split()
)
"""Fields that say when an object was created or changed."""

PRIVILEGES = frozenset(
    """is_admin is_administrator is_superuser is_super_user is_super_admin is_superadmin is_staff is_root is_moderator
    superuser superadmin admin has_admin_rights is_verified email_verified is_email_verified""".split()
)
"""Fields that say what somebody may do, or that somebody has proved something."""

ACCOUNT_PRIVILEGES = frozenset(
    "role roles role_id role_ids role_name user_role permissions privileges balance credit credits".split()
)
"""Fields that do so where they belong to an account; elsewhere they may say other things."""
