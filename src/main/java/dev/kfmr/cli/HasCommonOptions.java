package dev.kfmr.cli;

/** A command with the options that every command has. */
interface HasCommonOptions {
    CommonOptions common();
}
