package definition

import _ "embed"

// JSONSchema is the JSON Schema (draft 7, which editors know best) of a resource definition, for editors that
// complete and check while one types. Load knows more: what references name, and which names must agree.
//
//go:embed definition.schema.json
var JSONSchema string
