// What does a reference inside a document point to?

// Follows references to their end; any other value is returned unchanged.
export function resolveReference(document, value) {
  let found = value;
  while (found.$ref !== undefined) {
    const steps = found.$ref.replace(/^#\//, '').split('/').map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    found = steps.reduce((inside, step) => inside[step], document);
  }
  return found;
}
