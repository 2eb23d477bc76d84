package schema

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dlclark/regexp2/v2"
)

// Pattern returns the expression in a spelling that ECMA-262 engines accept with the flag u, as JSON Schema 2020-12
// (core, section 6.4) requires, or an error if it is not valid. What only engines without u accept (ECMA-262, annex
// B.1.2) is rewritten to an equivalent; syntax of other engines is an error, although annex B reads some of it as
// ordinary letters.
func Pattern(text string) (string, error) {
	p := patternScan{rest: text}
	p.groups, p.isNamed = captures(text)
	for p.rest != "" {
		if err := p.step(); err != nil {
			return "", err
		}
	}
	strict := string(p.out)
	if _, err := regexp2.Compile(strict, regexp2.ECMAScript|regexp2.Unicode); err != nil {
		cause := strings.TrimPrefix(err.Error(), "error parsing regexp: ")
		cause, _, _ = strings.Cut(cause, " in `")
		return "", fmt.Errorf("%s", cause)
	}
	return strict, nil
}

// astral matches the characters that are two code units without the flag u, literal or as \u{...}.
var astral = regexp.MustCompile(`[\x{10000}-\x{10FFFF}]`)

// NeedsUnicode reports whether a strict expression means something else, or is invalid, without the flag u.
func NeedsUnicode(pattern string) bool {
	return strings.Contains(pattern, `\p{`) || strings.Contains(pattern, `\P{`) || strings.Contains(pattern, `\u{`) || astral.MatchString(pattern)
}

// isUnreadable reports whether a strict expression is invalid without the flag u: a range of characters that are two
// code units there is out of order.
func isUnreadable(pattern string) bool {
	if !NeedsUnicode(pattern) {
		return false
	}
	older := astral.ReplaceAllStringFunc(pattern, func(text string) string {
		r, _ := utf8.DecodeRuneInString(text)
		high, low := utf16.EncodeRune(r)
		return fmt.Sprintf(`\u%04x\u%04x`, high, low)
	})
	_, err := regexp2.Compile(strings.ReplaceAll(older, `\u{`, `u{`), regexp2.ECMAScript)
	return err != nil
}

// patternScan copies an expression piece by piece.
type patternScan struct {
	rest    string
	out     []byte
	groups  int   // the number of capturing groups in the whole expression
	isNamed bool  // whether any of them is named
	open    []int // where each open group begins in out, or notAhead
}

// notAhead marks a group that is not a lookahead.
const notAhead = -1

var (
	quantifier = regexp.MustCompile(`^([*+?]|\{\d+(,\d*)?\})`)
	groupStart = regexp.MustCompile(`^\(\?(:|=|!|<=|<!|<[\p{L}_$])`)
)

func (p *patternScan) step() error {
	switch c := p.rest[0]; c {
	case '\\':
		atom, err := p.escape(false)
		p.write(atom.text)
		return err
	case '[':
		return p.class()
	case '(':
		if strings.HasPrefix(p.rest, "(?") && !groupStart.MatchString(p.rest) {
			return fmt.Errorf("%q starts a group that ECMA-262 does not have", prefix(p.rest, 4))
		}
		at := notAhead
		if strings.HasPrefix(p.rest, "(?=") || strings.HasPrefix(p.rest, "(?!") {
			at = len(p.out)
		}
		p.open = append(p.open, at)
	case ')':
		p.write(p.take(1))
		p.closed()
		return nil
	case '{', ']', '}':
		if n := len(quantifier.FindString(p.rest)); n > 0 {
			p.write(p.take(n))
			return nil
		}
		p.write(`\`)
	}
	p.write(p.take(1))
	return nil
}

// closed ends a group. A quantified lookahead is wrapped in a group, which can be quantified.
func (p *patternScan) closed() {
	if len(p.open) == 0 {
		return // the compiler reports it
	}
	at := p.open[len(p.open)-1]
	p.open = p.open[:len(p.open)-1]
	if at != notAhead && quantifier.MatchString(p.rest) {
		p.out = append(slices.Insert(p.out, at, []byte("(?:")...), ')')
	}
}

// take copies n bytes.
func (p *patternScan) take(n int) string {
	taken := p.rest[:n]
	p.rest = p.rest[n:]
	return taken
}

func (p *patternScan) write(text string) { p.out = append(p.out, text...) }

// captures returns the number of capturing groups of an expression, and whether any is named.
func captures(text string) (n int, isNamed bool) {
	isClass := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\':
			i++
		case isClass:
			isClass = c != ']'
		case c == '[':
			isClass = true
		case c == '(' && !strings.HasPrefix(text[i:], "(?"):
			n++
		case c == '(' && strings.HasPrefix(text[i:], "(?<") && groupStart.MatchString(text[i:]):
			if text[i+3] != '=' && text[i+3] != '!' {
				n, isNamed = n+1, true
			}
		}
	}
	return n, isNamed
}

func prefix(s string, n int) string { return s[:min(n, len(s))] }
