package example

import (
	"iter"
	"math"
	"regexp/syntax"
	"strings"
	"unicode/utf8"

	"github.com/firestoned/firestone/model/value"
)

// maxClass limits how many characters of a class are used.
const maxClass = 100

// phrase is the numbered set of texts of a part of an expression: the last character varies fastest.
type phrase struct {
	chars   []rune    // one of these characters
	parts   []*phrase // or a text of each part, concatenated
	choices []*phrase // or a text of one of these
	text    string    // or this text
	size    uint64    // the number of texts, saturating
}

// along returns, for each number of repetitions, the texts that match an ECMA-262 expression. As in alongPattern, the
// validator has the last word.
func along(pattern string, l length) []iter.Seq[*value.Value] {
	tree, err := syntax.Parse(translate(pattern), syntax.Perl)
	if err != nil {
		return nil
	}
	var sources []iter.Seq[*value.Value]
	repeats := []int{2, 0, 1, 3, 4, 7, 11}
	if l.least > 1 && l.least <= maxText {
		repeats = append(repeats, l.least-1, l.least)
	}
	for _, extra := range repeats {
		sources = append(sources, func(yield func(*value.Value) bool) {
			b := phraseBuilder{extra: extra}
			p := b.build(tree)
			vain := 0
			for n := uint64(0); n < p.size && !b.isLong && vain < maxVain; n++ {
				w := phraseWriter{}
				w.write(p, n)
				if vain++; l.allows(w.text.String()) {
					vain = 0
					if !yield(value.String(w.text.String())) {
						return
					}
				}
			}
		})
	}
	return sources
}

// phraseBuilder converts expressions to phrases.
type phraseBuilder struct {
	extra  int  // repetitions beyond the minimum
	parts  int  // created so far
	isLong bool // the texts grow too long
}

func (b *phraseBuilder) build(node *syntax.Regexp) *phrase {
	if b.parts++; b.parts > maxText {
		b.isLong = true
	}
	if b.isLong {
		return &phrase{}
	}
	switch node.Op {
	case syntax.OpNoMatch:
		return &phrase{}
	case syntax.OpLiteral:
		return &phrase{text: string(node.Rune), size: 1}
	case syntax.OpCharClass:
		chars := readableOf(node.Rune)
		return &phrase{chars: chars, size: uint64(len(chars))}
	case syntax.OpAnyCharNotNL, syntax.OpAnyChar:
		return b.build(&syntax.Regexp{Op: syntax.OpCharClass, Rune: []rune{'a', 'z'}})
	case syntax.OpStar:
		return b.repeat(node.Sub[0], 0, -1)
	case syntax.OpPlus:
		return b.repeat(node.Sub[0], 1, -1)
	case syntax.OpRepeat:
		return b.repeat(node.Sub[0], node.Min, node.Max)
	case syntax.OpQuest:
		with, without := b.build(node.Sub[0]), &phrase{size: 1}
		if isSign(node.Sub[0]) {
			return choice(without, with)
		}
		return choice(with, without)
	case syntax.OpAlternate:
		var choices []*phrase
		for _, sub := range node.Sub {
			choices = append(choices, b.build(sub))
		}
		return choice(choices...)
	case syntax.OpConcat, syntax.OpCapture:
		var parts []*phrase
		for _, sub := range node.Sub {
			parts = append(parts, b.build(sub))
		}
		return row(parts)
	}
	return &phrase{size: 1}
}

// repeat returns the concatenation of as many copies as the walker of alongPattern generates.
func (b *phraseBuilder) repeat(node *syntax.Regexp, least, most int) *phrase {
	n := least + b.extra
	if least > 0 && most < 0 {
		n = max(least, 1+b.extra)
	}
	if most >= 0 {
		n = min(n, most)
	}
	parts := make([]*phrase, 0, min(n, maxText))
	for range n {
		parts = append(parts, b.build(node))
		if b.isLong {
			break
		}
	}
	return row(parts)
}

func row(parts []*phrase) *phrase {
	size := uint64(1)
	for _, p := range parts {
		if p.size > 0 && size > math.MaxUint64/p.size {
			size = math.MaxUint64
		} else {
			size *= p.size
		}
	}
	return &phrase{parts: parts, size: size}
}

func choice(choices ...*phrase) *phrase {
	size := uint64(0)
	for _, p := range choices {
		if size += p.size; size < p.size {
			size = math.MaxUint64
		}
	}
	return &phrase{choices: choices, size: size}
}

// readableOf returns characters of a class, given as pairs of bounds: letters and digits first.
func readableOf(class []rune) []rune {
	var found []rune
	isFound := map[rune]bool{}
	for _, wanted := range readable {
		for i := 0; i+1 < len(class); i += 2 {
			for r := max(class[i], wanted[0]); r <= min(class[i+1], wanted[1]) && len(found) < maxClass; r++ {
				if utf8.ValidRune(r) && !isFound[r] {
					isFound[r] = true
					found = append(found, r)
				}
			}
		}
	}
	if len(found) == 0 && len(class) > 0 {
		found = append(found, class[0])
	}
	return found
}

// phraseWriter writes one text of a phrase.
type phraseWriter struct {
	text strings.Builder
	at   uint64 // class characters so far: each class starts at a different character, so that digits count 12345
}

func (w *phraseWriter) write(p *phrase, n uint64) {
	switch {
	case p.chars != nil:
		w.text.WriteRune(p.chars[(n+w.at)%p.size])
		w.at++
	case p.parts != nil:
		w.writeRow(p.parts, n)
	case p.choices != nil:
		for _, c := range p.choices {
			if n < c.size {
				w.write(c, n)
				return
			}
			n -= c.size
		}
	default:
		w.text.WriteString(p.text)
	}
}

// writeRow splits a number into digits, whose bases are the sizes of the parts.
func (w *phraseWriter) writeRow(parts []*phrase, n uint64) {
	digits := make([]uint64, len(parts))
	for i := len(parts) - 1; i >= 0 && n > 0; i-- {
		digits[i] = n % parts[i].size
		n /= parts[i].size
	}
	for i, p := range parts {
		w.write(p, digits[i])
	}
}
