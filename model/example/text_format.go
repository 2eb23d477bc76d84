package example

import (
	"strings"
)

// form describes the texts of a format.
type form struct {
	first    string
	numbered string // the following ones: % stands for 2, 3, ...
	short    string // if first is too long
	long     string // if first is too short: % stands for letters
}

var (
	address  = form{"https://example.com/", "https://example.com/%", "x:y", "https://example.com/%"}
	relative = form{"/items/1", "/items/%", "/", "/items/%"}
	mailbox  = form{"user@example.com", "user%@example.com", "a@b.co", "user%@example.com"}
	host     = form{"example.com", "host%.example.com", "a", ""}
)

// forms holds texts for the formats in use, most of them from JSON Schema and OpenAPI. Those that validators check are
// validated here as well; the others are correct by their own standards.
var forms = map[string]form{
	"byte":                  {"aGVsbG8=", "aGVsbG8%", "", ""},
	"color":                 {"#336699", "#33669%", "#fff", ""},
	"date":                  {"2026-01-31", "2026-02-1%", "", ""},
	"date-time":             {"2026-01-31T09:30:00Z", "2026-02-1%T09:30:00Z", "", "2026-01-31T09:30:00.%Z"},
	"decimal":               {"9.99", "%.99", "1", ""},
	"duration":              {"P1D", "P%D", "", "P%D"},
	"email":                 mailbox,
	"hostname":              host,
	"idn-email":             mailbox,
	"idn-hostname":          host,
	"int32":                 {"1", "%", "", ""},
	"int64":                 {"1", "%", "", ""},
	"ipv4":                  {"192.0.2.1", "192.0.2.%", "1.1.1.1", "192.168.100.100"},
	"ipv6":                  {"2001:db8::1", "2001:db8::%", "::1", "2001:0db8:0000:0000:0000:0000:0000:0001"},
	"iri":                   address,
	"iri-reference":         relative,
	"json-pointer":          {"/name", "/name/%", "", "/name/%"},
	"password":              {"example-password", "example-password-%", "pass", ""},
	"phone":                 {"+15550100", "+1555010%", "", ""},
	"regex":                 {"^[a-z]+$", "^[a-z]{%}$", "a", "%"},
	"relative-json-pointer": {"0/name", "%/name", "0", "0/name%"},
	"semver":                {"1.0.0", "1.%.0", "", ""},
	"time":                  {"09:30:00Z", "09:30:1%Z", "", "09:30:00.%Z"},
	"uint64":                {"1", "%", "", ""},
	"uri":                   address,
	"uri-reference":         relative,
	"uri-template":          {"/items/{id}", "/items/%/{id}", "/", "/items/%/{id}"},
	"url":                   {"https://example.com/", "https://example.com/%", "http://b.co", "https://example.com/%"},
	"uuid":                  {"0b8ea1d6-3c5f-4e57-9d1c-6a2f0f5b7c41", "0b8ea1d6-3c5f-4e57-9d1c-6a2f0f5b7c4%", "", ""},
}

// inFormat yields texts of the format: a realistic one, one of the required length, others.
func inFormat(format, name string, l length, offer func(string) bool) bool {
	f, known := forms[format]
	if !known {
		return true
	}
	if word := slug(name); f.first == address.first && word != "" && !offer(f.first+word) {
		return false
	}
	if !offer(f.first) || !offer(f.short) && f.short != "" {
		return false
	}
	if len(f.first) < l.least && f.long != "" {
		filler := "a"
		switch format {
		case "date-time", "time", "duration":
			filler = "1"
		}
		missing := l.least - len(strings.Replace(f.long, "%", "", 1))
		if missing > 0 && !offer(strings.Replace(f.long, "%", strings.Repeat(filler, missing), 1)) {
			return false
		}
		if !offer(f.long) {
			return false
		}
	}
	for n := 2; n <= maxTries && f.numbered != ""; n++ {
		if !offer(strings.Replace(f.numbered, "%", itoa(n), 1)) {
			return false
		}
	}
	return true
}
