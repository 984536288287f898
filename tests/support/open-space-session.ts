// An open-space meeting in memory, from check-in to the closing circle, in which every event of its slices happens at least once.
// Called by the log fixture and by tests of the words; the figures of script 6.2 are asserted elsewhere.
import { LawWorld } from './law-world.ts';

/** Convened without seats and without an agenda, check-in open. */
export function openSpaceWorld(): LawWorld {
  const world = new LawWorld({
    format: 'open_space',
    items: [],
    rules: { quorum: null, majority: null, binding: false },
  });
  return world.checkIn([]);
}

/** Comes in on a phone as `guest:<id>`; the new participant's id. */
export function joinAs(world: LawWorld, guest: string, name = `居民${guest}`): string {
  const [entered] = world.do(`guest:${guest}`, {
    type: 'enterParticipant',
    name,
    zone: '东片区',
    channel: 'hall',
    assisted: false,
  });
  return entered?.type === 'ParticipantEntered' ? entered.payload.participantId : '';
}

/** Written down by the helper A1. */
export function joinAssisted(world: LawWorld, name: string): string {
  const [entered] = world.do('A1', { type: 'enterParticipant', name, zone: null, channel: 'hall', assisted: true });
  return entered?.type === 'ParticipantEntered' ? entered.payload.participantId : '';
}

export function playOpenSpace(): LawWorld {
  const world = openSpaceWorld();
  joinAs(world, 'g1');
  joinAs(world, 'g2');
  const assisted = joinAssisted(world, '戴草帽的阿姨');
  world.do('M01', { type: 'openSession' });
  world.do('M03', { type: 'enterStage', stage: 'topics', allowedMs: 20 * 60_000, reason: null });
  world.do('M03', { type: 'extendStage', byMs: 60_000 });
  world.do('M03', { type: 'enterStage', stage: 'opening', allowedMs: null, reason: '后到的人还没有听过说明' });
  world.do('A1', { type: 'leaveParticipant', participantId: assisted });
  world.do('M01', { type: 'adjournMeeting', leaveUnfinished: false });
  return world;
}
