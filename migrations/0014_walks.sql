-- Somebody's way through the steps of an article, one at a time. Who walks is a salted hash, as of who asks.
create table walk (
    -- Never given again, even after the row is gone: buttons carry it.
    id integer primary key autoincrement,
    guild integer,
    asker text not null,
    -- The question it grew out of; forgotten with it.
    ask integer not null references ask (id) on delete cascade,
    article text not null,
    section integer not null,
    -- What the steps said when it began: where they say something else, its numbers mean nothing.
    digest text not null,
    steps integer not null,
    -- The step that is shown; one more than there are once all are done.
    at_step integer not null,
    stage text not null constraint walk_stage_is_known check (stage in ('open', 'fixed', 'no_help', 'stuck')),
    began_at integer not null,
    changed_at integer not null,
    constraint walk_is_at_a_step check (steps >= 2 and at_step between 1 and steps + 1)
) strict;

create index walk_of_asker on walk (asker, changed_at);
create index walk_of_article on walk (article, digest);
create index walk_of_ask on walk (ask);
