package mock

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/firestoned/firestone/mock/query"
	"github.com/firestoned/firestone/mock/state"
	"github.com/firestoned/firestone/model"
	"github.com/firestoned/firestone/model/name"
	"github.com/firestoned/firestone/model/validate"
	"github.com/firestoned/firestone/model/value"
)

// perform executes a call. It returns once the changes are durable.
func (s *Server) perform(c *call) (*answer, *problem) {
	p := &performance{Server: s, call: c}
	for i, key := range c.keys {
		p.path = append(p.path, s.store.Identity(c.operation.Level.Keys[i], key))
	}
	if c.operation.Request != nil {
		p.faults = p.check(c.body)
	}
	var seq uint64
	var failed *problem
	switch c.operation.Method {
	case "get", "head":
		s.store.Read(func(v state.View) {
			seq = v.Seq()
			failed = p.look(v)
		})
		if failed == nil {
			failed = p.read()
		}
	default:
		var refusal *state.Refusal
		seq, refusal = s.store.Change(func(tx *state.Tx) *state.Refusal {
			if failed = p.change(tx); failed != nil {
				return &state.Refusal{} // failed has the reason
			}
			return nil
		})
		if refusal != nil && failed == nil {
			failed = refused(refusal)
		}
	}
	if failed := s.durable(seq); failed != nil {
		return nil, failed
	}
	if failed != nil {
		return nil, failed
	}
	return p.answer(seq), nil
}

// durable returns once all changes up to seq are durable, or the problem that prevents it.
func (s *Server) durable(seq uint64) *problem {
	if err := s.store.Wait(seq); err != nil {
		return &problem{status: http.StatusInternalServerError, detail: "The data file cannot be written: " + err.Error() + "."}
	}
	return nil
}

// check returns what is wrong with a content according to the operation's schema.
func (p *performance) check(content *model.Value) []validate.Fault {
	faults := p.store.Validator().Check(p.operation.Request.Schema, content)
	if p.options.Strict {
		faults = append(faults, p.readOnly()...)
	}
	return faults
}

// readOnly returns a fault for each member of the content that only the server writes.
func (p *performance) readOnly() []validate.Fault {
	o := p.operation
	if o.Level.IsAttribute() || o.Level.IsCollection() && o.Method == "patch" {
		return nil
	}
	var faults []validate.Fault
	for _, pointer := range p.store.ReadOnly(o.Resource, p.body, o.Request.Form) {
		faults = append(faults, validate.Fault{Pointer: pointer, Keyword: "readOnly", Detail: "is read-only"})
	}
	return faults
}

// performance is a call being executed.
type performance struct {
	*Server
	*call
	path    []string                   // the identities of the keys
	faults  []validate.Fault           // of the content
	record  *state.Record              // shown, or created
	records []*state.Record            // shown, of a collection
	page    *query.Page[*state.Record] // of a list
	shown   *model.Value               // the attribute shown
	tag     uint64                     // of the entity tag, 0 for none

	isNotModified bool
}

// refused returns the problem for a refused change.
func refused(r *state.Refusal) *problem {
	failed := &problem{status: r.Status, detail: r.Detail}
	if r.Status == state.Ended {
		failed.header = http.Header{"Retry-After": {"1"}}
	}
	for _, f := range r.Faults {
		detail := f.Detail
		if f.Hint != "" {
			detail = strings.TrimSuffix(detail, ".") + ": " + f.Hint
			if !strings.HasSuffix(detail, "?") {
				detail += "."
			}
		}
		failed.faults = append(failed.faults, fault{pointer: &f.Pointer, detail: detail})
	}
	return failed
}

func notFound() *problem { return refused(state.Missing()) }

// look reads the target of a read operation.
func (p *performance) look(v state.View) *problem {
	if !p.operation.Level.IsCollection() {
		return p.find(v)
	}
	var exists bool
	if p.records, exists = v.Records(p.operation.Resource, p.path); !exists {
		return notFound()
	}
	p.tag = v.Changed(p.operation.Resource, p.path)
	return nil
}

// read selects the requested page of a list.
func (p *performance) read() *problem {
	if failed := p.condition(); failed != nil || p.isNotModified || !p.operation.Level.IsCollection() {
		return failed
	}
	selection, faults := query.Compile(p.operation, p.call.parameters)
	if len(faults) > 0 && p.options.Strict {
		return invalid(faults)
	}
	var page query.Page[*state.Record]
	if len(faults) == 0 { // there is nothing after a cursor of another list
		page = query.List(selection, p.records)
	}
	p.page, p.records = &page, page.Records
	return nil
}

// find finds the record, and the attribute, that the path names.
func (p *performance) find(v state.View) *problem {
	if p.record = v.Record(p.operation.Resource, p.path); p.record == nil {
		return notFound()
	}
	p.tag = p.record.Seq
	level := p.operation.Level
	if !level.IsAttribute() {
		return nil
	}
	whole := p.record.View()
	if p.operation.Method == "delete" {
		whole = p.record.Whole() // write-only properties can be deleted, too
	}
	if p.shown = whole.Get(level.Property.Name); p.shown == nil && p.operation.Method != "put" {
		return notFound()
	}
	return nil
}

// change executes a write operation.
func (p *performance) change(tx *state.Tx) *problem {
	if failed := p.prepare(tx); failed != nil {
		return failed
	}
	var refusal *state.Refusal
	level := p.operation.Level
	switch p.operation.Level.Name + " " + p.operation.Method {
	case "resource post":
		p.record, refusal = tx.Create(p.operation.Resource, p.path, p.body)
	case "resource patch":
		refusal = p.patchAll(tx)
	case "resource delete":
		return p.deleteAll(tx)
	case "instance put":
		p.record, refusal = tx.Replace(p.record, p.body)
	case "instance patch":
		p.record, refusal = tx.Patch(p.record, p.body)
	case "instance delete":
		refusal = tx.Delete(p.record)
		p.record = nil
	case "instance_attrs put":
		if p.record, refusal = tx.SetAttribute(p.record, level.Property, p.body); refusal == nil {
			p.shown = p.record.View().Get(level.Property.Name)
		} else {
			refusal = below(refusal, level.Property.Name)
		}
	case "instance_attrs delete":
		p.record, refusal = tx.DeleteAttribute(p.record, level.Property)
	}
	if refusal != nil && len(p.faults) > 0 { // a patch that seemed only to remove
		refusal = state.Misfit(p.faults, "")
	}
	if refusal != nil {
		return refused(refusal)
	}
	if p.record != nil {
		p.tag = p.record.Seq
	}
	return nil
}

// prepare refuses a call if the path, a condition or the content does not allow it.
func (p *performance) prepare(tx *state.Tx) *problem {
	if p.operation.Level.IsCollection() {
		if !tx.HasCollection(p.operation.Resource, p.path) {
			return notFound()
		}
		p.tag = tx.Changed(p.operation.Resource, p.path)
	} else if failed := p.find(tx.View); failed != nil {
		return failed
	}
	if failed := p.condition(); failed != nil {
		return failed
	}
	p.tag = 0
	if len(p.faults) > 0 && !p.onlyRemoves(tx) {
		return refused(state.Misfit(p.faults, ""))
	}
	return nil
}

// onlyRemoves reports whether the only faults of a merge patch are that it removes, by null, members that the record
// has: those of the union alternative that the record is leaving, say, which no schema of the patch can know. Faults of
// the patch as a whole, such as too many members, still count.
func (p *performance) onlyRemoves(tx *state.Tx) bool {
	if p.operation.Method != "patch" {
		return false
	}
	rest, removed := p.withoutRemovals(tx)
	for _, f := range p.faults {
		isOfUnion := f.Keyword == "anyOf" || f.Keyword == "oneOf"
		if !isOfUnion && !slices.Contains(removed, f.Pointer) {
			return false
		}
	}
	return len(p.check(rest)) == 0
}

// withoutRemovals returns the content, one patch or several, without the nulls that remove existing members, and the
// pointers of those.
func (p *performance) withoutRemovals(tx *state.Tx) (rest *model.Value, removed []string) {
	if !p.operation.Level.IsCollection() {
		return state.WithoutRemovals(p.body, p.record.Whole(), "")
	}
	var patches []*model.Value
	for i, patch := range value.Items(p.body) {
		if record := p.named(tx, patch); record != nil {
			var own []string
			patch, own = state.WithoutRemovals(patch, record.Whole(), "/"+strconv.Itoa(i))
			removed = append(removed, own...)
		}
		patches = append(patches, patch)
	}
	return value.Array(patches...), removed
}

// named returns the record that a patch of a collection identifies by its key, or nil.
func (p *performance) named(tx *state.Tx, patch *model.Value) *state.Record {
	resource := p.operation.Resource
	key := tx.Identity(resource, patch.Get(resource.Key.Name))
	return tx.Record(resource, append(slices.Clone(p.path), key))
}

// below maps a refusal of a whole record to the one property that is the content.
func below(r *state.Refusal, property string) *state.Refusal {
	at := value.PointerTo("", property)
	for i, f := range r.Faults {
		if inside, ok := strings.CutPrefix(f.Pointer, at); ok && (inside == "" || inside[0] == '/') {
			r.Faults[i].Pointer = inside
		} else {
			r.Faults[i].Pointer = "" // it is this content that invalidates another part
		}
	}
	return r
}

// patchAll updates the records that the content identifies by their keys, all or none (RFC 5789, section 2.2).
func (p *performance) patchAll(tx *state.Tx) *state.Refusal {
	resource := p.operation.Resource
	for i, patch := range value.Items(p.body) {
		at := "/" + strconv.Itoa(i)
		record := p.named(tx, patch)
		if record == nil {
			return state.Contradiction("A key does not exist.", value.PointerTo(at, resource.Key.Name), "There is no "+resource.Noun+" with this key.")
		}
		changed, refusal := tx.Patch(record, patch)
		if refusal != nil {
			for i := range refusal.Faults {
				refusal.Faults[i].Pointer = at + refusal.Faults[i].Pointer
			}
			return refusal
		}
		p.records = append(p.records, changed)
	}
	return nil
}

// deleteAll deletes the records that the filters select.
func (p *performance) deleteAll(tx *state.Tx) *problem {
	selection, faults := query.Compile(p.operation, p.call.parameters)
	if len(faults) > 0 {
		return invalid(faults)
	}
	records, _ := tx.Records(p.operation.Resource, p.path)
	for _, r := range records {
		if !selection.Matches(r.View()) {
			continue
		}
		if refusal := tx.Delete(r); refusal != nil {
			return refused(refusal)
		}
	}
	return nil
}

// answer returns the response; seq is the number of the last change that it reflects.
func (p *performance) answer(seq uint64) *answer {
	o := p.operation
	success := o.Responses[0]
	a := &answer{header: http.Header{}}
	a.status, _ = strconv.Atoi(success.Status)
	if p.isNotModified {
		a.status = http.StatusNotModified
	}
	if p.tag != 0 || o.Method == "get" || o.Method == "head" {
		a.header.Set("ETag", tagOf(p.tag))
	}
	if !o.Level.IsAttribute() {
		a.header.Set("Last-Event-ID", strconv.FormatUint(seq, 10))
	}
	if slices.ContainsFunc(success.Headers, func(h *model.Header) bool { return h.Name == "Location" }) {
		a.header.Set("Location", p.BasePath()+pathTo(o.Level.Segments, p.path)+"/"+name.Segment(p.record.Key()))
	}
	if p.page != nil && o.Pagination != nil {
		if link := p.page.Link(escapedPath(p.url), p.url.RawQuery); link != "" {
			a.header.Set("Link", link)
		}
		if o.Pagination.Style != model.CursorPagination {
			a.header.Set("X-Total-Count", strconv.Itoa(p.page.Total))
		}
	}
	if o.Response == nil || p.isNotModified {
		return a
	}
	switch {
	case o.Level.IsAttribute():
		a.body = p.shown.AppendJSON(nil, "")
	case o.Level.IsCollection() && o.Method != "post":
		a.body = join(p.records)
	default:
		a.body = p.record.JSON()
	}
	return a
}

// pathTo returns the path of these segments with these keys, percent-encoded, without the base path.
func pathTo(steps []model.Segment, keys []string) string {
	var b strings.Builder
	for _, segment := range steps {
		b.WriteByte('/')
		if segment.Parameter == nil {
			b.WriteString(name.Segment(segment.Text))
			continue
		}
		b.WriteString(name.Segment(keys[0]))
		keys = keys[1:]
	}
	return b.String()
}

// join returns the records as a JSON array.
func join(records []*state.Record) []byte {
	list := []byte{'['}
	for i, r := range records {
		if i > 0 {
			list = append(list, ',')
		}
		list = append(list, r.JSON()...)
	}
	return append(list, ']')
}
