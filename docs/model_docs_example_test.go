package docs_test

import (
	"reflect"
	"slices"
	"strings"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// modelExamples are the first examples of fields, by PACKAGE.TYPE.FIELD.
type modelExamples struct {
	found   map[string]string
	isFirst bool // the library is being read, whose short values go before its long ones
}

// longestExample is the maximum length of an example in characters.
const longestExample = 48

func (e *modelExamples) of(of reflect.Type, field string) string {
	return e.found[of.String()+"."+field]
}

// note keeps the first text, or the first short one. An example without information is replaced by any other.
func (e *modelExamples) note(name, text string) {
	isEmpty := func(text string) bool { return slices.Contains([]string{"", "null", `""`, "[]", "{}", "false"}, text) }
	known := e.found[name]
	if text == "false" && known == "" {
		e.found[name] = text
	}
	if isEmpty(text) {
		return
	}
	if isShort := len([]rune(text)) <= longestExample; isEmpty(known) || e.isFirst && isShort && strings.HasSuffix(known, "…") {
		if !isShort {
			text = string([]rune(text)[:longestExample-1]) + "…"
		}
		e.found[name] = text
	}
}

// addOutputs adds the fields of outputs, which belong to a pack rather than to a definition.
func (e *modelExamples) addOutputs(outputs []generator.Output) {
	for _, output := range outputs {
		for name, text := range map[string]string{"Template": output.Template, "Path": output.Path, "Each": output.Each, "Write": output.Write} {
			e.note("generator.Output."+name, oneLine(value.String(text)))
		}
	}
}

// add adds what View prints for a value of that type, and for everything in it.
func (e *modelExamples) add(shown *value.Value, of reflect.Type) {
	for of.Kind() == reflect.Pointer && of != reflect.TypeFor[*model.Value]() {
		of = of.Elem()
	}
	switch {
	case of == reflect.TypeFor[*model.Value]():
		e.addValue(shown)
	case of.Kind() == reflect.Slice:
		for _, item := range shown.Items {
			e.add(item, of.Elem())
		}
	case of.Kind() == reflect.Struct && shown.Is(value.KindObject):
		for _, m := range shown.Members {
			field, isField := of.FieldByName(m.Name)
			if !isField {
				e.note(of.String()+"."+m.Name, oneLine(m.Value))
				continue
			}
			e.note(of.String()+"."+m.Name, e.brief(m.Value, field.Type))
			e.add(m.Value, field.Type)
		}
	}
}

// addValue adds the fields of a value and of everything in it.
func (e *modelExamples) addValue(v *value.Value) {
	e.note("value.Kind.String", oneLine(value.String(v.Kind.String())))
	e.note("value.Value.Text", oneLine(value.String(v.Text)))
	e.note("value.Value.Source", oneLine(value.String(v.Source)))
	e.note("value.Value.Written", oneLine(value.String(v.Written())))
	e.addPos(v.Pos)
	names := value.Array()
	for _, m := range v.Members {
		names.Items = append(names.Items, value.String(m.Name))
		e.note("value.Member.Name", oneLine(value.String(m.Name)))
		e.note("value.Member.Value", oneLine(m.Value))
		e.addPos(m.Pos)
		e.addValue(m.Value)
	}
	e.note("value.Value.Members", oneLine(names))
	for _, item := range v.Items {
		e.addValue(item)
	}
	if len(v.Items) > 0 {
		e.note("value.Value.Items", oneLine(v))
	}
}

func (e *modelExamples) addPos(pos model.Pos) {
	if pos.Line == 0 {
		return
	}
	shown := oneLine(value.String(pos.String()))
	e.note("value.Value.Pos", shown)
	e.note("value.Member.Pos", shown)
	e.note("value.Pos.String", shown)
	e.note("value.Pos.File", oneLine(value.String(pos.File)))
	e.note("value.Pos.Line", oneLine(value.Int(pos.Line)))
	e.note("value.Pos.Col", oneLine(value.Int(pos.Col)))
}

// brief returns a value on one line, in which values with a section of their own are replaced by their names.
func (e *modelExamples) brief(shown *value.Value, of reflect.Type) string {
	for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
		of = of.Elem()
	}
	if of.Kind() != reflect.Struct || of == reflect.TypeFor[model.Value]() {
		return oneLine(shown)
	}
	if !shown.Is(value.KindArray) {
		return oneLine(byName(shown))
	}
	names := value.Array()
	for _, item := range shown.Items {
		if called := byName(item); called != nil {
			names.Items = append(names.Items, called)
		}
	}
	return oneLine(names)
}

// byName returns the text that identifies a value, or nil.
func byName(shown *value.Value) *value.Value {
	if !shown.Is(value.KindObject) {
		return shown
	}
	for _, key := range []string{"Name", "Key", "Path", "Title", "Protocol", "URL"} {
		if v := shown.Get(key); v.StringOr("") != "" {
			return v
		}
	}
	return nil
}

func oneLine(v *value.Value) string {
	if v == nil {
		return ""
	}
	return string(v.AppendJSON(nil, ""))
}
