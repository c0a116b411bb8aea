"""Stock of spare parts: what is on hand and promised, what changed it, and for which ticket pieces are kept."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

COLUMNS = (
    ('parts', 'on_hand INTEGER NOT NULL DEFAULT 0 CONSTRAINT ck_parts_on_hand CHECK (on_hand >= 0)'),
    ('parts', 'reserved INTEGER NOT NULL DEFAULT 0 CONSTRAINT ck_parts_reserved CHECK (reserved >= 0 AND reserved <= on_hand)'),
    ('parts', 'reorder_at INTEGER NOT NULL DEFAULT 0'),
    ('parts', "place VARCHAR(40) NOT NULL DEFAULT ''"),
)
TABLES = ('parts_reserved', 'part_moves')


def upgrade() -> None:
    op.create_table('part_moves',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('part_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=True),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_part_moves_by_id_users')),
    sa.ForeignKeyConstraint(['part_id'], ['parts.id'], name=op.f('fk_part_moves_part_id_parts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_part_moves'))
    )
    op.create_index('ix_part_moves_part_id', 'part_moves', ['part_id'], unique=False)
    op.create_index('ix_part_moves_ticket_id', 'part_moves', ['ticket_id'], unique=False)

    op.create_table('parts_reserved',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('part_id', sa.Integer(), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('granted', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_parts_reserved_by_id_users')),
    sa.ForeignKeyConstraint(['part_id'], ['parts.id'], name=op.f('fk_parts_reserved_part_id_parts')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_parts_reserved_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_parts_reserved'))
    )
    op.create_index('ix_parts_reserved_part_id', 'parts_reserved', ['part_id'], unique=False)
    op.create_index('ix_parts_reserved_ticket_id', 'parts_reserved', ['ticket_id'], unique=False)

    # Only columns are added, each with a default; checks within the column, so that SQLite writes no table anew.
    for table, column in COLUMNS:
        op.execute(f'ALTER TABLE {table} ADD COLUMN {column}')


def downgrade() -> None:
    for table, column in reversed(COLUMNS):
        op.execute(f'ALTER TABLE {table} DROP COLUMN {column.split()[0]}')
    for table in TABLES:
        op.drop_table(table)
