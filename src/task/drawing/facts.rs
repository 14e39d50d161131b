//! What the guided path asks of the outside, and what it is told.

/// Something to be done outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Say where the round stands: [`Told::Standing`].
    Standing,
    /// Look at the first rows of a list of cases, and at a plan's file where one is named:
    /// [`Told::Preview`].
    Preview {
        /// Path of the list.
        file: String,
        /// Path of the plan, or empty.
        plan_file: String,
    },
    /// Read the whole list, aside: [`Told::Progress`], then [`Told::Read`].
    Read {
        /// Path of the list.
        file: String,
        /// Text of a plan with its columns.
        plan: String,
    },
    /// Read the list and count what the plan comes to, aside: [`Told::Progress`], then
    /// [`Told::Counted`]. Nothing is written.
    Count {
        /// Path of the list.
        file: String,
        /// Text of the plan.
        plan: String,
    },
    /// Stop what is done aside: [`Told::Stopped`].
    Stop,
    /// Write frame and plan, as counted last, to the log: [`Told::Sealed`].
    Seal,
    /// Draw from the sealed frame: [`Told::Drawn`].
    Draw {
        /// The seed.
        seed: String,
        /// Who gave it.
        given_by: String,
        /// Who watched.
        watched: Vec<String>,
        /// Why the frame is drawn from again, or empty.
        reason: String,
    },
    /// Give out every open case: [`Told::Given`].
    Assign(Rules),
    /// Leave the path for the sample board.
    Leave,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Where the round stands.
    Standing(Box<Standing>),
    /// How far the work is, in bytes.
    Progress {
        /// Done.
        done: u64,
        /// In all.
        of: u64,
    },
    /// The work was stopped.
    Stopped,
    /// What is wrong, a line each.
    Problems(Vec<String>),
    /// How the list looks.
    Preview(Box<Preview>),
    /// The list was read.
    Read(Box<Read>),
    /// What the plan comes to.
    Counted(Box<Counted>),
    /// Frame and plan stand in the log.
    Sealed(Box<Standing>),
    /// The sample is drawn, and these receipts are written.
    Drawn(Box<Standing>, Receipts),
    /// Cases were given out.
    Given(Box<Given>),
}

/// Where a round stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// Its name.
    pub round: String,
    /// Case types of its instrument: code and title.
    pub case_types: Vec<(String, String)>,
    /// The period under review, as in files, where it is set.
    pub under_review: String,
    /// The frame sealed last.
    pub sealed: Option<Sealed>,
    /// Every draw.
    pub drawn: Vec<Opened>,
    /// Sampled cases that nobody reads.
    pub open: usize,
    /// Codes of the reviewers.
    pub reviewers: Vec<String>,
}

/// What was written down of a draw.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Receipts {
    /// The folder they lie in.
    pub folder: String,
    /// Names of the files, each with what it is.
    pub files: Vec<(String, String)>,
    /// What else is to be known: why they could not be written, that the list was changed.
    pub said: Vec<String>,
}

/// A sealed frame.
pub type Sealed = Counted;

/// A draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Its number in the round.
    pub number: u32,
    /// Its seed.
    pub seed: String,
    /// Who gave it.
    pub given_by: String,
    /// Sample and spares by stratum.
    pub strata: Vec<(String, u64, u64)>,
    /// The hash of the frame it was drawn from is the one sealed last.
    pub of_sealed: bool,
}

/// How a list of cases looks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preview {
    /// Names of its columns.
    pub columns: Vec<String>,
    /// Cells of its first rows.
    pub examples: Vec<Vec<String>>,
    /// The sheet of a workbook that they stand on.
    pub sheet: Option<String>,
    /// The text of the plan's file.
    pub plan: Option<String>,
}

/// A list of cases as read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Read {
    /// Its cases.
    pub cases: u64,
    /// Words for the case type, and how many cases have each.
    pub types: Vec<(String, u64)>,
    /// Different regions.
    pub regions: usize,
    /// Different counties.
    pub counties: usize,
    /// What a reader should be told.
    pub notices: Vec<String>,
}

/// What a plan comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counted {
    /// SHA-256 of the file, hex.
    pub file_hash: String,
    /// SHA-256 of the frame's canonical form, hex.
    pub canonical_hash: String,
    /// Cases of the frame.
    pub cases: u64,
    /// What each filter took out.
    pub removed: Vec<(String, u64)>,
    /// The strata.
    pub strata: Vec<Stratum>,
    /// What a reader should be told.
    pub notices: Vec<String>,
}

impl Counted {
    /// Eligible cases.
    pub fn eligible(&self) -> u64 {
        self.strata.iter().map(|stratum| stratum.eligible).sum()
    }
    /// Cases to draw.
    pub fn to_draw(&self) -> u64 {
        self.strata.iter().map(|stratum| stratum.to_draw).sum()
    }
}

/// A stratum before the draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stratum {
    /// Its name.
    pub name: String,
    /// Eligible cases.
    pub eligible: u64,
    /// Cases to draw.
    pub to_draw: u64,
}

/// By which rules open cases are given out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rules {
    /// Codes of those who read.
    pub people: Vec<String>,
    /// Nobody reads a case of their own region.
    pub other_region: bool,
    /// Nobody reads a case of their own county.
    pub other_county: bool,
    /// Nobody has more cases than this.
    pub at_most: Option<u32>,
}

/// Where cases went.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Given {
    /// Code, new cases, cases in all.
    pub people: Vec<(String, usize, usize)>,
    /// Cases nobody can get, with the rule that keeps each person from it.
    pub left: Vec<String>,
}
