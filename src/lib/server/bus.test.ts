// The bus on a real PostgreSQL: two buses stand for two processes. A small TCP relay stands for a network that goes away.
import { createServer, connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { extraLimit, openBus, type Bus, type Notice } from './bus.ts';

const url = process.env.DATABASE_URL ?? '';
const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

function bus(at = url): Bus {
  const opened = openBus(at);
  cleanups.push(() => opened.close());
  return opened;
}

/** Forwards to PostgreSQL; `cut` drops every connection and refuses new ones until `mend`. */
async function relay(): Promise<{ url: string; cut: () => void; mend: () => void }> {
  const target = new URL(url);
  const open = new Set<Socket>();
  let standing = true;
  const server = createServer((socket) => {
    if (!standing) return void socket.destroy();
    const upstream = connect(Number(target.port), target.hostname);
    for (const end of [socket, upstream]) {
      open.add(end);
      end.on('close', () => open.delete(end)).on('error', () => {});
    }
    socket.on('close', () => upstream.destroy());
    upstream.on('close', () => socket.destroy());
    socket.pipe(upstream).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => new Promise((resolve) => (open.forEach((one) => one.destroy()), server.close(resolve))));
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String((server.address() as { port: number }).port);
  return {
    url: through.href,
    cut: () => ((standing = false), open.forEach((one) => one.destroy())),
    mend: () => (standing = true),
  };
}

describe('bus', () => {
  test('a notice reaches the own subscribers at once and another process soon, each exactly once', async () => {
    const [here, there] = [bus(), bus()];
    const heardHere: Notice[] = [];
    const heardThere: Notice[] = [];
    here.subscribe('thing', (notice) => heardHere.push(notice));
    there.subscribe('thing', (notice) => heardThere.push(notice));
    there.subscribe('other', () => expect.unreachable('another kind was delivered'));
    await Promise.all([here.listening(), there.listening()]);
    here.publish('thing', 'a', 7);
    expect(heardHere).toEqual([{ kind: 'thing', id: 'a', seq: 7, extra: undefined, own: true }]);
    here.publish('thing', '甲', 8, '{"在":"这里"}');
    await vi.waitFor(() => expect(heardThere).toHaveLength(2), 10_000);
    expect(heardThere).toEqual([
      { kind: 'thing', id: 'a', seq: 7, extra: undefined, own: false },
      { kind: 'thing', id: '甲', seq: 8, extra: '{"在":"这里"}', own: false },
    ]);
    // What `there` says afterwards comes after any echo of what `here` said.
    there.publish('thing', 'b', 1);
    await vi.waitFor(() => expect(heardHere.map((notice) => notice.id)).toContain('b'), 10_000);
    expect(heardHere).toHaveLength(3);
  });

  test('the same words twice are two notices', async () => {
    const [here, there] = [bus(), bus()];
    const heard: Notice[] = [];
    there.subscribe('thing', (notice) => heard.push(notice));
    await there.listening();
    for (let round = 0; round < 3; round++) {
      here.publish('thing', 'same', 1);
      await here.flushed();
    }
    await vi.waitFor(() => expect(heard).toHaveLength(3), 10_000);
  });

  test('after a lost connection it listens again, says resync, and repeats what was published meanwhile', async () => {
    const wire = await relay();
    const [far, near] = [bus(wire.url), bus()];
    const heardFar: Notice[] = [];
    const heardNear: Notice[] = [];
    const resync = vi.fn();
    far.subscribe('thing', (notice) => heardFar.push(notice), resync);
    near.subscribe('thing', (notice) => heardNear.push(notice));
    await Promise.all([far.listening(), near.listening()]);
    far.publish('thing', 'before', 1);
    await far.flushed();
    expect(resync).not.toHaveBeenCalled();
    wire.cut();
    far.publish('thing', 'meanwhile', 2);
    far.publish('thing', 'meanwhile', 3);
    far.publish('cursor', 'lost', 1, 'x');
    wire.mend();
    await vi.waitFor(() => expect(resync).toHaveBeenCalledTimes(1), 10_000);
    await vi.waitFor(() => expect(heardNear.map(({ id, seq }) => `${id} ${seq}`)).toContain('meanwhile 3'), 10_000);
    near.publish('thing', 'after', 4);
    await vi.waitFor(() => expect(heardFar.map((notice) => notice.id)).toContain('after'), 10_000);
  });

  test('a failing subscriber disturbs no other, and one who left hears nothing', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    const here = bus();
    const heard = vi.fn();
    here.subscribe('thing', () => {
      throw new Error('mine alone');
    });
    const leave = here.subscribe('thing', heard);
    here.publish('thing', 'a', 1);
    leave();
    here.publish('thing', 'a', 2);
    expect(heard).toHaveBeenCalledTimes(1);
    expect(error).toHaveBeenCalledTimes(2);
    error.mockRestore();
  });

  test('too large an extra is refused where it is published', () => {
    expect(() => bus().publish('thing', 'a', 1, 'x'.repeat(extraLimit))).toThrow(RangeError);
  });

  test('closing without a database resolves', async () => {
    const lonely = bus('postgres://127.0.0.1:1/unset');
    lonely.publish('thing', 'a', 1);
    await lonely.close();
  });
});
