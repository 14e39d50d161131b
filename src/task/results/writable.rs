//! What results can be written to a file: the report as shown, or a page to pass on.

use super::{Axis, Entry, Head, State};
use crate::report::Column;
use crate::report::explore::{Choice, Topic};
use crate::task::saving::{FileFormat, What};

impl State {
    /// What can be written from here.
    pub(super) fn writable(&self) -> Vec<What> {
        if let Some(case) = self.case_here() {
            return vec![What::Feedback(case.case.clone()), What::Review(case.case.clone())];
        }
        let choice = self.choice();
        let item = self.shown().map(|line| line.item.clone()).filter(|item| !item.is_empty());
        let of_items = matches!(self.topic, Topic::Items | Topic::Trend);
        let item = item.filter(|_| of_items);
        let report = What::Report { choice: choice.clone(), item, format: FileFormat::Csv };
        // Pages are passed on, and made of what is final.
        if self.drafts {
            return vec![report];
        }
        // The full page tells periods apart anyway.
        let mut whole = Choice { topic: Topic::Items, ..choice };
        whole.by.retain(|column| *column != Column::Period);
        let mut all = vec![report, What::Results(whole)];
        let highlighted = match (self.rows, self.here(), self.stands_across(), self.head_here()) {
            (Axis::By(Column::Region), Some(Entry::Value(region)), ..)
            | (_, _, Some(Axis::By(Column::Region)), Some(Head::Of(Entry::Value(region)))) => {
                Some(region.as_str())
            }
            _ => self.filter(Column::Region),
        };
        let period = self.filter(Column::Period).map(str::to_owned);
        let region = highlighted.filter(|region| !region.is_empty());
        all.extend(region.map(|region| What::Region { region: region.to_owned(), period }));
        all
    }
}
