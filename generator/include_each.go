package generator

import (
	"bytes"
	"fmt"
	"reflect"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/firestoned/firestone/model/value"
)

// A document of many resources is mostly what a few partials write for each item of a list. With `includeEach NAME
// LIST`, an item's text depends only on its dot, so all processors render some of them, and the texts are joined in the
// order of the list.

const (
	minSharedItems = 16 // the length from which a list is worth being shared among processors
	batches        = 64 // the parts of a list, each of which one processor renders
)

// workers are the renderers of a Render that can help a busy one; one that has not been needed yet is nil.
type workers chan *renderer

// newWorkers returns a helper for each processor that is not at work.
func newWorkers(working int) workers {
	helpers := workers(make(chan *renderer, runtime.GOMAXPROCS(0)))
	for range runtime.GOMAXPROCS(0) - working {
		helpers <- nil
	}
	return helpers
}

// take returns the helpers that have nothing to do, ready to render items for r.
func (c workers) take(r *renderer) []*renderer {
	var taken []*renderer
	for {
		select {
		case helper := <-c:
			if helper == nil {
				helper = r.pack.renderer(r.budget.from)
			}
			clear(helper.words)
			helper.root, helper.given = r.root, r.given
			helper.stack = append(helper.stack[:0], r.stack...)
			taken = append(taken, helper)
		default:
			return taken
		}
	}
}

func (c workers) release(helpers []*renderer) {
	for _, helper := range helpers {
		c <- helper
	}
}

// eachIncluded implements includeEach: it returns the output of the partial for each item of the list, each on separate
// lines. With a third argument the dot of the partial is a dict of Item and With.
func (r *renderer) eachIncluded(name string, list any, with ...any) (any, error) {
	s, err := r.partial(name)
	if err != nil {
		return nil, err
	}
	text := &bytes.Buffer{}
	if err := r.includeEach(name, list, with, text.Grow, func(lines []byte) { text.Write(lines) }); err != nil {
		return nil, err
	}
	return r.rendered(s.path, text.String()), nil
}

// includeEach passes on the output of the partial for each item, several at a time, in the order of the list. If the
// number of bytes is known beforehand, it calls grow with it.
func (r *renderer) includeEach(name string, list any, with []any, grow func(n int), emit func(lines []byte)) error {
	items := reflect.ValueOf(list)
	if !items.IsValid() {
		return nil
	}
	if kind := items.Kind(); kind != reflect.Slice && kind != reflect.Array || len(with) > 1 {
		return value.Problem{Code: value.FailedAction, Msg: fmt.Sprintf("includeEach cannot go through a value of type %T", list), Hint: "write {{ includeEach NAME LIST }}, or {{ includeEach NAME LIST WITH }}"}
	}
	if err := r.budget.spend(items.Len(), 0); err != nil {
		return err
	}
	size := max(1, items.Len()/batches)
	count := (items.Len() + size - 1) / size
	render := func(r *renderer, batch int, text *bytes.Buffer) error {
		for n := batch * size; n < min((batch+1)*size, items.Len()); n++ {
			if err := r.includeItem(name, items.Index(n).Interface(), with, text); err != nil {
				return err
			}
		}
		return nil
	}
	if items.Len() >= minSharedItems && !r.trace && !r.pack.changesDicts && r.workers != nil {
		helpers := r.workers.take(r)
		defer r.workers.release(helpers)
		if len(helpers) > 0 {
			return sideBySide(append(helpers, r), count, render, grow, emit)
		}
	}
	text := &bytes.Buffer{}
	for batch := range count {
		text.Reset()
		if err := render(r, batch, text); err != nil {
			return err
		}
		emit(text.Bytes())
	}
	return nil
}

// sideBySide renders that many batches with several renderers, and passes on their texts in order.
func sideBySide(renderers []*renderer, count int, render func(r *renderer, batch int, text *bytes.Buffer) error, grow func(n int), emit func(lines []byte)) error {
	texts, errs := make([][]byte, count), make([]error, count)
	var next atomic.Int64
	var working sync.WaitGroup
	for _, r := range renderers {
		working.Go(func() {
			text := &bytes.Buffer{}
			for i := int(next.Add(1)) - 1; i < count; i = int(next.Add(1)) - 1 {
				text.Reset()
				errs[i] = render(r, i, text)
				texts[i] = bytes.Clone(text.Bytes())
			}
		})
	}
	working.Wait()
	length := 0
	for _, text := range texts {
		length += len(text)
	}
	grow(length)
	for i, text := range texts {
		if errs[i] != nil {
			return errs[i]
		}
		emit(text)
	}
	return nil
}

// includeItem appends the lines that the partial writes for one item.
func (r *renderer) includeItem(name string, item any, with []any, to *bytes.Buffer) error {
	dot := item
	if len(with) > 0 {
		dot = map[string]any{"Item": item, "With": with[0]}
	}
	start := to.Len()
	if err := r.include(name, dot, to); err != nil {
		return err
	}
	written := to.Bytes()[start:]
	lines := bytes.TrimLeft(sourceOf(written), "\r\n") // a range at the beginning leaves one
	to.Truncate(start + copy(written, lines))
	if len(lines) > 0 {
		to.WriteByte('\n')
	}
	return nil
}
