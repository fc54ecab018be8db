//! What people can ask of the desk: one file each, and one word in the list below.
//!
//! A new command: copy a file that only reads (`help` is the shortest), change its `COMMAND` and its `run`, add its word
//! to the list and a story to the end-to-end tests. Registration, the gate, `/help` and the README's table follow.

use super::command::Command;

macro_rules! commands {
    ($($name:ident),* $(,)?) => {
        $(mod $name;)*

        /// All commands, in the order in which `/help` shows them.
        pub static COMMANDS: &[&Command] = &[$(&$name::COMMAND),*];
    };
}

mod duty;
mod majors;
mod problems;
mod similar;
#[cfg(test)]
mod tests;
mod vendor;
mod work;

commands! {
    ask,
    ask_message,
    ticket_open,
    ticket_open_message,
    ticket_show,
    ticket_list,
    ticket_search,
    ticket_history,
    ticket_transcript,
    queue,
    report,
    ticket_cancel,
    ticket_confirm,
    ticket_reopen,
    ticket_rate,
    ticket_ask_escalation,
    work_claim,
    work_accept,
    work_reject,
    work_release,
    work_assign,
    work_note,
    work_reply,
    work_ask_user,
    work_resume,
    work_impact,
    work_urgency,
    work_category,
    work_people,
    work_watch,
    work_remind,
    work_escalate,
    work_deescalate,
    work_handover,
    work_resolve,
    kb_search,
    kb_show,
    kb_explain,
    kb_draft,
    kb_vote,
    kb_gaps,
    kb_approve,
    kb_retire,
    kb_check,
    kb_reload,
    kb_write,
    kb_drop,
    kb_review,
    kb_send_back,
    kb_restore,
    kb_write_about,
    kb_leave,
    vendor_open,
    vendor_update,
    vendor_close,
    vendor_list,
    link_merge,
    link_unmerge,
    link_split,
    link_relate,
    lead_priority,
    lead_board,
    lead_digest,
    lead_escalations,
    lead_extend,
    lead_move,
    lead_waive,
    lead_vendor,
    sla_show,
    sla_policy,
    sla_recalc,
    sla_calendar,
    sla_holidays,
    problem_create,
    problem_link,
    problem_update,
    problem_list,
    major_declare,
    major_update,
    major_resolve,
    duty_on,
    duty_off,
    duty_away,
    duty_show,
    duty_schedule,
    duty_swap,
    admin_config,
    setup_run,
    setup_check,
    help,
    duty_hand_over,
    ask_solved,
    ask_show,
    ask_others,
    ask_pick,
    ask_me,
    ask_walk,
    work_ask_approval,
    work_approve,
    work_decline,
    problem_show,
    problem_me_too,
    major_tell_me,
    major_part,
    major_review,
    problem_still_there,
}

/// What the first words of commands of two words are about, for the list that Discord shows.
pub const GROUPS: &[(&str, &str)] = &[
    (
        "ticket",
        "Ask the help desk to look at something, and see how it is going",
    ),
    ("work", "Work on tickets"),
    (
        "link",
        "Merge, split and relate tickets that belong together",
    ),
    (
        "vendor",
        "Ask outside companies, and see what waits for them",
    ),
    (
        "sla",
        "What is promised, until when, and when the desk is open",
    ),
    ("lead", "Decide against the rule, with a reason"),
    ("kb", "Write and look after the articles"),
    (
        "problem",
        "What stands behind several tickets, and what helps until it is gone",
    ),
    ("major", "Many are affected at once: one status for all"),
    (
        "duty",
        "Say whether you are at work for the desk, and see who is",
    ),
    ("admin", "Say how the desk works"),
    ("setup", "Set the desk up on this server"),
];

/// The command of that path.
pub fn find(path: &str) -> Option<&'static Command> {
    COMMANDS
        .iter()
        .copied()
        .find(|command| command.path == path)
}
