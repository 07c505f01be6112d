package dev.kfmr.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.KfmrException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InventoryTest {
    private static final ObjectRef MYSQL = new ObjectRef("apps", "v1", "Deployment", "kubeflow", "mysql");
    private static final ObjectRef ROLE = new ObjectRef("rbac.authorization.k8s.io", "v1", "ClusterRole", "", "view");

    private static Inventory of(Map<String, List<ObjectRef>> objects) {
        return new Inventory("26.03", "standalone", Map.of(), List.of(), objects);
    }

    @Test
    void namesWhatLeftThePlanByComponent() {
        Inventory older = of(Map.of("pipelines", List.of(MYSQL, ROLE), "catalog", List.of()));

        assertThat(of(Map.of("pipelines", List.of(ROLE))).leftBehind(older))
                .isEqualTo(Map.of("pipelines", List.of(MYSQL)));
    }

    @Test
    void countsAnObjectAtAnotherVersionAsTheSame() {
        ObjectRef beta = new ObjectRef("apps", "v1beta1", "Deployment", "kubeflow", "mysql");

        assertThat(of(Map.of("pipelines", List.of(MYSQL))).leftBehind(of(Map.of("pipelines", List.of(beta)))))
                .isEmpty();
    }

    @Test
    void remembersTheOlderObjectsUntilTheyArePruned() {
        Inventory both = of(Map.of("pipelines", List.of(ROLE))).with(of(Map.of("catalog", List.of(MYSQL))));

        assertThat(both.objects()).containsEntry("catalog", List.of(MYSQL)).containsEntry("pipelines", List.of(ROLE));
    }

    @Test
    void writesAReferenceSoThatItReadsBackTheSame() {
        assertThat(ObjectRef.parse(MYSQL.text())).isEqualTo(MYSQL);
        assertThat(ObjectRef.parse(ROLE.text())).isEqualTo(ROLE);
        assertThat(ROLE.id()).isEqualTo("ClusterRole view");
    }

    @Test
    void refusesALineThatIsNoReference() {
        assertThatThrownBy(() -> ObjectRef.parse("mysql"))
                .isInstanceOfSatisfying(
                        KfmrException.class, e -> assertThat(e.code()).isEqualTo("inventory.unreadable"));
    }
}
