package io.aiconexus.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.config.ConfigurationException;
import io.aiconexus.config.Section;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryOptionsTest {

  @Test
  void whatIsAbsentKeepsItsDefault() {
    assertThat(options("{}")).isEqualTo(RetryOptions.DEFAULTS);
    assertThat(options("{'policy':{'max_retries':3}}").policy().maxRetries()).isEqualTo(3);
    assertThat(options("{'budget':{'ratio':0.5}}").budgetRatio()).isEqualTo(0.5);
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', quoteCharacter = '"', value = {
    "{'grace_ms':-1}; retry.grace_ms must be 0 to 600000 ms",
    "{'ice_restarts':-1}; retry.ice_restarts must be 0 to 100",
    "{'ice_restart_timeout_ms':99}; retry.ice_restart_timeout_ms must be 100",
    "{'check_ms':0}; retry.check_ms must be 1000",
    "{'absent_poll_ms':9223372036854775807}; retry.absent_poll_ms must be 1000",
    "{'max_links':0}; retry.max_links must be 1",
    "{'budget':{'ratio':11}}; retry.budget.ratio must be 0 to 10",
    "{'budget':{'ratio':'a'}}; retry.budget.ratio must be a number",
    "{'budget':{'per_second':-1}}; retry.budget.per_second must be 0",
    "{'budget':{'rate':1}}; retry.budget.rate is not a setting",
    "{'policy':{'jitter':'none'}}; retry.policy.jitter must be one of proportional",
    "{'graze_ms':1}; retry.graze_ms is not a setting"})
  void absurdValuesAreRefusedByName(String json, String message) {
    assertThatThrownBy(() -> options(json)).isInstanceOf(ConfigurationException.class)
      .hasMessageContaining(message);
  }

  private static RetryOptions options(String json) {
    return RetryOptions.from(Section.of("retry", new JsonObject(json.replace('\'', '"'))));
  }
}
