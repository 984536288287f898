// The calendar file says the time on the wall at home, whatever the machine's own clock shows, and keeps its UID.
import { expect, it } from 'vitest';
import { emptyMeeting } from '#lib/domain/meeting/state.ts';
import { calendarOf } from './calendar.ts';

const title = { wordsId: 'w', digest: '', text: '第 3 次协商会；预算' };
const meeting = { ...emptyMeeting('m1'), title, startsAt: Date.UTC(2026, 10, 20, 6, 0), plannedMinutes: 150, seq: 4 };
const linesOf = (text: string) => text.replace(/\r\n /g, '').split('\r\n');

it('says when, with the zone', () => {
  const lines = linesOf(calendarOf(meeting, { description: '', url: 'http://hall/m/m1/notice' }));
  expect(lines).toContain('DTSTART;TZID=Asia/Shanghai:20261120T140000');
  expect(lines).toContain('DTEND;TZID=Asia/Shanghai:20261120T163000');
  expect(lines).toContain('TZID:Asia/Shanghai');
  expect(lines).toContain('DTSTAMP:20261120T060000Z');
  expect(lines).toContain('SUMMARY:第 3 次协商会；预算');
});

it('keeps its UID when the meeting changes', () => {
  const uid = (seq: number, startsAt: number) =>
    linesOf(calendarOf({ ...meeting, seq, startsAt }, { description: '', url: '' })).filter((line) =>
      /^(UID|SEQUENCE):/.test(line),
    );
  expect(uid(4, meeting.startsAt)).toEqual(['UID:m1@yishi', 'SEQUENCE:4']);
  expect(uid(9, meeting.startsAt + 1)).toEqual(['UID:m1@yishi', 'SEQUENCE:9']);
});
