package command

import (
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// onceValue is the value of a flag that takes one, so that another would get lost.
type onceValue struct {
	pflag.Value
	given *string // nil while the flag is not given
}

// repeatedFlag is the error of a flag that is given with two values.
type repeatedFlag struct{ first, second string }

// Error says which values they are.
func (r *repeatedFlag) Error() string { return fmt.Sprintf("given as %q and as %q", r.first, r.second) }

// Set sets the value of the flag, which may be repeated only with the same value.
func (v *onceValue) Set(text string) error {
	if v.given != nil && *v.given != text {
		return &repeatedFlag{*v.given, text}
	}
	v.given = &text
	return v.Value.Set(text)
}

// refuseRepeats restricts each flag of a command and its verbs to one value, unless it is a list.
func refuseRepeats(cmd *cobra.Command) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if _, isList := f.Value.(pflag.SliceValue); !isList {
			f.Value = &onceValue{Value: f.Value}
		}
	})
	for _, verb := range cmd.Commands() {
		refuseRepeats(verb)
	}
}

// repeated returns the usage error for a flag that is given with two values.
func repeated(flag *pflag.Flag, values *repeatedFlag) error {
	name := "--" + flag.Name
	if flag.Shorthand != "" {
		name = "-" + flag.Shorthand
	}
	hint := "leave one of the two out"
	if flag.Name == "template" || flag.Name == "output" {
		hint = "run firestone once for each output, or list them under generate in a firestone.yaml"
	}
	return usageErrorf(hint, "%s is given twice: %s, then %s", name, values.first, values.second)
}
