package model

import (
	"strings"

	"github.com/firestoned/firestone/model/definition"
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/value"
)

// tellReferences adds to the description of each property that refers to another resource what it refers to, for the
// readers of documents.
func tellReferences(set *definition.Set) {
	for _, d := range set.Definitions {
		item := d.Types.Item
		item.Schema = toldReferences(set, d, item.Schema)
		if item.Plain != nil {
			item.Plain = toldReferences(set, d, item.Plain)
		}
	}
}

func toldReferences(set *definition.Set, d *definition.Definition, v *Value) *Value {
	written := v.Get("properties")
	properties := written
	for _, m := range value.Members(written) {
		r := set.Reference(d, m.Name)
		if r == nil || !m.Value.Is(value.KindObject) {
			continue
		}
		text := joinSentences(m.Value.Get("description").StringOr(""), referenceText(r))
		properties = value.With(properties, m.Name, value.With(m.Value, "description", value.String(text)))
	}
	if properties == written {
		return v
	}
	return value.With(v, "properties", properties)
}

// referenceText says what a property refers to: as its definition says, else in a sentence.
func referenceText(r *definition.Reference) string {
	if r.Description != "" {
		return r.Description
	}
	of := r.Target.Root.Get
	one, _ := name.Counted(name.Forms(r.Target.Kind, of("singular").StringOr(""), of("plural").StringOr("")))
	text := "Refers to " + name.Indefinite(one)
	if _, keyName := r.Target.Key(); r.Key != keyName {
		noun, _ := propertyNoun(r.Key)
		text += " by its " + noun
	}
	if r.OnMissing == RejectMissing {
		text += ", which must exist"
	}
	if r.IsImmutable {
		return text + ". Cannot be changed."
	}
	return text + "."
}

// joinSentences appends a sentence to a text, which may lack its full stop.
func joinSentences(text, sentence string) string {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return sentence
	case strings.ContainsRune(".!?:;…", rune(text[len(text)-1])):
		return text + " " + sentence
	}
	return text + ". " + sentence
}

// link finds the example of what each reference names, so that the examples of resources agree with each other: a book's
// author_id is that of the author's example.
func (b *builder) link() {
	b.linked = map[*Value]*Value{}
	records := map[*Component]*Value{}
	for _, d := range b.set.Definitions {
		for _, m := range d.Properties() {
			r := b.set.Reference(d, m.Name)
			if r == nil || r.Target.Types == nil || r.Target.Types.Item == nil {
				continue
			}
			target := b.component(r.Target.Types.Item.Name, Read)
			if records[target] == nil {
				records[target] = b.example(target.Schema, "")
			}
			if named := records[target].Get(r.Key); named != nil {
				b.linked[m.Value.Get("references")] = named
			}
		}
	}
}
