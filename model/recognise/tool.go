package recognise

import (
	"path"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// names are those that only one program gives its files.
var names = map[string]string{
	".eslintrc.json": "the configuration of ESLint", ".eslintrc.yaml": "the configuration of ESLint", ".eslintrc.yml": "the configuration of ESLint",
	".gitlab-ci.yml": "a GitLab pipeline", ".golangci.yaml": "the configuration of golangci-lint", ".golangci.yml": "the configuration of golangci-lint",
	".pre-commit-config.yaml": "the configuration of pre-commit", ".prettierrc": "the configuration of Prettier", ".spectral.yaml": "the rules of Spectral",
	"composer.json": "the composer.json of a package for PHP", "kustomization.yaml": "a kustomization of Kubernetes", "kustomization.yml": "a kustomization of Kubernetes",
	"package.json": "the package.json of a package for Node.js", "redocly.yaml": "the configuration of Redocly", "renovate.json": "the configuration of Renovate",
	"values.yaml": "the values.yaml of a Helm chart", "values.yml": "the values of a Helm chart",
}

// signatures are keys that only the files of one program have together.
var signatures = []struct {
	keys []string
	what string
}{
	{[]string{"lockfileVersion"}, "the lock file of a package for Node.js"},
	{[]string{"compilerOptions"}, "the configuration of a TypeScript project"},
	{[]string{"nbformat", "cells"}, "a notebook"},
	{[]string{"jobs", "on"}, "a GitHub workflow"},
	{[]string{"jobs", "workflows"}, "a CircleCI configuration"},
	{[]string{"updates", "version"}, "the configuration of Dependabot"},
	{[]string{"trigger", "steps"}, "an Azure pipeline"},
	{[]string{"trigger", "stages"}, "an Azure pipeline"},
	{[]string{"pool", "steps"}, "an Azure pipeline"},
	{[]string{"pipelines"}, "a Bitbucket pipeline"},
	{[]string{"AWSTemplateFormatVersion"}, "a CloudFormation template"},
	{[]string{"service", "provider", "functions"}, "a Serverless configuration"},
	{[]string{"terraform"}, "a Terraform configuration"},
	{[]string{"provider", "resource"}, "a Terraform configuration"},
	{[]string{"replicaCount", "image"}, "the values.yaml of a Helm chart"},
	{[]string{"apiVersion", "name", "version"}, "the Chart.yaml of a Helm chart"},
	{[]string{"scrape_configs"}, "the configuration of Prometheus"},
	{[]string{"site_name"}, "the configuration of MkDocs"},
	{[]string{"@context"}, "a JSON-LD document"},
}

// tool recognises the files of other programs.
func (f *file) tool() (Find, bool) {
	if find, ok := f.avro(); ok {
		return find, true
	}
	what := names[path.Base(f.path)]
	for _, s := range signatures {
		if what == "" && !slices.ContainsFunc(s.keys, func(key string) bool { return !f.root.Has(key) }) {
			what = s.what
		}
	}
	is := func(key string, kind value.Kind) bool { return f.root.Get(key).Is(kind) }
	isContainer := func(v *value.Value) bool { return v.Has("image") || v.Has("build") }
	switch {
	case what != "":
	case strings.HasSuffix(f.path, ".tf.json"):
		what = "a Terraform configuration"
	case is("name", value.KindString) && slices.ContainsFunc([]string{"dependencies", "devDependencies", "peerDependencies", "scripts", "exports"}, f.root.Has):
		what = "the package.json of a package for Node.js"
	case is("runs", value.KindObject) && f.root.Get("runs").Has("using"):
		what = "a GitHub action"
	case slices.ContainsFunc(value.Members(f.root.Get("services")), func(m value.Member) bool { return isContainer(m.Value) }),
		f.all(isContainer):
		what = "a docker compose file"
	case is("stages", value.KindArray) && f.any(func(v *value.Value) bool { return v.Has("script") }),
		f.any(func(v *value.Value) bool { return v.Get("script").Is(value.KindArray) }):
		what = "a GitLab pipeline"
	case is("log", value.KindObject) && f.root.Get("log").Get("entries").Is(value.KindArray):
		what = "a recording of requests (HAR)"
	case slices.Contains([]string{"Feature", "FeatureCollection"}, f.root.Get("type").StringOr("")):
		what = "a GeoJSON document"
	default:
		return Find{}, false
	}
	return found(what, rest), true
}

// avro recognises an Avro schema.
func (f *file) avro() (Find, bool) {
	is := func(key string, kind value.Kind) bool { return f.root.Get(key).Is(kind) }
	isNamed := slices.Contains([]string{"record", "enum", "fixed"}, f.root.Get("type").StringOr("")) && is("name", value.KindString)
	if !isNamed && !(is("protocol", value.KindString) && is("types", value.KindArray)) {
		return Find{}, false
	}
	return found("an Avro schema", "write its fields as the properties of a definition:"+form(kindOf(f.root.Get("name").StringOr("book")), "")), true
}

// any reports whether a member of the document is such, and all whether each is.
func (f *file) any(is func(*value.Value) bool) bool {
	return slices.ContainsFunc(f.root.Members, func(m value.Member) bool { return is(m.Value) })
}

func (f *file) all(is func(*value.Value) bool) bool {
	return len(f.root.Members) > 0 && !f.any(func(v *value.Value) bool { return !is(v) })
}

// list recognises a list, which no definition is: the data that a definition describes, or a playbook.
func (f *file) list() (Find, bool) {
	isObject := func(v *value.Value) bool { return v.Is(value.KindObject) }
	isDefinition := func(v *value.Value) bool { return v.Has("kind") || v.Has("schema") }
	switch {
	case !slices.ContainsFunc(f.root.Items, isObject) || slices.ContainsFunc(f.root.Items, isDefinition):
		return Find{}, false
	case slices.ContainsFunc(f.root.Items, func(v *value.Value) bool { return v.Has("hosts") && (v.Has("tasks") || v.Has("roles")) }):
		return found("an Ansible playbook", rest), true
	}
	return f.data("a list of data"), true
}

// data is the find of what a definition describes.
func (f *file) data(what string) Find {
	return found(what, "leave it out; to check it against a definition, run firestone validate -r book.yaml book "+f.path)
}

// core are the kinds of a Kubernetes cluster whose apiVersion is v1, which could be that of a definition.
var core = strings.Fields(`Binding ConfigMap Endpoints Event LimitRange List Namespace Node PersistentVolume PersistentVolumeClaim Pod
	PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount`)

// coreParts are what those have besides their names, except for a namespace.
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
