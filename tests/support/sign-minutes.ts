// Signs frozen minutes as a phone without a passkey would: a key made for it, enrolled, and the manifest's digest signed. For tests of what comes
// after the signing.
import { generateKeyPairSync, sign } from 'node:crypto';
import type { Actor } from '#lib/domain/actor.ts';
import type { SignedPaper } from '#lib/domain/minutes/record.ts';
import { orThrow } from '#lib/protocol/office-refusals.ts';
import { completeMinutes } from '#lib/server/minutes/complete.ts';
import { ensureMinutes } from '#lib/server/minutes/document.ts';
import { freezeReport } from '#lib/server/hearings/freeze-report.ts';
import { freezeMinutes } from '#lib/server/minutes/freeze.ts';
import { answerAsk, askToSign, enrolDeviceKey } from '#lib/server/minutes/sign.ts';

const site = 'https://yishi.test';
const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** One signature on what stands frozen, with reservation where there are words for it. @returns whether all is complete with it */
export async function signs(
  meetingId: string,
  actor: Actor,
  reservation: string | null,
  paper: SignedPaper = 'minutes',
): Promise<boolean> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y } = publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x ?? '', 'base64url'), Buffer.from(y ?? '', 'base64url')]);
  const { keyId } = orThrow(await enrolDeviceKey(meetingId, actor, b64(point), 'test'));
  const statement = reservation === null ? 'agree' : 'reserve';
  const asked = orThrow(
    await askToSign(meetingId, actor, site, { statement, text: reservation ?? '', image: null }, paper),
  );
  const challenge = Buffer.from(asked.challenge, 'base64url');
  const signature = b64(sign('sha256', challenge, { key: privateKey, dsaEncoding: 'ieee-p1363' }));
  return orThrow(await answerAsk(meetingId, actor, { nonce: asked.nonce, keyId, signature }, paper)).complete;
}

/** Freezes the minutes of an adjourned meeting, or its report, and has these people sign, the last with reservation; completes where the rule is met. */
export async function freezeAndSign(
  meetingId: string,
  secretary: Actor,
  signers: readonly Actor[],
  paper: SignedPaper = 'minutes',
): Promise<void> {
  await ensureMinutes(meetingId);
  orThrow(await (paper === 'report' ? freezeReport : freezeMinutes)(meetingId, secretary, site));
  // Once everybody has said something it is complete by itself.
  let complete = false;
  for (const [at, actor] of signers.entries())
    complete = await signs(meetingId, actor, at === signers.length - 1 ? '建议半年后评估一次' : null, paper);
  if (!complete) orThrow(await completeMinutes(meetingId, paper));
}
