package project

import (
	"path"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/form"
	"github.com/firestoned/firestone/model/value"
)

// reader reads the values of one file and collects what is wrong with them.
type reader struct {
	problems *value.Problems
	root     *value.Value // of the file
	forms    *form.File   // of that; nil before a value is of the wrong kind
}

// keys reports that v is no object, or the members that it must not have, lacks, or has with a value of another kind; what
// names the object in the messages.
func (r *reader) keys(v *value.Value, what string, keys []value.Key) {
	if v.Is(value.KindObject) {
		value.CheckKeys(v, what, r.problems, keys...)
		return
	}
	if r.forms == nil {
		r.forms = form.New(ConfigSchema).File(r.root)
	}
	hint := ""
	if meant := r.forms.Of(v); meant != "" {
		hint = "write \"" + meant + "\""
	}
	r.problems.Add(value.WrongType, v.Pos, hint, "%s must be an object, not %s", what, value.Describe(v))
}

// optional returns the text of a member, or a Text without one where there is none; expected says what would be right.
func (r *reader) optional(v *value.Value, name, expected string) Text {
	member := v.Get(name)
	if member == nil {
		return Text{}
	}
	text, _ := r.text(member, name, expected)
	return text
}

// text returns a text or number as it stands in the source: `title: 2024` and `version: 1.0` are texts. An empty one, and
// whatever is neither, is a problem; expected says what would be right. True and false are no texts, or editors would
// offer them for every one.
func (r *reader) text(v *value.Value, what, expected string) (Text, bool) {
	switch v.Kind {
	case value.KindNull, value.KindArray, value.KindObject:
		r.problems.Add(value.WrongType, v.Pos, "expected "+expected, "%s is of type %s", what, v.Kind)
		return Text{}, false
	}
	if v.Kind == value.KindBool {
		r.problems.Add(value.WrongType, v.Pos, "expected "+expected+"; quote it if it is one", "%s is of type boolean", what)
		return Text{}, false
	}
	text := Text{Value: v.Written(), Pos: v.Pos}
	if strings.TrimSpace(text.Value) == "" {
		r.problems.Add(value.EmptySetting, v.Pos, "expected "+expected, "%s is empty", what)
		return Text{}, false
	}
	return text, true
}

// oneOrMore returns the texts of a list, or the only one where a text stands in place of the list. What an empty list
// means is nowhere clear, so it is a problem, and so is a text that is there twice.
func (r *reader) oneOrMore(v *value.Value, what, expected string) []Text {
	switch {
	case v == nil:
		return nil
	case v.Kind == value.KindNull, v.Kind == value.KindObject:
		r.problems.Add(value.WrongType, v.Pos, "expected "+expected+", or a list of them", "%s is of type %s", what, v.Kind)
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

// find returns the text among texts that is the same word or path.
func find(texts []Text, word string) (Text, bool) {
	i := slices.IndexFunc(texts, func(t Text) bool { return path.Clean(t.Value) == path.Clean(word) })
	if i < 0 {
		return Text{}, false
	}
	return texts[i], true
}

// slashes reports paths with backslashes, which are folders on Windows alone.
func (r *reader) slashes(texts []Text) {
	for _, text := range texts {
		if strings.Contains(text.Value, `\`) {
			r.problems.Add(value.InputPath, text.Pos, "write "+strings.ReplaceAll(text.Value, `\`, "/"), "the path %q contains backslashes", text.Value)
		}
	}
}

// resource reports an entry of resources that only a command line can have.
func (r *reader) resource(text Text) {
	if text.Value == "-" {
		r.problems.Add(value.InputPath, text.Pos, "name a file, a folder or a glob", "a project cannot read standard input")
	}
}
