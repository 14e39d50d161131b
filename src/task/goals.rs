//! The improvement plan's page: where each measure stands, and the form on which its quarterly
//! table is written to a file.

use crate::pip::{MeasureStanding, Plan, Standing};

use super::form::Form;
use super::list::Cursor;
use super::results::{FileFormat, Save, SaveSlot, What};
use super::{Action, Effect};

/// The plan in force with its measures counted.
#[derive(Debug, Clone)]
pub struct Page {
    /// The plan.
    pub plan: Plan,
    /// Where it stands.
    pub standing: Standing,
    /// The folder files are written to where a name has none.
    pub folder: String,
}

/// The page.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// What was counted; none until it arrived.
    pub page: Option<Page>,
    /// The highlighted measure.
    pub measure: Cursor,
    /// Opened from the results, to which it goes back.
    pub from_results: bool,
    /// The form on which the quarterly table is written to a file.
    pub saving: Option<Form<SaveSlot>>,
    /// Why the file was not written.
    pub problem: Option<String>,
}

impl State {
    /// What has it counted.
    pub fn load(&self) -> Effect {
        Effect::LoadGoals
    }

    /// Takes in what was counted.
    pub fn learn(&mut self, page: Page) {
        self.measure.settle(page.standing.measures.len());
        self.page = Some(page);
    }

    /// The highlighted measure.
    pub fn chosen(&self) -> Option<&MeasureStanding> {
        self.page.as_ref()?.standing.measures.get(self.measure.at())
    }

    /// Whether an action works here.
    pub fn takes(&self, action: Action) -> bool {
        if let Some(form) = &self.saving {
            return form.takes(action) || (action == Action::Back && form.editing().is_none());
        }
        match action {
            Action::NextItem | Action::PreviousItem | Action::Back => true,
            Action::SaveAs => self.page.is_some(),
            other => super::available::is_move(other),
        }
    }

    /// Moves about, or fills the form in.
    pub fn act(&mut self, action: Action) -> Vec<Effect> {
        if self.saving.is_some() {
            return self.act_on_saving(action);
        }
        let len = self.page.as_ref().map_or(0, |page| page.standing.measures.len());
        match action {
            Action::SaveAs => {
                self.problem = None;
                self.saving = Some(form(FileFormat::Csv));
            }
            Action::NextItem => self.measure.put(self.measure.at() + 1, len),
            Action::PreviousItem => self.measure.put(self.measure.at().saturating_sub(1), len),
            other => {
                self.measure.act(other, len);
            }
        }
        Vec::new()
    }

    fn act_on_saving(&mut self, action: Action) -> Vec<Effect> {
        let before = self.to_save();
        let Some(open) = &mut self.saving else { return Vec::new() };
        if action == Action::Back {
            self.saving = None;
            return Vec::new();
        }
        self.problem = None;
        if open.act(action) == Some(SaveSlot::Go) {
            if open.written(SaveSlot::File).is_empty() {
                self.problem = Some("the file needs a name".to_owned());
                open.go_to(SaveSlot::File);
                return Vec::new();
            }
            return self.to_save().map(Effect::SaveResults).into_iter().collect();
        }
        // The name follows the format as long as it is the one proposed.
        let proposed = before.filter(|before| before.what.file() == before.file).is_some();
        if proposed && matches!(action, Action::Turn | Action::TurnBack) {
            let at = open.chosen(SaveSlot::Format).unwrap_or(0);
            let format = FileFormat::ALL.get(at).copied().unwrap_or(FileFormat::Csv);
            self.saving = Some(form(format));
        }
        Vec::new()
    }

    /// What the form stands at.
    pub fn to_save(&self) -> Option<Save> {
        let form = self.saving.as_ref()?;
        let format = FileFormat::ALL.get(form.chosen(SaveSlot::Format)?).copied()?;
        Some(Save { what: What::Plan(format), file: form.written(SaveSlot::File).to_owned() })
    }

    /// The text being written, and on which line.
    pub fn editing(&self) -> Option<(SaveSlot, &str)> {
        let form = self.saving.as_ref()?;
        Some((form.here()?.key, form.editing()?))
    }

    /// The text is now this.
    pub fn type_text(&mut self, text: String) {
        if let Some(form) = &mut self.saving {
            form.type_text(text);
        }
    }

    /// A file was written, or why not; the form stays open then.
    pub fn learn_saved(&mut self, done: Result<(), String>) {
        match done {
            Ok(()) => (self.saving, self.problem) = (None, None),
            Err(why) => self.problem = Some(why),
        }
    }
}

/// The form, with a name that fits the format.
fn form(format: FileFormat) -> Form<SaveSlot> {
    let names = FileFormat::ALL.iter().map(|one| one.name().to_owned()).collect();
    let at = FileFormat::ALL.iter().position(|one| *one == format).unwrap_or(0);
    Form::default()
        .choice(SaveSlot::Format, "As", names, at)
        .text(SaveSlot::File, "File", What::Plan(format).file())
        .go(SaveSlot::Go, "Write the file")
}
