package attack_test

import (
	"strconv"
)

// scope is what the dot of a template is.
type scope uint8

const (
	ofRoot scope = iota
	ofResource
	ofProperty
	ofText
)

// texts are expressions for texts of the model by what the dot is.
var texts = map[scope][]string{
	ofRoot:     {".API.Title", ".API.Description", ".API.Version", ".API.Title", "(index .API.Resources 0).Description"},
	ofResource: {".Title", ".Description", ".Name", ".Plural"},
	ofProperty: {".Name", ".Title", ".Description", `(.Schema.Get "default")`},
	ofText:     {"."},
}

// anywhere are those that mean the same wherever they stand.
var anywhere = []string{
	"$.API.Title", "$.API.Description", "$.API.Version", "root.API.Title", "(index $.API.Resources 0).Title", "(index $.API.Resources 1).Description",
	"(index (index $.API.Resources 0).Properties 1).Description", `((index (index $.API.Resources 1).Properties 0).Schema.Get "default")`,
}

// conditions are those that are the same for all models.
var conditions = map[scope][]string{
	ofRoot:     {"true", "false", ".API.Resources", "not .API.Resources", "(index .API.Resources 1).HasEvents", "(index .API.Resources 0).HasEvents"},
	ofResource: {".HasEvents", "not .HasEvents", "true"},
	ofProperty: {".IsRequired", "not .IsRequired", "true"},
	ofText:     {"true", "false"},
}

// text returns an expression for a text of the model.
func (m *maker) text() string {
	if m.one(3) {
		return m.of(anywhere)
	}
	return m.of(texts[m.scope()])
}

func (m *maker) condition() string {
	if len(m.numbers) > 0 && m.one(3) {
		return m.numbers[len(m.numbers)-1]
	}
	return m.of(conditions[m.scope()])
}

func (m *maker) list() string {
	switch m.IntN(3) {
	case 0:
		return `((index (index $.API.Resources 0).Properties 0).Schema.Get "enum")`
	case 1:
		return "(list " + m.text() + ")"
	}
	return "(list " + m.text() + " " + m.text() + ")"
}

func (m *maker) dict() string {
	switch m.IntN(4) {
	case 0:
		return "(index (index $.API.Resources 0).Properties 2).Schema"
	case 1:
		return "(dict " + m.text() + " 1)"
	case 2:
		return `(dict "a" ` + m.text() + ` "b" ` + m.list() + ")"
	}
	return `(dict "a" ` + m.text() + ` "b" (dict "c" ` + m.text() + "))"
}

// action returns an action that writes something.
func (m *maker) action() string {
	if m.one(25) {
		m.count++
		variable := "$v" + strconv.Itoa(m.count)
		return "{{ " + variable + " := " + m.expression() + " }}" + m.braces(variable)
	}
	return m.braces(m.expression())
}

// expression returns a pipeline: a text of the model, mostly.
func (m *maker) expression() string {
	if m.IntN(10) < 7 {
		return m.text()
	}
	e := m.text()
	switch m.IntN(27) {
	case 0, 1:
		return "quote " + e
	case 2, 3:
		return `printf "` + m.of([]string{"%s", "a.%s", "%s!", "/%s/{id}", "%s: %s", "%s%s", "[%s]", "%q"}) + `" ` + e + " " + m.text()
	case 4:
		return e + " | trim"
	case 5:
		return e + " | upper"
	case 6:
		return `default "x" ` + e
	case 7:
		return "ternary " + e + " " + m.text() + " (" + m.condition() + ")"
	case 8:
		return e + " | indent 2"
	case 9, 10:
		return "toJson " + m.any(e)
	case 11:
		return "toYaml " + m.any(e)
	case 12:
		return "toPython " + m.any(e)
	case 13:
		return "text " + e
	case 14:
		return "comment " + e
	case 15:
		return "code " + e
	case 16:
		return "ident " + e
	case 17, 18, 19:
		return "include " + m.partial() + " $"
	case 20:
		return m.of([]string{`"x"`, "7", "true", `"a b"`, `": "`, `"# "`, `"\""`, `"{{"`, `"}}"`, `"'"`, `"<"`, `"- "`, `"${"`, "``"})
	case 21:
		return "print " + e + " " + m.text()
	case 22:
		return m.of([]string{"snake ", "kebab ", "flag "}) + e
	case 23:
		return m.list()
	case 24:
		return m.dict()
	case 25:
		return e + " | nindent @"
	}
	return "join " + strconv.Quote(m.of([]string{", ", "\n", "|"})) + " " + m.list()
}

func (m *maker) any(e string) string {
	switch m.IntN(3) {
	case 0:
		return m.list()
	case 1:
		return m.dict()
	}
	return e
}

// strange are partials in other languages than the template's.
var strange = []struct{ suffix, text string }{
	{"txt", "{{ .API.Title }}"}, {"txt", "{{ .API.Title }}: {{ .API.Version }}\n"}, {"yaml", "a: {{ .API.Title }}\nb: {{ .API.Version }}\n"}, {"yaml", "{{ .API.Title }}\n"}, {"yaml", "[{{ .API.Title }}, b]\n"},
	{"py", "f({{ .API.Title }})\n"}, {"py", "x = {{ .API.Title }}\ny = 1\n"}, {"py", "{{ ident .API.Title }}\n"}, {"py", "list[str]\n"}, {"json", "{\"a\": {{ .API.Title }}}\n"}, {"json", "{{ .API.Title }}"},
	{"toml", "a = {{ .API.Title }}\n"}, {"md", "*{{ .API.Title }}*\n"}, {"md", "- {{ .API.Title }}\n- b\n"}, {"txt", "\n"}, {"yaml", "# {{ .API.Title }}\n"}, {"txt", "plain"},
}

// partial returns the quoted name of a new partial.
func (m *maker) partial() string {
	m.count++
	name := "p" + strconv.Itoa(m.count)
	suffix, text := m.suffix, ""
	if m.one(3) || m.depth > deepest {
		of := strange[m.IntN(len(strange))]
		suffix, text = of.suffix, of.text
	} else {
		text = m.partialText()
	}
	m.partials["_"+name+"."+suffix+".tmpl"] = text
	return `"` + name + `"`
}

func (m *maker) partialText() string {
	inner := *m
	inner.scopes, inner.numbers = []scope{ofRoot}, nil
	text := inner.settled(inner.symbol("partial"))
	m.count = inner.count
	return text
}
