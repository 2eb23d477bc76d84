package definition

import (
	"cmp"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/facts"
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// schemeKeys are the keys of a security scheme by its type, the required ones first, and how many of them are
// required (OpenAPI 3.1, section 4.8.27).
var schemeKeys = map[string]struct {
	keys     []string
	required int
}{
	"apiKey":        {[]string{"name", "in"}, 2},
	"http":          {[]string{"scheme", "bearerFormat"}, 1},
	"mutualTLS":     {nil, 0},
	"oauth2":        {[]string{"flows"}, 1},
	"openIdConnect": {[]string{"openIdConnectUrl"}, 1},
}

// schemeForms show a scheme whose type is called otherwise: by the scheme of HTTP (RFC 9110, section 11), or by another name.
var schemeForms = map[string]string{
	"bearer": "{type: http, scheme: bearer}", "basic": "{type: http, scheme: basic}", "digest": "{type: http, scheme: digest}",
	"jwt": "{type: http, scheme: bearer, bearerFormat: JWT}", "token": "{type: http, scheme: bearer}",
	"header": "{type: apiKey, in: header, name: X-API-Key}", "cookie": "{type: apiKey, in: cookie, name: session}",
}

// typeForms show a scheme of a type, by the name of the type in lower case.
var typeForms = map[string]string{
	"apikey": schemeForms["header"], "oauth2": "{type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://...', scopes: {}}}}",
	"openidconnect": "{type: openIdConnect, openIdConnectUrl: 'https://...'}", "mutualtls": "{type: mutualTLS}",
}

// typeWords are other words for types.
var typeWords = map[string]string{"openid": "openIdConnect", "oidc": "openIdConnect", "mutual": "mutualTLS", "mtls": "mutualTLS", "oauth": "oauth2"}

// schemeExamples show the keys of schemes.
var schemeExamples = map[string]string{"name": "name: X-API-Key", "in": "in: header", "scheme": "scheme: bearer", "openIdConnectUrl": "openIdConnectUrl: 'https://...'"}

var schemeTypes = []string{"apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"}

// flowURLs are the URLs that an OAuth 2 flow needs (OpenAPI 3.1, section 4.8.29).
var flowURLs = map[string][]string{
	"implicit":          {"authorizationUrl"},
	"password":          {"tokenUrl"},
	"clientCredentials": {"tokenUrl"},
	"authorizationCode": {"authorizationUrl", "tokenUrl"},
}

var FlowNames = []string{"implicit", "password", "clientCredentials", "authorizationCode"}

// security reports problems with the security schemes of a definition and with what requires them.
func (c *checker) security(d *Definition) {
	v := d.Root.Get("security")
	if v != nil && isNoSecurity(v) {
		c.problems.Add(value.WrongType, v.Pos, "leave it out: without it, no operation requires a scheme", "security must be an object, not %s", value.Describe(v))
		return
	}
	if names := schemesIn(v); len(names) > 0 && !v.Is(value.KindObject) {
		var schemes []string
		for _, name := range names {
			schemes = append(schemes, value.Flow(value.String(name))+": "+formOf(name))
		}
		hint := `write "security: {scheme: {` + strings.Join(schemes, ", ") + `}, resource: [post]}"`
		c.problems.Add(value.WrongType, v.Pos, hint, "security must be an object, not %s", value.Describe(v))
		return
	}
	if !c.kind(v, "security", value.KindObject) {
		return
	}
	c.levels(v, "security", "scheme")
	schemes := v.Get("scheme")
	if t := schemes.Get("type"); t.Is(value.KindString) {
		hint := "write each scheme under a name of its own"
		if named, isShort := shortMember("scheme", value.Object(value.NewMember("token", schemes))); isShort {
			hint = "write \"" + named + "\""
		}
		c.problems.Add(value.WrongType, schemes.Pos, hint, "security.scheme has schemes by their names, and this is a scheme itself")
		return
	}
	if c.kind(schemes, "security.scheme", value.KindObject) {
		for _, m := range schemes.Members {
			if c.kind(m.Value, "the security scheme "+m.Name, value.KindObject) {
				c.scheme(m)
			}
		}
	}
	for _, level := range LevelNames {
		if m := v.Member(level); m != nil {
			c.requirements(d, m, level)
		}
	}
	c.unusedSchemes(d)
}

// isNoSecurity reports whether a value in the place of security says that there is none.
func isNoSecurity(v *Value) bool {
	isWord := slices.Contains([]string{"none", "no", "off", "false", "public", "open", "anonymous"}, strings.ToLower(v.Written()))
	return v.Is(value.KindNull) || v.Is(value.KindArray) && len(v.Items) == 0 || isWord && !v.Is(value.KindObject) && !v.Is(value.KindArray)
}

// schemesIn returns the names of schemes that a value holds where schemes are required: a word, or words or objects in a list. A
// scheme itself is none.
func schemesIn(v *Value) []string {
	if v.Is(value.KindString) {
		return []string{v.Text}
	}
	var names []string
	for _, item := range value.Items(v) {
		if item.Is(value.KindString) {
			names = append(names, item.Text)
		}
		for _, m := range value.Members(item) {
			if m.Value.Is(value.KindArray) {
				names = append(names, m.Name)
			}
		}
	}
	return names
}

// formOf shows a scheme that is called by a word, such as apiKey, or else the commonest one.
func formOf(word string) string {
	word = strings.ToLower(word)
	return cmp.Or(schemeForms[word], typeForms[strings.ToLower(cmp.Or(typeWords[word], word))], schemeForms["bearer"])
}

func (c *checker) scheme(m value.Member) {
	what := "the security scheme " + m.Name
	v := m.Value
	t := v.Get("type")
	if t == nil && misspells(v, "type", "type") {
		c.known(v, what, allSchemeKeys()...)
		return
	}
	if t == nil {
		c.problems.Add(value.MissingKey, v.Pos, "add a type: one of "+strings.Join(schemeTypes, ", "), "%s has no type", what)
		return
	}
	if !c.kind(t, "the type of "+what, value.KindString) {
		return
	}
	if c.isOlderScheme(v, t.Text, what) {
		return
	}
	known, ok := schemeKeys[t.Text]
	if !ok {
		word := strings.ToLower(t.Text)
		hint := value.Suggestion(cmp.Or(typeWords[word], t.Text), schemeTypes)
		if form, ok := schemeForms[word]; ok {
			hint = "write \"" + form + "\""
		}
		c.problems.Add(value.UnknownValue, t.Pos, hint, "unknown type %q of %s", t.Text, what)
		return
	}
	names := append([]string{"type", "description"}, known.keys...)
	c.known(v, what, names...)
	c.kind(v.Get("description"), "the description of "+what, value.KindString)
	for i, key := range known.keys {
		if key == "flows" {
			continue
		}
		if i < known.required && !v.Has(key) && !misspells(v, key, names...) {
			c.problems.Add(value.MissingKey, v.Pos, "add \""+schemeExamples[key]+"\", which type "+t.Text+" requires", "%s has no %s", what, key)
		}
		if key == "openIdConnectUrl" {
			c.url(v.Get(key), key+" of "+what)
			continue
		}
		c.kind(v.Get(key), key+" of "+what, value.KindString)
	}
	if in := v.Get("in"); t.Text == "apiKey" && in.Is(value.KindString) && !slices.Contains([]string{"query", "header", "cookie"}, in.Text) {
		c.problems.Add(value.UnknownValue, in.Pos, value.Suggestion(in.Text, []string{"query", "header", "cookie"}), "unknown location %q of %s", in.Text, what)
	}
	if s := v.Get("scheme"); t.Text == "http" && s.Is(value.KindString) {
		if word := strings.ToLower(s.Text); word == "jwt" || typeForms[word] != "" {
			c.problems.Warn(value.UnknownValue, s.Pos, "write \""+formOf(word)+"\"", "HTTP knows no scheme %q, which %s names", s.Text, what)
		}
	}
	if t.Text == "oauth2" {
		c.flows(v, what, names)
	}
}

// grants are the flows by their names in Swagger 2.
var grants = map[string]string{"implicit": "implicit", "password": "password", "application": "clientCredentials", "accesscode": "authorizationCode"}

// isOlderScheme reports a scheme that is written as in Swagger 2, or as in programs: a flow beside its URLs, or the place of a key
// by its name.
func (c *checker) isOlderScheme(v *Value, typ, what string) bool {
	if flow := v.Member("flow"); typ == "oauth2" && flow != nil && !v.Has("flows") {
		called, named := flow.Value.StringOr(""), grants[strings.ToLower(flow.Value.StringOr(""))]
		if slices.Contains(FlowNames, called) {
			named = called
		}
		named = cmp.Or(named, FlowNames[2])
		var urls []string
		for _, key := range flowURLs[named] {
			urls = append(urls, key+": "+value.Flow(value.String(v.Get(key).StringOr("https://..."))))
		}
		hint := `write "flows: {` + named + ": {" + strings.Join(urls, ", ") + `, scopes: {}}}"`
		c.problems.Add(value.UnknownKey, flow.Pos, hint, "unknown key \"flow\" in %s", what)
		return true
	}
	for _, place := range []string{"header", "query", "cookie"} {
		if key := v.Member(place); typ == "apiKey" && key != nil && !v.Has("in") {
			hint := `write "in: ` + place + ", name: " + value.Flow(value.String(cmp.Or(key.Value.StringOr(""), "X-API-Key"))) + `"`
			c.problems.Add(value.UnknownKey, key.Pos, hint, "unknown key %q in %s", place, what)
			return true
		}
	}
	return false
}

// allSchemeKeys returns the keys of a security scheme of any type, sorted.
func allSchemeKeys() []string {
	names := []string{"type", "description"}
	for _, known := range schemeKeys {
		names = append(names, known.keys...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (c *checker) flows(scheme *Value, what string, names []string) {
	flows := scheme.Get("flows")
	if flows == nil && misspells(scheme, "flows", names...) {
		return
	}
	if flows == nil {
		c.problems.Add(value.MissingKey, scheme.Pos, `add "flows: {clientCredentials: {tokenUrl: ..., scopes: {}}}"`, "%s has no flows", what)
		return
	}
	if !c.kind(flows, "flows of "+what, value.KindObject) {
		return
	}
	c.known(flows, "flows of "+what, FlowNames...)
	if len(flows.Members) == 0 {
		c.problems.Add(value.MissingKey, flows.Pos, "add one of "+strings.Join(FlowNames, ", "), "flows of %s are empty", what)
	}
	for _, m := range flows.Members {
		urls, ok := flowURLs[m.Name]
		if !ok || !c.kind(m.Value, "the flow "+m.Name, value.KindObject) {
			continue
		}
		keys := append([]string{"refreshUrl", "scopes"}, urls...)
		c.known(m.Value, "the flow "+m.Name, keys...)
		for _, key := range urls {
			if !m.Value.Has(key) && !misspells(m.Value, key, keys...) {
				c.problems.Add(value.MissingKey, m.Value.Pos, "add "+key+": https://...", "the flow %s of %s has no %s", m.Name, what, key)
			}
			c.url(m.Value.Get(key), key)
		}
		c.url(m.Value.Get("refreshUrl"), "refreshUrl")
		scopes := m.Value.Get("scopes")
		if names := schemesIn(scopes); len(names) > 0 && !scopes.Is(value.KindObject) {
			hint := `write "scopes: {` + strings.Join(names, ": ..., ") + `: ...}", each with a description`
			c.problems.Add(value.WrongType, scopes.Pos, hint, "scopes must be an object, not %s", value.Describe(scopes))
		} else if c.kind(scopes, "scopes", value.KindObject) {
			for _, scope := range scopes.Members {
				c.readable(scope, "a scope")
				c.kind(scope.Value, "the description of the scope "+scope.Name, value.KindString)
			}
		}
	}
}

// url reports a value that is not an absolute URL.
func (c *checker) url(v *Value, what string) {
	if c.kind(v, what, value.KindString) {
		facts.CheckURL(v, what, c.problems)
	}
}

// readable reports a name that would become a key in documents and break tools that read them.
func (c *checker) readable(m value.Member, what string) {
	if schema.IsAvoided(m.Name) {
		c.problems.Add(value.InvalidName, m.Pos, "give it another name", "%s cannot be called %q, which tools that read the documents misinterpret", what, m.Name)
	}
}

// requirements reports methods and schemes of one level of security that do not exist.
func (c *checker) requirements(d *Definition, m *value.Member, level string) {
	what := "security." + level
	if !c.kind(m.Value, what, value.KindArray, value.KindObject) {
		return
	}
	if needed := len(m.Value.Items) + len(m.Value.Members); needed > 0 && !d.Root.Get("security").Has("scheme") && !misspells(d.Root.Get("security"), "scheme", append([]string{"scheme"}, LevelNames...)...) {
		called := "NAME"
		for _, method := range m.Value.Members {
			if names := schemesIn(method.Value); len(names) > 0 {
				called = value.Flow(value.String(names[0]))
				break
			}
		}
		c.problems.Add(value.UnknownScheme, m.Pos, `add "scheme: {`+called+`: `+formOf(called)+`}" under security`, "%s requires a scheme, but none is defined", what)
	}
	for _, item := range m.Value.Items {
		if c.method(item, level, what) {
			c.enabled(d, item.Text, item.Pos, level)
		}
	}
	for _, method := range m.Value.Members {
		if strings.HasPrefix(method.Name, "x-") || !c.methodName(method.Name, method.Pos, level, what) {
			continue
		}
		c.enabled(d, method.Name, method.Pos, level)
		if c.kind(method.Value, what+"."+method.Name, value.KindArray) {
			for _, requirement := range method.Value.Items {
				c.requirement(d, requirement, what+"."+method.Name)
			}
		}
	}
}

// enabled warns of a method that the level could have but does not: there is no operation to secure. It does not warn
// if the methods of the level have problems of their own.
func (c *checker) enabled(d *Definition, method string, pos Pos, level string) {
	enabled := d.Methods(level)
	list := d.Root.Get("methods").Get(level)
	isFaulty := list != nil && !list.Is(value.KindArray) || slices.ContainsFunc(value.Items(list), func(v *Value) bool { return !slices.Contains(methodsOf[level], v.StringOr("")) })
	if isFaulty || slices.Contains(enabled, method) {
		return
	}
	add := "add it to methods." + level
	if !d.Root.Get("methods").Has(level) { // a list replaces the default, so it has to be whole
		add = "write methods." + level + " as [" + strings.Join(append(slices.Clone(enabled), method), ", ") + "]"
	}
	c.problems.Warn(value.SecurityWithoutEffect, pos, "leave "+method+" out here, or "+add, "security.%s names the method %q, which is not enabled", level, method)
}

func (c *checker) requirement(d *Definition, v *Value, what string) {
	if !c.kind(v, "a requirement in "+what, value.KindObject) {
		return
	}
	names := d.schemeNames()
	for _, m := range v.Members {
		if !slices.Contains(names, m.Name) {
			c.problems.Add(value.UnknownScheme, m.Pos, value.Suggestion(m.Name, names), "%s names the security scheme %q, which does not exist", what, m.Name)
		}
		if c.kind(m.Value, "the scopes of "+m.Name, value.KindArray) {
			for _, scope := range m.Value.Items {
				if c.kind(scope, "a scope of "+m.Name, value.KindString) {
					c.scope(d, m.Name, scope, what)
				}
			}
		}
	}
}

// scope warns of a scope that no flow of an OAuth 2 scheme has.
func (c *checker) scope(d *Definition, scheme string, scope *Value, what string) {
	v := d.Root.Get("security").Get("scheme").Get(scheme)
	var known []string
	for _, flow := range value.Members(v.Get("flows")) {
		if !flow.Value.Get("scopes").Is(value.KindObject) {
			return // which is reported, or means that any is there
		}
		for _, m := range flow.Value.Get("scopes").Members {
			known = append(known, m.Name)
		}
	}
	if v.Get("type").StringOr("") == "oauth2" && v.Get("flows").Is(value.KindObject) && !slices.Contains(known, scope.Text) {
		hint := name.Suggest(scope.Text, known, "%q", "add it to the scopes of a flow of "+scheme)
		c.problems.Warn(value.UnknownValue, scope.Pos, hint, "%s requires the scope %q, which no flow of the security scheme %s has", what, scope.Text, scheme)
	}
}
