//! Digests, and what leads say of them.

super::sentences! {
    digest_day(date: &str);
    digest_week(from: &str, until: &str);
    digest_calm();
    digest_in_time();
    digest_line(what: &str, said: &str);
    digest_times();
    digest_against_day();
    digest_against_week();
    digest_opened();
    digest_solved();
    digest_open();
    digest_kept(clock: &str);
    digest_half(what: &str);
    digest_percent(percent: usize);
    digest_none();
    digest_changed(what: &str, now: &str, before: &str);
    digest_same();
    digests_now(daily: &str, weekly: &str, zone: &str);
    digests_at(time: &str);
    digests_monday(time: &str);
    digests_off();
    choice_digest_on();
    choice_digest_off();
}
