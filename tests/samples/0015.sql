insert into digest (guild, minute, daily, weekly, daily_at, weekly_at) values (100, 480, 1, 0, 1754035200000, 1754294400000);
insert into line_rule (guild, lowest, quiet_from, quiet_until) values (100, 3, 1320, 360);
insert into gathering (id, guild, begun_at, held_until) values (1, 100, 1754035200000, 1754042400000);
insert into line (outbox, guild, ticket, name, at, notice, gathering)
select 900, 100, min(id), 'escalation:1:3', 1754035200000, '{"notice":"opened"}', 1 from ticket;
insert into line (outbox, guild, at) values (901, 100, 1754035200000);
