package schema

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

var (
	bracedCode = regexp.MustCompile(`^\\[pPu]\{[^{}]*\}`)
	hexCode    = regexp.MustCompile(`^\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4})`)
	control    = regexp.MustCompile(`^\\c[A-Za-z]`)
	octalCode  = regexp.MustCompile(`^\\([0-3][0-7]{0,2}|[4-7][0-7]?)`)
	reference  = regexp.MustCompile(`^\\[1-9][0-9]*`)
)

const (
	syntaxEscapes = `^$\.*+?()[]{}|/`
	setEscapes    = "dDsSwW"
	otherEscapes  = "fnrtvb" // b is a backspace in a class, else a boundary
	// foreign are the letters whose escapes have a meaning in Perl, Python, Java, .NET, Tcl or XML Schema, but are
	// ordinary letters in annex B.
	foreign = "aACeEgGhHiIKlLmMNoOpPQRUVXyYzZ"
)

// escape reads an escape sequence, and returns it in the form required with the flag u.
func (p *patternScan) escape(isClass bool) (atom, error) {
	if len(p.rest) == 1 {
		return atom{}, errors.New("it ends in a backslash")
	}
	for _, code := range []*regexp.Regexp{bracedCode, hexCode, control} {
		if text := code.FindString(p.rest); text != "" {
			p.take(len(text))
			return atom{text: text, isSet: code == bracedCode && text[1] != 'u'}, nil
		}
	}
	r, size := utf8.DecodeRuneInString(p.rest[1:])
	switch {
	case r >= '0' && r <= '9':
		return atom{text: p.decimal(isClass)}, nil
	case r == 'c':
		return atom{text: p.controlOrBackslash(isClass)}, nil
	case strings.ContainsRune(setEscapes, r):
		return atom{text: p.take(2), isSet: true}, nil
	case strings.ContainsRune(syntaxEscapes+otherEscapes, r), r == '-' && isClass, r == 'B' && !isClass, r == 'k' && p.isNamed && !isClass:
		return atom{text: p.take(1 + size)}, nil
	case strings.ContainsRune(foreign, r), r == 'k' && p.isNamed, strings.HasPrefix(p.rest, `\x{`):
		return atom{}, fmt.Errorf(`ECMA-262 does not have the escape \%c`, r)
	}
	p.take(1)
	return atom{text: p.take(size)}, nil
}

// decimal reads a reference to an existing group, else an octal character code, else a digit.
func (p *patternScan) decimal(isClass bool) string {
	if text := reference.FindString(p.rest); text != "" && !isClass {
		if n, err := strconv.Atoi(text[1:]); err == nil && n <= p.groups {
			return p.take(len(text))
		}
	}
	text := octalCode.FindString(p.rest)
	if text == "" {
		return fmt.Sprintf(`\x%02X`, p.take(2)[1])
	}
	p.take(len(text))
	if text == `\0` && !startsWithDigit(p.rest) {
		return text
	}
	code, _ := strconv.ParseUint(text[1:], 8, 8)
	return fmt.Sprintf(`\x%02X`, code)
}

func startsWithDigit(text string) bool { return text != "" && text[0] >= '0' && text[0] <= '9' }

// controlOrBackslash reads \c not followed by a letter: in a class, a digit or _ also gives a control character;
// otherwise the backslash is a literal character.
func (p *patternScan) controlOrBackslash(isClass bool) string {
	if isClass && len(p.rest) > 2 && (startsWithDigit(p.rest[2:]) || p.rest[2] == '_') {
		return fmt.Sprintf(`\x%02X`, p.take(3)[2]%32)
	}
	return `\` + p.take(1)
}
