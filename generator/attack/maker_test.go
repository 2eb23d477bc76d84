package attack_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A grammar has the alternatives of each of its symbols. «name» in one stands for another symbol, «name*» for one to three
// of them or a loop, «name,» for the same with commas between. The first alternative is one that any
// template may have; it is the most frequent one, and ends what has got too deep.
//
// Symbols without a rule are the same in all languages:
//
//	A      an action that writes a text of the model, mostly as it is
//	E, L, M the text, a list or a map, for inside an action; C a condition that no text decides
//	P      a partial, for include
//	key    a word that stands nowhere else in the template
//	word   a word or number that an author may write
//	corpus lines of the packs that firestone comes with, and of its examples
type grammar map[string][]string

// dialect is what the maker has to know of a language.
type dialect struct {
	language string   // as package escape calls it
	suffix   string   // of its files
	grammar  grammar  // from file on
	branched []string // the symbols that may stand in branches and loops
}

// maker makes one template.
type maker struct {
	*rand.Rand
	dialect
	corpus   []string
	partials map[string]string // by file
	scopes   []scope
	numbers  []string // variables that hold the number of a turn
	count    int      // of what has to have a name of its own
	depth    int
}

// make returns the template of a seed.
func makeTemplate(seed uint64, of dialect, corpus []string) template {
	m := &maker{Rand: rand.New(rand.NewPCG(seed, 14)), dialect: of, corpus: corpus, partials: map[string]string{}, scopes: []scope{ofRoot}}
	text := m.settled(m.symbol("file"))
	for range m.IntN(4) - 1 {
		text = m.mutated(text)
	}
	made := template{language: of.language, suffix: of.suffix, text: text, partials: m.partials}
	if !m.one(5) {
		made.features = "documents, anchors, tags"
	}
	return made
}

func (m *maker) one(n int) bool { return m.IntN(n) == 0 }

func (m *maker) of(list []string) string { return list[m.IntN(len(list))] }

func (m *maker) scope() scope { return m.scopes[len(m.scopes)-1] }

// in makes something with another dot.
func (m *maker) in(s scope, do func() string) string {
	m.scopes = append(m.scopes, s)
	made := do()
	m.scopes = m.scopes[:len(m.scopes)-1]
	return made
}

// deepest is how far symbols of a grammar may nest.
const deepest = 9

// symbol returns what a symbol stands for.
func (m *maker) symbol(name string) string {
	m.depth++
	defer func() { m.depth-- }()
	switch name {
	case "A":
		return m.action()
	case "E":
		return m.expression()
	case "L":
		return m.list()
	case "M":
		return m.dict()
	case "C":
		return m.condition()
	case "P":
		return m.partial()
	case "key":
		m.count++
		return "k" + strconv.Itoa(m.count)
	case "word":
		return m.of([]string{"a", "b", "word", "two words", "7", "x.y", "it's", "a-b", "no", "1.5", "on/off", "größe"})
	case "corpus":
		return m.taken()
	}
	alternatives := m.grammar[name]
	if alternatives == nil {
		panic("no rule for «" + name + "» in " + m.language)
	}
	if m.depth > deepest || m.one(3) {
		return m.expand(alternatives[0])
	}
	if m.depth > 1 && slices.Contains(m.branched, name) && m.one(9) {
		return m.branch(name)
	}
	return m.expand(m.of(alternatives))
}

// expand replaces the symbols of an alternative. What stands behind nothing but spaces on its line is indented like them.
func (m *maker) expand(alternative string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(alternative, "«")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		var name string
		name, alternative, _ = strings.Cut(rest, "»")
		made := m.several(name)
		line := b.String()[strings.LastIndexByte(b.String(), '\n')+1:]
		if line != "" && strings.TrimLeft(line, " ") == "" {
			made = indented(line, made)
		}
		if strings.HasSuffix(line, "{") && strings.HasPrefix(made, "{{") {
			b.WriteByte(' ') // {{{ begins no action
		}
		b.WriteString(made)
	}
}

var lineStart = regexp.MustCompile(`\n([^\n])`)

func indented(pad, text string) string { return lineStart.ReplaceAllString(text, "\n"+pad+"$1") }

// several returns what a symbol stands for, as often as its last character says.
func (m *maker) several(name string) string {
	single, separator := strings.TrimRight(name, "*,"), ""
	if single == name {
		return m.symbol(name)
	}
	if strings.HasSuffix(name, ",") {
		separator = ", "
	}
	if m.one(4) && m.depth < deepest {
		return m.loop(separator, func() string { return m.symbol(single) })
	}
	var made []string
	for range 1 + m.IntN(3) {
		made = append(made, m.symbol(single))
	}
	return strings.Join(made, separator)
}

// branch returns what a symbol stands for, inside a branch.
func (m *maker) branch(name string) string {
	inside := func() string { return m.symbol(name) }
	switch m.IntN(6) {
	case 0, 1:
		return m.control("if "+m.condition(), inside(), "else", inside())
	case 2:
		return m.control("if "+m.condition(), inside())
	case 3:
		with, s := "(index $.API.Resources 1)", ofResource
		if m.one(3) {
			with, s = m.text(), ofText
		}
		return m.control("with "+with, m.in(s, inside))
	}
	return m.loop("", inside)
}

// loop returns a loop over what it makes, mostly with the separator that a list needs.
func (m *maker) loop(separator string, inside func() string) string {
	m.count++
	number := "$i" + strconv.Itoa(m.count)
	over, s, variable := m.over()
	end := ""
	head := "range " + over
	if separator != "" {
		head = fmt.Sprintf("range %s, $x%d := %s", number, m.count, over)
		switch m.IntN(8) {
		case 0, 1, 2:
			m.numbers = append(m.numbers, number)
			made := m.in(s, inside)
			m.numbers = m.numbers[:len(m.numbers)-1]
			return "{{ " + head + " }}{{ if " + number + " }}" + separator + "{{ end }}" + made + "{{ end }}"
		case 3, 4:
			end = "{{ if not (isLast " + number + " " + over + ") }}" + separator + "{{ end }}"
		case 5:
			end = separator
		case 6:
			first := "$first" + strconv.Itoa(m.count)
			return "{{ " + first + " := true }}{{ range " + over + " }}{{ if not " + first + " }}" + separator + "{{ end }}{{ " + first + " = false }}" + m.in(s, inside) + "{{ end }}"
		}
		return "{{ " + head + " }}" + m.in(s, inside) + end + "{{ end }}"
	}
	if variable && m.one(3) {
		head = fmt.Sprintf("range $i%d, $x%d := %s", m.count, m.count, over)
	}
	made := m.in(s, inside)
	if m.one(12) {
		made += "{{ if " + m.condition() + " }}{{ " + m.of([]string{"break", "continue"}) + " }}{{ end }}"
	}
	if m.one(8) {
		return m.control(head, made, "else", inside())
	}
	return m.control(head, made)
}

// over returns what a loop goes over, what the dot is inside, and whether that may have a number.
func (m *maker) over() (string, scope, bool) {
	switch {
	case m.one(4):
		return "(list " + m.text() + " " + m.text() + " " + m.text() + ")", ofText, true
	case m.scope() == ofResource && m.one(2):
		return ".Properties", ofProperty, true
	case m.one(3):
		return "(index $.API.Resources 1).Properties", ofProperty, true
	}
	return "$.API.Resources", ofResource, true
}

// control returns a branch or loop. Around whole lines it stands on lines of its own.
func (m *maker) control(head, inside string, more ...string) string {
	if strings.HasSuffix(inside, "\n") && !m.one(4) {
		made := "{{- " + head + " }}\n" + inside
		if len(more) > 0 {
			made += "{{- " + more[0] + " }}\n" + more[1]
		}
		return strings.TrimSuffix(made, "\n") + "\n{{- end }}\n"
	}
	made := m.braces(head) + inside
	if len(more) > 0 {
		made += m.braces(more[0]) + more[1]
	}
	return made + m.braces("end")
}

// braces returns an action with trims now and then.
func (m *maker) braces(pipeline string) string {
	left, right := "{{ ", " }}"
	if m.one(12) {
		left = "{{- "
	}
	if m.one(16) {
		right = " -}}"
	}
	return left + pipeline + right
}

var column = regexp.MustCompile(`nindent @`)

// settled puts the column of its line into each nindent, mostly.
func (m *maker) settled(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = column.ReplaceAllStringFunc(line, func(string) string {
			trimmed := strings.TrimLeft(line, " ")
			n := len(line) - len(trimmed)
			switch {
			case m.one(8):
				n = m.IntN(8)
			case strings.HasPrefix(trimmed, "{{"):
			case strings.HasPrefix(trimmed, "- "):
				n += 4
			default:
				n += 2
			}
			return "nindent " + strconv.Itoa(n)
		})
	}
	return strings.Join(lines, "\n")
}
