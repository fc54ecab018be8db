//! Articles that are being written.

use jiff::Timestamp;

use super::Words;
use super::notices::{About, frame, framed, lines, mentions};
use super::parts::{colour, verb_button};
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Button, Post, Style};
use crate::discord::views::article;
use crate::domain::article::{DraftName, FileKind, Stage};
use crate::domain::ids::{Number, UserId};
use crate::domain::learning::Flag;
use crate::domain::notice::ArticleNotice;
use crate::kb;

/// So many articles are named in one message.
const FLAGGED: usize = 10;

super::sentences! {
    notice_article_begun(by: UserId);
    notice_article_drafted();
    choice_draft();
    choice_draft_about();
    button_read_draft();
    button_write_draft();
    button_drop_draft();
    button_drafts();
    article_draft_title(number: Number, title: &str);
    article_draft_about(category: &str, writers: &str, at: Timestamp);
    article_draft_file();
    article_drafts_title(total: u32);
    article_drafts_none();
    article_drafts_line(name: &str, title: &str, writers: &str, at: Timestamp);
    placeholder_draft();
    form_write_draft(name: &str);
    label_draft_title();
    label_draft_summary();
    label_draft_body();
    draft_written();
    draft_dropped(name: &str);
    article_draft_named(name: &str, title: &str);
    article_draft_change(name: &str, title: &str);
    article_draft_review(by: UserId);
    article_draft_faults();
    article_draft_outdated();
    article_draft_diff();
    article_draft_diff_since();
    article_draft_diff_more();
    article_draft_same();
    article_drafts_review();
    button_ask_review();
    button_approve_article();
    button_send_back();
    button_restore();
    button_change_article();
    form_send_back();
    label_send_back();
    draft_review_asked();
    draft_sent_back(who: UserId);
    article_published(title: &str, path: &str);
    article_not_written_yet(path: &str, why: &str);
    article_retired(title: &str, path: &str);
    article_restored(title: &str);
    notice_review_asked(by: UserId, title: &str);
    notice_review_asked_change(by: UserId, title: &str);
    notice_draft_sent_back(by: UserId, title: &str);
    notice_article_published(title: &str, by: UserId);
    notice_article_published_of(title: &str, writers: &str, by: UserId);
    notice_article_source(name: &str);
    notice_article_file(path: &str);
    notice_article_retired(title: &str, by: UserId);
    notice_article_restored(title: &str, by: UserId);
    notice_article_failed(title: &str, path: &str, why: &str);
    notice_article_given_up(title: &str, path: &str);
    button_write_about(place: usize);
    button_leave(place: usize);
    button_helpful();
    button_not_helpful();
    voted_helpful();
    voted_not_helpful();
    list_nothing();
    list_helped();
    list_articles();
    gaps_none();
    gaps_title(total: usize);
    gaps_legend();
    gap_line(place: usize, name: &str, people: usize, questions: usize);
    gap_last(at: Timestamp);
    gap_wrong_answer();
    gap_tickets(tickets: &str, total: usize);
    gap_left(name: &str);
    helped_none(tickets: u32);
    helped_title(part: usize, tickets: u32);
    helped_legend();
    helped_line(title: &str, total: usize, tickets: &str);
    flag_review();
    flag_votes();
    flag_reopened();
    flag_steps();
    flagged_title(total: usize, articles: usize);
    flagged_none();
    flagged_legend();
    flagged_line(title: &str, why: &str);
    field_deflection();
    deflection_line(category: &str, shown: u32, confirmed: u32, possible: u32, none: u32);
    kb_check_fine();
    field_leaning();
    leaning_known(outcomes: usize, helped: usize);
    leaning_few(at_least: usize);
    leaning_surer(by: &str, most: &str);
    leaning_careful(by: &str, most: &str);
    leaning_none(by: &str, most: &str);
    leaning_reset(at: Timestamp);
    button_forget_learned();
    kb_check_title(errors: usize, warnings: usize);
    kb_check_served(served: usize);
    kb_reloaded(served: usize);
    kb_reloaded_with_faults(served: usize);
    notice_flagged(count: usize);
    stage_draft();
    stage_review();
    stage_approved();
    stage_published();
    stage_dropped();
}

impl Words {
    /// That an article was begun.
    pub(super) fn article_begun(&self, by: UserId, about: About<'_>) -> Post {
        let post = Post::embed(frame(self.notice_article_begun(by), colour::OPEN));
        match about.ticket {
            Some(ticket) => post.with_buttons(vec![verb_button(
                self.button_read_draft(),
                Style::Secondary,
                "kb draft",
                &ticket.number.to_string(),
                ticket.version,
            )]),
            None => post,
        }
    }

    /// Where a draft is.
    pub fn stage(&self, stage: Stage) -> String {
        match stage {
            Stage::Draft => self.stage_draft(),
            Stage::Review => self.stage_review(),
            Stage::Approved => self.stage_approved(),
            Stage::Published => self.stage_published(),
            Stage::Dropped => self.stage_dropped(),
        }
    }

    /// Why somebody should look at an article.
    pub fn flag(&self, flag: Flag) -> String {
        match flag {
            Flag::Review => self.flag_review(),
            Flag::Votes => self.flag_votes(),
            Flag::Reopened => self.flag_reopened(),
            Flag::Steps => self.flag_steps(),
        }
    }

    /// A notice about an article.
    pub(super) fn article_notice(&self, notice: &ArticleNotice) -> Post {
        let read = |draft: DraftName| {
            let line = Line::new("kb draft").arg(draft);
            vec![Button::new(self.button_read_draft(), Style::Primary, line)]
        };
        match notice {
            ArticleNotice::ReviewAsked {
                draft,
                title,
                by,
                change,
            } => {
                let title = plain::shown_line(title);
                let text = match change {
                    true => self.notice_review_asked_change(*by, &title),
                    false => self.notice_review_asked(*by, &title),
                };
                framed(text, colour::WAITS).with_buttons(read(*draft))
            }
            ArticleNotice::SentBack {
                draft,
                title,
                by,
                reason,
            } => {
                let text = lines([
                    Some(self.notice_draft_sent_back(*by, &plain::shown_line(title))),
                    Some(plain::quoted(reason)),
                ]);
                framed(text, colour::WAITS).with_buttons(read(*draft))
            }
            ArticleNotice::Written {
                kind,
                title,
                path,
                by,
                writers,
                draft,
                reason,
            } => {
                let title = plain::shown_line(title);
                let id = kb::article_at(path);
                let show = || {
                    let line = Line::new("kb show").arg(article::value(&id));
                    Button::new(self.button_show_article(), Style::Secondary, line)
                };
                let (text, colour, button) = match kind {
                    FileKind::Published if writers.is_empty() => {
                        let text = self.notice_article_published(&title, *by);
                        (text, colour::DONE, show())
                    }
                    FileKind::Published => {
                        let text =
                            self.notice_article_published_of(&title, &mentions(writers), *by);
                        (text, colour::DONE, show())
                    }
                    FileKind::Retired => (
                        self.notice_article_retired(&title, *by),
                        colour::WAITS,
                        article::restore(*self, &id),
                    ),
                    FileKind::Restored => (
                        self.notice_article_restored(&title, *by),
                        colour::DONE,
                        show(),
                    ),
                };
                let source = match draft {
                    Some(DraftName::Of(number)) => {
                        Some(self.notice_article_source(&number.to_string()))
                    }
                    _ => None,
                };
                let text = lines([
                    Some(text),
                    reason.as_deref().map(plain::quoted),
                    source,
                    Some(self.notice_article_file(path)),
                ]);
                framed(text, colour).with_buttons(vec![button])
            }
            ArticleNotice::Flagged { articles } => {
                let mut text = vec![self.notice_flagged(articles.len())];
                text.extend(articles.iter().take(FLAGGED).map(|line| {
                    let why: Vec<String> = line.flags.iter().map(|flag| self.flag(*flag)).collect();
                    self.flagged_line(&plain::shown_line(&line.title), &why.join("; "))
                }));
                let line = Line::new("kb gaps").arg("articles");
                let list = Button::new(self.list_articles(), Style::Secondary, line);
                framed(text.join("\n"), colour::WAITS).with_buttons(vec![list])
            }
            ArticleNotice::NotWritten { title, path, fault } => {
                let title = plain::shown_line(title);
                let text = match fault {
                    Some(fault) => {
                        self.notice_article_failed(&title, path, &plain::shown_line(fault))
                    }
                    None => self.notice_article_given_up(&title, path),
                };
                framed(text, colour::URGENT)
            }
        }
    }
}
