//! The forms: what is shown, with the table under it; and into which file it goes.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Text;

use crate::task::form::Form;
use crate::task::results::{Save, SaveSlot, Slot};
use crate::tui::editor::Editor;
use crate::tui::layout::{below, rule};
use crate::tui::prose::Prose;
use crate::tui::theme::Theme;
use crate::tui::view::form;

/// Draws the form of what is shown; gives the area left for the table.
pub(super) fn choosing(
    frame: &mut Frame<'_>,
    theme: Theme,
    area: Rect,
    chosen: &Form<Slot>,
) -> Rect {
    let height = form::height(chosen).min(area.height / 2);
    form::draw(frame, theme, Rect { height, ..area }, chosen, |_| String::new(), None);
    let after = below(area, height);
    rule(frame, theme, after);
    below(after, 1)
}

/// The form of a file to be written, with what stands beside it.
pub(in crate::tui::view) struct Saving<'s> {
    pub form: &'s Form<SaveSlot>,
    pub folder: &'s str,
    pub problem: Option<&'s str>,
    pub save: Option<Save>,
    pub drafts: bool,
}

/// Draws the form of a file to be written.
pub(in crate::tui::view) fn saving(
    frame: &mut Frame<'_>,
    theme: Theme,
    area: Rect,
    from: &Saving<'_>,
    editor: Option<&Editor>,
) {
    let form = from.form;
    let area = below(area, 1);
    let height = form::height(form).min(area.height);
    let folder = from.folder;
    let note = |slot: SaveSlot| match slot {
        SaveSlot::File => format!("in {folder}"),
        _ => String::new(),
    };
    form::draw(frame, theme, Rect { height, ..area }, form, note, editor);
    let mut prose = Prose::new(area.width);
    prose.gap();
    if let Some(problem) = from.problem {
        prose.text(theme.strong(), problem);
        prose.gap();
    }
    if let Some(save) = &from.save {
        prose.text(theme.quiet(), "The same as");
        prose.text(theme.text(), &format!("casereview {}", save.what.command()));
        prose.gap();
    }
    prose.text(
        theme.quiet(),
        "Only you may read the file. It is internal: small numbers are shown in it. A file that is there is never replaced.",
    );
    if from.drafts {
        prose.text(theme.quiet(), "It holds drafts, which may still change, and says so.");
    }
    let rest = below(area, height + 1);
    frame.render_widget(Text::from(prose.into_lines()), rest);
}
