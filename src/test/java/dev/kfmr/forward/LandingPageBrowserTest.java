package dev.kfmr.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kfmr.core.Programs;
import dev.kfmr.profile.Credential;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** In a real browser, where Chromium and its driver are installed (Debian: {@code apt install chromium-driver}). */
@DisabledIfEnvironmentVariable(named = "CI", matches = ".+", disabledReason = "no browser in CI")
class LandingPageBrowserTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final AtomicReference<String> doctor = new AtomicReference<>("");
    private volatile ForwardState state = ForwardState.WAITING;

    @ParameterizedTest(name = "scripts allowed: {0}")
    @ValueSource(booleans = {true, false})
    void isReadableWithAndWithoutJavaScript(boolean scripts) {
        WebDriver browser = open(scripts);
        try (LandingPage page = LandingPage.start(0, content(), this::forwards)) {
            browser.get(page.uri().toString());

            assertThat(browser.getTitle()).isEqualTo("kfmr: Kubeflow on this machine");
            WebElement link = browser.findElement(By.linkText("http://localhost:8080/"));
            assertThat(link.isDisplayed()).isTrue();
            assertThat(browser.findElements(By.tagName("h2")))
                    .extracting(WebElement::getText)
                    .containsExactly("Open", "Sign in", "Next", "Python");
            assertThat(browser.findElement(By.tagName("pre")).getText()).isEqualTo("print(\"<b>hello</b>\")");
            assertThat(browser.findElement(By.className("waiting")).getText()).contains("image being pulled 40 s");
            assertThat(browser.findElement(By.className("waiting")).getCssValue("color"))
                    .as("the style sheet counts, whatever the page may not load")
                    .isEqualTo("rgba(154, 103, 0, 1)");
        } finally {
            browser.quit();
        }
    }

    @Test
    void showsANewStateByItself() {
        WebDriver browser = open(true);
        try (LandingPage page = LandingPage.start(0, content(), this::forwards)) {
            browser.get(page.uri().toString());
            state = ForwardState.READY;
            doctor.set("It found nothing wrong.");

            Eventually.within(LIMIT, "the page shows the new state", () -> !browser.findElements(By.className("ready"))
                    .isEmpty());

            assertThat(browser.findElements(By.tagName("p")))
                    .extracting(WebElement::getText)
                    .contains("It found nothing wrong.");
        } finally {
            browser.quit();
        }
    }

    private LandingContent content() {
        return new LandingContent(
                "kfmr",
                "standalone",
                () -> List.of(new Credential("Object store", "minio", "minio123", "")),
                List.of(new LandingContent.NextCommand("kfmr demo", "runs the example pipeline")),
                "print(\"<b>hello</b>\")",
                doctor::get);
    }

    private List<ForwardStatus> forwards() {
        String reason = state == ForwardState.READY ? "" : "image being pulled 40 s";
        return List.of(LandingPageTest.status("Pipelines", state, reason, 8080, 8080, ""));
    }

    private static WebDriver open(boolean scripts) {
        Programs programs = Programs.of(System.getenv());
        var driver = programs.find("chromedriver");
        var chromium = programs.find("chromium").or(() -> programs.find("google-chrome"));
        assumeTrue(driver.isPresent() && chromium.isPresent(), "no chromium with chromedriver on PATH");
        ChromeOptions options = new ChromeOptions()
                .setBinary(chromium.orElseThrow().toFile())
                .addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--force-color-scheme=light");
        if (!scripts) {
            options.setExperimentalOption("prefs", Map.of("profile.managed_default_content_settings.javascript", 2));
        }
        return new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(driver.orElseThrow().toFile())
                        .build(),
                options);
    }
}
