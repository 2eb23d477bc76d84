package model

import "slices"

// describe adds what schemas say to everything that has one.
func (b *builder) describe() {
	for _, c := range append(slices.Clone(b.api.Components), b.api.Problem) {
		if c != nil {
			c.Shape = b.shapes.ofComponent(c)
		}
	}
	for _, r := range b.api.Resources {
		r.Key.Shape = b.shapes.of(r.Key.Schema)
		for _, l := range r.Levels {
			for _, p := range l.Parameters {
				p.Shape = b.shapes.of(p.Schema)
			}
			for _, o := range l.Operations {
				b.describeOperation(o)
			}
		}
	}
	for _, answer := range b.api.MoreFailures {
		b.describeBody(answer.Body)
	}
	for _, c := range b.api.Channels {
		for _, o := range c.Operations() {
			for _, m := range slices.Concat(o.Messages, o.Reply) {
				b.describeBody(m.Payload)
			}
		}
	}
	if p := b.api.IfMatch; p != nil {
		p.Shape = b.shapes.of(p.Schema)
	}
}

func (b *builder) describeOperation(o *Operation) {
	for _, p := range o.Parameters {
		p.Shape = b.shapes.of(p.Schema)
	}
	b.describeBody(o.Request)
	b.describeBody(o.Response)
	for _, answer := range o.Responses {
		b.describeBody(answer.Body)
	}
}

func (b *builder) describeBody(of *Body) {
	switch {
	case of == nil:
	case of.Component != nil && of.Schema.Has("$ref"):
		of.Shape = of.Component.Shape
	default:
		of.Shape = b.shapes.of(of.Schema)
	}
}
