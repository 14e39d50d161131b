//! The receipts of a draw made on screen: written beside the workspace.

use std::io;
use std::path::Path;

use super::Desk;
use crate::cli::Failure;
use crate::cli::sample::again::{self, Again};
use crate::cli::sample::told::clean_page;
use crate::exchange::write_private;
use crate::sampling::{Hash, page};
use crate::store::RoundRow;
use crate::task::drawing::Receipts;

impl Desk {
    /// Writes the receipts of a round's last draw. The log holds the draw by now; receipts that
    /// can't be written can be had again.
    pub(super) fn write_receipts(&self, row: &RoundRow, drawn: Again) -> Receipts {
        self.written(row, &drawn).unwrap_or_else(|why| Receipts {
            said: vec![format!(
                "the sample is drawn, but no receipt is written: {why}: `sample receipt --receipt \
                 FILE` writes it"
            )],
            ..Receipts::default()
        })
    }

    fn written(&self, row: &RoundRow, made: &Again) -> Result<Receipts, String> {
        let state =
            self.workspace.round(row.id).map_err(|error| format!("the workspace {error}"))?;
        let said = |failure: Failure| match failure {
            Failure::Wrong(text) | Failure::BadInput(text) | Failure::Workspace(text) => {
                text.trim_end().trim_start_matches("error: ").to_owned()
            }
            Failure::ClosedPipe => String::new(),
        };
        let drawn = again::find(&state, None).map_err(said)?;
        let receipt = made.receipt(&self.workspace, &state, drawn).map_err(said)?;
        let folder = self.workspace.path().parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let name = |what: &str| format!("{}-draw-{}-{what}", as_file_name(&row.name), drawn.number);
        let files = [
            (name("confidential.json"), "with every case", receipt.to_json()),
            (name("public.json"), "without cases", receipt.public().to_json()),
            (name("public.txt"), "the same as a page", clean_page(&page(&receipt))),
        ];
        let paths = files.each_ref().map(|(name, ..)| folder.join(name));
        let texts: Vec<(&Path, &[u8])> = paths
            .iter()
            .zip(&files)
            .map(|(path, (.., text))| (path.as_path(), text.as_bytes()))
            .collect();
        write_private(&texts)
            .map_err(|(path, error)| format!("{} can't be written: {error}", path.display()))?;
        Ok(Receipts {
            folder: folder.display().to_string(),
            files: files.map(|(name, what, _)| (name, what.to_owned())).to_vec(),
            said: Vec::new(),
        })
    }

    /// Says when the list that was sealed from here is another one by now.
    pub(super) fn changed_since(&self, sealed: &str) -> Option<String> {
        let file = Path::new(self.sealed.as_ref()?);
        let what = match std::fs::read(file) {
            Ok(bytes) if Hash::of(&bytes).to_string() == sealed => return None,
            Ok(_) => "was changed",
            Err(error) if error.kind() == io::ErrorKind::NotFound => "was taken away",
            Err(_) => return None,
        };
        let name = file.file_name().unwrap_or(file.as_os_str()).display();
        Some(format!("{name} {what} since: drawn is the list as it was sealed"))
    }
}

/// Letters and digits as they are, anything else a hyphen.
fn as_file_name(name: &str) -> String {
    let fits = |one: char| one.is_alphanumeric() || "-_.".contains(one);
    let name: String = name.chars().map(|one| if fits(one) { one } else { '-' }).collect();
    name.trim_start_matches('.').to_owned()
}
