-- What the desk learns: articles that are reviewed and published, votes on them, questions that found nothing.

-- A draft has a number of its own: it may come from a ticket, from questions, or change an article that is there.
create table article_draft_with_id (
    -- Never given again, even after the row is gone: buttons carry it.
    id integer primary key autoincrement,
    guild integer not null,
    ticket integer references ticket (id),
    -- The article that it changes, or that it became.
    article text,
    -- That article's whole file, as it was when somebody last wrote at the draft.
    base text,
    -- The file that it would have been when it was last sent back.
    reviewed text,
    -- The questions that it is to answer, as a JSON list.
    asks text not null default '[]' constraint article_draft_asks_are_json check (json_valid(asks)),
    category text not null default 'other',
    title text not null,
    summary text not null,
    body text not null,
    -- Everybody who wrote at it: none of them may be the one who approves it.
    writers text not null constraint article_draft_writers_are_json check (json_valid(writers)),
    asked_by integer,
    approved_by integer,
    stage text not null constraint article_draft_stage_is_known
        check (stage in ('draft', 'review', 'approved', 'published', 'dropped')),
    -- Counts what people changed. One that nobody changed follows its ticket when that is resolved again.
    version integer not null default 0,
    begun_at integer not null,
    changed_at integer not null
) strict;
insert into article_draft_with_id
    (guild, ticket, category, title, summary, body, writers, stage, version, begun_at, changed_at)
    select d.guild, d.ticket, t.category, d.title, d.summary, d.body, d.writers, d.stage, d.version, d.begun_at, d.changed_at
    from article_draft d join ticket t on t.id = d.ticket order by d.ticket;
drop table article_draft;
alter table article_draft_with_id rename to article_draft;
create unique index article_draft_of_ticket on article_draft (ticket) where stage <> 'published';
create unique index article_draft_of_article on article_draft (guild, article) where stage in ('draft', 'review', 'approved');
create index article_draft_of_guild on article_draft (guild, stage, changed_at);

-- Files of the knowledge base that are to be written: decided and put down first, written after that, so that a process that is
-- killed between both loses nothing.
create table article_file (
    id integer primary key autoincrement,
    guild integer not null,
    -- Within the folder of articles.
    path text not null,
    -- What the file held when this was decided; nothing where there was none.
    was text,
    -- What it is to hold.
    text text not null,
    kind text not null constraint article_file_kind_is_known check (kind in ('published', 'retired', 'restored')),
    draft integer references article_draft (id),
    by_user integer not null,
    decided_at integer not null,
    written_at integer,
    -- Why it was not written the last time.
    fault text,
    -- It will not be written any more: the file holds something else by now.
    given_up integer not null default 0 constraint article_file_given_up_is_bool check (given_up in (0, 1))
) strict;
create index article_file_to_write on article_file (id) where written_at is null and given_up = 0;
create index article_file_of_path on article_file (path, id);

-- Who asked for an article that is to answer this, or said that nothing is to be written about it.
alter table ask add column draft integer references article_draft (id);
alter table ask add column left_at integer;
-- When who asked said that what was shown is not it. A ticket within a day takes an outcome back without saying so.
alter table ask add column denied_at integer;

-- What people think of an article: one vote a person, the last one counts. Who it was is a salted hash, as of who asks.
create table article_vote (
    guild integer not null,
    article text not null,
    voter text not null,
    helpful integer not null constraint article_vote_helpful_is_bool check (helpful in (0, 1)),
    at integer not null,
    constraint article_vote_key primary key (guild, article, voter)
) strict;

-- Why somebody should look at an article, as long as it is so: told once.
create table article_flag (
    guild integer not null,
    article text not null,
    why text not null constraint article_flag_why_is_known check (why in ('review', 'votes', 'reopened', 'steps')),
    since integer not null,
    constraint article_flag_key primary key (guild, article, why)
) strict;

-- For each solved ticket the article that answers its requester's own words, as the knowledge base stood soon after; nothing where
-- none does, or where it was shown to them before and did not help.
create table hindsight (
    ticket integer primary key references ticket (id),
    article text,
    looked_at integer not null
) strict;
create index hindsight_of_article on hindsight (article) where article is not null;

-- From when on outcomes teach how sure to be; before that they are forgotten. One row, since there is one knowledge base.
create table confidence (
    id integer primary key constraint confidence_is_one_row check (id = 1),
    since integer not null,
    by_user integer not null
) strict;
create index ask_of_known_outcome on ask (asked_at) where verdict = 'sure' and outcome <> 'possible';
