// Headings of the first text of the minutes, by meeting format. `opens` names the facts that begin a section of their own.
export const minutesOutline = {
  number: (p: { n: number }) => {
    const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    const [tens, ones] = [Math.floor(p.n / 10), p.n % 10];
    return p.n < 10 ? (digits[p.n] ?? '') : `${tens > 1 ? (digits[tens] ?? '') : ''}十${digits[ones] ?? ''}`;
  },
  section: (p: { number: string; title: string }) => `${p.number}、${p.title}`,
  subsection: (p: { number: string }) => `（${p.number}）`,
  title: '会议记录',
  summary: '讨论要点：',
  parts: { opening: '会议基本情况', course: '会议经过', decisions: '议定事项', closing: '会议结束' },
  formats: {
    council: { course: '审议与表决' },
  } as Readonly<Record<string, Partial<Record<'opening' | 'course' | 'decisions' | 'closing' | 'title', string>>>>,
};

export type MinutesOutlineMessages = typeof minutesOutline;
