// Package docs holds the pages that the command prints: firestone has no source beside it when it runs.
package docs

import _ "embed"

// Model is the reference of the view model as Markdown, made from its doc comments: `go test ./docs -update` writes it.
//
//go:embed model.md
var Model string

// Migrating is the guide for users of the Python firestone, as Markdown.
//
//go:embed migrating.md
var Migrating string

// Problems tells of each kind of problem under its code: cause, example and repair.
//
//go:embed problems.md
var Problems string
