-- The board in the leads' channel: one message that is kept current.

create table board (
    guild integer not null constraint board_key primary key references guild (id),
    -- The leads do not want one.
    off integer not null default 0 constraint board_off_is_bool check (off in (0, 1)),
    channel_id integer,
    message_id integer,
    -- What stands there, as JSON: what has not changed is not drawn again.
    shown text,
    -- When that was drawn, and when it is to be looked at next after it failed.
    drawn_at integer,
    due_at integer not null default 0,
    attempts integer not null default 0,
    first_tried_at integer,
    last_error text
) strict;
