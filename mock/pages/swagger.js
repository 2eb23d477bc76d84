// Swagger UI of the document that this server serves. Nothing is asked of other hosts.
'use strict';
(async () => {
  const spec = await (await fetch('/openapi.json')).json();
  // Swagger UI knows no version behind 3.1, and refuses a document that is otherwise the same.
  if (/^3\.([2-9]|\d\d)/.test(spec.openapi)) spec.openapi = '3.1.1';
  SwaggerUIBundle({ spec, dom_id: '#main', deepLinking: true, tryItOutEnabled: true, validatorUrl: null, displayRequestDuration: true });
})();
