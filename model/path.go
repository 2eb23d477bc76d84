package model

import (
	"strings"
	"unicode"

	"github.com/firestoned/firestone/model/name"
)

// pathOf writes the steps as the path of a URL.
func pathOf(steps []Segment) string { return joinSteps(steps, parameterName, name.Segment) }

// pattern is pathOf without the names of parameters: what two resources must not share.
func pattern(steps []Segment) string {
	return joinSteps(steps, func(*Parameter) string { return "" }, name.Segment)
}

// iriOf writes the steps as the path of an IRI (RFC 3987, section 2.2): characters allowed in a URL segment and letters
// and symbols of all scripts stay unencoded, and only the rest is percent-encoded.
func iriOf(steps []Segment) string { return joinSteps(steps, parameterName, internationalSegment) }

// joinSteps joins the steps, parameters between braces.
func joinSteps(steps []Segment, parameter func(*Parameter) string, text func(string) string) string {
	var b strings.Builder
	for _, s := range steps {
		b.WriteByte('/')
		if s.Parameter != nil {
			b.WriteString("{" + parameter(s.Parameter) + "}")
		} else {
			b.WriteString(text(s.Text))
		}
	}
	return b.String()
}

func parameterName(p *Parameter) string { return p.Name }

func internationalSegment(text string) string {
	var b strings.Builder
	for _, r := range text {
		if strings.ContainsRune("!$&'()*+,;=:@", r) || r > unicode.MaxASCII && unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.S) {
			b.WriteRune(r)
		} else {
			b.WriteString(name.Segment(string(r)))
		}
	}
	return b.String()
}
