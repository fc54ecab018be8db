-- The desk's first schema. Instants are milliseconds since 1970 in UTC (`_at`). Discord's ids are kept as integers:
-- they stay below 2^63. Every row belongs to a guild, directly or through its ticket: one bot may serve several.

create table install (
    -- One row: what this database is, drawn at random when it is made.
    only_one integer primary key constraint install_is_one_row check (only_one = 1),
    -- Part of every nonce, so that two desks behind one bot account never share one.
    id text not null,
    -- Who asked a question at L0 is kept as a hash with this salt, not as an id.
    salt text not null
) strict;

create table guild (
    id integer primary key,
    name text not null,
    -- Numbers are given out by the one writer, inside the transaction that opens the ticket.
    next_number integer not null default 1 constraint guild_number_counts_up check (next_number > 0),
    -- Until /duty is first used, every known holder of a tier counts as on duty.
    duty_used integer not null default 0 constraint guild_duty_used_is_bool check (duty_used in (0, 1)),
    set_up_at integer
) strict;

create table guild_role (
    guild integer not null references guild (id),
    role text not null constraint guild_role_is_known check (role in ('l1', 'l2', 'l3', 'lead', 'admin')),
    discord_id integer not null,
    constraint guild_role_key primary key (guild, role)
) strict, without rowid;

create table guild_channel (
    guild integer not null references guild (id),
    channel text not null constraint guild_channel_is_known check (
        channel in ('help', 'tickets', 'confidential', 'queue_l1', 'queue_l2', 'queue_l3', 'escalations', 'leads')
    ),
    discord_id integer not null,
    constraint guild_channel_key primary key (guild, channel)
) strict, without rowid;

-- Who the desk has met, with the standing that was last seen. Picking whose turn it is reads this; whether somebody may
-- do something never does.
create table member (
    guild integer not null references guild (id),
    user integer not null,
    name text not null,
    -- A set of tiers, one bit each: L1 = 1, L2 = 2, L3 = 4.
    tiers integer not null constraint member_tiers_is_a_set check (tiers between 0 and 7),
    lead integer not null constraint member_lead_is_bool check (lead in (0, 1)),
    admin integer not null constraint member_admin_is_bool check (admin in (0, 1)),
    duty text not null default 'off' constraint member_duty_is_known check (duty in ('on', 'off')),
    duty_at integer,
    last_offered_at integer,
    seen_at integer not null,
    constraint member_key primary key (guild, user)
) strict, without rowid;

create index member_staff on member (guild) where tiers > 0 or lead = 1;

create table ticket (
    id integer primary key,
    guild integer not null references guild (id),
    number integer not null,
    requester integer not null,
    requester_name text not null,
    -- A JSON list of user ids.
    participants text not null default '[]',
    title text not null,
    body text not null,
    tried text not null,
    category text not null,
    confidential integer not null constraint ticket_confidential_is_bool check (confidential in (0, 1)),
    impact text not null constraint ticket_impact_is_known check (impact in ('low', 'medium', 'high')),
    urgency text not null constraint ticket_urgency_is_known check (urgency in ('low', 'medium', 'high')),
    priority integer not null constraint ticket_priority_is_known check (priority between 1 and 4),
    tier integer not null constraint ticket_tier_is_known check (tier between 1 and 3),
    state text not null constraint ticket_state_is_known check (
        state in (
            'new', 'assigned', 'in_progress', 'waiting_user', 'waiting_vendor',
            'resolved', 'closed', 'cancelled', 'merged'
        )
    ),
    assignee integer,
    -- The hand-over that waits for an answer, as JSON.
    pending text,
    -- How often L2, and L3, sent a hand-over back.
    bounces_l2 integer not null default 0,
    bounces_l3 integer not null default 0,
    lead_decides integer not null default 0 constraint ticket_lead_decides_is_bool check (lead_decides in (0, 1)),
    -- Given back while somebody else owed an answer: the state of waiting.
    waits text constraint ticket_waits_is_known check (waits in ('waiting_user', 'waiting_vendor')),
    replied_at integer,
    reopened integer not null default 0,
    -- What the requester thinks of the present resolution, from 1 (bad) to 5 (good).
    rated integer constraint ticket_rated_is_known check (rated between 1 and 5),
    rated_at integer,
    escalation_asked_at integer,
    ask integer references ask (id),
    version integer not null,
    last_seq integer not null,
    opened_at integer not null,
    changed_at integer not null,
    resolved_at integer,
    thread integer,
    staff_thread integer,
    constraint ticket_number_key unique (guild, number),
    -- Invariant I6: somebody has it exactly when it is assigned, worked on, or waiting.
    constraint ticket_has_one_assignee check (
        case
            when state = 'new' then assignee is null
            when state in ('assigned', 'in_progress', 'waiting_user', 'waiting_vendor') then assignee is not null
            else true
        end
    )
) strict;

create index ticket_of_requester on ticket (guild, requester, opened_at);
create index ticket_of_assignee on ticket (guild, assignee) where assignee is not null;
create index ticket_queue on ticket (guild, tier, priority, opened_at)
    where state in ('new', 'assigned', 'in_progress', 'waiting_user', 'waiting_vendor');
create index ticket_of_thread on ticket (thread) where thread is not null;
create index ticket_of_staff_thread on ticket (staff_thread) where staff_thread is not null;

-- What happened: append-only, the reports' source. `cause` is the inbox key of what brought it about; one cause may have
-- several events.
create table event (
    ticket integer not null references ticket (id),
    seq integer not null,
    at integer not null,
    by integer,
    cause text not null,
    kind text not null,
    body text not null,
    constraint event_key primary key (ticket, seq)
) strict, without rowid;

create index event_of_cause on event (cause) where kind = 'opened';

create trigger event_is_never_changed before update on event
begin
    select raise(abort, 'events are never changed');
end;

-- What was processed. The key is inserted in the transaction that does the work, so that an event which Discord
-- delivers again changes nothing.
create table inbox (
    key text primary key,
    at integer not null
) strict, without rowid;

create index inbox_by_age on inbox (at);

-- Work to be done on Discord, written in the transaction of the change that asks for it.
create table outbox (
    -- Never given again, even after the row is gone: buttons and nonces carry it.
    id integer primary key autoincrement,
    guild integer not null references guild (id),
    ticket integer references ticket (id),
    -- The event that caused it: part of the reference in the message's footer.
    event integer,
    -- Order holds within a lane; lanes do not wait for each other.
    lane text not null,
    -- A row of another lane that must be done first: a thread before its messages.
    needs integer references outbox (id),
    -- A name by which a later errand amends this row's message.
    name text,
    errand text not null,
    due_at integer not null,
    attempts integer not null default 0,
    first_tried_at integer,
    last_error text,
    delivered_at integer,
    -- Kept and shown by the doctor, never tried again.
    given_up_at integer,
    channel_id integer,
    message_id integer
) strict;

create index outbox_waiting on outbox (lane, id) where delivered_at is null and given_up_at is null;
create unique index outbox_name on outbox (name) where name is not null;

-- Cards are projections: what should stand in a channel, and what stands there.
create table card (
    ticket integer not null references ticket (id),
    tier integer not null constraint card_tier_is_known check (tier between 1 and 3),
    wanted integer not null,
    shown integer not null default 0,
    channel_id integer,
    message_id integer,
    due_at integer not null,
    attempts integer not null default 0,
    first_tried_at integer,
    last_error text,
    constraint card_key primary key (ticket, tier)
) strict, without rowid;

create index card_waiting on card (due_at) where wanted > shown;

-- A timer is a row and fires at most once. A deadline that moves raises the generation.
create table timer (
    ticket integer not null references ticket (id),
    kind text not null constraint timer_kind_is_known check (kind in ('close', 'rating', 'lock')),
    generation integer not null,
    due_at integer not null,
    fired_at integer,
    constraint timer_key primary key (ticket, kind, generation)
) strict, without rowid;

create index timer_due on timer (due_at) where fired_at is null;

-- A question at L0 and what became of it. `outcome` is one of the three honest classes: confirmed (said so), possible (an
-- answer and silence), none (no answer, not this, or a ticket within 24 hours).
create table ask (
    -- Never given again, even after the row is gone: buttons and nonces carry it.
    id integer primary key autoincrement,
    guild integer,
    -- By what asked it: what Discord repeats is one question. Here and not in the inbox, so that one statement keeps it.
    cause text not null constraint ask_cause_key unique,
    asker text not null,
    question text not null,
    verdict text not null,
    confidence real not null,
    -- The articles that were shown, best first, as a JSON list of ids.
    articles text not null,
    outcome text not null constraint ask_outcome_is_known check (outcome in ('confirmed', 'possible', 'none')),
    asked_at integer not null,
    settled_at integer
) strict;

create index ask_of_asker on ask (asker, asked_at);
create index ask_by_time on ask (guild, asked_at);

-- What somebody has chosen before a form can open: a form takes texts only.
create table draft (
    -- Never given again, even after the row is gone: buttons and nonces carry it.
    id integer primary key autoincrement,
    owner integer not null,
    body text not null,
    changed_at integer not null
) strict;

-- Who tried what and was refused, or overrode something: ids, action, reason, never texts.
create table audit (
    id integer primary key,
    guild integer,
    at integer not null,
    actor integer not null,
    action text not null,
    ticket integer,
    outcome text not null,
    reason text
) strict;

create index audit_by_time on audit (guild, at);

-- What was registered at Discord last, so that it is sent again only when it changed.
create table registration (
    scope text primary key,
    digest text not null,
    at integer not null
) strict, without rowid;
