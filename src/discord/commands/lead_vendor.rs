//! `/lead vendor`: the record of an outside company, new or changed.

use futures::FutureExt;

use super::vendor::{NAME, SPAN, by_form, field};
use super::work::{refusal, typed};
use crate::desk::{Error, VendorRecord};
use crate::discord::call::{Call, Input};
use crate::discord::command::{Answers, Command, Kind, Opt, OptKind, Place, Who};
use crate::discord::line::Line;
use crate::discord::plain;
use crate::discord::reply::{Form, Post, Reply, Size};
use crate::discord::views::kept::kept;
use crate::domain::refusal::{Expected, Refusal};
use crate::domain::span;
use crate::domain::vendor::{Vendor, show_hours};

/// Stands in the ids of its own forms too.
const PATH: &str = "lead vendor";

/// The longest name: buttons carry it.
const NAMED: u16 = 60;

/// `/lead vendor [name] [retire]`
pub const COMMAND: Command = Command {
    path: PATH,
    kind: Kind::Slash,
    about: "Add a vendor, change one, or retire it",
    who: Who::Leads,
    place: Place::Server,
    answers: Answers::Form,
    options: &[
        Opt {
            name: "name",
            about: "Which one is changed; a form for a new one comes when you leave it out",
            kind: OptKind::Suggested { max: 100 },
            required: false,
        },
        Opt {
            name: "retire",
            about: "Whether new cases may be opened with it",
            kind: OptKind::Choice(|| {
                let words = crate::discord::words::Words::of("en");
                vec![
                    ("yes", words.vendor_retire()),
                    ("no", words.vendor_use_again()),
                ]
            }),
            required: false,
        },
    ],
    run: |call| run(call).boxed(),
};

async fn run(call: &Call) -> Result<Reply, Error> {
    if let Input::Complete { typed, .. } = &call.input {
        let typed = typed.trim().to_lowercase();
        let vendors = call.desk.vendors(call.guild()?).await?;
        let fitting = vendors
            .into_iter()
            .filter(|vendor| vendor.name.to_lowercase().contains(&typed))
            .take(25)
            .map(|vendor| {
                let shown = plain::cut(&plain::one_line(&vendor.name), 100);
                (plain::cut(&vendor.name, 100), shown)
            });
        return Ok(Reply::Choices(fitting.collect()));
    }
    if by_form(call) {
        return submitted(call).await;
    }
    let named = match &call.input {
        Input::Choose { values, .. } => values.first().map(String::as_str),
        _ => call.option("name"),
    };
    let vendors = call.desk.vendors(call.guild()?).await?;
    let known = named.map(|name| {
        let wanted = name.to_lowercase();
        vendors
            .iter()
            .find(|vendor| vendor.name.to_lowercase() == wanted)
            .ok_or_else(|| Refusal::NoSuchVendor {
                typed: name.to_owned(),
            })
    });
    match (known.transpose(), call.option("retire")) {
        (Ok(Some(vendor)), Some(retire)) => {
            let record = VendorRecord {
                retired: retire == "yes",
                ..record(vendor)
            };
            keep(call, &record).await
        }
        (Ok(known), _) => Ok(Reply::Form(form(call, known))),
        // A name that nobody knows is a new vendor's.
        (Err(_), None) => Ok(Reply::Form(form(call, None))),
        (Err(refusal), Some(_)) => Err(refusal.into()),
    }
}

fn record(vendor: &Vendor) -> VendorRecord {
    VendorRecord {
        name: vendor.name.clone(),
        contact: vendor.contact.clone(),
        hours: show_hours(&vendor.hours),
        contract: vendor.contract.clone(),
        response: vendor.response,
        retired: vendor.retired,
    }
}

async fn submitted(call: &Call) -> Result<Reply, Error> {
    let words = call.words;
    let text = |name: &str| typed(call, name);
    let response = text("response");
    let record = VendorRecord {
        // Who changes a record does not rename it: the cases know it by its name.
        name: call.arg(0).map_or_else(|| text("name"), str::to_owned),
        contact: text("contact"),
        hours: text("hours"),
        contract: text("contract"),
        response: span::read(&response).unwrap_or_default(),
        retired: false,
    };
    let kept_back = |refusal: &Refusal| {
        let texts = [
            (words.label_vendor_name(), record.name.as_str()),
            (words.label_vendor_contact(), &record.contact),
            (words.label_vendor_hours(), &record.hours),
            (words.label_vendor_contract(), &record.contract),
            (words.label_vendor_response(), &response),
        ];
        Reply::Say(kept(words, refusal, words.not_done_kept(), &texts))
    };
    if span::read(&response).is_none() {
        return Ok(kept_back(&Refusal::BadInput {
            field: "response".to_owned(),
            expected: Expected::Span,
        }));
    }
    match keep(call, &record).await {
        Ok(reply) => Ok(reply),
        Err(error) => Ok(kept_back(&refusal(error)?)),
    }
}

async fn keep(call: &Call, record: &VendorRecord) -> Result<Reply, Error> {
    let (guild, by, cause) = (call.guild()?, &call.actor, &call.cause);
    let vendor = call
        .desk
        .keep_vendor(guild, by, record, cause, call.now)
        .await?;
    let name = plain::shown_line(&vendor.name);
    Ok(Reply::Say(Post::text(if vendor.retired {
        call.words.vendor_retired(&name)
    } else {
        call.words.vendor_kept(&name)
    })))
}

fn form(call: &Call, known: Option<&Vendor>) -> Form {
    let words = call.words;
    let mut fields = Vec::new();
    let mut line = Line::new(PATH);
    match known {
        Some(vendor) => line = line.arg(&vendor.name),
        None => fields.push(field(
            "name",
            words.label_vendor_name(),
            String::new(),
            Size::Short,
            true,
            NAMED,
        )),
    }
    let values = known.map(record).unwrap_or_default();
    let filled = |mut field: crate::discord::reply::Field, value: String| {
        field.value = plain::cut(&value, usize::from(field.max));
        field
    };
    fields.push(filled(
        field(
            "contact",
            words.label_vendor_contact(),
            words.placeholder_vendor_contact(),
            Size::Paragraph,
            true,
            300,
        ),
        values.contact,
    ));
    fields.push(filled(
        field(
            "hours",
            words.label_vendor_hours(),
            words.placeholder_vendor_hours(),
            Size::Short,
            true,
            NAME,
        ),
        values.hours,
    ));
    fields.push(filled(
        field(
            "contract",
            words.label_vendor_contract(),
            String::new(),
            Size::Short,
            false,
            NAME,
        ),
        values.contract,
    ));
    let response = known.map(|vendor| format!("{}h", vendor.response.as_hours().max(1)));
    fields.push(filled(
        field(
            "response",
            words.label_vendor_response(),
            words.placeholder_vendor_response(),
            Size::Short,
            true,
            SPAN,
        ),
        response.unwrap_or_default(),
    ));
    Form {
        line,
        title: words.form_vendor(),
        fields,
    }
}
