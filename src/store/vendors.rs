//! Outside companies, and the references of their cases.

use jiff::{SignedDuration, Timestamp};
use sqlx::FromRow;

use super::batch::{Writes, statement};
use super::rows::{bad, column, id, json};
use super::{Connection, Result, ms};
use crate::domain::ids::{GuildId, TicketId};
use crate::domain::ticket::{State, Ticket};
use crate::domain::vendor::{Vendor, VendorId};

const TABLE: &str = "vendor";

#[derive(FromRow)]
struct Row {
    id: i64,
    guild: i64,
    name: String,
    contact: String,
    hours: String,
    contract: String,
    response_s: i64,
    retired_at: Option<i64>,
}

impl TryFrom<Row> for Vendor {
    type Error = super::Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: VendorId(row.id),
            guild: GuildId(id(row.guild)),
            name: row.name,
            contact: row.contact,
            hours: json(TABLE, &row.hours)?,
            contract: row.contract,
            response: SignedDuration::from_secs(row.response_s),
            retired: row.retired_at.is_some(),
        })
    }
}

/// Writes a vendor, known by its name on its desk: new, or changed. Its id is not looked at.
pub async fn save(change: &mut Connection, vendor: &Vendor, now: Timestamp) -> Result<()> {
    sqlx::query(
        "insert into vendor (guild, name, contact, hours, contract, response_s, retired_at)
         values (?, ?, ?, ?, ?, ?, ?)
         on conflict (guild, name) do update set contact = excluded.contact, hours = excluded.hours,
             contract = excluded.contract, response_s = excluded.response_s, retired_at = excluded.retired_at",
    )
    .bind(column(vendor.guild.0))
    .bind(&vendor.name)
    .bind(&vendor.contact)
    .bind(serde_json::to_string(&vendor.hours).map_err(|error| bad(TABLE, error.to_string()))?)
    .bind(&vendor.contract)
    .bind(vendor.response.as_secs())
    .bind(vendor.retired.then(|| ms(now)))
    .execute(change)
    .await?;
    Ok(())
}

/// All vendors of a desk, by name; those in use first.
pub async fn all(from: &mut Connection, guild: GuildId) -> Result<Vec<Vendor>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select * from vendor where guild = ? order by retired_at is not null, name collate nocase",
    )
    .bind(column(guild.0))
    .fetch_all(from)
    .await?;
    rows.into_iter().map(Vendor::try_from).collect()
}

/// Whether the vendor has a case under that reference.
pub async fn has_case(from: &mut Connection, vendor: VendorId, reference: &str) -> Result<bool> {
    Ok(sqlx::query_scalar(
        "select exists (select 1 from vendor_case where vendor = ? and reference = ? collate nocase)",
    )
    .bind(vendor.0)
    .bind(reference)
    .fetch_one(from)
    .await?)
}

/// Puts down which references the ticket's cases have, and whether they are open.
pub async fn put_cases(change: &mut impl Writes, ticket: &Ticket) -> Result<()> {
    if ticket.state == State::Merged {
        // The ticket that goes on has them now.
        return Ok(());
    }
    for case in &ticket.cases {
        statement(
            "insert into vendor_case (vendor, reference, ticket, open) values (?, ?, ?, ?)
             on conflict (vendor, reference) do update set ticket = excluded.ticket, open = excluded.open",
        )
        .bind(case.vendor.0)
        .bind(&case.reference)
        .bind(ticket.id.0)
        .bind(case.open())
        .put(change)
        .await?;
    }
    Ok(())
}

/// The tickets with open cases.
pub async fn with_open_cases(from: &mut Connection, guild: GuildId) -> Result<Vec<TicketId>> {
    let rows: Vec<i64> = sqlx::query_scalar(
        "select distinct c.ticket from vendor_case c join ticket t on t.id = c.ticket
         where t.guild = ? and c.open = 1 order by c.ticket",
    )
    .bind(column(guild.0))
    .fetch_all(from)
    .await?;
    Ok(rows.into_iter().map(TicketId).collect())
}
