package example

import (
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"
)

// alongPattern offers texts that an ECMA-262 expression may match, made by walking its tree: with a few
// repetitions first, then as many as the length asks for. What Go's parser cannot read, lookarounds, is taken out;
// the validator has the last word.
func alongPattern(pattern string, l length, offer func(string) bool) bool {
	tree, err := syntax.Parse(translate(pattern), syntax.Perl)
	if err != nil {
		return true
	}
	repeats := []int{2, 0, 1, 3, 4, 7, 11}
	if l.least > 0 {
		repeats = append(repeats, l.least-1, l.least)
	}
	for turn := range 4 {
		for _, extra := range repeats {
			w := walker{extra: extra, turn: turn}
			w.walk(tree)
			if text := w.text.String(); !w.stuck && !offer(text) {
				return false
			}
		}
	}
	return true
}

// walker writes one text along the tree of an expression.
type walker struct {
	text  strings.Builder
	extra int  // repetitions beyond the least
	turn  int  // which branch and which characters to take
	at    int  // characters taken so far
	stuck bool // nothing matches, or the text grows too long
}

func (w *walker) walk(node *syntax.Regexp) {
	if w.text.Len() > maxText {
		w.stuck = true
	}
	if w.stuck {
		return
	}
	switch node.Op {
	case syntax.OpNoMatch:
		w.stuck = true
	case syntax.OpLiteral:
		for _, r := range node.Rune {
			w.text.WriteRune(r)
		}
	case syntax.OpCharClass:
		w.take(node.Rune)
	case syntax.OpAnyCharNotNL, syntax.OpAnyChar:
		w.take([]rune{'a', 'z'})
	case syntax.OpStar:
		w.repeat(node.Sub[0], 0, -1)
	case syntax.OpPlus:
		w.repeat(node.Sub[0], 1, -1)
	case syntax.OpQuest:
		if !isSign(node.Sub[0]) || w.turn > 0 {
			w.repeat(node.Sub[0], 0, 1)
		}
	case syntax.OpRepeat:
		w.repeat(node.Sub[0], node.Min, node.Max)
	case syntax.OpAlternate:
		w.walk(node.Sub[w.turn%len(node.Sub)])
	case syntax.OpConcat, syntax.OpCapture:
		for _, sub := range node.Sub {
			w.walk(sub)
		}
	}
}

// isSign reports whether the node is a plus or minus: numbers read better without.
func isSign(node *syntax.Regexp) bool {
	return node.Op == syntax.OpLiteral && len(node.Rune) == 1 && strings.ContainsRune("+-", node.Rune[0])
}

func (w *walker) repeat(node *syntax.Regexp, least, most int) {
	n := least + w.extra
	if least > 0 && most < 0 {
		n = max(least, 1+w.extra)
	}
	if most >= 0 {
		n = min(n, most)
	}
	for range n {
		w.walk(node)
	}
}

// readable are the ranges that a class is searched for first.
var readable = [][2]rune{{'a', 'z'}, {'A', 'Z'}, {'1', '9'}, {'0', '0'}, {'-', '-'}, {'_', '_'}, {'!', '~'}, {' ', ' '}, {0xA1, utf8.MaxRune}}

// take writes a character of a class, given as pairs of bounds: the next letter or digit in turn.
func (w *walker) take(class []rune) {
	for _, wanted := range readable {
		var found []rune
		for i := 0; i+1 < len(class); i += 2 {
			for r := max(class[i], wanted[0]); r <= min(class[i+1], wanted[1]) && len(found) < 26; r++ {
				if utf8.ValidRune(r) {
					found = append(found, r)
				}
			}
		}
		if len(found) > 0 {
			w.text.WriteRune(found[(w.at+w.turn)%len(found)])
			w.at++
			return
		}
	}
	if w.stuck = len(class) == 0; !w.stuck {
		w.text.WriteRune(class[0])
	}
}

// translate writes an ECMA-262 expression in Go's syntax as far as that has the same thing.
func translate(pattern string) string {
	var b strings.Builder
	for i := 0; i < len(pattern); {
		switch rest := pattern[i:]; {
		case lookaround(rest):
			i += group(rest)
		case strings.HasPrefix(rest, "[^]"):
			b.WriteString(`[\s\S]`)
			i += len("[^]")
		case strings.HasPrefix(rest, `\u{`):
			b.WriteString(`\x{`)
			i += len(`\u{`)
		case strings.HasPrefix(rest, `\u`) && len(rest) >= len(`\u0000`):
			b.WriteString(`\x{` + rest[2:6] + "}")
			i += len(`\u0000`)
		case rest[0] == '\\' && len(rest) > 1:
			b.WriteString(rest[:2])
			i += 2
		default:
			b.WriteByte(rest[0])
			i++
		}
	}
	return classNames.Replace(b.String())
}

// classNames turns the long names of Unicode properties into those that Go knows.
var classNames = strings.NewReplacer(`\p{Letter}`, `\p{L}`, `\p{Alphabetic}`, `\p{L}`, `\p{Uppercase_Letter}`, `\p{Lu}`,
	`\p{Lowercase_Letter}`, `\p{Ll}`, `\p{Number}`, `\p{N}`, `\p{Script=`, `\p{`)

func lookaround(text string) bool {
	return slices.ContainsFunc([]string{"(?=", "(?!", "(?<=", "(?<!"}, func(start string) bool { return strings.HasPrefix(text, start) })
}

// group returns the length of the group that the text starts with.
func group(text string) int {
	depth, inClass := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\':
			i++
		case c == '[':
			inClass = true
		case c == ']':
			inClass = false
		case inClass:
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(text)
}
