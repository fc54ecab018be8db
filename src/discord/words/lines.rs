//! Several lines of the escalation channel in one message, and what leads say of that channel.

use super::Words;
use super::notices::About;
use crate::discord::plain::cut;
use crate::discord::reply::{Embed, Post};
use crate::discord::words::parts::colour;
use crate::domain::lines::IN_ONE;
use crate::domain::notice::{Answer, Destination, Notice};
use crate::domain::people::House;
use crate::domain::ticket::Ticket;

super::sentences! {
    lines_title(count: usize);
    lines_left(count: usize);
    lines_done();
    lines_now(lowest: &str, quiet: &str);
    lines_all();
    lines_from(priority: crate::domain::priority::Priority);
    lines_quiet(from: &str, until: &str, zone: &str);
    lines_never_quiet();
    choice_lines_from(priority: crate::domain::priority::Priority);
}

/// So many characters has one of them at most.
const LINE: usize = 4096 / IN_ONE - 2;

impl Words {
    /// Several lines in one message, each as short as can be: what was quoted stands in the staff thread.
    pub fn gathered(&self, lines: &[(Ticket, Notice)], house: &House) -> Post {
        let open = lines
            .iter()
            .filter(|(_, notice)| {
                matches!(
                    notice,
                    Notice::EscalationLine {
                        answer: Answer::None,
                        ..
                    }
                )
            })
            .count();
        let said = lines.iter().map(|(ticket, notice)| {
            let about = About {
                ticket: Some(ticket),
                house,
                to: Destination::Escalations,
            };
            let post = self.notice(notice, about);
            let texts = post.embeds.into_iter().filter_map(|one| one.description);
            let text: Vec<String> = texts.collect();
            let short: Vec<&str> = text
                .iter()
                .flat_map(|text| text.lines())
                .filter(|line| !line.starts_with('>') && !line.is_empty())
                .collect();
            format!("• {}", cut(&short.join(" · "), LINE))
        });
        let said: Vec<String> = said.collect();
        let left = if open > 0 {
            self.lines_left(open)
        } else {
            self.lines_done()
        };
        Post::embed(Embed {
            title: Some(self.lines_title(lines.len())),
            description: Some(said.join("\n")),
            footer: Some(left),
            colour: Some(if open > 0 {
                colour::WAITS
            } else {
                colour::QUIET
            }),
            ..Embed::default()
        })
    }
}
