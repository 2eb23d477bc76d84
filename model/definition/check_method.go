package definition

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// levelWords are other words for the levels.
var levelWords = map[string]string{
	"collection": CollectionLevel, "collections": CollectionLevel, "list": CollectionLevel, "lists": CollectionLevel, "all": CollectionLevel,
	"item": InstanceLevel, "items": InstanceLevel, "one": InstanceLevel, "single": InstanceLevel, "element": InstanceLevel, "object": InstanceLevel,
	"attribute": AttributeLevel, "attributes": AttributeLevel, "attrs": AttributeLevel, "properties": AttributeLevel, "fields": AttributeLevel,
}

// methodWords are other words for the methods.
var methodWords = map[string]string{
	"list": "get", "read": "get", "retrieve": "get", "fetch": "get", "find": "get", "search": "get",
	"create": "post", "add": "post", "insert": "post",
	"replace": "put", "update": "patch", "modify": "patch", "edit": "patch", "change": "patch",
	"remove": "delete", "destroy": "delete",
}

// levels reports the keys of an object that are neither levels nor others.
func (c *checker) levels(v *Value, what string, others ...string) {
	c.levelsBy(v, what, func(level string) string { return level }, others...)
}

// levelsBy is levels where the levels have names of their own.
func (c *checker) levelsBy(v *Value, what string, called func(level string) string, others ...string) {
	names := slices.Clone(others)
	for _, level := range LevelNames {
		names = append(names, called(level))
	}
	hasMethods, isShown := slices.Contains(names, CollectionLevel), false
	levelsAre := fmt.Sprintf("%s is the collection, %s one resource of it, %s the properties of that resource", called(CollectionLevel), called(InstanceLevel), called(AttributeLevel))
	for _, m := range v.Members {
		if slices.Contains(names, m.Name) || strings.HasPrefix(m.Name, "x-") {
			continue
		}
		hint := name.Suggest(m.Name, names, "%q", levelsAre)
		word := strings.ToLower(m.Name)
		if isAll := slices.Contains([]string{"all", "*", "global", "default", "everything"}, word); isAll && slices.Contains(others, "scheme") {
			hint = "leave it out: without a level, every operation requires one of the schemes"
		} else if level, ok := levelWords[word]; ok {
			hint = "did you mean \"" + called(level) + "\"? " + levelsAre
		}
		if hasMethods && methodOf(m) != "" {
			if isShown {
				continue // the form shows all of them
			}
			hint, isShown = belowLevels(v, what)+": "+levelsAre, true
		}
		c.problems.Add(value.UnknownKey, m.Pos, hint, "unknown key %q in %s", m.Name, what)
	}
}

// methodOf returns the method that the key of a member names, by any word for it, or "". The word for a level, such as list,
// names that where it has a list or an object.
func methodOf(m value.Member) string {
	word := strings.ToLower(m.Name)
	if levelWords[word] != "" && (m.Value.Is(value.KindArray) || m.Value.Is(value.KindObject)) {
		return ""
	}
	if method := cmp.Or(methodWords[word], word); len(levelsOf(method)) > 0 {
		return method
	}
	return ""
}

// belowLevels says how the methods are written that an object has beside its levels: of methods all, else the first.
func belowLevels(v *Value, what string) string {
	shown := value.Object()
	for _, level := range LevelNames {
		methods := slices.DeleteFunc(slices.Clone(value.Items(v.Get(level))), func(v *Value) bool { return !slices.Contains(methodsOf[level], v.Text) })
		for _, m := range v.Members {
			method := methodOf(m)
			if method == "" || !isMeantAt(level, method, m.Value) {
				continue
			}
			if !slices.ContainsFunc(methods, func(v *Value) bool { return v.Text == method }) {
				methods = append(methods, value.String(method))
			}
			if what == "methods" {
				continue
			}
			at := value.Object(value.NewMember(method, m.Value))
			if what == "security" && !m.Value.Is(value.KindArray) {
				at = value.Array(methods...)
			}
			if form, isShort := shortMember(level, at); isShort {
				return "write \"" + form + "\""
			}
			return method + " belongs below a level"
		}
		if len(methods) > 0 {
			shown.Set(level, value.Array(methods...))
		}
	}
	if len(shown.Members) == 0 {
		return "methods are listed below a level"
	}
	return "write \"" + value.FlowMember(value.NewMember(what, shown)) + "\""
}

// isMeantAt reports whether a method that an object has beside its levels belongs to a level: one that its value names, or else
// one that has it by default.
func isMeantAt(level, method string, v *Value) bool {
	var named []string
	for _, word := range append([]*Value{v}, value.Items(v)...) {
		if text := cmp.Or(levelWords[word.StringOr("")], word.StringOr("")); slices.Contains(LevelNames, text) {
			named = append(named, text)
		}
	}
	switch {
	case v.Written() == "false":
		return false
	case len(named) > 0:
		return slices.Contains(named, level) && slices.Contains(methodsOf[level], method)
	case slices.Contains(defaultMethods[CollectionLevel], method):
		return slices.Contains(defaultMethods[level], method)
	}
	return level == InstanceLevel
}

// levelsOf returns the levels that can have a method.
func levelsOf(method string) []string {
	return slices.DeleteFunc(slices.Clone(LevelNames), func(level string) bool { return !slices.Contains(methodsOf[level], method) })
}

// method reports whether a value is a method of the level, and adds a problem if it is not.
func (c *checker) method(v *Value, level, what string) bool {
	return c.kind(v, "a method in "+what, value.KindString) && c.methodName(v.Text, v.Pos, level, what)
}

func (c *checker) methodName(method string, pos Pos, level, what string) bool {
	known := methodsOf[level]
	if slices.Contains(known, method) {
		return true
	}
	hint := strings.TrimSpace(methodMeant(method, level) + " " + what + " accepts " + strings.Join(known, ", "))
	c.problems.Add(value.UnknownMethod, pos, hint, "unknown method %q in %s", method, what)
	return false
}

// methodMeant says which method of a level is called otherwise here, or where one belongs that the level does not have; "" where
// no method is meant.
func methodMeant(method, level string) string {
	meant, isWord := methodWords[strings.ToLower(method)]
	if !isWord {
		meant = method
	}
	levels := levelsOf(meant)
	switch {
	case slices.Contains(levels, level):
		return method + " is " + meant + ";"
	case len(levels) > 0 && isWord:
		return method + " is " + meant + ", which belongs to " + strings.Join(levels, " and ") + ";"
	case len(levels) > 0:
		return method + " belongs to " + strings.Join(levels, " and ") + ";"
	}
	return name.Suggest(method, methodsOf[level], "%q", "")
}
