package attack_test

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// campaign tries templates of one language.
type campaign struct {
	dialect
	corpus []string
	bench  *bench // nil: nobody compares
	render func(template) (func(*model.API) (string, error), error)

	made, opened, compared, pairs, unfit int
	faults                               []fault
	refused                              map[string]*refusal
	failure                              atomic.Pointer[string]
	lock                                 sync.Mutex
}

// fault is a template that a text breaks out of.
type fault struct {
	seed   uint64
	of     template
	reader string
	why    string
	values map[string]string
	a, b   string
}

type refusal struct {
	count    int
	template template
	text     string
}

// run tries the templates of the seeds, several at once.
func (c *campaign) run(first, count uint64) {
	c.refused = map[string]*refusal{}
	var next atomic.Uint64
	var workers sync.WaitGroup
	for range 16 * runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := next.Add(1) - 1; i < count && c.failure.Load() == nil; i = next.Add(1) - 1 {
				c.try(first + i)
			}
		})
	}
	workers.Wait()
	slices.SortFunc(c.faults, func(a, b fault) int { return int(a.seed) - int(b.seed) })
}

// fail ends the campaign: it is not the template that is wrong.
func (c *campaign) fail(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	c.failure.CompareAndSwap(nil, &text)
}

func (c *campaign) try(seed uint64) {
	of := makeTemplate(seed, c.dialect, c.corpus)
	result := c.attack(seed, of)
	isWanted := *refusals && result.refused != nil && isReadable(of)
	c.lock.Lock()
	defer c.lock.Unlock()
	c.made++
	if result.refused != nil && isWanted {
		c.note(of, result.refused)
	}
	if result.refused != nil {
		return
	}
	c.opened++
	if result.failed != nil {
		return
	}
	c.compared++
	c.pairs += result.pairs
	c.unfit += result.unfit
	if result.fault != nil {
		c.faults = append(c.faults, *result.fault)
	}
}

var aDetail = regexp.MustCompile("\"(?:\\\\.|[^\"\\\\])*\"|`[^`]*`|\\{\\{.*?\\}\\}|[0-9]+")

// note counts a refusal by its message, without what is the template's own.
func (c *campaign) note(of template, err error) {
	var problems value.Problems
	if !errors.As(err, &problems) {
		problems = value.Problems{{Msg: err.Error()}}
	}
	for _, problem := range problems {
		key := aDetail.ReplaceAllString(problem.Msg, "…")
		known := c.refused[key]
		if known == nil {
			known = &refusal{}
			c.refused[key] = known
		}
		known.count++
		if size := len(of.String()); known.text == "" || size < len(known.template.String()) {
			known.template, known.text = of, problem.Error()
		}
	}
}

// report prints what the campaign has come to, and fails the test where a text broke out.
func (c *campaign) report(t *testing.T) {
	t.Helper()
	if failure := c.failure.Load(); failure != nil {
		t.Fatal(*failure)
	}
	fmt.Printf("attacks on %s: %d templates, %d refused, %d opened, %d rendered, %d pairs of files compared, %d models unfit, %d broken out of\n",
		c.language, c.made, c.made-c.opened, c.opened, c.compared, c.pairs, c.unfit, len(c.faults))
	if *refusals {
		c.printRefusals()
	}
	if len(c.faults) > 0 {
		t.Errorf("texts break out of %d templates", len(c.faults))
	}
	seen := map[string]bool{}
	for _, f := range c.faults {
		if len(seen) == *mostFaults {
			break
		}
		f = c.shrunk(f)
		if seen[f.of.String()] {
			continue
		}
		seen[f.of.String()] = true
		t.Errorf("seed %d: %s: %s\n%s-- values --\n%q\n-- plain --\n%s\n-- hostile --\n%s\n", f.seed, f.reader, f.why, f.of, valuesIn(f.a, f.values), f.a, f.b)
	}
}

func (c *campaign) printRefusals() {
	keys := slices.SortedFunc(maps.Keys(c.refused), func(a, b string) int { return c.refused[b].count - c.refused[a].count })
	for _, key := range keys {
		r := c.refused[key]
		fmt.Printf("%6d %s\n%s\n%s\n", r.count, key, r.text, c.shortest(r.template, key))
	}
}
