package model

import (
	"regexp"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/schema"
	"github.com/firestoned/firestone/model/value"
)

// Names of parameters as they are recognised: small letters only.
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

// sorter recognises how the list of an operation is sorted.
type sorter struct {
	operation *Operation
	component func(name string) *Value // the schema of a component, or nil
}

// sortingOf recognises by the query parameters of the operation how a client chooses the order of a list; nil where it
// cannot. A parameter that is called as a property filters by it, unless its values name properties.
func sortingOf(o *Operation, component func(name string) *Value) *Sorting {
	if !o.isList() {
		return nil
	}
	s := sorter{o, component}
	for _, names := range [][]string{sortNames, orderName} {
		for _, p := range o.queryParameters(names) {
			orders := s.orders(p)
			namesProperty := slices.ContainsFunc(orders, func(order *SortOrder) bool { return order.Property != nil })
			if s.isDirection(p) || s.isProperty(p) && !namesProperty {
				continue
			}
			sorting := &Sorting{Parameter: p, Orders: orders, IsList: s.isOf("array", p)}
			s.addDirection(sorting)
			return sorting
		}
	}
	return nil
}

func (s *sorter) isOf(kind string, p *Parameter) bool {
	return s.resolve(p.Schema).Get("type").StringOr("") == kind
}

func (s *sorter) isProperty(p *Parameter) bool { return s.operation.Resource.property(p.Name) != nil }

// addDirection looks for the parameter that says ascending or descending.
func (s *sorter) addDirection(sorting *Sorting) {
	for _, p := range s.operation.queryParameters(directionNames) {
		if p != sorting.Parameter && (s.isDirection(p) || len(s.listed(p)) == 0 && !s.isProperty(p)) {
			sorting.Direction = p
			sorting.Ascending, sorting.Descending = s.spelled(p, ascendingWords), s.spelled(p, descendingWords)
			return
		}
	}
	for _, p := range s.operation.queryParameters(reverseNames) {
		if s.isOf("boolean", p) && !s.isProperty(p) {
			sorting.Direction, sorting.Ascending, sorting.Descending = p, "false", "true"
			return
		}
	}
}

// isDirection reports whether all that a parameter can be is directions.
func (s *sorter) isDirection(p *Parameter) bool {
	listed := s.listed(p)
	return len(listed) > 0 && !slices.ContainsFunc(listed, func(text string) bool {
		text = strings.ToLower(text)
		return !slices.Contains(ascendingWords, text) && !slices.Contains(descendingWords, text)
	})
}

// spelled returns the first of the words as the parameter lists it; the first word where it lists nothing.
func (s *sorter) spelled(p *Parameter, words []string) string {
	listed := s.listed(p)
	for _, word := range words {
		i := slices.IndexFunc(listed, func(text string) bool { return strings.EqualFold(text, word) })
		if i >= 0 {
			return listed[i]
		}
	}
	if len(listed) > 0 {
		return ""
	}
	return words[0]
}

// listed returns the texts that a parameter, or an item of it, can be; none where its schema does not list them.
func (s *sorter) listed(p *Parameter) []string {
	v := s.resolve(p.Schema)
	if items := v.Get("items"); items != nil {
		v = s.resolve(items)
	}
	return value.WrittenItems(v.Get("enum"))
}

// resolve follows the references of a schema.
func (s *sorter) resolve(v *Value) *Value {
	for range maxHops {
		name, isReference := schema.RefName(v)
		if !isReference {
			break
		}
		v = s.component(name)
	}
	return v
}

// maxHops bounds a chain of references; the definitions' own end, and go in no circle.
const maxHops = 100

func (s *sorter) orders(p *Parameter) []*SortOrder {
	var orders []*SortOrder
	for _, text := range s.listed(p) {
		orders = append(orders, s.order(text))
	}
	return orders
}

// directed is a value with a direction behind the property, or around it: title:desc, title_asc, priceDesc, desc(title).
var directed = regexp.MustCompile(`(?i)^(?:(.+?)[\s:._,-]*(asc|ascending|desc|descending)|(asc|desc)\((.+)\))$`)

// order says what one value of the parameter means. A name that is a property's is one, whatever it ends in.
func (s *sorter) order(text string) *SortOrder {
	order := &SortOrder{Value: text}
	if order.by(s, text) {
		return order
	}
	if rest, isDescending := strings.CutPrefix(text, "-"); isDescending && order.by(s, rest) {
		order.IsDescending = true
		return order
	}
	if rest, isAscending := strings.CutPrefix(text, "+"); isAscending && order.by(s, rest) {
		return order
	}
	if parts := directed.FindStringSubmatch(text); parts != nil && order.by(s, parts[1]+parts[4]) {
		order.IsDescending = slices.Contains(descendingWords, strings.ToLower(parts[2]+parts[3]))
	}
	return order
}

// by makes the order one of the property that a text names, and reports whether it names one.
func (o *SortOrder) by(s *sorter, text string) bool {
	for _, steps := range [][]string{{text}, strings.Split(text, "."), strings.Split(text, "/")} {
		var members []value.Member
		for _, p := range s.operation.Resource.Properties {
			if !p.IsWriteOnly {
				members = append(members, value.NewMember(p.Name, p.Schema))
			}
		}
		var path []string
		for _, step := range steps {
			m := memberCalled(members, step)
			if m == nil {
				break
			}
			path = append(path, m.Name)
			members = s.properties(m.Value)
		}
		if len(path) == len(steps) {
			o.Path, o.Property = path, s.operation.Resource.property(path[0])
			return true
		}
	}
	return false
}

// properties returns those of a schema, of what it refers to and of its allOf.
func (s *sorter) properties(v *Value) []value.Member {
	v = s.resolve(v)
	members := slices.Clone(schema.Properties(v))
	for _, part := range value.Items(v.Get("allOf")) {
		members = append(members, schema.Properties(s.resolve(part))...)
	}
	return members
}

// memberCalled returns the member of that name, else the only one whose name has the same letters and digits, or nil.
func memberCalled(members []value.Member, called string) *value.Member {
	var near []*value.Member
	for i := range members {
		if members[i].Name == called {
			return &members[i]
		}
		if word := folded(called); word != "" && folded(members[i].Name) == word {
			near = append(near, &members[i])
		}
	}
	if len(near) != 1 {
		return nil
	}
	return near[0]
}

var notWords = regexp.MustCompile(`[^\pL\pN]+`)

// folded returns the letters and digits of a name, so that publishedAt and published_at are one; nothing of one with a
// sign, which is a direction.
func folded(name string) string {
	if strings.HasPrefix(name, "-") || strings.HasPrefix(name, "+") {
		return ""
	}
	return strings.ToLower(notWords.ReplaceAllString(name, ""))
}
