// The first text of the minutes of every meeting format, from a played log: whole, every fact once and in order, figures complete, people mentions.
import { describe, expect, it } from 'vitest';
import { appraisalMeeting } from '#lib/domain/formats/appraisal-meeting.ts';
import { formats } from '#lib/domain/formats/index.ts';
import { factsOf } from '#lib/domain/minutes/facts.ts';
import { mentionable } from '#lib/domain/minutes/mentions.ts';
import type { WrittenBlock, WrittenInline } from '#lib/domain/minutes/record.ts';
import { playFundingSession } from '#tests/support/funding-session.ts';
import { askFrom, openHearing, playHearing } from '#tests/support/hearing-session.ts';
import { playJointMeeting } from '#tests/support/joint-session.ts';
import { agendaItem, LawWorld, members } from '#tests/support/law-world.ts';
import { playOpenSpace } from '#tests/support/open-space-session.ts';
import { messages as en } from './en.ts';
import { minutesFacts as enFacts } from './en/minutes-facts.ts';
import { minutesOutline as enOutline } from './en/minutes-outline.ts';
import { factBlocks } from './minutes-facts.ts';
import { outlineOf } from './minutes-outline.ts';
import { messages as zhCN } from './zh-CN.ts';
import { minutesFacts as zhFacts } from './zh-CN/minutes-facts.ts';
import { minutesOutline as zhOutline } from './zh-CN/minutes-outline.ts';

/** An appraisal of 22 forms given out, 21 back, one of them void. */
function playAppraisal(): LawWorld {
  const world = new LawWorld({
    format: 'appraisal_meeting',
    items: [agendaItem('account', { kind: 'report' })],
    rules: { ...appraisalMeeting, appraisal: { indicators: ['工作态度', '工作成绩'], leastValid: 5 } },
  }).open();
  world.do('M03', { type: 'openItem', itemId: 'account' });
  const enter = (stage: string) => world.do('M03', { type: 'enterStage', stage, allowedMs: null, reason: null });
  enter('forms');
  world.do('M03', {
    type: 'openPoll',
    subject: {
      kind: 'question',
      question: '对居委会工作的评议',
      options: ['满意', '基本满意', '不满意', '不了解'],
      form: 'appraisal',
    },
    secrecy: 'hidden',
    plannedMs: null,
  });
  const forms = [...Array<string>(12).fill('AAB'), ...Array<string>(5).fill('BA-'), 'CCC', 'D--', 'D--'];
  world.facts = {
    ...world.facts,
    poll: {
      turnout: [],
      choices: forms,
      choicesBySeat: null,
      bundles: [],
      spoiled: 1,
      unsettledSheets: 0,
    },
  };
  world.do('M03', { type: 'closePoll', pollId: world.state.polls.openId ?? '' });
  enter('verdict');
  world.do('M01', { type: 'announceResult', pollId: world.lastPollId() });
  world.do('M01', { type: 'adjournMeeting', leaveUnfinished: false });
  return world;
}

const played: Readonly<Record<string, () => LawWorld>> = {
  council: playFundingSession,
  deliberation_committee: playFundingSession,
  open_space: playOpenSpace,
  hearing: playHearing,
  joint_meeting: playJointMeeting,
  consultation: playJointMeeting,
  appraisal_meeting: playAppraisal,
};

const languages = [
  ['zh-CN', { lang: 'zh-CN', w: zhCN, f: zhFacts }, zhOutline],
  ['en', { lang: 'en', w: en, f: enFacts }, enOutline],
] as const;

const inlinesText = (inlines: readonly WrittenInline[]): string =>
  inlines.map((part) => ('text' in part ? part.text : `@${part.personId}`)).join('');
const textOf = (blocks: readonly WrittenBlock[]): string =>
  blocks
    .map((block) => {
      if (block.kind === 'table') return block.rows.map((row) => row.map(inlinesText).join(' | ')).join('\n');
      if (block.kind === 'list') return block.items.map((item) => textOf(item)).join('\n');
      return block.kind === 'fact' ? textOf(block.blocks) : inlinesText(block.inlines);
    })
    .join('\n');

/** The whole first text, facts in words. */
function draftOf(format: string, [, words, outline]: (typeof languages)[number]): string {
  const world = played[format]?.() ?? new LawWorld();
  const facts = factsOf('meeting-1', world.log);
  const bySeq = new Map(facts.map((fact) => [fact.seq, fact]));
  const blocks = outlineOf(outline, { format, title: [{ text: '会议' }] }, facts);
  return blocks
    .map((block) => {
      if (block.kind !== 'fact')
        return `${block.kind === 'heading' ? `${'#'.repeat(block.level)} ` : ''}${textOf([block])}`;
      const fact = bySeq.get(block.seq);
      return fact ? textOf(factBlocks(words, fact)) : '';
    })
    .join('\n');
}

it('every meeting format is played here', () =>
  expect(Object.keys(played).sort()).toEqual(formats.map(({ id }) => id).sort()));

describe.each(formats.map(({ id }) => id))('the first text of %s', (format) => {
  const world = played[format]?.() ?? new LawWorld();
  const facts = factsOf('meeting-1', world.log);

  it.each(languages)('[K2] in %s: every fact once, each says something, nobody is named', (_, words, outline) => {
    const blocks = outlineOf(outline, { format, title: [{ text: '会议' }] }, facts);
    expect(blocks.flatMap((block) => (block.kind === 'fact' ? [block.seq] : []))).toEqual(facts.map(({ seq }) => seq));
    const said = facts.map((fact) => [fact.kind, textOf(factBlocks(words, fact))] as const);
    expect(
      said.filter(([, text]) => text.trim() === '' || /undefined|NaN|null|\[object|@$|@[^a-z]/m.test(text)),
    ).toEqual([]);
    const all = said.map(([, text]) => text).join('\n');
    expect(members.filter(({ name }) => all.includes(name))).toEqual([]);
  });

  it('[K1] mentions only people whom the state knows', () => {
    const known = new Set(mentionable(world.state).map(({ personId }) => personId));
    const mentioned = [
      ...JSON.stringify(facts.map((fact) => factBlocks(languages[0][1], fact))).matchAll(/"personId":"([^"]*)"/g),
    ];
    expect(mentioned.map(([, id = '']) => id).filter((id) => !known.has(id))).toEqual([]);
  });

  it('[K1] has the same facts for whoever reads less', () => {
    for (const audience of ['everyone', 'members', 'desk'] as const)
      expect(factsOf('meeting-1', world.readAs(audience)).map(({ seq }) => seq)).toEqual(facts.map(({ seq }) => seq));
  });
});

it.each(['open_space', 'hearing', 'joint_meeting', 'appraisal_meeting'])('the whole first text of %s', (format) =>
  expect(draftOf(format, languages[0])).toMatchSnapshot(),
);

it('[K1] a resident who was heard at a hearing without a seat stands among the speakers', () => {
  const world = openHearing();
  const participantId = askFrom(world, 'g9', '东片区', 'against');
  const request = world.state.floor.requests.find(({ seatId }) => seatId === participantId);
  world.do('M03', { type: 'enterStage', stage: 'residents', allowedMs: null, reason: null });
  world.do('M01', { type: 'giveFloor', requestId: request?.requestId ?? '', overrideReason: '请这位居民先说' });
  world.do('M01', { type: 'endSpeech' });
  const speeches = factsOf('meeting-1', world.log).find(({ kind }) => kind === 'speeches');
  expect(speeches?.said).toMatchObject({ speeches: [{ personId: `participant:${participantId}`, stance: 'against' }] });
});
