// Every event of a meeting is one plain line in both languages, for every audience, before and after somebody was erased.
import { describe, expect, it } from 'vitest';
import { playAllocation } from '#tests/support/allocation-session.ts';
import { playAwardSession } from '#tests/support/award-session.ts';
import { playFollowUps, playJointMeeting } from '#tests/support/joint-session.ts';
import { playCancelledMeeting, playFundingSession } from '#tests/support/funding-session.ts';
import { playHearing } from '#tests/support/hearing-session.ts';
import { playOpenSpace } from '#tests/support/open-space-session.ts';
import { eventTypes } from '#tests/support/event-types.ts';
import { members, personOf, type LawWorld } from '#tests/support/law-world.ts';
import type { MeetingEvent } from '#lib/domain/meeting/events.ts';
import { evolve } from '#lib/domain/meeting/evolve.ts';
import { emptyMeeting } from '#lib/domain/meeting/state.ts';
import { audiences } from '#lib/domain/meeting/words.ts';
import { messages as en } from '#lib/messages/en.ts';
import { replay as enReplay } from '#lib/messages/en/replay.ts';
import { messages as zhCN } from '#lib/messages/zh-CN.ts';
import { replay as zhReplay } from '#lib/messages/zh-CN/replay.ts';
import { eventSentence } from './event-words.ts';

type Said = readonly { readonly type: string; readonly line: string }[];

function linesOf(events: readonly MeetingEvent[], language: 'zh-CN' | 'en'): Said {
  let state = emptyMeeting('meeting-1');
  return events.map((event) => {
    state = evolve(state, event);
    const line =
      language === 'en'
        ? eventSentence(en, enReplay, 'en', state, event)
        : eventSentence(zhCN, zhReplay, 'zh-CN', state, event);
    return { type: event.type, line };
  });
}

const worlds: readonly LawWorld[] = [
  playFundingSession(),
  playCancelledMeeting(),
  playAllocation(),
  playAwardSession(),
  playOpenSpace(),
  playFollowUps(),
  playJointMeeting(),
  playHearing(),
];
const session = worlds[0] as LawWorld;

/** Holes, ids and codes: what a line must never show. */
const broken =
  /undefined|NaN|null|\[object|(seat|person|words|id|question|sheet)-|[a-z]_[a-z]|:\s*$|：\s*$|（\s*）|\(\s*\)/;

describe.each(['zh-CN', 'en'] as const)('the log in %s', (language) => {
  it('has a line for every event type there is', () => {
    const said = worlds.flatMap((world) => linesOf(world.log, language));
    expect([...new Set(said.map(({ type }) => type))].sort()).toEqual([...eventTypes].sort());
    expect(said.filter(({ line }) => line.trim().length < 2)).toEqual([]);
  });

  it.each(audiences)('shows %s no hole, no id and no code', (audience) => {
    const said = worlds.flatMap((world) => linesOf(world.readAs(audience), language));
    expect(said.filter(({ line }) => broken.test(line))).toEqual([]);
  });

  it('[E4] shows residents masked names and no private reason', () => {
    const text = linesOf(session.readAs('everyone'), language)
      .map(({ line }) => line)
      .join('\n');
    for (const { name } of members) expect(text).not.toContain(name);
    expect(text).not.toMatch(/因病|出差|家中有事/);
    expect(text).toContain('金**');
  });

  it('[E3] says that a name is gone after an erasure', () => {
    const said = linesOf(session.readErased(personOf('M14')), language);
    const text = said.map(({ line }) => line).join('\n');
    expect(text).not.toMatch(/金社长|金\*\*|利害关系.*金/);
    expect(text).toContain(language === 'en' ? en.meeting.erased : zhCN.meeting.erased);
    expect(said.filter(({ line }) => broken.test(line))).toEqual([]);
  });

  it('speaks its own language only', () => {
    if (language === 'en')
      for (const event of session.log.filter(({ type }) =>
        /Recess|Speech(Paused|Resumed)|Item(Paused|Resumed)|CheckIn/.test(type),
      ))
        expect(linesOf([event], 'en')[0]?.line).not.toMatch(/\p{Script=Han}/u);
  });
});

describe('some lines as they read', () => {
  const said = linesOf(session.log, 'zh-CN');
  const first = (type: string, has = '') => said.find((each) => each.type === type && each.line.includes(has))?.line;
  it('are plain', () => {
    expect(first('SessionOpened')).toContain('21');
    expect(first('ItemOpened', '银龄')).toContain('15 分钟');
    expect(first('RecusalDeclared')).toMatch(/金社长.*利害关系/);
    expect(first('AmountReduced')).toMatch(/¥96,000.*¥90,000/);
    expect(first('FloorGiven', '接孩子')).toMatch(/钱阿姨/);
    expect(first('MotionMoved', '重新提出')).toContain('曹先生');
    expect(first('ResultAnnounced', '14')).toContain('通过');
    expect(first('ResultSuperseded')).toContain('录入有误');
  });

  it('[V3] the count is not said before it is announced', () => {
    for (const { type, line } of said) if (type === 'PollClosed') expect(line).not.toMatch(/赞成|反对|弃权|通过/);
  });
});
