// The dataset's rule packs as rules a meeting can keep. R8 (owners' decisions, which are not taken here) is no rule of a meeting and has no
// pack. R6 gives its line to a 民主评议会; its 30 valid forms are of rounds among residents, more than a council has seats. What a source does not say is left as the council format has it.
import type { MajorityRule, QuorumRule, Ratio, RulePack } from '#lib/domain/meeting/rules.ts';
import type { MeetingFormat } from '#lib/domain/formats/format.ts';
import { jointMeeting } from '#lib/domain/formats/joint-meeting.ts';
import { hearing } from '#lib/domain/formats/hearing.ts';
import { appraisalMeeting } from '#lib/domain/formats/appraisal-meeting.ts';
import { council } from '#lib/domain/formats/council.ts';
import { openSpace } from '#lib/domain/formats/open-space.ts';
import { dataset } from './dataset.ts';

type SourcePack = (typeof dataset.rule_packs)[number];

const isOperator = (text: string | undefined): text is '>' | '>=' => text === '>' || text === '>=';

/** `2/3` → two thirds. */
function ratioOf(text: string): Ratio {
  const [numerator = '1', denominator = '1'] = text.split('/');
  return { numerator: Number(numerator), denominator: Number(denominator) };
}

const quorumOf = ({ quorum, parties }: SourcePack): QuorumRule | null =>
  // Where parties meet, each of them is here.
  parties && jointMeeting.quorum
    ? { ...jointMeeting.quorum, sectorsPresent: parties.length }
    : quorum && isOperator(quorum.op)
      ? { base: 'all_seats', operator: quorum.op, ratio: ratioOf(quorum.ratio), sectorsPresent: null }
      : null;

function majorityOf({ pass, pass_ratio: line }: SourcePack): MajorityRule | null {
  if (line !== undefined && appraisalMeeting.majority)
    return { ...appraisalMeeting.majority, ratio: { numerator: Math.round(line * 100), denominator: 100 } };
  if (!pass || !isOperator(pass.op)) return null;
  const base = pass.base === 'present_minus_recused' ? 'present_minus_recused' : 'present';
  const abstentionsCount = 'abstain_counts_in_base' in pass ? pass.abstain_counts_in_base !== false : true;
  return { base, operator: pass.op, ratio: ratioOf(pass.ratio), abstentionsCount };
}

/** The packs that are not the council's own. */
const formatsOfPacks: Readonly<Record<string, MeetingFormat>> = {
  R4: hearing,
  R5: openSpace,
  R6: appraisalMeeting,
  R7: jointMeeting,
};
const formatFor = ({ id }: SourcePack): MeetingFormat => formatsOfPacks[id] ?? council;

/** As the published case of 木棉岭 has them. */
const indicators = ['工作态度', '工作方法', '工作效率', '团结协作', '服务群众', '公道廉洁', '工作成绩'];

function packOf(source: SourcePack): Omit<RulePack, 'packId'> {
  const majority = majorityOf(source);
  const format = formatFor(source);
  return {
    name: source.name,
    format: format.id,
    quorum: quorumOf(source),
    majority,
    binding: format.binding && majority !== null && source.binding !== false,
    secrecy: 'named',
    noticeDays: source.notice_days ?? 3,
    speech: { seconds: source.speech?.seconds ?? 120, timesPerMotion: source.speech?.times_per_motion ?? 2 },
    presentationSeconds: 180,
    floorOrder: format.floorOrder,
    seconding: true,
    recusal: source.recusal ?? true,
    proxies: source.proxy ?? false,
    publicity: {
      days: source.publicity?.days ?? 5,
      dayType: 'calendar',
      // The demo council puts its results up before everybody has signed, and the decision after.
      ...(source.id === 'R1' && { beforeSigning: true }),
    },
    awayGraceSeconds: 60,
    // With chair and secretary as many of the demo council sign as may decide.
    ...(format.signing.kind !== 'joint' && {
      signing: source.id === 'R1' ? { kind: 'council', least: 15 } : format.signing,
    }),
    ...(format.hearing && {
      hearing: { ...format.hearing, opinionDays: source.written_comments_after_days ?? format.hearing.opinionDays },
    }),
    ...(format.appraisal && { appraisal: { ...format.appraisal, indicators } }),
    basis: source.basis ?? source.decision ?? source.verify ?? '',
    checkedOn: null,
  };
}

const notForMeetings = ['R8'];

/** By the dataset's own id, in its order. */
export const demoRulePacks = (): readonly { ref: string; rules: Omit<RulePack, 'packId'> }[] =>
  dataset.rule_packs
    .filter(({ id }) => !notForMeetings.includes(id))
    .map((source) => ({ ref: source.id, rules: packOf(source) }));
