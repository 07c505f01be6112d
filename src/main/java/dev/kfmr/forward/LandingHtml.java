package dev.kfmr.forward;

import dev.kfmr.profile.Credential;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Fills the template of the landing page. Everything that is filled in is escaped. */
final class LandingHtml {
    private static final String TEMPLATE = "landing.html";
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

    private final LandingContent content;
    private final String template;

    LandingHtml(LandingContent content) {
        this.content = content;
        this.template = read();
    }

    String of(List<ForwardStatus> forwards) {
        Map<String, String> parts = Map.of(
                "environment", escape(content.environment()),
                "title", escape(content.title()),
                "forwards", forwards.stream().map(LandingHtml::row).collect(Collectors.joining("\n")),
                "credentials", credentials(),
                "commands", commands(),
                "python", section("Python", wrapped("<pre><code>", content.python(), "</code></pre>")),
                "doctor", section("Doctor", wrapped("<p>", content.doctor().get(), "</p>")));
        return PLACE.matcher(template).replaceAll(place -> Matcher.quoteReplacement(part(parts, place.group(1))));
    }

    private static String part(Map<String, String> parts, String name) {
        String part = parts.get(name);
        if (part == null) {
            throw new IllegalStateException(TEMPLATE + " has an unknown place {{" + name + "}}");
        }
        return part;
    }

    private static String row(ForwardStatus forward) {
        String where = forward.url().isEmpty()
                ? escape(forward.address() + ":" + forward.localPort())
                : "<a href=\"" + escape(forward.url()) + "\">" + escape(forward.url()) + "</a>";
        String moved = forward.isMoved() ? "<br><small>" + escape(whyMoved(forward)) + "</small>" : "";
        return "<tr><th scope=\"row\">" + escape(forward.title()) + "</th><td>" + where + moved + "</td><td class=\""
                + forward.state().word() + "\">" + escape(forward.text()) + "</td></tr>";
    }

    private static String whyMoved(ForwardStatus forward) {
        return "port " + forward.wantedPort()
                + (forward.takenBy().isEmpty() ? " could not be opened" : " belongs to " + forward.takenBy());
    }

    private String credentials() {
        String rows = content.credentials().get().stream().map(LandingHtml::row).collect(Collectors.joining("\n"));
        return section(
                "Sign in",
                rows.isEmpty()
                        ? ""
                        : "<table><thead><tr><th>Where</th><th>User</th><th>Password</th><th></th></tr></thead><tbody>\n"
                                + rows + "\n</tbody></table>");
    }

    private static String row(Credential credential) {
        return "<tr><th scope=\"row\">" + escape(credential.title()) + "</th><td><code>" + escape(credential.user())
                + "</code></td><td><code>" + escape(credential.password()) + "</code></td><td>"
                + escape(credential.note()) + "</td></tr>";
    }

    private String commands() {
        String items = content.nextCommands().stream()
                .map(next -> "<li><code>" + escape(next.command()) + "</code> " + escape(next.what()) + "</li>")
                .collect(Collectors.joining("\n"));
        return section("Next", items.isEmpty() ? "" : "<ul>\n" + items + "\n</ul>");
    }

    private static String wrapped(String before, String text, String after) {
        return text.isEmpty() ? "" : before + escape(text) + after;
    }

    private static String section(String title, String body) {
        return body.isEmpty() ? "" : "<section><h2>" + title + "</h2>\n" + body + "\n</section>";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String read() {
        try (InputStream stream = LandingHtml.class.getResourceAsStream(TEMPLATE)) {
            if (stream == null) {
                throw new IllegalStateException(TEMPLATE + " is missing from kfmr's jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
