//! Writing mail: packed for one receiver, signed, and put into a file of its own.

use std::collections::BTreeSet;
use std::path::Path;

use super::identity::write;
use super::keys::bad;
use crate::cli::person::code;
use crate::cli::{Failure, workspace};
use crate::exchange::mail::{self, Content, Identity, Outgoing};
use crate::review::{Card, Command, PersonCode, Reading, WorkOrder};
use crate::store::Workspace;

/// Whose card what leaves is for: the person named, else whoever gave the last work order.
///
/// # Errors
/// Exit 2 when nobody is known, or the person has no card here.
pub fn receiver(workspace: &Workspace, to: Option<&str>) -> Result<Card, Failure> {
    let code = match to {
        Some(text) => code(text)?,
        None => workspace.team().giver.clone().ok_or_else(not_known)?,
    };
    card_of(workspace, &code)
}

fn not_known() -> Failure {
    bad("who gets the bundle is not known", "name the person with --to CODE")
}

/// The card of a person.
///
/// # Errors
/// Exit 2 when they have none here.
pub fn card_of(workspace: &Workspace, code: &PersonCode) -> Result<Card, Failure> {
    let card = workspace.team().card(code).cloned();
    card.ok_or_else(|| bad(&format!("{code} has no card here"), "take it in with `team add CARD`"))
}

/// The lead whom what leaves of a reading goes to: whoever gave it out.
///
/// # Errors
/// Exit 2 when nobody did.
pub fn lead_of(workspace: &Workspace, reading: &Reading) -> Result<PersonCode, Failure> {
    workspace.team().giver_of(reading).cloned().ok_or_else(not_known)
}

/// Everyone who gave out work here.
pub fn leads(workspace: &Workspace) -> BTreeSet<&PersonCode> {
    workspace.team().orders.values().map(|from| &from.lead).collect()
}

/// Makes sure the workspace knows the card of whoever acts in it.
///
/// # Errors
/// Exit 2 when it knows another one.
pub fn own_card(workspace: &mut Workspace, identity: &Identity) -> Result<(), Failure> {
    let path = workspace.path().to_owned();
    let card = identity.card().clone();
    // In a reader's own workspace a new key simply takes the old one's place.
    let team = workspace.team();
    let replace = team.is_readers()
        && team.card(&card.code).is_some_and(|old| old.fingerprint != card.fingerprint);
    workspace
        .act(&Command::AddCard { card, replace })
        .map(drop)
        .map_err(|error| workspace::refusal(&path, &error))
}

/// Writes parcels into a bundle.
///
/// # Errors
/// The receiver's card can't be used, or the file can't be written.
pub fn bundle(
    identity: &Identity,
    to: &Card,
    parcels: &[Outgoing],
    file: &Path,
) -> Result<(), Failure> {
    let bytes = mail::write_bundle(identity, to, parcels).map_err(unusable)?;
    packed(identity, to, Content::Bundle, &bytes, file)
}

/// Writes a work order.
///
/// # Errors
/// The receiver's card can't be used, or the file can't be written.
pub fn order(
    identity: &Identity,
    to: &Card,
    order: &WorkOrder,
    file: &Path,
) -> Result<(), Failure> {
    packed(identity, to, Content::Order, &mail::write_order(order), file)
}

fn packed(
    identity: &Identity,
    to: &Card,
    content: Content,
    bytes: &[u8],
    file: &Path,
) -> Result<(), Failure> {
    write(file, &mail::pack(identity, to, content, bytes).map_err(unusable)?)
}

fn unusable(error: mail::ContainerError) -> Failure {
    bad(&error.to_string(), "ask for a new card")
}
