//! What the commands about major incidents have in common.

use super::work::unknown;
use crate::desk::Error;
use crate::discord::call::Call;
use crate::discord::command::{Opt, OptKind};
use crate::discord::plain;
use crate::domain::ids::{MajorNumber, UserId};
use crate::domain::major::{Major, MajorRefusal};
use crate::domain::refusal::Refusal;

/// The option by which an incident is named.
pub(super) const INCIDENT: Opt = Opt {
    name: "incident",
    about: "Which one, for example MI-0001; you can leave it out while only one runs",
    kind: OptKind::Suggested { max: 100 },
    required: false,
};

/// Who does what: for each, whoever is named.
pub(super) const ROLES: [&str; 3] = ["commander", "communicator", "scribe"];

/// An option that names who does something.
pub(super) const fn role(name: &'static str, about: &'static str) -> Opt {
    Opt {
        name,
        about,
        kind: OptKind::Person,
        required: false,
    }
}

/// Who was named for each of the roles.
pub(super) fn roles(call: &Call) -> Result<[Option<UserId>; 3], Error> {
    let mut named = [None; 3];
    for (place, name) in named.iter_mut().zip(ROLES) {
        if let Some(id) = call.option(name) {
            *place = Some(UserId(id.parse().map_err(|_| unknown(name))?));
        }
    }
    Ok(named)
}

/// The incident that is meant: the option, else the one on the button, else the only one that runs.
pub(super) async fn incident(call: &Call) -> Result<Major, Error> {
    let named: Option<MajorNumber> = match call.option("incident").or_else(|| call.arg(0)) {
        Some(named) => Some(
            named
                .parse()
                .map_err(|_| Refusal::from(MajorRefusal::Unknown))?,
        ),
        None => None,
    };
    call.desk.major(call.guild()?, named).await
}

/// What could go into the option `incident`.
pub(super) async fn suggest(call: &Call) -> Result<Vec<(String, String)>, Error> {
    let running = call.desk.majors(call.guild()?).await?;
    Ok(running
        .into_iter()
        .map(|major| {
            let title = plain::one_line(&major.title);
            let label = call.words.major_title(major.number, &title);
            (major.number.to_string(), plain::cut(&label, 100))
        })
        .collect())
}
