// An amount as somebody types it, in yuan, and as it is kept, in whole fen: for editors and for the desks' forms. Pure.

/** `48,000.5` → 4800050; null for an empty box; undefined for what is no amount above zero. */
export function fenOfYuan(typed: string): number | null | undefined {
  const plain = typed.replace(/[\s,，¥￥]/g, '');
  if (plain === '') return null;
  const found = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(plain);
  if (!found) return undefined;
  const fen = Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
  return fen > 0 ? fen : undefined;
}

/** 4800050 → `48000.50`, without decimals where there are none. */
export function yuanOfFen(fen: number | null): string {
  if (fen === null) return '';
  const rest = fen % 100;
  return `${Math.floor(fen / 100)}${rest === 0 ? '' : `.${String(rest).padStart(2, '0')}`}`;
}
