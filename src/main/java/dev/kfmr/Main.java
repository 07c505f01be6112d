package dev.kfmr;

public final class Main {
    private Main() {}

    public static void main(String[] arguments) {}
}
