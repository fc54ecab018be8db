-- What every change reads stays as fast in a large file as in a small one.

-- Who has how much to do: every change of a ticket reads it, and without this it would read every ticket that anybody ever
-- had.
create index ticket_load on ticket (guild, assignee, priority, state)
    where assignee is not null and state in ('assigned', 'in_progress', 'waiting_user', 'waiting_vendor');
