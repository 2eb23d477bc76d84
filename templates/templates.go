// Package templates holds the packs that come with firestone, as plain files.
//
// It answers one question: what do the outputs look like? Its only Go embeds the files.
package templates

import "embed"

// FS holds one folder for each embedded pack.
//
//go:embed all:asyncapi all:openapi all:python all:cli all:streamlit
var FS embed.FS
