package value

import (
	"unicode/utf16"
	"unicode/utf8"
)

// jsonReader reads a text that is known to be JSON. The YAML reader cannot: it refuses surrogate pairs
// (\ud83d\ude00), keys of more than 1,024 characters and the control characters that JSON allows.
type jsonReader struct {
	limits
	src   *source
	text  []byte
	at    int
	line  int
	start int // of the line
	wide  int // bytes of the line that begin no character
}

// readJSON returns the value of a valid JSON text.
func readJSON(src *source, problems *Problems) *Value {
	r := &jsonReader{limits: limits{problems: problems}, src: src, text: src.text, line: 1}
	return r.value(1)
}

func (r *jsonReader) pos() Pos { return Pos{r.src.file, r.line, r.at - r.start - r.wide + 1} }

// space advances to the next byte that is not white space. Lines can end only in white space.
func (r *jsonReader) space() {
	for ; r.at < len(r.text); r.at++ {
		switch r.text[r.at] {
		case ' ', '\t':
		case '\n', '\r':
			if lineEnds(r.text, r.at) {
				r.line++
				r.start, r.wide = r.at+1, 0
			}
		default:
			return
		}
	}
}

func (r *jsonReader) value(depth int) *Value {
	r.space()
	v := &Value{Pos: r.pos()}
	if !r.deepens(depth, v.Pos) || !r.take(1, false, v.Pos) {
		return v
	}
	switch r.text[r.at] {
	case '{':
		v.Kind = KindObject
		r.object(v, depth)
	case '[':
		v.Kind = KindArray
		for r.next(']') {
			v.Items = append(v.Items, r.value(depth+1))
		}
	case '"':
		v.Kind = KindString
		v.Text = r.string()
	case 't', 'f':
		v.Kind = KindBool
		v.Text = r.word()
	case 'n':
		r.word()
	default:
		v.Kind = KindNumber
		v.Text = r.word()
	}
	return v
}

// next steps over an opening bracket or a comma and reports whether an element follows; else it steps over
// the closing bracket. After a limit is reached nothing follows.
func (r *jsonReader) next(closing byte) bool {
	if r.spent {
		return false
	}
	r.space()
	if r.text[r.at] == closing {
		r.at++
		return false
	}
	r.at++
	r.space()
	if r.text[r.at] == closing {
		r.at++
		return false
	}
	return true
}

func (r *jsonReader) object(v *Value, depth int) {
	seen := newNames(0)
	for r.next('}') {
		if len(v.Members) == searchable && seen.index == nil {
			seen = indexed(v.Members)
		}
		m := Member{Pos: r.pos(), Name: r.string()}
		r.space()
		r.at++ // the colon
		m.Value = r.value(depth + 1)
		if seen.isNew(m, v.Members, r.problems) {
			v.Members = append(v.Members, m)
		}
	}
}

// indexed returns names that know the members.
func indexed(members []Member) *names {
	seen := newNames(2 * searchable)
	for i, m := range members {
		seen.index[m.Name] = i
	}
	return seen
}

// word returns a number, true, false or null.
func (r *jsonReader) word() string {
	from := r.at
	for r.at < len(r.text) {
		c := r.text[r.at]
		if (c < '0' || c > '9') && (c < 'a' || c > 'z') && c != '-' && c != '+' && c != '.' && c != 'E' {
			break
		}
		r.at++
	}
	return string(r.text[from:r.at])
}

// string returns the string that begins at the quote.
func (r *jsonReader) string() string {
	r.at++
	from := r.at
	for ; r.text[r.at] != '"' && r.text[r.at] != '\\'; r.at++ {
		r.character()
	}
	if r.text[r.at] == '"' {
		r.at++
		return string(r.text[from : r.at-1])
	}
	text := append([]byte(nil), r.text[from:r.at]...)
	for r.text[r.at] != '"' {
		if r.text[r.at] == '\\' {
			text = r.escape(text)
			continue
		}
		r.character()
		text = append(text, r.text[r.at])
		r.at++
	}
	r.at++
	return string(text)
}

// character counts the bytes that do not begin a character.
func (r *jsonReader) character() {
	if !utf8.RuneStart(r.text[r.at]) {
		r.wide++
	}
}

// escape appends the character of the escape that begins at the backslash.
func (r *jsonReader) escape(text []byte) []byte {
	if c := r.text[r.at+1]; c != 'u' {
		r.at += 2
		return append(text, unescaped(c))
	}
	pos := r.pos()
	code := r.unicode()
	if utf16.IsSurrogate(code) {
		at := r.at
		if at+1 < len(r.text) && r.text[at] == '\\' && r.text[at+1] == 'u' {
			if pair := utf16.DecodeRune(code, r.unicode()); pair != utf8.RuneError {
				return utf8.AppendRune(text, pair)
			}
		}
		r.at = at
		r.problems.Add(InvalidJSON, pos, "write the character itself, or both halves of the pair",
			`\u%04x is half of a surrogate pair, not a character`, code)
		code = utf8.RuneError
	}
	return utf8.AppendRune(text, code)
}

// unescaped returns the meaning of a character after a backslash (RFC 8259, section 7).
func unescaped(c byte) byte {
	switch c {
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return c
}

// unicode steps over the six bytes of \uXXXX and returns the code.
func (r *jsonReader) unicode() rune {
	var code rune
	for _, c := range r.text[r.at+2 : r.at+6] {
		switch {
		case c <= '9':
			code = code<<4 | rune(c-'0')
		default:
			code = code<<4 | rune(c|0x20-'a'+10)
		}
	}
	r.at += 6
	return code
}
