//! Confidence levels and the normal quantile.

use thiserror::Error;

/// A two-sided confidence level in percent, from 50 to below 100.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Level(f64);

/// A number that is no confidence level.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum LevelError {
    /// Between 0 and 1: most likely meant as a share.
    #[error("level {share} is a share, give it in percent, as in {}", .share * 100.0)]
    Share {
        /// As given.
        share: f64,
    },
    /// Below 50, 100 or more, or no number.
    #[error("level {0} is no confidence level in percent, give 80, 90, 95, 99 or one in between")]
    Range(f64),
}

impl Level {
    /// 95 %, the default everywhere.
    pub const P95: Self = Self(95.0);

    /// A level from percent.
    ///
    /// # Errors
    /// Below 50, from 100 on, not a number; a share such as 0.95 is named as such.
    pub fn percent(percent: f64) -> Result<Self, LevelError> {
        if (50.0..100.0).contains(&percent) {
            Ok(Self(percent))
        } else if (0.5..1.0).contains(&percent) {
            Err(LevelError::Share { share: percent })
        } else {
            Err(LevelError::Range(percent))
        }
    }

    /// The level in percent.
    pub fn as_percent(self) -> f64 {
        self.0
    }

    /// Half of what lies outside: 0.025 for 95 %.
    pub fn tail(self) -> f64 {
        (100.0 - self.0) / 200.0
    }

    /// The exact normal quantile of the level, two-sided: 1.95996... for 95 %.
    pub fn z(self) -> f64 {
        -normal_quantile(self.tail())
    }
}

/// The standard normal quantile of `p`, to about 16 digits.
///
/// Source: M. J. Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988) 477-484:
/// a rational function of degree seven in the middle and two in the tails.
/// `p` of 0 or 1 gives an infinity.
pub fn normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.425 * 0.425 - q * q;
        return q * ratio(&MIDDLE, r);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    if tail <= 0.0 {
        return f64::INFINITY.copysign(q);
    }
    let r = (-tail.ln()).sqrt();
    let size = if r <= 5.0 { ratio(&NEAR, r - 1.6) } else { ratio(&FAR, r - 5.0) };
    size.copysign(q)
}

/// Numerator and denominator, from the constant term up.
type Rational = ([f64; 8], [f64; 8]);

fn ratio((above, below): &Rational, r: f64) -> f64 {
    let horner = |terms: &[f64; 8]| terms.iter().rev().fold(0.0, |sum, term| sum * r + term);
    horner(above) / horner(below)
}

const MIDDLE: Rational = (
    [
        3.387_132_872_796_366_5,
        1.331_416_678_917_843_8e2,
        1.971_590_950_306_551_3e3,
        1.373_169_376_550_946e4,
        4.592_195_393_154_987e4,
        6.726_577_092_700_87e4,
        3.343_057_558_358_813e4,
        2.509_080_928_730_122_7e3,
    ],
    [
        1.0,
        4.231_333_070_160_091e1,
        6.871_870_074_920_579e2,
        5.394_196_021_424_751e3,
        2.121_379_430_158_659_7e4,
        3.930_789_580_009_271e4,
        2.872_908_573_572_194_3e4,
        5.226_495_278_852_854e3,
    ],
);
const NEAR: Rational = (
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        2.417_807_251_774_506e-1,
        2.272_384_498_926_918_4e-2,
        7.745_450_142_783_414e-4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        6.897_673_349_851e-1,
        1.481_039_764_274_800_8e-1,
        1.519_866_656_361_645_7e-2,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ],
);
const FAR: Rational = (
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        2.965_605_718_285_048_7e-1,
        2.653_218_952_657_612_4e-2,
        1.242_660_947_388_078_4e-3,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ],
    [
        1.0,
        5.998_322_065_558_88e-1,
        1.369_298_809_227_358e-1,
        1.487_536_129_085_061_5e-2,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_7e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ],
);

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_agree_with_scipy() {
        // scipy 1.12 `norm.ppf`.
        for (p, q) in [
            (0.5, 0.0),
            (0.8, 0.841_621_233_572_914_3),
            (0.9, 1.281_551_565_544_600_4),
            (0.95, 1.644_853_626_951_472_2),
            (0.975, 1.959_963_984_540_054),
            (0.995, 2.575_829_303_548_900_4),
            (0.9995, 3.290_526_731_491_925_5),
            (0.001, -3.090_232_306_167_813),
            (0.024_25, -1.972_961_051_311_885),
            (1e-10, -6.361_340_902_404_056),
            (1e-300, -37.047_096_299_361_2),
        ] {
            assert!((normal_quantile(p) - q).abs() <= 1e-14 * q.abs().max(1.0), "{p}");
        }
    }

    #[test]
    fn levels_are_percents() {
        assert_eq!(Level::percent(95.0), Ok(Level::P95));
        assert!((Level::P95.z() - 1.959_963_984_540_054).abs() < 1e-14);
        assert_eq!(
            Level::percent(0.95).unwrap_err().to_string(),
            "level 0.95 is a share, give it in percent, as in 95"
        );
        assert!(Level::percent(100.0).is_err());
        assert!(Level::percent(f64::NAN).is_err());
    }
}
