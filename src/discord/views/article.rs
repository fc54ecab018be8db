//! An article as Discord shows it.
//!
//! Articles are Markdown of ours, read by the knowledge base, which refuses mentions, HTML and deceiving links. Discord
//! knows less Markdown than an article uses, and breaks a line wherever the file does.

use std::sync::{Arc, LazyLock};

use regex::{Captures, Regex};
use sha2::{Digest, Sha256};

use crate::discord::line::Line;
use crate::discord::reply::{Button, Embed, Post, Style, Upload};
use crate::discord::words::Words;
use crate::discord::words::parts::{colour, pieces};
use crate::domain::walk::Walked;
use crate::kb::{Article, ArticleId, Kb, Picture, Reader};

/// So much of an article goes into one embed, in characters: less than Discord's limit, for a note at its end.
const EMBED: usize = 3900;

/// So much of an article goes into one message: less than Discord's limit for all embeds together, for the titles.
const MESSAGE: usize = 5500;

/// The longest name of an article that stands in a button's id as it is, in characters.
const NAME: usize = 60;

/// The whole article in as many embeds as it needs; what Discord does not take is left out, with a note where it stands.
pub fn whole(words: Words, article: &Article) -> Post {
    let (parts, complete) = parts(&to_discord(&article.body));
    let mut embeds: Vec<Embed> = parts
        .into_iter()
        .map(|part| Embed {
            description: Some(part),
            colour: Some(colour::QUIET),
            ..Embed::default()
        })
        .collect();
    if embeds.is_empty() {
        embeds.push(Embed::default());
    }
    if let Some(first) = embeds.first_mut() {
        first.title = Some(article.title.clone());
    }
    let path = path(article);
    if let Some(last) = embeds.last_mut() {
        if !complete {
            let text = last.description.take().unwrap_or_default();
            last.description = Some(format!("{text}\n\n*{}*", words.ask_rest(&path)));
        }
        last.footer = Some(words.ask_source(&path));
    }
    Post {
        embeds,
        ..Post::default()
    }
}

/// The button that brings it back after it was retired.
pub fn restore(words: Words, id: &ArticleId) -> Button {
    let line = Line::new("kb restore").arg(id);
    Button::new(words.button_restore(), Style::Secondary, line)
}

/// The button that begins a change of it.
pub fn change(words: Words, article: &Article) -> Button {
    let line = Line::new("kb draft").arg("change").arg(value(&article.id));
    Button::new(words.button_change_article(), Style::Secondary, line)
}

/// `post` with pictures of the article below it.
pub fn with_pictures(words: Words, post: Post, pictures: Vec<Picture>) -> Post {
    let title = post.embeds.first().and_then(|embed| embed.title.clone());
    let title = title.unwrap_or_default();
    pictures.into_iter().fold(post, |post, picture| {
        post.with_file(Upload {
            // What it shows stands in the text, where the article names it.
            about: Some(words.picture_of(&title)),
            name: picture.name,
            bytes: picture.bytes.into(),
        })
    })
}

/// `post` with what those who keep the article should know of it: which language it was taken for, and what became of
/// those who followed its steps one at a time.
pub fn for_staff(words: Words, article: &Article, walked: Option<&Walked>, mut post: Post) -> Post {
    let mut known = vec![words.kb_show_language(article.language.name())];
    if let Some(walked) = walked.filter(|walked| walked.began > 0) {
        let mut line = words.kb_show_walked(walked.began, walked.fixed);
        if let Some((step, count)) = walked.lost {
            let steps = article.first_steps().and_then(|at| article.steps_of(at));
            let last = steps.map_or(0, |steps| steps.steps.len());
            line.push(' ');
            line.push_str(&match usize::try_from(step).is_ok_and(|step| step > last) {
                true => words.kb_show_lost_all(count),
                false => words.kb_show_lost(count, step),
            });
        }
        known.push(line);
    }
    if let Some(last) = post.embeds.pop() {
        let last = last.with_field(words.kb_show_staff(), known.join("\n"));
        post.embeds.push(last);
    }
    post
}

/// The article's file, as it is found in the knowledge base's folder.
pub fn path(article: &Article) -> String {
    format!("{}.md", article.id)
}

/// How an article is named in a button's id or as an option's value: by its id, or by a digest of it where it is long.
pub fn value(id: &ArticleId) -> String {
    let id = id.as_str();
    if id.chars().count() <= NAME && !id.starts_with('~') {
        return id.to_owned();
    }
    let digest = Sha256::digest(id.as_bytes());
    format!("~{}", data_encoding::HEXLOWER.encode(&digest[..8]))
}

/// The article that [`value`] named, if it is for the reader: a button can be pressed by others than it was made for.
pub fn find(kb: &Kb, reader: Reader, value: &str) -> Option<Arc<Article>> {
    let found = if value.starts_with('~') {
        let mut articles = kb.articles().into_iter();
        articles.find(|article| self::value(&article.id) == value)
    } else {
        kb.article(&ArticleId::new(value))
    };
    found.filter(|article| reader.may_read(article))
}

/// The article's Markdown as Discord shows it best: headings in bold, links with their whole target, paragraphs and steps
/// on one line each.
pub fn to_discord(markdown: &str) -> String {
    let mut shown: Vec<String> = Vec::new();
    let mut fence = None;
    let mut open = false;
    for line in markdown.lines() {
        let start = line.trim_start();
        if let Some(mark) = ["```", "~~~"]
            .into_iter()
            .find(|mark| start.starts_with(mark))
        {
            match fence {
                None => fence = Some(mark),
                Some(opened) if opened == mark => fence = None,
                Some(_) => {}
            }
            shown.push(start.replace("~~~", "```"));
            open = false;
        } else if fence.is_some() {
            shown.push(line.to_owned());
        } else if start.is_empty() || is_rule(start) {
            if shown.last().is_some_and(|last| !last.is_empty()) {
                shown.push(String::new());
            }
            open = false;
        } else if let Some(heading) = heading(start) {
            shown.push(format!("**{}**", inline(&heading.replace("**", ""))));
            open = false;
        } else if let (true, false, Some(last)) = (open, begins(start), shown.last_mut()) {
            last.push(' ');
            last.push_str(&inline(start));
        } else {
            let indent = &line[..line.len() - start.len()];
            shown.push(format!("{indent}{}", inline(start)));
            open = !start.starts_with('|');
        }
    }
    shown.join("\n").trim().to_owned()
}

/// The text in parts for embeds, parted between paragraphs where that is possible, and whether that is all of it.
fn parts(text: &str) -> (Vec<String>, bool) {
    let mut parts: Vec<String> = Vec::new();
    let mut used = 0;
    for block in blocks(text) {
        for piece in pieces(&block, EMBED) {
            let length = piece.chars().count() + 2;
            if used + length > MESSAGE {
                return (parts, false);
            }
            used += length;
            match parts.last_mut() {
                Some(last) if last.chars().count() + length <= EMBED => {
                    last.push_str("\n\n");
                    last.push_str(&piece);
                }
                _ => parts.push(piece),
            }
        }
    }
    (parts, true)
}

/// Paragraphs, lists, and blocks of code, which may hold empty lines.
fn blocks(text: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let mut fenced = false;
    let mut fresh = true;
    for line in text.lines() {
        if line.is_empty() && !fenced {
            fresh = true;
            continue;
        }
        fenced ^= line.starts_with("```");
        match blocks.last_mut() {
            Some(block) if !fresh => {
                block.push('\n');
                block.push_str(line);
            }
            _ => blocks.push(line.to_owned()),
        }
        fresh = false;
    }
    blocks
}

fn heading(line: &str) -> Option<&str> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    ((1..=6).contains(&level) && text.starts_with(' '))
        .then(|| text.trim().trim_end_matches('#').trim_end())
}

fn is_rule(line: &str) -> bool {
    let signs: String = line.split_whitespace().collect();
    signs.len() >= 3
        && ['-', '*', '_']
            .iter()
            .any(|sign| signs.chars().all(|c| c == *sign))
}

/// Whether a line begins something of its own: a step, an item, a quotation, a row of a table.
fn begins(line: &str) -> bool {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered =
        digits.len() < line.len() && (digits.starts_with(". ") || digits.starts_with(") "));
    numbered
        || ["- ", "* ", "+ ", ">", "|"]
            .iter()
            .any(|mark| line.starts_with(mark))
}

/// Links of one line: a picture becomes its description, a link to another article its text, any other its text and its
/// whole target. What stands between backticks stays as it is.
fn inline(line: &str) -> String {
    line.split('`')
        .enumerate()
        .map(|(place, part)| {
            if place % 2 == 1 {
                return part.to_owned();
            }
            LINK.replace_all(part, |found: &Captures<'_>| {
                let (text, target) = (&found[2], &found[3]);
                let outside = ["https://", "http://", "mailto:", "tel:"]
                    .iter()
                    .any(|scheme| target.starts_with(scheme));
                let bare = target
                    .trim_start_matches("mailto:")
                    .trim_start_matches("tel:");
                match (&found[1], outside) {
                    ("!", _) | (_, false) => text.to_owned(),
                    _ if text == bare => shown_target(bare),
                    _ => format!("{text} ({})", shown_target(bare)),
                }
            })
            .into_owned()
        })
        .collect::<Vec<_>>()
        .join("`")
}

fn shown_target(target: &str) -> String {
    if target.contains("://") {
        format!("<{target}>")
    } else {
        target.to_owned()
    }
}

static LINK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(!?)\[([^\[\]]*)\]\(<?([^()\s<>]+)>?(?:\s+"[^"]*")?\)"#)
        .expect("the pattern is fixed and valid")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_what_discord_shows_well() {
        let article = "# Connect to the VPN\n\nThe VPN lets you\nwork from home.\n\n## Check **first**\n\n1. Open the [portal](https://vpn.example.com/a_b)\n   and sign in.\n2. Press `Connect [now](x)`.\n   - On a phone, see [the other article](phone.md).\n\n---\n\n```\nipconfig /all\n\n# no heading\n```\n\n![The icon](icon.png)\nMail [it@example.com](mailto:it@example.com).\n";
        assert_eq!(
            to_discord(article),
            "**Connect to the VPN**\n\nThe VPN lets you work from home.\n\n**Check first**\n\n1. Open the portal (<https://vpn.example.com/a_b>) and sign in.\n2. Press `Connect [now](x)`.\n   - On a phone, see the other article.\n\n```\nipconfig /all\n\n# no heading\n```\n\nThe icon Mail it@example.com."
        );
    }

    #[test]
    fn a_long_article_is_parted_between_paragraphs_and_says_when_it_goes_on() {
        let paragraph = |n: usize| format!("{n}. {}", "word ".repeat(199).trim_end());
        let text = |n: usize| (1..=n).map(paragraph).collect::<Vec<_>>().join("\n\n");
        let (short, complete) = parts(&text(5));
        assert!(complete);
        assert_eq!(short.len(), 2);
        assert!(short.iter().all(|part| part.chars().count() <= EMBED));
        assert_eq!(short.join("\n\n"), text(5));
        let (long, complete) = parts(&text(9));
        assert!(!complete);
        assert_eq!(long.join("\n\n"), text(5));
    }

    #[test]
    fn code_keeps_its_empty_lines_within_one_block() {
        assert_eq!(
            blocks("a\nb\n\n```\nx\n\ny\n```\n\nc"),
            ["a\nb", "```\nx\n\ny\n```", "c"]
        );
    }

    #[test]
    fn long_names_are_named_by_a_digest() {
        assert_eq!(value(&ArticleId::new("network/vpn")), "network/vpn");
        let long = value(&ArticleId::new("a/".repeat(60)));
        assert_eq!(long.len(), 17);
        assert_eq!(long, value(&ArticleId::new("a/".repeat(60))));
    }
}
