package command

import (
	"path"
	"strings"

	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/value"
)

// openPacks opens the pack of each output, once, however often and from wherever it is called. All that firestone.yaml
// says wrong is reported at once.
func (r *run) openPacks() error {
	r.opening.Do(func() { r.unopened = r.openEach() })
	return r.unopened
}

func (r *run) openEach() error {
	problems := r.checkLayers()
	if problems.HasErrors() || r.strict && len(problems) > 0 {
		return asErrors(problems) // packs would lack what is in them
	}
	r.layerWarnings = problems
	var opens []func() error
	for _, o := range r.outputs {
		opens = append(opens, func() error { return r.openPack(o) })
	}
	if err := sideBySide(opens...); err != nil {
		return err
	}
	if r.destination().kind == toProject {
		return r.checkSet()
	}
	return nil
}

// openPack opens the pack of an output, and reads what depends on it: the destination and the parameters.
func (r *run) openPack(o *outputSpec) error {
	if named := o.asked.Pack; named.Pos.Line > 0 && !isPack(named.Value) && isFile(named.Value) {
		return placed(value.UnknownPack, fileForPackOr(named.Value, "list definitions under resources, and name a pack here: "+strings.Join(packNames(), ", ")), named.Pos)
	}
	pack, err := openPackWithin(r.project.within(), o.asked.Pack.Value, r.project.layers(r.layers))
	if err != nil {
		return placed(value.UnknownPack, err, o.asked.Pack.Pos)
	}
	pack.Effort = r.effort
	to, err := o.to.fit(pack)
	if err == nil && (to.kind == toFile || to.kind == toFolder) {
		err = mayWrite(r.project.within(), to.path)
	}
	if err != nil {
		return placed(value.OutputPath, err, o.asked.Output.Pos)
	}
	params, err := pack.ParamsFrom(o.asked.Parameters, r.setFor(pack, to))
	if err != nil {
		return o.refusedParameters(problemsOf(err))
	}
	o.pack, o.to, o.params = pack, to, params
	return nil
}

// checkLayers reports problems with the override folders.
func (r *run) checkLayers() model.Problems {
	if r.project != nil && len(r.layers) == 0 {
		return r.project.checkLayers()
	}
	var packs []string
	for _, o := range r.outputs {
		packs = append(packs, path.Base(packName(o.asked.Pack.Value)))
	}
	return strays(r.layers, packs...)
}
