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
  /** What the table wrote down during its round. */
  notes: { points: '要点：', conclusion: '结论：', support: '需要的支持：', actions: '行动：' },
  said: '：',
  parts: { opening: '会议基本情况', course: '会议经过', decisions: '议定事项', closing: '会议结束' },
  formats: {
    council: { course: '审议与表决' },
    deliberation_committee: { course: '审议与表决' },
    open_space: { course: '议题与讨论', decisions: '贴点结果与行动认领', closing: '收圈' },
    hearing: { title: '听证会记录', course: '陈述与发言', decisions: '会后办理事项', closing: '听证结束与意见答复' },
    joint_meeting: { course: '各项议题与各方意见' },
    consultation: { title: '协商会记录', course: '协商经过', decisions: '协商结果' },
    appraisal_meeting: { title: '评议会记录', course: '述职、询问与评议', decisions: '整改事项' },
  } as Readonly<Record<string, Partial<Record<'opening' | 'course' | 'decisions' | 'closing' | 'title', string>>>>,
};

export type MinutesOutlineMessages = typeof minutesOutline;
