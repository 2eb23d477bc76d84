package name

import (
	"regexp"
	"strings"
	"testing"
)

func TestForms(t *testing.T) {
	tests := []struct{ kind, singular, plural string }{
		{"book", "book", "books"}, {"books", "book", "books"}, {"status", "status", "statuses"}, {"statuses", "status", "statuses"},
		{"series", "series", "series"}, {"news", "news", "news"}, {"sheep", "sheep", "sheep"}, {"data", "data", "data"},
		{"metadata", "metadata", "metadata"}, {"media", "media", "media"}, {"person", "person", "people"}, {"people", "person", "people"},
		{"address", "address", "addresses"}, {"addresses", "address", "addresses"}, {"analysis", "analysis", "analyses"},
		{"analyses", "analysis", "analyses"}, {"mouse", "mouse", "mice"}, {"mice", "mouse", "mice"}, {"bus", "bus", "buses"},
		{"box", "box", "boxes"}, {"category", "category", "categories"}, {"categories", "category", "categories"},
		{"child", "child", "children"}, {"leaf", "leaf", "leaves"}, {"leaves", "leaf", "leaves"}, {"hero", "hero", "heroes"},
		{"photo", "photo", "photos"}, {"quiz", "quiz", "quizzes"}, {"index", "index", "indexes"}, {"indexes", "index", "indexes"},
		{"indices", "index", "indices"}, {"matrix", "matrix", "matrices"}, {"alias", "alias", "aliases"}, {"process", "process", "processes"},
		{"class", "class", "classes"}, {"business", "business", "businesses"}, {"access", "access", "accesses"}, {"cookies", "cookie", "cookies"},
		{"movies", "movie", "movies"}, {"api", "api", "apis"}, {"ids", "id", "ids"}, {"iris", "iris", "irises"}, {"campus", "campus", "campuses"},
		{"virus", "virus", "viruses"}, {"criteria", "criterion", "criteria"}, {"schemas", "schema", "schemas"}, {"keys", "key", "keys"},
		{"lens", "lens", "lenses"}, {"canvas", "canvas", "canvases"}, {"gas", "gas", "gases"}, {"atlas", "atlas", "atlases"},
		{"sms", "sms", "sms"}, {"dns", "dns", "dns"}, {"https", "https", "https"}, {"kubernetes", "kubernetes", "kubernetes"},
		{"postal_codes", "postal_code", "postal_codes"}, {"blogPosts", "blogPost", "blogPosts"}, {"blog-post", "blog-post", "blog-posts"},
		{"videos", "video", "videos"}, {"apikeys", "apikey", "apikeys"}, {"v2_item", "v2_item", "v2_items"}, {"database", "database", "databases"},
		{"databases", "database", "databases"}, {"taxes", "tax", "taxes"}, {"houses", "house", "houses"}, {"menus", "menu", "menus"},
		{"Books", "Book", "Books"}, {"straßen", "straßen", "straßen"}, {"loan", "loan", "loans"}, {"wolves", "wolf", "wolves"},
		{"valves", "valve", "valves"}, {"persons", "person", "persons"}, {"HTTPRoute", "HTTPRoute", "HTTPRoutes"}, {"People", "Person", "People"}, {"cpus", "cpu", "cpus"}, {"idea", "idea", "ideas"}, {"camera", "camera", "cameras"}, {"bases", "base", "bases"}, {"censuses", "census", "censuses"}, {"class", "class", "classes"},
		{"slice", "slice", "slices"}, {"slices", "slice", "slices"}, {"specimens", "specimen", "specimens"}, {"circuses", "circus", "circuses"},
		{"papyrus", "papyrus", "papyruses"}, {"wikis", "wiki", "wikis"},
		{"basis", "basis", "bases"}, {"synopsis", "synopsis", "synopses"},
		{"delta", "delta", "deltas"}, {"cms", "cms", "cms"},
		{"grandchildren", "grandchild", "grandchildren"}, {"women", "woman", "women"}, {"oxen", "ox", "oxen"}, {"woodlice", "woodlouse", "woodlice"},
		{"userData", "userData", "userData"}, {"v2Data", "v2Data", "v2Data"}, {"oauth2", "oauth2", "oauth2s"}, {"a+", "a+", "a+"},
		{"unit_of_measure", "unit_of_measure", "units_of_measure"}, {"pointsOfSale", "pointOfSale", "pointsOfSale"}, {"proof-of-delivery", "proof-of-delivery", "proofs-of-delivery"},
		{"profile", "profile", "profiles"}, {"of_day", "of_day", "of_days"}, {"advice", "advice", "advice"}, {"clothing", "clothing", "clothing"},
	}
	for _, test := range tests {
		if singular, plural := Forms(test.kind, "", ""); singular != test.singular || plural != test.plural {
			t.Errorf("%s gives %s and %s, want %s and %s", test.kind, singular, plural, test.singular, test.plural)
		}
	}
}

// A plural of two singulars would become one or the other by chance.
func TestEachPluralIsListedOnce(t *testing.T) {
	of := map[string]string{}
	for one, many := range irregular {
		if other := of[many]; other != "" {
			t.Errorf("%s is the plural of %s and of %s", many, one, other)
		}
		of[many] = one
	}
}

func TestFormsThatAreGiven(t *testing.T) {
	tests := []struct{ kind, singular, plural, wantSingular, wantPlural string }{
		{"addressbook", "", "addressbook", "addressbook", "addressbook"},
		{"oxes", "ox", "", "ox", "oxes"},
		{"os", "os", "", "os", "os"},
		{"bureau", "bureau", "bureaux", "bureau", "bureaux"},
		{"kine", "cow", "", "cow", "kine"},
		{"leaves", "leaves", "", "leaves", "leaves"},
		{"data", "data", "", "data", "data"},
		{"person", "person", "", "person", "people"},
		{"idea", "idea", "", "idea", "ideas"},
		{"straße", "straße", "", "straße", "straße"},
	}
	for _, test := range tests {
		if singular, plural := Forms(test.kind, test.singular, test.plural); singular != test.wantSingular || plural != test.wantPlural {
			t.Errorf("%s gives %s and %s, want %s and %s", test.kind, singular, plural, test.wantSingular, test.wantPlural)
		}
	}
}

func TestNames(t *testing.T) {
	tests := []struct {
		of         func(string) string
		what       string
		text, want string
	}{
		{Type, "type", "postal_code", "PostalCode"}, {Type, "type", "v2_item", "V2Item"}, {Type, "type", "blogPost", "BlogPost"},
		{Type, "type", "blog-post", "BlogPost"}, {Type, "type", "straßen", "Strassen"}, {Type, "type", "道路", "DaoLu"},
		{Pascal, "pascal", "foo.bar baz", "FooBarBaz"}, {Pascal, "pascal", "-", "U2d"}, {Pascal, "pascal", "", "Empty"},
		{Pascal, "pascal", "🚀", "U1f680"}, {Pascal, "pascal", "cafe\u0301", "Cafe"}, {Pascal, "pascal", "a\u200bb", "Au200bb"},
		{Key, "key", "header key", "header_key"}, {Key, "key", "basic-auth", "basic-auth"}, {Key, "key", "", "empty"}, {Key, "key", "/", "u2f"},
		{Parameter, "parameter", "item-id", "item_id"}, {Parameter, "parameter", "schlüssel", "schlussel"}, {Parameter, "parameter", "from", "from"},
		{Parameter, "parameter", "2fa", "_2fa"}, {Parameter, "parameter", "__proto__", "__proto___"}, {Key, "key", "hasOwnProperty", "hasOwnProperty_"}, {Key, "key", "constructor", "constructor_"}, {Parameter, "parameter", "page[size]", "page_size"},
		{Segment, "segment", "a b/{c}~d", "a%20b%2F%7Bc%7D~d"}, {Segment, "segment", "straßen", "stra%C3%9Fen"}, {Segment, "segment", "-._~", "-._~"},
		{Key, "key", "AZaz09", "AZaz09"}, {Key, "key", "/a/", "a"}, {Key, "key", "x\u0301", "x"}, {Key, "key", "a–b", "a_b"}, {Key, "key", "a\u00a0b", "a_b"},
		{Key, "key", "prototype", "prototype_"}, {Parameter, "parameter", "0", "_0"}, {Parameter, "parameter", "9", "_9"},
	}
	for _, test := range tests {
		if got := test.of(test.text); got != test.want {
			t.Errorf("the %s of %q is %q, want %q", test.what, test.text, got, test.want)
		}
	}
}

func TestSet(t *testing.T) {
	var s Set
	for _, step := range [][2]string{{"a", "a"}, {"a2", "a2"}, {"a", "a3"}, {"a", "a4"}, {"a2", "a22"}, {"b", "b"}} {
		if got := s.Unique(step[0]); got != step[1] {
			t.Errorf("%s becomes %s, want %s", step[0], got, step[1])
		}
	}
	if !s.Has("a3") || s.Has("a5") {
		t.Error("Has does not tell what is taken")
	}
}

func TestNearest(t *testing.T) {
	known := []string{"schema", "scheme", "kind", "metadata", "methods"}
	for word, want := range map[string]string{"schmea": "schema", "Kind": "kind", "method": "methods", "mehtods": "methods", "xyz": "", "": ""} {
		if got, _ := Nearest(word, known); got != want {
			t.Errorf("%q is nearest to %q, want %q", word, got, want)
		}
	}
	long := strings.Repeat("a", 100)
	if got, _ := Nearest(long[1:]+"b", []string{long}); got != long {
		t.Error("a slip in a word of 100 letters is not found")
	}
	for _, pair := range [][2]string{{long, long + "a"}, {long + "a", long}} {
		if got, _ := Nearest(pair[0], pair[1:]); got != "" {
			t.Errorf("%d letters are nearest to %d, though nobody mistypes so long a word", len(pair[0]), len(pair[1]))
		}
	}
	for _, test := range []struct {
		from, to string
		want     int
	}{{"ab", "ba", 1}, {"abcd", "acbd", 1}, {"ab", "bc", 2}, {"ab", "ca", 2}, {"", "ab", 2}, {"schéma", "schema", 1}} {
		if got := Distance(test.from, test.to); got != test.want {
			t.Errorf("from %q to %q are %d changes, want %d", test.from, test.to, got, test.want)
		}
	}
}

func TestSuggest(t *testing.T) {
	known := []string{"kind", "schema", "x"}
	tests := []struct{ word, format, want string }{
		{"knid", "%q", `did you mean "kind"?`},
		{"Schem", "--%s", "did you mean --schema?"},
		{"other", "%s", "ask"},
		{"k", "%s", "ask"}, // one change makes x of it
		{"X", ".%s", "did you mean .x?"},
	}
	for _, test := range tests {
		if got := Suggest(test.word, known, test.format, "ask"); got != test.want {
			t.Errorf("%s: got %s, want %s", test.word, got, test.want)
		}
	}
}

func FuzzNames(f *testing.F) {
	for _, seed := range []string{"", "a b", "straßen", "\xff", "--flag", "2fa", "\u202Eevil", "a{b}"} {
		f.Add(seed)
	}
	isKey := regexp.MustCompile(`^[A-Za-z0-9_-]+$`)
	isIdentifier := regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
	isPascal := regexp.MustCompile(`^[A-Za-z0-9]+$`)
	f.Fuzz(func(t *testing.T, text string) {
		if k := Key(text); !isKey.MatchString(k) {
			t.Errorf("the key of %q is %q", text, k)
		}
		if p := Parameter(text); !isIdentifier.MatchString(p) {
			t.Errorf("the parameter of %q is %q", text, p)
		}
		if p := Pascal(text); !isPascal.MatchString(p) {
			t.Errorf("the type of %q is %q", text, p)
		}
		if s := Segment(text); strings.ContainsAny(s, "/{}?# ") {
			t.Errorf("the segment of %q is %q", text, s)
		}
		if one, many := Forms(text, "", ""); text != "" && (one == "" || many == "") {
			t.Errorf("%q gives %q and %q", text, one, many)
		}
	})
}
