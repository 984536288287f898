// A result is one whole sentence with every number somebody could argue about, in both languages, and never more than it is.
import { describe, expect, it } from 'vitest';
import { playFundingSession, projects } from '#tests/support/funding-session.ts';
import { LawWorld, present } from '#tests/support/law-world.ts';
import { messages as en } from '#lib/messages/en.ts';
import { messages as zhCN } from '#lib/messages/zh-CN.ts';
import type { Poll } from '#lib/domain/meeting/poll-state.ts';
import { resultSentence } from './result-sentence.ts';

const chinese = (poll: Poll | undefined) => (poll ? resultSentence(zhCN, 'zh-CN', poll) : 'no poll');
const english = (poll: Poll | undefined) => (poll ? resultSentence(en, 'en', poll) : 'no poll');
const lastPoll = (world: LawWorld) => world.state.polls.byId[world.lastPollId()];
const session = playFundingSession();
const polls = session.state.polls.order.flatMap((id) => session.state.polls.byId[id] ?? []);

describe('[V4] the sentence of a result', () => {
  it('says P3 moved anew as it was', () => {
    const p3 = polls.find(({ result }) => result?.counts.for === 14);
    expect(chinese(p3)).toBe(
      '赞成 14 票、反对 4 票、弃权 1 票。到会 21 人，法定 17 人；表决基数 19（2 人回避，不计入），须 10 票赞成。通过。',
    );
    expect(english(p3)).toMatch(/14.*4.*1.*21.*17.*19.*10/);
  });

  it.each(projects)('says every number of $id', ({ votes, base, threshold }) => {
    const poll = polls.find(
      ({ result }) => result?.counts.for === votes.for && result.counts.against === votes.against,
    );
    for (const sentence of [chinese(poll), english(poll)]) {
      for (const number of [votes.for, votes.against, votes.abstain, base, threshold, 21, 17])
        expect(sentence).toMatch(new RegExp(`(^|\\D)${String(number)}(\\D|$)`));
      expect(sentence).not.toMatch(/undefined|NaN|null|[a-z]_[a-z]/);
    }
  });

  it('says nothing of a quorum where the rules ask for none, nor of recusals where there are none', () => {
    const world = new LawWorld({ rules: { quorum: null } }).open(['M01', 'M02']).debate().vote({ for: 2 });
    expect(chinese(lastPoll(world))).toBe(
      '赞成 2 票、反对 0 票、弃权 0 票。到会 2 人；表决基数 2，须 2 票赞成。通过。',
    );
    expect(english(lastPoll(world))).not.toMatch(/quorum|recused/);
  });

  it('says who did not vote and what was spoiled', () => {
    const world = new LawWorld().open().debate();
    world.openVote();
    world.castCounts({ for: 15 });
    world.spoiled = 2;
    world.closeVote();
    expect(chinese(lastPoll(world))).toContain('废票 2、未投 4');
  });

  it('[Q1] a vote void for want of a quorum is void, whatever was counted', () => {
    const world = new LawWorld().open(present.slice(0, 17)).debate();
    world.openVote();
    world.castCounts({ for: 17 }).leave('M04').closeVote();
    expect(chinese(lastPoll(world))).toBe('表决结束时到会 16 人，不足法定的 17 人，这次表决无效，要重新表决。');
    expect(english(lastPoll(world))).toMatch(/16.*17/);
    expect(chinese(lastPoll(world))).not.toContain('通过');
  });

  it('[V10] a straw poll says that it is no decision', () => {
    const straw = polls.find(({ frame }) => frame.kind === 'straw');
    expect(chinese(straw)).toBe('三点 12 票、三点一刻 9 票，可参加 21 人。这是意向摸底，不是决定。');
    expect(english(straw)).toMatch(/12.*9/);
    expect(english(straw)).toMatch(/not a decision/i);
  });

  it('says nothing before there is a result', () => {
    const world = new LawWorld().open().debate();
    world.openVote();
    expect([chinese(lastPoll(world)), english(lastPoll(world))]).toEqual(['', '']);
  });
});
