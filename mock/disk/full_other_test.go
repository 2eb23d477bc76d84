//go:build !linux

package disk

import "errors"

func fill(*File, string) error { return errors.New("the limit is one of Linux") }
