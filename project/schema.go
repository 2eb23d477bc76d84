package project

import _ "embed"

// ConfigSchema is the JSON Schema of a firestone.yaml, for completion and checks in editors (draft 7, which they
// support best). Load checks more: which outputs and names conflict.
//
//go:embed config.schema.json
var ConfigSchema string
