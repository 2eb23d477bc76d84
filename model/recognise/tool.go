package recognise

import (
	"path"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// tool recognises the files of other programs.
func (f *file) tool() (Find, bool) {
	is := func(key string, kind value.Kind) bool { return f.root.Get(key).Is(kind) }
	hasOneOf := func(keys ...string) bool { return slices.ContainsFunc(keys, f.root.Has) }
	what := ""
	switch {
	case slices.Contains([]string{"record", "enum", "fixed"}, f.root.Get("type").StringOr("")) && is("name", value.KindString), is("protocol", value.KindString) && is("types", value.KindArray):
		return found("an Avro schema", "write its fields as the properties of a definition:"+form(kindOf(f.root.Get("name").StringOr("book")), "")), true
	case is("name", value.KindString) && hasOneOf("dependencies", "devDependencies", "peerDependencies", "scripts", "exports") || path.Base(f.path) == "package.json":
		what = "the package.json of a package for Node.js"
	case f.root.Has("lockfileVersion"):
		what = "the lock file of a package for Node.js"
	case is("compilerOptions", value.KindObject):
		what = "the configuration of a TypeScript project"
	case is("jobs", value.KindObject) && f.root.Has("on"):
		what = "a GitHub workflow"
	case is("runs", value.KindObject) && f.root.Get("runs").Has("using"):
		what = "a GitHub action"
	case slices.ContainsFunc(value.Members(f.root.Get("services")), func(m value.Member) bool { return m.Value.Has("image") || m.Value.Has("build") }):
		what = "a docker compose file"
	case f.root.Has("AWSTemplateFormatVersion"):
		what = "a CloudFormation template"
	case hasOneOf("apiVersion") && is("name", value.KindString) && is("version", value.KindString):
		what = "the Chart.yaml of a Helm chart"
	default:
		return Find{}, false
	}
	return found(what, rest), true
}

// core are the kinds of a Kubernetes cluster whose apiVersion is v1, which could be that of a definition.
var core = strings.Fields(`Binding ConfigMap Endpoints Event LimitRange List Namespace Node PersistentVolume PersistentVolumeClaim Pod
	PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount`)

// coreParts are what those have beside their names, but for a namespace.
var coreParts = strings.Fields("binaryData data imagePullSecrets immutable involvedObject items secrets spec stringData subsets target template")

// kubernetes recognises what a cluster reads. The version of any other resource has a group before a slash there, which no
// version of a definition has.
func (f *file) kubernetes() (Find, bool) {
	kind, apiVersion := f.root.Get("kind").StringOr(""), f.root.Get("apiVersion").StringOr("")
	isGrouped := strings.Contains(apiVersion, "/")
	switch {
	case kind == "" || kind != name.Capital(kind) || f.misspells("schema") || slices.ContainsFunc(onlyHere, f.root.Has):
		return Find{}, false
	case isGrouped && kind == "CustomResourceDefinition":
		return f.customResource()
	case isGrouped, f.root.Get("spec").Is(value.KindObject):
	case !slices.Contains(core, kind) || apiVersion != "v1":
		return Find{}, false
	case kind != "Namespace" && !slices.ContainsFunc(coreParts, f.root.Has):
		return Find{}, false
	}
	return found("a Kubernetes manifest ("+kind+")", rest), true
}

// customResource is the find of a CustomResourceDefinition, whose schema a definition can have.
func (f *file) customResource() (Find, bool) {
	spec := f.root.Get("spec")
	names := spec.Get("names")
	kind := kindOf(names.Get("singular").StringOr(names.Get("kind").StringOr("book")))
	pointer := ""
	for i, v := range value.Items(spec.Get("versions")) {
		if v.Get("schema").Has("openAPIV3Schema") {
			pointer = value.PointerTo("", "spec", "versions", value.Int(i).Text, "schema", "openAPIV3Schema")
			break
		}
	}
	reference := ""
	if pointer != "" {
		reference = f.reference(pointer)
	}
	return found("a Kubernetes CustomResourceDefinition", "write a definition of the resource, in a file of its own:"+form(kind, reference)), true
}
