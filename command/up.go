package command

import (
	"context"
	"os"
	"sync"

	"github.com/spf13/cobra"

	"github.com/firestoned/firestone/mock/serve"
)

// upRun is what the verb is told that serves an API with its web interface.
type upRun struct {
	mockRun
	uiPort int
	python string
	noOpen bool
	noUI   bool
}

// newUp returns the verb that serves the API and its web interface.
func newUp(c *console) *cobra.Command {
	u := &upRun{}
	cmd := &cobra.Command{
		Use:   "up [RESOURCE...]",
		Short: "Serve the API and its web interface, both as the definitions change",
		Long: `Serve a mock of the API, its pages, and its web interface until Ctrl-C, and reload them when the
definitions change. The web interface runs in Python 3.11 or later: what it needs is installed once,
into a folder of the user's cache. Without a RESOURCE, serve what the nearest firestone.yaml lists.`,
		Example:     "  firestone up\n  firestone up book.yaml",
		Args:        cobra.ArbitraryArgs,
		Annotations: printsNoData,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := u.check(cmd, args); err != nil {
				return err
			}
			return u.run(c)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&u.listen.Address, "listen", "127.0.0.1:8080", "serve the API at `HOST:PORT`")
	flags.IntVar(&u.uiPort, "ui-port", 8501, "serve the web interface at `PORT`")
	flags.StringVar(&u.python, "python", "", "run the web interface with `PYTHON`, which has all that it needs")
	flags.BoolVar(&u.noOpen, "no-open", false, "do not open the web interface in a browser")
	flags.BoolVar(&u.noUI, "no-ui", false, "serve no web interface, only the API and its pages")
	flags.IntVar(&u.options.Seed, "seed", 5, "begin with `N` examples of each resource")
	flags.StringVar(&u.load, "load", "", "begin with the records in `FILE` (JSON or YAML: resource to list)")
	flags.StringVar(&u.options.Data, "data", "", "keep the state in `FILE`")
	u.bindDefinitions(flags)
	flags.BoolP("help", "h", false, "print this help")
	for _, flag := range []string{"listen", "ui-port", "seed"} {
		completeFlag(cmd, flag, cobra.NoFileCompletions)
	}
	return cmd
}

func (u *upRun) check(cmd *cobra.Command, arguments []string) error {
	if u.uiPort < 0 || u.uiPort > 65535 {
		return usageErrorf("write a port, such as --ui-port 8501; 0 is any that is free", "--ui-port %d is not a port", u.uiPort)
	}
	u.watch, u.takesAnyPort = true, !cmd.Flags().Changed("listen")
	if u.load != "" && !cmd.Flags().Changed("seed") {
		u.options.Seed = 0
	}
	return u.mockRun.check(cmd, arguments)
}

// run serves until the process is told to stop.
func (u *upRun) run(c *console) error {
	folder, err := os.MkdirTemp("", "firestone-up-")
	if err != nil {
		return ioError(err)
	}
	defer os.RemoveAll(folder)
	if u.noUI {
		return u.mockRun.run(c)
	}
	ui := &webInterface{folder: folder, python: u.python, console: c, port: u.uiPort, opens: !u.noOpen}
	if !u.cmd.Flags().Changed("ui-port") {
		ui.port = serve.FreePort(u.uiPort)
	}
	var running sync.WaitGroup
	wanted := make(chan *servedAPI, 1)
	u.served = func(ctx context.Context, s *servedAPI, base string) {
		if ui.base == "" {
			ui.base = base
			running.Go(func() { ui.run(ctx, wanted) })
		}
		select {
		case <-wanted: // what came before it is not wanted any more
		default:
		}
		wanted <- s
	}
	err = u.mockRun.run(c)
	running.Wait()
	return err
}
