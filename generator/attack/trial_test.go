package attack_test

import (
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model"
)

// result is what comes of one template.
type result struct {
	refused error // when it was opened
	failed  error // when it was rendered with plain words
	pairs   int   // of files that are compared
	unfit   int   // models that the template has no place for
	fault   *fault
}

// hostileModels is how many a template is rendered with.
const hostileModels = 5

// attack opens one template, renders it with plain and hostile models, and has the files compared.
func (c *campaign) attack(seed uint64, of template) (r result) {
	defer func() {
		if panicked := recover(); panicked != nil {
			r.fault = &fault{seed: seed, of: of, reader: "firestone", why: fmt.Sprintf("panic: %v\n%s", panicked, debug.Stack())}
		}
	}()
	render, err := c.render(of)
	if err != nil {
		return result{refused: err}
	}
	t := &trial{seed: seed, of: of, render: render, files: map[*subject]string{}, questions: map[*subject]*question{}}
	if err := t.add(plainSubject()); err != nil {
		return result{failed: err}
	}
	random := rand.New(rand.NewPCG(seed, 5))
	for range hostileModels {
		if t.try(subjects()[random.IntN(len(subjects()))]); t.fault != nil {
			return t.result
		}
	}
	if c.bench != nil {
		if err := t.judge(c.bench); err != nil {
			c.fail("seed %d: %v\n%s", seed, err, of)
		}
	}
	return t.result
}

// trial is one template with the files that it makes, and what the judges are asked of them.
type trial struct {
	seed      uint64
	of        template
	render    func(*model.API) (string, error)
	files     map[*subject]string // of plain models
	asked     []*subject          // plain models, in the order of the questions
	questions map[*subject]*question
	result
}

// add renders a plain model. What it has of empty texts changes nothing, where no other text does.
func (t *trial) add(plain *subject) error {
	if _, isKnown := t.files[plain]; isKnown {
		return nil
	}
	text, err := t.render(plain.api)
	if err != nil {
		return err
	}
	t.files[plain] = text
	if plain != plainSubject() && t.of.isEven() {
		t.ask(plainSubject(), other{Text: text, Values: plain.values})
	}
	return nil
}

// try renders a hostile model.
func (t *trial) try(hostile *subject) {
	plain := t.files[plainSubject()]
	text, err := t.render(hostile.api)
	switch {
	case hostile.shown && t.of.language == "HTML": // the twin has spaces there
		t.unfit++
		return
	case err != nil && isInvalid(err) && t.mayNotBeInvalid(hostile):
		t.fault = &fault{t.seed, t.of, "firestone", "a text makes the file invalid: " + err.Error(), valuesIn(plain, hostile.values), plain, ""}
		return
	case err != nil:
		t.unfit++
		return
	}
	if err := t.add(hostile.twin); err != nil {
		if hostile.blanks {
			t.unfit++ // a block scalar or single quotes can hold a line break or no quotes, but not a space
			return
		}
		t.fault = &fault{t.seed, t.of, "firestone", "only the hostile file can be made: " + err.Error(), hostile.values, "", text}
		return
	}
	t.pairs++
	t.ask(hostile.twin, other{Text: text, Values: hostile.values, Loose: hostile.blanks || hostile.empties && t.of.matches(changing)})
}

// isInvalid reports whether a file was made that is none of its language. That two keys are the same is no matter, whatever
// the two are keys of, nor that one is longer than YAML takes between quotes.
func isInvalid(err error) bool {
	_, what, found := strings.Cut(err.Error(), "generated an invalid file: ")
	what, _, _ = strings.Cut(what, "\n")
	return found && !strings.Contains(what, "duplicate") && !strings.Contains(what, "already") && !strings.Contains(what, "should be a table") && !strings.Contains(what, "the key is longer")
}

// mayNotBeInvalid reports whether nothing but a way out of the template makes an invalid file of the model.
func (t *trial) mayNotBeInvalid(hostile *subject) bool {
	if plain := t.files[plainSubject()]; t.mayMerge(plain, valuesIn(plain, hostile.values)) {
		return false
	}
	return !hostile.empties && !hostile.blanks || t.of.isEven()
}

// ask asks the judges whether a file is like that of the plain model.
func (t *trial) ask(plain *subject, b other) {
	a := t.files[plain]
	b.Values = valuesIn(a, b.Values)
	if t.mayMerge(a, b.Values) {
		return
	}
	q := t.questions[plain]
	if q == nil {
		q = &question{Language: t.of.language, A: a, Exact: t.of.isExact(), Lines: t.of.hasLines(), Written: t.of.matches(written), Spans: t.of.matches(spans)}
		t.questions[plain] = q
		t.asked = append(t.asked, plain)
	}
	q.B = append(q.B, b)
}

// judge finds the first file that is not like that of the plain model.
func (t *trial) judge(by *bench) error {
	for _, plain := range t.asked {
		q := t.questions[plain]
		verdicts, err := by.ask(*q)
		if err != nil {
			return err
		}
		if len(verdicts) > 0 {
			v := verdicts[0]
			t.fault = &fault{t.seed, t.of, v.Reader, v.Why, q.B[v.B].Values, q.A, q.B[v.B].Text}
			return nil
		}
	}
	return nil
}

// mayMerge reports whether names of TOML may be the same with one of the models alone: [a] and [a] are one table, and so are a
// word and the identifier that is made of it, but not of other texts. An empty text may be the name that print writes.
func (t *trial) mayMerge(plain string, values map[string]string) bool {
	if t.of.language != "TOML" {
		return false
	}
	words := aPlainWord.FindAllString(plain, -1)
	for i, word := range words {
		if slices.Contains(words[:i], word) && t.of.matches(naming) || values[word] == "" && t.of.matches(printing) {
			return true
		}
	}
	return haveEqual(values)
}

// haveEqual reports whether two of the texts could be one name.
func haveEqual(values map[string]string) bool {
	seen := map[string]string{}
	for word, text := range values {
		word, name := strings.ToLower(word), strings.ToLower(strings.TrimSpace(text))
		if by, ok := seen[name]; ok && by != word {
			return true
		}
		seen[name] = word
	}
	return false
}

// valuesIn returns those of the values whose words stand in a text.
func valuesIn(text string, values map[string]string) map[string]string {
	found := map[string]string{}
	for _, word := range aPlainWord.FindAllString(text, -1) {
		if v, ok := values[strings.ToLower(word)]; ok {
			found[word] = v
		}
	}
	return found
}
