package dev.kfmr.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * A staged look, and what must come of it. {@code EveryCheckTest} runs all of them, and wants one of each kind for every
 * check of the catalogue.
 *
 * @param ids of the checks that it is a case of
 * @param staged in words
 */
public record CheckCase(Set<String> ids, Kind kind, String staged, Callable<Seen> look) {
    /** What a look can come to. */
    public enum Kind {
        FOUND,
        NOT_FOUND,
        COULD_NOT_LOOK
    }

    public CheckCase {
        ids = Set.copyOf(ids);
    }

    /** What must stand among the cases of every check. */
    public interface Source {
        Stream<CheckCase> cases() throws Exception;
    }

    /**
     * @param found ids
     * @param unread what could not be looked at
     */
    public record Seen(List<String> found, List<String> unread) {
        public Seen {
            found = List.copyOf(found);
            unread = List.copyOf(unread);
        }

        /** This, where no fault at all was to be found. */
        public Seen nothing() {
            assertThat(found).isEmpty();
            return this;
        }

        /** This, where that look, and not only any other, says that it could not. */
        public Seen without(String look) {
            assertThat(unread).contains(look);
            return this;
        }

        public static Seen of(Stream<Finding> found) {
            return new Seen(found.map(Finding::id).toList(), List.of());
        }
    }

    public static CheckCase of(String id, Kind kind, Callable<Seen> look) {
        return new CheckCase(Set.of(id), kind, id, look);
    }

    /** Runs it. */
    public void prove() throws Exception {
        Seen seen = look.call();
        switch (kind) {
            case FOUND -> {
                assertThat(seen.found()).isNotEmpty().containsOnlyElementsOf(ids);
            }
            case NOT_FOUND -> {
                assertThat(seen.found()).doesNotContainAnyElementsOf(ids);
                assertThat(seen.unread()).isEmpty();
            }
            case COULD_NOT_LOOK -> {
                // Its source holds that the look stands among the unread. Of what is told in part, the rest is not
                // judged.
                assertThat(seen.found()).doesNotContainAnyElementsOf(ids);
            }
        }
    }

    @Override
    public String toString() {
        return kind + " " + staged;
    }
}
