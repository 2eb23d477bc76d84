package mock

import (
	"net/url"

	"github.com/firestoned/firestone/mock/state"
	"github.com/firestoned/firestone/model"
)

// publisher executes the messages of one connection.
type publisher struct {
	subscriber *subscriber
	operation  *model.EventOperation
	refusal    *problem // of the connection's credentials
}

// publish executes a message as the operation that it stands for. The sender is notified of the change like all
// subscribers; only refusals go to the sender alone.
func (p *publisher) publish(text []byte) {
	failure := p.perform(text)
	p.record(text, failure)
	if failure != nil {
		p.refuse(failure)
	}
}

func (p *publisher) perform(text []byte) *problem {
	if p.refusal != nil {
		return p.refusal
	}
	message, failure := limits{maxMessage, maxValues}.parse(text)
	if failure != nil {
		return failure
	}
	s := p.subscriber.server
	c := &call{operation: p.operation.Operation, keys: p.subscriber.keys, body: message, url: &url.URL{}}
	if !p.isWrapped() { // the message is the content of the operation
		_, failure = s.perform(c)
		return failure
	}
	if faults := s.store.Validator().Check(p.operation.Messages[0].Payload.Schema, message); len(faults) > 0 {
		return refused(state.Misfit(faults, ""))
	}
	c.body = message.Get("data")
	if _, failure = s.perform(c); failure != nil {
		for i, f := range failure.faults {
			if f.pointer != nil {
				inside := "/data" + *f.pointer
				failure.faults[i].pointer = &inside
			}
		}
	}
	return failure
}

// record records a message, and what is wrong with it.
func (p *publisher) record(text []byte, failure *problem) {
	s := p.subscriber.server
	made := &record{time: s.now(), target: p.subscriber.target, content: text}
	if failure != nil {
		made.problem = s.shown(failure)
	}
	s.journal.memory.add(made)
}

func (p *publisher) isWrapped() bool { return p.operation.Channel.Resource.Envelope == cloudEvents }

// refuse notifies the sender of what is wrong with a message, in the form that the channel describes.
func (p *publisher) refuse(failure *problem) {
	s := p.subscriber.server
	if p.isWrapped() { // in the order of the changes, with its own number
		s.store.Note(&refusedPublication{p.subscriber, failure})
		return
	}
	p.subscriber.push(&message{text: s.shown(failure).AppendJSON(nil, "")})
}
