package definition

import "github.com/firestoned/firestone/model/value"

// BindingPlaces are what a binding can belong to.
var BindingPlaces = []string{"server", "channel", "operation", "message"}

// BindingRule says what a protocol's binding may hold at one place.
type BindingRule struct {
	Versions []string // the newest first
	fields   map[string]fieldRule
}

// HoldsSchema reports whether the field of that name may hold a schema.
func (r BindingRule) HoldsSchema(field string) bool { return r.fields[field].isSchema }

// fieldRule says what a field of a binding may be.
type fieldRule struct {
	kinds      []value.Kind
	isSchema   bool // a schema is allowed there
	isRequired bool
	words      []string // all that a text or number may be
	fields     fieldRules
}

type fieldRules = map[string]fieldRule

// The rules of the table below.
var (
	textField    = fieldRule{kinds: []value.Kind{value.KindString}}
	integerField = fieldRule{kinds: []value.Kind{value.KindNumber}}
	truthField   = fieldRule{kinds: []value.Kind{value.KindBool}}
	listField    = fieldRule{kinds: []value.Kind{value.KindArray}}
	openField    = fieldRule{kinds: []value.Kind{value.KindObject}}
	schemaField  = fieldRule{isSchema: true}
)

func wordField(words ...string) fieldRule {
	return fieldRule{kinds: []value.Kind{value.KindString}, words: words}
}

func numberField(words ...string) fieldRule {
	return fieldRule{kinds: []value.Kind{value.KindNumber}, words: words}
}

func objectField(fields fieldRules) fieldRule {
	return fieldRule{kinds: []value.Kind{value.KindObject}, fields: fields}
}

func mandatory(f fieldRule) fieldRule {
	f.isRequired = true
	return f
}

func orSchema(f fieldRule) fieldRule {
	f.isSchema = true
	return f
}

// The parts of bindings that two places share.
var (
	amqpQueue = fieldRules{"name": textField, "durable": truthField, "exclusive": truthField, "autoDelete": truthField, "vhost": textField}
	sqsQueue  = fieldRules{
		"name": mandatory(textField), "fifoQueue": mandatory(truthField), "deduplicationScope": wordField("queue", "messageGroup"),
		"fifoThroughputLimit": wordField("perQueue", "perMessageGroupId"), "deliveryDelay": integerField, "visibilityTimeout": integerField,
		"receiveMessageWaitTime": integerField, "messageRetentionPeriod": integerField, "redrivePolicy": openField, "policy": openField, "tags": openField,
	}
	kafkaTopic = fieldRules{
		"cleanup.policy": listField, "retention.ms": integerField, "retention.bytes": integerField, "delete.retention.ms": integerField,
		"max.message.bytes": integerField, "confluent.key.schema.validation": truthField, "confluent.key.subject.name.strategy": textField,
		"confluent.value.schema.validation": truthField, "confluent.value.subject.name.strategy": textField,
	}
)

// BindingRules are the fields of the binding specifications (github.com/asyncapi/bindings) that documents of
// every version accept, by place and protocol. A protocol that is absent at a place has an empty binding there.
var BindingRules = map[string]map[string]BindingRule{
	"server": {
		"mqtt": {[]string{"0.2.0"}, fieldRules{
			"clientId": textField, "cleanSession": truthField, "keepAlive": integerField,
			"lastWill":              objectField(fieldRules{"topic": textField, "qos": numberField("0", "1", "2"), "message": textField, "retain": truthField}),
			"sessionExpiryInterval": orSchema(integerField), "maximumPacketSize": orSchema(integerField),
		}},
		"kafka": {[]string{"0.5.0", "0.4.0", "0.3.0"}, fieldRules{"schemaRegistryUrl": textField, "schemaRegistryVendor": textField}},
		"jms":   {[]string{"0.0.1"}, fieldRules{"jmsConnectionFactory": mandatory(textField), "properties": listField, "clientID": textField}},
		"ibmmq": {[]string{"0.1.0"}, fieldRules{
			"groupId": textField, "ccdtQueueManagerName": textField, "cipherSpec": textField, "multiEndpointServer": truthField, "heartBeatInterval": integerField,
		}},
		"solace": {[]string{"0.4.0"}, fieldRules{"msgVpn": textField, "clientName": textField}},
		"pulsar": {[]string{"0.1.0"}, fieldRules{"tenant": textField}},
	},
	"channel": {
		"ws": {[]string{"0.1.0"}, fieldRules{"method": wordField("GET", "POST"), "query": schemaField, "headers": schemaField}},
		"amqp": {[]string{"0.3.0"}, fieldRules{
			"is": wordField("queue", "routingKey"), "queue": objectField(amqpQueue),
			"exchange": objectField(fieldRules{
				"name": textField, "type": wordField("topic", "direct", "fanout", "default", "headers"), "durable": truthField, "autoDelete": truthField, "vhost": textField,
			}),
		}},
		"kafka":      {[]string{"0.5.0"}, fieldRules{"topic": textField, "partitions": integerField, "replicas": integerField, "topicConfiguration": objectField(kafkaTopic)}},
		"anypointmq": {[]string{"0.0.1"}, fieldRules{"destination": textField, "destinationType": wordField("exchange", "queue", "fifo-queue")}},
		"jms":        {[]string{"0.0.1"}, fieldRules{"destination": textField, "destinationType": wordField("queue", "fifo-queue")}},
		"sns":        {[]string{"0.1.0"}, fieldRules{"name": mandatory(textField), "ordering": openField, "policy": openField, "tags": openField}},
		"sqs":        {[]string{"0.2.0"}, fieldRules{"queue": mandatory(objectField(sqsQueue)), "deadLetterQueue": objectField(sqsQueue)}},
		"ibmmq": {[]string{"0.1.0"}, fieldRules{
			"destinationType": wordField("topic", "queue"), "maxMsgLength": integerField,
			"queue": objectField(fieldRules{"objectName": mandatory(textField), "isPartitioned": truthField, "exclusive": truthField}),
			"topic": objectField(fieldRules{"string": textField, "objectName": textField, "durablePermitted": truthField, "lastMsgRetained": truthField}),
		}},
		"googlepubsub": {[]string{"0.2.0"}, fieldRules{
			"labels": openField, "messageRetentionDuration": textField, "messageStoragePolicy": objectField(fieldRules{"allowedPersistenceRegions": listField}),
			"schemaSettings": mandatory(objectField(fieldRules{
				"encoding": mandatory(textField), "name": mandatory(textField), "firstRevisionId": textField, "lastRevisionId": textField,
			})),
		}},
		"pulsar": {[]string{"0.1.0"}, fieldRules{
			"namespace": mandatory(textField), "persistence": mandatory(wordField("persistent", "non-persistent")), "compaction": integerField, "geo-replication": listField,
			"retention": objectField(fieldRules{"time": integerField, "size": integerField}), "ttl": integerField, "deduplication": truthField,
		}},
	},
	"operation": {
		"http": {[]string{"0.3.0", "0.2.0"}, fieldRules{
			"method": wordField("GET", "PUT", "POST", "PATCH", "DELETE", "HEAD", "OPTIONS", "CONNECT", "TRACE"), "query": schemaField,
		}},
		"amqp": {[]string{"0.3.0"}, fieldRules{
			"expiration": integerField, "userId": textField, "cc": listField, "bcc": listField, "priority": integerField, "deliveryMode": numberField("1", "2"),
			"mandatory": truthField, "timestamp": truthField, "ack": truthField,
		}},
		"mqtt":   {[]string{"0.2.0"}, fieldRules{"qos": numberField("0", "1", "2"), "retain": truthField, "messageExpiryInterval": orSchema(integerField)}},
		"kafka":  {[]string{"0.5.0", "0.4.0", "0.3.0"}, fieldRules{"groupId": schemaField, "clientId": schemaField}},
		"nats":   {[]string{"0.1.0"}, fieldRules{"queue": textField}},
		"sns":    {[]string{"0.1.0"}, fieldRules{"topic": openField, "consumers": mandatory(listField), "deliveryPolicy": openField}},
		"sqs":    {[]string{"0.2.0"}, fieldRules{"queues": mandatory(listField)}},
		"solace": {[]string{"0.4.0"}, fieldRules{"destinations": listField, "timeToLive": integerField, "priority": integerField, "dmqEligible": truthField}},
	},
	"message": {
		"http": {[]string{"0.3.0"}, fieldRules{"headers": schemaField, "statusCode": integerField}},
		"amqp": {[]string{"0.3.0"}, fieldRules{"contentEncoding": textField, "messageType": textField}},
		"mqtt": {[]string{"0.2.0"}, fieldRules{
			"payloadFormatIndicator": numberField("0", "1"), "correlationData": schemaField, "contentType": textField, "responseTopic": orSchema(textField),
		}},
		"kafka": {[]string{"0.5.0", "0.4.0", "0.3.0"}, fieldRules{
			"key": schemaField, "schemaIdLocation": wordField("header", "payload"), "schemaIdPayloadEncoding": textField, "schemaLookupStrategy": textField,
		}},
		"anypointmq": {[]string{"0.0.1"}, fieldRules{"headers": schemaField}},
		"jms":        {[]string{"0.0.1"}, fieldRules{"headers": schemaField}},
		"ibmmq":      {[]string{"0.1.0"}, fieldRules{"type": wordField("string", "jms", "binary"), "headers": textField, "description": textField, "expiry": integerField}},
		"googlepubsub": {[]string{"0.2.0"}, fieldRules{
			"attributes": openField, "orderingKey": textField, "schema": objectField(fieldRules{"name": mandatory(textField)}),
		}},
	},
}

// BindingProtocols are the protocols that have bindings.
var BindingProtocols = []string{
	"http", "ws", "kafka", "amqp", "amqp1", "mqtt", "nats", "redis", "stomp", "jms", "sns", "sqs", "pulsar", "googlepubsub", "solace", "ibmmq", "anypointmq",
}
