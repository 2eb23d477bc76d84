package schema

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// shaper makes one form of a schema. Where nothing changes it returns what it was given.
type shaper struct {
	forms   *Forms
	rename  func(name string, form Form) string
	changed bool     // rename is asked only for components that differ
	open    []string // components that are being spelled out
}

// object is what is known of the data at one level, whichever of the schemas there says it.
type object struct {
	form      Form
	isWhole   bool            // an update does not merge into the data, since it is no object
	gone      map[string]bool // properties that the form does not have
	loose     map[string]bool // properties that it cannot require: gone, or gone in one branch
	required  map[string]bool // what the schema requires
	isReduced bool            // something is gone from the data, at any depth
	parts     []beside        // the schemas that may hold of the data, where something is gone
	others    []*value.Value  // what the data may have fitted before an update, other than the schema
}

// beside is a schema that holds of some data with others.
type beside struct {
	schema   *value.Value
	isAlways bool
}

// isMerged reports whether what is sent is merged into the data, so that demands on the whole of it cannot be made.
func (o object) isMerged() bool { return o.form == Update && !o.isWhole }

// level shapes a schema of data of its own: the root, a property, an item.
func (s shaper) level(v *value.Value, form Form) *value.Value { return s.data(v, form, "", nil, nil) }

// data is level without the property of that name, if it has one, for data of which the parts hold too, and that may have
// fitted others before an update.
func (s shaper) data(v *value.Value, form Form, without string, parts []beside, others []*value.Value) *value.Value {
	if !v.Is(value.KindObject) {
		return v
	}
	if isLeaf(v) && len(others) == 0 {
		if form == Update && v.Has("default") {
			return edit(v, func(m value.Member) (value.Member, bool) { return m, m.Name != "default" })
		}
		return v
	}
	o := s.context(v, form, without, parts)
	o.others = others
	return s.inPlace(v, o)
}

// context returns what is known of the data that a schema holds of, and parts beside it.
func (s shaper) context(v *value.Value, form Form, without string, parts []beside) object {
	o := object{form: form, gone: map[string]bool{}, loose: map[string]bool{}}
	o.isWhole = form == Update && !MayBeObject(v, s.forms.component(form))
	if without != "" && s.forms.mentions(v, without, form) {
		o.gone[without] = true
	}
	o.isReduced = len(o.gone) > 0 || s.forms.isMarkedWithin(v, form) ||
		slices.ContainsFunc(parts, func(p beside) bool { return s.forms.isMarkedWithin(p.schema, form) })
	if form == Update {
		o.required = s.forms.required(v)
	}
	if !o.isReduced {
		return o
	}
	for _, p := range append([]beside{{v, true}}, parts...) {
		s.forms.always(p.schema, form, func(sub *value.Value) {
			o.parts = append(o.parts, beside{sub, p.isAlways})
			if p.isAlways {
				s.mark(sub, form, o.gone)
			}
		})
		s.forms.sometimes(p.schema, form, func(sub *value.Value) {
			o.parts = append(o.parts, beside{sub, false})
			s.mark(sub, form, o.loose)
		})
	}
	for name := range o.gone {
		o.loose[name] = true
		delete(o.required, name)
	}
	return o
}

// anyName stands for a property whose name is not known.
const anyName = "\x00"

// partsAt returns the schemas that may hold of a property beside its own.
func (s shaper) partsAt(o object, name string, own *value.Value) []beside {
	var parts []beside
	add := func(v *value.Value, isAlways bool) {
		if v.Is(value.KindObject) && v != own && !slices.ContainsFunc(parts, func(p beside) bool { return p.schema == v }) {
			parts = append(parts, beside{v, isAlways})
		}
	}
	for _, p := range o.parts {
		for _, m := range Properties(p.schema) {
			if m.Name == name || name == anyName {
				add(m.Value, p.isAlways && name != anyName)
			}
		}
		for _, m := range value.Members(p.schema.Get("patternProperties")) {
			add(m.Value, false)
		}
		for _, keyword := range []string{"additionalProperties", "unevaluatedProperties"} {
			if others := p.schema.Get(keyword); !p.schema.Get("properties").Has(name) {
				add(others, false)
			}
		}
	}
	return parts
}

// partsOfItems returns the schemas that may hold of an item beside its own.
func (s shaper) partsOfItems(o object, own *value.Value) []beside {
	var parts []beside
	for _, p := range o.parts {
		for _, keyword := range []string{"items", "prefixItems", "contains", "unevaluatedItems"} {
			below := p.schema.Get(keyword)
			for _, v := range append([]*value.Value{below}, listOf(below)...) {
				if v.Is(value.KindObject) && v != own {
					parts = append(parts, beside{v, false})
				}
			}
		}
	}
	return parts
}

// isLeaf reports whether a schema holds no other, refers to none and says nothing of properties. Most do, and
// only their default differs between forms.
func isLeaf(v *value.Value) bool {
	return !slices.ContainsFunc(v.Members, func(m value.Member) bool {
		switch m.Name {
		case "type", "description", "title", "default", "format":
			return false
		case "const":
			return !isScalar(m.Value)
		}
		known := keywords[m.Name]
		switch known.shape {
		case enumList:
			return slices.ContainsFunc(m.Value.Items, func(item *value.Value) bool { return !isScalar(item) })
		case anyData, dataList, aText, aTruth, aNumber, aBound, aPattern, anObject, externalPage, aPositive:
			return m.Name == "$ref"
		case aCount:
			return known.on == "object"
		}
		return true
	})
}

func isScalar(v *value.Value) bool { return !v.Is(value.KindObject) && !v.Is(value.KindArray) }

func listOf(v *value.Value) []*value.Value {
	if v == nil {
		return nil
	}
	return v.Items
}

func (s shaper) mark(v *value.Value, form Form, names map[string]bool) {
	for _, p := range Properties(v) {
		if s.forms.hidden(p.Value, form) {
			names[p.Name] = true
		}
	}
}

// branch shapes a schema that holds of the same data as the one around it, but not always.
func (s shaper) branch(v *value.Value, o object) *value.Value {
	gone := map[string]bool{}
	for name := range o.gone {
		gone[name] = true
	}
	s.forms.always(v, o.form, func(sub *value.Value) { s.mark(sub, o.form, gone) })
	o.gone = gone
	if o.form == Update {
		required := s.forms.required(v)
		for name := range o.required {
			required[name] = true
		}
		o.required = required
	}
	return s.inPlace(v, o)
}

// inPlace shapes a schema that holds of the data that o tells of.
func (s shaper) inPlace(v *value.Value, o object) *value.Value {
	if !v.Is(value.KindObject) {
		return v
	}
	if name, ok := RefName(v); ok && s.isTold(name, o) {
		return s.spelledOut(v, name, o)
	}
	var also []*value.Value // what takes the place of keywords that cannot stay
	isKept := s.keepsCondition(v, o)
	made := edit(v, func(m value.Member) (value.Member, bool) {
		switch m.Name {
		case "if":
			if isKept {
				m.Value = s.asWritten(m.Value, o)
			}
			return m, isKept
		case "then", "else":
			if isKept {
				m.Value = s.branch(m.Value, o)
			}
			return m, isKept
		case "not":
			m.Value = s.negation(m.Value, o)
			return m, m.Value != nil
		case "required":
			m.Value = without(m.Value, o.loose)
			return m, !o.isMerged() && len(m.Value.Items) > 0
		case "minProperties":
			m.Value = s.fewer(m.Value, o)
			return m, !o.isMerged() && m.Value != nil
		case "maxProperties":
			return m, !o.isMerged()
		case "dependentRequired":
			m.Value = withoutDependents(m.Value, o.loose)
			return m, !o.isMerged() && len(m.Value.Members) > 0
		case "dependentSchemas":
			m.Value = s.keyword(m, o)
			return m, !o.isMerged() && len(m.Value.Members) > 0
		case "default":
			m.Value = s.pruned(m.Value, v, o)
			return m, o.form != Update
		case "examples":
			m.Value = eachItem(m.Value, func(item *value.Value) *value.Value { return s.pruned(item, v, o) })
		case "const", "enum":
			var rest *value.Value
			m.Value, rest = s.constants(m, v, o)
			also = appendSome(also, rest)
			return m, m.Value != nil
		case "discriminator":
			m.Value = s.discriminator(m.Value, o.form)
			return m, o.form != Update // a value that does not change is not sent
		case "properties", "patternProperties":
			before := len(m.Value.Members)
			m.Value = s.properties(m, o)
			return m, before == 0 || len(m.Value.Members) > 0
		case "allOf", "anyOf", "oneOf":
			made := s.composition(m, o)
			if made.Name == "anyOf" && m.Name == "oneOf" && v.Has("anyOf") {
				if made.Value != nil {
					also = append(also, value.Object(made))
				}
				return m, false
			}
			return made, made.Value != nil
		case "contains", "minContains", "maxContains", "uniqueItems":
			if m.Name == "contains" {
				m.Value = s.keyword(m, o)
			}
			return m, !s.isReducedItem(v, o) // what told the items apart may be gone
		default:
			m.Value = s.keyword(m, o)
		}
		return m, true
	})
	made = s.closed(v, made, o)
	if len(also) > 0 {
		made = copyOf(made)
		made.Set("allOf", value.Array(slices.Concat(listOf(made.Get("allOf")), also)...))
	}
	if all := listOf(made.Get("allOf")); made != v && len(all) == 1 && len(listOf(v.Get("allOf"))) != 1 && OnlyAnnotates(made, "allOf") {
		alone := copyOf(made)
		alone.Delete("allOf")
		return annotated(all[0], alone)
	}
	return made
}

func appendSome(list []*value.Value, v *value.Value) []*value.Value {
	if v == nil {
		return list
	}
	return append(list, v)
}

// fewer returns a least number of properties without those that are gone, or nil where none is left.
func (s shaper) fewer(count *value.Value, o object) *value.Value {
	n, ok := count.Rat()
	if !ok || len(o.loose) == 0 || !n.IsInt() {
		return count
	}
	left := value.Int(int(n.Num().Int64()) - len(o.loose))
	if left.Pos = count.Pos; n.Num().Int64() <= int64(len(o.loose)) {
		return nil
	}
	return left
}

// keyword shapes the keywords that hold schemas or refer to them.
func (s shaper) keyword(m value.Member, o object) *value.Value {
	switch m.Name {
	case "$ref":
		return s.reference(m.Value, o.form)
	case "additionalProperties", "unevaluatedProperties":
		if m.Value.Is(value.KindObject) {
			return s.removable(m.Value, o, s.partsAt(o, anyName, m.Value), s.othersAt(o, anyName))
		}
	case "items", "prefixItems", "contains", "unevaluatedItems":
		whole := o.form
		if whole == Update {
			whole = Create
		}
		return rewriteShape(keywords[m.Name].shape, m.Value, func(sub *value.Value) *value.Value {
			return s.data(sub, whole, "", s.partsOfItems(o, sub), nil)
		})
	case "dependentSchemas":
		return edit(m.Value, func(named value.Member) (value.Member, bool) {
			named.Value = s.branch(named.Value, o)
			return named, !o.gone[named.Name]
		})
	}
	return m.Value
}

func (s shaper) properties(m value.Member, o object) *value.Value {
	return edit(m.Value, func(p value.Member) (value.Member, bool) {
		if m.Name == "properties" && o.gone[p.Name] || s.forms.hidden(p.Value, o.form) {
			return p, false
		}
		name := p.Name
		if m.Name == "patternProperties" {
			name = anyName
		}
		others, parts := s.othersAt(o, name), s.partsAt(o, name, p.Value)
		if m.Name == "properties" && o.required[p.Name] {
			p.Value = s.data(p.Value, o.form, "", parts, others)
		} else {
			p.Value = s.removable(p.Value, o, parts, others)
		}
		return p, true
	})
}

// removable shapes the schema of a property that an update may remove by sending null (RFC 7396).
func (s shaper) removable(v *value.Value, o object, parts []beside, others []*value.Value) *value.Value {
	shaped := s.data(v, o.form, "", parts, others)
	if o.form != Update || IsNullable(v, s.forms.Component) {
		return shaped
	}
	nullable := s.forms.nullable[shaped]
	if nullable == nil {
		nullable = OrNull(shaped)
		s.forms.nullable[shaped] = nullable
	}
	return nullable
}

func (s shaper) discriminator(v *value.Value, form Form) *value.Value {
	return edit(v, func(m value.Member) (value.Member, bool) {
		if m.Name == "mapping" {
			m.Value = eachMember(m.Value, func(ref *value.Value) *value.Value { return s.reference(ref, form) })
		}
		return m, true
	})
}

// constants returns a const or an enum, unless parts of its values are sent, because the form does not have all of them or
// an update does not; and then, what takes its place.
func (s shaper) constants(m value.Member, v *value.Value, o object) (kept, also *value.Value) {
	all := []*value.Value{m.Value}
	if m.Name == "enum" {
		all = listOf(m.Value)
	}
	isWhole := func(item *value.Value) bool {
		return isScalar(item) || !o.isReduced && !(o.isMerged() && item.Is(value.KindObject))
	}
	var types []*value.Value
	var rest []*value.Value
	for _, item := range all {
		if isWhole(item) {
			rest = append(rest, item)
		} else if name := value.String(typeOf(item)); !slices.ContainsFunc(types, name.Equal) {
			types = append(types, name)
		}
	}
	if len(types) == 0 {
		return m.Value, nil
	}
	open := value.Object(value.NewMember("type", simpleType(value.Array(types...))))
	switch {
	case len(rest) > 0:
		return nil, value.Object(value.NewMember("anyOf", value.Array(value.Object(value.NewMember("enum", value.Array(rest...))), open)))
	case v.Has("type"):
		return nil, nil
	}
	return nil, open
}

// pruned leaves out of a value what the form does not have, as deep as properties and items lead.
func (s shaper) pruned(data, v *value.Value, o object) *value.Value {
	return s.prune(data, v, o.form, o.gone)
}

func (s shaper) prune(data, v *value.Value, form Form, gone map[string]bool) *value.Value {
	switch {
	case data.Is(value.KindObject):
		return edit(data, func(m value.Member) (value.Member, bool) {
			if below := v.Get("properties").Get(m.Name); below != nil && !gone[m.Name] {
				m.Value = s.prune(m.Value, below, form, s.goneFrom(below, form))
			}
			return m, !gone[m.Name]
		})
	case data.Is(value.KindArray) && v.Get("items").Is(value.KindObject):
		items := v.Get("items")
		gone := s.goneFrom(items, form)
		return eachItem(data, func(item *value.Value) *value.Value { return s.prune(item, items, form, gone) })
	}
	return data
}

func (s shaper) goneFrom(v *value.Value, form Form) map[string]bool {
	gone := map[string]bool{}
	s.forms.always(v, form, func(sub *value.Value) { s.mark(sub, form, gone) })
	return gone
}
