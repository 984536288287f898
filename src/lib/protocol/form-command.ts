// A command as a form carries it, so that the same form works with scripts and without: the field `command` holds the fixed part as JSON, and
// each field a person fills in is named `text.<key>` or `yuan.<key>`. Read by the browser before it sends, and by the page's action.
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
    const [kind, key] = name.split('.');
    if (key === undefined || typeof value !== 'string') return;
    if (kind === 'text') filled[key] = value;
    if (kind === 'yuan') filled[key] = fenOfYuan(value);
  });
  return filled;
}
