//! The guided path from a list of cases to assigned reviews: list, columns, filters, plan,
//! seal, seed, sample, assign. Each step says what it will do; nothing is written before the
//! frame is sealed, and no seed is taken before that.

mod facts;
mod guess;
mod plan_text;
mod steps;

pub use facts::{
    Ask, Counted, Given, Opened, Preview, Read, Receipts, Rules, Standing, Stratum, Told,
};
pub use plan_text::plan_text;
pub use steps::{Slot, Step};

use std::collections::BTreeMap;

use super::form::Form;
use super::{Action, Effect};
use crate::sampling::Field;

/// Work that takes a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Busy {
    /// What is being done.
    pub what: String,
    /// Bytes done.
    pub done: u64,
    /// Bytes in all; 0 where that isn't known.
    pub of: u64,
}

/// The guided path.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Where the round stands; none until it is known.
    pub standing: Option<Standing>,
    /// The open step.
    pub step: Step,
    forms: BTreeMap<Step, Form<Slot>>,
    /// What is being worked on; only stopping it is possible then.
    pub busy: Option<Busy>,
    /// What is wrong with what was given.
    pub problems: Vec<String>,
    /// What a reader of the file should be told.
    pub notices: Vec<String>,
    /// The list of cases as it looks.
    pub preview: Option<Preview>,
    /// The list of cases as read.
    pub read: Option<Read>,
    /// What the plan comes to.
    pub counted: Option<Counted>,
    /// The receipts of the draw just made.
    pub receipts: Receipts,
    /// Where cases went.
    pub given: Option<Given>,
    /// The text of the plan that was counted.
    plan: String,
}

impl State {
    /// The form of the open step.
    pub fn form(&self) -> Option<&Form<Slot>> {
        self.forms.get(&self.step)
    }
    fn of(&self, step: Step, slot: Slot) -> &str {
        self.forms.get(&step).map_or("", |form| form.written(slot))
    }
    fn at(&self, step: Step, slot: Slot) -> usize {
        self.forms.get(&step).and_then(|form| form.chosen(slot)).unwrap_or(0)
    }

    /// The text being written, with the line it is on.
    pub fn editing(&self) -> Option<(Step, Slot, &str)> {
        let (slot, text) = self.form()?.writing()?;
        Some((self.step, slot, text))
    }
    /// The text is now this.
    pub fn type_text(&mut self, text: String) {
        if let Some(form) = self.forms.get_mut(&self.step) {
            form.type_text(text);
        }
    }

    /// Whether an action is available.
    pub fn takes(&self, action: Action) -> bool {
        let form = self.form();
        let typing = form.is_some_and(|form| form.editing().is_some());
        match action {
            Action::Stop => self.busy.is_some(),
            Action::StepBack => self.busy.is_none() && !typing && self.before().is_some(),
            Action::Back => self.busy.is_none() && !typing && self.before().is_none(),
            _ => self.busy.is_none() && form.is_some_and(|form| form.takes(action)),
        }
    }

    /// The step Esc goes to; none where it leaves the path. Behind the seal no step is taken
    /// back.
    fn before(&self) -> Option<Step> {
        match self.step {
            Step::Columns => Some(Step::File),
            Step::Filters => Some(Step::Columns),
            Step::Plan => Some(Step::Filters),
            Step::Seal if self.has_plan_file() => Some(Step::File),
            Step::Seal => Some(Step::Plan),
            _ => None,
        }
    }

    fn has_plan_file(&self) -> bool {
        !self.of(Step::File, Slot::PlanFile).is_empty()
    }

    /// Does what a line or key says.
    pub fn act(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Stop => return vec![Effect::Draw(Ask::Stop)],
            Action::StepBack => {
                self.problems.clear();
                self.step = self.before().unwrap_or(self.step);
                return Vec::new();
            }
            _ => {}
        }
        let Some(form) = self.forms.get_mut(&self.step) else { return Vec::new() };
        let changes = matches!(action, Action::Turn | Action::TurnBack);
        let Some(slot) = form.act(action) else {
            if changes {
                self.problems.clear();
                self.follow_choice();
            }
            return Vec::new();
        };
        self.problems.clear();
        self.go(slot).into_iter().map(Effect::Draw).collect()
    }

    /// Some choices make other lines come and go.
    fn follow_choice(&mut self) {
        let Some(here) = self.form().and_then(|form| form.here()).map(|line| line.key) else {
            return;
        };
        if here == Slot::HowMany {
            let form = self.plan_form();
            self.put(Step::Plan, form, here);
        }
    }

    /// What the line that does something asks for.
    fn go(&mut self, slot: Slot) -> Option<Ask> {
        match (self.step, slot) {
            (Step::File, _) => {
                let file = self.of(Step::File, Slot::File).to_owned();
                let plan_file = self.of(Step::File, Slot::PlanFile).to_owned();
                if file.is_empty() {
                    return self.complain("name the list of cases: a CSV file or Excel workbook");
                }
                self.start("looking at the list of cases");
                Some(Ask::Preview { file, plan_file })
            }
            (Step::Columns, _) => {
                if self.column(Field::Case).is_none() {
                    return self.complain("say which column holds the case id");
                }
                self.start("reading the list of cases");
                self.plan = plan_text(self, false);
                Some(Ask::Read { file: self.file(), plan: self.plan.clone() })
            }
            (Step::Filters, _) => {
                let form = self.plan_form();
                self.put(Step::Plan, form, Slot::HowMany);
                self.step = Step::Plan;
                None
            }
            (Step::Plan, _) => {
                self.start("counting what can be drawn");
                self.plan = plan_text(self, true);
                Some(Ask::Count { file: self.file(), plan: self.plan.clone() })
            }
            (Step::Seal, _) => Some(Ask::Seal),
            (Step::Seed, Slot::Another) => {
                self.open_file_step();
                None
            }
            (Step::Seed, _) => self.draw(),
            (Step::Drawn, _) => {
                self.open_assign_step();
                None
            }
            (Step::Assign, _) => self.assign(),
            (Step::Done, _) => Some(Ask::Leave),
        }
    }

    fn draw(&mut self) -> Option<Ask> {
        let seed = self.of(Step::Seed, Slot::Seed).to_owned();
        let given_by = self.of(Step::Seed, Slot::GivenBy).to_owned();
        let reason = self.of(Step::Seed, Slot::Reason).to_owned();
        if seed.is_empty() {
            return self.complain("type the seed as it was rolled or published");
        }
        if seed != self.of(Step::Seed, Slot::SeedAgain) {
            return self.complain("the two seeds are not the same: type them again");
        }
        if given_by.is_empty() {
            return self.complain("say who rolled the dice, or where the seed was published");
        }
        if self.form().is_some_and(|form| form.has(Slot::Reason)) && reason.is_empty() {
            return self.complain("say why the frame is drawn from a second time");
        }
        let watched = self.of(Step::Seed, Slot::Watched);
        let watched = watched.split(';').map(str::trim).filter(|name| !name.is_empty());
        let watched = watched.map(str::to_owned).collect();
        Some(Ask::Draw { seed, given_by, watched, reason })
    }

    fn assign(&mut self) -> Option<Ask> {
        let people = self.of(Step::Assign, Slot::People);
        let people: Vec<String> = people
            .split([' ', ',', ';'])
            .filter(|code| !code.is_empty())
            .map(str::to_owned)
            .collect();
        if people.is_empty() {
            return self.complain("name who reads: codes of people, parted by blanks");
        }
        let at_most = self.of(Step::Assign, Slot::AtMost);
        let limit = at_most.parse().ok().filter(|limit| *limit > 0);
        if !at_most.is_empty() && limit.is_none() {
            return self.complain("the most cases for each is a whole number, or nothing");
        }
        Some(Ask::Assign(Rules {
            people,
            other_region: self.at(Step::Assign, Slot::OtherRegion) == 1,
            other_county: self.at(Step::Assign, Slot::OtherCounty) == 1,
            at_most: limit,
        }))
    }

    fn complain(&mut self, what: &str) -> Option<Ask> {
        self.problems = vec![what.to_owned()];
        None
    }
    fn start(&mut self, what: &str) {
        self.busy = Some(Busy { what: what.to_owned(), done: 0, of: 0 });
    }
    fn file(&self) -> String {
        self.of(Step::File, Slot::File).to_owned()
    }

    /// Takes in what came of an ask.
    pub fn learn(&mut self, told: Told) -> Vec<Effect> {
        if !matches!(told, Told::Progress { .. }) {
            self.busy = None;
        }
        match told {
            Told::Standing(standing) => self.begin(*standing),
            Told::Progress { done, of } => {
                if let Some(busy) = &mut self.busy {
                    (busy.done, busy.of) = (done, of);
                }
            }
            Told::Stopped => self.problems = vec!["stopped: nothing was written".to_owned()],
            Told::Problems(problems) => self.problems = problems,
            Told::Preview(preview) => return self.see(*preview),
            Told::Read(read) => {
                self.notices.clone_from(&read.notices);
                self.read = Some(*read);
                let form = self.filters_form();
                self.put(Step::Filters, form, Slot::Go);
                self.step = Step::Filters;
            }
            Told::Counted(counted) => {
                self.notices.clone_from(&counted.notices);
                self.counted = Some(*counted);
                let form = Form::default().go(Slot::Go, "Seal this frame and this plan in the log");
                self.put(Step::Seal, form, Slot::Go);
                self.step = Step::Seal;
            }
            Told::Sealed(standing) => {
                self.notices.clear();
                self.standing = Some(*standing);
                self.open_seed_step();
            }
            Told::Drawn(standing, receipts) => {
                self.standing = Some(*standing);
                self.receipts = receipts;
                self.open_drawn_step();
            }
            Told::Given(given) => {
                self.given = Some(*given);
                let form = Form::default().go(Slot::Go, "Go to the sample board");
                self.put(Step::Done, form, Slot::Go);
                self.step = Step::Done;
            }
        }
        Vec::new()
    }

    /// Where the path goes on: at the file, the seed, or the assignment.
    fn begin(&mut self, standing: Standing) {
        let (sealed, drawn) = (standing.sealed.is_some(), !standing.drawn.is_empty());
        let open = standing.open;
        *self = Self { standing: Some(standing), ..Self::default() };
        match (sealed, drawn, open) {
            (false, ..) => self.open_file_step(),
            (true, true, 1..) => self.open_drawn_step(),
            (true, ..) => self.open_seed_step(),
        }
    }

    fn see(&mut self, preview: Preview) -> Vec<Effect> {
        let plan = preview.plan.clone();
        self.preview = Some(preview);
        if let Some(plan) = plan {
            // The plan's file says all that the next steps would ask.
            self.plan = plan;
            self.start("counting what can be drawn");
            let ask = Ask::Count { file: self.file(), plan: self.plan.clone() };
            return vec![Effect::Draw(ask)];
        }
        let form = self.columns_form();
        self.put(Step::Columns, form, Slot::Go);
        self.step = Step::Columns;
        Vec::new()
    }

    fn put(&mut self, step: Step, mut form: Form<Slot>, at: Slot) {
        form.go_to(at);
        self.forms.insert(step, form);
    }
}
