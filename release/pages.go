package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/firestoned/firestone/command"
)

// completions returns the completion scripts that firestone prints, under the names that shells look for.
func completions() ([]file, error) {
	var files []file
	for _, shell := range [][2]string{{"bash", "firestone.bash"}, {"zsh", "_firestone"}, {"fish", "firestone.fish"}, {"powershell", "firestone.ps1"}} {
		var out, problems bytes.Buffer
		if status := command.Run([]string{"completion", shell[0]}, nil, &out, &problems); status != 0 {
			return nil, fmt.Errorf("firestone completion %s: %s", shell[0], &problems)
		}
		files = append(files, file{name: "completions/" + shell[1], content: out.Bytes()})
	}
	return files, nil
}

// manual returns the manual pages of firestone and of each verb.
func manual(version string, date time.Time) []file {
	var files []file
	var add func(*cobra.Command)
	add = func(cmd *cobra.Command) {
		cmd.InitDefaultHelpFlag()
		text := manualPage(cmd, version, date)
		files = append(files, file{name: "man/man1/" + manualName(cmd) + ".1", content: []byte(text)})
		for _, verb := range verbs(cmd) {
			add(verb)
		}
	}
	add(command.Tree())
	return files
}

// verbs returns the subcommands that have pages.
func verbs(cmd *cobra.Command) []*cobra.Command {
	return slices.DeleteFunc(slices.Clone(cmd.Commands()), func(verb *cobra.Command) bool { return !verb.IsAvailableCommand() })
}

// manualName returns the name of a command's page: firestone-pack-list.
func manualName(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

// manualPage returns the page of a command, in the language of man(7). Its content is that of --help.
func manualPage(cmd *cobra.Command, version string, date time.Time) string {
	var page strings.Builder
	fmt.Fprintf(&page, ".TH %q 1 %q %q %q\n", strings.ToUpper(manualName(cmd)), date.Format(time.DateOnly), "firestone "+version, "firestone manual")
	page.WriteString(".nh\n.ad l\n") // no hyphenation, no justification
	fmt.Fprintf(&page, ".SH NAME\n%s \\- %s\n", roff(manualName(cmd)), roff(cmd.Short))
	page.WriteString(".SH SYNOPSIS\n")
	if cmd.Runnable() {
		page.WriteString(literal(command.Usage(cmd)))
	} else {
		page.WriteString(literal(cmd.CommandPath() + " COMMAND"))
	}
	if cmd.Long != "" {
		page.WriteString(".SH DESCRIPTION\n" + prose(cmd.Long))
	}
	if verbs := verbs(cmd); len(verbs) > 0 {
		page.WriteString(".SH COMMANDS\n")
		for _, verb := range verbs {
			fmt.Fprintf(&page, ".TP\n.BR %s (1)\n%s\n", roff(manualName(verb)), roff(verb.Short))
		}
	}
	if cmd.HasAvailableLocalFlags() {
		page.WriteString(".SH OPTIONS\n" + literal(cmd.LocalFlags().FlagUsagesWrapped(75)))
	}
	if cmd.Example != "" {
		page.WriteString(".SH EXAMPLES\n" + literal(cmd.Example))
	}
	if cmd.HasParent() {
		fmt.Fprintf(&page, ".SH SEE ALSO\n.BR %s (1)\n", roff(manualName(cmd.Parent())))
	}
	return page.String()
}

// prose returns text to be filled, with indented lines kept as they are.
func prose(text string) string {
	var lines strings.Builder
	for line := range strings.SplitSeq(strings.Trim(text, "\n"), "\n") {
		switch {
		case line == "":
			lines.WriteString(".PP\n")
		case strings.TrimLeft(line, " \t") != line:
			lines.WriteString(literal(line))
		default:
			lines.WriteString(roff(line) + "\n")
		}
	}
	return lines.String()
}

// literal returns lines that are kept as they are.
func literal(text string) string {
	return ".nf\n" + roff(strings.Trim(text, "\n")) + "\n.fi\n"
}

var special = strings.NewReplacer(`\`, `\e`, "-", `\-`)

// roff escapes text for man(7): commands at the beginning of a line, and backslashes.
func roff(text string) string {
	lines := strings.Split(special.Replace(text), "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
