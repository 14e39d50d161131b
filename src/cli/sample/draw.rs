//! `sample draw`: from frame and plan to sample and receipt.

use std::path::{Path, PathBuf};

use clap::Args;

use super::files;
use super::in_workspace::InWorkspace;
use super::receipt::Files;
use super::told::{drawn_text, tell_short};
use crate::cli::output::print;
use crate::cli::{Failure, Format, Global};
use crate::exchange::write_private;
use crate::sampling::{self, Frame, Origin, Receipt};
use crate::text::guard;

/// Draw a sample: from a FRAME into files, or from the round's frame into the workspace
#[derive(Debug, Args)]
pub(super) struct Draw {
    /// CSV file or Excel workbook of all cases; without it the frame of the workspace's round is drawn from
    #[arg(value_name = "FRAME", requires_all = ["plan", "out", "full"])]
    frame: Option<PathBuf>,
    /// Plan of the draw, a TOML file
    #[arg(long, value_name = "PLAN.toml", requires = "frame")]
    plan: Option<PathBuf>,
    /// Seed: dice, a lottery number, a date that was public beforehand
    #[arg(long, value_name = "TEXT")]
    seed: String,
    /// Who or what gave the seed, for the receipt
    #[arg(long, value_name = "TEXT")]
    seed_source: Option<String>,
    /// Name or office of someone who watched the seed being made; again for each
    #[arg(long = "witness", value_name = "WHO")]
    witnesses: Vec<String>,
    /// Where the sample is written: CSV
    #[arg(long, value_name = "FILE", requires = "frame")]
    out: Option<PathBuf>,
    #[command(flatten)]
    files: Files,
    /// Round of the workspace; without it the last one that is open
    #[arg(long, value_name = "N", conflicts_with = "frame")]
    round: Option<String>,
    /// Why a frame is drawn from a second time
    #[arg(long, value_name = "TEXT", conflicts_with = "frame")]
    reason: Option<String>,
}

impl Draw {
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let Self { seed, seed_source, witnesses, files, .. } = self;
        match (self.frame, self.plan, self.out) {
            (Some(frame), Some(plan), Some(out)) => {
                FromFile { frame, plan, seed, seed_source, witnesses, out, files }.run(global)
            }
            _ => {
                let (round, reason) = (self.round, self.reason);
                InWorkspace { seed, seed_source, round, reason, witnesses, files }.run(global)
            }
        }
    }
}

/// A draw from files into files.
struct FromFile {
    frame: PathBuf,
    plan: PathBuf,
    seed: String,
    seed_source: Option<String>,
    witnesses: Vec<String>,
    out: PathBuf,
    files: Files,
}

impl FromFile {
    fn run(self, global: &Global) -> Result<(), Failure> {
        self.check_paths()?;
        let plan_name = self.plan.display().to_string();
        let plan = files::plan(&plan_name, &files::text(&self.plan)?)?;
        let frame = files::frame(&self.frame, plan.mapping())?;
        files::tell_repeated(&frame);
        let draw = sampling::draw(&frame, &plan, &self.seed)
            .map_err(|problems| files::draw_problems(&plan_name, &problems))?;
        let origin = Origin {
            seed_source: self.seed_source.clone(),
            witnesses: self.witnesses.clone(),
            ..Origin::default()
        };
        let receipt = Receipt::new(&draw, &frame, &plan, origin);
        self.write(&draw, &frame, &receipt)?;

        tell_short(&draw);
        print(&match global.format {
            Some(Format::Json) => receipt.public().to_json(),
            Some(Format::Csv) => sample_csv(&draw, &frame),
            _ => drawn_text(&draw, &receipt),
        })
    }

    fn outputs(&self) -> impl Iterator<Item = (&'static str, &Path)> {
        [
            ("--out", Some(&self.out)),
            ("--receipt", self.files.full.as_ref()),
            ("--public-receipt", self.files.public.as_ref()),
            ("--page", self.files.page.as_ref()),
        ]
        .into_iter()
        .filter_map(|(name, path)| Some((name, path?.as_path())))
    }

    /// One file can't be two things.
    fn check_paths(&self) -> Result<(), Failure> {
        let mut seen = vec![("FRAME", real(&self.frame)), ("--plan", real(&self.plan))];
        for (name, path) in self.outputs() {
            let path = real(path);
            if let Some((other, _)) = seen.iter().find(|(_, known)| *known == path) {
                let path = path.display();
                return Err(files::bad(&format!("{name} and {other} are one file: {path}")));
            }
            seen.push((name, path));
        }
        Ok(())
    }

    fn write(
        &self,
        draw: &sampling::Draw,
        frame: &Frame,
        receipt: &Receipt,
    ) -> Result<(), Failure> {
        let sample = sample_csv(draw, frame);
        let receipts = self.files.texts(receipt);
        let mut written: Vec<(&Path, &[u8])> = vec![(&self.out, sample.as_bytes())];
        written.extend(receipts.iter().map(|(path, text)| (*path, text.as_bytes())));
        write_private(&written).map_err(|(path, error)| {
            files::bad(&format!("{} can't be written: {error}", path.display()))
        })
    }
}

/// The path by which the system knows a file, whether it is there yet or not.
fn real(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).canonicalize();
    match (path.canonicalize(), folder, path.file_name()) {
        (Ok(path), _, _) => path,
        (_, Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}

/// The drawn cases by stratum, then ticket, with the frame's columns as they stand there.
fn sample_csv(draw: &sampling::Draw, frame: &Frame) -> String {
    let mut csv = csv::Writer::from_writer(Vec::new());
    let mut row: Vec<String> =
        ["order", "role", "stratum", "ticket", "case"].map(str::to_owned).to_vec();
    row.extend(frame.header().iter().map(|name| guard(name).into_owned()));
    csv.write_record(&row).expect("memory can be written");
    for stratum in &draw.strata {
        for drawn in &stratum.cases {
            row.clear();
            row.push(drawn.order.to_string());
            row.push(drawn.role.code().to_owned());
            row.push(guard(&stratum.name).into_owned());
            row.push(drawn.ticket.to_string());
            row.push(guard(&drawn.case).into_owned());
            let cells = frame.case(drawn.position).cells();
            row.extend(cells.into_iter().map(|cell| guard(cell).into_owned()));
            csv.write_record(&row).expect("every row is as wide as the header");
        }
    }
    let bytes = csv.into_inner().expect("memory can be written");
    String::from_utf8(bytes).expect("UTF-8 in, UTF-8 out")
}
