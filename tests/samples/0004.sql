insert into problem (
    id, guild, number, title, known, category, state, workaround, owner, version, last_seq, opened_at, changed_at
) values
    (1, 100, 1, 'The VPN gateway drops', 'Since the update', 'network', 'known_error',
     '{"workaround":"text","text":"Choose the second gateway"}', 21, 2, 2, 1781513000000, 1781513060000);
insert into problem_event (problem, seq, at, by, cause, kind, body) values
    (1, 1, 1781513000000, 21, 'interaction:20', 'opened', '{"kind":"opened"}'),
    (1, 2, 1781513060000, 21, 'interaction:21', 'moved', '{"kind":"moved","from":"open","to":"known_error"}');
insert into problem_ticket (problem, ticket, at) values (1, 1, 1781513060000);
insert into problem_person (problem, user, at) values (1, 2, 1781513060000);
insert into suggestion (id, guild, category, crowd, at, tickets) values (1, 100, 'network', 0, 1781513060000, '[1, 2]');
insert into major (
    id, guild, number, title, category, status, state, commander, communicator, scribe, review, version, last_seq,
    declared_at, updated_at
) values (1, 100, 1, 'No VPN', 'network', 'We look for the cause', 'running', 21, 21, 21, null, 1, 1, 1781513000000, 1781513000000);
insert into major_event (major, seq, at, by, cause, kind, body) values
    (1, 1, 1781513000000, 21, 'interaction:30', 'declared', '{"kind":"declared"}');
update ticket set major = 1 where id = 1;
insert into major_person (major, user, at) values (1, 2, 1781513060000);
insert into major_reminder (major, generation, due_at) values (1, 1, 1781514800000);
