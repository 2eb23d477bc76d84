package validate

import (
	"sync"
	"time"
	"unicode/utf16"

	"github.com/dlclark/regexp2/v2"
)

// Matcher matches strings against patterns.
type Matcher interface {
	// Match reports whether the pattern matches somewhere in the text. An error means that the result is unknown.
	Match(pattern, text string) (bool, error)
	// MatchUnits is like Match, for engines that read the text as single UTF-16 code units.
	MatchUnits(pattern, text string) (bool, error)
}

// Patterns is the Matcher that compiles each pattern once and gives up after a time. It is safe for concurrent use.
type Patterns struct {
	timeout  time.Duration
	mutex    sync.RWMutex
	compiled map[string]*regexp2.Regexp // nil for an invalid pattern
}

// NewPatterns returns Patterns that give up a match after about the given time, with a resolution of a tenth of a
// second.
func NewPatterns(timeout time.Duration) *Patterns {
	return &Patterns{timeout: timeout, compiled: map[string]*regexp2.Regexp{}}
}

// Match reports whether the pattern matches somewhere in the text, or returns an error if that takes too long. A
// pattern that is not an ECMA-262 expression matches everything.
func (p *Patterns) Match(pattern, text string) (bool, error) {
	expression := p.expression(pattern)
	if expression == nil {
		return true, nil
	}
	return expression.MatchString(text)
}

// MatchUnits is like Match for the UTF-16 code units of the text.
func (p *Patterns) MatchUnits(pattern, text string) (bool, error) {
	expression := p.expression(pattern)
	if expression == nil {
		return true, nil
	}
	var units []rune
	for _, unit := range utf16.Encode([]rune(text)) {
		units = append(units, rune(unit))
	}
	return expression.MatchRunes(units)
}

// expression compiles a pattern, or returns nil if it is invalid. JSON Schema requires the Unicode mode of ECMA-262
// (core, section 6.4); what only the older mode accepts, such as \-, is compiled in that.
func (p *Patterns) expression(pattern string) *regexp2.Regexp {
	p.mutex.RLock()
	known, ok := p.compiled[pattern]
	p.mutex.RUnlock()
	if ok {
		return known
	}
	expression, err := regexp2.Compile(pattern, regexp2.ECMAScript|regexp2.Unicode)
	if err != nil {
		if expression, err = regexp2.Compile(pattern, regexp2.ECMAScript); err != nil {
			expression = nil
		}
	}
	if expression != nil {
		expression.MatchTimeout = p.timeout
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if known, ok := p.compiled[pattern]; ok {
		return known
	}
	p.compiled[pattern] = expression
	return expression
}
