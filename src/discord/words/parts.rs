//! What stands on buttons and above the fields of embeds, wherever they are drawn.

use super::Words;
use crate::discord::line::Line;
use crate::discord::reply::{Button, Embed, Style};
use crate::domain::ids::{ChannelId, GuildId, Number};

super::sentences! {
    button_claim();
    button_accept();
    button_reject();
    button_escalate();
    button_escalate_one(number: Number);
    button_resolve();
    button_show();
    button_withdraw();
    button_end();
    button_open_again();
    button_ask_escalation();
    button_history();
    button_ask_user();
    button_reply();
    button_resume();
    button_note();
    button_reassess();
    button_release();
    button_assign();
    button_deescalate();
    button_hand_overs();
    button_to_thread();
    button_to_staff_thread();
    button_solved();
    button_show_article();
    button_others();
    button_open_ticket();
    button_show_me();
    button_continue();
    button_cancel();
    button_previous();
    button_next();
    field_requester();
    field_category();
    field_priority();
    field_state();
    field_assignee();
    field_opened();
    field_changed();
    field_body();
    field_tried();
    field_summary();
    field_findings();
    field_asked();
    field_told();
    field_reason();
    field_done();
    nobody_yet();
}

/// What an embed's edge says at a glance.
pub mod colour {
    /// Under way.
    pub const OPEN: u32 = 0x3b_82f6;
    /// Somebody has to answer.
    pub const WAITS: u32 = 0xf5_9e0b;
    /// A good end.
    pub const DONE: u32 = 0x16_a34a;
    /// Needs somebody at once.
    pub const URGENT: u32 = 0xdc_2626;
    /// For information.
    pub const QUIET: u32 = 0x94_a3b8;
}

/// The longest value that a field of an embed may have, in characters.
const FIELD: usize = 1024;

/// A button for one of the verbs, drawn for a ticket that is named `ticket` and has this version.
pub fn verb_button(label: String, style: Style, path: &str, ticket: &str, version: i64) -> Button {
    Button::new(label, style, Line::new(path).arg(ticket).version(version))
}

/// Where a channel or thread is on the web and in the app.
pub fn address(guild: GuildId, channel: ChannelId) -> String {
    format!("https://discord.com/channels/{guild}/{channel}")
}

/// The embed with a text of any length under that name: in as many fields as it takes, cut where a line or a word ends.
#[must_use]
pub fn with_long_field(mut embed: Embed, name: &str, text: &str) -> Embed {
    for (place, piece) in pieces(text, FIELD).into_iter().enumerate() {
        let name = if place == 0 { name } else { "…" };
        embed = embed.with_field(name, piece);
    }
    embed
}

/// The text in pieces of at most `at_most` characters, parted where a line ends, else where a word ends, else anywhere
/// but behind a backslash, which belongs to the character after it.
pub fn pieces(text: &str, at_most: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = text.trim();
    while let Some((limit, _)) = rest.char_indices().nth(at_most) {
        let head = &rest[..limit];
        let end = [head.rfind('\n'), head.rfind(' ')]
            .into_iter()
            .flatten()
            .find(|end| *end >= limit / 2)
            .unwrap_or_else(|| {
                let backslashes = head.len() - head.trim_end_matches('\\').len();
                limit - backslashes % 2
            });
        pieces.push(rest[..end].trim_end().to_owned());
        rest = rest[end..].trim_start_matches([' ', '\n']);
    }
    if !rest.is_empty() {
        pieces.push(rest.to_owned());
    }
    pieces
}

impl Words {
    /// A button that leads to a ticket's thread.
    pub fn thread_button(&self, guild: GuildId, thread: ChannelId) -> Button {
        Button::link(self.button_to_thread(), address(guild, thread))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_parted_where_it_hurts_least_and_nothing_is_lost() {
        assert_eq!(pieces("one two three", 8), ["one two", "three"]);
        assert_eq!(pieces("one two\nthree four", 12), ["one two", "three four"]);
        assert_eq!(pieces("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(pieces(r"abc\*def", 4), ["abc", r"\*de", "f"]);
        assert_eq!(pieces(" ", 4), Vec::<String>::new());
        let long = "Über alle Berge, sagt er 🙂\n".repeat(200);
        let parted = pieces(&long, FIELD);
        assert!(parted.iter().all(|piece| piece.chars().count() <= FIELD));
        let letters = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(letters(&parted.join(" ")), letters(&long));
    }

    #[test]
    fn a_text_of_three_pieces_makes_three_fields() {
        let embed = with_long_field(Embed::default(), "Findings", &"word ".repeat(500));
        let names: Vec<&str> = embed
            .fields
            .iter()
            .map(|field| field.name.as_str())
            .collect();
        assert_eq!(names, ["Findings", "…", "…"]);
    }
}
