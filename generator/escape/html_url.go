package escape

import (
	"fmt"
	"html"
	"slices"
	"strings"

	"github.com/firestoned/firestone/model/value"
)

// htmlPart is the part of an address or a style being read.
type htmlPart uint8

const (
	addressStart   htmlPart = iota
	addressWord             // in letters that may be a scheme
	addressJoined           // the same, including a value
	addressRef              // in a character reference, where a scheme is possible
	addressPath             // after the scheme is decided: in a host or path
	addressOpaque           // after mailto: and similar schemes
	addressQuery            // after "?" or "#"
	addressProgram          // after a scheme that is not allowed
	addressUnclear          // after a character reference that may be a colon
	addressComma            // in a list, after a comma
	addressSize             // in a list, after the space that ends an address
	styleStart              // where a property may begin
	styleName               // in or after its name
	styleValue              // after its colon
	styleUnclear            // after something unsupported: escapes, comments, references
)

// schemes are the schemes allowed in addresses of a template, with the state after them.
var schemes = map[string]htmlPart{
	"http": addressPath, "https": addressPath, "ftp": addressPath, "ws": addressPath, "wss": addressPath,
	"mailto": addressOpaque, "tel": addressOpaque, "sms": addressOpaque, "urn": addressOpaque, "geo": addressOpaque,
}

// valueSchemes are the schemes allowed in values.
var valueSchemes = []string{"http", "https", "mailto", "tel"}

const schemeHint = "use http, https, mailto or tel, or an address without a scheme"

// partly reads a character of an address or style.
func (r htmlReader) partly(s htmlState, c byte) htmlState {
	switch {
	case s.use == useStyle:
		return s.inDeclaration(c)
	case !s.use.isAddress():
		return s
	case s.use == useSources && (s.part == addressComma || s.part == addressSize):
		return s.betweenSources(c)
	case s.use == useSources && c == ',' && s.part > addressStart:
		s.part = addressComma
		return s
	case s.use == useSources && isHTMLSpace(c) && s.part > addressStart:
		s.part = addressSize
		return s
	case s.use == useAddresses && isHTMLSpace(c):
		s.part, s.last = addressStart, nil
		return s
	}
	return r.inScheme(s, c)
}

func (s htmlState) betweenSources(c byte) htmlState {
	switch isBetween := s.part == addressComma; {
	case isBetween && isHTMLSpace(c), !isBetween && c == ',':
		s.part, s.word, s.last = addressStart, "", nil
	case isBetween && c != ',':
		s.part = addressPath
	}
	return s
}

// inScheme reads a character of an address that may belong to a scheme.
func (r htmlReader) inScheme(s htmlState, c byte) htmlState {
	isUndecided := s.part == addressStart || s.part == addressWord || s.part == addressJoined
	switch {
	case s.part == addressRef:
		return r.inSchemeRef(s, c)
	case c == '?' || c == '#':
		if isUndecided || s.part == addressPath || s.part == addressOpaque {
			s.part = addressQuery
		}
	case !isUndecided, c == '\t' || c == '\n' || c == '\r', c <= ' ' && s.part == addressStart:
	case c == '&':
		s.part, s.word = addressRef, "&"
	case c == ':' && s.part == addressJoined:
		r.joined(s)
		s.part = addressProgram
	case c == ':' && s.part == addressWord:
		s.part = addressProgram
		if part, ok := schemes[strings.ToLower(s.word)]; ok {
			s.part = part
		}
	case isLetter(c) || s.part != addressStart && (isAlphanumeric(c) || c == '+' || c == '-' || c == '.'):
		if s.part == addressStart {
			s.part = addressWord
		}
		if s.part == addressWord {
			s.word += string(c)
		}
	default:
		s.part = addressPath
	}
	return s
}

// inSchemeRef reads a character reference where a scheme is possible: all except &amp; may be, or hide, a colon.
func (r htmlReader) inSchemeRef(s htmlState, c byte) htmlState {
	isNumber := strings.HasPrefix(s.word, "&#")
	switch {
	case c == '#' && s.word == "&" || isAlphanumeric(c):
		s.word += string(c)
	case isNumber || c == ';' && s.word != "&amp":
		r.joined(s)
		s.part = addressUnclear
	case c == ';':
		s.part = addressPath
	default:
		s.part = addressPath
		return r.inScheme(s, c)
	}
	return s
}

// joined refuses the action that a possible colon turns into a scheme.
func (r htmlReader) joined(s htmlState) {
	if s.last != nil {
		r.refuse(s.last, "write the address as one action: "+s.attr+"="+string(s.quote)+"{{ "+valueForm(s, s.last)+" }}"+string(s.quote), insideMsg, "the scheme of an address")
	}
}

// valueForm returns the printf call that writes the whole attribute value around an action.
func valueForm(s htmlState, a *action) string {
	t := textAround(a)
	before := t.before[strings.LastIndexByte(t.before, s.quote)+1:]
	after, _, _ := strings.Cut(t.after, string(s.quote))
	return t.form(html.UnescapeString(before), html.UnescapeString(after))
}

// inAddress places an action in an address.
func (r htmlReader) inAddress(s htmlState, a *action) htmlState {
	var f flags
	if s.use == useSources {
		f = htmlListFlag
	}
	switch s.part {
	case addressQuery:
		a.write(htmlQueryWriter, f)
		return s
	case addressProgram, addressUnclear, addressRef:
		if s.last != nil {
			return s // the action that forms the scheme is refused
		}
		r.refuse(a, schemeHint, insideMsg, "an address whose scheme is not allowed")
		return s
	case addressSize:
		r.refuse(a, `write the size out: "small.png 1x, large.png 2x"`, insideMsg, "the size of a source")
		return s
	case addressStart:
		f |= htmlStartFlag
		s.part = addressJoined
	case addressWord, addressJoined:
		f |= htmlUndecidedFlag
		s.part = addressJoined
	case addressOpaque:
		f |= htmlOpaqueFlag
	case addressComma:
		s.part = addressPath
	}
	switch s.use {
	case useCode:
		r.refuse(a, codeHint, insideMsg, "the address of a script, object or stylesheet")
	case useLink:
		s.late = a
	}
	a.write(htmlAddressWriter, f)
	s.last = a
	return s
}

// writeHTMLAddress writes an address, or a part of its host or path.
func writeHTMLAddress(flag int, v any) (string, error) {
	f := flags(flag)
	text, err := htmlString(v)
	if err != nil {
		return "", err
	}
	first := strings.IndexAny(text, `/?#\`)
	if first < 0 {
		first = len(text)
	}
	head, rest := text[:first], text[first:]
	switch {
	case f&htmlStartFlag != 0:
		text = strings.TrimSpace(text)
		if scheme, _, ok := strings.Cut(strings.TrimSpace(head), ":"); ok && !slices.Contains(valueSchemes, strings.ToLower(scheme)) {
			return "", value.Problem{Msg: fmt.Sprintf("the address %q has a scheme that is not allowed", text), Hint: schemeHint}
		} else if ok && f&htmlUndecidedFlag != 0 {
			return "", value.Problem{Msg: fmt.Sprintf("the address %q has a scheme, but may follow something else", text), Hint: "write the attribute in each branch"}
		}
	case f&htmlUndecidedFlag != 0:
		text = strings.ReplaceAll(head, ":", "%3A") + rest
	}
	kept := "-._~!$*+,/:;=@[]&?#"
	if f&htmlOpaqueFlag != 0 {
		kept = "-._~!$*+,/:;=@[]"
	}
	if f&htmlListFlag != 0 {
		kept = strings.ReplaceAll(kept, ",", "")
	}
	return WriteHTML(encodeURL(text, kept, true)), nil
}

// writeHTMLQuery writes a part of the query or fragment of an address.
func writeHTMLQuery(_ int, v any) (string, error) {
	text, err := htmlString(v)
	return encodeURL(text, "-._~", false), err
}

// encodeURL percent-encodes all characters except letters, digits and the ones to keep; existing codes are kept if
// hasCodes is true.
func encodeURL(text, kept string, hasCodes bool) string {
	var b strings.Builder
	isHex := func(i int) bool { return i < len(text) && strings.IndexByte(hexDigits+"abcdef", text[i]) >= 0 }
	for i := range len(text) {
		c := text[i]
		if isAlphanumeric(c) || strings.IndexByte(kept, c) >= 0 || c == '%' && hasCodes && isHex(i+1) && isHex(i+2) {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
