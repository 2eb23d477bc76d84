package project

import _ "embed"

// ConfigSchema is the JSON Schema (draft 7, which editors know best) of a firestone.yaml, for editors that complete and
// check while one types. Load knows more: which outputs and names get into each other's way.
//
//go:embed config.schema.json
var ConfigSchema string
