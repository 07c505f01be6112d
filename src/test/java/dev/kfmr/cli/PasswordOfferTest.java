package dev.kfmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.install.UpResult;
import dev.kfmr.plan.Plan;
import dev.kfmr.plan.PlanOptions;
import dev.kfmr.plan.Planner;
import dev.kfmr.profile.PinsLibrary;
import dev.kfmr.profile.ProfileLibrary;
import dev.kfmr.state.Environment;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class PasswordOfferTest {
    private static final Predicate<String> YES = question -> true;
    private static final Predicate<String> NO = question -> false;

    private final List<String> asked = new ArrayList<>();
    private final List<String> set = new ArrayList<>();

    private static UpResult up(String profile, boolean isNew, Optional<String> password) {
        Plan plan =
                Planner.plan(new ProfileLibrary().load(profile), new PinsLibrary().load("26.03"), PlanOptions.none());
        Environment environment = Environment.plain("kfmr", profile, "26.03");
        return new UpResult(environment, plan, password, isNew, 1, Map.of(), Duration.ZERO);
    }

    private static UpResult fresh() {
        return up("multi-user", true, Optional.empty());
    }

    private Optional<String> offer(Predicate<String> question, UpResult result) {
        Predicate<String> remembered = text -> {
            asked.add(text);
            return question.test(text);
        };
        return new PasswordOffer(remembered, set::add).make(result);
    }

    @Test
    void setsAGeneratedOneWhenItIsWanted() {
        Optional<String> password = offer(YES, fresh());

        assertThat(password)
                .hasValueSatisfying(generated -> assertThat(generated).hasSize(16));
        assertThat(set).containsExactly(password.orElseThrow());
        assertThat(asked)
                .containsExactly("The sign-in has upstream's public password. Put a generated one in its place?");
    }

    @Test
    void leavesTheShippedOneWhenItIsNotWanted() {
        assertThat(offer(NO, fresh())).isEmpty();
        assertThat(set).isEmpty();
        assertThat(asked).hasSize(1);
    }

    @Test
    void asksNothingOfAnInstallationThatWasThere() {
        assertThat(offer(YES, up("multi-user", false, Optional.empty()))).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void asksNothingWhereThereIsNoLogin() {
        assertThat(offer(YES, up("standalone", true, Optional.empty()))).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void asksNothingWhereAPasswordIsSetAlready() {
        assertThat(offer(YES, up("multi-user", true, Optional.of("own")))).isEmpty();
        assertThat(asked).isEmpty();
    }

    /** As under CI: the tests' own standard streams are none. */
    @Test
    void leavesTheShippedOneWithoutATerminal() {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        Question question = new Question(new Screen(nowhere, nowhere, Map.of("TERM", "dumb")));

        assertThat(offer(question::yes, fresh())).isEmpty();
        assertThat(set).isEmpty();
    }
}
