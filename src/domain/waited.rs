//! How long a ticket waited for somebody outside the desk: counted apart, so that a pause cannot hide a delay
//! (`DOMAIN` 1.13).

use jiff::{SignedDuration, Timestamp};

use super::event::{Event, What};

/// How long a ticket waited, by whom for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waited {
    /// For its requester.
    pub requester: SignedDuration,
    /// For vendors.
    pub vendor: SignedDuration,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    Requester,
    Vendor,
}

/// How long the ticket to which these events happened waited, until it ended or until `now`. Giving it back and assigning it
/// keep the waiting; handing it over ends it, as somebody else begins.
pub fn waited(events: &[Event], now: Timestamp) -> Waited {
    let mut waited = Waited::default();
    let mut waits: Option<(For, Timestamp)> = None;
    for event in events {
        let next = match &event.what {
            What::Asked { .. } => Some(For::Requester),
            What::CaseOpened { .. } => Some(For::Vendor),
            What::CaseUpdated { next_contact, .. } => next_contact.map(|_| For::Vendor),
            What::CaseClosed { .. }
            | What::Resumed
            | What::Escalated { .. }
            | What::Rejected { .. }
            | What::Deescalated { .. }
            | What::Resolved { .. }
            | What::Cancelled { .. }
            | What::Merged { .. } => None,
            _ => continue,
        };
        if let Some((of, since)) = waits
            && next != Some(of)
        {
            add(&mut waited, of, event.at.duration_since(since));
            waits = None;
        }
        if waits.is_none() {
            waits = next.map(|of| (of, event.at));
        }
    }
    if let Some((of, since)) = waits {
        add(&mut waited, of, now.duration_since(since));
    }
    waited
}

fn add(waited: &mut Waited, of: For, span: SignedDuration) {
    match of {
        For::Requester => waited.requester += span,
        For::Vendor => waited.vendor += span,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minute)
    }

    fn event(minute: i64, what: What) -> Event {
        Event {
            seq: minute,
            at: at(minute),
            by: None,
            what,
        }
    }

    #[test]
    fn waiting_is_counted_by_whom_for_and_ends_with_what_ends_it() {
        let asked = || What::Asked {
            text: "Which room?".into(),
        };
        let updated = |next_contact: Option<Timestamp>| What::CaseUpdated {
            number: 1,
            name: "Northline".into(),
            reference: "NL-1".into(),
            status: "x".into(),
            ours: next_contact.is_none(),
            next_contact,
        };
        let events = [
            event(0, asked()),
            event(10, What::Noted { text: "x".into() }),
            event(30, What::Resumed),
            event(40, updated(Some(at(90)))),
            event(60, updated(Some(at(120)))),
            event(100, updated(None)),
            event(110, asked()),
        ];
        let mins = SignedDuration::from_mins;
        assert_eq!(
            waited(&events, at(115)),
            Waited {
                requester: mins(30 + 5),
                vendor: mins(60),
            }
        );
        assert_eq!(waited(&[], at(5)), Waited::default());
    }
}
