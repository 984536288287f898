// Cookie → actor, the same for pages (through `recognise`), live sockets and the document server.
// Reads at most two rows; a broken, foreign or expired cookie is simply nobody, never an error.
import type { Actor } from '#lib/domain/actor.ts';
import { nobody } from '#lib/domain/actor.ts';
import { guestCookieName, guestOfToken } from './guests.ts';
import { digestOf } from './secrets.ts';
import { readSession, sessionCookieName } from './sessions.ts';

/** The value of one cookie in a Cookie header; null when absent or not decodable. */
export function cookieValue(cookieHeader: string | null | undefined, name: string): string | null {
  for (const pair of (cookieHeader ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at < 0 || pair.slice(0, at).trim() !== name) continue;
    try {
      return decodeURIComponent(pair.slice(at + 1).trim()) || null;
    } catch {
      return null;
    }
  }
  return null;
}

/** The actor of a Cookie header and, when lucia has just prolonged it, the session id whose cookie must be set again. */
export async function recogniseCookie(
  cookieHeader: string | null | undefined,
): Promise<{ actor: Actor; prolonged: string | null }> {
  const sessionId = cookieValue(cookieHeader, sessionCookieName);
  const token = cookieValue(cookieHeader, guestCookieName);
  const [session, guest] = await Promise.all([
    sessionId === null ? null : readSession(sessionId),
    token === null ? null : guestOfToken(token),
  ]);
  const admitted =
    guest && guest.admittedMeetingId !== null && guest.admittedPersonId !== null
      ? { admitted: { meetingId: guest.admittedMeetingId, personId: guest.admittedPersonId } }
      : {};
  if (session) {
    const { userId: personId, accountId, meetingId } = session;
    return {
      actor: { kind: 'person', personId, accountId, meetingId, sessionKey: digestOf(sessionId ?? ''), ...admitted },
      prolonged: session.fresh ? session.id : null,
    };
  }
  if (!guest) return { actor: nobody, prolonged: null };
  return { actor: { kind: 'guest', guestId: guest.id, shownName: guest.shownName, ...admitted }, prolonged: null };
}

/** Who the bearer of this Cookie header is. Ask again when permission matters later: sessions end and admissions come. */
export const actorFromCookie = async (cookieHeader: string | null | undefined): Promise<Actor> =>
  (await recogniseCookie(cookieHeader)).actor;
