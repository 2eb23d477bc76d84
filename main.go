// Command firestone turns resource definitions into everything that describes and uses the API of those resources:
// an AsyncAPI document, an OpenAPI document, a command line, a web UI, or what a team's own pack makes.
package main

import (
	"os"
	"runtime/debug"

	"github.com/firestoned/firestone/command"
)

func main() {
	// A run is short and ends with all that it made, so that it first collects where 120 MiB are in use: 100 definitions
	// never get there, and 500 do once. Where more than 180 MiB would be in use it collects as often as it has to.
	debug.SetMemoryLimit(180 << 20)
	debug.SetGCPercent(3000)
	os.Exit(command.Run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
