package project

import "embed"

// Start is a small project that works as it is: a firestone.yaml, a definition, and an override of one template.
//
//go:embed all:start
var Start embed.FS

// StartFolder is the folder of Start in which its files are.
const StartFolder = "start"
