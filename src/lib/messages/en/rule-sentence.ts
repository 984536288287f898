// A rule pack as one plain English sentence; says exactly what the Chinese one says.
import { plural } from '#lib/messages/format.ts';
import { formatOf } from '#lib/domain/formats/index.ts';
import type { MajorityRule, Operator, Ratio, RulePack } from '#lib/domain/meeting/rules.ts';
import { needed, tieMatters } from '#lib/domain/meeting/rules.ts';
import { signingTermsOf } from '#lib/domain/minutes/signing.ts';
import { meeting } from './meeting.ts';

const fractions: Readonly<Record<string, string>> = {
  '1/2': 'half',
  '1/3': 'one third',
  '2/3': 'two thirds',
  '1/4': 'one quarter',
  '3/4': 'three quarters',
};

function share(operator: Operator, { numerator, denominator }: Ratio): string {
  const fraction =
    numerator === denominator ? 'all' : (fractions[`${numerator}/${denominator}`] ?? `${numerator}/${denominator}`);
  return `${operator === '>' ? 'more than' : 'at least'} ${fraction}`;
}

const bases: Readonly<Record<MajorityRule['base'], string>> = {
  present_minus_recused: 'the members present and not recused',
  present: 'the members present',
  all_seats: 'all members',
  votes_cast: 'the members who voted',
};

function span(seconds: number): string {
  const [whole, rest] = [Math.floor(seconds / 60), seconds % 60];
  return [whole > 0 ? plural(whole, 'minute') : '', rest > 0 ? plural(rest, 'second') : ''].filter(Boolean).join(' ');
}

export function ruleSentence(rules: Omit<RulePack, 'packId'>, seats: number | null): string {
  const { quorum, majority, speech, publicity } = rules;
  const seatless = formatOf(rules.format)?.seatless ?? false;
  const parts: string[] = [];
  if (seatless) parts.push('There are no seats: whoever comes takes part');
  else if (quorum && quorum.ratio.numerator === 0 && quorum.sectorsPresent)
    parts.push(`A session needs somebody present from at least ${plural(quorum.sectorsPresent, 'sector')}`);
  else if (quorum) {
    const people = seats === null ? '' : ` (${needed(seats, quorum.operator, quorum.ratio)} of ${seats} seats)`;
    const sectors = quorum.sectorsPresent ? ` from at least ${plural(quorum.sectorsPresent, 'sector')}` : '';
    parts.push(`A session needs ${share(quorum.operator, quorum.ratio)} of all members present${people}${sectors}`);
  } else parts.push('A session needs no quorum');
  if (majority && rules.appraisal) {
    const { indicators, leastValid } = rules.appraisal;
    const beside = indicators.length > 0 ? ` and ${indicators.join(', ')}` : '';
    parts.push(
      `forms without names appraise the whole${beside}`,
      `${share(majority.operator, majority.ratio)} of those with an opinion satisfied or fairly satisfied reach the line; a verdict takes ${plural(leastValid, 'valid form')}`,
    );
  } else if (majority) {
    const abstentions = majority.abstentionsCount
      ? 'abstentions count in the base'
      : 'abstentions do not count in the base';
    const way = rules.secrecy === 'named' ? 'votes are named' : 'names are hidden in votes';
    parts.push(
      `${way}, and ${share(majority.operator, majority.ratio)} of ${bases[majority.base]} in favour carry; ${abstentions}`,
      ...(tieMatters(majority) ? ['there must be more votes for than against as well'] : []),
    );
    if (!rules.binding) parts.push('votes only advise and bind nobody');
  } else parts.push('no binding votes are taken');
  parts.push(
    rules.noticeDays === 0
      ? 'no notice is needed'
      : `notice is given at least ${plural(rules.noticeDays, 'day')} before`,
  );
  const votes = majority !== null && !rules.appraisal;
  const speeches = votes ? `, at most ${plural(speech.timesPerMotion, 'time')} a motion,` : '';
  if (!seatless)
    parts.push(
      `a speech lasts ${span(speech.seconds)}${speeches} and a presentation ${span(rules.presentationSeconds)}`,
    );
  if (votes) {
    parts.push(rules.seconding ? 'motions need a second' : 'motions need no second');
    parts.push(rules.recusal ? 'members with an interest are recused' : 'there is no rule on recusal');
    parts.push(rules.proxies ? 'a member may vote by written proxy' : 'nobody votes by proxy');
    parts.push(
      publicity.days === 0
        ? 'results are not published for objection'
        : `results are published for ${plural(publicity.days, publicity.dayType === 'calendar' ? 'calendar day' : 'working day')}${publicity.beforeSigning ? ', which may begin before the minutes are signed' : ''}`,
    );
  }
  parts.push(`${meeting.signers(signingTermsOf(rules))} the minutes`);
  return `${parts.join('; ')}.`;
}
