// Package command is the command line: the verbs, their flags and arguments, and what they print.
//
// It answers one question: what does this command line ask for, and is it valid? An invalid command line is rejected
// before any work starts, with a hint at what to write instead. This package does not interpret definitions or
// templates. Data goes to standard output, everything else to standard error; only the caller exits.
package command

import (
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
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
	if err := checkDashes(root, args); err != nil {
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
	var m *usageError
	switch {
	case errors.As(err, &m):
		return m
	case errors.As(err, &refused) && errors.As(err, &values):
		return repeated(refused.GetFlag(), values)
	case errors.As(err, &noValue):
		flag := noValue.GetFlag()
		placeholder, _ := pflag.UnquoteUsage(flag)
		return usageErrorf("write --"+flag.Name+" "+placeholder, "--%s needs a value", flag.Name)
	case errors.As(err, &unknown):
		return unknownFlag(cmd, unknown)
	case errors.As(err, &refused):
		flag := refused.GetFlag()
		hint := "see " + cmd.CommandPath() + " --help"
		switch flag.Value.Type() {
		case "bool":
			hint = "write --" + flag.Name + " alone"
		case "int", "int64", "uint64":
			hint = "write a number"
		case "duration":
			hint = "write a time with its unit, such as 200ms"
		}
		return usageErrorf(hint, "--%s cannot be %q", flag.Name, refused.GetValue())
	}
	return usageErrorf("", "%v", err)
}
