package schema

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// Write returns a normalised schema in the keywords of one dialect. A component X is referred to as refPrefix + X. What
// the dialect cannot express becomes the nearest approximation, which accepts no less, and is kept as an extension with
// the prefix x-, in the same dialect.
//
// Properties called $ref or __proto__ are written as patternProperties, since these names break resolvers and
// validators; they are not required there, and a default, an example or an extension that contains one is dropped.
//
// names maps components to different names in the document; it may be nil.
func Write(v *value.Value, d Dialect, refPrefix string, names map[string]string) *value.Value {
	var alone *Document
	return alone.Write(v, d, refPrefix, names)
}

type writer struct {
	dialect  Dialect
	document *Document    // nil if a schema is written alone
	use      use          // of the current schema
	top      *value.Value // the innermost enclosing schema for the same data that depends on evaluated names, else the outermost; nil for the schema itself
	root     *value.Value // the outermost schema that the current one is composed into; nil for the schema itself
	prefix   string
	names    map[string]string // of components in the document, if different
	losses   *[]loss           // of the current schema; nil if not needed
	isStrict bool              // the result must not accept more than its source
	weak     map[string]bool   // the components that do, if known
	weaker   bool              // something written since the flag was cleared accepts more than its source
	again    int               // how often the current schema has already been written as an approximation
}

func (w *writer) schema(v *value.Value) *value.Value {
	if v.Is(value.KindBool) {
		return plainTruth(v)
	}
	if !v.Is(value.KindObject) {
		return v
	}
	outer, root, top := w.use, w.root, w.top
	defer func(again int, isStrict bool) {
		w.use, w.root, w.top, w.again, w.isStrict = outer, root, top, again, isStrict
	}(w.again, w.isStrict)
	isStrict := w.isStrict
	own := outer.and(w.document.useOf(v))
	if w.use = own; w.isWritten(v) {
		return v
	}
	source := v
	v = w.adapt(v, outer.isBranch)
	out := &value.Value{Kind: value.KindObject, Pos: v.Pos}
	condition := true
	for _, m := range v.Members {
		before := w.weaker
		w.weaker = false
		w.use, w.root, w.top = own.below(source, m.Name), nil, nil
		if slices.Contains(partly, m.Name) {
			if w.top = top; top == nil || source.Has("unevaluatedProperties") {
				w.top = source
			}
		}
		if m.Name == "allOf" || m.Name == "anyOf" || m.Name == "oneOf" {
			if w.root = root; root == nil && !own.isOption {
				w.root = source
			}
		}
		w.isStrict = isStrict || m.Name == "not" || m.Name == "oneOf" || m.Name == "if"
		m, known := w.keyword(m, source)
		switch {
		case m.Name == "if" && w.weaker:
			condition = false
		case m.Name == "not" && w.weaker:
			m.Name = "x-not"
		case m.Name == "oneOf" && w.weaker && !v.Has("anyOf"):
			m.Name = "anyOf"
		case m.Name == "oneOf" && w.weaker:
			m.Name = "x-oneOf"
		case !known:
			w.weaker = true
		}
		w.weaker = w.weaker || before
		if !out.Has(m.Name) {
			out.Members = append(out.Members, m)
		}
	}
	if !condition {
		out = keepCondition(out)
	}
	w.use, w.root, w.top = own, root, top
	return w.compose(out, source)
}

// others are the keywords for all other properties and items. Readers expect booleans there, and OpenAPI 3.0 allows
// them only there (3.0.4, section 4.7.24.1); elsewhere, schemas that are not objects break readers of every dialect.
var others = map[string]bool{"additionalProperties": true, "unevaluatedProperties": true, "additionalItems": true, "unevaluatedItems": true}

// plainTruth writes a boolean schema as an equivalent object.
func plainTruth(v *value.Value) *value.Value {
	anything := &value.Value{Kind: value.KindObject, Pos: v.Pos}
	if v.IsTrue() {
		return anything
	}
	return &value.Value{Kind: value.KindObject, Members: []value.Member{{Name: "not", Pos: v.Pos, Value: anything}}, Pos: v.Pos}
}

// isWritten reports whether a schema without nested ones is already in the dialect's spelling, as most are.
func (w *writer) isWritten(v *value.Value) bool {
	if w.isOpenMap(v) || w.isUndefined(v) || w.isSplit(v) {
		return false
	}
	return !slices.ContainsFunc(v.Members, func(m value.Member) bool {
		known, ok := keywords[m.Name]
		if ok && known.in&w.dialect == 0 {
			return true
		}
		switch known.shape {
		case anyData, dataList, enumList:
			return Avoided(m.Value) || m.Name == "examples" && w.isAvoidedExample(m.Value) || known.shape == enumList && len(splitAlike(m.Value.Items)) > 1
		case aText:
			return m.Name == "$ref" || m.Name == "description" && w.dialect != Draft7 && Harmless(m.Value.StringOr("")) != m.Value.StringOr("")
		case typeNames:
			if w.dialect == OpenAPI31 && isArray(v) && !v.Has("items") {
				return true
			}
			return w.dialect == OpenAPI30 && (!m.Value.Is(value.KindString) || m.Value.Text == "null" || m.Value.Text == "array")
		case aBound:
			return w.dialect == OpenAPI30 || isRefused(known.shape, m.Value)
		case aPattern, aNumber, aPositive, aCount:
			return isRefused(known.shape, m.Value)
		}
		return !slices.Contains(atomic, known.shape)
	})
}

// atomic are the shapes of values that every dialect writes the same way.
var atomic = []shape{aTruth, aNumber, aPositive, aCount, aPattern, aBound, anObject, externalPage}

// keepCondition turns a condition that would apply to more than intended into extensions.
func keepCondition(v *value.Value) *value.Value {
	return edit(v, func(m value.Member) (value.Member, bool) {
		if m.Name == "if" || m.Name == "then" || m.Name == "else" {
			m.Name = extensionName(m.Name)
		}
		return m, true
	})
}

// adapt returns the schema with its own keywords, not those of nested schemas, in the dialect's spelling. Keywords of
// other dialects become extensions later. isConditional means that it is under then, else or dependentSchemas.
func (w *writer) adapt(v *value.Value, isConditional bool) *value.Value {
	v = copyOf(v)
	w.avoidNames(v)
	enumApart(v, w.dialect != Draft7)
	if w.dialect != Draft7 {
		harmless(v)
	}
	if w.isOpenMap(v) {
		v.Set("additionalProperties", &value.Value{Kind: value.KindBool, Text: "true", Pos: v.Pos})
	}
	if w.dialect != Draft7 {
		w.distribute(v)
		w.define(v)
		switch {
		case !w.isSplit(v):
		case isConditional && !w.use.isCounted:
			v.Set("additionalProperties", &value.Value{Kind: value.KindBool, Text: "true", Pos: v.Pos})
		default:
			split(v)
		}
	}
	if w.dialect == OpenAPI31 {
		layer(v)
		w.items31(v)
		if !OnlyAnnotates(v, "$ref") {
			lonelyRef(v)
		}
		return v
	}
	plainUnevaluated(v)
	w.enumerate(v)
	if w.dialect == Draft7 {
		w.contains7(v)
		w.discriminator7(v)
		tuple7(v)
		dependencies7(v)
	} else {
		values30(v)
		w.rephrase30(v)
		types30(v)
		bounds30(v)
		content30(v)
		w.patternProperties30(v)
		w.tuple30(v)
	}
	lonelyRef(v)
	if w.dialect == OpenAPI30 || w.dialect == Draft7 && !slices.ContainsFunc(listOf(v.Get("anyOf")), w.document.evaluates) {
		layer(v)
	}
	return v
}

// keyword writes one keyword, and reports whether the dialect expresses it exactly.
func (w *writer) keyword(m value.Member, source *value.Value) (value.Member, bool) {
	known, ok := keywords[m.Name]
	if !ok {
		return m, true
	}
	switch {
	case m.Name == "$ref":
		name, _ := componentOf(m.Value)
		m.Value = w.reference(m.Value)
		return m, !w.isStrict || !w.isWeak(name)
	case known.shape == aDiscriminator && w.isUndecided(source):
		m.Name, m.Value = extensionName(m.Name), w.discriminator(m.Value)
	case known.shape == aDiscriminator:
		m.Value = w.discriminator(m.Value)
	case w.dialect == OpenAPI30 && (known.shape == patternMap || m.Name == "prefixItems"):
		w.again++
		m.Value = rewriteShape(known.shape, m.Value, w.schema)
		w.again--
	case others[m.Name] && m.Value.Is(value.KindBool):
	default:
		m.Value = rewriteShape(known.shape, m.Value, w.schema)
	}
	if IsExtension(m.Name) {
		return m, true
	}
	if known.in&w.dialect == 0 {
		w.lose(m)
	}
	if known.in&w.dialect == 0 || isRefused(known.shape, m.Value) {
		m.Name = extensionName(m.Name)
		return m, known.note
	}
	return m, true
}

// isWeak reports whether the dialect can only approximate a component.
func (w *writer) isWeak(name string) bool {
	if w.weak == nil {
		w.weak = w.document.weaker(w.dialect)
	}
	return w.weak[name]
}

func (w *writer) reference(ref *value.Value) *value.Value {
	name, ok := componentOf(ref)
	if !ok {
		return ref
	}
	if other, renamed := w.names[name]; renamed {
		name = other
	}
	return &value.Value{Kind: value.KindString, Text: w.prefix + value.PointerTo("", name)[1:], Pos: ref.Pos}
}

func (w *writer) discriminator(v *value.Value) *value.Value {
	return edit(v, func(m value.Member) (value.Member, bool) {
		if m.Name == "mapping" {
			m.Value = eachMember(m.Value, w.reference)
		}
		return m, true
	})
}

// isOpenMap reports whether a schema of OpenAPI is an object without any constraint. Client generators treat it as one
// without properties, unless additionalProperties says otherwise; that is equivalent.
func (w *writer) isOpenMap(v *value.Value) bool {
	return w.dialect != Draft7 && !w.use.isPart && !w.use.isCounted && HasType(v, "object") && !slices.ContainsFunc(v.Members, func(m value.Member) bool {
		known := keywords[m.Name]
		return known.shape == enumList || m.Name == "const" || known.on == "object" && known.shape != aCount && m.Name != "propertyNames" || slices.Contains(inPlace, m.Name)
	})
}

// isUndecided reports whether the discriminator of a schema selects by a property that its branches may lack, or for
// which several have the same value: OpenAPI does not allow that (3.1.1, section 4.8.25.1).
func (w *writer) isUndecided(v *value.Value) bool {
	property := v.Get("discriminator").Get("propertyName").StringOr("")
	branches := append(slices.Clone(listOf(v.Get("oneOf"))), listOf(v.Get("anyOf"))...)
	if w.document == nil || w.dialect == Draft7 || len(branches) == 0 {
		return false
	}
	taken := map[string]bool{}
	for _, branch := range branches {
		for _, one := range (Branches{Component: w.document.component}).valuesOf(branch, property, nil) {
			if taken[one] {
				return true
			}
			taken[one] = true
		}
	}
	return !requires(v, property, w.document.component, nil)
}

// lonelyRef moves a $ref with other keywords beside it into an allOf, since draft 7 and OpenAPI 3.0 ignore them, and
// readers of later versions ignore those that are more than annotations.
func lonelyRef(v *value.Value) {
	ref := v.Member("$ref")
	if ref == nil || len(v.Members) == 1 {
		return
	}
	alone := &value.Value{Kind: value.KindObject, Members: []value.Member{*ref}, Pos: v.Pos}
	all := &value.Value{Kind: value.KindArray, Items: append([]*value.Value{alone}, listOf(v.Get("allOf"))...), Pos: ref.Pos}
	v.Delete("allOf")
	*v.Member("$ref") = value.Member{Name: "allOf", Pos: ref.Pos, Value: all}
}

// inPlace are the keywords whose schemas apply to the same data.
var inPlace = []string{"$ref", "allOf", "anyOf", "oneOf", "not", "if", "dependentSchemas"}

// plainUnevaluated writes unevaluatedProperties and unevaluatedItems as additionalProperties and items if nothing else
// evaluates the data.
func plainUnevaluated(v *value.Value) {
	if slices.ContainsFunc(inPlace, v.Has) {
		return
	}
	rename(v, "unevaluatedProperties", "additionalProperties")
	if !v.Has("contains") {
		rename(v, "unevaluatedItems", "items")
	}
}

// rename renames a member, or removes it if the new name exists.
func rename(v *value.Value, from, to string) {
	if m := v.Member(from); m != nil && v.Has(to) {
		v.Delete(from)
	} else if m != nil {
		m.Name = to
	}
}
