// A rule pack as one plain Chinese sentence, shown before it is chosen, while it is edited and on the notice. Composed on the server
// (server/rule-packs/rule-sentence.ts). Every number comes from the pack; nothing is left out that a member could argue about.
import { formatOf } from '#lib/domain/formats/index.ts';
import type { MajorityRule, Operator, Ratio, RulePack } from '#lib/domain/meeting/rules.ts';
import { needed, tieMatters } from '#lib/domain/meeting/rules.ts';
import { signingTermsOf } from '#lib/domain/minutes/signing.ts';
import { meeting } from './meeting.ts';

const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
const chinese = (value: number): string => digits[value] ?? String(value);

function share(operator: Operator, { numerator, denominator }: Ratio): string {
  if (numerator === denominator) return operator === '>' ? '多于全部' : '全部';
  const half = numerator * 2 === denominator;
  const fraction = half ? '半数' : `${chinese(denominator)}分之${chinese(numerator)}`;
  if (operator === '>') return half ? '过半数' : `超过${fraction}`;
  return `${fraction}以上（含${half ? '半数' : '本数'}）`;
}

const bases: Readonly<Record<MajorityRule['base'], string>> = {
  present_minus_recused: '到会且未回避的委员中',
  present: '到会的委员中',
  all_seats: '全体委员中',
  votes_cast: '投了票的委员中',
};

const span = (seconds: number): string =>
  seconds % 60 === 0
    ? `${seconds / 60} 分钟`
    : seconds < 60
      ? `${seconds} 秒`
      : `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`;

/** `seats` is the number of voting seats where it is known: then the quorum is said in people as well. */
export function ruleSentence(rules: Omit<RulePack, 'packId'>, seats: number | null): string {
  const { quorum, majority, speech, publicity } = rules;
  const seatless = formatOf(rules.format)?.seatless ?? false;
  const parts: string[] = [];
  if (seatless) parts.push('不设席位，谁来都可以参加');
  else if (quorum && quorum.ratio.numerator === 0 && quorum.sectorsPresent)
    parts.push(`至少 ${quorum.sectorsPresent} 个界别有人到会才能开会`);
  else if (quorum) {
    const people = seats === null ? '' : `（${seats} 席中 ${needed(seats, quorum.operator, quorum.ratio)} 人）`;
    parts.push(
      `全体委员${share(quorum.operator, quorum.ratio)}到会${people}才能开会${quorum.sectorsPresent ? `，并且至少 ${quorum.sectorsPresent} 个界别有人到会` : ''}`,
    );
  } else parts.push('开会人数不作要求');
  if (majority && rules.appraisal) {
    const { indicators, leastValid } = rules.appraisal;
    const beside = indicators.length > 0 ? `，并逐项评${indicators.join('、')}` : '';
    parts.push(
      `不记名填评议表，评总体${beside}`,
      `满意和基本满意占表态的${share(majority.operator, majority.ratio)}为合格，有效表不满 ${leastValid} 份不作结论`,
    );
  } else if (majority) {
    const abstentions = majority.abstentionsCount ? '弃权计入基数' : '弃权不计入基数';
    const way = rules.secrecy === 'named' ? '记名表决' : '无记名表决';
    parts.push(
      `${way}，${bases[majority.base]}${share(majority.operator, majority.ratio)}同意即通过，${abstentions}${tieMatters(majority) ? '，赞成还要多于反对' : ''}`,
    );
    if (!rules.binding) parts.push('表决结果只供参考，没有约束力');
  } else parts.push('不作有约束力的表决');
  parts.push(rules.noticeDays === 0 ? '随时可以通知开会' : `至少提前 ${rules.noticeDays} 天通知`);
  const votes = majority !== null && !rules.appraisal;
  // Where nobody has a seat nobody is given the floor either: people talk at tables.
  if (!seatless)
    parts.push(
      votes
        ? `每人每次发言 ${span(speech.seconds)}、每项动议最多 ${speech.timesPerMotion} 次，陈述 ${span(rules.presentationSeconds)}`
        : `每人每次发言 ${span(speech.seconds)}，陈述 ${span(rules.presentationSeconds)}`,
    );
  // Without votes there are no motions to second, nothing to be recused from and no result to publish.
  if (votes) {
    parts.push(rules.seconding ? '动议要有人附议' : '动议不需要附议');
    parts.push(rules.recusal ? '有利害关系的委员要回避' : '没有回避的规定');
    parts.push(rules.proxies ? '可以书面委托他人表决' : '不能委托他人表决');
    parts.push(
      publicity.days === 0
        ? '结果不公示'
        : `结果公示 ${publicity.days} 个${publicity.dayType === 'calendar' ? '自然日' : '工作日'}${publicity.beforeSigning ? '，签署完成以前就可以公示' : ''}`,
    );
  }
  parts.push(`会议记录由${meeting.signers(signingTermsOf(rules))}`);
  return `${parts.join('；')}。`;
}
