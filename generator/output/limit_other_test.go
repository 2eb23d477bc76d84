//go:build !linux

package output

import "errors"

func limited(string, int) error { return errors.New("the limit is one of Linux") }
