package command

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
	"github.com/firestoned/firestone/project"
)

// formNames are what a payload may be held against.
var formNames = []string{string(model.Read), string(model.Create), string(model.Replace), string(model.Update)}

// validation is what the verb that checks payloads is told.
type validation struct {
	flags
	kind    string
	files   []string
	form    string
	isEvent bool
	message string
}

// newValidate returns the verb that checks payloads.
func newValidate(c *console) *cobra.Command {
	v := &validation{}
	cmd := &cobra.Command{
		Use:   "validate KIND FILE... [--form FORM | --event]",
		Short: "Check payloads against a form or the messages of a resource",
		Long: `Check that payloads fit a form of a resource, or are messages of its channels, and print each fault
with its file, line and column. The exit status is 1 if there is any.
KIND is the kind, singular or plural of a resource, or a name that the outputs give it: member_loan.
A FILE is JSON, YAML (each document is a payload), JSON Lines (each line is one), or - for standard
input. The definitions are those of -r, or else those that the nearest firestone.yaml lists.`,
		Example: "  firestone validate -r book.yaml book fixtures/book.json\n" +
			"  firestone validate book --form create fixtures/new-*.yaml\n" +
			"  kcat -C -t books -e | firestone validate book --event -",
		Args:              cobra.ArbitraryArgs,
		Annotations:       printsNoData,
		ValidArgsFunction: v.complete,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := v.check(cmd, args); err != nil {
				return err
			}
			return v.run(c)
		},
	}
	cmd.Flags().SortFlags = false
	v.bind(cmd.Flags())
	cmd.Flags().BoolP("help", "h", false, "print this help")
	completeForms(cmd)
	return cmd
}

// bind defines the flags.
func (v *validation) bind(flags *pflag.FlagSet) {
	flags.StringVar(&v.form, "form", string(model.Read), "check against `FORM`: read, create, replace or update")
	flags.BoolVar(&v.isEvent, "event", false, "check against the messages that the channels of the resource send")
	flags.StringVar(&v.message, "message", "", "check against the message `NAME` of its channels, such as CreateBook")
	v.bindDefinitions(flags)
}

// completeForms offers the forms, and nothing where no file is meant.
func completeForms(cmd *cobra.Command) {
	for flag, words := range map[string][]string{"form": formNames, "message": nil} {
		completeFlag(cmd, flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
	}
}

// complete offers the resources of the project, or of -r, and then files.
func (v *validation) complete(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveDefault
	}
	v.cmd = cmd
	r := &run{flags: &v.flags, console: newConsole(strings.NewReader(""), io.Discard, io.Discard)}
	if err := r.openProject(); err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	api, _, err := r.load(nil, nil, all)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return resourceNames(api), cobra.ShellCompDirectiveNoFileComp
}

// check rejects errors in the command line itself.
func (v *validation) check(cmd *cobra.Command, args []string) error {
	if err := v.accept(cmd, nil); err != nil {
		return err
	}
	if len(args) > 0 && isFile(args[0]) && project.IsDefinition(filepath.Base(args[0])) {
		file := "fixtures/book.json"
		if len(args) > 1 {
			file = args[1]
		}
		return usageErrorf("name a definition with -r, and then the kind of its resource: firestone validate -r "+args[0]+" book "+file, "%s is a file, not a KIND", args[0])
	}
	if len(args) < 2 {
		return usageErrorf("write them as in "+example(cmd), "%s needs a KIND and a FILE", cmd.CommandPath())
	}
	v.kind = args[0]
	for _, file := range args[1:] {
		if !slices.Contains(v.files, file) {
			v.files = append(v.files, file)
		}
	}
	if !slices.Contains(formNames, v.form) {
		hint := name.Suggest(v.form, formNames, "--form %s", "expected one of "+strings.Join(formNames, ", "))
		return usageErrorf(hint, "unknown form %q", v.form)
	}
	for _, flag := range []string{"event", "message"} {
		if cmd.Flags().Changed(flag) && cmd.Flags().Changed("form") {
			return usageErrorf("a message is in the form that its channel says; write --message NAME for one that clients send", "--%s cannot be combined with --form", flag)
		}
	}
	if cmd.Flags().Changed("message") && v.message == "" {
		return usageErrorf("name a message of the AsyncAPI document, or write --event", "--message is empty")
	}
	return nil
}

// matters reports whether a warning is relevant to the payloads.
func (v *validation) matters(p model.Problem) bool {
	return p.Only == "" || p.Only == value.OnlyEvents && (v.isEvent || v.message != "")
}

// run checks all payloads of all files, and fails if there is anything wrong with one.
func (v *validation) run(c *console) error {
	r := &run{flags: &v.flags, console: c}
	if err := r.openProject(); err != nil {
		return err
	}
	api, warnings, err := r.load(nil, nil, v.matters)
	if err != nil {
		return err
	}
	if slices.Contains(r.paths, stdinName) && slices.Contains(v.files, stdin) {
		return usageErrorf("write one of them to a file", "standard input cannot hold both definitions and payloads")
	}
	resource, err := v.resource(api)
	if err != nil {
		return err
	}
	expected, err := v.expectations(api, resource)
	if err != nil {
		return err
	}
	v.warnOfForm(resource, &warnings)
	checker := newPayloadChecker(api, expected)
	unread := &usageError{}
	for _, file := range v.files {
		if err := checker.file(file, c.in); err != nil && !asUsageError(err, unread) {
			return err
		}
	}
	return v.conclude(checker, warnings, unread, c)
}

// conclude prints what was found, or how many payloads are right.
func (v *validation) conclude(checker *payloadChecker, warnings model.Problems, unread *usageError, c *console) error {
	problems := append(checker.problems, warnings...)
	if v.strict {
		problems = asErrors(problems)
	}
	if problems.HasErrors() && len(unread.causes) == 0 {
		return problems
	}
	c.tell(problems)
	if len(unread.causes) > 0 {
		return unread
	}
	are := "payloads are"
	if checker.payloads == 1 {
		are = "payload is"
	}
	fmt.Fprintf(c.errw, "%d %s valid\n", checker.payloads, are)
	return nil
}

// resource returns the resource that KIND means: the names that are distinct in the API go before the others.
func (v *validation) resource(api *model.API) (*model.Resource, error) {
	var known []string
	var called []*model.Resource
	for _, r := range api.Resources {
		if v.kind == r.Name || v.kind == r.PluralName {
			return r, nil
		}
		others := []string{r.Name, r.PluralName, r.Kind, r.Singular, r.Plural, r.Type, r.PluralType}
		known = append(known, others...)
		if slices.ContainsFunc(others, func(other string) bool { return foldedName(other) == foldedName(v.kind) }) {
			called = append(called, r)
		}
	}
	switch len(called) {
	case 1:
		return called[0], nil
	case 0:
		hint := name.Suggest(v.kind, known, "%q", "")
		return nil, usageErrorf(strings.TrimSpace(hint+" the resources are "+strings.Join(resourceNames(api), ", ")), "no resource is called %q", v.kind)
	}
	var names []string
	for _, r := range called {
		names = append(names, r.Name)
	}
	return nil, usageErrorf("write "+strings.Join(names, " or "), "%d resources are called %q", len(called), v.kind)
}

// foldedName returns a name without what the outputs write differently: member_loan, member-loan and MemberLoan are one.
func foldedName(name string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(name))
}

// resourceNames returns the names of the resources that are distinct in the API.
func resourceNames(api *model.API) []string {
	var names []string
	for _, r := range api.Resources {
		names = append(names, r.Name)
	}
	return names
}

// warnOfForm warns of a form that no operation uses: it has a schema, but being valid against it proves nothing.
func (v *validation) warnOfForm(r *model.Resource, warnings *model.Problems) {
	method := map[model.Form]string{model.Create: "post", model.Replace: "put", model.Update: "patch"}[model.Form(v.form)]
	if method == "" || takesForm(r, v.form) {
		return
	}
	level := "instance"
	if method == "post" {
		level = "resource"
	}
	warnings.Warn(value.NoSuchOperation, r.Pos, "add "+method+" to methods."+level+" if there should be one", "no operation takes the form %s of %s", v.form, r.Kind)
}

// takesForm reports whether an operation takes records of the resource in that form, those that are nested in another
// record too.
func takesForm(r *model.Resource, form string) bool {
	if r == nil {
		return false
	}
	for _, l := range r.Levels {
		for _, o := range l.Operations {
			if !l.IsAttribute() && o.Verb == form {
				return true
			}
		}
	}
	return takesForm(r.Parent, form)
}
