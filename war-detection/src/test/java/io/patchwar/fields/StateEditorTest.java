package io.patchwar.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.fields.KubernetesSchema.Node;
import io.patchwar.model.Part;
import io.patchwar.model.json.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a request makes of the state that is held, where no reply tells. */
class StateEditorTest {
    private static final KubernetesSchema SCHEMA = KubernetesSchema.shipped();
    private static final Node BINDING = SCHEMA.root("rbac.authorization.k8s.io/v1", "RoleBinding");
    private static final Node POLICY = SCHEMA.root("networking.k8s.io/v1", "NetworkPolicy");
    private static final Node SET = SCHEMA.root("apps/v1", "StatefulSet");
    private static final Node SERVICE = SCHEMA.root("v1", "Service");

    @Test
    void takesAListWithoutWhatTheServerFillsInForTheSame() {
        leaves(
                "{'subjects':[{'kind':'User','name':'u','apiGroup':'rbac.authorization.k8s.io'}]}",
                "{'subjects':[{'kind':'User','name':'u'}]}",
                BINDING);
        leaves(
                "{'subjects':[{'kind':'ServiceAccount','name':'x','namespace':'a'}]}",
                "{'subjects':[{'kind':'ServiceAccount','name':'x','namespace':'a','apiGroup':''}]}",
                BINDING);
        leaves(
                "{'spec':{'egress':[{'ports':[{'port':53,'protocol':'TCP'}],'to':[{'ipBlock':{'cidr':'10.0.0.0/8'}}]}]}}",
                "{'spec':{'egress':[{'ports':[{'port':53}],'to':[{'ipBlock':{'cidr':'10.0.0.0/8','except':[]}}]}]}}",
                POLICY);
        leaves(
                "{'spec':{'volumeClaimTemplates':[{'kind':'PersistentVolumeClaim','apiVersion':'v1','metadata':{'name':'d'},"
                        + "'spec':{'resources':{'requests':{'storage':'1Gi'}},'volumeMode':'Filesystem'},'status':{'phase':'Pending'}}]}}",
                "{'spec':{'volumeClaimTemplates':[{'metadata':{'name':'d','creationTimestamp':null},"
                        + "'spec':{'resources':{'requests':{'storage':'1024Mi'}},'volumeName':''},'status':{}}]}}",
                SET);
    }

    @Test
    void takesAListThatSaysSomethingElseForWhatItIs() {
        changes("{'subjects':[{'kind':'User','name':'u'}]}", "{'subjects':[{'kind':'User','name':'v'}]}", BINDING);
        changes(
                "{'subjects':[{'kind':'User','name':'u'}]}",
                "{'subjects':[{'kind':'User','name':'u'},{'kind':'User','name':'v'}]}",
                BINDING);
        changes(
                "{'spec':{'egress':[{'ports':[{'port':53,'protocol':'UDP'}]}]}}",
                "{'spec':{'egress':[{'ports':[{'port':53,'protocol':'TCP'}]}]}}",
                POLICY);
        changes(
                "{'spec':{'egress':[{'ports':[{'port':53}]}]}}",
                "{'spec':{'egress':[{'ports':[{'port':53,'endPort':99}]}]}}",
                POLICY);
    }

    @Test
    void mergesThePortOfAStrategicPatchIntoTheOneOfItsNumber() {
        String held = "{'spec':{'ports':[{'port':53,'protocol':'UDP','targetPort':1}]}}";
        String patch = "{'spec':{'ports':[{'port':53,'targetPort':2}]}}";

        assertThat(after(held, RequestKind.STRATEGIC, patch, SERVICE))
                .isEqualTo("{'spec':{'ports':[{'port':53,'protocol':'UDP','targetPort':2}]}}");
        assertThat(after(held, RequestKind.APPLY, patch, SERVICE))
                .isEqualTo(
                        "{'spec':{'ports':[{'port':53,'protocol':'UDP','targetPort':1},{'port':53,'targetPort':2}]}}");
    }

    private static void leaves(String held, String applied, Node root) {
        assertThat(after(held, RequestKind.APPLY, applied, root)).isEqualTo(held);
        assertThat(after(held, RequestKind.MERGE, applied, root)).isEqualTo(held);
    }

    private static void changes(String held, String applied, Node root) {
        assertThat(after(held, RequestKind.APPLY, applied, root)).isEqualTo(applied);
    }

    private static String after(String held, RequestKind kind, String request, Node root) {
        byte[] after = StateEditor.after(json(held), kind, json(request), null, Part.MAIN, root);
        return new String(Objects.requireNonNull(after), StandardCharsets.UTF_8).replace('"', '\'');
    }

    private static Slice json(String text) {
        return Slice.of(text.replace('\'', '"'));
    }
}
