package main_test

import "strings"

// isTopic reports whether all instances of a resource share a channel: whether it is one of Kafka.
func (p pair) isTopic(channel tree) bool {
	for _, name := range channel.list("servers") {
		if strings.HasPrefix(p.events.object("servers", name.(string)).text("protocol"), "kafka") {
			return true
		}
	}
	return false
}

// topic compares a channel of all instances with the paths of their resource: it sends an instance, or nothing if it was
// deleted, and accepts the bodies of the collection, then those of an instance.
func (p pair) topic(address string, channel tree) {
	collection, instance := p.pathsOf(address, channel)
	_, read := first(collection, "get")
	if read == nil {
		_, read = first(instance, "get")
	}
	sent, refusals := p.sent(channel.object("subscribe"))
	if len(sent) > 0 {
		p.operation("subscribe "+address, channel.object("subscribe"), read)
	}
	for _, message := range sent {
		data := message["payload"]
		if message.text("contentType") == "application/cloudevents+json" {
			data = message.object("payload", "properties")["data"]
		}
		if data.(tree).text("type") == "null" {
			continue
		}
		p.event("subscribe "+address, data, p.rest.resolve(read.object("responses", "200")).object("content", "application/json", "schema"))
	}
	publish := channel.object("publish")
	if publish == nil {
		return
	}
	var writes []tree
	for _, path := range []tree{collection, instance} {
		if _, write := first(path, "post", "patch", "put"); write != nil {
			writes = append(writes, write)
		}
	}
	messages := p.messages(publish)
	if len(messages) != len(writes) || len(refusals) != len(writes) {
		p.t.Errorf("publish %s: %d messages and %d refusals for %d operations", address, len(messages), len(refusals), len(writes))
		return
	}
	for i, write := range writes {
		p.body("publish "+address, messages[i], write.object("requestBody"))
		p.refusal("refuse "+address, refusals[i], write)
	}
}

// pathsOf returns the paths of the collection and of the instance that correspond to a topic, apart from keys.
func (p pair) pathsOf(address string, channel tree) (collection, instance tree) {
	wanted := steps(address, channel.object("parameters"))
	for path, item := range p.rest.object("paths") {
		var texts []string
		isOfOne := false
		for step := range strings.SplitSeq(steps(path, nil), "\n") {
			if isOfOne = strings.HasPrefix(step, "{"); !isOfOne {
				texts = append(texts, step)
			}
		}
		switch {
		case strings.Join(texts, "\n") != wanted:
		case isOfOne:
			instance = item.(tree)
		default:
			collection = item.(tree)
		}
	}
	if collection == nil && instance == nil {
		p.t.Errorf("channel %s: no path", address)
	}
	return collection, instance
}
