// A funding ballot as a form without scripts carries it: ticked projects as `listed`, points as `points.<id>`, places of an order as `rank.<id>`. Read
// by the pages' actions. It checks nothing: what comes out is unknown JSON, and the law says what is wrong with it.

export function fundingChoiceOf(form: FormData): { listed: string[]; points?: number[] } {
  const numbers = (prefix: string): [string, number][] => {
    const found: [string, number][] = [];
    form.forEach((value, name) => {
      if (!name.startsWith(prefix) || typeof value !== 'string' || value.trim() === '') return;
      found.push([name.slice(prefix.length), Number(value)]);
    });
    return found;
  };
  const ranked = numbers('rank.').sort(([, left], [, right]) => left - right);
  if (ranked.length > 0) return { listed: ranked.map(([id]) => id) };
  const given = numbers('points.').filter(([, points]) => points !== 0);
  if (given.length > 0) return { listed: given.map(([id]) => id), points: given.map(([, points]) => points) };
  return { listed: form.getAll('listed').filter((id): id is string => typeof id === 'string') };
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
