//! Outcomes, on every vector of what their items can come out as.

use std::collections::BTreeSet;

use casereview::instrument::{
    CaseTypeIx, CodeSet, Facts, Instrument, ItemIx, OutcomeRow, QuestionIx, Rating, Truth,
};

use super::same::{Projection, Walk};

/// Compares an outcome on every vector of what its items can come out as.
pub fn outcome(
    old: &Instrument,
    new: &Instrument,
    id: &str,
    case_type: CaseTypeIx,
) -> Result<u64, String> {
    let find =
        |one: &Instrument| one.outcome_positions().find(|at| one.outcome(*at).id() == id).unwrap();
    let (was, is) = (old.outcome(find(old)), new.outcome(find(new)));
    if !was.absent().is_empty() {
        return Ok(0);
    }
    let mut vectors: Vec<Vector> = vec![Vector { case_type, parts: Vec::new() }];
    for item in was.items() {
        let mut projections = BTreeSet::new();
        Walk::new([old, old], *item, case_type).run(Some(&mut projections))?;
        let rated = projections.into_iter().filter(|(rating, _)| rating.is_final());
        let rated: Vec<Projection> = rated.collect();
        vectors = (vectors.iter())
            .flat_map(|vector| {
                rated.iter().map(|projection| {
                    let mut parts = vector.parts.clone();
                    parts.push((*item, projection.clone()));
                    Vector { case_type, parts }
                })
            })
            .collect();
    }
    for vector in &vectors {
        let came = |rows: &[OutcomeRow]| {
            let row = rows.iter().find(|row| row.when.truth(vector) == Truth::True);
            row.map(|row| row.give)
        };
        let (before, now) = (came(was.rows()), came(is.rows()));
        if before != now {
            return Err(format!("{before:?} became {now:?} on {:?}", vector.parts));
        }
    }
    Ok(vectors.len() as u64)
}

/// One way the items of an outcome can come out; positions are the same in both editions, as
/// an edit of an outcome moves no question.
struct Vector {
    case_type: CaseTypeIx,
    parts: Vec<(ItemIx, Projection)>,
}

impl Facts for Vector {
    fn codes(&self, question: QuestionIx) -> Result<CodeSet, Truth> {
        let answers = self.parts.iter().flat_map(|(_, (_, answers))| answers);
        let found = answers.into_iter().find(|(at, _)| *at == question);
        found.map(|(_, codes)| *codes).ok_or(Truth::False)
    }
    fn integer(&self, _: QuestionIx) -> Result<i64, Truth> {
        Err(Truth::False)
    }
    fn rating(&self, item: ItemIx) -> Result<Rating, Truth> {
        let found = self.parts.iter().find(|(at, _)| *at == item);
        found.map(|(_, (rating, _))| *rating).ok_or(Truth::Unknown)
    }
    fn case_type(&self) -> CaseTypeIx {
        self.case_type
    }
}
