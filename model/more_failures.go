package model

import "slices"

// moreFailures are those that definitions do not mention: of anything between a client and the server, and of server
// rules that are not about one resource. can reports which operations may have them on request.
var moreFailures = []failure{
	{402, "PaymentRequired", "Payment Required", "The request requires a payment.",
		"The account has no credit left.", "", anyOperation},
	{406, "NotAcceptable", "Not Acceptable", "No available representation matches the Accept header.",
		"Only application/json is available.", "", func(o *Operation) bool { return o.Response != nil || o.Method == "head" }},
	{408, "RequestTimeout", "Request Timeout", "The complete request did not arrive in time.",
		"The request took longer than 30 seconds.", "", anyOperation},
	{409, "Conflict", "Conflict", "The request conflicts with the current state of the resource.",
		"The resource is still in use.", "", func(o *Operation) bool { return o.Method != "get" && o.Method != "head" }},
	{413, "ContentTooLarge", "Content Too Large", "The request body is larger than the server accepts.",
		"The request body is larger than 1 MiB.", "", func(o *Operation) bool { return o.Request != nil }},
	{429, "TooManyRequests", "Too Many Requests", "The client has sent too many requests in a short time.",
		"Wait before sending the next request.", "Retry-After", anyOperation},
	{500, "InternalServerError", "Internal Server Error", "The server failed unexpectedly.",
		"Something went wrong on the server.", "", anyOperation},
	{502, "BadGateway", "Bad Gateway", "A gateway received an invalid response from the server behind it.",
		"The server behind the gateway is not answering properly.", "", anyOperation},
	{503, "ServiceUnavailable", "Service Unavailable", "The server cannot handle the request at the moment.",
		"The server is down for maintenance.", "Retry-After", anyOperation},
	{504, "GatewayTimeout", "Gateway Timeout", "A gateway did not receive a response from the server behind it in time.",
		"The server behind the gateway did not answer in time.", "", anyOperation},
}

func anyOperation(*Operation) bool { return true }

// offer fills in the failures that operations have where somebody asks for them. They come last, so that they take no
// name from anything else.
func (a *answerer) offer() {
	header := responseHeaders["Retry-After"]
	header.Name = "Retry-After"
	withoutBodies := map[*Response]*Response{}
	for _, f := range moreFailures {
		made := a.problems[f.name]
		if made == nil {
			made = a.newProblem(f)
		}
		if f.header != "" {
			made.Headers = []*Header{&header}
		}
		a.api.MoreFailures = append(a.api.MoreFailures, made)
		withoutBodies[made] = withoutBody(made)
	}
	for _, r := range a.api.Resources {
		for _, l := range r.Levels {
			for _, o := range l.Operations {
				a.offerTo(o, withoutBodies)
			}
		}
	}
	a.api.MoreFailures = slices.DeleteFunc(a.api.MoreFailures, func(r *Response) bool { return !a.isShared(r) })
}

// isShared reports whether an operation refers to the failure: not one below a path where nothing is shared, nor HEAD.
func (a *answerer) isShared(failure *Response) bool {
	for _, r := range a.api.Resources {
		for _, l := range r.Levels {
			isUser := func(o *Operation) bool { return slices.Contains(o.MoreFailures, failure) }
			if !l.isEncoded() && slices.ContainsFunc(l.Operations, isUser) {
				return true
			}
		}
	}
	return false
}

// offerTo fills in the failures that an operation can have; withoutBodies are what HEAD has of each.
func (a *answerer) offerTo(o *Operation, withoutBodies map[*Response]*Response) {
	for i, f := range moreFailures {
		made := a.api.MoreFailures[i]
		if !f.can(o) || o.answers(made.Status) {
			continue
		}
		if o.Method == "head" {
			made = withoutBodies[made]
		}
		o.MoreFailures = append(o.MoreFailures, made)
	}
}

// answers reports whether one of the operation's responses has the status.
func (o *Operation) answers(status string) bool {
	for _, r := range o.Responses {
		if r.Status == status {
			return true
		}
	}
	return false
}
