// Command firestone turns resource definitions into everything that describes and uses the API of those resources:
// an AsyncAPI document, an OpenAPI document, a command line, a web UI, or what a team's own pack makes.
package main

import (
	"os"
	"runtime/debug"

	"github.com/firestoned/firestone/command"
)

func main() {
	// A run is short and ends with all that it made: collecting less often takes a quarter of its time away. Where
	// that would take more than 180 MiB it collects as often as it has to.
	debug.SetMemoryLimit(180 << 20)
	debug.SetGCPercent(400)
	os.Exit(command.Run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
