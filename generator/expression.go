package generator

import (
	"math"
	"regexp"
	"regexp/syntax"
	"sync"
	"sync/atomic"
)

// An expression is a regular expression of a template, which most often is the same in each call.
type expression struct {
	compiled *regexp.Regexp // nil if it is not valid
	states   int            // how much work each character of a text is; 1 if it is not valid
}

const (
	maxExpressionLength = 10_000 // bytes
	maxExpressions      = 1000   // that are kept: one that is put together from a text is new in each call
)

var (
	expressions    sync.Map // of *expression, by its text
	expressionsNow atomic.Int64
)

// expressionOf returns the expression of a text, compiled once.
func expressionOf(text string) *expression {
	if known, ok := expressions.Load(text); ok {
		return known.(*expression)
	}
	e := newExpression(text)
	if expressionsNow.Add(1) <= maxExpressions {
		expressions.Store(text, e)
	}
	return e
}

func newExpression(text string) *expression {
	if len(text) > maxExpressionLength {
		return &expression{states: math.MaxInt32 * bytesOfStep}
	}
	e := &expression{states: 1}
	parsed, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		return e
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return e
	}
	e.states = len(program.Inst)
	e.compiled, _ = regexp.Compile(text) // what parses compiles
	return e
}

// regexMatch reports whether a text holds what the expression describes; false for one that is none, as sprig has it.
func regexMatch(text, in string) bool {
	e := expressionOf(text)
	return e.compiled != nil && e.compiled.MatchString(in)
}
