// How numbers, money, spans and instants are written. Pure: no clock, no state; the reader's language is a parameter where words differ.
// Used by messages, pages and documents. Instants are ms since 1970 and are shown in the community's time zone, never the device's,
// so that a notice reads the same on every phone.
import type { Lang } from './lang.ts';

export const homeZone = 'Asia/Shanghai';

/** `48000` → `48,000`. Expects an integer. */
export function formatNumber(value: number): string {
  const digits = String(Math.abs(value)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return value < 0 ? `-${digits}` : digits;
}

/** Integer fen → `¥48,000`, with the fen only where there are any: `¥48,000.50`. */
export function formatYuan(fen: number): string {
  const whole = Math.abs(fen);
  const yuan = Math.floor(whole / 100);
  const rest = whole % 100;
  return `${fen < 0 ? '-' : ''}¥${formatNumber(yuan)}${rest === 0 ? '' : `.${pad(rest)}`}`;
}

/** A ratio of 0..1 as a percentage with at most one decimal, rounded half up: `0.525` → `52.5%`. */
export function formatPercent(ratio: number): string {
  return `${Math.round(ratio * 1000) / 10}%`;
}

/** Six digits in two groups, as they are read aloud: `738204` → `738 204`. */
export function formatJoinCode(code: string): string {
  return code.length === 6 ? `${code.slice(0, 3)} ${code.slice(3)}` : code;
}

/**
 * A span on a clock's face: `06:42`, and `01:02:03` from one hour. `left` rounds up, so that 00:00 is shown only when nothing is left;
 * `gone` rounds down. Negative spans read 00:00.
 */
export function formatClock(spanMs: number, counting: 'left' | 'gone' = 'gone'): string {
  const seconds = wholeSeconds(spanMs, counting);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${pad(h)}:${pad(m)}:${pad(s)}` : `${pad(m)}:${pad(s)}`;
}

/** The whole seconds a clock's face shows for a span; see `formatClock` for the rounding. */
export function wholeSeconds(spanMs: number, counting: 'left' | 'gone'): number {
  return Math.max(0, counting === 'left' ? Math.ceil(spanMs / 1000) : Math.floor(spanMs / 1000));
}

/** A span in words for reading aloud: `6 分 42 秒`, `1 minute`. Rounded to whole seconds. */
export function formatSpan(lang: Lang, spanMs: number): string {
  const seconds = Math.max(0, Math.round(spanMs / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const parts: string[] = [];
  if (lang === 'zh-CN') {
    if (h > 0) parts.push(`${h} 小时`);
    if (m > 0) parts.push(s === 0 ? `${m} 分钟` : `${m} 分`);
    if (s > 0 || parts.length === 0) parts.push(`${s} 秒`);
  } else {
    if (h > 0) parts.push(plural(h, 'hour'));
    if (m > 0) parts.push(plural(m, 'minute'));
    if (s > 0 || parts.length === 0) parts.push(plural(s, 'second'));
  }
  return parts.join(' ');
}

/** `1 person`, `2 people`: English needs it, Chinese does not. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

/** `2026年11月20日 周五`, `Fri 20 Nov 2026`. */
export function formatDate(lang: Lang, at: number, zone = homeZone): string {
  const { year, month, day, weekday } = calendar(at, zone);
  return lang === 'zh-CN'
    ? `${year}年${month}月${day}日 ${weekdaysZh[weekday]}`
    : `${weekdaysEn[weekday]} ${day} ${monthsEn[month - 1]} ${year}`;
}

/** `2026-11-20`, for file names, tables and machine-readable attributes. */
export function formatIsoDate(at: number, zone = homeZone): string {
  const { year, month, day } = calendar(at, zone);
  return `${year}-${pad(month)}-${pad(day)}`;
}

/** `19:00`. */
export function formatTime(at: number, zone = homeZone): string {
  const { hour, minute } = calendar(at, zone);
  return `${pad(hour)}:${pad(minute)}`;
}

/** `19:00:07`, where the order of things within a minute matters. */
export function formatTimeExactly(at: number, zone = homeZone): string {
  return `${formatTime(at, zone)}:${pad(calendar(at, zone).second)}`;
}

/** `2026年11月20日 周五 19:00`. */
export function formatDateTime(lang: Lang, at: number, zone = homeZone): string {
  return `${formatDate(lang, at, zone)} ${formatTime(at, zone)}`;
}

/** `2026-11-20T19:00` in the zone: what an `<input type="datetime-local">` holds. */
export function formatLocalInput(at: number, zone = homeZone): string {
  return `${formatIsoDate(at, zone)}T${formatTime(at, zone)}`;
}

/** Items as one phrase: `甲、乙、丙`, `A, B, C`. */
export function formatList(lang: Lang, items: readonly string[]): string {
  return items.join(lang === 'zh-CN' ? '、' : ', ');
}

/** A file's size as a person says it: `312 KB`, `1.4 MB`. */
export function formatSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${Math.round((bytes / (1024 * 1024)) * 10) / 10} MB`;
}

const weekdaysZh = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];
const weekdaysEn = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const monthsEn = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const pad = (value: number): string => (value < 10 ? `0${value}` : String(value));

// Only figures are taken from Intl and the words are ours, so that every browser and every version of Node writes the same.
const partsIn = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
const partsAtHome = partsIn(homeZone);

function calendar(at: number, zone: string) {
  const found: Record<string, number> = {};
  for (const part of (zone === homeZone ? partsAtHome : partsIn(zone)).formatToParts(at)) {
    found[part.type] = Number(part.value);
  }
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = found;
  return { year, month, day, hour, minute, second, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() };
}
