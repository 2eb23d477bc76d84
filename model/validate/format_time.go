package validate

import (
	"strings"
	"time"
)

// isDate checks full-date of RFC 3339, section 5.6.
func isDate(text string) bool {
	_, err := time.Parse("2006-01-02", text)
	return err == nil
}

var hasTimeForm = grammar(`(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\.[0-9]+)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])`)

// isTime checks full-time of RFC 3339, section 5.6, which requires a zone. The second 60 is allowed only at 23:59 UTC,
// where leap seconds occur.
func isTime(text string) bool {
	const second = len("09:30:")
	if !hasTimeForm(text) {
		return false
	}
	if text[second] != '6' {
		return true
	}
	before, err := time.Parse("15:04:05Z07:00", strings.ToUpper(text[:second]+"59"+text[second+2:]))
	return err == nil && before.UTC().Hour() == 23 && before.UTC().Minute() == 59
}

// isDateTime checks date-time of RFC 3339, section 5.6, with the prescribed T.
func isDateTime(text string) bool {
	const date = len("2026-01-31")
	return len(text) > date && (text[date] == 'T' || text[date] == 't') && isDate(text[:date]) && isTime(text[date+1:])
}

var hasDurationForm = grammar(`P(?:[0-9]+W|(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:T(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+S)?)?)`)

// isDuration checks RFC 3339, appendix A, but allows a part between two others to be missing: P1Y1D.
func isDuration(text string) bool {
	return hasDurationForm(text) && text != "P" && !strings.HasSuffix(text, "T")
}
