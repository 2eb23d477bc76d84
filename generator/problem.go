package generator

import (
	"errors"

	"github.com/firestoned/firestone/model/value"
)

// problemsOf returns the problems that an error holds; any other error is one problem without a place.
func problemsOf(err error) value.Problems {
	var problems value.Problems
	if errors.As(err, &problems) {
		return problems
	}
	var problem value.Problem
	if errors.As(err, &problem) {
		return value.Problems{problem}
	}
	return value.Problems{{Code: value.FailedAction, Msg: err.Error()}}
}
