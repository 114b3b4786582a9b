package io.aiconexus.signaling;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/**
 * Why an HTTP request is not served, as RFC 9457 writes it.
 *
 * @param status the HTTP status
 * @param detail what, which rule, what to do
 * @param retryAfterSeconds when to come back, or 0
 */
record Problem(int status, String detail, long retryAfterSeconds) {

  static Problem of(int status, String detail) {
    return new Problem(status, detail, 0);
  }

  /** Ends {@code response} with this problem. */
  void answer(HttpServerResponse response) {
    if (retryAfterSeconds > 0) {
      response.putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfterSeconds));
    }
    JsonObject body = new JsonObject().put("type", "about:blank")
      .put("title", HttpResponseStatus.valueOf(status).reasonPhrase()).put("status", status).put("detail", detail);
    response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json").end(body.encode());
  }
}
