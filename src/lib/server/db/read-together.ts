// Rows asked for by key in the same turn of the event loop, read with one query: a hall that presses one button together asks who they all are
// at once, and two hundred small queries would keep the decision they are for waiting.

interface Asked<Row> {
  readonly answered: (row: Row | null) => void;
  readonly failed: (error: unknown) => void;
}

const mostTogether = 200;

/** `read` gets distinct keys and answers with the rows there are. Where it rejects, everybody of that turn is told so. */
export function readTogether<Row>(
  read: (keys: readonly string[]) => Promise<ReadonlyMap<string, Row>>,
): (key: string) => Promise<Row | null> {
  let waiting = new Map<string, Asked<Row>[]>();
  const readNow = (): void => {
    const asked = waiting;
    waiting = new Map();
    const keys = [...asked.keys()];
    for (let start = 0; start < keys.length; start += mostTogether) {
      const some = keys.slice(start, start + mostTogether);
      const each = (tell: (one: Asked<Row>, key: string) => void): void =>
        some.forEach((key) => asked.get(key)?.forEach((one) => tell(one, key)));
      read(some).then(
        (rows) => each(({ answered }, key) => answered(rows.get(key) ?? null)),
        (error: unknown) => each(({ failed }) => failed(error)),
      );
    }
  };
  return (key) =>
    new Promise((answered, failed) => {
      if (waiting.size === 0) setImmediate(readNow);
      waiting.set(key, [...(waiting.get(key) ?? []), { answered, failed }]);
    });
}
