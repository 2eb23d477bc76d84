package command

import (
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model"
)

// The report in SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), which code hosts and editors read.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Invocations []sarifInvocation `json:"invocations"`
		ColumnKind  string            `json:"columnKind"`
		Results     []sarifResult     `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name            string      `json:"name"`
		Version         string      `json:"version"`
		SemanticVersion string      `json:"semanticVersion,omitempty"`
		InformationURI  string      `json:"informationUri"`
		Rules           []sarifRule `json:"rules"`
		Notifications   []sarifRule `json:"notifications,omitempty"`
	}
	sarifRule struct {
		ID               string    `json:"id"`
		ShortDescription sarifText `json:"shortDescription"`
		FullDescription  sarifText `json:"fullDescription"`
		HelpURI          string    `json:"helpUri"`
		Help             sarifText `json:"help"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifInvocation struct {
		ExecutionSuccessful bool                `json:"executionSuccessful"`
		Notifications       []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Descriptor sarifDescriptor `json:"descriptor"`
		Level      string          `json:"level"`
		Message    sarifText       `json:"message"`
	}
	sarifDescriptor struct {
		ID    string `json:"id"`
		Index int    `json:"index"`
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
		Region           sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
	}
)

// The pages of firestone.
const (
	homePage     = "https://github.com/firestoned/firestone"
	problemsPage = homePage + "/blob/main/docs/problems.md"
)

// printSARIF prints one log of one run, even if there are no problems. Each file that differs is a result.
func (d *differences) printSARIF(out io.Writer) error {
	run := sarifRun{
		Tool: sarifTool{sarifDriver{
			Name: "firestone", Version: strings.TrimPrefix(programVersion(), "v"), SemanticVersion: strings.TrimPrefix(release, "v"), InformationURI: homePage, Rules: []sarifRule{},
		}},
		Invocations: []sarifInvocation{{ExecutionSuccessful: true}},
		ColumnKind:  "unicodeCodePoints",
		Results:     []sarifResult{},
	}
	for _, p := range d.all() {
		if p.Pos.File == "" {
			run.notify(p)
		} else {
			run.add(p)
		}
	}
	return printJSON(sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}}, out)
}

// add adds a result, and the rule that it breaks. One that is of a whole file begins where that does.
func (r *sarifRun) add(p model.Problem) {
	r.Results = append(r.Results, sarifResult{
		RuleID: string(p.Code), RuleIndex: describe(&r.Tool.Driver.Rules, p.Code), Level: severity(p), Message: sarifText{Text: withHint(p)},
		Locations: []sarifLocation{{sarifPlace{sarifArtifact{uriOf(p.Pos.File)}, sarifRegion{max(1, p.Pos.Line), max(1, p.Pos.Col)}}}},
	})
}

// notify adds problems that are not in a file: readers reject a result without a location.
func (r *sarifRun) notify(p model.Problem) {
	run := &r.Invocations[0]
	run.ExecutionSuccessful = run.ExecutionSuccessful && p.Warning
	descriptor := sarifDescriptor{string(p.Code), describe(&r.Tool.Driver.Notifications, p.Code)}
	run.Notifications = append(run.Notifications, sarifNotification{descriptor, severity(p), sarifText{Text: withHint(p)}})
}

// describe returns the index of a kind among the described ones, adding it if it is missing.
func describe(kinds *[]sarifRule, code model.Code) int {
	if i := slices.IndexFunc(*kinds, func(kind sarifRule) bool { return kind.ID == string(code) }); i >= 0 {
		return i
	}
	e := explanationOf(code)
	*kinds = append(*kinds, sarifRule{
		ID: string(code), ShortDescription: sarifText{Text: e.title}, FullDescription: sarifText{Text: e.summary, Markdown: e.summary},
		HelpURI: problemsPage + "#" + e.anchor, Help: sarifText{Text: e.text, Markdown: e.text},
	})
	return len(*kinds) - 1
}

// uriOf returns the URI of a file: one that is relative to the current folder, or one of the file system for an absolute
// name that leads elsewhere, which on Windows begins with a drive.
func uriOf(file string) string {
	if filepath.IsAbs(file) {
		here, err := os.Getwd()
		below, failed := filepath.Rel(here, file)
		if err != nil || failed != nil || !filepath.IsLocal(below) {
			return (&url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(filepath.ToSlash(file), "/")}).String()
		}
		file = below
	}
	return (&url.URL{Path: strings.TrimPrefix(filepath.ToSlash(file), "./")}).String()
}
