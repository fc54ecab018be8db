//! The set-up and its check.

use jiff::Timestamp;

super::sentences! {
    setup_title();
    setup_intro();
    setup_nothing_yet();
    setup_not_known_yet();
    setup_roles();
    setup_channels();
    setup_keep(thing: &str);
    setup_adopt(thing: &str);
    setup_map(name: &str, thing: &str);
    setup_create(name: &str);
    setup_missing_title();
    setup_missing_channel(channel: &str, missing: &str);
    setup_cannot_create(missing: &str);
    setup_not_a_role(option: &str);
    setup_not_a_channel(option: &str);
    setup_next();
    check_title();
    check_all_well();
    check_faults(count: usize);
    check_not_set_up();
    check_role_gone(role: &str);
    check_channel_gone(channel: &str);
    check_channel_open(channel: &str);
    check_channel_closed(channel: &str);
    check_no_holders(tier: &str);
    check_members_off();
    check_content_off();
    check_overdue(count: usize, since: Timestamp);
    check_kb_empty();
    check_kb_left_out(count: usize);
    check_kb_kept(count: usize);
    check_kb_gone();
    check_aliases_kept();
    check_aliases_broken();
    check_stuck(what: &str, attempts: u32, said: &str);
    check_stuck_more(count: usize);
    check_given_up(what: &str, said: &str);
    check_here();
    check_knowledge(count: usize);
    check_field_wrong();
    check_field_off();
}
