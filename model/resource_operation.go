package model

// Operation returns the first operation with that HTTP method (lower case) at the levels of that name (resource, instance or
// instance_attrs), or nil.
func (r *Resource) Operation(level, method string) *Operation {
	for _, l := range r.Levels {
		if l.Name != level {
			continue
		}
		if o := l.Operation(method); o != nil {
			return o
		}
	}
	return nil
}

// Subscription returns the first subscription to a channel of that protocol, by the name of its binding, at the levels of
// that name, or nil.
func (r *Resource) Subscription(level, protocol string) *EventOperation {
	return r.event(level, protocol, func(c *Channel) *EventOperation { return c.Subscribe })
}

// Publication returns the first publication as Subscription does for subscriptions, or nil.
func (r *Resource) Publication(level, protocol string) *EventOperation {
	return r.event(level, protocol, func(c *Channel) *EventOperation { return c.Publish })
}

func (r *Resource) event(level, protocol string, of func(*Channel) *EventOperation) *EventOperation {
	for _, l := range r.Levels {
		for _, c := range l.Channels {
			if o := of(c); o != nil && l.Name == level && c.Protocol == protocol {
				return o
			}
		}
	}
	return nil
}
