-- What people write in tickets' threads, and the files that go with it: Discord's links to files expire, and its history is
-- not the desk's to keep.

-- A message by a person in a ticket's thread or staff thread. The bot's own are not here: what it says there follows from
-- the ticket's events. The key is Discord's, so that an event which Discord repeats, or tells in another order, changes
-- nothing.
create table message (
    id integer primary key,
    ticket integer not null references ticket (id),
    room text not null constraint message_room_is_known check (room in ('thread', 'staff')),
    -- Nobody when only its deletion was heard of.
    author integer,
    author_name text not null default '',
    sent_at integer not null,
    -- Whoever deletes a message takes its words back: a password that slipped in must be gone everywhere. So its versions
    -- and files go with it; that somebody wrote there, and when, stays.
    deleted_at integer
) strict;

create index message_of_ticket on message (ticket, sent_at);

-- What a message says, and said before it was edited. The first version has the instant at which the message was sent.
create table message_version (
    message integer not null references message (id),
    at integer not null,
    -- Redacted. Nothing when Discord did not let the bot read it: the message content intent is off.
    text text,
    constraint message_version_key primary key (message, at)
) strict, without rowid;

-- A file that somebody gave the desk: with a message in a thread, or with the command that opens a ticket. The key is the
-- id of Discord's attachment. The bytes lie beside the database, in files/<sha256>.
create table file (
    id integer primary key,
    ticket integer references ticket (id),
    -- The draft that becomes a ticket. It may be forgotten: then the file goes too.
    draft integer,
    message integer references message (id),
    owner integer not null,
    -- As it was given: hostile text.
    name text not null,
    -- As Discord says, in bytes; once it is kept, as it is.
    size integer not null,
    media_type text,
    -- Where it is fetched from, as long as it is to be fetched.
    url text,
    state text not null constraint file_state_is_known check (
        state in ('waiting', 'kept', 'too_large', 'failed', 'refused', 'off', 'removed')
    ),
    sha256 text,
    given_at integer not null,
    due_at integer not null,
    attempts integer not null default 0,
    -- What was said when it could not be fetched.
    last_error text,
    constraint file_belongs_somewhere check (ticket is not null or draft is not null or state = 'removed'),
    constraint file_is_kept_by_its_hash check (state <> 'kept' or sha256 is not null)
) strict;

create index file_waiting on file (due_at) where state = 'waiting';
create index file_removed on file (id) where state = 'removed' and sha256 is not null;
create index file_of_ticket on file (ticket) where ticket is not null;
create index file_of_draft on file (draft) where draft is not null;
create index file_of_message on file (message) where message is not null;
create index file_by_hash on file (sha256) where sha256 is not null;
