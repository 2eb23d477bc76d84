package recognise

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// extensions say what is in a file by how its name ends.
var extensions = map[string]string{
	".adoc": "an AsciiDoc page", ".avdl": "an Avro protocol", ".csv": "a table (CSV)", ".docx": "a document of a word processor", ".env": "a list of variables",
	".go": "a program in Go", ".gql": "a GraphQL schema", ".graphql": "a GraphQL schema", ".graphqls": "a GraphQL schema", ".htm": "an HTML page", ".html": "an HTML page",
	".ini": "a file of settings (INI)", ".ipynb": "a notebook", ".java": "a program in Java", ".jpg": "a picture", ".js": "a program in JavaScript", ".markdown": "a Markdown page",
	".md": "a Markdown page", ".mdx": "a Markdown page", ".pdf": "a PDF document", ".png": "a picture", ".properties": "a file of settings", ".proto": "a Protocol Buffers file",
	".py": "a program in Python", ".raml": "a RAML document", ".rst": "a page in reStructuredText", ".sh": "a shell script", ".sql": "a file of SQL", ".svg": "a picture",
	".thrift": "a Thrift file", ".tmpl": "a template", ".toml": "a TOML file", ".ts": "a program in TypeScript", ".tsp": "a TypeSpec file", ".tsv": "a table (TSV)",
	".wsdl": "a WSDL document", ".xlsx": "a spreadsheet", ".xml": "an XML file", ".xsd": "an XML schema", ".zip": "an archive",
}

// sign is what a text has that is of one kind.
type sign struct {
	*regexp.Regexp
	what string
}

// signs returns what texts have: those that no definition can have, and those that one may have in a text of several lines.
var signs = sync.OnceValues(func() (certain, likely []sign) {
	find := regexp.MustCompile
	return []sign{
			{find(`(?i)\A\s*<(!doctype html|html)\b`), "an HTML page"},
			{find(`\A\s*<(\?xml|!--|[A-Za-z][\w:-]*[\s/>])`), "an XML file"},
			{find(`\A(?:\s|//.*\n)*syntax\s*=\s*["']proto`), "a Protocol Buffers file"},
			{find(`\{\{-? *(include "|[\w" ]*[.$]?\.(Values|Release|Chart)\b)|\A\s*\{\{-? *(/\*|define |if )`), "a template of a Helm chart"},
		}, []sign{
			{find(`(?m)^(extend )?(type|input|enum|interface) \w+( implements [\w &]+)?( @\w+.*)? \{$`), "a GraphQL schema"},
			{find(`(?m)^\s*\{%-? `), "a template"},
			{find(`\A\s*# .+\n(\s*\n)+[^\s#:\-{\["'][^:\n]*\n`), "a Markdown page"}, // a heading, a blank line, and text
		}
})

// ofDefinition returns what finds a line that most likely begins a definition.
var ofDefinition = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?m)^\{?\s*["']?(kind|schema)\b`) })

// Text returns what a file is, if it is none that a definition could be read from.
func Text(at string, text []byte) (Find, bool) {
	const enough = 64 << 10
	if text = text[:min(len(text), enough)]; len(text) == enough {
		text = text[:bytes.LastIndexByte(text, '\n')+1]
	}
	f := &file{path: at}
	if find, ok := f.extension(); ok {
		return find, true
	}
	certain, likely := signs()
	if !ofDefinition().Match(text) {
		certain = slices.Concat(certain, likely)
	}
	for _, s := range certain {
		if s.Match(text) {
			return f.text(s.what), true
		}
	}
	if !ofDefinition().Match(text) && isTable(text) {
		return f.text("a table (CSV)"), true
	}
	return Find{}, false
}

// extension recognises a file by how its name ends.
func (f *file) extension() (Find, bool) {
	what, ok := extensions[strings.ToLower(path.Ext(f.path))]
	if !ok {
		return Find{}, false
	}
	return f.text(what), true
}

// languages are what says of resources what a definition says, in other words.
var languages = []string{"a GraphQL schema", "a Protocol Buffers file", "a RAML document", "a Thrift file", "a TypeSpec file", "a WSDL document", "an Avro protocol", "an XML schema"}

// text returns the find of a thing that is no YAML.
func (f *file) text(what string) Find {
	switch {
	case slices.Contains(languages, what):
		return found(what, "firestone does not import it; write a definition of each resource:"+form("book", ""))
	case what == "a template" && path.Ext(f.path) == ".tmpl":
		return found(what, "a template belongs into a pack, whose folder -t names; a definition is YAML or JSON, with kind and schema")
	case strings.HasPrefix(what, "a template"):
		return found(what, "name what is rendered from it; a definition is YAML or JSON, with kind and schema")
	}
	return found(what, rest)
}

// isTable reports whether each line of a text has the same number of one separator, and there are two or more.
func isTable(text []byte) bool {
	lines := strings.Split(strings.TrimSpace(string(bytes.ReplaceAll(text, []byte("\r"), nil))), "\n")
	if len(lines) < 2 || strings.Contains(lines[0], ": ") {
		return false
	}
	for _, separator := range []string{",", ";", "\t"} {
		columns := strings.Count(lines[0], separator)
		if columns > 0 && !slices.ContainsFunc(lines, func(line string) bool { return strings.Count(line, separator) != columns }) {
			return true
		}
	}
	return false
}
