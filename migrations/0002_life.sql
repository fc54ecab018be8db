-- The whole life of a ticket: who watches it, reminders, links between tickets, merging, vendors' cases, approvals, and what
-- a lead decides.

-- A JSON list of user ids: staff who are told of its steps without owning it.
alter table ticket add column watchers text not null default '[]';
-- Into which ticket it was merged, and how it stood then, as JSON: unmerging restores it.
alter table ticket add column merged text;
-- The priority that a lead set against the matrix.
alter table ticket add column priority_set integer
    constraint ticket_priority_set_is_known check (priority_set between 1 and 4);
-- A lead extended the window for reopening, which can be done once.
alter table ticket add column extended integer not null default 0
    constraint ticket_extended_is_bool check (extended in (0, 1));
-- When the requester was asked last.
alter table ticket add column asked_at integer;
-- The vendors' cases, as a JSON list.
alter table ticket add column cases text not null default '[]';
-- The change that L2 asked leave for, as JSON.
alter table ticket add column approval text;

-- How tickets belong together. `related` has the lower id first; `split` and `follow_up` name the younger ticket first;
-- `merged` names the one that was given up first.
create table link (
    ticket integer not null references ticket (id),
    other integer not null references ticket (id),
    kind text not null constraint link_kind_is_known check (kind in ('related', 'split', 'follow_up', 'merged')),
    at integer not null,
    by integer,
    constraint link_key primary key (ticket, other, kind),
    constraint link_joins_two check (ticket <> other)
) strict, without rowid;

create index link_of_other on link (other);


-- What somebody wants to be reminded of.
create table reminder (
    -- Never given again, even after the row is gone: timers carry it.
    id integer primary key autoincrement,
    ticket integer not null references ticket (id),
    user integer not null,
    text text not null,
    due_at integer not null,
    asked_at integer not null
) strict;

create index reminder_of_ticket on reminder (ticket, user);

-- Outside companies that the desk works with.
create table vendor (
    id integer primary key autoincrement,
    guild integer not null references guild (id),
    name text not null,
    contact text not null,
    -- Their hours, as the calendar's JSON.
    hours text not null,
    contract text not null,
    -- How long they may take for an answer by default, in their own hours, in seconds.
    response_s integer not null constraint vendor_response_is_positive check (response_s > 0),
    retired_at integer,
    constraint vendor_name_key unique (guild, name)
) strict;

-- A case's reference is unique for its vendor: the ticket has the case itself.
create table vendor_case (
    vendor integer not null references vendor (id),
    reference text not null,
    ticket integer not null references ticket (id),
    open integer not null constraint vendor_case_open_is_bool check (open in (0, 1)),
    constraint vendor_case_key primary key (vendor, reference)
) strict, without rowid;

create index vendor_case_of_ticket on vendor_case (ticket);

-- Timers of many kinds: which ones there are is the program's to know, and a ticket may have several of one kind, each for
-- its own subject (a reminder, a vendor's case; 0 for the ticket itself).
create table timer_2 (
    ticket integer not null references ticket (id),
    kind text not null,
    subject integer not null default 0,
    generation integer not null,
    due_at integer not null,
    fired_at integer,
    constraint timer_key primary key (ticket, kind, subject, generation)
) strict, without rowid;

insert into timer_2 (ticket, kind, generation, due_at, fired_at)
select ticket, kind, generation, due_at, fired_at from timer;
drop table timer;
alter table timer_2 rename to timer;
create index timer_due on timer (due_at) where fired_at is null;
