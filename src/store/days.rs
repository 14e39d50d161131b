//! When a review was given out, begun, handed in and approved, as its events tell.

use crate::review::{About, Event, EventBody, EventHash, Moment, ReadingId};

use super::{StoreError, Workspace};

/// The moments of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReviewMoments {
    /// Given to its reader.
    pub assigned: Option<Moment>,
    /// First answered.
    pub begun: Option<Moment>,
    /// First handed in.
    pub submitted: Option<Moment>,
    /// Sent back by QA, or opened again, and not handed in since.
    pub returned: Option<Moment>,
    /// Last approved by a level of QA.
    pub approved: Option<Moment>,
}

impl Workspace {
    /// The moments of a review.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn review_moments(&self, id: ReadingId) -> Result<ReviewMoments, StoreError> {
        let mut query = self
            .db
            .prepare_cached("SELECT body, hash FROM event WHERE about = ?1 ORDER BY position")?;
        let mut rows = query.query([About::Reading(id).to_string()])?;
        let mut found = ReviewMoments::default();
        while let Some(row) = rows.next()? {
            let hash = EventHash(row.get(1)?);
            // Texts are not filled in: when is all that is asked.
            let event = Event::decode(row.get_ref(0)?.as_blob().unwrap_or_default(), hash)
                .map_err(|error| StoreError::Damaged(format!("event {hash}: {error}")))?;
            found.take(&event);
        }
        Ok(found)
    }
}

impl ReviewMoments {
    fn take(&mut self, event: &Event) {
        let at = event.at;
        match &event.body {
            EventBody::ReadingAssigned(_) | EventBody::ReadingTaken(_) => {
                self.assigned.get_or_insert(at);
            }
            EventBody::ReadingImported(data) => {
                self.assigned.get_or_insert(at);
                if data.seal.is_some() {
                    self.submitted.get_or_insert(at);
                }
            }
            EventBody::Answered(_) | EventBody::Narrated(_) => {
                self.begun.get_or_insert(at);
            }
            EventBody::Submitted(_) => {
                self.submitted.get_or_insert(at);
                self.returned = None;
            }
            EventBody::ReadingReopened(_)
            | EventBody::QaSentBack(_)
            | EventBody::ReadingReturned(_) => self.returned = Some(at),
            EventBody::QaApproved(_) => self.approved = Some(at),
            _ => {}
        }
    }
}
