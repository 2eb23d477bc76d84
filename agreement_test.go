package main_test

import (
	"encoding/json"
	"maps"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// pair is the two documents of the same definitions, AsyncAPI 2.6 and OpenAPI 3.1: the versions of both families that have
// the most in common.
type pair struct {
	t            *testing.T
	events, rest tree
	isCompared   map[string]bool // what was there to compare: schemas, schemes, parameters, bodies, requirements
}

func documentsAgree(t *testing.T, api *model.API, isCompared map[string]bool) {
	render := func(pack, version string) tree {
		files := renderVariant(t, api, variant{pack: pack, settings: []string{"version=" + version}})
		i := slices.IndexFunc(files, func(file generator.File) bool { return file.Path == pack+".yaml" })
		return parseTree(t, files[i].Content)
	}
	p := pair{t, render("asyncapi", "2.6.0"), render("openapi", "3.1.0"), isCompared}
	p.schemas()
	p.schemes()
	for _, address := range slices.Sorted(maps.Keys(p.events.object("channels"))) {
		p.channel(address)
	}

	newer, older := render("asyncapi", "3.0.0"), render("openapi", "3.0.3")
	p.sameNames("schemas of OpenAPI 3.0 and 3.1", older.object("components", "schemas"), p.rest.object("components", "schemas"))
	p.sameNames("paths of OpenAPI 3.0 and 3.1", older.object("paths"), p.rest.object("paths"))
	p.sameNames("schemas of AsyncAPI 2.6 and 3.0", newer.object("components", "schemas"), p.events.object("components", "schemas"))
	addresses, olderAddresses := tree{}, tree{}
	for _, channel := range newer.object("channels") {
		addresses[steps(channel.(tree).text("address"), nil)] = true
	}
	for address, channel := range p.events.object("channels") {
		olderAddresses[steps(address, channel.(tree).object("parameters"))] = true
	}
	p.sameNames("addresses of AsyncAPI 2.6 and 3.0", olderAddresses, addresses)
}

func (p pair) sameNames(what string, a, b tree) {
	p.t.Helper()
	p.same(what, slices.Sorted(maps.Keys(a)), slices.Sorted(maps.Keys(b)))
}

func (p pair) same(what string, event, rest any) {
	p.t.Helper()
	if !reflect.DeepEqual(event, rest) {
		p.t.Errorf("%s differ:\n%s\n%s", what, show(event), show(rest))
	}
}

func (p pair) sameSchema(what string, event, rest any) {
	p.t.Helper()
	p.same(what, plain(event), plain(rest))
}

// schemas compares the components: the payloads of events have the same names as the bodies of operations.
func (p pair) schemas() {
	rest := p.rest.object("components", "schemas")
	for name, schema := range p.events.object("components", "schemas") {
		other, ok := rest[name]
		if !ok {
			p.t.Errorf("component %s: no operation has it", name)
			continue
		}
		p.isCompared["schemas"] = true
		p.sameSchema("components "+name, schema, other)
	}
}

// schemes compares the security schemes. Only a server of events may use one that no operation uses.
func (p pair) schemes() {
	rest := p.rest.object("components", "securitySchemes")
	types := map[string]any{"httpApiKey": "apiKey", "X509": "mutualTLS"}
	for name, scheme := range p.events.object("components", "securitySchemes") {
		event := maps.Clone(scheme.(tree))
		if other, ok := types[event.text("type")]; ok {
			event["type"] = other
		}
		if rest[name] == nil {
			if !p.isOfServer(name) {
				p.t.Errorf("scheme %s: no operation needs it", name)
			}
			continue
		}
		p.isCompared["schemes"] = true
		p.same("schemes "+name, event, rest[name])
	}
}

func (p pair) isOfServer(scheme string) bool {
	for _, server := range p.events.object("servers") {
		for _, requirement := range server.(tree).list("security") {
			if _, ok := requirement.(tree)[scheme]; ok {
				return true
			}
		}
	}
	return false
}

// channel compares a channel with the path that it stands for.
func (p pair) channel(address string) {
	channel := p.events.object("channels", address)
	if p.isTopic(channel) {
		p.topic(address, channel)
		return
	}
	path := p.pathOf(address, channel)
	if path == nil {
		p.t.Errorf("channel %s: no path", address)
		return
	}
	p.parameters(address, channel, path)
	method, read := first(path, "get", "head")
	// A message to a collection adds to it, even if the collection also has PATCH.
	_, write := first(path, "post", "patch", "put")
	sent, refusals := p.sent(channel.object("subscribe"))
	if len(sent) > 0 {
		p.operation("subscribe "+address, channel.object("subscribe"), read)
	}
	if method == "get" {
		p.bodies("subscribe "+address, sent, p.rest.resolve(read.object("responses", "200")))
	}
	if publish := channel.object("publish"); publish != nil {
		p.operation("publish "+address, publish, write)
		p.bodies("publish "+address, p.messages(publish), write.object("requestBody"))
		if len(refusals) != 1 {
			p.t.Errorf("publish %s: %d messages refuse one", address, len(refusals))
		}
	}
	for _, refusal := range refusals {
		p.refusal("refuse "+address, refusal, write)
	}
}

// sent returns the messages that a client receives, and those of them that refuse one of its own.
func (p pair) sent(subscribe tree) (messages, refusals []tree) {
	for _, message := range p.messages(subscribe) {
		kind := message.object("payload", "properties", "type").text("const")
		if message.text("contentType") == "application/problem+json" || strings.HasSuffix(kind, ".refused") {
			refusals = append(refusals, message)
		} else {
			messages = append(messages, message)
		}
	}
	return messages, refusals
}

// refusal compares a message that refuses another with the error response of the operation.
func (p pair) refusal(what string, message, write tree) {
	schema := message["payload"]
	if message.text("contentType") == "application/cloudevents+json" {
		schema = message.object("payload", "properties")["data"]
	}
	failed := p.rest.resolve(write.object("responses", "default")).object("content", "application/problem+json")["schema"]
	if failed.(tree)["$ref"] == nil {
		return // below a path with encoded characters nothing is shared
	}
	p.isCompared["refusals"] = true
	p.sameSchema("problems "+what, schema, failed)
}

// first returns the first of the members that an object has.
func first(object tree, names ...string) (string, tree) {
	for _, name := range names {
		if member := object.object(name); member != nil {
			return name, member
		}
	}
	return "", nil
}

// pathOf returns the path that corresponds to the address of a channel.
func (p pair) pathOf(address string, channel tree) tree {
	wanted := steps(address, channel.object("parameters"))
	for path, item := range p.rest.object("paths") {
		if steps(path, nil) == wanted {
			return item.(tree)
		}
	}
	return nil
}

// steps returns the decoded steps of an address, whether they are separated by slashes or full stops, percent-encoded or
// not. A step that an address cannot contain is a parameter with one value.
func steps(address string, parameters tree) string {
	separator := "/"
	if !strings.Contains(address, separator) {
		separator = "."
	}
	all := strings.Split(strings.TrimPrefix(address, "/"), separator)
	for i, step := range all {
		name := strings.Trim(step, "{}")
		if only := parameters.object(name, "schema").text("const"); only != "" && name != step {
			all[i] = only
		} else if decoded, err := url.PathUnescape(step); err == nil {
			all[i] = decoded
		}
	}
	return strings.Join(all, "\n")
}

func (p pair) parameters(address string, channel, path tree) {
	p.t.Helper()
	names := tree{}
	for _, parameter := range path.list("parameters") {
		parameter := p.rest.resolve(parameter.(tree))
		name := parameter.text("name")
		names[name] = true
		event := p.events.resolve(channel.object("parameters", name))
		p.isCompared["parameters"] = true
		p.sameSchema("parameters "+address+" "+name, event["schema"], parameter["schema"])
		if description := parameter.text("description"); description != "" {
			p.same("descriptions "+address+" "+name, event.text("description"), description)
		}
	}
	for name, parameter := range channel.object("parameters") {
		if _, isStep := parameter.(tree).object("schema")["const"]; !isStep && names[name] == nil {
			p.t.Errorf("parameter %s %s: the path has none", address, name)
		}
	}
}

// operation compares the security requirements.
func (p pair) operation(what string, event, rest tree) {
	p.t.Helper()
	if rest == nil {
		p.t.Errorf("%s: no operation does it", what)
	}
	exact, isKept := rest["x-security"]
	if !isKept {
		exact = rest["security"]
	}
	needed, _ := exact.([]any)
	if len(needed) > 0 {
		p.isCompared["requirements"] = true
	}
	p.same("requirements "+what, append([]any{}, event.list("security")...), append([]any{}, needed...))
}

// messages returns the messages of an operation.
func (p pair) messages(event tree) []tree {
	message := event.object("message")
	if message == nil {
		return nil
	}
	all := message.list("oneOf")
	if all == nil {
		all = []any{message}
	}
	var messages []tree
	for _, one := range all {
		messages = append(messages, p.events.resolve(one.(tree)))
	}
	return messages
}

// bodies compares the messages of an operation with a response or a request.
func (p pair) bodies(what string, messages []tree, body tree) {
	p.t.Helper()
	for _, message := range messages {
		p.body(what, message, body)
	}
}

func (p pair) looksLikeSchema(example any) bool {
	text, err := json.Marshal(example)
	if err != nil {
		p.t.Fatal(err)
	}
	var problems model.Problems
	return value.Parse("example.json", text, &problems)[0].LooksLikeSchema()
}

// body compares a message with the content of a response or a request. An event contains the resource itself, which in a
// collection is the item of its list.
func (p pair) body(what string, message, body tree) {
	p.t.Helper()
	contents := body.object("content")
	if len(contents) != 1 {
		p.t.Errorf("%s: %d types of content", what, len(contents))
		return
	}
	contentType := slices.Collect(maps.Keys(contents))[0]
	content := contents.object(contentType)
	if message.text("contentType") == "application/cloudevents+json" {
		p.event(what, message.object("payload", "properties")["data"], content.object("schema"))
		return
	}
	// Messages have a single content type, so that a merge patch is plain JSON there.
	p.same("types of content "+what, message.text("contentType"), strings.Replace(contentType, "merge-patch+json", "json", 1))
	p.isCompared["bodies"] = true
	p.sameSchema("bodies "+what, message["payload"], content["schema"])
	var example any
	if examples := message.list("examples"); len(examples) > 0 {
		p.isCompared["examples"] = true
		example = examples[0].(tree)["payload"]
	}
	if p.looksLikeSchema(example) {
		example = nil // linters of OpenAPI would take it for one
	}
	p.same("examples "+what, example, content["example"])
}

func (p pair) event(what string, data any, schema tree) {
	p.t.Helper()
	if data == nil {
		return
	}
	p.isCompared["events"] = true
	if items := p.rest.resolve(schema)["items"]; items != nil {
		p.sameSchema("events "+what, data, items)
		return
	}
	p.sameSchema("events "+what, data, schema)
}
