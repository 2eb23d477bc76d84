package model

import (
	"slices"
	"strings"
	"unicode"

	"github.com/firestoned/firestone/model/name"
)

// Filter says which records of a list a parameter selects.
type Filter struct {
	Path  []string // the names of the properties that lead to the value that is compared: author, author_id; empty for search
	Match string   // how: equal, not_equal, contains, prefix, any, at_least, at_most, above, below or search
}

// How a filter compares a value with its parameter. Numbers are compared by value; contains, prefix and search ignore
// case. One matching item of an array is enough, and so is one value of a list parameter. not_equal selects what equal
// does not.
const (
	EqualMatch    = "equal"
	NotEqualMatch = "not_equal"
	ContainsMatch = "contains" // a text that holds it
	PrefixMatch   = "prefix"   // a text that begins with it
	AnyMatch      = "any"      // one of the values that it lists
	AtLeastMatch  = "at_least"
	AtMostMatch   = "at_most"
	AboveMatch    = "above"
	BelowMatch    = "below"
	SearchMatch   = "search" // any text of the record that holds it
)

// affixes are the words at the ends of a parameter's name that say how it compares.
var (
	prefixes = map[string]string{"min": AtLeastMatch, "max": AtMostMatch, "from": AtLeastMatch, "to": AtMostMatch, "not": NotEqualMatch}
	suffixes = map[string]string{
		"gte": AtLeastMatch, "lte": AtMostMatch, "gt": AboveMatch, "lt": BelowMatch, "min": AtLeastMatch, "max": AtMostMatch,
		"from": AtLeastMatch, "since": AtLeastMatch, "to": AtMostMatch, "until": AtMostMatch, "after": AboveMatch, "before": BelowMatch,
		"ne": NotEqualMatch, "not": NotEqualMatch, "in": AnyMatch, "prefix": PrefixMatch, "contains": ContainsMatch, "like": ContainsMatch,
	}
	searchNames = []string{"q", "query", "search"}
)

// filters sets what the parameters of an operation on a collection select by, and what they refer to.
func (r *relations) filters(o *Operation) {
	if !o.Level.IsCollection() || o.Method == "post" || o.Method == "patch" {
		return
	}
	for _, p := range o.Parameters[len(o.Level.Parameters):] {
		isSaid := p.Filter != nil && p.Filter.Match != ""
		switch {
		case p.Filter == nil:
			p.Filter = r.filterOf(o, p)
		case p.Filter.Match == "":
			p.Filter.Match = matchOf(p.Shape, fieldAt(o.Resource, p.Filter.Path))
		}
		if p.Filter == nil {
			continue
		}
		p.Refers = referredBy(o.Resource, p.Filter)
		if isKey := slices.Equal(p.Filter.Path, []string{o.Resource.Key.Name}); !isSaid && p.Filter.Match == ContainsMatch && (isKey || p.Refers != nil) {
			p.Filter.Match = EqualMatch // customer-1 is not meant to find customer-10
		}
	}
}

// filterOf derives from a parameter's name what it selects by, or returns nil if that reveals nothing: the property of
// that name, else the only one of that name inside objects, else the same without a leading or trailing word for the
// comparison.
func (r *relations) filterOf(o *Operation, p *Parameter) *Filter {
	if p.In != "query" || o.Arranges(p) {
		return nil
	}
	words := r.words(p.Name)
	if len(words) == 1 && slices.Contains(searchNames, words[0]) && o.Resource.property(p.Name) == nil {
		return &Filter{Match: SearchMatch}
	}
	if path, shape := r.findField(o.Resource, words); path != nil {
		return &Filter{Path: path, Match: matchOf(p.Shape, shape)}
	}
	if len(words) < 2 {
		return nil
	}
	last := len(words) - 1
	if match := suffixes[words[last]]; match != "" {
		if path, _ := r.findField(o.Resource, words[:last]); path != nil {
			return &Filter{Path: path, Match: match}
		}
	}
	if match := prefixes[words[0]]; match != "" {
		if path, _ := r.findField(o.Resource, words[1:]); path != nil {
			return &Filter{Path: path, Match: match}
		}
	}
	return nil
}

// Arranges reports whether a parameter says which page of the list comes, or in which order.
func (o *Operation) Arranges(p *Parameter) bool {
	pages, sort := o.Pagination, o.Sort
	return pages != nil && (p == pages.Position || p == pages.Size) || sort != nil && (p == sort.Parameter || p == sort.Direction)
}

// findField returns the path to the property whose name consists of the words, or, where there is none, to the only
// field of that name in objects that are reached without an array.
func (r *relations) findField(resource *Resource, words []string) ([]string, *Shape) {
	for _, p := range resource.Properties {
		if !p.IsWriteOnly && slices.Equal(r.words(p.Name), words) {
			return []string{p.Name}, p.Shape
		}
	}
	var path []string
	var shape *Shape
	found := 0
	for _, leaf := range resource.Read.Shape.Leaves(maxFilterDepth) {
		if len(leaf.Path) > 1 && slices.Equal(r.words(leaf.Field.Name), words) {
			path, shape = leaf.Path, leaf.Field.Shape
			found++
		}
	}
	if found != 1 {
		return nil, nil
	}
	return path, shape
}

// fieldAt returns the shape of the field that a path leads to, through the items of arrays; of any value where it leads
// to none.
func fieldAt(r *Resource, path []string) *Shape {
	shape := r.Read.Shape
	for _, step := range path {
		if shape.Kind == ArrayShape && shape.Item != nil {
			shape = shape.Item
		}
		f := shape.Field(step)
		if f == nil {
			return &Shape{Kind: AnyShape}
		}
		shape = f.Shape
	}
	return shape
}

// maxFilterDepth is how deep inside objects a field can be that a parameter is called after.
const maxFilterDepth = 3

// matchOf returns how a parameter without a word for it compares: one of plain text asks for texts that hold it.
func matchOf(parameter, field *Shape) string {
	isPlain := parameter.Kind == StringShape && len(parameter.Enum) == 0 && parameter.Format == "" && parameter.Pattern == ""
	if isPlain && field.Kind == StringShape && len(field.Enum) == 0 && field.Format == "" {
		return ContainsMatch
	}
	return EqualMatch
}

// referredBy returns what the value that a filter compares refers to, or nil.
func referredBy(r *Resource, f *Filter) *Reference {
	if len(f.Path) == 0 {
		return nil
	}
	p := r.property(f.Path[0])
	if p == nil {
		return nil
	}
	if p.Refers != nil && slices.Equal(f.Path[1:], p.Refers.Path) {
		return p.Refers
	}
	if e := p.Embeds; e != nil && len(f.Path) == 2 && f.Path[1] == e.Key.Name {
		return &Reference{Resource: e, Property: e.property(e.Key.Name), OnMissing: IgnoreMissing}
	}
	return nil
}

// words is nameWords, done once for each name.
func (r *relations) words(text string) []string {
	known, ok := r.wordsOf[text]
	if !ok {
		known = nameWords(text)
		r.wordsOf[text] = known
	}
	return known
}

// nameWords returns the words of a name in small letters, whatever separates them: authorId and author_id alike.
func nameWords(text string) []string {
	var words []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }) {
		for _, word := range name.Humps(part) {
			words = append(words, strings.ToLower(word))
		}
	}
	return words
}
