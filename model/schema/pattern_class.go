package schema

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// atom is a character, or a class of several.
type atom struct {
	text   string
	isSet  bool // a set, such as \d
	isDash bool // an unescaped hyphen
}

// class copies the content of brackets. A hyphen between two atoms of which one is a set is a literal hyphen, not a
// range (ECMA-262, annex B.1.2.8.1): all hyphens of such a class are escaped.
func (p *patternScan) class() error {
	p.write(p.take(1))
	if strings.HasPrefix(p.rest, "^") {
		p.write(p.take(1))
	}
	atoms, err := p.atoms()
	if err != nil {
		return err
	}
	var parts [][]atom // one atom, or both ends of a range
	dash := "-"
	for len(atoms) > 0 {
		if len(atoms) < 3 || !atoms[1].isDash {
			parts = append(parts, atoms[:1])
			atoms = atoms[1:]
			continue
		}
		if from, to := atoms[0], atoms[2]; from.isSet || to.isSet {
			parts = append(parts, atoms[:1], atoms[1:2], atoms[2:3])
			dash = `\-`
		} else {
			parts = append(parts, []atom{from, to})
		}
		atoms = atoms[3:]
	}
	for _, ends := range parts {
		for i, a := range ends {
			if i > 0 {
				p.write("-")
			}
			if a.isDash {
				a.text = dash
			}
			p.write(a.text)
		}
	}
	p.write(p.take(1))
	return nil
}

// atoms reads the atoms of a class up to its closing bracket.
func (p *patternScan) atoms() ([]atom, error) {
	var list []atom
	for p.rest != "" && p.rest[0] != ']' {
		if p.rest[0] != '\\' {
			_, size := utf8.DecodeRuneInString(p.rest)
			text := p.take(size)
			list = append(list, atom{text: text, isDash: text == "-"})
			continue
		}
		a, err := p.escape(true)
		if err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	if p.rest != "" {
		return list, nil
	}
	return nil, errors.New("unterminated [] set")
}
