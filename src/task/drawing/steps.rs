//! The steps of the path and the lines of each.

use super::State;
use super::guess::{guess_column, guess_type};
use crate::sampling::Field;
use crate::stats::{Level, sample_size};
use crate::task::form::Form;
use Slot::*;

/// A step of the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Step {
    /// Which file.
    #[default]
    File,
    /// Which column holds what.
    Columns,
    /// Which cases can be drawn.
    Filters,
    /// How many cases, of which strata.
    Plan,
    /// What will be sealed.
    Seal,
    /// The seed.
    Seed,
    /// The sample.
    Drawn,
    /// Who reads.
    Assign,
    /// Who reads what.
    Done,
}

impl Step {
    /// The steps a person counts; the last one shows what came of them.
    pub const ALL: [Self; 8] = [
        Self::File,
        Self::Columns,
        Self::Filters,
        Self::Plan,
        Self::Seal,
        Self::Seed,
        Self::Drawn,
        Self::Assign,
    ];

    /// In a word or two.
    pub fn title(self) -> &'static str {
        match self {
            Self::File => "List",
            Self::Columns => "Columns",
            Self::Filters => "Filters",
            Self::Plan => "Plan",
            Self::Seal => "Seal",
            Self::Seed => "Seed",
            Self::Drawn => "Sample",
            Self::Assign | Self::Done => "Assign",
        }
    }
}

/// A line of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is named by its label below")]
pub enum Slot {
    File,
    PlanFile,
    Column(Field),
    Type(u8),
    Sampling,
    UnderReview,
    OpenDays,
    UnderAge,
    LeaveOut(Field),
    HowMany,
    Size(u8),
    Total,
    Strata,
    Spares,
    PerWorker,
    PerFamily,
    Seed,
    SeedAgain,
    GivenBy,
    Watched,
    Reason,
    Another,
    People,
    OtherRegion,
    OtherCounty,
    AtMost,
    Go,
}

/// Ways to say how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sizes {
    StateLed,
    Each,
    Whole,
}

/// Days that in-home cases must be open, as offered.
pub(super) const OPEN_DAYS: [Option<u64>; 3] = [None, Some(45), Some(60)];
/// What strata are made by, as offered.
pub(super) const STRATA: [&[Field]; 4] = [
    &[Field::CaseType],
    &[Field::CaseType, Field::Region],
    &[Field::Region],
    &[Field::CaseType, Field::County],
];

/// Facts that are offered only where a column seems to hold them.
const RARE: [Field; 4] = [Field::Unit, Field::Supervisor, Field::Agency, Field::Group];

fn label(field: Field) -> &'static str {
    match field {
        Field::Case => "Case id",
        Field::Region => "Region",
        Field::County => "County",
        Field::CaseType => "Case type",
        Field::Worker => "Caseworker",
        Field::Family => "Family",
        Field::Opened => "Opened on",
        Field::Closed => "Closed on",
        Field::Child => "Child",
        Field::Born => "Birth date",
        Field::InCare => "In care over 24 h",
        Field::SubsidyOnly => "Subsidy only",
        Field::OutOfState => "Out of state",
        Field::Unit => "Unit",
        Field::Supervisor => "Supervisor",
        Field::Agency => "Provider's agency",
        Field::Group => "Group",
        Field::Status => "Status",
    }
}

fn words(options: &[&str]) -> Vec<String> {
    options.iter().map(|option| (*option).to_owned()).collect()
}

impl State {
    pub(super) fn open_file_step(&mut self) {
        let form = Form::default()
            .text(File, "List of cases", self.of(Step::File, File))
            .text(PlanFile, "Plan, if you have one", self.of(Step::File, PlanFile))
            .go(Go, "Look at the list");
        self.put(Step::File, form, File);
        self.step = Step::File;
    }

    pub(super) fn columns_form(&self) -> Form<Slot> {
        let columns = self.preview.as_ref().map(|p| p.columns.clone()).unwrap_or_default();
        let mut form = Form::default();
        for field in Field::ALL {
            let mut options = vec!["(none)".to_owned()];
            options.extend(columns.iter().cloned());
            let guess = guess_column(field, &columns);
            // Few lists have these, and the screen has no room for what isn't there.
            if guess.is_none() && RARE.contains(&field) {
                continue;
            }
            let at = guess.map_or(0, |at| at + 1);
            form = form.choice(Column(field), label(field), options, at);
        }
        form.go(Go, "Read the whole list")
    }

    /// The name of the column that holds a fact.
    pub fn column(&self, field: Field) -> Option<&str> {
        let at = self.at(Step::Columns, Column(field)).checked_sub(1)?;
        self.preview.as_ref()?.columns.get(at).map(String::as_str)
    }

    pub(super) fn filters_form(&self) -> Form<Slot> {
        let mut form = Form::default();
        let types = self.case_types();
        let titles: Vec<String> = types.iter().map(|(_, title)| title.clone()).collect();
        let found = self.read.as_ref().map(|read| read.types.as_slice()).unwrap_or_default();
        for (at, (word, _)) in (0_u8..).zip(found) {
            let guess = guess_type(word, types).unwrap_or(0);
            form = form.choice(Type(at), &format!("{word} is"), titles.clone(), guess);
        }
        let has = |field| self.column(field).is_some();
        if has(Field::Opened) {
            form = form.text(Sampling, "Sampling period", self.of(Step::Filters, Sampling)).text(
                UnderReview,
                "Under review",
                match self.of(Step::Filters, UnderReview) {
                    "" => self.standing.as_ref().map_or("", |s| s.under_review.as_str()),
                    text => text,
                },
            );
            if types.iter().any(|(code, _)| code == IN_HOME) {
                let days = words(&["any time", "45 days or more", "60 days or more"]);
                form = form.choice(OpenDays, "In-home open for", days, 1);
            }
        }
        if has(Field::Born) {
            form = form.choice(UnderAge, "Age", words(&["any", "under 18"]), 1);
        }
        for field in Field::FLAGS.into_iter().filter(|field| has(*field)) {
            let label = match field {
                Field::InCare => "In-home with a child in care",
                Field::SubsidyOnly => "Subsidy only",
                _ => "Out of state",
            };
            form = form.choice(LeaveOut(field), label, words(&["keep", "leave out"]), 1);
        }
        form.go(Go, "Go on to the plan")
    }

    /// Case types of the instrument.
    pub(super) fn case_types(&self) -> &[(String, String)] {
        self.standing.as_ref().map_or(&[], |standing| standing.case_types.as_slice())
    }

    /// Case types that words of the list stand for, in the instrument's order.
    pub(super) fn types_here(&self) -> Vec<(u8, String, String)> {
        let words = self.read.as_ref().map_or(0, |read| read.types.len());
        let used: Vec<usize> =
            (0..words).map(|at| self.at(Step::Filters, Type(at as u8))).collect();
        let types = (0_u8..).zip(self.case_types());
        let here = types.filter(|(at, _)| used.contains(&usize::from(*at)));
        here.map(|(at, (code, title))| (at, code.clone(), title.clone())).collect()
    }

    /// Ways to say how many that fit this list.
    pub(super) fn sizes_offered(&self) -> Vec<Sizes> {
        let here = self.types_here();
        let has = |code: &str| here.iter().any(|(_, known, _)| known == code);
        let mut offered = Vec::new();
        if has("foster-care") && has(IN_HOME) && here.len() == 2 {
            offered.push(Sizes::StateLed);
        }
        if !here.is_empty() {
            offered.push(Sizes::Each);
        }
        offered.push(Sizes::Whole);
        offered
    }

    pub(super) fn sizes(&self) -> Sizes {
        let at = self.at(Step::Plan, HowMany);
        self.sizes_offered().get(at).copied().unwrap_or(Sizes::Whole)
    }

    pub(super) fn plan_form(&self) -> Form<Slot> {
        let of = |slot, default: &str| match self.of(Step::Plan, slot) {
            "" => default.to_owned(),
            text => text.to_owned(),
        };
        let offered = self.sizes_offered().into_iter().map(|sizes| match sizes {
            Sizes::StateLed => "65: 40 foster care, 25 in-home (state-led)".to_owned(),
            Sizes::Each => "so many of each case type".to_owned(),
            Sizes::Whole => "so many in all, shared in proportion".to_owned(),
        });
        let mut form = Form::default().choice(
            HowMany,
            "How many",
            offered.collect(),
            self.at(Step::Plan, HowMany),
        );
        match self.sizes() {
            Sizes::StateLed => {}
            Sizes::Each => {
                for (at, _, title) in self.types_here() {
                    form = form.text(Size(at), &format!("  {title}"), of(Size(at), "20"));
                }
            }
            Sizes::Whole => form = form.text(Total, "  Cases in all", of(Total, "65")),
        }
        let strata =
            words(&["case type", "case type and region", "region", "case type and county"]);
        form = form.choice(Strata, "Strata by", strata, self.at(Step::Plan, Strata)).text(
            Spares,
            "Spares of each",
            of(Spares, "10"),
        );
        if self.column(Field::Worker).is_some() {
            let options = words(&["any number", "at most 1", "at most 2"]);
            form = form.choice(PerWorker, "Of one worker", options, self.at(Step::Plan, PerWorker));
        }
        if self.column(Field::Family).is_some() {
            let options = words(&["any number", "at most 1"]);
            form = form.choice(PerFamily, "Of one family", options, self.at(Step::Plan, PerFamily));
        }
        form.go(Go, "Count what can be drawn")
    }

    /// How many are enough, in words: cases to read for a percentage known within 10 and 5
    /// points at 95 %.
    pub fn size_words(&self) -> Option<String> {
        let cases = self.read.as_ref()?.cases;
        let level = Level::P95;
        let size = |margin| sample_size(cases, margin, level, 0.5).ok();
        let (ten, five) = (size(0.10)?, size(0.05)?);
        Some(format!(
            "How many are enough? To know a percentage of all {cases} cases within 10 points \
             either way (95 of 100 times) takes {ten} applicable cases, within 5 points {five}. \
             A region's own percentage needs as many again."
        ))
    }

    pub(super) fn open_seed_step(&mut self) {
        let mut form = Form::default()
            .text(Seed, "Seed", "")
            .text(SeedAgain, "The same once more", "")
            .text(GivenBy, "Given by", "")
            .text(Watched, "Watched by", "");
        let standing = self.standing.as_ref();
        if standing.is_some_and(|s| s.drawn.iter().any(|draw| draw.of_sealed)) {
            form = form.text(Reason, "Why a second draw", "");
        }
        let to_draw = standing.and_then(|s| s.sealed.as_ref()).map_or(0, |s| s.to_draw());
        let form = form
            .go(Go, format!("Draw {to_draw} cases with this seed"))
            .go(Another, "Take another list or plan instead");
        self.put(Step::Seed, form, Seed);
        self.step = Step::Seed;
    }

    pub(super) fn open_drawn_step(&mut self) {
        let open = self.standing.as_ref().map_or(0, |standing| standing.open);
        let form = Form::default().go(Go, format!("Go on: give out {open} open cases"));
        self.put(Step::Drawn, form, Go);
        self.step = Step::Drawn;
    }

    pub(super) fn open_assign_step(&mut self) {
        let people = self.standing.as_ref().map(|s| s.reviewers.join(" ")).unwrap_or_default();
        let first = if people.is_empty() { People } else { Go };
        let open = self.standing.as_ref().map_or(0, |standing| standing.open);
        let form = Form::default()
            .text(People, "Who reads", people)
            .choice(OtherRegion, "Region", words(&["any", "not their own"]), 0)
            .choice(OtherCounty, "County", words(&["any", "not their own"]), 0)
            .text(AtMost, "At most, each", "")
            .go(Go, format!("Give out {open} cases evenly"));
        self.put(Step::Assign, form, first);
        self.step = Step::Assign;
    }
}

/// The case type whose cases must be open for some time.
pub(super) const IN_HOME: &str = "in-home";
