"""A day at the bench: badges and benches, check lists, waivers, seals, time, presence, custody, hand-over notes, forms done once."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')

COLUMNS = (
    ('models', sa.Column('limits', JSON, nullable=False, server_default='{}')),
    ('parcelled', sa.Column('found_at', sa.DateTime(timezone=True), nullable=True)),
    ('parcelled', sa.Column('missing_at', sa.DateTime(timezone=True), nullable=True)),
    ('parcelled', sa.Column('surplus', sa.Boolean(), nullable=False, server_default=sa.false())),
    ('shipments', sa.Column('seal', sa.String(length=16), nullable=False, server_default='')),
    ('shipments', sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True)),
    ('shipments', sa.Column('signed_by', sa.String(length=120), nullable=False, server_default='')),
    ('tickets', sa.Column('urgent', sa.Boolean(), nullable=False, server_default=sa.false())),
    ('tickets', sa.Column('contents_until', sa.Date(), nullable=True)),
    ('users', sa.Column('skills', JSON, nullable=False, server_default='[]')),
)
LINKS = (('shipments', 'checked_by_id', 'users'), ('sign_ins', 'bench_id', 'benches'), ('sign_ins', 'badge_id', 'badges'))
INDEXES = (
    ('tickets', 'board', ['status', 'due_on', 'safety', 'urgent'], None, None), ('tickets', 'claimed_by_id', ['claimed_by_id'], None, None),
    ('tickets', 'received_at', ['received_at'], None, None), ('tickets', 'finished_at', ['finished_at'], None, None),
    ('tickets', 'safety', ['safety'], 'safety = 1', 'safety'), ('waits', 'open', ['ticket_id', 'kind'], 'closed_at IS NULL', 'closed_at IS NULL'),
)
TABLES = (
    'posts_done', 'badges', 'benches', 'hand_overs', 'bench_spans', 'checks', 'presence', 'seals', 'waivers', 'custody',
)


def upgrade() -> None:
    op.create_table('posts_done',
    sa.Column('nonce', sa.String(length=64), nullable=False),
    sa.Column('sender', sa.String(length=64), nullable=False),
    sa.Column('path', sa.String(length=200), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('location', sa.String(length=400), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('nonce', 'sender', name=op.f('pk_posts_done'))
    )
    op.create_index('ix_posts_done_at', 'posts_done', ['at'], unique=False)

    op.create_table('badges',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('pin_hash', sa.String(length=255), nullable=True),
    sa.Column('wrong_pins', sa.Integer(), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('issued_by_id', sa.Integer(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['issued_by_id'], ['users.id'], name=op.f('fk_badges_issued_by_id_users')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_badges_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_badges')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_badges_token_hash'))
    )
    op.create_index('ix_badges_user_id', 'badges', ['user_id'], unique=False)

    op.create_table('benches',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('enrolled_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('enrolled_by_id', sa.Integer(), nullable=True),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['enrolled_by_id'], ['users.id'], name=op.f('fk_benches_enrolled_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_benches')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_benches_token_hash'))
    )
    op.create_table('hand_overs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('author', sa.String(length=120), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_hand_overs_by_id_users')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['users.id'], name=op.f('fk_hand_overs_ended_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hand_overs'))
    )
    op.create_table('bench_spans',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_bench_spans_ticket_id_tickets')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_bench_spans_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bench_spans'))
    )
    op.create_index('ix_bench_spans_ticket_id', 'bench_spans', ['ticket_id'], unique=False)
    op.create_index('ix_bench_spans_user_id_started_at', 'bench_spans', ['user_id', 'started_at'], unique=False)

    op.create_table('checks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.String(length=8), nullable=False),
    sa.Column('name', sa.String(length=32), nullable=False),
    sa.Column('answer', sa.String(length=16), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_checks_by_id_users')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_checks_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_checks')),
    sa.UniqueConstraint('ticket_id', 'stage', 'name', name=op.f('uq_checks_ticket_id_stage_name'))
    )
    op.create_table('presence',
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_presence_ticket_id_tickets')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_presence_user_id_users')),
    sa.PrimaryKeyConstraint('ticket_id', 'user_id', name=op.f('pk_presence'))
    )
    op.create_table('seals',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('put_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('put_by_id', sa.Integer(), nullable=True),
    sa.Column('found', sa.String(length=16), nullable=False),
    sa.Column('found_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('found_by_id', sa.Integer(), nullable=True),
    sa.Column('found_ticket_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['found_by_id'], ['users.id'], name=op.f('fk_seals_found_by_id_users')),
    sa.ForeignKeyConstraint(['found_ticket_id'], ['tickets.id'], name=op.f('fk_seals_found_ticket_id_tickets')),
    sa.ForeignKeyConstraint(['item_id'], ['items.id'], name=op.f('fk_seals_item_id_items')),
    sa.ForeignKeyConstraint(['put_by_id'], ['users.id'], name=op.f('fk_seals_put_by_id_users')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_seals_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seals')),
    sa.UniqueConstraint('number', name=op.f('uq_seals_number'))
    )
    op.create_index('ix_seals_item_id', 'seals', ['item_id'], unique=False)
    op.create_index('ix_seals_ticket_id', 'seals', ['ticket_id'], unique=False)

    op.create_table('waivers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=48), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('consent', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('signed_by', sa.String(length=120), nullable=False),
    sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_waivers_by_id_users')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_waivers_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_waivers'))
    )
    op.create_index('ix_waivers_ticket_id', 'waivers', ['ticket_id'], unique=False)

    op.create_table('custody',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=True),
    sa.Column('holder', sa.String(length=16), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('condition', sa.String(length=16), nullable=False),
    sa.Column('signed_by', sa.String(length=120), nullable=False),
    sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_custody_event_id_events')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_custody_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_custody'))
    )
    op.create_index('ix_custody_ticket_id', 'custody', ['ticket_id'], unique=False)

    # Only columns are added, each with a default, so that SQLite writes no table anew.
    for table, column in COLUMNS:
        op.add_column(table, column)
    for table, name, target in LINKS:
        op.execute(f'ALTER TABLE {table} ADD COLUMN {name} INTEGER CONSTRAINT fk_{table}_{name}_{target} REFERENCES {target} (id)')
    # What every page of the lab asks: the queues, what came in and went out today, what is flagged, what is awaited.
    op.drop_index('ix_tickets_status_due_on', table_name='tickets')
    for table, name, columns, sqlite, postgresql in INDEXES:
        only = {'sqlite_where': sa.text(sqlite), 'postgresql_where': sa.text(postgresql)} if sqlite and postgresql else {}
        op.create_index(f'ix_{table}_{name}', table, columns, unique=False, **only)
    # Whoever repaired an item has no longer got it in hand once it is tested, ready or gone.
    op.execute("UPDATE tickets SET claimed_by_id = NULL WHERE status NOT IN ('taken_in_charge', 'diagnosing', 'repairing', 'replacing', 'returning')")


def downgrade() -> None:
    for table, name, *_rest in INDEXES:
        op.drop_index(f'ix_{table}_{name}', table_name=table)
    op.create_index('ix_tickets_status_due_on', 'tickets', ['status', 'due_on'], unique=False)
    for table, name, _target in LINKS:
        op.execute(f'ALTER TABLE {table} DROP COLUMN {name}')
    for table, column in reversed(COLUMNS):
        op.execute(f'ALTER TABLE {table} DROP COLUMN {column.name}')
    for table in reversed(TABLES):
        op.drop_table(table)
