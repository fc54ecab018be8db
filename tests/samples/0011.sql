insert into policy_file (id, guild, by, at, base, plan) values
    (1, 100, 21, 1781513060000, '1/2', '{"calendars": {}, "book": null}');
