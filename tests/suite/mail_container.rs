//! Keys, cards and the container: what was changed, forwarded, or sent by a stranger is
//! refused before anything of it is read.
#![allow(clippy::unwrap_used, clippy::print_stdout)] // figures are printed

use std::panic::AssertUnwindSafe;

use casereview::exchange::mail::{
    self, CardError, ContainerError, Content, Identity, IdentityError, Opened, Sender, read_card,
    write_card,
};

use crate::mail_world::keys;

fn open_from(mail: &[u8], me: &Identity, from: &Identity) -> Result<Opened, ContainerError> {
    mail::open(mail, me, Content::Bundle, &|print| match print == from.card().fingerprint {
        true => Sender::Known(from.card().clone()),
        false => Sender::Unknown,
    })
}

/// Tries of the test of changes: all that were asked for, or a hundredth.
fn tries(variable: &str, whole: usize) -> usize {
    std::env::var(variable).ok().and_then(|n| n.parse().ok()).unwrap_or(whole / 100)
}

/// A small generator with a fixed seed (xorshift), so that every run tries the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

#[test]
fn what_is_packed_for_someone_only_they_open() {
    let (mary, john, lead) = (keys("mary"), keys("john"), keys("lead"));
    let mail = mail::pack(&mary, lead.card(), Content::Bundle, b"what was said").unwrap();
    let opened = open_from(&mail, &lead, &mary).unwrap();
    assert_eq!(opened.content, b"what was said");
    assert_eq!(&opened.from, mary.card());
    assert!(!mail.windows(4).any(|four| four == b"what"));
    assert_eq!(
        open_from(&mail, &john, &mary).unwrap_err().to_string(),
        "it is not for john, or not for this key"
    );
    let stranger = open_from(&mail, &lead, &john).unwrap_err();
    assert_eq!(stranger, ContainerError::UnknownSender(mary.card().fingerprint));
    let replaced =
        mail::open(&mail, &lead, Content::Bundle, &|_| Sender::Replaced("mary".parse().unwrap()));
    assert!(matches!(replaced, Err(ContainerError::Replaced(_))));
    let order = mail::open(&mail, &lead, Content::Order, &|_| Sender::Known(mary.card().clone()));
    assert_eq!(order.unwrap_err().to_string(), "it is not a work order");
}

#[test]
fn every_change_of_a_byte_is_refused_before_anything_is_read() {
    let (mary, lead) = (keys("mary"), keys("lead"));
    let content: Vec<u8> = (0..4000_u32).flat_map(u32::to_be_bytes).collect();
    let mail = mail::pack(&mary, lead.card(), Content::Bundle, &content).unwrap();
    let tries = tries("CASEREVIEW_MAIL_CHANGES", 100_000);
    let mut dice = Dice(0x5eed_cafe);
    let mut changed = mail.clone();
    for nth in 0..tries {
        // The first bytes are tried one after the other, each in a way of its own.
        let at = if nth < 400 { nth } else { dice.roll() as usize % mail.len() };
        let other = mail[at] ^ (1 + (dice.roll() % 255) as u8);
        changed[at] = other;
        let refused = open_from(&changed, &lead, &mary);
        assert!(refused.is_err(), "byte {at} as {other}");
        let before = matches!(
            refused.unwrap_err(),
            ContainerError::NotMail
                | ContainerError::Newer
                | ContainerError::UnknownSender(_)
                | ContainerError::Changed
        );
        assert!(before, "byte {at} as {other} came as far as decryption");
        changed[at] = mail[at];
    }
    assert!(open_from(&changed, &lead, &mary).is_ok());
    println!("{tries} changed containers of {} bytes refused", mail.len());
    for length in (0..200).chain((200..mail.len()).step_by(997)) {
        assert!(open_from(&mail[..length], &lead, &mary).is_err(), "{length} bytes");
    }
    let longer = [&mail[..], b"x"].concat();
    assert_eq!(open_from(&longer, &lead, &mary).unwrap_err(), ContainerError::Changed);
}

/// Neither taking another's mail as one's own nor passing it on works.
#[test]
fn mail_signed_anew_or_passed_on_is_refused() {
    let (mary, john, lead) = (keys("mary"), keys("john"), keys("lead"));
    let mail = mail::pack(&mary, lead.card(), Content::Bundle, b"hers").unwrap();
    let sealed = &mail[114..];
    let mut stolen = mail[..18].to_vec();
    stolen.extend_from_slice(&john.card().fingerprint.0);
    let signature = john.sign(&[b"casereview container v1\n", &stolen[..], sealed].concat());
    stolen.extend_from_slice(&signature.0);
    stolen.extend_from_slice(sealed);
    assert_eq!(open_from(&stolen, &lead, &john).unwrap_err(), ContainerError::Mixed);
}

#[test]
fn a_key_file_opens_with_its_passphrase_only() {
    let mary = keys("mary");
    let file = mary.lock("seven green boats", 2).unwrap();
    let again = Identity::unlock(&file, "seven green boats").unwrap();
    assert_eq!(again.card(), mary.card());
    assert_eq!(again.sign(b"x"), mary.sign(b"x"));
    let wrong = Identity::unlock(&file, "seven green boat").unwrap_err();
    assert_eq!(wrong, IdentityError::Passphrase);
    assert_eq!(Identity::unlock(b"nonsense", "x").unwrap_err(), IdentityError::NotAKey);
    let secret = mary.lock("seven green boats", 2).unwrap();
    assert!(!String::from_utf8_lossy(&secret).contains("AGE-SECRET-KEY"));
    for at in 0..file.len() {
        let mut changed = file.clone();
        changed[at] ^= 1;
        // Whatever is refused is refused without a panic.
        let opened = std::panic::catch_unwind(AssertUnwindSafe(|| {
            Identity::unlock(&changed, "seven green boats").is_ok()
        }));
        assert!(!opened.unwrap(), "byte {at}");
    }
}

#[test]
fn a_card_shows_when_it_was_changed() {
    let mary = keys("mary");
    let text = write_card(&mary);
    assert_eq!(&read_card(&text).unwrap(), mary.card());
    let renamed = text.replace("mary Smith", "mary Smyth");
    assert_eq!(read_card(&renamed).unwrap_err(), CardError::Changed);
    let other = text.replace("card v1", "card v2");
    assert_eq!(read_card(&other).unwrap_err(), CardError::Version("card v2".to_owned()));
    assert!(matches!(read_card("{}"), Err(CardError::Shape(_))));
    let print = mary.card().fingerprint;
    assert!(print.is_typed(&print.short().to_lowercase()));
}
