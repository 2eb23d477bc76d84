package model

// The texts of operations in REST: what each does in an order to the server, what it takes and what it answers.

// summaryOf returns a few words that say what an operation does.
func summaryOf(o *Operation) string {
	r, l := o.Resource, o.Level
	verb := map[string]string{"get": "Get ", "head": "Check ", "create": "Create ", "replace": "Replace ", "update": "Update ", "delete": "Delete ", "list": "List "}[o.Verb]
	switch {
	case l.IsAttribute():
		return verb + "the " + attribute(l) + " of " + indefinite(one(r))
	case o.Verb == "head" && l.IsCollection():
		return "Check the list of " + many(r)
	case l.IsCollection() && o.Verb != "create":
		return verb + many(r)
	}
	return verb + indefinite(one(r))
}

// purposeOf returns the description of an operation as given, else a sentence that follows from its method.
func purposeOf(o *Operation) string {
	r, l := o.Resource, o.Level
	switch {
	case o.Description != "":
		return o.Description
	case l.IsAttribute():
		return attributePurpose(o)
	case l.IsCollection():
		return collectionPurpose(o)
	}
	switch o.Verb {
	case "replace":
		return "Replaces the " + one(r) + " as a whole."
	case "update":
		return "Changes what the request holds and leaves the rest of the " + one(r) + " as it is; null removes a property (RFC 7396)."
	case "delete":
		return "Deletes the " + one(r) + "."
	case "head":
		return "Tells by the status alone whether there is such " + indefinite(one(r)) + "."
	}
	return "Returns the " + one(r) + " with this key."
}

func collectionPurpose(o *Operation) string {
	r := o.Resource
	selected := len(o.Parameters) > len(o.Level.Parameters)
	switch {
	case o.Verb == "create":
		return "Creates " + indefinite(one(r)) + " and returns it as it is from then on."
	case o.Verb == "update":
		return "Changes each " + one(r) + " that the request names by its key."
	case o.Verb == "head":
		return "Answers as the list of " + many(r) + " does, without the content."
	case o.Verb == "delete" && selected:
		return "Deletes the " + many(r) + " that the parameters select."
	case o.Verb == "delete":
		return "Deletes all " + many(r) + "."
	case o.Pagination != nil:
		return "Returns one page of the " + many(r) + "."
	case selected:
		return "Returns the " + many(r) + " that the parameters select."
	}
	return "Returns all " + many(r) + "."
}

func attributePurpose(o *Operation) string {
	whole := "the " + attribute(o.Level) + " of the " + one(o.Resource)
	switch o.Verb {
	case "replace":
		return "Replaces " + whole + "."
	case "delete":
		return "Removes " + whole + "."
	case "head":
		return "Tells by the status alone whether there is " + whole + "."
	}
	return "Returns " + whole + "."
}

// requestText says what a client sends.
func requestText(o *Operation) string {
	r, l := o.Resource, o.Level
	switch {
	case l.IsAttribute():
		return "The " + attribute(l) + " that takes the place of the present one."
	case o.Verb == "create":
		return "The " + one(r) + " to create."
	case l.IsCollection():
		return "What to change of each " + one(r) + "."
	case o.Verb == "update":
		return "What to change of the " + one(r) + "."
	}
	return "The whole " + one(r) + " that takes the place of the present one."
}

// responseText says what a client gets when the operation succeeds.
func responseText(o *Operation) string {
	r, l := o.Resource, o.Level
	switch {
	case o.Verb == "delete" && l.IsCollection():
		return "The " + many(r) + " are deleted."
	case o.Verb == "delete" && l.IsAttribute():
		return "The " + attribute(l) + " of the " + one(r) + " is removed."
	case o.Verb == "delete":
		return "The " + one(r) + " is deleted."
	case o.Verb == "create":
		return "The new " + one(r) + "."
	case o.Response == nil && o.Verb == "replace":
		return "The " + attribute(l) + " of the " + one(r) + " is replaced."
	case l.IsAttribute():
		return "The " + attribute(l) + " of the " + one(r) + "."
	case !l.IsCollection():
		return "The " + one(r) + "."
	case o.Pagination != nil:
		return "One page of the " + many(r) + "."
	}
	return "The " + many(r) + "."
}
