// Definitions of schemas that are made of others, as people make them of bases, variants and mixins: oneOf, anyOf, allOf,
// not, if, discriminators, null, references and schemas in place, open and closed, two deep. A number gives the same
// definition in every run.

// A sequence of numbers below n that is the same for the same seed (mulberry32).
function sequence(seed) {
  let state = seed >>> 0;
  return n => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
}

// Adds constraints to a number.
const scattered = number => Math.imul(number + 1, 0x9e3779b1);

class Composer {
  constructor(number) {
    this.below = sequence(scattered(number));
    this.shapes = {}; // what the definition refers to, by name
    this.count = 0;
    this.isOpen = false; // what is made now holds beside others
  }

  chance(percent) {
    return this.below(100) < percent;
  }

  one(list) {
    return list[this.below(list.length)];
  }

  name(stem) {
    this.count++;
    return `${stem}_${this.count}`;
  }

  scalar() {
    return this.one([
      () => ({ type: 'string' }),
      () => ({ type: 'integer', minimum: 0 }),
      () => ({ type: 'boolean' }),
      () => ({ enum: ['low', 'high'] }),
      () => ({ type: 'array', items: { type: 'string' } }),
      () => ({ type: 'string', nullable: true }),
      () => ({ type: ['integer', 'null'] }),
      () => ({ type: 'object' }),
      () => true,
    ])();
  }

  // An object of its own names, some of them required.
  object(depth) {
    const properties = {};
    for (let left = 1 + this.below(3); left > 0; left--) {
      properties[this.name('p')] = depth > 0 && this.chance(25) ? this.value(depth - 1) : this.scalar();
    }
    const made = { type: 'object', properties };
    const required = Object.keys(properties).filter(() => this.chance(40));
    if (required.length > 0) made.required = required;
    if (this.chance(15)) delete made.type;
    if (this.chance(10)) made.title = this.name('Title');
    return made;
  }

  // An object whose one required name no other object has.
  variant(depth) {
    const made = this.object(depth);
    made.required = [...new Set([Object.keys(made.properties)[0], ...(made.required ?? [])])];
    if (!this.isOpen && this.chance(25)) made.additionalProperties = false;
    return made;
  }

  refer(schema, stem = 'shape') {
    const name = this.name(stem);
    this.shapes[name] = schema;
    return { $ref: `#/x-shapes/${name}` };
  }

  somewhere(schema) {
    return this.chance(50) ? this.refer(schema) : schema;
  }

  several(make) {
    return Array.from({ length: 2 + this.below(2) }, make);
  }

  // Variants that are distinguished by the value of one property.
  told() {
    const tag = this.name('tag');
    const values = this.several(() => this.name('value'));
    const branches = values.map(value => {
      const made = this.object(0);
      made.type = 'object';
      made.properties = { [tag]: this.chance(50) ? { const: value } : { type: 'string', enum: [value] }, ...made.properties };
      made.required = [tag, ...(made.required ?? [])];
      if (!this.isOpen && this.chance(20)) made.additionalProperties = false;
      return this.somewhere(made);
    });
    const union = { [this.chance(80) ? 'oneOf' : 'anyOf']: branches, discriminator: { propertyName: tag } };
    if (branches.every(branch => branch.$ref) && this.chance(50)) {
      union.discriminator.mapping = Object.fromEntries(values.map((value, i) => [value, branches[i].$ref]));
    }
    return union;
  }

  // A union, or a base with variants; a closed variant would refuse the base.
  beside(make) {
    if (this.chance(50)) return make();
    return this.openly(() => ({ ...this.object(0), ...make() }));
  }

  composition(depth) {
    const below = () => this.somewhere(depth > 0 && this.chance(30) ? this.composition(depth - 1) : this.variant(depth));
    return this.one([
      () => this.beside(() => ({ oneOf: this.several(() => this.somewhere(this.variant(depth))) })),
      () => this.beside(() => ({ anyOf: this.several(below) })),
      () => this.beside(() => ({ allOf: this.several(() => this.somewhere(this.open(depth))) })),
      () => ({ ...this.refer(this.open(depth)), ...this.object(0) }),
      () => this.beside(() => this.told()),
      () => this.beside(() => ({ allOf: [this.somewhere(this.openly(() => this.told())), this.object(0)] })),
      () => {
        const base = this.object(depth);
        const names = Object.keys(base.properties);
        return { ...base, not: this.one([{ required: [names.at(-1)] }, { required: ['other', 'another'] }, { properties: { [names[0]]: { type: 'null' } }, required: [names[0]] },
          { anyOf: [{ required: ['other'] }, { required: ['another'] }] }]) };
      },
      () => {
        const base = this.object(depth);
        const names = Object.keys(base.properties);
        return { ...base, if: this.one([{ required: [names[0]] }, { properties: { [names[0]]: { type: 'string' } }, required: [names[0]] }, this.refer({ required: [names[0]], properties: { [names[0]]: {} } })]),
          then: this.somewhere(this.object(0)), ...(this.chance(50) ? { else: this.somewhere(this.object(0)) } : {}) };
      },
      () => {
        const base = this.object(depth);
        const names = Object.keys(base.properties);
        return { ...base, ...this.one([
          { anyOf: names.map(name => ({ required: [name] })) },
          { oneOf: names.map(name => ({ required: [name] })) },
          { dependentRequired: { [names[0]]: ['other'] } },
          { dependentSchemas: { [names[0]]: this.somewhere(this.object(0)) } },
        ]) };
      },
      () => ({ ...this.composition(0), unevaluatedProperties: false }),
      () => ({ allOf: [this.refer(this.open(depth)), this.refer(this.open(0))], unevaluatedProperties: false }),
      () => ({ anyOf: [this.somewhere(this.variant(depth))] }),
      () => ({ oneOf: [this.somewhere(this.variant(depth))] }),
      () => ({ allOf: [this.somewhere(this.open(depth))] }),
      () => ({ allOf: [this.somewhere(this.open(depth)), {}] }),
      () => ({ anyOf: [this.somewhere(this.variant(depth)), {}] }),
    ])();
  }

  // The parts of an allOf, none of which is closed.
  open(depth) {
    return depth > 0 && this.chance(30) ? this.beside(() => ({ anyOf: this.several(() => this.somewhere(this.object(0))) })) : this.object(depth);
  }

  openly(make) {
    const outer = this.isOpen;
    this.isOpen = true;
    const made = make();
    this.isOpen = outer;
    return made;
  }

  nullable(schema) {
    return this.one([
      () => ({ anyOf: [schema, { type: 'null' }] }),
      () => ({ oneOf: [schema, { type: 'null' }] }),
      () => ({ nullable: true, allOf: [schema] }),
      () => ('$ref' in schema ? { nullable: true, allOf: [schema] } : { ...schema, nullable: true }),
    ])();
  }

  value(depth) {
    const outer = this.isOpen;
    this.isOpen = false;
    const made = this.somewhere(this.composition(depth));
    this.isOpen = outer;
    const whole = this.chance(25) ? this.nullable(made) : made;
    return this.chance(20) ? { type: 'array', items: whole } : whole;
  }

  definition(kind) {
    const isWhole = this.chance(30);
    const items = isWhole ? this.somewhere(this.composition(2)) : {
      type: 'object',
      properties: Object.fromEntries(this.several(() => [this.name('p'), this.value(1)])),
    };
    return {
      kind,
      methods: { resource: ['post'], instance: ['get', 'patch'] }, // a form each
      schema: { key: { name: 'key' }, items },
      'x-shapes': this.shapes,
      asyncapi: { servers: { dev: { url: 'ws://localhost:8080', protocol: 'ws' } } },
    };
  }
}

// The definition of that number.
export const composition = number => new Composer(number).definition(`case${number}`);
