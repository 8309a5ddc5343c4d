package io.patchwar.watch.config;

import io.patchwar.detection.DetectionRules;
import io.patchwar.pressure.EtcdSpace;
import io.patchwar.pressure.PressureConfig;
import io.patchwar.settings.Amounts;
import io.patchwar.watch.IgnoreList;
import io.patchwar.watch.WatchConfig;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Settings as the table that an operator is shown, in the order of {@code docs/patchwar.example.yaml}. */
final class EffectiveSettings {
    private EffectiveSettings() {}

    static Map<String, String> of(Settings settings) {
        Map<String, String> table = new LinkedHashMap<>();
        WatchConfig watch = settings.watch();
        table.put("cluster", settings.cluster());
        table.put("redact", String.valueOf(watch.redact()));
        table.put("scope.excludedResources", list(settings.scope().excludedResources()));
        table.put("scope.excludedGroups", list(settings.scope().excludedGroups()));
        table.put("order.grace", Amounts.text(watch.grace()));
        table.put("order.heldEvents", String.valueOf(watch.heldEvents()));
        table.put("memory.heldBytes", Amounts.text(watch.mostHeldBytes()));
        table.put("memory.objects", String.valueOf(watch.mostObjects()));
        table.put("memory.bytes", Amounts.text(watch.mostBytes()));
        table.put("memory.wars", String.valueOf(watch.mostWars()));
        putPressure(watch.pressure(), table);
        putRules(watch.rules(), table);
        int shipped = IgnoreList.shipped().size();
        boolean keepsShipped = watch.rules().ignored().containsAll(IgnoreList.shipped());
        table.put("ignore.shipped", keepsShipped + (keepsShipped ? " (" + shipped + " rules)" : ""));
        table.put("ignore.rules", (watch.rules().ignored().size() - (keepsShipped ? shipped : 0)) + " of your own");
        return table;
    }

    private static void putPressure(PressureConfig pressure, Map<String, String> table) {
        EtcdSpace etcd = pressure.etcd();
        Long inUse = etcd == null ? null : etcd.inUseBytes();
        table.put("pressure.quota", etcd == null ? "not known" : Amounts.text(etcd.quotaBytes()));
        table.put("pressure.inUse", inUse == null ? "not known" : Amounts.text(inUse));
        table.put("pressure.compaction", Amounts.text(pressure.compaction()));
        table.put("pressure.watchers", new TreeMap<>(pressure.watchers()).toString());
    }

    private static void putRules(DetectionRules rules, Map<String, String> table) {
        table.put("rules.window", Amounts.text(rules.window()));
        table.put("rules.reversals", String.valueOf(rules.reversals()));
        table.put("rules.ownedRecreations", String.valueOf(rules.ownedRecreations()));
        table.put("rules.ownedSpan", Amounts.text(rules.ownedSpan()));
        table.put("rules.handOvers", String.valueOf(rules.handOvers()));
        table.put("rules.newValues", String.valueOf(rules.newValues()));
        table.put("rules.returns", String.valueOf(rules.returns()));
        table.put("rules.flipFlopValues", String.valueOf(rules.flipFlopValues()));
        table.put("rules.shortSpan", Amounts.text(rules.shortSpan()));
        table.put("rules.hotLoopWrites", String.valueOf(rules.hotLoopWrites()));
        table.put("rules.hotLoopSpan", Amounts.text(rules.hotLoopSpan()));
        table.put("rules.rejections", String.valueOf(rules.rejections()));
        table.put("rules.rejectedPerAccepted", String.valueOf(rules.rejectedPerAccepted()));
        table.put("rules.suspectedHandOvers", String.valueOf(rules.suspectedHandOvers()));
        table.put("rules.suspectedShare", String.valueOf(rules.suspectedShare()));
        table.put("rules.quiet", Amounts.text(rules.quiet()));
        table.put("rules.quietPeriods", String.valueOf(rules.quietPeriods()));
        table.put("rules.valuesPerField", String.valueOf(rules.valuesPerField()));
        table.put("rules.fieldsPerObject", String.valueOf(rules.fieldsPerObject()));
        table.put("rules.disputesPerObject", String.valueOf(rules.disputesPerObject()));
    }

    private static String list(Collection<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", ", "[", "]"));
    }
}
