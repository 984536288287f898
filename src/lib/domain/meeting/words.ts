// Names, reasons and free text in the log. An event's stored bytes hold only id and salted digest; the text lives in an erasable table
// and is put back when the event is read for an audience. The law never makes ids or salts: it says words, the office seals them.

/**
 * Who may read an event or a text, each including the next: residents without an account, members, the desk (helpers, teller, monitor),
 * hosts (chair, secretary, moderator). Private reasons are for hosts: who signs people in needs no health data.
 */
export type Audience = 'everyone' | 'members' | 'desk' | 'hosts';

export const audiences: readonly Audience[] = ['everyone', 'members', 'desk', 'hosts'];

/** True when a viewer of audience `viewer` may read what is meant for `meant`. */
export const mayRead = (viewer: Audience, meant: Audience): boolean =>
  audiences.indexOf(viewer) >= audiences.indexOf(meant);

/** Words as folded into state. `text` is null after erasure, or where this audience reads nothing in their place. */
export interface Words {
  readonly wordsId: string;
  /** SHA-256(salt ‖ UTF-8 text), hex. */
  readonly digest: string;
  readonly text: string | null;
}

/** Words as `decide` says them, before the office seals them into `Words`. */
export interface Said {
  readonly said: string;
  readonly scope: Audience;
  /** What audiences outside the scope read instead; null for nothing. */
  readonly elsewhere: string | null;
  /** The person the words are about or by: erased together with that person. Null for official wording. */
  readonly personId: string | null;
}

/** Official wording everyone may read. */
export const official = (said: string): Said => ({ said, scope: 'everyone', elsewhere: null, personId: null });

/** Something a person said, readable by everyone, erased with the person. */
export const spokenBy = (personId: string | null, said: string): Said => ({
  said,
  scope: 'everyone',
  elsewhere: null,
  personId,
});

/** A name: members read it whole, others read `elsewhere` (masked unless the person consented). */
export const named = (personId: string, name: string, elsewhere: string): Said => ({
  said: name,
  scope: 'members',
  elsewhere,
  personId,
});

/** A private reason (health, family): hosts only, nothing elsewhere. */
export const confided = (personId: string, said: string): Said => ({
  said,
  scope: 'hosts',
  elsewhere: null,
  personId,
});

export const isSaid = (value: unknown): value is Said =>
  typeof value === 'object' && value !== null && 'said' in value && 'scope' in value;

/** The type of an event's payload after sealing: every `Said` has become `Words`. */
export type Sealed<T> = T extends Said
  ? Words
  : T extends readonly (infer Item)[]
    ? readonly Sealed<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Sealed<T[Key]> }
      : T;

/** `沈书记` → `沈**`; compound surnames are not guessed. */
export const maskName = (name: string): string => (name === '' ? '' : `${Array.from(name)[0]}**`);
