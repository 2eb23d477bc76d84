// Command golang has the tools of Go take OpenAPI documents as they are: kin-openapi loads and validates
// each, oapi-codegen makes a package of it. What it finds is one line of JSON for each document.
//
//	golang FOLDER FILE...     writes the packages into FOLDER, each under its document's name
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/dlclark/regexp2/v2"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/oapi-codegen/oapi-codegen/v2/pkg/codegen"
)

// finding is what the tools say of one document; a text that is empty is approval.
type finding struct {
	File     string `json:"file"`
	Invalid  string `json:"invalid"`
	Refused  string `json:"refused"`
	Packaged string `json:"packaged"` // the folder of the package
}

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "golang FOLDER FILE...")
		os.Exit(2)
	}
	lines := json.NewEncoder(os.Stdout)
	for _, file := range os.Args[2:] {
		found := finding{File: file}
		if err := validate(file); err != nil {
			found.Invalid = err.Error()
		}
		folder, err := generate(file, os.Args[1])
		if err != nil {
			found.Refused = err.Error()
		}
		found.Packaged = folder
		if err := lines.Encode(found); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

// validate has kin-openapi judge a document. It knows the tags of 3.2 with no summary only, so that a
// document of 3.2 is merely loaded.
func validate(file string) error {
	document, err := openapi3.NewLoader().LoadFromFile(file)
	if err != nil || document.IsOpenAPI32OrLater() {
		return err
	}
	return document.Validate(context.Background(), openapi3.SetRegexCompiler(compile))
}

// pattern is an expression of ECMA-262, which is what JSON Schema means by a pattern and Go's own
// expressions do not understand.
type pattern struct{ expression *regexp2.Regexp }

// MatchString says whether the pattern occurs in the text; one that takes too long does not.
func (p pattern) MatchString(text string) bool {
	matches, err := p.expression.MatchString(text)
	return err == nil && matches
}

func compile(text string) (openapi3.RegexMatcher, error) {
	expression, err := regexp2.Compile(text, regexp2.ECMAScript|regexp2.Unicode)
	if err != nil {
		return nil, err
	}
	expression.MatchTimeout = time.Second
	return pattern{expression}, nil
}

// generate writes the package of a document, models, client and server, and returns its folder.
func generate(file, under string) (string, error) {
	document, err := openapi3.NewLoader().LoadFromFile(file)
	if err != nil {
		return "", err
	}
	configuration := codegen.Configuration{
		PackageName: "api",
		Generate:    codegen.GenerateOptions{Models: true, Client: true, StdHTTPServer: true},
	}.UpdateDefaults()
	if err := configuration.Validate(); err != nil {
		return "", err
	}
	source, err := codegen.Generate(document, configuration)
	if err != nil {
		return "", err
	}
	name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	folder := filepath.Join(under, name)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	return name, os.WriteFile(filepath.Join(folder, "api.go"), []byte(source), 0o644)
}
