// The public draw of a hearing's representatives. Pure and repeatable from a published file: the office draws by it, a visitor's browser and
// `npm run draw` draw again by it. Nobody can steer it once enrolment has closed: the entries are sealed by their digest, the secret by a
// commitment published with the notice, and the public value is one that nobody knows before. Rules [H3]–[H6].
import { sha256Hex } from '#lib/domain/sha256.ts';
import { lotOf } from '#lib/domain/funding/tie-order.ts';

export interface HearingPlace {
  readonly key: string;
  readonly name: string;
  readonly seats: number;
}

/** One who would represent, as everybody may read it. */
export interface DrawEntry {
  /** Counted up in the order of enrolment. */
  readonly number: number;
  readonly placeKey: string;
  /** The name as it may be shown. */
  readonly shownName: string;
  /** Ties the number to one enrolment: its author can compute it from the private code, nobody else can say whose it is. */
  readonly mark: string;
}

export interface DrawnPlace {
  readonly placeKey: string;
  /** Numbers in the order drawn. */
  readonly seated: readonly number[];
  /** In this order they follow where somebody drawn cannot come. */
  readonly reserves: readonly number[];
}

/** What is published of a draw: everything that anybody needs to draw again. */
export interface DrawFile {
  readonly kind: 'yishi.draw.v1';
  readonly title: string;
  readonly places: readonly HearingPlace[];
  /** SHA-256 of the secret, published before enrolment closed. */
  readonly commitment: string;
  /** Where the public value was to come from, said with the notice. */
  readonly publicSource: string;
  /** Digest of the entries, published when enrolment closed. */
  readonly sealed: string;
  readonly secret: string;
  readonly publicValue: string;
  readonly entries: readonly DrawEntry[];
  readonly drawn: readonly DrawnPlace[];
}

export const commitmentOf = (secret: string): string => sha256Hex(secret);

/** The mark of an enrolment, from the digest of its private code. */
export const markOf = (lookupDigest: string): string => sha256Hex(lookupDigest).slice(0, 16);

/** One line an entry, by number: changed, added or taken away, the digest is another. */
export const entriesDigest = (entries: readonly DrawEntry[]): string =>
  sha256Hex(
    [...entries]
      .sort((a, b) => a.number - b.number)
      .map(({ number, placeKey, shownName, mark }) => `${number}\t${placeKey}\t${shownName}\t${mark}\n`)
      .join(''),
  );

/** The seed: secret, public value and the sealed entries, one a line. */
export const seedOf = (secret: string, publicValue: string, sealed: string): string =>
  sha256Hex(`${secret}\n${publicValue}\n${sealed}`);

/** The smallest lot is drawn first, see `lotOf`. Where no more ask than there are seats, all of them have one. */
export function drawRepresentatives(
  places: readonly HearingPlace[],
  entries: readonly DrawEntry[],
  seed: string,
): DrawnPlace[] {
  return places.map(({ key, seats }) => {
    const order = entries
      .filter(({ placeKey }) => placeKey === key)
      .map(({ number }) => ({ number, lot: lotOf(seed, String(number)) }))
      .sort((a, b) => (a.lot < b.lot ? -1 : 1))
      .map(({ number }) => number);
    return { placeKey: key, seated: order.slice(0, seats), reserves: order.slice(seats) };
  });
}

export type DrawFault = 'unreadable' | 'secret' | 'entries' | 'result';

const isText = (value: unknown): value is string => typeof value === 'string';
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);
const isList = (value: unknown, each: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every((item) => each(item));
const has = (value: unknown, shape: Record<string, (field: unknown) => boolean>): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(shape).every((name) => shape[name]?.((value as Record<string, unknown>)[name]) ?? false);

/** A draw file from unknown JSON, or null. */
export function readDrawFile(value: unknown): DrawFile | null {
  const whole = has(value, {
    kind: (kind) => kind === 'yishi.draw.v1',
    title: isText,
    places: (places) => isList(places, (place) => has(place, { key: isText, name: isText, seats: isWhole })),
    commitment: isText,
    publicSource: isText,
    sealed: isText,
    secret: isText,
    publicValue: isText,
    entries: (entries) =>
      isList(entries, (entry) => has(entry, { number: isWhole, placeKey: isText, shownName: isText, mark: isText })),
    drawn: (drawn) =>
      isList(drawn, (place) =>
        has(place, {
          placeKey: isText,
          seated: (numbers) => isList(numbers, isWhole),
          reserves: (numbers) => isList(numbers, isWhole),
        }),
      ),
  });
  return whole ? (value as DrawFile) : null;
}

/** [H6] What does not hold of a published draw, or null when anybody gets the same from it. */
export function drawFault(file: DrawFile): DrawFault | null {
  if (commitmentOf(file.secret) !== file.commitment) return 'secret';
  if (entriesDigest(file.entries) !== file.sealed) return 'entries';
  const again = drawRepresentatives(file.places, file.entries, seedOf(file.secret, file.publicValue, file.sealed));
  const same = (left: readonly number[] = [], right: readonly number[] = []) =>
    left.length === right.length && left.every((number, at) => number === right[at]);
  const holds =
    again.length === file.drawn.length &&
    again.every(({ placeKey, seated, reserves }, at) => {
      const theirs = file.drawn[at];
      return theirs?.placeKey === placeKey && same(seated, theirs.seated) && same(reserves, theirs.reserves);
    });
  return holds ? null : 'result';
}
