package recognise

import (
	"bytes"
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/firestoned/firestone/model/value"
)

// extensions say what is in a file by the suffix of its name.
var extensions = map[string]string{
	".7z": "an archive", ".adoc": "an AsciiDoc page", ".apib": "an API Blueprint", ".avdl": "an Avro protocol", ".bz2": "a compressed file", ".c": "a program in C", ".cfg": "a file of settings",
	".conf": "a file of settings", ".cpp": "a program in C++", ".cs": "a program in C#", ".css": "a style sheet", ".csv": "a table (CSV)", ".db": "a database", ".diff": "a patch",
	".docx": "a document of a word processor", ".env": "a list of variables", ".fbs": "a FlatBuffers schema", ".gif": "a picture", ".go": "a program in Go", ".gql": "a GraphQL schema",
	".graphql": "a GraphQL schema", ".graphqls": "a GraphQL schema", ".gz": "a compressed file", ".hcl": "a Terraform configuration", ".htm": "an HTML page", ".html": "an HTML page",
	".ini": "a file of settings (INI)", ".ipynb": "a notebook", ".java": "a program in Java", ".jpeg": "a picture", ".jpg": "a picture", ".js": "a program in JavaScript", ".jsonl": "a list of data (JSON Lines)",
	".jsx": "a program in JavaScript", ".kt": "a program in Kotlin", ".log": "a log", ".markdown": "a Markdown page", ".md": "a Markdown page", ".mdx": "a Markdown page", ".mjs": "a program in JavaScript",
	".mod": "the file of a Go module", ".ndjson": "a list of data (JSON Lines)", ".ods": "a spreadsheet", ".odt": "a document of a word processor", ".patch": "a patch", ".pdf": "a PDF document", ".php": "a program in PHP",
	".png": "a picture", ".properties": "a file of settings", ".proto": "a Protocol Buffers file", ".ps1": "a shell script", ".py": "a program in Python", ".raml": "a RAML document",
	".rb": "a program in Ruby", ".rs": "a program in Rust", ".rst": "a page in reStructuredText", ".sh": "a shell script", ".smithy": "a Smithy model", ".sql": "a file of SQL", ".sqlite": "a database",
	".svg": "a picture", ".tar": "an archive", ".tf": "a Terraform configuration", ".tfvars": "a Terraform configuration", ".tgz": "an archive", ".thrift": "a Thrift file", ".tmpl": "a template",
	".toml": "a TOML file", ".ts": "a program in TypeScript", ".tsp": "a TypeSpec file", ".tsv": "a table (TSV)", ".tsx": "a program in TypeScript", ".webp": "a picture", ".wsdl": "a WSDL document",
	".xls": "a spreadsheet", ".xlsx": "a spreadsheet", ".xml": "an XML file", ".xsd": "an XML schema", ".xz": "a compressed file", ".zip": "an archive",
}

// texts are the names of files that have no suffix and are not YAML.
var texts = map[string]string{"dockerfile": "a Dockerfile", "containerfile": "a Dockerfile", "gemfile": "a program in Ruby", "jenkinsfile": "a Jenkins pipeline", "makefile": "a Makefile", "procfile": "a Procfile"}

// beginnings are what files begin with that hold no text.
var beginnings = []struct{ begin, what string }{
	{"\x1f\x8b", "a compressed file"}, {"PK\x03\x04", "an archive"}, {"\x89PNG", "a picture"}, {"\xff\xd8\xff", "a picture"}, {"GIF8", "a picture"}, {"%PDF-", "a PDF document"},
	{"\x7fELF", "a program"}, {"SQLite format 3", "a database"},
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
			{find(`\A#!`), "a script"},
			{find(`\A(diff --git |Index: |--- \S.*\n\+\+\+ )`), "a patch"},
			{find(`\A(?:\s|[#;].*\n)*\[[\w. "-]+\]\s*\n\s*[\w."-]+\s*=`), "a file of settings (INI or TOML)"},
			{find(`\{\{-? *(include "|[\w" ]*[.$]?\.(Values|Release|Chart)\b)|\A\s*\{\{-? *(/\*|define |if )`), "a template of a Helm chart"},
		}, []sign{
			{find(`(?m)^(extend )?(type|input|enum|interface) \w+( implements [\w &]+)?( @\w+.*)? \{$`), "a GraphQL schema"},
			{find(`(?m)^(resource|data|provider|variable|module|terraform|output|locals)( "[^"]*")* \{$`), "a Terraform configuration"},
			{find(`(?m)\A(?:\s|#.*\n|ARG .*\n)*FROM \S+( AS \S+)?$`), "a Dockerfile"},
			{find(`(?mi)\A(?:\s|--.*\n)*(create|insert|select|alter|drop)\s+(table|into|index|view|database|\S+ from)\b`), "a file of SQL"},
			{find(`(?m)^\s*\{%-? `), "a template"},
			{find(`\A\s*# .+\n(\s*\n)+[^\s#:\-{\["'][^:\n]*\n`), "a Markdown page"}, // a heading, a blank line, and text
		}
})

// ofDefinition returns what finds a line that most likely begins a definition.
var ofDefinition = value.Expression(`(?m)^\{?\s*["']?(kind|schema)\b`)

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
	for _, b := range beginnings {
		if bytes.HasPrefix(text, []byte(b.begin)) {
			return f.text(b.what), true
		}
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

// extension recognises a file by its name, or by how that ends.
func (f *file) extension() (Find, bool) {
	base := strings.ToLower(path.Base(f.path))
	what := cmp.Or(extensions[path.Ext(base)], texts[base])
	if strings.HasPrefix(base, ".env.") {
		what = extensions[".env"]
	}
	return f.text(what), what != ""
}

// languages are other languages for what a definition describes.
var languages = []string{"a FlatBuffers schema", "a GraphQL schema", "a Protocol Buffers file", "a RAML document", "a Smithy model", "a Thrift file", "a TypeSpec file", "a WSDL document", "an API Blueprint", "an Avro protocol", "an XML schema"}

// language returns the finding for a file in another language that describes what a definition does.
func (f *file) language(what string) Find {
	return found(what, "firestone does not import it; write a definition of each resource:"+form("book", ""))
}

// text returns the find of a thing that is no YAML.
func (f *file) text(what string) Find {
	switch {
	case slices.Contains(languages, what):
		return f.language(what)
	case strings.HasPrefix(what, "a list of data"):
		return f.data(what)
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
