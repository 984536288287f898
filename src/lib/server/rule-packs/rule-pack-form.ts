// The fields of RulePackFields.svelte as rules. Called by the actions that make a pack or a new version of one. What is typed wrongly
// becomes a number no rule allows, so that the law's own check names the field.
import { signingKinds } from '#lib/domain/meeting/rules.ts';
import type { FloorCriterion, MajorityRule, Operator, QuorumRule } from '#lib/domain/meeting/rules.ts';
import { council } from '#lib/domain/formats/council.ts';
import type { MeetingFormat } from '#lib/domain/formats/format.ts';
import { formatOf } from '#lib/domain/formats/index.ts';
import { fieldsOf } from '#lib/server/form-fields.ts';
import type { RulesWithoutId } from './rule-packs.ts';

const bases: readonly MajorityRule['base'][] = ['present_minus_recused', 'present', 'all_seats', 'votes_cast'];
const criteria: readonly FloorCriterion[] = [
  'point_of_order',
  'in_turn',
  'first_time',
  'alternate_sides',
  'balance_sectors',
  'balance_areas',
  'balance_channels',
  'arrival',
];

export function rulesOf(form: FormData): RulesWithoutId {
  const { text, textOrNull, flag, whole, all } = fieldsOf(form);
  const number = (name: string): number => whole(name) ?? -1;
  const operator = (name: string): Operator => (text(name) === '>' ? '>' : '>=');
  const ratio = (name: string) => ({
    numerator: number(`${name}Numerator`),
    denominator: number(`${name}Denominator`),
  });
  const quorum: QuorumRule | null = flag('quorumNeeded')
    ? {
        base: 'all_seats',
        operator: operator('quorumOperator'),
        ratio: ratio('quorum'),
        sectorsPresent: text('sectorsPresent') === '' ? null : number('sectorsPresent'),
      }
    : null;
  const majority: MajorityRule | null = flag('majorityNeeded')
    ? {
        base: bases.find((base) => base === text('majorityBase')) ?? 'present_minus_recused',
        operator: operator('majorityOperator'),
        ratio: ratio('majority'),
        abstentionsCount: flag('abstentionsCount'),
      }
    : null;
  const format = formatOf(text('format')) ?? council;
  const order = criteria.filter((criterion) => criterion !== 'arrival' && all('floorOrder').includes(criterion));
  const checkedOn = textOrNull('checkedOn');
  return {
    name: text('name'),
    format: format.id,
    quorum,
    majority,
    binding: majority !== null && flag('binding'),
    secrecy: text('secrecy') === 'hidden' ? 'hidden' : 'named',
    noticeDays: number('noticeDays'),
    speech: { seconds: number('speechSeconds'), timesPerMotion: number('timesPerMotion') },
    presentationSeconds: number('presentationSeconds'),
    floorOrder: [...order, 'arrival'],
    seconding: flag('seconding'),
    recusal: flag('recusal'),
    proxies: flag('proxies'),
    publicity: {
      days: number('publicityDays'),
      dayType: text('dayType') === 'working' ? 'working' : 'calendar',
      ...(flag('beforeSigning') && { beforeSigning: true }),
    },
    awayGraceSeconds: number('awayGraceSeconds'),
    // Parties countersign: there is nothing to choose.
    ...(format.signing.kind !== 'joint' && {
      signing: form.has('signingKind')
        ? {
            kind: signingKinds.find((kind) => kind !== 'joint' && kind === text('signingKind')) ?? 'council',
            least: number('signingLeast'),
          }
        : format.signing,
    }),
    ...(format.hearing && {
      // A form made for another format has none of these fields: it starts from what is usual.
      hearing: form.has('leastOfficers')
        ? {
            leastOfficers: number('leastOfficers'),
            opinionDays: number('opinionDays'),
            answerDays: number('answerDays'),
            leastInArea: number('leastInArea'),
          }
        : format.hearing,
    }),
    ...(format.appraisal && {
      appraisal: form.has('leastValid')
        ? {
            indicators: text('indicators')
              .split('\n')
              .map((each) => each.trim())
              .filter((each) => each !== ''),
            leastValid: number('leastValid'),
          }
        : format.appraisal,
    }),
    basis: text('basis').slice(0, 400),
    checkedOn: checkedOn !== null && /^\d{4}-\d{2}-\d{2}$/.test(checkedOn) ? checkedOn : null,
  };
}

/** What a new pack starts from: the format's own rules, and times in common use. */
export const freshRules = (format: MeetingFormat = council): RulesWithoutId => ({
  name: '',
  format: format.id,
  quorum: format.quorum,
  majority: format.majority,
  binding: format.binding,
  secrecy: 'named',
  noticeDays: 3,
  speech: { seconds: 120, timesPerMotion: 2 },
  presentationSeconds: 180,
  floorOrder: format.floorOrder,
  seconding: true,
  recusal: true,
  proxies: false,
  publicity: { days: 5, dayType: 'calendar' },
  awayGraceSeconds: 60,
  ...(format.signing.kind !== 'joint' && { signing: format.signing }),
  ...(format.hearing && { hearing: format.hearing }),
  ...(format.appraisal && { appraisal: format.appraisal }),
  basis: '',
  checkedOn: null,
});
