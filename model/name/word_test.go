package name

import (
	"regexp"
	"testing"
)

func TestOfTitle(t *testing.T) {
	for title, want := range map[string]string{
		"Library API":                       "library",
		"The Library API v2":                "library",
		"library-api":                       "library",
		"Library API, version 2.1":          "library",
		"Library 3.0":                       "library",
		"Pet Store REST API":                "petstore",
		"Rest Area Web API":                 "restarea",
		"API for the Library":               "library",
		"APIs":                              "",
		"The REST API v2.0":                 "",
		"":                                  "",
		"📚":                                 "",
		"📚 Books":                           "books",
		"Route 66 API":                      "route66",
		"3D Models API":                     "api3dmodels",
		"Import API":                        "importapi",
		"Straßen & Brücken":                 "strassenbrucken",
		"Библиотека API":                    "biblioteka",
		"图书馆 API":                           "tushuguan",
		"Reader's Digest":                   "readersdigest",
		"LibraryOfCongress API":             "libraryofcongress",
		"Office of the Commissioner of All": "officeofthecommissionerofall",
		"Catalogue of the University Library of Somewhere":      "catalogueoftheuniversity",
		"Donaudampfschifffahrtselektrizitätenhauptbetriebswerk": "donaudampfschifffahrtselektriz",
		"$1 & {x}; rm -rf /": "api1xrmrf",
	} {
		if got := OfTitle(title); got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
}

func TestWord(t *testing.T) {
	for text, want := range map[string]string{
		"member_loans": "memberloans", "library-api": "libraryapi", "API": "api", "7": "api7", "class": "classapi", "--": "", "Ünï": "uni",
	} {
		if got := Word(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// Whatever a title holds, its word can be the name of a package, of a command and of variables of the environment.
func FuzzOfTitle(f *testing.F) {
	for _, seed := range []string{"Library API v2", "3D", "", "import", "图书馆", "\xff", "ⅷ ½ ²"} {
		f.Add(seed)
	}
	valid := regexp.MustCompile(`^([a-z][a-z0-9]{0,32})?$`)
	f.Fuzz(func(t *testing.T, title string) {
		for _, word := range []string{OfTitle(title), Word(title)} {
			if !valid.MatchString(word) {
				t.Errorf("%q gives %q", title, word)
			}
		}
	})
}
