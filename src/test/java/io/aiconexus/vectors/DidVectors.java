package io.aiconexus.vectors;

import io.aiconexus.identity.Did;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HexFormat;

/** DIDs: the Ed25519 examples of the W3C did:key method, keys with a leading zero, and what is not a DID. */
final class DidVectors {

  private static final String[] VALID = {
    "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
    "did:key:z6MkjchhfUsD6mmvni8mCdXHw216Xrm9bQe2mBH1P5RDjVJG",
    "did:key:z6MknGc3ocHs3zdPiJbnaaqDi58NGb4pk1Sp9WxWufuXSdxf",
    "did:key:z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw"};

  private static final String[][] MALFORMED = {
    {"", "empty"},
    {"did:web:example.org", "another method"},
    {"DID:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp", "the scheme is lower case"},
    {"did:key:6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp", "no multibase prefix"},
    {"did:key:uO2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik7", "multibase base64url is not base58btc"},
    {"did:key:z", "no bytes"},
    {"did:key:z6Mk", "too few bytes"},
    {"did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooW", "one character short"},
    {"did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWpp", "one character long"},
    {"did:key:z16MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp", "a leading 1 is a leading zero byte"},
    {"did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooW0", "0 is not in the Base58 alphabet"},
    {"did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWI", "I is not in the Base58 alphabet"},
    {"did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp\n", "white space"},
    {"did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp#key", "a fragment makes it a DID URL"},
    {"did:key:z6LSeu9HkTHSfLLeUs2nnzUSNedgDUevfNQgQjQC23ZCit6F", "an X25519 key"},
    {"did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme", "a secp256k1 key"},
    {"did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169", "a P-256 key"}};

  private DidVectors() {
  }

  static JsonObject all() {
    JsonArray valid = new JsonArray();
    for (String text : VALID) {
      valid.add(valid(Did.parse(text)));
    }
    byte[] leadingZero = new byte[Did.KEY_BYTES];
    leadingZero[31] = 1;
    valid.add(valid(Did.of(leadingZero)));
    JsonArray malformed = new JsonArray();
    for (String[] one : MALFORMED) {
      malformed.add(new JsonObject().put("did", one[0]).put("reason", one[1]));
    }
    malformed.add(new JsonObject().put("did", "did:key:z6Mk" + Did.parse(VALID[0]).publicKeyBase58())
      .put("reason", "z6Mk in front of the bare key: the multicodec bytes are missing"));
    return new JsonObject().put("valid", valid).put("malformed", malformed);
  }

  private static JsonObject valid(Did did) {
    return new JsonObject().put("did", did.toString()).put("public_key_hex", HexFormat.of().formatHex(did.publicKey()))
      .put("public_key_base58", did.publicKeyBase58());
  }
}
