-- Files of calendars and promises that an admin gave and has looked at, but not confirmed yet.
create table policy_file (
    -- Never used again: the button of a file that is gone must not find another one.
    id integer primary key autoincrement,
    guild integer not null,
    by integer not null,
    at integer not null,
    -- What held when it was looked at: where something else holds by now, it has to be looked at again.
    base text not null,
    plan text not null check (json_valid(plan))
) strict;
