package dev.kfmr.render;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kubernetes quantities: {@code 250m}, {@code 0.5}, {@code 500Mi}, {@code 1G}. */
final class Quantities {
    private static final Pattern FORM = Pattern.compile("([0-9.]+)([A-Za-z]*)");
    private static final BigDecimal MEBI = BigDecimal.valueOf(1 << 20);
    private static final Map<String, BigDecimal> UNITS = Map.of(
            "", BigDecimal.ONE,
            "m", new BigDecimal("0.001"),
            "k", BigDecimal.valueOf(1_000),
            "M", BigDecimal.valueOf(1_000_000),
            "G", BigDecimal.valueOf(1_000_000_000),
            "Ki", BigDecimal.valueOf(1 << 10),
            "Mi", MEBI,
            "Gi", BigDecimal.valueOf(1 << 30));

    private Quantities() {}

    /** In thousandths, rounded down. */
    static int milli(String quantity) {
        return value(quantity).movePointRight(3).intValue();
    }

    /** In MiB, rounded down. */
    static int mebi(String quantity) {
        return value(quantity).divideToIntegralValue(MEBI).intValue();
    }

    private static BigDecimal value(String quantity) {
        Matcher parts = FORM.matcher(quantity);
        BigDecimal unit = parts.matches() ? UNITS.get(parts.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException("'" + quantity + "' is no quantity that Kubernetes knows");
        }
        return new BigDecimal(parts.group(1)).multiply(unit);
    }
}
