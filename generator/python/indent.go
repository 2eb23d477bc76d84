package python

// maxIndents is how many blocks may be open (MAXINDENT of CPython's tokenizer, including the file's own).
const maxIndents = 100

// indent is the indentation of a block, computed with tab stops every eight columns and with tabs of one column. If the
// two disagree on which of two lines is deeper, tabs and spaces are mixed (Python reference, section 2.1.8).
type indent struct{ col, tabs int }

// indentation scans the spaces at the start of a logical line, and opens or closes blocks. Lines without tokens have no
// indentation.
func (s *scanner) indentation() {
	var found indent
	first := 0 // the column of the first line, if a backslash continues it
	i := s.at
scan:
	for ; i < len(s.text); i++ {
		switch s.text[i] {
		case ' ':
			found.col++
			found.tabs++
		case '\t':
			found.col = (found.col/8 + 1) * 8
			found.tabs++
		case '\f':
			found = indent{}
		case '\\':
			if first == 0 {
				first = found.col
			}
			i = s.continued(i) - 1
			if s.fault != nil {
				return
			}
		default:
			break scan
		}
	}
	s.at, s.startsLine = i, false
	if i == len(s.text) || s.text[i] == '#' || breakSize(s.text[i:]) > 0 {
		return
	}
	if first > 0 {
		found = indent{first, first} // as CPython computes it
	}
	s.block(found)
}

// block opens a block for a deeper line, or closes the deeper blocks.
func (s *scanner) block(found indent) {
	top := s.indents[len(s.indents)-1]
	isDeeper := found.col > top.col
	switch {
	case isDeeper && found.tabs <= top.tabs, found.col == top.col && found.tabs != top.tabs:
		s.fail(s.at, "tabs and spaces are mixed in the indentation")
	case isDeeper && !s.opensBlock:
		s.fail(s.at, "unexpected indentation: the line before opens no block")
	case !isDeeper && s.opensBlock:
		s.fail(s.at, "expected an indented block after the colon of the line before")
	case isDeeper && len(s.indents) == maxIndents:
		s.fail(s.at, "blocks are nested too deep")
	case isDeeper:
		s.indents = append(s.indents, found)
		s.emit(Indent, s.at)
		s.hasTokens = false
		return
	}
	for s.fault == nil && found.col < s.indents[len(s.indents)-1].col {
		s.indents = s.indents[:len(s.indents)-1]
		switch top := s.indents[len(s.indents)-1]; {
		case found.col > top.col:
			s.fail(s.at, "the indentation matches no enclosing block")
		case found.col == top.col && found.tabs != top.tabs:
			s.fail(s.at, "tabs and spaces are mixed in the indentation")
		default:
			s.emit(Dedent, s.at)
			s.hasTokens = false
		}
	}
}
