package validate

import (
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/validate/validatetest"
	"github.com/firestoned/firestone/model/value"
)

func TestFormats(t *testing.T) {
	for format, c := range map[string]struct{ good, bad []string }{
		"byte":                  {[]string{"", "aGVsbG8=", "AA==", "AAAA"}, []string{"A", "A===", "aGVs bG8=", "aGVs\nbG8="}},
		"date":                  {[]string{"2024-02-29", "0001-01-01"}, []string{"2023-02-29", "2024-1-01", "2024-01-01T", "24-01-01", "2024-01-01x", ""}},
		"date-time":             {[]string{"2024-02-29T23:59:60Z", "2026-01-31t09:30:00.25+05:30", "1998-12-31T15:59:60-08:00"}, []string{"now", "2026-01-31", "2026-01-31 09:30:00Z", "2024-02-29T23:59:60+05:30", "2026-01-31T09:30:00", "2026-01-31T24:00:00Z"}},
		"duration":              {[]string{"P1D", "P1Y2M3DT4H5M6S", "PT0S", "P4W", "P1DT2H"}, []string{"P", "PT", "P1DT", "1D", "P1H", "PT0.5S", "P1W2D", "P1S", "P-1D", "PD"}},
		"email":                 {[]string{"user@example.com", "a.b+c@x-y.co"}, []string{"user", "user@localhost", ".a@example.com", "a..b@example.com", "a@-x.com", "a b@example.com", `"a b"@example.com`, "é@example.com"}},
		"hostname":              {[]string{"a", "example.com", "xn--bcher-kva.example", "a.b."}, []string{"", "-a", "a-", "a..b", "a_b", strings.Repeat("a", 64), strings.Repeat("a.", 130) + "a"}},
		"ipv4":                  {[]string{"192.0.2.1", "0.0.0.0"}, []string{"192.0.2", "256.0.0.1", "192.0.2.01", "::1"}},
		"ipv6":                  {[]string{"::", "2001:db8::1", "::ffff:192.0.2.1"}, []string{"fe80::1%eth0", "1:2:3", "192.0.2.1", "1::2::3"}},
		"json-pointer":          {[]string{"", "/", "/a~0~1b"}, []string{"a", "/~", "/~2"}},
		"regex":                 {[]string{"", "^a$", `\p{L}`, "(?<a>b)"}, []string{"[", "(", "a**", `\Z`}},
		"relative-json-pointer": {[]string{"0", "1/a", "0#", "12"}, []string{"", "01", "/a", "1a", "0##"}},
		"time":                  {[]string{"09:30:00Z", "09:30:00.1+01:00", "23:59:60Z"}, []string{"09:30", "09:30:00", "24:00:00Z", "09:60:00Z", "12:00:60Z", "09:30:00.Z", "09:30:00+1", "09:30:00+24:00", "09-30-00Z"}},
		"uri":                   {[]string{"https://example.com/a?b#c", "urn:isbn:0", "mailto:a@b.co", "http://[::1]:80/", "http://a:b@c/%41"}, []string{"/a", "a", "https:", "http://a b", "http://[::1", "http://a:b:c", "h:%4", "1a:b", "http://é.com", "a:#"}},
		"uri-reference":         {[]string{"", "/a", "a/b:c", "#f", "?q", "//host"}, []string{`\a`, "%", "1a:b", "a b", "é", "a#b#c"}},
		"uri-template":          {[]string{"/x/{id}{?q*}", "{+a,b:3}", "é", ""}, []string{"{", "}", "{}", "{a:0}", "{a b}", "{a.b}", "a b", "%4"}},
		"url":                   {[]string{"https://example.com/", "http://93.184.216.34:8080/a"}, []string{"http://localhost/", "http://10.0.0.1/", "https://example.com?a", "urn:a:b", "ssh://example.com/", "http://example.1/"}},
		"uuid":                  {[]string{"0b8ea1d6-3c5f-4e57-9d1c-6a2f0f5b7c41", "00000000-0000-0000-0000-000000000000"}, []string{"", "urn:uuid:0b8ea1d6-3c5f-4e57-9d1c-6a2f0f5b7c41", "0b8ea1d63c5f4e579d1c6a2f0f5b7c41", "0b8ea1d6-3c5f-4e57-9d1c-6a2f0f5b7c4g"}},
		"made-up":               {[]string{"", "anything"}, nil},
	} {
		schema := value.Object(value.NewMember("format", value.String(format)))
		validator := New(none)
		judge := validatetest.NewJudge(t, schema, nil)
		for _, text := range c.good {
			if !validator.IsValid(schema, value.String(text)) {
				t.Errorf("%s refuses %q", format, text)
			}
			if format != "uri-template" && format != "duration" && !judge.Accepts(value.String(text)) {
				t.Errorf("%s: we accept %q, the judge does not", format, text)
			}
		}
		for _, text := range c.bad {
			if validator.IsValid(schema, value.String(text)) {
				t.Errorf("%s accepts %q", format, text)
			}
		}
	}
}

func TestNumberFormats(t *testing.T) {
	for _, c := range []struct {
		format, number string
		want           bool
	}{
		{"int32", "2147483647", true}, {"int32", "2147483648", false}, {"int32", "1.5", false}, {"int32", "1.0", true},
		{"int64", "9223372036854775808", true}, {"int64", "1.5", false}, {"float", "1.5", true}, {"double", "1e400", true},
		{"date", "5", true},
	} {
		schema := value.Object(value.NewMember("format", value.String(c.format)))
		if got := New(none).IsValid(schema, &value.Value{Kind: value.KindNumber, Text: c.number}); got != c.want {
			t.Errorf("%s of %s: %t", c.format, c.number, got)
		}
	}
}
