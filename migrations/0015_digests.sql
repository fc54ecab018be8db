-- When the leads are told by themselves what the desk did.

create table digest (
    guild integer not null constraint digest_key primary key references guild (id),
    -- At which minute of the day, as clocks are set where the desk is.
    minute integer not null constraint digest_minute_is_of_a_day check (minute between 0 and 1439),
    daily integer not null constraint digest_daily_is_bool check (daily in (0, 1)),
    weekly integer not null constraint digest_weekly_is_bool check (weekly in (0, 1)),
    -- When each is due next. Moved on in the change that says one, so that none is said twice, and only the last of several
    -- that were missed.
    daily_at integer not null,
    weekly_at integer not null
) strict;

-- What stands in the escalation channel, for whom, and when.
create table line_rule (
    guild integer not null constraint line_rule_key primary key references guild (id),
    -- The least urgent of which a line is posted: 1 for P1 to 4 for P4.
    lowest integer not null constraint line_rule_lowest_is_a_priority check (lowest between 1 and 4),
    -- From which minute of the day until which one nothing is posted but a P1; past midnight where the first is later.
    quiet_from integer constraint line_rule_quiet_from_is_of_a_day check (quiet_from between 0 and 1439),
    quiet_until integer constraint line_rule_quiet_until_is_of_a_day check (quiet_until between 0 and 1439),
    constraint line_rule_quiet_is_whole check ((quiet_from is null) = (quiet_until is null))
) strict;

-- One message with several lines: of quiet hours that ended, or of many that came at once.
create table gathering (
    id integer not null constraint gathering_key primary key,
    guild integer not null references guild (id),
    begun_at integer not null,
    -- When it is said, where its lines were held back.
    held_until integer
) strict;

create index gathering_of_guild on gathering (guild);

-- Each line of the escalation channel, by its row of the outbox.
create table line (
    outbox integer not null constraint line_key primary key,
    guild integer not null references guild (id),
    ticket integer references ticket (id),
    -- By which it is amended.
    name text,
    at integer not null,
    -- What it says by now, as JSON; kept of those alone that stand in one message with others.
    notice text,
    gathering integer references gathering (id),
    constraint line_says_something check ((notice is null) = (gathering is null))
) strict;

create index line_lately on line (guild, at);
create index line_by_name on line (name) where name is not null;
create index line_gathered on line (gathering) where gathering is not null;
