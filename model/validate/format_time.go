package validate

import (
	"strconv"
	"strings"
	"time"
)

// isDate checks full-date of RFC 3339, section 5.6.
func isDate(text string) bool {
	_, err := time.Parse("2006-01-02", text)
	return err == nil
}

// isTime checks full-time of RFC 3339, section 5.6, which requires a zone. The second 60 is allowed only at 23:59 UTC,
// where leap seconds occur.
func isTime(text string) bool {
	if len(text) < len("09:30:00Z") || text[2] != ':' || text[5] != ':' {
		return false
	}
	hour, hok := twoDigits(text[:2], 23)
	minute, mok := twoDigits(text[3:5], 59)
	second, sok := twoDigits(text[6:8], 60)
	rest := text[8:]
	if rest[0] == '.' {
		digits := strings.TrimLeft(rest[1:], "0123456789")
		if len(digits) == len(rest)-1 {
			return false
		}
		rest = digits
	}
	offset, zok := zone(rest)
	if !hok || !mok || !sok || !zok {
		return false
	}
	const day = 24 * 60
	return second < 60 || (hour*60+minute-offset+2*day)%day == day-1
}

// zone parses the offset from UTC in minutes.
func zone(text string) (int, bool) {
	if text == "Z" || text == "z" {
		return 0, true
	}
	if len(text) != len("+00:00") || text[3] != ':' || text[0] != '+' && text[0] != '-' {
		return 0, false
	}
	hours, hok := twoDigits(text[1:3], 23)
	minutes, mok := twoDigits(text[4:6], 59)
	offset := hours*60 + minutes
	if text[0] == '-' {
		offset = -offset
	}
	return offset, hok && mok
}

func twoDigits(text string, highest int) (int, bool) {
	if !consistsOf(text, "0123456789") {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n <= highest
}

// isDateTime checks date-time of RFC 3339, section 5.6, with the prescribed T.
func isDateTime(text string) bool {
	const date = len("2026-01-31")
	return len(text) > date && (text[date] == 'T' || text[date] == 't') && isDate(text[:date]) && isTime(text[date+1:])
}

// isDuration checks RFC 3339, appendix A, but allows a part between two others to be missing: P1Y1D.
func isDuration(text string) bool {
	rest, found := strings.CutPrefix(text, "P")
	if !found || rest == "" {
		return false
	}
	if weeks, found := strings.CutSuffix(rest, "W"); found {
		return weeks != "" && consistsOf(weeks, "0123456789")
	}
	date, clock, hasClock := strings.Cut(rest, "T")
	return hasParts(date, "YMD") && hasParts(clock, "HMS") && (!hasClock || clock != "")
}

// hasParts reports whether the text consists of digits followed by one unit each, in the order of units.
func hasParts(text, units string) bool {
	for text != "" {
		digits := len(text) - len(strings.TrimLeft(text, "0123456789"))
		if digits == 0 || digits == len(text) {
			return false
		}
		at := strings.IndexByte(units, text[digits])
		if at < 0 {
			return false
		}
		units, text = units[at+1:], text[digits+1:]
	}
	return true
}
