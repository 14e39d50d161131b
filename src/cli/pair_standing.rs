//! Where the settling of a pair stands, as lists and commands say it.

use crate::instrument::Instrument;
use crate::review::{self, Differs, ReadingId, Sides, Status};
use crate::scoring::{Answers, Asked, score};
use crate::store::{PairRow, StoreError, Workspace};

/// Whether a pair has a settled review that is handed in.
pub fn is_settled(row: &PairRow) -> bool {
    row.settled.is_some_and(|(_, status)| status != Status::Open)
}

/// Whether both reviews are handed in, and their settlement still to be made or made again.
///
/// # Errors
/// When the file can't be read.
pub fn is_to_settle(workspace: &Workspace, row: &PairRow) -> Result<bool, StoreError> {
    Ok(row.is_sealed() && !(is_settled(row) && rests(workspace, row)?))
}

/// Whether the settled review of a pair rests on what its readers hold now: the seals it was
/// made from, and the answers its decisions chose between.
///
/// # Errors
/// When the file can't be read.
pub fn rests(workspace: &Workspace, row: &PairRow) -> Result<bool, StoreError> {
    let Some((settled, _)) = row.settled else { return Ok(false) };
    // Nothing came of its readers since it was begun: most lists are told so without a look
    // into the reviews.
    let third = row.third.map(|(id, _)| id);
    let readings: Vec<ReadingId> = row.readings.into_iter().chain(third).collect();
    if workspace.is_later(settled, &readings)? {
        return Ok(true);
    }
    let settled = workspace.reading(settled)?;
    let Some(pair) = &settled.pair else { return Ok(true) };
    let third = third.map(|id| workspace.reading(id)).transpose()?;
    let read = |id| third.as_deref().filter(|third| third.id == id);
    if pair.settled.values().any(|one| !pair.stands(one, read)) {
        return Ok(false);
    }
    for (id, seal) in pair.readings.into_iter().zip(pair.seals) {
        let reading = workspace.reading(id)?;
        if reading.seal.as_ref().is_none_or(|now| now.head.hash != seal) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// How many answers are to be settled again in a pair whose settlement no longer rests on what
/// its readers hold; none where it does, or where a reader has not handed in.
///
/// # Errors
/// When the file can't be read.
pub fn again(workspace: &Workspace, row: &PairRow) -> Result<Option<usize>, StoreError> {
    let Some((settled, _)) = row.settled.filter(|_| row.is_sealed() && is_settled(row)) else {
        return Ok(None);
    };
    if rests(workspace, row)? {
        return Ok(None);
    }
    let settled = workspace.reading(settled)?;
    let edition = workspace.instrument(&settled.instrument)?;
    let third = row.third.filter(|(_, is_in)| *is_in).map(|(id, _)| id);
    let sides = sides(workspace, &edition, row.readings, third)?;
    let answers = review::answers(&edition, &settled);
    let (Some(pair), Some(sides), Some(answers)) = (&settled.pair, sides, answers) else {
        return Ok(Some(0));
    };
    let of = row.readings.into_iter().chain(third);
    let readings = of.map(|id| workspace.reading(id)).collect::<Result<Vec<_>, _>>()?;
    let read = |id| readings.iter().find(|one| one.id == id).map(|one| &**one);
    let scores = score(&edition, &answers);
    let items = sides.compare(&edition);
    let differences = items.iter().flat_map(|item| &item.differences);
    let open = differences.filter(|one| {
        let kept = pair.settled.get(edition.question(one.question).id());
        one.differs != Differs::Follows
            && scores.asked(one.question) == Asked::Yes
            && !kept.is_some_and(|kept| pair.stands(kept, read))
    });
    Ok(Some(open.count()))
}

/// Two reviews side by side, with a third reader's; none where the instrument has no such case
/// type.
///
/// # Errors
/// When the file can't be read.
pub fn sides(
    workspace: &Workspace,
    edition: &Instrument,
    readings: [ReadingId; 2],
    third: Option<ReadingId>,
) -> Result<Option<Sides>, StoreError> {
    let read = |id| -> Result<Option<Answers>, StoreError> {
        Ok(review::answers(edition, &*workspace.reading(id)?))
    };
    let [first, second] = readings;
    let both = read(first)?.zip(read(second)?).map(<[Answers; 2]>::from);
    let third = third.map(read).transpose()?.flatten();
    Ok(both.map(|both| Sides::new(edition, both).with_third(edition, third)))
}

/// Who of a pair has sealed and who has not: "john sealed, mary not yet". All that is said of a
/// review that is closed.
///
/// # Errors
/// When the file can't be read.
pub fn who_sealed(workspace: &Workspace, row: &PairRow) -> Result<String, StoreError> {
    let (mut done, mut open) = (Vec::new(), Vec::new());
    for ((id, code), here) in row.readings.iter().zip(&row.reviewers).zip(row.sealed) {
        let sealed = here || workspace.is_sealed_elsewhere(*id)?;
        if sealed { &mut done } else { &mut open }.push(code.as_str());
    }
    Ok(match (done.as_slice(), open.as_slice()) {
        ([done], [open]) => format!("{done} sealed, {open} not yet"),
        ([], open) => format!("{} not yet", open.join(" and ")),
        // Only where a parcel came and was not gone through since.
        _ => "both sealed: `bundle in` opens".to_owned(),
    })
}
