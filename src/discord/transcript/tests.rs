//! Hostile texts stay texts, the requester's version holds no word of the staff's, and nothing grows too large.

use jiff::SignedDuration;

use super::*;
use crate::domain::handover::{HandOver, HandOverTexts};
use crate::domain::ids::{FileId, GuildId, MessageId, Number, TicketId};
use crate::domain::priority::{Impact, Priority, Urgency};
use crate::domain::record::{Version, for_requester};
use crate::domain::ticket::{Opening, PendingHandOver, Ticket};
use crate::domain::tier::Tier;

const MIA: UserId = UserId(1);
const RAVI: UserId = UserId(11);

fn now() -> Timestamp {
    "2026-06-15T09:00:00Z".parse().expect("an instant")
}

fn record(texts: &[&str]) -> Record {
    let opening = Opening {
        guild: GuildId(1),
        requester: MIA,
        requester_name: texts[0].into(),
        title: texts[0].into(),
        body: texts[0].into(),
        tried: texts[0].into(),
        category: Category::other(),
        impact: Impact::Low,
        urgency: Urgency::Low,
        ask: None,
    };
    let (mut ticket, happened) = Ticket::open(opening, TicketId(1), Number(1), now());
    let events = ticket.record(happened, Some(MIA), now());
    let messages = texts
        .iter()
        .zip(100..)
        .map(|(text, id)| Said {
            id: MessageId(id),
            room: Room::Thread,
            author: Some(MIA),
            author_name: (*text).into(),
            sent_at: now(),
            deleted_at: None,
            versions: vec![Version {
                at: now(),
                text: Some((*text).into()),
            }],
        })
        .collect();
    let files = texts
        .iter()
        .zip(100..)
        .map(|(text, id)| KeptFile {
            id: FileId(id),
            message: Some(MessageId(id)),
            owner: MIA,
            name: (*text).into(),
            size: 3,
            media_type: Some("image/png".into()),
            given_at: now(),
            state: FileState::Kept,
            sha256: Some(format!("{id:064x}")),
        })
        .collect();
    Record {
        ticket,
        events,
        messages,
        files,
        names: BTreeMap::from([(MIA, texts[0].into()), (RAVI, "Ravi".into())]),
        staff: true,
    }
}

fn written(record: &Record, form: Form, pictures: &Pictures) -> String {
    let file = write(Words::of("en"), record, form, pictures, "Mia", now());
    assert!(file.bytes.len() <= LARGEST, "it fits into one upload");
    String::from_utf8(file.bytes.to_vec()).expect("text")
}

const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</style><script>",
    "</title><svg/onload=alert(1)>",
    "<!-- <![CDATA[ --> &lt;b&gt; &#60;script&#62;",
    "[click](javascript:alert(1)) ![x](http://evil.example/p.png)",
    "# Resolved by lead\n---\n> fine\n===\n<iframe src=//evil.example>",
    "```\n</div>\n```\n~~~",
    "\u{202e}txt.exe\u{202c} a\u{200b}b \u{2066}c\u{2069}",
    "| a | b |\n| --- | --- |",
];

#[test]
fn in_a_page_hostile_text_stays_text() {
    let page = written(&record(HOSTILE), Form::Html, &Pictures::new());
    // All that the page's own code consists of.
    let tags: Vec<&str> = page
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split(['>', ' ', '\n']).next())
        .collect();
    let known = [
        "!doctype", "html", "/html", "head", "/head", "meta", "title", "/title", "style", "/style",
        "body", "/body", "main", "/main", "header", "/header", "h1", "/h1", "h2", "/h2", "h3",
        "/h3", "div", "/div", "p", "/p", "dl", "/dl", "dt", "/dt", "dd", "/dd", "section",
        "/section", "ol", "/ol", "ul", "/ul", "li", "/li", "bdi", "/bdi", "time", "/time", "span",
        "/span",
    ];
    for tag in tags {
        assert!(known.contains(&tag), "<{tag}> is none of the page's own");
    }
    for inside in page.split('<').filter_map(|rest| rest.split_once('>')) {
        let attributes = inside.0.to_lowercase();
        for bad in [
            "onerror",
            "onload",
            "onmouseover",
            "javascript:",
            "src=",
            "href=",
        ] {
            assert!(!attributes.contains(bad), "{bad} in <{attributes}>");
        }
    }
    for unseen in ['\u{202e}', '\u{202c}', '\u{200b}', '\u{2066}', '\u{2069}'] {
        assert!(!page.contains(unseen), "{unseen:?}");
    }
    assert!(page.contains("default-src 'none'"), "nothing may be loaded");
    assert!(
        page.contains("&amp;#60;script&amp;#62;"),
        "what was typed is what is read"
    );
}

#[test]
fn in_markdown_hostile_text_is_shown_and_not_obeyed() {
    let text = written(&record(HOSTILE), Form::Markdown, &Pictures::new());
    let parsed = pulldown_cmark_events(&text);
    assert!(parsed.html.is_empty(), "{:?}", parsed.html);
    for link in &parsed.links {
        assert!(link.starts_with("http"), "{link}");
        assert!(text.contains(&format!("<{link}>")), "shown whole: {link}");
    }
    assert_eq!(parsed.images, 0);
    assert_eq!(
        parsed.headings,
        [
            "T-0001 · <script>alert(1)</script>",
            "The request",
            "What happened",
            "Who is who"
        ]
    );
    for unseen in ['\u{202e}', '\u{200b}', '\u{2066}'] {
        assert!(!text.contains(unseen), "{unseen:?}");
    }
}

/// What a reader of Markdown would make of it.
#[derive(Default)]
struct Parsed {
    html: Vec<String>,
    links: Vec<String>,
    images: usize,
    headings: Vec<String>,
}

fn pulldown_cmark_events(text: &str) -> Parsed {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    let mut parsed = Parsed::default();
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => parsed.html.push(html.to_string()),
            Event::Start(Tag::Link { dest_url, .. }) => parsed.links.push(dest_url.to_string()),
            Event::Start(Tag::Image { .. }) => parsed.images += 1,
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => parsed.headings.extend(heading.take()),
            Event::Text(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            _ => {}
        }
    }
    parsed
}

#[test]
fn no_word_of_the_staffs_is_left_for_the_requester() {
    const SECRET: &str = "the-staff-say-this";
    let secret = || SECRET.to_owned();
    let pending = || PendingHandOver {
        from: Tier::L1,
        to: Tier::L2,
        by: RAVI,
        at: now(),
        seq: 1,
        offered: None,
        summary: secret(),
    };
    let happened = [
        What::Noted { text: secret() },
        What::Claimed {
            answers: Some(pending()),
        },
        What::Accepted {
            answers: Some(pending()),
        },
        What::Escalated {
            hand_over: HandOver {
                from: Tier::L1,
                to: Tier::L2,
                by: RAVI,
                by_name: "Ravi".into(),
                texts: HandOverTexts {
                    summary: secret(),
                    tried: secret(),
                    findings: secret(),
                    asked: secret(),
                    told: secret(),
                },
            },
            reason: Some(secret()),
        },
        What::Rejected {
            from: Tier::L2,
            to: Tier::L1,
            reason: secret(),
            times: 1,
            hand_over: pending(),
        },
        What::Deescalated {
            from: Tier::L2,
            to: Tier::L1,
            reason: secret(),
            remaining: secret(),
        },
        What::Released {
            from: RAVI,
            reason: ReleaseReason::GivenBack,
            text: Some(secret()),
        },
        What::Assigned {
            from: None,
            to: RAVI,
            reason: Some(secret()),
        },
        What::Resolved {
            code: crate::domain::ticket::Code::Fixed,
            text: "Done".into(),
            article: ArticleNote::None { reason: secret() },
            lesson: Some(secret()),
            reason: Some(secret()),
        },
        What::ApprovalAsked { change: secret() },
        What::CaseUpdated {
            number: 1,
            name: secret(),
            reference: secret(),
            status: secret(),
            next_contact: None,
            ours: true,
        },
        What::PrioritySet {
            was: Priority::P4,
            priority: Priority::P1,
            by_hand: true,
            reason: secret(),
        },
    ];
    let mut record = record(&["Hello"]);
    let events = happened.into_iter().zip(2..).map(|(what, seq)| Event {
        seq,
        at: now() + SignedDuration::from_secs(seq),
        by: Some(RAVI),
        what,
    });
    record.events.extend(events);
    for form in Form::ALL {
        let theirs = written(&record, form, &Pictures::new());
        assert!(theirs.matches(SECRET).count() >= 11, "the staff read it");
    }
    record.staff = false;
    record.events = record
        .events
        .into_iter()
        .filter_map(for_requester)
        .collect();
    let told = serde_json::to_string(&record.events.iter().map(|e| &e.what).collect::<Vec<_>>());
    assert!(
        !told.expect("JSON").contains(SECRET),
        "nor does the record hold it"
    );
    for form in Form::ALL {
        assert!(!written(&record, form, &Pictures::new()).contains(SECRET));
    }
}

#[test]
fn pictures_stand_in_the_page_as_far_as_they_fit_and_nothing_else_does() {
    let mut png = vec![0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n'];
    let small = png.clone();
    png.resize(6 * 1024 * 1024, 0);
    let record = record(&["a.png", "b.png", "c.png", "d.png"]);
    let hash = |id: u32| format!("{id:064x}");
    let pictures = Pictures::from([
        (hash(100), png.clone()),
        (hash(101), png),
        (hash(102), b"<svg onload=alert(1)>".to_vec()),
        (hash(103), small),
    ]);
    let page = written(&record, Form::Html, &pictures);
    assert_eq!(page.matches("<img ").count(), 2, "one large, one small");
    assert!(page.contains("One picture is named and not shown"));
    assert!(!page.contains("svg"), "what is no picture is not shown");
}

#[test]
fn a_talk_without_end_is_cut_and_says_so() {
    let long = "word ".repeat(400);
    let texts: Vec<&str> = std::iter::repeat_n(long.as_str(), 6000).collect();
    let mut record = record(&texts);
    record.files.clear();
    record.names.clear();
    for form in Form::ALL {
        let text = written(&record, form, &Pictures::new());
        assert!(text.contains("entries are left out"), "{form:?}");
        assert!(text.contains("Who is who"), "the end is there");
    }
}

#[test]
fn mentions_are_read_as_names_and_kinds_of_pictures_by_what_is_in_them() {
    let record = record(&["Mia"]);
    assert_eq!(
        named(&record, "ask <@11> or <@!1>, not <@999> <@ <@11"),
        "ask @Ravi or @Mia, not <@999> <@ <@11"
    );
    assert_eq!(picture(b"GIF89a..."), Some("image/gif"));
    assert_eq!(picture(b"\xff\xd8\xff\xe0"), Some("image/jpeg"));
    assert_eq!(picture(b"RIFF\0\0\0\0WEBPVP8 "), Some("image/webp"));
    assert_eq!(picture(b"<svg xmlns="), None);
    assert_eq!(picture(b""), None);
    assert_eq!(Words::of("en").size(1), "1 byte");
    assert_eq!(Words::of("en").size(1536), "1.5 KB");
    assert_eq!(Words::of("en").size(25 * 1024 * 1024), "25.0 MB");
    let priority = Priority::P1;
    assert_eq!(
        Words::of("en").record_opened("Mia", priority),
        "Mia opened this as P1"
    );
}
