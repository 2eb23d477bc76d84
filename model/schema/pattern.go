package schema

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dlclark/regexp2/v2"
)

// Pattern returns the expression in the spelling that an ECMA-262 engine reads with the flag u, as JSON
// Schema 2020-12 (core, section 6.4) wants it, or an error where it is none. Without u, engines let pass
// a backslash before a character that needs none, and brackets that nothing opened: those are put right.
func Pattern(text string) (string, error) {
	p := patternScan{rest: text}
	for p.rest != "" {
		if err := p.step(); err != nil {
			return "", err
		}
	}
	strict := p.out.String()
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
	rest  string
	out   strings.Builder
	class bool // between [ and ]
}

var (
	quantifier = regexp.MustCompile(`^\{\d+(,\d*)?\}`)
	bracedCode = regexp.MustCompile(`^\\[pPu]\{[^{}]*\}`)
	groupStart = regexp.MustCompile(`^\(\?(:|=|!|<=|<!|<[\p{L}_$])`)
)

const (
	classEscapes  = "dDsSwWfnrtvbcxupP0123456789"
	escapes       = classEscapes + "Bk"
	syntaxEscapes = `^$\.*+?()[]{}|/`
)

func (p *patternScan) step() error {
	switch c := p.rest[0]; {
	case c == '\\':
		return p.escape()
	case p.class:
		p.class = c != ']'
	case c == '[':
		p.class = true
	case c == '{':
		if n := len(quantifier.FindString(p.rest)); n > 0 {
			p.copy(n)
			return nil
		}
		p.out.WriteByte('\\')
	case c == ']' || c == '}':
		p.out.WriteByte('\\')
	case strings.HasPrefix(p.rest, "(?") && !groupStart.MatchString(p.rest):
		return fmt.Errorf("%q starts a group that ECMA-262 does not have", prefix(p.rest, 4))
	}
	p.copy(1)
	return nil
}

func (p *patternScan) escape() error {
	if len(p.rest) == 1 {
		return fmt.Errorf("it ends in a backslash")
	}
	if code := bracedCode.FindString(p.rest); code != "" {
		p.copy(len(code))
		return nil
	}
	r, size := utf8.DecodeRuneInString(p.rest[1:])
	known := escapes
	if p.class {
		known = classEscapes + "-"
	}
	switch {
	case strings.ContainsRune(syntaxEscapes, r) || strings.ContainsRune(known, r):
		p.copy(1 + size)
	case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
		return fmt.Errorf(`ECMA-262 does not have the escape \%c`, r)
	default:
		p.rest = p.rest[1:]
		p.copy(size)
	}
	return nil
}

func (p *patternScan) copy(n int) {
	p.out.WriteString(p.rest[:n])
	p.rest = p.rest[n:]
}

func prefix(s string, n int) string { return s[:min(n, len(s))] }
