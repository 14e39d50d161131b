//! Rules of the face sheet.

use std::cell::RefCell;

use super::conditions::{Resolver, Scope};
use super::layout::Layout;
use super::links::Links;
use super::names::{Names, unique};
use crate::diagnostic::Diagnostic;
use crate::instrument::raw::{self, File, Problems};
use crate::instrument::{Condition, FaceDemand, FaceRule, Kind, Question, QuestionIx};

/// Builds the rules of the face sheet.
pub(super) fn build(
    file: &File,
    names: &Names<'_>,
    layout: &Layout<'_>,
    questions: &[Question],
    problems: &Problems,
) -> Vec<FaceRule> {
    unique("face-rule", &file.face_rules.iter().map(|rule| &rule.id).collect::<Vec<_>>(), problems);
    let resolver = Resolver { names, layout, questions, problems, forward: RefCell::default() };
    // Questions of items are as good as later ones.
    let end = QuestionIx(file.face.len() as u16);
    let rules = file.face_rules.iter().filter_map(|rule| build_one(rule, &resolver, end));
    let rules: Vec<FaceRule> = rules.collect();
    for (_, read, span) in resolver.forward.borrow().iter() {
        let read = questions[usize::from(read.0)].id();
        let message = format!("a rule of the face sheet reads {read}, which stands in an item");
        problems.add(
            Diagnostic::error("forward-reference", message)
                .at(span.clone())
                .help("make it a rule of that item"),
        );
    }
    rules
}

fn build_one(
    raw: &raw::FaceRule,
    resolver: &Resolver<'_, '_>,
    end: QuestionIx,
) -> Option<FaceRule> {
    let scope = Scope::Gate { item: None, question: end };
    let Resolver { layout, questions, problems, .. } = *resolver;
    let links = Links { layout, questions, problems, at: end, face: true };
    let when = match &raw.when {
        Some(when) => resolver.condition(when, scope)?,
        None => Condition::Always,
    };
    let demand = match &raw.demand {
        raw::FaceDemand::Order(ids) => {
            let mut dates = Vec::new();
            for id in ids {
                let at = links.question(id)?;
                if questions[usize::from(at.0)].kind != Kind::Date {
                    let message = format!("{} is not a date", questions[usize::from(at.0)].id);
                    problems.add(
                        Diagnostic::error("bad-test", message)
                            .at(id.span.clone())
                            .help("order names date questions, the earliest first"),
                    );
                    return None;
                }
                dates.push(at);
            }
            FaceDemand::Order(dates)
        }
        raw::FaceDemand::Rows { rows, least, most, span } => {
            let rows = links.rows(rows)?;
            let least = usize::try_from(least.unwrap_or(0));
            let most = most.map_or(Ok(usize::MAX), usize::try_from);
            match (least, most) {
                (Ok(least), Ok(most)) if least <= most => FaceDemand::Rows { rows, least, most },
                _ => {
                    problems.add(
                        Diagnostic::error("bad-count", "this count can never hold")
                            .at(span.clone()),
                    );
                    return None;
                }
            }
        }
        raw::FaceDemand::Holds(condition) => {
            FaceDemand::Holds(resolver.condition(condition, scope)?)
        }
        raw::FaceDemand::Forbid(condition) => {
            let condition = resolver.condition(condition, scope)?;
            FaceDemand::Holds(Condition::Not(Box::new(condition)))
        }
    };
    Some(FaceRule { id: raw.id.value.clone(), say: raw.say.clone(), when, demand })
}
