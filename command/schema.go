package command

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
	"github.com/firestoned/firestone/project"
)

// fileFormats are the files that people write for firestone, and the one that it writes for programs, with what describes them.
var fileFormats = []struct{ word, file, schema string }{
	{"definition", "a resource definition", model.DefinitionSchema},
	{"config", project.FileName, project.ConfigSchema},
	{"pack", "the pack.yaml of a template pack", generator.PackSchema},
	{"report", "what any command prints with --format json", reportSchema},
}

//go:embed report.schema.json
var reportSchema string

// newSchema returns the verb that prints the JSON Schema of a file format.
func newSchema(c *console) *cobra.Command {
	var words, files []string
	for _, format := range fileFormats {
		words = append(words, format.word)
		files = append(files, fmt.Sprintf("  %-12s %s", format.word, format.file))
	}
	return &cobra.Command{
		Use:   "schema FORMAT",
		Short: "Print the JSON Schema of a file format, for editors",
		Long: "Print the JSON Schema (draft 7) of a file format:\n\n" + strings.Join(files, "\n") + `

Editors with a YAML language server complete and validate a file as you type if its first line names
the schema, with a path relative to the file:

  # yaml-language-server: $schema=.firestone/definition.schema.json`,
		Example: "  firestone schema definition > .firestone/definition.schema.json\n" +
			"  firestone schema config > .firestone/config.schema.json",
		ValidArgsFunction: cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp),
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageErrorf("write "+cmd.CommandPath()+" "+strings.Join(words, " or "), "%s takes one format, got %d", cmd.CommandPath(), len(args))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			for _, format := range fileFormats {
				if format.word == args[0] {
					return c.print(format.schema)
				}
			}
			return usageErrorf(value.Suggestion(args[0], words), "unknown format %q", args[0])
		},
	}
}
