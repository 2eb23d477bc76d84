package schema

import (
	"maps"
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// shaper derives one form of a schema. If nothing changes, it returns its input.
type shaper struct {
	forms   *Forms
	rename  func(name string, form Form) string
	changed bool     // rename is called only for components that differ
	open    []string // components being expanded
	spelled *spelled
}

// object describes the data at one level, as seen by all schemas that apply to it.
type object struct {
	form      Form
	isWhole   bool      // an update does not merge into the data, since it is not an object
	gone      names     // properties that are not in the form
	loose     names     // properties that cannot be required: gone, or gone in one branch
	required  names     // the required properties
	isReduced bool      // something is gone from the data, at any depth
	parts     []*parts  // the schemas that may apply to the data, if something is gone
	rivals    []besides // what else the data may have matched before an update
}

// isMerged reports whether what is sent is merged into the data, so that the whole cannot be constrained.
func (o object) isMerged() bool { return o.form == Update && !o.isWhole }

// level shapes a schema at a new level of data: the root, a property, an item.
func (s shaper) level(v *value.Value, form Form) *value.Value { return s.data(v, form, "", nil, nil) }

// data is like level without the named property, if there is one, for data to which the parts also apply, and that may
// have matched the rivals before an update.
func (s shaper) data(v *value.Value, form Form, without string, given []*parts, others []besides) *value.Value {
	if !v.Is(value.KindObject) {
		return v
	}
	if isLeaf(v) {
		if form == Update && v.Has("default") {
			return edit(v, func(m value.Member) (value.Member, bool) { return m, m.Name != "default" })
		}
		return v
	}
	o := s.context(v, form, without, given)
	o.rivals = others
	return s.inPlace(v, o)
}

// context returns the description of the data that a schema, and the given parts, apply to.
func (s shaper) context(v *value.Value, form Form, without string, given []*parts) object {
	o := object{form: form}
	o.isWhole = form == Update && !s.forms.mayBeObject(v, form)
	if without != "" && s.forms.mentions(v, without, form) {
		o.gone = o.gone.and(map[string]bool{without: true})
	}
	o.isReduced = len(o.gone) > 0 || s.forms.isMarkedWithin(v, form) ||
		slices.ContainsFunc(given, func(p *parts) bool { return p.isReduced })
	if o.isReduced {
		o.loose = o.gone
		if own := newParts(s.forms, form, beside{v, true}); own != nil {
			o.parts = append(o.parts, own)
		}
		o.parts = append(o.parts, given...)
		for _, p := range o.parts {
			o.gone, o.loose = o.gone.and(p.gone), o.loose.and(p.loose)
		}
	}
	if form == Update {
		required := s.forms.required(v)
		if len(o.gone) > 0 {
			required = maps.Clone(required)
			maps.DeleteFunc(required, func(name string, _ bool) bool { return o.gone.has(name) })
		}
		o.required = o.required.and(required)
	}
	return o
}

// isLeaf reports whether a schema contains and refers to no other, and does not mention properties. Most are like that,
// and differ between forms only in their defaults.
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

// branch shapes a schema that sometimes applies to the same data as the one around it.
func (s shaper) branch(v *value.Value, o object) *value.Value {
	o.gone = o.gone.and(s.forms.goneFrom(v, o.form))
	if o.form == Update {
		o.required = o.required.and(s.forms.required(v))
	}
	return s.inPlace(v, o)
}

// inPlace shapes a schema that applies to the data described by o.
func (s shaper) inPlace(v *value.Value, o object) *value.Value {
	if !v.Is(value.KindObject) {
		return v
	}
	if name, ok := RefName(v); ok && s.isTold(name, o) {
		return s.spelledOut(v, name, o)
	}
	var also []*value.Value // replacements of keywords that cannot stay
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
			m.Value = without(m.Value, o.loose.has)
			return m, !o.isMerged() && len(m.Value.Items) > 0
		case "minProperties":
			m.Value = s.fewer(m.Value, o)
			return m, !o.isMerged() && m.Value != nil
		case "maxProperties":
			return m, !o.isMerged()
		case "dependentRequired":
			m.Value = withoutDependents(m.Value, o.loose.has)
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
			return m, !o.isReduced // what distinguished the items may be gone
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

// fewer returns a minimum number of properties reduced by those that are gone, or nil if none is left.
func (s shaper) fewer(count *value.Value, o object) *value.Value {
	n, ok := count.Rat()
	if !ok || len(o.loose) == 0 || !n.IsInt() {
		return count
	}
	loose := o.loose.count()
	left := value.Int(int(n.Num().Int64()) - loose)
	if left.Pos = count.Pos; n.Num().Int64() <= int64(loose) {
		return nil
	}
	return left
}

// keyword shapes the keywords that contain schemas or refer to them.
func (s shaper) keyword(m value.Member, o object) *value.Value {
	switch m.Name {
	case "$ref":
		return s.reference(m.Value, o.form)
	case "additionalProperties", "unevaluatedProperties":
		if m.Value.Is(value.KindObject) {
			return s.removable(m.Value, o, o.partsAt(anyName, m.Value), o.rivalsAt(anyName))
		}
	case "items", "prefixItems", "contains", "unevaluatedItems":
		whole := o.form
		if whole == Update {
			whole = Create
		}
		return rewriteShape(keywords[m.Name].shape, m.Value, func(sub *value.Value) *value.Value {
			return s.data(sub, whole, "", o.partsOfItems(sub, whole), nil)
		})
	case "dependentSchemas":
		return edit(m.Value, func(named value.Member) (value.Member, bool) {
			named.Value = s.branch(named.Value, o)
			return named, !o.gone.has(named.Name)
		})
	}
	return m.Value
}

func (s shaper) properties(m value.Member, o object) *value.Value {
	return edit(m.Value, func(p value.Member) (value.Member, bool) {
		if m.Name == "properties" && o.gone.has(p.Name) || s.forms.hidden(p.Value, o.form) {
			return p, false
		}
		name := p.Name
		if m.Name == "patternProperties" {
			name = anyName
		}
		parts, others := o.partsAt(name, p.Value), o.rivalsAt(name)
		if m.Name == "properties" && o.required.has(p.Name) {
			p.Value = s.data(p.Value, o.form, "", parts, others)
		} else {
			p.Value = s.removable(p.Value, o, parts, others)
		}
		return p, true
	})
}

// removable shapes the schema of a property that an update can remove by sending null (RFC 7396).
func (s shaper) removable(v *value.Value, o object, given []*parts, others []besides) *value.Value {
	shaped := s.data(v, o.form, "", given, others)
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

// constants returns a const or an enum, or its replacement if only parts of its values are sent, because the form does
// not have all of them or an update omits them.
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

// pruned removes from a value what is not in the form, at all depths that properties and items reach.
func (s shaper) pruned(data, v *value.Value, o object) *value.Value {
	return s.prune(data, v, o.form, o.gone.has)
}

func (s shaper) prune(data, v *value.Value, form Form, isGone func(name string) bool) *value.Value {
	switch {
	case data.Is(value.KindObject):
		return edit(data, func(m value.Member) (value.Member, bool) {
			if below := v.Get("properties").Get(m.Name); below != nil && !isGone(m.Name) {
				m.Value = s.prune(m.Value, below, form, isIn(s.forms.goneFrom(below, form)))
			}
			return m, !isGone(m.Name)
		})
	case data.Is(value.KindArray) && v.Get("items").Is(value.KindObject):
		items := v.Get("items")
		isGone := isIn(s.forms.goneFrom(items, form))
		return eachItem(data, func(item *value.Value) *value.Value { return s.prune(item, items, form, isGone) })
	}
	return data
}

// goneFrom returns the properties that are never in the form if a schema applies.
func (f *Forms) goneFrom(v *value.Value, form Form) map[string]bool {
	gone := map[string]bool{}
	if f.isMarkedAnywhere(v, form) {
		f.always(v, form, func(sub *value.Value) { f.markHidden(sub, form, gone) })
	}
	return gone
}

// markHidden adds the names of a schema's own properties that are not in the form.
func (f *Forms) markHidden(v *value.Value, form Form, names map[string]bool) {
	for _, p := range Properties(v) {
		if f.hidden(p.Value, form) {
			names[p.Name] = true
		}
	}
}

func isIn(names map[string]bool) func(name string) bool {
	return func(name string) bool { return names[name] }
}
