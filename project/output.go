package project

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/firestoned/firestone/model/value"
	"github.com/firestoned/firestone/reach"
)

// outputPath reports an output that could not be at the same path in every checkout of the project.
func (r *reader) outputPath(output Text) {
	at := output.Value
	problem := func(hint, cause string) {
		r.problems.Add(value.OutputPath, output.Pos, hint, "the output %q %s", at, cause)
	}
	switch {
	case at == "":
	case strings.HasPrefix(at, "/"), strings.HasPrefix(at, "~"), hasDrive(at):
		problem("make it relative to the folder of "+FileName, "is an absolute path")
	case environment.MatchString(at):
		problem("write the path itself: firestone reads no environment", "names a variable of the environment")
	case strings.Contains(at, `\`):
		problem("write "+strings.ReplaceAll(at, `\`, "/"), "contains backslashes")
	case slices.Contains(strings.Split(at, "/"), ".."):
		problem("move "+FileName+" to a folder that contains the output", "may be outside the project")
	case strings.ContainsAny(at, `*?"<>|:`):
		problem("do not use * ? \" < > | or :", "contains a character that some systems do not allow in file names")
	case at == "-":
		problem("name a file, or a folder ending in a slash", "means standard output")
	case slices.ContainsFunc(strings.Split(at, "/"), func(name string) bool { return strings.EqualFold(name, RecordName) }):
		problem("choose another name", "would overwrite the record of what firestone wrote")
	case reach.VersionControl(at) != "":
		problem("choose a folder that belongs to the project", "is in a folder of version control")
	case strings.HasSuffix(at, "/"):
	case path.Clean(at) == "." || strings.HasSuffix(at, "/."):
		problem("write "+path.Clean(at)+"/", "is a folder but does not end in a slash")
	case strings.EqualFold(path.Base(at), FileName):
		problem("choose another name", "would overwrite a project file")
	}
}

// environment matches a variable of the environment: $HOME, ${OUT}, %OUT%.
var environment = regexp.MustCompile(`\$\{?[A-Z_]+|%[A-Z_]+%`)

// hasDrive reports whether a path begins with a drive letter, as on Windows.
func hasDrive(at string) bool {
	return len(at) > 1 && at[1] == ':' && (at[0]|0x20 >= 'a' && at[0]|0x20 <= 'z')
}

// outputs reports outputs that share a file, that are both a file and a folder, or that the next run would read as
// definitions or templates. It takes case-insensitive file systems into account.
func (r *reader) outputs(p *Project) {
	for i, item := range p.Generate {
		if item.Output.Value == "" {
			continue
		}
		for _, earlier := range p.Generate[:i] {
			r.apart(item, earlier)
		}
		r.outsideTemplates(p, item)
		if item.IsFolder() {
			continue
		}
		if resource, ok := p.Reads(item.Output.Value); ok {
			r.problems.Add(value.OutputAmongInputs, item.Output.Pos, "write it to another folder",
				"the output %q would be read as a definition: it matches %q at %s", item.Output.Value, resource.Value, resource.Pos)
		}
	}
}

// apart reports two items whose outputs conflict: the same file, or a file where the other needs a folder.
func (r *reader) apart(item, earlier Item) {
	switch {
	case earlier.Output.Value == "":
	case folded(item.Output.Value) == folded(earlier.Output.Value) && item.IsFolder() == earlier.IsFolder() &&
		(!item.IsFolder() || path.Clean(item.Pack.Value) == path.Clean(earlier.Pack.Value)):
		r.problems.Add(value.SameOutput, item.Output.Pos, "give each item its own output", "the output %q is already used by the item at %s", item.Output.Value, earlier.Pos)
	case isInside(item, earlier):
		r.needsFolder(item, earlier)
	case isInside(earlier, item):
		r.needsFolder(earlier, item)
	}
}

func (r *reader) needsFolder(item, file Item) {
	r.problems.Add(value.SameOutput, item.Output.Pos, "rename one of the two", "the output %q needs a folder where the item at %s writes the file %q",
		item.Output.Value, file.Pos, file.Output.Value)
}

// outsideTemplates reports an output among the templates of a pack, where the next run would read it as one. In a
// folder of overrides, each folder is a pack's; if that is the project's own folder, only the folders of its packs are.
func (r *reader) outsideTemplates(p *Project, item Item) {
	var folders []Text
	for _, layer := range p.Templates {
		if path.Clean(layer.Value) != "." {
			folders = append(folders, layer)
			continue
		}
		for _, other := range p.Generate {
			folders = append(folders, Text{path.Base(other.Pack.Value), layer.Pos})
		}
	}
	for _, other := range p.Generate {
		if strings.Contains(other.Pack.Value, "/") {
			folders = append(folders, other.Pack)
		}
	}
	output := folded(item.Output.Value)
	for _, folder := range folders {
		at := folded(folder.Value)
		if strings.HasPrefix(output, at+"/") || output == at && item.IsFolder() {
			r.problems.Add(value.OutputAmongInputs, item.Output.Pos, "write it to another folder", "the output %q is inside the template folder %q at %s", item.Output.Value, folder.Value, folder.Pos)
			return
		}
	}
}

// isInside reports whether the item's output needs a folder with the path of the other's file.
func isInside(item, other Item) bool {
	mine, others := folded(item.Output.Value), folded(other.Output.Value)
	return !other.IsFolder() && (strings.HasPrefix(mine, others+"/") || item.IsFolder() && mine == others)
}

func folded(at string) string { return strings.ToLower(path.Clean(at)) }

// Reads returns the entry of resources that includes a file, a path relative to the folder of File, and false if none
// does. It does not look at the disk: the file may be one that a run is going to write.
func (p *Project) Reads(file string) (Text, bool) {
	i := slices.IndexFunc(p.Resources, func(resource Text) bool { return isRead(path.Clean(file), path.Clean(resource.Value)) })
	if i < 0 {
		return Text{}, false
	}
	return p.Resources[i], true
}

// isRead reports whether an entry of resources (a file, a folder or a glob) includes a file.
func isRead(file, resource string) bool {
	if file == resource {
		return true
	}
	if !strings.ContainsAny(resource, "*?[{") {
		return path.Dir(file) == resource && IsDefinition(path.Base(file))
	}
	if ok, err := doublestar.Match(resource, file); err != nil || !ok {
		return false
	}
	base, wild := doublestar.SplitPattern(resource)
	below := strings.TrimPrefix(file, base+"/")
	return slices.ContainsFunc(strings.Split(wild, "/"), IsPrivate) || !slices.ContainsFunc(strings.Split(below, "/"), IsPrivate)
}

// IsDefinition reports whether a folder of definitions includes files of that name.
func IsDefinition(name string) bool {
	return slices.Contains([]string{".yaml", ".yml", ".json"}, path.Ext(name)) && !IsPrivate(name)
}

// IsPrivate reports whether folders and wildcards skip a name: such a file is only for others to refer to.
func IsPrivate(name string) bool {
	return name == FileName || strings.HasPrefix(name, "_") || strings.HasPrefix(name, ".")
}
