package generator

import _ "embed"

// PackSchema is the JSON Schema (draft 7, which editors know best) of a pack.yaml, for editors that complete and check
// while one types. Open knows more: which templates there are.
//
//go:embed pack.schema.json
var PackSchema string
