// What may be published of a meeting, when, for how long, and that nobody is named in it who did not agree.
import { describe, expect, it } from 'vitest';
import {
  daysLeft,
  isOpenTo,
  namedWithoutConsent,
  periodFault,
  publishFault,
  type PublicationFacts,
} from './publication.ts';

const facts = (more: Partial<PublicationFacts> = {}): PublicationFacts => ({
  adjourned: true,
  hasResults: true,
  signed: true,
  resultsBeforeSigning: false,
  standing: [],
  ...more,
});
const five = { days: 5, dayType: 'calendar' } as const;

describe('publishing', () => {
  it('[PB1] takes signed minutes for a decision', () => {
    expect(publishFault('decision', facts())).toBeNull();
    expect(publishFault('decision', facts({ signed: false }))).toMatchObject({ reason: 'publish-unsigned' });
    expect(publishFault('decision', facts({ adjourned: false }))).toMatchObject({ reason: 'publish-not-adjourned' });
    expect(publishFault('decision', facts({ hasResults: false }))).toMatchObject({ reason: 'publish-nothing' });
  });

  it('[PB1] shows results before signing only where the pack says so, and no longer once the minutes are signed', () => {
    const early = { signed: false, resultsBeforeSigning: true };
    expect(publishFault('results', facts(early))).toBeNull();
    expect(publishFault('results', facts({ signed: false }))).toMatchObject({ reason: 'publish-results-not-allowed' });
    expect(publishFault('results', facts({ resultsBeforeSigning: true }))).toMatchObject({
      reason: 'publish-decision-instead',
    });
  });

  it('[PB3] has one publication of a kind stand for a meeting', () => {
    expect(publishFault('decision', facts({ standing: ['decision'] }))).toMatchObject({
      reason: 'publish-stands-already',
    });
    expect(publishFault('decision', facts({ standing: ['results'] }))).toBeNull();
  });

  it('[PB2] lasts at least the days of the pack, both ends included', () => {
    const today = '2026-04-20';
    expect(periodFault({ from: today, until: '2026-04-24' }, five, today)).toBeNull();
    expect(periodFault({ from: today, until: '2026-04-23' }, five, today)).toMatchObject({
      reason: 'publish-days-short',
      params: { days: 5, until: '2026-04-24' },
    });
    const working = { days: 7, dayType: 'working' } as const;
    expect(periodFault({ from: today, until: '2026-04-27' }, working, today)).toMatchObject({
      params: { until: '2026-04-28' },
    });
    for (const days of [
      { from: '2026-04-19', until: '2026-04-30' },
      { from: '2026-04-31', until: '2026-05-30' },
      { from: '2026-04-22', until: '2026-04-21' },
      { from: today, until: '2036-04-20' },
    ])
      expect(periodFault(days, five, today), days.from).toMatchObject({ reason: 'publish-days-unfit' });
  });

  it('[PB4] finds a roster name without consent and a roster number in what is written by hand', () => {
    const people = [
      { name: '沈书记', phone: '100 0000 0001', consentPublishName: true },
      { name: '潘大爷', phone: null, consentPublishName: false },
      { name: '王', phone: null, consentPublishName: false },
    ];
    expect(namedWithoutConsent(['沈书记主持，王府路'], people)).toBeNull();
    expect(namedWithoutConsent(['好', '由潘大爷牵头'], people)).toEqual({ name: '潘大爷', what: 'name' });
    expect(namedWithoutConsent(['电话 100-0000-0001'], people)).toEqual({ name: '沈书记', what: 'phone' });
  });

  it('[PB6] is open to objections from its first to its last day', () => {
    const period = { fromDay: '2026-04-20', untilDay: '2026-04-24' };
    expect(['2026-04-19', '2026-04-20', '2026-04-24', '2026-04-25'].map((day) => isOpenTo(period, day))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect([
      daysLeft('2026-04-24', '2026-04-20'),
      daysLeft('2026-04-24', '2026-04-24'),
      daysLeft('2026-04-24', '2026-04-26'),
    ]).toEqual([5, 1, 0]);
  });
});
