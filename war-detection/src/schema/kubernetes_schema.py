#!/usr/bin/env python3
"""Writes the table of Kubernetes' own list markings and quantities that Patchwar ships.

Run it again for the next Kubernetes release, from the root of the repository, with Go and Python 3.9 or later:

    go mod download k8s.io/kubernetes@v1.37.2 sigs.k8s.io/gateway-api@v1.7.0
    python3 war-detection/src/schema/kubernetes_schema.py \\
        "$(go env GOMODCACHE)/k8s.io/kubernetes@v1.37.2" \\
        "$(go env GOMODCACHE)/sigs.k8s.io/gateway-api@v1.7.0" \\
        > war-detection/src/main/resources/io/patchwar/fields/kubernetes-schema.tsv

It reads two things, and neither is kept in this repository:

- the OpenAPI v3 documents of the API server, api/openapi-spec/v3/*.json: the v2 document has the same marks, but no
  defaults, and a Service port without a protocol is the TCP one;
- the schema for structured merges of the Gateway API, applyconfiguration/internal/internal.go, whose types have names
  where its CRDs only nest.

What decides how a list's items are told apart, the first that is there:

1. x-kubernetes-list-map-keys: by these keys, in this order;
2. x-kubernetes-patch-merge-key: by this key, also where server-side apply takes the list as a whole (hostIPs, the
   conditions of a Job), for a strategic merge patch still changes single items;
3. x-kubernetes-list-type set, or the patch strategy merge on a list of scalars: by value;
4. nothing: the list is one value.

Types from which none of these, no quantity and no int-or-string can be reached are left out, and so are kinds of which
the metadata is all that is marked: the loader knows that of every kind. Versions of one type that say the same are one
type. The header of the table explains its lines.
"""

import json
import re
import sys
from pathlib import Path

QUANTITY = "io.k8s.apimachinery.pkg.api.resource.Quantity"
INT_OR_STRING = "io.k8s.apimachinery.pkg.util.intstr.IntOrString"
OBJECT_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"
LEAVES = {QUANTITY: "quantity", INT_OR_STRING: "int-or-string"}
NOTHING = "-"

GATEWAY_PACKAGES = {
    "io.k8s.sigs.gateway-api.apis": ("gateway", "gateway.networking.k8s.io"),
    "io.k8s.sigs.gateway-api.apisx": ("gateway-x", "gateway.networking.x-k8s.io"),
}

# A field is a pair (how, of). `how` says what stands there: "value", "items" (a list without marks), "set",
# "keyed KEY,KEY=DEFAULT" or "members" (a map). `of` says what that, its items or its members are: the full name of a
# type, "quantity", "int-or-string" or "-" for nothing that matters.


def plain(of):
    return of == NOTHING


# ---------------------------------------------------------------------------------------------- OpenAPI v3


def reference(schema):
    """What a schema is: the name of a type, a leaf that matters, or nothing."""
    wrapped = schema.get("allOf", [])
    target = schema.get("$ref") or (wrapped[0].get("$ref") if len(wrapped) == 1 else None)
    if target is None:
        return NOTHING
    name = target.rsplit("/", 1)[1]
    return LEAVES.get(name, name)


def key_with_default(key, item, schemas):
    default = schemas.get(item, {}).get("properties", {}).get(key, {}).get("default")
    return f"{key}={default}" if isinstance(default, str) and default else key


def openapi_field(schema, schemas, where):
    if schema.get("type") == "array":
        item = reference(schema["items"])
        refuse_nesting(schema["items"], where)
        keys = schema.get("x-kubernetes-list-map-keys")
        merge_key = schema.get("x-kubernetes-patch-merge-key")
        merged = "merge" in schema.get("x-kubernetes-patch-strategy", "").split(",")
        if not keys and merge_key:
            keys = [merge_key]
        if keys:
            return "keyed " + ",".join(key_with_default(key, item, schemas) for key in keys), item
        return ("set" if merged or schema.get("x-kubernetes-list-type") == "set" else "items"), item
    if isinstance(schema.get("additionalProperties"), dict):
        refuse_nesting(schema["additionalProperties"], where)
        return "members", reference(schema["additionalProperties"])
    return "value", reference(schema)


def refuse_nesting(schema, where):
    """A list of lists or a map of lists would need another column: none so far has anything marked inside."""
    for inner in (schema.get("items"), schema.get("additionalProperties")):
        if isinstance(inner, dict) and not plain(reference(inner)):
            sys.exit(f"{where}: a container of containers of {reference(inner)}; teach the table to say that")


def read_openapi(folder):
    types, kinds, schemas = {}, {}, {}
    for document in sorted(folder.glob("*.json")):
        schemas.update(json.loads(document.read_text("utf-8")).get("components", {}).get("schemas", {}))
    if not schemas:
        sys.exit(f"no OpenAPI v3 documents in {folder}")
    for name, schema in schemas.items():
        types[name] = {
            field: openapi_field(of, schemas, f"{name}.{field}")
            for field, of in schema.get("properties", {}).items()
        }
        if types[name].get("metadata") == ("value", OBJECT_META):
            for gvk in schema.get("x-kubernetes-group-version-kind", []):
                kinds.setdefault((gvk["group"], gvk["kind"]), {})[gvk["version"]] = name
    return types, kinds


# ---------------------------------------------------------------------------------------------- structured merge


def block(lines, at, indent):
    """Reads the plain subset of YAML that the generator of applyconfigurations writes: blocks and one-line scalars."""
    sequence = at < len(lines) and lines[at][1].startswith("- ")
    result = [] if sequence else {}
    while at < len(lines) and lines[at][0] == indent and lines[at][1].startswith("- ") == sequence:
        text = lines[at][1]
        if sequence and not re.match(r"- [\w-]+:( |$)", text):
            result.append(text[2:])
            at += 1
        elif sequence:
            lines[at] = (indent + 2, text[2:])
            value, at = block(lines, at, indent + 2)
            result.append(value)
        else:
            key, value = re.fullmatch(r"([\w-]+):(?: (.*))?", text).groups()
            at += 1
            if value is None:
                value, at = block(lines, at, lines[at][0])
            result[key] = value
    return result, at


def full_name(name):
    """The older naming turns the package around: ObjectMeta.v1.meta.apis.pkg.apimachinery.k8s.io."""
    return ".".join(reversed(name.split("."))) if name.endswith(".k8s.io") else name


def merge_reference(schema):
    name = full_name(schema.get("namedType", NOTHING))
    return LEAVES.get(name, name)


def merge_field(schema, types):
    if "list" in schema:
        of = schema["list"]
        item = merge_reference(of["elementType"])
        if of["elementRelationship"] != "associative":
            return "items", item
        if "keys" not in of:
            return "set", item
        defaults = {
            field["name"]: field["default"]
            for field in types.get(item, {}).get("map", {}).get("fields", [])
            if isinstance(field.get("default"), str) and re.fullmatch(r"[A-Za-z]\w*", field["default"])
        }
        return "keyed " + ",".join(f"{key}={defaults[key]}" if key in defaults else key for key in of["keys"]), item
    if "elementType" in schema.get("map", {}):
        return "members", merge_reference(schema["map"]["elementType"])
    return "value", merge_reference(schema)


def read_structured_merge(source):
    yaml = re.search(r"YAMLObject\(`(.*?)`\)", source.read_text("utf-8"), re.S).group(1)
    lines = [(len(line) - len(line.lstrip()), line.strip()) for line in yaml.splitlines() if line.strip()]
    document, read = block(lines, 0, 0)
    if read != len(lines):
        sys.exit(f"{source}: understood only {read} of {len(lines)} lines")
    schemas = {full_name(schema["name"]): schema for schema in document["types"]}
    types, kinds = {}, {}
    for name, schema in schemas.items():
        types[name] = {
            field["name"]: merge_field(field["type"], schemas) for field in schema.get("map", {}).get("fields", [])
        }
        if "kind" in types[name] and types[name].get("metadata") == ("value", OBJECT_META):
            package, version, kind = name.rsplit(".", 2)
            kinds.setdefault((GATEWAY_PACKAGES[package][1], kind), {})[version] = name
    return types, kinds


# ---------------------------------------------------------------------------------------------- what matters


def prune(types):
    """Keeps the fields from which something marked can be reached."""
    useful = set()

    def matters(field):
        how, of = field
        return how == "set" or how.startswith("keyed") or of in LEAVES.values() or of in useful

    grown = True
    while grown:
        more = {name for name, fields in types.items() if any(map(matters, fields.values()))}
        grown = more != useful
        useful = more
    return {
        name: {
            field: (how, of if of in useful or of in LEAVES.values() else NOTHING)
            for field, (how, of) in types[name].items()
            if matters((how, of))
        }
        for name in useful
    }


def version_order(version):
    """v2 before v1 before v1beta2 before v1beta1 before v1alpha1, as Kubernetes itself prefers them."""
    major, stage, minor = re.fullmatch(r"v(\d+)(?:(alpha|beta)(\d+))?", version).groups()
    return {None: 0, "beta": 1, "alpha": 2}[stage], -int(major), -int(minor or 0)


def merge_versions(types):
    """Maps each type to the one that stands for it: the most stable version of those that say the same."""
    blocks = {name: tuple(name.rsplit(".", 2)[::2]) for name in types}
    while True:
        signatures = {
            name: (blocks[name], tuple(sorted((f, how, blocks.get(of, of)) for f, (how, of) in fields.items())))
            for name, fields in types.items()
        }
        numbers = {signature: number for number, signature in enumerate(sorted(set(signatures.values()), key=repr))}
        refined = {name: numbers[signatures[name]] for name in types}
        if len(set(refined.values())) == len(set(blocks.values())):
            break
        blocks = refined
    best = {}
    for name in sorted(types, key=lambda name: (version_order(name.split(".")[-2]), name)):
        best.setdefault(blocks[name], name)
    return {name: best[blocks[name]] for name in types}


def short_names(names):
    """core.Container, or core.v1beta1.Container where the versions of a type differ."""

    def room(name):
        package = name.rsplit(".", 2)[0]
        return GATEWAY_PACKAGES[package][0] if package in GATEWAY_PACKAGES else package.rsplit(".", 1)[1]

    versions = {}
    for name in names:
        versions.setdefault((room(name), name.rsplit(".", 1)[1]), []).append(name)
    short = {}
    for (place, base), full in versions.items():
        for name in full:
            short[name] = f"{place}.{base}" if len(full) == 1 else f"{place}.{name.split('.')[-2]}.{base}"
    if len(set(short.values())) != len(short):
        sys.exit("two types have one short name")
    return short


# ---------------------------------------------------------------------------------------------- the table

HEADER = """\
# Which lists Kubernetes merges by key or as sets, and which values are quantities.
# Generated from the OpenAPI of {sources} by war-detection/src/schema/kubernetes_schema.py,
# whose head says how to run it again. Do not edit.
#
# kind <group>/<version> <kind> <type>    * is every version; the first line of a kind also serves versions not named
# type <name>, then its fields:
#      <field> value   <of>               an object or a scalar
#      <field> members <of>               a map from any name to <of>
#      <field> items   <of>               a list that is one value
#      <field> set     <of>               a list of members
#      <field> keyed <key>,<key>=<default> <of>
# <of> is a type, quantity, int-or-string, or - where nothing below is marked. What is not named here is not marked.
"""


def kind_lines(kinds, types, stands_for, short):
    for (group, kind), versions in sorted(kinds.items()):
        served = {v: stands_for[t] for v, t in versions.items() if t in types and set(types[t]) != {"metadata"}}
        prefix = group + "/" if group else ""
        if len(set(served.values())) == 1 and len(served) == len(versions):
            yield f"kind\t{prefix}*\t{kind}\t{short[next(iter(served.values()))]}"
            continue
        if not served:
            continue
        for version in sorted(versions, key=version_order):
            # A version that marks nothing still has a line: otherwise it would pass for the first one.
            yield f"kind\t{prefix}{version}\t{kind}\t{short[served[version]] if version in served else NOTHING}"


def main(kubernetes, gateway):
    types, kinds = read_openapi(kubernetes / "api/openapi-spec/v3")
    gateway_types, gateway_kinds = read_structured_merge(gateway / "applyconfiguration/internal/internal.go")
    types = prune({**gateway_types, **types})
    kinds.update(gateway_kinds)
    stands_for = merge_versions(types)

    pending = [stands_for[t] for versions in kinds.values() for t in versions.values()
               if t in types and set(types[t]) != {"metadata"}]
    reached = {OBJECT_META}
    while pending:
        name = pending.pop()
        if name not in reached:
            reached.add(name)
            pending += [stands_for[of] for _, of in types[name].values() if of in stands_for]

    short = short_names(reached)
    sources = " and ".join(f"{path.parent.name}/{path.name}" for path in (kubernetes, gateway))
    print(HEADER.format(sources=sources))
    for line in kind_lines(kinds, types, stands_for, short):
        print(line)
    for name in sorted(reached, key=short.get):
        print(f"\ntype\t{short[name]}")
        for field, (how, of) in sorted(types[name].items()):
            print(f"\t{field}\t" + how.replace(" ", "\t") + "\t" + short.get(stands_for.get(of), of))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
