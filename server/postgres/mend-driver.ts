// Mends postgres.js 3.4.9 while Vite loads it (the build, development, tests): what it does when a connection is lost in the middle of
// something would end the whole program, or commit one transaction inside another (its issues 1186, 1189, 1208, 1216). Used by vite.config.ts
// and vitest.config.ts. Every place must be found exactly as expected: after a new version of the driver this fails, and is looked at again.
import type { Plugin } from 'vite';

interface Mend {
  readonly file: string;
  readonly why: string;
  readonly was: string;
  readonly is: string;
}

const mends: readonly Mend[] = [
  {
    file: 'connection.js',
    why: 'A write planned before the loss would be sent to no socket: an exception nobody can catch.',
    was: 'function nextWrite(fn) {',
    is: `function nextWrite(fn) {
    if (socket === null) {
      chunk = nextWriteTimer = null
      error(Errors.connection('CONNECTION_CLOSED', options, socket))
      return true
    }`,
  },
  {
    file: 'connection.js',
    why: 'A write planned before the loss would stand before the greeting of the next connection, which then never comes up.',
    was: `    clearImmediate(nextWriteTimer)
    socket.removeListener('data', data)`,
    is: `    clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = null
    socket.removeListener('data', data)`,
  },
  {
    file: 'connection.js',
    why: 'The next connection would answer its first query with the last one’s error.',
    was: "    !hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))",
    is: `    ;(query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))
    query = results = errorResponse = null
    result = new Result()`,
  },
  {
    file: 'connection.js',
    why: 'A BEGIN that fills the pipeline would not reserve its connection: strangers would run inside the transaction.',
    was: `      return write(toBuffer(q))
        && !q.describeFirst
        && !q.cursorFn
        && sent.length < max_pipeline
        && (!q.options.onexecute || q.options.onexecute(connection))`,
    is: `      const more = write(toBuffer(q)) && !q.describeFirst && !q.cursorFn && sent.length < max_pipeline
      return q.options.onexecute ? q.options.onexecute(connection) : more`,
  },
  {
    file: 'connection.js',
    why: 'A loss while a new connection asks for the array types would be a rejection nobody can catch.',
    was: 'return fetchArrayTypes()',
    is: 'return fetchArrayTypes().catch(noop)',
  },
  {
    file: 'index.js',
    why: 'Remembers that the connection of this transaction is lost.',
    was: `      , connection
      , prepare = null`,
    is: `      , connection
      , lost = null
      , prepare = null`,
  },
  {
    file: 'index.js',
    why: 'Queries waiting inside a transaction would wait for ever.',
    was: 'new Promise((_, reject) => connection.onclose = reject)',
    is: `new Promise((_, reject) => connection.onclose = e => {
          lost = e
          while (queries.length)
            queries.shift().reject(e)
          reject(e)
        })`,
  },
  {
    file: 'index.js',
    why: 'What a transaction asks after its connection was lost would run inside whichever transaction has the next one.',
    was: `        q.catch(e => uncaughtError || (uncaughtError = e))
        c.queue === full`,
    is: `        q.catch(e => uncaughtError || (uncaughtError = e))
        if (lost)
          return q.reject(lost)
        c.queue === full`,
  },
];

export function mendDriver(): Plugin {
  return {
    name: 'yishi-mend-driver',
    config: () => ({ ssr: { noExternal: ['postgres'] } }),
    transform(code, id) {
      const file = /\/node_modules\/postgres\/src\/([a-z]+\.js)(?:\?|$)/.exec(id)?.[1];
      const ours = mends.filter((mend) => mend.file === file);
      if (ours.length === 0) return null;
      let mended = code;
      for (const { was, is, why } of ours) {
        if (mended.split(was).length !== 2) this.error(`postgres/src/${file} is not as expected, look again: ${why}`);
        mended = mended.replace(was, () => is);
      }
      return { code: mended, map: null };
    },
  };
}
