//! The file and the functions are equal, and every refusal and notice has its words.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_bundle::FluentResource;
use jiff::{SignedDuration, Timestamp};

use super::notices::About;
use super::{FILES, Words, all_sentences};
use crate::domain::article::{DraftName, FileKind, Stage};
use crate::domain::category::Category;
use crate::domain::clocks::{ClockKind, StageKind};
use crate::domain::event::ReleaseReason;
use crate::domain::handover::{HandOver, HandOverTexts};
use crate::domain::ids::{
    ChannelId, GuildId, MajorId, MajorNumber, MessageId, Number, ProblemId, ProblemNumber,
    SuggestionId, SwapId, TicketId, UserId,
};
use crate::domain::learning::Flag;
use crate::domain::major::{MajorRefusal, MajorState, Review, Roles};
use crate::domain::notice::{
    Answer, ArticleNotice, Before, ClockNotice, Destination, DigestLine, DutyNotice, FlagLine,
    Instead, LadderLine, LadderNotice, MajorNotice, Notice, ProblemNotice, Speech, Spoken,
    StillOpen, ThreadNotice,
};
use crate::domain::people::{DeskRole, House};
use crate::domain::priority::{Impact, Priority, Urgency};
use crate::domain::problem::{ProblemRefusal, ProblemState, Workaround};
use crate::domain::refusal::{Expected, Limit, MergeBar, Refusal};
use crate::domain::rules::RULES;
use crate::domain::rungs::{Leads, Page, While};
use crate::domain::ticket::{ArticleNote, Case, Code, Opening, Origin, Score, State, Ticket};
use crate::domain::tier::Tier;

/// The sentences of a file with the arguments that they use, read from the file's text. Good enough for our own files:
/// a sentence begins at a line's start, and what belongs to it is indented.
fn sentences(file: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = None;
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        if let Some((name, _)) = line.split_once(" =")
            && !line.starts_with(' ')
        {
            assert!(!found.contains_key(name), "{name} stands twice");
            found.insert(name.to_owned(), BTreeSet::new());
            current = Some(name.to_owned());
        }
        if let Some(args) = current.as_ref().and_then(|name| found.get_mut(name)) {
            args.extend(line.split('$').skip(1).map(|rest| {
                rest.chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                    .collect::<String>()
            }));
        }
    }
    found
}

fn functions() -> BTreeMap<String, BTreeSet<String>> {
    let owned = |args: &[&str]| args.iter().map(|arg| (*arg).to_owned()).collect();
    all_sentences()
        .map(|(name, args)| (name, owned(args)))
        .collect()
}

#[test]
fn the_english_file_and_the_functions_are_equal() {
    let (_, file) = FILES[0];
    assert!(
        FluentResource::try_new(file.to_owned()).is_ok(),
        "the file has a mistake"
    );
    let (written, said) = (sentences(file), functions());
    for (name, args) in &written {
        assert_eq!(
            Some(args),
            said.get(name),
            "{name}: what the file uses and the function gives"
        );
    }
    for name in said.keys() {
        assert!(written.contains_key(name), "{name} is not in the file");
    }
}

/// All of the room's code, as text.
fn code(folder: &Path, text: &mut String) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            code(&path, text);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            text.push_str(&std::fs::read_to_string(&path).expect("the file can be read"));
        }
    }
}

#[test]
fn every_sentence_is_said_somewhere() {
    let mut text = String::new();
    code(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src/discord"),
        &mut text,
    );
    let by_key: BTreeSet<String> = super::names::by_key().collect();
    for (name, _) in all_sentences().filter(|(name, _)| !by_key.contains(name)) {
        let said = [format!(".{name}("), format!("::{name}")]
            .iter()
            .any(|said| text.contains(said));
        assert!(said, "nobody says {name}");
    }
}

#[test]
fn another_language_uses_what_it_is_given() {
    let said = functions();
    for (tag, file) in FILES {
        for (name, args) in sentences(file) {
            let given = said.get(&name);
            assert!(given.is_some(), "{tag}: nobody says {name}");
            assert!(
                given.is_some_and(|given| args.is_subset(given)),
                "{tag}: {name} uses an argument that is not given"
            );
        }
    }
}

#[test]
fn every_sentence_fits_where_it_is_shown_and_keeps_the_tone() {
    let (_, file) = FILES[0];
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        assert!(!line.contains('!'), "no exclamation marks: {line}");
        let Some((name, text)) = line.split_once(" = ") else {
            continue;
        };
        let most = match name.split('_').next() {
            Some("form" | "label") => 45,
            Some("button") => 80,
            Some("placeholder" | "choice" | "impact" | "urgency" | "code" | "category") => 100,
            _ => 500,
        };
        let length = text.chars().count();
        assert!(
            length <= most,
            "{name} has {length} characters, more than {most}"
        );
    }
}

#[test]
fn a_language_is_found_by_its_tag_and_by_its_main_part() {
    for locale in ["en", "en-GB", "EN-us", "xx", ""] {
        assert_eq!(Words::of(locale).button_claim(), "Claim", "{locale}");
    }
}

fn every_refusal() -> Vec<Refusal> {
    let number = Number(42);
    let (to, at) = (UserId(7), Timestamp::UNIX_EPOCH);
    let mut all = vec![
        Refusal::NoSuchTicket { number },
        Refusal::WhichTicket,
        Refusal::RoleNeeded {
            roles: vec![DeskRole::L1, DeskRole::L2, DeskRole::Lead],
        },
        Refusal::RoleNeeded { roles: vec![] },
        Refusal::OfferedToAnother { number, to },
        Refusal::OwnTicket { number },
        Refusal::SummaryTooShort {
            length: 1,
            at_least: 30,
        },
        Refusal::HandOverIncomplete,
        Refusal::NobodyAbove {
            number,
            tier: Tier::L3,
        },
        Refusal::NotAbove {
            tier: Tier::L2,
            to: Tier::L1,
        },
        Refusal::NoSkipping { next: Tier::L2 },
        Refusal::ReasonNeeded,
        Refusal::TextTooShort {
            length: 3,
            at_least: 20,
        },
        Refusal::CannotHide { number },
        Refusal::RatingOver { number },
        Refusal::TakesPartAlready {
            number: Number(42),
            who: UserId(7),
        },
        Refusal::CannotMerge {
            number: Number(42),
            into: Number(43),
            why: MergeBar::Itself,
        },
        Refusal::CannotMerge {
            number: Number(42),
            into: Number(43),
            why: MergeBar::Confidential,
        },
        Refusal::CannotMerge {
            number: Number(42),
            into: Number(43),
            why: MergeBar::Ended,
        },
        Refusal::MergeSettled { number: Number(42) },
        Refusal::ExtendedAlready { number: Number(42) },
        Refusal::NothingToWaive { number: Number(42) },
        Refusal::OnlyForYourself,
        Refusal::IsBot { who: UserId(7) },
        Refusal::VendorByHigherTier { number: Number(42) },
        Refusal::NoOpenCase { number: Number(42) },
        Refusal::WhichCase { number: Number(42) },
        Refusal::NoSuchVendor {
            typed: "Acme".into(),
        },
        Refusal::ReferenceTaken {
            reference: "NL-77".into(),
        },
        Refusal::BadTarget {
            clock: ClockKind::FirstResponse,
            typed: "2 days".to_owned(),
        },
        Refusal::NoSuchCalendar {
            typed: "nights".to_owned(),
        },
        Refusal::FileTooLarge { kilobytes: 256 },
        Refusal::FileNotRead,
        Refusal::FileNoText,
        Refusal::PromisesChanged,
        Refusal::BadHours { why: None },
        Refusal::BadHours {
            why: Some("there is no such zone.".into()),
        },
        Refusal::LessonNeeded { number: Number(42) },
        Refusal::ApprovalNeeded { number: Number(42) },
        Refusal::NoApprovalNeeded { number: Number(42) },
        Refusal::NothingToApprove { number: Number(42) },
        Refusal::TakesNoPart {
            number: Number(42),
            who: UserId(7),
        },
        Refusal::TooManyPeople {
            number: Number(42),
            at_most: 25,
        },
        Refusal::NothingSaid,
        Refusal::NobodyFree {
            number,
            tier: Tier::L2,
        },
        Refusal::TheirOwn { number, who: to },
        Refusal::HasItAlready { number, who: to },
        Refusal::HoldsNoRole {
            who: to,
            tier: Tier::L2,
        },
        Refusal::OffDuty { who: to },
        Refusal::AwayUntil,
        Refusal::NoDeputy { who: to },
        Refusal::BadCapacity { at_most: 99 },
        Refusal::NoSuchShift,
        Refusal::ShiftNameTaken {
            name: "Early".into(),
        },
        Refusal::TooManyShifts { at_most: 25 },
        Refusal::AskedAnother { who: to },
        Refusal::WhoseTickets,
        Refusal::NotOnTheDesk { who: to },
        Refusal::NobodyBelow {
            number,
            tier: Tier::L1,
        },
        Refusal::AskedLately {
            number,
            again_at: at,
        },
        Refusal::ArticleOrWhyNone,
        Refusal::NoDraftHere {
            number: Number(42),
            confidential: false,
        },
        Refusal::NoDraftHere {
            number: Number(42),
            confidential: true,
        },
        Refusal::DraftChanged { by: UserId(21) },
        Refusal::NoSuchDraft {
            name: DraftName::Of(number),
        },
        Refusal::DraftElsewhere {
            name: DraftName::Of(number),
            stage: Stage::Review,
        },
        Refusal::OwnDraft,
        Refusal::ArticleMoved {
            title: "Wi-Fi is slow".into(),
        },
        Refusal::ArticleFaulty {
            why: "Line 3: \"@everyone\" would call people. Name the role or the person in words."
                .into(),
        },
        Refusal::ArticleTooLong {
            path: "network/vpn.md".into(),
        },
        Refusal::ArticleFile {
            path: "network/vpn.md".into(),
            why: "permission denied".into(),
        },
        Refusal::NoSuchArticle {
            typed: "`@everyone` ".repeat(500),
        },
        Refusal::AlreadyOpened { number },
        Refusal::NotSetUp,
        Refusal::FirstSetUp,
        Refusal::StaleButton,
        Refusal::EmptyQuestion,
        Refusal::WhichDesk,
        Refusal::ServerOnly,
        Refusal::Busy,
    ];
    all.extend(every_major_refusal().into_iter().map(Refusal::Major));
    all.extend(every_problem_refusal().into_iter().map(Refusal::Problem));
    all.extend(RULES.iter().map(|rule| Refusal::NotAllowed {
        verb: rule.verb,
        number,
    }));
    for state in State::ALL {
        for assignee in [None, Some(to)] {
            all.push(Refusal::ChangedMeanwhile {
                number,
                state,
                assignee,
                tier: Tier::L2,
            });
            all.extend(RULES.iter().map(|rule| Refusal::WrongState {
                verb: rule.verb,
                number,
                state,
                assignee,
                tier: Tier::L2,
            }));
        }
    }
    for of in [
        Limit::Asks,
        Limit::GuildAsks,
        Limit::Openings,
        Limit::OpeningsPerDay,
        Limit::OpenTickets,
        Limit::Guesses,
    ] {
        for again_at in [None, Some(at)] {
            all.push(Refusal::TooMany {
                of,
                allowed: 3,
                again_at,
            });
        }
    }
    for expected in [
        Expected::TicketNumber,
        Expected::OneOfTheChoices,
        Expected::TimeOfDay,
        Expected::QuietHours,
        Expected::Text,
        Expected::Role,
        Expected::TextChannel,
    ] {
        all.push(Refusal::BadInput {
            field: "ticket".into(),
            expected,
        });
    }
    all
}

fn every_major_refusal() -> Vec<MajorRefusal> {
    let (number, ticket) = (MajorNumber(7), Number(42));
    let mut all = vec![
        MajorRefusal::Unknown,
        MajorRefusal::Which,
        MajorRefusal::RunningAlready { number },
        MajorRefusal::Confidential,
        MajorRefusal::PartAlready { ticket },
        MajorRefusal::NoPart { ticket },
        MajorRefusal::StaysUp { ticket },
    ];
    let states = MajorState::ALL.into_iter();
    all.extend(states.map(|state| MajorRefusal::NotNow { number, state }));
    all
}

fn every_major_notice() -> Vec<MajorNotice> {
    let (by, at) = (UserId(7), Timestamp::UNIX_EPOCH);
    let (number, title) = (MajorNumber(7), "t".repeat(100));
    let status = "s".repeat(1000);
    let roles = Roles {
        commander: by,
        communicator: by,
        scribe: by,
    };
    let mut all = vec![
        MajorNotice::Line {
            number,
            title: title.clone(),
            by,
        },
        MajorNotice::Joined {
            title: title.clone(),
            status: status.clone(),
        },
        MajorNotice::Over {
            number,
            title: title.clone(),
            to: Some(by),
        },
        MajorNotice::UpdateOwed {
            number,
            title: title.clone(),
            communicator: by,
            updated: at,
        },
        MajorNotice::ReviewWanted {
            number,
            title: title.clone(),
            commander: by,
        },
        MajorNotice::ReviewOwed {
            number,
            title: title.clone(),
            commander: by,
            since: at,
        },
        MajorNotice::Reviewed {
            number,
            title: title.clone(),
            review: Review {
                cause: "c".repeat(1700),
                timeline: "t".repeat(1700),
                actions: "a".repeat(1700),
            },
        },
    ];
    for over in [false, true] {
        all.push(MajorNotice::Announcement {
            major: MajorId(1),
            title: title.clone(),
            status: status.clone(),
            since: at,
            updated: at,
            over,
        });
        all.push(MajorNotice::News {
            title: title.clone(),
            status: status.clone(),
            over,
        });
    }
    all.extend(MajorState::ALL.into_iter().map(|state| MajorNotice::Card {
        number,
        title: title.clone(),
        category: "network".into(),
        status: status.clone(),
        roles,
        state,
        since: at,
        updated: at,
    }));
    all
}

fn every_thread_notice() -> Vec<ThreadNotice> {
    let (by, text) = (UserId(7), "t".repeat(2000));
    let mut all = vec![
        ThreadNotice::Directly,
        ThreadNotice::SaidDirectly { by, text, files: 3 },
        ThreadNotice::Unreachable { who: by },
        ThreadNotice::Secret {
            kinds: vec!["github token".into(), "password".into()],
            message: MessageId(900),
            staff: true,
        },
    ];
    let how = [
        Speech::Message,
        Speech::Reply,
        Speech::Question,
        Speech::Note,
        Speech::Note,
        Speech::HandOver {
            from: Tier::L1,
            to: Tier::L2,
        },
    ];
    let said = how.map(|how| Spoken {
        by,
        at: Timestamp::UNIX_EPOCH,
        how,
        text: "*`@everyone` \n".repeat(200),
    });
    all.push(ThreadNotice::Again {
        said: said.to_vec(),
        more: true,
        unread: 7,
    });
    let instead = [Instead::Direct, Instead::Nothing, Instead::Staff];
    all.extend(instead.map(|instead| ThreadNotice::Full { instead }));
    all
}

fn every_problem_refusal() -> Vec<ProblemRefusal> {
    let (number, ticket) = (ProblemNumber(7), Number(42));
    let mut all = vec![
        ProblemRefusal::Unknown,
        ProblemRefusal::Which,
        ProblemRefusal::NoWorkaround { number },
        ProblemRefusal::LinkedAlready { number, ticket },
        ProblemRefusal::NotLinked { number, ticket },
        ProblemRefusal::Closed { number },
        ProblemRefusal::NotCurrent,
        ProblemRefusal::Confidential,
        ProblemRefusal::Nothing,
        ProblemRefusal::NoOwner { who: UserId(7) },
    ];
    for from in ProblemState::ALL {
        let to = ProblemState::ALL.into_iter();
        all.extend(to.map(|to| ProblemRefusal::NoWay { number, from, to }));
    }
    all
}

#[test]
fn every_refusal_says_what_happened_and_what_to_do_next() {
    let words = Words::of("en");
    for refusal in every_refusal() {
        let said = words.refusal(&refusal);
        assert!(said.ends_with('.'), "{said}");
        assert!(said.chars().count() <= 400, "{said}");
        assert!(!said.contains('{') && !said.contains("  "), "{said}");
    }
    assert_eq!(
        words.refusal(&Refusal::ChangedMeanwhile {
            number: Number(42),
            state: State::InProgress,
            assignee: Some(UserId(7)),
            tier: Tier::L1
        }),
        "Changed meanwhile: now *in progress*, by <@7>. Nothing was done. See where it stands with `/ticket show T-0042`."
    );
    assert_eq!(
        words.refusal(&Refusal::SummaryTooShort {
            length: 1,
            at_least: 30
        }),
        "The summary has 1 character, and the next tier needs at least 30 to understand it. Say a little more and send it again."
    );
}

fn ticket(confidential: bool) -> Ticket {
    let category =
        Category::from_key(if confidential { "security" } else { "network" }).expect("a category");
    let opening = Opening {
        guild: GuildId(1),
        requester: UserId(2),
        requester_name: "Emma".into(),
        title: "VPN *fails* @everyone".into(),
        body: "Since this morning.".into(),
        tried: "Restart".into(),
        category,
        impact: Impact::High,
        urgency: Urgency::High,
        ask: None,
    };
    let mut ticket = Ticket::open(opening, TicketId(1), Number(42), Timestamp::UNIX_EPOCH).0;
    ticket.staff_thread = Some(ChannelId(9));
    ticket
}

fn every_duty_notice() -> Vec<DutyNotice> {
    let (asker, other) = (UserId(7), UserId(8));
    let (from, until) = (Timestamp::UNIX_EPOCH, Timestamp::UNIX_EPOCH);
    let name = || "Early".to_owned();
    let answered = |agreed| DutyNotice::SwapAnswered {
        asker,
        other,
        name: name(),
        from,
        agreed,
    };
    vec![
        DutyNotice::Began {
            user: asker,
            name: name(),
            until,
        },
        DutyNotice::Back {
            user: UserId(7),
            on_duty: true,
            held: 3,
        },
        DutyNotice::Back {
            user: UserId(7),
            on_duty: false,
            held: 0,
        },
        DutyNotice::Ended {
            user: asker,
            name: name(),
            urgent: [false, true]
                .map(|confidential| StillOpen::of(&ticket(confidential), true))
                .into(),
            others: 2,
        },
        DutyNotice::SwapAsked {
            swap: SwapId(1),
            asker,
            other,
            name: name(),
            from,
            until,
        },
        answered(true),
        answered(false),
    ]
}

fn every_article_notice() -> Vec<ArticleNotice> {
    let (by, title, path) = (
        UserId(7),
        || "Wi-Fi is slow".to_owned(),
        || "network/wifi.md".to_owned(),
    );
    let draft = DraftName::Of(Number(42));
    let written = |kind, writers, reason: Option<&str>| ArticleNotice::Written {
        kind,
        title: title(),
        path: path(),
        by,
        writers,
        draft: Some(draft),
        reason: reason.map(str::to_owned),
    };
    let failed = |fault: Option<&str>| ArticleNotice::NotWritten {
        title: title(),
        path: path(),
        fault: fault.map(str::to_owned),
    };
    let asked = |change| ArticleNotice::ReviewAsked {
        draft,
        title: title(),
        by,
        change,
    };
    vec![
        asked(false),
        asked(true),
        ArticleNotice::SentBack {
            draft,
            title: title(),
            by,
            reason: "Where is the button?".into(),
        },
        written(FileKind::Published, vec![UserId(8)], None),
        written(FileKind::Published, Vec::new(), None),
        written(FileKind::Retired, Vec::new(), Some("It is gone")),
        written(FileKind::Restored, Vec::new(), None),
        failed(Some("permission denied")),
        failed(None),
        ArticleNotice::Flagged {
            articles: vec![FlagLine {
                article: "network/wifi".into(),
                title: title(),
                flags: vec![Flag::Review, Flag::Votes, Flag::Reopened, Flag::Steps],
            }],
        },
    ]
}

fn every_notice() -> Vec<Notice> {
    let before = |lesson: Option<&str>| Before {
        number: Number(31),
        title: "Wi-Fi is slow".into(),
        by: UserId(7),
        at: Timestamp::UNIX_EPOCH,
        done: "Restarted".into(),
        lesson: lesson.map(str::to_owned),
    };
    let (by, at, age) = (
        UserId(7),
        Timestamp::UNIX_EPOCH,
        SignedDuration::from_mins(130),
    );
    let (from, to) = (Tier::L1, Tier::L2);
    let hand_over = HandOver {
        from,
        to,
        by,
        by_name: "Lena".into(),
        texts: HandOverTexts {
            summary: "s".repeat(600),
            tried: "t".repeat(1500),
            findings: "f".repeat(1500),
            asked: "a".repeat(900),
            told: "o".repeat(600),
        },
    };
    let line = |answer| Notice::EscalationLine {
        from,
        to,
        by,
        offered: Some(by),
        summary: None,
        at,
        age,
        answer,
    };
    let resolved = |article| Notice::Resolved {
        by,
        code: Code::Fixed,
        text: "A new certificate is in place.".into(),
        article,
        until: at,
    };
    vec![
        Notice::WithVendor,
        Notice::VendorAnswered,
        Notice::CaseOpened {
            by,
            case: Case {
                number: 1,
                vendor: crate::domain::vendor::VendorId(1),
                name: "Northline".into(),
                reference: "NL-77".into(),
                opened_at: at,
                next_contact: at,
                remind_at: at,
                missed: 0,
                status: "x".repeat(1500),
                closed_at: None,
            },
        },
        Notice::CaseUpdated {
            by,
            name: "Northline".into(),
            reference: "NL-77".into(),
            status: "A part is on its way".into(),
            next_contact: Some(at),
            closed: false,
        },
        Notice::CaseUpdated {
            by,
            name: "Northline".into(),
            reference: "NL-77".into(),
            status: "Done".into(),
            next_contact: None,
            closed: true,
        },
        Notice::CaseOverdue {
            to: Some(by),
            name: "Northline".into(),
            reference: "NL-77".into(),
            missed: 2,
        },
        Notice::Reminded { times: 1 },
        Notice::Reminded { times: 2 },
        Notice::NoAnswer,
        Notice::ArticleBegun { by: UserId(21) },
        Notice::SolvedBefore {
            before: vec![before(None), before(Some("Look at the date"))],
            known: Some((
                ProblemNumber(3),
                "The gateway".into(),
                Workaround::Text {
                    text: "Wait".into(),
                },
            )),
        },
        Notice::Lesson {
            by,
            done: "d".repeat(1500),
            text: "l".repeat(1000),
        },
        Notice::ApprovalAsked {
            by,
            change: "x".repeat(1500),
            call: vec![by],
        },
        Notice::ApprovalAnswered {
            by,
            to: by,
            yes: true,
            reason: None,
        },
        Notice::ApprovalAnswered {
            by,
            to: by,
            yes: false,
            reason: Some("Ask HR first".into()),
        },
        Notice::OpenedFor { by },
        Notice::Added {
            by,
            text: "x".repeat(1500),
            to: Some(by),
        },
        Notice::MergedInto {
            by,
            number: Number(43),
            thread: Some(ChannelId(9)),
        },
        Notice::Absorbed {
            by,
            number: Number(43),
            requester: by,
        },
        Notice::Unmerged {
            by,
            number: Number(43),
            reason: "Two matters".into(),
        },
        Notice::Parted { number: Number(43) },
        Notice::SplitOff {
            by,
            number: Number(43),
        },
        Notice::GrewFrom {
            number: Number(43),
            origin: Origin::Split,
        },
        Notice::GrewFrom {
            number: Number(43),
            origin: Origin::FollowUp,
        },
        Notice::Copied {
            by,
            number: Number(43),
            text: "x".repeat(2000),
        },
        Notice::Copied {
            by,
            number: Number(43),
            text: String::new(),
        },
        Notice::Extended { by, until: at },
        Notice::PrioritySet {
            by,
            priority: Priority::P1,
            by_hand: true,
            reason: Some("The board".into()),
        },
        Notice::PrioritySet {
            by,
            priority: Priority::P3,
            by_hand: false,
            reason: None,
        },
        Notice::PersonAdded { by, who: by },
        Notice::PersonRemoved { by, who: by },
        Notice::Watched {
            by: Some(by),
            state: State::Resolved,
            assignee: None,
            tier: to,
        },
        Notice::Reminder {
            to: by,
            text: "x".repeat(500),
        },
        Notice::Opened,
        Notice::File {
            by,
            name: "screen.png".into(),
            sha256: "ab12".into(),
            size: 2048,
        },
        Notice::FileMissing {
            by,
            name: "log.txt".into(),
        },
        Notice::Claimed { by, tier: to },
        Notice::HandedOver { to },
        Notice::HandOver {
            hand_over: hand_over.clone(),
            reason: Some("No L2 knows it".into()),
            offered: Some(by),
            call: vec![],
        },
        Notice::HandOver {
            hand_over: hand_over.clone(),
            reason: None,
            offered: None,
            call: vec![by],
        },
        Notice::HandOver {
            hand_over,
            reason: None,
            offered: None,
            call: vec![],
        },
        line(Answer::None),
        line(Answer::Taken { by, after: age }),
        line(Answer::Returned { by, after: age }),
        Notice::RejectLine {
            by,
            from: to,
            to: from,
            reason: Some("No log".into()),
            times: 2,
        },
        Notice::Accepted {
            by,
            tier: to,
            after: age,
        },
        Notice::Rejected {
            by,
            from: to,
            to: from,
            reason: "No log".into(),
            offered: None,
        },
        Notice::SentBack { to: from },
        Notice::Released {
            from: by,
            reason: ReleaseReason::Left,
            text: None,
            offered: Some(by),
        },
        Notice::Released {
            from: by,
            reason: ReleaseReason::Unanswered,
            text: None,
            offered: None,
        },
        Notice::Released {
            from: by,
            reason: ReleaseReason::OffDuty,
            text: None,
            offered: Some(by),
        },
        Notice::Released {
            from: by,
            reason: ReleaseReason::Away,
            text: None,
            offered: None,
        },
        Notice::Offer {
            to: by,
            until: Some(at),
            unskilled: true,
        },
        Notice::Offer {
            to: by,
            until: None,
            unskilled: false,
        },
        Notice::SkillMissing {
            category: "network".into(),
        },
        Notice::LetPass {
            tier: from,
            times: 3,
        },
        Notice::Released {
            from: by,
            reason: ReleaseReason::LostRole,
            text: None,
            offered: None,
        },
        Notice::Released {
            from: by,
            reason: ReleaseReason::GivenBack,
            text: Some("I am away".into()),
            offered: None,
        },
        Notice::Assigned {
            by,
            from: None,
            to: by,
            reason: None,
        },
        Notice::Assigned {
            by,
            from: Some(by),
            to: by,
            reason: Some("He is ill".into()),
        },
        Notice::Deescalated {
            by,
            from: to,
            to: from,
            reason: "The rest is documented".into(),
            remaining: "r".repeat(1500),
            offered: Some(by),
        },
        Notice::Deescalated {
            by,
            from: to,
            to: from,
            reason: "The rest is documented".into(),
            remaining: "Install the certificate".into(),
            offered: None,
        },
        Notice::Note {
            by,
            text: "n".repeat(1500),
        },
        Notice::Reply {
            by,
            text: "It is on its way".into(),
        },
        Notice::Question {
            by,
            text: "Which model is it?".into(),
        },
        Notice::Answered { to: by },
        Notice::EscalationAsked {
            to: Some(by),
            reason: Some("The audit is tomorrow".into()),
        },
        Notice::EscalationAsked {
            to: None,
            reason: None,
        },
        Notice::Cancelled { by, reason: None },
        Notice::Cancelled {
            by,
            reason: Some("Spam".into()),
        },
        Notice::Reopened {
            by,
            reason: "It is back".into(),
            back: Some(by),
        },
        Notice::Reopened {
            by,
            reason: "It is back".into(),
            back: None,
        },
        Notice::ReopenedAgain { times: 2 },
        Notice::StillBroken,
        Notice::HowWasIt,
        Notice::Rating {
            score: Score::ALL[0],
            comment: Some("Nobody answered".into()),
        },
        resolved(ArticleNote::Draft),
        resolved(ArticleNote::Linked {
            id: "network/vpn".into(),
            title: "VPN does not connect".into(),
            internal: false,
        }),
        resolved(ArticleNote::None {
            reason: "None about this".into(),
        }),
        Notice::Closed,
        Notice::LeadDecides {
            from: to,
            to: from,
            times: 2,
        },
        Notice::Urgent {
            priority: Priority::P1,
            tier: from,
        },
        Notice::Call {
            priority: Priority::P1,
            call: vec![by],
        },
        Notice::Call {
            priority: Priority::P1,
            call: vec![],
        },
        Notice::NobodyToOffer { tier: to },
        Notice::CannotDeliver {
            channel: Some(ChannelId(5)),
            missing: vec!["Send Messages".into()],
            said: String::new(),
        },
        Notice::CannotDeliver {
            channel: None,
            missing: vec![],
            said: "Unknown Channel".into(),
        },
        Notice::Flood {
            user: by,
            limit: Limit::Openings,
        },
        Notice::SetUpReport { by },
        Notice::Problem(ProblemNotice::Gone {
            problem: ProblemId(3),
            number: ProblemNumber(7),
            title: "The VPN gateway drops".into(),
            to: Some(by),
        }),
        Notice::Problem(ProblemNotice::Gone {
            problem: ProblemId(3),
            number: ProblemNumber(7),
            title: "t".repeat(100),
            to: None,
        }),
        Notice::Problem(ProblemNotice::Alike {
            suggestion: SuggestionId(1),
            category: "network".into(),
            count: 10,
            today: 2,
            crowd: false,
            explained: false,
            tickets: vec![(Number(42), "t".repeat(100)); 10],
        }),
        Notice::Problem(ProblemNotice::Alike {
            suggestion: SuggestionId(1),
            category: "network".into(),
            count: 10,
            today: 5,
            crowd: true,
            explained: true,
            tickets: vec![(Number(42), "VPN".into())],
        }),
        Notice::Problem(ProblemNotice::Solved {
            title: "The VPN gateway drops".into(),
        }),
        Notice::Problem(ProblemNotice::StillThere {
            number: ProblemNumber(7),
            ticket: Number(42),
            by,
        }),
    ]
}

fn every_ladder_notice() -> Vec<LadderNotice> {
    let page = |stuck, late| Page {
        generation: 3,
        rung: 2,
        repeat: 9,
        priority: Priority::P1,
        tier: Tier::L1,
        holds: While::Unclaimed,
        holder: None,
        waited: SignedDuration::from_hours(30),
        called: vec![Tier::L2, Tier::L3],
        nobody: vec![Tier::L1],
        leads: Some(Leads::Called),
        stuck,
        last: true,
        late,
        digest: false,
    };
    let silent = || Page {
        holds: While::NoUpdate,
        holder: Some(UserId(7)),
        ..page(false, None)
    };
    let waits = |page, call| LadderNotice::Waits { page, call };
    let overdue = |count, call| LadderNotice::Overdue {
        count,
        since: Timestamp::UNIX_EPOCH,
        call,
    };
    let late = Some(SignedDuration::from_hours(8));
    vec![
        waits(page(true, late), vec![UserId(7); 3]),
        waits(page(false, None), Vec::new()),
        waits(silent(), vec![UserId(7)]),
        LadderNotice::Silent {
            page: silent(),
            to: UserId(7),
        },
        LadderNotice::Many {
            lines: (1..=30)
                .map(|number| LadderLine {
                    number: Number(4_000_000 + number),
                    page: if number % 2 == 0 {
                        silent()
                    } else {
                        page(false, late)
                    },
                })
                .collect(),
            count: 5000,
            longest: SignedDuration::from_hours(72),
            call: vec![UserId(7); 20],
        },
        overdue(1, vec![UserId(7)]),
        overdue(5000, Vec::new()),
    ]
}

fn every_digest() -> Vec<Notice> {
    use crate::domain::board::{BoardLine, BoardList, TITLE_AT_MOST};
    use crate::domain::digest::{Digest, Every};
    use crate::domain::report::{Report, Share, Spans};
    let line = BoardLine {
        number: Number(9_999_999),
        title: Some("*".repeat(TITLE_AT_MOST)),
        priority: Priority::P1,
        tier: Tier::L3,
        assignee: Some(UserId(u64::MAX)),
        staff_thread: Some(ChannelId(u64::MAX)),
        clock: Some(ClockKind::FirstResponse),
        at: Timestamp::UNIX_EPOCH,
    };
    let list = BoardList {
        lines: vec![line; 5],
        total: 1000,
    };
    let least = DigestLine {
        number: Number(9_999_999),
        priority: Priority::P4,
        clock: ClockKind::FirstResponse,
        stage: StageKind::Breach,
        at: Timestamp::UNIX_EPOCH,
    };
    let spans = Spans {
        n: 100_000,
        median: Some(100_000_000),
        p90: Some(100_000_000),
        longest: Some(100_000_000),
    };
    let share = Share {
        part: 99_999,
        of: 100_000,
    };
    let report = Report {
        opened: 100_000,
        solved: 100_000,
        backlog: spans.clone(),
        first_response: spans.clone(),
        resolution: spans,
        promises: ["first_response", "resolution"]
            .map(|clock| (clock.to_owned(), share))
            .into(),
        ..Report::default()
    };
    let full = Digest {
        guild: GuildId(u64::MAX),
        every: Every::Week,
        from: "2026-06-08".into(),
        until: "2026-06-14".into(),
        soon: list.clone(),
        late: list,
        least: vec![least; Digest::LEAST_AT_MOST],
        least_count: 1000,
        report: Box::new(report),
        before: Box::default(),
    };
    let calm = Digest {
        every: Every::Day,
        soon: BoardList::default(),
        late: BoardList::default(),
        least: Vec::new(),
        least_count: 0,
        report: Box::default(),
        ..full.clone()
    };
    [full, calm].map(|one| Notice::Digest(Box::new(one))).into()
}

fn every_clock_notice() -> Vec<ClockNotice> {
    let (clock, at) = (ClockKind::NextUpdate, Timestamp::UNIX_EPOCH);
    let hour = SignedDuration::from_hours(1);
    let line = |stage| DigestLine {
        number: Number(4_000_042),
        priority: Priority::P2,
        clock,
        stage,
        at,
    };
    let warned = |due, to, late| ClockNotice::Warned {
        clock,
        stage: StageKind::Warn75,
        due,
        to,
        late,
        call: vec![UserId(7)],
    };
    let breached = |assignee, late| ClockNotice::Breached {
        clock,
        at,
        priority: Priority::P1,
        assignee,
        age: hour,
        late,
        call: vec![UserId(7)],
    };
    let many = |late| ClockNotice::Many {
        lines: [StageKind::Warn90, StageKind::Breach].map(line).repeat(15),
        count: 5000,
        late,
    };
    vec![
        warned(Some(at), Some(UserId(7)), None),
        warned(None, None, Some(hour)),
        breached(Some(UserId(7)), None),
        breached(None, Some(hour)),
        ClockNotice::Waived {
            by: UserId(7),
            clock,
            reason: Some("r".repeat(300)),
        },
        many(Some(hour)),
        many(None),
        ClockNotice::Daily {
            lines: vec![line(StageKind::Breach); 30],
            count: 31,
        },
    ]
}

#[test]
fn every_notice_has_words_within_the_limits_and_pings_only_above_the_frame() {
    let words = Words::of("en");
    let house = House::default();
    let ticket = ticket(false);
    let articles = every_article_notice().into_iter().map(Notice::Article);
    let majors = every_major_notice().into_iter().map(Notice::Major);
    let threads = every_thread_notice().into_iter().map(Notice::Threads);
    let clocks = every_clock_notice().into_iter().map(Notice::Clock);
    let duty = every_duty_notice().into_iter().map(Notice::Duty);
    let all = every_notice()
        .into_iter()
        .chain(articles)
        .chain(majors)
        .chain(threads);
    let ladder = every_ladder_notice().into_iter().map(Notice::Ladder);
    let all = all.chain(clocks).chain(duty).chain(ladder);
    for notice in all.chain(every_digest()) {
        let to = Destination::StaffThread;
        let post = words.notice(
            &notice,
            About {
                ticket: Some(&ticket),
                house: &house,
                to,
            },
        );
        assert!(
            !post.text.is_empty() || !post.embeds.is_empty(),
            "{notice:?} says nothing"
        );
        assert!(post.text.chars().count() <= 2000);
        let whole: usize = post
            .embeds
            .iter()
            .map(|embed| {
                let fields: usize = embed
                    .fields
                    .iter()
                    .map(|field| field.name.chars().count() + field.value.chars().count())
                    .sum();
                let text =
                    |text: &Option<String>| text.as_ref().map_or(0, |text| text.chars().count());
                fields + text(&embed.title) + text(&embed.description)
            })
            .sum();
        for embed in &post.embeds {
            let text = embed.description.as_deref().unwrap_or_default();
            assert!(text.chars().count() <= 4096, "{notice:?}");
        }
        assert!(whole < 5900, "{notice:?} has {whole} characters");
        for user in &post.mentions {
            assert!(post.text.contains(&format!("<@{user}>")), "{notice:?}");
        }
    }
}

#[test]
fn a_confidential_title_is_said_in_its_own_threads_only() {
    let words = Words::of("en");
    let house = House::default();
    let ticket = ticket(true);
    let elsewhere = [
        Destination::Leads,
        Destination::Escalations,
        Destination::Queue(Tier::L1),
    ];
    for notice in [
        Notice::LeadDecides {
            from: Tier::L2,
            to: Tier::L1,
            times: 2,
        },
        Notice::Urgent {
            priority: Priority::P1,
            tier: Tier::L1,
        },
        Notice::Call {
            priority: Priority::P1,
            call: vec![UserId(7)],
        },
        Notice::NobodyToOffer { tier: Tier::L2 },
        Notice::RejectLine {
            by: UserId(7),
            from: Tier::L2,
            to: Tier::L1,
            reason: None,
            times: 1,
        },
    ] {
        for to in elsewhere {
            let post = words.notice(
                &notice,
                About {
                    ticket: Some(&ticket),
                    house: &house,
                    to,
                },
            );
            assert!(!format!("{post:?}").contains("VPN"), "{notice:?} to {to:?}");
        }
    }
    let post = words.notice(
        &Notice::Opened,
        About {
            ticket: Some(&ticket),
            house: &house,
            to: Destination::Thread,
        },
    );
    assert!(format!("{post:?}").contains("VPN"));
}
