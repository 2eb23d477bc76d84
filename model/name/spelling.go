package name

import (
	"slices"
	"strings"
	"unicode"
)

// capitals are words with capitals inside a sentence: initialisms, proper names, and geographic adjectives.
var capitals = strings.Fields(`2FA ACL AI AML API ASCII ATM AWS BIC CDN CEO CFO CI CIDR CLI CMS CO2 CORS CPU CRM CSRF CSS CSV CTO
	CVE CVV DB DNS DOB DOI DVD EAN EPUB ERP ETA ETag EU EUR FAQ FTP GBP GCP GDP GDPR GIF GitHub GitLab GMT Google GPS GPU GraphQL
	GTIN GUI GUID HDD HDMI HMAC HR HTML HTTP HTTPS HVAC IAM IBAN ID IMEI iOS IoT IP IPv4 IPv6 ISBN ISIN ISO ISSN JavaScript JPEG JPG
	JSON JWK JWKS JWT Kafka KPI Kubernetes KYC LAN LDAP LinkedIn Linux LLM MAC macOS MD5 MFA MIME ML MMS MongoDB MP3 MP4 MQTT MTU
	MySQL NAT NATS NDA NFC NGO NLP NPS OAuth OAuth2 OCR OIDC OS OTP PayPal PC PDF PII PNG PostgreSQL PR QA QR RAM RBAC RFC RFID RFP
	RFQ ROI ROM RPC RSS S3 SAML SDK SEO SHA SHA256 SKU SLA SLO SMS SMTP SQL SSD SSH SSID SSL SSN SSO SUV SVG TCP TLS TOTP TTL TV TXT
	TypeScript UDP UI UK UPC URI URL URN USA USB USD UTC UTF UUID UX VAT VIN VLAN VM VoIP VPC VPN WAN Wi-Fi WLAN X-ray XML XSS YAML
	YouTube ZIP
	African American Arabic Asian Australian British Canadian Chinese Dutch English European French German Greek Indian Irish Italian
	Japanese Korean Portuguese Russian Spanish Swedish Swiss Turkish`)

// spellings maps the lower-case forms to capitals.
var spellings = func() map[string]string {
	known := map[string]string{}
	for _, word := range capitals {
		known[strings.ToLower(strings.ReplaceAll(word, "-", ""))] = word
	}
	return known
}()

// mixedCase are those of capitals that camelCase would split into several words.
var mixedCase = slices.DeleteFunc(slices.Clone(capitals), func(word string) bool {
	return strings.Contains(word, "-") || !strings.ContainsFunc(word[1:], unicode.IsUpper) || !strings.ContainsFunc(word, unicode.IsLower)
})

// spelling returns the spelling of a word with special capitals, in the singular or with an s.
func spelling(word string) (string, bool) {
	lower := strings.ToLower(word)
	if spelled, ok := spellings[lower]; ok {
		return spelled, true
	}
	if one, ok := strings.CutSuffix(lower, "s"); ok {
		if spelled, ok := spellings[one]; ok {
			return spelled + "s", true
		}
	}
	return "", false
}

// mixedCaseAt returns the length of the mixed-case word at the start of camelCase, 0 if there is none.
func mixedCaseAt(letters []rune) int {
	length := 0
	for _, word := range mixedCase {
		n := len(word)
		if n <= length || n > len(letters) || letters[0] != rune(word[0]) || string(letters[:n]) != word {
			continue
		}
		if isPluralS(letters[n:]) {
			n++
		}
		if n == len(letters) || !unicode.IsLower(letters[n]) {
			length = n
		}
	}
	return length
}

// isPluralS reports whether an initialism is followed by a plural s.
func isPluralS(rest []rune) bool {
	return len(rest) > 0 && rest[0] == 's' && (len(rest) == 1 || !unicode.IsLower(rest[1]))
}
