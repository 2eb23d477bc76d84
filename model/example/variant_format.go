package example

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// successors holds, for each format, the function for the n-th text after an example, starting at n = 1. An example
// that is not in the format is ignored; an empty text means that there are no more.
var successors = map[string]func(example string, n int) string{
	"byte":                  nextBase64,
	"color":                 nextColor,
	"date":                  nextDate,
	"date-time":             nextDateTime,
	"decimal":               func(_ string, n int) string { return itoa(9+n) + ".99" },
	"duration":              func(_ string, n int) string { return "P" + itoa(n+1) + "D" },
	"email":                 nextEmail,
	"hostname":              nextHost,
	"idn-email":             nextEmail,
	"idn-hostname":          nextHost,
	"int32":                 nextInteger,
	"int64":                 nextInteger,
	"ipv4":                  nextIPv4,
	"ipv6":                  func(_ string, n int) string { return fmt.Sprintf("2001:db8::%x", n+1) },
	"iri":                   nextAddress,
	"iri-reference":         func(example string, n int) string { return nextPath(example, "/items/1", n) },
	"isbn":                  nextISBN,
	"json-pointer":          func(example string, n int) string { return nextPath(example, "/name", n) },
	"password":              func(example string, n int) string { return nextPath(example, "example-password", n) },
	"phone":                 func(_ string, n int) string { return fmt.Sprintf("+1555%04d", 100+n) },
	"regex":                 func(_ string, n int) string { return "^[a-z]{" + itoa(n+1) + "}$" },
	"relative-json-pointer": func(_ string, n int) string { return itoa(n) + "/name" },
	"semver":                func(_ string, n int) string { return "1." + itoa(n) + ".0" },
	"time":                  nextTime,
	"uint64":                nextInteger,
	"uri":                   nextAddress,
	"uri-reference":         func(example string, n int) string { return nextPath(example, "/items/1", n) },
	"uri-template":          func(_ string, n int) string { return "/items/" + itoa(n+1) + "/{id}" },
	"url":                   nextAddress,
	"uuid":                  nextUUID,
}

func nextInteger(_ string, n int) string { return itoa(n + 1) }

func nextBase64(_ string, n int) string {
	return base64.StdEncoding.EncodeToString([]byte("hello " + itoa(n+1)))
}

func nextColor(_ string, n int) string {
	const blue, colors = 0x336699, 0x1000000
	return fmt.Sprintf("#%06x", (blue+n)%colors)
}

func nextDate(example string, n int) string {
	day, err := time.Parse(time.DateOnly, example)
	if err != nil {
		day = time.Date(2026, time.January, 31, 0, 0, 0, 0, time.UTC)
	}
	return dated(day.AddDate(0, 0, n), time.DateOnly)
}

func nextDateTime(example string, n int) string {
	at, err := time.Parse(time.RFC3339, example)
	if err != nil {
		at = time.Date(2026, time.January, 31, 9, 30, 0, 0, time.UTC)
	}
	return dated(at.AddDate(0, 0, n), time.RFC3339)
}

// dated formats a time, or returns an empty text after the last year with four digits.
func dated(at time.Time, layout string) string {
	if at.Year() > 9999 {
		return ""
	}
	return at.Format(layout)
}

// nextTime advances by a minute and a second, which visits every second of a day once.
func nextTime(_ string, n int) string {
	const step = 61 * time.Second
	if time.Duration(n)*step >= 61*24*time.Hour {
		return ""
	}
	return time.Date(2026, time.January, 31, 9, 30, 0, 0, time.UTC).Add(time.Duration(n) * step).Format("15:04:05Z07:00")
}

func nextEmail(example string, n int) string {
	local, domain, isAddress := strings.Cut(example, "@")
	if !isAddress || strings.HasSuffix(local, `"`) {
		local, domain = "user", "example.com"
	}
	return local + itoa(n+1) + "@" + domain
}

func nextHost(example string, n int) string {
	if example == "" || strings.HasPrefix(example, "host") {
		example = "example.com"
	}
	return "host" + itoa(n+1) + "." + example
}

// nextIPv4 counts through the documentation addresses (RFC 5737), then through private ones.
func nextIPv4(_ string, n int) string {
	const hosts = 254
	networks := []string{"192.0.2.", "198.51.100.", "203.0.113."}
	if network := n / hosts; network < len(networks) {
		return networks[network] + itoa(n%hosts+1)
	}
	n -= hosts * len(networks)
	if n >= 1<<24 {
		return ""
	}
	return fmt.Sprintf("10.%d.%d.%d", n>>16, n>>8&0xff, n&0xff)
}

func nextAddress(example string, n int) string {
	switch {
	case !strings.Contains(example, "://"):
		return "https://example.com/" + itoa(n+1)
	case strings.HasSuffix(example, "/"):
		return example + itoa(n+1)
	}
	return nextPath(example, "", n)
}

// nextPath increments the end of an example.
func nextPath(example, other string, n int) string {
	if example == "" {
		example = other
	}
	if next, isNumbered := increased(example, n); isNumbered {
		return next
	}
	return example + "-" + itoa(n+1)
}

func nextUUID(example string, n int) string {
	const digits, other = 12, "0b8ea1d6-3c5f-4e57-9d1c-6a2f0f5b7c41"
	if len(example) != len(other) {
		example = other
	}
	start := len(example) - digits
	node, err := strconv.ParseUint(example[start:], 16, 64)
	if err != nil {
		return nextUUID(other, n)
	}
	return example[:start] + fmt.Sprintf("%012x", (node+uint64(n))&(1<<(4*digits)-1))
}

// nextISBN returns ISBNs with the prefix for examples, including their check digits (ISO 2108).
func nextISBN(_ string, n int) string {
	const titles = 1_000_000
	if n >= titles {
		return ""
	}
	digits := fmt.Sprintf("97800%07d", n)
	sum := 0
	for i, d := range digits {
		weight := 1
		if i%2 == 1 {
			weight = 3
		}
		sum += weight * int(d-'0')
	}
	return fmt.Sprintf("978-0-00-%06d-%d", n, (10-sum%10)%10)
}
