package value

import (
	"regexp"
	"sync"
)

// Expression returns a regular expression that is compiled when it is first needed, so that a run in which nothing is wrong
// does not pay at start-up for what explains problems. It panics then if the expression is invalid.
func Expression(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
