// Package command is the command line: the verbs, what they are told, and what they print.
//
// It answers one question: what does this command line ask for, and can it be done? A command line that cannot be
// done is refused with what to write instead, before any work. Nothing here knows what a definition or a template
// says. Data goes to standard output, everything else to standard error; only the caller exits.
package command

import (
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/firestoned/firestone/model/name"
)

// Run does what the arguments (without the name of the program) ask for and returns the exit status: 0 done;
// 1 the input is wrong; 2 a usage error or an I/O error.
func Run(args []string, in io.Reader, out, errw io.Writer) int {
	c := newConsole(in, out, errw)
	root := newRoot(c)
	c.prepareReport(root, args)
	if err := pythonLine(args); err != nil {
		return c.report(err)
	}
	root.SetArgs(slices.Clone(append([]string{}, args...))) // cobra takes the process's own arguments for nil
	return c.report(root.Execute())
}

// Tree returns the command with all its verbs, for those that print what it can do. It is not to be run.
func Tree() *cobra.Command {
	return newRoot(newConsole(strings.NewReader(""), io.Discard, io.Discard))
}

// newRoot returns the command with all its verbs. Without a verb it generates.
func newRoot(c *console) *cobra.Command {
	root := newGenerate(c)
	root.SetIn(c.in)
	root.SetOut(c.out) // before addCompletion: cobra keeps where its scripts go
	root.SetErr(c.errw)
	root.SilenceErrors, root.SilenceUsage = true, true
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) { printHelp(cmd, c.out) })
	root.SetFlagErrorFunc(flagError)
	bindFormat(root, c)
	root.SetHelpCommand(newHelp(c))
	root.AddCommand(newCheck(c), newExplain(c), newInit(c), newMock(c), newModel(c), newPack(c), newSchema(c), newUp(c), newValidate(c), newVersion(c))
	addCompletion(root)
	refuseRepeats(root)
	return root
}

// flagError says which flag was probably meant, or what it needs.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var noValue *pflag.ValueRequiredError
	var refused *pflag.InvalidValueError
	var values *repeatedFlag
	var m *misuse
	switch {
	case errors.As(err, &m):
		return m
	case errors.As(err, &refused) && errors.As(err, &values):
		return repeated(refused.GetFlag(), values)
	case errors.As(err, &noValue):
		flag := noValue.GetFlag()
		placeholder, _ := pflag.UnquoteUsage(flag)
		return misusef("write --"+flag.Name+" "+placeholder, "--%s needs a value", flag.Name)
	case errors.As(err, &unknown):
		return unknownFlag(cmd, unknown)
	}
	return misusef("", "%v", err)
}

// unknownFlag names the nearest flag: for a letter the one that the Python firestone had under it.
func unknownFlag(cmd *cobra.Command, unknown *pflag.NotExistError) error {
	help := "see " + cmd.CommandPath() + " --help"
	if letters := unknown.GetSpecifiedShortnames(); letters != "" {
		letter := unknown.GetSpecifiedName()
		if letter == "v" {
			return misusef("use --version for the version of firestone, --doc-version VERSION for that of the API", "unknown flag -v")
		}
		renamed := map[string]string{"d": "--description", "O": "-o", "T": "-t", "R": "-r", "s": "--set"}[letter]
		if renamed != "" && cmd.Flags().Lookup("set") != nil {
			return misusef("did you mean "+renamed+"?", "unknown flag -%s", letter)
		}
		return misusef(help, "unknown flag -%s", letter)
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	told := unknown.GetSpecifiedName()
	begins := func(name string) bool { return len(told) > 1 && strings.HasPrefix(name, told) }
	if hint := name.Suggest(told, names, "--%s", ""); hint != "" {
		help = hint
	} else if i := slices.IndexFunc(names, begins); i >= 0 {
		help = "did you mean --" + names[i] + "?"
	}
	return misusef(help, "unknown flag --%s", unknown.GetSpecifiedName())
}
