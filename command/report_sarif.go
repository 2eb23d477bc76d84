package command

import (
	"cmp"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// The report in SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), which code hosts and editors read.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name            string      `json:"name"`
		SemanticVersion string      `json:"semanticVersion,omitempty"`
		InformationURI  string      `json:"informationUri"`
		Rules           []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string    `json:"id"`
		ShortDescription sarifText `json:"shortDescription"`
		Help             sarifText `json:"help"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifLocation struct {
		PhysicalLocation sarifPlace `json:"physicalLocation"`
	}
	sarifPlace struct {
		ArtifactLocation sarifArtifact `json:"artifactLocation"`
		Region           *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
	}
)

// printSARIF prints one log of one run, also where nothing is wrong. A file that differs is a result of its own.
func (d *differences) printSARIF(out io.Writer) error {
	run := sarifRun{
		Tool: sarifTool{sarifDriver{
			Name: "firestone", SemanticVersion: strings.TrimPrefix(release, "v"), InformationURI: "https://github.com/firestoned/firestone", Rules: []sarifRule{},
		}},
		ColumnKind: "unicodeCodePoints",
		Results:    []sarifResult{},
	}
	for _, p := range d.problems.Sorted() {
		run.add(p)
	}
	if d.plan != nil {
		for _, change := range d.plan.Changes {
			run.add(d.problemOf(change))
		}
	}
	return printJSON(sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}}, out)
}

// add adds a result, and the rule that it breaks.
func (r *sarifRun) add(p model.Problem) {
	p.Code = cmp.Or(p.Code, value.Outside)
	rules := &r.Tool.Driver.Rules
	index := slices.IndexFunc(*rules, func(rule sarifRule) bool { return rule.ID == string(p.Code) })
	if index < 0 {
		index = len(*rules)
		e := explanationOf(p.Code)
		*rules = append(*rules, sarifRule{ID: string(p.Code), ShortDescription: sarifText{Text: e.title}, Help: sarifText{Text: e.text, Markdown: e.text}})
	}
	text := p.Msg
	if p.Hint != "" {
		text += "\nhint: " + p.Hint
	}
	result := sarifResult{RuleID: string(p.Code), RuleIndex: index, Level: severity(p), Message: sarifText{Text: text}}
	if p.Pos.File != "" {
		place := sarifPlace{ArtifactLocation: sarifArtifact{uriOf(p.Pos.File)}}
		if p.Pos.Line > 0 {
			place.Region = &sarifRegion{p.Pos.Line, p.Pos.Col}
		}
		result.Locations = []sarifLocation{{place}}
	}
	r.Results = append(r.Results, result)
}

// uriOf returns the URI of a file, relative as its name is.
func uriOf(file string) string {
	return (&url.URL{Path: strings.TrimPrefix(file, "./")}).EscapedPath()
}
