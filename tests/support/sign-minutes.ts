// Signs frozen minutes as a phone without a passkey would: a key made for it, enrolled, and the manifest's digest signed. For tests of what comes
// after the signing.
import { generateKeyPairSync, sign } from 'node:crypto';
import type { Actor } from '#lib/domain/actor.ts';
import { orThrow } from '#lib/protocol/office-refusals.ts';
import { completeMinutes } from '#lib/server/minutes/complete.ts';
import { ensureMinutes } from '#lib/server/minutes/document.ts';
import { freezeMinutes } from '#lib/server/minutes/freeze.ts';
import { answerAsk, askToSign, enrolDeviceKey } from '#lib/server/minutes/sign.ts';

const site = 'https://yishi.test';
const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

async function signs(meetingId: string, actor: Actor, reservation: string | null): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y } = publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x ?? '', 'base64url'), Buffer.from(y ?? '', 'base64url')]);
  const { keyId } = orThrow(await enrolDeviceKey(meetingId, actor, b64(point), 'test'));
  const statement = reservation === null ? 'agree' : 'reserve';
  const asked = orThrow(await askToSign(meetingId, actor, site, { statement, text: reservation ?? '', image: null }));
  const challenge = Buffer.from(asked.challenge, 'base64url');
  const signature = b64(sign('sha256', challenge, { key: privateKey, dsaEncoding: 'ieee-p1363' }));
  orThrow(await answerAsk(meetingId, actor, { nonce: asked.nonce, keyId, signature }));
}

/** Freezes the minutes of an adjourned meeting and has these people sign them, the last with reservation; completes where the rule is met. */
export async function freezeAndSign(meetingId: string, secretary: Actor, signers: readonly Actor[]): Promise<void> {
  await ensureMinutes(meetingId);
  orThrow(await freezeMinutes(meetingId, secretary, site));
  for (const [at, actor] of signers.entries())
    await signs(meetingId, actor, at === signers.length - 1 ? '建议半年后评估一次' : null);
  orThrow(await completeMinutes(meetingId));
}
