package generator

import (
	"reflect"
	"strings"
	"testing"

	"github.com/firestoned/firestone/generator/lint"
)

// What a hint shows of a function has as many arguments as that takes.
func TestUsages(t *testing.T) {
	shown := 0
	for name, function := range functions() {
		usage := lint.Usage(name)
		if usage == "" {
			continue
		}
		shown++
		_, call, _ := strings.Cut(usage, "{{ ")
		given := len(strings.Fields(strings.TrimSuffix(call, " }}"))) - 1
		takes := reflect.TypeOf(function)
		if least := takes.NumIn(); given != least && !(takes.IsVariadic() && given >= least-1) {
			t.Errorf("%s: it takes %d arguments", usage, least)
		}
	}
	if shown == 0 {
		t.Error("no function is shown")
	}
}
