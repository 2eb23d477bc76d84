package name

import (
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"postal_code": "postal code", "postalCode": "postal code", "PostalCode": "postal code", "postal-code": "postal code", "postal.code": "postal code",
		"isbn": "ISBN", "image_urls": "image URLs", "imageURLs": "image URLs", "IDs": "IDs", "api_keys": "API keys", "iot_device": "IoT device",
		"IoTDevice": "IoT device", "iOSAPI": "iOS API", "userOAuthToken": "user OAuth token", "OAuth2Client": "OAuth2 client", "IoTs": "IoTs",
		"camelCaseHTTPServerID": "camel case HTTP server ID", "MLModel": "ML model", "ACMEPart": "ACME part", "ipv4": "IPv4",
		"X-Ray": "X-ray", "XRay": "X-ray", "x_ray": "X-ray", "xray": "X-ray", "t_shirt": "T-shirt", "e_mail": "e-mail", "e": "E", "one_time_code": "one-time code", "realTimeCheckIn": "real-time check-in", "a_date": "a date", "x_axis": "x-axis", "a%2Fb": "a%2Fb",
		"plan_b": "plan b", "a": "A", "1.5": "1 5", "v2_item": "v2 item", "STATUS_CODE": "status code", "ORDER_ID": "order ID", "TITLE": "TITLE",
		"Date of Birth": "date of birth", "Publication year": "publication year", "Kafka topic": "Kafka topic", "Library Book": "library book",
		"Owner at ACME": "owner at ACME", "State of Ohio": "state of ohio", "Year in Paris, spring": "year in Paris, spring", "URL": "URL",
		"straßen": "straßen", "Größe": "größe", "道路": "道路", "-": "-", "": "", " ": " ", "__": "__", "$ref": "$ref", "wifi": "Wi-Fi", "macAddress": "MAC address",
	} {
		if got := Words(text); got != want {
			t.Errorf("the words of %q are %q, want %q", text, got, want)
		}
	}
}

func TestHeading(t *testing.T) {
	for text, want := range map[string]string{
		"postal_codes": "Postal codes", "iosApps": "iOS apps", "isbn": "ISBN", "": "", "ähre": "Ähre", "道路": "道路", "-": "-", "wiki": "Wiki",
	} {
		if got := Heading(text); got != want {
			t.Errorf("the heading of %q is %q, want %q", text, got, want)
		}
	}
}

func TestIndefinite(t *testing.T) {
	for _, want := range strings.Split(`a book,an apple,a user,a unit,an uninstaller,a unicorn,a union,an unidentified object,an hour,an heir,a house,an umbrella,
		an upload,an update,a URL,an SMS message,an X-ray,a T-shirt,an ML model,a UI,an HTTP server,an MP3,a LAN,a MAC address,an ISBN,an ID,an IoT device,
		an iOS app,a euro,a European country,a one-off,a one time code,an onion,an oven,a utility,an utterance,a usage,an usher,a ewe,an urn,a uranium mine,
		an 8-bit word,an 80s song,an 11th hour,an 18 month term,a 110,a 2FA code,a straße,an école,an Übung,a 道路,a “user”,an “apple”,a record,an FAQ,
		a UFO,an A record,a B record,an e-mail,URLs`, ",") {
		want = strings.TrimSpace(want)
		_, words, found := strings.Cut(want, " ")
		if got := Indefinite(words); found && got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestCounted(t *testing.T) {
	for _, test := range []struct{ singular, plural, one, many string }{
		{"book", "books", "book", "books"}, {"postal_code", "postal_codes", "postal code", "postal codes"}, {"data", "data", "data record", "data records"},
		{"sensorData", "sensorData", "sensor data record", "sensor data records"}, {"news", "news", "news item", "news items"},
		{"sms", "sms", "SMS message", "SMS messages"}, {"staff", "staff", "staff member", "staff members"}, {"sheep", "sheep", "sheep", "sheep"},
		{"species", "species", "species", "species"}, {"addressbook", "addressbook", "addressbook", "addressbooks"},
		{"straßen", "straßen", "straßen record", "straßen records"}, {"straße", "straßen", "straße", "straßen"}, {"a", "as", "A record", "A records"},
		{"道路", "道路", "道路 record", "道路 records"}, {"api_key", "api_keys", "API key", "API keys"}, {"person", "people", "person", "people"}, {"content", "contents", "content item", "content items"},
	} {
		if one, many := Counted(test.singular, test.plural); one != test.one || many != test.many {
			t.Errorf("%s and %s are %q and %q, want %q and %q", test.singular, test.plural, one, many, test.one, test.many)
		}
	}
}

func TestCountedTitle(t *testing.T) {
	for title, want := range map[string][2]string{
		"Library Book": {"library book", "library books"}, "Books": {"book", "books"}, "IoT device": {"IoT device", "IoT devices"},
		"Customer feedback": {"customer feedback item", "customer feedback items"}, "API Key": {"API key", "API keys"}, "Unit of Measure": {"unit of measure", "units of measure"},
	} {
		if one, many := CountedTitle(title); one != want[0] || many != want[1] {
			t.Errorf("%s is %q and %q, want %q and %q", title, one, many, want[0], want[1])
		}
	}
}

func TestIsNoun(t *testing.T) {
	for _, words := range []string{"title", "ISBN", "URLs", "date of birth", "number of pages", "shelves", "children", "phone number", "availability", "data",
		"publication year", "IoT device", "street address", "author", "weight", "last name", "start time", "kilometer"} {
		if !IsNoun(words) {
			t.Errorf("%q is no noun", words)
		}
	}
	for _, words := range []string{"published", "is active", "has children", "date published", "created at", "created by user", "due", "optional", "größe", "",
		"-", "field 000", "also known as", "of", "404", "no name", "email (work)", "A-b"} {
		if IsNoun(words) {
			t.Errorf("%q is a noun", words)
		}
	}
}
