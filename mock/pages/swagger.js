// Swagger UI for the document served here. It sends no requests to other hosts.
'use strict';
(async () => {
  const spec = await (await fetch('/openapi.json')).json();
  // Swagger UI supports no version after 3.1, and rejects a document that is otherwise the same.
  if (/^3\.([2-9]|\d\d)/.test(spec.openapi)) spec.openapi = '3.1.1';
  SwaggerUIBundle({ spec, dom_id: '#main', deepLinking: true, tryItOutEnabled: true, validatorUrl: null, displayRequestDuration: true });
})();
