package project

import (
	"path"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/form"
	"github.com/firestoned/firestone/model/value"
)

// reader reads the values of one file and collects its problems.
type reader struct {
	problems *value.Problems
	root     *value.Value // of the file
	forms    *form.File   // of root; nil until a value has the wrong type
}

// keys reports that v is not an object, or its unknown, missing or mistyped members; what names the object in the
// messages.
func (r *reader) keys(v *value.Value, what string, keys []value.Key) {
	if v.Is(value.KindObject) {
		value.CheckKeys(v, what, r.problems, keys...)
		return
	}
	r.problems.Add(value.WrongType, v.Pos, r.form(v, ""), "%s must be an object, not %s", what, value.Describe(v))
}

// form returns the hint that shows how a value of the wrong type is written, or another hint where that is not known.
func (r *reader) form(v *value.Value, otherwise string) string {
	if r.forms == nil {
		r.forms = form.New(ConfigSchema).File(r.root)
	}
	if meant := r.forms.Of(v); meant != "" {
		return "write \"" + meant + "\""
	}
	return otherwise
}

// wrong reports a value of the wrong type; expected describes valid values.
func (r *reader) wrong(v *value.Value, what, expected string) {
	hint := "expected " + expected
	if len(value.Items(v)) < 2 && !v.Is(value.KindNull) { // else a form would have none of it
		hint = r.form(v, hint)
	}
	r.problems.Add(value.WrongType, v.Pos, hint, "%s cannot be %s", what, value.Describe(v))
}

// optional returns the text of a member, or an empty Text if there is none; expected describes valid values.
func (r *reader) optional(v *value.Value, name, expected string) Text {
	member := v.Get(name)
	if member == nil {
		return Text{}
	}
	text, _ := r.text(member, name, expected)
	return text
}

// text returns a text or number as written in the source: `title: 2024` and `version: 1.0` are texts. An empty one, or
// a value of another type, is a problem; expected describes valid values. Booleans are not texts, or editors would
// offer them everywhere.
func (r *reader) text(v *value.Value, what, expected string) (Text, bool) {
	switch v.Kind {
	case value.KindNull, value.KindArray, value.KindObject:
		r.wrong(v, what, expected)
		return Text{}, false
	}
	if v.Kind == value.KindBool {
		r.problems.Add(value.WrongType, v.Pos, "expected "+expected+"; quote it if it is one", "%s cannot be %s", what, value.Describe(v))
		return Text{}, false
	}
	text := Text{Value: v.Written(), Pos: v.Pos}
	if strings.TrimSpace(text.Value) == "" {
		r.problems.Add(value.EmptySetting, v.Pos, "expected "+expected, "%s is empty", what)
		return Text{}, false
	}
	return text, true
}

// oneOrMore returns the texts of a list, or a single text in place of a list. The meaning of an empty list would be
// unclear, so it is a problem; so is a repeated text.
func (r *reader) oneOrMore(v *value.Value, what, expected string) []Text {
	switch {
	case v == nil:
		return nil
	case v.Kind == value.KindNull, v.Kind == value.KindObject:
		r.wrong(v, what, expected+", or a list of them")
		return nil
	case v.Kind != value.KindArray:
		if text, ok := r.text(v, what, expected); ok {
			return []Text{text}
		}
		return nil
	case len(v.Items) == 0:
		r.problems.Add(value.EmptySetting, v.Pos, "add "+expected+", or remove "+what, "%s is empty", what)
	}
	var texts []Text
	for _, item := range v.Items {
		text, ok := r.text(item, "an entry of "+what, expected)
		if !ok {
			continue
		}
		if other, ok := find(texts, text.Value); ok {
			r.problems.Add(value.RepeatedEntry, text.Pos, "remove it", "%s lists %q twice, first at %s", what, text.Value, other.Pos)
			continue
		}
		texts = append(texts, text)
	}
	return texts
}

// find returns the equal text among texts, or the equivalent path.
func find(texts []Text, word string) (Text, bool) {
	i := slices.IndexFunc(texts, func(t Text) bool { return path.Clean(t.Value) == path.Clean(word) })
	if i < 0 {
		return Text{}, false
	}
	return texts[i], true
}

// slashes reports paths with backslashes, which separate folders only on Windows.
func (r *reader) slashes(texts []Text) {
	for _, text := range texts {
		if strings.Contains(text.Value, `\`) {
			r.problems.Add(value.InputPath, text.Pos, "write "+strings.ReplaceAll(text.Value, `\`, "/"), "the path %q contains backslashes", text.Value)
		}
	}
}

// resource reports an entry of resources that is allowed only on the command line.
func (r *reader) resource(text Text) {
	if text.Value == "-" {
		r.problems.Add(value.InputPath, text.Pos, "name a file, a folder or a glob", "a project cannot read standard input")
	}
}
