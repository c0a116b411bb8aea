"""The warranty desk: lines and readings of proofs, registrations, replacements, goodwill, complaints, the safety register."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')

LINKS = (('items', 'replaces_id', 'items'), ('tickets', 'proof_line_id', 'proof_lines'), ('tickets', 'repeats_id', 'tickets'))


def upgrade() -> None:
    op.create_table('goodwill_budgets',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('shop_id', sa.Integer(), nullable=True),
    sa.Column('season', sa.String(length=8), nullable=False),
    sa.Column('limit_cents', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['shop_id'], ['shops.id'], name=op.f('fk_goodwill_budgets_shop_id_shops')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_goodwill_budgets')),
    sa.UniqueConstraint('shop_id', 'season', name=op.f('uq_goodwill_budgets_shop_id_season'))
    )
    op.create_index('uq_goodwill_budgets_house', 'goodwill_budgets', ['season'], unique=True, sqlite_where=sa.text('shop_id IS NULL'), postgresql_where=sa.text('shop_id IS NULL'))
    op.create_table('proof_lines',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('proof_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(length=200), nullable=False),
    sa.Column('ean', sa.String(length=13), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('total_cents', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['proof_id'], ['proofs.id'], name=op.f('fk_proof_lines_proof_id_proofs')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proof_lines'))
    )
    op.create_index('ix_proof_lines_proof_id', 'proof_lines', ['proof_id'], unique=False)

    op.create_table('proof_looks',
    sa.Column('piece', sa.String(length=5), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['proof_files.id'], name=op.f('fk_proof_looks_file_id_proof_files'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('piece', 'file_id', name=op.f('pk_proof_looks'))
    )
    op.create_index('ix_proof_looks_file_id', 'proof_looks', ['file_id'], unique=False)

    op.create_table('registrations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=12), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('phone', sa.String(length=20), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('family', sa.String(length=32), nullable=False),
    sa.Column('model_code', sa.String(length=120), nullable=False),
    sa.Column('serial', sa.String(length=60), nullable=False),
    sa.Column('purchased_on', sa.Date(), nullable=False),
    sa.Column('seller_name', sa.String(length=120), nullable=False),
    sa.Column('shop_id', sa.Integer(), nullable=True),
    sa.Column('card', JSON, nullable=False),
    sa.Column('stamped', sa.Boolean(), nullable=False),
    sa.Column('channel', sa.String(length=16), nullable=False),
    sa.Column('registered_on', sa.Date(), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('entered_by_id', sa.Integer(), nullable=True),
    sa.Column('proof_id', sa.Integer(), nullable=True),
    sa.Column('notice', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['entered_by_id'], ['users.id'], name=op.f('fk_registrations_entered_by_id_users')),
    sa.ForeignKeyConstraint(['proof_id'], ['proofs.id'], name=op.f('fk_registrations_proof_id_proofs')),
    sa.ForeignKeyConstraint(['shop_id'], ['shops.id'], name=op.f('fk_registrations_shop_id_shops')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registrations')),
    sa.UniqueConstraint('number', name=op.f('uq_registrations_number'))
    )
    op.create_index('ix_registrations_email', 'registrations', ['email'], unique=False)
    op.create_index('ix_registrations_model_code_purchased_on', 'registrations', ['model_code', 'purchased_on'], unique=False)
    op.create_index('ix_registrations_serial', 'registrations', ['serial'], unique=False)
    op.create_index('ix_registrations_shop_id', 'registrations', ['shop_id'], unique=False)

    op.create_table('replacement_offers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('why', sa.String(length=32), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('candidates', JSON, nullable=False),
    sa.Column('basis', sa.String(length=8), nullable=False),
    sa.Column('basis_cents', sa.Integer(), nullable=True),
    sa.Column('offered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('offered_by_id', sa.Integer(), nullable=True),
    sa.Column('answer', sa.String(length=16), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by', sa.String(length=120), nullable=False),
    sa.Column('answered_from', sa.String(length=45), nullable=False),
    sa.Column('consent', sa.Text(), nullable=False),
    sa.Column('chosen_model_id', sa.Integer(), nullable=True),
    sa.Column('new_item_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['chosen_model_id'], ['models.id'], name=op.f('fk_replacement_offers_chosen_model_id_models')),
    sa.ForeignKeyConstraint(['new_item_id'], ['items.id'], name=op.f('fk_replacement_offers_new_item_id_items')),
    sa.ForeignKeyConstraint(['offered_by_id'], ['users.id'], name=op.f('fk_replacement_offers_offered_by_id_users')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_replacement_offers_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_replacement_offers'))
    )
    op.create_index('ix_replacement_offers_ticket_id', 'replacement_offers', ['ticket_id'], unique=False)

    op.create_table('safety_reports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('hazard', sa.String(length=32), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('injury', sa.Boolean(), nullable=False),
    sa.Column('lot', sa.String(length=60), nullable=False),
    sa.Column('flagged_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('flagged_by_id', sa.Integer(), nullable=True),
    sa.Column('flagged_by', sa.String(length=120), nullable=False),
    sa.Column('alerted', sa.String(length=254), nullable=False),
    sa.Column('isolated_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('isolated_by_id', sa.Integer(), nullable=True),
    sa.Column('place', sa.String(length=40), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.Column('ending', sa.String(length=32), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['ended_by_id'], ['users.id'], name=op.f('fk_safety_reports_ended_by_id_users')),
    sa.ForeignKeyConstraint(['flagged_by_id'], ['users.id'], name=op.f('fk_safety_reports_flagged_by_id_users')),
    sa.ForeignKeyConstraint(['isolated_by_id'], ['users.id'], name=op.f('fk_safety_reports_isolated_by_id_users')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_safety_reports_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_safety_reports'))
    )
    op.create_index('ix_safety_reports_ticket_id', 'safety_reports', ['ticket_id'], unique=False)

    op.create_table('complaints',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=True),
    sa.Column('verdict_id', sa.Integer(), nullable=True),
    sa.Column('finding_id', sa.Integer(), nullable=True),
    sa.Column('subject', sa.String(length=16), nullable=False),
    sa.Column('channel', sa.String(length=16), nullable=False),
    sa.Column('from_shop', sa.Boolean(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('phone', sa.String(length=20), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('entered_by_id', sa.Integer(), nullable=True),
    sa.Column('outcome', sa.String(length=16), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['answered_by_id'], ['users.id'], name=op.f('fk_complaints_answered_by_id_users')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['users.id'], name=op.f('fk_complaints_entered_by_id_users')),
    sa.ForeignKeyConstraint(['finding_id'], ['findings.id'], name=op.f('fk_complaints_finding_id_findings')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_complaints_ticket_id_tickets')),
    sa.ForeignKeyConstraint(['verdict_id'], ['verdicts.id'], name=op.f('fk_complaints_verdict_id_verdicts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_complaints'))
    )
    op.create_index('ix_complaints_due_on', 'complaints', ['due_on'], unique=False)
    op.create_index('ix_complaints_ticket_id', 'complaints', ['ticket_id'], unique=False)

    op.create_table('goodwill',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('finding_id', sa.Integer(), nullable=True),
    sa.Column('shop_id', sa.Integer(), nullable=True),
    sa.Column('season', sa.String(length=8), nullable=False),
    sa.Column('cost_cents', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('over_budget', sa.Text(), nullable=False),
    sa.Column('approved_by_id', sa.Integer(), nullable=True),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['approved_by_id'], ['users.id'], name=op.f('fk_goodwill_approved_by_id_users')),
    sa.ForeignKeyConstraint(['finding_id'], ['findings.id'], name=op.f('fk_goodwill_finding_id_findings')),
    sa.ForeignKeyConstraint(['shop_id'], ['shops.id'], name=op.f('fk_goodwill_shop_id_shops')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_goodwill_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_goodwill'))
    )
    op.create_index('ix_goodwill_season', 'goodwill', ['season'], unique=False)
    op.create_index('ix_goodwill_shop_id', 'goodwill', ['shop_id'], unique=False)
    op.create_index('ix_goodwill_ticket_id', 'goodwill', ['ticket_id'], unique=False)

    # What stands in the tables stays: only columns are added, each with a default, and foreign keys within the column,
    # because SQLite would otherwise write the table anew.
    for table, column in (
        ('models', sa.Column('functions', JSON, nullable=False, server_default='[]')),
        ('proof_files', sa.Column('likeness', sa.String(length=16), nullable=False, server_default='')),
        ('proof_files', sa.Column('reading', JSON, nullable=False, server_default='{}')),
        ('proof_files', sa.Column('read_at', sa.DateTime(timezone=True), nullable=True)),
        ('proof_files', sa.Column('masks', JSON, nullable=False, server_default='[]')),
        ('proof_files', sa.Column('masked_key', sa.String(length=120), nullable=False, server_default='')),
        ('proofs', sa.Column('document', sa.String(length=32), nullable=False, server_default='')),
        ('proofs', sa.Column('reuse', sa.String(length=8), nullable=False, server_default='')),
        ('proofs', sa.Column('vat_number', sa.String(length=20), nullable=False, server_default='')),
        ('tickets', sa.Column('compared_at', sa.DateTime(timezone=True), nullable=True)),
        ('tickets', sa.Column('papers_expired_on', sa.Date(), nullable=True)),
        ('tickets', sa.Column('remedy_choice', JSON, nullable=False, server_default='{}')),
    ):
        op.add_column(table, column)
    for table, name, target in LINKS:
        op.execute(f'ALTER TABLE {table} ADD COLUMN {name} INTEGER CONSTRAINT fk_{table}_{name}_{target} REFERENCES {target} (id)')
        op.create_index(f'ix_{table}_{name}', table, [name])
    op.create_index('ix_proof_files_likeness', 'proof_files', ['likeness'])
    op.create_index('ix_proofs_vat_number', 'proofs', ['vat_number'])


def downgrade() -> None:
    op.drop_index('ix_proofs_vat_number', 'proofs')
    op.drop_index('ix_proof_files_likeness', 'proof_files')
    for table, name, _target in LINKS:
        op.drop_index(f'ix_{table}_{name}', table)
        op.execute(f'ALTER TABLE {table} DROP COLUMN {name}')
    for table, names in (
        ('tickets', ('remedy_choice', 'papers_expired_on', 'compared_at')), ('proofs', ('vat_number', 'reuse', 'document')),
        ('proof_files', ('masked_key', 'masks', 'read_at', 'reading', 'likeness')), ('models', ('functions',)),
    ):
        for name in names:
            op.execute(f'ALTER TABLE {table} DROP COLUMN {name}')
    for table in ('goodwill', 'complaints', 'safety_reports', 'replacement_offers', 'registrations', 'proof_looks', 'proof_lines', 'goodwill_budgets'):
        op.drop_table(table)
