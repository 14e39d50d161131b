//! How many cases to read.

use thiserror::Error;

use super::{Level, normal_quantile};

/// A question that has no sample size.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum SizeError {
    /// The margin is not between 0 and 1.
    #[error("margin {0} is not between 0 and 1: write five points as 0.05")]
    Margin(f64),
    /// The expected proportion is not between 0 and 1.
    #[error("proportion {0} is not between 0 and 1")]
    Proportion(f64),
    /// Expected proportion and goal are the same: no sample tells them apart.
    #[error("the expected proportion and the goal are both {0}: no sample tells them apart")]
    Same(f64),
    /// The power is not between 0 and 1.
    #[error("power {0} is not between 0 and 1")]
    Power(f64),
}

/// How many of `frame` cases to read so that a proportion near `p` is known within
/// +- `margin` at the level: n0 = z^2 p (1 - p) / e^2, with the correction for a finite
/// frame n0 / (1 + (n0 - 1) / N), rounded up. An empty frame needs 0.
///
/// Source: W. G. Cochran, Sampling Techniques, 3rd ed. (1977), section 4.4.
///
/// # Errors
/// A margin or proportion outside 0 to 1 (the margin not 0 or 1 either).
pub fn sample_size(frame: u64, margin: f64, level: Level, p: f64) -> Result<u64, SizeError> {
    if !(margin > 0.0 && margin < 1.0) {
        return Err(SizeError::Margin(margin));
    }
    if !(0.0..=1.0).contains(&p) {
        return Err(SizeError::Proportion(p));
    }
    if frame == 0 {
        return Ok(0);
    }
    let z = level.z();
    let endless = z * z * p * (1.0 - p) / (margin * margin);
    let size = endless / (1.0 + (endless - 1.0) / frame as f64);
    // One case is read even where p says that nothing varies.
    Ok(round_up(size).clamp(1, frame))
}

/// How many applicable cases show with probability `power` that a true proportion `p`
/// passes `goal`, in a one-sided test at the level's upper tail:
/// ((z_a sqrt(g (1 - g)) + z_b sqrt(p (1 - p))) / (p - g))^2, rounded up.
/// `confidence` and `power` are shares (0.8 for 80 %).
///
/// Source: J. L. Fleiss, Statistical Methods for Rates and Proportions, 2nd ed. (1981),
/// chapter 3, for one sample.
///
/// # Errors
/// Proportions or shares outside 0 to 1, or `p` equal to `goal`.
pub fn power_size(p: f64, goal: f64, confidence: f64, power: f64) -> Result<u64, SizeError> {
    for share in [p, goal, confidence] {
        if !(0.0..=1.0).contains(&share) {
            return Err(SizeError::Proportion(share));
        }
    }
    if !(power > 0.0 && power < 1.0) {
        return Err(SizeError::Power(power));
    }
    if p == goal {
        return Err(SizeError::Same(p));
    }
    let (alpha, beta) = (normal_quantile(confidence), normal_quantile(power));
    let reach = alpha * (goal * (1.0 - goal)).sqrt() + beta * (p * (1.0 - p)).sqrt();
    Ok(round_up((reach / (p - goal)).powi(2)))
}

/// Up to the next whole number, forgiving the last digits of a float that is one already.
fn round_up(size: f64) -> u64 {
    (size - size.abs() * 1e-12).ceil().max(0.0) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_the_usual_tables() {
        // Krejcie and Morgan (1970) print 291 for 1200 and 278 for 1000 at 5 points, 95 %.
        assert_eq!(sample_size(1200, 0.05, Level::P95, 0.5), Ok(292));
        assert_eq!(sample_size(1000, 0.05, Level::P95, 0.5), Ok(278));
        assert_eq!(sample_size(u64::MAX, 0.05, Level::P95, 0.5), Ok(385));
        assert_eq!(sample_size(10, 0.05, Level::P95, 0.5), Ok(10));
        assert_eq!(sample_size(1, 0.05, Level::P95, 0.5), Ok(1));
        assert_eq!(sample_size(0, 0.05, Level::P95, 0.5), Ok(0));
        assert_eq!(sample_size(100, 5.0, Level::P95, 0.5), Err(SizeError::Margin(5.0)));
    }

    #[test]
    fn power_needs_a_gap() {
        // ((1.644854 * 0.5 + 0.841621 * 0.489898) / 0.1)^2 = 152.46...
        assert_eq!(power_size(0.6, 0.5, 0.95, 0.8), Ok(153));
        assert_eq!(power_size(0.5, 0.5, 0.95, 0.8), Err(SizeError::Same(0.5)));
    }
}
