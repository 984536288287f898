// How figures, money, spans and instants are written.
import { describe, expect, it } from 'vitest';
import {
  formatClock,
  formatDate,
  formatDateTime,
  formatIsoDate,
  formatJoinCode,
  formatList,
  formatLocalInput,
  formatNumber,
  formatPercent,
  formatSize,
  formatSpan,
  formatTime,
  formatTimeExactly,
  formatYuan,
  plural,
  wholeSeconds,
} from './format.ts';

describe('figures', () => {
  it('groups thousands and keeps the sign', () => {
    expect([0, 7, 999, 1000, 10_684, 1_234_567, -48_000].map(formatNumber)).toEqual([
      '0',
      '7',
      '999',
      '1,000',
      '10,684',
      '1,234,567',
      '-48,000',
    ]);
  });

  it('writes fen as yuan, with the fen only where there are any', () => {
    expect([4_800_000, 0, 1, 105, 4_800_050, 20_000_099, -150].map(formatYuan)).toEqual([
      '¥48,000',
      '¥0',
      '¥0.01',
      '¥1.05',
      '¥48,000.50',
      '¥200,000.99',
      '-¥1.50',
    ]);
  });

  it('writes ratios with at most one decimal', () => {
    expect([0, 0.5, 2 / 3, 1, 0.5249].map(formatPercent)).toEqual(['0%', '50%', '66.7%', '100%', '52.5%']);
  });

  it('groups a join code and leaves anything else alone', () => {
    expect(formatJoinCode('738204')).toBe('738 204');
    expect(formatJoinCode('73820')).toBe('73820');
  });

  it('says file sizes', () => {
    expect([0, 900, 319_488, 1_468_006].map(formatSize)).toEqual(['0 B', '900 B', '312 KB', '1.4 MB']);
  });

  it('counts things in English and joins lists in both languages', () => {
    expect([plural(0, 'vote'), plural(1, 'vote'), plural(2, 'person', 'people')]).toEqual([
      '0 votes',
      '1 vote',
      '2 people',
    ]);
    expect(formatList('zh-CN', ['甲', '乙', '丙'])).toBe('甲、乙、丙');
    expect(formatList('en', ['A', 'B'])).toBe('A, B');
  });
});

describe('spans', () => {
  it('shows minutes and seconds, and hours only where there are any', () => {
    expect([0, 402_000, 3_599_000, 3_600_000, 3_723_000].map((span) => formatClock(span))).toEqual([
      '00:00',
      '06:42',
      '59:59',
      '01:00:00',
      '01:02:03',
    ]);
  });

  it('rounds what is left up and what is gone down, so that 00:00 means nothing is left', () => {
    expect(formatClock(1, 'left')).toBe('00:01');
    expect(formatClock(59_001, 'left')).toBe('01:00');
    expect(formatClock(59_999, 'gone')).toBe('00:59');
    expect([formatClock(0, 'left'), formatClock(-5000, 'left')]).toEqual(['00:00', '00:00']);
    expect([wholeSeconds(1001, 'left'), wholeSeconds(1001, 'gone')]).toEqual([2, 1]);
  });

  it('says a span in words', () => {
    expect([0, 42_000, 60_000, 402_000, 3_660_000].map((span) => formatSpan('zh-CN', span))).toEqual([
      '0 秒',
      '42 秒',
      '1 分钟',
      '6 分 42 秒',
      '1 小时 1 分钟',
    ]);
    expect([1000, 60_000, 402_000, 7_200_000].map((span) => formatSpan('en', span))).toEqual([
      '1 second',
      '1 minute',
      '6 minutes 42 seconds',
      '2 hours',
    ]);
  });
});

describe('instants', () => {
  // 2026-11-20 19:05:07 in Shanghai, still the morning of that day in London.
  const evening = Date.UTC(2026, 10, 20, 11, 5, 7);

  it('is shown in the community’s time zone, whatever the device’s is', () => {
    expect(formatDate('zh-CN', evening)).toBe('2026年11月20日 周五');
    expect(formatDate('en', evening)).toBe('Fri 20 Nov 2026');
    expect([formatTime(evening), formatTimeExactly(evening)]).toEqual(['19:05', '19:05:07']);
    expect(formatDateTime('zh-CN', evening)).toBe('2026年11月20日 周五 19:05');
    expect([formatIsoDate(evening), formatLocalInput(evening)]).toEqual(['2026-11-20', '2026-11-20T19:05']);
  });

  it('changes the day where the zone says so, and writes midnight as 00:00', () => {
    const midnight = Date.UTC(2026, 11, 31, 16);
    expect(formatDateTime('zh-CN', midnight)).toBe('2027年1月1日 周五 00:00');
    expect(formatDateTime('en', midnight, 'UTC')).toBe('Thu 31 Dec 2026 16:00');
    expect(formatIsoDate(midnight, 'America/New_York')).toBe('2026-12-31');
  });
});
