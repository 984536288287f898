// The few things that the packages in our pages use and that Chrome 87 or Safari 14 does not have. Imported by hooks.client.ts, so it
// runs before any page does; on a newer browser it changes nothing. Our own code never relies on it: see tests/house.test.ts.

function fill(owner: object, name: string, value: unknown): void {
  if (!(name in owner)) Object.defineProperty(owner, name, { value, writable: true, configurable: true });
}

// Kit reads what a form or a page answers with it.
fill(Object, 'hasOwn', (owner: object, key: PropertyKey) => Object.prototype.hasOwnProperty.call(owner, key));
