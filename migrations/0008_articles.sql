-- Articles that are being written. The knowledge base itself is a folder of files; this is what is not in it yet.

-- What a ticket taught: one draft for each ticket, begun when it was resolved.
create table article_draft (
    ticket integer primary key references ticket (id),
    guild integer not null,
    title text not null,
    summary text not null,
    body text not null,
    -- Everybody who wrote at it: none of them may be the one who approves it.
    writers text not null check (json_valid(writers)),
    stage text not null check (stage in ('draft', 'dropped')),
    -- Counts what people changed. One that nobody changed follows its ticket when that is resolved again.
    version integer not null default 0,
    begun_at integer not null,
    changed_at integer not null
) strict;
create index article_draft_of_guild on article_draft (guild, stage, changed_at);
