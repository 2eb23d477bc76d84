package project

import "embed"

// Start is a small working project: a firestone.yaml, a definition, and an override of one template.
//
//go:embed all:start
var Start embed.FS

// StartFolder is the folder of Start that holds its files.
const StartFolder = "start"
