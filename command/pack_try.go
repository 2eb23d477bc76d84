package command

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/firestoned/firestone/generator"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
	"github.com/firestoned/firestone/reach"
)

// minimalCase shows users without a case what one looks like.
const minimalCase = `a case is a file such as tests/book.txtar:
    A line that says what it shows.
    -- book.yaml --
    kind: book
    schema:
      type: array
      key: {name: book_id}
      items: {type: object, properties: {title: {type: string}}}
  and firestone pack test --update adds the files that the pack generates`

// packTest is what a run that tests packs is told.
type packTest struct {
	layers []string
	update bool
}

// testedPack is a pack with the cases of one of its folders.
type testedPack struct {
	folder string
	pack   *generator.Pack
	cases  []string
	bounds *reach.Bounds
}

// newPackTest returns the verb that runs the cases of packs.
func newPackTest(c *console) *cobra.Command {
	t := &packTest{}
	cmd := &cobra.Command{
		Use:   "test [PACK_FOLDER...]",
		Short: "Run the test cases of a pack: tests/*.txtar",
		Long: `Run the test cases of the given folders, or of the packs in firestone.yaml and --templates-path.
A case is a file tests/NAME.txtar in the pack's folder. Its sections are definitions (book.yaml),
params (lines of KEY=VALUE), and the expected result: want/PATH for each file, or error.`,
		Example: "  firestone pack test packs/markdown\n  firestone pack test --templates-path team --update",
		Args:    cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			return t.run(c, args)
		},
	}
	cmd.Flags().SortFlags = false
	bindLayers(cmd.Flags(), &t.layers)
	cmd.Flags().BoolVar(&t.update, "update", false, "write the actual results into the cases")
	return cmd
}

// run runs the cases of all folders. It returns an error if one fails, even without a problem to report.
func (t *packTest) run(c *console, folders []string) error {
	packs, err := t.find(folders)
	if err != nil {
		return err
	}
	var b strings.Builder
	var problems model.Problems
	ran, failed, updated := 0, 0, 0
	for _, p := range packs {
		for _, file := range p.cases {
			result, err := p.try(file, t.update)
			ran++
			switch {
			case err != nil:
				failed++
				problems = append(problems, problemsOf(err)...)
				fmt.Fprintf(&b, "FAIL %s\n", visibleLine(file))
			case result.isUpdated:
				updated++
				fmt.Fprintf(&b, "updated %s\n", visibleLine(file))
			case result.difference != "":
				failed++
				fmt.Fprintf(&b, "FAIL %s\n%s", visibleLine(file), escapedFor(result.difference, c.out))
				if c.format != formatText { // which has said it by that
					problems.Add(value.FailedCase, model.Pos{File: file}, "correct the pack, or accept what it makes with --update", "the pack does not make what the case wants")
				}
			default:
				fmt.Fprintf(&b, "ok %s\n", visibleLine(file))
			}
		}
	}
	b.WriteString(summary(ran, failed, updated))
	if err := c.print(b.String()); err != nil {
		return err
	}
	if failed > 0 {
		return problems // without one where the differences say it all
	}
	return nil
}

// summary counts cases: 3 cases, 1 failed.
func summary(ran, failed, updated int) string {
	text := fmt.Sprintf("%d cases", ran)
	if ran == 1 {
		text = "1 case"
	}
	if failed > 0 {
		text += fmt.Sprintf(", %d failed", failed)
	}
	if updated > 0 {
		text += fmt.Sprintf(", %d updated", updated)
	}
	return text + "\n"
}

// find opens the packs of the folders; where none is given those that have cases, of the folders in --templates-path
// and of the project.
func (t *packTest) find(folders []string) ([]testedPack, error) {
	if len(folders) == 0 {
		return t.findAll()
	}
	var packs []testedPack
	for _, folder := range folders {
		if !isFolder(folder) {
			return nil, usageErrorf("name the folder that contains pack.yaml or the templates, and tests/", "%s is not a folder", folder)
		}
		p, err := t.open(folder)
		if err != nil {
			return nil, err
		}
		if len(p.cases) == 0 {
			return nil, usageErrorf(minimalCase, "%s has no tests/*.txtar", filepath.ToSlash(filepath.Clean(folder)))
		}
		packs = append(packs, p)
	}
	return packs, nil
}

// findAll opens the packs of the project and of the layers that have cases.
func (t *packTest) findAll() ([]testedPack, error) {
	folders, err := t.candidates()
	if err != nil {
		return nil, err
	}
	var packs []testedPack
	for _, folder := range folders {
		cases, err := casesOf(folder)
		if err != nil {
			return nil, ioError(err)
		}
		if len(cases) == 0 {
			continue
		}
		p, err := t.open(folder)
		if err != nil {
			return nil, err
		}
		packs = append(packs, p)
	}
	if len(packs) == 0 {
		return nil, usageErrorf(minimalCase, "no pack of the project or --templates-path has tests/*.txtar")
	}
	return packs, nil
}

// candidates returns the folders that may have cases: those of the project's own packs, and all in the layers.
func (t *packTest) candidates() ([]string, error) {
	packs, err := packsOfProject()
	if err != nil {
		return nil, err
	}
	if len(packs)+len(t.layers) == 0 {
		return nil, usageErrorf("write firestone pack test FOLDER, or firestone pack test --templates-path team", "no pack folder given")
	}
	folders := slices.DeleteFunc(packs, func(pack string) bool { return !strings.ContainsRune(pack, '/') || !isFolder(pack) })
	for _, layer := range t.layers {
		if _, err := layersOf(nil, "", []string{layer}); err != nil {
			return nil, err
		}
		entries, err := os.ReadDir(layer)
		if err != nil {
			return nil, ioError(err)
		}
		for _, entry := range entries {
			at := inFolder(layer, entry.Name())
			if isFolder(at) && !slices.ContainsFunc(folders, func(folder string) bool { return isSamePath(folder, at) }) {
				folders = append(folders, at)
			}
		}
	}
	return folders, nil
}

// open opens the pack of a folder, which gives it its name. A folder in a layer is applied on top of the layers below.
func (t *packTest) open(folder string) (testedPack, error) {
	cases, err := casesOf(folder)
	if err != nil {
		return testedPack{}, ioError(err)
	}
	if folder, err = withName(folder); err != nil {
		return testedPack{}, err
	}
	value, layers := folder+"/", t.layers
	inLayer := func(layer string) bool { return path.Clean(filepath.ToSlash(layer)) == path.Dir(folder) }
	if i := slices.IndexFunc(t.layers, inLayer); i >= 0 {
		value, layers = path.Base(folder), t.layers[:i+1]
	}
	bounds, err := boundsHere()
	if err != nil {
		return testedPack{}, err
	}
	pack, err := openPackWithin(bounds, value, layers)
	return testedPack{folder: folder, pack: pack, cases: cases, bounds: bounds}, err
}

// casesOf returns the files of the cases in a folder of a pack, sorted.
func casesOf(folder string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(folder, "tests"))
	if os.IsNotExist(err) {
		return nil, nil
	}
	var cases []string
	for _, entry := range entries {
		if filepath.Ext(entry.Name()) == ".txtar" {
			cases = append(cases, filepath.ToSlash(filepath.Join(folder, "tests", entry.Name())))
		}
	}
	return cases, err
}
