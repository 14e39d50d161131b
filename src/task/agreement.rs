//! How far two readers agree, on screen: by item or question, who with whom, month by month,
//! and from there to the cases.

use crate::report::{
    AgreementQuery, AgreementTable, Matrix, Measured, PairColumn, PairFilter, Twice, TwiceCase,
    pair_name,
};

use super::Action;
use super::available::is_move;
use super::list::Cursor;

/// The pairs that agreement is measured on.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// The pairs.
    pub twice: Twice,
    /// What was left out, in sentences.
    pub said: Vec<String>,
}

/// What is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// By item.
    #[default]
    Items,
    /// Whether items apply.
    Applicability,
    /// By question.
    Questions,
    /// Who with whom.
    Matrix,
    /// By month.
    Months,
}

impl View {
    /// All of them, in the order [`Action::Measure`] goes through them.
    pub const ALL: [Self; 5] =
        [Self::Items, Self::Applicability, Self::Questions, Self::Matrix, Self::Months];

    /// Words for the title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Items => "by item",
            Self::Applicability => "on applicability alone",
            Self::Questions => "by question",
            Self::Matrix => "who with whom",
            Self::Months => "by month",
        }
    }

    fn next(self) -> Self {
        let at = Self::ALL.iter().position(|one| *one == self).unwrap_or(0);
        Self::ALL[(at + 1) % Self::ALL.len()]
    }
}

/// Cases looked at behind a figure.
#[derive(Debug, Clone)]
pub struct CaseList {
    /// What they are the cases of.
    pub title: String,
    /// The cases.
    pub cases: Vec<TwiceCase>,
    /// The highlighted one.
    pub cursor: Cursor,
}

/// The agreement screen. What it shows is counted when it is asked for something else, not
/// while it is drawn.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The pairs; none until they arrived.
    pub loaded: Option<Loaded>,
    /// What is shown.
    pub view: View,
    /// Codes of the modes there are; one of them is shown at a time.
    pub modes: Vec<String>,
    mode: usize,
    /// Rows by item, question or month.
    pub table: Option<AgreementTable>,
    /// Who with whom.
    pub matrix: Option<Matrix>,
    /// The highlighted row, or reader.
    pub cursor: Cursor,
    /// The highlighted reader across.
    pub across: Cursor,
    /// Cases behind a figure, while they are looked at.
    pub list: Option<CaseList>,
    /// A case was opened from here, to which settling goes back.
    pub(super) opened: bool,
}

impl State {
    /// Takes in pairs, and counts.
    pub fn learn(&mut self, loaded: Loaded) {
        let mut modes: Vec<String> =
            loaded.twice.reads.iter().map(|read| read.facts.mode.clone()).collect();
        modes.sort();
        modes.dedup();
        let before = self.mode().map(str::to_owned);
        self.mode = modes.iter().position(|mode| Some(mode) == before.as_ref()).unwrap_or(0);
        self.modes = modes;
        self.loaded = Some(loaded);
        self.list = None;
        self.count();
    }

    /// Code of the mode shown; none without a pair.
    pub fn mode(&self) -> Option<&str> {
        self.modes.get(self.mode).map(String::as_str)
    }

    /// How many cases of the mode there are.
    pub fn count_cases(&self) -> usize {
        let reads = self.loaded.iter().flat_map(|loaded| &loaded.twice.reads);
        reads.filter(|read| Some(read.facts.mode.as_str()) == self.mode()).count()
    }

    fn query(&self) -> AgreementQuery {
        let value = self.mode().unwrap_or_default().to_owned();
        let filters = vec![PairFilter { column: PairColumn::Mode, value }];
        AgreementQuery { filters, sub_items: true, ..AgreementQuery::default() }
    }

    fn count(&mut self) {
        let query = self.query();
        let (measured, by) = match self.view {
            View::Items => (Measured::Items, Vec::new()),
            View::Applicability => (Measured::Applicability, Vec::new()),
            View::Questions => (Measured::Questions, Vec::new()),
            View::Matrix => (Measured::Pooled, vec![PairColumn::Pair]),
            View::Months => (Measured::Pooled, vec![PairColumn::Month]),
        };
        let Some(loaded) = &self.loaded else { return };
        self.matrix = None;
        self.table = None;
        if self.view == View::Matrix {
            self.matrix = loaded.twice.matrices(&query).into_iter().next();
        } else {
            self.table = Some(loaded.twice.table(&AgreementQuery { measured, by, ..query }));
        }
        self.cursor.settle(self.len());
        self.across.settle(self.len());
        if self.view == View::Matrix && self.cursor.at() == self.across.at() {
            self.across.put(self.cursor.at() + 1, self.len());
        }
    }

    /// Rows shown, or readers.
    pub fn len(&self) -> usize {
        match (&self.matrix, &self.table) {
            (Some(matrix), _) => matrix.readers.len(),
            (None, Some(table)) => table.rows.len(),
            (None, None) => 0,
        }
    }

    /// Whether nothing is shown.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The two highlighted readers, where they read a case together.
    pub fn pair(&self) -> Option<[&str; 2]> {
        let matrix = self.matrix.as_ref()?;
        let one = matrix.readers.get(self.cursor.at())?;
        let other = matrix.readers.get(self.across.at())?;
        matrix.cell(one, other).map(|_| [one.as_str(), other.as_str()])
    }

    /// The highlighted case.
    pub fn chosen(&self) -> Option<&TwiceCase> {
        let list = self.list.as_ref()?;
        list.cases.get(list.cursor.at())
    }

    /// Whether an action works here.
    pub fn takes(&self, action: Action) -> bool {
        use Action as A;
        if action == A::Back {
            return true;
        }
        if let Some(list) = &self.list {
            return (is_move(action) || action == A::Settle) && !list.cases.is_empty();
        }
        let in_matrix = self.matrix.is_some();
        match action {
            A::Measure => self.loaded.is_some(),
            A::Mode => self.modes.len() > 1,
            A::Behind if in_matrix => self.pair().is_some(),
            A::Behind => !self.is_empty(),
            A::ReaderLeft => in_matrix && self.across.at() > 0,
            A::ReaderRight => in_matrix && self.across.at() + 1 < self.len(),
            _ => is_move(action) && !self.is_empty(),
        }
    }

    /// Does an action; what has to do with other screens is done by the program.
    pub(super) fn act(&mut self, action: Action) {
        if let Some(list) = &mut self.list {
            if action == Action::Back {
                self.list = None;
            } else {
                list.cursor.act(action, list.cases.len());
            }
            return;
        }
        let len = self.len();
        match action {
            Action::Measure => {
                self.view = self.view.next();
                (self.cursor, self.across) = Default::default();
                self.count();
            }
            Action::Mode => {
                self.mode = (self.mode + 1) % self.modes.len().max(1);
                self.count();
            }
            Action::ReaderLeft => self.across.put(self.across.at().saturating_sub(1), len),
            Action::ReaderRight => self.across.put(self.across.at() + 1, len),
            Action::Behind => self.list = self.behind(),
            other => {
                self.cursor.act(other, len);
            }
        }
    }

    /// The cases behind the highlighted figure: those the two read, those of the month, or
    /// those in which the item is rated differently.
    fn behind(&self) -> Option<CaseList> {
        let loaded = self.loaded.as_ref()?;
        let mut query = self.query();
        query.sub_items = false;
        if let Some([one, other]) = self.pair() {
            let value = pair_name(&[one.to_owned(), other.to_owned()]);
            let title = format!("Read by {one} and {other}");
            query.filters.push(PairFilter { column: PairColumn::Pair, value });
            return Some(CaseList::new(title, loaded.twice.cases(&query)));
        }
        let row = self.table.as_ref()?.rows.get(self.cursor.at())?;
        if self.view == View::Months {
            let value = row.group.get(1).cloned().flatten().unwrap_or_default();
            let title = format!("Handed in by both by {value}");
            query.filters.push(PairFilter { column: PairColumn::Month, value });
            return Some(CaseList::new(title, loaded.twice.cases(&query)));
        }
        let measured = match self.view {
            View::Applicability => Measured::Applicability,
            View::Questions => Measured::Questions,
            _ => Measured::Items,
        };
        let differing = loaded.twice.parted(measured, &row.id);
        let mut cases = loaded.twice.cases(&query);
        cases.retain(|case| differing.contains(&case.case));
        let what = if measured == Measured::Questions { "" } else { "item " };
        Some(CaseList::new(format!("Apart on {what}{}", row.id), cases))
    }
}

impl CaseList {
    fn new(title: String, cases: Vec<TwiceCase>) -> Self {
        Self { title, cases, cursor: Cursor::default() }
    }
}
