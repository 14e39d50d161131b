//! Parcels that are here and not opened: those that wait, and those kept out.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Transaction, TransactionBehavior, params};

use crate::review::{
    CaseNumber, Chain, ContentHash, ParcelLabel, PersonCode, ReadingId, Side, Status, Which,
    may_open,
};

use super::intake::theirs;
use super::{HeldParcel, IntakeError, StoreError, Workspace, project};

/// A parcel that is kept out: it goes on from a copy of its author's workspace, and the line
/// that came first holds the places of its events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptOut {
    /// The case.
    pub case: CaseNumber,
    /// Who sent it.
    pub from: PersonCode,
    /// The log that forks.
    pub chain: Chain,
    /// Where, by the number of the event.
    pub seq: u64,
    /// Which parcel.
    pub digest: ContentHash,
    /// Nothing else of the review is here, sealed or open: it is still to come.
    pub lacks: bool,
}

impl Workspace {
    /// Keeps parcels unopened; one that is here already changes nothing.
    ///
    /// # Errors
    /// One of them is of a reading that its sender does not have; nothing was kept then.
    pub fn hold(
        &mut self,
        from: &PersonCode,
        parcels: &[(ParcelLabel, Vec<u8>)],
    ) -> Result<(), IntakeError> {
        let change = Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate)?;
        for (label, bytes) in parcels {
            theirs(&change, label.reading, from)?;
            change
                .prepare_cached("INSERT OR IGNORE INTO parcel VALUES (?1, ?2, ?3, ?4, ?5)")?
                .execute(params![
                    project::key(label.reading),
                    label.digest.0,
                    from.as_str(),
                    label.sealed,
                    bytes
                ])?;
        }
        Ok(change.commit()?)
    }

    /// Every parcel that waits to be opened, by case, reading and digest; those kept out for
    /// good are not among them.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn held(&self) -> Result<Vec<HeldParcel>, StoreError> {
        let mut query = self.db.prepare_cached(
            "SELECT p.reading, p.digest, p.sealed, p.sender, p.bytes, r.number
             FROM parcel p JOIN reading r ON r.id = p.reading
             WHERE p.digest NOT IN (SELECT refused FROM fork)
             ORDER BY r.number, p.reading, p.digest",
        )?;
        let mut rows = query.query([])?;
        let mut held = Vec::new();
        while let Some(row) = rows.next()? {
            let sender: String = row.get(3)?;
            let label = ParcelLabel {
                reading: project::id(row.get(0)?),
                digest: ContentHash(row.get(1)?),
                sealed: row.get(2)?,
                evidence: false,
            };
            held.push(HeldParcel {
                label,
                case: CaseNumber(row.get(5)?),
                from: sender
                    .parse()
                    .map_err(|_| StoreError::Damaged(format!("a parcel from {sender}")))?,
                bytes: row.get(4)?,
            });
        }
        Ok(held)
    }

    /// The readings that are here sealed and may not be opened yet.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn sealed_elsewhere(&self) -> Result<BTreeSet<ReadingId>, StoreError> {
        let sql = "SELECT DISTINCT reading FROM parcel
                   WHERE sealed AND digest NOT IN (SELECT refused FROM fork)";
        let mut query = self.db.prepare_cached(sql)?;
        let rows = query.query_map([], |row| row.get(0).map(project::id))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether a reading is here sealed and may not be opened yet.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn is_sealed_elsewhere(&self, reading: ReadingId) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM parcel
                   WHERE reading = ?1 AND sealed AND digest NOT IN (SELECT refused FROM fork)";
        Ok(self.db.prepare_cached(sql)?.exists([project::key(reading)])?)
    }

    /// The parcels that may be opened now, those of one case beside each other.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn openable(&self) -> Result<Vec<Vec<HeldParcel>>, StoreError> {
        let mut by_case: BTreeMap<CaseNumber, Vec<HeldParcel>> = BTreeMap::new();
        for parcel in self.held()? {
            by_case.entry(parcel.case).or_default().push(parcel);
        }
        let mut open = Vec::new();
        for (case, parcels) in by_case {
            let sides = self.sides(case)?;
            let may = |parcel: &HeldParcel| {
                let others: Vec<Side> = sides
                    .iter()
                    .filter(|(id, _)| *id != parcel.label.reading)
                    .map(|s| s.1)
                    .collect();
                let this = sides.iter().find(|(id, _)| *id == parcel.label.reading);
                this.is_some_and(|(_, side)| may_open(*side, &others))
            };
            let group: Vec<_> = parcels.into_iter().filter(may).collect();
            if !group.is_empty() {
                open.push(group);
            }
        }
        Ok(open)
    }

    /// The readings of a case as the rule of blind readings sees them.
    fn sides(&self, case: CaseNumber) -> Result<Vec<(ReadingId, Side)>, StoreError> {
        let mut query = self.db.prepare_cached(
            "SELECT id, which, status,
                    EXISTS (SELECT 1 FROM parcel p WHERE p.reading = r.id AND p.sealed
                              AND p.digest NOT IN (SELECT refused FROM fork))
             FROM reading r WHERE number = ?1 ORDER BY id",
        )?;
        let rows = query.query_map([case.0], |row| {
            let (which, status): (String, String) = (row.get(1)?, row.get(2)?);
            let status = Status::from_code(&status).unwrap_or(Status::Open);
            let here = !matches!(status, Status::Open | Status::Withdrawn);
            let side = Side {
                which: Which::from_code(&which).unwrap_or(Which::First),
                withdrawn: status == Status::Withdrawn,
                sealed: here || row.get::<_, bool>(3)?,
            };
            Ok((project::id(row.get(0)?), side))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The parcels that are kept out, by case, reading and digest.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn kept_out(&self) -> Result<Vec<KeptOut>, StoreError> {
        let mut query = self.db.prepare_cached(
            "SELECT r.number, p.sender, f.author, f.workspace, f.seq, p.digest,
                    r.status = 'open' AND NOT EXISTS
                        (SELECT 1 FROM parcel o WHERE o.reading = r.id
                           AND o.digest NOT IN (SELECT refused FROM fork))
             FROM fork f JOIN parcel p ON p.digest = f.refused JOIN reading r ON r.id = p.reading
             ORDER BY r.number, p.reading, p.digest",
        )?;
        let mut rows = query.query([])?;
        let mut kept = Vec::new();
        while let Some(row) = rows.next()? {
            let (from, author, workspace): (String, String, String) =
                (row.get(1)?, row.get(2)?, row.get(3)?);
            let bad = || StoreError::Damaged(format!("a parcel from {from}"));
            let chain = Chain {
                author: author.parse().map_err(|_| bad())?,
                workspace: workspace.parse().map_err(|_| bad())?,
            };
            kept.push(KeptOut {
                case: CaseNumber(row.get(0)?),
                from: from.parse().map_err(|_| bad())?,
                chain,
                seq: row.get::<_, i64>(4)? as u64,
                digest: ContentHash(row.get(5)?),
                lacks: row.get(6)?,
            });
        }
        Ok(kept)
    }
}
