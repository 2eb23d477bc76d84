package model

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/firestoned/firestone/model/value"
)

// Names of parameters, normalised for recognition: lower case letters only.
var (
	sortNames      = []string{"sort", "sortby", "sortfield", "sortkey", "sorting", "orderby", "ordering"}
	orderName      = []string{"order"} // sorts where none of sortNames does
	directionNames = []string{"direction", "dir", "sortdirection", "sortdir", "sortorder", "orderdirection", "orderdir", "order"}
	reverseNames   = []string{"desc", "descending", "reverse"}
)

// The words for directions, in the order in which one is chosen of several.
var (
	ascendingWords  = []string{"asc", "ascending"}
	descendingWords = []string{"desc", "descending"}
)

// sortingOf recognises by the query parameters of the operation how a client chooses the order of a list; nil where it
// cannot. A parameter that is called as a property filters by it, unless its values name properties.
func sortingOf(o *Operation) *Sorting {
	if !o.isList() {
		return nil
	}
	for _, names := range [][]string{sortNames, orderName} {
		for _, p := range o.queryParameters(names) {
			sorting := &Sorting{Parameter: p, IsList: p.Shape.Kind == ArrayShape, resource: o.Resource}
			for _, text := range listed(p) {
				sorting.Orders = append(sorting.Orders, sorting.order(text))
			}
			namesProperty := slices.ContainsFunc(sorting.Orders, func(order *SortOrder) bool { return order.Property != nil })
			if isDirection(p) || o.Resource.property(p.Name) != nil && !namesProperty {
				continue
			}
			sorting.addDirection(o)
			return sorting
		}
	}
	return nil
}

// addDirection looks for the parameter that says ascending or descending.
func (s *Sorting) addDirection(o *Operation) {
	isProperty := func(p *Parameter) bool { return o.Resource.property(p.Name) != nil }
	for _, p := range o.queryParameters(directionNames) {
		if p != s.Parameter && (isDirection(p) || len(listed(p)) == 0 && !isProperty(p)) {
			s.Direction = p
			s.Ascending, s.Descending = spelled(p, ascendingWords), spelled(p, descendingWords)
			return
		}
	}
	for _, p := range o.queryParameters(reverseNames) {
		if p.Shape.Kind == BooleanShape && !isProperty(p) {
			s.Direction, s.Ascending, s.Descending = p, "false", "true"
			return
		}
	}
}

// isDirection reports whether all that a parameter can be is directions.
func isDirection(p *Parameter) bool {
	texts := listed(p)
	return len(texts) > 0 && !slices.ContainsFunc(texts, func(text string) bool {
		return !isWord(text, ascendingWords) && !isWord(text, descendingWords)
	})
}

// spelled returns the first of the words as the parameter lists it; the first word where it lists nothing.
func spelled(p *Parameter, words []string) string {
	texts := listed(p)
	for _, word := range words {
		i := slices.IndexFunc(texts, func(text string) bool { return strings.EqualFold(text, word) })
		if i >= 0 {
			return texts[i]
		}
	}
	if len(texts) > 0 {
		return ""
	}
	return words[0]
}

// isWord reports whether the text is one of the words, which are in small letters.
func isWord(text string, words []string) bool { return slices.Contains(words, strings.ToLower(text)) }

// listed returns the possible texts of a parameter, or of an item of it; none if its schema does not list them.
func listed(p *Parameter) []string {
	shape := p.Shape
	if shape.Item != nil {
		shape = shape.Item
	}
	return value.WrittenItems(value.Array(shape.Enum...))
}

// IsDescending reports whether a value of Direction asks for the largest first.
func (s *Sorting) IsDescending(text string) bool {
	return text != "" && strings.EqualFold(text, s.Descending) || isWord(text, descendingWords)
}

// maxOrders bounds how many properties one text can name. A longer list names some of them twice.
const maxOrders = 64

// Interpret returns what a value of Parameter sorts by, the most important first: what Orders says, else the properties
// that it names, as in -published,title or title:desc.
func (s *Sorting) Interpret(text string) []*SortOrder {
	for _, order := range s.Orders {
		if order.Value == text {
			return namingProperty(order)
		}
	}
	parts := strings.SplitN(text, ",", maxOrders+1)
	parts = parts[:min(len(parts), maxOrders)]
	orders := make([]*SortOrder, len(parts))
	for i, part := range parts {
		orders[i] = s.order(strings.TrimSpace(part))
	}
	named := namingProperty(orders...)
	if len(named) < len(parts) {
		if whole := s.order(text); whole.Property != nil { // title,desc
			return []*SortOrder{whole}
		}
	}
	return named
}

// namingProperty returns those of the orders that name a property.
func namingProperty(orders ...*SortOrder) (named []*SortOrder) {
	for _, order := range orders {
		if order.Property != nil {
			named = append(named, order)
		}
	}
	return named
}

// directed is a value with a direction after the property, or around it: title:desc, title_asc, priceDesc, desc(title).
//
// What is longer than longestDirected is none, and would take long to be found out.
var directed = regexp.MustCompile(`(?i)^(?:(.+?)[\s:._,-]*(asc|ascending|desc|descending)|(asc|desc)\((.+)\))$`)

const maxDirected = 1_000

// order says what one value of the parameter means. A name that is a property's is one, whatever it ends in.
func (s *Sorting) order(text string) *SortOrder {
	order := &SortOrder{Value: text}
	if order.by(s.resource, text) {
		return order
	}
	if rest, isDescending := strings.CutPrefix(text, "-"); isDescending && order.by(s.resource, rest) {
		order.IsDescending = true
		return order
	}
	if rest, isAscending := strings.CutPrefix(text, "+"); isAscending && order.by(s.resource, rest) {
		return order
	}
	if len(text) > maxDirected {
		return order
	}
	if parts := directed.FindStringSubmatch(text); parts != nil && order.by(s.resource, parts[1]+parts[4]) {
		order.IsDescending = isWord(parts[2]+parts[3], descendingWords)
	}
	return order
}

// by makes the order one of the property of a resource that a text names, and reports whether it names one.
func (o *SortOrder) by(r *Resource, text string) bool {
	for _, steps := range [][]string{{text}, strings.Split(text, "."), strings.Split(text, "/")} {
		if path := r.pathCalled(steps); path != nil {
			o.Path, o.Property = path, r.property(path[0])
			return true
		}
	}
	return false
}

// pathCalled returns the names of the properties that the steps refer to, from the resource through objects; nil if one
// refers to none that a client can read.
func (r *Resource) pathCalled(steps []string) []string {
	var names []string
	for _, p := range r.Properties {
		if !p.IsWriteOnly {
			names = append(names, p.Name)
		}
	}
	var path []string
	var shape *Shape
	for i, step := range steps {
		called, ok := nameCalled(names, step)
		if !ok {
			return nil
		}
		path = append(path, called)
		if i == 0 {
			shape = r.property(called).Shape
		} else {
			shape = shape.Field(called).Shape
		}
		if shape.IsRecursive && shape.Component != nil {
			shape = shape.Component.Shape
		}
		names = names[:0]
		for _, f := range shape.Fields {
			if !f.Shape.IsWriteOnly {
				names = append(names, f.Name)
			}
		}
	}
	return path
}

// nameCalled returns the name itself if it is one of the names, else the only one with the same letters and digits.
func nameCalled(names []string, called string) (string, bool) {
	if slices.Contains(names, called) {
		return called, true
	}
	word := folded(called)
	if word == "" {
		return "", false
	}
	near := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return folded(name) != word })
	if len(near) != 1 {
		return "", false
	}
	return near[0], true
}

// folded returns the letters and digits of a name, so that publishedAt and published_at are one; nothing of one with a
// sign, which is a direction.
func folded(name string) string {
	if strings.HasPrefix(name, "-") || strings.HasPrefix(name, "+") {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}
