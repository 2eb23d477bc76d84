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

// Pattern returns the expression in the spelling that an ECMA-262 engine reads with the flag u, as JSON
// Schema 2020-12 (core, section 6.4) wants it, or an error where it is none. What only engines without u read
// (ECMA-262, annex B.1.2) is put right, and means the same; what other engines read is none, although some of it is an
// ordinary letter in annex B.
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

// astral are the characters that are two to an engine without the flag u, written or as \u{...}.
var astral = regexp.MustCompile(`[\x{10000}-\x{10FFFF}]`)

// NeedsUnicode reports whether a strict expression says something else, or nothing at all, to an engine that
// reads it without the flag u.
func NeedsUnicode(pattern string) bool {
	return strings.Contains(pattern, `\p{`) || strings.Contains(pattern, `\P{`) || strings.Contains(pattern, `\u{`) || astral.MatchString(pattern)
}

// isUnreadable reports whether a strict expression is none to an engine that reads it without the flag u: a range of
// characters that are two there ends before it begins.
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

// patternScan copies an expression, piece by piece.
type patternScan struct {
	rest    string
	out     []byte
	groups  int   // how many there are to refer to, in all of the expression
	isNamed bool  // whether one of them has a name
	open    []int // where each open group begins in out, or notAhead
}

// notAhead marks a group that is no lookahead.
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

// closed ends a group. A lookahead that is repeated is put into a group, which can be.
func (p *patternScan) closed() {
	if len(p.open) == 0 {
		return // the compiler says so
	}
	at := p.open[len(p.open)-1]
	p.open = p.open[:len(p.open)-1]
	if at != notAhead && quantifier.MatchString(p.rest) {
		p.out = append(slices.Insert(p.out, at, []byte("(?:")...), ')')
	}
}

// take takes n bytes off the rest.
func (p *patternScan) take(n int) string {
	taken := p.rest[:n]
	p.rest = p.rest[n:]
	return taken
}

func (p *patternScan) write(text string) { p.out = append(p.out, text...) }

// captures returns how many groups of an expression can be referred to, and whether one has a name.
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
