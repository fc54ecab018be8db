-- Problems: what stands behind several incidents, its workaround, and whom it concerns.

create table problem (
    id integer primary key,
    guild integer not null references guild (id),
    -- Counts up per guild, given out by the one writer.
    number integer not null,
    title text not null,
    known text not null,
    category text not null,
    state text not null constraint problem_state_is_known check (
        state in ('open', 'investigating', 'known_error', 'resolved', 'closed')
    ),
    -- An article or a text, as JSON.
    workaround text,
    owner integer not null,
    version integer not null,
    last_seq integer not null,
    opened_at integer not null,
    changed_at integer not null,
    constraint problem_number_key unique (guild, number),
    constraint problem_known_error_has_workaround check (state <> 'known_error' or workaround is not null)
) strict;

create index problem_by_state on problem (guild, state);

-- What happened to a problem: append-only, as with tickets.
create table problem_event (
    problem integer not null references problem (id),
    seq integer not null,
    at integer not null,
    by integer,
    cause text not null,
    kind text not null,
    body text not null,
    constraint problem_event_key primary key (problem, seq)
) strict, without rowid;

create index problem_event_of_cause on problem_event (cause) where kind = 'opened';

create trigger problem_event_is_never_changed before update on problem_event
begin
    select raise(abort, 'events are never changed');
end;

-- Incidents of a problem, n:m.
create table problem_ticket (
    problem integer not null references problem (id),
    ticket integer not null references ticket (id),
    at integer not null,
    constraint problem_ticket_key primary key (problem, ticket)
) strict, without rowid;

create index problem_of_ticket on problem_ticket (ticket);

-- Who said "me too" instead of opening a ticket, and is told when it is solved.
create table problem_person (
    problem integer not null references problem (id),
    user integer not null,
    at integer not null,
    constraint problem_person_key primary key (problem, user)
) strict, without rowid;

-- Tickets that read alike, as the leads were told: each crowd once.
create table suggestion (
    id integer primary key,
    guild integer not null references guild (id),
    category text not null,
    -- Enough in one day that a major incident was suggested too.
    crowd integer not null constraint suggestion_crowd_is_bool check (crowd in (0, 1)),
    at integer not null,
    -- Ticket ids as a JSON list.
    tickets text not null
) strict;

create index suggestion_lately on suggestion (guild, category, at);

-- Major incidents: at most one at a time for a category.
create table major (
    id integer primary key,
    guild integer not null references guild (id),
    number integer not null,
    title text not null,
    category text not null,
    -- What everybody reads.
    status text not null,
    state text not null constraint major_state_is_known check (state in ('running', 'resolved', 'closed')),
    commander integer not null,
    communicator integer not null,
    scribe integer not null,
    -- Cause, timeline, and actions, as JSON: without it nothing is closed.
    review text,
    version integer not null,
    last_seq integer not null,
    declared_at integer not null,
    updated_at integer not null,
    resolved_at integer,
    constraint major_number_key unique (guild, number),
    constraint major_closed_has_review check (state <> 'closed' or review is not null)
) strict;

create unique index major_one_at_a_time on major (guild, category) where state = 'running';

-- What happened to a major incident: append-only.
create table major_event (
    major integer not null references major (id),
    seq integer not null,
    at integer not null,
    by integer,
    cause text not null,
    kind text not null,
    body text not null,
    constraint major_event_key primary key (major, seq)
) strict, without rowid;

create index major_event_of_cause on major_event (cause) where kind = 'declared';

create trigger major_event_is_never_changed before update on major_event
begin
    select raise(abort, 'events are never changed');
end;

-- The running incident that a ticket is part of: its own calls and offers are off as long.
alter table ticket add column major integer references major (id);

create index ticket_of_major on ticket (major) where major is not null;

-- Who wants to be told.
create table major_person (
    major integer not null references major (id),
    user integer not null,
    at integer not null,
    constraint major_person_key primary key (major, user)
) strict, without rowid;

-- The next thing that a major incident reminds of: an update while it runs, the review after it. Each setting raises the
-- generation, so that a reminder fires once.
create table major_reminder (
    major integer primary key references major (id),
    generation integer not null,
    due_at integer not null
) strict;

create index major_reminder_due on major_reminder (due_at);
