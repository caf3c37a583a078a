//! Deliveries, with other implementations as judges: the `standardwebhooks` crate signs what is verified here and verifies what is
//! signed here, and HMACs are those of RFC 2202 and RFC 4231.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderName, HeaderValue};
use standardwebhooks::Webhook;

use crate::runtime::delivery::{Algorithm, Deliveries, DeliveryError, Encoding, SecretForm, Signing};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const BODY: &[u8] = br#"{"test": 2432232314}"#;
const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";

fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
    let pair =
        |(name, value): &(&str, &str)| (name.parse::<HeaderName>().unwrap(), value.parse::<HeaderValue>().unwrap());
    pairs.iter().map(pair).collect()
}

fn now() -> i64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs().try_into().unwrap()
}

/// The headers of a delivery that the judge signs.
fn signed(secret: &str, timestamp: i64, body: &[u8]) -> HeaderMap {
    let signature = Webhook::new(secret).unwrap().sign(ID, timestamp, body).unwrap();
    headers(&[("webhook-id", ID), ("webhook-timestamp", &timestamp.to_string()), ("webhook-signature", &signature)])
}

fn standard(secret: &str) -> Deliveries {
    Deliveries::new(Signing::STANDARD_WEBHOOKS, secret).unwrap()
}

#[test]
fn deliveries_that_the_judge_signs_are_taken() {
    let secrets = [SECRET, "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"];
    for secret in secrets {
        for body in [BODY, b"", "{\"t\":\"\u{e9}\"}".as_bytes()] {
            let taken = signed(secret, now(), body);
            assert_eq!(standard(secret).verify(&taken, body), Ok(()));
            assert!(Webhook::new(secret).unwrap().verify(body, &taken).is_ok(), "the judge agrees");
        }
    }
}

/// The test vector of the reference implementations.
#[test]
fn the_published_vector_is_taken() {
    let vector = headers(&[
        ("webhook-id", ID),
        ("webhook-timestamp", "1614265330"),
        ("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
    ]);
    let then = SystemTime::UNIX_EPOCH + Duration::from_secs(1_614_265_330);
    assert_eq!(standard(SECRET).verify_at(&vector, BODY, then), Ok(()));
    assert_eq!(standard(SECRET).verify(&vector, BODY), Err(DeliveryError::TooOld));
}

/// Each change of a delivery is judged by both.
#[test]
fn what_the_judge_refuses_is_refused() {
    let good = signed(SECRET, now(), BODY);
    let with = |name: &'static str, value: &str| {
        let mut changed = good.clone();
        changed.insert(name, value.parse().unwrap());
        changed
    };
    let without = |name: &str| {
        let mut changed = good.clone();
        changed.remove(name);
        changed
    };
    let signature = good["webhook-signature"].to_str().unwrap().to_owned();
    let others = format!("v1a,AAAA v1,AAAA {signature} v2,{}", &signature[3..]);
    let cases = [
        (good.clone(), true),
        (with("webhook-signature", &others), true),
        (with("webhook-signature", &signature.replace("v1,", "v2,")), false),
        (with("webhook-signature", &signature[3..]), false),
        (with("webhook-signature", "v1,"), false),
        (with("webhook-signature", ""), false),
        (with("webhook-signature", &signature[..signature.len() - 4]), false),
        (with("webhook-id", "msg_other"), false),
        (with("webhook-timestamp", &(now() - 10).to_string()), false),
        (with("webhook-timestamp", "soon"), false),
        (without("webhook-id"), false),
        (without("webhook-timestamp"), false),
        (without("webhook-signature"), false),
        (signed(SECRET, now() - 290, BODY), true),
        (signed(SECRET, now() + 290, BODY), true),
        (signed(SECRET, now() - 310, BODY), false),
        (signed(SECRET, now() + 310, BODY), false),
        (signed("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", now(), BODY), false),
    ];
    for (index, (delivery, is_good)) in cases.into_iter().enumerate() {
        assert_eq!(Webhook::new(SECRET).unwrap().verify(BODY, &delivery).is_ok(), is_good, "the judge, {index}");
        assert_eq!(standard(SECRET).verify(&delivery, BODY).is_ok(), is_good, "{index}");
    }
    assert_eq!(standard(SECRET).verify(&good, b"{}"), Err(DeliveryError::Signature));
    assert_eq!(standard(SECRET).verify(&without("webhook-id"), BODY), Err(DeliveryError::Header("webhook-id")));
}

#[test]
fn a_secret_can_be_replaced() {
    let new = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    let both = standard(SECRET).and_secret(new).unwrap();
    for secret in [SECRET, new] {
        assert_eq!(both.verify(&signed(secret, now(), BODY), BODY), Ok(()));
    }
    assert!(!format!("{both:?}").contains("MfKQ9"));
    for wrong in ["", "whsec_", "whsec_*", "not Base64"] {
        assert!(Deliveries::new(Signing::STANDARD_WEBHOOKS, wrong).is_err(), "{wrong}");
    }
}

/// RFC 4231, 4.3 and RFC 2202, 3: the key `Jefe`.
#[test]
fn other_hmacs_are_those_of_the_rfcs() {
    let body = b"what do ya want for nothing?";
    let sha1 = "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79";
    let sha256 = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    let sha512 = "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737";
    let plain = Signing {
        header: "x-signature",
        algorithm: Algorithm::Sha1,
        encoding: Encoding::Hex,
        prefix: "",
        signed: "{body}",
        id: None,
        timestamp: None,
        tolerance: 0,
        secret: SecretForm::Text,
    };
    for (algorithm, prefix, signature) in
        [(Algorithm::Sha1, "sha1=", sha1), (Algorithm::Sha256, "sha256=", sha256), (Algorithm::Sha512, "", sha512)]
    {
        let verifier = Deliveries::new(Signing { algorithm, prefix, ..plain }, "Jefe").unwrap();
        let delivery = |signature: &str| headers(&[("X-Signature", &format!("{prefix}{signature}"))]);
        assert_eq!(verifier.verify(&delivery(signature), body), Ok(()), "{algorithm:?}");
        assert_eq!(verifier.verify(&delivery(&signature.to_uppercase()), body), Ok(()), "{algorithm:?}");
        for wrong in [&signature[1..], &signature[2..], "", "zz", &signature.replace('5', "6"), "é"] {
            let wrong = HeaderValue::from_bytes(format!("{prefix}{wrong}").as_bytes()).unwrap();
            let delivery: HeaderMap = [(HeaderName::from_static("x-signature"), wrong)].into_iter().collect();
            assert!(verifier.verify(&delivery, body).is_err(), "{algorithm:?}");
        }
    }
    // The id and the time are signed where the template has them, in any order, and what else is in braces is text.
    let signing = Signing {
        algorithm: Algorithm::Sha256,
        signed: "{x}{timestamp}:{id}:{body}",
        id: Some("x-id"),
        timestamp: Some("x-time"),
        tolerance: 300,
        ..plain
    };
    let then = SystemTime::UNIX_EPOCH + Duration::from_secs(7);
    let whole = Deliveries::new(Signing { algorithm: Algorithm::Sha256, ..plain }, "key").unwrap();
    let verifier = Deliveries::new(signing, "key").unwrap();
    // HMAC-SHA-256 of `{x}7:a:b` with the key `key`, by Python's `hmac`.
    let signature = "48fd87de7a6993203ae72e414a5fb98bbcd78ebfbfef1a56ee09166979c48415";
    let delivery = headers(&[("x-signature", signature), ("x-id", "a"), ("x-time", "7")]);
    assert_eq!(whole.verify(&delivery, b"{x}7:a:b"), Ok(()));
    assert_eq!(verifier.verify_at(&delivery, b"b", then), Ok(()));
    assert_eq!(verifier.verify_at(&delivery, b"c", then), Err(DeliveryError::Signature));
}
