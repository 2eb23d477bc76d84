package value

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

const noComma = "expected a comma or the closing bracket here"

// unclosed explains a list or mapping in brackets that begins at that byte and is not closed, or an error inside it.
func (s *source) unclosed(at int, p Problem) Problem {
	open, _ := brackets(s.text, at, len(s.text))
	if len(open) > 0 {
		last := open[len(open)-1]
		if at, text := s.commented(last); at >= 0 {
			p.Pos = s.pos(at)
			p.Msg = fmt.Sprintf(`the "#" here begins a comment, so that the "%c" before it is not closed`, s.text[last.at])
			p.Hint = "write '" + text + "' in quotes"
			return p
		}
		p.Pos = s.pos(last.at)
		p.Msg = fmt.Sprintf(`the "%c" that opens here is not closed`, s.text[last.at])
		p.Hint = fmt.Sprintf(`close it with "%c", and separate elements with commas`, last.closing)
		return p
	}
	p.Msg, p.Hint = noComma, "quote text that contains special characters"
	return p
}

var hidden = regexp.MustCompile(`[ \t](#[^\s,\]}]+)[^\r\n]*[\]}]`)

// commented returns the unquoted text beginning with # on the line of an open bracket that hides a bracket after it,
// and where it begins; -1 if there is none.
func (s *source) commented(b bracket) (at int, text string) {
	_, end := s.line(b.at)
	for from := b.at; ; {
		found := hidden.FindSubmatchIndex(s.text[from:end])
		if found == nil {
			return -1, ""
		}
		at := from + found[2]
		if before := s.text[b.at:at]; bytes.Count(before, []byte(`"`))%2 == 0 && bytes.Count(before, []byte("'"))%2 == 0 {
			return at, string(s.text[at : from+found[3]])
		}
		from = at
	}
}

// innermost returns the list or mapping in brackets that is open at that byte of text without a value, or -1.
func (s *source) innermost(at int) int {
	if at < len(s.text) && bytes.IndexByte([]byte("]}"), s.text[at]) < 0 {
		return -1
	}
	const maxLength = 16 << 20 // of text to read, which takes a few hundredths of a second
	for read, i := 0, at; read < maxLength; read += at - i {
		if i = bytes.LastIndexAny(s.text[:i], "[{"); i < 0 {
			break
		}
		if open, _ := brackets(s.text, i, at); len(open) > 0 {
			return i
		}
	}
	return -1
}

// bracket is an open bracket: its position and what closes it.
type bracket struct {
	at      int
	closing byte
}

// brackets returns the brackets still open at end, of those opened since from, and where it stopped: after the last one
// closed, or at a closing one that does not match.
func brackets(text []byte, from, end int) (open []bracket, stop int) {
	begins := true // whether a quote here would open a string
	for i := from; i < end; i++ {
		switch c := text[i]; {
		case c == '[':
			open = append(open, bracket{i, ']'})
		case c == '{':
			open = append(open, bracket{i, '}'})
		case c == ']' || c == '}':
			if len(open) == 0 || open[len(open)-1].closing != c {
				return open, i
			}
			if open = open[:len(open)-1]; len(open) == 0 {
				return nil, i + 1
			}
		case begins && (c == '"' || c == '\''):
			i = behindQuote(text, i, end) - 1
		case c == '#' && i > 0 && strings.IndexByte(" \t\r\n", text[i-1]) >= 0:
			if n := bytes.IndexAny(text[i:end], "\r\n"); n >= 0 {
				i += n
			} else {
				i = end
			}
			continue
		}
		if strings.IndexByte(" \t\r\n", text[min(i, end-1)]) < 0 {
			begins = strings.IndexByte("[{,:", text[min(i, end-1)]) >= 0
		}
	}
	return open, end
}

// behindQuote returns where the quoted text that begins at from ends, or end.
func behindQuote(text []byte, from, end int) int {
	for i := from + 1; i < end; i++ {
		switch {
		case text[i] == '\\' && text[from] == '"':
			i++
		case text[i] == '\'' && text[from] == '\'' && i+1 < end && text[i+1] == '\'':
			i++
		case text[i] == text[from]:
			return i + 1
		}
	}
	return end
}

// badEscape finds the escape that is none in the quoted text that begins at that byte.
func (s *source) badEscape(at int, p Problem) Problem {
	for i := at; i+1 < len(s.text) && (i == at || s.text[i] != '"'); i++ {
		if s.text[i] != '\\' {
			continue
		}
		i++
		c := s.text[i]
		width := map[byte]int{'x': 2, 'u': 4, 'U': 8}[c]
		if width == 0 && bytes.IndexByte([]byte("0abt\tnvfre \"'/\\N_LP\r\n"), c) < 0 {
			p.Pos = s.pos(i - 1)
			p.Msg = fmt.Sprintf(`"\%s" is not a valid escape`, firstCharacter(s.text[i:]))
			p.Hint = `write \\ for a backslash, or use single quotes`
			return p
		}
		code := string(s.text[i+1 : min(i+1+width, len(s.text))])
		if width > 0 && !isCharacter(code, width) {
			p.Pos = s.pos(i - 1)
			p.Msg = fmt.Sprintf(`"\%c%s" is not a valid character code`, c, code[:len(code)-len(strings.TrimLeft(code, hexDigits))])
			p.Hint = `write the character itself, or its full code: \u00E9, \U0001F600`
			return p
		}
	}
	return p
}

const hexDigits = "0123456789abcdefABCDEF"

// isCharacter reports whether hexadecimal digits of that number are the code of a Unicode character.
func isCharacter(digits string, width int) bool {
	code, err := strconv.ParseUint(digits, 16, 32)
	return err == nil && len(digits) == width && code <= utf8.MaxRune && utf8.ValidRune(rune(code))
}
