insert into walk (guild, asker, ask, article, section, digest, steps, at_step, stage, began_at, changed_at)
select 100, 'hash', min(id), 'network/vpn', 1, '00ff00ff00ff00ff', 3, 2, 'stuck', 1753952400000, 1753952460000 from ask;
