package output

import (
	"bytes"
	"errors"

	"github.com/firestoned/firestone/reach"
)

// write plans, and locks the folder if anything has to change. It plans again if the folder did not exist, which another
// run may have made by then, or if another run may have changed it meanwhile.
func (d *disk) write(root string, items []Item, whole, force bool) (*Plan, error) {
	items = withEntries(items)
	plan, err := compare(root, items, whole)
	if plan == nil {
		return nil, err
	}
	if err == nil && !plan.tree.hasMutex() { // else what was compared may be half of what another run writes
		if problems := plan.refusals(); !force && problems.HasErrors() {
			return plan, problems
		}
		if plan.isDone() {
			return plan, nil
		}
	}
	l, failing := d.lock(plan.tree)
	if failing != nil {
		return nil, errors.Join(err, failing)
	}
	if err != nil || plan.tree.isNew || !l.isFirst || len(l.folders) > 0 || !plan.isStill() {
		plan, err = compare(root, items, whole)
	}
	if err != nil {
		return nil, l.end(err)
	}
	return plan, l.end(d.apply(plan, l, force))
}

// isStill reports whether the record is what it was when the plan was made: no other run has changed the folder since.
func (p *Plan) isStill() bool {
	file, err := look(p.record, reach.MaxInput)
	return err == nil && bytes.Equal(file.content, p.before)
}

// apply changes what the plan says, or nothing.
func (d *disk) apply(plan *Plan, l *lock, force bool) error {
	if plan.isDone() {
		return nil
	}
	if problems := plan.refusals(); !force && problems.HasErrors() {
		return problems
	}
	if err := d.run(plan, l); err != nil {
		return d.rollback(err)
	}
	d.undo = nil
	return nil
}

// end releases the lock, and after an error removes the folders that were created for it. It returns the error, joined
// with any further ones.
func (l *lock) end(err error) error {
	failing := l.release()
	if err != nil {
		failing = errors.Join(failing, l.removeFolders())
	}
	if failing == nil {
		return err
	}
	return errors.Join(err, failing)
}

// run executes the steps of the plan. No file changes before the first record is written; that record lists the files
// before and after, so that the next run does not treat files of a killed run as edited.
func (d *disk) run(p *Plan, l *lock) error {
	announced := p.steps
	if p.last != nil {
		announced = append(announced[:len(announced):len(announced)], *p.last)
	}
	if err := l.announce(announced); err != nil {
		return err
	}
	for _, s := range p.steps {
		if s.content == nil {
			continue
		}
		if err := d.stage(s); err != nil {
			return err
		}
	}
	if p.first != nil {
		if err := d.record(*p.first); err != nil {
			return err
		}
	}
	if err := d.change(p); err != nil {
		return err
	}
	if p.last == nil {
		return nil
	}
	return d.record(*p.last)
}

// change removes files and then renames the staged ones, in this order: a file may be where a folder is needed.
func (d *disk) change(p *Plan) error {
	for _, s := range p.steps {
		if s.content == nil {
			if err := d.remove(s); err != nil {
				return err
			}
		}
	}
	for _, gone := range p.gone {
		if err := d.prune(p.tree, gone); err != nil {
			return err
		}
	}
	for _, s := range p.steps {
		if s.content != nil {
			if err := d.put(s); err != nil {
				return err
			}
		}
	}
	return nil
}

// record writes the record, or removes it where nothing is left to record.
func (d *disk) record(s step) error {
	if s.content == nil {
		return d.remove(s)
	}
	if err := d.stage(s); err != nil {
		return err
	}
	return d.put(s)
}
