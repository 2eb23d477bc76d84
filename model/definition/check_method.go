package definition

import (
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
	levelsAre := fmt.Sprintf("%s is the collection, %s one resource of it, %s the properties of that resource", called(CollectionLevel), called(InstanceLevel), called(AttributeLevel))
	for _, m := range v.Members {
		if slices.Contains(names, m.Name) || strings.HasPrefix(m.Name, "x-") {
			continue
		}
		hint := name.Suggest(m.Name, names, "%q", levelsAre)
		word := strings.ToLower(m.Name)
		if level, ok := levelWords[word]; ok {
			hint = "did you mean \"" + called(level) + "\"? " + levelsAre
		} else if len(levelsOf(word)) > 0 && slices.Contains(names, CollectionLevel) {
			hint = word + " belongs below a level: " + levelsAre
		}
		c.problems.Add(value.UnknownKey, m.Pos, hint, "unknown key %q in %s", m.Name, what)
	}
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
