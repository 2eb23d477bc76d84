package validate

import (
	"strings"
	"testing"

	"github.com/firestoned/firestone/model/validate/validatetest"
	"github.com/firestoned/firestone/model/value"
)

// isOurs holds the formats that the judge does not know, or reads otherwise.
var isOurs = map[string]bool{"uri-template": true, "duration": true, "iri": true, "iri-reference": true}

// TestFormats holds texts in a format, texts that are not, and those that are by its standard, but not for the usual
// validators of documents.
func TestFormats(t *testing.T) {
	for format, c := range map[string]struct{ good, bad, wide []string }{
		"byte":                  {[]string{"", "aGVsbG8=", "AA==", "AAAA"}, []string{"A", "A===", "aGVs bG8=", "aGVs\nbG8="}, nil},
		"date":                  {[]string{"2024-02-29", "0001-01-01"}, []string{"2023-02-29", "2024-1-01", "2024-01-01T", "24-01-01", "2024-01-01x", ""}, nil},
		"date-time":             {[]string{"2024-02-29T23:59:60Z", "2026-01-31t09:30:00.25+05:30", "1998-12-31T15:59:60-08:00"}, []string{"now", "2026-01-31", "2026-01-31 09:30:00Z", "2024-02-29T23:59:60+05:30", "2026-01-31T09:30:00", "2026-01-31T24:00:00Z"}, nil},
		"duration":              {[]string{"P1D", "P1Y2M3DT4H5M6S", "PT0S", "P4W", "P1DT2H"}, []string{"P", "PT", "P1DT", "1D", "P1H", "PT0.5S", "P1W2D", "P1S", "P-1D", "PD"}, nil},
		"email":                 {[]string{"user@example.com", "a.b+c@x-y.co"}, []string{"user", `"a@example.com`, "\"a\"b\"@example.com", `"a\`, "a@[192.0.2]", "a@[IPv6:1]", "@example.com", "a@", ".a@example.com", "a..b@example.com", "a@-x.com", "a b@example.com", "é@example.com"}, []string{"user@localhost", `"a b"@example.com`, `"a@b\""@[192.0.2.1]`, "a@[IPv6:::1]"}},
		"hostname":              {[]string{"a", "example.com", "xn--bcher-kva.example", "a.b."}, []string{"", "-a", "a-", "a..b", "a_b", strings.Repeat("a", 64), strings.Repeat("a.", 130) + "a"}, nil},
		"idn-email":             {[]string{"user@example.com", "用户@例え.jp", `"ü ü"@example.com`, "ü@[192.0.2.1]"}, []string{"user", "ü ü@example.com", "ü@-a", "ü..a@example.com", "ü@a_b", "\xff@example.com"}, nil},
		"idn-hostname":          {[]string{"example.com", "bücher.example", "例え。テスト", "Bücher.example", "l·l", "\u0375α", "א׳ב", "ア・ア", "क्\u200dष", "क्\u200cष", "بي\u200cبي", "xn--bcher-kva.example", "ß", "א٠", strings.Repeat("ü", 50)}, []string{"", "a_b", "-ü", "ü-", "üü--ü", "a..ü", "a·l", "l·", "\u0375s", "a׳b", "a・a", "a\u200db", "a\u200cb", "\u0300ü", "〮ü", "u\u0308", "א٠۰", "ü\u2028", "①", "ᄀ", "aאü", strings.Repeat("ü", 60), strings.Repeat("ü.", 60), strings.Repeat("ü", 2000)}, nil},
		"iri":                   {[]string{"https://example.com/a", "http://ƒøø.ßår/?∂éœ=πîx#πîüx", "http://例え.jp:80/", "urn:ü", "a:?\ue000", "a:\U000e1000"}, []string{"/ü", "ü", "ü:a", "http://ü ü", "a:\ue000", "a:#\ue000", "a:?#\ue000", "a:\ufdd0", "a:\ufffe", "a:\U0001fffe", "a:\u200f|", "a:\xff", "a:%4ü", "a:\u0085", "a:\U000e0001"}, nil},
		"iri-reference":         {[]string{"", "/ü", "ü?ü#ü", "//例え.jp/"}, []string{`\ü`, "ü:a", "ü ü", "ü#ü#ü"}, nil},
		"ipv4":                  {[]string{"192.0.2.1", "0.0.0.0"}, []string{"192.0.2", "256.0.0.1", "192.0.2.01", "::1"}, nil},
		"ipv6":                  {[]string{"::", "2001:db8::1", "::ffff:192.0.2.1"}, []string{"fe80::1%eth0", "1:2:3", "192.0.2.1", "1::2::3"}, nil},
		"json-pointer":          {[]string{"", "/", "/a~0~1b"}, []string{"a", "/~", "/~2"}, nil},
		"regex":                 {[]string{"", "^a$", `\p{L}`, "(?<a>b)", strings.Repeat("(?:", 200_000) + strings.Repeat("){9}", 200_000)}, []string{"[", "(", "a**", `\Z`, `\-`, "(?i)a", "{"}, nil},
		"relative-json-pointer": {[]string{"0", "1/a", "0#", "12"}, []string{"", "01", "/a", "1a", "0##"}, nil},
		"time":                  {[]string{"09:30:00Z", "09:30:00.1+01:00", "23:59:60Z"}, []string{"09:30", "09:30:00", "24:00:00Z", "09:60:00Z", "12:00:60Z", "09:30:00.Z", "09:30:00+1", "09:30:00+24:00", "09-30-00Z"}, nil},
		"uri":                   {[]string{"https://example.com/a?b#c", "urn:isbn:0", "mailto:a@b.co", "http://[::1]:80/", "http://a:b@c/%41"}, []string{"/a", "a", "http://a b", "http://[::1", "http://a:b:c", "h:%4", "1a:b", "http://é.com"}, []string{"https:", "a:#"}},
		"uri-reference":         {[]string{"", "/a", "a/b:c", "#f", "?q", "//host"}, []string{`\a`, "%", "1a:b", "a b", "é", "a#b#c"}, nil},
		"uri-template":          {[]string{"/x/{id}{?q*}", "{+a,b:3}", "é", ""}, []string{"{", "}", "{}", "{a:0}", "{a b}", "{a.}", "{a..b}", "a b", "%4"}, []string{"{a.b}"}},
		"url":                   {[]string{"https://example.com/", "http://93.184.216.34:8080/a"}, []string{"urn:a:b"}, []string{"http://localhost/", "http://10.0.0.1/", "https://example.com?a", "ssh://example.com/", "http://example.1/"}},
		"uuid":                  {[]string{"0b8ea1d6-3c5f-4e57-9d1c-6a2f0f5b7c41", "00000000-0000-0000-0000-000000000000"}, []string{"", "urn:uuid:0b8ea1d6-3c5f-4e57-9d1c-6a2f0f5b7c41", "0b8ea1d63c5f4e579d1c6a2f0f5b7c41", "0b8ea1d6-3c5f-4e57-9d1c-6a2f0f5b7c4g"}, nil},
		"made-up":               {[]string{"", "anything"}, nil, nil},
	} {
		schema := value.Object(value.NewMember("format", value.String(format)))
		validator := New(none)
		judge := validatetest.NewJudge(t, schema, nil)
		for _, text := range c.good {
			if !validator.IsValid(schema, value.String(text)) {
				t.Errorf("%s refuses %q", format, text)
			}
			if _, rejected := validator.RejectedBy(schema, value.String(text)); rejected {
				t.Errorf("%s refuses %q where others have to accept it", format, text)
			}
			if !isOurs[format] && !judge.Accepts(value.String(text)) {
				t.Errorf("%s: we accept %q, the judge does not", format, text)
			}
		}
		for _, text := range c.wide {
			if !validator.IsValid(schema, value.String(text)) {
				t.Errorf("%s refuses %q", format, text)
			}
			if _, rejected := validator.RejectedBy(schema, value.String(text)); !rejected {
				t.Errorf("%s accepts %q where others have to accept it", format, text)
			}
		}
		for _, text := range c.bad {
			if _, rejected := validator.RejectedBy(schema, value.String(text)); !rejected || validator.IsValid(schema, value.String(text)) {
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
