package dev.kfmr.doctor;

import dev.kfmr.doctor.DoctorInput.Installation;
import java.util.Optional;

/**
 * What one run is about.
 *
 * @param name of the environment
 * @param changedBy who changes it just now; empty when nobody does
 * @param looks at what stands on the engine
 */
record Scope(String name, Installation installation, Selection selection, Optional<String> changedBy, Looks looks) {}
