// What lies beside a bundle in a meeting's archive: the counted ballots and the meeting's log, in forms that hold no names and that the record's
// digests cover. Written by the office, checked by the verifier. Rule [T11].
import { bytesOfHex, hexOf, sha256, utf8 } from '#lib/domain/sha256.ts';
import { paperDigest } from './canonical.ts';
import { count, digest, fields, list, oneOf, text, type Of } from './shape.ts';

/** The ballots of one poll: of named ones each with its seat, of hidden ones only the choices, sorted. A choice is JSON. */
export const pollBallots = fields({
  pollId: text,
  named: list(fields({ person: count, channel: text, choice: text })),
  hidden: list(text),
  /** Paper bundles and raised hands: what was confirmed by two. */
  bundles: list(fields({ channel: text, counts: list(fields({ option: text, count })) })),
});
export type PollBallots = Of<typeof pollBallots>;

export const ballotsFile = fields({ format: oneOf('yishi.ballots'), version: oneOf(1), polls: list(pollBallots) });
export type BallotsFile = Of<typeof ballotsFile>;

export const ballotsDigest = (poll: PollBallots): string => paperDigest('ballots', poll);

/** The stored bytes of each event; of events not for everybody only the digest, with which the chain goes on. */
export const logFile = fields({
  format: oneOf('yishi.log'),
  version: oneOf(1),
  meetingId: text,
  events: list(fields({}, { body: text, digest })),
});
export type LogFile = Of<typeof logFile>;

/** The head of the chain: SHA-256(previous ‖ SHA-256(body)) from 32 zero bytes. */
export function headOfLog({ events }: LogFile): string {
  let head: Uint8Array = new Uint8Array(32);
  for (const { body, digest } of events)
    head = sha256(head, body === undefined ? bytesOfHex(digest ?? '') : sha256(utf8(body)));
  return hexOf(head);
}

/** The list of a ZIP's files under the installation's signature: `<sha256>  <name>` a line, sorted by name. */
export const digestLines = (files: readonly { readonly name: string; readonly digest: string }[]): string =>
  [
    'yishi digests v1',
    ...[...files].sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ name, digest }) => `${digest}  ${name}`),
    '',
  ].join('\n');
