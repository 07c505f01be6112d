package dev.kfmr.ready;

import dev.kfmr.apply.ApplySet;
import dev.kfmr.core.Untyped;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.Optional;

/**
 * A Deployment that somebody scaled to nothing: by its numbers it is ready, with none of none, and what needs it waits for ever. Not
 * one that was installed so, which the API server tells by who wrote the number.
 */
public final class ScaledDown {
    private ScaledDown() {}

    public static boolean is(HasMetadata object) {
        return object.getKind().equals("Deployment")
                && Fields.of(object).at("spec").number("replicas", 1) == 0
                && object.getMetadata().getManagedFields().stream().noneMatch(ScaledDown::isInstalledSo);
    }

    private static boolean isInstalledSo(ManagedFieldsEntry entry) {
        return ApplySet.FIELD_MANAGER.equals(entry.getManager())
                && Optional.ofNullable(entry.getFieldsV1())
                        .map(FieldsV1::getAdditionalProperties)
                        .map(fields -> Untyped.map(fields.get("f:spec")))
                        .filter(spec -> spec.containsKey("f:replicas"))
                        .isPresent();
    }
}
