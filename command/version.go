package command

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// newVersion returns the verb that prints what was built from what.
func newVersion(c *console) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version, the commit and the Go release",
		Example: "  firestone version",
		Args:    noArguments,

		DisableFlagsInUseLine: true,
		RunE: func(*cobra.Command, []string) error {
			return printVersion(c)
		},
	}
}

// printVersion prints one line: firestone v1.2.3 (commit 0123456789ab) go1.26.
func printVersion(c *console) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	settings := map[string]string{}
	for _, setting := range info.Settings {
		settings[setting.Key] = setting.Value
	}
	version, commit := versionOf(info), settings["vcs.revision"]
	if len(commit) > 12 {
		commit = commit[:12]
	}
	if commit == "" {
		commit = "unknown"
	}
	if settings["vcs.modified"] == "true" {
		commit += ", modified"
	}
	_, err := fmt.Fprintf(c.out, "firestone %s (commit %s) %s\n", version, commit, info.GoVersion)
	return printed(err)
}

// noArguments refuses arguments of a verb that takes none.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return misusef("write "+cmd.CommandPath(), "%s takes no argument, found %q", cmd.CommandPath(), args[0])
}

// programVersion returns the version of firestone alone.
func programVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	return versionOf(info)
}

func versionOf(info *debug.BuildInfo) string {
	if info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}
