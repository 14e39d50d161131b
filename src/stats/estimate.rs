//! A proportion estimated from a stratified sample of a finite frame.

use thiserror::Error;

use super::{Interval, Level, t_quantile};

/// What was seen of one stratum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StratumCount {
    /// N: cases in the frame.
    pub frame: u64,
    /// n: cases sampled.
    pub sampled: u64,
    /// Of them, those to which the item applies.
    pub applicable: u64,
    /// Of those, the strengths.
    pub strength: u64,
}

/// Counts that can't be: which stratum (position in the input) and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum EstimateError {
    /// The frame has cases, none was sampled.
    #[error("no case sampled of {frame} in the frame: nothing stands for this stratum")]
    Unsampled {
        /// N of the stratum.
        frame: u64,
    },
    /// More sampled than in the frame.
    #[error("{sampled} cases sampled of {frame} in the frame")]
    Sampled {
        /// n of the stratum.
        sampled: u64,
        /// N of the stratum.
        frame: u64,
    },
    /// More applicable than sampled.
    #[error("{applicable} applicable cases of {sampled} sampled")]
    Applicable {
        /// Applicable cases.
        applicable: u64,
        /// n of the stratum.
        sampled: u64,
    },
    /// More strengths than applicable.
    #[error("{strength} strengths of {applicable} applicable cases")]
    Strength {
        /// Strengths.
        strength: u64,
        /// Applicable cases.
        applicable: u64,
    },
}

/// A stratified estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The estimated proportion of strengths among applicable cases of the frame.
    pub proportion: f64,
    /// Its standard error.
    pub error: f64,
    /// +- z standard errors, cut at 0 and 1.
    pub normal: Interval,
    /// +- t standard errors, cut at 0 and 1; `None` without a degree of freedom.
    pub student: Option<Interval>,
    /// Sampled cases less strata.
    pub degrees: u64,
    /// Strata of one sampled case out of several, centred at the grand mean.
    pub lonely: u64,
    /// Whether an end of an interval was cut.
    pub cut: bool,
}

/// The proportion of strengths among applicable cases, each stratum weighing N/n, with a
/// standard error by linearisation. Not-applicable cases stay in as zeros: the applicable
/// ones are a domain, not a smaller sample. The finite population correction is applied.
/// A stratum with one sampled case has no spread of its own and is centred at the grand
/// mean, which linearisation makes 0. `Ok(None)` where no sampled case is applicable.
///
/// Source: W. G. Cochran, Sampling Techniques, 3rd ed. (1977), sections 5A.14 and 6.11;
/// T. Lumley, Complex Surveys (2010), and his R package survey, `lonely.psu = "adjust"`.
///
/// # Errors
/// Every stratum whose counts can't be, with its position.
pub fn stratified(
    strata: &[StratumCount],
    level: Level,
) -> Result<Option<Estimate>, Vec<(usize, EstimateError)>> {
    let wrong: Vec<_> =
        strata.iter().enumerate().filter_map(|(at, stratum)| Some((at, check(stratum)?))).collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let strata: Vec<_> = strata.iter().filter(|stratum| stratum.sampled > 0).collect();
    let weighed = |count: fn(&StratumCount) -> u64| -> f64 {
        strata
            .iter()
            .map(|stratum| stratum.frame as f64 / stratum.sampled as f64 * count(stratum) as f64)
            .sum()
    };
    let applicable = weighed(|stratum| stratum.applicable);
    if applicable == 0.0 {
        return Ok(None);
    }
    let p = weighed(|stratum| stratum.strength) / applicable;
    let variance: f64 = strata.iter().map(|stratum| contribution(stratum, p)).sum();
    let error = variance.sqrt() / applicable;
    let sampled: u64 = strata.iter().map(|stratum| stratum.sampled).sum();
    let degrees = sampled - strata.len() as u64;
    let around = |factor: f64| (p - factor * error, p + factor * error);
    let z = around(level.z());
    let t = (degrees > 0).then(|| around(t_quantile(1.0 - level.tail(), degrees as f64)));
    let outside = |(low, high): (f64, f64)| low < 0.0 || high > 1.0;
    let within = |(low, high): (f64, f64)| Interval { low: low.max(0.0), high: high.min(1.0) };
    Ok(Some(Estimate {
        proportion: p,
        error,
        normal: within(z),
        student: t.map(within),
        degrees,
        lonely: strata.iter().filter(|s| s.sampled == 1 && s.frame > 1).count() as u64,
        cut: outside(z) || t.is_some_and(outside),
    }))
}

/// N^2 (1 - n/N) / n s^2 with s^2 the variance of z = strength - p applicable.
fn contribution(stratum: &StratumCount, p: f64) -> f64 {
    let (frame, sampled) = (stratum.frame as f64, stratum.sampled as f64);
    let (applicable, strength) = (stratum.applicable as f64, stratum.strength as f64);
    let lonely = stratum.sampled == 1;
    let mean = if lonely { 0.0 } else { (strength - p * applicable) / sampled };
    let squares = strength * (1.0 - p - mean).powi(2)
        + (applicable - strength) * (p + mean).powi(2)
        + (sampled - applicable) * mean * mean;
    let spread = if lonely { squares } else { squares / (sampled - 1.0) };
    frame * (frame - sampled) / sampled * spread
}

fn check(stratum: &StratumCount) -> Option<EstimateError> {
    let &StratumCount { frame, sampled, applicable, strength } = stratum;
    if sampled > frame {
        Some(EstimateError::Sampled { sampled, frame })
    } else if applicable > sampled {
        Some(EstimateError::Applicable { applicable, sampled })
    } else if strength > applicable {
        Some(EstimateError::Strength { strength, applicable })
    } else if sampled == 0 && frame > 0 {
        Some(EstimateError::Unsampled { frame })
    } else {
        None
    }
}
