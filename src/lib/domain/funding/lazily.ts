// A value worked out on first use and kept. Used by the counting rules for details that only an explanation needs; `make` must be pure.

export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
