// `npm run --silent draw` as anybody calls it: the command in a process of its own, on plain Node, with a published record as it is.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { commitmentOf, drawRepresentatives, entriesDigest, seedOf, type DrawFile } from '#lib/domain/hearings/draw.ts';

vi.setConfig({ testTimeout: 60_000 });

const command = fileURLToPath(new URL('../server/draw.js', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'draw-'));
afterAll(() => rmSync(folder, { recursive: true }));

const places = [{ key: 'p1', name: '利害关系居民', seats: 2 }];
const entries = [1, 2, 3, 4, 5].map((number) => ({ number, placeKey: 'p1', shownName: '居**', mark: `m${number}` }));
const secret = 'c'.repeat(64);
const sealed = entriesDigest(entries);
const record: DrawFile = {
  kind: 'yishi.draw.v1',
  title: '听证会',
  places,
  commitment: commitmentOf(secret),
  publicSource: '某期开奖号码',
  sealed,
  secret,
  publicValue: '031125',
  entries,
  drawn: drawRepresentatives(places, entries, seedOf(secret, '031125', sealed)),
};

const run = (...args: string[]) =>
  spawnSync(process.execPath, [command, ...args], {
    cwd: path.dirname(command),
    env: { ...process.env, INIT_CWD: folder },
    encoding: 'utf8',
  });
const file = (name: string, content: unknown): string => {
  writeFileSync(path.join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return name;
};

describe('the draw command', () => {
  it('[H6] prints what was published', () => {
    const { status, stdout, stderr } = run(file('record.json', record));
    const [drawn] = record.drawn;
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(`利害关系居民\t${drawn?.seated.join(' ')}\t(${drawn?.reserves.join(' ')})\n`);
  });

  it('[H6] says in both languages what of a changed record does not hold', () => {
    const { status, stdout, stderr } = run(file('changed.json', { ...record, publicValue: '031126' }));
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('重新计算的结果');
    expect(stderr).toContain('Drawn again');
  });

  it('refuses what is no record', () => {
    expect(run(file('other.json', '{}')).status).toBe(2);
    expect(run(file('broken.json', '{')).status).toBe(2);
    expect(run('missing.json').status).toBe(2);
    expect(run().status).toBe(2);
  });
});
