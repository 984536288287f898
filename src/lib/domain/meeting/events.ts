// Every event of a meeting, with its version. Events are for ever: a changed shape gets the next version and a pure upcaster from the one before.
import type { AgendaEvents } from './agenda.ts';
import type { AllocationEvents } from './allocation.ts';
import type { AmendmentEvents } from './amendment.ts';
import type { AttendanceEvents } from './attendance.ts';
import type { AwardEvents } from './awards.ts';
import type { ConsensusEvents } from './consensus.ts';
import type { FloorEvents } from './floor.ts';
import type { FollowUpEvents } from './follow-ups.ts';
import type { HearingEvents } from './hearing.ts';
import type { LifecycleEvents } from './lifecycle.ts';
import type { MotionEvents } from './motion.ts';
import type { OpenSpaceEvents } from './open-space/index.ts';
import type { ParticipantEvents } from './participants.ts';
import type { PollEvents } from './poll.ts';
import type { QuestionEvents } from './questions.ts';
import type { RecusalEvents } from './recusal.ts';
import type { Logged } from './slice.ts';
import type { StageEvents } from './stages.ts';
import type { Sealed } from './words.ts';

export type Events = LifecycleEvents &
  AgendaEvents &
  AttendanceEvents &
  FloorEvents &
  MotionEvents &
  AmendmentEvents &
  RecusalEvents &
  PollEvents &
  AllocationEvents &
  QuestionEvents &
  AwardEvents &
  StageEvents &
  ParticipantEvents &
  FollowUpEvents &
  ConsensusEvents &
  OpenSpaceEvents &
  HearingEvents;

export type EventType = keyof Events;

export type MeetingEvent = { [Type in EventType]: Logged<Type, Sealed<Events[Type]>> }[EventType];

/** The newest version of an event type; 1 unless it says otherwise here. */
export const versions: Partial<Record<EventType, number>> = {};

/** `upcasters.X[1]` turns a payload of version 1 into version 2. */
export const upcasters: Partial<Record<EventType, Readonly<Record<number, (payload: unknown) => unknown>>>> = {};

export const versionOf = (type: string): number => versions[type as EventType] ?? 1;

/** Any logged event as its newest version. Throws on a version newer than this program: an older program must not guess. */
export function upcast(event: Logged): MeetingEvent {
  const type = event.type as EventType;
  let { version, payload } = event;
  const newest = versionOf(type);
  if (version > newest) throw new Error(`event ${type} has version ${version}, this program knows ${newest}`);
  for (; version < newest; version += 1) {
    const step = upcasters[type]?.[version];
    if (!step) throw new Error(`no upcaster for ${type} from version ${version}`);
    payload = step(payload);
  }
  return { ...event, version, payload } as MeetingEvent;
}
