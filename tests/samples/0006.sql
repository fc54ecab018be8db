insert into calendar (guild, name, valid_from, hours, by)
values (100, 'business', 1781513000000, '{"tz":"Europe/Berlin","weekly":{"mon":[["09:00","17:00"]]}}', 2);
insert into policy (guild, version, at, by, book) values (100, 1, 1781513000000, 2, '{"warn":[75],"priorities":{}}');
insert into digest_line (guild, ticket, clock, at, say_at) values (100, 1, 'resolution', 1781599400000, 1781600000000);
update ticket set clocks = '{"policy":1,"moments":[]}' where id = 1;
insert into timer (ticket, kind, subject, generation, due_at) values (1, 'clock', 3, 1, 1781599400000);
update install set zones = '2026a';
