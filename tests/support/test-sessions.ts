// Sessions of the document server's tests and bench: the cookie `as=<personId>` is that person's. Never a way into the program itself.
import { nobody, type Actor } from '#lib/domain/actor.ts';

export const cookieOf = (personId: string): string => `as=${personId}`;

export function recogniseTestCookie(cookie: string | null): Promise<Actor> {
  const personId = cookie?.startsWith('as=') ? cookie.slice(3) : '';
  return Promise.resolve(
    personId === '' ? nobody : { kind: 'person', personId, accountId: 'of the test', meetingId: null },
  );
}
