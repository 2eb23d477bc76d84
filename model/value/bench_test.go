package value

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkParse reads a definition of about a megabyte.
func BenchmarkParse(b *testing.B) {
	var yaml, json strings.Builder
	json.WriteString("{")
	for i := range 10_000 {
		fmt.Fprintf(&yaml, "property_%d:\n  description: The number %d of many\n  type: [string, \"null\"]\n  maxLength: %d\n", i, i, i)
		fmt.Fprintf(&json, "\"property_%d\": {\"description\": \"The number %d of many\", \"type\": [\"string\", \"null\"], \"maxLength\": %d},\n", i, i, i)
	}
	json.WriteString("\"last\": 1}")
	for _, text := range []string{yaml.String(), json.String()} {
		b.Run(map[bool]string{true: "json", false: "yaml"}[text[0] == '{'], func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				var problems Problems
				if Parse("f", []byte(text), &problems); len(problems) > 0 {
					b.Fatal(problems)
				}
			}
		})
	}
}
