package model

import (
	"strings"
	"unicode"

	"github.com/firestoned/firestone/model/name"
)

// iriOf writes the steps as the path of an IRI (RFC 3987, section 2.2): what a segment of a URL may hold and letters
// and symbols of all scripts stand as they are, only the rest is percent-encoded.
func iriOf(steps []Segment) string {
	var b strings.Builder
	for _, s := range steps {
		b.WriteByte('/')
		if s.Parameter != nil {
			b.WriteString("{" + s.Parameter.Name + "}")
			continue
		}
		for _, r := range s.Text {
			if strings.ContainsRune("!$&'()*+,;=:@", r) || r > unicode.MaxASCII && unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.S) {
				b.WriteRune(r)
			} else {
				b.WriteString(name.Segment(string(r)))
			}
		}
	}
	return b.String()
}
