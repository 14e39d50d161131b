//! `casereview stats`: what it prints, and what it says when it can't.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use serde_json::{Value, json};

use crate::program;

/// Runs `casereview stats`, and gives exit code, stdout and stderr.
fn stats(line: &str, stdin: &str) -> (i32, String, String) {
    let line: Vec<&str> = ["stats"].into_iter().chain(line.split_whitespace()).collect();
    program::run_with(Path::new("."), &line, stdin)
}

fn figures(line: &str, stdin: &str) -> Value {
    let (code, out, err) = stats(line, stdin);
    assert_eq!((code, err.as_str()), (0, ""), "{line}");
    serde_json::from_str(&out).unwrap()
}

fn printed(line: &str, stdin: &str) -> String {
    let (code, out, err) = stats(line, stdin);
    assert_eq!((code, err.as_str()), (0, ""), "{line}");
    out
}

fn refused(line: &str, stdin: &str) -> String {
    let (code, out, err) = stats(line, stdin);
    assert_eq!((code, out.as_str()), (2, ""), "{line}: {err}");
    err
}

#[test]
fn interval() {
    assert_eq!(
        figures("interval --x 45 --n 65", ""),
        json!({"x": 45, "n": 65, "proportion": 45.0 / 65.0, "low": 0.5720235708527267,
            "high": 0.7911296863307898, "method": "wilson", "level": 95})
    );
    assert_eq!(
        figures("interval --x 0 --n 0 --method exact --level 90", ""),
        json!({"x": 0, "n": 0, "proportion": null, "low": null, "high": null,
            "method": "exact", "level": 90, "note": "n is 0: no applicable case, nothing to say"})
    );
    assert_eq!(
        printed("interval --x 115 --n 368 --format csv", ""),
        "x,n,proportion,low,high,method,level\n115,368,31.3,26.7,36.2,wilson,95\n"
    );
    assert_eq!(
        printed("interval --x 0 --n 0 --format csv", "").lines().nth(1).unwrap(),
        "0,0,,,,wilson,95,\"n is 0: no applicable case, nothing to say\""
    );
    assert_eq!(
        printed("interval --x 45 --n 65 --format text", ""),
        "x           45\nn           65\nproportion  69.2 %\nlow         57.2 %\n\
         high        79.1 %\nmethod      wilson\nlevel       95\n"
    );
}

#[test]
fn counts_and_levels_are_checked() {
    assert_eq!(refused("interval --x 70 --n 65", ""), "error: --x 70 is more than --n 65\n");
    assert_eq!(
        refused("interval --x 7 --n 65 --level 0.95", ""),
        "error: level 0.95 is a share, give it in percent, as in 95\n"
    );
    assert_eq!(
        refused("change --x1 1 --n1 2 --x2 1 --n2 2 --level 100", ""),
        "error: level 100 is no confidence level in percent, give 80, 90, 95, 99 or one in \
         between\n"
    );
    assert_eq!(refused("goal --x 1 --n 2 --z 80", ""), "error: --z 80 is not between 0 and 10\n");
    assert_eq!(
        refused("size --frame 1200 --margin 5", ""),
        "error: margin 5 is not between 0 and 1: write five points as 0.05\n"
    );
}

#[test]
fn goal_size_and_change() {
    let goal = figures("goal --x 45 --n 65", "");
    assert_eq!((&goal["n"], &goal["z"], &goal["note"]), (&json!(65), &json!(1.28), &Value::Null));
    assert!((goal["margin"].as_f64().unwrap() - 0.0732759).abs() < 1e-7);
    assert!((goal["goal"].as_f64().unwrap() - 0.7655836).abs() < 1e-7);
    let all = figures("goal --x 20 --n 20", "");
    assert_eq!((&all["goal"], &all["margin"]), (&json!(1.0), &json!(0.0)));
    assert_eq!(all["note"], "a baseline of 0 or 100 % has no spread: the goal equals the baseline");
    assert_eq!(figures("goal --x 0 --n 0", "")["goal"], Value::Null);
    assert_eq!(figures("size --frame 1200 --margin 0.05", ""), json!({"n": 292}));
    assert_eq!(
        figures("size --frame 1200 --margin 0.05 --level 90 --p 0.8", ""),
        json!({"n": 152})
    );
    let change = figures("change --x1 56 --n1 70 --x2 48 --n2 80", "");
    assert_eq!(change["method"], "newcombe");
    assert!((change["difference"].as_f64().unwrap() - 0.2).abs() < 1e-12);
    assert!((change["low"].as_f64().unwrap() - 0.0524).abs() < 5e-5);
    assert!((change["high"].as_f64().unwrap() - 0.3339).abs() < 5e-5);
    assert_eq!(figures("change --x1 0 --n1 0 --x2 1 --n2 2", "")["difference"], Value::Null);
}

#[test]
fn allocation() {
    let strata = "\u{feff}size, stratum\r\n100,East\r\n50,Knox\r\n7,'=1+1\r\n\r\n";
    assert_eq!(
        printed("allocate - --n 12", strata),
        "stratum,size,n\nEast,100,8\nKnox,50,4\n'=1+1,7,0\n"
    );
    assert_eq!(
        printed("allocate - --n 12 --minimum 1", strata),
        "stratum,size,n\nEast,100,7\nKnox,50,4\n'=1+1,7,1\n"
    );
    assert_eq!(
        figures("allocate - --n 2 --format json", "stratum,size\na,1\nb,3\n"),
        json!([{"stratum": "a", "size": 1, "n": 0}, {"stratum": "b", "size": 3, "n": 2}])
    );
    assert_eq!(
        refused("allocate - --n 158", strata),
        "error: 158 cases are asked for, but the frame holds 157\n"
    );
    assert_eq!(
        refused("allocate - --n 3 --minimum 2", strata),
        "error: 3 cases can't give each of 3 strata its minimum of 2: that takes 6\n"
    );
    assert_eq!(
        refused("allocate - --n 1", "stratum,size\nEast,1.5\nEast,\n,-5\n"),
        "error: stdin:2: size \"1.5\" is not a whole number\n  \
         help: give a whole number from 0 up\n\
         error: stdin:3: stratum \"East\" stands on line 2 too\n\
         error: stdin:3: size is missing\n  help: give a whole number from 0 up\n\
         error: stdin:4: stratum is missing\n\
         error: stdin:4: size \"-5\" is not a whole number\n  \
         help: give a whole number from 0 up\n"
    );
    assert_eq!(
        refused("allocate no-such-file.csv --n 1", ""),
        "error: no-such-file.csv can't be read: No such file or directory (os error 2)\n"
    );
}

#[test]
fn agreement_with_its_notes() {
    let pairs = "unit,item,first,second\n\
        1,14,yes,no\n2,14,yes,yes\n3,14,no,no\n4,14,,no\n\
        1,15,yes,yes\n2,15,yes,yes\n\
        1,16,yes,no\n2,16,yes,yes\n\
        1,17,yes,\n";
    let found = figures("agreement -", pairs);
    let [first, one, constant, none] = found.as_array().unwrap().as_slice() else { panic!() };
    assert_eq!((&first["n"], &first["missing"]), (&json!(3), &json!(1)));
    assert_eq!(first["categories"], json!(["no", "yes"]));
    assert_eq!(first["table"], json!([[1, 0], [1, 1]]));
    assert_eq!(first["kappa"]["note"], Value::Null);
    assert!((first["kappa"]["value"].as_f64().unwrap() - 0.4).abs() < 1e-12);
    assert_eq!(
        one["kappa"],
        json!({"value": null, "se": null, "low": null, "high": null,
            "note": "undefined (only one rating used)"})
    );
    assert_eq!(one["ac1"], json!({"value": 1.0, "se": 0.0, "low": 1.0, "high": 1.0, "note": null}));
    assert_eq!(one["alpha"], json!({"value": null, "note": "undefined (only one rating used)"}));
    assert_eq!(constant["kappa"]["value"], 0.0);
    assert_eq!(
        constant["kappa"]["note"],
        "the first reader always gave yes: kappa is 0 however often they agree, AC1 is not"
    );
    assert_eq!(none["agreement"], json!({"value": null, "low": null, "high": null}));
    assert_eq!(none["ac1"]["note"], "undefined (no complete pair)");
    // A category that nobody used lowers chance agreement.
    let more = figures("agreement - --categories yes,no,na", pairs);
    assert_eq!(more[0]["table"], json!([[1, 1, 0], [0, 1, 0], [0, 0, 0]]));
    assert!(more[0]["ac1"]["value"].as_f64() > first["ac1"]["value"].as_f64());
    assert_eq!(
        refused("agreement - --categories yes,na", "unit,item,first,second\n1,2,yes,no\n1,2,x,\n"),
        "error: stdin:2: second \"no\" is not among the categories\n  help: did you mean na?\n\
         error: stdin:3: item \"2\" of unit \"1\" stands on line 2 too\n\
         error: stdin:3: first \"x\" is not among the categories\n  help: they are yes and na\n"
    );
}

/// Plain files are counted in blocks, others row by row; both give the same.
#[test]
fn a_large_plain_file_is_counted_like_any_other() {
    let words = ["strength", "ani", "na", "", " ani ", "'=na"];
    let (mut rows, mut dice) = (String::new(), 0x5eed_u64);
    let mut roll = |end: usize| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        (dice % end as u64) as usize
    };
    for unit in 0..9000 {
        for item in ["14", "15", "long item\u{e9}", "16", "17"] {
            let (first, second) = (words[roll(6)], words[roll(6)]);
            let end = ["\n", "\r\n", "\n,,,,\n", "\n\n"][roll(4)];
            rows += &format!("x,{first},R-{unit},{second},{item}{end}");
        }
    }
    let header = "beside,first,unit,second,item\n";
    let plain = printed("agreement -", &format!("\u{feff}{header}{rows}"));
    let quoted = printed("agreement -", &format!("{header}\"x\",na,S-1,na,14\n{rows}"));
    let [plain, quoted]: [Value; 2] =
        [plain, quoted].map(|text| serde_json::from_str(&text).unwrap());
    assert!(rows.len() > 1 << 20, "several blocks");
    for (at, line) in plain.as_array().unwrap().iter().enumerate().skip(1) {
        assert_eq!(line, &quoted[at]);
    }
    let (one, more) = (&plain[0], &quoted[0]);
    assert_eq!(one["n"].as_u64().unwrap() + 1, more["n"].as_u64().unwrap());
    let categories: Vec<&str> =
        one["categories"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(categories, ["=na", "ani", "na", "strength"]);
    // A unit that comes twice, blocks apart, is told with its lines.
    let twice = format!("{header}{rows}x,na,R-0,na,14\n");
    assert!(
        refused("agreement -", &twice).contains("item \"14\" of unit \"R-0\" stands on line 2")
    );
}

#[test]
fn no_pairs_is_no_error() {
    let (code, out, err) = stats("agreement -", "unit,item,first,second\n");
    assert_eq!((code, out.as_str(), err.as_str()), (0, "[]\n", "note: stdin holds no pair\n"));
}

#[test]
fn estimate_with_its_notes() {
    let header = "stratum,N,n,applicable,strength\n";
    let found =
        figures("estimate -", &format!("{header}a,400,20,15,12\nb,300,15,15,9\nc,37,1,1,0\n"));
    assert_eq!(found["degrees_of_freedom"], 33);
    assert_eq!(found["note"], "1 stratum with one sampled case centred at the grand mean");
    assert!((found["estimate"].as_f64().unwrap() - 0.659_340_659_340_659_3).abs() < 1e-14);
    assert!((found["se"].as_f64().unwrap() - 0.086_477_022_809_765).abs() < 1e-14);
    assert!(found["t_high"].as_f64() > found["high"].as_f64());
    let none = figures("estimate -", &format!("{header}a,400,20,0,0\n"));
    assert_eq!((&none["estimate"], &none["t_low"]), (&Value::Null, &Value::Null));
    assert_eq!(none["note"], "no sampled case is applicable");
    let lonely = figures("estimate -", &format!("{header}a,4,1,1,1\nb,4,1,1,0\n"));
    assert_eq!((&lonely["t_low"], &lonely["degrees_of_freedom"]), (&Value::Null, &json!(0)));
    assert_eq!(
        refused(
            "estimate -",
            &format!("{header}a,4,20,15,12\nb,300,0,0,0\nb,5,5,2,x\nc,5,5,2,3\n")
        ),
        "error: stdin:2: stratum \"a\": 20 cases sampled of 4 in the frame\n\
         error: stdin:3: stratum \"b\": no case sampled of 300 in the frame: nothing stands for \
         this stratum\n  help: join it to a stratum that was sampled\n\
         error: stdin:4: stratum \"b\" stands on line 3 too\n\
         error: stdin:4: strength \"x\" is not a whole number\n  \
         help: give a whole number from 0 up\n\
         error: stdin:5: stratum \"c\": 3 strengths of 2 applicable cases\n"
    );
}
