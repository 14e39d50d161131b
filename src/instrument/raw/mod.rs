//! The file as written: every value with the bytes it stands at, nothing resolved yet.
//!
//! # Reference of the instrument language
//!
//! A file is TOML. Ids and codes are made of letters, digits, `-` and `_` and compare byte by
//! byte. Keys are lower-case with hyphens; an unknown key is an error. A line break in a text
//! counts as a space; paragraphs are separate entries of a list. Texts may not hold control
//! characters or characters that reverse or hide text.
//!
//! | table | keys (`?` may be left out) |
//! |---|---|
//! | `[instrument]` | `extends`?, `select`?, `id`, `title`, `short`, `cfsr-round`?, `edition`, `source`, `notice`?, `unit`? (`case`, `site`, `respondent`), `mode`? (`rated`, `checklist`); of a checklist `target`?, `report`? (`percent-yes`, `issues`), `year-starts`? (`01` to `12`), `month`? (the date question that says in which month a review counts) |
//! | `[[case-type]]` | `code`, `title`; at least one, at most 32; the order is kept |
//! | `[[part]]` | `id`, `title`: a person questions are about |
//! | `[[scale]]` | `id`, `options`: a named list of answers |
//! | `[[reason-list]]` | `id`, `reasons`: why something is not applicable |
//! | `[[elimination]]` | `code`, `title`, `text`?, `case-types`?: why a drawn case is dropped |
//! | `[[definition]]` | `id`, `term`, `text` |
//! | `[[crosswalk]]` | `instrument`, `item`, `other`, `same`: where an item stands elsewhere |
//! | `[[face-sheet]]` | a question; its full id is `face.ID` |
//! | `[[face-rule]]` | `id`, `say`, `if`?, and `order` (dates), `rows`, `then` or `forbid`: stands in the way of submission only |
//! | `[[measure]]` | `id`, `title`, `note`?, `of`, `met` (integers, summed over cases), `target`? |
//! | `[[component]]` | `id`, `title`, `section`?, `covers` = `{ round, items }`: another grouping of CFSR items |
//! | `[[closing]]` | a question asked at the end of every item that applies: `ITEM.ID` |
//! | `[[outcome]]` | `id`, `title`, `items`, `absent`?, `bar`?, and `[[outcome.row]]`, `[[outcome.example]]` |
//! | `[[item]]` | `id`, `title`, `outcome`?, `purpose`?, `applicability`?, `guidance`?, `bar`?, `pip`?, `[item.applies]`, and `[[item.question]]`, `[[item.not-applicable]]`, `[[item.rule]]`, `[[item.row]]`, `[[item.example]]`, `[[item.sub-item]]` |
//!
//! **A file may extend another**: `extends` names a shipped instrument by its id, or a file in
//! the same folder or below it by its path (`"base.toml"`). It then holds what it adds: items,
//! outcomes, questions of the face sheet, closing questions, parts, scales, reasons,
//! eliminations, definitions, rules of the face sheet, measures, components, crosswalk rows.
//! What it adds stands behind the base's. It gives an `id`, `title` and `edition` of its own
//! and may give `short`, `source` and `notice`; everything else stays as in the base: unit,
//! mode, round, case types, wordings, tables, bars, and which items an outcome is made of.
//! `select` keeps only these of the base's items. An outcome that loses some of its items is
//! not computed and says which it needs, one that loses all goes; so do crosswalk rows,
//! measures, components and explain-rules that hang on an item left out. Anything else that
//! reads an item left out is an error. A base may extend another in turn, four files at most.
//!
//! **An option** (in `options`, `reasons`, `answers`) is `{ code, title, note?, text?,
//! case-types? }`: `text = true` asks for a text when it is chosen, `case-types` offers it to
//! those only. In `answers` the words `"yes"`, `"no"`, `"na"` stand for the usual options.
//!
//! **A question** has `id`, `ask`, and `part`?, `help`?, `see`? (definitions), `kind`?
//! (`choice`, `checklist`, `text`, `date`, `integer`), its answers (`answers`, `options` or
//! `scale`; `least` and `most` for an integer), `narrative`? (`never`, `on-no`, `on-yes`,
//! `always`), `ask-when`?, `required`?, `identifying`?, `from-frame`?. A text may be
//! `one-line`. A closing question has no `ask-when`.
//!
//! A question with `needed = false` may be read by hard rules, but no rating waits for it. A
//! checklist may have `least` and `most` ticks; `narrative` may be a list of codes. An integer
//! may be `counted-from` `{ table, where?, months-of? }` or `{ months-between = [day, day] }`,
//! where a day is a date question, `"pur-end"` (the last day of the case's period under review;
//! where none is fixed, as in a file of answers, the number is typed), or a list of which the
//! first known one counts;
//! `from-answer` repeats another answer, `from-review = "first-submission"` is that day.
//!
//! **A table** (`kind = "table"`) has `least`?, `most` rows and `[[item.question.column]]`
//! tables: `id`, `title`, `help`?, `kind`? with its answers, `required`?, `identifying`?,
//! `ask-when`? (the case type only). Its answer is a JSON list of rows.
//!
//! **In a checklist instrument** items are sections without rows. A choice counts when one of
//! its answers is met and one is not: `yes`, `no` and `na` go by themselves, others say
//! `counts = "met"`, `"not-met"` or `"not-applicable"`; `counted = false` leaves it out.
//!
//! **`[item.applies]`** gives each case type `ask`, `always` or `never`; `ask`? words the
//! question `ITEM.applies`, `help`? guides it, `reasons`? names the reason list of
//! `ITEM.applies.reason`. A sub-item without this table always applies.
//!
//! **`[[item.not-applicable]]`** asks for a reason: `for` a part or a question, `reasons`, `when`?
//! (default for a question: it is `na`), `ask`?, `help`?. Full id `ITEM.FOR.reason`.
//!
//! **`[[item.rule]]`** has `id`, `say`, `strength`? (`hard`, `explain`), and `if` with `then`
//! (with `exactly = true`: if and only if), or `forbid`. Rules read answers and the case type.
//!
//! **`[[item.row]]`** has `id`, `give` (`strength`, `ani`, `na`; for an outcome
//! `substantially-achieved`, `partially-achieved`, `not-achieved`, `na`), `say`?, `when`.
//! Rows of one table may overlap where they give the same; there is no "otherwise".
//!
//! **`[[item.example]]`** has `title`, `case-type`, `answers`, `expect`; one of an outcome has
//! `title`, `ratings`, `answers`?, `case-type`?, `expect`. `applies` is an answer like any other:
//! without it an item that asks for it is incomplete. One of a section may have `met` and `of`:
//! how many are met, of how many that count.
//!
//! **A sub-item** has the tables of an item but for `outcome`, `bar` and sub-items. Its
//! questions carry the item's id: `17.A1`. Its applicability is `17C.applies`.
//!
//! **A condition** is a table whose entries must all hold:
//! - a question (`A2` inside its item, `"20.A2"` or `"face.opened"` from elsewhere, in
//!   quotation marks) with a code or a list of codes: one of them is the answer, or is ticked;
//!   `{ nothing-ticked = true }` or
//!   `{ something-ticked = true }` for a checklist; `{ at-least = 1, at-most = 3 }`,
//!   `{ equals = 0 }` or plain `0` for an integer, and `{ at-most = "B" }` to compare it with
//!   the integer B (also `equals`, `at-least`, `more-than`, `less-than`);
//! - in rows, a sub-item, and in outcomes an item or sub-item, with a rating or a list;
//! - `case-type` with a code or a list;
//! - `any`, `every`, `none` with `{ of = [...], is = ... }`, and `count` with `at-least`,
//!   `at-most` beside: how many of them pass;
//! - `all-of`, `one-of` with a list of conditions; `not` with a condition.
//!
//! A question that is not asked passes no test, so `every` fails when one of its questions is
//! not asked. A condition reads only what stands earlier in the file.

mod checklist;
mod condition;
mod file;
mod items;
mod limits;
mod outcomes;
mod problems;
mod questions;
mod rows;
mod syntax;
mod table;

use std::borrow::Cow;
use std::ops::Range;

use toml::de::DeTable;

pub(super) use condition::{Aim, Condition, Entry, Group, GroupKind};
pub(super) use file::{File, Joined, OptionList};
pub(super) use items::{Applies, Example, ExampleValue, Item, NotApplicable, Rule, RuleBody};
pub(super) use outcomes::{Outcome, OutcomeExample};
pub(super) use problems::Problems;
pub(super) use questions::{Choice, Kind, Narrative, Options, Question};
pub(super) use rows::{CountedFrom, FaceDemand, FaceRule, RowsOf};
pub(super) use table::At;

/// Reads one file as far as it can be read. `text` may hold several: `part` is this one's, and
/// what stands before it is taken for blanks, so that positions count through all of them.
pub(super) fn read(text: &str, part: Range<usize>, problems: &Problems) -> File {
    let own = &text[part.clone()];
    let text = match part.start.checked_sub(1) {
        None => Cow::Borrowed(own),
        Some(before) => Cow::Owned(format!("{}\n{own}", " ".repeat(before))),
    };
    if !limits::fit(&text, problems) {
        return nothing();
    }
    if let Ok(table) = DeTable::parse(&text) {
        return file::read(table::Table::new("the file", &table, &text, problems));
    }
    let readable = syntax::readable(&text, problems);
    if problems.too_many() {
        return nothing();
    }
    let (table, errors) = DeTable::parse_recoverable(&readable);
    syntax::report(&errors, 0, problems);
    file::read(table::Table::new("the file", &table, &readable, problems))
}

/// What is left of a file that is not looked at.
fn nothing() -> File {
    let table = DeTable::parse("").expect("an empty text is an empty table");
    let mut file = file::read(table::Table::new("", &table, "", &Problems::default()));
    file.lost = true;
    file
}
