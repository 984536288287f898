// What the live door and the hall behind it share: what is held for a connection, and the names of the rooms that reach it.
// Imported by both; it must never know either.
import type { Server, Socket } from 'socket.io';
import type { Actor } from '#lib/domain/actor.ts';
import type { Audience } from '#lib/domain/meeting/words.ts';
import type { ClientToServer, ServerToClient, Viewer } from '#lib/protocol/meeting.ts';
import type { Allowance } from './allowance.ts';

interface Held {
  actor: Actor;
  cookie: string | undefined;
  /** Meetings joined on this connection and as whom. */
  joined: Map<string, Viewer>;
  allowance: Allowance;
}

export type LiveServer = Server<ClientToServer, ServerToClient, Record<string, never>, Held>;
export type LiveConnection = Socket<ClientToServer, ServerToClient, Record<string, never>, Held>;

export const roomOf = (meetingId: string, audience: Audience): string => `meeting ${meetingId} ${audience}`;
export const personRoom = (meetingId: string, personId: string): string => `person ${meetingId} ${personId}`;
export const guestRoom = (guestId: string): string => `guest ${guestId}`;
