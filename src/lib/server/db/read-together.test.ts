// Many who ask for a row in the same turn of the loop share one query; what one of them is told is never another’s.
import { expect, test } from 'vitest';
import { readTogether } from './read-together.ts';

test('what is asked in one turn is read with one query, each asker gets the own row, and a failure reaches that turn only', async () => {
  const queries: string[][] = [];
  let broken = false;
  const rowOf = readTogether(async (keys) => {
    queries.push([...keys]);
    await Promise.resolve();
    if (broken) throw new Error('gone');
    return new Map(keys.filter((key) => key !== 'c').map((key) => [key, key.toUpperCase()]));
  });
  expect(await Promise.all(['a', 'b', 'a', 'c'].map(rowOf))).toEqual(['A', 'B', 'A', null]);
  expect(queries).toEqual([['a', 'b', 'c']]);
  broken = true;
  expect((await Promise.allSettled(['a', 'b'].map(rowOf))).map(({ status }) => status)).toEqual([
    'rejected',
    'rejected',
  ]);
  broken = false;
  expect(await rowOf('b')).toBe('B');
  const many = Array.from({ length: 450 }, (_, index) => `k${index}`);
  expect(await Promise.all(many.map(rowOf))).toEqual(many.map((key) => key.toUpperCase()));
  expect(queries.slice(3).map(({ length }) => length)).toEqual([200, 200, 50]);
});
