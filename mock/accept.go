package mock

import (
	"errors"
	"mime"
	"strconv"
	"strings"
)

// quality returns how acceptable a media type is to the client, from 0 (not acceptable) to 1 (RFC 9110, sections 12.4.2
// and 12.5.1). accept holds the lines of the Accept header; ranges that cannot be parsed are ignored.
func quality(accept []string, contentType string) float64 {
	class, _, _ := strings.Cut(contentType, "/")
	best, nearest, isAny := 0.0, 0, true
	for element := range strings.SplitSeq(strings.Join(accept, ","), ",") {
		wanted, parameters, err := mime.ParseMediaType(element)
		if err != nil && !errors.Is(err, mime.ErrInvalidMediaParameter) || !strings.Contains(wanted, "/") {
			continue
		}
		isAny = false
		weight, err := strconv.ParseFloat(parameters["q"], 64)
		if parameters["q"] == "" {
			weight = 1
		} else if err != nil || weight < 0 || weight > 1 {
			continue
		}
		// The most specific range that matches decides.
		near := map[string]int{"*/*": 1, class + "/*": 2, contentType: 3}[wanted]
		if near > nearest || near == nearest && near > 0 && weight > best {
			best, nearest = weight, near
		}
	}
	if isAny {
		return 1
	}
	return best
}
