package command

import (
	"cmp"
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// release and releaseCommit are the version and the commit of a release, which its build sets (-ldflags -X). Any other build
// has what the go command knows.
var release, releaseCommit string

// newVersion returns the verb that prints what was built from what.
func newVersion(c *console) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version, commit and Go release",
		Example: "  firestone version",
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			return printVersion(c)
		},
	}
}

// printVersion prints one line: firestone v1.2.3 (commit 0123456789ab) go1.26.
func printVersion(c *console) error {
	info := buildInfo()
	settings := map[string]string{}
	for _, setting := range info.Settings {
		settings[setting.Key] = setting.Value
	}
	commit := cmp.Or(releaseCommit, settings["vcs.revision"])
	if len(commit) > 12 {
		commit = commit[:12]
	}
	if commit == "" {
		commit = "unknown"
	}
	if settings["vcs.modified"] == "true" {
		commit += ", modified"
	}
	return c.print(fmt.Sprintf("firestone %s (commit %s) %s\n", programVersion(), commit, info.GoVersion))
}

// noArguments refuses arguments of a verb that takes none.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return usageErrorf("write "+cmd.CommandPath(), "%s takes no arguments, got %q", cmd.CommandPath(), args[0])
}

// programVersion returns only the version of firestone.
func programVersion() string {
	return cmp.Or(release, buildInfo().Main.Version, "(devel)")
}

// buildInfo returns what the go command has put into the program, or nothing.
func buildInfo() *debug.BuildInfo {
	if info, ok := debug.ReadBuildInfo(); ok {
		return info
	}
	return &debug.BuildInfo{}
}
