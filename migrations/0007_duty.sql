-- Whose turn it is: shifts by the week, who is away and who stands in, skills, turns, and how each tier is worked.

-- Away until then; afterwards they are what they were before.
alter table member add column away_until integer;
-- Who stands in for them meanwhile.
alter table member add column deputy integer;
-- The keys of the categories that they are put down for, as a JSON list.
alter table member add column skills text not null default '[]';

-- When a ticket was last offered to somebody, in each queue: a tier and a group of categories.
create table turn (
    guild integer not null references guild (id),
    user integer not null,
    tier integer not null constraint turn_tier_is_known check (tier between 1 and 3),
    -- The group of categories: which ones there are is the program's to know.
    category_group text not null,
    offered_at integer not null,
    constraint turn_key primary key (guild, user, tier, category_group)
) strict, without rowid;

alter table member drop column last_offered_at;

-- How a tier is worked, where that was set.
create table tier_rule (
    guild integer not null references guild (id),
    tier integer not null constraint tier_rule_tier_is_known check (tier between 1 and 3),
    turns text not null constraint tier_rule_turns_is_known check (turns in ('round_robin', 'least_loaded', 'manual')),
    capacity integer not null constraint tier_rule_capacity_is_some check (capacity between 1 and 99),
    constraint tier_rule_key primary key (guild, tier)
) strict, without rowid;

-- Until when whoever is offered it has to accept it, and how many in a row did not.
alter table ticket add column accept_by integer;
alter table ticket add column tries integer not null default 0;

-- A shift of every week, and who takes it: one person, or several in turn, week by week.
create table rota (
    -- Never given again, even after the row is gone: buttons carry it.
    id integer primary key autoincrement,
    guild integer not null references guild (id),
    name text not null,
    -- Days, times, and their zone, as the calendar's JSON.
    hours text not null,
    -- User ids in the order of their weeks, as a JSON list.
    people text not null default '[]',
    -- A Monday: the first one's week.
    since text not null,
    -- Whose shift runs, and when it began.
    on_user integer,
    on_since integer,
    -- When a shift begins or ends next; nothing when none ever does.
    next_at integer,
    constraint rota_name_key unique (guild, name)
) strict;

create index rota_next on rota (next_at) where next_at is not null;

-- One shift that somebody else takes, if they agree.
create table swap (
    -- Never given again, even after the row is gone: buttons carry it.
    id integer primary key autoincrement,
    rota integer not null references rota (id) on delete cascade,
    -- Which shift, by its beginning.
    starts_at integer not null,
    -- Whose it is, and who is asked.
    asker integer not null,
    other integer not null,
    asked_at integer not null,
    agreed integer constraint swap_agreed_is_bool check (agreed in (0, 1)),
    answered_at integer
) strict;

create index swap_of_rota on swap (rota, starts_at);
create unique index swap_one_takes_it on swap (rota, starts_at) where agreed = 1;
