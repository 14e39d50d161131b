//! What is written down of a draw.

use serde::{Deserialize, Serialize};

use super::{Draw, Frame, Hash, Plan, Removed, Supplement};

/// What stands in every receipt's first field.
const FORMAT: &str = "casereview sample 1";
/// How a ticket is made, in words that a reader needs nothing else for.
const TICKET: &str = "SHA-256 of SEED,CASE (UTF-8, no spaces), in lower-case hex";

/// A receipt: with the frame, enough to do the draw again. The full one lists the drawn
/// cases and is confidential, since case ids can be guessed from tickets once the seed is
/// known; the public one has the hash of the full one instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Format and version.
    pub receipt: String,
    /// `full` or `public`.
    pub kind: String,
    /// The program that drew, with its version.
    pub program: String,
    /// Where the draw belongs and who gave the seed.
    pub origin: Origin,
    /// The seed as given.
    pub seed: String,
    /// How tickets are made.
    pub ticket: String,
    /// The frame.
    pub frame: ReceiptFrame,
    /// The plan.
    pub plan: ReceiptPlan,
    /// What the filters took out.
    pub removed: Vec<ReceiptRemoved>,
    /// Cases left to draw from.
    pub eligible: u64,
    /// Strata in byte order of name.
    pub strata: Vec<ReceiptStratum>,
    /// Further spares, in the order they were drawn.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub supplements: Vec<ReceiptSupplement>,
    /// The drawn cases by stratum, then ticket; only in a full receipt.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cases: Option<Vec<ReceiptCase>>,
    /// SHA-256 of the full receipt's file; only in a public receipt.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub full_sha256: Option<String>,
}

/// Where a draw belongs and who gave the seed; what isn't known is null.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// Who or what gave the seed: "dice, rolled at the county board".
    pub seed_source: Option<String>,
    /// The round, in a workspace.
    pub round: Option<String>,
    /// The instrument's id and edition, in a workspace.
    pub instrument: Option<String>,
    /// Who watched the seed being made.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub witnesses: Vec<String>,
    /// Number of the draw in its round, in a workspace.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub draw: Option<u32>,
    /// Why the frame was drawn from again.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
}

/// The frame as a receipt names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptFrame {
    /// Cases in it.
    pub cases: u64,
    /// SHA-256 of the file.
    pub file_sha256: String,
    /// SHA-256 of the canonical form, by which verification judges.
    pub canonical_sha256: String,
}

/// The plan as a receipt carries it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptPlan {
    /// SHA-256 of the file.
    pub sha256: String,
    /// The file.
    pub text: String,
}

/// A filter and its count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptRemoved {
    /// The filter in words.
    pub filter: String,
    /// Cases it took out.
    pub cases: u64,
}

/// A stratum's counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptStratum {
    /// Its name.
    pub stratum: String,
    /// N: eligible cases.
    pub frame: u64,
    /// n: cases asked.
    pub size: u64,
    /// Cases drawn; fewer than asked where limits left it short.
    pub sample: u64,
    /// Spares drawn.
    pub spares: u64,
}

/// A supplementary draw: the next spares of a stratum that had none left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptSupplement {
    /// The stratum.
    pub stratum: String,
    /// Cases it brought.
    pub cases: u64,
    /// Who approved it.
    pub approved_by: String,
    /// Why it was needed.
    pub reason: String,
}

/// A drawn case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptCase {
    /// Place in its stratum, from 1.
    pub order: u64,
    /// `sample` or `spare`.
    pub role: String,
    /// Its stratum.
    pub stratum: String,
    /// Its ticket.
    pub ticket: String,
    /// Its id.
    pub case: String,
}

impl Receipt {
    /// The full receipt of a draw.
    pub fn new(draw: &Draw, frame: &Frame, plan: &Plan, origin: Origin) -> Self {
        let strata = draw.strata.iter().map(|stratum| ReceiptStratum {
            stratum: stratum.name.clone(),
            frame: stratum.frame,
            size: stratum.size,
            sample: stratum.sampled(),
            spares: stratum.spares(),
        });
        let cases = draw.strata.iter().flat_map(|stratum| {
            stratum.cases.iter().map(|case| ReceiptCase {
                order: case.order,
                role: case.role.code().to_owned(),
                stratum: stratum.name.clone(),
                ticket: case.ticket.to_string(),
                case: case.case.clone(),
            })
        });
        let removed = draw.removed.iter().map(|Removed { filter, cases }| ReceiptRemoved {
            filter: filter.clone(),
            cases: *cases,
        });
        Self {
            receipt: FORMAT.to_owned(),
            kind: "full".to_owned(),
            program: concat!("casereview ", env!("CARGO_PKG_VERSION")).to_owned(),
            origin,
            seed: draw.seed.clone(),
            ticket: TICKET.to_owned(),
            frame: ReceiptFrame {
                cases: draw.frame,
                file_sha256: frame.file_hash().to_string(),
                canonical_sha256: frame.canonical_hash().to_string(),
            },
            plan: ReceiptPlan { sha256: plan.hash().to_string(), text: plan.text().to_owned() },
            removed: removed.collect(),
            eligible: draw.eligible,
            strata: strata.collect(),
            supplements: Vec::new(),
            cases: Some(cases.collect()),
            full_sha256: None,
        }
    }

    /// The supplements as a draw takes them.
    pub fn supplements(&self) -> Vec<Supplement> {
        let one =
            |one: &ReceiptSupplement| Supplement { stratum: one.stratum.clone(), cases: one.cases };
        self.supplements.iter().map(one).collect()
    }

    /// The public receipt: without cases, with the full one's hash.
    #[must_use]
    pub fn public(&self) -> Self {
        Self {
            kind: "public".to_owned(),
            cases: None,
            full_sha256: Some(Hash::of(self.to_json().as_bytes()).to_string()),
            ..self.clone()
        }
    }

    /// The file: indented JSON with a newline at its end, always the same for one receipt.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self)
            .expect("a receipt is made of texts, numbers and lists");
        text.push('\n');
        text
    }

    /// Reads a receipt's file.
    ///
    /// # Errors
    /// In words, where it isn't one or is of a newer version.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let receipt: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if receipt.receipt != FORMAT {
            return Err(format!(
                "its format is {:?}, this program reads {FORMAT:?}",
                receipt.receipt
            ));
        }
        let fits = match receipt.kind.as_str() {
            "full" => receipt.cases.is_some() && receipt.full_sha256.is_none(),
            "public" => receipt.cases.is_none() && receipt.full_sha256.is_some(),
            _ => false,
        };
        if fits { Ok(receipt) } else { Err("it is neither a full nor a public receipt".to_owned()) }
    }
}
