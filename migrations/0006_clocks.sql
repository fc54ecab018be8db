-- When the desk is open, what it promises, and how each ticket stands to that.

-- Calendars by name. Nothing is changed in a row: an edit is one more, in force from its instant on. `always` and `business`
-- are there without a row, until somebody edits them.
create table calendar (
    guild integer not null references guild (id),
    name text not null,
    valid_from integer not null,
    -- The calendar's JSON.
    hours text not null,
    by integer,
    constraint calendar_key primary key (guild, name, valid_from)
) strict, without rowid;

-- What is promised, by version: a ticket keeps the version that it was opened with. Version 0 is the program's own and has no
-- row.
create table policy (
    guild integer not null references guild (id),
    version integer not null constraint policy_version_counts_up check (version > 0),
    at integer not null,
    by integer,
    -- What is promised, as JSON.
    book text not null,
    constraint policy_key primary key (guild, version)
) strict, without rowid;

-- The version of the policy, what moved the ticket's clocks, which of them ran out, and how they stand, as JSON. Tickets that
-- are older than this have none; it is made from their events when they are next looked at.
alter table ticket add column clocks text;

-- Clocks that ran out and are told to the leads once a day.
create table digest_line (
    guild integer not null references guild (id),
    ticket integer not null references ticket (id),
    clock text not null constraint digest_line_clock_is_known check (
        clock in ('first_response', 'next_update', 'resolution')
    ),
    -- When it ran out.
    at integer not null,
    say_at integer not null,
    constraint digest_line_key primary key (ticket, clock, at)
) strict, without rowid;

create index digest_line_due on digest_line (say_at);

-- Which time zone database the timers were last computed with.
alter table install add column zones text;
