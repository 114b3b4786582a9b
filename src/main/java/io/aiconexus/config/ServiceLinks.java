package io.aiconexus.config;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Recognises the variables that Kubernetes sets in every container for each Service: one called {@code aiconexus}
 * brings {@code AICONEXUS_PORT=tcp://10.0.0.1:7000} and more, which are no settings of ours and no mistakes of
 * anyone's.
 */
final class ServiceLinks {

  private static final Pattern NAME =
    Pattern.compile("AICONEXUS_(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");
  private static final Pattern PORT_NAME = Pattern.compile("AICONEXUS_(.+_)?PORT");
  private static final Pattern PORT_VALUE = Pattern.compile("(tcp|udp|sctp)://.+");

  private ServiceLinks() {
  }

  static boolean isOne(String name, String value, Map<String, String> environment) {
    return environment.containsKey("KUBERNETES_SERVICE_HOST")
      && (NAME.matcher(name).matches() || PORT_NAME.matcher(name).matches() && PORT_VALUE.matcher(value).matches());
  }
}
