// Command firestone turns resource definitions into everything that describes and uses the API of those resources:
// an AsyncAPI document, an OpenAPI document, a command line, a web UI, or what a team's own pack makes.
package main

import (
	"os"

	"github.com/firestoned/firestone/command"
)

func main() {
	command.FollowHeap()
	os.Exit(command.Run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
