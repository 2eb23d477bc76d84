package attack_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	texttemplate "text/template"

	"github.com/Masterminds/sprig/v3"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/generator/escape"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// unescaped returns what makes the file of a template that opens, as if the writers of all places wrote values as they are.
func unescaped(of template) (func(*model.API) (string, error), error) {
	if _, err := rendered(of); err != nil {
		return nil, err
	}
	return executed(of, func(at, text string, functions texttemplate.FuncMap) (*texttemplate.Template, error) {
		parsed, err := escape.Parse(at, text, functions)
		if err != nil {
			return nil, err
		}
		return parsed.Funcs(asTheyAre()), nil
	})
}

// isReadable reports whether the file of the template would be well-formed with plain words as they are, so that the author
// may have meant it.
func isReadable(of template) bool {
	render, err := executed(of, func(at, text string, functions texttemplate.FuncMap) (*texttemplate.Template, error) {
		return texttemplate.New(at).Funcs(escape.TemplateFuncs(escape.LanguageOf(at))).Funcs(functions).Parse(text)
	})
	if err != nil {
		return false
	}
	text, err := render(plainSubject().api)
	if err != nil {
		return false
	}
	of.text, of.partials = strings.ReplaceAll(text, "{{", `{{"{{"}}`), map[string]string{}
	if render, err = rendered(of); err == nil {
		_, err = render(plainSubject().api)
	}
	return err == nil
}

// executed returns what makes the file of a template by text/template itself, with templates that parse returns.
func executed(of template, parse func(at, text string, functions texttemplate.FuncMap) (*texttemplate.Template, error)) (func(*model.API) (string, error), error) {
	files := map[string]*texttemplate.Template{}
	var root generator.View
	functions := texttemplate.FuncMap{}
	for name, f := range sprig.HermeticTxtFuncMap() {
		if escape.TemplateFuncs(escape.Text)[name] == nil {
			functions[name] = f
		}
	}
	functions["root"] = func() generator.View { return root }
	functions["include"] = func(name string, data any) (any, error) {
		for at, partial := range files {
			if !strings.HasPrefix(at, "_"+name+".") {
				continue
			}
			var b strings.Builder
			err := partial.Execute(&b, data)
			return escape.Rendered(at, b.String()), err
		}
		return nil, errors.New("no partial " + name)
	}
	for at, text := range of.files() {
		var err error
		if files[at], err = parse(at, text, functions); err != nil {
			return nil, err
		}
	}
	return func(api *model.API) (string, error) {
		root = generator.View{API: api}
		var b strings.Builder
		err := files["main."+of.suffix+".tmpl"].Execute(&b, root)
		return b.String(), err
	}, nil
}

// asTheyAre are functions with the names and types of the writers.
func asTheyAre() texttemplate.FuncMap {
	functions := texttemplate.FuncMap{}
	for name, writer := range escape.Writers() {
		functions[name] = reflect.MakeFunc(reflect.TypeOf(writer), func(args []reflect.Value) []reflect.Value {
			v := args[len(args)-1].Interface()
			if held, ok := v.(*value.Value); ok {
				v = held.Written()
			}
			return []reflect.Value{reflect.ValueOf(fmt.Sprint(v)), reflect.Zero(reflect.TypeFor[error]())}
		}).Interface()
	}
	return functions
}
