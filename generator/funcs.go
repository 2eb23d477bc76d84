package generator

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"sync"
	"text/template"

	"github.com/Masterminds/sprig/v3"

	"github.com/firestoned/firestone/generator/escape"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// builtins are the functions of text/template itself.
var builtins = []string{
	"and", "call", "eq", "ge", "gt", "html", "index", "js", "le", "len", "lt", "ne", "not", "or", "print", "printf",
	"println", "slice", "urlquery",
}

// unfit are functions of sprig's hermetic set that templates don't get, with the reason.
var unfit = map[string][]string{
	"it depends on the clock or the time zone": {
		"ago", "durationRound", "htmlDate", "htmlDateInZone", "mustDateModify", "must_date_modify", "mustToDate", "toDate",
		"unixEpoch",
	},
	"it returns something different in every run": {
		"bcrypt", "encryptAES", "genCA", "genCAWithKey", "genPrivateKey", "genSelfSignedCert", "genSelfSignedCertWithKey",
		"genSignedCert", "genSignedCertWithKey", "htpasswd", "randInt", "shuffle",
	},
	"keys and secrets do not belong in an output": {"buildCustomCert", "decryptAES", "derivePassword"},
	"it depends on the operating system":          {"osBase", "osClean", "osDir", "osExt", "osIsAbs"},
	"use toJson": {
		"mustToJson", "mustToPrettyJson", "mustToRawJson", "toPrettyJson", "toRawJson",
	},
	"use quote, which writes a string of the file's language": {"squote"},
	"use snake":                   {"snakecase"},
	"use kebab":                   {"kebabcase"},
	"use mustMerge":               {"merge"},
	"use mustMergeOverwrite":      {"mergeOverwrite"},
	"write the greeting yourself": {"hello"},
}

// functions returns what every template may call besides the functions of package escape and of text/template: sprig's
// deterministic functions, under sprig's names, and ours. include is bound when a template is executed.
var functions = sync.OnceValue(func() template.FuncMap {
	all := sprig.HermeticTxtFuncMap()
	for _, names := range unfit {
		for _, name := range names {
			delete(all, name)
		}
	}
	for name := range escape.TemplateFuncs(escape.Text) {
		delete(all, name) // package escape has its own, which keep source as source
	}
	maps.Copy(all, printers())
	maps.Copy(all, lists(all))
	maps.Copy(all, template.FuncMap{
		"include": func(string, any) (any, error) {
			return nil, errors.New("include works only in the templates of a pack")
		},
		"includeEach": func(string, any, ...any) (any, error) {
			return nil, errors.New("includeEach works only in the templates of a pack")
		},
		"replaced":     func(any) (any, error) { return nil, errors.New("replaced works only in the templates of a pack") },
		"root":         func() View { return View{} },
		"deepCopy":     deepCopy,
		"eq":           equal,
		"fail":         fail,
		"keys":         keys,
		"mustDeepCopy": deepCopy,
		"ne":           notEqual,
		"regexMatch":   regexMatch,
		"schema":       (*renderer)(nil).schema,
		"values":       values,
	})
	return all
})

func functionNames() []string { return slices.Sorted(maps.Keys(functions())) }

// dropped says why sprig's function of that name is none of ours, or returns "".
func dropped(name string) string {
	for why, names := range unfit {
		if slices.Contains(names, name) {
			return why
		}
	}
	if _, isSprigs := sprig.TxtFuncMap()[name]; isSprigs && functions()[name] == nil {
		return "outputs depend only on the definitions: no clock, randomness, environment or network"
	}
	return ""
}

// deepCopy returns dicts and lists that share nothing with those given. Parts of the model stay the same: no template
// changes them, and they lead to each other in circles, which sprig's follows for ever.
func deepCopy(v any) any {
	if params, ok := v.(Params); ok {
		return params.copied()
	}
	return copiedValue(v)
}

// placedFailure is a template's error about a definition, with its position there.
type placedFailure struct{ problem value.Problem }

func (f *placedFailure) Error() string { return f.problem.Error() }

// fail ends the rendering with a message. Its subject, a part of the model, gives the position of the cause in a
// definition rather than in the template. A text after the message is the hint.
func fail(message string, more ...any) (string, error) {
	problem := value.Problem{Code: value.RefusedByTemplate, Msg: message}
	for _, v := range more {
		if hint, ok := v.(string); ok {
			problem.Hint = hint
		} else if pos, _ := definitionOf(reflect.ValueOf(v), 0); pos.File != "" {
			problem.Pos = pos
		}
	}
	if problem.Pos.Line > 0 {
		return "", &placedFailure{problem}
	}
	return "", problem
}

// keys returns the keys of the maps, those of each map sorted.
func keys(from ...map[string]any) []string {
	var all []string
	for _, m := range from {
		all = append(all, slices.Sorted(maps.Keys(m))...)
	}
	return all
}

// values returns the values of a map in the order of its keys.
func values(from map[string]any) []any {
	var all []any
	for _, key := range slices.Sorted(maps.Keys(from)) {
		all = append(all, from[key])
	}
	return all
}

// dialects are the schema languages that a document can be written in.
var dialects = map[string]schema.Dialect{
	"draft-07": schema.Draft7, "openapi-3.0": schema.OpenAPI30, "openapi-3.1": schema.OpenAPI31,
}

// schema returns a schema of the model in the dialect, with refPrefix before references to components. An absent schema
// stays absent. Optional dicts give the names of components that have other names.
func (r *renderer) schema(dialect, refPrefix string, of any, renamed ...map[string]any) (*value.Value, error) {
	d, ok := dialects[dialect]
	if !ok {
		known := slices.Sorted(maps.Keys(dialects))
		return nil, value.Problem{Code: value.FailedAction, Msg: fmt.Sprintf("unknown schema dialect %q", dialect), Hint: value.Suggestion(dialect, known)}
	}
	switch of := of.(type) {
	case nil:
		return nil, nil
	case *value.Value:
		if of == nil {
			return nil, nil
		}
		names := map[string]string{}
		for _, dict := range renamed {
			for from, to := range dict {
				names[from] = fmt.Sprint(to)
			}
		}
		return model.Document(r.root.API).Write(of, d, refPrefix, names), nil
	}
	return nil, value.Problem{Code: value.FailedAction, Msg: fmt.Sprintf("a value of type %T is not a schema", of), Hint: "pass the Schema of a component, parameter, key or body"}
}
