// A command as a form carries it, so that the same form works with scripts and without: the field `command` holds the fixed part as JSON, and
// each field a person fills in is named `text.<key>`, `yuan.<key>`, `lines.<key>`, `count.<key>` or `minutes.<key>` (which becomes ms); a key may be a path. Read by the browser before it sends, and by the page's action.
// It checks nothing: what comes out is unknown JSON, parsed like any other command.

/** Yuan as people type them, `7万` excepted: `48,000`, `¥48000.50`. Null when empty, -1 (which the law refuses) when it is not a sum. */
export function fenOfYuan(typed: string): number | null {
  const plain = typed.replace(/[\s,，¥￥元]/g, '');
  if (plain === '') return null;
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(plain);
  if (!match) return -1;
  return Number(match[1]) * 100 + Number(((match[2] ?? '') + '00').slice(0, 2));
}

export function commandOfForm(form: FormData): unknown {
  let command: unknown;
  try {
    command = JSON.parse(String(form.get('command') ?? 'null'));
  } catch {
    return null;
  }
  if (typeof command !== 'object' || command === null) return null;
  const filled: Record<string, unknown> = { ...command };
  form.forEach((value, name) => {
    const [kind, ...path] = name.split('.');
    if (path.length === 0 || typeof value !== 'string') return;
    if (kind === 'text') put(filled, path, value);
    if (kind === 'yuan') put(filled, path, fenOfYuan(value));
    if (kind === 'lines') put(filled, path, linesOf(value));
    if (kind === 'count') put(filled, path, value.trim() === '' ? 0 : Number(value));
    if (kind === 'minutes') put(filled, path, value.trim() === '' ? null : Math.round(Number(value) * 60_000));
  });
  return filled;
}

const linesOf = (typed: string): string[] =>
  typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** `change.title` goes into the object the command already has there. */
function put(into: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [key = '', ...rest] = path;
  if (rest.length === 0) {
    into[key] = value;
    return;
  }
  const inner = { ...(into[key] as Record<string, unknown> | undefined) };
  put(inner, rest, value);
  into[key] = inner;
}
