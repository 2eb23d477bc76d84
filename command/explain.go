package command

import (
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/spf13/cobra"

	"github.com/firestoned/firestone/docs"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/name"
)

// newExplain returns the verb that explains a kind of problem.
func newExplain(c *console) *cobra.Command {
	return &cobra.Command{
		Use:   "explain CODE",
		Short: "Explain a kind of problem: cause, example, fix",
		Long: `Explain the kind of problem whose code is in brackets after a message, as Markdown: what causes
it, an example, and how to fix it.`,
		Example: "  firestone explain FS2001",
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return knownCodes(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageErrorf("write "+example(cmd), "%s takes one CODE, got %d", cmd.CommandPath(), len(args))
			}
			told := strings.ToUpper(strings.Trim(args[0], "[]"))
			if _, err := strconv.Atoi(told); err == nil {
				told = "FS" + told
			}
			if e := explanationOf(model.Code(told)); e.title != "" {
				return c.print(e.text)
			}
			return usageErrorf(name.Suggest(told, knownCodes(), "%s", "the code is in brackets after the message: [FS2001]"), "no problem has the code %q", args[0])
		},
	}
}

// An explanation is the section on one kind of problem in docs/problems.md.
type explanation struct {
	code    model.Code
	title   string // a few words
	summary string // the first paragraph
	text    string // all of its section, as Markdown
	anchor  string // of the section, as GitHub makes it
}

// explanations are the sections of the page, in their order.
var explanations = sync.OnceValue(func() []explanation {
	var all []explanation
	for _, section := range strings.Split("\n"+docs.Problems, "\n## ")[1:] {
		heading, body, _ := strings.Cut(section, "\n\n")
		code, title, isKind := strings.Cut(heading, ": ")
		if isKind {
			summary, _, _ := strings.Cut(strings.TrimSpace(body), "\n\n")
			all = append(all, explanation{model.Code(code), title, summary, "# " + strings.TrimSpace(section) + "\n", anchorOf(heading)})
		}
	}
	return all
})

// anchorOf returns what a link to a heading ends with.
func anchorOf(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-', r == '_', unicode.IsLetter(r), unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return -1
	}, heading)
}

// explanationOf returns the explanation of a code, or an empty one if the code is unknown.
func explanationOf(code model.Code) explanation {
	for _, e := range explanations() {
		if e.code == code {
			return e
		}
	}
	return explanation{}
}

func knownCodes() []string {
	var codes []string
	for _, e := range explanations() {
		codes = append(codes, string(e.code))
	}
	return codes
}
