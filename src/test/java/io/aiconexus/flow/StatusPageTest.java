package io.aiconexus.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.aiconexus.health.Finding;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.Link;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a node as a person sees it, in a real browser. */
class StatusPageTest {

  /** For whoever wants to look. */
  private static final Path SHOTS = Path.of("target/screenshots");

  /** WCAG 2.1, section 1.4.3: text against what is behind it, 4.5 to 1 or more; gives the texts that have less. */
  private static final String FAINT = """
    [...document.querySelectorAll('body *')].filter(each => each.checkVisibility()
      && [...each.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())).filter(each => {
        const channels = colour => colour.match(/[\\d.]+/g).map(Number);
        const light = colour => channels(colour).slice(0, 3).map(c => c / 255)
          .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
          .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
        let behind = each;
        while (behind !== document.documentElement && channels(getComputedStyle(behind).backgroundColor)[3] === 0) {
          behind = behind.parentElement;
        }
        const two = [light(getComputedStyle(each).color), light(getComputedStyle(behind).backgroundColor)].sort();
        return (Math.max(...two) + 0.05) / (Math.min(...two) + 0.05) < 4.5;
      }).map(each => each.textContent).join(' | ')""";

  private final World world = World.of("jvm", new JsonObject().put("admin", new JsonObject().put("port", 0))
    .put("health", new JsonObject().put("interval_ms", 200)));
  @TempDir
  private Path directory;
  private Chromium browser;

  @BeforeEach
  void start() throws Exception {
    assumeThat(Prometheus.isInstalled("chromium")).as("chromium is installed").isTrue();
    browser = Chromium.start(world.vertx, directory);
  }

  @AfterEach
  void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    world.close();
  }

  @Test
  void aRealLinkComesUpAndGoesOnThePage() {
    open();
    browser.await(text("agents-hosted") + " === '0' && " + text("links-connected") + " === '0'");

    Agent ann = world.host();
    Agent bob = world.host();
    Link link = World.await(ann.connect(bob.did()));
    browser.await(text("agents-hosted") + " === '2' && " + text("links-connected") + " === '2'");
    browser.await("document.querySelectorAll('#latest-rows .state[data-state=connected]').length === 2");
    assertThat(browser.evaluate("document.querySelector('#latest-rows').innerHTML").toString())
      .contains(ann.did().toString(), bob.did().toString());

    World.await(link.channel("data").compose(channel -> channel.write(Buffer.buffer("hello"))));
    browser.await("Number.parseFloat(" + text("rate-messages_sent") + ") > 0");

    World.await(link.close());
    browser.await(text("links-connected") + " === '0'");
    browser.await("document.querySelectorAll('#latest-rows .state[data-state=closed]').length === 2");
  }

  @Test
  void itIsReadableOnAPhoneAndInTheDark() throws Exception {
    Agent ann = world.host();
    World.await(ann.connect(world.host().did()));
    World.await(world.node.check("database", () -> Future.succeededFuture(Finding.degraded("answers after 3 s"))));
    open();
    browser.await("document.querySelectorAll('#latest-rows .state[data-state=connected]').length === 2");
    browser.await(text("links-connected") + " === '2'");
    browser.await("document.querySelector('[data-check=database]').textContent.includes('degraded: answers after 3 s')");

    for (boolean dark : new boolean[] {false, true}) {
      for (int width : new int[] {375, 1200}) {
        browser.screen(width, 900, dark);
        browser.screenshot(SHOTS.resolve("status-" + width + (dark ? "-dark.png" : "-light.png")));
        assertThat(browser.evaluate("document.documentElement.scrollWidth")).as("width").isEqualTo(width);
        assertThat(browser.evaluate(FAINT)).as("faint texts at %s, dark %s", width, dark).isEqualTo("");
      }
    }
    assertThat(browser.evaluate("document.documentElement.lang")).isEqualTo("en");
    assertThat(browser.evaluate("document.querySelectorAll('h1').length")).isEqualTo(1);
    assertThat(browser.evaluate("document.querySelectorAll('img:not([alt]), section:not([aria-label])"
      + ":not([aria-labelledby])').length")).isEqualTo(0);
  }

  @Test
  void itAsksNobodyElseAndItsPolicyIsKept() {
    open();
    browser.await(text("verdict") + " === 'healthy'");
    browser.await("performance.getEntriesByType('resource').filter(each => each.name.endsWith('/status')).length > 2");

    assertThat(browser.requests).isNotEmpty().allSatisfy(url -> assertThat(url).startsWith(page()));
    assertThat(browser.complaints).isEmpty();
    assertThat(browser.evaluate("document.querySelectorAll('script:not([src]), style, [style*=url], [onclick]').length"))
      .isEqualTo(0);
  }

  @Test
  void itSaysWhenTheNodeAnswersNoMore() {
    open();
    browser.await(text("verdict") + " === 'healthy'");
    World.await(world.node.close());

    browser.await("!document.getElementById('lost').hidden && " + text("verdict") + " === 'no answer'");
    assertThat(browser.evaluate(text("lost")).toString()).startsWith("The node does not answer; what is shown is of ");
  }

  private void open() {
    browser.open(page());
  }

  private String page() {
    return "http://127.0.0.1:" + world.node.adminPort().orElseThrow() + "/";
  }

  private static String text(String id) {
    return "document.getElementById('" + id + "').textContent";
  }
}
