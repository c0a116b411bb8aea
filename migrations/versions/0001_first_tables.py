"""The first tables: people, items, tickets and their history, proofs, parcels, quotes, messages, the outbox."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table('budgets',
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('window', sa.BigInteger(), nullable=False),
    sa.Column('spent', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('name', 'window', name=op.f('pk_budgets'))
    )
    op.create_table('customers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('phone', sa.String(length=20), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customers'))
    )
    op.create_index(op.f('ix_customers_email'), 'customers', ['email'], unique=False)
    op.create_index(op.f('ix_customers_phone'), 'customers', ['phone'], unique=False)

    op.create_table('links',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('purpose', sa.Enum('invite', 'reset', 'owner', name='purpose', native_enum=False, length=32), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_links')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_links_token_hash'))
    )
    op.create_index('ix_links_purpose_subject_id', 'links', ['purpose', 'subject_id'], unique=False)

    op.create_table('models',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('ean', sa.String(length=13), nullable=True),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('family', sa.String(length=32), nullable=False),
    sa.Column('water_mark', sa.Boolean(), nullable=False),
    sa.Column('list_price_cents', sa.Integer(), nullable=True),
    sa.Column('current', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_models')),
    sa.UniqueConstraint('code', name=op.f('uq_models_code')),
    sa.UniqueConstraint('ean', name=op.f('uq_models_ean'))
    )
    op.create_index(op.f('ix_models_family'), 'models', ['family'], unique=False)

    op.create_table('outbox',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('facts', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=True),
    sa.Column('key', sa.String(length=120), nullable=True),
    sa.Column('state', sa.Enum('waiting', 'leased', 'done', 'dead', 'withdrawn', 'uncertain', name='state', native_enum=False, length=32), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('not_before', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('lease_id', sa.String(length=32), nullable=True),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_error', sa.Text(), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('provider_id', sa.String(length=120), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox')),
    sa.UniqueConstraint('key', name=op.f('uq_outbox_key'))
    )
    op.create_index('ix_outbox_state_not_before', 'outbox', ['state', 'not_before'], unique=False)
    op.create_index(op.f('ix_outbox_ticket_id'), 'outbox', ['ticket_id'], unique=False)

    op.create_table('parts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('families', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('price_cents', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_parts')),
    sa.UniqueConstraint('code', name=op.f('uq_parts_code'))
    )
    op.create_table('retailers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('vat_number', sa.String(length=20), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_retailers'))
    )
    op.create_table('items',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('family', sa.String(length=32), nullable=False),
    sa.Column('model_id', sa.Integer(), nullable=True),
    sa.Column('model_text', sa.String(length=120), nullable=False),
    sa.Column('serial', sa.String(length=60), nullable=False),
    sa.Column('water_mark', sa.Boolean(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['model_id'], ['models.id'], name=op.f('fk_items_model_id_models')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_items'))
    )
    op.create_index(op.f('ix_items_serial'), 'items', ['serial'], unique=False)

    op.create_table('sent_letters',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('outbox_id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=True),
    sa.Column('recipient', sa.String(length=254), nullable=False),
    sa.Column('subject', sa.String(length=400), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('provider_id', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['outbox_id'], ['outbox.id'], name=op.f('fk_sent_letters_outbox_id_outbox')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sent_letters'))
    )
    op.create_index(op.f('ix_sent_letters_outbox_id'), 'sent_letters', ['outbox_id'], unique=False)
    op.create_index(op.f('ix_sent_letters_ticket_id'), 'sent_letters', ['ticket_id'], unique=False)

    op.create_table('shops',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('retailer_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('street', sa.String(length=160), nullable=False),
    sa.Column('postal_code', sa.String(length=12), nullable=False),
    sa.Column('city', sa.String(length=80), nullable=False),
    sa.Column('province', sa.String(length=2), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('phone', sa.String(length=20), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('authorised_from', sa.Date(), nullable=True),
    sa.Column('authorised_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['retailer_id'], ['retailers.id'], name=op.f('fk_shops_retailer_id_retailers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shops'))
    )
    op.create_index(op.f('ix_shops_retailer_id'), 'shops', ['retailer_id'], unique=False)

    op.create_table('users',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('role', sa.Enum('technician', 'front_desk', 'manager', 'retailer_admin', 'retailer_clerk', name='role', native_enum=False, length=32), nullable=False),
    sa.Column('retailer_id', sa.Integer(), nullable=True),
    sa.Column('shop_id', sa.Integer(), nullable=True),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('password_hash', sa.String(length=255), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('demo', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['retailer_id'], ['retailers.id'], name=op.f('fk_users_retailer_id_retailers')),
    sa.ForeignKeyConstraint(['shop_id'], ['shops.id'], name=op.f('fk_users_shop_id_shops')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_users')),
    sa.UniqueConstraint('email', name=op.f('uq_users_email'))
    )
    op.create_index(op.f('ix_users_retailer_id'), 'users', ['retailer_id'], unique=False)

    op.create_table('proofs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('seller', sa.String(length=32), nullable=False),
    sa.Column('seller_name', sa.String(length=120), nullable=False),
    sa.Column('shop_id', sa.Integer(), nullable=True),
    sa.Column('purchased_on', sa.Date(), nullable=True),
    sa.Column('number', sa.String(length=60), nullable=False),
    sa.Column('total_cents', sa.Integer(), nullable=True),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('card', sa.String(length=16), nullable=False),
    sa.Column('card_dated_on', sa.Date(), nullable=True),
    sa.Column('registered_on', sa.Date(), nullable=True),
    sa.Column('delivered_on', sa.Date(), nullable=True),
    sa.Column('legible', sa.Boolean(), nullable=True),
    sa.Column('checked_by_id', sa.Integer(), nullable=True),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['checked_by_id'], ['users.id'], name=op.f('fk_proofs_checked_by_id_users')),
    sa.ForeignKeyConstraint(['shop_id'], ['shops.id'], name=op.f('fk_proofs_shop_id_shops')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proofs'))
    )
    op.create_index(op.f('ix_proofs_number'), 'proofs', ['number'], unique=False)
    op.create_index(op.f('ix_proofs_shop_id'), 'proofs', ['shop_id'], unique=False)

    op.create_table('requests',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('requested_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('evidence', sa.String(length=32), nullable=False),
    sa.Column('channel', sa.Enum('web', 'retailer', 'counter', 'phone', 'email', 'whatsapp', 'arrival', name='channel', native_enum=False, length=32), nullable=False),
    sa.Column('carrier_accepted_on', sa.Date(), nullable=True),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('entered_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['entered_by_id'], ['users.id'], name=op.f('fk_requests_entered_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_requests'))
    )
    op.create_table('shipments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('direction', sa.Enum('in', 'out', name='direction', native_enum=False, length=32), nullable=False),
    sa.Column('courier', sa.String(length=16), nullable=False),
    sa.Column('tracking', sa.String(length=40), nullable=False),
    sa.Column('booked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('booked_by_id', sa.Integer(), nullable=True),
    sa.Column('left_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('delivered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('weight_grams', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('street', sa.String(length=200), nullable=False),
    sa.Column('postal_code', sa.String(length=12), nullable=False),
    sa.Column('city', sa.String(length=80), nullable=False),
    sa.Column('province', sa.String(length=2), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('phone', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['booked_by_id'], ['users.id'], name=op.f('fk_shipments_booked_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shipments'))
    )
    op.create_index(op.f('ix_shipments_tracking'), 'shipments', ['tracking'], unique=False)

    op.create_table('sign_ins',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_sign_ins_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_ins')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_ins_token_hash'))
    )
    op.create_index(op.f('ix_sign_ins_user_id'), 'sign_ins', ['user_id'], unique=False)

    op.create_table('intake_drafts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('data', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['request_id'], ['requests.id'], name=op.f('fk_intake_drafts_request_id_requests')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_intake_drafts')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_intake_drafts_token_hash'))
    )
    op.create_index(op.f('ix_intake_drafts_request_id'), 'intake_drafts', ['request_id'], unique=False)
    op.create_index(op.f('ix_intake_drafts_updated_at'), 'intake_drafts', ['updated_at'], unique=False)

    op.create_table('proof_files',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('proof_id', sa.Integer(), nullable=False),
    sa.Column('storage_key', sa.String(length=120), nullable=False),
    sa.Column('preview_key', sa.String(length=120), nullable=False),
    sa.Column('thumb_key', sa.String(length=120), nullable=False),
    sa.Column('media_type', sa.String(length=60), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['proof_id'], ['proofs.id'], name=op.f('fk_proof_files_proof_id_proofs')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proof_files'))
    )
    op.create_index(op.f('ix_proof_files_proof_id'), 'proof_files', ['proof_id'], unique=False)
    op.create_index(op.f('ix_proof_files_sha256'), 'proof_files', ['sha256'], unique=False)

    op.create_table('tickets',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('number', sa.BigInteger(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum('requested', 'to_send', 'in_transit_in', 'received', 'taken_in_charge', 'diagnosing', 'repairing', 'replacing', 'returning', 'testing', 'ready', 'shipped_out', 'delivered', 'closed', 'cancelled', name='status', native_enum=False, length=32), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('customer_id', sa.Integer(), nullable=False),
    sa.Column('proof_id', sa.Integer(), nullable=True),
    sa.Column('retailer_id', sa.Integer(), nullable=True),
    sa.Column('shop_id', sa.Integer(), nullable=True),
    sa.Column('shop_reference', sa.String(length=60), nullable=False),
    sa.Column('pin_hash', sa.String(length=64), nullable=True),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('symptoms', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('tampering', sa.String(length=32), nullable=False),
    sa.Column('second_hand', sa.Boolean(), nullable=False),
    sa.Column('safety', sa.Boolean(), nullable=False),
    sa.Column('accessories', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('condition', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('requested_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('day_zero', sa.Date(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('claimed_by_id', sa.Integer(), nullable=True),
    sa.Column('repaired_by_id', sa.Integer(), nullable=True),
    sa.Column('tested_by_id', sa.Integer(), nullable=True),
    sa.Column('location', sa.String(length=40), nullable=False),
    sa.Column('quote_answer', sa.String(length=16), nullable=True),
    sa.Column('verdict', sa.String(length=32), nullable=False),
    sa.Column('reason', sa.String(length=32), nullable=True),
    sa.Column('last_covered_day', sa.Date(), nullable=True),
    sa.Column('return_name', sa.String(length=120), nullable=False),
    sa.Column('return_street', sa.String(length=200), nullable=False),
    sa.Column('return_postal_code', sa.String(length=12), nullable=False),
    sa.Column('return_city', sa.String(length=80), nullable=False),
    sa.Column('return_province', sa.String(length=2), nullable=False),
    sa.Column('return_country', sa.String(length=2), nullable=False),
    sa.Column('return_phone', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['claimed_by_id'], ['users.id'], name=op.f('fk_tickets_claimed_by_id_users')),
    sa.ForeignKeyConstraint(['customer_id'], ['customers.id'], name=op.f('fk_tickets_customer_id_customers')),
    sa.ForeignKeyConstraint(['item_id'], ['items.id'], name=op.f('fk_tickets_item_id_items')),
    sa.ForeignKeyConstraint(['proof_id'], ['proofs.id'], name=op.f('fk_tickets_proof_id_proofs')),
    sa.ForeignKeyConstraint(['repaired_by_id'], ['users.id'], name=op.f('fk_tickets_repaired_by_id_users')),
    sa.ForeignKeyConstraint(['request_id'], ['requests.id'], name=op.f('fk_tickets_request_id_requests')),
    sa.ForeignKeyConstraint(['retailer_id'], ['retailers.id'], name=op.f('fk_tickets_retailer_id_retailers')),
    sa.ForeignKeyConstraint(['shop_id'], ['shops.id'], name=op.f('fk_tickets_shop_id_shops')),
    sa.ForeignKeyConstraint(['tested_by_id'], ['users.id'], name=op.f('fk_tickets_tested_by_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tickets')),
    sa.UniqueConstraint('code', name=op.f('uq_tickets_code')),
    sa.UniqueConstraint('number', name=op.f('uq_tickets_number'))
    )
    op.create_index(op.f('ix_tickets_customer_id'), 'tickets', ['customer_id'], unique=False)
    op.create_index(op.f('ix_tickets_item_id'), 'tickets', ['item_id'], unique=False)
    op.create_index(op.f('ix_tickets_proof_id'), 'tickets', ['proof_id'], unique=False)
    op.create_index(op.f('ix_tickets_request_id'), 'tickets', ['request_id'], unique=False)
    op.create_index(op.f('ix_tickets_retailer_id'), 'tickets', ['retailer_id'], unique=False)
    op.create_index('ix_tickets_shop_id_status', 'tickets', ['shop_id', 'status'], unique=False)
    op.create_index('ix_tickets_status_due_on', 'tickets', ['status', 'due_on'], unique=False)

    op.create_table('events',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_kind', sa.String(length=32), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('action', sa.Enum('ask', 'announce', 'hand_in', 'arrive_unannounced', 'guide', 'post', 'receive', 'ask_papers', 'papers_arrived', 'take_in_charge', 'start_diagnosis', 'ask_decision', 'decide', 'send_quote', 'accept_quote', 'refuse_quote', 'expire_quote', 'wait_part', 'part_arrived', 'start_repair', 'replace', 'return_item', 'finish', 'pass_quality', 'fail_quality', 'close_up', 'ship', 'hand_over', 'deliver', 'close', 'cancel', 'change_address', 'undo', name='action', native_enum=False, length=32), nullable=False),
    sa.Column('source', sa.Enum('requested', 'to_send', 'in_transit_in', 'received', 'taken_in_charge', 'diagnosing', 'repairing', 'replacing', 'returning', 'testing', 'ready', 'shipped_out', 'delivered', 'closed', 'cancelled', name='status', native_enum=False, length=32), nullable=True),
    sa.Column('target', sa.Enum('requested', 'to_send', 'in_transit_in', 'received', 'taken_in_charge', 'diagnosing', 'repairing', 'replacing', 'returning', 'testing', 'ready', 'shipped_out', 'delivered', 'closed', 'cancelled', name='status', native_enum=False, length=32), nullable=False),
    sa.Column('text_digest', sa.String(length=64), nullable=False),
    sa.Column('previous', sa.String(length=64), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['users.id'], name=op.f('fk_events_actor_id_users')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_events_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_events')),
    sa.UniqueConstraint('ticket_id', 'seq', name=op.f('uq_events_ticket_id_seq'))
    )
    op.create_table('findings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('symptom', sa.String(length=8), nullable=False),
    sa.Column('component', sa.String(length=32), nullable=False),
    sa.Column('cause', sa.String(length=32), nullable=False),
    sa.Column('action', sa.String(length=8), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('verdict', sa.String(length=32), nullable=False),
    sa.Column('record', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('decision', sa.String(length=32), nullable=True),
    sa.Column('decision_reason', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('found_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('found_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['decided_by_id'], ['users.id'], name=op.f('fk_findings_decided_by_id_users')),
    sa.ForeignKeyConstraint(['found_by_id'], ['users.id'], name=op.f('fk_findings_found_by_id_users')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_findings_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_findings'))
    )
    op.create_index(op.f('ix_findings_ticket_id'), 'findings', ['ticket_id'], unique=False)

    op.create_table('measurements',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('test', sa.String(length=32), nullable=False),
    sa.Column('phase', sa.String(length=8), nullable=False),
    sa.Column('value', sa.Double(), nullable=False),
    sa.Column('unit', sa.String(length=16), nullable=False),
    sa.Column('low', sa.Double(), nullable=True),
    sa.Column('high', sa.Double(), nullable=True),
    sa.Column('passed', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_measurements_by_id_users')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_measurements_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_measurements'))
    )
    op.create_index(op.f('ix_measurements_ticket_id'), 'measurements', ['ticket_id'], unique=False)

    op.create_table('messages',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('author_kind', sa.String(length=32), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('author', sa.String(length=120), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('fk_messages_author_id_users')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_messages_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_messages'))
    )
    op.create_index(op.f('ix_messages_ticket_id'), 'messages', ['ticket_id'], unique=False)

    op.create_table('notes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('author', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_notes_by_id_users')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_notes_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notes'))
    )
    op.create_index(op.f('ix_notes_ticket_id'), 'notes', ['ticket_id'], unique=False)

    op.create_table('parcelled',
    sa.Column('shipment_id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['shipment_id'], ['shipments.id'], name=op.f('fk_parcelled_shipment_id_shipments')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_parcelled_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('shipment_id', 'ticket_id', name=op.f('pk_parcelled'))
    )
    op.create_index(op.f('ix_parcelled_ticket_id'), 'parcelled', ['ticket_id'], unique=False)

    op.create_table('parts_used',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('part_id', sa.Integer(), nullable=True),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('old_part', sa.String(length=16), nullable=False),
    sa.Column('price_cents', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_parts_used_by_id_users')),
    sa.ForeignKeyConstraint(['part_id'], ['parts.id'], name=op.f('fk_parts_used_part_id_parts')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_parts_used_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_parts_used'))
    )
    op.create_index(op.f('ix_parts_used_ticket_id'), 'parts_used', ['ticket_id'], unique=False)

    op.create_table('photos',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.String(length=16), nullable=False),
    sa.Column('subject', sa.String(length=32), nullable=False),
    sa.Column('storage_key', sa.String(length=120), nullable=False),
    sa.Column('thumb_key', sa.String(length=120), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_photos_by_id_users')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_photos_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_photos'))
    )
    op.create_index(op.f('ix_photos_sha256'), 'photos', ['sha256'], unique=False)
    op.create_index(op.f('ix_photos_ticket_id'), 'photos', ['ticket_id'], unique=False)

    op.create_table('quotes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('lines', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('total_cents', sa.Integer(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('vat_percent', sa.Integer(), nullable=False),
    sa.Column('days_needed', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_by_id', sa.Integer(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=False),
    sa.Column('answer', sa.String(length=16), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by', sa.String(length=120), nullable=False),
    sa.Column('answered_from', sa.String(length=45), nullable=False),
    sa.Column('start_now', sa.Boolean(), nullable=False),
    sa.Column('wording', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['sent_by_id'], ['users.id'], name=op.f('fk_quotes_sent_by_id_users')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_quotes_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quotes'))
    )
    op.create_index(op.f('ix_quotes_ticket_id'), 'quotes', ['ticket_id'], unique=False)

    op.create_table('verdicts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_by', sa.String(length=120), nullable=False),
    sa.Column('occasion', sa.String(length=32), nullable=False),
    sa.Column('claim', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('record', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['made_by_id'], ['users.id'], name=op.f('fk_verdicts_made_by_id_users')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_verdicts_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_verdicts'))
    )
    op.create_index(op.f('ix_verdicts_ticket_id'), 'verdicts', ['ticket_id'], unique=False)

    op.create_table('event_texts',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('salt', sa.String(length=32), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_event_texts_event_id_events')),
    sa.PrimaryKeyConstraint('event_id', name=op.f('pk_event_texts'))
    )
    op.create_table('waits',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('papers', 'quote', 'replacement', 'consent', 'payment', 'part', 'objection', 'complaint', 'decision', 'courier', 'collection', 'force_majeure', name='waitkind', native_enum=False, length=32), nullable=False),
    sa.Column('on_whom', sa.Enum('customer', 'shop', 'manager', 'supplier', 'courier', 'nobody', name='whom', native_enum=False, length=32), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('opened_by_event_id', sa.Integer(), nullable=False),
    sa.Column('closed_by_event_id', sa.Integer(), nullable=True),
    sa.Column('detail', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['closed_by_event_id'], ['events.id'], name=op.f('fk_waits_closed_by_event_id_events')),
    sa.ForeignKeyConstraint(['opened_by_event_id'], ['events.id'], name=op.f('fk_waits_opened_by_event_id_events')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_waits_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_waits'))
    )
    op.create_index('ix_waits_ticket_id_closed_at', 'waits', ['ticket_id', 'closed_at'], unique=False)




def downgrade() -> None:

    op.drop_index('ix_waits_ticket_id_closed_at', table_name='waits')

    op.drop_table('waits')
    op.drop_table('event_texts')
    op.drop_index(op.f('ix_verdicts_ticket_id'), table_name='verdicts')

    op.drop_table('verdicts')
    op.drop_index(op.f('ix_quotes_ticket_id'), table_name='quotes')

    op.drop_table('quotes')
    op.drop_index(op.f('ix_photos_ticket_id'), table_name='photos')
    op.drop_index(op.f('ix_photos_sha256'), table_name='photos')

    op.drop_table('photos')
    op.drop_index(op.f('ix_parts_used_ticket_id'), table_name='parts_used')

    op.drop_table('parts_used')
    op.drop_index(op.f('ix_parcelled_ticket_id'), table_name='parcelled')

    op.drop_table('parcelled')
    op.drop_index(op.f('ix_notes_ticket_id'), table_name='notes')

    op.drop_table('notes')
    op.drop_index(op.f('ix_messages_ticket_id'), table_name='messages')

    op.drop_table('messages')
    op.drop_index(op.f('ix_measurements_ticket_id'), table_name='measurements')

    op.drop_table('measurements')
    op.drop_index(op.f('ix_findings_ticket_id'), table_name='findings')

    op.drop_table('findings')
    op.drop_table('events')
    op.drop_index('ix_tickets_status_due_on', table_name='tickets')
    op.drop_index('ix_tickets_shop_id_status', table_name='tickets')
    op.drop_index(op.f('ix_tickets_retailer_id'), table_name='tickets')
    op.drop_index(op.f('ix_tickets_request_id'), table_name='tickets')
    op.drop_index(op.f('ix_tickets_proof_id'), table_name='tickets')
    op.drop_index(op.f('ix_tickets_item_id'), table_name='tickets')
    op.drop_index(op.f('ix_tickets_customer_id'), table_name='tickets')

    op.drop_table('tickets')
    op.drop_index(op.f('ix_proof_files_sha256'), table_name='proof_files')
    op.drop_index(op.f('ix_proof_files_proof_id'), table_name='proof_files')

    op.drop_table('proof_files')
    op.drop_index(op.f('ix_intake_drafts_updated_at'), table_name='intake_drafts')
    op.drop_index(op.f('ix_intake_drafts_request_id'), table_name='intake_drafts')

    op.drop_table('intake_drafts')
    op.drop_index(op.f('ix_sign_ins_user_id'), table_name='sign_ins')

    op.drop_table('sign_ins')
    op.drop_index(op.f('ix_shipments_tracking'), table_name='shipments')

    op.drop_table('shipments')
    op.drop_table('requests')
    op.drop_index(op.f('ix_proofs_shop_id'), table_name='proofs')
    op.drop_index(op.f('ix_proofs_number'), table_name='proofs')

    op.drop_table('proofs')
    op.drop_index(op.f('ix_users_retailer_id'), table_name='users')

    op.drop_table('users')
    op.drop_index(op.f('ix_shops_retailer_id'), table_name='shops')

    op.drop_table('shops')
    op.drop_index(op.f('ix_sent_letters_ticket_id'), table_name='sent_letters')
    op.drop_index(op.f('ix_sent_letters_outbox_id'), table_name='sent_letters')

    op.drop_table('sent_letters')
    op.drop_index(op.f('ix_items_serial'), table_name='items')

    op.drop_table('items')
    op.drop_table('retailers')
    op.drop_table('parts')
    op.drop_index(op.f('ix_outbox_ticket_id'), table_name='outbox')
    op.drop_index('ix_outbox_state_not_before', table_name='outbox')

    op.drop_table('outbox')
    op.drop_index(op.f('ix_models_family'), table_name='models')

    op.drop_table('models')
    op.drop_index('ix_links_purpose_subject_id', table_name='links')

    op.drop_table('links')
    op.drop_index(op.f('ix_customers_phone'), table_name='customers')
    op.drop_index(op.f('ix_customers_email'), table_name='customers')

    op.drop_table('customers')
    op.drop_table('budgets')

