package io.patchwar.remedies;

import io.patchwar.model.WarClass;
import java.util.List;

/** Services and Ingresses: who may publish an address. */
final class ServiceRemedies {
    private static final String[] METALLB = {"system:serviceaccount:metallb-system:*", "*metallb*"};
    private static final String[] CHISEL = {"*chisel-operator*"};

    static final List<Case> CASES = List.of(
            Case.when(WarClass.TUG_OF_WAR)
                    .of("services")
                    .over("status.loadBalancer*", "metadata.annotations[metallb.io/*")
                    .with(METALLB)
                    .with(CHISEL)
                    .then(
                            "service-metallb-chisel",
                            "MetalLB and chisel-operator each take every Service of type LoadBalancer for their own, and each"
                                    + " takes the other's address for a mistake.",
                            "Give each implementation a class of its own: start MetalLB's controller and speakers with --lb-class"
                                    + " metallb.io/metallb, and set spec.loadBalancerClass: metallb.io/metallb on the Services that are"
                                    + " MetalLB's.",
                            "For chisel-operator set LOAD_BALANCER_CLASS in its environment to a class of your choice and"
                                    + " spec.loadBalancerClass on its Services to the same. On Services that exist already, where"
                                    + " spec.loadBalancerClass cannot be set any more, the annotation"
                                    + " chisel-operator.io/chisel-operator-class does it.",
                            "If one application needs both addresses, give it two Services, one of each class.",
                            "spec.loadBalancerClass is only accepted when a Service is made or becomes a LoadBalancer: recreate the"
                                    + " Service, or turn it into a ClusterIP and back."),
            Case.when(WarClass.TUG_OF_WAR)
                    .of("services")
                    .over("status.loadBalancer*", "spec.loadBalancerIP", "spec.loadBalancerClass")
                    .then(
                            "service-load-balancers",
                            "Two load balancer implementations take the same Service for their own.",
                            "Set spec.loadBalancerClass on the Service to the class of the one that shall serve it, and start each"
                                    + " implementation so that it takes only its own class (MetalLB: --lb-class; Cilium:"
                                    + " --lbipam-require-lb-class; k3s: --disable servicelb; kube-vip: leave its service mode off).",
                            "If both shall serve the application, give it two Services, one of each class.",
                            "spec.loadBalancerClass is only accepted when a Service is made or becomes a LoadBalancer: recreate the"
                                    + " Service, or turn it into a ClusterIP and back."),
            Case.when(WarClass.TUG_OF_WAR, WarClass.SPLIT_BRAIN)
                    .of("ingresses.networking.k8s.io", "ingresses.extensions")
                    .over("status.loadBalancer*")
                    .then(
                            "ingress-status",
                            "Two ingress controllers, or two releases of one, publish their address in the same Ingress.",
                            "Let the Ingress name its class (spec.ingressClassName) and give each controller a class of its own; two"
                                    + " ingress-nginx releases need different --controller-class, --ingress-class and --election-id.",
                            "Do not let a controller take Ingresses without a class (ingress-nginx:"
                                    + " --watch-ingress-without-class=false).",
                            "If only one shall publish addresses, turn the other's status updates off (ingress-nginx:"
                                    + " --update-status=false)."));

    private ServiceRemedies() {}
}
