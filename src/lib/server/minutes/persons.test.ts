// How words of the log enter a record: a log from before numbers were refused, or a text from elsewhere, may hold one still.
import { expect, it } from 'vitest';
import { Persons } from './persons.ts';

it('[T3] words of the log name people as mentions and hold no number that names somebody', () => {
  const persons = new Persons([{ personId: 'p1', name: '沈书记', role: '主任', consents: false }]);
  expect(persons.mentioning('请沈书记打 138 1234 5678 答复')).toEqual([
    { text: '请' },
    { mention: 0 },
    { text: '打 *** 答复' },
  ]);
});
