package python

import (
	"fmt"
	"strings"
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
	from := s.at
	end, msg := numberEnd(s.text, s.at)
	if msg == "" && !isNumberEnd(s.text[end:]) {
		msg = "a letter or digit follows the number"
	}
	if msg != "" {
		s.fail(from, msg)
		return
	}
	if end-from > maxDigits && strings.Trim(s.text[from:end], "0123456789_") == "" && len(strings.ReplaceAll(s.text[from:end], "_", "")) > maxDigits {
		s.fail(from, "the number has more than 4,300 digits: write it in base 16")
		return
	}
	s.emit(Number, end)
}

// maxDigits is how many decimal digits an integer literal may have (sys.int_info.default_max_str_digits).
const maxDigits = 4300

func numberEnd(text string, i int) (end int, msg string) {
	if text[i] == '0' && i+1 < len(text) {
		base := map[byte]string{'x': "0123456789abcdef", 'o': "01234567", 'b': "01"}[text[i+1]|0x20]
		if base != "" && isLetter(text[i+1]) {
			end, ok := digits(text, i+2, base, true)
			if !ok {
				return end, "the number needs digits after its prefix, with single underscores only between them"
			}
			if end < len(text) && isDigit(text[end]) {
				return end, fmt.Sprintf("the digit %c does not fit the base of the number", text[end])
			}
			return end, ""
		}
	}
	const decimal = "0123456789"
	const underscore = "an underscore in a number must stand between two digits"
	isWhole := true
	end = i
	ok := true
	if text[i] != '.' {
		if end, ok = digits(text, i, decimal, false); !ok {
			return end, underscore
		}
	}
	whole := text[i:end]
	if end < len(text) && text[end] == '.' {
		isWhole = false
		if end++; end < len(text) && isDigit(text[end]) {
			if end, ok = digits(text, end, decimal, false); !ok {
				return end, underscore
			}
		}
	}
	if end < len(text) && text[end]|0x20 == 'e' {
		exponent := end + 1
		hasSign := exponent < len(text) && (text[exponent] == '+' || text[exponent] == '-')
		if hasSign {
			exponent++
		}
		switch {
		case exponent < len(text) && isDigit(text[exponent]):
			isWhole = false
			if end, ok = digits(text, exponent, decimal, false); !ok {
				return end, underscore
			}
		case hasSign:
			return end, "the exponent of the number has no digits"
		}
	}
	if end < len(text) && text[end]|0x20 == 'j' {
		return end + 1, ""
	}
	if isWhole && whole[0] == '0' && strings.Trim(whole, "0_") != "" {
		return end, "a decimal integer cannot begin with 0"
	}
	return end, ""
}

// digits returns the offset after digits with single underscores between them, and whether there are any. After a base
// prefix, an underscore may precede the first one.
func digits(text string, i int, base string, afterBase bool) (end int, ok bool) {
	if afterBase && i < len(text) && text[i] == '_' {
		i++
	}
	for {
		from := i
		for i < len(text) && isDigitOf(base, text[i]) {
			i++
		}
		if i == from {
			return i, false
		}
		if i == len(text) || text[i] != '_' {
			return i, true
		}
		i++
	}
}

func isDigitOf(base string, c byte) bool {
	if isLetter(c) {
		c |= 0x20
	}
	return strings.IndexByte(base, c) >= 0
}

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
