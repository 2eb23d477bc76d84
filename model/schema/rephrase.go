package schema

import (
	"slices"

	"github.com/firestoned/firestone/model/value"
)

// rephrase30 expresses keywords that OpenAPI 3.0 lacks exactly by other keywords. If nested schemas would be duplicated
// several times, the rest is left to extensions.
func (w *writer) rephrase30(v *value.Value) {
	for _, keyword := range []string{"unevaluatedProperties", "unevaluatedItems"} {
		if m := v.Member(keyword); m != nil { // its meaning would change if the keywords beside it moved
			w.lose(*m)
			if m.Name = extensionName(keyword); !m.Value.Is(value.KindBool) {
				m.Value = w.schema(m.Value)
			}
			w.weaker = true
		}
	}
	if w.again > maxNestedCopies {
		return
	}
	w.names30(v)
	var also []*value.Value
	also = append(also, w.condition30(v)...)
	also = append(also, w.dependents30(v)...)
	also = append(also, w.contains30(v)...)
	if len(also) > 0 {
		v.Set("allOf", &value.Value{Kind: value.KindArray, Items: slices.Concat(listOf(v.Get("allOf")), also), Pos: also[0].Pos})
	}
}

func schemaAt(pos value.Pos, keyword string, of *value.Value) *value.Value {
	return &value.Value{Kind: value.KindObject, Members: []value.Member{{Name: keyword, Pos: pos, Value: of}}, Pos: pos}
}

func anyOf(pos value.Pos, schemas ...*value.Value) *value.Value {
	return schemaAt(pos, "anyOf", &value.Value{Kind: value.KindArray, Items: schemas, Pos: pos})
}

// isExact reports whether the dialect expresses a schema exactly.
func (w *writer) isExact(v *value.Value) bool {
	probe := *w
	probe.weaker, probe.isStrict, probe.losses = false, true, nil
	probe.again++
	probe.schema(v)
	return !probe.weaker
}

// condition30 expresses if, then and else: either not the condition, or then; and either the condition, or else.
func (w *writer) condition30(v *value.Value) []*value.Value {
	condition := v.Get("if")
	if condition == nil || !v.Has("then") && !v.Has("else") || !w.isExact(condition) {
		return nil
	}
	var also []*value.Value
	if m := v.Member("then"); m != nil {
		also = append(also, anyOf(m.Pos, schemaAt(m.Pos, "not", condition), m.Value))
	}
	if m := v.Member("else"); m != nil {
		also = append(also, anyOf(m.Pos, condition, m.Value))
	}
	if len(also) > 1 {
		w.again++ // the condition is written twice
	}
	for _, keyword := range []string{"if", "then", "else"} {
		v.Delete(keyword)
	}
	return also
}

// dependents30 expresses constraints on objects that have a property: either they lack it, or the constraint applies.
func (w *writer) dependents30(v *value.Value) []*value.Value {
	var also []*value.Value
	for _, m := range value.Members(v.Get("dependentRequired")) {
		also = append(also, anyOf(m.Pos, lacks(m), schemaAt(m.Pos, "required", m.Value)))
	}
	for _, m := range value.Members(v.Get("dependentSchemas")) {
		dependent := anyOf(m.Pos, lacks(m), m.Value)
		if v.Get("type").StringOr("") != "object" {
			list := dependent.Get("anyOf")
			list.Items = append(list.Items, schemaAt(m.Pos, "not", schemaAt(m.Pos, "type", value.String("object"))))
		}
		also = append(also, dependent)
	}
	v.Delete("dependentRequired")
	v.Delete("dependentSchemas")
	return also
}

// lacks returns the schema of an object without the given property.
func lacks(m value.Member) *value.Value {
	return schemaAt(m.Pos, "not", schemaAt(m.Pos, "required", value.Strings(m.Name)))
}

// contains30 expresses contains: not all items fail to match. The number of matches cannot be expressed, except none.
func (w *writer) contains30(v *value.Value) []*value.Value {
	m := v.Member("contains")
	if m == nil {
		return nil
	}
	if none := noneContained(v); none != nil {
		return []*value.Value{none}
	}
	if least := v.Get("minContains"); least != nil && !isCount(least, 1) || !w.isExact(m.Value) {
		return nil
	}
	some := schemaAt(m.Pos, "not", schemaAt(m.Pos, "items", schemaAt(m.Pos, "not", m.Value)))
	if v.Get("type").StringOr("") != "array" {
		some = anyOf(m.Pos, schemaAt(m.Pos, "not", schemaAt(m.Pos, "type", value.String("array"))), some)
	}
	v.Delete("contains")
	v.Delete("minContains")
	return []*value.Value{some}
}

// noneContained removes a contains that no item may match from a schema, and returns its equivalent, or nil.
func noneContained(v *value.Value) *value.Value {
	m := v.Member("contains")
	if m == nil || !isCount(v.Get("minContains"), 0) || !isCount(v.Get("maxContains"), 0) {
		return nil
	}
	none := schemaAt(m.Pos, "items", schemaAt(m.Pos, "not", m.Value))
	for _, keyword := range []string{"contains", "minContains", "maxContains"} {
		v.Delete(keyword)
	}
	return none
}

func isCount(v *value.Value, count int) bool {
	n, isNumber := v.Rat()
	wanted, _ := value.Int(count).Rat()
	return isNumber && n.Cmp(wanted) == 0
}

// names30 writes enumerated property names as the only properties.
func (w *writer) names30(v *value.Value) {
	m := v.Member("propertyNames")
	if m == nil || v.Has("patternProperties") {
		return
	}
	of := m.Value
	if name, ok := RefName(of); ok && len(of.Members) == 1 && w.document.component(name) != nil {
		of = w.document.component(name)
	}
	if of.IsTrue() || isOpen(of) {
		v.Delete("propertyNames")
		return
	}
	enum := of.Get("enum")
	if !enum.Is(value.KindArray) || !OnlyAnnotates(of, "enum", "type") || of.Has("type") && !HasType(of, "string") {
		return
	}
	others := v.Get("additionalProperties")
	if others == nil {
		others = &value.Value{Kind: value.KindObject, Pos: m.Pos}
	}
	named := &value.Value{Kind: value.KindObject, Pos: m.Pos}
	allowed := map[string]bool{}
	for _, item := range enum.Items {
		if item.Is(value.KindString) {
			allowed[item.Text] = true
		}
	}
	for _, p := range Properties(v) {
		if !allowed[p.Name] {
			p.Value = &value.Value{Kind: value.KindBool, Text: "false", Pos: p.Value.Pos}
		}
		named.Members = append(named.Members, p)
	}
	for _, item := range enum.Items {
		if item.Is(value.KindString) && !named.Has(item.Text) && !others.IsFalse() {
			named.Members = append(named.Members, value.Member{Name: item.Text, Pos: item.Pos, Value: others})
		}
	}
	v.Delete("propertyNames")
	v.Set("properties", named)
	v.Set("additionalProperties", &value.Value{Kind: value.KindBool, Text: "false", Pos: m.Pos})
}

// enumerate writes unevaluatedProperties as additionalProperties if it is known which properties all other schemas for
// the same data define.
func (w *writer) enumerate(v *value.Value) {
	m := v.Member("unevaluatedProperties")
	if m == nil || v.Has("additionalProperties") {
		return
	}
	evaluated := evaluation{writer: w, names: value.Object(), patterns: value.Object()}
	if !evaluated.of(v, nil) {
		return
	}
	if evaluated.all {
		v.Delete(m.Name)
		return
	}
	if len(evaluated.patterns.Members) > 0 {
		patterns := evaluated.patterns
		for _, p := range value.Members(v.Get("patternProperties")) {
			patterns.Set(p.Name, p.Value)
		}
		v.Set("patternProperties", patterns)
	}
	named := &value.Value{Kind: value.KindObject, Pos: m.Pos, Members: slices.Clone(Properties(v))}
	for _, p := range evaluated.names.Members {
		if !named.Has(p.Name) {
			named.Members = append(named.Members, p)
		}
	}
	if len(named.Members) > 0 {
		v.Set("properties", named)
	}
	rename(v, "unevaluatedProperties", "additionalProperties")
}

// evaluation collects the properties that a schema and its parts define, each with its schema or a weaker one.
type evaluation struct {
	writer          *writer
	names, patterns *value.Value
	all             bool // they define every property
}

// of collects from a schema, and reports whether its names are the same for all data.
func (e *evaluation) of(v *value.Value, open []*value.Value) bool {
	if !v.Is(value.KindObject) {
		return true
	}
	if slices.Contains(open, v) {
		return false
	}
	isOuter := len(open) == 0
	open = append(slices.Clip(open), v)
	if v.Has("additionalProperties") || !isOuter && v.Has("unevaluatedProperties") {
		e.all = true
	}
	for _, p := range Properties(v) {
		// Generators that merge the two would take anything for the type, and what is large would be written twice.
		said := &value.Value{Kind: value.KindObject, Pos: p.Value.Pos}
		if isLeaf(p.Value) || len(value.Members(p.Value)) == 1 && p.Value.Has("$ref") {
			said = p.Value
		}
		e.names.Set(p.Name, said)
	}
	for _, p := range value.Members(v.Get("patternProperties")) {
		if e.writer.dialect == OpenAPI30 {
			return false
		}
		e.patterns.Set(p.Name, &value.Value{Kind: value.KindObject, Pos: p.Value.Pos})
	}
	if v.Has("$ref") {
		name, _ := RefName(v)
		target := e.writer.document.component(name)
		if target == nil || !e.of(target, open) {
			return false
		}
	}
	for _, keyword := range []string{"anyOf", "oneOf", "if", "then", "else", "dependentSchemas"} {
		below := v.Get(keyword)
		if below == nil {
			continue
		}
		names := false
		rewriteShape(keywords[keyword].shape, below, func(sub *value.Value) *value.Value {
			names = names || e.writer.document == nil || e.writer.document.evaluates(sub)
			return sub
		})
		if names {
			return false
		}
	}
	return !slices.ContainsFunc(listOf(v.Get("allOf")), func(sub *value.Value) bool { return !e.of(sub, open) })
}
