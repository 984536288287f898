// Who takes part without a seat: on a phone, or through the desk.
import { describe, expect, it } from 'vitest';
import { LawWorld, personOf } from '#tests/support/law-world.ts';
import { joinAs, joinAssisted, openSpaceWorld } from '#tests/support/open-space-session.ts';
import { actorAt, audienceOf, doersOf } from './decide.ts';
import { participantsHere } from './participants.ts';

const enter = (name: string, more: { assisted?: boolean; channel?: 'hall' | 'remote'; zone?: string | null } = {}) =>
  ({ type: 'enterParticipant', name, zone: null, channel: 'hall', assisted: false, ...more }) as const;
const guest = (id: string) => ({ kind: 'guest', guestId: id, personId: null }) as const;

describe('participants', () => {
  it('[A8] come in by a name of their own choosing, in the hall or from afar', () => {
    const world = openSpaceWorld();
    const id = joinAs(world, 'g1', ' 三楼的小周 ');
    expect(world.state.participants.byId[id]).toMatchObject({
      name: { text: '三楼的小周' },
      channel: 'hall',
      zone: '东片区',
      assistedBy: null,
    });
    expect(world.why('guest:g2', enter('  '))).toBe('C2 text-missing');
    expect(world.why('guest:g2', enter('长'.repeat(21)))).toBe('C2 text-too-long');
    expect(new LawWorld({ format: 'open_space', items: [] }).convene().why('guest:g2', enter('早到'))).toBe(
      'A8 wrong-phase',
    );
  });

  it('[A8] the same device or person is the same participant, after leaving too', () => {
    const world = openSpaceWorld();
    const id = joinAs(world, 'g1');
    expect(world.why('guest:g1', { ...enter('居民g1'), zone: '东片区' })).toBe('A8 already-done');
    world.do('guest:g1', { type: 'leaveParticipant', participantId: id });
    expect(participantsHere(world.state)).toEqual([]);
    expect(actorAt(world.state, guest('g1')).participantId).toBeNull();
    world.do('guest:g1', enter('换个名字', { channel: 'remote' }));
    world.do('M05', enter('顾老师'));
    world.do('M05', enter('顾老师', { zone: '西片区' }));
    expect(world.state.participants.order).toHaveLength(2);
    expect(world.state.participants.byId[id]).toMatchObject({
      name: { text: '换个名字' },
      channel: 'remote',
      leftAt: null,
    });
    expect(actorAt(world.state, { kind: 'person', guestId: null, personId: personOf('M05') }).participantId).toBe(
      world.state.participants.order[1],
    );
  });

  it('[A9] the desk writes down somebody without a phone, as often as there are such people, and it is recorded as assisted', () => {
    const world = openSpaceWorld();
    const first = joinAssisted(world, '戴草帽的阿姨');
    const second = joinAssisted(world, '匿名');
    expect(first).not.toBe(second);
    expect(world.state.participants.byId[second]?.assistedBy).toBe(personOf('A1'));
    expect(world.why('M05', enter('别人', { assisted: true }))).toBe('A9 not-your-part');
    expect(world.why('guest:g1', enter('别人', { assisted: true }))).toBe('A9 not-your-part');
  });

  it('[A9] one acts for oneself or at the desk', () => {
    const world = openSpaceWorld();
    const [mine, other] = [joinAs(world, 'g1'), joinAs(world, 'g2')];
    expect(world.why('guest:g1', { type: 'leaveParticipant', participantId: other })).toBe('A9 not-your-part');
    expect(world.why('guest:g9', { type: 'leaveParticipant', participantId: other })).toBe('P1 not-entitled');
    world.do('A1', { type: 'leaveParticipant', participantId: other });
    expect(world.why('A1', { type: 'leaveParticipant', participantId: other })).toBe('A8 participant-gone');
    expect(world.why('A1', { type: 'leaveParticipant', participantId: 'nobody' })).toBe('A8 unknown-participant');
    world.do('guest:g1', { type: 'leaveParticipant', participantId: mine });
  });

  it('[P1] a participant is a doer of its own and reads what everyone reads', () => {
    const world = openSpaceWorld();
    joinAs(world, 'g1');
    const actor = actorAt(world.state, guest('g1'));
    expect([...doersOf(world.state, actor)].sort()).toEqual(['participant', 'resident']);
    expect(audienceOf(world.state, actor)).toBe('everyone');
  });

  it('[E3] their names are forgotten like any other word, a guest’s by the participant alone', () => {
    const world = openSpaceWorld();
    const id = joinAs(world, 'g1', '三楼的小周');
    joinAs(world, 'g2', '四楼的小王');
    const erased = JSON.stringify(world.fold(world.readErased(`participant:${id}`)).participants);
    expect(erased).not.toContain('三楼的小周');
    expect(erased).toContain('四楼的小王');
  });

  it('[L4] a council session lists nobody beside its seats', () =>
    expect(new LawWorld().open().why('guest:g1', enter('居民'))).toBe('L4 not-in-format'));
});
