package python

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"
)

// maxBrackets is how many brackets may be open (MAXLEVEL of CPython's tokenizer).
const maxBrackets = 200

// operators are those of two and three characters, the longer ones first (Python reference, sections 2.5 and 2.6).
var operators = []string{
	"**=", "//=", ">>=", "<<=", "...", "**", "//", ">>", "<<", "->", ":=", "+=", "-=", "*=", "/=", "%=", "@=", "&=", "|=", "^=", "==", "!=", "<=", ">=",
}

// operator scans an operator, a delimiter or a bracket.
func (s *scanner) operator() {
	rest := s.text[s.at:]
	c := rest[0]
	switch {
	case strings.IndexByte("([{", c) >= 0:
		if len(s.brackets) == maxBrackets {
			s.fail(s.at, "brackets are nested too deep")
			return
		}
		s.brackets = append(s.brackets, s.at)
	case strings.IndexByte(")]}", c) >= 0:
		if !s.closeBracket(c) {
			return
		}
	case strings.HasPrefix(rest, "<>"):
		s.fail(s.at, "Python has no operator <>: write !=")
		return
	case strings.IndexByte("+-*/|&<>=.%~^@,:;!", c) >= 0:
		for _, operator := range operators {
			if strings.HasPrefix(rest, operator) {
				s.emit(Operator, s.at+len(operator))
				return
			}
		}
		if c == '!' {
			s.unexpected()
			return
		}
	default:
		s.unexpected()
		return
	}
	s.emit(Operator, s.at+1)
	s.opensBlock = c == ':' && len(s.brackets) == 0
}

func (s *scanner) closeBracket(c byte) bool {
	n := len(s.brackets)
	if n == 0 {
		s.fail(s.at, "unmatched closing bracket "+string(c))
		return false
	}
	open := s.text[s.brackets[n-1]]
	if strings.IndexByte("([{", open) != strings.IndexByte(")]}", c) {
		s.fail(s.at, fmt.Sprintf("the bracket %c does not match %c", c, open))
		return false
	}
	s.brackets = s.brackets[:n-1]
	return true
}

// unexpected reports a character that cannot begin a token.
func (s *scanner) unexpected() {
	r, _ := utf8.DecodeRuneInString(s.text[s.at:])
	s.fail(s.at, fmt.Sprintf("the character %+q is not allowed here", r))
}

// name scans an identifier, a keyword, or the string that begins with it as a prefix.
func (s *scanner) name() {
	i := s.at
	for i < len(s.text) {
		c := s.text[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s.text[i:])
			if !IsIdentifierPart(r) || i == s.at && !IsIdentifierStart(r) {
				s.fail(i, fmt.Sprintf("the character %+q is not allowed here", r))
				return
			}
			i += size
			continue
		}
		if c == '_' || isLetter(c) || isDigit(c) {
			i++
			continue
		}
		if (c == '"' || c == '\'') && isPrefix(s.text[s.at:i]) {
			s.stringFrom(i)
			return
		}
		break
	}
	s.emit(Name, i)
}

// number scans a number (Python reference, section 2.4.4).
func (s *scanner) number() {
	text := numbers().FindString(s.text[s.at:])
	switch rest := s.text[s.at+len(text):]; {
	case strings.HasPrefix(text, "0") && rest != "" && isDigit(rest[0]) && strings.Trim(text, "0_") == "":
		s.fail(s.at, "a decimal integer cannot begin with 0")
	case !isNumberEnd(rest):
		s.fail(s.at, "a letter, digit or underscore follows the number "+text)
	case len(text) > maxDigits && strings.Trim(text, "0123456789_") == "" && len(strings.ReplaceAll(text, "_", "")) > maxDigits:
		s.fail(s.at, "the number has more than 4,300 digits: write it in base 16")
	default:
		s.emit(Number, s.at+len(text))
	}
}

// numbers finds the longest number that a text begins with.
var numbers = sync.OnceValue(func() *regexp.Regexp {
	const digits = `[0-9](?:_?[0-9])*`
	const exponent = `[eE][+-]?` + digits
	number := regexp.MustCompile(`^(?:0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|[1-9](?:_?[0-9])*|0(?:_?0)*|` +
		digits + `(?:[jJ]|` + exponent + `[jJ]?)|(?:(?:` + digits + `)?\.` + digits + `|` + digits + `\.)(?:` + exponent + `)?[jJ]?)`)
	number.Longest()
	return number
})

// maxDigits is how many decimal digits an integer literal may have (sys.int_info.default_max_str_digits).
const maxDigits = 4300

// isNumberEnd reports whether a number may end before the text: no name follows it, except the keywords that CPython
// still accepts there.
func isNumberEnd(rest string) bool {
	if !beginsName(rest) {
		return true
	}
	for _, keyword := range []string{"and", "else", "for", "or"} {
		if after, ok := strings.CutPrefix(rest, keyword); ok {
			return !beginsName(after)
		}
	}
	return strings.HasPrefix(rest, "if") || strings.HasPrefix(rest, "in") || strings.HasPrefix(rest, "is")
}

// beginsName reports whether the text begins with a character that CPython considers part of a name.
func beginsName(text string) bool {
	return text != "" && (text[0] == '_' || isLetter(text[0]) || isDigit(text[0]) || text[0] >= utf8.RuneSelf)
}
