// Shapes of signed papers: one declaration gives the type and the strict check of unknown JSON. Strings, safe whole numbers, booleans,
// arrays and objects with known keys; no null, no lone surrogate, no key too many. What passes has exactly one canonical form. Rule [T1].

/** Where something does not fit, as a path like `motions.0.title`; null where everything does. */
export type Fault = string | null;
export type Shape<T> = { readonly fault: (value: unknown, at: string) => Fault; readonly like?: T };
export type Of<S> = S extends Shape<infer T> ? T : never;

const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?:[^\uD800-\uDBFF]|^)[\uDC00-\uDFFF]/;

const when = <T>(fits: (value: unknown) => boolean): Shape<T> => ({
  fault: (value, at) => (fits(value) ? null : at),
});

export const isCleanText = (value: unknown): value is string => typeof value === 'string' && !loneSurrogate.test(value);

export const text: Shape<string> = when(isCleanText);
export const flag: Shape<boolean> = when((value) => typeof value === 'boolean');
/** A whole number from 0: counts, instants in ms, fen, indices, seqs. */
export const count: Shape<number> = when((value) => Number.isSafeInteger(value) && (value as number) >= 0);
/** A SHA-256 in lower-case hex. */
export const digest: Shape<string> = when((value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value));
/** Bytes in base64url without padding, in their only spelling: unused bits are zero. */
export const base64url: Shape<string> = when(
  (value) =>
    typeof value === 'string' &&
    /^(?:[\w-]{4})*(?:[\w-]{2,3})?$/.test(value) &&
    /^(?:.{4})*(?:.[AQgw]|..[AEIMQUYcgkosw048])?$/.test(value),
);

export const oneOf = <const T extends string | number>(...values: readonly T[]): Shape<T> =>
  when((value) => values.includes(value as T));

export const list = <T>(each: Shape<T>): Shape<readonly T[]> => ({
  fault(value, at) {
    if (!Array.isArray(value)) return at;
    for (let index = 0; index < value.length; index++) {
      const fault = each.fault(value[index], `${at}.${index}`);
      if (fault !== null) return fault;
    }
    return null;
  },
});

/** An object used as a table: any clean key, one kind of value. */
export const table = <T>(each: Shape<T>): Shape<Readonly<Record<string, T>>> => ({
  fault(value, at) {
    if (!isPlain(value)) return at;
    for (const [key, item] of Object.entries(value)) {
      const fault = isCleanText(key) ? each.fault(item, `${at}.${key}`) : at;
      if (fault !== null) return fault;
    }
    return null;
  },
});

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Fields<Required, Optional> = { readonly [Key in keyof Required]: Of<Required[Key]> } & {
  readonly [Key in keyof Optional]?: Of<Optional[Key]>;
};

/** Every required key, any optional one, and no other. */
export const fields = <
  Required extends Record<string, Shape<unknown>>,
  Optional extends Record<string, Shape<unknown>> = Record<never, never>,
>(
  required: Required,
  optional: Optional = {} as Optional,
): Shape<Fields<Required, Optional>> => {
  const known = new Map<string, Shape<unknown>>([...Object.entries(required), ...Object.entries(optional)]);
  return {
    fault(value, at) {
      if (!isPlain(value)) return at;
      const within = (key: string) => (at === '' ? key : `${at}.${key}`);
      for (const key of Object.keys(required)) if (!(key in value)) return within(key);
      for (const [key, item] of Object.entries(value)) {
        const shape = known.get(key);
        const fault = shape ? shape.fault(item, within(key)) : within(key);
        if (fault !== null) return fault;
      }
      return null;
    },
  };
};

/** The first of these whose `tag` the value carries says what is wrong. */
export const tagged = <Tag extends string, Shapes extends Record<string, Shape<unknown>>>(
  tag: Tag,
  shapes: Shapes,
): Shape<Of<Shapes[keyof Shapes]>> => ({
  fault(value, at) {
    const name = isPlain(value) ? value[tag] : undefined;
    const shape = typeof name === 'string' && Object.keys(shapes).includes(name) ? shapes[name] : undefined;
    return shape ? shape.fault(value, at) : `${at}.${tag}`;
  },
});

/** For a shape that contains itself. */
export const later = <T>(shape: () => Shape<T>): Shape<T> => ({ fault: (value, at) => shape().fault(value, at) });
